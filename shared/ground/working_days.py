"""Danish working days: when a deadline that is counted in days runs out.

Days are those of Europe/Copenhagen, deadlines end with the day, and moments are answered in UTC.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Europe/Copenhagen")
"""Where the days are; summer time begins and ends here."""

_PUBLIC = holidays.country_holidays("DK")
# Grundlovsdag ends statutory periods on the next weekday (domain.md §1.8 D3); the office is closed on 24 and 31 December by agreement.
_CLOSED = {(6, 5), (12, 24), (12, 31)}
_SATURDAY = 5
_JULY = 7

MOST_WORKING_DAYS = 10_000
"""Forty years: what is farther away is as far as that. No deadline is, but a day typed wrong may be, and is not counted year by year."""

_FARTHEST = timedelta(days=2 * MOST_WORKING_DAYS)
"""So far away there are more than `MOST_WORKING_DAYS` in between for certain."""

ClosingTimes = Mapping[int, time]
"""When the office closes on each day of the week (Monday is 0), by the clock on the wall; a day that is not named ends at midnight."""


_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def on_the_wall(moment: datetime) -> datetime:
    """A moment as clocks in Denmark show it; refuses one without a zone (`ValueError`).

    The first and the last day of the calendar, which no zone can be applied to, are shown as their neighbours: old histories may hold them.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone has no day")
    return min(max(moment, _FIRST), _LAST).astimezone(ZONE)


def local_day(moment: datetime) -> date:
    """The Danish day on which a moment falls; refuses a moment without a zone (`ValueError`)."""
    return on_the_wall(moment).date()


def end_of_day(day: date) -> datetime:
    """The last instant of a Danish day, which may be 23 or 25 hours long."""
    return datetime.combine(day, time.max, ZONE).astimezone(UTC)


def start_of_day(day: date) -> datetime:
    """The first instant of a Danish day."""
    return datetime.combine(day, time.min, ZONE).astimezone(UTC)


def is_working_day(day: date) -> bool:
    """Whether the office works on that day: no weekend, no public holiday, none of our own closed days."""
    return day.weekday() < _SATURDAY and (day.month, day.day) not in _CLOSED and day not in _PUBLIC


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_of(day: date) -> date:
    """The day itself if somebody works on it, else the next working day."""
    return day if is_working_day(day) else next_working_day(day)


def same_working_day(moment: datetime) -> datetime:
    """The end of the working day on which something arrived; what arrives on a closed day belongs to the next open one."""
    return end_of_day(working_day_of(local_day(moment)))


def add_working_days(moment: datetime, days: int, *, closing: ClosingTimes | None = None) -> datetime:
    """The end of the n-th working day after the day of a moment; zero is the same working day.

    Where the office has closing times, it is counted from the working day the moment belongs to (`office_day`).
    """
    if days < 0:
        raise ValueError("a deadline lies ahead")
    if days > MOST_WORKING_DAYS:
        raise ValueError("a deadline lies within forty years")
    if days == 0 and closing is None:
        return same_working_day(moment)
    return end_of_day(_working_day_after(local_day(moment) if closing is None else office_day(moment, closing), days))


def office_day(moment: datetime, closing: ClosingTimes) -> date:
    """The working day to which something belongs: what arrives when the office has closed, or does not open, belongs to the next."""
    day = local_day(moment)
    is_over = on_the_wall(moment).time() > closing.get(day.weekday(), time.max)
    return next_working_day(day) if is_over else working_day_of(day)


def add_days(moment: datetime, days: int) -> datetime:
    """The end of the n-th calendar day after a moment, or of the next working day when that one is closed."""
    if days < 0:
        raise ValueError("a deadline lies ahead")
    return end_of_day(working_day_of(local_day(moment) + timedelta(days=days)))


def add_calendar_days(moment: datetime, days: int) -> datetime:
    """The end of the n-th calendar day after a moment, closed or not; zero is the same day: for what waits for no office."""
    if days < 0:
        raise ValueError("a deadline lies ahead")
    return end_of_day(local_day(moment) + timedelta(days=days))


def add_minutes(moment: datetime, minutes: int) -> datetime:
    """So many minutes later, day and night, holiday or not: for what is acute."""
    if minutes < 0:
        raise ValueError("a deadline lies ahead")
    return moment.astimezone(UTC) + timedelta(minutes=minutes)


def statutory_weeks_without_july(day: date, *, weeks: int = 4) -> date:
    """The last day of a statutory period in which July does not count (almenlejeloven § 83(2); domain.md §1.8 D9).

    The day of the request is not counted. The duty is ours, so a last day on a weekend is not moved forward.
    """
    left = weeks * 7
    while left:
        day += timedelta(days=1)
        left -= day.month != _JULY
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after the first day, up to and including the last; negative when the last is earlier.

    Never more than `MOST_WORKING_DAYS`, either way.
    """
    if last < first:
        return -working_days_between(last, first)
    if last - first > _FARTHEST:
        return MOST_WORKING_DAYS
    return min(_counted(first, last), MOST_WORKING_DAYS)


def _working_day_after(day: date, count: int) -> date:
    """The n-th working day after a day, which need not be one itself; for none, the day itself."""
    reached = day
    while count:  # jump over the weekends, then as many days more as were closed on the way
        landed = _weekday_after(reached, count)
        count = _closed_between(reached, landed)
        reached = landed
    return reached


def _counted(first: date, last: date) -> int:
    """The working days after the first day up to the last."""
    return _weekdays_until(last) - _weekdays_until(first) - _closed_between(first, last)


def _weekdays_until(day: date) -> int:
    """How many days from Monday to Friday there were since the calendar began, this one included; it began on a Monday."""
    weeks, left = divmod(day.toordinal(), 7)
    return weeks * _SATURDAY + min(left, _SATURDAY)


def _weekday_after(day: date, count: int) -> date:
    """The n-th day from Monday to Friday after a day."""
    weeks, left = divmod(_weekdays_until(day) + count - 1, _SATURDAY)
    return date.fromordinal(weeks * 7 + left + 1)


def _closed_between(first: date, last: date) -> int:
    """How many days from Monday to Friday after the first day, up to the last, the office was closed."""
    return sum(
        bisect_right(_closed_weekdays(year), last) - bisect_right(_closed_weekdays(year), first)
        for year in range(first.year, last.year + 1)
    )


@lru_cache(maxsize=512)
def _closed_weekdays(year: int) -> tuple[date, ...]:
    """The days from Monday to Friday of a year on which the office is closed, in order."""
    _PUBLIC.get(date(year, 1, 1))  # the library finds a year's days when it is asked about one of them
    closed = {day for day in _PUBLIC if day.year == year} | {date(year, month, day) for month, day in _CLOSED}
    return tuple(sorted(day for day in closed if day.weekday() < _SATURDAY))
