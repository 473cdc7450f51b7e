"""A case begins, and what it was about becomes known."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.cases.case.commands.at_hand import MOST, called
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import RaiseConcern
from services.cases.case.rules.pattern import WITHIN, Sighting
from services.cases.case.rules.place import KnownPlace, link_place
from services.cases.procedure.queries import procedure, version_in_force
from services.cases.procedure.rules.adoption import NoProcedureIsAdopted, procedure_id
from shared.ground.errors import NotFound
from shared.ground.working_days import local_day
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.staff import StaffDirectory
from shared.words.vocabulary.case import Status

_SIGHTINGS = """
    select observer, source, observed_at from case_list
    where association = $1 and tenancy_id = $2 and observed_at between $3 and $4 and status <> $5
    order by observed_at desc limit $6
"""


async def raise_concern(command: RaiseConcern, work: UnitOfWork) -> None:
    """Begin a case under the procedure of today; an observation that has one already is no news.

    Raises `NoProcedureIsAdopted`: without a procedure nobody could say who does what until when.
    """
    id, at = command.case_id, work.context.at
    if await work.find(Case, id) is not None:
        return
    try:
        version = await version_in_force(await work.rows(), work.association, local_day(at))
    except NotFound as error:
        raise NoProcedureIsAdopted(procedure_id(work.association)) from error
    under = await procedure(work.memo, work.rows, work.association, version)
    observer, known = command.origin.observer, work.staff.within(work.association)
    case = Case.raise_concern(
        command,
        id=id,
        at=at,
        under=under,
        observer_role=called(known, observer),
        seen_before=await _seen_before(command, known, work),
    )
    await work.save(case, procedure_version=under.version)


async def _seen_before(command: RaiseConcern, staff: StaffDirectory, work: UnitOfWork) -> list[Sighting]:
    """What was seen about the same people around that time, by whomever; what counts of it, the rule says."""
    if command.tenancy is None:
        return []
    seen_at = command.origin.observed_at
    found = await (await work.rows()).fetch(
        _SIGHTINGS, work.association, command.tenancy, seen_at - WITHIN, seen_at + WITHIN, Status.RETRACTED, MOST
    )
    return [Sighting(**dict(row), role=called(staff, row["observer"])) for row in found]


@dataclass(frozen=True, kw_only=True)
class NotePlace:
    """It is known now which home the concern of a case is about."""

    case_id: UUID
    place: KnownPlace


async def note_place(command: NotePlace, work: UnitOfWork) -> None:
    """Raises `NotFound` when there is no such case."""
    case = await work.load(Case, command.case_id)
    link_place(case, command.place)
    await work.save(case, procedure_version=case.procedure_version)
