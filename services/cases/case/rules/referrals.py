"""Passing a concern on to somebody who can help, and what comes back; silence is something that happens, too (S15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.cases.case.rules import fields, protection
from services.cases.case.rules.answers import Asked, NothingMayBeTold
from services.cases.case.rules.checks import known
from services.cases.case.rules.step import OPEN, OPEN_OR_CLOSED, StepRequest, Taken
from services.cases.case.rules.waiting import Wait
from shared.ground.errors import Refusal
from shared.ground.fields import Words
from shared.history.aggregate import NOT_YET, Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import Milestone, Step
from shared.words.vocabulary.consent import Basis
from shared.words.vocabulary.persons import EVERYTHING, ConsentPurpose, Information, in_order
from shared.words.vocabulary.referral import Channel, ReferralOutcome, Reply, Target
from shared.words.vocabulary.waiting import Appointment

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class ThereIsNoSuchReferral(Refusal):
    """Den henvisning findes ikke på sagen."""

    field = "referral_id"
    next_step = "Hent sagen igen, og vælg en henvisning, der står på den."


class ReferralIsAlreadyAnswered(Refusal):
    """Henvisningen har allerede fået et andet svar."""

    next_step = "Skriv et notat, hvis svaret skal uddybes."


class ReferralWasAboutAnother(Refusal):
    """Henvisningen handlede om en forkert, og der ventes ikke på svar på den mere."""

    field = "referral_id"
    next_step = "Bed modtageren slette det, de fik, og notér, hvad de svarer."


class SendReferral(StepRequest, step=Step.REFER, when=OPEN):
    """Pass the concern on: covered by a consent at this instant, or on a named basis with a written reason.

    The `id` becomes the referral's.
    """

    target: fields.Target
    channel: fields.Channel
    person: fields.Person = None
    """Whose information it is."""
    purpose: fields.ConsentPurpose = ConsentPurpose.HELP.value
    information: fields.Information
    basis: fields.Basis = Basis.CONSENT.value
    basis_reason: Words = ""
    content: Words = ""

    @property
    def rests_on(self) -> str:
        return self.basis

    def decide(self, case: Case, taken: Taken) -> None:
        target = known(self.target, Target, field="target")
        channel = known(self.channel, Channel, field="channel")
        case.must_be_open()
        if case.referrals.knows(self.id):
            return
        reason = case.words(self.basis_reason)
        case.persons.must_be_said(self.person)
        person = case.somebody(self.person)
        asked = Asked(person, target, known(self.purpose, ConsentPurpose, field="purpose"))
        information = {known(each, Information, field="information") for each in self.information}
        if not information:
            raise NothingMayBeTold
        case.consents.must_allow(asked, basis=self.basis, reason=reason, at=taken.at, information=information)
        municipality = taken.municipality or case.origin.municipality
        case.trigger_event(
            ReferralSent,
            referral_id=self.id,
            person=person,
            target=target,
            purpose=asked.purpose,
            information=in_order(information),
            municipality=protection.shown(case, municipality),
            channel=channel,
            basis=self.basis,
            basis_reason=reason,
            content=case.words(self.content),
            answer_due=taken.under.answer_due(target, municipality, taken.recorded_at),
            silence_due=list(taken.under.silence_steps(target, municipality, taken.recorded_at)),
            tell_due=case.tell_due(taken),
        )


class AnswerRequest(StepRequest, step=Step.RECORD_ANSWER, when=OPEN_OR_CLOSED):
    """Something a recipient says to a referral; an answer may come after the end too."""

    referral_id: UUID

    def follows(self, case: Case) -> datetime:
        sent = case.referrals.sent.get(self.referral_id)
        return sent.sent_at if sent else super().follows(case)

    def referral_in(self, case: Case) -> Referral:
        if self.referral_id in case.referrals.astray:
            raise ReferralWasAboutAnother
        if self.referral_id not in case.referrals.sent:
            raise ThereIsNoSuchReferral
        return case.referrals.of(self.referral_id)

    def acknowledge(self, case: Case, taken: Taken) -> None:
        """Who says anything has it."""
        referral = self.referral_in(case)
        if not referral.is_acknowledged:
            on_time = referral.is_in_time(taken.recorded_at)
            case.trigger_event(ReferralAcknowledged, referral_id=self.referral_id, target=referral.target, on_time=on_time)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.referrals.sent)


class RecordDelivery(AnswerRequest, step=Step.RECORD_ANSWER, when=OPEN_OR_CLOSED):
    """It arrived."""

    def decide(self, case: Case, taken: Taken) -> None:
        if not self.referral_in(case).is_delivered:
            case.trigger_event(ReferralDelivered, referral_id=self.referral_id)


class RecordAcknowledgement(AnswerRequest, step=Step.RECORD_ANSWER, when=OPEN_OR_CLOSED):
    """The recipient says that they have it."""

    def decide(self, case: Case, taken: Taken) -> None:
        self.acknowledge(case, taken)


class RecordAcceptance(AnswerRequest, step=Step.RECORD_ANSWER, when=OPEN_OR_CLOSED):
    """The recipient takes it on."""

    def decide(self, case: Case, taken: Taken) -> None:
        referral = self.referral_in(case)
        if referral.is_news(Reply.ACCEPTED):
            self.acknowledge(case, taken)
            case.trigger_event(ReferralAccepted, referral_id=self.referral_id, target=referral.target)


class RecordRejection(AnswerRequest, step=Step.RECORD_ANSWER, when=OPEN_OR_CLOSED):
    """The recipient does not take it on."""

    reason: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        referral = self.referral_in(case)
        if referral.is_news(Reply.REJECTED):
            self.acknowledge(case, taken)
            reason = case.words(self.reason)
            case.trigger_event(ReferralRejected, referral_id=self.referral_id, target=referral.target, reason=reason)


class RecordAnswer(AnswerRequest, step=Step.RECORD_ANSWER, when=OPEN_OR_CLOSED):
    """The recipient tells how it went, or that they may not tell; established help is news for the caretaker."""

    outcome: fields.ReferralOutcome

    def decide(self, case: Case, taken: Taken) -> None:
        referral = self.referral_in(case)
        outcome = known(self.outcome, ReferralOutcome, field="outcome")
        if referral.is_news(outcome):
            self.acknowledge(case, taken)
            tell_due = case.tell_due(taken) if outcome == ReferralOutcome.HELP_ESTABLISHED else None
            case.trigger_event(ReferralAnswered, referral_id=self.referral_id, target=referral.target, outcome=outcome, tell_due=tell_due)


class ReferralSent(Event):
    """The concern was passed on, on this basis, with these words and no more."""

    TOPIC = "case.referral_sent"
    class_version = 2

    referral_id: UUID
    person: UUID | None
    """Whose information it was: a person of the case; `None` for the resident."""
    target: str
    purpose: str
    information: list[str]
    """What kinds of it."""
    municipality: str
    """Empty where the address is protected."""
    channel: str
    basis: str
    basis_reason: Personal | Sealed | None
    """Why it was necessary without consent."""
    content: Personal | Sealed | None
    """What the recipient was told."""
    answer_due: datetime
    silence_due: list[datetime]
    """One instant for each step of the ladder that is climbed when nobody answers."""
    tell_due: datetime

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Version 1 was always the resident's, about help, and about whatever was needed."""
        state.update(person=None, purpose=ConsentPurpose.HELP.value, information=list(EVERYTHING))

    def apply(self, case: Case) -> None:
        referral = Referral(
            target=self.target,
            person=self.person,
            municipality=self.municipality,
            rests_on_consent=self.basis == Basis.CONSENT,
            answer_due=self.answer_due,
            silence_due=list(self.silence_due),
            sent_at=self.timestamp,
        )
        case.referrals.add(self.referral_id, referral)
        case.deadlines.start_telling(Milestone.REFERRAL_SENT, due=self.tell_due, at=self.timestamp)


class ReferralDelivered(Event):
    """It arrived, as far as the channel can tell; nobody has reacted yet."""

    TOPIC = "case.referral_delivered"

    referral_id: UUID

    def apply(self, case: Case) -> None:
        case.referrals.of(self.referral_id).is_delivered = True


class ReferralAcknowledged(Event):
    """The recipient has it; the silence is over."""

    TOPIC = "case.referral_acknowledged"

    referral_id: UUID
    target: str
    on_time: bool

    def apply(self, case: Case) -> None:
        case.referrals.of(self.referral_id).is_acknowledged = True


class ReferralAccepted(Event):
    """The recipient takes it on."""

    TOPIC = "case.referral_accepted"

    referral_id: UUID
    target: str

    def apply(self, case: Case) -> None:
        case.referrals.answer(self.referral_id, Reply.ACCEPTED.value, at=self.timestamp)


class ReferralRejected(Event):
    """The recipient does not take it on."""

    TOPIC = "case.referral_rejected"

    referral_id: UUID
    target: str
    reason: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.referrals.answer(self.referral_id, Reply.REJECTED.value, at=self.timestamp)


class ReferralAnswered(Event):
    """The recipient told how it went, or that they may not tell."""

    TOPIC = "case.referral_answered"

    referral_id: UUID
    target: str
    outcome: str
    tell_due: datetime | None
    """Until when the caretaker is to hear that help is established; `None` for other outcomes."""

    def apply(self, case: Case) -> None:
        case.referrals.answer(self.referral_id, self.outcome, at=self.timestamp)
        if self.tell_due is not None:
            case.deadlines.start_telling(Milestone.HELP_ESTABLISHED, due=self.tell_due, at=self.timestamp)


class ReferralSilent(Event):
    """Nobody answered until this step of the ladder; recorded exactly once for each step."""

    TOPIC = "case.referral_silent"

    referral_id: UUID
    target: str
    municipality: str
    handler: str
    step: int
    """1 is the first."""
    due: datetime

    def apply(self, case: Case) -> None:
        case.referrals.of(self.referral_id).silent_steps = self.step


MUNICIPAL = "municipal."
"""How the codes of the municipality's functions begin."""

NOT_FINAL = frozenset({"", Reply.ACCEPTED, ReferralOutcome.ACKNOWLEDGED_NO_DETAIL})
"""Answers after which another may come: taken on, or "we may not say"."""


@dataclass(slots=True)
class Referral:
    """One referral and how far it has come."""

    target: str
    person: UUID | None
    municipality: str
    rests_on_consent: bool
    answer_due: datetime
    silence_due: list[datetime]
    sent_at: datetime
    silent_steps: int = 0
    is_delivered: bool = False
    is_acknowledged: bool = False
    answered: str = ""
    answered_at: datetime = NOT_YET

    @property
    def is_municipal(self) -> bool:
        return self.target.startswith(MUNICIPAL)

    def is_news(self, what: str) -> bool:
        """Whether this answer says more than the last; raises `ReferralIsAlreadyAnswered` when it contradicts a final one."""
        if what == self.answered:
            return False
        if self.answered in NOT_FINAL:
            return True
        raise ReferralIsAlreadyAnswered

    def waits(self, ref: str) -> list[Wait]:
        """Its answer, which has no time any more once somebody has it, and what happens while nobody does."""
        if self.answered not in ("", Reply.ACCEPTED):
            return []
        answer_due = None if self.is_acknowledged else self.answer_due
        ladder = [] if self.is_acknowledged else enumerate(self.silence_due, start=1)
        return [
            Wait(kind=Appointment.ANSWER, ref=ref, target=self.target, due=answer_due),
            *(Wait(kind=Appointment.SILENCE, ref=ref, step=step, due=due, is_missed=step <= self.silent_steps) for step, due in ladder),
        ]

    def is_in_time(self, at: datetime) -> bool:
        return at <= self.answer_due


class Referrals:
    """All referrals of one case, and which of them nobody answers."""

    def __init__(self) -> None:
        self.sent: dict[UUID, Referral] = {}
        self.astray: dict[UUID, Referral] = {}
        """Those that were sent while the case was about the wrong person: nobody waits for what comes of them."""

    def add(self, referral_id: UUID, referral: Referral) -> None:
        self.sent[referral_id] = referral

    def leave_behind(self) -> None:
        """They were about others."""
        self.astray |= self.sent
        self.sent = {}

    def pass_on(self, before: UUID | None, after: UUID | None) -> None:
        """What was somebody's information is another's."""
        for referral in self.sent.values():
            if referral.person == before:
                referral.person = after

    def still_open(self) -> list[UUID]:
        """Those whose recipient may still be about to help."""
        return [id for id, each in self.sent.items() if each.answered in NOT_FINAL]

    def move(self, referral_id: UUID, *, step: int, due: datetime) -> None:
        """An answer, or a step of the ladder, has another time now."""
        referral = self.of(referral_id)
        if step:
            referral.silence_due[step - 1] = due
        else:
            referral.answer_due = due

    def knows(self, referral_id: UUID) -> bool:
        """Whether it was sent, whomever it was about."""
        return referral_id in self.sent or referral_id in self.astray

    def of(self, referral_id: UUID) -> Referral:
        return self.sent.get(referral_id) or self.astray[referral_id]

    def answer(self, referral_id: UUID, answer: str, *, at: datetime) -> None:
        """What a recipient says, the last time."""
        referral = self.of(referral_id)
        referral.answered, referral.answered_at = answer, at

    def silent(self, at: datetime) -> list[tuple[UUID, Referral, int, datetime]]:
        """Each step of a ladder that nobody's answer came before, and when it was due."""
        return [
            (referral_id, referral, step, due)
            for referral_id, referral in self.sent.items()
            if not referral.is_acknowledged
            for step, due in enumerate(referral.silence_due, start=1)
            if step > referral.silent_steps and at > due
        ]

    def waits(self) -> list[Wait]:
        """The answer to each referral, until it is one that ends the waiting; and, until somebody has it, each step of its ladder."""
        return [wait for referral_id, referral in self.sent.items() for wait in referral.waits(str(referral_id))]

    def have_established_help(self, *, since: datetime) -> bool:
        """Whether a recipient told that help is in place."""
        return any(each.answered == ReferralOutcome.HELP_ESTABLISHED and each.answered_at >= since for each in self.sent.values())

    def have_a_no(self, *, since: datetime) -> bool:
        """Whether a recipient told that the resident said no."""
        return any(each.answered == ReferralOutcome.RESIDENT_DECLINED and each.answered_at >= since for each in self.sent.values())

    def is_with_the_municipality(self) -> bool:
        """Whether somebody in the municipality said that they have it, and did not send it back."""
        return any(each.is_municipal and each.is_acknowledged and each.answered != Reply.REJECTED for each in self.sent.values())

    def is_the_municipality_silent(self, *, since: datetime) -> bool:
        """Whether the municipality let every step of a ladder pass without a word, and said none to anything else."""
        municipal = [referral for referral in self.sent.values() if referral.is_municipal]
        silent = [each for each in municipal if each.sent_at >= since and each.silent_steps >= len(each.silence_due)]
        return bool(silent) and not any(referral.is_acknowledged for referral in municipal)

    def are_unanswered(self) -> bool:
        return any(not referral.answered for referral in self.sent.values())

    def have_told(self, target: str, person: UUID | None) -> bool:
        """Whether this target was told something of somebody on the strength of a consent."""
        return any((each.target, each.person) == (target, person) and each.rests_on_consent for each in self.sent.values())
