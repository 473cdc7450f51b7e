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


async def assign_case(asked: AssignCase, work: UnitOfWork) -> None:
    """Raises `HandlerDoesNotWorkHere` for somebody who is not on the staff of the association."""
    step = await taken(asked, work)
    handler = work.staff.actor(asked.handler)
    if handler is None or handler.association != work.association:
        raise HandlerDoesNotWorkHere
    step.case.assign(by=step.by, under=step.under, to=handler.id, role=handler.role)
    await step.save()


async def change_severity(asked: ChangeSeverity, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.change_severity(by=step.by, at=step.at, under=step.under, to=asked.severity, reason=asked.reason)
    await step.save()


async def record_contact(asked: RecordContact, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.contact(by=step.by, at=step.at, under=step.under, reached=asked.reached, channel=asked.channel, note=asked.note)
    await step.save()


async def add_note(asked: AddNote, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.note(by=step.by, under=step.under, text=asked.text)
    await step.save()


async def keep_an_eye(asked: KeepAnEye, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.keep_an_eye(by=step.by, under=step.under, text=asked.text)
    await step.save()


async def note_resident_details(asked: NoteResidentDetails, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.note_resident_details(by=step.by, under=step.under, name=asked.name, phone=asked.phone)
    await step.save()


async def inform_caretaker(asked: InformCaretaker, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.deadlines.inform_caretaker(by=step.by, at=step.at, under=step.under, milestone=asked.milestone, channel=asked.channel)
    await step.save()


async def close_case(asked: CloseCase, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.close(by=step.by, at=step.at, under=step.under, outcome=asked.outcome, remark=asked.remark)
    await step.save()


async def reopen_case(asked: ReopenCase, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.reopen(by=step.by, at=step.at, under=step.under, reason=asked.reason)
    await step.save()


async def record_failed_notice(asked: RecordFailedNotice, work: UnitOfWork) -> None:
    """Raises `NotFound` when there is no such case."""
    case = await work.load(Case, asked.case_id)
    case.notice_failed(notice_id=asked.notice_id, recipient=asked.recipient, kind=asked.kind)
    await work.save(case, procedure_version=case.procedure_version)


async def note_time(asked: NoteTime, work: UnitOfWork) -> None:
    case = await work.load(Case, asked.case_id)
    case.note_time(asked.at)
    await work.save(case, procedure_version=case.procedure_version)
