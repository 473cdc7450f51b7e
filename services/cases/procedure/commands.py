"""What may be asked of the procedure: that a version is adopted, confirmed or withdrawn; and what the register says of estates."""

from __future__ import annotations

from dataclasses import dataclass

from services.cases.procedure.rules.adoption import NoProcedureIsAdopted, Procedure, procedure_id
from services.cases.procedure.rules.oddities import Odd
from shared.ground.errors import NotFound
from shared.ground.working_days import local_day
from shared.history.unit_of_work import UnitOfWork
from shared.messaging import parking
from shared.words.vocabulary.procedure import WithdrawalReason


@dataclass(frozen=True, kw_only=True)
class AdoptProcedure:
    """Follow the procedure that stands in this text, from the day it names."""

    text: str


@dataclass(frozen=True, kw_only=True)
class ConfirmVersion:
    """What was proposed is meant so."""

    version: str
    digest: str
    """Of the text that was read."""


@dataclass(frozen=True, kw_only=True)
class WithdrawVersion:
    """A version that does not hold yet never will."""

    version: str
    reason: WithdrawalReason


@dataclass(frozen=True, kw_only=True)
class NoteEstate:
    """The register has an estate in a municipality."""

    estate_id: str
    municipality: str


async def adopt_procedure(command: AdoptProcedure, work: UnitOfWork) -> tuple[Odd, ...]:
    """Adopt a version, or propose it where something is odd about it, which is the answer; the same text again is no news."""
    found = await _found(work)
    actor = work.context.actor
    today = local_day(work.context.at)
    odd = found.adopt(text=command.text, today=today, by=actor.id, for_whom=actor.on_behalf_of, roles=_roles(work))
    await work.save(found)
    await _is_here(found, work)
    return odd


async def confirm_version(command: ConfirmVersion, work: UnitOfWork) -> None:
    """Take into use what somebody else proposed. Raises `NotFound`."""
    found = await _with_version(command.version, work)
    found.confirm(
        command.version,
        digest=command.digest,
        today=local_day(work.context.at),
        by=work.context.actor.id,
        for_whom=work.context.actor.on_behalf_of,
        roles=_roles(work),
    )
    await work.save(found)
    await _is_here(found, work)


async def withdraw_version(command: WithdrawVersion, work: UnitOfWork) -> None:
    """Raises `NotFound`."""
    found = await _with_version(command.version, work)
    found.withdraw(command.version, reason=command.reason, today=local_day(work.context.at))
    await work.save(found)


async def note_estate(command: NoteEstate, work: UnitOfWork) -> None:
    """Remember where estates are, so that a procedure can be held against it."""
    found = await _found(work)
    found.note_estate(command.estate_id, municipality=command.municipality)
    await work.save(found)


async def _is_here(procedure: Procedure, work: UnitOfWork) -> None:
    """What came before there was one, or before it holds, is tried again."""
    await parking.arrived(await work.rows(), NoProcedureIsAdopted.awaited, [procedure.id])


async def _found(work: UnitOfWork) -> Procedure:
    return await work.find(Procedure, procedure_id(work.association)) or Procedure.of(work.association)


async def _with_version(version: str, work: UnitOfWork) -> Procedure:
    found = await work.load(Procedure, procedure_id(work.association))
    if not found.knows(version):
        raise NotFound("Procedure", version)
    return found


def _roles(work: UnitOfWork) -> frozenset[str]:
    """Those that somebody has who works in this association."""
    return frozenset(role.value for role in work.staff.roles_in(work.association))
