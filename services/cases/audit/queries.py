"""The access log and the chain, for those who check."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.case.queries.within import WITHIN, within
from shared.ground.statements import named
from shared.privacy.access import Reach

LAST_POSITION = 2**63 - 1
"""No look can have a higher number."""


_AMONG = f"select case_id from case_list where {WITHIN} and case_id = any(:streams)"  # noqa: S608  constants of our own


@dataclass(frozen=True, kw_only=True, slots=True)
class LoggedLook:
    """Somebody looked: when, who, in which role, why, at what, and in which relation to it."""

    position: int
    at: datetime
    actor: str
    role: str
    purpose: str
    action: str
    about: UUID | None
    relation: str
    on_behalf_of: str


async def looks(
    connection: asyncpg.Connection[Any],
    *,
    association: str,
    about: UUID | None = None,
    actor: str = "",
    before: int | None = None,
    limit: int = 50,
    shut_from: Collection[UUID] = (),
) -> list[LoggedLook]:
    """Looks of an association, the newest first: at one case, by one person, or all; one row more than `limit` when there is more.

    None at cases, or in homes, that are `shut_from` the one who asks.
    """
    found = await connection.fetch(
        "select position, at, actor, role, purpose, action, about, relation, on_behalf_of from access_log"
        " where association = $1 and ($2::uuid is null or about = $2) and ($3 = '' or actor = $3)"
        " and ($4::bigint is null or position < $4) and (about is null or about <> all($6::uuid[]))"
        " and not exists (select 1 from case_list where case_id = about and home_id = any($6::uuid[])) order by position desc limit $5",
        association, about, actor, before, limit + 1, list(shut_from),
    )  # fmt: skip
    return [LoggedLook(**dict(row)) for row in found]


async def cases_among(connection: asyncpg.Connection[Any], streams: Collection[UUID], reach: Reach) -> frozenset[UUID]:
    """Which of these streams are cases within reach, so that they can be opened."""
    asked = named(_AMONG, **within(reach), streams=list(streams))
    found = await connection.fetch(asked.sql, *asked.values)
    return frozenset(row["case_id"] for row in found)
