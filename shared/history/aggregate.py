"""What all aggregates have in common: ids of their own, events that carry their change, and no look at the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID

from eventsourcing.domain import AggregateCreated, AggregateEvent, BaseAggregate

from shared.ground.provenance import Provenance

__all__ = ["NOT_YET", "Aggregate", "AggregateCreated", "Event"]

NOT_YET = datetime.min.replace(tzinfo=UTC)
"""The timestamp of an event that is not saved; the unit of work stamps the true one."""


class Event(AggregateEvent):
    """Something that happened to one aggregate; an immutable fact once it is stored, with its own change (decision 0010)."""

    def apply(self, aggregate: Any) -> None:
        """Change what later decisions read; nothing where none does. Never fails: what is stored has happened."""

    @staticmethod
    def create_timestamp() -> datetime:
        """Rules are handed the time and never look it up (design.md §5)."""
        return NOT_YET

    @property
    def provenance(self) -> Provenance:
        """Who, when, why and on which basis; known as soon as the event is saved."""
        provenance: Provenance | Callable[[], Provenance] = self.__dict__["_provenance"]
        if not isinstance(provenance, Provenance):
            provenance = self.__dict__["_provenance"] = provenance()
        return provenance

    def stamp(self, provenance: Provenance) -> None:
        """Give the event its provenance; done once, by the unit of work or by the store that loads it."""
        self.__dict__["_provenance"] = provenance
        self.__dict__["timestamp"] = provenance.happened_at

    def stamp_unread(self, happened_at: datetime, read: Callable[[], Provenance]) -> None:
        """The same for an event from the store: decisions are made on many events, and ask few of them who did it."""
        self.__dict__["_provenance"] = read
        self.__dict__["timestamp"] = happened_at


class Aggregate(BaseAggregate[UUID]):
    """A boundary within which rules hold at every instant.

    It lists its events, whether they are written in it or beside one of its parts; `__init__` is how it stands before the first of them.
    """

    def __init_subclass__(cls, **options: Any) -> None:
        """All aggregates share `Event`: the library would otherwise derive a class of its own from every event that is listed."""
        cls.Event = Event  # type: ignore[attr-defined]
        super().__init_subclass__(**options)

    @classmethod
    def begin(cls, event_class: type[Any], *, id: UUID, **facts: Any) -> Self:
        """Begin a history with its first event.

        The id comes from where the fact arose (design.md §3.10); `facts` are the fields of the event.
        """
        return cls._create(event_class, id=id, **facts)
