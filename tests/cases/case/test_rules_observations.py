"""Several observations in one case: joined by a person, parted again, each told to the one who made it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid5

import pytest
from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as st

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import DismissConcern, TriageConcern
from services.cases.case.rules.deadlines import InformCaretaker, NobodySawThat, NobodyTellsThemselves
from services.cases.case.rules.ending import CloseCase
from services.cases.case.rules.handling import OpenCase, RecordContact
from services.cases.case.rules.observations import (
    ItDidNotComeInLater,
    ItIsAboutOthers,
    ItIsTheSameCase,
    JoinCase,
    OnlyADismissedConcernIsTakenUpAgain,
    OthersStillWaitHere,
    SplitOff,
    TakeUpAgain,
    TheOtherIsNotACaseYet,
    TheOtherIsOver,
)
from services.cases.case.rules.refusals import CaseIsJoinedToAnother
from shared.ground.errors import Refusal
from shared.ground.provenance import Provenance
from shared.words.vocabulary.case import Status
from tests.cases.case.story import CARETAKER, DISMISSED, IN_THE_OPEN, LEAD, NOW, RAISED, REFERRED, take
from tests.cases.case.together import OTHER, Table, concern, seen_in
from tests.support.given import PROVENANCE, given, kinds
from tests.support.properties import times


def opened() -> Case:
    return given(Case, *IN_THE_OPEN)


def two() -> tuple[Table, Case, Case]:
    """A case that somebody carries, and a second caretaker's concern about the same people."""
    case, second = opened(), concern(2)
    return Table(case, second), case, second


def test_a_second_observation_is_joined_to_the_case_that_is_there() -> None:
    table, case, second = two()
    table.take(second, JoinCase, into=case.id)
    assert second.status == Status.LINKED
    assert second.observations.joined_to == case.id
    assert case.observers == [CARETAKER, OTHER]
    assert kinds(case) == [Case.ObservationLinked]
    assert kinds(second) == [Case.Seen, Case.LinkedTo]


def test_the_second_caretaker_is_to_hear_that_it_is_in_good_hands_and_the_first_is_owed_what_he_was() -> None:
    table, case, second = two()
    before = case.deadlines.untold()
    table.take(second, JoinCase, into=case.id)
    assert case.deadlines.untold(seen_in(second)) == ["in_good_hands"]
    assert case.deadlines.untold() == before


def test_each_observer_is_told_for_himself() -> None:
    table, case, second = two()
    table.take(second, JoinCase, into=case.id)
    table.take(case, InformCaretaker, milestone="in_good_hands", channel="phone", observation_id=seen_in(second))
    assert case.deadlines.untold(seen_in(second)) == []
    assert case.deadlines.untold() == ["case_opened"]
    told = [event for event in case.pending_events if isinstance(event, Case.CaretakerInformed)]
    assert [(event.caretaker, event.observation_id) for event in told] == [(OTHER, seen_in(second))]


def test_what_happens_later_is_to_be_told_to_all_of_them() -> None:
    table, case, second = two()
    table.take(second, JoinCase, into=case.id)
    take(case, RecordContact, reached=True, channel="visit")
    take(case, CloseCase, outcome="handled_with_association_help")
    assert "closed" in case.deadlines.untold()
    assert "closed" in case.deadlines.untold(seen_in(second))


def test_that_one_of_them_was_not_told_in_time_is_recorded_for_him() -> None:
    table, case, second = two()
    table.take(second, JoinCase, into=case.id)
    case.note_time(NOW + timedelta(days=9))
    missed = {
        (event.milestone, event.observation_id)
        for event in case.pending_events
        if isinstance(event, Case.DeadlineMissed) and event.kind == "tell_caretaker"
    }
    assert missed == {("case_opened", None), ("in_good_hands", seen_in(second))}


def test_nobody_tells_himself_nor_somebody_whose_observation_is_not_in_the_case() -> None:
    table, case, second = two()
    with pytest.raises(NobodySawThat):
        table.take(case, InformCaretaker, milestone="in_good_hands", channel="phone", observation_id=seen_in(second))
    table.take(second, JoinCase, into=case.id)
    with pytest.raises(NobodyTellsThemselves):
        table.take(case, InformCaretaker, who=OTHER, milestone="in_good_hands", channel="phone", observation_id=seen_in(second))


def test_a_concern_that_was_joined_waits_for_nothing_and_takes_no_step() -> None:
    table, case, second = two()
    table.take(second, JoinCase, into=case.id)
    assert second.waits() == []
    second.note_time(NOW + timedelta(days=30))
    assert Case.DeadlineMissed not in kinds(second)
    with pytest.raises(CaseIsJoinedToAnother):
        take(second, TriageConcern, severity="low", category="other")


def test_parted_it_stands_where_it_was_and_is_due_anew() -> None:
    table, case, second = two()
    table.take(second, JoinCase, into=case.id)
    later = NOW + timedelta(days=3)
    table.take(case, SplitOff, observations=[seen_in(second)], at=later)
    assert second.status == Status.RAISED
    assert second.observations.joined_to is None
    assert second.deadlines.due_of("triage") == later + timedelta(hours=4)
    assert case.observers == [CARETAKER]


def test_a_case_about_others_is_not_offered_and_not_joined() -> None:
    table, case, second = two()
    with pytest.raises(ItIsAboutOthers):
        table.take(second, JoinCase, into=case.id, about_the_same=False)


def test_a_case_is_not_joined_to_itself_to_one_that_is_over_or_to_less_than_a_case() -> None:
    table, case, second = two()
    with pytest.raises(ItIsTheSameCase):
        table.take(case, JoinCase, into=case.id)
    with pytest.raises(TheOtherIsNotACaseYet):
        table.take(case, JoinCase, into=second.id)
    take(second, DismissConcern, reason="explained")
    third = concern(3)
    with pytest.raises(TheOtherIsOver):
        Table(second, third).take(third, JoinCase, into=second.id)


def test_a_case_in_which_others_wait_for_us_goes_on() -> None:
    referred, other = given(Case, *REFERRED), concern(2)
    take(other, TriageConcern, severity="high", category="other")
    take(other, OpenCase, handler=LEAD)
    with pytest.raises(OthersStillWaitHere):
        Table(referred, other).take(referred, JoinCase, into=other.id)


def test_two_cases_become_one_with_all_that_was_joined_to_either_and_two_again() -> None:
    first, third, second = opened(), concern(3), concern(2)
    take(second, TriageConcern, severity="high", category="other")
    take(second, OpenCase, handler=LEAD)
    table = Table(first, second, third)
    table.take(third, JoinCase, into=second.id)
    before = table.standing()
    table.take(second, JoinCase, into=first.id)
    assert set(first.observations.later) == {seen_in(second), seen_in(third)}
    assert third.observations.joined_to == first.id
    table.take(first, SplitOff, observations=[seen_in(second), seen_in(third)])
    assert table.standing() == before
    assert third.observations.joined_to == second.id
    assert second.status == Status.OPEN


def test_only_what_came_in_later_is_parted() -> None:
    table, case, second = two()
    for observation in (seen_in(case), seen_in(second)):
        with pytest.raises(ItDidNotComeInLater):
            table.take(case, SplitOff, observations=[observation])


def test_a_dismissed_concern_is_taken_up_again_and_waits_to_be_judged() -> None:
    case = given(Case, RAISED, DISMISSED)
    take(case, TakeUpAgain, at=NOW + timedelta(days=10))
    assert case.status == Status.RAISED
    assert case.outcome == ""
    assert case.deadlines.untold() == []
    assert case.deadlines.due_of("triage") == NOW + timedelta(days=10, hours=4)


def test_nothing_else_is_taken_up_again() -> None:
    with pytest.raises(OnlyADismissedConcernIsTakenUpAgain):
        take(opened(), TakeUpAgain)


# Whatever people join and part

ACTS = st.lists(
    st.tuples(st.sampled_from(["join", "split", "open", "dismiss", "take up"]), st.integers(0, 4), st.integers(0, 4), st.integers(0, 72)),
    max_size=25,
)


def lived(acts: list[tuple[str, int, int, int]]) -> Table:
    """Five concerns about the same people, and what somebody tried with them; what is refused did not happen."""
    cases = [concern(number) for number in range(5)]
    table, at = Table(*cases), NOW
    for act, one, other, hours in acts:
        at += timedelta(hours=hours)
        with suppress(Refusal):
            tried(table, cases[one], cases[other], act, at)
    return table


def tried(table: Table, case: Case, other: Case, act: str, at: Any) -> None:
    match act:
        case "join":
            table.take(case, JoinCase, into=other.id, at=at)
        case "split":
            table.take(case, SplitOff, observations=list(case.observations.later)[:2] or [seen_in(other)], at=at)
        case "open":
            take(case, TriageConcern, severity="high", category="other", at=at)
            take(case, OpenCase, handler=LEAD, at=at)
        case "dismiss":
            take(case, DismissConcern, reason="explained", at=at)
        case "take up":
            take(case, TakeUpAgain, at=at)


@whatever(acts=ACTS)
@settings(max_examples=times(3))
def test_every_observation_belongs_to_exactly_one_case_that_stands_by_itself(acts: Any) -> None:
    table = lived(acts)
    belonging = [observation for observations in table.standing().values() for observation in observations]
    assert sorted(belonging) == sorted(seen_in(case) for case in table.cases.values())
    for case in table.cases.values():
        assert (case.status == Status.LINKED) == (case.observations.joined_to is not None)
        assert case.observers == [case.origin.observer, *(later.observer for later in case.observations.later.values())]
        if case.observations.joined_to:
            assert seen_in(case) in table.cases[case.observations.joined_to].observations.later


@whatever(acts=ACTS, one=st.integers(0, 4), other=st.integers(0, 4))
@settings(max_examples=times(3))
def test_what_was_joined_and_parted_is_as_it_was(acts: Any, one: int, other: int) -> None:
    table = lived(acts)
    cases = list(table.cases.values())
    case, into = cases[one], cases[other]
    before, statuses = table.standing(), {each.id: each.status for each in cases}
    together = [seen_in(case), *case.observations.later]
    try:
        table.take(case, JoinCase, into=into.id, at=NOW + timedelta(days=99))
    except Refusal:
        return
    if case.observations.joined_to != into.id or before == table.standing():
        return
    table.take(into, SplitOff, observations=together, at=NOW + timedelta(days=99))
    assert table.standing() == before
    assert {each.id: each.status for each in cases} == statuses


@whatever(acts=ACTS)
@settings(max_examples=times(3))
def test_each_observer_is_told_once_for_each_milestone_of_the_case_their_observation_is_in(acts: Any) -> None:
    table = lived(acts)
    for case in table.cases.values():
        if case.observations.joined_to:
            continue
        for observation in (None, *case.observations.later):
            for milestone in case.deadlines.untold(observation):
                asked: dict[str, Any] = {"milestone": milestone, "channel": "phone", "observation_id": observation or seen_in(case)}
                for _ in range(2):
                    with suppress(Refusal):
                        table.take(case, InformCaretaker, at=NOW + timedelta(days=99), **asked)
        told = [
            (event.observation_id, event.milestone) for event in case.pending_events if isinstance(event, Case.CaretakerInformed)
        ]  # fmt: skip
        assert len(set(told)) == len(told)
        assert case.deadlines.waiting_to_hear() == []


@whatever(acts=ACTS)
@settings(max_examples=times(2))
def test_replayed_they_are_what_they_were(acts: Any) -> None:
    table = lived(acts)
    for number, case in enumerate(table.cases.values()):
        replayed = concern(number)
        for event in case.pending_events:
            event.stamp(happened_then(event))  # type: ignore[attr-defined]
            replayed = event.mutate(replayed)  # type: ignore[assignment]
        assert replayed.id == uuid5(seen_in(case), "case")
        assert (replayed.status, replayed.observers, replayed.observations.joined_to, replayed.deadlines.due) == (
            case.status,
            case.observers,
            case.observations.joined_to,
            case.deadlines.due,
        )


def happened_then(event: Any) -> Provenance:
    """As the unit of work stamps it."""
    return replace(PROVENANCE, happened_at=event.timestamp or NOW)
