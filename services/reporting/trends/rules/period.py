"""Which stretch of time is looked at: a calendar year, or whole months of one's own choice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from shared.ground.errors import Refusal
from shared.ground.working_days import ZONE

MOST_MONTHS: Final = 60
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?")


class PeriodIsMalformed(Refusal):
    """Perioden kan ikke læses."""

    next_step = "Skriv fra og til som år og måned, for eksempel 2026-01."


class PeriodIsTurnedRound(Refusal):
    """Perioden slutter, før den begynder."""

    next_step = "Vælg en slutmåned, der ikke ligger før begyndelsen."


class PeriodIsTooLong(Refusal):
    """Perioden er længere end fem år."""

    next_step = "Vælg højst 60 måneder ad gangen."


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first_moment(self) -> datetime:
        """When it begins in Denmark."""
        return datetime(self.year, self.number, 1, tzinfo=ZONE)

    def plus(self, months: int) -> Month:
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last month, both whole."""

    first: Month
    last: Month

    @property
    def begins(self) -> datetime:
        return self.first.first_moment

    @property
    def ends(self) -> datetime:
        """The first moment that is no longer in it."""
        return self.last.plus(1).first_moment

    @property
    def is_calendar_year(self) -> bool:
        """Two calendar years never overlap, so one cannot be subtracted from the other."""
        return (self.first.number, self.last.number, self.first.year) == (1, 12, self.last.year)

    @property
    def how_many_months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.number - self.first.number + 1

    def months(self, *, until: datetime) -> list[Month]:
        """Its months, without those that have not begun."""
        all_of_it = [self.first.plus(n) for n in range(self.how_many_months)]
        return [month for month in all_of_it if month.first_moment <= until]


def calendar_year(year: int) -> Period:
    return Period(Month(year, 1), Month(year, 12))


def asked_for(begins: str, ends: str, *, now: datetime) -> Period:
    """The period somebody asked for; a day means its whole month, nothing means this calendar year.

    Raises `PeriodIsMalformed`, `PeriodIsTurnedRound`, `PeriodIsTooLong`.
    """
    today = now.astimezone(ZONE).date()
    if not begins and not ends:
        return calendar_year(today.year)
    last = _month(ends, "to") if ends else Month.of(today)
    first = _month(begins, "from") if begins else Month(last.year, 1)
    if last < first:
        raise PeriodIsTurnedRound(field="to")
    period = Period(first, last)
    if period.how_many_months > MOST_MONTHS:
        raise PeriodIsTooLong(field="from")
    return period


def hours(duration: timedelta | None) -> float | None:
    """A duration in hours."""
    return duration.total_seconds() / 3600 if duration is not None else None


def _month(text: str, field: str) -> Month:
    found = _MONTH.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or not 2000 <= int(found[1]) <= 2199:
        raise PeriodIsMalformed(field=field)
    return Month(int(found[1]), int(found[2]))
