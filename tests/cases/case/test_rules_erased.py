"""Whoever a case was about is erased: it is over, whatever it waited for, and nobody takes a step in it any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.erased import end_as_erased
from services.cases.case.rules.handling import AddNote, RecordContact
from services.cases.case.rules.life import RecordDeath
from services.cases.case.rules.offers import is_offered, next_step
from services.cases.case.rules.queue import standing
from services.cases.case.rules.refusals import CaseIsErased
from services.cases.case.steps import STEPS
from shared.words.vocabulary.case import ENDED, Status
from tests.cases.case.story import IN_THE_OPEN, NOW, ORDERED, PLANNED, SENT, UNDER_TRIAGE, YES_TO_DAMAGE_SERVICE, YES_TO_VISITATION, take
from tests.support.given import Fact, given, kinds

RUNNING = (*IN_THE_OPEN, YES_TO_VISITATION, YES_TO_DAMAGE_SERVICE, SENT, ORDERED, PLANNED)


@pytest.mark.parametrize("story", [UNDER_TRIAGE, IN_THE_OPEN, RUNNING])
def test_erased_it_waits_for_nothing_and_misses_nothing(story: tuple[Fact, ...]) -> None:
    case = given(Case, *story)
    end_as_erased(case)
    end_as_erased(case)
    assert kinds(case) == [Case.Erased]
    case.note_time(NOW + timedelta(days=60))
    assert kinds(case) == [Case.Erased]
    assert case.waits() == []
    stands = standing(case.waits(), status=case.status, severity="acute")
    assert (stands.is_over, stands.overdue_after, stands.due_on) == (True, None, None)
    assert next_step(case, at=NOW) is None
    assert Status.ERASED in ENDED
    assert not [step for step in STEPS.values() if is_offered(step, case)]


def test_what_stood_still_or_was_frozen_ends_too() -> None:
    case = given(Case, *RUNNING)
    take(case, RecordDeath, on=NOW.date(), source="relative")
    end_as_erased(case)
    assert case.waits() == []
    assert not case.life.stopped_by


def test_no_step_is_taken_in_it() -> None:
    case = given(Case, *IN_THE_OPEN)
    end_as_erased(case)
    for step, said in ((RecordContact, {"reached": True, "channel": "phone"}), (AddNote, {"text": "Et notat"})):
        with pytest.raises(CaseIsErased):
            take(case, step, **said)
