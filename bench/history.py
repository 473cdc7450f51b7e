"""The history itself: verifying its chain, and what an append costs when ten million events are stored."""

from __future__ import annotations

import time
from hashlib import sha256
from uuid import uuid4

from bench.place import service
from bench.result import Row, median_ratio
from shared import event_store
from shared.database import connect
from shared.personal import Personal
from shared.service import Parts, Subject
from tests.shared import diary
from tests.support.postgres import PostgresServer
from tests.support.services import Running, asked

STREAMS, EACH = 2_000, 50
FEW, MANY = 10_000, 10_000_000
APPENDS = 1_500


def parts() -> Parts:
    """The smallest service with a history: one aggregate, one projection, one announcement."""
    return Parts(name="writing", title="Skriver", announce=diary.announce, subjects=(Subject(name="diary", tables=diary.WRITING.subjects[0].tables, project=diary.project),))


async def measure_verifying(postgres: PostgresServer) -> list[Row]:
    async with service(parts(), postgres) as writing:
        await _fill(writing, streams=STREAMS, each=EACH)
        pairs = []
        for _ in range(5):
            mine = await _timed(writing, _verify)
            pairs.append((mine, await _timed(writing, _bare_loop)))
    count = STREAMS * EACH
    mine, floor = sorted(pairs)[len(pairs) // 2]
    return [
        Row(
            what="verifying the chain", against="select + SHA-256 loop", ratio=1 / median_ratio(pairs), bound=0.5, at_least=True,
            detail=f"{count / mine:,.0f} events/s against {count / floor:,.0f}/s",
        )
    ]  # fmt: skip


async def _fill(writing: Running, *, streams: int, each: int) -> None:
    """Real chained events, appended in bulk by the store itself."""
    rows = await connect(writing.owner_url)
    subject = uuid4()
    keyring = await writing.service.vault.keyring([subject], association="bakkegaarden", make=True)
    try:
        async with rows.transaction():
            for _ in range(streams):
                work = writing.service.work(rows, asked(), keyring=keyring)
                kept = diary.Diary.begin_with(id=uuid4(), room=each)
                for n in range(each - 1):
                    kept.write(Personal(subject, f"nogle ord om noget, gang {n}"))
                await _save_bare(work, kept)
    finally:
        await rows.close()


async def _save_bare(work: event_store.Any, kept: diary.Diary) -> None:
    work._projections, work._announce = (), lambda _: ()
    await work.save(kept)


async def _timed(writing: Running, work: object) -> float:
    async with writing.service.read() as rows, rows.transaction():
        begun = time.perf_counter()
        await work(rows)  # type: ignore[operator]
        return time.perf_counter() - begun


async def _verify(rows: event_store.asyncpg.Connection[event_store.Any]) -> None:
    found = await event_store.verify(rows)
    if not found.holds or found.events != STREAMS * EACH:
        raise RuntimeError("the bench verified something else than it wrote")


async def _bare_loop(rows: event_store.asyncpg.Connection[event_store.Any]) -> None:
    """Read the same columns in the same order, and hash what was read."""
    async for row in rows.cursor(
        "select stream_id, version, association, topic, recorded_at, provenance, state, previous_hash, hash, position from events order by stream_id, version",
        prefetch=5000,
    ):
        sha256(row["previous_hash"] + row["provenance"].encode() + row["state"].encode()).digest()


async def measure_growth(postgres: PostgresServer) -> list[Row]:
    """The same appends among ten thousand events and among ten million."""
    async with service(parts(), postgres) as writing:
        await _pad(writing, FEW)
        few = await _append(writing)
        few = min(few, await _append(writing))
        await _pad(writing, MANY)
        many = await _append(writing)
        many = min(many, await _append(writing))
        stored = await writing.value("select count(*) from events")
    return [
        Row(
            what=f"cost of an append at {stored:,} stored events", against="at ten thousand", ratio=many / few, bound=1.2, at_least=False,
            detail=f"{many * 1e3:.2f} ms against {few * 1e3:.2f} ms, one writer, durable",
        )
    ]  # fmt: skip


async def _pad(writing: Running, up_to: int) -> None:
    """Stored events of other streams, made by the database: of true size, in true indexes, chained to nothing."""
    rows = await connect(writing.owner_url)
    try:
        await rows.execute("set synchronous_commit = off")
        there = await rows.fetchval("select count(*) from events")
        while there < up_to:
            some = min(500_000, up_to - there)
            await rows.execute(
                "insert into events (association, stream_id, version, topic, recorded_at, provenance, state, previous_hash, hash)"
                " select 'bakkegaarden', gen_random_uuid(), 1, 'test.diary.begun', now(), repeat('p', 240), repeat('s', 160), sha256(n::text::bytea), sha256(n::text::bytea)"
                " from generate_series(1, $1::int) n",
                some, timeout=600,
            )  # fmt: skip
            there += some
        await rows.execute("vacuum analyze events", timeout=600)
        await rows.execute("checkpoint", timeout=600)
    finally:
        await rows.close()


async def _append(writing: Running) -> float:
    """Seconds for one append, by the median of many."""
    subject = uuid4()
    times = []
    for _ in range(APPENDS):
        begun = time.perf_counter()
        await writing.service.do(diary.begin, diary.Begin(diary_id=uuid4()), asked())
        times.append(time.perf_counter() - begun)
    del subject
    return sorted(times)[len(times) // 2]
