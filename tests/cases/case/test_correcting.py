"""Putting a case right where links and keys live in another database: whatever stops in between, it can be gone on with."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.cases.case.commands import TakeStep, content_of, take_once, take_step
from services.cases.case.rules.correcting import FreezeCase, MoveToRightPerson
from shared.ground.errors import Refusal
from shared.privacy.matter import About
from tests.cases.case.living import LEAD, asking, opened, take
from tests.support.services import ASSOCIATION, Running, browser

RIGHT: dict[str, Any] = {"address": "Ravnebakken 6", "estate_id": "estate-1", "municipality": "bakkelund"}


async def linked_to(cases: Running, case_id: UUID) -> set[UUID]:
    """The homes a case is about now."""
    links = await cases.service.vault.links_of(case_id, association=ASSOCIATION)
    return {one.link.id for one in links if one.until is None and one.link.about is About.HOME}


def moving(case_id: UUID, home: UUID, *, from_home: UUID | None) -> TakeStep:
    request = MoveToRightPerson.model_validate({"id": uuid4(), "home_id": home, "tenancy_id": uuid4(), **RIGHT})
    return TakeStep(case_id=case_id, home=from_home, request=request)


async def address(cases: Running, case_id: UUID) -> str | None:
    async with browser(cases, as_=LEAD) as lead:
        said: str | None = (await lead.get(f"/cases/api/cases/{case_id}")).json()["address"]
        return said


@pytest.mark.erases
async def test_a_correction_that_stopped_half_way_is_finished_by_the_same_request(cases: Running) -> None:
    wrong, right = uuid4(), uuid4()
    case_id = await opened(cases, home=wrong)
    await take(cases, case_id, FreezeCase)
    command, context = moving(case_id, right, from_home=wrong), asking(cases)
    # The process ended after the event was stored, and before the vault was told to forget the wrong place.
    content = content_of(case_id, command.request)
    await cases.service.do_once(take_step, command, context, id=command.request.id, content=content)
    await take_once(command, context, cases.service)
    assert await linked_to(cases, case_id) == {right}
    assert await address(cases, case_id) == "Ravnebakken 6"
    async with browser(cases, as_=LEAD) as lead:
        events = (await lead.get(f"/cases/api/cases/{case_id}/timeline")).json()["events"]
    assert [events[0]["words"][name] for name in ("home", "tenancy")] == [None, None]
    assert [event["topic"] for event in events].count("case.wrong_person_corrected") == 1


@pytest.mark.erases
async def test_a_correction_that_is_refused_ends_no_link_and_destroys_no_key(cases: Running) -> None:
    wrong, right = uuid4(), uuid4()
    case_id = await opened(cases, home=wrong)
    with pytest.raises(Refusal):
        await take_once(moving(case_id, right, from_home=wrong), asking(cases), cases.service)
    assert await address(cases, case_id) == "Ravnebakken 4"


@pytest.mark.erases
async def test_it_can_be_put_right_twice(cases: Running) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    case_id = await opened(cases, home=first)
    for old, new in ((first, second), (second, third)):
        await take(cases, case_id, FreezeCase)
        await take_once(moving(case_id, new, from_home=old), asking(cases), cases.service)
    assert await cases.value("select home_id from case_list where case_id = $1", case_id) == third
    assert await address(cases, case_id) == "Ravnebakken 6"
    assert third in await linked_to(cases, case_id)
    assert not {first, second} & await linked_to(cases, case_id)
