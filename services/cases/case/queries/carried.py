"""Who carries how many open cases, and which: what is handed over when somebody leaves or is away for long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.case.queries.queue import read_waits
from services.cases.case.queries.within import WITHIN, within
from services.cases.case.rules.queue import standing
from services.cases.case.rules.waiting import Wait
from shared.ground.statements import named
from shared.privacy.access import Reach
from shared.privacy.personal import Sealed, from_json
from shared.words.vocabulary.case import Status

MOST = 1000
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """An open case that somebody carries."""

    case_id: UUID
    severity: str
    category: str
    estate_name: str
    address: Sealed | None
    is_address_protected: bool
    handler: str
    clock: Wait | None
    """What is due of it next."""


_CARRIED = f"""
    select case_id, severity, category, estate_name, address, is_address_protected, handler, status, waits from case_list
    where {WITHIN} and handler = :handler and status = '{Status.OPEN}' order by sort_key, case_id limit :rows
"""  # noqa: S608  constants of our own
_NAMED = f"""
    select case_id, severity, category, estate_name, address, is_address_protected, handler, status, waits from case_list
    where {WITHIN} and case_id = any(:cases) order by sort_key, case_id limit :rows
"""  # noqa: S608
_CARRIERS = f"""
    select handler, count(*) as cases from case_list where {WITHIN} and status = '{Status.OPEN}' and handler <> ''
    group by handler order by handler
"""  # noqa: S608

_KEPT_FROM = f"""
    select exists (select 1 from case_list where association = :association and handler = :handler and status = '{Status.OPEN}'
      and (home_id = any(:shut_from::uuid[]) or case_id = any(:shut_from::uuid[])))
"""  # noqa: S608


async def carried_by(connection: asyncpg.Connection[Any], reach: Reach, handler: str, *, at: datetime) -> list[Carried]:
    """The open cases of somebody, as far as `reach` goes; what is due first comes first."""
    return await _found(connection, _CARRIED, reach, at, handler=handler)


async def cases_named(connection: asyncpg.Connection[Any], reach: Reach, cases: list[UUID], *, at: datetime) -> list[Carried]:
    """These cases, as far as `reach` goes, whoever carries them."""
    return await _found(connection, _NAMED, reach, at, cases=cases)


async def carriers(connection: asyncpg.Connection[Any], reach: Reach) -> dict[str, int]:
    """Who carries open cases, and how many."""
    asked = named(_CARRIERS, **within(reach))
    return {row["handler"]: row["cases"] for row in await connection.fetch(asked.sql, *asked.values)}


async def some_are_kept_from(connection: asyncpg.Connection[Any], reach: Reach, handler: str) -> bool:
    """Whether somebody carries open cases that the one who asks keeps out of: that there are any, and nothing else of them."""
    asked = named(_KEPT_FROM, association=reach.association, handler=handler, shut_from=sorted(reach.shut_from))
    return bool(await connection.fetchval(asked.sql, *asked.values))


async def _found(connection: asyncpg.Connection[Any], sql: str, reach: Reach, at: datetime, **values: Any) -> list[Carried]:
    asked = named(sql, **within(reach), **values, rows=MOST)
    found = [_row(row, at) for row in await connection.fetch(asked.sql, *asked.values)]
    return sorted(found, key=lambda one: (one.clock.due if one.clock else None) or _LAST)


def _row(row: asyncpg.Record, at: datetime) -> Carried:
    return Carried(
        case_id=row["case_id"],
        severity=row["severity"],
        category=row["category"],
        estate_name=row["estate_name"],
        address=from_json(row["address"]),
        is_address_protected=row["is_address_protected"],
        handler=row["handler"],
        clock=standing(read_waits(row["waits"]), status=row["status"], severity=row["severity"]).clock(at),
    )
