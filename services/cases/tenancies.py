"""What the ERP tells of who lives somewhere → what is asked of every case about them: it stops, goes on, or hides where they live."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import asyncpg

from services.cases.case.commands import (
    NoteDeath,
    NoteGuardian,
    NoteMove,
    ProtectAddress,
    TakeDeathBack,
    UnprotectAddress,
    note_death,
    note_guardian,
    note_move,
    protect_address,
    take_death_back,
    unprotect_address,
)
from services.cases.case.queries.same_tenancy import cases_of_tenancy
from shared.history.service import Beginning, Begins, Reaction
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.message import Message
from shared.messaging.messages.intake import (
    AddressProtectionChanged,
    GuardianAppointed,
    ResidentDeathTakenBack,
    ResidentDied,
    TenancyEnded,
)
from shared.privacy.personal import Sealed

OfATenancy = ResidentDied | ResidentDeathTakenBack | TenancyEnded | GuardianAppointed | AddressProtectionChanged
C = TypeVar("C")


async def on_resident_died(message: ResidentDied, work: UnitOfWork) -> None:
    """Everything outbound stops (S12). Where somebody else is told to live there, the case is theirs too, and a person decides."""
    if message.lives_alone and (died_on := _day(message.died_on, work)):
        await _in_each(message.tenancy, work, note_death, lambda case_id: NoteDeath(case_id=case_id, on=died_on))


async def on_death_taken_back(message: ResidentDeathTakenBack, work: UnitOfWork) -> None:
    """They did not die; where no case was stopped for it, it is no news."""
    await _in_each(message.tenancy, work, take_death_back, lambda case_id: TakeDeathBack(case_id=case_id))


async def on_tenancy_ended(message: TenancyEnded, work: UnitOfWork) -> None:
    """They move out on a day, which may be still to come (S13)."""
    if ended_on := _day(message.ended_on, work):
        await _in_each(message.tenancy, work, note_move, lambda case_id: NoteMove(case_id=case_id, on=ended_on))


async def on_guardian_appointed(message: GuardianAppointed, work: UnitOfWork) -> None:
    """Somebody decides for the resident; for which of several a case is about, a person notes."""
    if message.lives_alone:
        may_decide = message.may_decide
        await _in_each(message.tenancy, work, note_guardian, lambda case_id: NoteGuardian(case_id=case_id, may_decide=may_decide))


async def on_address_protection(message: AddressProtectionChanged, work: UnitOfWork) -> None:
    """From now on the address is shown to nobody who does not need it, or to everybody who reads the case again."""
    if message.is_protected:
        await _in_each(message.tenancy, work, protect_address, lambda case_id: ProtectAddress(case_id=case_id))
    else:
        await _in_each(message.tenancy, work, unprotect_address, lambda case_id: UnprotectAddress(case_id=case_id))


async def hold_cases(messages: Sequence[OfATenancy], beginning: Beginning) -> None:
    """Before that their keys are at hand, with one for where each is: an order is taken back, or made anew, for the home."""
    async with beginning.read() as connection:
        for message in messages:
            cases = await _cases(connection, beginning.association, beginning.keyring.opened(message.tenancy))
            await beginning.fetch(dict.fromkeys(cases, 1))


REACTIONS: Mapping[type[Message], Reaction] = {
    ResidentDied: on_resident_died,
    ResidentDeathTakenBack: on_death_taken_back,
    TenancyEnded: on_tenancy_ended,
    GuardianAppointed: on_guardian_appointed,
    AddressProtectionChanged: on_address_protection,
}
BEGINS: Mapping[type[Message], Begins] = dict.fromkeys(REACTIONS, hold_cases)


async def _in_each(
    tenancy: Sealed, work: UnitOfWork, handler: Callable[[C, UnitOfWork], Awaitable[None]], command: Callable[[UUID], C]
) -> None:
    """The same in every case about the tenancy that is not over; one after the other, for each writes rows of one table."""
    for case_id in await _cases(await work.rows(), work.association, work.opened(tenancy)):
        await handler(command(case_id), work)
        await work.rows()


def _day(told: Sealed | date, work: UnitOfWork) -> date | None:
    """A day that was told; nothing where it was erased."""
    text = str(told) if isinstance(told, date) else work.opened(told)
    return date.fromisoformat(text) if text else None


async def _cases(connection: asyncpg.Connection[Any], association: str, tenancy: str | None) -> list[UUID]:
    """Those about a tenancy; none where it was erased."""
    return await cases_of_tenancy(connection, association, UUID(tenancy)) if tenancy else []
