"""Roles in processes of their own, killed with -9 at the worst instant: nothing is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from shared.privacy.personal import Personal
from tests.shared.diary import READING, WRITING, Begin, Write, begin, write
from tests.shared.test_relay import all_heard, diaries, how_to_reach, in_order
from tests.support.eventually import eventually
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import Running, context_for, running_service


@pytest.fixture
async def writing(postgres: PostgresServer, tmp_path: Path, any_broker: Broker) -> AsyncIterator[Running]:
    async with running_service(WRITING, postgres, tmp_path, **how_to_reach(any_broker)) as running:
        yield running


@pytest.fixture
async def reading(postgres: PostgresServer, tmp_path: Path, any_broker: Broker) -> AsyncIterator[Running]:
    async with running_service(READING, postgres, tmp_path, **how_to_reach(any_broker)) as running:
        yield running


def environment(of: Running) -> dict[str, str]:
    settings = of.settings
    return {
        **os.environ,
        "BROBYGGER_DATABASE_URL": settings.database_url.get_secret_value(),
        "BROBYGGER_VAULT_URL": settings.vault_url.get_secret_value(),
        "BROBYGGER_MASTER_KEY_FILE": str(settings.master_key_file),
        "BROBYGGER_COOKIE_SECRET_FILE": str(settings.cookie_secret_file),
        "BROBYGGER_ASSOCIATIONS": ",".join(settings.associations),
        "BROBYGGER_STAFF_FILE": str(settings.staff_file),
        "BROBYGGER_KAFKA": settings.kafka,
        "BROBYGGER_KAFKA_IDEMPOTENCE": str(settings.kafka_idempotence),
        "BROBYGGER_KAFKA_FETCH_WAIT_MS": str(settings.kafka_fetch_wait_ms),
        "BROBYGGER_KAFKA_PARTITIONS": str(settings.kafka_partitions),
        "BROBYGGER_PUBLIC_ORIGIN": settings.public_origin,
    }


@asynccontextmanager
async def process(role: str, of: Running, *, dying: bool = False) -> AsyncIterator[asyncio.subprocess.Process]:
    """A role as a process; killed with -9 at the end, if it did not do so itself."""
    arguments = ["-m", "tests.shared.roles_of_diaries", role, *(["--dying"] if dying else [])]
    running = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=environment(of), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()


@pytest.mark.on_every_broker
async def test_a_listener_killed_between_commit_and_acknowledgement_hears_nothing_twice(writing: Running, reading: Running) -> None:
    ids = await diaries(writing, 4, 3)
    async with process("relay", writing):
        async with process("listen", reading, dying=True) as first:
            await asyncio.wait_for(first.wait(), 60)
            assert first.returncode == -signal.SIGKILL
        async with process("listen", reading):
            last = await diaries(writing, 1, 1)
            await eventually(lambda: all_heard(reading, [*last], 1), within=90)
    assert await all_heard(reading, ids, 3)
    assert await in_order(reading, writing, ids)


async def test_a_relay_killed_after_sending_and_before_marking_sends_again_and_it_is_heard_once(writing: Running, reading: Running) -> None:
    ids = await diaries(writing, 4, 3)
    async with process("listen", reading):
        async with process("relay", writing, dying=True) as first:
            await asyncio.wait_for(first.wait(), 60)
            assert first.returncode == -signal.SIGKILL
        assert await writing.value("select count(*) from outbox where sent_at is null") == 16
        async with process("relay", writing):
            await eventually(lambda: all_heard(reading, ids, 3), within=90)
    assert await in_order(reading, writing, ids)


async def test_roles_that_are_killed_again_and_again_under_load_lose_nothing(writing: Running, reading: Running) -> None:
    ids = [uuid4() for _ in range(4)]
    for diary_id in ids:
        await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
    for n in range(3):
        async with process("relay", writing) as relaying, process("listen", reading) as listening:
            for diary_id in ids:
                for m in range(5):
                    await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, f"{n}.{m}")), context_for())
            await eventually(partial(something_was_heard, reading, n), within=90)
            relaying.kill()
            listening.kill()
    async with process("relay", writing), process("listen", reading):
        await eventually(lambda: all_heard(reading, ids, 15), within=90)
    assert await in_order(reading, writing, ids)
    assert await reading.value("select count(*) from parked") == 0


async def something_was_heard(reading: Running, n: int) -> bool:
    return int(await reading.value("select count(*) from heard_order")) > n * 4
