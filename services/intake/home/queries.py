"""What may be looked up in the register."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.intake.home.rules.estate import ESTATE_ID
from services.intake.home.rules.finding import is_at, is_on, words_of
from services.intake.home.rules.walking import in_walking_order
from shared.ground.provenance import Context
from shared.ground.working_days import local_day
from shared.privacy.access import Action, Reach, Resource, allow
from shared.privacy.register_word import SaidHome
from shared.privacy.small_estate import FEW_HOMES


@dataclass(frozen=True, kw_only=True, slots=True)
class EstateRow:
    """An estate as it stands in the register."""

    estate_id: str
    name: str
    municipality: str
    homes: int

    @property
    def is_small(self) -> bool:
        """Whether it has so few homes that it leads to whoever lives there."""
        return self.homes < FEW_HOMES


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeRow:
    """A home as the building has it."""

    home_id: UUID
    street: str
    number: str
    floor: str
    door: str

    @property
    def within(self) -> str:
        """The home inside its street: `12, 1. tv`."""
        inside = " ".join(part for part in (f"{self.floor}." if self.floor.isdigit() else self.floor, self.door) if part)
        return f"{self.number}, {inside}" if inside else self.number

    @property
    def address(self) -> str:
        """The whole address line."""
        return f"{self.street} {self.within}"


@dataclass(frozen=True, kw_only=True, slots=True)
class TenancyRow:
    """A tenancy of a home: the id it has in the ERP, its days, and who lives there."""

    tenancy_id: UUID
    started_on: date
    ended_on: date | None
    people: Mapping[UUID, str]
    """What each is in it, by the id they have in the ERP."""
    is_protected: bool
    """Whether the address of one of them is protected."""
    died_on: date | None
    """When whoever lived there alone died; `None` where nobody did, or somebody lives there still."""
    guardian_decides: tuple[str, ...] | None
    """What a guardian decides for whoever lives there alone; `None` without one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeWithTenancies:
    """A home, where it lies, and every tenancy it has had."""

    home: HomeRow
    estate_id: str
    estate_name: str
    municipality: str
    is_small_estate: bool
    tenancies: tuple[TenancyRow, ...]


async def estates_within(connection: asyncpg.Connection[Any], reach: Reach) -> Sequence[EstateRow]:
    """The estates somebody may look up, by name."""
    found = await connection.fetch(
        "select estate_id, name, municipality,"
        " (select count(*) from homes where homes.association = estates.association and homes.estate_id = estates.estate_id"
        " and not has_ended) as homes"
        " from estates where association = $1 and ($2::text[] is null or estate_id = any($2)) order by name, estate_id",
        reach.association, sorted(reach.estates) if reach.estates is not None else None,
    )  # fmt: skip
    return [EstateRow(**row) for row in found]


async def estate_called(connection: asyncpg.Connection[Any], association: str, estate_id: str) -> EstateRow | None:
    """One estate, or `None`, also for a number that can never be one."""
    if not ESTATE_ID.fullmatch(estate_id):
        return None
    found = await estates_within(connection, Reach(association=association, estates=frozenset({estate_id})))
    return found[0] if found else None


async def homes_of(connection: asyncpg.Connection[Any], association: str, estate_id: str) -> Sequence[HomeRow]:
    """The homes of an estate that may be chosen, in the order one walks past them (`in_walking_order`)."""
    found = await connection.fetch(
        "select home_id, street, number, floor, door from homes where association = $1 and estate_id = $2 and not has_ended",
        association, estate_id,
    )  # fmt: skip
    return in_walking_order(HomeRow(**row) for row in found)


async def homes_called(connection: asyncpg.Connection[Any], association: str, text: str, *, limit: int) -> Sequence[HomeRow]:
    """The homes that somebody may mean who writes this of an address, on every estate."""
    words = words_of(text)
    if not words:
        return []
    streets = await connection.fetch("select distinct street from homes where association = $1", association)
    found = await connection.fetch(
        "select home_id, street, number, floor, door from homes where association = $1 and street = any($2::text[])",
        association, [row["street"] for row in streets if is_on(row["street"], words)],
    )  # fmt: skip
    return in_walking_order(home for row in found if is_at(home := HomeRow(**row), words))[:limit]


@dataclass(frozen=True, kw_only=True, slots=True)
class LetHome:
    """A home, with one of its tenancies where that is asked for."""

    home_id: UUID
    address: str
    started_on: date | None = None
    ended_on: date | None = None
    is_protected: bool = False


async def homes_let(connection: asyncpg.Connection[Any], association: str, tenancies: Collection[UUID]) -> Mapping[UUID, LetHome]:
    """Where these tenancies are, as far as the register knows, and their days."""
    found = await connection.fetch(
        "select tenancy_id, started_on, ended_on, is_protected, homes.home_id, street, number, floor, door from tenancies"
        " join homes on homes.home_id = tenancies.home_id and homes.association = tenancies.association"
        " where tenancies.association = $1 and tenancy_id = any($2::uuid[])",
        association, list(tenancies),
    )  # fmt: skip
    return {
        row["tenancy_id"]: LetHome(
            home_id=row["home_id"],
            address=HomeRow(**{name: row[name] for name in ("home_id", "street", "number", "floor", "door")}).address,
            started_on=row["started_on"],
            ended_on=row["ended_on"],
            is_protected=row["is_protected"],
        )
        for row in found
    }


async def addresses_of(connection: asyncpg.Connection[Any], association: str, homes: Collection[UUID]) -> Mapping[UUID, str]:
    """What these homes are called."""
    found = await connection.fetch(
        "select home_id, street, number, floor, door from homes where association = $1 and home_id = any($2::uuid[])",
        association, list(homes),
    )  # fmt: skip
    return {row["home_id"]: HomeRow(**row).address for row in found}


@dataclass(frozen=True, slots=True)
class Let:
    """Who lives in a home on a day."""

    tenancy: UUID | None
    is_protected: bool = field(default=False, kw_only=True)
    """Whether their address is; shown to nobody who looks for a home."""


NOT_LET = Let(None)


async def homes_let_on(
    connection: asyncpg.Connection[Any], association: str, estate_id: str, *, day: date
) -> Sequence[tuple[HomeRow, Let]]:
    """The homes of an estate as `homes_of` has them, each with the tenancy of that day; where two overlap, the one that began last."""
    found = await connection.fetch(
        "select distinct on (home_id) home_id, tenancy_id, is_protected from tenancies where association = $1 and started_on <= $2"
        " and (ended_on is null or ended_on >= $2) and home_id in (select home_id from homes where association = $1 and estate_id = $3)"
        " order by home_id, started_on desc",
        association, day, estate_id,
    )  # fmt: skip
    let = {row["home_id"]: Let(row["tenancy_id"], is_protected=row["is_protected"]) for row in found}
    return [(home, let.get(home.home_id, NOT_LET)) for home in await homes_of(connection, association, estate_id)]


async def day_seen(connection: asyncpg.Connection[Any], association: str, case_id: UUID, *, otherwise: date) -> date:
    """The Danish day of what a case began with: whoever lived there then is whom it is about, not whoever does today."""
    seen_at = await connection.fetchval(
        "select min(observed_at) from observations where association = $1 and case_id = $2", association, case_id
    )
    return local_day(seen_at) if seen_at else otherwise


def may_choose(context: Context, *, is_new: bool) -> None:
    """Who sees which tenancy is in which home: whoever puts a case right, or works on cases at all where somebody moved. Which case it is,
    and what it is about, cases knows. Raises `NotAllowed`."""
    association = context.actor.association
    if is_new:
        allow(context, Action.WORK_ON_CASE, Resource(association=association, handler=context.actor.id))
    else:
        allow(context, Action.CORRECT_PERSON, Resource(association=association))


def right_home(home: HomeRow, let: Let, estate: EstateRow) -> SaidHome:
    """A home as a case is moved to it (S14), with the tenancy of that day."""
    return SaidHome(
        home_id=home.home_id,
        tenancy_id=let.tenancy,
        address=home.address,
        estate_id=estate.estate_id,
        estate_name=estate.name,
        municipality=estate.municipality,
        has_many_homes=not estate.is_small,
    )


async def home_of(connection: asyncpg.Connection[Any], association: str, tenancy_id: UUID) -> UUID | None:
    """The home of a tenancy, as soon as the register knows it."""
    home: UUID | None = await connection.fetchval(
        "select home_id from tenancies where association = $1 and tenancy_id = $2", association, tenancy_id
    )
    return home


async def is_home(connection: asyncpg.Connection[Any], association: str, id: UUID) -> bool:
    """Whether that is a home of the register."""
    return bool(await connection.fetchval("select exists (select from homes where association = $1 and home_id = $2)", association, id))


async def unknown_homes(connection: asyncpg.Connection[Any], association: str, homes: Collection[UUID]) -> set[UUID]:
    """Which of these are not in the register."""
    found = await connection.fetch(
        "select home_id from homes where association = $1 and home_id = any($2::uuid[])", association, list(homes)
    )
    return set(homes) - {row["home_id"] for row in found}


async def homes_never_let(connection: asyncpg.Connection[Any], association: str, homes: Collection[UUID]) -> set[UUID]:
    """Which of these have no tenancy in the register, not even one that is over. One that was erased is of no home any more."""
    found = await connection.fetch(
        "select distinct home_id from tenancies where association = $1 and home_id = any($2::uuid[])", association, list(homes)
    )
    return set(homes) - {row["home_id"] for row in found}


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldTenancy:
    """What the register says of a tenancy, and after how many events of it."""

    started_on: date | None
    ended_on: date | None
    is_protected: bool
    people: Mapping[UUID, str]
    version: int


async def told_of(connection: asyncpg.Connection[Any], association: str, tenancies: Collection[UUID]) -> Mapping[UUID, ToldTenancy]:
    """What the register says of those of these that it knows, by the ERP's id."""
    found = await connection.fetch(
        "select tenancy_id, started_on, ended_on, is_protected,"
        " (select max(version) from events where stream_id = tenancies.id) as version,"
        " array(select person_id from occupants where occupants.id = tenancies.id and person_id is not null order by part_id) as people,"
        " array(select role from occupants where occupants.id = tenancies.id and person_id is not null order by part_id) as roles"
        " from tenancies where association = $1 and tenancy_id = any($2::uuid[])",
        association, list(tenancies),
    )  # fmt: skip
    return {
        row["tenancy_id"]: ToldTenancy(
            started_on=row["started_on"],
            ended_on=row["ended_on"],
            is_protected=row["is_protected"],
            people=dict(zip(row["people"], row["roles"], strict=True)),
            version=row["version"],
        )
        for row in found
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Registered:
    """What the register has of some homes and tenancies."""

    estates: Mapping[UUID, str]
    """On which estate each home is."""
    tenancies: Mapping[UUID, UUID | None]
    """Of which home each tenancy is."""


async def registered(
    connection: asyncpg.Connection[Any], association: str, *, homes: Collection[UUID], tenancies: Collection[UUID] = ()
) -> Registered:
    """Those of these that the register knows."""
    lie = await connection.fetch(
        "select home_id, estate_id from homes where association = $1 and home_id = any($2::uuid[])", association, list(homes)
    )
    let = await connection.fetch(
        "select tenancy_id, home_id from tenancies where association = $1 and tenancy_id = any($2::uuid[])", association, list(tenancies)
    )
    return Registered(
        estates={row["home_id"]: row["estate_id"] for row in lie}, tenancies={row["tenancy_id"]: row["home_id"] for row in let}
    )


async def home_called(connection: asyncpg.Connection[Any], association: str, home_id: UUID) -> HomeWithTenancies | None:
    """One home with its tenancies, oldest first."""
    found = await connection.fetch(
        "select homes.home_id, street, number, floor, door, homes.estate_id, name, municipality, tenancy_id, started_on, ended_on,"
        " (select count(*) from (select from homes others where others.association = homes.association"
        " and others.estate_id = homes.estate_id and not others.has_ended limit $3) few) as homes,"
        " is_protected, died_on, guardian_decides,"
        " array(select person_id from occupants where occupants.id = tenancies.id and person_id is not null order by part_id) as people,"
        " array(select role from occupants where occupants.id = tenancies.id and person_id is not null order by part_id) as roles"
        " from homes join estates on estates.association = homes.association and estates.estate_id = homes.estate_id"
        " left join tenancies on tenancies.home_id = homes.home_id and tenancies.association = homes.association"
        " where homes.home_id = $2 and homes.association = $1 order by started_on",
        association, home_id, FEW_HOMES,
    )  # fmt: skip
    if not found:
        return None
    first = found[0]
    return HomeWithTenancies(
        home=HomeRow(home_id=home_id, street=first["street"], number=first["number"], floor=first["floor"], door=first["door"]),
        estate_id=first["estate_id"],
        estate_name=first["name"],
        municipality=first["municipality"],
        is_small_estate=first["homes"] < FEW_HOMES,
        tenancies=tuple(
            TenancyRow(
                tenancy_id=row["tenancy_id"],
                started_on=row["started_on"],
                ended_on=row["ended_on"],
                people=dict(zip(row["people"], row["roles"], strict=True)),
                is_protected=row["is_protected"],
                died_on=row["died_on"],
                guardian_decides=tuple(row["guardian_decides"]) if row["guardian_decides"] is not None else None,
            )
            for row in found
            if row["tenancy_id"] is not None
        ),
    )
