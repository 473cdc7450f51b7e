"""Passing a concern on to somebody who can help, and what comes back; silence is something that happens, too (S15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules.agreed import AgreedProcedure
from services.cases.case.rules.checks import fits, known, permitted
from services.cases.case.rules.codes import Basis, Channel, Milestone, ReferralOutcome, Step, Target
from services.cases.case.rules.event import Event
from services.cases.case.rules.refusals import ReferralIsAlreadyAnswered, ThereIsNoSuchReferral
from shared.ground.provenance import Role
from shared.privacy.personal import Personal, Sealed

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class ReferralSent(Event):
    """The concern was passed on, on this basis, with these words and no more."""

    TOPIC = "case.referral_sent"

    referral_id: UUID
    target: str
    municipality: str
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

    def apply(self, case: Case) -> None:
        case.referrals.sent[self.referral_id] = Referral(
            target=self.target,
            municipality=self.municipality,
            rests_on_consent=self.basis == Basis.CONSENT,
            answer_due=self.answer_due,
            silence_due=self.silence_due,
        )
        case.deadlines.start_telling(Milestone.REFERRAL_SENT, due=self.tell_due)


class ReferralDelivered(Event):
    """It arrived, as far as the channel can tell; nobody has reacted yet."""

    TOPIC = "case.referral_delivered"

    referral_id: UUID

    def apply(self, case: Case) -> None:
        case.referrals.sent[self.referral_id].is_delivered = True


class ReferralAcknowledged(Event):
    """The recipient has it; the silence is over."""

    TOPIC = "case.referral_acknowledged"

    referral_id: UUID
    target: str
    on_time: bool

    def apply(self, case: Case) -> None:
        case.referrals.sent[self.referral_id].is_acknowledged = True


class ReferralAccepted(Event):
    """The recipient takes it on."""

    TOPIC = "case.referral_accepted"

    referral_id: UUID
    target: str

    def apply(self, case: Case) -> None:
        case.referrals.sent[self.referral_id].answered = ACCEPTED


class ReferralRejected(Event):
    """The recipient does not take it on."""

    TOPIC = "case.referral_rejected"

    referral_id: UUID
    target: str
    reason: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.referrals.sent[self.referral_id].answered = REJECTED


class ReferralAnswered(Event):
    """The recipient told how it went, or that they may not tell."""

    TOPIC = "case.referral_answered"

    referral_id: UUID
    target: str
    outcome: str
    tell_due: datetime | None
    """Until when the caretaker is to hear that help is established; `None` for other outcomes."""

    def apply(self, case: Case) -> None:
        case.referrals.sent[self.referral_id].answered = self.outcome
        if self.tell_due is not None:
            case.deadlines.start_telling(Milestone.HELP_ESTABLISHED, due=self.tell_due)


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
        case.referrals.sent[self.referral_id].silent_steps = self.step


ACCEPTED = "accepted"
REJECTED = "rejected"
NOT_FINAL = frozenset({"", ACCEPTED, ReferralOutcome.ACKNOWLEDGED_NO_DETAIL})
"""Answers after which another may come: taken on, or "we may not say"."""


@dataclass(slots=True)
class Referral:
    """One referral and how far it has come."""

    target: str
    municipality: str
    rests_on_consent: bool
    answer_due: datetime
    silence_due: list[datetime]
    silent_steps: int = 0
    is_delivered: bool = False
    is_acknowledged: bool = False
    answered: str = ""

    def is_news(self, what: str) -> bool:
        """Whether this answer says more than the last; raises `ReferralIsAlreadyAnswered` when it contradicts a final one."""
        if what == self.answered:
            return False
        if self.answered in NOT_FINAL:
            return True
        raise ReferralIsAlreadyAnswered

    def is_in_time(self, at: datetime) -> bool:
        return at <= self.answer_due


class Referrals:
    """All referrals of one case: sends them, hears the answers, and notices when there is none."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.sent: dict[UUID, Referral] = {}

    def send(
        self,
        *,
        by: Role,
        at: datetime,
        under: AgreedProcedure,
        referral_id: UUID,
        target: str,
        channel: str,
        basis: str,
        basis_reason: Personal | None = None,
        content: Personal | None = None,
    ) -> None:
        """Pass the concern on: covered by a consent at this instant, or on a named basis with a written reason."""
        permitted(Step.REFER, by=by, under=under)
        target = known(target, Target, field="target")
        channel = known(channel, Channel, field="channel")
        self._case.must_be_open()
        if referral_id in self.sent:
            return
        basis_reason = fits(basis_reason, field="basis_reason")
        self._case.consents.must_allow(target, basis=basis, reason=basis_reason, at=at)
        municipality = self._case.origin.municipality
        self._case.trigger_event(
            ReferralSent,
            referral_id=referral_id,
            target=target,
            municipality=municipality,
            channel=channel,
            basis=str(basis),
            basis_reason=basis_reason,
            content=fits(content, field="content"),
            answer_due=under.answer_due(target, municipality, at),
            silence_due=list(under.silence_steps(target, municipality, at)),
            tell_due=self._case.tell_due(at, under),
        )

    def deliver(self, *, by: Role, under: AgreedProcedure, referral_id: UUID) -> None:
        """It arrived."""
        referral = self._answering(referral_id, by=by, under=under)
        if not referral.is_delivered:
            self._case.trigger_event(ReferralDelivered, referral_id=referral_id)

    def acknowledge(self, *, by: Role, at: datetime, under: AgreedProcedure, referral_id: UUID) -> None:
        """The recipient says that they have it."""
        referral = self._answering(referral_id, by=by, under=under)
        if not referral.is_acknowledged:
            on_time = referral.is_in_time(at)
            self._case.trigger_event(ReferralAcknowledged, referral_id=referral_id, target=referral.target, on_time=on_time)

    def accept(self, *, by: Role, at: datetime, under: AgreedProcedure, referral_id: UUID) -> None:
        """The recipient takes it on; who says so has it."""
        referral = self._answering(referral_id, by=by, under=under)
        if referral.is_news(ACCEPTED):
            self.acknowledge(by=by, at=at, under=under, referral_id=referral_id)
            self._case.trigger_event(ReferralAccepted, referral_id=referral_id, target=referral.target)

    def reject(self, *, by: Role, at: datetime, under: AgreedProcedure, referral_id: UUID, reason: Personal | None = None) -> None:
        """The recipient does not take it on."""
        referral = self._answering(referral_id, by=by, under=under)
        reason = fits(reason, field="reason")
        if referral.is_news(REJECTED):
            self.acknowledge(by=by, at=at, under=under, referral_id=referral_id)
            self._case.trigger_event(ReferralRejected, referral_id=referral_id, target=referral.target, reason=reason)

    def answer(self, *, by: Role, at: datetime, under: AgreedProcedure, referral_id: UUID, outcome: str) -> None:
        """The recipient tells how it went, or that they may not tell; established help is news for the caretaker."""
        referral = self._answering(referral_id, by=by, under=under)
        outcome = known(outcome, ReferralOutcome, field="outcome")
        if referral.is_news(outcome):
            self.acknowledge(by=by, at=at, under=under, referral_id=referral_id)
            is_helped = outcome == ReferralOutcome.HELP_ESTABLISHED
            self._case.trigger_event(
                ReferralAnswered,
                referral_id=referral_id,
                target=referral.target,
                outcome=outcome,
                tell_due=self._case.tell_due(at, under) if is_helped else None,
            )

    def note_time(self, at: datetime) -> None:
        """Record each step of the ladder that nobody's answer came before."""
        silent = [
            (referral_id, referral, step, due)
            for referral_id, referral in self.sent.items()
            if not referral.is_acknowledged
            for step, due in enumerate(referral.silence_due, start=1)
            if step > referral.silent_steps and at > due
        ]
        for referral_id, referral, step, due in silent:
            self._case.trigger_event(
                ReferralSilent,
                referral_id=referral_id,
                target=referral.target,
                municipality=referral.municipality,
                handler=self._case.handler,
                step=step,
                due=due,
            )

    def are_unanswered(self) -> bool:
        return any(not referral.answered for referral in self.sent.values())

    def have_told(self, target: str) -> bool:
        """Whether this target was told something on the strength of a consent."""
        return any(referral.target == target and referral.rests_on_consent for referral in self.sent.values())

    def _answering(self, referral_id: UUID, *, by: Role, under: AgreedProcedure) -> Referral:
        """An answer may come after the end too."""
        permitted(Step.RECORD_ANSWER, by=by, under=under)
        if referral_id not in self.sent:
            raise ThereIsNoSuchReferral
        return self.sent[referral_id]
