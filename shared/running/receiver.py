"""Messages → transactions: a batch together, and one by one when something in it is refused (design.md §3.5, decision 0021)."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

import asyncpg
import structlog

from shared.ground.backoff import Backoff
from shared.ground.database import AWAY
from shared.ground.errors import (
    Awaits,
    ChangedMeanwhile,
    NotAllowed,
    NotFound,
    Refusal,
    SameIdOtherContent,
    UnknownType,
    Unreadable,
    VersionMovedOn,
)
from shared.ground.fields import FIRST
from shared.ground.provenance import Actor, Context
from shared.ground.traces import Span
from shared.history.service import HAS_HAPPENED, TRIED_AGAIN, TRIES, Beginning, Service
from shared.history.unit_of_work import UnitOfWork
from shared.messaging import inbox, parked_desk, parking, unknown_types
from shared.messaging.inbox import Record
from shared.messaging.message import Envelope, Message, MessageRegistry, ReceivedMessage
from shared.messaging.parking import AWAITS, BEHIND, Stand
from shared.privacy.personal import CannotBeOpened
from shared.privacy.proposals import BeingErased
from shared.words.vocabulary.people import Purpose, Role

SWEEP_SECONDS = 60.0
"""So often everything that waits for something is tried, besides when somebody said that it is there."""
MADE_READABLE = ("unknown-version", "unknown-type")
"""What an upgrade of this service may have made readable: tried when it starts."""
WAITS_BEHIND = "En tidligere besked om det samme venter; denne venter bag den."

log = structlog.get_logger()


class Receiver:
    """Takes messages in, or lets them wait, each key in its line. The name of the reader is the service's: memory, never changed."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._registry = MessageRegistry(service.parts.consumes)
        self._reader = service.name
        self._numbers = service.metrics.role("listen")
        self._sweeps_at: float | None = None

    async def take_in(self, records: Sequence[Record]) -> None:
        """Take these records in, or park them; returns only when each is one or the other."""
        backoff = Backoff(first_seconds=0.1)
        while True:
            try:
                await self._take_in(records)
                return
            except AWAY as error:
                self._numbers.waits()
                log.warning("listener.database_away", service=self._reader, error=type(error).__name__)
                await backoff.wait()

    async def _take_in(self, records: Sequence[Record]) -> None:
        try:
            await self.together(records)
        except AWAY:
            raise
        except Exception as error:  # something in the batch is refused, unreadable, or a bug: find out which, one by one
            if len(records) > 1:
                log.info("listener.one_by_one", service=self._reader, records=len(records), error=type(error).__name__)
            for record in records:
                await self._alone(record)

    async def together(self, records: Sequence[Record]) -> int:
        """All of them in one transaction, or none; answers how many were news. Raises what the first bad one raises; what is of no known
        type is passed."""
        received: list[tuple[Record, ReceivedMessage]] = []
        foreign: list[str] = []
        for record in records:
            try:
                received.append((record, self._read(record)))
            except UnknownType as unknown:
                foreign.append(unknown.type)
        keys = {key for record, _ in received if (key := record.key_text)}
        async with (
            self._service.prepared([message for _, message in received]) as prepared,
            self._service.transaction() as connection,
        ):
            fresh = await inbox.deduplicate(
                connection, received, reader=self._reader, keep=self._service.parts.keeps_messages, unless_blocked=keys
            )
            if not fresh and await parking.blocked(connection, keys, reader=self._reader):
                raise Unreadable(BEHIND, "")
            works = await self._react(connection, [message for _, message in fresh], prepared)
            passed = await unknown_types.note(connection, foreign, reader=self._reader) if foreign else {}
        self._passed(passed)
        self._committed(works, consumed=len(fresh), of=len(received))
        return sum(bool(work.stored) for work in works)

    async def _alone(self, record: Record) -> None:
        """One record: done, heard before, passed, or parked; a changed aggregate is tried again."""
        for left in reversed(range(TRIES)):
            stand = parking.ALONE
            try:
                async with self._prepared(record) as prepared, self._service.transaction() as connection:
                    received, foreign = None, None
                    try:
                        received = self._read(record)
                    except UnknownType as unknown:
                        foreign = await unknown_types.note(connection, [unknown.type], reader=self._reader)
                    except Unreadable as error:
                        unreadable = error
                    if foreign is None:
                        await parking.lock_line(connection, record.key_text, reader=self._reader)
                        line = await parking.line_of(connection, record.key_text, reader=self._reader)
                        if line and await self._knows(connection, record):
                            self._numbers.did("seen_before")
                            return
                        stand = parking.stand_of(record, line, newer_replaces=self._registry.newer_replaces(record.type))
                        if not stand.tried:
                            await self._wait_behind(connection, record, stand)
                            return
                        if received is None:
                            raise unreadable
                        fresh = await inbox.deduplicate(
                            connection, [(record, received)], reader=self._reader, keep=self._service.parts.keeps_messages
                        )
                        works = await self._react(connection, [message for _, message in fresh], prepared)
                        await parking.replaced(connection, stand.instead_of)
                if foreign is not None:
                    self._passed(foreign)
                    return
                self._committed(works, consumed=len(fresh), of=1)
            except AWAY:
                raise
            except TRIED_AGAIN as error:
                if not left:
                    await self._park(record, error, stand)
                continue
            except Exception as error:
                await self._park(record, error, stand)
                return
            if stand.instead_of:  # what stood behind the wrong one goes on by itself
                await self.retry(key=record.key_text)
            return

    def _prepared(self, record: Record) -> AbstractAsyncContextManager[Beginning]:
        """What its reaction needs of the vault; nothing where it cannot be read."""
        try:
            received = [self._read(record)]
        except (UnknownType, Unreadable):
            received = []
        return self._service.prepared(received)

    async def _knows(self, connection: asyncpg.Connection[Any], record: Record) -> bool:
        """Whether it was consumed, or is or was parked: told again, it joins no line."""
        if record.name is not None and await inbox.consumed(connection, record, reader=self._reader):
            return True
        return await parking.known(connection, record, reader=self._reader)

    async def _wait_behind(self, connection: asyncpg.Connection[Any], record: Record, stand: Stand) -> None:
        if await parking.park(connection, record, reader=self._reader, code=BEHIND, reason=WAITS_BEHIND, place=stand.place):
            await parking.replaced(connection, stand.instead_of)
            self._numbers.did("parked")

    def _committed(self, works: Sequence[UnitOfWork], *, consumed: int, of: int) -> None:
        """What follows a commit: of so many records these were new."""
        self._service.committed(*works)
        self._numbers.did("consumed", consumed)
        self._numbers.did("seen_before", of - consumed)

    def _passed(self, types: Mapping[str, int]) -> None:
        """These were of types that are not known here."""
        for name, messages in types.items():
            self._numbers.passed(name, messages)

    async def _park(self, record: Record, error: Exception, stand: Stand) -> None:
        """What it was to correct it stands for, when its sender named it the same, or when all it lacks is something else."""
        code, reason, awaits = why(error)
        takes_place = stand.place is not None or code == AWAITS
        async with self._service.transaction() as connection:
            await parking.lock_line(connection, record.key_text, reader=self._reader)
            place = stand.place or (min(stand.instead_of, default=None) if takes_place else None)
            news = await parking.park(connection, record, reader=self._reader, code=code, reason=reason, awaits=awaits, place=place)
            if news and takes_place:
                await parking.replaced(connection, stand.instead_of)
        if news:
            self._numbers.did("waiting" if awaits else "parked")
            log.warning(
                "listener.parked", service=self._reader, topic=record.topic, partition=record.partition, offset=record.offset, code=code,
                exc_info=error if code == "failed-here" else None,
            )  # fmt: skip

    async def take_in_waiting(self, *, every: bool = False) -> int:
        """Take in those whose time has come, and what stands behind them; answers how many went in."""
        codes = (AWAITS,) if self._sweeps_at is not None else (AWAITS, *MADE_READABLE)
        async with self._service.read() as connection:
            ids = await parking.whose_time_has_come(connection, reader=self._reader)
            if every:
                ids = await parking.parked_with(connection, codes, reader=self._reader)
        taken = 0
        for id in ids:
            went_in, _ = await self.retry(id=id)
            taken += went_in
        if every:
            self._sweeps_at = time.monotonic() + SWEEP_SECONDS
        return taken

    async def retry(self, *, id: int | None = None, key: str | None = None) -> tuple[int, int]:
        """Take parked messages in again, in order, with everything behind them; answers how many went in and how many still wait.

        A key stops at its first message that is refused again.
        """
        taken = 0
        stuck: set[str] = set()
        tried: set[int] = set()
        while True:
            async with self._service.read() as connection:
                line = await parking.waiting(connection, reader=self._reader, id=id, key=key)
            progress = 0
            for parked in line:
                name = parked.record.key_text
                if name in stuck or parked.id in tried:
                    continue
                if await self._retry_one(parked):
                    progress += 1
                elif name is not None:
                    stuck.add(name)
                else:
                    tried.add(parked.id)
            taken += progress
            if not progress:
                return taken, len(line)

    async def _retry_one(self, parked: parking.Parked) -> bool:
        """Whether it went in, or was settled by somebody else; a changed aggregate is tried again."""
        for left in reversed(range(TRIES)):
            try:
                await self._retry_once(parked)
                return True
            except AWAY:
                raise
            except Exception as error:
                if isinstance(error, TRIED_AGAIN) and left:
                    continue
                code, reason, awaits = why(error)
                async with self._service.read() as connection:
                    await parking.tried(connection, parked.id, code=code, reason=reason, awaits=awaits)
                return False
        raise AssertionError("unreachable")

    async def _retry_once(self, parked: parking.Parked) -> None:
        async with self._prepared(parked.record) as prepared, self._service.transaction() as connection:
            await parking.lock_line(connection, parked.record.key_text, reader=self._reader)
            if not await parking.still_waits(connection, parked.id):
                return
            try:
                received = [(parked.record, self._read(parked.record))]
            except UnknownType as unknown:  # parked by a release that let it wait
                await unknown_types.note(connection, [unknown.type], reader=self._reader)
                await parking.done(connection, parked.id, outcome="passed")
                return
            fresh = await inbox.deduplicate(connection, received, reader=self._reader, keep=self._service.parts.keeps_messages)
            works = await self._react(connection, [message for _, message in fresh], prepared)
            await parking.done(connection, parked.id)
        self._service.committed(*works)

    async def put_aside(self, id: int, *, by: str, reason: str) -> None:
        """A person decides that a message is not to be taken in; what waited behind it is. Raises as `parked_desk.decide`."""
        await self._decide(id, "put_aside", by=by, reason=reason)

    async def take_up(self, id: int, *, by: str, reason: str) -> None:
        """A person decides otherwise: it stands in its line again, and is tried. Raises as `parked_desk.decide`."""
        await self._decide(id, "taken_up", by=by, reason=reason)

    async def _decide(self, id: int, decision: parked_desk.Decision, *, by: str, reason: str) -> None:
        async with self._service.transaction() as connection:
            key = await parked_desk.decide(connection, id, reader=self._reader, decision=decision, by=by, reason=reason)
        log.info("listener.decided", service=self._reader, parked=id, decision=decision, by=by)
        if key is not None:
            await self.retry(key=key)
        elif decision == "taken_up":
            await self.retry(id=id)

    def _read(self, record: Record) -> ReceivedMessage:
        received = self._registry.read(headers=record.headers, key=record.key, value=record.value)
        if received.envelope.association not in self._service.settings.associations:
            raise Unreadable("other-association", "Beskeden gælder en boligorganisation, som denne installation ikke betjener.")
        received.must_be_in_its_place(topic=record.topic, key=record.key_text)
        return replace(received, envelope=_by(self._service.clock.now(), received.envelope))

    async def _react(
        self, connection: asyncpg.Connection[Any], received: Sequence[ReceivedMessage], prepared: Beginning
    ) -> list[UnitOfWork]:
        parts = self._service.parts
        works: list[UnitOfWork] = []
        if prepared.acts and received:
            if not prepared.begun <= {(message.envelope.source, message.envelope.id) for message in received}:
                raise ChangedMeanwhile  # one of them is taken in, or put aside: what the others propose is told apart one by one
            await connection.executemany(HAS_HAPPENED, [(act,) for act in prepared.acts])
        if parts.react_batch:
            if received:
                counted: dict[str, str | int] = {"messaging.system": "kafka", "messaging.batch.message_count": len(received)}
                with self._service.traces.span("take in", kind="consumer", attributes=counted):
                    async with self._service.work(connection, self._context_of(received[-1].envelope)) as work:
                        await parts.react_batch(received, work)
                works.append(work)
            return works
        for message in received:
            reaction = (parts.reactions or {}).get(type(message.message))
            if reaction:
                context = self._context_of(message.envelope, from_outside=message.message.FROM_OUTSIDERS)
                async with self._service.work(
                    connection, context, keyring=prepared.keyring.again(), received=message.envelope, known=prepared.known
                ) as work:
                    with self._taking_in(type(message.message), context):
                        await reaction(message.message, work)
                works.append(work)
        return works

    def _taking_in(self, message: type[Message], context: Context) -> AbstractContextManager[Span]:
        """The span of a reaction; it came of what the message came of."""
        told: dict[str, str | int] = {
            "messaging.system": "kafka",
            "messaging.destination.name": message.TOPIC,
            "brobygger.message.type": message.TYPE,
        }
        return self._service.traces.span(f"take in {message.TYPE}", kind="consumer", parent=context.traceparent, attributes=told)

    def _context_of(self, envelope: Envelope, *, from_outside: bool = False) -> Context:
        """A reaction asks in the name of the system, in the conversation the message belongs to.

        What comes from outside begins one of its own: the ids that its sender gave it lead to the person it is about, also when they
        are erased here.
        """
        if from_outside:  # and whom it calls itself is kept for ever: there may stand a name
            envelope = replace(envelope, id="", actor="erp", correlation_id=str(uuid4()), traceparent="")
        return Context(
            actor=Actor(id=f"system:{self._reader}", role=Role.SYSTEM, association=envelope.association),
            purpose=Purpose.OPERATION,
            at=self._service.clock.now(),
            correlation_id=_uuid(envelope.correlation_id or envelope.id),
            causation_id=envelope.id,
            traceparent=envelope.traceparent,
            on_behalf_of=envelope.actor,
        )


def _by(now: datetime, envelope: Envelope) -> Envelope:
    """What is told from tomorrow was heard today: a clock runs fast there, or somebody wants it to stand on top for ever. And nothing of
    ours is from before there was any of us."""
    time, recorded_at = (max(min(told, now), FIRST) for told in (envelope.time, envelope.recorded_at))
    return replace(envelope, time=time, recorded_at=recorded_at)


def why(error: Exception) -> tuple[str, str, str | None]:
    """The code and the plain reason a message is parked with, never anything it said; and what it waits for."""
    if isinstance(error, BeingErased):
        return AWAITS, "Den, beskeden handler om, er ved at blive slettet. Den prøves igen, når det er sket.", None
    if isinstance(error, Awaits):
        return AWAITS, f"{error} {error.next_step}", parking.awaited(error.awaited, error.id)
    return *_why_not(error), None


def _why_not(error: Exception) -> tuple[str, str]:
    match error:
        case Unreadable():
            return error.code, error.reason
        case NotFound():
            return "not-found", f"Beskeden handler om noget, der ikke findes her ({error.kind})."
        case Refusal():
            return "refused", str(error)
        case CannotBeOpened():
            return "forged", "Noget i beskeden er forseglet for et andet sted, eller er ændret undervejs."
        case ChangedMeanwhile() | VersionMovedOn() | SameIdOtherContent() | NotAllowed():
            return "conflict", "Beskeden strider mod det, der allerede er sket her."
        case _:
            return "failed-here", f"Tjenesten selv fejlede ({type(error).__name__}); ret fejlen og prøv igen."


NOT_A_UUID = UUID("6f0f2b5e-53c8-5b0c-9d3a-3c1e6f1d7a10")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid5(NOT_A_UUID, text)
