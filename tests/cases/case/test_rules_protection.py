"""A guardian decides what is theirs; a protected address is shown to whoever needs it and asks."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import TriageConcern
from services.cases.case.rules.erased import go_on_alone
from services.cases.case.rules.handling import OpenCase
from services.cases.case.rules.observations import JoinCase, SplitOff
from services.cases.case.rules.protection import (
    GuardianDecidesNothing,
    RecordGuardian,
    RecordProtection,
    RecordProtectionEnded,
    protect_address,
    shows_address,
)
from services.cases.case.rules.refusals import CodeIsUnknown
from services.cases.case.rules.step import Taken
from shared.ground.provenance import Actor
from shared.words.vocabulary.people import Role
from tests.cases.case.story import CARETAKER, IN_THE_OPEN, LEAD, NOW, UNDER, UNDER_TRIAGE, take
from tests.cases.case.together import Table, concern
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


@pytest.mark.parametrize("first", ["the case", "the concern"])
def test_what_is_joined_is_protected_alike(first: str) -> None:
    case, second = given(Case, *IN_THE_OPEN), concern(2)
    protect_address(case if first == "the case" else second, source="authority")
    Table(case, second).take(second, JoinCase, into=case.id)
    assert (case.protected_by, second.protected_by) == ("authority", "authority")


def test_what_is_parted_from_a_protected_case_is_protected_too() -> None:
    case, second = given(Case, *IN_THE_OPEN), concern(2)
    table = Table(case, second)
    table.take(second, JoinCase, into=case.id)
    take(case, RecordProtection, source="resident")
    assert not second.is_address_protected
    table.take(case, SplitOff, observations=[second.origin.observation_id])
    assert second.protected_by == "resident"


def test_what_goes_on_alone_when_the_case_is_erased_is_protected_as_it_was() -> None:
    case, second = given(Case, *IN_THE_OPEN), concern(2)
    Table(case, second).take(second, JoinCase, into=case.id)
    take(case, RecordProtection, source="resident")
    taken = Taken(by=Role.SYSTEM, who="system:cases", at=NOW, recorded_at=NOW, under=UNDER, role_of=lambda _: None)
    go_on_alone(second, of=case, taken=taken)
    assert second.protected_by == "resident"


def test_who_is_outside_is_told_no_place_of_it() -> None:
    case = given(Case, *UNDER_TRIAGE, PROTECTED)
    take(case, TriageConcern, severity="high", category="other")
    take(case, OpenCase, handler=LEAD)
    (opened,) = [event for event in case.pending_events if isinstance(event, Case.Opened)]
    assert (opened.estate_id, opened.municipality) == ("", "")
    assert case.origin.municipality, "the one who decides knows it"
