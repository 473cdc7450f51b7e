"""S4, how it begins: the ERP says that rent is owed, once a month at most, and somebody asks whether help is wanted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4, uuid5

import pytest

from shared.messaging.messages.erp import Occupant, TenancyChanged, TenancyEnded, TenancyInArrears, TenancyStarted
from shared.privacy.matter import About
from tests.support.eventually import eventually
from tests.support.installation import DPO, LEAD, Installation, installation, moved_in
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, NOW

HTML = {"Accept": "text/html", "Accept-Language": "da"}


@pytest.fixture
async def place(postgres: PostgresServer, quick_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, quick_broker, tmp_path) as running:
        yield running


async def begun(place: Installation, count: int) -> None:
    """So many concerns came of what the ERP said, and no more when everything is heard."""

    async def there() -> bool:
        return await of_the_erp(place) >= count

    await eventually(there, within=60)
    await place.everything_is_heard()
    await place.lead_to(place.clock.now() + timedelta(minutes=1))
    await place.everything_is_heard()
    assert await of_the_erp(place) == count


async def of_the_erp(place: Installation) -> int:
    return int(await place.services["cases"].pool.fetchval("select count(*) from case_list where source = 'erp'"))


async def test_a_tenancy_in_arrears_waits_for_triage_as_every_other_concern_does(place: Installation) -> None:
    home, *_ = await moved_in(place)
    her = uuid4()
    await place.erp_says(TenancyChanged(tenancy_id=home.tenancy_id, persons=(Occupant(person_id=her),), is_protected=True))

    async def known() -> bool:
        return bool(await place.services["intake"].pool.fetchval("select count(*) from occupants where person_id = $1", her))

    await eventually(known, within=60)
    await place.erp_says(TenancyInArrears(tenancy_id=home.tenancy_id, on=NOW.date(), months=2))
    await begun(place, 1)
    concern = await place.services["intake"].pool.fetchval("select observation_id from observations where source = 'erp'")
    case_id = uuid5(concern, "case")
    case = await place.case(LEAD, case_id)
    assert (case["status"], case["source"], case["observer"], case["signals"]) == ("raised", "erp", "", ["arrears"])
    assert (case["severity"], case["address_protected"]) == ("medium", True)
    page = (await place.ask(LEAD, "GET", f"/cases/{case_id}", headers=HTML, expect=200)).text
    assert "Boligsystemet melder restance i 2 måneder." in page
    about = {(one.link.about, one.link.id) for one in await place.services["cases"].vault.links_of(case_id, association=ASSOCIATION)}
    assert about == {(About.HOME, home.home_id), (About.TENANCY, home.tenancy_id), (About.PERSON, her)}

    # No conversation leads from the concern to what the ERP said of the tenancy.
    rows = await place.services["intake"].pool.fetch("select headers, value from outbox where topic = 'brobygger.intake'")
    said = [(str(concern) in row["value"].decode(), row["headers"]["ce_correlationid"]) for row in rows]
    of_the_concern = {conversation for is_about_it, conversation in said if is_about_it}
    assert len(of_the_concern) == 1
    assert of_the_concern.isdisjoint({conversation for is_about_it, conversation in said if not is_about_it})


async def test_of_the_same_month_it_is_taken_in_once_and_of_the_next_again(place: Installation) -> None:
    home, *_ = await moved_in(place)
    first = NOW.date().replace(day=1)
    await place.erp_says(TenancyInArrears(tenancy_id=home.tenancy_id, on=first, months=1))
    await begun(place, 1)
    await place.erp_says(TenancyInArrears(tenancy_id=home.tenancy_id, on=first + timedelta(days=1), months=2))
    await begun(place, 1)
    await place.lead_to(NOW + timedelta(days=35))
    await place.erp_says(TenancyInArrears(tenancy_id=home.tenancy_id, on=place.clock.now().date(), months=2))
    await begun(place, 2)


async def test_a_tenancy_that_is_not_known_waits_for_its_home_and_one_that_is_over_is_left_alone(place: Installation) -> None:
    home, empty, _ = await moved_in(place)
    unheard = uuid4()
    await place.erp_says(TenancyEnded(tenancy_id=empty.tenancy_id, ended_on=NOW.date() - timedelta(days=3)))
    await place.erp_says(TenancyInArrears(tenancy_id=unheard, on=NOW.date(), months=1))
    await place.erp_says(TenancyInArrears(tenancy_id=empty.tenancy_id, on=NOW.date(), months=1))
    await place.erp_says(TenancyInArrears(tenancy_id=home.tenancy_id, on=date(NOW.year - 1, 3, 10), months=1))
    await begun(place, 0)
    await place.erp_says(
        TenancyStarted(tenancy_id=unheard, unit_id=empty.home_id, estate_id="estate-1", started_on=NOW.date() - timedelta(days=2))
    )
    await begun(place, 1)


async def test_who_was_erased_is_not_told_of_and_what_is_told_afterwards_is_new(place: Installation) -> None:
    home, *_ = await moved_in(place)
    await place.erp_says(TenancyInArrears(tenancy_id=home.tenancy_id, on=NOW.date(), months=1))
    await begun(place, 1)
    erasure = {"id": str(uuid4()), "kind": "whole_tenancy", "about": str(home.tenancy_id), "reason": "erasure_request", "sure": True}
    await place.ask(DPO, "POST", "/intake/api/erasures", json=erasure, expect=202)

    async def gone() -> bool:
        """What the ERP says before that waits until it is over."""
        told = (await place.ask(DPO, "GET", f"/intake/api/erasures/{erasure['id']}", expect=200)).json()
        return bool(told["state"] == "certified")

    await eventually(gone, within=60)
    assert await place.services["intake"].pool.fetchval("select tenancy_id from observations where source = 'erp'") is None
    again = TenancyInArrears(tenancy_id=home.tenancy_id, on=NOW.date() - timedelta(days=1), months=1, unit_id=home.home_id)
    await place.erp_says(again)
    await begun(place, 2)
