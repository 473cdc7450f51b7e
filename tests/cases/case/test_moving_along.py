"""A case that goes along to a new home: its links in the vault, its line in the queue, and who carries it there."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from services.cases.app import parts
from services.cases.case.commands.taking import TakeStep
from services.cases.case.commands.whom_it_is_about import take_once
from services.cases.case.projections import forget
from services.cases.case.rules.aftermath import AskToContinue
from services.cases.case.rules.correcting import FreezeCase, MoveToRightPerson
from services.cases.case.rules.handling import AssignCase
from services.cases.case.rules.life import RecordMove
from services.cases.case.rules.moving_along import MoveAlong
from shared.ground.errors import Refusal
from shared.history.rebuild import rebuild
from shared.privacy.matter import About, Link, Matter, MatterKind
from tests.cases.case.living import LEAD, SOCIAL_CARETAKER, as_the_register_says, asking, linked_by_hand, opened, raised, take
from tests.support.services import ASSOCIATION, Running, browser

THERE: dict[str, Any] = {
    "address": "Ravnebakken 6", "estate_id": "estate-1", "estate_name": "Ravnebakken", "municipality": "bakkelund", "has_many_homes": True,
}  # fmt: skip
HER = uuid4()


async def linked(cases: Running, case_id: UUID) -> dict[About, set[UUID]]:
    """Whom a case is about now."""
    links = [one.link for one in await cases.service.vault.links_of(case_id, association=ASSOCIATION) if one.until is None]
    return {about: {link.id for link in links if link.about is about} for about in About}


async def moved(cases: Running, *, answer: str = "yes") -> tuple[UUID, UUID]:
    """Somebody who moved from another estate; answers the case and the home that was left."""
    old, tenancy = uuid4(), uuid4()
    case_id = await opened(cases, home=old, tenancy=tenancy, estate="estate-2")
    links = [Link(About.PERSON, HER, "tenant"), Link(About.HOME, old), Link(About.TENANCY, tenancy)]
    await linked_by_hand(cases, case_id, links)
    await take(cases, case_id, AssignCase, handler=LEAD)
    await take(cases, case_id, RecordMove, on=f"{cases.clock.now():%Y-%m-%d}", source="resident")
    await take(cases, case_id, AskToContinue, continuing=answer, channel="phone")
    return case_id, old


async def going_along(cases: Running, case_id: UUID, home: UUID, tenancy: UUID, *, old: UUID, is_protected: bool = False) -> TakeStep:
    """Somebody hands on what the register says of a home and a tenancy that are known here."""
    await keys_of_tenancy(cases, tenancy)
    request = MoveAlong.model_validate({"id": uuid4(), "home_id": home, "tenancy_id": tenancy, **THERE})
    return TakeStep(case_id=case_id, home=old, request=as_the_register_says(cases, case_id, request, is_protected=is_protected))


async def keys_of_tenancy(cases: Running, tenancy: UUID) -> None:
    """The vault knows of it."""
    matter = Matter.about(uuid4(), MatterKind.TENANCY, tenancy=tenancy)
    await cases.service.vault.begin([matter], association=ASSOCIATION, by="system:intake", why="told")


async def test_the_link_moves_and_the_people_stay_who_they_are(cases: Running) -> None:
    case_id, old = await moved(cases)
    home, tenancy = uuid4(), uuid4()
    await take_once(await going_along(cases, case_id, home, tenancy, old=old), asking(cases), cases.service)
    assert await linked(cases, case_id) == {About.PERSON: {HER}, About.TENANCY: {tenancy}, About.HOME: {home}}
    history = await cases.service.vault.links_of(case_id, association=ASSOCIATION)
    (left,) = [one for one in history if one.link.id == old]
    assert (left.ended_by, left.ended_why) == (LEAD, "moved")


async def test_where_the_address_is_protected_there_nobody_is_told_where_the_case_went(cases: Running) -> None:
    """What the ERP had told of the new tenancy before is not waited for: it stands in the register's word."""
    case_id, old = await moved(cases)
    command = await going_along(cases, case_id, uuid4(), uuid4(), old=old, is_protected=True)
    await take_once(command, asking(cases), cases.service)
    [row] = await cases.rows("select is_address_protected, is_sealed_municipality from case_list where case_id = $1", case_id)
    assert tuple(row) == (True, True)
    told = await cases.rows("select headers, value from outbox where key = $1 order by position", str(case_id))
    [moved_along] = [orjson.loads(row["value"]) for row in told if "case_moved_along" in str(row["headers"])]
    assert (moved_along["estate_id"], moved_along["municipality"]) == ("", "")


async def test_its_line_and_its_page_follow_and_so_does_who_carries_it(cases: Running) -> None:
    case_id, old = await moved(cases)
    home, tenancy = uuid4(), uuid4()
    await take_once(await going_along(cases, case_id, home, tenancy, old=old), asking(cases), cases.service)
    (row,) = await cases.rows("select home_id, tenancy_id, estate_id, estate_name, handler from case_list where case_id = $1", case_id)
    assert tuple(row) == (home, tenancy, "estate-1", "Ravnebakken", SOCIAL_CARETAKER)
    async with browser(cases, as_=SOCIAL_CARETAKER) as carries:
        assert (await carries.get(f"/cases/api/cases/{case_id}")).json()["address"] == "Ravnebakken 6"
        page = (await carries.get(f"/cases/{case_id}", headers={"Accept": "text/html"})).text
    assert "fulgt med til den nye bolig" in page
    # Nothing was wrong: the home that was left can still be read in its history.
    async with browser(cases, as_=LEAD) as lead:
        events = (await lead.get(f"/cases/api/cases/{case_id}/timeline")).json()["events"]
    assert events[0]["words"]["home"] == str(old)


async def test_what_is_refused_ends_no_link(cases: Running) -> None:
    case_id, old = await moved(cases, answer="no")
    with pytest.raises(Refusal):
        await take_once(await going_along(cases, case_id, uuid4(), uuid4(), old=old), asking(cases), cases.service)
    assert old in (await linked(cases, case_id))[About.HOME]
    assert (await linked(cases, case_id))[About.PERSON] == {HER}


@pytest.mark.erases
async def test_the_case_it_goes_on_from_is_forgotten_with_it_and_a_rebuild_does_not_find_it_again(cases: Running) -> None:
    earlier = await opened(cases)
    later = await raised(cases, earlier_case=earlier)
    row = "select earlier_case from case_list where case_id = $1"
    assert await cases.value(row, later) == earlier
    await cases.service.vault.destroy({later}, association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")
    async with cases.service.pool.acquire() as connection:
        await forget(connection, [later])
    assert await cases.value(row, later) is None
    await rebuild(parts(), cases.owner_url, cases.service.vault)
    assert await cases.value(row, later) is None


@pytest.mark.erases
async def test_a_new_home_that_was_the_wrong_one_can_be_read_no_more_once_that_is_put_right(cases: Running) -> None:
    case_id, old = await moved(cases)
    wrong, right = uuid4(), uuid4()
    await take_once(await going_along(cases, case_id, wrong, uuid4(), old=old), asking(cases), cases.service)
    await take(cases, case_id, FreezeCase)
    request = MoveToRightPerson.model_validate({"id": uuid4(), "home_id": right, **THERE})
    command = TakeStep(case_id=case_id, home=wrong, request=as_the_register_says(cases, case_id, request))
    await take_once(command, asking(cases), cases.service)
    async with browser(cases, as_=LEAD) as lead:
        events = (await lead.get(f"/cases/api/cases/{case_id}/timeline")).json()["events"]
    (along,) = [event for event in events if event["topic"] == "case.moved_along"]
    assert along["words"]["home"] is None
