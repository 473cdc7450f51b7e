"""How rows follow from what happened: from each event by itself, or from what the aggregate says afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from shared.ground.statements import ReadModelRows
from shared.history.aggregate import Aggregate, Event

Projection = Callable[[ReadModelRows, Aggregate, Sequence[Event]], Awaitable[None]]
"""Brings rows up to date with what happened to an aggregate in one go: a decision, or, in a rebuild, its whole history.

It is handed the aggregate as it is after these events, and writes the same rows whether it hears of them one by one or all at once. It
reads no events and builds on the rows of this aggregate only.
"""
EventProjection = Callable[[ReadModelRows, Event], Awaitable[None]]
"""One that needs no more than each event."""


def from_each_event(project: EventProjection) -> Projection:
    """The events one by one, in their order."""

    async def projected(connection: ReadModelRows, _: Aggregate, events: Sequence[Event]) -> None:
        for happened in events:
            await project(connection, happened)

    return projected
