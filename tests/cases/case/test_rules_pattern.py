"""The second independent observation about the same people within thirty days (S2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import RaiseConcern
from services.cases.case.rules.pattern import Sighting, the_day
from tests.cases.case.story import ADDRESS, CARETAKER, HOME, HOUR, ORIGIN, RAISED_AT, SEEN_AT, TENANCY, UNDER
from tests.cases.case.together import OTHER
from tests.support.given import AN_ID, news


def seen(at: datetime, *, by: str = OTHER) -> Sighting:
    return Sighting(observer=by, source="observation", role="caretaker", observed_at=at)


def told(source: str) -> Sighting:
    """Somebody outside told of them, or a system did."""
    return Sighting(observer="", source=source, role="", observed_at=SEEN_AT - timedelta(days=2))


def raised(*before: Sighting, severity: str = "low", source: str = "observation") -> Case:
    origin = ORIGIN if source == "observation" else replace(ORIGIN, source=source, observer="")
    reported = RaiseConcern(
        origin=origin, home=HOME, tenancy=TENANCY, signals=("curtains.down",), severity=severity, consent_answer="not_asked",
        consent_wording="", consent_scope=(), address=ADDRESS, words=None,
    )  # fmt: skip
    return Case.raise_concern(
        reported, id=AN_ID, at=RAISED_AT, under=UNDER, observer_role="caretaker" if origin.observer else "", seen_before=before
    )


def fired(case: Case) -> Any:
    return next((each.facts for each in news(case) if each.kind is Case.PatternNoticed), None)


def test_a_second_caretaker_on_another_errand_makes_it_worrying_and_it_says_why() -> None:
    case = raised(seen(SEEN_AT - timedelta(days=12)))
    assert case.severity == "medium"
    assert fired(case) == {
        "severity": "medium",
        "days": 30,
        "observer_role": "caretaker",
        "observed_at": SEEN_AT,
        "earlier_role": "caretaker",
        "earlier_at": the_day(SEEN_AT - timedelta(days=12)),
    }, "neither the earlier case nor its moment, for both lead there"


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(seen(SEEN_AT - timedelta(days=12), by=CARETAKER), id="the same caretaker"),
        pytest.param(seen(SEEN_AT - 3 * HOUR), id="the same errand"),
        pytest.param(seen(SEEN_AT - timedelta(days=30, hours=1)), id="long ago"),
    ],
)
def test_what_is_no_second_pair_of_eyes_changes_nothing(before: Sighting) -> None:
    case = raised(before)
    assert case.severity == "low"
    assert fired(case) is None


def test_what_was_reported_as_more_is_not_made_less() -> None:
    case = raised(seen(SEEN_AT - timedelta(days=2)), severity="acute")
    assert case.severity == "acute"
    assert fired(case)["severity"] == "acute"


def test_what_was_seen_later_and_told_earlier_counts_as_well() -> None:
    assert fired(raised(seen(SEEN_AT + timedelta(days=2)))) is not None


@pytest.mark.parametrize(("earlier", "now"), [("neighbour", "board_member"), ("neighbour", "anonymous"), ("board_member", "observation")])
def test_two_who_told_of_it_are_two_pairs_of_eyes_where_they_cannot_be_one(earlier: str, now: str) -> None:
    found = fired(raised(told(earlier), source=now))
    assert (found["earlier_role"], found["observer_role"]) == (earlier, "caretaker" if now == "observation" else now)


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        ("neighbour", "neighbour"),
        ("erp", "observation"),
        ("welcome", "observation"),
        ("observation", "resident"),
        ("transfer", "neighbour"),
    ],
)
def test_who_may_be_one_and_what_nobody_saw_is_no_second_pair_of_eyes(earlier: str, now: str) -> None:
    assert fired(raised(told(earlier), source=now)) is None
