"""Asking for leave: one answer for each recipient, and the last one counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.cases.case.rules.answers import ConsentWasDeclined, NoConsentCoversThis
from services.cases.case.rules.case import Case
from services.cases.case.rules.consents import (
    DeclineConsent,
    GrantConsent,
    RecipientIsMissing,
    RecordConsentNotObtainable,
    ThereIsNoConsentToWithdraw,
    WithdrawConsent,
    WordingIsMissing,
)
from services.cases.case.rules.ending import CloseCase, ResidentHasNotSaidNo, outcomes
from services.cases.case.rules.referrals import SendReferral
from services.cases.case.rules.refusals import CaseIsClosed, CodeIsUnknown, ItWasBeforeThat
from shared.words.vocabulary.case import Outcome
from shared.words.vocabulary.people import Role
from tests.cases.case.story import (
    CARETAKER,
    CLOSED,
    HOUR,
    IN_THE_OPEN,
    LEAD,
    LOOK_AGAIN,
    NO_LONGER_TO_VISITATION,
    NO_TO_VISITATION,
    NOW,
    ORDERED,
    RAISED,
    REFERRED,
    SEEN_AT,
    UNDER_TRIAGE,
    YES_TO_DAMAGE_SERVICE,
    YES_TO_VISITATION,
    take,
)  # fmt: skip
from tests.support.given import fact, given, kinds, news


def grant(case: Case, *recipients: str, wording: str = "2026-1", how: str = "oral", valid_until: datetime | None = None) -> None:
    asked: dict[str, Any] = {"recipients": recipients, "wording": wording, "how": how, "valid_until": valid_until}
    take(case, GrantConsent, by=Role.CARETAKER, who=CARETAKER, at=SEEN_AT, **asked)


def decline(case: Case, *recipients: str, asked_at: datetime = SEEN_AT) -> None:
    take(case, DeclineConsent, by=Role.CARETAKER, recipients=recipients, wording="2026-1", how="oral", who=CARETAKER, at=asked_at)


def cannot(case: Case, *recipients: str, asked_at: datetime = SEEN_AT) -> None:
    take(case, RecordConsentNotObtainable, by=Role.CARETAKER, recipients=recipients, who=CARETAKER, at=asked_at)


def withdraw(case: Case, recipient: str = "municipal.visitation") -> None:
    take(case, WithdrawConsent, recipient=recipient, how="oral")


def test_a_yes_is_kept_for_each_recipient_with_wording_form_time_and_who_asked() -> None:
    case = given(Case, *UNDER_TRIAGE)
    grant(case, "municipal.visitation", "damage_service")
    assert news(case) == [YES_TO_VISITATION, YES_TO_DAMAGE_SERVICE]


def test_the_same_yes_again_is_no_news() -> None:
    case = given(Case, *UNDER_TRIAGE, YES_TO_VISITATION)
    grant(case, "municipal.visitation", "municipal.visitation")
    assert news(case) == []


@pytest.mark.parametrize("changed", [{"wording": "2026-2"}, {"valid_until": LOOK_AGAIN}])
def test_a_yes_to_another_wording_or_for_another_time_is_news(changed: dict[str, Any]) -> None:
    case = given(Case, *UNDER_TRIAGE, YES_TO_VISITATION)
    grant(case, "municipal.visitation", **changed)
    assert kinds(case) == [Case.ConsentGranted]


@pytest.mark.parametrize("before", [NO_TO_VISITATION, NO_LONGER_TO_VISITATION])
def test_a_resident_may_change_a_no_to_a_yes(before: Any) -> None:
    case = given(Case, *UNDER_TRIAGE, YES_TO_VISITATION, before)
    grant(case, "municipal.visitation")
    assert news(case) == [YES_TO_VISITATION]


def test_a_yes_without_a_wording_proves_nothing() -> None:
    case = given(Case, *UNDER_TRIAGE)
    with pytest.raises(WordingIsMissing):
        take(case, GrantConsent, recipients=["municipal.visitation"])


@pytest.mark.parametrize(("recipient", "how"), [("municipal.nobody", "oral"), ("volunteer", "silence")])
def test_silence_is_not_consent_and_nobody_is_not_a_recipient(recipient: str, how: str) -> None:
    case = given(Case, *UNDER_TRIAGE)
    with pytest.raises(CodeIsUnknown):
        grant(case, recipient, how=how)


def test_a_yes_is_for_somebody() -> None:
    case = given(Case, *UNDER_TRIAGE)
    with pytest.raises(RecipientIsMissing):
        grant(case)


def test_nobody_asks_for_leave_in_a_closed_case() -> None:
    case = given(Case, *IN_THE_OPEN, CLOSED)
    with pytest.raises(CaseIsClosed):
        grant(case, "volunteer")


def test_a_no_is_kept() -> None:
    case = given(Case, *UNDER_TRIAGE)
    decline(case, "municipal.visitation")
    assert news(case) == [NO_TO_VISITATION]


def test_the_same_no_again_is_no_news() -> None:
    case = given(Case, *UNDER_TRIAGE, NO_TO_VISITATION)
    decline(case, "municipal.visitation")
    assert news(case) == []


def test_a_no_on_another_day_is_news() -> None:
    case = given(Case, *UNDER_TRIAGE, NO_TO_VISITATION)
    decline(case, "municipal.visitation", asked_at=LOOK_AGAIN)
    assert kinds(case) == [Case.ConsentDeclined]


def test_a_no_needs_a_wording_too() -> None:
    case = given(Case, *UNDER_TRIAGE)
    with pytest.raises(WordingIsMissing):
        take(case, DeclineConsent, by=Role.CARETAKER, recipients=["office"])


def test_that_a_resident_could_not_answer_is_kept() -> None:
    case = given(Case, *UNDER_TRIAGE)
    cannot(case, "municipal.visitation")
    assert news(case) == [
        fact(Case.ConsentNotObtainable, person=None, purpose="help", recipient="municipal.visitation", asked_by=CARETAKER, asked_at=SEEN_AT)
    ]  # fmt: skip


def test_not_being_able_to_answer_takes_no_yes_back() -> None:
    case = given(Case, *UNDER_TRIAGE, YES_TO_VISITATION)
    cannot(case, "municipal.visitation", asked_at=NOW)
    assert news(case) == []


def test_the_same_asking_in_vain_is_no_news_and_another_is() -> None:
    case = given(Case, *UNDER_TRIAGE)
    cannot(case, "volunteer")
    cannot(case, "volunteer")
    cannot(case, "volunteer", asked_at=SEEN_AT + HOUR)
    assert kinds(case) == [Case.ConsentNotObtainable, Case.ConsentNotObtainable]


def test_a_closed_case_asks_nobody() -> None:
    case = given(Case, *IN_THE_OPEN, CLOSED)
    with pytest.raises(CaseIsClosed):
        cannot(case, "volunteer")


def test_a_yes_is_taken_back() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_VISITATION)
    withdraw(case)
    assert news(case) == [NO_LONGER_TO_VISITATION]


def test_who_was_told_already_is_to_hear_that_the_yes_is_taken_back() -> None:
    case = given(Case, *REFERRED)
    withdraw(case)
    assert news(case) == [
        fact(Case.ConsentWithdrawn, person=None, recipient="municipal.visitation", how="oral", told_to=LEAD, already_shared=True)
    ]  # fmt: skip


def test_the_damage_service_that_was_sent_was_told() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_DAMAGE_SERVICE, ORDERED)
    withdraw(case, "damage_service")
    assert news(case)[0].facts["already_shared"] is True


def test_taking_it_back_twice_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_VISITATION, NO_LONGER_TO_VISITATION)
    withdraw(case)
    assert news(case) == []


@pytest.mark.parametrize("history", [IN_THE_OPEN, (*IN_THE_OPEN, NO_TO_VISITATION), (*IN_THE_OPEN, YES_TO_DAMAGE_SERVICE)])
def test_there_must_be_a_yes_to_take_back(history: tuple[Any, ...]) -> None:
    case = given(Case, *history)
    with pytest.raises(ThereIsNoConsentToWithdraw):
        withdraw(case)


def test_a_yes_is_taken_back_after_the_end_too() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_VISITATION, CLOSED)
    withdraw(case)
    assert kinds(case) == [Case.ConsentWithdrawn]


@pytest.mark.parametrize("history", [(), (NO_TO_VISITATION,), (YES_TO_VISITATION, NO_LONGER_TO_VISITATION)])
def test_in_ones_own_part_taking_back_is_taken_the_same_way_and_is_no_news_where_nothing_stands(history: tuple[Any, ...]) -> None:
    case = given(Case, *IN_THE_OPEN, *history)
    take(case, WithdrawConsent, by=Role.CARETAKER, recipient="municipal.visitation")
    assert news(case) == []


def test_in_ones_own_part_a_later_yes_is_neither_taken_back_nor_told() -> None:
    case = given(
        Case,
        *IN_THE_OPEN,
        fact(
            Case.ConsentGranted,
            **{**YES_TO_VISITATION.facts, "asked_at": NOW},
        ),
    )
    take(case, WithdrawConsent, by=Role.CARETAKER, at=NOW - HOUR, recipient="municipal.visitation")
    assert news(case) == []
    with pytest.raises(ItWasBeforeThat):
        take(case, WithdrawConsent, at=NOW - HOUR, recipient="municipal.visitation")


TO_THE_OFFICE = {"recipient": "office", "information": []}
YES_TO_THE_OFFICE = fact(Case.ConsentGranted, **{**YES_TO_VISITATION.facts, **TO_THE_OFFICE})
NO_TO_OTHERS = fact(Case.ConsentDeclined, **{**NO_TO_VISITATION.facts, "recipient": "others"})
NOBODY_ASKED = fact(Case.ConcernRaised, **{**RAISED.facts, "consent_answer": "not_asked"})


def later(what: Any, by: timedelta = HOUR) -> Any:
    return fact(what.kind, **{**what.facts, "asked_at": what.facts["asked_at"] + by})


def of(case: Case) -> dict[str, str]:
    """The last answers, by whom they are about."""
    return {str(asked.recipient): str(said.answer) for asked, said in case.consents.answers.items()}


@pytest.mark.parametrize(
    ("history", "answers"),
    [
        ((RAISED,), {"office": "granted"}),
        ((RAISED, YES_TO_THE_OFFICE), {"office": "granted"}),
        ((RAISED, YES_TO_VISITATION), {"municipal.visitation": "granted"}),
        ((RAISED, YES_TO_THE_OFFICE, YES_TO_VISITATION), {"office": "granted", "municipal.visitation": "granted"}),
        ((RAISED, later(YES_TO_VISITATION)), {"office": "granted", "municipal.visitation": "granted"}),
        ((RAISED, NO_TO_VISITATION), {"office": "granted", "municipal.visitation": "declined"}),
        ((NOBODY_ASKED,), {}),
    ],
    ids=["of before", "today", "named", "as the first release had it", "named later", "a no beside it", "not asked"],
)
def test_a_yes_that_named_nobody_is_one_to_the_office_in_the_histories_of_every_release(history: Any, answers: dict[str, str]) -> None:
    assert of(given(Case, *history)) == answers


def test_a_yes_to_the_office_lets_nobody_be_told() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_THE_OFFICE)
    assert case.may_be_told(NOW) == set()
    with pytest.raises(NoConsentCoversThis):
        take(case, SendReferral, target="municipal.visitation", channel="phone")


def test_a_yes_to_the_office_is_taken_back_like_any_other() -> None:
    case = given(Case, *IN_THE_OPEN)
    withdraw(case, "office")
    assert (kinds(case), of(case)) == ([Case.ConsentWithdrawn], {"office": "withdrawn"})


def test_a_no_to_others_is_one_to_each_of_them_and_a_later_yes_counts() -> None:
    case = given(Case, NOBODY_ASKED, *IN_THE_OPEN[1:], NO_TO_OTHERS)
    with pytest.raises(ConsentWasDeclined):
        take(case, SendReferral, target="municipal.visitation", channel="phone")
    grant(case, "municipal.visitation")
    take(case, SendReferral, target="municipal.visitation", channel="phone")
    assert kinds(case)[-1] == Case.ReferralSent


NO_LONGER_TO_THE_OFFICE = fact(Case.ConsentWithdrawn, **{**NO_LONGER_TO_VISITATION.facts, "recipient": "office"})


@pytest.mark.parametrize(
    ("history", "may_be_claimed"),
    [
        ((), False),
        ((NO_TO_OTHERS,), False),
        ((YES_TO_THE_OFFICE,), False),
        ((YES_TO_VISITATION,), False),
        ((NO_TO_OTHERS, YES_TO_VISITATION), False),
        ((NO_TO_VISITATION, later(YES_TO_THE_OFFICE)), False),
        ((NO_TO_VISITATION, later(YES_TO_DAMAGE_SERVICE)), False),
        ((NO_TO_OTHERS, NO_TO_VISITATION), True),
        ((YES_TO_THE_OFFICE, later(NO_TO_VISITATION)), True),
        ((YES_TO_THE_OFFICE, NO_LONGER_TO_THE_OFFICE), True),
        ((YES_TO_VISITATION, NO_LONGER_TO_VISITATION), True),
        ((fact(Case.ConsentDeclined, **{**NO_TO_VISITATION.facts, "recipient": "office"}),), True),
        ((fact(Case.ConsentDeclined, **{**NO_TO_VISITATION.facts, "recipient": "police.ssp"}),), False),
        ((fact(Case.ConsentDeclined, **{**NO_TO_VISITATION.facts, "recipient": "mediation", "purpose": "peace"}),), False),
    ],
    ids=[
        "nobody was asked",
        "no to others",
        "yes to the office",
        "yes to somebody",
        "no to others, yes to somebody",
        "no to somebody, then yes to the office",
        "no to somebody, yes to another",
        "no to others and to somebody",
        "yes to the office, then no to somebody",
        "yes to the office taken back",
        "yes to somebody taken back",
        "no to the office",
        "no to the police",
        "no to mediation",
    ],
)
def test_only_who_said_no_to_help_is_said_to_have_declined(history: tuple[Any, ...], may_be_claimed: bool) -> None:
    case = given(Case, NOBODY_ASKED, *IN_THE_OPEN[1:], *history)
    assert (Outcome.RESIDENT_DECLINED in outcomes(case)) is may_be_claimed
    if not may_be_claimed:
        with pytest.raises(ResidentHasNotSaidNo):
            take(case, CloseCase, outcome="resident_declined")
