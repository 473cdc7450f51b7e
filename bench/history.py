"""The history itself: verifying its chain, and what an append costs when ten million events are stored."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from bench.place import service
from bench.result import Row, median_ratio
from shared.ground.database import connect
from shared.history import event_store
from shared.history.service import Parts
from shared.privacy.personal import Personal
from tests.shared import diary
from tests.support.postgres import PostgresServer
from tests.support.services import Running, context_for, keys_for


@dataclass(frozen=True, kw_only=True)
class Chain:
    """How much is verified: streams of so many events each."""

    streams: int = 2_000
    each: int = 50
    rounds: int = 7


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Stored events in the small and in the large history; appends in a round, and rounds on each."""

    few: int = 10_000
    many: int = 10_000_000
    appends: int = 200
    rounds: int = 11


PAD = 500_000
"""Rows the database makes in one statement."""


async def measure_verifying(postgres: PostgresServer, *, quick: bool = False) -> list[Row]:
    """`verify` over every stream, against reading the same columns in the same order and hashing what was read."""
    size = Chain(streams=20, rounds=1) if quick else Chain()
    count = size.streams * size.each
    # Nothing is projected or announced here: only the history is of interest.
    async with service(Parts(name="chain", title="Kæde", subjects=()), postgres) as writing:
        await _fill(writing, size)

        async def verify(connection: asyncpg.Connection[Any]) -> None:
            found = await event_store.verify(connection)
            if not found.holds or found.events != count:
                raise RuntimeError("the bench verified something else than it wrote")

        pairs = [(await _timed(writing, verify), await _timed(writing, _bare_loop)) for _ in range(size.rounds)]
    mine, floor = (statistics.median(side) for side in zip(*pairs, strict=True))
    return [
        Row(
            what="verifying the chain", against="select + SHA-256 loop", ratio=1 / median_ratio(pairs), bound=0.5, at_least=True,
            detail=f"{count / mine:,.0f} events/s against {count / floor:,.0f}/s; {count:,} events in {size.streams:,} streams",
        )
    ]  # fmt: skip


async def _fill(writing: Running, size: Chain) -> None:
    """Real chained events with sealed words, appended by the store itself."""
    connection = await connect(writing.owner_url)
    subject = uuid4()
    keyring = await keys_for(writing, subject)
    try:
        async with connection.transaction():
            for _ in range(size.streams):
                kept = diary.Diary.begin_with(id=uuid4(), room=size.each)
                for n in range(size.each - 1):
                    kept.write(Personal(subject, f"nogle ord om noget, gang {n}"))
                async with writing.service.work(connection, context_for(), keyring=keyring) as work:
                    await work.save(kept)
        await connection.execute("vacuum analyze events")
    finally:
        await connection.close()


async def _timed(writing: Running, work: Callable[[asyncpg.Connection[Any]], Awaitable[None]]) -> float:
    async with writing.service.read() as connection, connection.transaction():
        begun = time.perf_counter()
        await work(connection)
        return time.perf_counter() - begun


async def _bare_loop(connection: asyncpg.Connection[Any]) -> None:
    async for row in connection.cursor(
        "select stream_id, version, association, topic, recorded_at, provenance, state, previous_hash, hash, position from events"
        " order by stream_id, version",
        prefetch=5000,
    ):
        sha256(row["previous_hash"] + row["provenance"].encode() + row["state"].encode()).digest()


async def measure_growth(postgres: PostgresServer, *, quick: bool = False) -> list[Row]:
    """The same appends, turn by turn, in a database with few events and in one with many, on one server."""
    size = Growth(few=100, many=1_000, appends=5, rounds=1) if quick else Growth()
    async with service(diary.WRITING, postgres) as small, service(diary.WRITING, postgres) as large:
        await _pad(small, size.few)
        await _pad(large, size.many)
        for writing in (small, large):
            await _appends(writing, size.appends)  # connections, plans and caches
        pairs = []
        for _ in range(size.rounds):
            few = await _appends(small, size.appends)
            pairs.append((await _appends(large, size.appends), few))
    many, few = (statistics.median(side) * 1e3 for side in zip(*pairs, strict=True))
    return [
        Row(
            what=f"cost of an append at {size.many:,} stored events", against=f"at {size.few:,}", ratio=median_ratio(pairs), bound=1.2,
            at_least=False, detail=f"{many:.2f} ms against {few:.2f} ms; whole durable commands of one writer, median",
        )
    ]  # fmt: skip


async def _pad(writing: Running, up_to: int) -> None:
    """Stored events of other streams, made by the database: of true size, in true indexes, chained to nothing."""
    connection = await connect(writing.owner_url)
    try:
        await connection.execute("set synchronous_commit = off")
        for begin in range(0, up_to, PAD):
            await connection.execute(
                "insert into events (association, stream_id, version, topic, recorded_at, provenance, state, previous_hash, hash)"
                " select 'bakkegaarden', gen_random_uuid(), 1, 'test.diary.begun', now(), repeat('p', 240), repeat('s', 160),"
                " sha256(n::text::bytea), sha256(n::text::bytea) from generate_series(1, $1::int) n",
                min(PAD, up_to - begin),
            )  # fmt: skip
        await connection.execute("vacuum analyze events")
        await connection.execute("checkpoint")
    finally:
        await connection.close()


async def _appends(writing: Running, how_many: int) -> float:
    """Seconds for one append by the median of many: half of them begin a stream, half go on in one."""
    subject = uuid4()
    await keys_for(writing, subject)
    times = []
    for _ in range(max(1, how_many // 2)):
        stream_id = uuid4()
        begun = time.perf_counter()
        await writing.service.do(diary.begin, diary.Begin(diary_id=stream_id), context_for())
        times.append(time.perf_counter() - begun)
        times.append(await _one_more(writing, stream_id, subject))
    return statistics.median(times)


async def _one_more(writing: Running, stream_id: UUID, subject: UUID) -> float:
    begun = time.perf_counter()
    await writing.service.do(diary.write, diary.Write(diary_id=stream_id, words=Personal(subject, "nogle ord om noget")), context_for())
    return time.perf_counter() - begun
