"""A start on what the first release left moves it over, and everything runs on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import asyncpg
import httpx
import pytest

from local.keys import keys_in
from local.machine import make_databases
from local.parts import SERVICES
from local.postgres import EmbeddedPostgres
from tests.local.running import Run
from tests.support.release.dump import MASTER_KEY, RELEASES, Release

pytestmark = pytest.mark.processes
FIRST = Release(RELEASES / "0.1.0")


async def test_a_start_moves_what_the_first_release_left(up: Callable[..., Run], place: Path) -> None:
    await _left_behind(place / "data")
    run = up(arguments=("--empty",))
    await run.ready()
    async with httpx.AsyncClient(base_url=run.origin) as client:
        for name in SERVICES:
            health = (await client.get(f"/{name}/health/ready")).json()
            assert (health["database"], health["vault"]) == ("up", "up")
    assert run.interrupt() == 0
    assert await _noted(place / "data") == [130]
    again = up(arguments=("--empty",))
    await again.ready()
    assert again.interrupt() == 0
    assert await _noted(place / "data") == [130]


async def _left_behind(data: Path) -> None:
    """A data directory as the first release left it."""
    shutil.copyfile(FIRST.directory / MASTER_KEY, keys_in(data / "keys").master)
    postgres = EmbeddedPostgres(data / "postgres")
    postgres.start()
    try:
        await make_databases(postgres)
        for name in FIRST.databases:
            connection = await asyncpg.connect(postgres.dsn(name))
            await connection.execute((FIRST.directory / f"{name}.sql").read_text(encoding="utf-8"))
            await connection.close()
    finally:
        postgres.stop()


async def _noted(data: Path) -> list[int]:
    """How many events the chains had that ended in the database of cases."""
    postgres = EmbeddedPostgres(data / "postgres")
    postgres.start()
    try:
        connection = await asyncpg.connect(postgres.dsn("cases"))
        rows = await connection.fetch("select events from chains_before where association = ''")
        await connection.close()
        return [row["events"] for row in rows]
    finally:
        postgres.stop()
