"""The damage service and the known face that comes along."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.consents import ConsentWasWithdrawn, NoConsentCoversThis, ReasonIsMissing
from services.cases.case.rules.practical_help import (
    CompleteDamageService,
    MeetingIsInThePast,
    OrderDamageService,
    PlanAccompaniment,
    RecordAccompaniment,
    ThereIsNoSuchOrder,
    ThereIsNoSuchVisit,
)
from services.cases.case.rules.refusals import CaseIsNotOpen
from shared.privacy.personal import Personal
from shared.words.vocabulary.people import Role
from tests.cases.case.story import (
    CARETAKER,
    CLOSED,
    HOME,
    HOUR,
    IN_THE_OPEN,
    LEAD,
    MOMENT,
    NOW,
    OBSERVATION,
    ORDER,
    ORDERED,
    TRIAGED,
    UNDER_TRIAGE,
    UNKNOWN,
    VISIT,
    WORDS,
    YES_TO_DAMAGE_SERVICE,
    YES_TO_VISITATION,
    take,
)  # fmt: skip
from tests.support.given import fact, given, kinds, news

MEETING = NOW + HOUR
ALONG = fact(Case.AccompanimentPlanned, visit_id=VISIT, observation_id=OBSERVATION, companion=CARETAKER, meeting_at=MEETING)
WAS_THERE = fact(Case.AccompanimentDone, visit_id=VISIT, companion=CARETAKER)


def order(case: Case, *, basis: str = "consent", reason: Personal | None = None) -> None:
    take(case, OrderDamageService, id=ORDER, basis=basis, basis_reason=reason)  # fmt: skip


def plan(case: Case, *, companion: str = CARETAKER, meeting_at: datetime = MEETING) -> None:
    take(case, PlanAccompaniment, visit_id=VISIT, companion=companion, meeting_at=meeting_at)


def test_the_damage_service_is_sent_to_the_home_when_the_resident_said_yes() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_DAMAGE_SERVICE)
    order(case)
    assert news(case) == [fact(Case.DamageServiceOrdered, order_id=ORDER, unit_id=HOME, basis="consent", basis_reason=None)]


def test_the_same_order_again_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_DAMAGE_SERVICE, ORDERED)
    order(case)
    assert news(case) == []


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ((), NoConsentCoversThis),
        ((YES_TO_VISITATION,), NoConsentCoversThis),
        (
            (
                YES_TO_DAMAGE_SERVICE,
                fact(Case.ConsentWithdrawn, recipient="damage_service", how="oral", told_to=LEAD, already_shared=False),
            ),
            ConsentWasWithdrawn,
        ),
    ],
)
def test_nobody_is_sent_without_leave(answers: tuple[Any, ...], refusal: type[Exception]) -> None:
    case = given(Case, *IN_THE_OPEN, *answers)
    with pytest.raises(refusal):
        order(case)


def test_danger_to_life_stands_in_for_leave_when_it_is_reasoned() -> None:
    case = given(Case, *IN_THE_OPEN)
    order(case, basis="vital_interest", reason=WORDS)
    assert kinds(case) == [Case.DamageServiceOrdered]


def test_danger_to_life_is_reasoned() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(ReasonIsMissing):
        order(case, basis="vital_interest")


def test_orders_belong_to_a_case() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED, YES_TO_DAMAGE_SERVICE)
    with pytest.raises(CaseIsNotOpen):
        order(case)


@pytest.mark.parametrize("after", [(), (CLOSED,)])
def test_what_was_ordered_is_completed_once_also_after_the_end(after: tuple[Any, ...]) -> None:
    case = given(Case, *IN_THE_OPEN, ORDERED, *after)
    for _ in range(2):
        take(case, CompleteDamageService, order_id=ORDER)
    assert news(case) == [fact(Case.DamageServiceCompleted, order_id=ORDER)]


def test_what_was_not_ordered_is_not_completed() -> None:
    case = given(Case, *IN_THE_OPEN, ORDERED)
    with pytest.raises(ThereIsNoSuchOrder):
        take(case, CompleteDamageService, order_id=UNKNOWN)


def test_the_caretaker_is_asked_to_come_along() -> None:
    case = given(Case, *IN_THE_OPEN)
    plan(case)
    assert news(case) == [ALONG]


def test_the_same_plan_again_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN, ALONG)
    plan(case)
    assert news(case) == []


@pytest.mark.parametrize("changed", [{"companion": LEAD}, {"meeting_at": MEETING + HOUR}])
def test_a_meeting_is_moved_and_a_companion_changed(changed: dict[str, Any]) -> None:
    case = given(Case, *IN_THE_OPEN, ALONG)
    plan(case, **changed)
    assert news(case) == [fact(Case.AccompanimentPlanned, **{**ALONG.facts, **changed})]


@pytest.mark.parametrize(("meeting_at", "is_refused"), [(NOW - MOMENT, True), (NOW, False), (NOW + MOMENT, False)])
def test_a_meeting_lies_ahead(meeting_at: datetime, is_refused: bool) -> None:
    case = given(Case, *IN_THE_OPEN)
    if is_refused:
        with pytest.raises(MeetingIsInThePast):
            plan(case, meeting_at=meeting_at)
    else:
        plan(case, meeting_at=meeting_at)
    assert len(news(case)) == (0 if is_refused else 1)


def test_meetings_belong_to_a_case() -> None:
    case = given(Case, *UNDER_TRIAGE)
    with pytest.raises(CaseIsNotOpen):
        plan(case)


def test_the_caretaker_says_himself_that_he_was_there() -> None:
    case = given(Case, *IN_THE_OPEN, ALONG)
    take(case, RecordAccompaniment, by=Role.CARETAKER, at=MEETING, visit_id=VISIT)
    assert news(case) == [WAS_THERE]


def test_having_been_there_twice_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN, ALONG, WAS_THERE)
    take(case, RecordAccompaniment, by=Role.CARETAKER, visit_id=VISIT)
    assert news(case) == []


def test_a_meeting_that_took_place_is_not_moved() -> None:
    case = given(Case, *IN_THE_OPEN, ALONG, WAS_THERE)
    plan(case, meeting_at=MEETING + HOUR)
    assert news(case) == []


def test_nobody_was_at_a_meeting_that_was_not_planned() -> None:
    case = given(Case, *IN_THE_OPEN, ALONG)
    with pytest.raises(ThereIsNoSuchVisit):
        take(case, RecordAccompaniment, by=Role.CARETAKER, visit_id=UNKNOWN)
