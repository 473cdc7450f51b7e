"""S17: somebody goes by to see whether what a neighbour told is so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import DismissConcern
from services.cases.case.rules.ending import CloseCase
from services.cases.case.rules.handling import KeepAnEye, RecordContact
from services.cases.case.rules.life import RecordDeath, RetractDeath
from services.cases.case.rules.offers import is_offered
from services.cases.case.rules.part import ThatIsNotYourPart, knows_the_place, steps_of
from services.cases.case.rules.refusals import CaseIsClosed, CaseIsNotOpen
from services.cases.case.rules.verifying import (
    CallOffVisit,
    NoVisitIsPlanned,
    PlanVisit,
    VisitIsInThePast,
    VisitIsTooFarAhead,
    VisitorDoesNotWorkHere,
    VisitorVisitsNobody,
)
from shared.ground.errors import Refusal
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.people import Role
from tests.cases.case.story import CLOSED, HOUR, IN_THE_OPEN, LEAD, NOW, REACHED, UNDER_TRIAGE, UNKNOWN, WORDS, noted, take
from tests.support.given import Fact, fact, given, kinds, news

DUE = NOW + timedelta(days=5)
VISITOR, OTHER = "staff-caretaker-7", "staff-caretaker-8"


def planned(*before: Fact) -> Case:
    case = given(Case, *(before or UNDER_TRIAGE))
    take(case, PlanVisit, visitor=VISITOR, due=DUE, colleague=Role.CARETAKER)
    return case


def ended(case: Case) -> list[bool]:
    """Each visit that is over, and whether it was made."""
    return [each.facts["was_made"] for each in news(case) if each.kind is Case.VisitEnded]


def test_who_and_until_when_stands_in_the_case_and_it_waits_for_it() -> None:
    case = planned()
    assert news(case)[-1] == fact(Case.VisitPlanned, visit_id=UNKNOWN, visitor=VISITOR, due=DUE)
    assert [(wait.kind, wait.due) for wait in case.waits() if wait.kind == "visit"] == [("visit", DUE)]
    take(case, PlanVisit, visitor=VISITOR, due=DUE, colleague=Role.CARETAKER)
    assert kinds(case).count(Case.VisitPlanned) == 1


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"colleague": None}, VisitorDoesNotWorkHere),
        ({"colleague": Role.DIRECTOR}, VisitorVisitsNobody),
        ({"due": NOW - HOUR}, VisitIsInThePast),
        ({"due": NOW + timedelta(days=32)}, VisitIsTooFarAhead),
    ],
)
def test_it_is_a_colleague_who_comes_by_and_soon(asked: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        take(given(Case, *UNDER_TRIAGE), PlanVisit, **{"visitor": VISITOR, "due": DUE, "colleague": Role.CARETAKER, **asked})


def test_given_to_somebody_else_the_first_need_not_go_and_on_another_day_it_is_the_same_visit() -> None:
    case = planned()
    take(case, PlanVisit, visitor=VISITOR, due=DUE + timedelta(days=1), colleague=Role.CARETAKER)
    assert ended(case) == []
    take(case, PlanVisit, visitor=OTHER, due=DUE, colleague=Role.CARETAKER)
    assert ended(case) == [False]
    assert case.visit is not None
    assert case.visit.visitor == OTHER


@pytest.mark.parametrize("reached", [True, False])
def test_it_ends_by_a_contact_also_before_it_is_a_case(reached: bool) -> None:
    with pytest.raises(CaseIsNotOpen):
        take(given(Case, *UNDER_TRIAGE), RecordContact, reached=reached, channel="visit")
    case = planned()
    assert is_offered(RecordContact, case)
    take(case, RecordContact, at=NOW + HOUR, reached=reached, channel="visit")
    assert ended(case) == [True]
    assert case.waits() == [wait for wait in case.waits() if wait.kind != "visit"]
    assert not is_offered(RecordContact, case)


def test_a_caretaker_who_goes_by_knows_where_and_says_what_he_saw_and_nothing_else_is_his() -> None:
    case = planned()
    assert steps_of(case, VISITOR) == {Step.KEEP_AN_EYE}
    assert knows_the_place(case, VISITOR, at=NOW)
    assert not knows_the_place(case, OTHER, at=NOW)
    with pytest.raises(ThatIsNotYourPart):
        take(case, KeepAnEye, by=Role.CARETAKER, who=OTHER, at=NOW + HOUR, text=WORDS)
    take(case, KeepAnEye, by=Role.CARETAKER, who=VISITOR, at=NOW + HOUR, text=WORDS)
    assert ended(case) == [True]
    assert steps_of(case, VISITOR) == frozenset()


def test_what_somebody_else_sees_from_the_side_line_does_not_end_it() -> None:
    case = planned(*IN_THE_OPEN)
    take(case, KeepAnEye, by=Role.CARETAKER, at=NOW + HOUR, text=WORDS)
    assert ended(case) == []


def test_it_is_called_off_once() -> None:
    case = planned()
    take(case, CallOffVisit, at=NOW + HOUR)
    assert ended(case) == [False]
    assert not is_offered(CallOffVisit, case)
    with pytest.raises(NoVisitIsPlanned):
        take(case, CallOffVisit, at=NOW + 2 * HOUR)


def test_nobody_goes_by_when_it_is_over() -> None:
    dismissed = planned()
    take(dismissed, DismissConcern, at=NOW + HOUR, reason="explained")
    closed = planned(*IN_THE_OPEN, REACHED, noted("help"))
    take(closed, CloseCase, at=NOW + HOUR, outcome="help_established")
    assert ended(dismissed) == ended(closed) == [False]
    with pytest.raises(CaseIsClosed):
        take(given(Case, *IN_THE_OPEN, CLOSED), PlanVisit, visitor=VISITOR, due=DUE)


def test_nobody_goes_by_while_nothing_reaches_out_and_it_stands_again_when_that_was_wrong() -> None:
    case = planned(*IN_THE_OPEN)
    take(case, RecordDeath, at=NOW + HOUR, on=NOW.date(), source="relative")
    assert "visit" not in {wait.kind for wait in case.waits()}
    assert not knows_the_place(case, VISITOR, at=NOW + HOUR)
    take(case, RetractDeath, at=NOW + 2 * HOUR)
    assert "visit" in {wait.kind for wait in case.waits()}
    assert case.handler == LEAD
