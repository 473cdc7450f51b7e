"""What is due, what was missed, and whether the one who saw it was told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import DismissConcern
from services.cases.case.rules.deadlines import InformCaretaker, ThatHasNotHappenedYet, TheOneWhoSawItCarriesIt
from services.cases.case.rules.handling import AssignCase, ChangeSeverity, OpenCase, RecordContact
from services.cases.case.rules.offers import next_step
from services.cases.case.rules.refusals import CodeIsUnknown
from tests.cases.case.story import (
    CARETAKER,
    CLOSED,
    CONTACT_DUE,
    DISMISSED,
    HELPED,
    HOUR,
    IN_THE_OPEN,
    LEAD,
    MOMENT,
    NOW,
    OBSERVATION,
    OPENED,
    RAISED,
    REACHED,
    REFERRED,
    REOPENED,
    SEEN,
    SEEN_AT,
    SENT,
    TELL_DUE,
    TRIAGE_DUE,
    TRIAGED,
    UNDER_TRIAGE,
    take,
)
from tests.support.given import Fact, fact, given, kinds, news

LATER = TELL_DUE + timedelta(days=400)


def missed(kind: str, due: datetime, *, milestone: str = "", handler: str = LEAD) -> Fact:
    return fact(Case.DeadlineMissed, kind=kind, milestone=milestone, due=due, handler=handler)


def told(milestone: str, *, on_time: bool = True) -> Fact:
    return fact(
        Case.CaretakerInformed, observation_id=OBSERVATION, caretaker=CARETAKER, milestone=milestone, channel="phone", on_time=on_time
    )  # fmt: skip


def tell(case: Case, milestone: str, *, at: datetime = NOW) -> None:
    take(case, InformCaretaker, at=at, milestone=milestone, channel="phone")


@pytest.mark.parametrize(
    ("at", "recorded"),
    [(TRIAGE_DUE - MOMENT, []), (TRIAGE_DUE, []), (TRIAGE_DUE + MOMENT, [missed("triage", TRIAGE_DUE, handler="")])],
)
def test_nobody_triaged_in_time(at: datetime, recorded: list[Fact]) -> None:
    case = given(Case, RAISED)
    case.note_time(at)
    assert news(case) == recorded


@pytest.mark.parametrize("decided", [(TRIAGED,), (DISMISSED,)])
def test_a_decision_meets_the_triage_deadline(decided: tuple[Fact, ...]) -> None:
    case = given(Case, *UNDER_TRIAGE, *decided)
    case.note_time(TRIAGE_DUE + MOMENT)
    assert news(case) == []


def test_a_triaged_concern_that_nobody_opens_is_not_forgotten() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    for _ in range(2):
        case.note_time(LATER)
    assert news(case) == [missed("first_contact", CONTACT_DUE, handler="")]


def test_what_was_missed_before_opening_is_not_missed_again_after_it() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED, missed("first_contact", CONTACT_DUE, handler=""), OPENED, told("case_opened"))
    case.note_time(LATER)
    assert news(case) == []


def test_nobody_is_to_be_reached_about_a_concern_that_was_dismissed() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED, DISMISSED, told("dismissed"))
    case.note_time(LATER)
    assert news(case) == []


@pytest.mark.parametrize(
    ("at", "recorded"),
    [(CONTACT_DUE - MOMENT, []), (CONTACT_DUE, []), (CONTACT_DUE + MOMENT, [missed("first_contact", CONTACT_DUE)])],
)
def test_nobody_reached_the_resident_in_time(at: datetime, recorded: list[Fact]) -> None:
    case = given(Case, *IN_THE_OPEN, told("case_opened"))
    case.note_time(at)
    assert news(case) == recorded


def test_reaching_the_resident_meets_the_deadline() -> None:
    case = given(Case, *IN_THE_OPEN, told("case_opened"), REACHED)
    case.note_time(LATER)
    assert news(case) == []


@pytest.mark.parametrize(
    ("at", "recorded"),
    [
        (TELL_DUE - MOMENT, []),
        (TELL_DUE, []),
        (TELL_DUE + MOMENT, [missed("tell_caretaker", TELL_DUE, milestone="case_opened")]),
    ],
)
def test_nobody_told_the_caretaker_in_time(at: datetime, recorded: list[Fact]) -> None:
    case = given(Case, *IN_THE_OPEN, REACHED)
    case.note_time(at)
    assert news(case) == recorded


def test_everything_that_is_overdue_is_recorded_exactly_once_however_often_the_clock_asks() -> None:
    case = given(Case, *IN_THE_OPEN)
    for _ in range(3):
        case.note_time(LATER)
    assert news(case) == [missed("first_contact", CONTACT_DUE), missed("tell_caretaker", TELL_DUE, milestone="case_opened")]


def test_what_was_recorded_as_missed_stays_recorded_after_a_replay() -> None:
    recorded = (missed("first_contact", CONTACT_DUE), missed("tell_caretaker", TELL_DUE, milestone="case_opened"))
    case = given(Case, *IN_THE_OPEN, *recorded)
    case.note_time(LATER)
    assert news(case) == []


def test_doing_it_late_ends_it() -> None:
    case = given(Case, *IN_THE_OPEN, missed("first_contact", CONTACT_DUE), told("case_opened"))
    take(case, RecordContact, at=LATER, reached=True, channel="visit")
    case.note_time(LATER)
    assert news(case) == [fact(Case.ContactReached, channel="visit", on_time=False, note=None)]


def test_a_deadline_that_moved_nearer_is_missed_at_its_new_time() -> None:
    moved = fact(Case.SeverityChanged, severity="acute", reason=None, contact_due=NOW + HOUR)
    case = given(Case, *IN_THE_OPEN, told("case_opened"), moved)
    case.note_time(NOW + HOUR + MOMENT)
    assert news(case) == [missed("first_contact", NOW + HOUR)]


def test_a_deadline_that_was_missed_does_not_move() -> None:
    case = given(Case, *IN_THE_OPEN, missed("first_contact", CONTACT_DUE))
    take(case, ChangeSeverity, at=SEEN_AT, severity="acute")
    assert news(case)[0].facts["contact_due"] is None


@pytest.mark.parametrize(("at", "on_time"), [(TELL_DUE - MOMENT, True), (TELL_DUE, True), (TELL_DUE + MOMENT, False)])
def test_the_caretaker_is_told_in_time_or_not(at: datetime, on_time: bool) -> None:
    case = given(Case, *IN_THE_OPEN)
    tell(case, "case_opened", at=at)
    assert news(case) == [told("case_opened", on_time=on_time)]


def test_telling_him_the_same_again_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN, told("case_opened"))
    tell(case, "case_opened")
    assert news(case) == []


def test_that_it_is_in_good_hands_may_always_be_told() -> None:
    case = given(Case, RAISED, SEEN)
    tell(case, "in_good_hands")
    tell(case, "in_good_hands")
    assert news(case) == [told("in_good_hands")]


@pytest.mark.parametrize("milestone", ["referral_sent", "help_established", "closed", "dismissed"])
def test_he_is_not_told_what_did_not_happen(milestone: str) -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(ThatHasNotHappenedYet):
        tell(case, milestone)


def test_he_is_told_what_is_on_the_list() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(CodeIsUnknown):
        tell(case, "gossip")


def test_a_later_step_of_the_story_makes_telling_the_earlier_ones_superfluous() -> None:
    case = given(Case, *REFERRED, HELPED, REACHED)
    tell(case, "help_established")
    case.note_time(TELL_DUE + MOMENT)
    assert kinds(case) == [Case.CaretakerInformed]


def test_an_earlier_step_of_the_story_leaves_the_later_ones_to_be_told() -> None:
    case = given(Case, *REFERRED, REACHED)
    tell(case, "case_opened")
    case.note_time(TELL_DUE + MOMENT)
    assert news(case)[1:] == [missed("tell_caretaker", TELL_DUE, milestone="referral_sent")]


def test_a_second_referral_is_news_for_him_again() -> None:
    second = fact(Case.ReferralSent, **{**SENT.facts, "target": "volunteer"})
    case = given(Case, *REFERRED, told("referral_sent"), second)
    tell(case, "referral_sent")
    assert kinds(case) == [Case.CaretakerInformed]


def test_the_first_of_two_deadlines_to_tell_him_the_same_stands() -> None:
    second = fact(Case.ReferralSent, **{**SENT.facts, "target": "volunteer", "tell_due": LATER})
    case = given(Case, *REFERRED, second, REACHED)
    tell(case, "referral_sent", at=TELL_DUE + MOMENT)
    assert news(case) == [told("referral_sent", on_time=False)]


def test_he_is_told_of_the_end_after_the_end() -> None:
    case = given(Case, *IN_THE_OPEN, REACHED, CLOSED)
    tell(case, "closed")
    case.note_time(LATER)
    assert news(case) == [told("closed")]


def test_that_nobody_told_him_of_the_end_is_recorded_too() -> None:
    case = given(Case, *IN_THE_OPEN, told("case_opened"), CLOSED)
    case.note_time(LATER)
    assert news(case) == [missed("tell_caretaker", TELL_DUE, milestone="closed")]


def test_he_hears_why_nothing_came_of_it() -> None:
    case = given(Case, *UNDER_TRIAGE, DISMISSED)
    tell(case, "dismissed")
    assert news(case) == [told("dismissed")]


def test_the_end_of_a_reopened_case_is_not_told() -> None:
    case = given(Case, *IN_THE_OPEN, told("case_opened"), CLOSED, REOPENED, REACHED)
    case.note_time(LATER)
    assert news(case) == []
    with pytest.raises(ThatHasNotHappenedYet):
        tell(case, "closed")


# Nobody informs themselves

OWN_OUTREACH = (RAISED, SEEN, TRIAGED, Fact(OPENED.kind, {**OPENED.facts, "handler": CARETAKER}))
"""The one who saw it carries it: a social caretaker who was out among people."""
ASSIGNED_TO_THE_OBSERVER = fact(Case.Assigned, handler=CARETAKER)
ASSIGNED_TO_THE_LEAD = fact(Case.Assigned, handler=LEAD)


def tellings(case: Case) -> list[str]:
    return [wait.ref for wait in case.waits() if wait.kind == "tell_caretaker"]


@pytest.mark.parametrize(
    "happened",
    [
        OWN_OUTREACH,
        (*OWN_OUTREACH, SENT, HELPED, CLOSED),
        (*OWN_OUTREACH, CLOSED, REOPENED, SENT),
        (*IN_THE_OPEN, SENT, ASSIGNED_TO_THE_OBSERVER, HELPED),
    ],
)
def test_who_saw_it_and_carries_it_is_not_to_be_told(happened: tuple[Fact, ...]) -> None:
    case = given(Case, *happened)
    assert tellings(case) == []
    case.note_time(LATER)
    assert not [each for each in news(case) if each.facts.get("kind") == "tell_caretaker"]
    assert not InformCaretaker.makes_sense(case)
    assert next_step(case, at=NOW) is not InformCaretaker
    before = news(case)
    for milestone in ("in_good_hands", "case_opened"):
        with pytest.raises(TheOneWhoSawItCarriesIt):
            tell(case, milestone)
    assert news(case) == before


def test_opening_it_with_the_one_who_saw_it_starts_no_telling() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    take(case, OpenCase, handler=CARETAKER)
    assert tellings(case) == []


def test_who_gave_the_case_to_another_hears_of_what_comes_later_and_of_nothing_before() -> None:
    case = given(Case, *OWN_OUTREACH, SENT, ASSIGNED_TO_THE_LEAD)
    assert tellings(case) == []
    case = given(Case, *OWN_OUTREACH, SENT, ASSIGNED_TO_THE_LEAD, HELPED)
    assert tellings(case) == ["help_established"]
    assert InformCaretaker.makes_sense(case)
    tell(case, "help_established")
    assert news(case) == [told("help_established")]


def test_who_takes_over_what_they_saw_waits_for_nothing_any_more() -> None:
    case = given(Case, *IN_THE_OPEN, SENT)
    assert tellings(case) == ["case_opened", "referral_sent"]
    take(case, AssignCase, handler=CARETAKER)
    assert tellings(case) == []


def test_what_was_recorded_while_people_were_to_tell_themselves_is_still_read() -> None:
    recorded = missed("tell_caretaker", TELL_DUE, milestone="case_opened", handler=CARETAKER)
    case = given(Case, *OWN_OUTREACH, REACHED, recorded, told("case_opened", on_time=False))
    case.note_time(LATER)
    assert news(case) == []


def test_who_dismisses_what_they_saw_is_not_to_be_told() -> None:
    case = given(Case, *UNDER_TRIAGE)
    take(case, DismissConcern, who=CARETAKER, reason="explained")
    assert news(case) == [Fact(DISMISSED.kind, {**DISMISSED.facts, "tell_due": None})]
    assert tellings(case) == []
    assert next_step(case, at=NOW) is None
