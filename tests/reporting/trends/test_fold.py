"""What each message changes, and that the order in which they come does not matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.reactions import CONSUMES
from services.reporting.trends.projections.fold import FOLDS, case_of, fold
from services.reporting.trends.projections.records import (
    CaseFigures,
    Figures,
    FollowUpFigures,
    NoticeFigures,
    ReferralFigures,
    no_figures,
)
from shared.messaging.message import ReceivedMessage
from shared.messaging.messages import cases, intake
from tests.reporting.lives import HOUR, Life, record, whole_life
from tests.support.properties import times


def remembered(said: Iterable[ReceivedMessage]) -> Figures:
    figures = no_figures()
    for heard in said:
        envelope = heard.envelope
        fold(figures, envelope.type, envelope.time, envelope.recorded_at, envelope.association, heard.data)
    return figures


def case_after(life: Life) -> CaseFigures:
    case: CaseFigures = remembered(life.said)[CaseFigures][str(life.case_id)]
    return case


def day(n: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 3, n, hour, minute, second, tzinfo=UTC)


def test_an_observation_is_remembered_under_the_case_it_becomes() -> None:
    life = Life("one").registered()
    case = case_after(life)
    assert case_of(str(life.observation_id)) == str(life.case_id)
    assert (case.registered_at, case.observed_at) == (day(3, 9, 5), day(3, 9))
    assert (case.estate_id, case.municipality, case.severity, case.consent) == ("estate-1", "Aaby", "high", "granted")
    assert case.raised_at is None


def joined(life: Life, after: timedelta = HOUR) -> Life:
    said = {"case_id": life.case_id, "observation_id": life.observation_id, "observer": "staff-caretaker-1"}
    life.say(cases.ConcernLinked(**said, into=life.id("another case")), after)
    return life


def parted(life: Life, after: timedelta = HOUR) -> Life:
    said = {"case_id": life.case_id, "observation_id": life.observation_id, "observer": "staff-caretaker-1"}
    life.say(cases.ConcernStandsAlone(**said, triage_due=day(9, 9)), after)
    return life


def test_a_concern_that_was_joined_to_a_case_is_left_out_until_it_stands_alone_again() -> None:
    life = joined(Life("one").registered().raised())
    assert case_after(life).left_out
    assert not case_after(parted(life)).left_out
    assert case_after(joined(life)).left_out


def test_a_case_that_was_taken_back_is_left_out() -> None:
    life = Life("one").registered().raised()
    said = {"case_id": life.case_id, "observation_id": life.observation_id, "observer": "staff-caretaker-1"}
    life.say(cases.CaseRetracted(**said), HOUR)
    assert case_after(life).left_out


def test_a_case_that_is_erased_counts_and_waits_for_nothing_more() -> None:
    case = case_after(Life("one").registered().raised().erased())
    assert case.is_erased
    assert not case.left_out


def test_a_concern_that_is_taken_up_again_is_dismissed_no_more() -> None:
    life = Life("one").registered().raised().dismissed()
    said = {"case_id": life.case_id, "observation_id": life.observation_id, "observer": "staff-caretaker-1"}
    life.say(cases.ConcernTakenUpAgain(**said, triage_due=day(9, 9)), HOUR)
    case = case_after(life)
    assert case.dismissed_as_of is not None
    assert case.taken_up_as_of is not None
    assert case.taken_up_as_of > case.dismissed_as_of


def test_a_concern_brings_its_place_signals_and_triage_deadline() -> None:
    case = case_after(Life("one").raised())
    assert (case.raised_at, case.triage_due) == (day(3, 9, 0, 1), day(4, 9))
    assert case.signals == ["home.hoarding", "self.neglect"]


def test_triage_brings_category_and_severity() -> None:
    case = case_after(Life("one").raised().triaged(category="loneliness"))
    assert (case.triaged_at, case.category, case.severity) == (day(3, 10, 0, 1), "loneliness", "high")


def test_the_severity_stated_last_counts() -> None:
    assert case_after(Life("one").raised().changed_severity("low").changed_severity("acute")).severity == "acute"


def test_an_attempt_is_no_contact() -> None:
    case = case_after(Life("one").raised().contacted(reached=False).contacted(on_time=False).contacted())
    assert (case.first_attempt_at, case.first_contact_at) == (day(3, 10, 0, 1), day(3, 11, 0, 1))
    assert case.first_contact_on_time is False


def test_a_case_remembers_its_first_referral_acknowledgement_and_answer() -> None:
    case = case_after(Life("one").raised().referred("a").acknowledged("a").referred("b").acknowledged("b").answered("b").answered("a"))
    assert (case.first_referral_at, case.first_acknowledged_at, case.first_answered_at) == (
        day(3, 10, 0, 1), day(3, 11, 0, 1), day(3, 14, 0, 1),
    )  # fmt: skip


def test_a_referral_remembers_whether_an_answer_came() -> None:
    life = Life("one").raised().referred().silent(1).silent(2).acknowledged(on_time=False).answered(outcome="not_told").answered()
    referral = remembered(life.said)[ReferralFigures][str(life.id("first"))]
    assert referral == ReferralFigures(
        str(life.id("first")), "bakkegaarden", str(life.case_id), "municipal.visitation", "Aaby", "consent",
        day(3, 10, 0, 1), day(5, 9, 0, 1), day(3, 13, 0, 1), False, day(3, 14, 0, 1), "help_established", day(3, 15, 0, 1), 2,
    )  # fmt: skip


def test_a_follow_up_remembers_whether_it_was_done_late_or_missed() -> None:
    life = Life("one").planned("a").followed_up("a").planned("b").missed("b").followed_up("b", on_time=False)
    kept, late = (remembered(life.said)[FollowUpFigures][str(life.id(name))] for name in "ab")
    assert kept == FollowUpFigures(str(life.id("a")), "bakkegaarden", str(life.case_id), day(6, 9), day(3, 10), day(3, 11), True, None)
    assert (late.done_on_time, late.missed_at) == (False, day(7, 12))


def test_missed_deadlines_are_counted_by_their_kind() -> None:
    life = Life("one").deadline_missed("triage").deadline_missed("first_contact").deadline_missed("tell_caretaker")
    case = case_after(life.deadline_missed("tell_caretaker").deadline_missed("something_new"))
    assert (case.missed_triage, case.missed_first_contact, case.missed_telling) == (1, 1, 2)


def test_each_telling_is_counted_and_whether_it_came_in_time() -> None:
    case = case_after(Life("one").told().told(on_time=False).told())
    assert (case.first_told_at, case.times_told, case.times_told_on_time) == (day(3, 10), 3, 2)


def test_a_case_that_is_opened_again_is_not_closed() -> None:
    life = Life("one").raised().triaged().opened().closed("moved").opened().closed("help_established").opened()
    case = case_after(life)
    assert case.opened_at == day(3, 10, 1, 1)
    assert case.outcome_as_of is not None
    assert case.opened_as_of is not None
    assert case.opened_as_of > case.outcome_as_of
    assert case.outcome == "help_established"


def test_a_reopened_case_is_open_until_it_is_closed_again_and_was_opened_when_it_first_was() -> None:
    life = Life("one").raised().triaged().opened().closed("moved").reopened()
    goes_on = case_after(life)
    assert (goes_on.opened_at, goes_on.contact_due) == (day(3, 10, 1, 1), day(4, 10, 0, 1))
    assert (goes_on.outcome_as_of, goes_on.opened_as_of) == (day(3, 11, 1, 1), day(3, 12, 1, 1))
    over = case_after(life.closed("moved"))
    assert (over.closed_at, over.outcome, over.opened_as_of) == (day(3, 13, 1, 1), "moved", day(3, 12, 1, 1))


@given(st.permutations(Life("two").raised().triaged().opened().closed("moved").reopened().closed("not_reachable").reopened().said))
def test_a_case_that_was_reopened_last_is_open_in_whatever_order_it_was_heard(said: list[ReceivedMessage]) -> None:
    case = next(iter(remembered(said)[CaseFigures].values()))
    assert (case.outcome, case.outcome_as_of, case.opened_as_of) == ("not_reachable", day(3, 13, 1, 1), day(3, 14, 1, 1))


def test_a_notice_is_remembered_by_whether_it_arrived() -> None:
    life = Life("one").noticed("a").noticed("b", sent=False)
    notices = remembered(life.said)[NoticeFigures]
    assert notices[str(life.id("a"))].sent_at == day(3, 10)
    assert notices[str(life.id("b"))].failed_at == day(3, 11)


def test_the_whole_life_of_the_leak() -> None:
    life = whole_life()
    case = case_after(life)
    assert case.damage_ordered_at is not None
    assert case.damage_completed_at == case.damage_ordered_at + HOUR
    assert (case.accompaniments, case.consent, case.severity, case.outcome) == (1, "withdrawn", "medium", "help_established")
    assert case.closed_at == life.at


def test_nothing_that_is_remembered_names_a_person_or_a_home() -> None:
    life = whole_life()
    figures = remembered(life.said)
    kept = repr(figures)
    for somebody in ("staff-", str(life.id("home")), str(life.id("tenancy"))):
        assert somebody not in kept


def test_what_is_not_counted_changes_nothing() -> None:
    life = Life("one")
    life.say(cases.CaseAssigned(case_id=life.case_id, handler="staff-social-caretaker-1"))
    assert remembered(life.said)[CaseFigures] == {}


def test_every_counted_message_belongs_to_the_language_reporting_knows() -> None:
    assert {message.TYPE for message in CONSUMES} >= FOLDS.keys()


@given(st.permutations(whole_life().said))
@settings(max_examples=times(2))
def test_any_order_of_the_same_messages_gives_the_same_figures(said: list[ReceivedMessage]) -> None:
    assert remembered(said) == remembered(whole_life().said)


def test_messages_of_one_moment_count_in_the_order_in_which_they_are_said() -> None:
    life = Life("one").raised().changed_severity("low", after=timedelta(0)).changed_severity("acute", after=timedelta(0))
    assert case_after(life).severity == "acute"


@pytest.mark.parametrize("heard", whole_life().said, ids=lambda heard: heard.message.TYPE)
def test_a_message_counts_the_same_as_it_stands_in_the_inbox(heard: ReceivedMessage) -> None:
    kept = record(heard)
    headers = {name: value.decode() for name, value in kept.headers}
    figures = no_figures()
    fold(
        figures,
        headers["ce_type"],
        datetime.fromisoformat(headers["ce_time"]),
        datetime.fromisoformat(headers["ce_recordedtime"]),
        headers["ce_association"],
        orjson.loads(kept.value or b""),
    )
    assert figures == remembered([heard])


def test_a_message_that_lacks_what_was_added_to_the_language_later_counts() -> None:
    life = whole_life()
    said = [heard for heard in life.said if isinstance(heard.message, cases.AccompanimentPlanned | intake.ObservationRegistered)]
    figures = no_figures()
    for heard in said:
        later = "observation_id" if isinstance(heard.message, cases.AccompanimentPlanned) else "words"
        data = {name: value for name, value in heard.data.items() if name != later}
        fold(figures, heard.envelope.type, heard.envelope.time, heard.envelope.recorded_at, heard.envelope.association, data)
    assert figures[CaseFigures][str(life.case_id)].accompaniments == 1
