"""The known face that comes along to a meeting."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.cases.case.rules.accompaniment import (
    AgreeToAccompany,
    CompanionDoesNotWorkHere,
    CompanionSaidNo,
    CompanionTakesNoSuchStep,
    DeclineToAccompany,
    MeetingIsInThePast,
    MeetingIsOver,
    MeetingWasMoved,
    PlanAccompaniment,
    RecordAccompaniment,
    ThereIsNoSuchVisit,
    ThisIsNotYourMeeting,
)
from services.cases.case.rules.case import Case
from services.cases.case.rules.ending import CloseCase
from services.cases.case.rules.offers import next_step
from services.cases.case.rules.refusals import CaseIsClosed, CaseIsNotOpen, ItWasBeforeThat
from services.cases.case.rules.step import StepRequest
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.people import Role
from tests.cases.case.story import (
    CARETAKER,
    CLOSED,
    HOUR,
    IN_THE_OPEN,
    LEAD,
    MOMENT,
    NOW,
    OBSERVATION,
    REACHED,
    UNDER_TRIAGE,
    UNKNOWN,
    VISIT,
    Agreed,
    take,
)
from tests.support.given import EARLIER, fact, given, kinds, news

MEETING = NOW + HOUR
ALONG = fact(Case.AccompanimentPlanned, visit_id=VISIT, observation_id=OBSERVATION, companion=CARETAKER, meeting_at=MEETING)
COMES = fact(Case.AccompanimentAgreed, visit_id=VISIT, companion=CARETAKER, handler=LEAD)
DOES_NOT_COME = fact(Case.AccompanimentDeclined, visit_id=VISIT, companion=CARETAKER, handler=LEAD)
WAS_THERE = fact(Case.AccompanimentDone, visit_id=VISIT, companion=CARETAKER)


def plan(case: Case, *, companion: str = CARETAKER, meeting_at: datetime = MEETING) -> None:
    take(case, PlanAccompaniment, id=VISIT, companion=companion, meeting_at=meeting_at)


def test_the_caretaker_is_asked_to_come_along() -> None:
    case = given(Case, *IN_THE_OPEN)
    plan(case)
    assert news(case) == [ALONG]


def test_the_same_plan_again_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN, ALONG)
    plan(case)
    assert news(case) == []


def test_a_meeting_is_moved() -> None:
    case = given(Case, *IN_THE_OPEN, ALONG)
    plan(case, meeting_at=MEETING + HOUR)
    assert news(case) == [fact(Case.AccompanimentPlanned, **{**ALONG.facts, "meeting_at": MEETING + HOUR})]


@pytest.mark.parametrize(("answered", "is_released"), [((), True), ((COMES,), True), ((DOES_NOT_COME,), False)])
def test_another_companion_is_asked_and_who_might_have_come_is_released(answered: tuple[Any, ...], is_released: bool) -> None:
    case = given(Case, *IN_THE_OPEN, ALONG, *answered)
    plan(case, companion=LEAD)
    asked = fact(Case.AccompanimentPlanned, **{**ALONG.facts, "companion": LEAD})
    released = fact(Case.CompanionReleased, observation_id=OBSERVATION, observer=CARETAKER, visit_id=VISIT, companion=CARETAKER)
    assert news(case) == [*([released] if is_released else []), asked]
    assert case.meetings.companions() == [LEAD]


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


@pytest.mark.parametrize("who", [CARETAKER, LEAD])
@pytest.mark.parametrize(("answer", "said"), [(AgreeToAccompany, COMES), (DeclineToAccompany, DOES_NOT_COME)])
def test_the_companion_says_yes_or_no_or_whoever_he_told_notes_it(answer: type[StepRequest], said: Any, who: str) -> None:
    case = given(Case, *IN_THE_OPEN, ALONG)
    by = Role.CARETAKER if who == CARETAKER else Role.SOCIAL_LEAD
    for _ in range(2):
        take(case, answer, by=by, who=who, visit_id=VISIT, planned_for=MEETING)
    assert news(case) == [said]


@pytest.mark.parametrize(
    ("before", "answer", "said"), [(COMES, DeclineToAccompany, DOES_NOT_COME), (DOES_NOT_COME, AgreeToAccompany, COMES)]
)
def test_somebody_changes_their_mind(before: Any, answer: type[StepRequest], said: Any) -> None:
    case = given(Case, *IN_THE_OPEN, ALONG, before)
    take(case, answer, by=Role.CARETAKER, visit_id=VISIT)
    assert news(case) == [said]


@pytest.mark.parametrize("moved", [{"meeting_at": MEETING + HOUR}, {"companion": "staff-caretaker-2"}])
def test_a_meeting_that_is_moved_is_asked_about_anew(moved: dict[str, Any]) -> None:
    case = given(Case, *IN_THE_OPEN, ALONG, COMES)
    plan(case, **moved)
    assert case.meetings.visits[VISIT].comes is None
    assert case.meetings.visits[VISIT].changed_in == case.version


@pytest.mark.parametrize("answer", [AgreeToAccompany, DeclineToAccompany])
def test_an_answer_to_another_time_is_no_answer_to_this_one(answer: type[StepRequest]) -> None:
    case = given(Case, *IN_THE_OPEN, ALONG)
    with pytest.raises(MeetingWasMoved):
        take(case, answer, by=Role.CARETAKER, visit_id=VISIT, planned_for=MEETING - HOUR)
    assert news(case) == []


@pytest.mark.parametrize("answer", [AgreeToAccompany, DeclineToAccompany, RecordAccompaniment])
def test_a_caretaker_speaks_of_his_own_meetings_only(answer: type[StepRequest]) -> None:
    case = given(Case, *IN_THE_OPEN, fact(Case.AccompanimentPlanned, **{**ALONG.facts, "companion": "staff-caretaker-2"}))
    with pytest.raises(ThisIsNotYourMeeting):
        take(case, answer, by=Role.CARETAKER, at=MEETING, visit_id=VISIT)
    assert news(case) == []


@pytest.mark.parametrize("answer", [AgreeToAccompany, DeclineToAccompany])
@pytest.mark.parametrize(
    ("happened", "refusal"),
    [((), ThereIsNoSuchVisit), ((ALONG, WAS_THERE), MeetingIsOver), ((ALONG, CLOSED), CaseIsClosed)],
)
def test_there_is_something_to_answer(answer: type[StepRequest], happened: tuple[Any, ...], refusal: type[Exception]) -> None:
    case = given(Case, *IN_THE_OPEN, *happened)
    with pytest.raises(refusal):
        take(case, answer, by=Role.CARETAKER, visit_id=VISIT)


def test_nobody_answers_before_they_were_asked() -> None:
    case = given(Case, *IN_THE_OPEN, ALONG)
    with pytest.raises(ItWasBeforeThat):
        take(case, AgreeToAccompany, by=Role.CARETAKER, at=EARLIER - HOUR, visit_id=VISIT)


def test_after_a_no_somebody_else_is_to_be_asked() -> None:
    case = given(Case, *IN_THE_OPEN, REACHED, ALONG)
    assert next_step(case, at=NOW) is not PlanAccompaniment
    case = given(Case, *IN_THE_OPEN, REACHED, ALONG, DOES_NOT_COME)
    assert next_step(case, at=NOW) is PlanAccompaniment


@pytest.mark.parametrize(("role", "refusal"), [(None, CompanionDoesNotWorkHere), (Role.DIRECTOR, CompanionTakesNoSuchStep)])
def test_only_those_who_may_come_along_are_asked(role: Role | None, refusal: type[Exception]) -> None:
    case = given(Case, *IN_THE_OPEN)
    under = Agreed(refused=frozenset({(Role.DIRECTOR, Step.ACCOMPANY)}))
    with pytest.raises(refusal):
        take(case, PlanAccompaniment, colleague=role, under=under, companion="somebody", meeting_at=MEETING)
    assert news(case) == []


def test_closing_releases_whoever_might_have_come_to_a_meeting_ahead() -> None:
    case = given(Case, *IN_THE_OPEN, REACHED, ALONG, COMES)
    take(case, CloseCase, outcome="unfounded")
    assert kinds(case) == [Case.CompanionReleased, Case.Closed]
    assert case.meetings.companions() == []
    assert case.meetings.called_off[VISIT, CARETAKER].comes is False
    assert case.meetings.called_off[VISIT, CARETAKER].changed_in == case.version - 1


@pytest.mark.parametrize(("answered", "at"), [(DOES_NOT_COME, NOW), (COMES, MEETING)])
def test_closing_calls_nobody_off_who_said_no_or_whose_meeting_was(answered: Any, at: datetime) -> None:
    case = given(Case, *IN_THE_OPEN, REACHED, ALONG, answered)
    take(case, CloseCase, outcome="unfounded", at=at)
    assert kinds(case) == [Case.Closed]


def test_a_meeting_is_not_held_with_somebody_who_said_no() -> None:
    case = given(Case, *IN_THE_OPEN, ALONG, DOES_NOT_COME)
    assert not RecordAccompaniment.makes_sense(case)
    with pytest.raises(CompanionSaidNo):
        take(case, RecordAccompaniment, at=MEETING, visit_id=VISIT)


def test_a_meeting_of_another_case_is_not_moved_in_this_one() -> None:
    case = given(Case, *IN_THE_OPEN, ALONG)
    with pytest.raises(ThereIsNoSuchVisit):
        take(case, PlanAccompaniment, visit_id=UNKNOWN, companion=CARETAKER, meeting_at=MEETING)
    assert news(case) == []


def test_who_said_no_has_no_part_any_more() -> None:
    case = given(Case, *IN_THE_OPEN, ALONG, DOES_NOT_COME)
    assert case.meetings.companions() == []
