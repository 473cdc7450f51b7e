"""The damage service that clears the home."""

from __future__ import annotations

from typing import Any

import pytest

from services.cases.case.rules.answers import ConsentWasWithdrawn, NoConsentCoversThis, ReasonIsMissing
from services.cases.case.rules.case import Case
from services.cases.case.rules.damage_service import (
    CompleteDamageService,
    DamageServiceIsDone,
    DamageServiceIsOnItsWay,
    LetDamageServiceIn,
    NoLeaveForTheDamageService,
    OnlyLeaveIsForCaretakers,
    OrderDamageService,
    ThereIsNoSuchOrder,
)
from services.cases.case.rules.refusals import CaseIsNotOpen, ItWasBeforeThat
from shared.privacy.personal import Personal
from shared.words.vocabulary.people import Role
from tests.cases.case.story import (
    CLOSED,
    HOUR,
    IN_THE_OPEN,
    LEAD,
    NOW,
    ORDER,
    ORDERED,
    TRIAGED,
    UNDER_TRIAGE,
    UNKNOWN,
    WORDS,
    YES_TO_DAMAGE_SERVICE,
    YES_TO_VISITATION,
    take,
)
from tests.support.given import EARLIER, fact, given, kinds, news

LET_IN = fact(Case.DamageServiceLetIn, order_id=ORDER)
COMPLETED = fact(Case.DamageServiceCompleted, order_id=ORDER)
NO = fact(
    Case.ConsentDeclined,
    **{name: value for name, value in YES_TO_DAMAGE_SERVICE.facts.items() if name not in ("valid_until", "information")},
)
NO_LONGER = fact(Case.ConsentWithdrawn, person=None, recipient="damage_service", how="oral", told_to=LEAD, already_shared=False)
EXPIRED = fact(
    Case.ConsentGranted,
    **{**YES_TO_DAMAGE_SERVICE.facts, "valid_until": NOW - HOUR},
)


def order(case: Case, *, basis: str = "consent", reason: Personal | None = None) -> None:
    take(case, OrderDamageService, id=ORDER, basis=basis, basis_reason=reason)  # fmt: skip


def test_the_damage_service_is_sent_to_the_home_when_the_resident_said_yes() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_DAMAGE_SERVICE)
    order(case)
    assert news(case) == [ORDERED]


def test_the_same_order_again_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_DAMAGE_SERVICE, ORDERED)
    order(case)
    assert news(case) == []


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ((), NoConsentCoversThis),
        ((YES_TO_VISITATION,), NoConsentCoversThis),
        (
            (
                YES_TO_DAMAGE_SERVICE,
                fact(Case.ConsentWithdrawn, person=None, recipient="damage_service", how="oral", told_to=LEAD, already_shared=False),
            ),
            ConsentWasWithdrawn,
        ),
    ],
)
def test_nobody_is_sent_without_leave(answers: tuple[Any, ...], refusal: type[Exception]) -> None:
    case = given(Case, *IN_THE_OPEN, *answers)
    with pytest.raises(refusal):
        order(case)


def test_danger_to_life_stands_in_for_leave_when_it_is_reasoned() -> None:
    case = given(Case, *IN_THE_OPEN)
    order(case, basis="vital_interest", reason=WORDS)
    assert kinds(case) == [Case.DamageServiceOrdered]


def test_danger_to_life_is_reasoned() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(ReasonIsMissing):
        order(case, basis="vital_interest")


def test_orders_belong_to_a_case() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED, YES_TO_DAMAGE_SERVICE)
    with pytest.raises(CaseIsNotOpen):
        order(case)


@pytest.mark.parametrize("after", [(), (CLOSED,)])
def test_what_was_ordered_is_completed_once_also_after_the_end(after: tuple[Any, ...]) -> None:
    case = given(Case, *IN_THE_OPEN, ORDERED, *after)
    for _ in range(2):
        take(case, CompleteDamageService, order_id=ORDER)
    assert news(case) == [fact(Case.DamageServiceCompleted, order_id=ORDER)]


def test_what_was_not_ordered_is_not_completed() -> None:
    case = given(Case, *IN_THE_OPEN, ORDERED)
    with pytest.raises(ThereIsNoSuchOrder):
        take(case, CompleteDamageService, order_id=UNKNOWN)


def test_the_caretaker_orders_the_damage_service_as_the_others_do() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_DAMAGE_SERVICE)
    take(case, OrderDamageService, by=Role.CARETAKER, id=ORDER)
    assert news(case) == [ORDERED]


def test_the_caretaker_orders_on_the_residents_yes_and_on_nothing_else() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(NoLeaveForTheDamageService):
        take(case, OrderDamageService, by=Role.CARETAKER)
    with pytest.raises(OnlyLeaveIsForCaretakers):
        take(case, OrderDamageService, by=Role.CARETAKER, basis="vital_interest", basis_reason=WORDS)
    assert news(case) == []


@pytest.mark.parametrize("by", [Role.CARETAKER, Role.SOCIAL_LEAD])
@pytest.mark.parametrize("after", [(), (CLOSED,)])
def test_the_damage_service_is_let_in_once_and_is_not_done_by_that(by: Role, after: tuple[Any, ...]) -> None:
    case = given(Case, *IN_THE_OPEN, ORDERED, *after)
    for _ in range(2):
        take(case, LetDamageServiceIn, by=by, order_id=ORDER)
    assert news(case) == [LET_IN]
    assert case.damage_service.open_orders() == [ORDER]
    assert not LetDamageServiceIn.makes_sense(case)


def test_nobody_is_let_in_who_was_not_ordered() -> None:
    case = given(Case, *IN_THE_OPEN, ORDERED)
    with pytest.raises(ThereIsNoSuchOrder):
        take(case, LetDamageServiceIn, by=Role.CARETAKER, order_id=UNKNOWN)
    with pytest.raises(ItWasBeforeThat):
        take(case, LetDamageServiceIn, by=Role.CARETAKER, at=EARLIER - HOUR, order_id=ORDER)


@pytest.mark.parametrize("by", [Role.CARETAKER, Role.SOCIAL_LEAD])
def test_while_it_is_on_its_way_it_is_not_ordered_again(by: Role) -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_DAMAGE_SERVICE, ORDERED)
    assert not OrderDamageService.makes_sense(case)
    with pytest.raises(DamageServiceIsOnItsWay):
        take(case, OrderDamageService, by=by, id=UNKNOWN)
    case = given(Case, *IN_THE_OPEN, YES_TO_DAMAGE_SERVICE, ORDERED, COMPLETED)
    take(case, OrderDamageService, by=by, id=UNKNOWN)
    assert kinds(case) == [Case.DamageServiceOrdered]


@pytest.mark.parametrize("answer", [(), (NO,), (YES_TO_DAMAGE_SERVICE, NO_LONGER), (EXPIRED,)])
def test_ones_own_part_does_not_tell_why_there_is_no_leave(answer: tuple[Any, ...]) -> None:
    case = given(Case, *IN_THE_OPEN, *answer)
    with pytest.raises(NoLeaveForTheDamageService):
        take(case, OrderDamageService, by=Role.CARETAKER)


def test_nobody_is_let_in_when_it_is_done() -> None:
    case = given(Case, *IN_THE_OPEN, ORDERED, COMPLETED)
    with pytest.raises(DamageServiceIsDone):
        take(case, LetDamageServiceIn, by=Role.CARETAKER, order_id=ORDER)
    case = given(Case, *IN_THE_OPEN, ORDERED, LET_IN, COMPLETED)
    take(case, LetDamageServiceIn, by=Role.CARETAKER, order_id=ORDER)
    assert news(case) == []
