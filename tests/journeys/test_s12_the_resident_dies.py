"""S12, the resident dies: everything outbound stops, also what was on its way; and when it was not true, all of it is there again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4, uuid5

import pytest

from shared.ground.working_days import start_of_day
from shared.messaging.messages.erp import (
    GuardianAppointed,
    Occupant,
    TenancyChanged,
    TenancyEnded,
    TenancyEndWithdrawn,
    TenantDeceased,
    TenantDeceasedRetracted,
)
from tests.journeys.on_its_way import notices, told_to_the_erp, with_everything
from tests.support.eventually import eventually
from tests.support.installation import CARETAKER, LEAD, SOCIAL_CARETAKER, Installation, installation, moved_in, observation
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import NOW

HTML = {"Accept": "text/html"}
TODAY = f"{NOW:%Y-%m-%d}"


@pytest.fixture
async def place(postgres: PostgresServer, any_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, any_broker, tmp_path) as running:
        yield running


async def a_case_with_everything(place: Installation) -> UUID:
    """A case in which a recipient is to answer, the damage service to come, and the caretaker to go along to a meeting."""
    home, *_ = await moved_in(place)
    return await with_everything(place, home)


@pytest.mark.on_every_broker
async def test_everything_outbound_stops_and_somebody_talks_with_those_who_knew_her(place: Installation) -> None:
    case_id = await a_case_with_everything(place)
    await place.step(SOCIAL_CARETAKER, case_id, "deaths", on=TODAY, source="relative")

    # No clock runs but that of the colleagues; the order is taken back by the id it has outside.
    case = await place.case(LEAD, case_id)
    assert [deadline["kind"] for deadline in case["deadlines"]] == ["care_for_staff"]
    (asked, order), (cancelled, same) = await told_to_the_erp(place)
    assert (asked, cancelled, same) == ("work_order_requested", "work_order_cancelled", order)

    # Whoever was asked along, and not told yet or just so, is not needed; the handler did it herself.
    async def released() -> bool:
        return bool(await notices(place, CARETAKER, "companion_released"))

    await eventually(released, within=60)

    # What would reach out is refused in a true sentence, as JSON and on the page, where it is not offered either.
    seen = await place.ask(SOCIAL_CARETAKER, "GET", f"/cases/api/cases/{case_id}", expect=200)
    refused = await place.ask(
        SOCIAL_CARETAKER, "POST", f"/cases/api/cases/{case_id}/contacts", headers={"If-Match": seen.headers["ETag"]},
        json={"id": str(case_id), "reached": True, "channel": "phone"}, expect=422,
    )  # fmt: skip
    assert refused.json()["detail"].startswith("Beboeren er død.")
    page = (await place.ask(SOCIAL_CARETAKER, "GET", f"/cases/{case_id}", headers=HTML, expect=200)).text
    assert "Der er talt med dem, der kendte beboeren" in page
    assert f"/cases/{case_id}/steps/contact" not in page

    # A month passes without anything being missed that reaches out.
    await place.step(SOCIAL_CARETAKER, case_id, "staff-care")
    await place.lead_to(NOW + timedelta(days=30))
    assert not [topic for topic in await place.topics_of(case_id) if topic.endswith(("missed", "silent"))]
    await place.step(SOCIAL_CARETAKER, case_id, "notes", text="Familien har fået nøglen.")
    await place.step(SOCIAL_CARETAKER, case_id, "closing", outcome="deceased")
    assert (await place.topics_of(case_id))[-2:] == ["case.closed", "case.retention_started"]


@pytest.mark.on_every_broker
async def test_a_wrong_message_is_taken_back_and_everything_is_there_again(place: Installation) -> None:
    case_id = await a_case_with_everything(place)
    before = await place.case(LEAD, case_id)
    await place.step(SOCIAL_CARETAKER, case_id, "deaths", on=TODAY, source="relative")
    await place.step(LEAD, case_id, "deaths/taken-back", reason="Det var naboen.")

    # Every clock has its time again; somebody is to apologise, and the companion is asked anew.
    after = await place.case(LEAD, case_id)
    apology = [deadline for deadline in after["deadlines"] if deadline["kind"] == "apologise"]
    assert len(apology) == 1
    assert [deadline for deadline in after["deadlines"] if deadline not in apology] == before["deadlines"]
    assert (after["referrals"], after["follow_ups"]) == (before["referrals"], before["follow_ups"])

    async def asked_anew() -> bool:
        return len(await notices(place, CARETAKER, "companion_wanted")) == 2

    await eventually(asked_anew, within=60)

    # The damage service comes under another order: the ERP cannot un-cancel one.
    (_, first), _, (again, second) = await told_to_the_erp(place)
    assert again == "work_order_requested"
    assert second != first
    await place.step(LEAD, case_id, "apologies", channel="phone")
    await place.step(LEAD, case_id, "contacts", reached=True, channel="phone")


async def has_happened(place: Installation, case_id: UUID, topic: str) -> None:
    """Wait until it has."""

    async def happened() -> bool:
        return topic in await place.topics_of(case_id)

    await eventually(happened, within=60)


@pytest.mark.on_every_broker
async def test_what_the_erp_tells_of_a_death_stops_the_case_and_what_it_takes_back_restores_it(place: Installation) -> None:
    home, *_ = await moved_in(place)
    case_id, person = await with_everything(place, home), uuid4()
    before = await place.case(LEAD, case_id)
    await place.erp_says(TenantDeceased(tenancy_id=home.tenancy_id, person_id=person, died_on=NOW.date()))
    await has_happened(place, case_id, "case.outbound_stopped")
    assert [one["kind"] for one in (await place.case(LEAD, case_id))["deadlines"]] == ["care_for_staff"]
    await place.erp_says(TenantDeceasedRetracted(tenancy_id=home.tenancy_id, person_id=person))
    await has_happened(place, case_id, "case.outbound_resumed")
    after = await place.case(LEAD, case_id)
    assert [one for one in after["deadlines"] if one["kind"] != "apologise"] == before["deadlines"]


@pytest.mark.on_every_broker
async def test_a_tenancy_that_ends_stops_the_case_on_its_day(place: Installation) -> None:
    home, *_ = await moved_in(place)
    case_id = await with_everything(place, home)
    await place.erp_says(TenancyEnded(tenancy_id=home.tenancy_id, ended_on=NOW.date()))
    await has_happened(place, case_id, "case.resident_moved")
    assert "case.outbound_stopped" not in await place.topics_of(case_id), "on the last day they live there still"
    await place.lead_to(start_of_day(NOW.date() + timedelta(days=1)) + timedelta(minutes=1))
    await has_happened(place, case_id, "case.outbound_stopped")
    assert "ask_to_continue" in {one["kind"] for one in (await place.case(LEAD, case_id))["deadlines"]}

    # The notice is taken back: they stay, and what ran runs.
    await place.erp_says(TenancyEndWithdrawn(tenancy_id=home.tenancy_id))
    await has_happened(place, case_id, "case.outbound_resumed")
    assert "ask_to_continue" not in {one["kind"] for one in (await place.case(LEAD, case_id))["deadlines"]}


async def test_what_the_erp_told_before_anybody_saw_anything_holds_for_the_case(place: Installation) -> None:
    home, *_ = await moved_in(place)
    her = uuid4()
    await place.erp_says(
        TenancyChanged(tenancy_id=home.tenancy_id, persons=(Occupant(person_id=her, role="tenant"),), is_protected=True),
        GuardianAppointed(tenancy_id=home.tenancy_id, person_id=her, may_decide=("economy",)),
        TenantDeceased(tenancy_id=home.tenancy_id, person_id=her, died_on=NOW.date()),
    )

    async def is_known() -> bool:
        known = "select is_protected and died_on is not null and guardian_decides is not null from tenancies where tenancy_id = $1"
        return bool(await place.services["intake"].pool.fetchval(known, home.tenancy_id))

    await eventually(is_known, within=60)
    seen = observation(home)
    case_id = uuid5(UUID(seen["id"]), "case")
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)

    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(there, within=60)
    happened = await place.topics_of(case_id)
    assert {"case.address_protected", "case.resident_died", "case.outbound_stopped", "case.guardian_appointed"} <= set(happened)
    shown = (await place.ask(LEAD, "GET", "/cases/", headers=HTML, expect=200)).text
    assert "Opdigtet Vænge 1" not in shown
