"""Kafka → transactions: a batch together, and one by one when something in it is refused (design.md §3.5)."""

from __future__ import annotations

from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4, uuid5

import asyncpg
import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from shared.ground.backoff import Backoff
from shared.ground.database import AWAY
from shared.ground.errors import ChangedMeanwhile, NotAllowed, NotFound, Refusal, SameIdOtherContent, Unreadable, VersionMovedOn
from shared.ground.provenance import Actor, Context
from shared.history.service import TRIED_AGAIN, TRIES, Beginning, Service
from shared.history.unit_of_work import UnitOfWork
from shared.messaging import inbox
from shared.messaging.connections import Connections
from shared.messaging.inbox import Record
from shared.messaging.message import Envelope, MessageRegistry, ReceivedMessage
from shared.messaging.topics import make_topics
from shared.words.vocabulary.people import Purpose, Role

BATCH = 500
BEHIND = "behind"
WAITS_BEHIND = "En tidligere besked om det samme venter; denne venter bag den."

log = structlog.get_logger()


class Listener:
    """Takes in what the others say. The name of the reader is the service's: memory, never changed once deployed."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._registry = MessageRegistry(service.parts.consumes)
        self._reader = service.name
        self._numbers = service.metrics.role("listen")
        self._patience = Backoff()

    async def run(self) -> None:
        """Listen until cancelled; a broker that is away is waited for."""
        while True:
            try:
                await self._listen()
            except (KafkaError, OSError, TimeoutError) as error:
                self._numbers.waits()
                log.warning("listener.waits", service=self._reader, error=type(error).__name__, seconds=self._patience.seconds)
                await self._patience.wait()

    async def _listen(self) -> None:
        settings = self._service.settings
        admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka, request_timeout_ms=10_000)
        try:
            await admin.start()
            await make_topics(admin, partitions=settings.kafka_partitions, replication=settings.kafka_replication)
        finally:
            await admin.close()
        consumer = AIOKafkaConsumer(
            *self._service.parts.topics,
            bootstrap_servers=settings.kafka,
            group_id=f"brobygger.{self._reader}",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=settings.kafka_fetch_wait_ms,
            max_poll_interval_ms=300_000,
            # An emptied broker has no topics when we join again, and we are given none of them; so we look often whether they are there.
            metadata_max_age_ms=10_000,
            session_timeout_ms=15_000,
        )
        try:
            await consumer.start()
            self._patience.reset()
            connections = Connections(consumer)
            astray: set[TopicPartition] = set()
            while True:
                if connections.broke():
                    log.info("listener.connection_broke", service=self._reader)
                    connections.renew()
                    await _back_to_where_we_were(consumer, astray)
                    astray.clear()
                self._numbers.round_done()
                batches = await consumer.getmany(timeout_ms=1000, max_records=BATCH)
                records = [
                    Record(r.topic, r.partition, r.offset, r.key, tuple(r.headers), r.value) for batch in batches.values() for r in batch
                ]
                # What came over a new connection may lie in another log, with something before it that we never received.
                if not records or connections.broke():
                    continue
                await self.take_in(records)
                # And how far we are in the old log must not be noted in a new one.
                if connections.broke():
                    continue
                # Only what moved: naming all partitions of three topics again and again costs as much as taking a message in.
                moved = {place: batch[-1].offset + 1 for place, batch in batches.items() if batch}
                with suppress(
                    CommitFailedError, IllegalStateError
                ):  # somebody else has the partition now; the inbox knows what was consumed
                    await consumer.commit(moved)
                    if connections.broke():  # aiokafka tries again over the next connection: who knows which log it was noted in
                        astray.update(moved)
        finally:
            with suppress(KafkaError, OSError):
                await consumer.stop()

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
            await self._together(records)
        except AWAY:
            raise
        except Exception as error:  # something in the batch is refused, unreadable, or a bug: find out which, one by one
            if len(records) > 1:
                log.info("listener.one_by_one", service=self._reader, records=len(records), error=type(error).__name__)
            for record in records:
                await self._alone(record)

    async def _together(self, records: Sequence[Record]) -> None:
        """All of them in one transaction, or none. Raises what the first bad one raises."""
        received = [(record, self._read(record)) for record in records]
        keys = {key for record in records if (key := record.key_text)}
        prepared = await self._service.prepared([message for _, message in received])
        async with self._service.transaction() as connection:
            fresh = await inbox.deduplicate(
                connection, received, reader=self._reader, keep=self._service.parts.keeps_messages, unless_blocked=keys
            )
            if not fresh and await inbox.blocked(connection, keys, reader=self._reader):
                raise Unreadable(BEHIND, "")
            works = await self._react(connection, [message for _, message in fresh], prepared)
        self._committed(works, consumed=len(fresh), of=len(records))

    async def _alone(self, record: Record) -> None:
        """One record: done, heard before, or parked; a changed aggregate is tried again."""
        for left in reversed(range(TRIES)):
            try:
                async with self._service.transaction() as connection:
                    if await self._waits_behind(connection, record):
                        return
                received = self._read(record)
                prepared = await self._service.prepared([received])
                async with self._service.transaction() as connection:
                    if await self._waits_behind(connection, record):
                        return
                    fresh = await inbox.deduplicate(
                        connection, [(record, received)], reader=self._reader, keep=self._service.parts.keeps_messages
                    )
                    works = await self._react(connection, [message for _, message in fresh], prepared)
                self._committed(works, consumed=len(fresh), of=1)
                return
            except AWAY:
                raise
            except TRIED_AGAIN as error:
                if not left:
                    await self._park(record, error)
            except Exception as error:
                await self._park(record, error)
                return

    async def _waits_behind(self, connection: asyncpg.Connection[Any], record: Record) -> bool:
        """Whether something is parked in front of it; then it waits behind that, parked too."""
        if record.key_text is None or not await inbox.blocked(connection, [record.key_text], reader=self._reader):
            return False
        if await inbox.park(connection, record, reader=self._reader, code=BEHIND, reason=WAITS_BEHIND):
            self._numbers.did("parked")
        return True

    def _committed(self, works: Sequence[UnitOfWork], *, consumed: int, of: int) -> None:
        """What follows a commit: of so many records these were new."""
        self._service.committed(*works)
        self._numbers.did("consumed", consumed)
        self._numbers.did("seen_before", of - consumed)

    async def _park(self, record: Record, error: Exception) -> None:
        code, reason = why(error)
        async with self._service.read() as connection:
            news = await inbox.park(connection, record, reader=self._reader, code=code, reason=reason)
        if news:
            self._numbers.did("parked")
            log.warning(
                "listener.parked", service=self._reader, topic=record.topic, partition=record.partition, offset=record.offset, code=code,
                exc_info=error if code == "failed-here" else None,
            )  # fmt: skip

    async def retry(self, *, id: int | None = None, key: str | None = None) -> tuple[int, int]:
        """Take parked messages in again, in order, with everything behind them; answers how many went in and how many still wait.

        A key stops at its first message that is refused again.
        """
        taken = 0
        stuck: set[str | None] = set()
        while True:
            async with self._service.read() as connection:
                waiting = await inbox.parked(connection, reader=self._reader, key=key)
                if id is not None:
                    chosen = {parked.record.key_text for parked in waiting if parked.id == id}
                    waiting = [
                        parked
                        for parked in waiting
                        if parked.id == id or (parked.record.key is not None and parked.record.key_text in chosen)
                    ]
            waiting = [parked for parked in waiting if parked.record.key_text not in stuck or parked.record.key is None]
            progress = 0
            for parked in waiting:
                name = parked.record.key_text
                if name is not None and name in stuck:
                    continue
                if await self._retry_one(parked):
                    progress += 1
                elif name is not None:
                    stuck.add(name)
            taken += progress
            if not progress:
                return taken, len(waiting)

    async def _retry_one(self, parked: inbox.Parked) -> bool:
        try:
            received = self._read(parked.record)
            prepared = await self._service.prepared([received])
            async with self._service.transaction() as connection:
                fresh = await inbox.deduplicate(
                    connection, [(parked.record, received)], reader=self._reader, keep=self._service.parts.keeps_messages
                )
                works = await self._react(connection, [message for _, message in fresh], prepared)
                await inbox.done(connection, parked.id)
        except AWAY:
            raise
        except Exception as error:
            code, reason = why(error)
            async with self._service.read() as connection:
                await inbox.tried(connection, parked.id, code=code, reason=reason)
            return False
        self._service.committed(*works)
        return True

    def _read(self, record: Record) -> ReceivedMessage:
        received = self._registry.read(headers=record.headers, key=record.key, value=record.value)
        if received.envelope.association not in self._service.settings.associations:
            raise Unreadable("other-association", "Beskeden gælder en boligorganisation, som denne installation ikke betjener.")
        return received

    async def _react(
        self, connection: asyncpg.Connection[Any], received: Sequence[ReceivedMessage], prepared: Beginning
    ) -> list[UnitOfWork]:
        parts = self._service.parts
        works: list[UnitOfWork] = []
        if parts.react_batch:
            if received:
                async with self._service.work(connection, self._context_of(received[-1].envelope)) as work:
                    await parts.react_batch(received, work)
                works.append(work)
            return works
        for message in received:
            reaction = (parts.reactions or {}).get(type(message.message))
            if reaction:
                async with self._service.work(
                    connection,
                    self._context_of(message.envelope, from_outside=message.message.FROM_OUTSIDERS),
                    keyring=prepared.keyring.again(),
                    received=message.envelope,
                    known=prepared.known,
                ) as work:
                    await reaction(message.message, work)
                works.append(work)
        return works

    def _context_of(self, envelope: Envelope, *, from_outside: bool = False) -> Context:
        """A reaction asks in the name of the system, in the conversation the message belongs to.

        What comes from outside begins one of its own: the ids that its sender gave it lead to the person it is about, also when they
        are erased here.
        """
        if from_outside:
            envelope = replace(envelope, id="", correlation_id=str(uuid4()), traceparent="")
        return Context(
            actor=Actor(id=f"system:{self._reader}", role=Role.SYSTEM, association=envelope.association),
            purpose=Purpose.OPERATION,
            at=self._service.clock.now(),
            correlation_id=_uuid(envelope.correlation_id or envelope.id),
            causation_id=envelope.id,
            traceparent=envelope.traceparent,
            on_behalf_of=envelope.actor,
        )


async def _back_to_where_we_were(consumer: AIOKafkaConsumer, astray: Set[TopicPartition]) -> None:
    """Go on from what this broker knows we have received; from the beginning where it knows nothing, or nothing to rely on.

    A broker that was emptied is told everything again, and its log may be longer than the old one before we ask for more of it:
    then nothing but this tells us that we would begin in the middle.
    """
    for place in consumer.assignment():
        noted = None if place in astray else await consumer.committed(place)
        with suppress(IllegalStateError):  # not ours any more
            consumer.seek(place, noted or 0)


def why(error: Exception) -> tuple[str, str]:
    """The code and the plain reason a message is parked with; never anything it said."""
    match error:
        case Unreadable():
            return error.code, error.reason
        case NotFound():
            return "not-found", f"Beskeden handler om noget, der ikke findes her ({error.kind})."
        case Refusal():
            return "refused", str(error)
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
