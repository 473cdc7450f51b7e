"""Closed stretches of time, and nothing between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.reporting.trends.rules.period import Month, Period, PeriodIsMalformed, read_period


@pytest.mark.parametrize(
    ("text", "months"),
    [("2026", 12), ("2026-Q3", 3), ("2026-q1", 3), ("2026-09", 1), (" 2026 ", 12)],
)
def test_a_year_a_quarter_or_a_month(text: str, months: int) -> None:
    assert len(read_period(text).months) == months


def test_what_is_read_is_written_the_same() -> None:
    assert [str(read_period(text)) for text in ("2026", "2026-Q3", "2026-09")] == ["2026", "2026-Q3", "2026-09"]
    assert read_period("2026-Q3").months == (Month(2026, 7), Month(2026, 8), Month(2026, 9))
    assert read_period("2026-Q3").before == Period(2025, quarter=3)


@pytest.mark.parametrize("text", ["whenever", "2026-13", "2026-00", "2026-Q5", "26", "2026-01-01", "1999", "2200", "2026-01..2026-03"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(PeriodIsMalformed):
        read_period(text)


def test_a_month_is_danish_and_settles_three_days_after_it() -> None:
    assert Month.of(datetime(2025, 12, 31, 23, 30, tzinfo=UTC)) == Month(2026, 1)
    january = Month(2026, 1)
    assert not january.is_settled(january.ends + timedelta(days=3, seconds=-1))
    assert january.is_settled(january.ends + timedelta(days=3))
    assert (january.plus(-1), january.plus(12), Month.read("2026-01")) == (Month(2025, 12), Month(2027, 1), january)
    assert [month.number for month in (january.plus(n) for n in range(12)) if month.ends_a_quarter] == [3, 6, 9, 12]
