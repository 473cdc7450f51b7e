"""Passing a concern on: who may be told, on which basis, what they answer, and what their silence means."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.cases.case.rules.answers import (
    ConsentHasExpired,
    ConsentWasDeclined,
    ConsentWasWithdrawn,
    NoConsentCoversThis,
    ReasonIsMissing,
)
from services.cases.case.rules.case import Case
from services.cases.case.rules.referrals import (
    RecordAcceptance,
    RecordAcknowledgement,
    RecordAnswer,
    RecordDelivery,
    RecordRejection,
    ReferralIsAlreadyAnswered,
    SendReferral,
    ThereIsNoSuchReferral,
)
from services.cases.case.rules.refusals import CaseIsClosed, CaseIsNotOpen, CodeIsUnknown
from shared.ground.text_input import TextTooLong
from shared.privacy.personal import Personal
from tests.cases.case.story import (
    ACKNOWLEDGED,
    ANSWER_DUE,
    BLANK,
    CARETAKER,
    CLOSED,
    CONTACT_DUE,
    HELPED,
    IN_THE_OPEN,
    LEAD,
    LOOK_AGAIN,
    MOMENT,
    NO_LONGER_TO_VISITATION,
    NO_TO_VISITATION,
    NOW,
    REACHED,
    REFERRAL,
    REFERRED,
    REOPENED,
    SEEN_AT,
    SENT,
    SILENCE,
    TELL_DUE,
    TOO_LONG,
    TRIAGED,
    UNDER_TRIAGE,
    UNKNOWN,
    WORDS,
    YES_TO_DAMAGE_SERVICE,
    YES_TO_VISITATION,
    take,
)  # fmt: skip
from tests.support.given import Fact, fact, given, kinds, news

TARGET = {"referral_id": REFERRAL, "target": "municipal.visitation"}
TOLD = fact(Case.CaretakerInformed, observation_id=UNKNOWN, caretaker=CARETAKER, milestone="referral_sent", channel="phone", on_time=True)


def send(case: Case, *, basis: str = "consent", reason: Personal | None = None, at: datetime = NOW, **more: Any) -> None:
    facts = {"id": REFERRAL, "target": "municipal.visitation", "channel": "secure_mail", **more}
    take(case, SendReferral, at=at, basis=basis, basis_reason=reason, **facts)


def yes_until(end: datetime) -> Fact:
    return fact(
        Case.ConsentGranted,
        **{**YES_TO_VISITATION.facts, "valid_until": end},
    )


def silent(step: int) -> Fact:
    return fact(Case.ReferralSilent, **TARGET, municipality="bakkelund", handler=LEAD, step=step, due=SILENCE[step - 1])


def test_a_consent_that_covers_the_recipient_lets_the_concern_pass_on() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_VISITATION)
    send(case, content=WORDS)
    assert news(case) == [fact(Case.ReferralSent, **{**SENT.facts, "content": WORDS})]


def test_sending_the_same_referral_again_is_no_news() -> None:
    case = given(Case, *REFERRED)
    send(case)
    assert news(case) == []


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ((), NoConsentCoversThis),
        ((YES_TO_DAMAGE_SERVICE,), NoConsentCoversThis),
        (
            (
                fact(
                    Case.ConsentNotObtainable,
                    person=None,
                    purpose="help",
                    recipient="municipal.visitation",
                    asked_by=CARETAKER,
                    asked_at=SEEN_AT,
                ),
            ),
            NoConsentCoversThis,
        ),
        ((NO_TO_VISITATION,), ConsentWasDeclined),
        ((YES_TO_VISITATION, NO_TO_VISITATION), ConsentWasDeclined),
        ((YES_TO_VISITATION, NO_LONGER_TO_VISITATION), ConsentWasWithdrawn),
    ],
)
def test_without_a_consent_that_covers_the_recipient_nothing_passes_on(answers: tuple[Any, ...], refusal: type[Exception]) -> None:
    case = given(Case, *IN_THE_OPEN, *answers)
    with pytest.raises(refusal):
        send(case)
    assert news(case) == []


def test_a_consent_counts_until_the_moment_before_it_ends() -> None:
    case = given(Case, *IN_THE_OPEN, yes_until(NOW))
    send(case, at=NOW - MOMENT)
    assert kinds(case) == [Case.ReferralSent]


@pytest.mark.parametrize("at", [NOW, NOW + MOMENT])
def test_a_consent_that_has_ended_covers_nothing(at: datetime) -> None:
    case = given(Case, *IN_THE_OPEN, yes_until(NOW))
    with pytest.raises(ConsentHasExpired):
        send(case, at=at)


@pytest.mark.parametrize("basis", ["vital_interest", "child", "statutory_92_2", "documented_balancing"])
def test_a_named_basis_with_a_written_reason_stands_in_for_a_consent(basis: str) -> None:
    case = given(Case, *IN_THE_OPEN, NO_TO_VISITATION)
    send(case, basis=basis, reason=WORDS)
    assert news(case) == [fact(Case.ReferralSent, **{**SENT.facts, "basis": basis, "basis_reason": WORDS})]


@pytest.mark.parametrize("reason", [None, BLANK])
def test_a_named_basis_without_a_reason_is_none(reason: Personal | None) -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(ReasonIsMissing):
        send(case, basis="vital_interest", reason=reason)


def test_a_reason_is_at_most_500_characters() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(TextTooLong):
        send(case, basis="vital_interest", reason=TOO_LONG)


@pytest.mark.parametrize("changed", [{"basis": "hunch"}, {"target": "municipal.mayor"}, {"target": "office"}, {"channel": "pigeon"}])
def test_a_referral_uses_codes_that_exist(changed: dict[str, Any]) -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_VISITATION)
    with pytest.raises(CodeIsUnknown):
        send(case, **changed)


def test_a_concern_passes_on_when_it_is_a_case() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED, YES_TO_VISITATION)
    with pytest.raises(CaseIsNotOpen):
        send(case)


def test_a_closed_case_passes_nothing_on() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_VISITATION, CLOSED)
    with pytest.raises(CaseIsClosed):
        send(case)


def test_a_referral_arrives() -> None:
    case = given(Case, *REFERRED)
    for _ in range(2):
        take(case, RecordDelivery, referral_id=REFERRAL)
    assert news(case) == [fact(Case.ReferralDelivered, referral_id=REFERRAL)]


@pytest.mark.parametrize(("at", "on_time"), [(ANSWER_DUE - MOMENT, True), (ANSWER_DUE, True), (ANSWER_DUE + MOMENT, False)])
def test_a_recipient_acknowledges_in_the_agreed_time_or_not(at: datetime, on_time: bool) -> None:
    case = given(Case, *REFERRED)
    take(case, RecordAcknowledgement, at=at, referral_id=REFERRAL)
    assert news(case) == [fact(Case.ReferralAcknowledged, **TARGET, on_time=on_time)]


def test_acknowledging_twice_is_no_news() -> None:
    case = given(Case, *REFERRED, ACKNOWLEDGED)
    take(case, RecordAcknowledgement, referral_id=REFERRAL)
    assert news(case) == []


def accept(case: Case) -> None:
    take(case, RecordAcceptance, referral_id=REFERRAL)


def reject(case: Case) -> None:
    take(case, RecordRejection, referral_id=REFERRAL, reason=WORDS)


def answer(case: Case, outcome: str = "help_established") -> None:
    take(case, RecordAnswer, referral_id=REFERRAL, outcome=outcome)


ACCEPTED = fact(Case.ReferralAccepted, **TARGET)
REJECTED = fact(Case.ReferralRejected, **TARGET, reason=WORDS)
NO_DETAIL = fact(Case.ReferralAnswered, **TARGET, outcome="acknowledged_no_detail", tell_due=None)


@pytest.mark.parametrize(("tell", "told"), [(accept, ACCEPTED), (reject, REJECTED), (answer, HELPED)])
def test_any_answer_acknowledges_as_well(tell: Any, told: Fact) -> None:
    case = given(Case, *REFERRED)
    tell(case)
    assert news(case) == [ACKNOWLEDGED, told]


@pytest.mark.parametrize(("tell", "told"), [(accept, ACCEPTED), (reject, REJECTED), (answer, HELPED)])
def test_the_same_answer_again_is_no_news(tell: Any, told: Fact) -> None:
    case = given(Case, *REFERRED, ACKNOWLEDGED, told)
    tell(case)
    assert news(case) == []


@pytest.mark.parametrize("before", [ACCEPTED, NO_DETAIL])
@pytest.mark.parametrize(("tell", "told"), [(reject, REJECTED), (answer, HELPED)])
def test_an_answer_that_was_not_final_may_be_followed_by_another(before: Fact, tell: Any, told: Fact) -> None:
    case = given(Case, *REFERRED, ACKNOWLEDGED, before)
    tell(case)
    assert news(case) == [told]


@pytest.mark.parametrize(("before", "tell"), [(HELPED, reject), (HELPED, accept), (REJECTED, answer), (REJECTED, accept)])
def test_a_final_answer_stays(before: Fact, tell: Any) -> None:
    case = given(Case, *REFERRED, ACKNOWLEDGED, before)
    with pytest.raises(ReferralIsAlreadyAnswered):
        tell(case)


@pytest.mark.parametrize("outcome", ["acknowledged_no_detail", "no_help", "resident_declined"])
def test_only_established_help_is_news_for_the_caretaker(outcome: str) -> None:
    case = given(Case, *REFERRED, ACKNOWLEDGED)
    answer(case, outcome)
    assert news(case) == [fact(Case.ReferralAnswered, **TARGET, outcome=outcome, tell_due=None)]


def test_an_answer_is_one_of_the_list() -> None:
    case = given(Case, *REFERRED)
    with pytest.raises(CodeIsUnknown):
        answer(case, "perhaps")


def test_an_answer_that_comes_after_the_end_is_kept() -> None:
    case = given(Case, *REFERRED, fact(Case.Closed, **{**CLOSED.facts, "outcome": "municipality_no_answer"}))
    answer(case)
    assert news(case) == [ACKNOWLEDGED, HELPED]


def test_nobody_answers_what_was_not_sent() -> None:
    case = given(Case, *REFERRED)
    with pytest.raises(ThereIsNoSuchReferral):
        take(case, RecordAcknowledgement, referral_id=UNKNOWN)


@pytest.mark.parametrize(
    ("at", "steps"),
    [
        (SILENCE[0], []),
        (SILENCE[0] + MOMENT, [1]),
        (SILENCE[1], [1]),
        (SILENCE[1] + MOMENT, [1, 2]),
        (SILENCE[2] + timedelta(days=400), [1, 2, 3]),
    ],
)
def test_silence_climbs_the_ladder_step_by_step(at: datetime, steps: list[int]) -> None:
    case = given(Case, *REFERRED, REACHED, TOLD)
    case.note_time(at)
    assert news(case) == [silent(step) for step in steps]


def test_each_step_of_the_ladder_is_recorded_exactly_once() -> None:
    case = given(Case, *REFERRED, REACHED, TOLD, silent(1))
    case.note_time(SILENCE[1] + MOMENT)
    case.note_time(SILENCE[1] + MOMENT)
    assert news(case) == [silent(2)]


def test_an_acknowledgement_ends_the_silence() -> None:
    case = given(Case, *REFERRED, REACHED, TOLD, silent(1), ACKNOWLEDGED)
    case.note_time(LOOK_AGAIN + timedelta(days=400))
    assert news(case) == []


def test_nobody_waits_for_an_answer_in_a_closed_case() -> None:
    case = given(Case, *REFERRED, fact(Case.Closed, **{**CLOSED.facts, "outcome": "municipality_no_answer"}))
    case.note_time(SILENCE[2] + MOMENT)
    assert Case.ReferralSilent not in kinds(case)


def test_the_waiting_goes_on_where_it_was_when_a_case_is_reopened() -> None:
    case = given(Case, *REFERRED, silent(1), CLOSED, REOPENED)
    case.note_time(SILENCE[1] + MOMENT)
    assert [each.facts["step"] for each in news(case) if each.kind is Case.ReferralSilent] == [2]


def test_the_handler_of_the_moment_is_named_when_a_recipient_is_silent() -> None:
    case = given(Case, *REFERRED, REACHED, TOLD, fact(Case.Assigned, handler="staff-social-caretaker-1"))
    case.note_time(SILENCE[0] + MOMENT)
    assert news(case)[0].facts["handler"] == "staff-social-caretaker-1"
    assert (SILENCE[0], SILENCE[0]) > (TELL_DUE, CONTACT_DUE)
