"""What may be asked of the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.home.rules import Estate, Home, Place, Tenancy, estate_stream
from shared.ground.errors import Awaits
from shared.history.unit_of_work import UnitOfWork
from shared.messaging import parking

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


async def register_estate(command: RegisterEstate, work: UnitOfWork) -> None:
    """The same list again is no news; homes that are not on it stay. A tenancy that was told before its home goes in now."""
    await (await work.rows()).execute("select pg_advisory_xact_lock($1)", REGISTERING)
    estate = await work.find(Estate, estate_stream(work.association, command.estate_id))
    if estate is None:
        estate = Estate.register(
            association=work.association, estate_id=command.estate_id, name=command.name, municipality=command.municipality
        )
    else:
        estate.describe(name=command.name, municipality=command.municipality)
    elsewhere = await _on_other_estates(command, work)
    estate.register_homes(command.homes, elsewhere=elsewhere)
    await work.save(estate)
    await parking.arrived(await work.rows(), HomeIsNotRegisteredYet.awaited, [home.home_id for home in command.homes])


async def _on_other_estates(command: RegisterEstate, work: UnitOfWork) -> frozenset[UUID]:
    """Those of the homes that the register has on another estate, of whichever association."""
    found = await (await work.rows()).fetch(
        "select home_id from homes where home_id = any($3) and (association, estate_id) <> ($1, $2)",
        work.association, command.estate_id, [home.home_id for home in command.homes],
    )  # fmt: skip
    return frozenset(row["home_id"] for row in found)


@dataclass(frozen=True, kw_only=True)
class StartTenancy:
    """The ERP says that a tenancy begins."""

    tenancy_id: UUID
    home_id: UUID
    on: date


async def start_tenancy(command: StartTenancy, work: UnitOfWork) -> None:
    """Raises `HomeIsNotRegisteredYet` when the home is not in the register; the estate is where the register has the home."""
    tenancy = await work.find(Tenancy, command.tenancy_id)
    if tenancy is not None and tenancy.is_started:
        tenancy.start_again(home_id=command.home_id, on=command.on)
    elif tenancy is not None:
        tenancy.start_later(place=await _place_of(command.home_id, work), on=command.on)
    else:
        tenancy = Tenancy.start(command.tenancy_id, place=await _place_of(command.home_id, work), on=command.on)
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

    tenancy_id: UUID
    on: date


async def end_tenancy(command: EndTenancy, work: UnitOfWork) -> None:
    """The end may be heard before the start: then it is kept, and waits for its home."""
    tenancy = await work.find(Tenancy, command.tenancy_id)
    if tenancy is None:
        tenancy = Tenancy.begin_with_end(command.tenancy_id, on=command.on)
    else:
        tenancy.end(on=command.on)
    await work.save(tenancy)
