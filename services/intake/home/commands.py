"""What may be asked of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.home.rules.estate import Estate, Home, estate_stream
from services.intake.home.rules.tenancy import LONG_AGO, Occupant, Place, Tenancy
from shared.ground.errors import Awaits
from shared.ground.working_days import local_day
from shared.history.unit_of_work import UnitOfWork
from shared.messaging import parking
from shared.privacy.matter import Matter, MatterKind

REGISTERING = 7_210_001
"""Advisory lock: two lists that name the same home wait for each other, and the later one is refused by the rule."""


class HomeIsNotRegisteredYet(Awaits):
    """Boligen står ikke i registret endnu."""

    next_step = "Indlæs boligen i registret; så tages beskeden ind af sig selv."
    awaited = "home"


@dataclass(frozen=True, kw_only=True)
class RegisterEstate:
    """Enter an estate with its homes, or bring both up to date."""

    estate_id: str
    name: str
    municipality: str
    homes: tuple[Home, ...]
    ended: frozenset[UUID] = frozenset()
    """Those of them that are no homes any more."""


async def register_estate(command: RegisterEstate, work: UnitOfWork) -> Sequence[Sequence[Home]]:
    """The same list again is no news; homes that are not on it stay. A tenancy that was told before its home goes in now.

    Answers the homes of the estate that stand at one address under several ids.
    """
    await (await work.rows()).execute("select pg_advisory_xact_lock($1)", REGISTERING)
    estate = await would_register(command, work)
    await work.save(estate)
    await parking.arrived(await work.rows(), HomeIsNotRegisteredYet.awaited, [home.home_id for home in command.homes])
    return estate.at_one_address()


async def would_register(command: RegisterEstate, work: UnitOfWork) -> Estate:
    """The estate as it will be when it is saved, and what will have happened."""
    estate = await work.find(Estate, estate_stream(work.association, command.estate_id))
    if estate is None:
        estate = Estate.register(
            association=work.association, estate_id=command.estate_id, name=command.name, municipality=command.municipality
        )
    else:
        estate.describe(name=command.name, municipality=command.municipality)
    elsewhere = await _on_other_estates(command, work)
    estate.register_homes(command.homes, elsewhere=elsewhere, ended=command.ended)
    return estate


async def _on_other_estates(command: RegisterEstate, work: UnitOfWork) -> frozenset[UUID]:
    """Those of the homes that the register has on another estate, of whichever association."""
    found = await (await work.rows()).fetch(
        "select home_id from homes where home_id = any($3) and (association, estate_id) <> ($1, $2)",
        work.association, command.estate_id, [home.home_id for home in command.homes],
    )  # fmt: skip
    return frozenset(row["home_id"] for row in found)


@dataclass(frozen=True, kw_only=True)
class StartTenancy:
    """The ERP says that a tenancy begins. `id` is the one it is known under here."""

    id: UUID
    tenancy_id: UUID
    home_id: UUID
    on: date

    @property
    def begins(self) -> tuple[Matter, ...]:
        """A tenancy is a matter, about its home."""
        return (Matter.about(self.id, MatterKind.TENANCY, tenancy=self.tenancy_id, home=self.home_id),)

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        return {self.id}, {}


async def start_tenancy(command: StartTenancy, work: UnitOfWork) -> None:
    """Raises `HomeIsNotRegisteredYet` when the home is not in the register; the estate is where the register has the home."""
    tenancy = await work.find(Tenancy, command.id)
    if tenancy is None:
        place = await _place_of(command.home_id, work)
        tenancy = Tenancy.start(command.id, tenancy_id=command.tenancy_id, place=place, on=command.on)
    elif tenancy.is_started:
        tenancy.start_again(home_id=command.home_id, on=command.on, known=work.opened)
    else:
        tenancy.start_later(tenancy_id=command.tenancy_id, place=await _place_of(command.home_id, work), on=command.on, known=work.opened)
    await work.save(tenancy)


@dataclass(frozen=True, kw_only=True)
class NoteHome:
    """The ERP names the home of a tenancy, and not since when."""

    id: UUID
    tenancy_id: UUID
    home_id: UUID


async def note_home(command: NoteHome, work: UnitOfWork) -> None:
    """It may be the first thing that is heard of it, or of it again. Raises `HomeIsNotRegisteredYet`, and `TenancyIsOfAnotherHome`."""
    tenancy = await _tenancy(command.id, command.tenancy_id, work)
    if tenancy.is_started:
        tenancy.must_be_of(command.home_id, known=work.opened)
    else:
        place = await _place_of(command.home_id, work)
        tenancy.start_later(tenancy_id=command.tenancy_id, place=place, on=LONG_AGO, known=work.opened)
        await work.save(tenancy)


async def _place_of(home_id: UUID, work: UnitOfWork) -> Place:
    """Where the register has a home."""
    found = await (await work.rows()).fetchrow(
        "select homes.estate_id, municipality from homes join estates using (association, estate_id)"
        " where association = $1 and home_id = $2",
        work.association, home_id,
    )  # fmt: skip
    if found is None:
        raise HomeIsNotRegisteredYet(home_id)
    return Place(home_id=home_id, estate_id=found["estate_id"], municipality=found["municipality"])


@dataclass(frozen=True, kw_only=True)
class EndTenancy:
    """The ERP says that a tenancy ends; the day is its last."""

    id: UUID
    tenancy_id: UUID
    on: date

    @property
    def begins(self) -> tuple[Matter, ...]:
        """It may be the first thing that is heard of it."""
        return (Matter.about(self.id, MatterKind.TENANCY, tenancy=self.tenancy_id),)

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        return {self.id}, {}


async def end_tenancy(command: EndTenancy, work: UnitOfWork) -> None:
    """The end may be heard before the start: then it is kept, and waits for its home."""
    tenancy = await work.find(Tenancy, command.id)
    if tenancy is None:
        tenancy = Tenancy.begin_with_end(command.id, tenancy_id=command.tenancy_id, on=command.on)
    else:
        tenancy.end(on=command.on, known=work.opened)
    await work.save(tenancy)


@dataclass(frozen=True, kw_only=True)
class TakeEndBack:
    """The ERP says that a tenancy does not end after all."""

    id: UUID
    tenancy_id: UUID


async def take_end_back(command: TakeEndBack, work: UnitOfWork) -> None:
    """It may be the first thing that is heard of it."""
    tenancy = await _tenancy(command.id, command.tenancy_id, work)
    tenancy.take_end_back()
    await work.save(tenancy)


@dataclass(frozen=True, kw_only=True)
class TellHousehold:
    """The ERP says who lives there, and what there is to know of them; what it does not mention is as it was."""

    id: UUID
    tenancy_id: UUID
    size_band: str | None = None
    is_protected: bool | None = None
    occupants: Mapping[UUID, Occupant] | None = None
    """All of them, by the id of their part."""


async def tell_household(command: TellHousehold, work: UnitOfWork) -> None:
    """It may be told before the days of the tenancy are."""
    tenancy = await _tenancy(command.id, command.tenancy_id, work)
    tenancy.describe_household(size_band=command.size_band, is_protected=command.is_protected, known=work.opened)
    if command.occupants is not None:
        tenancy.tell_occupants(command.occupants)
    await work.save(tenancy)


@dataclass(frozen=True, kw_only=True)
class TellOfPerson:
    """The ERP says what happened to somebody who lives there."""

    id: UUID
    tenancy_id: UUID
    part_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class NoteDeath(TellOfPerson):
    """They died."""

    on: date


async def note_death(command: NoteDeath, work: UnitOfWork) -> None:
    """It may be told before the days of the tenancy are."""
    tenancy = await _tenancy(command.id, command.tenancy_id, work)
    tenancy.note_death(command.part_id, person_id=command.person_id, on=command.on, today=local_day(work.context.at), known=work.opened)
    await work.save(tenancy)


async def take_death_back(command: TellOfPerson, work: UnitOfWork) -> None:
    """They did not die."""
    tenancy = await _tenancy(command.id, command.tenancy_id, work)
    tenancy.take_death_back(command.part_id, person_id=command.person_id)
    await work.save(tenancy)


@dataclass(frozen=True, kw_only=True)
class AppointGuardian(TellOfPerson):
    """Somebody else decides for them, in what is named."""

    may_decide: tuple[str, ...]


async def appoint_guardian(command: AppointGuardian, work: UnitOfWork) -> None:
    """It may be told before the days of the tenancy are."""
    tenancy = await _tenancy(command.id, command.tenancy_id, work)
    tenancy.appoint_guardian(command.part_id, person_id=command.person_id, may_decide=command.may_decide)
    await work.save(tenancy)


async def _tenancy(id: UUID, tenancy_id: UUID, work: UnitOfWork) -> Tenancy:
    return await work.find(Tenancy, id) or Tenancy.hear_of(id, tenancy_id=tenancy_id)
