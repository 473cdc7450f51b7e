"""What is shown of counts: nothing small, nothing that leads to something small, nothing exact of a free selection."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.trends.queries.counts import Answers, Concerns, Duration, Kept, Promises, RightNow, Selection
from services.reporting.trends.queries.figures import Figures, Line, Place, safe
from services.reporting.trends.rules.period import Month, Period, calendar_year
from services.reporting.trends.rules.small_cells import Share, Spread
from shared.words.vocabulary.figures import Promise

DECEMBER = datetime(2026, 12, 31, 12, tzinfo=UTC)
YEAR = Selection("bakkegaarden", calendar_year(2026))
NOTHING_OPEN = RightNow(open_cases=0, waiting=0, waiting_too_long=0, not_contacted_in_time=0, referrals_unanswered=0, follow_ups_overdue=0)
NO_PROMISES = Promises(kept={}, damage_service=0, accompanied=0)


def concerns(
    *, places: dict[tuple[str, str], int] | None = None, stages: dict[str, int], outcomes: dict[str, int] | None = None, **more: Any
) -> Concerns:
    """Concerns whose counters add up where a test does not say otherwise."""
    how_many = sum(stages.values())
    cases = stages.get("open", 0) + stages.get("closed", 0)
    given: dict[str, Counter[Any]] = {
        "months": Counter({Month(2026, 3): how_many}),
        "places": Counter(places or {("Aaby", "estate-1"): how_many}),
        "severities": Counter({"high": how_many}),
        "consents": Counter({"granted": how_many}),
        "stages": Counter(stages),
        "categories": Counter({"loneliness": cases}),
        "outcomes": Counter(outcomes or {"moved": stages.get("closed", 0)}),
    }
    return Concerns(**{**given, **{name: Counter(value) for name, value in more.items()}})


def shown(counted: Concerns, *, selection: Selection = YEAR, **more: Any) -> Figures:
    given: dict[str, Any] = {
        "signals": {},
        "durations": {"triage": Duration(0, None, None)},
        "promises": NO_PROMISES,
        "referrals": {},
        "right_now": NOTHING_OPEN,
    }
    return safe(selection, DECEMBER, concerns=counted, **{**given, **more})


def test_of_fewer_than_five_concerns_nothing_is_shown() -> None:
    figures = shown(
        concerns(stages={"open": 4}),
        signals={"smell": 4},
        durations={"triage": Duration(4, 2.0, 3.0)},
        referrals={("volunteer", "Aaby"): Answers(9, 0, 0)},
    )
    assert figures.too_few
    assert figures.concerns is None
    assert (figures.places, figures.signals, figures.categories, figures.by_target) == ((), (), (), ())
    assert {line.count for line in figures.months} == {0}
    assert figures.durations == {"triage": None}


def test_of_no_concerns_a_plain_nothing_is_shown() -> None:
    figures = shown(concerns(stages={}))
    assert (figures.too_few, figures.concerns) == (False, 0)


def test_a_small_stage_takes_the_smallest_other_with_it() -> None:
    figures = shown(concerns(stages={"open": 20, "closed": 30, "waiting": 2, "dismissed": 8}))
    assert figures.stages == (Line("case", 50), Line("waiting", None), Line("dismissed", None))
    assert figures.case_stages == (Line("open", 20), Line("closed", 30))


def test_where_the_number_of_cases_is_hidden_their_parts_are_not_shown_at_all() -> None:
    figures = shown(concerns(stages={"open": 6, "closed": 5, "waiting": 2, "dismissed": 50}))
    assert figures.stages == (Line("case", None), Line("waiting", None), Line("dismissed", 50))
    assert (figures.case_stages, figures.categories, figures.outcomes) == ((), (), ())
    assert (figures.damage_service, figures.accompanied) == (None, None)


def test_where_the_number_of_closed_cases_is_hidden_no_outcome_is_shown() -> None:
    figures = shown(concerns(stages={"open": 3, "closed": 30}, outcomes={"moved": 20, "deceased": 10}))
    assert figures.case_stages == (Line("open", None), Line("closed", None))
    assert figures.outcomes == ()


def test_estates_are_parts_of_their_municipality() -> None:
    places = {("Aaby", "a"): 20, ("Aaby", "b"): 2, ("Aaby", "c"): 9, ("Beby", "d"): 12, ("Ceby", "e"): 3}
    figures = shown(concerns(stages={"open": 46}, places=places))
    assert figures.places == (
        Place("Aaby", 31, (Line("a", 20), Line("b", None), Line("c", None))),
        Place("Beby", None, ()),
        Place("Ceby", None, ()),
    )


def test_hidden_lines_stand_in_the_order_of_their_codes_and_not_of_their_size() -> None:
    figures = shown(concerns(stages={"open": 30}, consents={"granted": 20, "not_asked": 1, "declined": 2, "not_able": 7}))
    assert [line.code for line in figures.consents] == ["granted", "declined", "not_able", "not_asked"]


def test_a_signal_that_almost_every_concern_shows_is_hidden_too() -> None:
    figures = shown(concerns(stages={"open": 30}), signals={"smell": 28, "lonely": 12, "pests": 3, "confusion": 30})
    assert figures.signals == (Line("confusion", 30), Line("lonely", 12), Line("pests", None), Line("smell", None))


def test_of_a_free_period_everything_is_rounded_to_fives() -> None:
    spring = Selection("bakkegaarden", Period(Month(2026, 3), Month(2026, 5)))
    figures = shown(
        concerns(stages={"open": 11, "closed": 12}, outcomes={"moved": 12}),
        selection=spring,
        signals={"smell": 13},
        durations={"triage": Duration(23, 7.4, 77.0)},
        right_now=RightNow(
            open_cases=13, waiting=0, waiting_too_long=0, not_contacted_in_time=0, referrals_unanswered=6, follow_ups_overdue=0
        ),
    )
    assert figures.is_rounded
    assert (figures.concerns, figures.case_stages) == (25, (Line("open", 10), Line("closed", 10)))
    assert [line.count for line in figures.months] == [25, 0, 0]
    assert figures.signals == (Line("smell", 15),)
    assert figures.durations == {"triage": Spread(7.0, 72.0)}
    assert (figures.now.open_cases, figures.now.referrals_unanswered) == (15, 5)


def test_of_one_municipality_everything_is_rounded_to_fives() -> None:
    figures = shown(concerns(stages={"open": 17}), selection=Selection("bakkegaarden", calendar_year(2026), "Aaby"))
    assert (figures.is_rounded, figures.concerns, figures.places) == (True, 15, (Place("Aaby", 15, (Line("estate-1", 15),)),))


def test_of_a_calendar_year_counts_are_exact_but_for_what_stands_open_now() -> None:
    right_now = RightNow(
        open_cases=17, waiting=9, waiting_too_long=9, not_contacted_in_time=3, referrals_unanswered=0, follow_ups_overdue=6
    )
    figures = shown(concerns(stages={"open": 17}), right_now=right_now)
    assert (figures.is_rounded, figures.concerns) == (False, 17)
    now = figures.now
    assert (now.open_cases, now.waiting_too_long, now.not_contacted_in_time) == (15, 10, None)
    assert (now.referrals_unanswered, now.follow_ups_overdue) == (0, 5)


def test_shares_with_few_on_one_side_say_only_a_bound() -> None:
    promises = replace(NO_PROMISES, kept={Promise.TOLD: Kept(39, 40), Promise.FOLLOW_UPS: Kept(30, 40), Promise.TRIAGE: Kept(5, 9)})
    figures = shown(concerns(stages={"open": 40}), promises=promises)
    assert (figures.promises["told"], figures.promises["follow_ups"], figures.promises["triage"]) == (
        Share(90, "at_least"), Share(75), None,
    )  # fmt: skip


def test_referrals_are_shown_by_recipient_and_municipality_with_what_came_of_them() -> None:
    referrals = {
        ("municipal.visitation", "Aaby"): Answers(20, 5, 6),
        ("municipal.skp", "Beby"): Answers(9, 5, 5),
        ("volunteer", "Aaby"): Answers(12, 6, 7),
    }
    figures = shown(concerns(stages={"open": 60}), referrals=referrals)
    assert figures.referrals == 75
    assert figures.referral_answers == {"answered": 41, "unanswered": 34, "waiting": 16, "silent": 18}
    assert figures.answered_share == Share(55)
    assert [(line.code, line.sent, line.answered, line.unanswered) for line in figures.by_target] == [
        ("municipal.visitation", 31, 20, 11),
        ("municipal.skp", 19, 9, 10),
        ("volunteer", 25, 12, 13),
    ]
    assert [(line.code, line.sent) for line in figures.by_municipality] == [("Aaby", 31), ("Beby", 19)]


def test_a_municipality_that_almost_always_answers_does_not_tell_of_the_one_time() -> None:
    referrals = {
        ("municipal.visitation", "Aaby"): Answers(20, 0, 1),
        ("municipal.visitation", "Beby"): Answers(15, 0, 9),
        ("municipal.visitation", "Ceby"): Answers(10, 0, 12),
    }
    figures = shown(concerns(stages={"open": 60}), referrals=referrals)
    assert [(line.code, line.sent, line.answered, line.unanswered) for line in figures.by_municipality] == [
        ("Beby", 24, 15, 9),
        ("Ceby", 22, None, None),
        ("Aaby", 21, None, None),
    ]


@pytest.mark.parametrize("how_many", [1, 4])
def test_few_referrals_are_not_shown(how_many: int) -> None:
    figures = shown(concerns(stages={"open": 60}), referrals={("volunteer", "Aaby"): Answers(how_many, 0, 0)})
    assert (figures.referrals, figures.by_target, figures.answered_share) == (None, (), None)


counted = st.builds(
    lambda open, closed, waiting, dismissed: {"open": open, "closed": closed, "waiting": waiting, "dismissed": dismissed},
    *[st.integers(0, 25)] * 4,
)


@given(counted, st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=100), st.randoms(use_true_random=False))
def test_no_number_below_five_but_zero_is_ever_shown(stages: dict[str, int], referred: list[tuple[str, str]], random: Any) -> None:
    whole = sum(stages.values())
    places: Counter[tuple[str, str]] = Counter(
        random.choice([("Aaby", "a"), ("Aaby", "b"), ("Beby", "c"), ("Ceby", "d")]) for _ in range(whole)
    )
    referrals = {
        (f"municipal.{target}", municipality): Answers(random.randint(0, 9), random.randint(0, 3), random.randint(0, 9))
        for target, municipality in referred
    }
    figures = shown(concerns(stages=stages, places=dict(places)), referrals=referrals, signals={"smell": random.randint(0, whole)})
    assert not {1, 2, 3, 4} & set(_counts(asdict(figures)))


def _counts(value: Any) -> list[int]:
    """Every count there is in what is shown."""
    match value:
        case dict():
            parts = (v for k, v in value.items() if k not in ("selection", "as_of", "durations", "is_rounded", "too_few"))
            return [count for part in parts for count in _counts(part)]
        case list() | tuple():
            return [count for part in value for count in _counts(part)]
        case bool():
            return []
        case int():
            return [value]
        case _:
            return []
