"""What somebody chose to see of the log of looks: any of a colleague, a role, a period, a purpose, a relation, a service and a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What to see of the log; what is empty is not chosen by."""

    actor: str = ""
    role: str = ""
    stated: str = ""
    relation: str = ""
    service: str = ""
    look: str = ""
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

    @property
    def carried(self) -> dict[str, str]:
        """As it stands in an address; what is not chosen is left out."""
        return {name: str(value) for name in Wanted.__dataclass_fields__ if (value := getattr(self, name))}

    def __str__(self) -> str:
        """As it is noted beside the look at the log: codes, days and a colleague's opaque id."""
        return " ".join(f"{name}={value}" for name, value in self.carried.items())


EVERYTHING = Chosen()


Code = Annotated[str, Query(max_length=64)]
Day = Annotated[str, Query(max_length=10, description="A Danish day, such as 2026-01-31.")]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What somebody wants to see of the log, as they sent it; empty means everything."""

    actor: str = ""
    role: str = ""
    stated: str = ""
    relation: str = ""
    service: str = ""
    look: str = ""
    since: str = ""
    until: str = ""

    def read(self, staff: StaffDirectory) -> Chosen:
        """What that is. Raises `NoSuchChoice`, `DayCannotBeRead`, `PeriodEndsBeforeItBegins`, each with its field."""
        first, last = _day(self.since, "since"), _day(self.until, "until")
        if first and last and last < first:
            raise PeriodEndsBeforeItBegins
        return Chosen(
            actor=_one_of((person.id for person in staff.known), self.actor, "actor"),
            role=_one_of(Role, self.role, "role"),
            stated=_one_of(Purpose, self.stated, "stated"),
            relation=_one_of(Relation, self.relation, "relation"),
            service=_one_of(SERVICES, self.service, "service"),
            look=_one_of(Look, self.look, "look"),
            since=first,
            until=last,
        )


def asked(
    actor: Annotated[str, Query(max_length=64, description="Who looked, or for whom: an opaque staff id.")] = "",
    role: Annotated[str, Query(max_length=64, description="The role in which they looked.")] = "",
    stated: Annotated[str, Query(max_length=64, description="The purpose they stated.")] = "",
    relation: Code = "",
    service: Code = "",
    look: Code = "",
    since: Day = "",
    until: Day = "",
) -> Wanted:
    """What an address wants to see of it."""
    return Wanted(actor=actor, role=role, stated=stated, relation=relation, service=service, look=look, since=since, until=until)


def _one_of(listed: Iterable[str], value: str, field: str) -> str:
    if value and value not in {str(one) for one in listed}:
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
