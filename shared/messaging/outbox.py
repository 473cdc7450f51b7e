"""Messages waiting to be sent: a queue that is drained, written in the transaction of the fact it tells (design.md §3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zlib import crc32

import asyncpg

from shared.ground.statements import Statement
from shared.messaging.message import Envelope, Message, written

BUCKETS = 16
"""Keys are spread over this many buckets; each bucket has one relay at a time. Fixed once deployed."""


def bucket_of(key: str) -> int:
    """The bucket of a key; the same for ever."""
    return crc32(key.encode()) % BUCKETS


def addition(messages: Sequence[tuple[Envelope, Message]]) -> Statement:
    """The statement that queues messages, ready as Kafka will carry them."""
    columns = []
    for envelope, message in messages:
        kafka = written(envelope, message)
        headers = {name: value.decode() for name, value in kafka.headers.items()}
        columns.append((bucket_of(envelope.subject), message.TOPIC, envelope.subject, headers, kafka.value))
    if len(columns) == 1:
        return Statement("insert into outbox (bucket, topic, key, headers, value) values ($1, $2, $3, $4, $5)", columns[0])
    return Statement(
        "insert into outbox (bucket, topic, key, headers, value)"
        " select * from unnest($1::smallint[], $2::text[], $3::text[], $4::jsonb[], $5::bytea[])",
        tuple(list(column) for column in zip(*columns, strict=True)),
    )


async def requeue(connection: asyncpg.Connection[Any], *, since: datetime | None = None) -> int:
    """Put what was sent (since a moment) back in the queue; answers how many messages. Whoever heard them drops them."""
    return int(
        await connection.fetchval(
            "with again as (update outbox set sent_at = null"
            " where sent_at is not null and ($1::timestamptz is null or written_at >= $1) returning 1)"
            " select count(*) from again",
            since,
        )
    )


async def depth(connection: asyncpg.Connection[Any]) -> tuple[int, float]:
    """How many messages wait, and the age of the oldest in seconds (0 when none waits)."""
    row = await connection.fetchrow(
        "select count(*) as waiting, coalesce(extract(epoch from now() - min(written_at)), 0)::float8 as age"
        " from outbox where sent_at is null"
    )
    return (row["waiting"], row["age"]) if row else (0, 0.0)
