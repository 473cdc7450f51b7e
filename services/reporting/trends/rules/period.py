"""Which closed stretch of time is looked at: a month, a quarter or a year, and nothing between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from shared.ground.errors import Refusal
from shared.ground.working_days import ZONE

SETTLES: Final = timedelta(days=3)
"""How long after its end a month is counted: what happened in it has been written down and heard by then."""
_WRITTEN = re.compile(r"(\d{4})(?:-(?:(\d{2})|[Qq]([1-4])))?")


class PeriodIsMalformed(Refusal):
    """Perioden kan ikke læses."""

    field = "period"
    next_step = "Skriv et år (2026), et kvartal (2026-Q1) eller en måned (2026-01)."


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, at: datetime | date) -> Month:
        day = at.astimezone(ZONE).date() if isinstance(at, datetime) else at
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> Month:
        return cls(int(text[:4]), int(text[5:7]))

    @property
    def begins(self) -> datetime:
        """When it begins in Denmark."""
        return datetime(self.year, self.number, 1, tzinfo=ZONE)

    @property
    def ends(self) -> datetime:
        """The first moment that is no longer in it."""
        return self.plus(1).begins

    @property
    def ends_a_quarter(self) -> bool:
        return self.number % 3 == 0

    @property
    def quarter(self) -> tuple[Month, ...]:
        """The months of its quarter."""
        first = self.number - (self.number - 1) % 3
        return tuple(Month(self.year, first + n) for n in range(3))

    def plus(self, months: int) -> Month:
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    @property
    def counted_from(self) -> datetime:
        """From when on it is counted: it is over for long enough."""
        return self.ends + SETTLES

    def is_settled(self, now: datetime) -> bool:
        return now >= self.counted_from

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a quarter of it, or one month."""

    year: int
    quarter: int = 0
    month: int = 0

    @property
    def months(self) -> tuple[Month, ...]:
        if self.month:
            return (Month(self.year, self.month),)
        if self.quarter:
            return Month(self.year, 3 * self.quarter).quarter
        return tuple(Month(self.year, number) for number in range(1, 13))

    @property
    def kind(self) -> str:
        return "month" if self.month else "quarter" if self.quarter else "year"

    @property
    def before(self) -> Period:
        """The same a year before."""
        return Period(self.year - 1, self.quarter, self.month)

    def __str__(self) -> str:
        if self.month:
            return str(Month(self.year, self.month))
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)


def read_period(text: str) -> Period:
    """`2026`, `2026-Q3`, `2026-09`. Raises `PeriodIsMalformed`."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or not 2000 <= int(found[1]) <= 2199 or not 0 <= int(found[2] or 1) - 1 < 12:
        raise PeriodIsMalformed
    return Period(int(found[1]), int(found[3] or 0), int(found[2] or 0))
