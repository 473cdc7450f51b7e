"""Who may take which step: the caretaker is never given social work, and the procedure decides the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import DismissConcern, SeeConcern, TriageConcern
from services.cases.case.rules.consents import GrantConsent
from services.cases.case.rules.deadlines import InformCaretaker
from services.cases.case.rules.follow_ups import DoFollowUp
from services.cases.case.rules.handling import (
    AddNote,
    AssignCase,
    ChangeSeverity,
    CloseCase,
    KeepAnEye,
    NoteResidentDetails,
    OpenCase,
    RecordContact,
    ReopenCase,
)
from services.cases.case.rules.practical_help import CompleteDamageService, PlanAccompaniment, RecordAccompaniment
from services.cases.case.rules.referrals import RecordAcknowledgement, SendReferral
from services.cases.case.rules.refusals import (
    CaretakersAreNotGivenSocialWork,
    HandlerIsNotSocialStaff,
    ProcedureGivesThisStepToOthers,
    ThisStepIsNotForCaretakers,
)
from shared.words.vocabulary.case import CARETAKER_STEPS, Step
from shared.words.vocabulary.people import Role
from tests.cases.case.story import (
    CARETAKER,
    FOLLOW_UP,
    IN_THE_OPEN,
    LEAD,
    LOOK_AGAIN,
    NOW,
    ORDER,
    ORDERED,
    PLANNED,
    REFERRAL,
    SENT,
    TRIAGED,
    UNDER,
    UNDER_TRIAGE,
    VISIT,
    WORDS,
    YES_TO_VISITATION,
    Agreed,
    take,
)  # fmt: skip
from tests.support.given import fact, given, kinds, news

OF_A_PROCEDURE = {
    Step.SEE: lambda case, by, under: take(case, SeeConcern, by=by, under=under),
    Step.TRIAGE: lambda case, by, under: take(case, TriageConcern, by=by, under=under, severity="high", category="other"),
    Step.DISMISS: lambda case, by, under: take(case, DismissConcern, by=by, under=under, reason="unfounded"),
    Step.OPEN: lambda case, by, under: take(case, OpenCase, by=by, under=under, handler=LEAD, role=Role.SOCIAL_LEAD),
    Step.ASSIGN: lambda case, by, under: take(case, AssignCase, by=by, under=under, handler="other", role=Role.SOCIAL_LEAD),
    Step.CHANGE_SEVERITY: lambda case, by, under: take(case, ChangeSeverity, by=by, under=under, severity="low"),
    Step.CONTACT: lambda case, by, under: take(case, RecordContact, by=by, under=under, reached=True, channel="visit"),
    Step.ASK_LEAVE: lambda case, by, under: take(
        case, GrantConsent, by=by, under=under, recipients=["volunteer"], wording="2026-1", how="oral", who=CARETAKER, at=NOW
    ),
    Step.REFER: lambda case, by, under: take(
        case, SendReferral, by=by, under=under, id=REFERRAL, target="municipal.visitation", channel="phone", basis="consent"
    ),
    Step.RECORD_ANSWER: lambda case, by, under: take(case, RecordAcknowledgement, by=by, under=under, referral_id=REFERRAL),
    Step.ORDER_DAMAGE_SERVICE: lambda case, by, under: take(case, CompleteDamageService, by=by, under=under, order_id=ORDER),
    Step.PLAN_ACCOMPANIMENT: lambda case, by, under: take(
        case, PlanAccompaniment, by=by, under=under, visit_id=VISIT, companion=CARETAKER, meeting_at=LOOK_AGAIN
    ),
    Step.ACCOMPANY: lambda case, by, under: take(case, RecordAccompaniment, by=by, under=under, visit_id=VISIT),
    Step.FOLLOW_UP: lambda case, by, under: take(case, DoFollowUp, by=by, under=under, at=LOOK_AGAIN, follow_up_id=FOLLOW_UP),
    Step.NOTE: lambda case, by, under: take(case, AddNote, by=by, under=under, text=WORDS),
    Step.KEEP_AN_EYE: lambda case, by, under: take(case, KeepAnEye, by=by, under=under, text=WORDS),
    Step.RESIDENT_DETAILS: lambda case, by, under: take(case, NoteResidentDetails, by=by, under=under, name=WORDS, phone=None),
    Step.INFORM_CARETAKER: lambda case, by, under: take(
        case, InformCaretaker, by=by, under=under, milestone="in_good_hands", channel="phone"
    ),
    Step.CLOSE: lambda case, by, under: take(case, CloseCase, by=by, under=under, outcome="moved"),
    Step.REOPEN: lambda case, by, under: take(case, ReopenCase, by=by, under=under),
}
"""One way to take each step there is."""

Take = Callable[[Case, Role, Agreed], None]
EVERY_STEP = pytest.mark.parametrize(("step", "take"), OF_A_PROCEDURE.items(), ids=[step.value for step in OF_A_PROCEDURE])
BEFORE_A_CASE = {Step.SEE, Step.TRIAGE, Step.DISMISS, Step.OPEN}


def somewhere(step: Step) -> Case:
    """A case in which the step can be taken by somebody who may."""
    if step == Step.SEE:
        return given(Case, UNDER_TRIAGE[0])
    if step == Step.REOPEN:
        closed = fact(Case.Closed, observation_id=VISIT, observer=CARETAKER, outcome="moved", remark=None, tell_due=LOOK_AGAIN)
        return given(Case, *IN_THE_OPEN, closed)
    if step == Step.OPEN:
        return given(Case, *UNDER_TRIAGE, TRIAGED)
    if step in BEFORE_A_CASE:
        return given(Case, *UNDER_TRIAGE)
    helped = (fact(Case.AccompanimentPlanned, visit_id=VISIT, observation_id=VISIT, companion=CARETAKER, meeting_at=NOW), ORDERED, PLANNED)
    sent = (SENT,) if step == Step.RECORD_ANSWER else ()
    return given(Case, *IN_THE_OPEN, YES_TO_VISITATION, *helped, *sent)


def test_every_step_there_is_is_tried_here() -> None:
    assert set(OF_A_PROCEDURE) == set(Step)


@EVERY_STEP
def test_social_staff_takes_every_step_the_procedure_gives_it(step: Step, take: Take) -> None:
    case = somewhere(step)
    take(case, Role.SOCIAL_LEAD, UNDER)
    assert kinds(case) != []


@EVERY_STEP
def test_the_procedure_keeps_a_step_from_a_role(step: Step, take: Take) -> None:
    case = somewhere(step)
    with pytest.raises(ProcedureGivesThisStepToOthers):
        take(case, Role.SOCIAL_CARETAKER, Agreed(refused=frozenset({(Role.SOCIAL_CARETAKER, step)})))
    assert news(case) == []


@EVERY_STEP
def test_a_caretaker_asks_leave_accompanies_keeps_an_eye_and_is_refused_all_else_whatever_the_procedure_says(
    step: Step, take: Take
) -> None:
    case = somewhere(step)
    if step in CARETAKER_STEPS:
        take(case, Role.CARETAKER, UNDER)
        assert kinds(case) != []
    else:
        with pytest.raises(ThisStepIsNotForCaretakers):
            take(case, Role.CARETAKER, UNDER)
        assert news(case) == []


@pytest.mark.parametrize("step", sorted(CARETAKER_STEPS))
def test_a_procedure_may_give_a_caretaker_less(step: Step) -> None:
    case = somewhere(step)
    with pytest.raises(ProcedureGivesThisStepToOthers):
        OF_A_PROCEDURE[step](case, Role.CARETAKER, Agreed(refused=frozenset({(Role.CARETAKER, step)})))


def test_a_case_is_not_opened_for_a_caretaker() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    with pytest.raises(CaretakersAreNotGivenSocialWork):
        take(case, OpenCase, handler=CARETAKER, role=Role.CARETAKER)
    assert news(case) == []


def test_a_case_is_not_assigned_to_a_caretaker() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(CaretakersAreNotGivenSocialWork) as refused:
        take(case, AssignCase, handler=CARETAKER, role=Role.CARETAKER)
    assert str(refused.value) == "En vicevært får ikke socialt arbejde: sagen skal ligge hos en boligsocial medarbejder."
    assert refused.value.next_step == "Vælg en boligsocial leder eller en social vicevært som sagsbehandler."


@pytest.mark.parametrize("role", [Role.COLLECTIONS_CLERK, Role.DPO, Role.AUDITOR, Role.DIRECTOR, Role.OPERATOR, Role.SYSTEM])
def test_nobody_but_social_staff_carries_a_case(role: Role) -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(HandlerIsNotSocialStaff):
        take(case, AssignCase, handler="somebody", role=role)


@pytest.mark.parametrize("role", [Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER])
def test_social_staff_carries_cases(role: Role) -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, AssignCase, handler="somebody", role=role)
    assert news(case) == [fact(Case.Assigned, handler="somebody")]
