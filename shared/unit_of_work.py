"""One decision: its events, its rows, its messages, all or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import fields
from typing import Any, TypeVar
from uuid import UUID

import asyncpg

from shared import event_store, outbox
from shared.aggregate import Aggregate, Event
from shared.errors import NotFound, VersionMovedOn
from shared.message import Envelope, Message, envelope_for, event_id
from shared.personal import Keyring, Personal
from shared.provenance import Asked, Provenance
from shared.staff import StaffDirectory

A = TypeVar("A", bound=Aggregate)
Projection = Callable[["asyncpg.Connection[Any]", Event], Awaitable[None]]
Announce = Callable[[Event], Iterable[Message]]


class UnitOfWork:
    """What a command has in hand while its transaction is open."""

    def __init__(
        self,
        *,
        rows: asyncpg.Connection[Any],
        asked: Asked,
        service: str,
        projections: tuple[Projection, ...],
        announce: Announce,
        keyring: Keyring,
        heard: Envelope | None = None,
        staff: Callable[[], StaffDirectory] = lambda: StaffDirectory(()),
    ) -> None:
        self.rows = rows
        self.asked = asked
        self.heard = heard
        self.said = False
        """Whether something waits in the outbox because of this work."""
        self._staff = staff
        self._service = service
        self._projections = projections
        self._announce = announce
        self._keyring = keyring
        self._heads: dict[UUID, bytes] = {}

    @property
    def association(self) -> str:
        """The association of the one who asks; nothing crosses between two."""
        return self.asked.actor.association

    @property
    def staff(self) -> StaffDirectory:
        """The people who work here; read when somebody asks."""
        return self._staff()

    async def load(self, kind: type[A], id: UUID, *, version: int | None = None) -> A:
        """The aggregate as it is now.

        Raises `NotFound` when there is none in this association, and `VersionMovedOn` when `version`
        is given and is not the newest.
        """
        aggregate = await self.find(kind, id)
        if aggregate is None:
            raise NotFound(kind.__name__, id)
        if version is not None and version != aggregate.version:
            raise VersionMovedOn(newest=aggregate.version)
        return aggregate

    async def find(self, kind: type[A], id: UUID) -> A | None:
        """The aggregate, or `None`."""
        history = await event_store.load(self.rows, id, association=self.association)
        self._heads[id] = history.head
        aggregate = event_store.replayed(kind, history.events)
        if aggregate is not None and not isinstance(aggregate, kind):
            raise NotFound(kind.__name__, id)
        return aggregate

    async def save(self, aggregate: Aggregate, *, basis: str = "", procedure_version: str = "") -> None:
        """Append what happened, project it, and queue what the others are to know.

        Raises `ChangedMeanwhile` when somebody was faster.
        """
        events: list[Event] = list(aggregate.collect_events())  # type: ignore[arg-type]
        if not events:
            return
        provenance = self._provenance(basis=basis, procedure_version=procedure_version)
        for event in events:
            self._seal(event)
            event.stamp(provenance)
        head = self._heads.get(aggregate.id, event_store.GENESIS)
        self._heads[aggregate.id] = await event_store.append(self.rows, events, head=head)
        for event in events:
            for project in self._projections:
                await project(self.rows, event)
        await self._tell(events, provenance)

    async def _tell(self, events: Iterable[Event], provenance: Provenance) -> None:
        messages = [
            (
                envelope_for(
                    said, service=self._service, stream_id=event.originator_id, version=event.originator_version, provenance=provenance
                ),
                said,
            )
            for event in events
            for said in self._announce(event)
        ]
        if messages:
            await outbox.put(self.rows, messages)
            self.said = True

    def _provenance(self, *, basis: str, procedure_version: str) -> Provenance:
        asked = self.asked
        return Provenance(
            association=asked.actor.association,
            actor=asked.actor.id,
            role=asked.actor.role.value,
            on_behalf_of=asked.on_behalf_of,
            happened_at=asked.happened_at or asked.at,
            recorded_at=asked.at,
            purpose=asked.purpose.value,
            basis=basis,
            procedure_version=procedure_version,
            correlation_id=str(asked.correlation_id),
            causation_id=asked.causation_id,
            traceparent=asked.traceparent,
        )

    def _seal(self, event: Event) -> None:
        """Close every personal value of an event; one that is nested deeper stops the transcoder instead."""
        facts = vars(event)
        for field in fields(event):
            value = facts.get(field.name)
            if isinstance(value, Personal):
                of = f"{event_id(event.originator_id, event.originator_version)}/{field.name}"
                facts[field.name] = self._keyring.seal(value, of=of)
