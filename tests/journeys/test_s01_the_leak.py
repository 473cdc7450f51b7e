"""S1, the leak and the 91-year-old: from the caretaker's phone to the director's dashboard, through all four services."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid5

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer

from shared.history import event_store
from shared.messaging.topics import TOPICS
from tests.support.contract import assert_in_contract
from tests.support.eventually import eventually
from tests.support.installation import (
    AUDITOR,
    CARETAKER,
    DIRECTOR,
    LEAD,
    OTHER_CARETAKER,
    SOCIAL_CARETAKER,
    Installation,
    installation,
    moved_in,
    observation,
)
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, NOW

PLANTED = "plantet-hemmelighed-7f3a"


@pytest.fixture
async def place(postgres: PostgresServer, any_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, any_broker, tmp_path) as running:
        yield running


async def own(place: Installation, observation_id: str) -> dict[str, object]:
    """What the caretaker sees of what came of it."""
    progress: dict[str, object] = (await place.ask(CARETAKER, "GET", f"/intake/api/observations/{observation_id}", expect=200)).json()[
        "progress"
    ]
    return progress


async def raised(place: Installation, case_id: UUID) -> None:
    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(there, within=60)


@pytest.mark.on_every_broker
async def test_a_concern_travels_from_the_stairwell_to_the_dashboard(place: Installation) -> None:
    home, *_ = await moved_in(place)
    seen = observation(home, words=f"Hun sad i køkkenet {PLANTED}")
    observation_id = seen["id"]
    case_id = uuid5(UUID(observation_id), "case")

    # The caretaker registers, and has a receipt.
    receipt = (await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)).json()
    assert receipt["receipt"]

    # The lead is told by mail, without a word about anybody.
    await raised(place, case_id)
    await eventually(lambda: any("lead-1@example.test" in mail.to for mail in place.mailbox.mails()), within=60)
    assert (await place.case(LEAD, case_id))["consents"] != []

    # She assesses it the same day and opens a case.
    await place.step(LEAD, case_id, "triage", severity="high", category="elderly_care")
    await place.step(LEAD, case_id, "opening", handler=LEAD)
    await place.step(LEAD, case_id, "contacts", reached=True, channel="phone", note=f"Talte med hende {PLANTED}")

    # With the consent given on the spot she refers to visitation and orders damage service.
    referral = await place.step(LEAD, case_id, "referrals", target="municipal.visitation", channel="phone", content=f"Kort {PLANTED}")
    order = await place.step(LEAD, case_id, "damage-service-orders")
    visit = await place.step(LEAD, case_id, "accompaniments", companion=CARETAKER, meeting_at=(NOW + timedelta(days=2)).isoformat())
    await place.step(LEAD, case_id, "caretaker-informed", milestone="in_good_hands", channel="phone")

    async def told() -> bool:
        progress = await own(place, observation_id)
        return bool(progress["told"]) and progress["seen_at"] is not None and progress["passed_on_at"] is not None

    await eventually(told, within=60)

    # Two days later: cleared, acknowledged, and the caretaker came along to the first talk.
    place.clock.forward(timedelta(days=2))
    await place.step(LEAD, case_id, f"referrals/{referral}/acknowledgement")
    await place.step(LEAD, case_id, f"damage-service-orders/{order}/completion")
    await place.step(LEAD, case_id, f"accompaniments/{visit}/done")
    await place.step(LEAD, case_id, "consents/granted", recipients=["volunteer"], wording="mundtlig-1")
    volunteer = await place.step(LEAD, case_id, "referrals", target="volunteer", channel="phone")
    await place.step(LEAD, case_id, f"referrals/{volunteer}/acknowledgement")
    await place.step(LEAD, case_id, f"referrals/{referral}/answer", outcome="help_established")
    await place.step(LEAD, case_id, f"referrals/{volunteer}/answer", outcome="help_established")

    # Follow-ups as the procedure planned them, each in its time.
    for _ in range(6):
        open_ones = [one for one in (await place.case(LEAD, case_id))["follow_ups"] if one["state"] == "open"]
        if not open_ones:
            break
        first = min(open_ones, key=lambda one: one["due"])
        place.clock.lead_to(max(place.clock.now(), NOW.fromisoformat(first["due"]) - timedelta(hours=6)))
        await place.step(LEAD, case_id, f"follow-ups/{first['follow_up_id']}/done")

    await place.step(LEAD, case_id, "caretaker-informed", milestone="help_established", channel="phone")
    await place.step(LEAD, case_id, "closing", outcome="help_established")
    await place.step(LEAD, case_id, "caretaker-informed", milestone="closed", channel="phone")

    async def ended() -> bool:
        return (await own(place, observation_id))["ending"] == "helped"

    await eventually(ended, within=60)

    # The auditor re-reads it as it stood on the first day, and the chain holds.
    first_day = await place.ask(
        AUDITOR, "GET", f"/cases/api/cases/{case_id}/as-of/{NOW.date()}", headers={"Brobygger-Purpose": "audit"}, expect=200
    )
    assert first_day.json()["status"] != "closed"
    assert PLANTED not in first_day.text
    async with place.services["cases"].read() as connection, connection.transaction():
        assert (await event_store.verify(connection)).holds

    # Every one of her look-ups is there, with its purpose.
    looks = await place.services["cases"].pool.fetch("select role, purpose from access_log where about = $1", case_id)
    assert ("auditor", "audit") in {(look["role"], look["purpose"]) for look in looks}

    # The director has figures that name nobody: the month is not over, and nothing is published of it.
    async def counted() -> bool:
        return bool(await place.services["reporting"].pool.fetchval("select count(*) from inbox where type like '%case_closed%'"))

    await eventually(counted, within=60)
    policy = {"text": "version: '1'\nassociation: Prøvegården\n"}
    await place.ask("staff-dpo-1", "POST", "/reporting/api/policy", json=policy, expect=204)
    figures = await place.ask(DIRECTOR, "GET", "/reporting/api/figures", expect=200)
    assert figures.json()["sections"] == []
    assert str(case_id) not in figures.text
    assert "estate-1" not in figures.text

    await nothing_personal_anywhere(place)
    await erasing_her_leaves_the_history_standing(place, case_id, observation_id)


async def nothing_personal_anywhere(place: Installation) -> None:
    """The planted word is in no table, on no topic, in no mail; and everything that was sent keeps to the contract."""
    for url in {*place.owner_urls.values(), place.services["cases"].settings.owner_vault_url.get_secret_value()}:  # type: ignore[union-attr]
        connection = await asyncpg.connect(url)
        try:
            for table in await connection.fetch("select tablename from pg_tables where schemaname = 'public'"):
                found = await connection.fetchval(
                    f"select count(*) from \"{table['tablename']}\" t where t::text like '%' || $1 || '%' or t::text like '%' || $2 || '%'",
                    PLANTED, PLANTED.encode().hex(),
                )  # fmt: skip
                assert not found, f"the planted word stands in {table['tablename']}"
        finally:
            await connection.close()
    consumer = AIOKafkaConsumer(*TOPICS, bootstrap_servers=place.broker.bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        sent = [record for batch in (await consumer.getmany(timeout_ms=5000)).values() for record in batch]
    finally:
        await consumer.stop()
    assert len(sent) > 10
    for record in sent:
        assert PLANTED.encode() not in (record.value or b"") + (record.key or b"") + b"".join(value for _, value in record.headers)
        assert_in_contract(record.headers, record.key, record.value, topic=record.topic)
    assert all(PLANTED not in mail.text and "Opdigtet" not in mail.text for mail in place.mailbox.mails())


async def erasing_her_leaves_the_history_standing(place: Installation, case_id: UUID, observation_id: str) -> None:
    vault, matters = place.services["cases"].vault, (case_id, UUID(observation_id))
    await vault.destroy(matters, association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")

    async def gone() -> bool:
        return (await place.case(LEAD, case_id))["address"] is None

    await eventually(gone, within=10)
    assert (await place.ask(CARETAKER, "GET", f"/intake/api/observations/{observation_id}", expect=200)).json()["words"] is None
    page = await place.ask(LEAD, "GET", f"/cases/{case_id}", expect=200)
    assert PLANTED not in page.text
    for name in ("intake", "cases"):
        async with place.services[name].read() as connection, connection.transaction():
            assert (await event_store.verify(connection)).holds


async def test_without_consent_nothing_is_passed_on(place: Installation) -> None:
    home, *_ = await moved_in(place)
    seen = observation(home, consent_answer="declined", consent_scope=[])
    case_id = uuid5(UUID(seen["id"]), "case")
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)
    await raised(place, case_id)
    await place.step(LEAD, case_id, "triage", severity="high", category="elderly_care")
    await place.step(LEAD, case_id, "opening", handler=SOCIAL_CARETAKER)
    found = await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}", expect=200)
    refused = await place.ask(
        LEAD, "POST", f"/cases/api/cases/{case_id}/referrals", headers={"If-Match": found.headers["ETag"]},
        json={"id": observation(home)["id"], "target": "municipal.visitation", "channel": "phone"},
    )  # fmt: skip
    assert refused.status_code == 422
    assert refused.json()["nextStep"]
    assert "case.referral_sent" not in await place.topics_of(case_id)


async def test_what_nobody_did_is_recorded_once(place: Installation) -> None:
    home, *_ = await moved_in(place)
    seen = observation(home)
    case_id = uuid5(UUID(seen["id"]), "case")
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)
    await raised(place, case_id)
    place.clock.forward(timedelta(days=3))

    async def noticed() -> bool:
        return any("missed" in topic for topic in await place.topics_of(case_id))

    await eventually(noticed, within=30)
    place.clock.forward(timedelta(days=1))
    topics = await place.topics_of(case_id)
    assert len([topic for topic in topics if "missed" in topic]) == 1


async def test_the_same_registration_twice_is_one_and_with_another_content_is_refused(place: Installation) -> None:
    home, *_ = await moved_in(place)
    seen = observation(home, words="Gardinerne var nede")
    first = await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)
    again = await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen)
    assert again.json() == first.json()
    other = await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen | {"words": "Noget andet"})
    assert other.status_code == 409
    assert other.json()["nextStep"]


async def test_another_caretaker_and_the_director_see_nothing_of_it(place: Installation) -> None:
    home, *_ = await moved_in(place)
    seen = observation(home)
    case_id = uuid5(UUID(seen["id"]), "case")
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)
    await raised(place, case_id)
    assert (await place.ask(OTHER_CARETAKER, "GET", f"/intake/api/observations/{seen['id']}")).status_code in (403, 404)
    for who in (CARETAKER, DIRECTOR):
        assert (await place.ask(who, "GET", f"/cases/api/cases/{case_id}")).status_code in (403, 404)


@pytest.mark.processes
def test_the_command_line_tells_what_it_can_do() -> None:
    done = subprocess.run([sys.executable, "-m", "services.cases", "--help"], capture_output=True, text=True, check=True)
    assert all(word in done.stdout for word in ("serve", "relay", "listen", "clock", "migrate", "rebuild", "resend", "parked", "verify"))
