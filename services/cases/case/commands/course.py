"""Carrying a case: who carries it, how serious it is, contact, notes, telling the caretaker, its end, and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.cases.case.commands.step import AboutCase, taken
from services.cases.case.rules.case import Case
from services.cases.case.rules.refusals import HandlerDoesNotWorkHere
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Personal


@dataclass(frozen=True, kw_only=True)
class AssignCase(AboutCase):
    """Somebody else carries it."""

    handler: str


@dataclass(frozen=True, kw_only=True)
class ChangeSeverity(AboutCase):
    """It is more, or less, serious than thought."""

    severity: str
    reason: Personal | None = None


@dataclass(frozen=True, kw_only=True)
class RecordContact(AboutCase):
    """Somebody tried to reach the resident; when, stands in the request (`happened_at`)."""

    reached: bool
    channel: str
    note: Personal | None = None


@dataclass(frozen=True, kw_only=True)
class AddNote(AboutCase):
    """Something a colleague needs to know."""

    text: Personal


@dataclass(frozen=True, kw_only=True)
class KeepAnEye(AboutCase):
    """What somebody sees from the side line."""

    text: Personal


@dataclass(frozen=True, kw_only=True)
class NoteResidentDetails(AboutCase):
    """How the resident can be reached; both replace what was noted before."""

    name: Personal | None = None
    phone: Personal | None = None


@dataclass(frozen=True, kw_only=True)
class InformCaretaker(AboutCase):
    """The one who saw it was told."""

    milestone: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class CloseCase(AboutCase):
    """End it, with an outcome."""

    outcome: str
    remark: Personal | None = None


@dataclass(frozen=True, kw_only=True)
class ReopenCase(AboutCase):
    """It was not over."""

    reason: Personal | None = None


@dataclass(frozen=True, kw_only=True)
class RecordFailedNotice:
    """A notice about the case did not arrive."""

    case_id: UUID
    notice_id: UUID
    recipient: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class NoteTime:
    """It is this late; record what did not happen in time."""

    case_id: UUID
    at: datetime


async def assign_case(command: AssignCase, work: UnitOfWork) -> None:
    """Raises `HandlerDoesNotWorkHere` for somebody who is not on the staff of the association."""
    step = await taken(command, work)
    handler = work.staff.actor(command.handler)
    if handler is None or handler.association != work.association:
        raise HandlerDoesNotWorkHere
    step.case.assign(by=step.by, under=step.under, to=handler.id, role=handler.role)
    await step.save()


async def change_severity(command: ChangeSeverity, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.change_severity(by=step.by, at=step.at, under=step.under, to=command.severity, reason=command.reason)
    await step.save()


async def record_contact(command: RecordContact, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.contact(by=step.by, at=step.at, under=step.under, reached=command.reached, channel=command.channel, note=command.note)
    await step.save()


async def add_note(command: AddNote, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.note(by=step.by, under=step.under, text=command.text)
    await step.save()


async def keep_an_eye(command: KeepAnEye, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.keep_an_eye(by=step.by, under=step.under, text=command.text)
    await step.save()


async def note_resident_details(command: NoteResidentDetails, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.note_resident_details(by=step.by, under=step.under, name=command.name, phone=command.phone)
    await step.save()


async def inform_caretaker(command: InformCaretaker, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.deadlines.inform_caretaker(by=step.by, at=step.at, under=step.under, milestone=command.milestone, channel=command.channel)
    await step.save()


async def close_case(command: CloseCase, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.close(by=step.by, at=step.at, under=step.under, outcome=command.outcome, remark=command.remark)
    await step.save()


async def reopen_case(command: ReopenCase, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.reopen(by=step.by, at=step.at, under=step.under, reason=command.reason)
    await step.save()


async def record_failed_notice(command: RecordFailedNotice, work: UnitOfWork) -> None:
    """Raises `NotFound` when there is no such case."""
    case = await work.load(Case, command.case_id)
    case.notice_failed(notice_id=command.notice_id, recipient=command.recipient, kind=command.kind)
    await work.save(case, procedure_version=case.procedure_version)


async def note_time(command: NoteTime, work: UnitOfWork) -> None:
    case = await work.load(Case, command.case_id)
    case.note_time(command.at)
    await work.save(case, procedure_version=case.procedure_version)
