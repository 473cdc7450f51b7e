"""Kafka → the receiver, which takes in or parks; what was received is noted when it is one or the other (design.md §3.5)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Set
from contextlib import suppress

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from shared.ground.backoff import Backoff
from shared.ground.database import AWAY
from shared.history.service import Service
from shared.messaging.connections import Connections, greet, refused, wire
from shared.messaging.inbox import Record
from shared.messaging.message import in_binary_mode
from shared.messaging.topics import make_topics
from shared.running.receiver import Receiver

BATCH = 500
LOOK_SECONDS = 1.0
"""How soon what waited goes in, when it is said that what it waits for is here."""

log = structlog.get_logger()


class Listener(Receiver):
    """Receives what the others say from the broker, until cancelled."""

    def __init__(self, service: Service) -> None:
        super().__init__(service)
        self._patience = Backoff()
        self._looks_at = 0.0
        self._astray: set[TopicPartition] = set()
        """Where it may be noted in a new log how far we were in the old one: whenever such a place is given to us, we begin it anew,
        until we could note better."""

    async def run(self) -> None:
        """Listen until cancelled; a broker that is away is waited for."""
        while True:
            try:
                await self._listen()
            except (KafkaError, OSError, TimeoutError) as error:
                self._numbers.waits()
                said = refused(error, self._service.settings)
                log.warning("listener.waits", service=self._reader, error=type(error).__name__, why=said, seconds=self._patience.seconds)
                await self._patience.wait()

    async def _listen(self) -> None:
        settings = self._service.settings
        await greet(settings)
        admin = AIOKafkaAdminClient(**wire(settings), request_timeout_ms=10_000)
        try:
            await admin.start()
            await make_topics(admin, partitions=settings.kafka_partitions, replication=settings.kafka_replication)
        finally:
            await admin.close()
        consumer = AIOKafkaConsumer(
            **wire(settings),
            group_id=f"brobygger.{self._reader}",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=settings.kafka_fetch_wait_ms,
            max_poll_interval_ms=300_000,
            # An emptied broker has no topics when we join again, and we are given none of them; so we look often whether they are there.
            metadata_max_age_ms=10_000,
            session_timeout_ms=15_000,
        )
        consumer.subscribe(self._service.parts.topics, listener=_BeginsAnew(consumer, self._astray))
        try:
            await consumer.start()
            self._patience.reset()
            connections = Connections(consumer)
            while True:
                if connections.broke():
                    log.info("listener.connection_broke", service=self._reader)
                    connections.renew()
                    await _back_to_where_we_were(consumer, self._astray)
                self._numbers.round_done()
                await self._look_who_waits()
                batches = await consumer.getmany(timeout_ms=1000, max_records=BATCH)
                records = [
                    Record(r.topic, r.partition, r.offset, r.key, *in_binary_mode(tuple(r.headers), r.value))
                    for batch in batches.values()
                    for r in batch
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
                try:
                    await consumer.commit(moved)
                    self._astray.difference_update(moved)
                except (CommitFailedError, IllegalStateError):
                    pass  # somebody else has the partition now; the inbox knows what was consumed
                finally:
                    if connections.broke():  # aiokafka tries again over the next connection: who knows which log it was noted in
                        self._astray.update(moved)
        finally:
            with suppress(KafkaError, OSError):
                await consumer.stop()

    async def _look_who_waits(self) -> None:
        """Take in what waited for something that has come; at the start, and each minute, whatever waits."""
        if time.monotonic() < self._looks_at:
            return
        self._looks_at = time.monotonic() + LOOK_SECONDS
        try:
            await self.take_in_waiting(every=self._sweeps_at is None or time.monotonic() >= self._sweeps_at)
        except AWAY as error:
            self._numbers.waits()
            log.warning("listener.database_away", service=self._reader, error=type(error).__name__)


class _BeginsAnew(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka tells no types
    """A broker that was emptied may note what we say of the old log before it gives us any place of the new one."""

    def __init__(self, consumer: AIOKafkaConsumer, astray: set[TopicPartition]) -> None:
        self._consumer = consumer
        self._astray = astray

    async def on_partitions_revoked(self, _revoked: Iterable[TopicPartition]) -> None:
        """Whoever has it next knows from the inbox what was consumed."""

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """From the beginning where what is noted is of another log."""
        for place in self._astray.intersection(assigned):
            self._consumer.seek(place, 0)


async def _back_to_where_we_were(consumer: AIOKafkaConsumer, astray: Set[TopicPartition]) -> None:
    """Go on from what this broker knows we have received; from the beginning where it knows nothing, or nothing to rely on.

    A broker that was emptied is told everything again, and its log may be longer than the old one before we ask for more of it:
    then nothing but this tells us that we would begin in the middle. What is astray stays so until something better is noted there.
    """
    for place in consumer.assignment():
        noted = None if place in astray else await consumer.committed(place)
        with suppress(IllegalStateError):  # not ours any more
            consumer.seek(place, noted or 0)
