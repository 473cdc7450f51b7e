"""Other cases about the same people: the same tenancy, or a person of them, who may have moved inside the association.

Never merely the same home, for somebody else may have moved in since.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.case.queries.history import CaseFacts
from services.cases.case.queries.within import WITHIN, within
from shared.ground.statements import named
from shared.privacy.access import Reach
from shared.words.vocabulary.case import ENDED

_OTHERS = f"""
    select case_id, status, severity, category, outcome, observed_at from case_list
    where {WITHIN} and (tenancy_id = :tenancy or case_id = any(:alike)) and case_id <> :case order by observed_at desc limit :rows
"""  # noqa: S608  constants of our own
_JOINED = f"""
    select case_id, status, severity, category, outcome, observed_at from case_list
    where {WITHIN} and case_id = any(:cases) order by observed_at limit :rows
"""  # noqa: S608
_CONTINUED = f"""
    select case_id, status, severity, category, outcome, observed_at, earlier_case is not distinct from :case as is_later from case_list
    where {WITHIN} and (earlier_case = :case or case_id = (select earlier_case from case_list where case_id = :case))
    order by observed_at limit :rows
"""  # noqa: S608
MOST = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherCase:
    """Another case about the same people."""

    case_id: UUID
    status: str
    severity: str
    category: str
    outcome: str
    observed_at: datetime

    @property
    def is_over(self) -> bool:
        return self.status in ENDED


async def others_about_the_same_people(
    connection: asyncpg.Connection[Any], reach: Reach, facts: CaseFacts, *, alike: Collection[UUID] = (), limit: int = 10
) -> tuple[OtherCase, ...]:
    """Other concerns about the same people, the newest first: to see what was seen before, and what this may belong to.

    `alike` is what the vault knows to be about one of them.
    """
    asked = named(_OTHERS, **within(reach), tenancy=facts.tenancy_id, alike=list(alike), case=facts.case_id, rows=limit)
    return tuple(OtherCase(**dict(row)) for row in await connection.fetch(asked.sql, *asked.values))


async def joined(connection: asyncpg.Connection[Any], reach: Reach, concerns: list[UUID]) -> tuple[OtherCase, ...]:
    """The concerns that were joined to a case, as far as `reach` goes: what was written in them is read there."""
    asked = named(_JOINED, **within(reach), cases=concerns, rows=MOST)
    return tuple(OtherCase(**dict(row)) for row in await connection.fetch(asked.sql, *asked.values))


@dataclass(frozen=True, kw_only=True, slots=True)
class Continued:
    """The case that a case goes on from, and those that go on from it."""

    earlier: OtherCase | None = None
    later: tuple[OtherCase, ...] = ()


async def continued(connection: asyncpg.Connection[Any], reach: Reach, case_id: UUID) -> Continued:
    """As far as `reach` goes: who may read both is shown the way from one to the other."""
    asked = named(_CONTINUED, **within(reach), case=case_id, rows=MOST)
    found: dict[bool, list[OtherCase]] = {True: [], False: []}
    for row in await connection.fetch(asked.sql, *asked.values):
        facts = dict(row)
        found[facts.pop("is_later")].append(OtherCase(**facts))
    return Continued(earlier=next(iter(found[False]), None), later=tuple(found[True]))
