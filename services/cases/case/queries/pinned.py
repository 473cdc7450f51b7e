"""Which cases follow which version of the procedure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.case.rules.step import ONGOING


@dataclass(frozen=True, kw_only=True, slots=True)
class PinnedCase:
    """A case that is not over, and whom it is about."""

    case_id: UUID
    tenancy_id: UUID


async def cases_under(connection: asyncpg.Connection[Any], association: str, version: str, *, limit: int) -> tuple[PinnedCase, ...]:
    """Cases that are not over and follow a version, the oldest first."""
    found = await connection.fetch(
        "select case_id, tenancy_id from case_list where association = $1 and procedure_version = $2 and status = any($3)"
        " order by raised_at, case_id limit $4",
        association, version, sorted(ONGOING), limit,
    )  # fmt: skip
    return tuple(PinnedCase(**dict(row)) for row in found)


async def count_under(connection: asyncpg.Connection[Any], association: str, version: str) -> int:
    """How many there are."""
    counted: int = await connection.fetchval(
        "select count(*) from case_list where association = $1 and procedure_version = $2 and status = any($3)",
        association, version, sorted(ONGOING),
    )  # fmt: skip
    return counted
