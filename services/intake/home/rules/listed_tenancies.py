"""A file of tenancies, as an operator loads it: a row for each person who lives there, or one where that is not told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.intake.home.rules.table import Column, DayIsMalformed, Fault, Row, RowIsBroken, RowIsTooLong, ValueIsMissing, rows_of
from services.intake.home.rules.tenancy import NO_DAY, TenancyEndsBeforeItStarts
from shared.ground.errors import Refusal
from shared.messaging.messages.erp import MOST_PERSONS
from shared.words.vocabulary.persons import OCCUPANTS

COLUMNS = (
    Column(name="tenancy_id", called=("lejemål", "lejemålsid", "lejekontrakt"), is_needed=True),
    Column(name="home_id", called=("bolig", "boligid", "unit_id", "lejemålsenhed"), is_needed=True),
    Column(name="started_on", called=("fra", "indflytning", "indflyttet", "startdato"), is_needed=True),
    Column(name="ended_on", called=("til", "fraflytning", "fraflyttet", "slutdato")),
    Column(name="person_id", called=("person", "personid"), is_told=False),
    Column(name="role", called=("rolle",)),
    Column(name="household_size", called=("husstand", "husstandsstørrelse")),
    Column(name="is_protected", called=("beskyttet", "adressebeskyttet", "beskyttetadresse")),
)
OUR_TIME = range(1850, 2100)
"""Years in which somebody lives somewhere of whom we hear; a year outside is a slip of the fingers."""
_OF_THE_TENANCY = ("home_id", "started_on", "ended_on", "household_size", "is_protected")
_ROLES = {name.casefold(): role.value for role in OCCUPANTS for name in (role.value, role.label.da, role.label.en)} | {
    "barn": "child", "beboer": "other_resident", "ægtefælle": "co_tenant", "samlever": "co_tenant",
}  # fmt: skip
_SIZES = {"1": "1", "2": "2", "3": "3-4", "4": "3-4", "3-4": "3-4", "5+": "5+"}


class RoleIsUnknown(Refusal):
    """Rollen kendes ikke."""

    next_step = "Skriv lejer, medlejer, barn eller beboer (tenant, co_tenant, child, other_resident)."


class HouseholdIsUnknown(Refusal):
    """Så mange kan der ikke bo."""

    next_step = "Skriv et antal, eller 1, 2, 3-4 eller 5+."


class NoPersonForTheRole(Refusal):
    """Der står en rolle, og ikke hvem der har den."""

    next_step = "Skriv personens id i boligsystemet, eller lad begge celler være tomme."


class PersonIsListedTwice(Refusal):
    """Den samme person står to gange på lejemålet."""

    next_step = "Fjern den ene linje."


class TooManyPersons(Refusal):
    """Der er flere end 30 personer på lejemålet."""

    next_step = "Se efter, om lejemålets id er rigtigt på alle linjer."


class TenancyIsToldOtherwise(Refusal):
    """Der står noget andet om lejemålet på en linje før."""

    next_step = "Skriv det samme på alle lejemålets linjer."


class NobodyKnowsWhoseRowItIs(Refusal):
    """Ingen lejemål er taget ind: en række siger ikke, hvilket lejemål den hører til."""

    next_step = "Ret den, og indlæs filen igen. Ellers ville der mangle nogen på et lejemål, uden at det kunne ses."


@dataclass(kw_only=True, slots=True)
class ListedTenancy:
    """A tenancy as its rows tell it."""

    tenancy_id: UUID
    line: int
    home_id: UUID
    started_on: date
    ended_on: date | None = None
    household_size: str | None = None
    is_protected: bool | None = None
    people: dict[UUID, str] = field(default_factory=dict)


def listed_tenancies(content: bytes) -> tuple[Sequence[ListedTenancy], Sequence[Fault], int]:
    """The tenancies all of whose rows can be read, what is wrong with the others, and how many those are. Raises as `rows_of`.

    One of whose rows one is wrong is left out whole: who lives there would be told without somebody. Where a row does not even say whose
    it is, none is kept.
    """
    rows, faults = rows_of(content, COLUMNS)
    told: dict[UUID, ListedTenancy] = {}
    wrong: set[object] = set()
    for row in rows:
        one = _tenancy(row)
        if one:
            first = told.setdefault(one.tenancy_id, one)
            for name in _OF_THE_TENANCY:
                if getattr(one, name) != getattr(first, name):
                    row.wrong(name, TenancyIsToldOtherwise())
            _join(first, one, row)
        if row.faults:
            wrong.add(_whose(row))
            faults += row.faults
    lost = {fault.line for fault in faults if isinstance(fault.refusal, RowIsBroken | RowIsTooLong)}
    lost |= {one for one in wrong if isinstance(one, int)}
    if lost:
        faults.append(Fault(line=min(lost), column="", found="", refusal=NobodyKnowsWhoseRowItIs()))
        wrong |= {*told, *lost}
    kept = [one for one in told.values() if one.tenancy_id not in wrong]
    return kept, sorted(faults, key=lambda fault: fault.line), len(wrong)


def _whose(row: Row) -> object:
    """Which tenancy a row is about, or which line where it does not say."""
    try:
        return UUID(row.text("tenancy_id"))
    except ValueError:
        return row.line


def _tenancy(row: Row) -> ListedTenancy | None:
    """What one row says; `None` where it says too little to belong to any tenancy."""
    tenancy_id, home_id = row.id("tenancy_id"), row.id("home_id")
    started_on, ended_on = row.day("started_on"), row.day("ended_on")
    started_on, ended_on = (None if day in NO_DAY else day for day in (started_on, ended_on))
    if started_on is None and not row.faults:
        row.wrong("started_on", DayIsMalformed() if row.text("started_on") else ValueIsMissing())
    for name, day in (("started_on", started_on), ("ended_on", ended_on)):
        if day and day.year not in OUR_TIME:
            row.wrong(name, DayIsMalformed())
    if started_on and ended_on and ended_on < started_on:
        row.wrong("ended_on", TenancyEndsBeforeItStarts())
    size, is_protected, people = _size(row), row.yes("is_protected"), _people(row)
    if tenancy_id is None or home_id is None or started_on is None:
        return None
    return ListedTenancy(
        tenancy_id=tenancy_id, line=row.line, home_id=home_id, started_on=started_on, ended_on=ended_on,
        household_size=size, is_protected=is_protected, people=people,
    )  # fmt: skip


def _size(row: Row) -> str | None:
    text = row.text("household_size").replace(" ", "")
    if not text:
        return None
    if text.isdecimal() and 5 <= int(text[:4]) <= MOST_PERSONS:
        return "5+"
    if text not in _SIZES:
        row.wrong("household_size", HouseholdIsUnknown())
    return _SIZES.get(text)


def _people(row: Row) -> dict[UUID, str]:
    role = row.text("role")
    if role and role.casefold() not in _ROLES:
        row.wrong("role", RoleIsUnknown())
    if not row.text("person_id"):
        if role:
            row.wrong("person_id", NoPersonForTheRole())
        return {}
    person = row.id("person_id")
    return {person: _ROLES.get(role.casefold(), "tenant")} if person else {}


def _join(tenancy: ListedTenancy, one: ListedTenancy, row: Row) -> None:
    """One more of those who live there."""
    if tenancy is one:
        return
    if tenancy.people.keys() & one.people.keys():
        row.wrong("person_id", PersonIsListedTwice())
    elif len(tenancy.people) >= MOST_PERSONS:
        row.wrong("person_id", TooManyPersons())
    tenancy.people |= one.people
