"""How a case ends: with an outcome that rests on something in it, and not while somebody owes an answer or a look."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.ending import GROUNDS as RULES
from services.cases.case.rules.ending import (
    CloseCase,
    FollowUpsAreOpen,
    OnlyAClosedCaseIsReopened,
    OutcomeHasNoFact,
    ReferralsAreUnanswered,
    ReopenCase,
    outcomes,
)
from services.cases.case.rules.facts import (
    NOTED_BY_ITSELF,
    FactIsFromBeforeTheConcern,
    FactIsInTheFuture,
    FactIsTooOld,
    NoteFact,
    TakeFactBack,
    ThereIsNoSuchFact,
)
from services.cases.case.rules.handling import RecordContact
from services.cases.case.rules.referrals import SendReferral
from services.cases.case.rules.refusals import CaseIsClosed, CaseIsNotOpen, CodeIsUnknown
from shared.words.vocabulary.case import FactKind, Outcome
from tests.cases.case.story import (
    ACKNOWLEDGED,
    CARETAKER,
    CLOSED,
    CONTACT_DUE,
    DISMISSED,
    FOLLOW_UP,
    GROUNDS,
    HELPED,
    IN_THE_OPEN,
    LEAD,
    MOMENT,
    NO_TO_VISITATION,
    NOW,
    OBSERVATION,
    PLANNED,
    REACHED,
    REFERRAL,
    REFERRED,
    REOPENED,
    SEEN_AT,
    SENT,
    TELL_DUE,
    TRIAGED,
    UNDER_TRIAGE,
    UNKNOWN,
    WORDS,
    YES_TO_DAMAGE_SERVICE,
    YES_TO_VISITATION,
    Agreed,
    noted,
    take,
)  # fmt: skip
from tests.support.given import fact, given, kinds, news

DAY = timedelta(days=1)
TODAY = NOW.date()


def close(case: Case, outcome: str = "help_established", **more: Any) -> None:
    take(case, CloseCase, outcome=outcome, **more)


def test_a_case_is_closed_and_the_caretaker_is_to_hear_of_it() -> None:
    case = given(Case, *IN_THE_OPEN, noted("help"))
    close(case, remark=WORDS)
    assert news(case) == [
        fact(Case.Closed, observation_id=OBSERVATION, observer=CARETAKER, outcome="help_established", remark=WORDS, tell_due=TELL_DUE)
    ]


def test_closing_with_the_same_outcome_again_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN, CLOSED)
    close(case)
    assert news(case) == []


def test_a_closed_case_does_not_get_another_outcome() -> None:
    case = given(Case, *IN_THE_OPEN, CLOSED)
    with pytest.raises(CaseIsClosed):
        close(case, "moved")


@pytest.mark.parametrize("history", [UNDER_TRIAGE, (*UNDER_TRIAGE, TRIAGED)])
def test_what_is_not_open_is_not_closed(history: tuple[Any, ...]) -> None:
    case = given(Case, *history)
    with pytest.raises(CaseIsNotOpen):
        close(case)


def test_an_outcome_is_one_of_the_list() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(CodeIsUnknown):
        close(case, "done")


@pytest.mark.parametrize("so_far", [(), (ACKNOWLEDGED,)])
def test_a_case_is_not_closed_while_somebody_owes_an_answer(so_far: tuple[Any, ...]) -> None:
    case = given(Case, *REFERRED, *so_far, noted("help"))
    with pytest.raises(ReferralsAreUnanswered):
        close(case)


@pytest.mark.parametrize(
    "outcome", ["municipality_no_answer", "transferred_to_municipality", "resident_declined", "moved", "deceased", "evicted"]
)
def test_some_outcomes_say_why_nobody_waits_for_an_answer(outcome: str) -> None:
    case = given(Case, *REFERRED, *GROUNDS[outcome])
    close(case, outcome)
    assert kinds(case) == [Case.Closed]


@pytest.mark.parametrize(
    "answer",
    [
        HELPED,
        fact(Case.ReferralRejected, referral_id=REFERRAL, target="municipal.visitation", reason=None),
        fact(Case.ReferralAccepted, referral_id=REFERRAL, target="municipal.visitation"),
    ],
)
def test_an_answered_referral_holds_nothing_up(answer: Any) -> None:
    case = given(Case, *REFERRED, answer, noted("help"))
    close(case)
    assert kinds(case) == [Case.Closed]


def test_a_case_is_not_closed_while_somebody_is_to_look_again() -> None:
    case = given(Case, *IN_THE_OPEN, noted("help"), PLANNED)
    with pytest.raises(FollowUpsAreOpen):
        close(case)


@pytest.mark.parametrize("outcome", ["moved", "deceased"])
def test_nobody_looks_after_an_empty_home(outcome: str) -> None:
    case = given(Case, *IN_THE_OPEN, *GROUNDS[outcome], PLANNED)
    close(case, outcome)
    assert kinds(case) == [Case.FollowUpCancelled, Case.Closed]
    assert news(case)[0] == fact(Case.FollowUpCancelled, follow_up_id=FOLLOW_UP)


def test_a_case_that_was_not_over_is_reopened_with_its_clock_and_its_follow_ups() -> None:
    case = given(Case, *IN_THE_OPEN, REACHED, CLOSED)
    take(case, ReopenCase, under=Agreed(follow_ups=(3,)), reason=WORDS)
    assert news(case)[0] == fact(Case.Reopened, **{**REOPENED.facts, "reason": WORDS})
    assert kinds(case) == [Case.Reopened, Case.FollowUpPlanned]


def test_reopening_an_open_case_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN, CLOSED, REOPENED)
    take(case, ReopenCase)
    assert news(case) == []


def test_a_reopened_case_is_to_be_reached_again() -> None:
    case = given(Case, *IN_THE_OPEN, REACHED, CLOSED, REOPENED)
    case.note_time(CONTACT_DUE + MOMENT)
    assert news(case)[-1] == fact(Case.DeadlineMissed, kind="first_contact", milestone="", due=CONTACT_DUE, handler=LEAD)


@pytest.mark.parametrize("history", [UNDER_TRIAGE, (*UNDER_TRIAGE, DISMISSED)])
def test_only_what_was_closed_is_reopened(history: tuple[Any, ...]) -> None:
    case = given(Case, *history)
    with pytest.raises(OnlyAClosedCaseIsReopened):
        take(case, ReopenCase)


# What an outcome rests on


@pytest.mark.parametrize("outcome", Outcome)
def test_nothing_is_claimed_on_an_empty_case(outcome: str) -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(RULES[Outcome(outcome)].otherwise):
        close(case, outcome)
    assert news(case) == []


@pytest.mark.parametrize("outcome", GROUNDS)
def test_a_case_ends_with_what_something_in_it_speaks_for(outcome: str) -> None:
    case = given(Case, *IN_THE_OPEN, *GROUNDS[outcome])
    assert outcome in outcomes(case)
    close(case, outcome)
    assert news(case)[-1].facts["outcome"] == outcome


@pytest.mark.parametrize(("outcome", "half"), [(o, g[:-1]) for o, g in GROUNDS.items() if len(g) > 1])
def test_half_of_it_is_not_enough(outcome: str, half: tuple[Any, ...]) -> None:
    with pytest.raises(OutcomeHasNoFact):
        close(given(Case, *IN_THE_OPEN, *half), outcome)


@pytest.mark.parametrize("outcome", ["help_established", "resident_declined"])
def test_what_the_recipient_tells_is_enough(outcome: str) -> None:
    told = fact(Case.ReferralAnswered, referral_id=REFERRAL, target="municipal.visitation", outcome=outcome, tell_due=None)
    close(given(Case, *REFERRED, told), outcome)


@pytest.mark.parametrize("days", [(0, 0, 1), (0, 1, 2), (0, 7, 7)])
def test_who_was_tried_three_times_on_several_days_could_not_be_reached(days: tuple[int, ...]) -> None:
    case = given(Case, *IN_THE_OPEN)
    for day in days:
        with pytest.raises(OutcomeHasNoFact):
            close(case, "not_reachable")
        take(case, RecordContact, at=NOW + day * DAY, reached=False, channel="visit")
    close(case, "not_reachable")


def test_three_times_on_one_day_is_one_try() -> None:
    case = given(Case, *IN_THE_OPEN)
    for _ in range(5):
        take(case, RecordContact, reached=False, channel="phone")
    with pytest.raises(OutcomeHasNoFact):
        close(case, "not_reachable")


def test_three_times_around_midnight_is_one_try() -> None:
    case = given(Case, *IN_THE_OPEN)
    for at in (datetime(2026, 3, 3, 22, 59, tzinfo=UTC), datetime(2026, 3, 3, 23, tzinfo=UTC), datetime(2026, 3, 3, 23, 1, tzinfo=UTC)):
        take(case, RecordContact, at=at, recorded_at=NOW + 2 * DAY, reached=False, channel="phone")
    with pytest.raises(OutcomeHasNoFact):
        close(case, "not_reachable")


def test_a_municipality_that_sent_it_back_does_not_have_it() -> None:
    back = fact(Case.ReferralRejected, referral_id=REFERRAL, target="municipal.visitation", reason=None)
    with pytest.raises(OutcomeHasNoFact):
        close(given(Case, *REFERRED, ACKNOWLEDGED, back), "transferred_to_municipality")


def test_a_municipality_that_answered_something_else_was_not_silent() -> None:
    other = fact(
        Case.ReferralSent,
        **{**SENT.facts, "referral_id": UNKNOWN, "target": "municipal.skp"},
    )
    heard = fact(Case.ReferralAcknowledged, referral_id=UNKNOWN, target="municipal.skp", on_time=True)
    with pytest.raises(OutcomeHasNoFact):
        close(given(Case, *IN_THE_OPEN, *GROUNDS["municipality_no_answer"], other, heard), "municipality_no_answer")


def test_the_ladder_is_climbed_from_when_the_referral_is_written_down() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_VISITATION)
    take(case, SendReferral, at=SEEN_AT, recorded_at=NOW + 50 * DAY, target="municipal.visitation", channel="phone")
    case.note_time(NOW + 50 * DAY + MOMENT)
    assert Case.ReferralSilent not in kinds(case)


def test_a_no_to_one_and_a_yes_to_another_is_no_refusal_of_help() -> None:
    with pytest.raises(OutcomeHasNoFact):
        close(given(Case, *IN_THE_OPEN, NO_TO_VISITATION, YES_TO_DAMAGE_SERVICE), "resident_declined")


@pytest.mark.parametrize(
    "facts",
    [
        (noted("termination", "2026-03-20"), noted("tenancy_kept", "2026-03-10")),
        (noted("termination", "2026-03-05"), noted("tenancy_kept", "2026-03-06"), noted("eviction", "2026-03-20")),
    ],
    ids=["kept before it was terminated", "evicted after all"],
)
def test_no_eviction_was_averted(facts: tuple[Any, ...]) -> None:
    with pytest.raises(OutcomeHasNoFact):
        close(given(Case, *IN_THE_OPEN, *facts), "eviction_averted")


@pytest.mark.parametrize("outcome", ["help_established", "eviction_averted", "moved", "mediated_settled", "unfounded"])
def test_what_a_case_ended_with_does_not_end_it_again(outcome: str) -> None:
    case = given(Case, *IN_THE_OPEN, *GROUNDS[outcome])
    close(case, outcome)
    take(case, ReopenCase, at=NOW + DAY)
    with pytest.raises(OutcomeHasNoFact):
        close(case, outcome, at=NOW + 2 * DAY)


def test_who_was_reached_was_not_out_of_reach() -> None:
    case = given(Case, *IN_THE_OPEN)
    for day in range(3):
        take(case, RecordContact, at=NOW + day * DAY, reached=False, channel="visit")
    take(case, RecordContact, at=NOW + 3 * DAY, reached=True, channel="visit")
    with pytest.raises(OutcomeHasNoFact):
        close(case, "not_reachable")


def test_a_case_that_begins_again_needs_its_tries_again() -> None:
    case = given(Case, *IN_THE_OPEN)
    for day in range(3):
        take(case, RecordContact, at=NOW + day * DAY, reached=False, channel="visit")
    close(case, "not_reachable", at=NOW + 3 * DAY)
    take(case, ReopenCase, at=NOW + 4 * DAY)
    with pytest.raises(OutcomeHasNoFact):
        close(case, "not_reachable", at=NOW + 5 * DAY)


# What a person notes


NOTED_AS_FACTS = [kind for kind in FactKind if kind not in NOTED_BY_ITSELF]


def note(case: Case, kind: str = "eviction", on: date = TODAY, **more: Any) -> None:
    asked: dict[str, Any] = {"kind": kind, "on": on, "source": "relative", **more}
    take(case, NoteFact, **asked)


@pytest.mark.parametrize("kind", NOTED_AS_FACTS)
def test_what_happened_is_noted_with_its_day_and_who_says_so(kind: str) -> None:
    case = given(Case, *IN_THE_OPEN)
    note(case, kind)
    assert news(case) == [fact(Case.FactNoted, fact_id=UNKNOWN, kind=kind, on="2026-03-03", source="relative")]


def test_noting_it_again_with_the_same_id_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN)
    note(case)
    note(case)
    assert len(news(case)) == 1


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (NOW.date() + DAY, FactIsInTheFuture),
        (NOW.date() + 400 * DAY, FactIsInTheFuture),
        (date(2020, 3, 3), FactIsTooOld),
        (date(2000, 1, 1), FactIsTooOld),
    ],
)
def test_its_day_is_one_that_somebody_can_mean(on: date, refusal: type[Exception]) -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(refusal):
        note(case, on=on)


@pytest.mark.parametrize("kind", [kind for kind in NOTED_AS_FACTS if kind != FactKind.TERMINATION])
def test_only_a_termination_is_older_than_the_concern(kind: str) -> None:
    with pytest.raises(FactIsFromBeforeTheConcern):
        note(given(Case, *IN_THE_OPEN), kind, on=SEEN_AT.date() - DAY)
    note(given(Case, *IN_THE_OPEN), "termination", on=SEEN_AT.date() - DAY)


@pytest.mark.parametrize("wrong", [{"kind": "rumour"}, {"source": "gossip"}])
def test_what_and_who_are_on_the_lists(wrong: dict[str, Any]) -> None:
    with pytest.raises(CodeIsUnknown):
        note(given(Case, *IN_THE_OPEN), **wrong)


@pytest.mark.parametrize("history", [UNDER_TRIAGE, (*UNDER_TRIAGE, TRIAGED)])
def test_it_is_noted_in_a_case(history: tuple[Any, ...]) -> None:
    with pytest.raises(CaseIsNotOpen):
        note(given(Case, *history))


def test_what_was_a_mistake_is_taken_back_and_nothing_rests_on_it() -> None:
    case = given(Case, *IN_THE_OPEN)
    note(case, "eviction")
    take(case, TakeFactBack, fact_id=UNKNOWN, reason=WORDS)
    assert news(case)[-1] == fact(Case.FactTakenBack, fact_id=UNKNOWN, kind="eviction", reason=WORDS)
    with pytest.raises(OutcomeHasNoFact):
        close(case, "evicted")


def test_only_what_stands_there_is_taken_back() -> None:
    with pytest.raises(ThereIsNoSuchFact):
        take(given(Case, *IN_THE_OPEN, noted("move")), TakeFactBack, fact_id=uuid4())
