"""The people of a case: who is part of it, whose answer is whose, and who answers for whom."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.cases.case.rules import life
from services.cases.case.rules.answers import (
    Asked,
    ConsentCoversLess,
    ConsentIsForAnotherPurpose,
    ConsentWasDeclined,
    NoConsentCoversThis,
    NothingMayBeTold,
    PurposeWasDeclined,
)
from services.cases.case.rules.case import Case
from services.cases.case.rules.consents import DeclineConsent, GrantConsent, RecordConsentNotObtainable, WithdrawConsent
from services.cases.case.rules.people import ChildIsNotAsked, Details, NobodyAnswersForThem, NobodyOfTheCase, Person, Persons, capacity_of
from services.cases.case.rules.persons import (
    MOST_PEOPLE,
    CorrectPerson,
    LetPersonGo,
    NotePerson,
    NothingIsNoted,
    PersonHasDied,
    ThereIsOneResident,
    TooManyPeople,
)
from services.cases.case.rules.protection import GuardianDecidesNothing
from services.cases.case.rules.referrals import SendReferral
from services.cases.case.rules.refusals import CaseIsClosed, CodeIsUnknown
from shared.ground.fields import FreeText
from shared.privacy.matter import About, Link, Matter, MatterKind
from shared.privacy.personal import Personal
from tests.cases.case.story import CLOSED, IN_THE_OPEN, YES_TO_VISITATION, take
from tests.support.given import AN_ID, Fact, fact, given, news

HIM, HER, CHILD, GUARDIAN, NOBODY = (UUID(int=n, version=5) for n in range(1, 6))
WORDING: dict[str, Any] = {"wording": "2026-1", "how": "oral"}
TO = "municipal.visitation"


def noted(person: UUID, role: str, *, may_decide: tuple[str, ...] = (), **known: Any) -> Fact:
    """As it stands in the open in memory, and stood in the history of before."""
    details = asdict(Details(role=role, **known))
    return fact(
        Case.PersonNoted,
        person=person,
        capacity=capacity_of(role).value,
        details=details,
        name=None,
        phone=None,
        may_decide=list(may_decide),
    )


def sealed(person: UUID, role: str, **known: Any) -> Personal:
    return Personal(person, Details(role=role, **known).as_text())


def household(*more: Fact) -> Case:
    """An open case about a couple with a child, and a guardian of the resident's."""
    people = (noted(HIM, "resident"), noted(HER, "co_tenant"), noted(CHILD, "child"), noted(GUARDIAN, "guardian", may_decide=("health",)))
    return given(Case, *IN_THE_OPEN, *people, *more)


def test_somebody_becomes_part_of_the_case_with_their_own_key() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, NotePerson, id=HER, role="co_tenant", name=FreeText("Opdigtet"), phone=FreeText("00"), language="so", needs_interpreter=True)
    assert news(case) == [
        fact(
            Case.PersonNoted, person=HER, capacity="lives_there", details=sealed(HER, "co_tenant", language="so", needs_interpreter=True),
            name=Personal(HER, "Opdigtet"), phone=Personal(HER, "00"), may_decide=[],
        )
    ]  # fmt: skip


def test_their_part_is_a_matter_about_them_alone() -> None:
    asked = NotePerson.model_validate({"id": HER, "role": "co_tenant", "known_as": NOBODY})
    assert asked.begins(AN_ID) == (Matter(HER, MatterKind.PART, frozenset({Link(About.PERSON, NOBODY, "co_tenant")}), part_of=AN_ID),)
    assert NotePerson.model_validate({"id": NOBODY, "person": HER}).begins(AN_ID) == ()


def test_what_is_noted_later_replaces_what_stood() -> None:
    case = household()
    take(case, NotePerson, person=HER, role="other_resident", language="da")
    assert case.persons.people[HER].details == sealed(HER, "other_resident", language="da")


def test_how_somebody_is_best_reached_is_noted_and_replaced_like_everything_of_them() -> None:
    case = household()
    take(case, NotePerson, person=HER, role="co_tenant", way_to_reach="relative")
    assert case.persons.people[HER].details == sealed(HER, "co_tenant", way_to_reach="relative")
    take(case, NotePerson, person=HER, role="co_tenant")
    assert case.persons.people[HER].details == sealed(HER, "co_tenant")


def test_what_is_known_of_somebody_is_sealed_with_their_key_and_its_length_tells_nothing() -> None:
    texts = [Details(role=role, language=language).as_text() for role in ("tenant", "other_resident") for language in ("", "so", "ku-Latn")]
    assert len({len(text) for text in texts}) == 1


def test_how_the_resident_is_best_reached_is_enough_to_be_noted() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, NotePerson, id=HIM, role="resident", way_to_reach="letter")
    assert [event.kind for event in news(case)] == [Case.PersonNoted, Case.ResidentNamed]
    assert case.persons.resident == HIM


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"role": "resident", "name": FreeText("x")}, ThereIsOneResident),
        ({"role": "co_tenant", "way_to_reach": "pigeon"}, CodeIsUnknown),
        ({"person": NOBODY, "role": "child"}, NobodyOfTheCase),
        ({"role": "lodger"}, CodeIsUnknown),
        ({"role": "guardian", "may_decide": ["everything"]}, CodeIsUnknown),
        ({"role": "guardian", "may_decide": []}, GuardianDecidesNothing),
    ],
)
def test_a_person_that_cannot_be_is_refused(asked: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        take(household(), NotePerson, **asked)


def test_nothing_at_all_about_the_resident_is_refused() -> None:
    with pytest.raises(NothingIsNoted):
        take(given(Case, *IN_THE_OPEN), NotePerson, role="resident")


def test_a_case_has_so_many_people_and_no_more() -> None:
    case = given(Case, *IN_THE_OPEN, *(noted(UUID(int=n, version=5), "other_resident") for n in range(MOST_PEOPLE)))
    with pytest.raises(TooManyPeople):
        take(case, NotePerson, role="child")
    take(case, LetPersonGo, person=UUID(int=0, version=5))
    take(case, NotePerson, id=NOBODY, role="child")


def test_nobody_is_noted_in_a_closed_case() -> None:
    with pytest.raises(CaseIsClosed):
        take(given(Case, *IN_THE_OPEN, CLOSED), NotePerson, role="child")


# --- whose answer is whose ----------------------------------------------------------------------------------------------


def test_one_persons_no_is_not_anothers() -> None:
    case = household()
    take(case, GrantConsent, person=HIM, recipients=[TO], **WORDING)
    take(case, DeclineConsent, person=HER, recipients=[TO], **WORDING)
    take(case, SendReferral, person=HIM, target=TO, channel="phone")
    with pytest.raises(ConsentWasDeclined):
        take(case, SendReferral, id=NOBODY, target=TO, channel="phone", person=HER)


def test_the_resident_is_the_same_by_their_part_and_without_it() -> None:
    case = household()
    take(case, GrantConsent, person=HIM, recipients=[TO], **WORDING)
    assert [event.facts["person"] for event in news(case)] == [None]
    take(case, LetPersonGo, person=HER)
    take(case, SendReferral, target=TO, channel="phone")


def test_an_answer_of_before_anybody_was_noted_is_the_residents() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_VISITATION, noted(HIM, "resident"))
    take(case, SendReferral, person=HIM, target=TO, channel="phone")


def test_a_yes_for_one_purpose_is_none_for_another() -> None:
    case = household()
    take(case, GrantConsent, person=HIM, recipients=[TO], purpose="help", **WORDING)
    with pytest.raises(ConsentIsForAnotherPurpose):
        take(case, SendReferral, person=HIM, target=TO, channel="phone", purpose="tenancy")


def test_a_no_for_one_purpose_says_so_and_leaves_the_yes_for_another() -> None:
    case = household()
    take(case, GrantConsent, person=HIM, recipients=[TO], purpose="help", **WORDING)
    take(case, DeclineConsent, person=HIM, recipients=[TO], purpose="tenancy", **WORDING)
    with pytest.raises(PurposeWasDeclined):
        take(case, SendReferral, person=HIM, target=TO, channel="phone", purpose="tenancy")
    take(case, SendReferral, person=HIM, target=TO, channel="phone", purpose="help")
    assert news(case)[-1].facts["purpose"] == "help"


def test_a_no_for_a_purpose_is_one_also_where_there_is_no_yes_at_all() -> None:
    case = household()
    take(case, DeclineConsent, person=HIM, recipients=[TO], purpose="tenancy", **WORDING)
    with pytest.raises(PurposeWasDeclined):
        take(case, SendReferral, person=HIM, target=TO, channel="phone", purpose="tenancy")
    with pytest.raises(NoConsentCoversThis):
        take(case, SendReferral, person=HIM, target=TO, channel="phone", purpose="help")


def test_a_yes_to_some_information_covers_no_more() -> None:
    case = household()
    take(case, GrantConsent, person=HIM, recipients=[TO], information=["contact", "home"], **WORDING)
    with pytest.raises(ConsentCoversLess):
        take(case, SendReferral, person=HIM, target=TO, channel="phone", information=["contact", "health"])
    take(case, SendReferral, person=HIM, target=TO, channel="phone", information=["home"])
    assert news(case)[-1].facts["information"] == ["home"]


def test_a_yes_to_nothing_is_refused() -> None:
    with pytest.raises(NothingMayBeTold):
        take(household(), GrantConsent, person=HIM, recipients=[TO], information=[], **WORDING)


def test_taking_back_ends_every_yes_of_theirs_about_the_recipient_and_nobody_elses() -> None:
    case = household()
    for purpose in ("help", "tenancy"):
        take(case, GrantConsent, person=HIM, recipients=[TO], purpose=purpose, **WORDING)
        take(case, GrantConsent, person=HER, recipients=[TO], purpose=purpose, **WORDING)
    take(case, WithdrawConsent, person=HER, recipient=TO)
    standing = {(asked.person, asked.purpose) for asked in case.consents.answers if case.consents.is_standing(asked)}
    assert standing == {(None, "help"), (None, "tenancy")}


def test_who_left_can_still_take_a_yes_back() -> None:
    case = household()
    take(case, GrantConsent, person=HER, recipients=[TO], **WORDING)
    take(case, LetPersonGo, person=HER)
    with pytest.raises(NobodyOfTheCase):
        take(case, SendReferral, person=HER, target=TO, channel="phone")
    take(case, WithdrawConsent, person=HER, recipient=TO)
    assert not case.consents.is_standing(Asked(HER, TO))


def test_nothing_more_is_told_of_somebody_who_died_and_the_case_goes_on() -> None:
    case = household()
    take(case, GrantConsent, person=HIM, recipients=[TO], **WORDING)
    take(case, GrantConsent, person=HER, recipients=[TO], **WORDING)
    take(case, life.RecordDeath, person=HER, on=case.origin.observed_at.date(), source="relative")
    with pytest.raises(PersonHasDied):
        take(case, SendReferral, person=HER, target=TO, channel="phone")
    take(case, SendReferral, person=HIM, target=TO, channel="phone")


# --- who answers for whom ----------------------------------------------------------------------------------------------


def test_a_child_is_not_asked_and_who_has_custody_answers() -> None:
    case = household()
    with pytest.raises(ChildIsNotAsked):
        take(case, GrantConsent, person=CHILD, recipients=[TO], **WORDING)
    take(case, GrantConsent, person=CHILD, given_by=HER, recipients=[TO], **WORDING)
    assert (news(case)[-1].facts["person"], news(case)[-1].facts["given_by"]) == (CHILD, HER)


@pytest.mark.parametrize(("purpose", "answers"), [("help", True), ("tenancy", False)])
def test_a_guardian_answers_in_what_the_appointment_names(purpose: str, answers: bool) -> None:
    case = household()
    if answers:
        take(case, GrantConsent, person=HIM, given_by=GUARDIAN, recipients=[TO], purpose=purpose, **WORDING)
    else:
        with pytest.raises(NobodyAnswersForThem):
            take(case, GrantConsent, person=HIM, given_by=GUARDIAN, recipients=[TO], purpose=purpose, **WORDING)


@pytest.mark.parametrize("step", [GrantConsent, DeclineConsent])
def test_for_any_other_adult_nobody_answers(step: type[GrantConsent]) -> None:
    with pytest.raises(NobodyAnswersForThem):
        take(household(), step, person=HIM, given_by=HER, recipients=[TO], **WORDING)
    with pytest.raises(NobodyAnswersForThem):
        take(household(), step, person=HER, given_by=GUARDIAN, recipients=[TO], **WORDING)


def test_somebody_could_not_answer_and_the_others_could() -> None:
    case = household()
    take(case, RecordConsentNotObtainable, person=HER, recipients=[TO])
    take(case, GrantConsent, person=HIM, recipients=[TO], **WORDING)
    assert {asked.person: said.answer for asked, said in case.consents.answers.items()} == {HER: "not_able", None: "granted"}


@pytest.mark.parametrize("recipient", ["office", "nobody"])
def test_the_office_is_nobody_one_asks_leave_for(recipient: str) -> None:
    with pytest.raises(CodeIsUnknown):
        take(household(), GrantConsent, recipients=[recipient], **WORDING)


@pytest.mark.parametrize(
    ("noted", "told", "alone", "meant"),
    [
        ((), None, True, [None]),
        ((), None, False, []),
        (("resident",), 0, False, [None]),
        (("resident",), 0, True, [None]),
        (("co_tenant",), 0, False, [0]),
        (("co_tenant",), 0, True, [0, None]),
        (("resident", "co_tenant"), 1, True, [1]),
        (("resident", "co_tenant"), 1, False, [1]),
        (("resident", "co_tenant"), None, True, [None]),
    ],
)
def test_whom_the_erp_means_with_somebody(noted: tuple[str, ...], told: int | None, alone: bool, meant: list[int | None]) -> None:
    parts = [uuid4() for _ in noted]
    persons = Persons()
    persons.people = {part: Person(capacity=capacity_of(role), details={"role": role}) for part, role in zip(parts, noted, strict=True)}
    persons.resident = next((part for part, role in zip(parts, noted, strict=True) if role == "resident"), None)
    assert persons.told_of(None if told is None else parts[told], alone=alone) == [None if one is None else parts[one] for one in meant]


def test_who_left_the_case_is_not_meant() -> None:
    gone, persons = uuid4(), Persons()
    persons.people[gone] = Person(capacity="lives_there", details=None, is_here=False)
    assert persons.told_of(gone, alone=False) == []


def test_that_the_resident_has_a_guardian_follows_from_writing_one_in() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, NotePerson, id=GUARDIAN, role="guardian", may_decide=["housing", "health"])
    assert news(case)[-1] == fact(
        Case.GuardianAppointed, person=None, guardian=GUARDIAN, may_decide=["health", "housing"], source="colleague"
    )


def test_for_which_of_several_a_guardian_decides_is_noted_by_itself() -> None:
    case = given(Case, *IN_THE_OPEN, noted(HIM, "tenant"), noted(HER, "co_tenant"))
    take(case, NotePerson, id=GUARDIAN, role="guardian", may_decide=["health"])
    assert [event.kind for event in news(case)] == [Case.PersonNoted]


def test_what_is_put_right_keeps_the_part_and_its_answers() -> None:
    case = household()
    take(case, GrantConsent, person=HER, recipients=[TO], **WORDING)
    take(case, CorrectPerson, person=HER, role="tenant", name=FreeText("Opdigtet"), language="so")
    assert case.persons.people[HER].details == sealed(HER, "tenant", language="so")
    take(case, SendReferral, person=HER, target=TO, channel="phone")
    with pytest.raises(NobodyOfTheCase):
        take(case, CorrectPerson, person=NOBODY, role="tenant")
