"""What cases tells the others: ids, codes and times; never a name, an address or a word about anybody."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from shared.messaging.message import Message


class _Said(Message):
    TOPIC: ClassVar[str] = "brobygger.cases"

    case_id: UUID


class ConcernRaised(_Said):
    """An observation waits for triage; the lead is to know (S1)."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.concern_raised.v1"

    observation_id: UUID
    observer: str
    observed_at: AwareDatetime
    estate_id: str
    municipality: str
    severity: str
    signals: tuple[str, ...]
    consent_answer: str
    triage_due: AwareDatetime


class ConcernSeen(_Said):
    """A person, not a machine, has looked at the concern."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.concern_seen.v1"

    observation_id: UUID
    observer: str


class ConcernTriaged(_Said):
    """How serious it is and what it is about."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.concern_triaged.v1"

    observation_id: UUID
    observer: str
    severity: str
    category: str


class ConcernDismissed(_Said):
    """Looked at, and no case came of it."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.concern_dismissed.v1"

    observation_id: UUID
    observer: str
    reason: str


class CaseOpened(_Said):
    """There is a case now, with a handler and a first-contact deadline."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_opened.v1"

    observation_id: UUID
    observer: str
    observed_at: AwareDatetime
    estate_id: str
    municipality: str
    category: str
    severity: str
    handler: str
    contact_due: AwareDatetime


class CaseAssigned(_Said):
    """Somebody else carries the case now."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_assigned.v1"

    handler: str


class SeverityChanged(_Said):
    """It is more, or less, serious than it was thought."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.severity_changed.v1"

    severity: str


class ConsentRecorded(_Said):
    """The resident said yes or no, or took it back; for whom, as a code. Never the words."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.consent_recorded.v1"

    answer: str
    """granted, declined, not_able or withdrawn."""
    recipients: tuple[str, ...]


class ContactMade(_Said):
    """The resident was reached, or somebody tried."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.contact_made.v1"

    reached: bool
    on_time: bool


class ReferralSent(_Said):
    """The concern was passed on to somebody who can help."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.referral_sent.v1"

    referral_id: UUID
    target: str
    municipality: str
    basis: str
    answer_due: AwareDatetime


class ReferralAcknowledged(_Said):
    """The recipient has it."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.referral_acknowledged.v1"

    referral_id: UUID
    target: str
    on_time: bool


class ReferralAnswered(_Said):
    """The recipient told how it went, or that they may not tell."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.referral_answered.v1"

    referral_id: UUID
    target: str
    outcome: str


class ReferralSilent(_Said):
    """The recipient did not answer in the agreed time; said once for each step of the ladder (S15)."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.referral_silent.v1"

    referral_id: UUID
    target: str
    municipality: str
    handler: str
    step: int


class DamageServiceOrdered(_Said):
    """Somebody will come and clear or repair."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.damage_service_ordered.v1"

    order_id: UUID


class DamageServiceCompleted(_Said):
    """It is cleared."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.damage_service_completed.v1"

    order_id: UUID


class AccompanimentPlanned(_Said):
    """A known face comes along to a meeting (S1: the caretaker, if he will)."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.accompaniment_planned.v1"

    visit_id: UUID
    companion: str
    at: AwareDatetime
    observation_id: UUID | None = None
    """What the companion saw, so that the link leads to a page that is theirs; cases sends it, older messages lack it."""


class FollowUpPlanned(_Said):
    """A day on which somebody looks again."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.follow_up_planned.v1"

    follow_up_id: UUID
    due: AwareDatetime


class FollowUpDone(_Said):
    """Somebody looked again."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.follow_up_done.v1"

    follow_up_id: UUID
    on_time: bool


class FollowUpMissed(_Said):
    """Nobody looked again in time; said exactly once."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.follow_up_missed.v1"

    follow_up_id: UUID
    handler: str


class DeadlineMissed(_Said):
    """Triage, first contact or telling the caretaker did not happen in time; said exactly once."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.deadline_missed.v1"

    kind: str
    """triage, first_contact or tell_caretaker."""
    due: AwareDatetime
    handler: str


class CaretakerInformed(_Said):
    """The one who saw it was told how it goes, in a code of the procedure's texts."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.caretaker_informed.v1"

    observation_id: UUID
    caretaker: str
    milestone: str
    """in_good_hands, case_opened, referral_sent, help_established, closed …: what he is told."""
    on_time: bool


class CaseClosed(_Said):
    """The case ended, with an outcome of domain.md §4.3."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_closed.v1"

    observation_id: UUID
    observer: str
    outcome: str


class CaseReopened(_Said):
    """It was not over after all; who was told that it ended is to hear that it did not."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_reopened.v1"

    observation_id: UUID
    observer: str
    handler: str
    contact_due: AwareDatetime


class ProcedureAdopted(Message):
    """The association follows a new version of its procedure from now on."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.procedure_adopted.v1"
    TOPIC: ClassVar[str] = "brobygger.cases"

    version: str
    effective_on: date


MESSAGES: tuple[type[Message], ...] = (
    ConcernRaised, ConcernSeen, ConcernTriaged, ConcernDismissed, CaseOpened, CaseAssigned, SeverityChanged,
    ConsentRecorded, ContactMade, ReferralSent, ReferralAcknowledged, ReferralAnswered, ReferralSilent,
    DamageServiceOrdered, DamageServiceCompleted, AccompanimentPlanned, FollowUpPlanned, FollowUpDone,
    FollowUpMissed, DeadlineMissed, CaretakerInformed, CaseClosed, CaseReopened, ProcedureAdopted,
)  # fmt: skip
