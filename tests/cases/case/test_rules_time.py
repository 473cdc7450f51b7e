"""Time that cannot lie: nothing was done before what it follows from, and a promise is kept when it stands in the record in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.cases.case.rules.accompaniment import MeetingIsStillToCome, MeetingIsTooFarAhead, PlanAccompaniment, RecordAccompaniment
from services.cases.case.rules.answers import ConsentCameLater, ConsentWasWithdrawn
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import DismissConcern, SeeConcern, TriageConcern
from services.cases.case.rules.consents import ConsentEndsBeforeItBegins, ConsentLastsTooLong, DeclineConsent, GrantConsent, WithdrawConsent
from services.cases.case.rules.damage_service import CompleteDamageService, OrderDamageService
from services.cases.case.rules.deadlines import InformCaretaker, NobodyTellsThemselves
from services.cases.case.rules.ending import CloseCase, ReopenCase
from services.cases.case.rules.facts import NoteFact
from services.cases.case.rules.follow_ups import DoFollowUp, FollowUpIsTooEarly, FollowUpIsTooFarAhead, PlanFollowUp
from services.cases.case.rules.handling import AssignCase, ChangeSeverity, OpenCase, RecordContact
from services.cases.case.rules.life import RecordDeath, RecordMove
from services.cases.case.rules.protection import RecordGuardian, RecordProtection
from services.cases.case.rules.referrals import RecordAcknowledgement, RecordAnswer, SendReferral
from services.cases.case.rules.refusals import ItIsDecidedNow, ItWasBeforeThat
from services.cases.case.rules.step import StepRequest
from shared.ground.clock import AS_TYPED, CLOCKS_MAY_DIFFER
from shared.words.vocabulary.people import Role
from tests.cases.case.story import (
    ANSWER_DUE,
    CARETAKER,
    CLOSED,
    CONTACT_DUE,
    FOLLOW_UP,
    HOUR,
    IN_THE_OPEN,
    LOOK_AGAIN,
    MOMENT,
    NOW,
    ORDER,
    REACHED,
    REFERRAL,
    SEEN_AT,
    TELL_DUE,
    TRIAGED,
    UNDER_TRIAGE,
    VISIT,
    Agreed,
    take,
)  # fmt: skip
from tests.support.given import given, news

DAY = timedelta(days=1)
CONSENT: dict[str, Any] = {"recipients": ["municipal.visitation"], "wording": "2026-1"}
REFER: dict[str, Any] = {"id": REFERRAL, "target": "municipal.visitation", "channel": "phone"}


def lived(*steps: tuple[type[StepRequest], datetime, dict[str, Any]]) -> Case:
    """An open case in which these steps were taken, each at its time."""
    case = given(Case, *IN_THE_OPEN)
    for step, at, asked in steps:
        take(case, step, at=at, **asked)
    return case


# Nothing before what it follows from


@pytest.mark.parametrize(
    ("step", "asked"),
    [
        (RecordContact, {"reached": True, "channel": "visit"}),
        (GrantConsent, CONSENT),
        (InformCaretaker, {"milestone": "in_good_hands", "channel": "phone"}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
@pytest.mark.parametrize("year", [2000, 2020, 2025])
def test_nothing_was_done_before_the_concern_was_seen(step: type[StepRequest], asked: dict[str, Any], year: int) -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(ItWasBeforeThat):
        take(case, step, at=SEEN_AT.replace(year=year), recorded_at=NOW, **asked)
    assert news(case) == []


@pytest.mark.parametrize(
    ("history", "step", "asked"),
    [
        (UNDER_TRIAGE[:1], SeeConcern, {}),
        (UNDER_TRIAGE, TriageConcern, {"severity": "high", "category": "other"}),
        (UNDER_TRIAGE, DismissConcern, {"reason": "explained"}),
        ((*UNDER_TRIAGE, TRIAGED), OpenCase, {"handler": "somebody", "colleague": Role.SOCIAL_LEAD}),
        (IN_THE_OPEN, AssignCase, {"handler": "somebody", "colleague": Role.SOCIAL_LEAD}),
        (IN_THE_OPEN, ChangeSeverity, {"severity": "low"}),
        (IN_THE_OPEN, PlanFollowUp, {"due": LOOK_AGAIN}),
        (IN_THE_OPEN, PlanAccompaniment, {"companion": CARETAKER, "meeting_at": LOOK_AGAIN}),
        (IN_THE_OPEN, NoteFact, {"kind": "help", "on": NOW.date(), "source": "resident"}),
        (IN_THE_OPEN, RecordDeath, {"on": NOW.date(), "source": "relative"}),
        (IN_THE_OPEN, RecordMove, {"on": NOW.date(), "source": "resident"}),
        (IN_THE_OPEN, RecordGuardian, {"may_decide": ["economy"], "source": "relative"}),
        (IN_THE_OPEN, RecordProtection, {"source": "authority"}),
        ((*IN_THE_OPEN, REACHED), CloseCase, {"outcome": "unfounded"}),
        ((*IN_THE_OPEN, CLOSED), ReopenCase, {}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_a_decision_is_taken_when_it_is_written_down(history: Any, step: type[StepRequest], asked: dict[str, Any]) -> None:
    case = given(Case, *history)
    with pytest.raises(ItIsDecidedNow):
        take(case, step, at=NOW, recorded_at=NOW + DAY, **asked)
    assert news(case) == []
    take(case, step, at=NOW, recorded_at=NOW + AS_TYPED, **asked)


def test_judging_again_wins_no_time() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    for severity in ("low", "medium", "high"):
        take(case, TriageConcern, at=NOW + DAY / 2, severity=severity, category="other")
    assert case.deadlines.due_of("first_contact") == CONTACT_DUE
    take(case, TriageConcern, at=NOW + HOUR, severity="acute", category="other")
    assert case.deadlines.due_of("first_contact") == NOW + 2 * HOUR


def test_a_contact_that_was_late_does_not_become_in_time() -> None:
    case = given(Case, *IN_THE_OPEN)
    for at in (CONTACT_DUE + HOUR, NOW):
        take(case, RecordContact, at=at, recorded_at=CONTACT_DUE + 2 * HOUR, reached=True, channel="visit")
    assert [happened.facts["on_time"] for happened in news(case)] == [False, False]


def test_what_was_done_before_a_case_began_again_does_not_count_for_it() -> None:
    case = given(Case, *IN_THE_OPEN, REACHED, CLOSED)
    take(case, ReopenCase, at=NOW + DAY)
    with pytest.raises(ItWasBeforeThat):
        take(case, RecordContact, at=NOW, recorded_at=NOW + 2 * DAY, reached=True, channel="visit")


def test_telling_one_thing_in_time_does_not_make_up_for_another() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, InformCaretaker, at=TELL_DUE + HOUR, milestone="in_good_hands", channel="phone")
    assert news(case)[0].facts["on_time"] is False


def test_nobody_tells_themselves() -> None:
    with pytest.raises(NobodyTellsThemselves):
        take(given(Case, *IN_THE_OPEN), InformCaretaker, who=CARETAKER, milestone="case_opened", channel="phone")


def test_what_was_told_is_judged_by_the_answer_that_stood_then() -> None:
    case = lived((GrantConsent, NOW, CONSENT), (WithdrawConsent, NOW + 2 * DAY, {"recipient": "municipal.visitation"}))
    take(case, SendReferral, at=NOW + DAY, recorded_at=NOW + 3 * DAY, **REFER)
    assert news(case)[-1].kind is Case.ReferralSent
    with pytest.raises(ConsentWasWithdrawn):
        take(case, SendReferral, at=NOW + 3 * DAY, **{**REFER, "id": ORDER})


def test_what_was_done_at_the_door_when_it_was_seen_is_believed() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, RecordContact, at=SEEN_AT, recorded_at=NOW, reached=True, channel="visit")
    assert news(case)


def test_a_phone_whose_clock_is_a_little_off_is_believed() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(ItWasBeforeThat):
        take(case, RecordContact, at=SEEN_AT - CLOCKS_MAY_DIFFER - MOMENT, recorded_at=NOW, reached=True, channel="visit")
    take(case, RecordContact, at=SEEN_AT - CLOCKS_MAY_DIFFER, recorded_at=NOW, reached=True, channel="visit")
    assert news(case)


@pytest.mark.parametrize("answer", [RecordAcknowledgement, RecordAnswer])
def test_nobody_answers_before_being_asked(answer: type[StepRequest]) -> None:
    case = lived((GrantConsent, NOW, CONSENT), (SendReferral, NOW + DAY, REFER))
    asked: dict[str, Any] = {"referral_id": REFERRAL} | ({"outcome": "help_established"} if answer is RecordAnswer else {})
    with pytest.raises(ItWasBeforeThat):
        take(case, answer, at=NOW + DAY - HOUR, recorded_at=NOW + 2 * DAY, **asked)
    take(case, answer, at=NOW + DAY, recorded_at=NOW + 2 * DAY, **asked)


def test_an_order_is_not_done_before_it_was_made() -> None:
    given_leave: dict[str, Any] = CONSENT | {"recipients": ["damage_service"]}
    case = lived((GrantConsent, NOW, given_leave), (OrderDamageService, NOW + DAY, {"id": ORDER}))
    with pytest.raises(ItWasBeforeThat):
        take(case, CompleteDamageService, at=NOW, recorded_at=NOW + 2 * DAY, order_id=ORDER)


def test_the_caretaker_is_not_told_before_there_is_something_to_tell() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    take(case, OpenCase, at=NOW + DAY, handler="somebody", colleague=Role.SOCIAL_LEAD)
    with pytest.raises(ItWasBeforeThat):
        take(case, InformCaretaker, at=NOW, recorded_at=NOW + 2 * DAY, milestone="case_opened", channel="phone")


def test_a_case_is_not_reopened_before_it_ended() -> None:
    case = lived((RecordContact, NOW, {"reached": True, "channel": "visit"}))
    take(case, CloseCase, at=NOW + DAY, outcome="handled_with_association_help")
    with pytest.raises(ItWasBeforeThat):
        take(case, ReopenCase, at=NOW, recorded_at=NOW + 2 * DAY)


# Consents in their order


def test_a_yes_is_not_written_in_before_it_was_taken_back() -> None:
    case = lived((GrantConsent, NOW, CONSENT), (WithdrawConsent, NOW + DAY, {"recipient": "municipal.visitation"}))
    with pytest.raises(ItWasBeforeThat):
        take(case, GrantConsent, at=NOW + HOUR, recorded_at=NOW + 2 * DAY, **CONSENT)
    take(case, GrantConsent, at=NOW + 2 * DAY, **CONSENT)


def test_a_no_is_not_written_in_before_the_yes() -> None:
    case = lived((GrantConsent, NOW + DAY, CONSENT))
    with pytest.raises(ItWasBeforeThat):
        take(case, DeclineConsent, at=NOW, recorded_at=NOW + 2 * DAY, **CONSENT)


def test_nobody_was_told_on_a_yes_that_came_later() -> None:
    case = lived((GrantConsent, NOW + DAY, CONSENT))
    with pytest.raises(ConsentCameLater):
        take(case, SendReferral, at=NOW, recorded_at=NOW + 2 * DAY, **REFER)


def test_a_yes_that_is_over_before_it_is_given_is_none() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(ConsentEndsBeforeItBegins):
        take(case, GrantConsent, **CONSENT, valid_until=NOW)


def test_a_yes_for_a_hundred_years_is_a_slip_of_the_fingers() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(ConsentLastsTooLong):
        take(case, GrantConsent, **CONSENT, valid_until=datetime(2062, 3, 3, tzinfo=UTC))


# Promises are kept by the record


@pytest.mark.parametrize(("recorded_at", "on_time"), [(CONTACT_DUE, True), (CONTACT_DUE + MOMENT, False), (CONTACT_DUE + 9 * DAY, False)])
def test_a_contact_is_in_time_when_it_stands_in_the_record_in_time(recorded_at: datetime, on_time: bool) -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, RecordContact, at=NOW, recorded_at=recorded_at, reached=True, channel="phone")
    assert news(case)[0].facts["on_time"] is on_time


@pytest.mark.parametrize(("recorded_at", "on_time"), [(TELL_DUE, True), (TELL_DUE + MOMENT, False)])
def test_the_caretaker_was_told_in_time_when_the_record_says_so_in_time(recorded_at: datetime, on_time: bool) -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, InformCaretaker, at=NOW, recorded_at=recorded_at, milestone="case_opened", channel="phone")
    assert news(case)[0].facts["on_time"] is on_time


@pytest.mark.parametrize(("recorded_at", "on_time"), [(ANSWER_DUE, True), (ANSWER_DUE + MOMENT, False)])
def test_an_answer_is_in_time_when_it_is_written_down_in_time(recorded_at: datetime, on_time: bool) -> None:
    case = lived((GrantConsent, NOW, CONSENT), (SendReferral, NOW, REFER))
    take(case, RecordAcknowledgement, at=NOW, recorded_at=recorded_at, referral_id=REFERRAL)
    assert news(case)[-1].facts["on_time"] is on_time


# Looks that come when they are meant to


@pytest.mark.parametrize(("days", "from_day"), [(3, 1), (14, 7), (30, 15), (90, 45)])
def test_a_look_after_some_days_is_done_when_half_of_them_have_passed(days: int, from_day: int) -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    take(case, OpenCase, under=Agreed(follow_ups=(days,)), handler="somebody", colleague=Role.SOCIAL_LEAD)
    (follow_up_id,) = case.follow_ups.open()
    for day in range(from_day):
        with pytest.raises(FollowUpIsTooEarly):
            take(case, DoFollowUp, at=NOW + day * DAY, follow_up_id=follow_up_id)
    take(case, DoFollowUp, at=NOW + from_day * DAY, follow_up_id=follow_up_id)
    assert news(case)[-1].facts["on_time"] is True


@pytest.mark.parametrize("due", [NOW, NOW + HOUR, NOW + DAY])
def test_a_look_today_or_tomorrow_may_be_done_at_once(due: datetime) -> None:
    case = lived((PlanFollowUp, NOW, {"id": FOLLOW_UP, "due": due}))
    take(case, DoFollowUp, at=NOW, follow_up_id=FOLLOW_UP)


def test_a_look_is_late_when_it_is_written_down_late() -> None:
    case = lived((PlanFollowUp, NOW, {"id": FOLLOW_UP, "due": LOOK_AGAIN}))
    take(case, DoFollowUp, at=LOOK_AGAIN, recorded_at=LOOK_AGAIN + MOMENT, follow_up_id=FOLLOW_UP)
    assert news(case)[-1].facts["on_time"] is False


def test_a_look_in_a_hundred_years_is_a_slip_of_the_fingers() -> None:
    with pytest.raises(FollowUpIsTooFarAhead):
        lived((PlanFollowUp, NOW, {"due": NOW.replace(year=2062)}))


# Meetings


def test_a_meeting_was_not_held_before_its_hour() -> None:
    case = lived((PlanAccompaniment, NOW, {"id": VISIT, "companion": CARETAKER, "meeting_at": LOOK_AGAIN}))
    for recorded_at in (NOW, LOOK_AGAIN + DAY):
        with pytest.raises(MeetingIsStillToCome):
            take(case, RecordAccompaniment, at=NOW, recorded_at=recorded_at, visit_id=VISIT)
    take(case, RecordAccompaniment, at=LOOK_AGAIN, visit_id=VISIT)


def test_a_meeting_in_a_year_that_nobody_meant_is_refused() -> None:
    with pytest.raises(MeetingIsTooFarAhead):
        lived((PlanAccompaniment, NOW, {"companion": CARETAKER, "meeting_at": NOW.replace(year=2062)}))
