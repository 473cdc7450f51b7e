"""What comes to pass by itself: time, and a notice that did not arrive."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from services.cases.case.rules.case import Case
from shared.history.unit_of_work import UnitOfWork


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
    order_keys: Collection[UUID] = ()

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        """The keys of the case and of its orders: on the day somebody moves they are taken back, and their ids outside are sealed."""
        return {self.case_id, *self.order_keys}, {}


async def record_failed_notice(command: RecordFailedNotice, work: UnitOfWork) -> None:
    """Raises `NotFound` when there is no such case."""
    case = await work.load(Case, command.case_id)
    while case.observations.joined_to:
        case = await work.load(Case, case.observations.joined_to)
    case.notice_failed(notice_id=command.notice_id, recipient=command.recipient, kind=command.kind)
    await work.save(case, procedure_version=case.procedure_version)


async def note_time(command: NoteTime, work: UnitOfWork) -> None:
    """Raises `NotFound` when there is no such case."""
    case = await work.load(Case, command.case_id)
    case.note_time(work.context.at)
    await work.save(case, procedure_version=case.procedure_version)
