"""What cannot be taken in yet: parked, each key in its line, until it goes in, is corrected, or a person puts it aside (decision 0021)."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

import asyncpg

from shared.messaging.inbox import Record

AWAITS = "awaits"
BEHIND = "behind"
ITS_OWN_FAULT = frozenset({AWAITS, "malformed", "not-a-cloudevent", "too-large", "refused", "not-found", "conflict", "other-association"})
"""With one of these a message is itself what is wrong, or names something that is not there: a newer one may be its correction."""


@dataclass(frozen=True, slots=True)
class InLine:
    """One of those that wait in the line of a key, without what it says."""

    id: int
    place: int
    code: str
    type: str | None
    name: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a message stands that arrives for a key: whether it may be tried at once, instead of whom, and where it waits if not."""

    tried: bool
    instead_of: tuple[int, ...] = ()
    place: int | None = None


ALONE = Stand(tried=True)


def stand_of(record: Record, line: Sequence[InLine], *, newer_replaces: bool) -> Stand:
    """Behind the line; in the place of what it corrects; or in that of a line it says anew (decision 0021).

    The same id corrects for sure. Another id does where the type says how something is, whole, and nothing of another
    type, nor anything that is no fault of its own, stands in the line.
    """
    if not line:
        return ALONE
    for n, each in enumerate(line):
        if each.name is not None and each.name == record.name:
            return Stand(tried=n == 0, instead_of=(each.id,), place=each.place)
    if newer_replaces and all(each.type == record.type and each.code in ITS_OWN_FAULT for each in line):
        return Stand(tried=True, instead_of=tuple(each.id for each in line))
    return Stand(tried=False)


async def lock_line(connection: asyncpg.Connection[Any], key: str | None, *, reader: str) -> None:
    """Until the transaction ends nobody else takes from this line, or joins it."""
    if key is not None:
        await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 21))", f"{reader}/{key}")


async def line_of(connection: asyncpg.Connection[Any], key: str | None, *, reader: str) -> list[InLine]:
    """Who waits in the line of a key, the front first. What has no key has no line."""
    if key is None:
        return []
    found = await connection.fetch(
        "select id, coalesce(place, id) as place, code, type, source, message_id from parked"
        " where reader = $1 and done_at is null and key = $2"
        " order by coalesce(place, id), id",
        reader, key,
    )  # fmt: skip
    return [
        InLine(row["id"], row["place"], row["code"], row["type"], (row["source"], row["message_id"]) if row["source"] is not None else None)
        for row in found
    ]


async def blocked(connection: asyncpg.Connection[Any], keys: Iterable[str], *, reader: str) -> set[str]:
    """Which of these keys have something parked in front of them."""
    found = await connection.fetch(
        "select distinct key from parked where reader = $1 and done_at is null and key = any($2::text[])", reader, list(keys)
    )
    return {row["key"] for row in found}


async def known(connection: asyncpg.Connection[Any], record: Record, *, reader: str) -> bool:
    """Whether this very record is parked, or was."""
    return bool(
        await connection.fetchval("select exists (select from parked where reader = $1 and identity = $2)", reader, record.identity)
    )


async def park(
    connection: asyncpg.Connection[Any],
    record: Record,
    *,
    reader: str,
    code: str,
    reason: str,
    awaits: str | None = None,
    place: int | None = None,
) -> bool:
    """Let a message wait, with its reason; answers whether it is news (parked before: no news).

    What it waits for may have come while it was refused: it is tried once more, soon.
    """
    source, message_id = record.name or (None, None)
    return bool(
        await connection.fetchval(
            "insert into parked (reader, identity, topic, partition, record_offset, key, headers, value, code, reason,"
            " source, message_id, type, awaits, place, due)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $14::text is not null)"
            " on conflict do nothing returning true",
            reader, record.identity, record.topic, record.partition, record.offset, record.key_text,
            [[name, b64encode(value or b"").decode()] for name, value in record.headers], record.value, code, reason,
            source, message_id, record.type, awaits, place,
        )
    )  # fmt: skip


async def replaced(connection: asyncpg.Connection[Any], ids: Sequence[int]) -> None:
    """These wait no more: another message stands for them. They stay on record."""
    if ids:
        await connection.execute(
            "update parked set done_at = now(), outcome = 'replaced', awaits = null where id = any($1::bigint[]) and done_at is null",
            list(ids),
        )


async def done(connection: asyncpg.Connection[Any], id: int, *, outcome: Literal["taken_in", "passed"] = "taken_in") -> None:
    """A parked message was taken in after all, or is nothing to us."""
    await connection.execute(
        "update parked set done_at = now(), tries = tries + 1, outcome = $2, awaits = null, due = false where id = $1", id, outcome
    )


async def tried(connection: asyncpg.Connection[Any], id: int, *, code: str, reason: str, awaits: str | None = None) -> None:
    """A parked message was tried again, in vain."""
    await connection.execute(
        "update parked set tries = tries + 1, code = $2, reason = $3, awaits = $4 where id = $1 and done_at is null",
        id, code, reason, awaits,
    )  # fmt: skip


def awaited(what: str, id: UUID) -> str:
    """What a waiting message waits for: found again by whoever knows the id, and telling nobody which one it is."""
    return f"{what}/{sha256(f'{what}/{id}'.encode()).hexdigest()}"


async def arrived(connection: asyncpg.Connection[Any], what: str, ids: Iterable[UUID]) -> None:
    """Say, in the transaction that makes it so, that these are here now: the listener takes in what waited for them."""
    await connection.execute(
        "update parked set due = true where done_at is null and awaits = any($1::text[])", [awaited(what, id) for id in ids]
    )


async def naming(connection: asyncpg.Connection[Any], ids: Collection[UUID]) -> list[int]:
    """What is or was parked and names one of these, anywhere and in whatever spelling; asked inside a transaction."""
    found: list[int] = []
    async for row in connection.cursor(
        "select id, key, headers, value, source, message_id, type from parked"
        " where key is not null or value is not null or headers <> '[]'",
        prefetch=10,
    ):
        texts = [row["key"], row["source"], row["message_id"], row["type"], *(name for name, _ in row["headers"])]
        said = [text.encode() for text in texts if text]
        said += [row["value"] or b"", *(b64decode(value) for _, value in row["headers"])]
        with suppress(ValueError):  # a key that is no text stands as its bytes in hex
            said.append(bytes.fromhex(row["key"] or ""))
        if any(names_one(each, ids) for each in said):
            found.append(row["id"])
    return found


async def forget(connection: asyncpg.Connection[Any], ids: Collection[UUID]) -> None:
    """Empty what is or was parked and names one of these; it waits no more."""
    await connection.execute(
        "update parked set key = null, headers = '[]', value = null, source = null, message_id = null, type = null, awaits = null,"
        " due = false, identity = 'erased ' || id, done_at = coalesce(done_at, now()), outcome = 'passed' where id = any($1::bigint[])",
        await naming(connection, ids),
    )


def names_one(said: bytes, ids: Collection[UUID]) -> bool:
    """Whether one of these ids stands in it: in upper or lower case, with or without hyphens and braces, as a URN, in an encoding with a
    byte or more for each character, with its characters escaped as JSON or an address has them, or as its sixteen bytes."""
    if any(id.bytes in said or id.bytes_le in said for id in ids):
        return True
    text = _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), said.replace(b"\0", b"").decode("latin-1"))
    digits = _BETWEEN.sub("", text.lower())
    return any(id.hex in digits for id in ids)


_ESCAPED = re.compile(r"\\u00([0-9a-fA-F]{2})|%([0-9a-fA-F]{2})")
_BETWEEN = re.compile(r"[^0-9a-z]+")


async def whose_time_has_come(connection: asyncpg.Connection[Any], *, reader: str) -> list[int]:
    """Those that wait for something of which somebody said that it is here; whoever asks tries them."""
    found = await connection.fetch(
        "update parked set due = false where reader = $1 and done_at is null and awaits is not null and due returning id", reader
    )
    return sorted(row["id"] for row in found)


async def parked_with(connection: asyncpg.Connection[Any], codes: Sequence[str], *, reader: str) -> list[int]:
    """Those that wait with one of these codes, in order."""
    found = await connection.fetch(
        "select id from parked where reader = $1 and done_at is null and code = any($2::text[]) order by coalesce(place, id), id",
        reader, list(codes),
    )  # fmt: skip
    return [row["id"] for row in found]


async def still_waits(connection: asyncpg.Connection[Any], id: int) -> bool:
    """Whether nobody was faster."""
    return bool(await connection.fetchval("select done_at is null from parked where id = $1", id))


@dataclass(frozen=True, slots=True)
class Parked:
    """A message that waits."""

    id: int
    record: Record


async def waiting(connection: asyncpg.Connection[Any], *, reader: str, id: int | None = None, key: str | None = None) -> list[Parked]:
    """What waits, in order: one message with all of its line, or one line, or all."""
    found = await connection.fetch(
        "select id, topic, partition, record_offset, key, headers, value from parked where reader = $1 and done_at is null"
        " and ($3::text is null or key = $3)"
        " and ($2::bigint is null or id = $2 or key = (select key from parked where id = $2)) order by coalesce(place, id), id",
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
        )
        for row in found
    ]
