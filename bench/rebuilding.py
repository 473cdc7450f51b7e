"""Reporting rebuilt from a million messages in its inbox, against reading them and writing as many rows with `COPY`."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID, uuid4, uuid5

import asyncpg

from bench.place import service
from bench.result import Row, median_ratio
from services.reporting.app import parts
from shared.ground.database import connect
from shared.history.rebuild import rebuild
from shared.messaging.message import written
from tests.reporting.lives import some_life
from tests.support.postgres import PostgresServer
from tests.support.services import NOW

TABLES = ("case_figures", "referral_figures", "follow_up_figures", "notice_figures")
COLUMNS = ("reader", "source", "message_id", "type", "heard_at", "headers", "key", "value")
READ_AT_A_TIME = 20_000
UUIDS = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
PER_SECOND = 30_000


@dataclass(frozen=True, kw_only=True)
class Size:
    """Messages in the inbox; lives that are told in full and then copied under other ids; rounds."""

    messages: int = 1_000_000
    lives: int = 1_000
    rounds: int = 3


async def measure(postgres: PostgresServer, *, quick: bool = False) -> list[Row]:
    """What `python -m services.reporting rebuild` does, with the deleting of the old rows and all."""
    size = Size(messages=2_000, lives=20, rounds=1) if quick else Size()
    async with service(parts(), postgres) as reporting:
        connection = await connect(reporting.owner_url)
        try:
            await connection.copy_records_to_table("inbox", records=islice(_messages(size.lives), size.messages), columns=COLUMNS)
            await connection.execute("vacuum analyze inbox")
            await rebuild(parts(), reporting.owner_url, reporting.service.vault)
            results = {table: await connection.fetch(f"select * from {table}") for table in TABLES}
            written_rows = sum(map(len, results.values()))
            pairs = []
            for _ in range(size.rounds):
                begun = time.perf_counter()
                await rebuild(parts(), reporting.owner_url, reporting.service.vault)
                mine = time.perf_counter() - begun
                if [len(results[table]) for table in TABLES] != [
                    await connection.fetchval(f"select count(*) from {table}") for table in TABLES
                ]:
                    raise RuntimeError("the rebuild made another number of rows")
                pairs.append((mine, await _floor(connection, results)))
        finally:
            await connection.close()
    mine, floor = (statistics.median(side) for side in zip(*pairs, strict=True))
    what = f"rebuilding reporting from {size.messages:,} messages"
    return [
        Row(
            what=what, against="reading the rows and writing with `COPY`, nothing else", ratio=1 / median_ratio(pairs), bound=0.4,
            at_least=True,
            detail=f"{mine:.1f} s against {floor:.1f} s; {written_rows:,} rows come of it",
        ),
        Row(
            what=what, against=f"{PER_SECOND:,} messages/s", ratio=size.messages / mine / PER_SECOND, bound=1, at_least=True,
            detail=f"{size.messages / mine:,.0f} messages/s",
        ),
    ]  # fmt: skip


async def _floor(connection: asyncpg.Connection[Any], results: dict[str, list[asyncpg.Record]]) -> float:
    """Read what a rebuild reads, in the same order and portions, and write as many rows of the same kind; seconds."""
    async with connection.transaction():
        for table in TABLES:
            await connection.execute(f"truncate {table}")
    begun = time.perf_counter()
    async with connection.transaction():
        cursor = await connection.cursor(
            "select type, coalesce(headers->>'ce_time', headers->>'ce_recordedtime'), headers->>'ce_recordedtime',"
            " headers->>'ce_association', value from inbox where reader = 'reporting' order by position"
        )
        while await cursor.fetch(READ_AT_A_TIME):
            pass
        for table in TABLES:
            if results[table]:
                await connection.copy_records_to_table(table, records=map(tuple, results[table]))
    return time.perf_counter() - begun


def _messages(lives: int) -> Iterator[tuple[Any, ...]]:
    """Lives of concerns, one after the other and without end, as the inbox keeps them: the mix that lives have."""
    random = Random(20260303)
    told = [_told(some_life(random, f"life {n}", NOW + timedelta(hours=n))) for n in range(lives)]
    while True:
        for life, observation, case in told:
            yield from _again(life, observation, case)


Kept = tuple[str, str, dict[str, str], str, bytes]
"""Source, type, headers, key and value of one message."""


def _told(life: Any) -> tuple[list[Kept], UUID, UUID]:
    kept: list[Kept] = []
    for heard in life.said:
        kafka = written(heard.envelope, heard.message)
        headers = {name: value.decode() for name, value in kafka.headers.items()}
        kept.append((heard.envelope.source, heard.envelope.type, headers, heard.envelope.subject, bytes(kafka.value or b"")))
    return kept, life.observation_id, life.case_id


def _again(life: list[Kept], observation: UUID, case: UUID) -> Iterator[tuple[Any, ...]]:
    """The same life of somebody else: every id is another, and the case's still follows from the observation's."""
    new_observation = uuid4()
    ids = {str(observation): str(new_observation), str(case): str(uuid5(new_observation, "case"))}
    raw = {old.encode(): new.encode() for old, new in ids.items()}

    def other(found: re.Match[bytes]) -> bytes:
        return raw.setdefault(found[0], str(uuid4()).encode())

    for source, kind, headers, key, value in life:
        said = UUIDS.sub(other, value)
        name = str(uuid4())
        subject = other_key.decode() if (other_key := raw.get(key.encode())) else key
        about = {**headers, "ce_id": name, "ce_subject": subject, "ce_partitionkey": subject}
        yield "reporting", source, name, kind, NOW, about, subject, said
