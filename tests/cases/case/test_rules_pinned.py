"""A case follows the version it began under until somebody moves it to the one in force."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import TriageConcern
from services.cases.case.rules.handling import ChangeSeverity
from services.cases.case.rules.pinned import MoveHasNoReason, MoveToProcedure, ThatProcedureIsNotInForce
from services.cases.case.rules.refusals import CaseIsClosed, ConcernIsDismissed, ProcedureGivesThisStepToOthers
from services.cases.case.rules.step import Taken
from shared.ground.errors import Refusal
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.waiting import DeadlineKind
from tests.cases.case.story import (
    CLOSED,
    CONTACT_DUE,
    DISMISSED,
    LEAD,
    NOW,
    OPENED,
    RAISED,
    SEEN,
    TRIAGE_DUE,
    TRIAGED,
    UNDER,
    UNKNOWN,
    WORDS,
    Agreed,
    take,
)
from tests.support.given import Fact, fact, given, kinds, news

MOVED = fact(Case.ProcedureChanged, procedure_version="2026-2", reason=WORDS)


def move(case: Case, *, to: str = "2026-2", in_force: str = "2026-2", reason: str = WORDS.text, by: Role = Role.SOCIAL_LEAD) -> None:
    taken = Taken(by=by, who=LEAD, at=NOW, recorded_at=NOW, under=UNDER, role_of=lambda _: None, in_force=in_force)
    case.take(MoveToProcedure(id=UNKNOWN, procedure_version=to, reason=reason), taken)


@pytest.mark.parametrize("before", [(RAISED,), (RAISED, SEEN, TRIAGED), (RAISED, SEEN, TRIAGED, OPENED)])
def test_a_case_is_moved_with_a_reason_and_nobody_is_said_to_have_looked_at_it(before: tuple[Fact, ...]) -> None:
    case = given(Case, *before)
    was_seen = case.is_seen

    move(case)

    assert news(case) == [MOVED]
    assert (case.procedure_version, case.is_seen) == ("2026-2", was_seen)
    move(case)
    assert kinds(case) == [Case.ProcedureChanged]


def test_what_runs_keeps_its_time_and_what_starts_afterwards_follows_the_new_version() -> None:
    class Slower(Agreed):
        def deadline(self, kind: str, *, severity: str, after: datetime, about_a_child: bool = False) -> datetime:
            return after + timedelta(days=9)

    case = given(Case, RAISED)
    move(case)
    assert case.deadlines.due_of(DeadlineKind.TRIAGE) == TRIAGE_DUE

    take(case, TriageConcern, under=Slower(version="2026-2"), severity="high", category="loneliness")
    assert case.deadlines.due_of(DeadlineKind.FIRST_CONTACT) == NOW + timedelta(days=9)

    case = given(Case, RAISED, SEEN, TRIAGED, OPENED, MOVED)
    take(case, ChangeSeverity, under=Slower(version="2026-2"), severity="medium")
    assert case.deadlines.due_of(DeadlineKind.FIRST_CONTACT) == CONTACT_DUE


@pytest.mark.parametrize(
    ("before", "asked", "refused"),
    [
        ((RAISED,), {"reason": ""}, MoveHasNoReason),
        ((RAISED,), {"reason": " \n"}, MoveHasNoReason),
        ((RAISED,), {"to": "2026-3"}, ThatProcedureIsNotInForce),
        ((RAISED,), {"to": "2025-1"}, ThatProcedureIsNotInForce),
        ((RAISED, SEEN, DISMISSED), {}, ConcernIsDismissed),
        ((RAISED, SEEN, TRIAGED, OPENED, CLOSED), {}, CaseIsClosed),
    ],
)
def test_it_is_moved_to_the_version_in_force_while_it_lasts(
    before: tuple[Fact, ...], asked: dict[str, str], refused: type[Refusal]
) -> None:
    case = given(Case, *before)

    with pytest.raises(refused):
        move(case, **asked)  # type: ignore[arg-type]
    assert kinds(case) == []


def test_under_a_procedure_that_does_not_name_it_only_the_lead_moves_a_case() -> None:
    under = Agreed(refused=frozenset({(Role.SOCIAL_CARETAKER, Step.MOVE_TO_PROCEDURE)}))
    case = given(Case, RAISED)
    taken = Taken(
        by=Role.SOCIAL_CARETAKER, who=LEAD, at=NOW, recorded_at=NOW, under=under, role_of=lambda _: None, in_force="2026-2"
    )  # fmt: skip

    with pytest.raises(ProcedureGivesThisStepToOthers):
        case.take(MoveToProcedure(id=UNKNOWN, procedure_version="2026-2", reason="Ny frist."), taken)


@pytest.mark.parametrize(("movers", "refused"), [({"social_lead"}, None), ({"social_caretaker"}, ProcedureGivesThisStepToOthers)])
def test_who_may_move_it_is_not_asked_of_the_version_it_is_to_leave(movers: set[str], refused: type[Refusal] | None) -> None:
    under = Agreed(refused=frozenset({(Role.SOCIAL_LEAD, Step.MOVE_TO_PROCEDURE)}) if refused is None else frozenset())
    case, asked = given(Case, RAISED), MoveToProcedure(id=UNKNOWN, procedure_version="2026-2", reason=WORDS.text)
    taken = Taken(
        by=Role.SOCIAL_LEAD, who=LEAD, at=NOW, recorded_at=NOW, under=under, role_of=lambda _: None, in_force="2026-2", movers=movers
    )  # fmt: skip
    if refused is None:
        case.take(asked, taken)
        assert news(case) == [MOVED]
        return
    with pytest.raises(refused):
        case.take(asked, taken)
