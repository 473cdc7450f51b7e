"""What may be looked up of those who called: by whoever took the call, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.messaging.access_log import log_access
from shared.privacy.access import Reach
from shared.privacy.personal import Sealed, from_json
from shared.words.vocabulary.people import Look, Relation

_COLUMNS = "reporter_id, taken_by, received_at, version, source, name, phone, thanks_due, thanked_at, is_late, times_asked, flags"


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenCall:
    """A call as whoever took it reads it; `name` and `phone` are sealed for who called."""

    reporter_id: UUID
    taken_by: str
    received_at: datetime
    version: int
    source: str
    name: Sealed | None
    phone: Sealed | None
    thanks_due: datetime | None
    thanked_at: datetime | None
    is_late: bool
    times_asked: int
    flags: tuple[Sealed, ...]
    """Why what they tell is to be looked at with care, by everybody who said so; sealed for who called, likewise."""

    @property
    def is_for_the_lead(self) -> bool:
        """Whether nobody thanked them in time: then the lead may."""
        return self.is_late and self.thanks_due is not None


async def calls_of(connection: asyncpg.Connection[Any], context: Context, reach: Reach, *, limit: int) -> Sequence[TakenCall]:
    """The calls within somebody's reach: those who are to be thanked first, then the newest. The look is noted."""
    found = await connection.fetch(
        f"select {_COLUMNS} from reporters where association = $1 and (taken_by = any($2) or taken_for = any($2))"  # noqa: S608
        " order by thanks_due nulls last, received_at desc, reporter_id limit $3",
        reach.association, sorted(reach.observers or ()), limit,
    )  # fmt: skip
    await log_access(connection, context, told_by="intake", action=Look.READ_OWN_CALLS, relation=Relation.OBSERVER)
    return [_read(row) for row in found]


async def everybody_who_called(connection: asyncpg.Connection[Any], context: Context, *, limit: int) -> Sequence[TakenCall]:
    """Every call to the association, the newest first, for whoever has to find one of those who called. The look is noted."""
    found = await connection.fetch(
        f"select {_COLUMNS} from reporters where association = $1 order by received_at desc, reporter_id limit $2",  # noqa: S608
        context.actor.association, limit,
    )  # fmt: skip
    await log_access(connection, context, told_by="intake", action=Look.READ_ALL_CALLS, relation=Relation.ASSOCIATION)
    return [_read(row) for row in found]


async def call_of(connection: asyncpg.Connection[Any], context: Context, reach: Reach, reporter_id: UUID) -> TakenCall:
    """One of them; the look is noted. Raises `NotFound`, also where somebody else took the call."""
    found = await connection.fetchrow(
        f"select {_COLUMNS} from reporters where association = $1 and (taken_by = any($2) or taken_for = any($2))"  # noqa: S608
        " and reporter_id = $3",
        reach.association, sorted(reach.observers or ()), reporter_id,
    )  # fmt: skip
    if found is None:
        raise NotFound("Reporter", reporter_id)
    await log_access(connection, context, told_by="intake", action=Look.READ_OWN_CALL, about=reporter_id, relation=Relation.OBSERVER)
    return _read(found)


async def any_call(connection: asyncpg.Connection[Any], context: Context, reporter_id: UUID) -> TakenCall:
    """One call to the association, whoever took it; the look is noted. Whether one may is the caller's to ask. Raises `NotFound`."""
    found = await connection.fetchrow(
        f"select {_COLUMNS} from reporters where association = $1 and reporter_id = $2",  # noqa: S608
        context.actor.association, reporter_id,
    )  # fmt: skip
    if found is None:
        raise NotFound("Reporter", reporter_id)
    await log_access(connection, context, told_by="intake", action=Look.READ_CALL, about=reporter_id, relation=Relation.ASSOCIATION)
    return _read(found)


async def flagged(connection: asyncpg.Connection[Any], association: str) -> Sequence[TakenCall]:
    """Those who are flagged; they are few."""
    found = await connection.fetch(
        f"select {_COLUMNS} from reporters where association = $1 and flags is not null order by received_at desc",  # noqa: S608
        association,
    )  # fmt: skip
    return [_read(row) for row in found]


async def thanks_overdue(connection: asyncpg.Connection[Any], *, at: datetime, limit: int) -> Sequence[tuple[UUID, str]]:
    """Who was to be thanked before now and was not, with their association; each is noted once."""
    found = await connection.fetch(
        "select reporter_id, association from reporters where thanks_due < $1 and not is_late order by thanks_due limit $2", at, limit
    )
    return [(row["reporter_id"], row["association"]) for row in found]


def _read(row: asyncpg.Record) -> TakenCall:
    sealed = {name: from_json(row[name]) for name in ("name", "phone")}
    flags = tuple(why for one in row["flags"] or () if (why := from_json(one)))
    return TakenCall(**dict(row) | sealed | {"flags": flags})
