"""What a case asks its procedure."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.procedure.rules.in_force import ProcedureInForce
from services.cases.procedure.rules.reading import ProcedureIsNotUnderstood, read_adopted, read_procedure
from shared.ground.working_days import ZONE, local_day
from shared.words.vocabulary.observation import Severity
from tests.cases.procedure.older import without

TEXT = (Path(__file__).parents[3] / "local/demo/bakkegaarden/procedure.yaml").read_text(encoding="utf-8")
IN_FORCE = ProcedureInForce(read_procedure(TEXT))
MONDAY_MORNING = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def last_instant(day: str) -> datetime:
    """The end of a Danish winter day."""
    return datetime.fromisoformat(f"{day}T22:59:59.999999+00:00")


@pytest.mark.parametrize(
    ("kind", "severity", "after", "due"),
    [
        ("triage", "acute", MONDAY_MORNING, datetime(2026, 11, 23, 8, 25, tzinfo=UTC)),
        ("triage", "acute", SATURDAY, datetime(2026, 11, 21, 9, 15, tzinfo=UTC)),
        ("triage", "high", MONDAY_MORNING, last_instant("2026-11-23")),
        ("triage", "high", SATURDAY, last_instant("2026-11-23")),
        ("triage", "medium", MONDAY_MORNING, last_instant("2026-11-25")),
        ("triage", "low", MONDAY_MORNING, last_instant("2026-11-30")),
        ("first_contact", "acute", MONDAY_MORNING, datetime(2026, 11, 23, 9, 10, tzinfo=UTC)),
        ("first_contact", "high", MONDAY_MORNING, last_instant("2026-11-24")),
        ("first_contact", "medium", MONDAY_MORNING, last_instant("2026-11-30")),
        ("first_contact", "low", MONDAY_MORNING, last_instant("2026-12-23")),
        ("tell_caretaker", "high", MONDAY_MORNING, last_instant("2026-11-25")),
    ],
)
def test_each_severity_has_its_clock(kind: str, severity: str, after: datetime, due: datetime) -> None:
    assert IN_FORCE.deadline(kind, severity=severity, after=after) == due


FRIDAY_AFTER_CLOSING = datetime(2026, 11, 27, 12, 1, tzinfo=UTC)
"""One minute past one: on Fridays the office closes at one."""
ROUND_THE_CLOCK = ProcedureInForce(read_procedure(TEXT[: TEXT.index("office_hours:")] + TEXT[TEXT.index("# Fristerne.") :]))
"""The same procedure without office hours, as those of release 0.1.0 are."""


@pytest.mark.parametrize(
    ("kind", "severity", "due", "round_the_clock"),
    [
        ("triage", "acute", datetime(2026, 11, 27, 12, 16, tzinfo=UTC), datetime(2026, 11, 27, 12, 16, tzinfo=UTC)),
        ("triage", "high", last_instant("2026-11-30"), last_instant("2026-11-27")),
        ("triage", "medium", last_instant("2026-12-02"), last_instant("2026-12-01")),
        ("first_contact", "high", last_instant("2026-12-01"), last_instant("2026-11-30")),
        ("first_contact", "low", last_instant("2026-12-28"), last_instant("2026-12-28")),  # days on the calendar: the same
        ("tell_caretaker", "acute", last_instant("2026-11-28"), last_instant("2026-11-28")),
    ],
)
def test_what_arrives_after_closing_is_counted_from_the_next_working_day(
    kind: str, severity: str, due: datetime, round_the_clock: datetime
) -> None:
    def within(procedure: ProcedureInForce) -> datetime:
        return procedure.deadline(kind, severity=severity, after=FRIDAY_AFTER_CLOSING)

    assert within(IN_FORCE) == due
    assert within(ROUND_THE_CLOCK) == round_the_clock


def day_of(moment: datetime) -> str:
    """The Danish day, where a deadline is the last instant of one."""
    shown = moment.astimezone(ZONE)
    assert shown.time() == time.max
    return f"{shown:%A} {shown.date()}"


def under(clock: str) -> ProcedureInForce:
    """The demo's procedure where what is high is to be triaged, and what is acute to be reached, within this time."""
    text = TEXT.replace("high: {working_days: 0}", f"high: {clock}", 1).replace("acute: {minutes: 60}", f"acute: {clock}", 1)
    return ProcedureInForce(read_procedure(text))


@pytest.mark.parametrize(
    ("clock", "after", "due"),
    [
        ("{working_days: 0}", "2026-03-07T10:00", "Saturday 2026-03-07"),
        ("{working_days: 1}", "2026-03-07T10:00", "Sunday 2026-03-08"),
        ("{working_days: 1}", "2026-03-06T23:59", "Saturday 2026-03-07"),
        ("{working_days: 0}", "2026-12-25T00:00", "Friday 2026-12-25"),
        ("{days: 1}", "2026-03-06T10:00", "Saturday 2026-03-07"),
        ("{working_days: 1}", "2026-03-28T01:30", "Sunday 2026-03-29"),
        ("{working_days: 0}", "2026-10-25T02:30", "Sunday 2026-10-25"),
    ],
)
def test_a_child_and_what_is_acute_wait_for_no_working_day(clock: str, after: str, due: str) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=ZONE)

    assert day_of(under(clock).deadline("triage", severity="high", after=moment, about_a_child=True)) == due
    assert day_of(under(clock).deadline("first_contact", severity="acute", after=moment)) == due


@given(
    moment=st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2032, 12, 31)).map(lambda at: at.replace(tzinfo=UTC)),  # noqa: DTZ001
    kind=st.sampled_from(["triage", "first_contact", "tell_caretaker"]),
    severity=st.sampled_from(list(Severity)),
)
def test_a_child_never_waits_longer_than_others_and_for_as_many_days_as_are_named(moment: datetime, kind: str, severity: str) -> None:
    span, due = IN_FORCE.clock(kind, severity), IN_FORCE.deadline(kind, severity=severity, after=moment, about_a_child=True)

    assert due <= IN_FORCE.deadline(kind, severity=severity, after=moment)
    if span.minutes is None:
        day_of(due)
        assert (local_day(due) - local_day(moment)).days == (span.days or span.working_days or 0)


def test_our_office_hours_say_nothing_of_when_others_are_to_answer() -> None:
    for target in ("municipal.visitation", "volunteer"):
        assert IN_FORCE.silence_steps(target, "bakkelund", FRIDAY_AFTER_CLOSING) == ROUND_THE_CLOCK.silence_steps(
            target, "bakkelund", FRIDAY_AFTER_CLOSING
        )


@pytest.mark.parametrize(
    ("role", "step", "allowed"),
    [
        ("social_lead", "triage", True),
        ("social_caretaker", "triage", True),
        ("social_caretaker", "dismiss", False),
        ("caretaker", "ask_leave", True),
        ("caretaker", "keep_an_eye", True),
        ("caretaker", "accompany", True),
        ("caretaker", "triage", False),
        ("caretaker", "refer", False),
        ("caretaker", "close", False),
        ("director", "note", False),
        ("auditor", "see", False),
        ("nobody", "see", False),
        ("system", "inform_caretaker", True),
    ],
)
def test_each_step_names_the_roles_that_may_take_it(role: str, step: str, allowed: bool) -> None:
    assert IN_FORCE.may(role, step) is allowed


def test_a_step_that_nobody_knows_is_a_mistake_and_not_a_no() -> None:
    with pytest.raises(ValueError, match="fly"):
        IN_FORCE.may("social_lead", "fly")


@pytest.mark.parametrize(
    ("target", "municipality", "due"),
    [
        ("municipal.visitation", "bakkelund", "2026-11-25"),  # agreed: 2 working days
        ("municipal.visitation", "aadal", "2026-11-30"),  # agreed: 5
        ("municipal.visitation", "havnstrup", "2026-11-25"),  # nothing agreed: the usual 2
        ("municipal.visitation", "unknown_place", "2026-11-25"),
        ("volunteer", "engsted", "2026-11-30"),  # usual for volunteers: 5
        ("municipal.skp", "skovlund", "2026-11-23"),  # agreed: the same day
        (
            "municipal.bostoette",
            "bakkelund",
            "2027-01-08",
        ),  # agreed: 30, over Christmas: 22 before it, 3 between the holidays, 5 in January
    ],
)
def test_a_recipient_answers_as_agreed_with_the_municipality_or_as_is_usual(target: str, municipality: str, due: str) -> None:
    assert IN_FORCE.answer_due(target, municipality, MONDAY_MORNING) == last_instant(due)


def test_silence_is_recorded_when_the_answer_is_due_and_then_up_the_ladder() -> None:
    moments = IN_FORCE.silence_steps("municipal.visitation", "bakkelund", MONDAY_MORNING)

    # sent on a Monday: acknowledged within 2 working days, nudged on day 3, rung on 5, the manager on 10, the director on 20
    assert moments == tuple(map(last_instant, ["2026-11-25", "2026-11-26", "2026-11-30", "2026-12-07", "2026-12-21"]))


def test_somebody_looks_again_after_three_fourteen_and_thirty_days_when_it_is_serious() -> None:
    assert IN_FORCE.follow_up_days("high") == (3, 14, 30)
    assert IN_FORCE.follow_up_days("low") == (30,)
    assert IN_FORCE.follow_up_due(3, MONDAY_MORNING) == last_instant("2026-11-26")


def test_the_wording_of_a_consent_is_found_by_its_version_and_says_that_a_no_has_no_consequence() -> None:
    for wording in IN_FORCE.document.consent_wordings:
        assert "ingen betydning for" in wording.text
        assert IN_FORCE.wording(wording.version) == wording.text
    assert IN_FORCE.wording("never-1") is None


def test_whom_to_turn_to_is_found_by_target_and_municipality() -> None:
    contact = IN_FORCE.contact("municipal.visitation", "bakkelund")

    assert contact is not None
    assert contact.unit == "Visitationen"
    assert IN_FORCE.contact("municipal.addiction", "bakkelund") is None
    assert IN_FORCE.contact("municipal.visitation", "unknown_place") is None


def test_a_role_steps_in_when_nobody_took_it_in_time() -> None:
    assert IN_FORCE.stands_in_from("social_caretaker", "open", since=MONDAY_MORNING) == last_instant("2026-11-24")
    assert IN_FORCE.stands_in_from("social_lead", "open", since=MONDAY_MORNING) is None
    assert IN_FORCE.stands_in_from("social_caretaker", "triage", since=MONDAY_MORNING) is None


def test_a_procedure_from_before_there_were_stand_ins_has_none() -> None:
    before = ProcedureInForce(read_procedure(without(r"^stand_in:\n(  .*\n)+")))
    assert before.stands_in_from("social_caretaker", "open", since=MONDAY_MORNING) is None


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("open: {after: {working_days: 1}, roles: [caretaker]}", "en vicevært må ikke få socialt arbejde (trinnet open)"),
        ("close: {after: {working_days: 1}, roles: [social_caretaker]}", "ingen venter på trinnet close"),
        ("open: {after: {minutes: 60, days: 1}, roles: [social_caretaker]}", "skriv præcis én af"),
        ("open: {after: {minutes: 60}, roles: [director]}", "kendes ikke"),
        ("fly: {after: {minutes: 60}, roles: [social_caretaker]}", "kendes ikke"),
    ],
)
def test_a_stand_in_that_makes_no_sense_is_refused_with_its_line(wrong: str, reason: str) -> None:
    right = "open: {after: {working_days: 1}, roles: [social_caretaker]}"
    assert right in TEXT
    with pytest.raises(ProcedureIsNotUnderstood) as refused:
        read_procedure(TEXT.replace(right, wrong))
    assert reason in refused.value.next_step
    assert "stand_in" in refused.value.next_step


@pytest.mark.parametrize(
    ("named", "working_here", "movers"),
    [
        ("social_lead", {"social_lead"}, {"social_lead"}),
        ("social_caretaker", {"social_lead", "social_caretaker"}, {"social_caretaker"}),
        ("social_caretaker", {"social_lead"}, {"social_lead", "social_caretaker"}),
        ("system", {"social_lead", "social_caretaker"}, {"social_lead"}),
        ("social_lead", set(), {"social_lead"}),
    ],
)
def test_somebody_who_works_here_may_always_move_a_case(named: str, working_here: set[str], movers: set[str]) -> None:
    text = TEXT.replace("move_to_procedure: [social_lead]", f"move_to_procedure: [{named}]", 1)

    assert ProcedureInForce(read_procedure(text)).movers(working_here) == movers


def test_who_moves_cases_to_a_version_that_does_not_name_it_is_the_lead() -> None:
    old = read_adopted(TEXT.replace("  move_to_procedure: [social_lead]\n", "", 1))

    assert ProcedureInForce(old).movers({"social_lead", "social_caretaker"}) == {"social_lead"}


@pytest.mark.parametrize("name", ["bakkelund", "Bakkelund Kommune", "Bakkelund", "BAKKELUND", " bakkelund kommune "])
def test_what_is_agreed_with_a_municipality_holds_by_each_of_its_names(name: str) -> None:
    by_code = IN_FORCE.agreement("bakkelund")
    assert by_code is not None
    assert IN_FORCE.agreement(name) is by_code
    assert IN_FORCE.answer("municipal.bostoette", name) == IN_FORCE.answer("municipal.bostoette", "bakkelund")


def test_a_real_municipality_may_stand_by_its_number() -> None:
    text = TEXT.replace("  bakkelund:\n    name: Bakkelund Kommune", "  aarhus:\n    name: Århus Kommune")
    assert ProcedureInForce(read_procedure(text)).agreement("0751") is not None


def test_with_a_municipality_nobody_named_nothing_is_agreed() -> None:
    assert IN_FORCE.agreement("0756") is None
