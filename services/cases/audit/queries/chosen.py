"""What somebody chose to see of the log of looks: any of a colleague, a role, a period, a purpose, a relation, a service and a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import Query

from shared.ground.errors import Refusal
from shared.ground.working_days import start_of_day
from shared.privacy.staff import StaffDirectory
from shared.words.language import marked
from shared.words.vocabulary.people import Look, Purpose, Relation, Role

SERVICES: Mapping[str, str] = {
    "intake": marked("Observationer"),
    "cases": marked("Sager"),
    "notifications": marked("Beskeder"),
    "reporting": marked("Tal"),
}
"""Where somebody may have looked, and what people call it."""


NOBODY_LOOKED_BEFORE = date(2000, 1, 1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class ChoiceCannotBeRead(Refusal):
    """Valget kan ikke læses."""


class DayCannotBeRead(ChoiceCannotBeRead):
    """Dagen kan ikke læses."""

    next_step = "Skriv dagen som 2026-01-31."


class PeriodEndsBeforeItBegins(ChoiceCannotBeRead):
    """Perioden slutter, før den begynder."""

    field = "until"
    next_step = "Vælg en sidste dag, der ikke ligger før den første."


class NoSuchChoice(ChoiceCannotBeRead):
    """Det kan man ikke vælge."""

    next_step = "Vælg en af mulighederne på listen."


Code = Annotated[str, Query(max_length=64)]
Day = Annotated[str, Query(max_length=10, description="A Danish day, such as 2026-01-31.")]

LISTED: Mapping[str, Iterable[str]] = {"role": Role, "stated": Purpose, "relation": Relation, "service": SERVICES, "look": Look}
"""What is chosen from a list of codes, by its name in an address and in the query of the log. Who looked is chosen from the staff."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody wants to see of the log, as an address says it; empty means everything."""

    actor: Annotated[str, Query(max_length=64, description="Who looked, or for whom: an opaque staff id.")] = ""
    role: Annotated[str, Query(max_length=64, description="The role in which they looked.")] = ""
    stated: Annotated[str, Query(max_length=64, description="The purpose they stated.")] = ""
    relation: Code = ""
    service: Code = ""
    look: Code = ""
    since: Day = ""
    until: Day = ""

    @property
    def in_address(self) -> dict[str, str]:
        """The same as it was sent; what is not wanted is left out."""
        return {name: value for name, value in asdict(self).items() if value}

    def read(self, staff: StaffDirectory) -> Chosen:
        """What that is. Raises `NoSuchChoice`, `DayCannotBeRead`, `PeriodEndsBeforeItBegins`, each with its field."""
        first, last = _day(self.since, "since"), _day(self.until, "until")
        if first and last and last < first:
            raise PeriodEndsBeforeItBegins
        listed = {"actor": [person.id for person in staff.known], **LISTED}
        codes = {name: _one_of(listed[name], value, name) for name, value in self.in_address.items() if name in listed}
        return Chosen(codes=codes, since=first, until=last)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What to see of the log: by which codes, and in which days."""

    codes: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None

    @property
    def begins(self) -> datetime | None:
        """From when on: the beginning of the Danish day."""
        return start_of_day(self.since) if self.since else None

    @property
    def ends(self) -> datetime | None:
        """Until when: the end of the Danish day."""
        return start_of_day(self.until + timedelta(days=1)) if self.until and self.until < date.max else None

    def __str__(self) -> str:
        """As it is noted beside the look at the log: codes, days and a colleague's opaque id."""
        days = {"since": self.since, "until": self.until}
        return " ".join(f"{name}={value}" for name, value in {**self.codes, **days}.items() if value)


EVERYTHING = Chosen()


def _one_of(listed: Iterable[str], value: str, field: str) -> str:
    if value not in {str(one) for one in listed}:
        raise NoSuchChoice(field=field)
    return value


def _day(value: str, field: str) -> date | None:
    if not value.strip():
        return None
    try:
        day = date.fromisoformat(value.strip()) if _DAY.fullmatch(value.strip()) else None
    except ValueError as error:
        raise DayCannotBeRead(field=field) from error
    if day is None or day < NOBODY_LOOKED_BEFORE:
        raise DayCannotBeRead(field=field)
    return day
