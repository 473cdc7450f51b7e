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

from services.cases.case.rules.accompaniment import AgreeToAccompany, DeclineToAccompany, PlanAccompaniment, RecordAccompaniment
from services.cases.case.rules.aftermath import AskToContinue
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import DismissConcern, SeeConcern, TriageConcern
from services.cases.case.rules.consents import DeclineConsent, GrantConsent, RecordConsentNotObtainable, WithdrawConsent
from services.cases.case.rules.damage_service import CompleteDamageService, LetDamageServiceIn, OrderDamageService
from services.cases.case.rules.deadlines import InformCaretaker
from services.cases.case.rules.ending import CloseCase, ReopenCase
from services.cases.case.rules.follow_ups import CancelFollowUp, DoFollowUp, PlanFollowUp
from services.cases.case.rules.handling import AssignCase, ChangeSeverity, KeepAnEye, OpenCase, RecordContact
from services.cases.case.rules.life import RecordDeath, RecordMove, RetractDeath
from services.cases.case.rules.referrals import RecordAcceptance, RecordAcknowledgement, RecordAnswer, RecordRejection, SendReferral
from services.cases.case.rules.step import StepRequest
from shared.ground.errors import Refusal
from shared.words.vocabulary.case import CARETAKER_STEPS, Step
from shared.words.vocabulary.people import Role
from tests.cases.case import story
from tests.cases.case.story import CARETAKER, NOW, RAISED, WORDS, Agreed
from tests.support.given import given, news
from tests.support.properties import times

UNDER = Agreed(follow_ups=(3, 14))


def take(case: Case, step: type[StepRequest], **asked: Any) -> None:
    """Somebody takes a step under a procedure that plans follow-ups."""
    story.take(case, step, under=UNDER, **asked)


IDS = [UUID(int=number) for number in range(1, 4)]
RECIPIENTS = ("municipal.visitation", "volunteer", "damage_service")
ROLES = (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER, Role.CARETAKER)
OUTCOMES = ("help_established", "moved", "municipality_no_answer")
TELLABLE = ("in_good_hands", "case_opened", "referral_sent", "help_established", "closed", "dismissed")


def look_again(case: Case, by: Role, at: datetime) -> None:
    """Do every follow-up that is open."""
    for follow_up_id in case.follow_ups.open():
        take(case, DoFollowUp, by=by, at=at, follow_up_id=follow_up_id)


Try = Callable[[Case, Role, datetime, UUID, str], None]
TRIES: list[Try] = [
    lambda case, by, at, id, to: take(case, SeeConcern, by=by),
    lambda case, by, at, id, to: take(case, TriageConcern, by=by, at=at, severity="medium", category="other"),
    lambda case, by, at, id, to: take(case, TriageConcern, by=by, at=at, severity="acute", category="other", reason=WORDS),
    lambda case, by, at, id, to: take(case, OpenCase, by=by, at=at, handler=f"staff-{by}", colleague=by),
    lambda case, by, at, id, to: take(case, OpenCase, at=at, handler=f"staff-{by}", colleague=by),
    lambda case, by, at, id, to: take(case, AssignCase, handler=f"staff-{by}", colleague=by),
    lambda case, by, at, id, to: take(case, AssignCase, handler=CARETAKER),
    lambda case, by, at, id, to: take(case, DismissConcern, by=by, at=at, reason="explained"),
    lambda case, by, at, id, to: take(case, ChangeSeverity, by=by, at=at, severity="acute"),
    lambda case, by, at, id, to: take(case, ChangeSeverity, by=by, at=at, severity="low"),
    lambda case, by, at, id, to: take(case, RecordContact, by=by, at=at, reached=True, channel="visit"),
    lambda case, by, at, id, to: take(case, RecordContact, by=by, at=at, reached=False, channel="visit"),
    lambda case, by, at, id, to: take(case, KeepAnEye, by=by, text=WORDS),
    lambda case, by, at, id, to: take(case, GrantConsent, by=by, recipients=[to], wording="2026-1", how="oral", at=at),
    lambda case, by, at, id, to: take(case, DeclineConsent, by=by, recipients=[to], wording="2026-1", how="oral", at=at),
    lambda case, by, at, id, to: take(case, RecordConsentNotObtainable, by=by, recipients=[to], at=at),
    lambda case, by, at, id, to: take(case, WithdrawConsent, by=by, recipient=to, how="oral"),
    lambda case, by, at, id, to: take(case, SendReferral, by=by, at=at, id=id, target=to, channel="phone", basis="consent"),
    lambda case, by, at, id, to: take(
        case, SendReferral, by=by, at=at, id=id, target=to, channel="phone", basis="vital_interest", basis_reason=WORDS,
   ),
    lambda case, by, at, id, to: take(case, RecordAcknowledgement, by=by, at=at, referral_id=id),
    lambda case, by, at, id, to: take(case, RecordAcceptance, by=by, at=at, referral_id=id),
    lambda case, by, at, id, to: take(case, RecordRejection, by=by, at=at, referral_id=id),
    lambda case, by, at, id, to: take(case, RecordAnswer, by=by, at=at, referral_id=id, outcome="help_established"),
    lambda case, by, at, id, to: take(case, OrderDamageService, by=by, at=at, id=id, basis="consent"),
    lambda case, by, at, id, to: take(case, LetDamageServiceIn, by=by, order_id=id),
    lambda case, by, at, id, to: take(case, CompleteDamageService, by=by, order_id=id),
    lambda case, by, at, id, to: take(case, PlanAccompaniment, by=by, at=at, visit_id=id, companion=CARETAKER, meeting_at=at),
    lambda case, by, at, id, to: take(case, AgreeToAccompany, by=by, visit_id=id),
    lambda case, by, at, id, to: take(case, DeclineToAccompany, by=by, visit_id=id),
    lambda case, by, at, id, to: take(case, RecordAccompaniment, by=by, visit_id=id),
    lambda case, by, at, id, to: take(case, PlanFollowUp, by=by, at=at, id=id, due=at),
    lambda case, by, at, id, to: look_again(case, by, at),
    lambda case, by, at, id, to: take(case, CancelFollowUp, by=by, follow_up_id=id),
    *(lambda case, by, at, id, to, milestone=milestone: take(
        case, InformCaretaker, by=by, at=at, milestone=milestone, channel="phone"
    ) for milestone in TELLABLE),
    *(lambda case, by, at, id, to, outcome=outcome: take(case, CloseCase, by=by, at=at, outcome=outcome) for outcome in OUTCOMES),
    lambda case, by, at, id, to: take(case, RecordDeath, by=by, at=at, on=at.date(), source="relative"),
    lambda case, by, at, id, to: take(case, RetractDeath, by=by, at=at),
    lambda case, by, at, id, to: take(case, RecordMove, by=by, at=at, on=at.date(), source="relative"),
    lambda case, by, at, id, to: take(case, AskToContinue, by=by, at=at, continuing="yes", channel="phone"),
    lambda case, by, at, id, to: take(case, ReopenCase, by=by, at=at),
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
@settings(max_examples=times(3))
def test_nothing_is_told_on_the_strength_of_a_consent_that_is_not_the_last_answer(wishes: Any, opened: bool) -> None:
    last: dict[str, type[Any]] = {}
    for happened in news(lived(wishes, opened=opened)):
        if "recipient" in happened.facts:
            last[happened.facts["recipient"]] = happened.kind
        if happened.facts.get("basis") == "consent":
            assert last[happened.facts.get("target", "damage_service")] is Case.ConsentGranted


@whatever(wishes=WISHES, opened=st.booleans())
@settings(max_examples=times(3))
def test_no_caretaker_ever_carries_a_case(wishes: Any, opened: bool) -> None:
    handlers = {happened.facts["handler"] for happened in news(lived(wishes, opened=opened)) if "handler" in happened.facts}
    assert handlers <= {"", "staff-social_lead", "staff-social_caretaker", CARETAKER}


@whatever(wishes=WISHES, opened=st.booleans(), hours=st.integers(0, 2000))
@settings(max_examples=times(3))
def test_nobody_is_told_or_to_be_told_what_they_do_themselves(wishes: Any, opened: bool, hours: int) -> None:
    case, handler = lived(wishes, opened=opened), ""
    case.note_time(NOW + timedelta(hours=hours))
    for happened in news(case):
        if happened.kind in (Case.Opened, Case.Assigned):
            handler = happened.facts["handler"]
        is_telling = happened.kind is Case.CaretakerInformed or happened.facts.get("kind") == "tell_caretaker"
        assert not (is_telling and handler == CARETAKER)
    if handler == CARETAKER:
        assert not [wait for wait in case.waits() if wait.kind == "tell_caretaker"]


@whatever(wishes=WISHES, opened=st.booleans())
@settings(max_examples=times(3))
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
@settings(max_examples=times(3))
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
@settings(max_examples=times(0.5))
def test_these_stories_are_told_without_a_bug(wishes: Any) -> None:
    assert lived(wishes, opened=True).version >= 6


def test_the_steps_a_caretaker_may_take_are_those_of_the_first_article() -> None:
    assert {Step.ASK_LEAVE, Step.ACCOMPANY, Step.KEEP_AN_EYE, Step.ORDER_DAMAGE_SERVICE, Step.LET_IN} == CARETAKER_STEPS
