"""A rebuilt read model equals the live one, also while others write."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from shared.ground.database import DatabaseIsAway, ReadModel, migrate
from shared.history.rebuild import ChainIsBroken, fill_anew, rebuild
from shared.privacy.personal import Personal
from tests.shared.diary import WRITING, Begin, Write, begin, write
from tests.support.forging import behind_it
from tests.support.postgres import PostgresServer
from tests.support.services import ROLE, Running, context_for, running_service


@pytest.fixture
async def writing(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(WRITING, postgres, tmp_path) as running:
        yield running


async def entries(writing: Running) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await writing.rows("select diary_id, entries, newest from diary_list order by diary_id")]


async def write_some(writing: Running, diaries: int, each: int) -> None:
    for _ in range(diaries):
        diary_id = uuid4()
        await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
        for n in range(each):
            await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, f"{n}")), context_for())


async def test_a_rebuilt_read_model_equals_the_live_one(writing: Running) -> None:
    await write_some(writing, diaries=3, each=2)
    live = await entries(writing)
    await writing.service.pool.execute("update diary_list set entries = 99")
    assert (await rebuild(WRITING, writing.owner_url, writing.service.vault)).events == 9
    assert await entries(writing) == live


async def test_a_forged_event_stops_a_rebuild_and_leaves_the_rows(writing: Running) -> None:
    await write_some(writing, diaries=2, each=2)
    live = await entries(writing)
    forged = await writing.value("select stream_id from events order by position limit 1")
    await behind_it(writing, "update events set association = 'another' where stream_id = $1 and version = 2", forged)

    with pytest.raises(ChainIsBroken) as refused:
        await rebuild(WRITING, writing.owner_url, writing.service.vault)
    assert [(place.stream_id, place.version, place.what) for place in refused.value.broken] == [(forged, 2, "changed")]
    assert await entries(writing) == live

    done = await rebuild(WRITING, writing.owner_url, writing.service.vault, although_broken=True)
    assert (done.events, done.broken) == (6, refused.value.broken)


@pytest.mark.parametrize(("version", "left"), [(1, []), (2, [0])])
async def test_although_broken_a_history_with_a_hole_is_rebuilt_as_far_as_the_hole(writing: Running, version: int, left: list[int]) -> None:
    await write_some(writing, diaries=2, each=2)
    holed = await writing.value("select stream_id from events order by position limit 1")
    await behind_it(writing, "delete from events where stream_id = $1 and version = $2", holed, version)

    done = await rebuild(WRITING, writing.owner_url, writing.service.vault, although_broken=True)
    assert [(place.version, place.what) for place in done.broken] == [(version + 1, "missing_before")]
    assert [row["entries"] for row in await writing.rows("select entries from diary_list where diary_id = $1", holed)] == left
    assert await writing.value("select entries from diary_list where diary_id <> $1", holed) == 2


async def test_what_is_written_during_a_rebuild_is_neither_lost_nor_counted_twice(writing: Running) -> None:
    await write_some(writing, diaries=4, each=5)
    await asyncio.gather(
        rebuild(WRITING, writing.owner_url, writing.service.vault),
        *(write_some(writing, diaries=2, each=5) for _ in range(3)),
        rebuild(WRITING, writing.owner_url, writing.service.vault),
    )
    live = await entries(writing)
    assert sum(row[1] for row in live) == 50  # type: ignore[misc]
    await rebuild(WRITING, writing.owner_url, writing.service.vault)
    assert await entries(writing) == live


async def test_migrating_twice_does_nothing_the_second_time(writing: Running) -> None:
    again = await migrate(writing.owner_url, read_models=WRITING.read_models, role=ROLE)
    assert (again.scripts, again.remade) == ((), ())


async def test_a_read_model_whose_tables_changed_is_made_again(writing: Running, tmp_path: Path) -> None:
    await write_some(writing, diaries=1, each=1)
    changed = tmp_path / "diary.sql"
    changed.write_text("create table diary_list (diary_id uuid primary key, entries integer not null, newest jsonb, colour text);")

    async def fill(connection: asyncpg.Connection[Any]) -> None:
        assert (await fill_anew(connection, WRITING, writing.service.vault)).events == 2

    done = await migrate(writing.owner_url, read_models=[ReadModel("diary", changed)], role=ROLE, fill=fill)
    assert done.remade == ("diary",)
    assert await writing.value("select entries from diary_list") == 1
    assert await writing.value("select count(*) from events") == 2


async def test_a_read_model_that_cannot_be_filled_stays_as_it_was_and_is_made_again_the_next_time(writing: Running, tmp_path: Path) -> None:
    await write_some(writing, diaries=1, each=1)
    live = await entries(writing)
    changed = tmp_path / "diary.sql"
    changed.write_text("create table diary_list (diary_id uuid primary key, entries integer not null, newest jsonb, colour text);")
    tried = []

    async def fill(_: asyncpg.Connection[Any]) -> None:
        tried.append("filled")
        raise DatabaseIsAway

    for _ in range(2):
        with pytest.raises(DatabaseIsAway):
            await migrate(writing.owner_url, read_models=[ReadModel("diary", changed)], role=ROLE, fill=fill)
        assert await entries(writing) == live
    assert tried == ["filled", "filled"]
