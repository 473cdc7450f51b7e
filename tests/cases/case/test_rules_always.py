"""What holds in every case, whatever people try and in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as st

from services.cases.case.rules.case import Case
from services.cases.case.rules.codes import CARETAKER_STEPS, Step
from shared.ground.errors import Refusal
from shared.ground.provenance import Role
from tests.cases.case.story import CARETAKER, NOW, RAISED, WORDS, Agreed
from tests.support.given import given, news

UNDER = Agreed(follow_ups=(3, 14))
IDS = [UUID(int=number) for number in range(1, 4)]
RECIPIENTS = ("municipal.visitation", "volunteer", "damage_service")
ROLES = (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER, Role.CARETAKER)
OUTCOMES = ("help_established", "moved", "municipality_no_answer")
TELLABLE = ("in_good_hands", "case_opened", "referral_sent", "help_established", "closed", "dismissed")


def look_again(case: Case, by: Role, at: datetime) -> None:
    """Do every follow-up that is open."""
    for follow_up_id in case.follow_ups.open():
        case.follow_ups.do(by=by, at=at, under=UNDER, follow_up_id=follow_up_id)


Try = Callable[[Case, Role, datetime, UUID, str], None]
TRIES: list[Try] = [
    lambda case, by, at, id, to: case.see(by=by, under=UNDER),
    lambda case, by, at, id, to: case.triage(by=by, at=at, under=UNDER, severity="medium", category="other"),
    lambda case, by, at, id, to: case.triage(by=by, at=at, under=UNDER, severity="acute", category="other", reason=WORDS),
    lambda case, by, at, id, to: case.open(by=by, at=at, under=UNDER, handler=f"staff-{by}", role=by),
    lambda case, by, at, id, to: case.open(by=Role.SOCIAL_LEAD, at=at, under=UNDER, handler=f"staff-{by}", role=by),
    lambda case, by, at, id, to: case.assign(by=Role.SOCIAL_LEAD, under=UNDER, to=f"staff-{by}", role=by),
    lambda case, by, at, id, to: case.dismiss(by=by, at=at, under=UNDER, reason="explained"),
    lambda case, by, at, id, to: case.change_severity(by=by, at=at, under=UNDER, to="acute"),
    lambda case, by, at, id, to: case.change_severity(by=by, at=at, under=UNDER, to="low"),
    lambda case, by, at, id, to: case.contact(by=by, at=at, under=UNDER, reached=True, channel="visit"),
    lambda case, by, at, id, to: case.contact(by=by, at=at, under=UNDER, reached=False, channel="visit"),
    lambda case, by, at, id, to: case.keep_an_eye(by=by, under=UNDER, text=WORDS),
    lambda case, by, at, id, to: case.consents.grant(
        by=by, under=UNDER, recipients=[to], wording="2026-1", how="oral", asked_by=CARETAKER, asked_at=at
    ),
    lambda case, by, at, id, to: case.consents.decline(
        by=by, under=UNDER, recipients=[to], wording="2026-1", how="oral", asked_by=CARETAKER, asked_at=at
    ),
    lambda case, by, at, id, to: case.consents.not_obtainable(by=by, under=UNDER, recipients=[to], asked_by=CARETAKER, asked_at=at),
    lambda case, by, at, id, to: case.consents.withdraw(by=by, under=UNDER, recipient=to, how="oral", told_to=CARETAKER),
    lambda case, by, at, id, to: case.referrals.send(
        by=by, at=at, under=UNDER, referral_id=id, target=to, channel="phone", basis="consent"
    ),
    lambda case, by, at, id, to: case.referrals.send(
        by=by, at=at, under=UNDER, referral_id=id, target=to, channel="phone", basis="vital_interest", basis_reason=WORDS
    ),
    lambda case, by, at, id, to: case.referrals.acknowledge(by=by, at=at, under=UNDER, referral_id=id),
    lambda case, by, at, id, to: case.referrals.accept(by=by, at=at, under=UNDER, referral_id=id),
    lambda case, by, at, id, to: case.referrals.reject(by=by, at=at, under=UNDER, referral_id=id),
    lambda case, by, at, id, to: case.referrals.answer(by=by, at=at, under=UNDER, referral_id=id, outcome="help_established"),
    lambda case, by, at, id, to: case.practical_help.order_damage_service(by=by, at=at, under=UNDER, order_id=id, basis="consent"),
    lambda case, by, at, id, to: case.practical_help.complete_damage_service(by=by, under=UNDER, order_id=id),
    lambda case, by, at, id, to: case.practical_help.plan_accompaniment(
        by=by, at=at, under=UNDER, visit_id=id, companion=CARETAKER, meeting_at=at
    ),
    lambda case, by, at, id, to: case.practical_help.accompany(by=by, under=UNDER, visit_id=id),
    lambda case, by, at, id, to: case.follow_ups.plan(by=by, at=at, under=UNDER, follow_up_id=id, due=at),
    lambda case, by, at, id, to: look_again(case, by, at),
    lambda case, by, at, id, to: case.follow_ups.cancel(by=by, under=UNDER, follow_up_id=id),
    *(lambda case, by, at, id, to, milestone=milestone: case.deadlines.inform_caretaker(
        by=by, at=at, under=UNDER, milestone=milestone, channel="phone"
    ) for milestone in TELLABLE),
    *(lambda case, by, at, id, to, outcome=outcome: case.close(by=by, at=at, under=UNDER, outcome=outcome) for outcome in OUTCOMES),
    lambda case, by, at, id, to: case.reopen(by=by, at=at, under=UNDER),
    lambda case, by, at, id, to: case.note_time(at),
]  # fmt: skip

# The roles are drawn with the lead in front, so that most stories get somewhere.
WISHES = st.lists(
    st.tuples(
        st.sampled_from(TRIES), st.sampled_from((Role.SOCIAL_LEAD, *ROLES)), st.integers(0, 96), st.sampled_from(IDS),
        st.sampled_from(RECIPIENTS),
    ),
    max_size=60,
)  # fmt: skip
OPEN = [TRIES[0], TRIES[1], TRIES[3]]


def lived(wishes: list[tuple[Try, Role, int, UUID, str]], *, opened: bool) -> Case:
    """A case in which people tried all this, one after the other, some hours apart; what is refused did not happen."""
    case = given(Case, RAISED)
    at = NOW
    if opened:
        for wish in OPEN:
            wish(case, Role.SOCIAL_LEAD, at, IDS[0], RECIPIENTS[0])
    for wish, by, hours, id, to in wishes:
        at += timedelta(hours=hours)
        with suppress(Refusal):
            wish(case, by, at, id, to)
    return case


@whatever(wishes=WISHES, opened=st.booleans())
@settings(max_examples=300, deadline=None)
def test_nothing_is_told_on_the_strength_of_a_consent_that_is_not_the_last_answer(wishes: Any, opened: bool) -> None:
    last: dict[str, type[Any]] = {}
    for happened in news(lived(wishes, opened=opened)):
        if "recipient" in happened.facts:
            last[happened.facts["recipient"]] = happened.kind
        if happened.facts.get("basis") == "consent":
            assert last[happened.facts.get("target", "damage_service")] is Case.ConsentGranted


@whatever(wishes=WISHES, opened=st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_caretaker_ever_carries_a_case(wishes: Any, opened: bool) -> None:
    handlers = {happened.facts["handler"] for happened in news(lived(wishes, opened=opened)) if "handler" in happened.facts}
    assert handlers <= {"", "staff-social_lead", "staff-social_caretaker"}


@whatever(wishes=WISHES, opened=st.booleans())
@settings(max_examples=300, deadline=None)
def test_nothing_is_missed_twice(wishes: Any, opened: bool) -> None:
    happened = news(lived(wishes, opened=opened))
    silences = [(each.facts["referral_id"], each.facts["step"]) for each in happened if each.kind is Case.ReferralSilent]
    follow_ups = [each.facts["follow_up_id"] for each in happened if each.kind is Case.FollowUpMissed]
    deadlines = [
        (each.facts["kind"], each.facts["milestone"], each.facts["due"]) for each in happened if each.kind is Case.DeadlineMissed
    ]  # fmt: skip
    assert len(set(silences)) == len(silences)
    assert len(set(follow_ups)) == len(follow_ups)
    assert len(set(deadlines)) == len(deadlines)


@whatever(wishes=WISHES, opened=st.booleans(), hours=st.integers(0, 2000))
@settings(max_examples=300, deadline=None)
def test_a_replayed_case_decides_as_the_one_that_lived_it(wishes: Any, opened: bool, hours: int) -> None:
    case = lived(wishes, opened=opened)
    history = news(case)
    late = NOW + timedelta(hours=hours)
    replayed = given(Case, RAISED, *history)
    case.note_time(late)
    replayed.note_time(late)
    assert news(case) == [*history, *news(replayed)]
    told = given(Case, RAISED, *news(case))
    told.note_time(late)
    assert news(told) == []


@whatever(wishes=WISHES)
@settings(max_examples=50, deadline=None)
def test_these_stories_are_told_without_a_bug(wishes: Any) -> None:
    assert lived(wishes, opened=True).version >= 6


def test_the_steps_a_caretaker_may_take_are_those_of_the_first_article() -> None:
    assert {Step.ASK_LEAVE, Step.ACCOMPANY, Step.KEEP_AN_EYE} == CARETAKER_STEPS
