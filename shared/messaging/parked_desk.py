"""What operators see and decide of what is parked: never what it says (decision 0021)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import asyncpg

from shared.ground.errors import NotFound, Refusal
from shared.ground.text_input import free_text
from shared.messaging import unknown_types
from shared.messaging.parking import AWAITS, BEHIND, lock_line
from shared.words.vocabulary.parked import ParkedKind

KINDS = {
    AWAITS: ParkedKind.WAITING,
    BEHIND: ParkedKind.BEHIND,
    "unknown-version": ParkedKind.UNKNOWN_VERSION,
    "malformed": ParkedKind.UNREADABLE,
    "not-a-cloudevent": ParkedKind.UNREADABLE,
    "too-large": ParkedKind.UNREADABLE,
    "failed-here": ParkedKind.FAILED,
}
"""How operators tell the codes apart; every other code is a refusal."""
MOST_REASON = 200
MOST_WHO = 64

Decision = Literal["put_aside", "taken_up"]
_CHANGES = {
    "put_aside": "update parked set done_at = now(), outcome = 'put_aside', awaits = null, due = false"
    " where id = $1 and done_at is null returning true",
    "taken_up": "update parked set done_at = null, outcome = null where id = $1 and outcome in ('put_aside', 'replaced') returning true",
}


class AlreadyDecided(Refusal):
    """Beskeden står ikke længere sådan: en anden har taget den op eller lagt den til side, eller den er taget ind."""

    next_step = "Indlæs siden igen."


class DecisionHasNoReason(Refusal):
    """Der mangler en begrundelse."""

    next_step = "Skriv kort hvorfor, uden noget om personer."
    field = "reason"


async def decide(connection: asyncpg.Connection[Any], id: int, *, reader: str, decision: Decision, by: str, reason: str) -> str | None:
    """A person puts a message aside, or takes one up again; answers its key. Inside a transaction.

    Raises `NotFound`, `AlreadyDecided`, `DecisionHasNoReason`, and what `free_text` raises about the reason.
    """
    kept = free_text(reason, field="reason", at_most=MOST_REASON)
    if not kept:
        raise DecisionHasNoReason
    found = await connection.fetchrow("select key from parked where reader = $1 and id = $2", reader, id)
    if found is None:
        raise NotFound("ParkedMessage", id)
    await lock_line(connection, found["key"], reader=reader)
    if not await connection.fetchval(_CHANGES[decision], id):
        raise AlreadyDecided
    await connection.execute(
        "insert into parked_decisions (parked_id, decided_by, decision, reason) values ($1, $2, $3, $4)",
        id, by[:MOST_WHO], decision, kept,
    )  # fmt: skip
    return None if found["key"] is None else str(found["key"])


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many messages are parked: those that wait for a person, and those that go in by themselves."""

    for_a_person: int
    by_themselves: int


async def numbers(connection: asyncpg.Connection[Any], *, reader: str) -> Numbers:
    """What stands in a line waits for whatever its front waits for."""
    row = await connection.fetchrow(
        "select count(*) as every, count(*) filter (where front = $2) as waiting from ("
        " select first_value(code) over (partition by key, case when key is null then id end order by coalesce(place, id), id) as front"
        " from parked where reader = $1 and done_at is null) as lines",
        reader, AWAITS,
    )  # fmt: skip
    return Numbers(row["every"] - row["waiting"], row["waiting"]) if row else Numbers(0, 0)


def kind_of(code: str) -> ParkedKind:
    """The kind that a code belongs to."""
    return KINDS.get(code, ParkedKind.REFUSED)


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided about a parked message."""

    decision: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A parked message as operators see it: never what it says."""

    id: int
    kind: ParkedKind
    code: str
    reason: str
    topic: str
    partition: int
    offset: int
    key: str | None
    type: str
    parked_at: datetime
    tries: int
    outcome: str
    decisions: tuple[Decided, ...] = ()


async def one(connection: asyncpg.Connection[Any], id: int, *, reader: str) -> Listed:
    """One that waits or waited, with what was decided about it. Raises `NotFound`."""
    for settled in (False, True):
        for each in await listed(connection, reader=reader, settled=settled, after=id - 1, limit=1):
            if each.id == id:
                return each
    raise NotFound("ParkedMessage", id)


async def listed(connection: asyncpg.Connection[Any], *, reader: str, settled: bool = False, after: int = 0, limit: int) -> list[Listed]:
    """Those that wait, the oldest first; or those that were put aside or replaced."""
    found = await connection.fetch(
        "select id, code, reason, topic, partition, record_offset, key, type, parked_at, tries, outcome from parked"
        " where reader = $1 and id > $2 and case when $4 then outcome in ('put_aside', 'replaced') else done_at is null end"
        " order by id limit $3",
        reader, after, limit, settled,
    )  # fmt: skip
    decided = await connection.fetch(
        "select parked_id, decision, decided_by, decided_at, reason from parked_decisions where parked_id = any($1::bigint[])"
        " order by position",
        [row["id"] for row in found],
    )
    return [
        Listed(
            row["id"], kind_of(row["code"]), row["code"], row["reason"], row["topic"], row["partition"], row["record_offset"], row["key"],
            unknown_types.shown(row["type"] or ""), row["parked_at"], row["tries"], row["outcome"] or "",
            tuple(
                Decided(each["decision"], each["decided_by"], each["decided_at"], each["reason"])
                for each in decided
                if each["parked_id"] == row["id"]
            ),
        )
        for row in found
    ]  # fmt: skip
