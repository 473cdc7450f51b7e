"""S16, a newcomer after homelessness: the ERP says who moves in, and somebody comes by within five working days."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4, uuid5

import pytest

from shared.ground.working_days import local_day, working_days_between
from shared.messaging.messages.erp import Occupant, TenancyEnded, TenancyStarted
from shared.privacy.matter import About
from tests.support.eventually import eventually
from tests.support.installation import LEAD, Installation, installation, moved_in
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, NOW

HTML = {"Accept": "text/html", "Accept-Language": "da"}


@pytest.fixture
async def place(postgres: PostgresServer, quick_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, quick_broker, tmp_path) as running:
        yield running


async def test_who_was_homeless_is_welcomed_within_five_working_days(place: Installation) -> None:
    home, *_ = await moved_in(place)
    newcomer, tenancy = uuid4(), uuid4()
    await place.erp_says(
        TenancyEnded(tenancy_id=home.tenancy_id, ended_on=NOW.date() - timedelta(days=3)),
        TenancyStarted(
            tenancy_id=tenancy, unit_id=home.home_id, estate_id="estate-1", started_on=NOW.date(),
            persons=(Occupant(person_id=newcomer, role="tenant"),), is_newly_rehoused=True,
        ),
    )  # fmt: skip

    async def there() -> bool:
        return bool(await place.services["cases"].pool.fetchval("select count(*) from case_list where source = 'welcome'"))

    await eventually(there, within=60)
    concern = await place.services["intake"].pool.fetchval("select observation_id from observations where tenancy_id = $1", tenancy)
    case_id = uuid5(concern, "case")
    case = await place.case(LEAD, case_id)
    assert (case["source"], case["category"], case["observer"]) == ("welcome", "newly_rehoused", "")
    due = next(one["due"] for one in case["deadlines"] if one["kind"] == "first_contact")
    assert working_days_between(local_day(NOW), local_day(datetime.fromisoformat(due))) == 5

    # It is about who moves in, and about nobody who lived there before.
    about = {(one.link.about, one.link.id) for one in await place.services["cases"].vault.links_of(case_id, association=ASSOCIATION)}
    assert about == {(About.HOME, home.home_id), (About.TENANCY, tenancy), (About.PERSON, newcomer)}

    # The first visit, in time.
    await place.step(LEAD, case_id, "triage", severity="low", category="newly_rehoused")
    await place.step(LEAD, case_id, "opening", handler=LEAD)
    await place.step(LEAD, case_id, "contacts", reached=True, channel="visit", note="Bød velkommen.")
    after = await place.case(LEAD, case_id)
    assert not [one for one in after["deadlines"] if one["kind"] in ("first_contact", "tell_caretaker")]
    page = await place.ask(LEAD, "GET", f"/cases/{case_id}", headers=HTML, expect=200)
    assert "Velkomst efter hjemløshed" in page.text

    # Every week, twelve times, and after three months.
    planned = sorted(local_day(datetime.fromisoformat(one["due"])) for one in after["follow_ups"])
    assert len(planned) == 13
    assert 85 <= (planned[-1] - local_day(NOW)).days <= 96

    # Told once more by the ERP it is the same welcome.
    await place.erp_says(
        TenancyStarted(tenancy_id=tenancy, unit_id=home.home_id, estate_id="estate-1", started_on=NOW.date(), is_newly_rehoused=True)
    )
    await place.everything_is_heard()
    assert await place.services["cases"].pool.fetchval("select count(*) from case_list where source = 'welcome'") == 1
