"""S2, curtains down in a rural row house: looked after without a case, and left in peace; and what happens when life goes on meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4, uuid5

import pytest

from shared.messaging.messages.erp import TenancyEnded, TenantDeceased
from tests.support.eventually import eventually
from tests.support.installation import CARETAKER, LEAD, Home, Installation, installation, moved_in, observation
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import NOW

HTML = {"Accept": "text/html"}


@pytest.fixture
async def place(postgres: PostgresServer, quick_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, quick_broker, tmp_path) as running:
        yield running


async def curtains_down(place: Installation) -> tuple[Home, UUID, str]:
    """A caretaker saw it, and the lead finds that it is to be looked at again, and nothing more."""
    home, *_ = await moved_in(place)
    seen = observation(home, signals=["mailbox.full"], severity="low", consent_answer="not_asked", consent_scope=[])
    concern = uuid5(UUID(seen["id"]), "case")
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)

    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{concern}")).status_code == 200

    await eventually(there, within=60)
    await place.step(LEAD, concern, "triage", severity="low", category="loneliness")
    return home, concern, seen["id"]


async def happens(place: Installation, concern: UUID, topic: str) -> None:
    async def happened() -> bool:
        return topic in await place.topics_of(concern)

    await eventually(happened, within=60)


async def test_he_only_had_the_flu_and_the_concern_is_put_away_and_can_be_taken_up_again(place: Installation) -> None:
    _, concern, seen = await curtains_down(place)
    await place.step(LEAD, concern, "dismissal", reason="unfounded", remark="Han havde influenza og er på benene igen.")
    case = await place.case(LEAD, concern)
    assert (case["status"], [one["kind"] for one in case["deadlines"]]) == ("dismissed", ["tell_caretaker"])

    # The caretaker sees that no case came of it; what the lead wrote about him is not his to read.
    async def knows() -> bool:
        found = await place.ask(CARETAKER, "GET", f"/intake/api/observations/{seen}", expect=200)
        assert "influenza" not in found.text
        return bool(found.json()["progress"]["dismissed_at"])

    await eventually(knows, within=60)
    await place.lead_to(NOW + timedelta(days=20))
    await place.step(LEAD, concern, "taking-up", reason="Gardinerne er nede igen.")
    assert (await place.case(LEAD, concern))["status"] in {"raised", "triaged"}


async def test_s2_fb6_he_dies_before_it_was_a_case_and_nobody_is_asked_to_look_in(place: Installation) -> None:
    home, concern, _ = await curtains_down(place)
    await place.erp_says(TenantDeceased(tenancy_id=home.tenancy_id, person_id=uuid4(), died_on=NOW.date()))
    await happens(place, concern, "case.outbound_stopped")
    await place.lead_to(NOW + timedelta(days=40))
    # All that can be missed is that somebody talks with the colleagues who knew him.
    case = await place.case(LEAD, concern)
    assert [one["kind"] for one in case["deadlines"]] == ["care_for_staff"]
    assert (await place.topics_of(concern)).count("case.deadline_missed") <= 1


async def test_s2_fb7_he_moves_before_it_was_a_case_and_the_next_tenant_inherits_nothing(place: Installation) -> None:
    home, concern, _ = await curtains_down(place)
    await place.erp_says(TenancyEnded(tenancy_id=home.tenancy_id, ended_on=NOW.date()))
    await happens(place, concern, "case.resident_moved")
    await place.lead_to(NOW + timedelta(days=2))
    await happens(place, concern, "case.outbound_stopped")
    page = (await place.ask(LEAD, "GET", f"/cases/{concern}", headers=HTML, expect=200)).text
    assert "flyttet" in page
