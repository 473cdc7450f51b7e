"""Who may take which step: the caretaker is never given social work, and the procedure decides the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from services.cases.case.rules.accompaniment import RecordAccompaniment
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import TriageConcern
from services.cases.case.rules.consents import GrantConsent
from services.cases.case.rules.damage_service import LetDamageServiceIn, OrderDamageService
from services.cases.case.rules.handling import AssignCase, KeepAnEye, OpenCase
from services.cases.case.rules.part import ThatIsNotYourPart
from services.cases.case.rules.refusals import (
    CaretakersAreNotGivenSocialWork,
    HandlerIsNotSocialStaff,
    ProcedureGivesThisStepToOthers,
    StandInComesLater,
    ThisStepIsNotForCaretakers,
)
from services.cases.case.rules.step import StepRequest, Taken
from services.cases.case.steps import STEPS
from shared.words.vocabulary.case import CARETAKER_STEPS, COMPANION_STEPS, TAKEN_WHATEVER_IS_AGREED, Step
from shared.words.vocabulary.people import Role
from tests.cases.case.story import (
    CARETAKER,
    IN_THE_OPEN,
    NOW,
    ORDER,
    ORDERED,
    RAISED,
    TRIAGED,
    UNDER_TRIAGE,
    UNKNOWN,
    VISIT,
    WORDS,
    YES_TO_DAMAGE_SERVICE,
    Agreed,
    take,
)
from tests.support.given import Fact, fact, given, kinds, news

EVERY_STEP = pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)


def nobody(colleague: str) -> None:
    raise AssertionError(f"what {colleague} is here was asked before whether the step may be taken")


def ask(case: Case, step: type[StepRequest], *, by: Role, under: Agreed) -> None:
    """Ask for a step without saying anything: whoever looks at more than who asks stumbles."""
    case.take(step.model_construct(id=UNKNOWN), Taken(by=by, who="somebody", at=NOW, recorded_at=NOW, under=under, role_of=nobody))


@EVERY_STEP
@pytest.mark.parametrize("role", [Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER])
def test_the_procedure_keeps_a_step_from_a_role_before_anything_else_is_looked_at(step: type[StepRequest], role: Role) -> None:
    if role in TAKEN_WHATEVER_IS_AGREED.get(step.STEP, ()):
        return
    case = given(Case, RAISED)
    with pytest.raises(ProcedureGivesThisStepToOthers):
        ask(case, step, by=role, under=Agreed(refused=frozenset({(role, step.STEP)})))
    assert news(case) == []


@EVERY_STEP
def test_a_caretaker_is_refused_social_work_whatever_the_procedure_says_and_may_be_given_less(step: type[StepRequest]) -> None:
    case, is_theirs = given(Case, RAISED), step.STEP in CARETAKER_STEPS
    with pytest.raises(ProcedureGivesThisStepToOthers if is_theirs else ThisStepIsNotForCaretakers):
        ask(case, step, by=Role.CARETAKER, under=Agreed(refused=frozenset({(Role.CARETAKER, step.STEP)} if is_theirs else ())))
    assert news(case) == []


OF_A_CARETAKER: dict[Step, Callable[[Case, Role, str], None]] = {
    Step.ASK_LEAVE: lambda case, by, who: take(case, GrantConsent, by=by, who=who, recipients=["gp"], wording="2026-1", how="oral"),
    Step.ACCOMPANY: lambda case, by, who: take(case, RecordAccompaniment, by=by, who=who, visit_id=VISIT),
    Step.KEEP_AN_EYE: lambda case, by, who: take(case, KeepAnEye, by=by, who=who, text=WORDS),
    Step.ORDER_DAMAGE_SERVICE: lambda case, by, who: take(case, OrderDamageService, by=by, who=who),
    Step.LET_IN: lambda case, by, who: take(case, LetDamageServiceIn, by=by, who=who, order_id=ORDER),
}
"""What a caretaker may do; every other step is taken by the lead in the tests of its part."""


HIS_PART = (*IN_THE_OPEN, YES_TO_DAMAGE_SERVICE)


def along(companion: str) -> Fact:
    """Somebody is asked along to a meeting that is about to begin; whoever was asked before is not any more."""
    return fact(Case.AccompanimentPlanned, visit_id=VISIT, observation_id=VISIT, companion=companion, meeting_at=NOW)


@pytest.mark.parametrize("by", [Role.CARETAKER, Role.SOCIAL_CARETAKER, Role.SOCIAL_LEAD])
@pytest.mark.parametrize("step", sorted(CARETAKER_STEPS))
def test_a_caretaker_takes_the_steps_that_are_his_as_the_others_do(step: Step, by: Role) -> None:
    ordered = (ORDERED,) if step == Step.LET_IN else ()
    case = given(Case, *HIS_PART, *ordered, along(CARETAKER))
    OF_A_CARETAKER[step](case, by, "")
    assert kinds(case) != []


@pytest.mark.parametrize("step", sorted(CARETAKER_STEPS))
def test_a_companion_who_did_not_see_it_comes_along_and_keeps_an_eye_and_no_more(step: Step) -> None:
    case = given(Case, *HIS_PART, along("staff-caretaker-2"))
    if step in COMPANION_STEPS:
        OF_A_CARETAKER[step](case, Role.CARETAKER, "staff-caretaker-2")
    else:
        with pytest.raises(ThatIsNotYourPart):
            OF_A_CARETAKER[step](case, Role.CARETAKER, "staff-caretaker-2")
    assert len(kinds(case)) == (step in COMPANION_STEPS)


@pytest.mark.parametrize("who", ["staff-caretaker-2", "staff-caretaker-3"])
@pytest.mark.parametrize("step", sorted(CARETAKER_STEPS))
def test_a_caretaker_who_neither_saw_it_nor_is_asked_along_has_no_part_in_it(step: Step, who: str) -> None:
    case = given(Case, *HIS_PART, along("staff-caretaker-2"), along("staff-caretaker-4"))
    with pytest.raises(ThatIsNotYourPart):
        OF_A_CARETAKER[step](case, Role.CARETAKER, who)
    assert news(case) == []


def test_a_case_is_not_opened_for_a_caretaker() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    with pytest.raises(CaretakersAreNotGivenSocialWork):
        take(case, OpenCase, handler=CARETAKER, colleague=Role.CARETAKER)
    assert news(case) == []


def test_a_case_is_not_assigned_to_a_caretaker() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(CaretakersAreNotGivenSocialWork) as refused:
        take(case, AssignCase, handler=CARETAKER, colleague=Role.CARETAKER)
    assert str(refused.value) == "En vicevært får ikke socialt arbejde: sagen skal ligge hos en boligsocial medarbejder."
    assert refused.value.next_step == "Vælg en boligsocial leder eller en social vicevært som sagsbehandler."


@pytest.mark.parametrize("role", [Role.COLLECTIONS_CLERK, Role.DPO, Role.AUDITOR, Role.DIRECTOR, Role.OPERATOR, Role.SYSTEM])
def test_nobody_but_social_staff_carries_a_case(role: Role) -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(HandlerIsNotSocialStaff):
        take(case, AssignCase, handler="somebody", colleague=role)


@pytest.mark.parametrize("role", [Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER])
def test_social_staff_carries_cases(role: Role) -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, AssignCase, handler="somebody", colleague=role)
    assert news(case) == [fact(Case.Assigned, handler="somebody")]


A_DAY = timedelta(days=1)
STEPS_IN = Agreed(
    refused=frozenset({(Role.SOCIAL_CARETAKER, Step.OPEN), (Role.CARETAKER, Step.OPEN)}),
    steps_in=frozenset({(Role.SOCIAL_CARETAKER, Step.OPEN), (Role.CARETAKER, Step.OPEN)}),
)


def test_who_steps_in_by_the_procedure_waits_its_time_and_then_may() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    opening = partial(take, case, OpenCase, by=Role.SOCIAL_CARETAKER, under=STEPS_IN, handler="staff-social-caretaker-1")
    with pytest.raises(StandInComesLater):
        opening(waiting_since=NOW - A_DAY)
    opening(waiting_since=NOW - A_DAY - timedelta(seconds=1))
    assert Case.Opened in kinds(case)


def test_nobody_steps_in_where_somebody_has_it_or_the_procedure_says_nothing() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    with pytest.raises(ProcedureGivesThisStepToOthers):
        take(case, OpenCase, by=Role.SOCIAL_CARETAKER, under=STEPS_IN, handler=CARETAKER)
    none = Agreed(refused=STEPS_IN.refused)
    with pytest.raises(ProcedureGivesThisStepToOthers):
        take(case, OpenCase, by=Role.SOCIAL_CARETAKER, under=none, waiting_since=NOW - 9 * A_DAY, handler=CARETAKER)


def test_a_caretaker_never_steps_in_whatever_a_procedure_says() -> None:
    with pytest.raises(ThisStepIsNotForCaretakers):
        take(given(Case, *UNDER_TRIAGE, TRIAGED), OpenCase, by=Role.CARETAKER, under=STEPS_IN, waiting_since=NOW - 9 * A_DAY, handler="x")


ACUTE = fact(Case.Triaged, **{**TRIAGED.facts, "severity": "acute"})


def test_on_call_what_is_acute_is_opened_at_once_whoever_the_procedure_gives_it_to() -> None:
    on_call: dict[str, Any] = {
        "by": Role.SOCIAL_CARETAKER,
        "who": "staff-night-1",
        "under": Agreed(refused=STEPS_IN.refused),
        "handler": "staff-night-1",
    }
    case = given(Case, *UNDER_TRIAGE, ACUTE)
    with pytest.raises(ProcedureGivesThisStepToOthers):
        take(case, OpenCase, **on_call)
    with pytest.raises(ProcedureGivesThisStepToOthers):
        take(given(Case, *UNDER_TRIAGE, TRIAGED), OpenCase, **on_call, is_on_call=True)
    take(case, OpenCase, **on_call, is_on_call=True)
    assert Case.Opened in kinds(case)


@pytest.mark.parametrize("by", [Role.CARETAKER, Role.DPO, Role.COLLECTIONS_CLERK])
def test_on_call_nobody_takes_social_work_who_is_not_there_for_it(by: Role) -> None:
    refused = Agreed(refused=frozenset({(by, Step.OPEN)}))
    with pytest.raises((ThisStepIsNotForCaretakers, ProcedureGivesThisStepToOthers)):
        take(given(Case, *UNDER_TRIAGE, ACUTE), OpenCase, by=by, under=refused, handler="x", is_on_call=True)


def test_who_judged_it_on_call_may_open_it_although_it_is_not_acute_any_more_and_nobody_else_on_call() -> None:
    case = given(Case, *UNDER_TRIAGE, ACUTE)
    under = Agreed(refused=STEPS_IN.refused)
    on_call: dict[str, Any] = {"by": Role.SOCIAL_CARETAKER, "under": under, "is_on_call": True}
    take(case, TriageConcern, **on_call, who="staff-night-1", severity="medium", category="elderly_care")
    assert case.attended_by == "staff-night-1"
    with pytest.raises(ProcedureGivesThisStepToOthers):
        take(case, OpenCase, **on_call, who="staff-night-2", handler="staff-night-2")
    take(case, OpenCase, **on_call, who="staff-night-1", handler="staff-night-1")
    assert (case.handler, case.attended_by) == ("staff-night-1", "")
