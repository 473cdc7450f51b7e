"""Empties a read model and fills it again from history; never needs Kafka (design.md §3.6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import asyncpg

from shared.ground.database import connect
from shared.history import event_store
from shared.history.service import Parts


async def rebuild(parts: Parts, owner_url: str) -> int:
    """Rebuild every read model of a service as the owner of its database; answers how many events were replayed.

    Writers wait meanwhile: the history is locked against additions, so that nothing can be missed.
    """
    connection = await connect(owner_url)
    try:
        async with connection.transaction():
            await connection.execute("lock table events, inbox in share row exclusive mode")
            await empty(connection, parts)
            replayed = 0
            if parts.projections:
                async for aggregate, events in event_store.every_history(connection):
                    for project in parts.projections:
                        await project(connection, aggregate, events)
                    replayed += len(events)
            if parts.rebuild:
                await parts.rebuild(connection)
        return replayed
    finally:
        await connection.close()


async def empty(connection: asyncpg.Connection[Any], parts: Parts, *, only: Iterable[str] | None = None) -> None:
    """Delete every row of the service's read models."""
    for model in parts.read_models:
        if only is None or model.name in only:
            for table in reversed(model.tables):
                await connection.execute(f'delete from "{table}"')  # noqa: S608 - the name stands in our own script
