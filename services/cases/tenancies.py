"""What the ERP tells of who lives somewhere → what is asked of every case about them: it stops, goes on, or hides where they live."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import asyncpg

from services.cases.case.commands.told import (
    NoteDeath,
    NoteGuardian,
    NoteMove,
    ProtectAddress,
    TakeDeathBack,
    TakeMoveBack,
    UnprotectAddress,
    note_death,
    note_guardian,
    note_move,
    protect_address,
    take_death_back,
    take_move_back,
    unprotect_address,
)
from services.cases.case.queries.same_tenancy import cases_of_tenancy, orders_of
from shared.history.service import Beginning, Begins, Reaction
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.message import Message
from shared.messaging.messages.intake import (
    AddressProtectionChanged,
    GuardianAppointed,
    ObservationRegistered,
    PlaceCorrected,
    PlaceLinked,
    ResidentDeathTakenBack,
    ResidentDied,
    TenancyEnded,
    TenancyEndTakenBack,
)
from shared.privacy.matter import About, Link, Matter, MatterKind
from shared.privacy.personal import Sealed

OfATenancy = ResidentDied | ResidentDeathTakenBack | TenancyEnded | TenancyEndTakenBack | GuardianAppointed | AddressProtectionChanged
OfAPerson = ResidentDied | ResidentDeathTakenBack
C = TypeVar("C")
FROM_THE_DAY_AFTER = timedelta(days=1)
"""The last day of a tenancy is one on which they live there still."""


async def on_resident_died(message: ResidentDied, work: UnitOfWork) -> None:
    """Everything outbound stops (S12). Where somebody else is told to live there, what is about whoever died does, in cases they are in."""
    if died_on := _day(message.died_on, work):
        part_in, alone = _parts(message, work), message.lives_alone
        await _in_each(
            message.tenancy, work, note_death,
            lambda case_id: NoteDeath(case_id=case_id, on=died_on, person=part_in(case_id), alone=alone),
        )  # fmt: skip


async def on_death_taken_back(message: ResidentDeathTakenBack, work: UnitOfWork) -> None:
    """They did not die; where it was not noted, it is no news.

    Of who has no part in a case, it was noted only if they lived alone then, whoever is told to live there now.
    """
    part_in = _parts(message, work)

    def live(case_id: UUID) -> TakeDeathBack:
        part = part_in(case_id)
        return TakeDeathBack(case_id=case_id, person=part, alone=message.lives_alone or part is None)

    await _in_each(message.tenancy, work, take_death_back, live)


async def on_tenancy_end_taken_back(message: TenancyEndTakenBack, work: UnitOfWork) -> None:
    """They stay; where no case was told that they move, it is no news."""
    await _in_each(message.tenancy, work, take_move_back, lambda case_id: TakeMoveBack(case_id=case_id))


async def on_tenancy_ended(message: TenancyEnded, work: UnitOfWork) -> None:
    """They move out on a day, which may be still to come (S13): the first on which they do not live there any more."""
    if ended_on := _day(message.ended_on, work):
        if ended_on == date.max:  # told as an open end by a release that took it for a day
            return
        await _in_each(message.tenancy, work, note_move, lambda case_id: NoteMove(case_id=case_id, on=ended_on + FROM_THE_DAY_AFTER))


async def on_guardian_appointed(message: GuardianAppointed, work: UnitOfWork) -> None:
    """Somebody decides for the resident; for which of several a case is about, a person notes."""
    if message.lives_alone:
        may_decide = message.may_decide
        await _in_each(message.tenancy, work, note_guardian, lambda case_id: NoteGuardian(case_id=case_id, may_decide=may_decide))


async def on_address_protection(message: AddressProtectionChanged, work: UnitOfWork) -> None:
    """From now on the address is shown to nobody who does not need it, or to everybody who reads the case again; a case that is over is
    read too.
    """
    if message.is_protected:
        await _in_each(message.tenancy, work, protect_address, lambda case_id: ProtectAddress(case_id=case_id), also_over=True)
    else:
        await _in_each(message.tenancy, work, unprotect_address, lambda case_id: UnprotectAddress(case_id=case_id), also_over=True)


ToldBefore = ObservationRegistered | PlaceLinked | PlaceCorrected


async def as_told_before(message: ToldBefore, case_id: UUID, work: UnitOfWork) -> None:
    """What the ERP had told of the tenancy before the concern was raised, or before anybody knew which home it is about, holds from now."""
    died_on, moves_on = work.opened(message.died_on), work.opened(message.moves_on)
    if message.is_protected:
        await work.flush()
        await protect_address(ProtectAddress(case_id=case_id), work)
    if died_on:
        await work.flush()
        await note_death(NoteDeath(case_id=case_id, on=date.fromisoformat(died_on)), work)
    elif moves_on and date.fromisoformat(moves_on) < date.max:
        await work.flush()
        await note_move(NoteMove(case_id=case_id, on=date.fromisoformat(moves_on) + FROM_THE_DAY_AFTER), work)
    if message.guardian_decides is not None:
        await work.flush()
        await note_guardian(NoteGuardian(case_id=case_id, may_decide=message.guardian_decides), work)


async def hold_cases(messages: Sequence[OfATenancy], beginning: Beginning) -> None:
    """Before that their keys are at hand, with one for where each is: an order is taken back, or made anew, for the home; and by which id
    whoever it is told of is part of each (decision 0028)."""
    async with beginning.read() as connection:
        for message in messages:
            tenancy, hides = beginning.keyring.opened(message.tenancy), isinstance(message, AddressProtectionChanged)
            cases = await _cases(connection, beginning.association, tenancy, also_over=hides)
            orders = await orders_of(connection, cases)
            await beginning.fetch(dict.fromkeys(cases, 1) | dict.fromkeys(orders, 0))
            person = beginning.keyring.opened(message.person) if isinstance(message, OfAPerson) else None
            if person:
                await beginning.recall([_part(case_id, UUID(person)) for case_id in cases])


REACTIONS: Mapping[type[Message], Reaction] = {
    ResidentDied: on_resident_died,
    ResidentDeathTakenBack: on_death_taken_back,
    TenancyEnded: on_tenancy_ended,
    TenancyEndTakenBack: on_tenancy_end_taken_back,
    GuardianAppointed: on_guardian_appointed,
    AddressProtectionChanged: on_address_protection,
}
BEGINS: Mapping[type[Message], Begins] = dict.fromkeys(REACTIONS, hold_cases)


async def _in_each(
    tenancy: Sealed,
    work: UnitOfWork,
    handler: Callable[[C, UnitOfWork], Awaitable[None]],
    command: Callable[[UUID], C],
    *,
    also_over: bool = False,
) -> None:
    """The same in every case about the tenancy that is not over; one after the other, for each writes rows of one table.

    Each in a conversation of its own, and to the hour: what they have in common leads from one that is erased to those that live on, and to
    the tenancy.
    """
    for case_id in await _cases(await work.rows(), work.association, work.opened(tenancy), also_over=also_over):
        await work.flush()
        told = work.context
        work.context = told.apart(at=await _hour_in(case_id, told.at, work))
        await handler(command(case_id), work)
        await work.flush()
        work.context = told


async def _hour_in(case_id: UUID, at: datetime, work: UnitOfWork) -> datetime:
    """The hour in which it was told, or later where more has happened in the case already."""
    last: datetime = await (await work.rows()).fetchval("select max(recorded_at) from events where stream_id = $1", case_id)
    return max(last, at.replace(minute=0, second=0, microsecond=0))


def _parts(message: OfAPerson, work: UnitOfWork) -> Callable[[UUID], UUID | None]:
    """Under which id whoever it is told of is part of a case; `None` where they are none, or were erased."""
    person = work.opened(message.person)
    return lambda case_id: work.known.get((case_id, UUID(person))) if person else None


def _part(case_id: UUID, person: UUID) -> Matter:
    """Somebody's part of a case, to be recalled: it has an id where they have one."""
    return Matter(person, MatterKind.PART, frozenset({Link(About.PERSON, person)}), part_of=case_id)


def _day(told: Sealed | date, work: UnitOfWork) -> date | None:
    """A day that was told; nothing where it was erased."""
    text = str(told) if isinstance(told, date) else work.opened(told)
    return date.fromisoformat(text) if text else None


async def _cases(connection: asyncpg.Connection[Any], association: str, tenancy: str | None, *, also_over: bool) -> list[UUID]:
    """Those about a tenancy; none where it was erased."""
    return await cases_of_tenancy(connection, association, UUID(tenancy), also_over=also_over) if tenancy else []
