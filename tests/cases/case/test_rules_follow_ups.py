"""Looking again: planned, done, cancelled, and missed exactly once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.follow_ups import (
    CancelFollowUp,
    DoFollowUp,
    FollowUpIsCancelled,
    FollowUpIsDone,
    FollowUpIsInThePast,
    PlanFollowUp,
    ThereIsNoSuchFollowUp,
)
from services.cases.case.rules.handling import OpenCase
from services.cases.case.rules.refusals import CaseIsClosed, CaseIsNotOpen
from tests.cases.case.story import (
    CARETAKER,
    CLOSED,
    FOLLOW_UP,
    IN_THE_OPEN,
    LEAD,
    LOOK_AGAIN,
    MOMENT,
    NOW,
    OBSERVATION,
    PLANNED,
    REACHED,
    TRIAGED,
    UNDER_TRIAGE,
    UNKNOWN,
    WORDS,
    take,
)  # fmt: skip
from tests.support.given import Fact, fact, given, kinds, news

TOLD = fact(Case.CaretakerInformed, observation_id=OBSERVATION, caretaker=CARETAKER, milestone="case_opened", channel="phone", on_time=True)
QUIET = (*IN_THE_OPEN, REACHED, TOLD)
"""A case in which nothing else is due."""
DONE = fact(Case.FollowUpDone, follow_up_id=FOLLOW_UP, on_time=True, note=None)
CANCELLED = fact(Case.FollowUpCancelled, follow_up_id=FOLLOW_UP)
MISSED = fact(Case.FollowUpMissed, follow_up_id=FOLLOW_UP, handler=LEAD, due=LOOK_AGAIN)


def plan(case: Case, due: datetime = LOOK_AGAIN) -> None:
    take(case, PlanFollowUp, id=FOLLOW_UP, due=due)


def do(case: Case, at: datetime = NOW) -> None:
    take(case, DoFollowUp, at=at, follow_up_id=FOLLOW_UP)


def cancel(case: Case) -> None:
    take(case, CancelFollowUp, follow_up_id=FOLLOW_UP)


def test_somebody_is_to_look_again() -> None:
    case = given(Case, *IN_THE_OPEN)
    plan(case)
    assert news(case) == [PLANNED]


@pytest.mark.parametrize("since", [(), (DONE,), (CANCELLED,)])
def test_the_same_plan_again_is_no_news(since: tuple[Fact, ...]) -> None:
    case = given(Case, *IN_THE_OPEN, PLANNED, *since)
    plan(case)
    assert news(case) == []


@pytest.mark.parametrize("due", [NOW, NOW + MOMENT])
def test_a_follow_up_lies_ahead(due: datetime) -> None:
    case = given(Case, *IN_THE_OPEN)
    plan(case, due)
    assert kinds(case) == [Case.FollowUpPlanned]


def test_nobody_looks_again_yesterday() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(FollowUpIsInThePast):
        plan(case, NOW - MOMENT)


@pytest.mark.parametrize(("history", "refusal"), [((*UNDER_TRIAGE, TRIAGED), CaseIsNotOpen), ((*IN_THE_OPEN, CLOSED), CaseIsClosed)])
def test_only_an_open_case_is_looked_after(history: tuple[Fact, ...], refusal: type[Exception]) -> None:
    case = given(Case, *history)
    with pytest.raises(refusal):
        plan(case)


@pytest.mark.parametrize(("at", "on_time"), [(LOOK_AGAIN - MOMENT, True), (LOOK_AGAIN, True), (LOOK_AGAIN + MOMENT, False)])
def test_somebody_looked_again_in_time_or_not(at: datetime, on_time: bool) -> None:
    case = given(Case, *IN_THE_OPEN, PLANNED)
    take(case, DoFollowUp, at=at, follow_up_id=FOLLOW_UP, note=WORDS)
    assert news(case) == [fact(Case.FollowUpDone, follow_up_id=FOLLOW_UP, on_time=on_time, note=WORDS)]


def test_what_was_missed_is_still_to_be_done() -> None:
    case = given(Case, *IN_THE_OPEN, PLANNED, MISSED)
    do(case, LOOK_AGAIN + timedelta(days=2))
    assert news(case) == [fact(Case.FollowUpDone, follow_up_id=FOLLOW_UP, on_time=False, note=None)]


def test_doing_it_twice_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN, PLANNED, DONE)
    do(case)
    assert news(case) == []


def test_what_is_cancelled_is_not_done() -> None:
    case = given(Case, *IN_THE_OPEN, PLANNED, CANCELLED)
    with pytest.raises(FollowUpIsCancelled):
        do(case)


def test_what_nobody_planned_is_not_done() -> None:
    case = given(Case, *IN_THE_OPEN, PLANNED)
    with pytest.raises(ThereIsNoSuchFollowUp):
        take(case, DoFollowUp, follow_up_id=UNKNOWN)


def test_a_follow_up_is_cancelled_once() -> None:
    case = given(Case, *IN_THE_OPEN, PLANNED)
    cancel(case)
    cancel(case)
    assert news(case) == [CANCELLED]


def test_what_is_done_is_not_cancelled() -> None:
    case = given(Case, *IN_THE_OPEN, PLANNED, DONE)
    with pytest.raises(FollowUpIsDone):
        cancel(case)


@pytest.mark.parametrize(("at", "missed"), [(LOOK_AGAIN - MOMENT, []), (LOOK_AGAIN, []), (LOOK_AGAIN + MOMENT, [MISSED])])
def test_nobody_looked_again(at: datetime, missed: list[Fact]) -> None:
    case = given(Case, *QUIET, PLANNED)
    case.note_time(at)
    assert news(case) == missed


def test_a_miss_is_recorded_exactly_once_however_often_the_clock_asks() -> None:
    case = given(Case, *QUIET, PLANNED)
    for days in range(30):
        case.note_time(LOOK_AGAIN + timedelta(days=days, hours=1))
    assert news(case) == [MISSED]


def test_a_miss_that_was_recorded_stays_recorded_after_a_replay() -> None:
    case = given(Case, *QUIET, PLANNED, MISSED)
    case.note_time(LOOK_AGAIN + timedelta(days=400))
    assert news(case) == []


@pytest.mark.parametrize("since", [DONE, CANCELLED])
def test_what_was_done_or_cancelled_is_not_missed(since: Fact) -> None:
    case = given(Case, *QUIET, PLANNED, since)
    case.note_time(LOOK_AGAIN + MOMENT)
    assert news(case) == []


def test_who_moved_in_after_homelessness_is_looked_in_on_every_week_and_after_three_months() -> None:
    judged = replace(TRIAGED, facts={**TRIAGED.facts, "category": "newly_rehoused"})
    case = given(Case, *UNDER_TRIAGE, judged)
    take(case, OpenCase, handler=LEAD)
    due = sorted(each.due for each in case.follow_ups.planned.values())
    assert due == [NOW + timedelta(days=days) for days in (*range(7, 85, 7), 91)]
    assert len(due) == 13
