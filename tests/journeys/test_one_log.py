"""Who looked, in every part of Brobygger, is found in one place: by colleague and period, on the page and in the file (decision 0037)."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from shared.history.rebuild import rebuild
from tests.support.eventually import eventually
from tests.support.installation import AUDITOR, CARETAKER, DIRECTOR, LEAD, Installation, installation, moved_in, observation
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import NOW

HTML = {"Accept": "text/html", "Accept-Language": "da"}
WHY = {"Brobygger-Purpose": "audit"}
LOG = "/cases/api/audit/looks"


@pytest.fixture
async def place(postgres: PostgresServer, quick_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, quick_broker, tmp_path) as running:
        yield running


async def test_the_looks_of_all_four_services_are_found_by_colleague_and_period(place: Installation) -> None:
    [home, *_] = await moved_in(place)
    said = observation(home)
    case_id = uuid5(UUID(said["id"]), "case")
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=said, expect=201)

    async def raised() -> bool:
        return bool(await place.services["cases"].pool.fetchval("select count(*) from case_list where case_id = $1", case_id))

    await eventually(raised, within=60)

    # A caretaker looks in two services, a director in a third, a lead in the fourth; none of it waits for anybody.
    await place.ask(CARETAKER, "GET", f"/intake/observations/{said['id']}", headers=HTML, expect=200)
    await place.ask(CARETAKER, "GET", "/notifications/mine", headers=HTML, expect=200)
    await place.ask(DIRECTOR, "GET", "/reporting/api/figures?period=2025", expect=200)
    await place.ask(LEAD, "GET", f"/cases/{case_id}", headers=HTML, expect=200)

    async def all_are_told() -> bool:
        told = "select count(distinct service) from access_log where actor = any($1)"
        return await place.services["cases"].pool.fetchval(told, [CARETAKER, DIRECTOR, LEAD]) == 4  # type: ignore[no-any-return]

    await eventually(all_are_told, within=60)

    async def found(**chosen: str) -> list[tuple[str, str, str]]:
        answer = (await place.ask(AUDITOR, "GET", LOG, headers=WHY, params=chosen, expect=200)).json()
        return sorted((look["service"], look["action"], look["relation"]) for look in answer["looks"])

    today = str(place.services["cases"].clock.now().date())
    assert await found(actor=CARETAKER, since=today, until=today) == [
        ("intake", "read_observation", "observer"),
        ("notifications", "read_own_notices", "recipient"),
    ]
    assert await found(actor=DIRECTOR) == [("reporting", "read_figures", "association")]
    assert await found(actor=LEAD, stated="case_work", service="cases") == [("cases", "read_case", "association")]
    assert await found(actor=CARETAKER, until=str(NOW.date() - timedelta(days=400))) == []
    assert [service for service, *_ in await found(case_id=str(case_id))] == ["cases", "intake"]

    # The page says what was chosen, and the file has names beside codes.
    page = unescape((await place.ask(AUDITOR, "GET", f"/cases/audit/looks?formaal=audit&actor={DIRECTOR}", headers=HTML, expect=200)).text)
    assert "Så tal (2025)" in page
    file = (await place.ask(AUDITOR, "GET", f"{LOG}.csv", headers={**WHY, "Accept-Language": "da"}, expect=200)).content
    rows = list(csv.DictReader(file.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert {row["tjeneste"] for row in rows} == {"Observationer", "Sager", "Beskeder", "Tal"}
    assert {row["medarbejder-id"] for row in rows} == {CARETAKER, DIRECTOR, LEAD, AUDITOR}

    # Nothing of it went over the topic but codes, ids and times; no key names anybody.
    for service in ("intake", "notifications", "reporting"):
        told = await place.services[service].pool.fetch("select key, headers, value from outbox where topic = 'brobygger.looks'")
        assert told
        for row in told:
            UUID(row["key"])
            assert row["key"] not in (said["id"], str(case_id))
    # A rebuild leaves the log alone.
    before = await place.services["cases"].pool.fetchval("select count(*) from access_log")
    await rebuild(place.services["cases"].parts, place.owner_urls["cases"], place.services["cases"].vault)
    assert await place.services["cases"].pool.fetchval("select count(*) from access_log") == before
