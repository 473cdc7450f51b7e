"""Danish working days: holidays of several years, weekends, summer time, and the month that does not count."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.ground.working_days import (
    MOST_WORKING_DAYS,
    ZONE,
    add_calendar_days,
    add_days,
    add_minutes,
    add_working_days,
    end_of_day,
    is_working_day,
    local_day,
    next_working_day,
    office_day,
    same_working_day,
    start_of_day,
    statutory_weeks_without_july,
    working_day_of,
    working_days_between,
)
from tests.support.properties import times

moments = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


def at(text: str) -> datetime:
    """A moment as a clock on the wall in Denmark shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2023-05-05", False),  # Store bededag, the last one
        ("2024-04-26", True),  # where Store bededag would have been
        ("2025-05-16", True),
        ("2026-05-01", True),  # 1 May is no holiday; Store bededag would have been here, too
        ("2024-03-28", False),  # skærtorsdag
        ("2024-03-29", False),  # langfredag
        ("2024-04-01", False),  # 2. påskedag
        ("2024-05-09", False),  # Kristi himmelfartsdag
        ("2024-05-10", True),
        ("2024-05-20", False),  # 2. pinsedag
        ("2024-06-05", False),  # Grundlovsdag
        ("2025-06-05", False),
        ("2026-06-05", False),
        ("2024-12-23", True),
        ("2024-12-24", False),
        ("2024-12-25", False),
        ("2024-12-26", False),
        ("2024-12-27", True),
        ("2024-12-31", False),
        ("2025-01-01", False),
        ("2025-01-02", True),
        ("2025-04-17", False),  # skærtorsdag
        ("2025-05-29", False),  # Kristi himmelfartsdag
        ("2026-04-06", False),  # 2. påskedag
        ("2026-11-21", False),  # a Saturday
        ("2026-11-22", False),  # a Sunday
        ("2026-11-23", True),
        ("2027-03-25", False),  # skærtorsdag
        ("2030-06-10", False),  # 2. pinsedag
    ],
)
def test_which_days_the_office_works(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("arrived", "count", "last_day"),
    [
        ("2026-11-23T09:10", 0, "2026-11-23"),  # Monday, the same day
        ("2026-11-23T23:59", 0, "2026-11-23"),
        ("2026-11-21T10:00", 0, "2026-11-23"),  # Saturday belongs to Monday
        ("2026-11-23T09:10", 1, "2026-11-24"),
        ("2026-11-27T15:00", 1, "2026-11-30"),  # Friday to Monday
        ("2026-11-21T10:00", 1, "2026-11-23"),  # Saturday: Monday is the first working day
        ("2026-11-23T09:10", 5, "2026-11-30"),
        ("2026-12-23T12:00", 1, "2026-12-28"),  # over Christmas
        ("2026-12-23T12:00", 5, "2027-01-05"),  # 28, 29, 30 December, 4 and 5 January
        ("2026-04-01T12:00", 2, "2026-04-08"),  # over Easter
        ("2026-06-04T12:00", 1, "2026-06-08"),  # Grundlovsdag is a Friday in 2026
        ("2026-11-23T09:10", 20, "2026-12-21"),
    ],
)
def test_a_deadline_in_working_days_ends_with_the_day(arrived: str, count: int, last_day: str) -> None:
    due = add_working_days(at(arrived), count)

    assert due == end_of_day(date.fromisoformat(last_day))


def test_a_moment_just_before_danish_midnight_belongs_to_the_danish_day_and_not_to_the_day_in_utc() -> None:
    assert local_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert local_day(datetime(2026, 1, 1, 22, 30, tzinfo=UTC)) == date(2026, 1, 1)


def test_a_day_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        local_day(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-23", 24)],
)
def test_the_days_when_the_clocks_change_are_an_hour_shorter_or_longer(day: str, hours: int) -> None:
    the_day = date.fromisoformat(day)

    length = end_of_day(the_day) - start_of_day(the_day)

    assert length + timedelta(microseconds=1) == timedelta(hours=hours)


def test_a_deadline_over_the_change_to_summer_time_still_ends_at_danish_midnight() -> None:
    due = add_working_days(at("2026-03-27T12:00"), 1)

    assert due == datetime(2026, 3, 30, 21, 59, 59, 999999, tzinfo=UTC)


def test_fifteen_minutes_are_fifteen_minutes_also_when_the_clocks_are_set_back() -> None:
    assert add_minutes(datetime(2026, 10, 25, 0, 55, tzinfo=UTC), 15) == datetime(2026, 10, 25, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begun", "count", "last_day"),
    [
        ("2026-11-23T09:10", 3, "2026-11-26"),
        ("2026-11-23T09:10", 14, "2026-12-07"),
        ("2026-11-23T09:10", 30, "2026-12-23"),
        ("2026-11-24T09:10", 30, "2026-12-28"),  # Christmas Eve is closed
        ("2026-11-26T09:10", 3, "2026-11-30"),  # Sunday to Monday
    ],
)
def test_a_follow_up_in_calendar_days_falls_on_a_day_when_somebody_works(begun: str, count: int, last_day: str) -> None:
    assert add_days(at(begun), count) == end_of_day(date.fromisoformat(last_day))


@pytest.mark.parametrize(
    ("requested", "last_day"),
    [
        ("2026-05-01", "2026-05-29"),
        ("2026-06-02", "2026-06-30"),  # just before July
        ("2026-06-03", "2026-08-01"),  # one day is left for August
        ("2026-06-20", "2026-08-18"),
        ("2026-07-01", "2026-08-28"),  # July as a whole does not count
        ("2026-07-31", "2026-08-28"),
        ("2026-08-01", "2026-08-29"),
    ],
)
def test_july_does_not_count_in_the_four_weeks_of_the_law(requested: str, last_day: str) -> None:
    assert statutory_weeks_without_july(date.fromisoformat(requested)) == date.fromisoformat(last_day)


@pytest.mark.parametrize("count", [-1, -20])
def test_a_deadline_lies_ahead(count: int) -> None:
    for add in (add_working_days, add_days, add_minutes):
        with pytest.raises(ValueError, match="ahead"):
            add(at("2026-11-23T09:10"), count)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [("2026-11-23", "2026-11-23", 0), ("2026-11-20", "2026-11-23", 1), ("2026-11-23", "2026-11-30", 5), ("2026-11-30", "2026-11-23", -5)],
)
def test_working_days_between_two_days(first: str, last: str, count: int) -> None:
    assert working_days_between(date.fromisoformat(first), date.fromisoformat(last)) == count


@given(moments, st.integers(min_value=0, max_value=40))
@settings(max_examples=times(1.5))
def test_every_deadline_lies_ahead_on_a_working_day_and_more_days_are_never_earlier(moment: datetime, count: int) -> None:
    due = add_working_days(moment, count)

    assert due >= moment
    assert is_working_day(local_day(due))
    assert add_working_days(moment, count + 1) >= due
    assert due == same_working_day(due)


@given(days, st.integers(min_value=1, max_value=40))
@settings(max_examples=times(1.5))
def test_exactly_so_many_working_days_lie_between_a_day_and_its_deadline(day: date, count: int) -> None:
    due = local_day(add_working_days(start_of_day(day), count))

    assert working_days_between(day, due) == count


@given(days)
def test_the_next_working_day_skips_only_closed_days(day: date) -> None:
    following = next_working_day(day)

    assert is_working_day(following)
    assert working_days_between(day, following) == 1
    assert working_day_of(day) in {day, following}


@given(days)
def test_the_four_weeks_of_the_law_hold_twenty_eight_days_outside_july(day: date) -> None:
    last = statutory_weeks_without_july(day)

    counted = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(one.month != 7 for one in counted) == 28
    assert last.month != 7


# Counted one by one


def counted_one_by_one(first: date, last: date) -> int:
    """The same, as one counts on a calendar."""
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


@given(first=days, span=st.integers(min_value=0, max_value=2000))
def test_working_days_are_those_one_counts_on_a_calendar(first: date, span: int) -> None:
    last = first + timedelta(days=span)

    assert working_days_between(first, last) == counted_one_by_one(first, last)
    assert working_days_between(last, first) == -counted_one_by_one(first, last)


@given(moment=moments, count=st.integers(min_value=1, max_value=600))
def test_the_nth_working_day_is_the_one_that_is_reached_day_by_day(moment: datetime, count: int) -> None:
    day = local_day(moment)
    for _ in range(count):
        day = next_working_day(day)

    assert add_working_days(moment, count) == end_of_day(day)


def test_a_day_that_is_very_far_away_is_not_counted_to() -> None:
    today, begun = date(2026, 11, 27), monotonic()

    assert working_days_between(today, date.max) == MOST_WORKING_DAYS
    assert working_days_between(date.max, today) == -MOST_WORKING_DAYS
    assert working_days_between(date.min, date.max) == MOST_WORKING_DAYS
    assert local_day(add_working_days(at("2026-11-27T10:00"), MOST_WORKING_DAYS)).year == 2066
    with pytest.raises(ValueError, match="within forty years"):
        add_working_days(at("2026-11-27T10:00"), MOST_WORKING_DAYS + 1)
    assert monotonic() - begun < 1


# What arrives after closing

UNTIL_THREE = {**dict.fromkeys(range(4), time(15)), 4: time(13)}
"""The office closes at three, and on Fridays at one."""


@pytest.mark.parametrize(
    ("arrived", "belongs_to"),
    [
        ("2026-11-26T07:00", "2026-11-26"),  # a Thursday before it opens
        ("2026-11-26T15:00", "2026-11-26"),  # as it closes
        ("2026-11-26T15:00:01", "2026-11-27"),
        ("2026-11-27T12:59", "2026-11-27"),  # a Friday
        ("2026-11-27T13:01", "2026-11-30"),
        ("2026-11-27T23:58", "2026-11-30"),
        ("2026-11-28T09:00", "2026-11-30"),  # a Saturday
        ("2026-12-23T16:00", "2026-12-28"),  # over Christmas
        ("2026-04-01T15:30", "2026-04-07"),  # the day before Maundy Thursday
        ("2026-06-04T16:00", "2026-06-08"),  # Constitution Day is a Friday that year
        ("2026-12-30T15:01", "2027-01-04"),  # New Year's Eve, New Year's Day, a weekend
    ],
)
def test_what_arrives_after_closing_belongs_to_the_next_working_day(arrived: str, belongs_to: str) -> None:
    assert office_day(at(arrived), UNTIL_THREE) == date.fromisoformat(belongs_to)
    assert add_working_days(at(arrived), 0, closing=UNTIL_THREE) == end_of_day(date.fromisoformat(belongs_to))


@pytest.mark.parametrize(
    ("arrived_utc", "belongs_to"),
    [
        ("2026-03-27T12:30", "2026-03-30"),  # Friday, winter: half past one
        ("2026-03-30T12:30", "2026-03-30"),  # Monday, summer time since Sunday: half past two
        ("2026-03-30T13:30", "2026-03-31"),
        ("2026-10-23T10:30", "2026-10-23"),  # Friday, summer: half past twelve
        ("2026-10-26T13:30", "2026-10-26"),  # Monday, winter again: half past two
        ("2026-10-26T14:30", "2026-10-27"),
    ],
)
def test_the_office_closes_by_the_clock_on_the_wall_in_summer_and_in_winter(arrived_utc: str, belongs_to: str) -> None:
    assert office_day(datetime.fromisoformat(arrived_utc).replace(tzinfo=UTC), UNTIL_THREE) == date.fromisoformat(belongs_to)


def test_days_are_counted_from_the_day_it_belongs_to() -> None:
    for arrived in ("2026-11-27T16:00", "2026-11-28T09:00", "2026-11-30T08:00"):
        assert add_working_days(at(arrived), 2, closing=UNTIL_THREE) == end_of_day(date(2026, 12, 2))


@given(moment=moments, later=st.integers(min_value=0, max_value=10_000), count=st.integers(min_value=0, max_value=30))
def test_what_arrives_later_is_never_due_sooner_and_without_closing_times_nothing_changes(moment: datetime, later: int, count: int) -> None:
    due = add_working_days(moment, count, closing=UNTIL_THREE)

    assert add_working_days(moment + timedelta(minutes=later), count, closing=UNTIL_THREE) >= due >= add_working_days(moment, count)
    if is_working_day(local_day(moment)):
        assert add_working_days(moment, count, closing={}) == add_working_days(moment, count)


@given(moments, st.integers(min_value=0, max_value=400))
def test_calendar_days_are_counted_whoever_works_on_them(moment: datetime, count: int) -> None:
    reached = add_calendar_days(moment, count)

    assert (local_day(reached) - local_day(moment)).days == count
    assert reached == end_of_day(local_day(reached))
    assert reached >= moment
    assert reached <= add_days(moment, count)


def test_calendar_days_lie_ahead() -> None:
    with pytest.raises(ValueError, match="ahead"):
        add_calendar_days(datetime(2026, 3, 7, tzinfo=UTC), -1)


@pytest.mark.processes
def test_the_zone_is_known_where_the_system_knows_none() -> None:
    asked = "from shared.ground.working_days import ZONE, local_day; from datetime import datetime, UTC;"
    said = subprocess.run(
        [sys.executable, "-c", f"{asked} print(local_day(datetime(2026, 3, 3, 23, 30, tzinfo=UTC)))"],
        env={**os.environ, "PYTHONTZPATH": ""}, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert (said.stdout.strip(), said.stderr) == ("2026-03-04", "")
