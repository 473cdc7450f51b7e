"""Aggregates between two decisions: kept in memory, lent to one decision at a time, and never trusted.

A case that is decided on now is likely to be decided on next. What is kept saves reading its history again: the store is asked
only whether the history still ends where we think, and what came since (`event_store.since`). So a kept aggregate can be
missing, old or wrong without any harm but the time to read everything.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from uuid import UUID

from shared.history.aggregate import Aggregate

MOST = 500
"""Aggregates kept by one process for one service; some ten kilobytes each."""


class AggregateCache:
    """The aggregates used last, with the hash of their newest event. Holds no personal value in the open: see `UnitOfWork.keep`."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, UUID], tuple[Aggregate, bytes]] = OrderedDict()

    def take(self, association: str, id: UUID) -> tuple[Aggregate, bytes] | None:
        """Hand it out, and hold it no more: a decision that fails halfway leaves nothing behind."""
        return self._held.pop((association, id), None)

    def put(self, association: str, aggregate: Aggregate, head: bytes) -> None:
        """Take it (back) after a commit."""
        self._held[association, aggregate.id] = aggregate, head
        while len(self._held) > MOST:
            self._held.popitem(last=False)

    def __iter__(self) -> Iterator[tuple[str, Aggregate, bytes]]:
        """Association, aggregate and the hash of its newest event, the one used longest ago first."""
        return ((association, aggregate, head) for (association, _), (aggregate, head) in self._held.items())

    def __len__(self) -> int:
        return len(self._held)
