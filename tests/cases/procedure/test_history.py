"""A procedure that was adopted stays readable and answers every question, whatever comes later; adopting it then is refused.

One that names what nobody knows is what a text is to a release that knows less than the one it was adopted under.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.cases.procedure.rules.in_force import ProcedureInForce
from services.cases.procedure.rules.reading import ProcedureIsNotUnderstood, read_adopted, read_procedure
from shared.ground.working_days import add_working_days
from shared.words.code import Since
from shared.words.vocabulary.case import SAID_MEANWHILE, TAKEN_MEANWHILE, Milestone, Step
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.waiting import RUNS_MEANWHILE, DeadlineKind
from tests.cases.procedure.older import OLD, TEXT, without

MONDAY = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)


def old() -> ProcedureInForce:
    return ProcedureInForce(read_adopted(OLD))


def problems_of(text: str) -> set[str]:
    with pytest.raises(ProcedureIsNotUnderstood) as refused:
        read_procedure(text)
    return {f"{problem.place}: {problem.reason}" for problem in refused.value.problems}


def test_adopting_an_old_text_is_refused_and_everything_that_is_missing_is_named() -> None:
    assert problems_of(OLD) == {
        "steps.note: mangler",
        "notices.closed: mangler",
        "clocks.tell_caretaker: mangler",
        *(f"clocks.{kind}.high: mangler" for kind in DeadlineKind if kind != DeadlineKind.TELL_CARETAKER),
        "follow_up_days.high: mangler",
    }


def test_a_text_is_read_the_same_by_those_who_adopt_it_and_ever_after() -> None:
    assert read_adopted(TEXT) == read_procedure(TEXT)


def test_a_step_that_is_not_named_is_nobodys_until_somebody_says_whose(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [role for role in Role if old().may(role, Step.NOTE)] == []
    monkeypatch.setitem(TAKEN_MEANWHILE, Step.NOTE, Since("0.2.0", (Role.SOCIAL_LEAD,)))
    assert [role for role in Role if old().may(role, Step.NOTE)] == [Role.SOCIAL_LEAD]


def test_what_a_procedure_names_is_not_changed_by_what_holds_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TAKEN_MEANWHILE, Step.NOTE, Since("0.2.0", (Role.SYSTEM,)))
    assert [role for role in Role if ProcedureInForce(read_adopted(TEXT)).may(role, Step.NOTE)] == [Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER]


def test_a_clock_that_is_not_named_runs_as_long_as_is_said_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    assert old().deadline("tell_caretaker", severity="low", after=MONDAY) == add_working_days(MONDAY, 5)
    monkeypatch.setitem(RUNS_MEANWHILE, DeadlineKind.TELL_CARETAKER, Since("0.2.0", 1))
    assert old().deadline("tell_caretaker", severity="low", after=MONDAY) == add_working_days(MONDAY, 1)


def test_a_severity_that_is_not_named_is_as_urgent_as_the_next_more_serious_one() -> None:
    assert old().deadline("triage", severity="high", after=MONDAY) == old().deadline("triage", severity="acute", after=MONDAY)
    assert old().follow_up_days("high") == old().follow_up_days("acute") == (3, 14, 30)


def test_where_nothing_is_more_serious_it_is_as_urgent_as_the_most_serious_one() -> None:
    before = ProcedureInForce(read_adopted(without(r"^    acute: .*\n", r"^  acute: .*\n")))
    assert before.deadline("triage", severity="acute", after=MONDAY) == before.deadline("triage", severity="high", after=MONDAY)
    assert before.follow_up_days("acute") == (3, 14, 30)


def test_a_recipient_that_is_not_named_answers_in_the_usual_time_and_nobody_is_to_be_turned_to() -> None:
    assert old().answer_due("volunteer", "engsted", MONDAY) == add_working_days(MONDAY, 2)
    assert len(old().silence_steps("volunteer", "engsted", MONDAY)) == 5
    assert old().contact("volunteer", "engsted") is None


def test_a_milestone_that_is_not_named_has_the_sentence_that_is_said_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    assert old().notice(Milestone.CLOSED) == ""
    assert old().notice(Milestone.DISMISSED).startswith("Vi har set på det")
    monkeypatch.setitem(SAID_MEANWHILE, Milestone.CLOSED, Since("0.2.0", "Sagen er slut."))
    assert old().notice(Milestone.CLOSED) == "Sagen er slut."


@pytest.mark.parametrize(
    ("right", "newer"),
    [
        ("steps:\n", "steps:\n  fly: [social_lead, pilot]\n"),
        ("see: [social_lead,", "see: [pilot, social_lead,"),
        ("clocks:\n", "clocks:\n  landing:\n    acute: {minutes: 1}\n"),
        ("    acute: {minutes: 15}\n", "    acute: {minutes: 15}\n    purple: {minutes: 1}\n"),
        ("follow_up_days:\n", "follow_up_days:\n  purple: [1]\n"),
        ("notices:\n", "notices:\n  landed: Den er landet.\n"),
        ("answers:\n", "answers:\n  airport: {working_days: 1}\n"),
        ("unit: Visitationen, channel: digital_post", "unit: Visitationen, channel: carrier_pigeon, loft: nord"),
        ("effective_on:", "runways: [north, south]\neffective_on:"),
    ],
)
def test_what_nobody_knows_any_more_is_passed_over_by_those_who_read_and_refused_by_those_who_adopt(right: str, newer: str) -> None:
    text = TEXT.replace(right, newer, 1)
    assert text != TEXT
    with pytest.raises(ProcedureIsNotUnderstood):
        read_procedure(text)

    known = ProcedureInForce(read_adopted(text))

    assert known.may("social_lead", "see")
    assert known.deadline("triage", severity="acute", after=MONDAY) == ProcedureInForce(read_procedure(TEXT)).deadline(
        "triage", severity="acute", after=MONDAY
    )
    contact = known.contact("municipal.visitation", "bakkelund")
    assert contact is not None
    assert contact.phone == "70 00 01 01"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("  note: [social_lead", "  note: [caretaker, social_lead"),
        ("working_days_after_answer: 8", "working_days_after_answer: 2"),
        ("  high: [3, 14, 30]", "  high: [14, 3]"),
        ("version: telefon-1", "version: mundtlig-1"),
    ],
)
def test_a_demand_on_what_is_adopted_is_no_demand_on_what_was(right: str, wrong: str) -> None:
    text = TEXT.replace(right, wrong, 1)
    assert text != TEXT
    with pytest.raises(ProcedureIsNotUnderstood):
        read_procedure(text)
    assert read_adopted(text).version == "2026-1"
