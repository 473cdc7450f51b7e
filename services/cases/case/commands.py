"""What may be asked of a case, and how it is done: load it with the procedure it is pinned to, decide, save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import RaiseConcern
from services.cases.case.rules.pinned import MoveToProcedure
from services.cases.case.rules.refusals import CaseIsClosed, ConcernIsDismissed, ItIsInTheFuture, NoProcedureIsAdopted
from services.cases.case.rules.step import StepRequest, Taken
from services.cases.procedure.queries import procedure, version_in_force
from services.cases.procedure.rules.in_force import ProcedureInForce
from shared.ground.clock import CLOCKS_MAY_DIFFER
from shared.ground.errors import NotFound, VersionMovedOn
from shared.ground.fields import FreeText
from shared.ground.provenance import Context
from shared.ground.working_days import local_day
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import KeyIsDestroyed
from shared.words.vocabulary.people import Role


@dataclass(frozen=True, kw_only=True)
class TakeStep:
    """A step in a case that exists."""

    case_id: UUID
    resident: UUID
    """Whom words in the request are about."""
    request: StepRequest
    version: int | None = None
    """The one the person looked at; `None` when it does not matter."""
    in_part: bool = False
    """Whether it is taken as somebody's own part of the case."""

    @property
    def sealed_for(self) -> Set[UUID]:
        """Whose keys are needed; fetched before anything is decided."""
        return {self.resident} if self.request.has_words else frozenset()


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


def content_of(case_id: UUID, request: StepRequest) -> list[Any]:
    """What makes this request another than one with the same id."""
    return [str(case_id), type(request).__name__, request.model_dump(mode="json")]


def case_of(observation_id: UUID) -> UUID:
    """The id of the case of an observation; the same observation twice is one case."""
    return uuid5(observation_id, "case")


async def raise_concern(command: RaiseConcern, work: UnitOfWork) -> None:
    """Begin a case under the procedure of today; an observation that has one already is no news.

    Raises `NoProcedureIsAdopted`: without a procedure nobody could say who does what until when.
    """
    id, at = case_of(command.origin.observation_id), work.context.at
    if await work.find(Case, id) is not None:
        return
    try:
        version = await version_in_force(await work.rows(), work.association, local_day(at))
    except NotFound as error:
        raise NoProcedureIsAdopted from error
    under = await procedure(work.memo, work.rows, work.association, version)
    await work.save(Case.raise_concern(command, id=id, at=at, under=under), procedure_version=under.version)


async def take_step(command: TakeStep, work: UnitOfWork) -> None:
    """Take it under the version of the procedure that the case is pinned to.

    Raises `NotFound`, `VersionMovedOn`, what the rules refuse, and `ItIsInTheFuture` when somebody claims to have done it already tomorrow.
    """
    context, request = work.context, command.request
    at = context.happened_at or context.at
    if at > context.at + CLOCKS_MAY_DIFFER:
        raise ItIsInTheFuture
    case = await work.load(Case, command.case_id)
    if command.version is not None and not case.is_as_it_was_in(command.version):
        raise VersionMovedOn(newest=case.version)
    under = await procedure(work.memo, work.rows, work.association, case.procedure_version)
    in_force = await _in_force(work) if request.moves_to else None
    taken = Taken(
        by=context.actor.role,
        who=context.actor.id,
        at=min(at, context.at),
        recorded_at=context.at,
        under=under,
        role_of=_roles_of(work),
        in_part=command.in_part,
        in_force=in_force.version if in_force else "",
        movers=in_force.movers(work.staff.roles_in(work.association)) if in_force else None,
    )
    case.take(request, taken)
    await work.save(case, basis=request.rests_on, procedure_version=under.version)


async def move_each(service: Service, cases: Iterable[tuple[UUID, UUID]], *, to: str, reason: FreeText, id: UUID, context: Context) -> int:
    """Move each of these cases (and whom it is about) by itself; answers how many.

    One that is over meanwhile stays where it is, and so does one about somebody whose words were erased: a reason could not be kept.

    Each is a decision of its own with an event of its own; sent again with the same id, those that were moved are not moved again.
    """
    moved = 0
    for case_id, resident in cases:
        request = MoveToProcedure(id=uuid5(id, str(case_id)), procedure_version=to, reason=reason)
        command = TakeStep(case_id=case_id, resident=resident, request=request)
        try:
            await service.do_once(take_step, command, context, id=request.id, content=content_of(case_id, request))
        except (CaseIsClosed, ConcernIsDismissed, KeyIsDestroyed):
            continue
        moved += 1
    return moved


async def record_failed_notice(command: RecordFailedNotice, work: UnitOfWork) -> None:
    """Raises `NotFound` when there is no such case."""
    case = await work.load(Case, command.case_id)
    case.notice_failed(notice_id=command.notice_id, recipient=command.recipient, kind=command.kind)
    await work.save(case, procedure_version=case.procedure_version)


async def note_time(command: NoteTime, work: UnitOfWork) -> None:
    """Raises `NotFound` when there is no such case."""
    case = await work.load(Case, command.case_id)
    case.note_time(command.at)
    await work.save(case, procedure_version=case.procedure_version)


async def _in_force(work: UnitOfWork) -> ProcedureInForce:
    version = await version_in_force(await work.rows(), work.association, local_day(work.context.at))
    return await procedure(work.memo, work.rows, work.association, version)


def _roles_of(work: UnitOfWork) -> Callable[[str], Role | None]:
    """What a member of the staff of this association is; asked only by steps that name one."""

    def role_of(id: str) -> Role | None:
        colleague = work.staff.actor(id)
        return colleague.role if colleague and colleague.association == work.association else None

    return role_of
