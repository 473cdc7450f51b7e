"""Messages already heard, and those parked for a person to look at (design.md §3.5)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import asyncpg

from shared.messaging.message import Envelope, ReceivedMessage


@dataclass(frozen=True, slots=True)
class Record:
    """One record as Kafka delivered it."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    value: bytes | None

    @property
    def key_text(self) -> str | None:
        """The key as text, for parking; a key that is no text stands as its bytes in hex."""
        if self.key is None:
            return None
        try:
            return self.key.decode().replace("\x00", "�")
        except UnicodeDecodeError:
            return self.key.hex()

    @property
    def identity(self) -> str:
        """Recognises the record when it is delivered again, also by another broker, also when it cannot be read."""
        digest = sha256(self.topic.encode() + b"\0" + (self.key or b"") + b"\0" + (self.value or b""))
        for name, value in self.headers:
            digest.update(b"\0" + name.encode() + b"\0" + value)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Parked:
    """A message that waits for a person."""

    id: int
    record: Record
    code: str
    reason: str
    parked_at: datetime
    tries: int


async def deduplicate(
    connection: asyncpg.Connection[Any],
    received: Sequence[tuple[Record, ReceivedMessage]],
    *,
    reader: str,
    keep: bool,
    unless_blocked: Iterable[str] = (),
) -> list[tuple[Record, ReceivedMessage]]:
    """Note that these messages are consumed; answers those that were not consumed before, in their order.

    A duplicate at the same time waits for the other transaction, and then knows. Nothing is noted, and nothing is news,
    when something is parked in front of one of the keys `unless_blocked`. Of what comes from outside only the hour is noted: the moment
    stands in all that was written because of it, and would lead from what its sender calls it to what came of it.
    """
    envelopes = [message.envelope for _, message in received]
    news = await connection.fetch(
        "insert into inbox (reader, source, message_id, type, headers, key, value, heard_at)"
        " select $1, t.source, t.id, t.type, t.headers, t.key, t.value, case when outside then date_trunc('hour', now()) else now() end"
        " from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::bytea[], $9::bool[])"
        " with ordinality as t (source, id, type, headers, key, value, outside, n)"
        " where not exists (select from parked where parked.reader = $1 and done_at is null and parked.key = any($8::text[]))"
        " order by t.n on conflict do nothing returning source, message_id",
        reader,
        [envelope.source for envelope in envelopes],
        [envelope.id for envelope in envelopes],
        [envelope.type for envelope in envelopes],
        [dict((name.lower(), value.decode()) for name, value in record.headers) if keep else None for record, _ in received],
        [record.key_text if keep else None for record, _ in received],
        [record.value if keep else None for record, _ in received],
        list(unless_blocked),
        [message.message.FROM_OUTSIDERS for _, message in received],
    )  # fmt: skip
    unheard = {(row["source"], row["message_id"]) for row in news}
    fresh = []
    for record, message in received:
        name = (message.envelope.source, message.envelope.id)
        if name in unheard:
            unheard.discard(name)  # the same message twice in one batch
            fresh.append((record, message))
    return fresh


async def heard(connection: asyncpg.Connection[Any], envelopes: Sequence[Envelope], *, reader: str) -> set[tuple[str, str]]:
    """Which of these (by source and id) were consumed before."""
    found = await connection.fetch(
        "select source, message_id from inbox where reader = $1"
        " and (source, message_id) in (select * from unnest($2::text[], $3::text[]))",
        reader, [envelope.source for envelope in envelopes], [envelope.id for envelope in envelopes],
    )  # fmt: skip
    return {(row["source"], row["message_id"]) for row in found}


async def blocked(connection: asyncpg.Connection[Any], keys: Iterable[str], *, reader: str) -> set[str]:
    """Which of these keys have something parked in front of them."""
    found = await connection.fetch(
        "select distinct key from parked where reader = $1 and done_at is null and key = any($2::text[])", reader, list(keys)
    )
    return {row["key"] for row in found}


async def park(connection: asyncpg.Connection[Any], record: Record, *, reader: str, code: str, reason: str) -> bool:
    """Put a message aside with its reason; answers whether it is news (parked before: no news)."""
    headers = [[name, b64encode(value).decode()] for name, value in record.headers]
    return bool(
        await connection.fetchval(
            "insert into parked (reader, identity, topic, partition, record_offset, key, headers, value, code, reason)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning true",
            reader, record.identity, record.topic, record.partition, record.offset, record.key_text, headers, record.value, code, reason,
        )
    )  # fmt: skip


async def parked(connection: asyncpg.Connection[Any], *, reader: str, id: int | None = None, key: str | None = None) -> list[Parked]:
    """What waits, in the order it came; one message, or one key, or all."""
    found = await connection.fetch(
        "select id, topic, partition, record_offset, key, headers, value, code, reason, parked_at, tries from parked"
        " where reader = $1 and done_at is null and ($2::bigint is null or id = $2) and ($3::text is null or key = $3) order by id",
        reader, id, key,
    )  # fmt: skip
    return [
        Parked(
            id=row["id"],
            record=Record(
                topic=row["topic"],
                partition=row["partition"],
                offset=row["record_offset"],
                key=row["key"].encode() if row["key"] is not None else None,
                headers=tuple((name, b64decode(value)) for name, value in row["headers"]),
                value=row["value"],
            ),
            code=row["code"],
            reason=row["reason"],
            parked_at=row["parked_at"],
            tries=row["tries"],
        )
        for row in found
    ]


async def done(connection: asyncpg.Connection[Any], id: int) -> None:
    """A parked message was taken in after all."""
    await connection.execute("update parked set done_at = now(), tries = tries + 1 where id = $1", id)


async def tried(connection: asyncpg.Connection[Any], id: int, *, code: str, reason: str) -> None:
    """A parked message was tried again, in vain."""
    await connection.execute("update parked set tries = tries + 1, code = $2, reason = $3 where id = $1", id, code, reason)


async def parked_count(connection: asyncpg.Connection[Any], *, reader: str) -> int:
    """How many messages wait for a person."""
    return int(await connection.fetchval("select count(*) from parked where reader = $1 and done_at is null", reader))
