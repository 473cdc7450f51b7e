"""A case under a procedure with office hours: what waits for the office to open, and what does not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import RaiseConcern, TriageConcern
from services.cases.case.rules.handling import ChangeSeverity, OpenCase
from services.cases.procedure.rules.in_force import ProcedureInForce
from services.cases.procedure.rules.reading import read_procedure
from shared.words.vocabulary.waiting import DeadlineKind
from tests.cases.case.story import ADDRESS, CASE, LEAD, ORIGIN, take
from tests.cases.conftest import PROCEDURE

UNDER: Any = ProcedureInForce(read_procedure(PROCEDURE.read_text(encoding="utf-8")))
FRIDAY_NIGHT = datetime(2026, 3, 6, 22, 58, tzinfo=UTC)
"""Two minutes to midnight in Denmark."""
FRIDAY, SATURDAY, TUESDAY = (datetime(2026, 3, day, 22, 59, 59, 999999, tzinfo=UTC) for day in (6, 7, 10))
MONDAY = datetime(2026, 3, 9, 22, 59, 59, 999999, tzinfo=UTC)


def raised(*signals: str, severity: str) -> Case:
    reported = RaiseConcern(
        origin=ORIGIN, signals=signals, severity=severity, consent_answer="not_asked", consent_wording="", consent_scope=(),
        address=ADDRESS, words=None,
    )  # fmt: skip
    return Case.raise_concern(reported, id=CASE, at=FRIDAY_NIGHT, under=UNDER)


@pytest.mark.parametrize(
    ("signal", "severity", "due"),
    [
        ("home.hoarding", "high", MONDAY),
        ("child.neglect", "high", FRIDAY),
        ("home.hoarding", "acute", datetime(2026, 3, 6, 23, 13, tzinfo=UTC)),
        ("child.neglect", "acute", datetime(2026, 3, 6, 23, 13, tzinfo=UTC)),
    ],
)
def test_what_arrives_at_night_waits_for_monday_unless_it_is_acute_or_about_a_child(signal: str, severity: str, due: datetime) -> None:
    assert raised(signal, severity=severity).deadlines.due_of(DeadlineKind.TRIAGE) == due


@pytest.mark.parametrize(
    ("signal", "category", "due"),
    [
        ("home.hoarding", "dwelling_condition", TUESDAY),
        ("home.hoarding", "child_welfare", SATURDAY),
        ("child.neglect", "dwelling_condition", SATURDAY),
    ],
)
def test_the_same_holds_for_the_first_contact_after_it_was_judged(signal: str, category: str, due: datetime) -> None:
    case = raised(signal, severity="high")
    take(case, TriageConcern, at=FRIDAY_NIGHT, under=UNDER, severity="high", category=category)

    assert case.deadlines.due_of(DeadlineKind.FIRST_CONTACT) == due

    take(case, OpenCase, at=FRIDAY_NIGHT, under=UNDER, handler=LEAD)
    take(case, ChangeSeverity, at=FRIDAY_NIGHT, under=UNDER, severity="low")
    take(case, ChangeSeverity, at=FRIDAY_NIGHT, under=UNDER, severity="high")
    assert case.deadlines.due_of(DeadlineKind.FIRST_CONTACT) == due


def test_what_is_judged_to_be_acute_does_not_wait() -> None:
    case = raised("home.hoarding", severity="high")
    take(case, TriageConcern, at=FRIDAY_NIGHT, under=UNDER, severity="acute", category="violence_threat")

    assert case.deadlines.due_of(DeadlineKind.FIRST_CONTACT) == datetime(2026, 3, 6, 23, 58, tzinfo=UTC)
