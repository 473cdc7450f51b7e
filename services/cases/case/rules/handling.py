"""Handling a case: opened, carried by somebody, in contact with the resident, noted on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules import fields, protection
from services.cases.case.rules.checks import known, must_carry
from services.cases.case.rules.follow_ups import plan_by_procedure
from services.cases.case.rules.step import ONGOING, OPEN, TRIAGED, StepRequest, Taken
from services.cases.case.rules.verifying import end_visit
from shared.ground.errors import Refusal
from shared.ground.fields import Words
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import Milestone, Status, Step
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.referral import Channel
from shared.words.vocabulary.waiting import DeadlineKind

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class ConcernIsNotTriaged(Refusal):
    """Bekymringen er ikke vurderet endnu."""

    next_step = "Vurdér alvor og kategori først; derefter kan sagen oprettes."


class NoteIsEmpty(Refusal):
    """Notatet er tomt."""

    field = "text"
    next_step = "Skriv, hvad du så eller aftalte."


class OpenCase(StepRequest, step=Step.OPEN, when=TRIAGED):
    """Make it a case that somebody carries; the procedure's follow-ups are planned with it."""

    IS_DECIDED_NOW = True

    handler: fields.Handler

    def decide(self, case: Case, taken: Taken) -> None:
        must_carry(taken.role_of(self.handler))
        if case.status == Status.OPEN and self.handler == case.handler:
            return
        case.must_be_undecided()
        if case.status != Status.TRIAGED:
            raise ConcernIsNotTriaged
        case.trigger_event(
            Opened,
            **case.whose(),
            observed_at=case.origin.observed_at,
            estate_id=protection.shown(case, case.origin.estate_id),
            municipality=protection.shown(case, case.origin.municipality),
            category=case.category,
            severity=case.severity,
            handler=self.handler,
            contact_due=case.deadlines.due_of(DeadlineKind.FIRST_CONTACT) or case.contact_due(taken),
            tell_due=case.tell_due(taken),
        )
        plan_by_procedure(case, taken)


class AssignCase(StepRequest, step=Step.ASSIGN, when=OPEN):
    """Somebody else carries it; never a caretaker (S1)."""

    IS_DECIDED_NOW = True

    handler: fields.Handler

    def decide(self, case: Case, taken: Taken) -> None:
        must_carry(taken.role_of(self.handler))
        case.must_be_open()
        if self.handler != case.handler:
            case.trigger_event(Assigned, handler=self.handler)


class ChangeSeverity(StepRequest, step=Step.CHANGE_SEVERITY, when=OPEN):
    """It is more, or less, serious than thought; who is worse off is to be reached sooner."""

    IS_DECIDED_NOW = True

    severity: fields.Severity
    reason: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        severity = known(self.severity, Severity, field="severity")
        case.must_be_open()
        if severity != case.severity or self.reason:
            due = case.contact_due(taken, severity=severity)
            is_sooner = case.deadlines.would_come_sooner(DeadlineKind.FIRST_CONTACT, due=due)
            reason = case.words(self.reason)
            case.trigger_event(SeverityChanged, severity=severity, reason=reason, contact_due=due if is_sooner else None)


class RecordContact(StepRequest, step=Step.CONTACT, when=ONGOING):
    """Somebody tried to reach the resident; before it is a case, whoever went by to see whether there is anything in it."""

    reached: bool
    """Whether somebody spoke with the resident, or tried in vain."""
    channel: fields.Channel
    note: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        channel = known(self.channel, Channel, field="channel")
        if case.visit is None:
            case.must_be_open()
        case.must_not_be_over()
        on_time = case.deadlines.is_met_in_time(DeadlineKind.FIRST_CONTACT, at=taken.recorded_at)
        tried = ContactReached if self.reached else ContactAttempted
        case.trigger_event(tried, channel=channel, on_time=on_time, note=case.words(self.note))
        end_visit(case, was_made=True)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.status == Status.OPEN or case.visit is not None


class AddNote(StepRequest, step=Step.NOTE, when=ONGOING):
    """Something a colleague needs to know."""

    ONLY_ADDS = True

    text: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_not_be_over()
        text = case.words(self.text)
        if text is None:
            raise NoteIsEmpty
        case.trigger_event(NoteAdded, kind=self.STEP.value, text=text)


class KeepAnEye(AddNote, step=Step.KEEP_AN_EYE, when=ONGOING):
    """What somebody sees from the side line; the caretaker's way to stay with it (S1), and to say what they saw when they went by (S17)."""

    def decide(self, case: Case, taken: Taken) -> None:
        super().decide(case, taken)
        end_visit(case, was_made=True, who=taken.who)


class Opened(Event):
    """There is a case now, and somebody carries it."""

    TOPIC = "case.opened"

    observation_id: UUID
    observer: str
    observed_at: datetime
    estate_id: str
    municipality: str
    category: str
    severity: str
    handler: str
    contact_due: datetime
    """The one that runs since triage; opening late wins no time."""
    tell_due: datetime
    """Until when the one who saw it is to hear of it, unless they carry it themselves."""

    def apply(self, case: Case) -> None:
        case.status = Status.OPEN
        case.carried_by(self.handler)
        if case.deadlines.due_of(DeadlineKind.FIRST_CONTACT) is None:
            case.deadlines.start(DeadlineKind.FIRST_CONTACT, due=self.contact_due)
        case.deadlines.start_telling(Milestone.CASE_OPENED, due=self.tell_due, at=self.timestamp)


class Assigned(Event):
    """Somebody else carries the case now."""

    TOPIC = "case.assigned"

    handler: str

    def apply(self, case: Case) -> None:
        case.carried_by(self.handler)


class SeverityChanged(Event):
    """It is more, or less, serious than it was thought."""

    TOPIC = "case.severity_changed"

    severity: str
    reason: Personal | Sealed | None
    contact_due: datetime | None
    """When the resident is to be reached now; `None` when the deadline did not move."""

    def apply(self, case: Case) -> None:
        case.severity = self.severity
        if self.contact_due is not None:
            case.deadlines.start(DeadlineKind.FIRST_CONTACT, due=self.contact_due)


class ContactAttempted(Event):
    """Somebody tried to reach the resident in vain; that is the normal case (FB2), and the deadline stands."""

    TOPIC = "case.contact_attempted"

    channel: str
    on_time: bool
    note: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.attempts.append(self.timestamp)


class ContactReached(Event):
    """The resident was reached."""

    TOPIC = "case.contact_reached"

    channel: str
    on_time: bool
    note: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.is_reached, case.reached_at = True, self.timestamp
        case.deadlines.meet(DeadlineKind.FIRST_CONTACT, in_time=self.on_time)


class NoteAdded(Event):
    """Something worth remembering, in at most 500 characters."""

    TOPIC = "case.note_added"

    kind: str
    """note, or keep_an_eye: what the caretaker sees from the side line (S1)."""
    text: Personal | Sealed


class ResidentDetailsNoted(Event):
    """How the resident can be reached, as told by the resident; replaces what was noted before."""

    TOPIC = "case.resident_details_noted"

    name: Personal | Sealed | None
    phone: Personal | Sealed | None


class NoticeFailed(Event):
    """A notice about this case did not arrive; somebody has to ring instead."""

    TOPIC = "case.notice_failed"

    notice_id: UUID
    recipient: str
    kind: str

    def apply(self, case: Case) -> None:
        case.failed_notices.add(self.notice_id)
