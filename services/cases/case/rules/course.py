"""The course of a case: opened, carried by somebody, in contact with the resident, noted on, closed, reopened."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules.codes import DeadlineKind, Milestone, Status
from services.cases.case.rules.event import Event
from shared.privacy.personal import Personal, Sealed

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


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

    def apply(self, case: Case) -> None:
        case.status = Status.OPEN
        case.handler = self.handler
        if case.deadlines.due_of(DeadlineKind.FIRST_CONTACT) is None:
            case.deadlines.start(DeadlineKind.FIRST_CONTACT, due=self.contact_due)
        case.deadlines.start_telling(Milestone.CASE_OPENED, due=self.tell_due)


class Assigned(Event):
    """Somebody else carries the case now."""

    TOPIC = "case.assigned"

    handler: str

    def apply(self, case: Case) -> None:
        case.handler = self.handler


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


class ContactReached(Event):
    """The resident was reached."""

    TOPIC = "case.contact_reached"

    channel: str
    on_time: bool
    note: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.is_reached = True
        case.deadlines.meet(DeadlineKind.FIRST_CONTACT)


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


class Closed(Event):
    """The case ended; the one who saw it first is still to be told."""

    TOPIC = "case.closed"

    observation_id: UUID
    observer: str
    outcome: str
    remark: Personal | Sealed | None
    tell_due: datetime

    def apply(self, case: Case) -> None:
        case.status = Status.CLOSED
        case.outcome = self.outcome
        case.deadlines.meet(DeadlineKind.FIRST_CONTACT)
        case.deadlines.start_telling(Milestone.CLOSED, due=self.tell_due)


class Reopened(Event):
    """It was not over after all."""

    TOPIC = "case.reopened"

    observation_id: UUID
    observer: str
    handler: str
    reason: Personal | Sealed | None
    contact_due: datetime

    def apply(self, case: Case) -> None:
        case.status = Status.OPEN
        case.handler = self.handler
        case.is_reached = False
        case.deadlines.reopen()
        case.deadlines.start(DeadlineKind.FIRST_CONTACT, due=self.contact_due)
