"""Every look at a case, a search or a figure leaves a line: who, why, and in which relation (domain.md §2.6)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import asyncpg

from shared.ground.provenance import Context


async def log_access(
    connection: asyncpg.Connection[Any],
    context: Context,
    *,
    action: str,
    about: UUID | None = None,
    relation: str = "none",
    selection: str = "",
) -> None:
    """Write down one look. `relation` is the one who looks to what is looked at: a `Relation`; `selection` is what they chose of it."""
    await connection.execute(
        "insert into access_log (at, association, actor, role, purpose, action, about, relation, correlation_id, on_behalf_of, selection)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        context.at, context.actor.association, context.actor.id, context.actor.role, context.purpose, action, about, relation,
        context.correlation_id, context.on_behalf_of, selection,
    )  # fmt: skip
