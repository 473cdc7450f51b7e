"""The damage service and the known face that comes along."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.consents import ConsentWasWithdrawn, NoConsentCoversThis, ReasonIsMissing
from services.cases.case.rules.offers import next_step
from services.cases.case.rules.practical_help import (
    AgreeToAccompany,
    CompanionDoesNotWorkHere,
    CompanionTakesNoSuchStep,
    CompleteDamageService,
    DeclineToAccompany,
    LetDamageServiceIn,
    MeetingIsInThePast,
    MeetingIsOver,
    MeetingWasMoved,
    OnlyLeaveIsForCaretakers,
    OrderDamageService,
    PlanAccompaniment,
    RecordAccompaniment,
    ThereIsNoSuchOrder,
    ThereIsNoSuchVisit,
    ThisIsNotYourMeeting,
)
from services.cases.case.rules.refusals import CaseIsClosed, CaseIsNotOpen, ItWasBeforeThat
from services.cases.case.rules.step import StepRequest
from shared.privacy.personal import Personal
from shared.words.vocabulary.case import Step
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
    REACHED,
    TRIAGED,
    UNDER_TRIAGE,
    UNKNOWN,
    VISIT,
    WORDS,
    YES_TO_DAMAGE_SERVICE,
    YES_TO_VISITATION,
    Agreed,
    take,
)  # fmt: skip
from tests.support.given import EARLIER, fact, given, kinds, news

MEETING = NOW + HOUR
ALONG = fact(Case.AccompanimentPlanned, visit_id=VISIT, observation_id=OBSERVATION, companion=CARETAKER, meeting_at=MEETING)
COMES = fact(Case.AccompanimentAgreed, visit_id=VISIT, companion=CARETAKER, handler=LEAD)
DOES_NOT_COME = fact(Case.AccompanimentDeclined, visit_id=VISIT, companion=CARETAKER, handler=LEAD)
LET_IN = fact(Case.DamageServiceLetIn, order_id=ORDER)
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
    assert case.practical_help.companions() == [LEAD]


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
    assert case.practical_help.visits[VISIT].comes is None
    assert case.practical_help.visits[VISIT].planned_in == case.version


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
        take(case, PlanAccompaniment, role=role, under=under, companion="somebody", meeting_at=MEETING)
    assert news(case) == []


def test_the_caretaker_orders_the_damage_service_as_the_others_do() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_DAMAGE_SERVICE)
    take(case, OrderDamageService, by=Role.CARETAKER, id=ORDER)
    assert news(case) == [ORDERED]


def test_the_caretaker_orders_on_the_residents_yes_and_on_nothing_else() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(NoConsentCoversThis):
        take(case, OrderDamageService, by=Role.CARETAKER)
    with pytest.raises(OnlyLeaveIsForCaretakers):
        take(case, OrderDamageService, by=Role.CARETAKER, basis="vital_interest", basis_reason=WORDS)
    assert news(case) == []


@pytest.mark.parametrize("by", [Role.CARETAKER, Role.SOCIAL_LEAD])
@pytest.mark.parametrize("after", [(), (CLOSED,)])
def test_the_damage_service_is_let_in_once_and_is_not_done_by_that(by: Role, after: tuple[Any, ...]) -> None:
    case = given(Case, *IN_THE_OPEN, ORDERED, *after)
    for _ in range(2):
        take(case, LetDamageServiceIn, by=by, order_id=ORDER)
    assert news(case) == [LET_IN]
    assert case.practical_help.open_orders() == [ORDER]
    assert not LetDamageServiceIn.makes_sense(case)


def test_nobody_is_let_in_who_was_not_ordered() -> None:
    case = given(Case, *IN_THE_OPEN, ORDERED)
    with pytest.raises(ThereIsNoSuchOrder):
        take(case, LetDamageServiceIn, by=Role.CARETAKER, order_id=UNKNOWN)
    with pytest.raises(ItWasBeforeThat):
        take(case, LetDamageServiceIn, by=Role.CARETAKER, at=EARLIER - HOUR, order_id=ORDER)
