"""An answer that was given before anybody of the case had a name: whose it is, and what it carries."""

from __future__ import annotations

from typing import Any

import pytest

from services.cases.case.rules.answers import Asked, ConsentWasDeclined, ConsentWasWithdrawn, NoConsentCoversThis
from services.cases.case.rules.case import Case
from services.cases.case.rules.consents import DeclineConsent, GrantConsent, RecordConsentNotObtainable, WithdrawConsent
from services.cases.case.rules.damage_service import OrderDamageService
from services.cases.case.rules.ending import CloseCase
from services.cases.case.rules.erased import erase_person
from services.cases.case.rules.life import RecordDeath, RecordMove
from services.cases.case.rules.people import NobodyOfTheCase, PersonIsErased, WhoIsNotSaid
from services.cases.case.rules.persons import (
    LetPersonGo,
    NobodyWasAsked,
    NotePerson,
    OnlyWhoLivesThereWasAsked,
    TheirsAreTheAnswers,
    ThereIsOneResident,
)
from services.cases.case.rules.protection import RecordGuardian
from services.cases.case.rules.referrals import SendReferral
from shared.ground.fields import FreeText
from shared.words.vocabulary.people import Role
from tests.cases.case.story import CARETAKER, IN_THE_OPEN, NOW, RAISED, YES_TO_VISITATION, take
from tests.cases.case.test_rules_persons import CHILD, GUARDIAN, HER, HIM, NOBODY, TO, WORDING, noted
from tests.support.given import Fact, fact, given, news

COUPLE = (noted(HIM, "tenant"), noted(HER, "co_tenant"))
PASSED_ON: dict[str, Any] = {"target": TO, "channel": "phone"}


def at_the_door(*more: Fact) -> Case:
    """Somebody said yes at the door, before anybody was written in."""
    return given(Case, *IN_THE_OPEN, YES_TO_VISITATION, *more)


def test_everybody_named_says_no_and_nothing_is_passed_on() -> None:
    case = at_the_door(*COUPLE)
    for one in (HIM, HER):
        take(case, DeclineConsent, person=one, recipients=[TO], **WORDING)
    with pytest.raises(WhoIsNotSaid):
        take(case, SendReferral, **PASSED_ON)
    for one in (HIM, HER):
        with pytest.raises(ConsentWasDeclined):
            take(case, SendReferral, person=one, **PASSED_ON)
    assert not case.may_be_told(NOW)


@pytest.mark.parametrize("basis", ["consent", "vital_interest"])
def test_a_referral_says_whose_information_it_is_once_there_are_several(basis: str) -> None:
    with pytest.raises(WhoIsNotSaid) as refused:
        take(at_the_door(*COUPLE), SendReferral, basis=basis, basis_reason=FreeText("Fare"), **PASSED_ON)
    assert refused.value.field == "person"


@pytest.mark.parametrize("step", [GrantConsent, DeclineConsent])
def test_an_answer_says_whose_it_is_once_there_are_several(step: type[GrantConsent]) -> None:
    with pytest.raises(WhoIsNotSaid):
        take(at_the_door(*COUPLE), step, recipients=[TO], **WORDING)
    with pytest.raises(WhoIsNotSaid):
        take(at_the_door(*COUPLE), RecordConsentNotObtainable, recipients=[TO])


def test_whoever_stands_beside_leaves_it_the_residents() -> None:
    case = at_the_door(noted(CHILD, "child"), noted(GUARDIAN, "next_of_kin"))
    take(case, SendReferral, **PASSED_ON)


def test_she_is_who_was_asked_and_the_answer_is_hers() -> None:
    case = at_the_door(noted(HIM, "tenant"))
    take(case, NotePerson, id=HER, role="co_tenant", was_asked=True)
    assert news(case)[-1].kind is Case.ResidentNamed
    take(case, SendReferral, person=HER, **PASSED_ON)
    with pytest.raises(NoConsentCoversThis):
        take(case, SendReferral, id=NOBODY, person=HIM, **PASSED_ON)


def test_that_she_was_asked_can_be_said_later_and_her_last_answer_counts() -> None:
    case = at_the_door(*COUPLE)
    take(case, DeclineConsent, person=HER, recipients=[TO], **WORDING)
    take(case, NotePerson, person=HER, role="co_tenant", was_asked=True)
    with pytest.raises(ConsentWasDeclined):
        take(case, SendReferral, person=HER, **PASSED_ON)
    assert Asked(HER, TO) not in case.consents.answers


@pytest.mark.parametrize(
    ("before", "asked", "refusal"),
    [
        ((), {"role": "child", "was_asked": True}, OnlyWhoLivesThereWasAsked),
        ((), {"role": "next_of_kin", "was_asked": True}, OnlyWhoLivesThereWasAsked),
        ((noted(HIM, "resident"),), {"role": "tenant", "was_asked": True}, TheirsAreTheAnswers),
        ((noted(HIM, "resident"),), {"role": "resident", "name": FreeText("x")}, ThereIsOneResident),
    ],
)
def test_answers_are_not_given_to_whose_they_cannot_be(before: tuple[Fact, ...], asked: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        take(at_the_door(*before), NotePerson, **asked)


def test_nobody_was_asked_where_there_is_no_answer() -> None:
    not_asked = fact(Case.ConcernRaised, **{**RAISED.facts, "consent_answer": "not_asked"})
    with pytest.raises(NobodyWasAsked):
        take(given(Case, not_asked, *IN_THE_OPEN[1:]), NotePerson, role="tenant", was_asked=True)


def test_an_answer_of_who_left_is_not_the_next_ones() -> None:
    case = at_the_door(noted(HIM, "resident"))
    take(case, LetPersonGo, person=HIM)
    with pytest.raises(WhoIsNotSaid):
        take(case, SendReferral, **PASSED_ON)
    take(case, NotePerson, id=HER, role="resident", name=FreeText("Opdigtet"))
    with pytest.raises(NoConsentCoversThis):
        take(case, SendReferral, person=HER, **PASSED_ON)
    take(case, WithdrawConsent, person=HIM, recipient=TO)


def test_the_door_may_still_be_told_a_yes_which_carries_nothing_until_it_has_a_name() -> None:
    case = given(Case, *IN_THE_OPEN, *COUPLE)
    take(case, GrantConsent, by=Role.CARETAKER, who=CARETAKER, recipients=[TO], **WORDING)
    assert not case.may_be_told(NOW)
    take(case, NotePerson, person=HIM, role="tenant", was_asked=True)
    assert case.may_be_told(NOW) == {TO}


def test_an_anonymous_yes_can_be_taken_back() -> None:
    case = at_the_door(*COUPLE)
    take(case, WithdrawConsent, recipient=TO)
    take(case, NotePerson, person=HIM, role="tenant", was_asked=True)
    with pytest.raises(ConsentWasWithdrawn):
        take(case, SendReferral, person=HIM, **PASSED_ON)


def test_the_damage_service_comes_on_the_yes_of_somebody_who_lives_there() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, GrantConsent, recipients=["damage_service"], **WORDING)
    for one in (HIM, HER):
        take(case, NotePerson, id=one, role="tenant")
    with pytest.raises(NoConsentCoversThis):
        take(case, OrderDamageService)
    take(case, DeclineConsent, person=HIM, recipients=["damage_service"], **WORDING)
    take(case, GrantConsent, person=HER, recipients=["damage_service"], **WORDING)
    take(case, OrderDamageService)


def test_a_case_in_which_all_who_are_named_said_no_can_end_so() -> None:
    case = at_the_door(*COUPLE)
    for one in (HIM, HER):
        take(case, DeclineConsent, person=one, recipients=[TO], **WORDING)
    take(case, CloseCase, outcome="resident_declined")


# --- erased -------------------------------------------------------------------------------------------------------------


def erased(*more: Fact) -> Case:
    """Of two who said yes, she is erased."""
    case = at_the_door(*COUPLE, *more)
    for one in (HIM, HER):
        take(case, GrantConsent, person=one, recipients=[TO], **WORDING)
    erase_person(case, HER)
    return case


@pytest.mark.parametrize(
    ("step", "asked"),
    [
        (SendReferral, {"person": HER, **PASSED_ON}),
        (GrantConsent, {"person": HER, "recipients": [TO], **WORDING}),
        (GrantConsent, {"person": HIM, "given_by": HER, "recipients": [TO], **WORDING}),
        (DeclineConsent, {"person": HER, "recipients": [TO], **WORDING}),
        (WithdrawConsent, {"person": HER, "recipient": TO}),
        (NotePerson, {"person": HER, "role": "co_tenant"}),
        (LetPersonGo, {"person": HER}),
        (RecordDeath, {"person": HER, "on": NOW.date(), "source": "relative"}),
        (RecordMove, {"person": HER, "on": NOW.date(), "source": "relative"}),
        (RecordGuardian, {"person": HER, "may_decide": ["health"], "source": "relative"}),
        (RecordGuardian, {"guardian": HER, "may_decide": ["health"], "source": "relative"}),
    ],
)
def test_nothing_is_done_about_somebody_who_is_erased(step: type[SendReferral], asked: dict[str, Any]) -> None:
    with pytest.raises(PersonIsErased):
        take(erased(), step, **asked)


def test_the_other_one_goes_on_and_the_erased_is_neither_here_nor_answers() -> None:
    case = erased()
    take(case, SendReferral, person=HIM, **PASSED_ON)
    assert list(case.persons.here()) == [HIM]
    assert not case.consents.are_there_of(HER)
    assert (case.persons.people[HER].details, case.persons.people[HER].name) == (None, None)


def test_it_is_known_once_and_only_of_the_cases_own() -> None:
    case = erased()
    told = len(news(case))
    for one in (HER, NOBODY):
        erase_person(case, one)
    assert len(news(case)) == told


def test_with_the_resident_go_the_answers_that_had_no_name() -> None:
    case = at_the_door(noted(HER, "resident"))
    erase_person(case, HER)
    assert not case.consents.answers
    assert not case.may_be_told(NOW)
    with pytest.raises(WhoIsNotSaid):
        take(case, SendReferral, **PASSED_ON)
    assert case.persons.tells_of_the_erased(None, version=case.version - 1)
    with pytest.raises(NobodyOfTheCase):
        take(case, SendReferral, person=NOBODY, **PASSED_ON)
