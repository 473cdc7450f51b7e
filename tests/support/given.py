"""Rules tests: a history is given, something is asked, and the news is what happened beyond it."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from eventsourcing.utils import get_topic

from shared.ground.provenance import Provenance
from shared.history.aggregate import Aggregate, Event
from shared.privacy.personal import Personal, Sealed

A = TypeVar("A", bound=Aggregate)

AN_ID = UUID("a0000000-0000-5000-8000-000000000001")
EARLIER = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
STAMPED = frozenset({"originator_id", "originator_version", "timestamp", "originator_topic"})
PROVENANCE = Provenance(
    association="bakkegaarden", actor="staff-social-lead-1", role="social_lead", on_behalf_of="", happened_at=EARLIER, recorded_at=EARLIER,
    purpose="case_work", basis="", procedure_version="", correlation_id=str(AN_ID), causation_id="", traceparent="",
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """What happened, without what is stamped on every event."""

    kind: type[Event]
    facts: dict[str, Any]


def fact(kind: type[Event], /, **facts: Any) -> Fact:
    """Something that happened; `given` says to whom and in which place."""
    defaults = {field.name: field.default for field in fields(kind) if field.default is not MISSING and field.name not in STAMPED}
    return Fact(kind, defaults | facts)


def given(kind: type[A], /, *happened: Fact, id: UUID = AN_ID) -> A:
    """The aggregate after these facts, the first of which began it."""
    aggregate: Any = None
    for version, each in enumerate(happened, start=1):
        topic = {"originator_topic": get_topic(kind)} if version == 1 else {}
        event = each.kind(originator_id=id, originator_version=version, timestamp=EARLIER, **topic, **each.facts)
        event.stamp(PROVENANCE)
        aggregate = event.mutate(aggregate)
    assert isinstance(aggregate, kind)
    return aggregate


def as_stored(event: Event) -> Event:
    """The event as the unit of work leaves it: what was personal is sealed, with a key nobody has."""
    for name, value in vars(event).items():
        if isinstance(value, Personal):
            event.__dict__[name] = Sealed(value.subject, f"event/{name}", "c2VhbGVk")
    return event


def news(aggregate: Aggregate) -> list[Fact]:
    """What happened since `given`, ready to be compared with facts."""
    return [
        Fact(type(event), {field.name: getattr(event, field.name) for field in fields(event) if field.name not in STAMPED})
        for event in cast("list[Event]", aggregate.pending_events)
    ]


def kinds(aggregate: Aggregate) -> list[type[Event]]:
    """Only what kind of things happened."""
    return [each.kind for each in news(aggregate)]
