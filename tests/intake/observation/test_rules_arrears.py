"""What the ERP says of arrears becomes a concern of these days, and of no other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from services.intake.observation.rules.arrears import in_arrears, is_news

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("month", "is_so"),
    [
        (date(2026, 3, 1), True),
        (date(2026, 2, 1), True),
        (date(2026, 1, 1), True),  # its last day is within sixty days
        (date(2025, 12, 1), False),
        (date(2026, 4, 1), False),
    ],
)
def test_what_is_older_than_what_may_be_registered_is_no_news_and_what_is_to_come_is_none_yet(month: date, is_so: bool) -> None:
    assert is_news(month, NOW) is is_so


def test_it_is_worrying_and_says_for_how_many_months_and_no_amount() -> None:
    report = in_arrears(uuid4(), home_id=uuid4(), months=1, now=NOW)
    assert (report.source, report.how, report.severity, report.signals) == ("erp", "system", "medium", ("arrears",))
    assert report.words == "Boligsystemet melder restance i 1 måned."
    assert in_arrears(uuid4(), home_id=uuid4(), months=3, now=NOW).words.endswith("i 3 måneder.")
