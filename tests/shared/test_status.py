"""Roles without pages tell operators how they are: whether they live, whether they work, what they did; and name nobody."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from services.notifications.app import parts as notifications
from shared.messaging.relay import Relay
from shared.running import roles
from shared.running.listener import Listener
from shared.running.status import status_app, status_door
from tests.shared.diary import READING, WRITING
from tests.shared.test_killed_roles import environment
from tests.shared.test_listener import record
from tests.shared.test_relay import all_heard, at_work, diaries, how_to_reach
from tests.support.eventually import eventually
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import Running, running_service


@pytest.fixture
async def reading(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(READING, postgres, tmp_path) as running:
        yield running


@asynccontextmanager
async def operator(running: Running, role: str) -> AsyncIterator[httpx.AsyncClient]:
    app = status_app(running.service, role)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://role") as client:
        yield client


async def test_a_role_is_ready_once_it_came_round_and_not_when_it_stands_still(reading: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    async with operator(reading, "clock") as client:
        assert (await client.get("/health/live")).status_code == 200
        assert (await client.get("/health/ready")).json() == {"status": "not_ready", "role": "clock", "last_round_seconds": None}
        await roles.do_duties(reading.service)
        ready = await client.get("/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (200, "ready")
        monkeypatch.setattr("shared.running.status.STANDS_STILL_AFTER_SECONDS", {"clock": 0})
        assert (await client.get("/health/ready")).status_code == 503
        assert (await client.head("/health/ready")).status_code == 503


async def test_a_clock_without_its_database_waits_and_does_not_come_round(reading: Running) -> None:
    await reading.service.pool.close()
    await roles.do_duties(reading.service)
    async with operator(reading, "clock") as client:
        assert (await client.get("/health/ready")).status_code == 503
        # Once when it settles what was left, once when it verifies, and once when it forgets.
        assert 'brobygger_waits_total{role="clock",service="reading"} 3.0' in (await client.get("/metrics")).text


async def test_a_relay_without_a_broker_waits_and_says_so(reading: Running) -> None:
    async with at_work(Relay(reading.settings, reading.service.metrics.role("relay"))), operator(reading, "relay") as client:

        async def has_waited() -> bool:
            return 'brobygger_waits_total{role="relay",service="reading"} 0.0' not in (await client.get("/metrics")).text

        await eventually(has_waited, within=30)
        assert (await client.get("/health/ready")).status_code == 503


async def test_a_listener_counts_what_it_consumed_what_it_had_seen_before_and_what_it_parked(reading: Running) -> None:
    diary_id, listener = uuid4(), Listener(reading.service)
    first = [record(diary_id, 1), record(diary_id, 2)]
    await listener.take_in(first)
    await listener.take_in([*first, record(diary_id, 3)])
    await listener.take_in([record(uuid4(), 2)])
    async with operator(reading, "listen") as client:
        told = (await client.get("/metrics")).text
    counted = dict(re.findall(r'brobygger_messages_total{outcome="(\w+)",role="listen",service="reading"} (\S+)', told))
    assert counted == {"consumed": "3.0", "seen_before": "2.0", "parked": "1.0"}
    assert "process_resident_memory_bytes" in told
    assert str(diary_id) not in told


async def test_what_was_sent_and_what_was_heard_is_counted_over_kafka(postgres: PostgresServer, any_broker: Broker, tmp_path: Path) -> None:
    async with (
        running_service(WRITING, postgres, tmp_path, **how_to_reach(any_broker)) as writing,
        running_service(READING, postgres, tmp_path, **how_to_reach(any_broker)) as hearing,
        operator(writing, "relay") as relay,
        operator(hearing, "listen") as listener,
    ):
        ids = await diaries(writing, 2, 3)
        tasks = [asyncio.ensure_future(roles.relay(writing.service)), asyncio.ensure_future(roles.listen(hearing.service))]
        await eventually(lambda: all_heard(hearing, ids, 3), within=60)

        async def is_counted() -> bool:
            sent, heard = (await relay.get("/metrics")).text, (await listener.get("/metrics")).text
            return (
                'total{outcome="sent",role="relay",service="writing"} 8.0' in sent
                and 'total{outcome="consumed",role="listen",service="reading"} 8.0' in heard
            )

        await eventually(is_counted, within=10)
        assert [(await each.get("/health/ready")).status_code for each in (relay, listener)] == [200, 200]
        await roles.end(tasks)


async def test_everything_is_told_at_once_where_one_process_does_it_all(reading: Running) -> None:
    await roles.do_duties(reading.service)
    told = reading.service.metrics.exposed().decode()
    assert 'brobygger_outbox_depth{service="reading"}' in told
    assert 'brobygger_last_round_timestamp_seconds{role="clock",service="reading"}' in told


def doors(folder: Path) -> list[Path]:
    return list(folder.glob("*.sock"))


async def test_a_door_that_nobody_asked_for_is_not_opened(reading: Running, tmp_path: Path) -> None:
    async with status_door(reading.service, "relay", ""):
        assert doors(tmp_path) == []
    socket = tmp_path / "relay.sock"
    async with status_door(reading.service, "relay", f"unix:{socket}"):
        await eventually(lambda: doors(tmp_path) == [socket])
        async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(uds=str(socket)), base_url="http://role") as client:
            assert (await client.get("/health/live")).json() == {"status": "live"}


async def test_a_role_of_a_service_opens_its_door_from_the_command_line(postgres: PostgresServer, tmp_path: Path) -> None:
    socket = tmp_path / "clock.sock"
    async with running_service(notifications(), postgres, tmp_path) as running:
        arguments = ("-m", "services.notifications", "clock", "--status", f"unix:{socket}")
        clock = await asyncio.create_subprocess_exec(sys.executable, *arguments, env=environment(running))
        try:
            async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(uds=str(socket)), base_url="http://role") as client:

                async def is_ready() -> bool:
                    with suppress(httpx.ConnectError):
                        return (await client.get("/health/ready")).status_code == 200
                    return False

                await eventually(is_ready, within=60)
                assert "brobygger_last_round_timestamp_seconds" in (await client.get("/metrics")).text
        finally:
            clock.terminate()
            assert await asyncio.wait_for(clock.wait(), 20) == 0
