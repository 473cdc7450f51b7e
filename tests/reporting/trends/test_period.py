"""Which stretch of time somebody may look at."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.reporting.trends.rules.period import Month, Period, PeriodIsMalformed, PeriodIsTooLong, PeriodIsTurnedRound, asked_for
from shared.ground.errors import Refusal

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)


def test_without_a_wish_it_is_this_calendar_year() -> None:
    period = asked_for("", "", now=NOW)
    assert period == Period(Month(2026, 1), Month(2026, 12))
    assert period.is_calendar_year


def test_the_year_begins_at_midnight_in_denmark() -> None:
    assert asked_for("", "", now=datetime(2026, 12, 31, 23, 30, tzinfo=UTC)).first == Month(2027, 1)
    assert asked_for("", "", now=NOW).begins.astimezone(UTC) == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert asked_for("2026-06", "2026-06", now=NOW).ends.astimezone(UTC) == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_a_day_means_its_whole_month() -> None:
    assert asked_for("2026-02-17", "2026-03-01", now=NOW) == Period(Month(2026, 2), Month(2026, 3))


def test_an_open_end_is_today_and_an_open_beginning_is_new_year() -> None:
    assert asked_for("2025-11", "", now=NOW) == Period(Month(2025, 11), Month(2026, 3))
    assert asked_for("", "2025-06", now=NOW) == Period(Month(2025, 1), Month(2025, 6))


@pytest.mark.parametrize(("begins", "ends"), [("2026-01", "2026-11"), ("2025-12", "2026-12"), ("2025-01", "2026-12")])
def test_anything_but_one_whole_year_is_a_free_choice(begins: str, ends: str) -> None:
    assert not asked_for(begins, ends, now=NOW).is_calendar_year


def test_months_that_have_not_begun_are_not_listed() -> None:
    assert list(map(str, asked_for("2025-11", "2026-12", now=NOW).months(until=NOW))) == [
        "2025-11", "2025-12", "2026-01", "2026-02", "2026-03",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("begins", "ends", "refusal"),
    [
        ("x", "", PeriodIsMalformed),
        ("2026-13", "", PeriodIsMalformed),
        ("", "2026-00", PeriodIsMalformed),
        ("1026-01", "", PeriodIsMalformed),
        ("2026-05", "2026-04", PeriodIsTurnedRound),
        ("2020-01", "2025-01", PeriodIsTooLong),
    ],
)
def test_what_is_no_period_is_refused(begins: str, ends: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        asked_for(begins, ends, now=NOW)


def test_five_years_are_not_too_long() -> None:
    assert asked_for("2020-02", "2025-01", now=NOW).how_many_months == 60
