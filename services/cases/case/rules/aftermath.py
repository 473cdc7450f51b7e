"""What is left to do when somebody died or moved: for colleagues, for the resident who was said to be dead, for those who were to help."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.cases.case.rules import fields, outbound
from services.cases.case.rules.checks import known
from services.cases.case.rules.days import SealedDay
from services.cases.case.rules.referrals import ThereIsNoSuchReferral
from services.cases.case.rules.step import CLOSED, EVER, ONGOING, OPEN_OR_CLOSED, StepRequest, Taken
from shared.ground.errors import Refusal
from shared.history.aggregate import Event
from shared.words.vocabulary.case import Continuing, Standstill, Step
from shared.words.vocabulary.referral import Channel
from shared.words.vocabulary.waiting import DeadlineKind

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class NobodyIsSaidToBeDead(Refusal):
    """Der står ikke noget dødsfald på sagen, så der er ikke noget at tale om."""

    next_step = "Notér dødsfaldet først, med dag og kilde."


class ThereIsNothingToApologiseFor(Refusal):
    """Ingen har ved en fejl noteret et dødsfald på sagen."""

    next_step = "Skriv et notat, hvis der er noget andet at sige undskyld for."


class ResidentHasNotMoved(Refusal):
    """Der står ikke på sagen, at beboeren er flyttet."""

    next_step = "Notér flytningen først, med dag og kilde."


class RecipientIsNotToBeTold(Refusal):
    """Den modtager skal ikke have besked: beboeren er ikke flyttet, eller de har sagt det sidste, de ville."""

    field = "referral_id"
    next_step = "Hent sagen igen, og vælg en modtager, der venter på besked."


class NoteStaffCare(StepRequest, step=Step.CARE_FOR_STAFF, when=EVER):
    """Somebody has talked with the colleagues who knew the resident. What was said, and by whom, is theirs."""

    def decide(self, case: Case, taken: Taken) -> None:
        if not case.life.deaths:
            raise NobodyIsSaidToBeDead
        if case.deadlines.due_of(DeadlineKind.CARE_FOR_STAFF) is not None:
            case.trigger_event(StaffCareNoted, on_time=case.deadlines.is_met_in_time(DeadlineKind.CARE_FOR_STAFF, at=taken.recorded_at))

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.deadlines.due_of(DeadlineKind.CARE_FOR_STAFF) is not None


class Apologise(StepRequest, step=Step.CONTACT, when=EVER):
    """Somebody said sorry to the resident for whom we believed them to be dead."""

    channel: fields.Channel

    def decide(self, case: Case, taken: Taken) -> None:
        channel = known(self.channel, Channel, field="channel")
        if case.deadlines.due_of(DeadlineKind.APOLOGISE) is None:
            raise ThereIsNothingToApologiseFor
        on_time = case.deadlines.is_met_in_time(DeadlineKind.APOLOGISE, at=taken.recorded_at)
        case.trigger_event(ApologyNoted, channel=channel, on_time=on_time)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.deadlines.due_of(DeadlineKind.APOLOGISE) is not None


class AskToContinue(StepRequest, step=Step.CONTACT, when=ONGOING | CLOSED):
    """Somebody who moved was asked whether the case may go on: with a yes it does, inside the association; else it is to be closed."""

    SAYS_WHERE = True

    continuing: fields.Continuing
    channel: fields.Channel

    def decide(self, case: Case, taken: Taken) -> None:
        answer = known(self.continuing, Continuing, field="continuing")
        channel = known(self.channel, Channel, field="channel")
        if case.life.standstill(taken.recorded_at) == Standstill.DIED:
            raise outbound.ResidentIsDead
        if None not in case.life.moves:
            raise ResidentHasNotMoved
        if answer == case.life.continuing:
            return
        on_time = case.deadlines.is_met_in_time(DeadlineKind.ASK_TO_CONTINUE, at=taken.recorded_at)
        case.trigger_event(AskedToContinue, answer=answer, channel=channel, on_time=on_time)
        outbound.settle(case, taken.recorded_at, taken)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return None in case.life.moves and not case.life.is_dead(None) and case.life.continuing != Continuing.YES


class TellRecipient(StepRequest, step=Step.RECORD_ANSWER, when=OPEN_OR_CLOSED):
    """A recipient who was asked to help heard that the resident has moved."""

    referral_id: UUID
    channel: fields.Channel

    def follows(self, case: Case) -> datetime:
        sent = case.referrals.sent.get(self.referral_id)
        return sent.sent_at if sent else super().follows(case)

    def decide(self, case: Case, taken: Taken) -> None:
        channel = known(self.channel, Channel, field="channel")
        if self.referral_id not in case.referrals.sent:
            raise ThereIsNoSuchReferral
        if self.referral_id not in case.life.untold:
            raise RecipientIsNotToBeTold
        on_time = case.deadlines.is_met_in_time(DeadlineKind.TELL_RECIPIENTS, at=taken.recorded_at)
        target = case.referrals.of(self.referral_id).target
        case.trigger_event(RecipientTold, referral_id=self.referral_id, target=target, channel=channel, on_time=on_time)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.life.untold)


class StaffCareNoted(Event):
    """Somebody has talked with those who knew the resident; nothing is kept of what they said."""

    TOPIC = "case.staff_care_noted"

    on_time: bool

    def apply(self, case: Case) -> None:
        case.deadlines.meet(DeadlineKind.CARE_FOR_STAFF, in_time=self.on_time)


class ApologyNoted(Event):
    """Somebody said sorry for a wrong message of death."""

    TOPIC = "case.apology_noted"

    channel: str
    on_time: bool

    def apply(self, case: Case) -> None:
        case.deadlines.meet(DeadlineKind.APOLOGISE, in_time=self.on_time)


class AskedToContinue(Event):
    """The resident who moved was asked whether the case may go on."""

    TOPIC = "case.asked_to_continue"

    answer: str
    """yes; no, and they know whom to call; or not_reached."""
    channel: str
    on_time: bool

    def apply(self, case: Case) -> None:
        case.life.continuing = self.answer
        case.deadlines.meet(DeadlineKind.ASK_TO_CONTINUE, in_time=self.on_time)


class RecipientTold(Event):
    """A recipient knows that the resident has moved."""

    TOPIC = "case.recipient_told"

    referral_id: UUID
    target: str
    channel: str
    on_time: bool

    def apply(self, case: Case) -> None:
        case.life.untold.discard(self.referral_id)
        if not case.life.untold:
            case.deadlines.meet(DeadlineKind.TELL_RECIPIENTS, in_time=self.on_time)


class RetentionStarted(Event):
    """The time begins for which the case may be kept; nothing is deleted by this."""

    TOPIC = "case.retention_started"
    class_version = 2

    on: SealedDay
    """The day it is counted from: the resident died or moved out then."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Version 1 said the day in the clear, and is left as it was told."""

    def apply(self, case: Case) -> None:
        case.life.retention_from = self.on
