"""A guardian decides what is theirs; a protected address is shown to whoever needs it and asks."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.protection import (
    GuardianDecidesNothing,
    RecordGuardian,
    RecordProtection,
    RecordProtectionEnded,
    shows_address,
)
from services.cases.case.rules.refusals import CodeIsUnknown
from shared.ground.provenance import Actor
from shared.words.vocabulary.people import Role
from tests.cases.case.story import CARETAKER, IN_THE_OPEN, LEAD, UNDER_TRIAGE, take
from tests.support.given import fact, given, news
from tests.support.services import ASSOCIATION

GUARDIAN = UUID("9e000000-0000-4000-8000-000000000002")
PROTECTED = fact(Case.AddressProtected, source="authority")


def actor(id: str, role: Role) -> Actor:
    return Actor(id=id, role=role, association=ASSOCIATION)


def test_a_guardian_is_noted_with_what_they_may_decide_once() -> None:
    case = given(Case, *IN_THE_OPEN)
    for _ in range(2):
        take(case, RecordGuardian, may_decide=["housing", "economy"], source="document", guardian=GUARDIAN)
    assert news(case) == [
        fact(Case.GuardianAppointed, person=None, guardian=GUARDIAN, may_decide=["economy", "housing"], source="document")
    ]


def test_a_guardian_decides_something_that_is_on_the_list() -> None:
    with pytest.raises(GuardianDecidesNothing):
        take(given(Case, *IN_THE_OPEN), RecordGuardian, may_decide=[], source="document")
    with pytest.raises(CodeIsUnknown):
        take(given(Case, *IN_THE_OPEN), RecordGuardian, may_decide=["everything"], source="document")


def test_an_address_is_protected_from_the_first_day_and_until_somebody_says_otherwise() -> None:
    case = given(Case, *UNDER_TRIAGE)
    for _ in range(2):
        take(case, RecordProtection, source="authority")
    take(case, RecordProtectionEnded, source="resident")
    assert news(case) == [PROTECTED, fact(Case.AddressUnprotected, source="resident")]


@pytest.mark.parametrize(
    ("who", "role", "asked", "shown"),
    [
        (LEAD, Role.SOCIAL_LEAD, False, False),
        (LEAD, Role.SOCIAL_LEAD, True, True),
        ("staff-social-lead-2", Role.SOCIAL_LEAD, True, True),
        ("staff-social-caretaker-1", Role.SOCIAL_CARETAKER, True, False),
        (CARETAKER, Role.CARETAKER, True, False),
        ("staff-dpo-1", Role.DPO, True, False),
    ],
)
def test_a_protected_address_is_shown_to_who_carries_the_case_and_the_lead_when_they_ask(
    who: str, role: Role, asked: bool, shown: bool
) -> None:
    assert shows_address(given(Case, *IN_THE_OPEN, PROTECTED), actor(who, role), asked=asked) is shown
    assert shows_address(given(Case, *IN_THE_OPEN), actor(who, role)) is True
