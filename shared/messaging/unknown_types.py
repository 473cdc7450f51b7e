"""Messages of types that nobody here listens for: passed, counted by type, and listed for operators (decision 0021)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from shared.ground.text_input import holds_cpr_number

MOST_TYPES = 100
MOST_TYPE_NAME = 120
OTHER_TYPES = "…"
"""What unknown types are counted as when they are too many, or are called what no type is called."""


async def note(connection: asyncpg.Connection[Any], types: Iterable[str], *, reader: str) -> Counter[str]:
    """Count messages of types that are not known here; answers what they were counted as. A type is foreign input: see `MOST_TYPES`."""
    listed = {row["type"] for row in await connection.fetch("select type from unknown_types where reader = $1", reader)}
    counted: Counter[str] = Counter()
    for kind in types:
        name = kind if can_be_listed(kind) and (kind in listed or len(listed) < MOST_TYPES) else OTHER_TYPES
        listed.add(name)
        counted[name] += 1
    await connection.executemany(
        "insert into unknown_types (reader, type, messages) values ($1, $2, $3) on conflict (reader, type)"
        " do update set messages = unknown_types.messages + excluded.messages, last_seen = now()",
        [(reader, name, messages) for name, messages in sorted(counted.items())],
    )
    return counted


def can_be_listed(kind: str) -> bool:
    return len(kind) <= MOST_TYPE_NAME and kind.isascii() and kind.isprintable() and not holds_cpr_number(kind)


def shown(kind: str) -> str:
    """A type as it may be shown."""
    return kind if can_be_listed(kind) else OTHER_TYPES


@dataclass(frozen=True, slots=True)
class Seen:
    """A type that is not known here, and how often it was passed."""

    type: str
    messages: int
    first_seen: datetime
    last_seen: datetime


async def seen(connection: asyncpg.Connection[Any], *, reader: str) -> list[Seen]:
    """All of them, by name; `MOST_TYPES` bounds how many there are."""
    found = await connection.fetch(
        "select type, messages, first_seen, last_seen from unknown_types where reader = $1 order by type limit $2", reader, MOST_TYPES + 1
    )
    return [Seen(*row.values()) for row in found]
