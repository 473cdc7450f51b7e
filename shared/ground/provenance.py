"""Who asked, for whom, why and when: what stands beside every event and every look-up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from shared.words.vocabulary.people import Purpose, Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Somebody who asks, in one of their hats: an opaque staff id, a role, and the estates and association they belong to."""

    id: str
    role: Role
    association: str
    name: str = field(default="", repr=False)
    estates: frozenset[str] = frozenset()
    on_behalf_of: str = ""
    """Whose hat it is, where the one who asks stands in for somebody who is away."""
    is_on_call: bool = False
    """Whether they are on call for what is acute."""
    shut_from: frozenset[UUID] = frozenset()
    """Homes and cases they keep out of, whatever their hat says."""

    @property
    def is_for(self) -> frozenset[str]:
        """Who may be meant where something names a colleague: themselves, and whom they stand in for."""
        return frozenset({self.id, self.on_behalf_of} - {""})


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """One request, as rules and rows see it: who asks, why, when, and which conversation it belongs to."""

    actor: Actor
    purpose: Purpose
    at: datetime
    correlation_id: UUID
    causation_id: str = ""
    traceparent: str = ""
    happened_at: datetime | None = None
    """When it happened in the world, if that was earlier than `at` (registered in a cellar, sent from the road)."""
    on_behalf_of: str = ""
    purpose_is_stated: bool = True
    """Whether somebody said why; otherwise the purpose is the usual one of the role."""

    def apart(self, *, at: datetime) -> Context:
        """The same in a conversation of its own, at a moment that says less: for what nothing may lead to, and that leads to nothing."""
        return replace(self, at=at, happened_at=None, correlation_id=uuid4(), causation_id="", traceparent="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """What is stored beside an event, in this order, hashed with it (design.md §3.9)."""

    association: str
    actor: str
    role: str
    on_behalf_of: str
    happened_at: datetime
    recorded_at: datetime
    purpose: str
    basis: str
    procedure_version: str
    correlation_id: str
    causation_id: str
    traceparent: str
