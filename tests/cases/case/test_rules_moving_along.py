"""S13: the resident moved inside the association and said yes, and the case goes along to the new home."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.cases.case.rules.aftermath import AskToContinue, ResidentHasNotMoved
from services.cases.case.rules.case import Case
from services.cases.case.rules.handling import RecordContact
from services.cases.case.rules.life import RecordMove
from services.cases.case.rules.moving_along import MoveAlong, ResidentDidNotSayYes
from services.cases.case.rules.new_home import AddressIsMissing, ItIsThatHomeAlready
from services.cases.case.rules.offers import is_offered, next_step
from services.cases.case.rules.refusals import CaretakersAreNotGivenSocialWork, CaseIsClosed
from shared.privacy.personal import Whereabouts
from shared.words.vocabulary.people import Role
from tests.cases.case.story import (
    CLOSED,
    HOME,
    HOUR,
    IN_THE_OPEN,
    LEAD,
    NOW,
    ORDER,
    ORDERED,
    REACHED,
    TRIAGED,
    UNDER_TRIAGE,
    WORDS,
    YES_TO_DAMAGE_SERVICE,
    take,
)
from tests.support.given import AN_ID, Fact, fact, given, kinds, news

NEW_HOME = UUID("40000000-0000-5000-8000-000000000009")
NEW_TENANCY = UUID("7e000000-0000-5000-8000-000000000009")
COLLEAGUE = "staff-social-caretaker-9"
THERE: dict[str, Any] = {
    "home_id": NEW_HOME, "tenancy_id": NEW_TENANCY, "address": "Dalen 9, 1. th.", "estate_id": "estate-2", "estate_name": "Dalen",
    "municipality": "dalby", "has_many_homes": True,
}  # fmt: skip


def moved(*before: Fact, answer: str = "yes") -> Case:
    """The resident moved, and was asked whether it may go on."""
    case = given(Case, *(before or (*IN_THE_OPEN, REACHED)))
    take(case, RecordMove, on=NOW.date(), source="resident")
    take(case, AskToContinue, at=NOW + HOUR, continuing=answer, channel="phone")
    return case


def test_the_case_stands_at_the_new_home_with_everything_in_it() -> None:
    case = moved()
    take(case, MoveAlong, at=NOW + 2 * HOUR, **THERE, reason=WORDS)
    told = news(case)[-1]
    assert told.kind is Case.MovedAlong
    assert told.facts["home"] == Whereabouts(AN_ID, str(NEW_HOME))
    assert told.facts["tenancy"] == Whereabouts(AN_ID, str(NEW_TENANCY))
    assert told.facts["address"] == Whereabouts(AN_ID, "Dalen 9, 1. th.")
    assert (case.origin.estate_id, case.origin.estate, case.origin.municipality) == ("estate-2", "Dalen", "dalby")
    assert case.is_reached
    take(case, RecordContact, at=NOW + 3 * HOUR, reached=True, channel="visit")


def test_a_small_estate_is_sealed_there_too() -> None:
    case = moved()
    take(case, MoveAlong, at=NOW + 2 * HOUR, **{**THERE, "has_many_homes": False})
    told = news(case)[-1].facts
    assert (told["estate_id"], told["small_estate"]) == ("", Whereabouts(AN_ID, "estate-2"))


def test_where_the_address_is_protected_the_municipality_is_sealed_too() -> None:
    case = moved(*IN_THE_OPEN, fact(Case.AddressProtected, source="erp"))
    take(case, MoveAlong, at=NOW + 2 * HOUR, **THERE)
    told = news(case)[-1].facts
    assert (told["municipality"], told["protected_municipality"]) == ("", Whereabouts(AN_ID, "dalby"))


def test_it_waits_for_it_and_offers_it_until_it_is_done() -> None:
    case = moved()
    assert [wait.kind for wait in case.waits() if wait.kind == "new_home"] == ["new_home"]
    assert next_step(case, at=NOW + HOUR) is MoveAlong
    take(case, MoveAlong, at=NOW + 2 * HOUR, **THERE)
    assert "new_home" not in {wait.kind for wait in case.waits()}
    assert not is_offered(MoveAlong, case)


def test_the_social_caretaker_of_the_new_estate_carries_it() -> None:
    case = moved()
    take(case, MoveAlong, at=NOW + 2 * HOUR, there=[COLLEAGUE], **THERE)
    assert kinds(case)[-2:] == [Case.MovedAlong, Case.Assigned]
    assert case.handler == COLLEAGUE


@pytest.mark.parametrize("there", [[], [COLLEAGUE, "staff-social-caretaker-8"], [LEAD]])
def test_where_there_is_none_or_several_or_they_do_already_whoever_carries_it_keeps_it(there: list[str]) -> None:
    case = moved()
    take(case, MoveAlong, at=NOW + 2 * HOUR, there=there, **THERE)
    assert kinds(case)[-1] is Case.MovedAlong
    assert case.handler == LEAD


def test_somebody_else_is_named_and_never_a_caretaker() -> None:
    case = moved()
    with pytest.raises(CaretakersAreNotGivenSocialWork):
        take(case, MoveAlong, at=NOW + 2 * HOUR, handler="staff-caretaker-1", colleague=Role.CARETAKER, **THERE)
    take(case, MoveAlong, at=NOW + 2 * HOUR, handler="staff-social-caretaker-8", there=[COLLEAGUE], **THERE)
    assert case.handler == "staff-social-caretaker-8"


def test_a_concern_that_is_no_case_yet_goes_along_too_and_nobody_is_given_it() -> None:
    case = moved(*UNDER_TRIAGE, TRIAGED)
    take(case, MoveAlong, at=NOW + 2 * HOUR, there=[COLLEAGUE], **THERE)
    assert kinds(case)[-1] is Case.MovedAlong
    assert case.handler == ""


def test_nobody_is_sent_to_the_home_that_was_left() -> None:
    case = moved(*IN_THE_OPEN, YES_TO_DAMAGE_SERVICE, ORDERED)
    assert case.damage_service.open_orders() == []
    ahead = given(Case, *IN_THE_OPEN, YES_TO_DAMAGE_SERVICE, ORDERED)
    take(ahead, RecordMove, on=(NOW + timedelta(days=9)).date(), source="resident")
    take(ahead, AskToContinue, continuing="yes", channel="phone")
    assert ahead.damage_service.open_orders() == [ORDER]
    take(ahead, MoveAlong, at=NOW + HOUR, **THERE)
    assert kinds(ahead)[-2:] == [Case.DamageServiceCancelled, Case.MovedAlong]


def test_the_next_move_is_another_one() -> None:
    case = moved()
    take(case, MoveAlong, at=NOW + 2 * HOUR, **THERE)
    before = len(news(case))
    case.note_time(NOW + 3 * HOUR)
    assert len(news(case)) == before
    take(case, RecordMove, at=NOW + 4 * HOUR, on=NOW.date(), source="resident")
    assert kinds(case)[-1] is Case.OutboundStopped
    assert case.life.continuing == ""


@pytest.mark.parametrize("answer", ["no", "not_reached"])
def test_without_a_yes_it_stays_where_it_is(answer: str) -> None:
    case = moved(answer=answer)
    assert not is_offered(MoveAlong, case)
    with pytest.raises(ResidentDidNotSayYes):
        take(case, MoveAlong, at=NOW + 2 * HOUR, **THERE)


def test_who_did_not_move_has_no_new_home_and_what_is_over_goes_nowhere() -> None:
    with pytest.raises(ResidentHasNotMoved):
        take(given(Case, *IN_THE_OPEN), MoveAlong, **THERE)
    with pytest.raises(CaseIsClosed):
        take(given(Case, *IN_THE_OPEN, CLOSED), MoveAlong, **THERE)


def test_the_home_it_is_about_already_is_no_new_one_and_an_address_is_said() -> None:
    case = moved()
    with pytest.raises(ItIsThatHomeAlready):
        take(case, MoveAlong, at=NOW + 2 * HOUR, tenancy=NEW_TENANCY, **{**THERE, "home_id": HOME})
    with pytest.raises(AddressIsMissing):
        take(case, MoveAlong, at=NOW + 2 * HOUR, **{**THERE, "address": " "})


def test_it_is_told_as_it_is_stored() -> None:
    case = moved()
    take(case, MoveAlong, at=NOW + 2 * HOUR, **THERE)
    assert news(case)[-1] == fact(
        Case.MovedAlong, home=Whereabouts(AN_ID, str(NEW_HOME)), tenancy=Whereabouts(AN_ID, str(NEW_TENANCY)),
        address=Whereabouts(AN_ID, "Dalen 9, 1. th."), estate_id="estate-2", estate_name="Dalen", municipality="dalby",
        small_estate=None, small_estate_name=None, protected_municipality=None, reason=None,
    )  # fmt: skip
