"""Danish working days: when a deadline that is counted in days runs out.

Days are those of Europe/Copenhagen, deadlines end with the day, and moments are answered in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Europe/Copenhagen")
"""Where the days are; summer time begins and ends here."""

_PUBLIC = holidays.country_holidays("DK")
# Grundlovsdag ends statutory periods on the next weekday (domain.md §1.8 D3); the office is closed on 24 and 31 December by agreement.
_CLOSED = {(6, 5), (12, 24), (12, 31)}
_SATURDAY = 5
_JULY = 7


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


def add_working_days(moment: datetime, days: int) -> datetime:
    """The end of the n-th working day after the day of a moment; zero is the same working day."""
    if days < 0:
        raise ValueError("a deadline lies ahead")
    if days == 0:
        return same_working_day(moment)
    day = local_day(moment)
    for _ in range(days):
        day = next_working_day(day)
    return end_of_day(day)


def add_days(moment: datetime, days: int) -> datetime:
    """The end of the n-th calendar day after a moment, or of the next working day when that one is closed."""
    if days < 0:
        raise ValueError("a deadline lies ahead")
    return end_of_day(working_day_of(local_day(moment) + timedelta(days=days)))


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
    """How many working days lie after the first day, up to and including the last; negative when the last is earlier."""
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
