"""Every look at a case, a search or a figure leaves a line: who, why, and in which relation (domain.md §2.6)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import asyncpg

from shared.ground.provenance import Asked


async def note_look(rows: asyncpg.Connection[Any], asked: Asked, *, action: str, about: UUID | None = None, relation: str = "none") -> None:
    """Write down one look. `relation` is the one who looks to what is looked at: handler, own_estate, observer, association, none."""
    await rows.execute(
        "insert into access_log (at, association, actor, role, purpose, action, about, relation, correlation_id)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        asked.at, asked.actor.association, asked.actor.id, asked.actor.role, asked.purpose, action, about, relation, asked.correlation_id,
    )  # fmt: skip
