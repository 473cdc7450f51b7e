"""What Kafka delivered, and which messages were consumed already (design.md §3.5); what cannot be is parked (`parking.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import asyncpg

from shared.ground.errors import Unreadable
from shared.messaging.message import MOST_HEADER_BYTES, Envelope, ReceivedMessage, written_moment

OTHER_CONTENT = "other-content"


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
    def name(self) -> tuple[str, str] | None:
        """Source and id, as its sender named it; `None` where it does not say, or says what no text is."""
        source, id = self._header("ce_source"), self._header("ce_id")
        return (source, id) if source and id else None

    @property
    def type(self) -> str | None:
        """The type its headers name, whether it can be read or not."""
        return self._header("ce_type")

    def _header(self, name: str) -> str | None:
        for each, value in self.headers:
            if each.lower() == name and value and len(value) <= MOST_HEADER_BYTES and b"\0" not in value:
                try:
                    return value.decode()
                except UnicodeDecodeError:
                    return None
        return None

    @property
    def content(self) -> bytes:
        """What it says, as a digest: its id, its type, its key and its value. What a carrier adds to it on the way is none of that."""
        digest = sha256()
        for part in (*(self.name or ("", "")), self.type or "", self.key or b"", self.value or b""):
            read = part.encode() if isinstance(part, str) else part
            digest.update(len(read).to_bytes(8, "big") + read)
        return digest.digest()

    @property
    def identity(self) -> str:
        """Recognises the record when it is delivered again, also by another broker, also when it cannot be read."""
        digest = sha256(self.topic.encode() + b"\0" + (self.key or b"") + b"\0" + (self.value or b""))
        for name, value in self.headers:
            digest.update(b"\0" + name.encode() + b"\0" + (value or b""))  # Kafka lets a header go without a value
        return digest.hexdigest()


def _kept(record: Record, envelope: Envelope) -> dict[str, str]:
    """The headers to keep: when it happened is what it was taken in as, so that it is that also when it is counted again."""
    times = {"ce_time": written_moment(envelope.time), "ce_recordedtime": written_moment(envelope.recorded_at)}
    return {name.lower(): value.decode() for name, value in record.headers} | times


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
    when something is parked in front of one of the keys `unless_blocked`. What was put aside, or replaced by its correction,
    is no news when it is delivered once more. What is taken in together has no moment in common.
    Of what comes from outside only the hour is noted: the moment stands in all that was
    written because of it, and would lead from what its sender calls it to what came of it.

    Raises `Unreadable` (`other-content`) when a message of the same id was consumed that said something else: one of the two is not
    what its sender said, and neither is lost in silence.
    """
    envelopes = [message.envelope for _, message in received]
    news = await connection.fetch(
        "insert into inbox (reader, source, message_id, type, headers, key, value, content, heard_at)"
        " select $1, t.source, t.id, t.type, t.headers, t.key, t.value, t.content,"
        " case when outside then date_trunc('hour', now()) else clock_timestamp() end"
        " from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::bytea[], $9::text[], $10::bool[],"
        " $11::bytea[]) with ordinality as t (source, id, type, headers, key, value, identity, outside, content, n)"
        " where not exists (select from parked where parked.reader = $1 and done_at is null and parked.key = any($8::text[]))"
        " and not exists (select from parked where parked.reader = $1 and parked.identity = t.identity"
        " and outcome in ('put_aside', 'replaced'))"
        " order by t.n on conflict do nothing returning source, message_id",
        reader,
        [envelope.source for envelope in envelopes],
        [envelope.id for envelope in envelopes],
        [envelope.type for envelope in envelopes],
        [_kept(record, message.envelope) if keep else None for record, message in received],
        [record.key_text if keep else None for record, _ in received],
        [record.value if keep else None for record, _ in received],
        list(unless_blocked),
        [record.identity for record, _ in received],
        [message.message.FROM_OUTSIDERS for _, message in received],
        [record.content for record, _ in received],
    )  # fmt: skip
    unheard = {(row["source"], row["message_id"]) for row in news}
    fresh = []
    for record, message in received:
        name = (message.envelope.source, message.envelope.id)
        if name in unheard:
            unheard.discard(name)  # the same message twice in one batch
            fresh.append((record, message))
    if len(fresh) < len(received):
        await _must_say_the_same(connection, [record for record, _ in received], reader=reader)
    return fresh


async def _must_say_the_same(connection: asyncpg.Connection[Any], records: Sequence[Record], *, reader: str) -> None:
    """What is there already says what these say; what was consumed before that was noted is believed."""
    names = [record.name or ("", "") for record in records]
    if await connection.fetchval(
        "select exists (select from inbox join unnest($2::text[], $3::text[], $4::bytea[]) as told (source, message_id, content)"
        " using (source, message_id) where reader = $1 and inbox.content <> told.content)",
        reader, [source for source, _ in names], [id for _, id in names], [record.content for record in records],
    ):  # fmt: skip
        raise Unreadable(OTHER_CONTENT, "En besked med samme id er taget ind, og den sagde noget andet. En af dem er ikke ægte.")


async def heard(connection: asyncpg.Connection[Any], envelopes: Sequence[Envelope], *, reader: str) -> set[tuple[str, str]]:
    """Which of these (by source and id) were consumed before."""
    return await names_heard(connection, [(envelope.source, envelope.id) for envelope in envelopes], reader=reader)


async def names_heard(connection: asyncpg.Connection[Any], names: Sequence[tuple[str, str]], *, reader: str) -> set[tuple[str, str]]:
    """The same, asked by source and id."""
    found = await connection.fetch(
        "select source, message_id from inbox where reader = $1"
        " and (source, message_id) in (select * from unnest($2::text[], $3::text[]))",
        reader, [source for source, _ in names], [id for _, id in names],
    )  # fmt: skip
    return {(row["source"], row["message_id"]) for row in found}


async def consumed(connection: asyncpg.Connection[Any], record: Record, *, reader: str) -> bool:
    """Whether this message was taken in: of the same source and id, and saying the same."""
    source, id = record.name or ("", "")
    return bool(
        await connection.fetchval(
            "select exists (select from inbox where reader = $1 and source = $2 and message_id = $3 and coalesce(content = $4, true))",
            reader, source, id, record.content,
        )
    )  # fmt: skip
