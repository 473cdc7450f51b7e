"""Which cases what is told of a tenancy is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

from shared.words.vocabulary.case import ENDED


async def cases_of_tenancy(connection: asyncpg.Connection[Any], association: str, tenancy: UUID, *, also_over: bool = False) -> list[UUID]:
    """The cases about a tenancy that are not over, or all of them, the oldest first."""
    rows = await connection.fetch(
        "select case_id from case_list where association = $1 and tenancy_id = $2 and status <> all($3::text[])"
        " order by raised_at, case_id",
        association, tenancy, [] if also_over else [str(status) for status in ENDED],
    )  # fmt: skip
    return [row["case_id"] for row in rows]


async def orders_of(connection: asyncpg.Connection[Any], cases: Sequence[UUID]) -> list[UUID]:
    """The keys of what was ordered of the damage service in these cases."""
    rows = await connection.fetch("select unnest(order_keys) as key from case_list where case_id = any($1::uuid[])", cases)
    return [row["key"] for row in rows]
