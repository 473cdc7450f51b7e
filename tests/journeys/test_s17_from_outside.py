"""S17, a concern from outside: a neighbour rings, a member of the board asks, a resident asks to be called; nobody learns of another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import asyncpg
import httpx
import pytest
from aiokafka import AIOKafkaConsumer

from local.demo.form import filled_in
from shared.messaging.topics import TOPICS
from tests.support.contract import assert_in_contract
from tests.support.eventually import eventually
from tests.support.installation import AUDITOR, CARETAKER, LEAD, OTHER_CARETAKER, SOCIAL_CARETAKER, Installation, installation, moved_in
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import NOW

NEIGHBOUR = "Plantet Nabonavn"
NUMBER = "87654321"
HTML = {"Accept": "text/html", "Accept-Language": "da"}


@pytest.fixture
async def place(postgres: PostgresServer, quick_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, quick_broker, tmp_path) as running:
        yield running


def case_of(observation_id: str) -> UUID:
    return uuid5(UUID(observation_id), "case")


async def raised(place: Installation, case_id: UUID) -> dict[str, Any]:
    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(there, within=60)
    return await place.case(LEAD, case_id)


async def test_a_neighbour_is_thanked_and_protected_and_told_nothing(place: Installation) -> None:
    home, *_ = await moved_in(place)
    call: dict[str, Any] = {
        "id": str(uuid4()), "reporter_id": str(uuid4()), "source": "neighbour",
        "name": NEIGHBOUR, "phone": NUMBER, "place": "common_area", "area": "stairwell",
        "estate_id": "estate-1", "where": "opgang 2, øverst", "observed_at": NOW.isoformat(), "signals": ["not.seen", "smell"],
        "severity": "medium", "words": "Døren har stået på klem i tre dage.",
    }  # fmt: skip
    await place.ask(CARETAKER, "POST", "/intake/api/calls", json=call, expect=201)
    case_id, reporter = case_of(call["id"]), call["reporter_id"]

    # Who reads the case reads that a neighbour told it, and where; not who.
    case = await raised(place, case_id)
    assert (case["source"], case["observer"], case["address"]) == ("neighbour", "", "Opgang: opgang 2, øverst")
    page = await place.ask(LEAD, "GET", f"/cases/{case_id}", headers=HTML, expect=200)
    assert "En nabo" in page.text
    queue = await place.ask(LEAD, "GET", "/cases/", headers=HTML, expect=200)
    assert "en nabo" in queue.text
    for who, path in (
        (LEAD, f"/cases/api/cases/{case_id}"), (AUDITOR, f"/cases/{case_id}?formaal=audit"), (LEAD, f"/cases/{case_id}"),
    ):  # fmt: skip
        assert NEIGHBOUR not in (await place.ask(who, "GET", path)).text
    for who in (LEAD, OTHER_CARETAKER, AUDITOR):
        assert (await place.ask(who, "GET", f"/intake/api/calls/{reporter}")).status_code in (403, 404)

    # The caretaker looks by on an ordinary errand, and registers what he sees himself.
    seen: dict[str, Any] = {
        "id": str(uuid4()), "home_id": str(home.home_id), "observed_at": NOW.isoformat(), "signals": ["not.seen"], "severity": "medium",
        "consent_answer": "not_asked",
    }  # fmt: skip
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)
    assert (await raised(place, case_of(seen["id"])))["observer"] == CARETAKER

    # It is known now which home that was: the lead links it, and the case follows.
    link = {"id": str(uuid4()), "home_id": str(home.home_id)}
    await place.ask(LEAD, "POST", f"/intake/api/observations/{call['id']}/place", json=link, expect=204)

    async def at_home() -> bool:
        return bool((await place.case(LEAD, case_id))["address"] == "Opdigtet Vænge 1")

    await eventually(at_home, within=60)
    topics = await place.topics_of(case_id)
    assert "case.place_linked" in topics

    # Judged, opened, closed: nobody waits to be told, and telling somebody is refused.
    await place.step(LEAD, case_id, "triage", severity="medium", category="elderly_care")
    await place.step(LEAD, case_id, "opening", handler=LEAD)
    refused = await place.ask(
        LEAD, "POST", f"/cases/api/cases/{case_id}/caretaker-informed",
        json={"id": str(uuid4()), "milestone": "case_opened", "channel": "phone"}, headers={"If-Match": "*"},
    )  # fmt: skip
    assert refused.status_code in (400, 412, 422, 428)
    waits = {one["kind"] for one in (await place.case(LEAD, case_id))["deadlines"]}
    assert "tell_caretaker" not in waits
    assert (await place.ask(CARETAKER, "GET", f"/cases/api/parts/{case_id}")).status_code in (403, 404)

    # She is thanked the day after, and a member of the board who asks gets the standard answer.
    place.clock.forward(timedelta(days=1))
    await place.ask(CARETAKER, "POST", f"/intake/api/calls/{reporter}/thanked", expect=204)
    said = await place.ask(CARETAKER, "POST", f"/intake/api/calls/{reporter}/outcome-asked", json={"id": str(uuid4())}, expect=200)
    assert "Vi fortæller aldrig noget om en beboer" in said.json()["say"]
    assert (await place.ask(CARETAKER, "GET", f"/intake/api/calls/{reporter}", expect=200)).json()["thanked_at"]

    # Without a name one may be worried, and may not complain.
    anonymous = call | {"id": str(uuid4()), "reporter_id": str(uuid4()), "source": "anonymous", "name": "", "phone": ""}
    complaint = await place.ask(CARETAKER, "POST", "/intake/api/calls", json=anonymous | {"is_complaint": True})
    assert (complaint.status_code, complaint.json()["code"]) == (422, "anonymous-complaint")
    await place.ask(CARETAKER, "POST", "/intake/api/calls", json=anonymous, expect=201)
    assert (await raised(place, case_of(anonymous["id"])))["source"] == "anonymous"

    await nowhere_in_the_clear(place, NEIGHBOUR, NUMBER)


async def test_a_caretaker_is_asked_to_go_by_sees_for_himself_and_has_no_part_in_it_afterwards(place: Installation) -> None:
    home, *_ = await moved_in(place)
    call: dict[str, Any] = {
        "id": str(uuid4()), "reporter_id": str(uuid4()), "source": "neighbour", "name": NEIGHBOUR, "phone": NUMBER,
        "home_id": str(home.home_id), "observed_at": NOW.isoformat(), "signals": ["not.seen"], "severity": "medium",
        "words": "Døren har stået på klem i tre dage.",
    }  # fmt: skip
    await place.ask(OTHER_CARETAKER, "POST", "/intake/api/calls", json=call, expect=201)
    case_id = case_of(call["id"])
    await raised(place, case_id)
    part = f"/cases/{case_id}/part"
    assert (await place.ask(CARETAKER, "GET", part, headers=HTML)).status_code in (403, 404)

    # The lead plans it on the page, for a day within five working days.
    page = (await place.ask(LEAD, "GET", f"/cases/{case_id}/steps/visit", headers=HTML, expect=200)).text
    filled = {**filled_in(page, action=f"/cases/{case_id}/steps/visit"), "visitor": CARETAKER}
    assert filled["due"] == ["2026-03-10"]
    await place.ask(LEAD, "POST", f"/cases/{case_id}/steps/visit", data=filled, headers=HTML, expect=303)
    page = (await place.ask(LEAD, "GET", f"/cases/{case_id}", headers=HTML, expect=200)).text
    assert "Aflys besøget" in page
    assert "kigger forbi" in page

    # He is told by mail, and reads where and until when; nothing of who told it, and nothing of the case.
    async def told() -> bool:
        kinds = await place.services["notifications"].pool.fetch("select kind from notice_list where recipient = $1", CARETAKER)
        return "visit_planned" in {row["kind"] for row in kinds}

    await eventually(told, within=60)
    page = (await place.ask(CARETAKER, "GET", part, headers=HTML, expect=200)).text
    assert "Kig forbi, når du alligevel er der" in page
    assert "Opdigtet Vænge 1" in page
    assert NEIGHBOUR not in page
    assert call["words"] not in page
    assert (await place.ask(CARETAKER, "GET", f"/cases/{case_id}", headers=HTML)).status_code in (403, 404)

    # What he saw ends it, and with it his part.
    saw = {"id": str(uuid4()), "text": "Hun åbnede selv og havde det godt."}
    await place.ask(CARETAKER, "POST", f"/cases/api/parts/{case_id}/eyes-kept", json=saw, expect=204)
    assert (await place.topics_of(case_id))[-2:] == ["case.note_added", "case.visit_ended"]
    assert (await place.ask(CARETAKER, "GET", part, headers=HTML)).status_code in (403, 404)

    # A visit of social staff stands on their own list.
    due = (NOW + timedelta(days=5)).isoformat()
    await place.step(LEAD, case_id, "visits", visitor=SOCIAL_CARETAKER, due=due)
    mine = (await place.ask(SOCIAL_CARETAKER, "GET", "/cases/?mine=1", headers=HTML, expect=200)).text
    assert f"/cases/{case_id}" in mine
    assert (await place.case(LEAD, case_id))["visit"]["visitor"] == SOCIAL_CARETAKER
    await place.step(SOCIAL_CARETAKER, case_id, "contacts", reached=True, channel="visit")
    assert (await place.case(LEAD, case_id))["visit"] is None
    assert f"/cases/{case_id}" not in (await place.ask(SOCIAL_CARETAKER, "GET", "/cases/?mine=1", headers=HTML, expect=200)).text


async def test_when_nobody_thanked_her_whoever_took_the_call_and_the_lead_get_a_mail_and_the_lead_thanks(place: Installation) -> None:
    home, *_ = await moved_in(place)
    call: dict[str, Any] = {
        "id": str(uuid4()), "reporter_id": str(uuid4()), "source": "neighbour", "name": NEIGHBOUR, "phone": NUMBER,
        "home_id": str(home.home_id), "observed_at": NOW.isoformat(), "signals": ["not.seen"], "severity": "low", "words": "Ikke set.",
    }  # fmt: skip
    await place.ask(CARETAKER, "POST", "/intake/api/calls", json=call, expect=201)
    await raised(place, case_of(call["id"]))
    page = f"/intake/calls/{call['reporter_id']}"
    assert (await place.ask(LEAD, "GET", page, headers=HTML)).status_code == 404
    place.clock.forward(timedelta(days=6))

    async def told() -> bool:
        return {mail.to for mail in place.mailbox.mails() if page in mail.text} >= {"caretaker-1@example.test", "lead-1@example.test"}

    await eventually(told, within=60)
    assert NUMBER in (await place.ask(LEAD, "GET", page, headers=HTML, expect=200)).text
    await place.ask(LEAD, "POST", f"/intake/api/calls/{call['reporter_id']}/thanked", expect=204)
    assert (await place.ask(LEAD, "GET", page, headers=HTML)).status_code == 404
    await nowhere_in_the_clear(place, NEIGHBOUR, NUMBER)


async def test_a_resident_without_a_sign_in_is_called_back(place: Installation) -> None:
    await moved_in(place)
    origin = place.services["intake"].settings.public_origin
    wish = {"id": str(uuid4()), "name": NEIGHBOUR, "phone": NUMBER, "place": "Opdigtet Vænge", "time": "afternoon", "words": "Huslejen."}
    async with httpx.AsyncClient(base_url=origin, headers={"Origin": origin}) as anybody:
        answer = await anybody.post("/intake/call-me", data=wish, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/intake/call-me/thanks")
    concern = await place.services["intake"].pool.fetchval("select observation_id from observations where how = 'page'")
    case = await raised(place, case_of(str(concern)))
    assert (case["source"], case["observer"], case["estate_id"]) == ("resident", "", "estate-1")
    page = await place.ask(LEAD, "GET", f"/cases/{case['case_id']}", headers=HTML, expect=200)
    assert NUMBER in page.text
    assert "Beboeren selv" in page.text
    await nowhere_in_the_clear(place, NEIGHBOUR, NUMBER)


async def test_a_fresh_installation_registers_before_the_erp_has_spoken(place: Installation) -> None:
    from tests.support.installation import PROCEDURE

    await place.ask(LEAD, "POST", "/cases/api/procedure/versions", json={"text": PROCEDURE.read_text(encoding="utf-8")})
    seen: dict[str, Any] = {
        "id": str(uuid4()), "place": "unknown", "where": "Rækkehusene ved åen, nr. 4", "observed_at": NOW.isoformat(),
        "signals": ["curtains.closed"], "severity": "low", "consent_answer": "not_asked",
    }  # fmt: skip
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)
    case_id = case_of(seen["id"])
    assert (await raised(place, case_id))["address"] == "Rækkehusene ved åen, nr. 4"
    assert (await place.ask(LEAD, "GET", f"/cases/{case_id}", headers=HTML)).status_code == 200
    assert (await place.ask(LEAD, "GET", "/cases/", headers=HTML)).status_code == 200
    await place.step(LEAD, case_id, "triage", severity="low", category="other")
    await place.step(LEAD, case_id, "dismissal", reason="explained")


async def nowhere_in_the_clear(place: Installation, *planted: str) -> None:
    """What was planted is in no table, on no topic and in no mail; what was sent keeps to the contract."""
    vault = place.services["intake"].settings.owner_vault_url
    assert vault is not None
    for url in {*place.owner_urls.values(), vault.get_secret_value()}:
        connection = await asyncpg.connect(url)
        try:
            for table in await connection.fetch("select tablename from pg_tables where schemaname = 'public'"):
                for word in planted:
                    found = await connection.fetchval(
                        f"select count(*) from \"{table['tablename']}\" t"
                        " where t::text like '%' || $1 || '%' or t::text like '%' || $2 || '%'",
                        word, word.encode().hex(),
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
    for record in sent:
        everything = (record.value or b"") + (record.key or b"") + b"".join(value for _, value in record.headers)
        assert not any(word.encode() in everything for word in planted)
        assert_in_contract(record.headers, record.key, record.value, topic=record.topic)
    assert not any(word in mail.text for mail in place.mailbox.mails() for word in planted)
