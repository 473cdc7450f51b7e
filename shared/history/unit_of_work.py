"""One decision: its events, its rows, its messages, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

import asyncpg
from asyncpg.transaction import Transaction
from eventsourcing.utils import get_topic

from shared.ground.errors import NotFound, VersionMovedOn
from shared.ground.fields import FreeText
from shared.ground.provenance import Context, Provenance
from shared.ground.statements import Statement, Statements, combined
from shared.history import event_store
from shared.history.aggregate import Aggregate, Event
from shared.history.aggregate_cache import AggregateCache
from shared.history.projection import Projection
from shared.history.whereabouts import say_where
from shared.messaging import outbox
from shared.messaging.message import Envelope, Message, envelope_for, event_id
from shared.privacy.personal import Keyring, Personal, Sealed, Whereabouts
from shared.privacy.staff import StaffDirectory

A = TypeVar("A", bound=Aggregate)
Opened = Callable[[Sealed | None], str | None]
"""What a sealed value of this work says; `None` where there is none, or nothing opens it any more."""
Announce = Callable[[Event, Opened], Iterable[Message]]
Tell = Callable[[Any, Sequence[Event]], Iterable[Message]]


class UnitOfWork:
    """What a command has in hand. Used as `async with`: what was saved is written at its end, all or nothing.

    Most decisions read one history and write one statement, which needs no transaction around it. Where there is more to
    write, or a command asks for `rows`, there is one: the one that was open already, or our own.
    """

    def __init__(
        self,
        *,
        connection: asyncpg.Connection[Any],
        context: Context,
        service: str,
        projections: tuple[Projection, ...],
        announce: Announce,
        tell: Tell = lambda *_: (),
        keyring: Keyring,
        received: Envelope | None = None,
        known: Mapping[tuple[UUID | None, UUID], UUID] | None = None,
        staff: Callable[[], StaffDirectory] = lambda: StaffDirectory(()),
        cache: AggregateCache | None = None,
        memo: dict[Any, Any] | None = None,
    ) -> None:
        self.context = context
        self.received = received
        self.has_messages = False
        """Whether something waits in the outbox because of this work."""
        self.changes_staff = False
        """Whether somebody who works here is another after this work."""
        self.stored: list[str] = []
        """The topic of every event that was saved."""
        self.known = known or {}
        """Under which id a tenancy of the ERP (`None`, its id), or a person's part of something, is known here: of those that what was
        heard is about."""
        self.memo = {} if memo is None else memo
        """What never changes, once it was read from this database: for as long as the service runs."""
        self._rows = connection
        self._transaction: Transaction | None = None
        self._staff = staff
        self.service = service
        """Which of the services does it."""
        self._projections = projections
        self._announce = announce
        self._tell = tell
        self._keyring = keyring
        self._cache = AggregateCache() if cache is None else cache
        self._heads: dict[UUID, bytes] = {}
        self._in_hand: dict[UUID, Aggregate] = {}
        self._facts: list[Statement] = []
        """Not written yet: events, and what goes with them. No projection reads any of it."""
        self._said: list[tuple[Envelope, Message]] = []
        """Not written yet: what is told without an event."""
        self._projected = Statements(self.opened)
        """Not written yet: rows of read models, each of which may build on those before it."""

    @property
    def association(self) -> str:
        """The association of the one who asks; nothing crosses between two."""
        return self.context.actor.association

    @property
    def staff(self) -> StaffDirectory:
        """The people who work here; read when somebody asks."""
        return self._staff()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Write what was saved. Raises `ChangedMeanwhile` when somebody was faster."""
        try:
            if error is None:
                if len(self._projected) > 1:
                    await self._begin()
                await self._write()
        except BaseException:
            await self._end(all_is_well=False)
            raise
        await self._end(all_is_well=error is None)

    async def flush(self) -> None:
        """Write what was saved so far, in a transaction: what is saved after this builds on it."""
        await self.rows()

    async def rows(self) -> asyncpg.Connection[Any]:
        """The connection for queries and locks, in a transaction; what was saved so far is there."""
        await self._begin()
        await self._write()
        return self._rows

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
        if self._facts:
            await self.flush()
        aggregate, head = await self._brought_up_to_date(id) or await self._read_whole(id)
        self._heads[id] = head
        if aggregate is None:
            return None
        if not isinstance(aggregate, kind):
            raise NotFound(kind.__name__, id)
        self._in_hand[id] = aggregate
        return aggregate

    async def _brought_up_to_date(self, id: UUID) -> tuple[Aggregate, bytes] | None:
        lent = self._cache.take(self.association, id)
        if lent is None:
            return None
        aggregate, head = lent
        news = await event_store.since(self._rows, id, association=self.association, version=aggregate.version, head=head)
        if news is None:
            return None
        event_store.replayed(type(aggregate), news.events, onto=aggregate)
        return aggregate, news.head

    async def _read_whole(self, id: UUID) -> tuple[Aggregate | None, bytes]:
        history = await event_store.load(self._rows, id, association=self.association)
        return event_store.replayed(Aggregate, history.events), history.head

    async def save(self, aggregate: Aggregate, *, basis: str = "", procedure_version: str = "") -> None:
        """Keep what happened, what the others are to know of it, and its rows; written at the end of the work."""
        events: list[Event] = list(aggregate.collect_events())  # type: ignore[arg-type]
        if not events:
            return
        provenance = self._provenance(basis=basis, procedure_version=procedure_version)
        for event in events:
            if self._seal(event):
                self._in_hand.pop(aggregate.id, None)  # it has seen the words themselves
            event.stamp(provenance)
            self.stored.append(get_topic(type(event)))
        added, self._heads[aggregate.id] = event_store.addition(events, head=self._heads.get(aggregate.id, event_store.GENESIS))
        self._facts.append(added)
        messages = self._messages(aggregate, events, provenance)
        if messages:
            self._facts.append(outbox.addition(messages))
            self.has_messages = True
        for project in self._projections:
            await project(self._projected, aggregate, events)

    def opened(self, sealed: Sealed | None) -> str | None:
        """What a sealed value says, if its key is one of those this work has; raises `KeyError` where it is not."""
        return self._keyring.opened(sealed)

    def also(self, fact: Statement) -> None:
        """Write this with what was saved: all of it or nothing."""
        self._facts.append(fact)

    def say(self, message: Message, *, of: UUID, association: str = "") -> None:
        """Tell the others what is no event here, about `of`; said again it has the same id. It goes out with what is saved."""
        provenance = self._provenance(basis="", procedure_version="")
        provenance = replace(provenance, association=association or provenance.association)
        self._said.append((envelope_for(message, service=self.service, stream_id=of, version=1, provenance=provenance), message))
        self.has_messages = True

    def fill_cache(self) -> None:
        """After the commit: what was decided on is at hand for the next decision, unless it has seen a personal value in the open."""
        for id, aggregate in self._in_hand.items():
            if not aggregate.pending_events:
                self._cache.put(self.association, aggregate, self._heads[id])

    async def _begin(self) -> None:
        if not self._rows.is_in_transaction():
            self._transaction = self._rows.transaction()
            await self._transaction.start()

    async def _write(self) -> None:
        """The facts, and the first row with them, go to the server together; the other rows one by one."""
        if self._said:
            self._facts.append(outbox.addition(self._said))
            self._said = []
        facts, rows = self._facts, self._projected
        self._facts, self._projected = [], Statements(self.opened)
        if facts:
            with event_store.only_if_newest():
                for statement in (combined(*facts, *rows[:1]), *rows[1:]):
                    await self._rows.execute(statement.sql, *statement.values)

    async def _end(self, *, all_is_well: bool) -> None:
        if self._transaction:
            await (self._transaction.commit() if all_is_well else self._transaction.rollback())

    def _messages(self, aggregate: Aggregate, events: Sequence[Event], provenance: Provenance) -> list[tuple[Envelope, Message]]:
        """What each event announces, and what the aggregate tells of itself after the last of them."""
        said = [(event, message) for event in events for message in self._announce(event, self.opened)]
        said += [(events[-1], message) for message in self._tell(aggregate, events)]
        return [
            (
                envelope_for(
                    message, service=self.service, stream_id=event.originator_id, version=event.originator_version, provenance=provenance
                ),
                message,
            )
            for event, message in said
        ]

    def _provenance(self, *, basis: str, procedure_version: str) -> Provenance:
        context = self.context
        return Provenance(
            association=context.actor.association,
            actor=context.actor.id,
            role=context.actor.role.value,
            on_behalf_of=context.on_behalf_of,
            happened_at=min(context.happened_at or context.at, context.at),
            recorded_at=context.at,
            purpose=context.purpose.value,
            basis=basis,
            procedure_version=procedure_version,
            correlation_id=str(context.correlation_id),
            causation_id=context.causation_id,
            traceparent=context.traceparent,
        )

    def _seal(self, event: Event) -> bool:
        """Close every personal value of an event, and answer whether there was one; one that is nested deeper stops the transcoder.

        What somebody wrote and no rule made personal stops here (`TypeError`): a rule that forgot to is not stored in the clear. So does
        what says where it is in a field that is not declared to (`say_where`).
        """
        facts, personal = vars(event), dict[str, Personal]()
        for name, value in facts.items():
            if type(value) is FreeText:
                raise TypeError(f"{type(event).__name__} would store the words in {name} in the clear")
            if isinstance(value, Personal):
                personal[name] = value
            if isinstance(value, Whereabouts) and name not in say_where(type(event)):
                raise TypeError(
                    f"{type(event).__name__} says in {name} where it is, and does not declare it: a correction would forget its key"
                )
        for name, value in personal.items():
            facts[name] = self._keyring.seal(value, of=f"{event_id(event.originator_id, event.originator_version)}/{name}")
        return bool(personal)
