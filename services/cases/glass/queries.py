"""What may be looked up of broken glasses: one's own, those of the association, and what nobody reviewed in time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.audit.queries.log import LoggedLook
from services.cases.case.queries.glass import NOT_KEPT_OUT
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.privacy.personal import Sealed, from_json
from shared.words.vocabulary.people import Relation

MOST_LOOKS = 500
"""More than anybody opens in three hours."""

_COLUMNS = (
    "break_id, glass_id, case_id, who, on_behalf_of, broken_at, until, reason, review_due, is_late, verdict, words, reviewed_by,"
    " reviewed_at"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenGlass:
    """One time somebody broke a glass; `reason` and `words` are sealed for the case."""

    break_id: UUID
    glass_id: UUID
    case_id: UUID
    who: str
    on_behalf_of: str
    broken_at: datetime
    until: datetime
    reason: Sealed
    review_due: datetime | None
    is_late: bool
    verdict: str
    words: Sealed | None
    reviewed_by: str
    reviewed_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether somebody is still to say whether it was right."""
        return self.reviewed_at is None and self.review_due is not None

    def is_open(self, at: datetime) -> bool:
        """Whether the case can be read through it."""
        return at < self.until


async def own_glasses(connection: asyncpg.Connection[Any], context: Context, *, limit: int) -> list[BrokenGlass]:
    """What somebody broke themselves, the newest first."""
    found = await connection.fetch(
        f"select {_COLUMNS} from glasses where association = $1 and {NOT_KEPT_OUT} and who = $3"  # noqa: S608  constants of our own
        " order by broken_at desc, break_id limit $4",
        context.actor.association, list(context.actor.shut_from), context.actor.id, limit,
    )  # fmt: skip
    return [_read(row) for row in found]


async def glasses_of(connection: asyncpg.Connection[Any], context: Context, *, limit: int) -> list[BrokenGlass]:
    """All of an association: first those that wait for a review, the longest first, then the newest. None at what is kept out of."""
    found = await connection.fetch(
        f"select {_COLUMNS} from glasses where association = $1 and {NOT_KEPT_OUT}"  # noqa: S608  constants of our own
        " order by (reviewed_at is null and review_due is not null) desc,"
        " case when reviewed_at is null then review_due end, broken_at desc, break_id limit $3",
        context.actor.association, list(context.actor.shut_from), limit,
    )  # fmt: skip
    return [_read(row) for row in found]


async def glass_broken(connection: asyncpg.Connection[Any], context: Context, break_id: UUID) -> BrokenGlass:
    """One of them. Raises `NotFound`, also at what is kept out of."""
    found = await connection.fetchrow(
        f"select {_COLUMNS} from glasses where association = $1 and {NOT_KEPT_OUT} and break_id = $3",  # noqa: S608  constants of our own
        context.actor.association, list(context.actor.shut_from), break_id,
    )  # fmt: skip
    if found is None:
        raise NotFound("broken glass", break_id)
    return _read(found)


async def looked_at(connection: asyncpg.Connection[Any], glass: BrokenGlass, *, association: str) -> list[LoggedLook]:
    """Everything that was looked at through it, as the one log of looks has it, in its order."""
    found = await connection.fetch(
        "select position, at, 'cases' as service, actor, role, purpose, action, about, relation, on_behalf_of, selection, true as is_a_case"
        " from access_log where association = $1 and actor = $2 and about = $3 and relation = $4 and at between $5 and $6"
        " order by at, position limit $7",
        association, glass.who, glass.case_id, Relation.BREAK_GLASS.value, glass.broken_at, glass.until, MOST_LOOKS,
    )  # fmt: skip
    return [LoggedLook(**dict(row)) for row in found]


async def reviews_missed(connection: asyncpg.Connection[Any], *, at: datetime, limit: int) -> Collection[tuple[UUID, str]]:
    """The glasses that were to be reviewed before now and of which that is not noted yet, with their association."""
    found = await connection.fetch(
        "select distinct glass_id, association from glasses where reviewed_at is null and review_due < $1 and not is_late"
        " order by glass_id limit $2",
        at, limit,
    )  # fmt: skip
    return [(row["glass_id"], row["association"]) for row in found]


async def overdue(connection: asyncpg.Connection[Any]) -> int:
    """How many nobody reviewed in time, in all associations."""
    return int(
        await connection.fetchval("select count(*) from glasses where is_late and reviewed_at is null and review_due is not null") or 0
    )


def _read(row: asyncpg.Record) -> BrokenGlass:
    return BrokenGlass(**dict(row) | {"reason": from_json(row["reason"]), "words": from_json(row["words"])})
