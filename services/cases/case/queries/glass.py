"""What a case asks of the glass before it: is it broken for somebody, and on the first page, how many wait to be reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from shared.ground.provenance import Actor, Context
from shared.privacy.access import Action, may_ever

NOT_KEPT_OUT = (
    "case_id <> all($2::uuid[]) and not exists ("
    "select from case_list where case_list.case_id = glasses.case_id and home_id = any($2::uuid[]))"
)
"""The second value is what the one who asks keeps out of."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenGlass:
    """Through which somebody may read a case for now."""

    break_id: UUID
    who: str
    until: datetime


async def open_glass(connection: asyncpg.Connection[Any], case_id: UUID, actor: Actor, *, at: datetime) -> OpenGlass | None:
    """Whether the glass before a case is broken for somebody at an instant."""
    found = await connection.fetchrow(
        "select break_id, who, until from glasses where association = $1 and case_id = $2 and who = $3 and $4 < until",
        actor.association, case_id, actor.id, at,
    )  # fmt: skip
    return OpenGlass(**dict(found)) if found else None


@dataclass(frozen=True, slots=True)
class ToReview:
    """How many glasses wait for somebody to say whether it was right, and how many of them too long."""

    waiting: int = 0
    late: int = 0


async def to_review(connection: asyncpg.Connection[Any], context: Context) -> ToReview:
    """For the first page of whoever reviews; nothing for anybody else, and none of their own."""
    if not may_ever(context.actor.role, Action.REVIEW_GLASS):
        return ToReview()
    found = await connection.fetchrow(
        f"select count(*), count(*) filter (where review_due < $4) from glasses where association = $1 and {NOT_KEPT_OUT}"  # noqa: S608  constants
        " and reviewed_at is null and review_due is not null and who <> all($3::text[])",
        context.actor.association, list(context.actor.shut_from), sorted(context.actor.is_for), context.at,
    )  # fmt: skip
    return ToReview(*found) if found else ToReview()
