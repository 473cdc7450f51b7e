"""A file of homes, as an operator loads it: a row for each, with the estate it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.intake.home.rules.estate import (
    ESTATE_ID,
    EstateNumberIsMalformed,
    Home,
    HomeIsListedTwice,
    enterable,
    named,
)
from services.intake.home.rules.table import Column, Fault, Row, rows_of
from shared.ground.errors import Refusal

COLUMNS = (
    Column(name="estate_id", called=("afdeling", "afdelingsnummer", "afdelingsnr", "afdelingsid"), is_needed=True),
    Column(name="estate_name", called=("afdelingsnavn",), is_needed=True),
    Column(name="municipality", called=("kommune", "kommunenavn", "kommunekode", "kommunenr"), is_needed=True),
    Column(name="home_id", called=("bolig", "boligid", "unit_id", "lejemålsenhed"), is_needed=True),
    Column(name="street", called=("vej", "vejnavn", "gade"), is_needed=True),
    Column(name="number", called=("nr", "husnr", "husnummer"), is_needed=True),
    Column(name="floor", called=("etage", "sal")),
    Column(name="door", called=("dør", "side", "sidedør")),
    Column(name="has_ended", called=("nedlagt", "ophørt")),
)


class EstateIsCalledOtherwise(Refusal):
    """Afdelingen har et andet navn eller en anden kommune på en linje før."""

    next_step = "Skriv det samme på alle afdelingens linjer."


class HomeIsAtTwoPlaces(Refusal):
    """Den samme bolig står på listen med forskellige oplysninger. Ingen af linjerne bruges."""

    next_step = "Find ud af, hvilken der er rigtig, giv den anden sit eget id, og indlæs igen."


@dataclass(kw_only=True, slots=True)
class ListedEstate:
    """An estate and its homes that can be entered."""

    name: str
    municipality: str
    homes: dict[UUID, Home] = field(default_factory=dict)
    lines: dict[UUID, int] = field(default_factory=dict)
    ended: set[UUID] = field(default_factory=set)


def listed_homes(content: bytes) -> tuple[Mapping[str, ListedEstate], Sequence[Fault]]:
    """The estates by number, and what is wrong with the rows that are left out. Raises as `rows_of`."""
    rows, faults = rows_of(content, COLUMNS)
    estates: dict[str, ListedEstate] = {}
    seen: dict[UUID, tuple[str, Home | None, bool | None]] = {}
    """What the first line of a home says; of one that nobody can tell about any more, nothing that another could agree with."""
    for row in rows:
        estate_id, estate = _estate(row)
        home_id = row.id("home_id")
        home = _home(row, home_id)
        has_ended = row.yes("has_ended")
        known = estates.get(estate_id)
        if known and estate and (known.name, known.municipality) != (estate.name, estate.municipality):
            column = "estate_name" if known.name != estate.name else "municipality"
            row.wrong(column, EstateIsCalledOtherwise())
        says = estate_id, None if row.faults else home, has_ended
        if home_id in seen and says[1] and says == seen[home_id]:
            row.wrong("home_id", HomeIsListedTwice())
        elif home_id in seen:
            row.wrong("home_id", HomeIsAtTwoPlaces())
            first = estates.get(seen[home_id][0])
            if first and home_id in first.homes:
                # Which of them is right, nobody can tell: the first is not believed either.
                faults.append(_taken_back(home_id, first))
            seen[home_id] = estate_id, None, None
        elif home_id:
            seen[home_id] = says
        if row.faults or not estate or not home:
            faults += row.faults
            continue
        into = estates.setdefault(estate_id, estate)
        into.homes[home.home_id], into.lines[home.home_id] = home, row.line
        into.ended |= {home.home_id} if has_ended else set()
    return estates, sorted(faults, key=lambda fault: fault.line)


def _taken_back(home_id: UUID, estate: ListedEstate) -> Fault:
    del estate.homes[home_id]
    estate.ended.discard(home_id)
    return Fault(line=estate.lines.pop(home_id), column="home_id", found=str(home_id), refusal=HomeIsAtTwoPlaces())


def _estate(row: Row) -> tuple[str, ListedEstate | None]:
    number = row.text("estate_id")
    if not ESTATE_ID.fullmatch(number):
        row.wrong("estate_id", EstateNumberIsMalformed())
    try:
        name, municipality = named(row.text("estate_name"), row.text("municipality"))
    except Refusal as refusal:
        column = "municipality" if refusal.field == "municipality" else "estate_name"
        row.wrong(column, refusal)
        return number, None
    return number, ListedEstate(name=name, municipality=municipality)


def _home(row: Row, home_id: UUID | None) -> Home | None:
    try:
        home = Home(
            home_id=home_id or _NOBODYS,
            street=row.text("street"),
            number=row.text("number"),
            floor=row.text("floor"),
            door=row.text("door"),
        )
        home = enterable(home)
    except Refusal as refusal:
        row.wrong(refusal.field, refusal)
        return None
    return home if home_id else None


_NOBODYS = UUID(int=0)
