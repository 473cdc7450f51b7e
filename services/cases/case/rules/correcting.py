"""Putting a case right that is about the wrong person (S14): stopped at once, moved or taken back, and told to everybody who got it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules import fields, outbound
from services.cases.case.rules.checks import known
from services.cases.case.rules.new_home import ItIsThatHomeAlready, NamesHome
from services.cases.case.rules.step import EVER, StepRequest, Taken
from services.cases.case.rules.wrong_person import (
    BreachAssessed,
    ExceptionRecorded,
    Frozen,
    RecipientAskedToDelete,
    Retracted,
    SubjectInformed,
    Unfrozen,
    WrongPersonCorrected,
)
from shared.ground.errors import Refusal
from shared.ground.fields import Words
from shared.ground.working_days import add_working_days
from shared.privacy.access import Action
from shared.words.vocabulary.case import Status, Step
from shared.words.vocabulary.correction import BreachFinding, DeletionReply, NotToldBecause
from shared.words.vocabulary.referral import Channel

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case

BREACH_HOURS = 72
"""How long after it is known a breach is to be judged, and notified where it must be (GDPR article 33(1))."""
ASK_WORKING_DAYS = 1
"""Until when everybody who was told is to be asked to delete it (domain.md S14; GDPR article 19)."""


class CaseIsNotFrozen(Refusal):
    """Sagen er ikke sat i stå."""

    next_step = "Sæt den i stå først, så intet går ud, mens du retter."


class OthersAreJoinedToIt(Refusal):
    """Der er samlet flere observationer i sagen, og de handler måske om den rigtige."""

    next_step = "Skil dem fra først. Så kan du rette hver for sig."


class NothingWasPutRight(Refusal):
    """Der er ikke rettet noget i sagen endnu."""

    next_step = "Flyt sagen til den rigtige, eller tag den tilbage, først."


class TheyWereNotTold(Refusal):
    """Den modtager har ikke fået noget om den forkerte."""

    field = "recipient_id"
    next_step = "Vælg en af dem, der står på listen."


class ReasonIsMissing(Refusal):
    """Der mangler en begrundelse."""

    field = "reason"
    next_step = "Skriv kort, hvorfor. Den kan blive efterprøvet."


class CorrectionStep(StepRequest, step=Step.CORRECT_PERSON, when=EVER):
    """Something that is done about a case of the wrong person: by a lead, or the data protection officer."""

    ACTION = Action.CORRECT_PERSON
    IS_DECIDED_NOW = True
    IS_A_LOOK = False

    def follows(self, case: Case) -> datetime:
        return case.origin.observed_at


class FreezeCase(CorrectionStep, step=Step.CORRECT_PERSON, when=EVER):
    """It may be about the wrong person or the wrong home: nothing goes out any more until somebody has found out, and nobody comes to
    the door.
    """

    SAYS_WHERE = True

    reason: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        if case.correction.is_frozen:
            return
        if case.status in (Status.LINKED, Status.RETRACTED):
            case.must_not_be_over()
        breach_due = taken.recorded_at + timedelta(hours=BREACH_HOURS)
        case.trigger_event(Frozen, handler=case.handler, reason=case.words(self.reason), breach_due=breach_due)
        outbound.settle(case, taken.recorded_at, taken)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return not case.correction.is_frozen and case.status not in (Status.LINKED, Status.RETRACTED)


class LetGoOn(CorrectionStep, step=Step.CORRECT_PERSON, when=EVER):
    """It was about the right person all along: what was called off is as it was."""

    SAYS_WHERE = True

    reason: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        if case.correction.is_frozen:
            case.trigger_event(Unfrozen, reason=case.words(self.reason))
            outbound.settle(case, taken.recorded_at, taken)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.correction.is_frozen


class MoveToRightPerson(NamesHome, CorrectionStep, step=Step.CORRECT_PERSON, when=EVER):
    """It is about somebody else: from now on it stands where it belongs, with everything in it, and leads to the wrong home no more.

    What the wrong ones said and what was sent and ordered for them ends with it: the right ones are reached and asked anew.
    """

    SAYS_WHERE = True

    reason: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        _must_be_frozen(case)
        if taken.home == self.home_id and taken.tenancy == self.tenancy_id:
            raise ItIsThatHomeAlready
        self.protect_there(case, taken)
        where = self.where(case)
        outbound.settle(case, taken.recorded_at, taken)  # what an earlier version froze had called nothing off
        case.trigger_event(
            WrongPersonCorrected,
            **case.whose(),
            **where,
            reason=case.words(self.reason),
            ask_due=add_working_days(taken.recorded_at, ASK_WORKING_DAYS),
        )
        outbound.settle(case, taken.recorded_at, taken)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.correction.is_frozen and not case.observations.later


class RetractCase(CorrectionStep, step=Step.CORRECT_PERSON, when=EVER):
    """It is about nobody: the case ends as a mistake, and counts nowhere."""

    SAYS_WHERE = True

    reason: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        if case.status == Status.RETRACTED:
            return
        _must_be_frozen(case)
        outbound.settle(case, taken.recorded_at, taken)
        due = add_working_days(taken.recorded_at, ASK_WORKING_DAYS)
        case.trigger_event(Retracted, **case.whose(), reason=case.words(self.reason), ask_due=due)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.correction.is_frozen and not case.observations.later


class AskToDelete(CorrectionStep, step=Step.CORRECT_PERSON, when=EVER):
    """Somebody who was told about the wrong person was asked to delete it; an authority that must keep it notes that it was wrong."""

    recipient_id: UUID
    """The referral or the order they were told by."""
    channel: fields.Channel
    reply: fields.DeletionReply
    note: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        channel, reply = known(self.channel, Channel, field="channel"), known(self.reply, DeletionReply, field="reply")
        recipient = case.correction.recipients.get(self.recipient_id)
        if recipient is None:
            raise TheyWereNotTold
        if recipient.reply == reply:
            return
        case.trigger_event(
            RecipientAskedToDelete,
            recipient_id=self.recipient_id,
            target=recipient.target,
            channel=channel,
            reply=reply,
            on_time=taken.recorded_at <= recipient.due,
            note=case.words(self.note),
        )

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.correction.unasked())


class AssessBreach(CorrectionStep, step=Step.CORRECT_PERSON, when=EVER):
    """Whether the data protection authority is told, within 72 hours of when it was known; and why, or why not."""

    finding: fields.BreachFinding
    reason: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        finding = known(self.finding, BreachFinding, field="finding")
        due = case.correction.breach_due
        if due is None and not case.correction.finding:
            raise CaseIsNotFrozen
        reason = case.words(self.reason)
        if reason is None:
            raise ReasonIsMissing
        if finding != case.correction.finding:
            on_time = due is None or taken.recorded_at <= due
            case.trigger_event(BreachAssessed, finding=finding, reason=reason, on_time=on_time)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.correction.breach_due is not None


class InformSubject(CorrectionStep, step=Step.CORRECT_PERSON, when=EVER):
    """Whoever it was about by mistake was told."""

    channel: fields.Channel

    def decide(self, case: Case, taken: Taken) -> None:
        channel = known(self.channel, Channel, field="channel")
        _must_be_put_right(case)
        if case.correction.is_subject_to_be_told:
            case.trigger_event(SubjectInformed, channel=channel)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.correction.is_subject_to_be_told


class RecordException(CorrectionStep, step=Step.CORRECT_PERSON, when=EVER):
    """Whoever it was about by mistake is not told, and which provision allows that."""

    provision: fields.NotToldBecause
    reason: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        provision = known(self.provision, NotToldBecause, field="provision")
        _must_be_put_right(case)
        reason = case.words(self.reason)
        if reason is None:
            raise ReasonIsMissing
        if case.correction.is_subject_to_be_told:
            case.trigger_event(ExceptionRecorded, provision=provision, reason=reason)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.correction.is_subject_to_be_told


def _must_be_frozen(case: Case) -> None:
    if case.status in (Status.LINKED, Status.RETRACTED):
        case.must_not_be_over()
    if not case.correction.is_frozen:
        raise CaseIsNotFrozen
    if case.observations.later:
        raise OthersAreJoinedToIt


def _must_be_put_right(case: Case) -> None:
    if case.correction.corrected_at is None:
        raise NothingWasPutRight
