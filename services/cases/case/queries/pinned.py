"""Which cases follow which version of the procedure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.case.queries.within import WITHIN, within
from services.cases.case.rules.step import ONGOING
from shared.ground.statements import named
from shared.privacy.access import Reach


@dataclass(frozen=True, kw_only=True, slots=True)
class PinnedCase:
    """A case that is not over, and whom it is about."""

    case_id: UUID


_UNDER = f"{WITHIN} and procedure_version = :version and status = any(:ongoing)"
_CASES = f"select case_id from case_list where {_UNDER} order by raised_at, case_id limit :rows"  # noqa: S608  constants of our own
_COUNT = f"select count(*) from case_list where {_UNDER}"  # noqa: S608


async def cases_under(connection: asyncpg.Connection[Any], reach: Reach, version: str, *, limit: int) -> tuple[PinnedCase, ...]:
    """Cases that are not over and follow a version, the oldest first, as far as `reach` goes."""
    asked = named(_CASES, **_under(reach, version), rows=limit)
    return tuple(PinnedCase(**dict(row)) for row in await connection.fetch(asked.sql, *asked.values))


async def count_under(connection: asyncpg.Connection[Any], reach: Reach, version: str) -> int:
    """How many there are, as far as `reach` goes."""
    asked = named(_COUNT, **_under(reach, version))
    return int(await connection.fetchval(asked.sql, *asked.values))


def _under(reach: Reach, version: str) -> dict[str, Any]:
    return {**within(reach), "version": version, "ongoing": sorted(ONGOING)}
