"""Outbox → Kafka: in order for each key, at least once, one relay at a time for each bucket of keys (design.md §3.3–4)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from time import time
from typing import Any

import asyncpg
import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from shared.ground.backoff import Backoff
from shared.ground.database import connect
from shared.ground.settings import Settings
from shared.ground.telemetry import Metrics, RoleMetrics
from shared.ground.traces import OFF, Traces
from shared.messaging import outbox
from shared.messaging.connections import Connections, greet, refused, wire
from shared.messaging.notifier import CHANNEL
from shared.messaging.topics import make_topics

BATCH = 500
POLL_SECONDS = 2.0
"""The safety net when nobody rang."""
LOOK_AT_BROKER_SECONDS = 5.0
RELAYING = 7_201_002
"""First half of the advisory locks; the second is the bucket."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Waiting:
    position: int
    topic: str
    key: str
    headers: dict[str, str]
    value: bytes


class Relay:
    """Drains one service's outbox. Several may run; each bucket of keys belongs to one of them at a time."""

    def __init__(self, settings: Settings, numbers: RoleMetrics | None = None, traces: Traces = OFF) -> None:
        self._settings = settings
        self._numbers = numbers or Metrics("unwatched").role("relay")
        self._traces = traces
        self._mine: set[int] = set()
        self._rung = asyncio.Event()
        self.patience = Backoff()
        """With the broker and the database."""

    async def run(self) -> None:
        """Relay until cancelled; whatever goes wrong with the broker or the database is waited out."""
        while True:
            try:
                await self._relay()
            except (KafkaError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
                self._numbers.waits()
                log.warning("relay.waits", error=type(error).__name__, why=refused(error, self._settings), seconds=self.patience.seconds)
                await self.patience.wait()

    async def _relay(self) -> None:
        """One life of the connections: until the broker or the database fails, or another broker may have taken its place."""
        async with AsyncExitStack() as stack:
            connection = await connect(self._settings.database_url.get_secret_value())
            stack.push_async_callback(_closed, connection)
            # What we note here may be lost with the server: then it is said again, and whoever heard it drops it. Waiting for the
            # disk would hold up the others instead, for the commit of the listener that hears us stands in line behind ours.
            await connection.execute("set synchronous_commit = off")
            self._mine.clear()
            await connection.add_listener(CHANNEL, self._ring)
            broker = _Broker(self._settings, self._traces)
            await broker.start()
            stack.push_async_callback(broker.stop)
            await self._look_at_broker(connection, broker)
            self.patience.reset()
            looked = asyncio.get_running_loop().time()
            # Over a new connection we may speak to another broker, without topics and without what we said: begin again and look first,
            # or what waits now would be heard before what was forgotten.
            while not broker.connections.broke():
                self._rung.clear()
                await self._take_buckets(connection)
                sent = await self._drain(connection, broker)
                self._numbers.round_done()
                now = asyncio.get_running_loop().time()
                if now - looked > LOOK_AT_BROKER_SECONDS:
                    await self._look_at_broker(connection, broker)
                    await self._forget_old(connection)
                    looked = now
                if sent < BATCH:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(POLL_SECONDS):
                            await self._rung.wait()

    def _ring(self, *_: object) -> None:
        self._rung.set()

    async def _take_buckets(self, connection: asyncpg.Connection[Any]) -> None:
        """Take every bucket that nobody holds; they stay ours as long as the connection lives."""
        free = [bucket for bucket in range(outbox.BUCKETS) if bucket not in self._mine]
        if free:
            taken = await connection.fetch(
                "select bucket from unnest($2::int[]) as bucket where pg_try_advisory_lock($1, bucket)", RELAYING, free
            )
            self._mine.update(row["bucket"] for row in taken)

    async def _drain(self, connection: asyncpg.Connection[Any], broker: _Broker) -> int:
        """Send what waits, oldest first, and mark what was acknowledged. A key stops at its first failure."""
        found = await connection.fetch(
            "select position, topic, key, headers, value from outbox"
            " where sent_at is null and bucket = any($1::smallint[]) order by position limit $2",
            sorted(self._mine), BATCH,
        )  # fmt: skip
        waiting = [_Waiting(*row) for row in found]
        if not waiting:
            return 0
        sent, failure = await broker.send(waiting)
        if sent:
            await self._note_sent(connection, broker, [message.position for message, _ in sent], [where for _, where in sent])
            self._numbers.did("sent", len(sent))
        if failure:
            raise failure
        return len(sent)

    async def _note_sent(
        self, connection: asyncpg.Connection[Any], broker: _Broker, positions: Sequence[int], offsets: Iterable[tuple[str, int, int]]
    ) -> None:
        """Mark these rows as sent, and remember how far each partition reached.

        An offset we had already passed means that the log was emptied.

        Noted is where this batch began, not where it ended: the embedded broker says that a log ends one after the first
        record of its last batch, and a log that only looks shorter would be told everything again, for ever.
        """
        first: dict[tuple[str, int], int] = {}
        last: dict[tuple[str, int], int] = {}
        for topic, partition, offset in offsets:
            first[topic, partition] = min(first.get((topic, partition), offset), offset)
            last[topic, partition] = max(last.get((topic, partition), offset), offset)
        places = list(last)
        before = {
            (row["topic"], row["partition"]): row["last_offset"]
            for row in await connection.fetch(
                # To the hour: what went in one batch would have a moment in common that outlives an erasure.
                "with sent as (update outbox set sent_at = date_trunc('hour', now()) where position = any($4::bigint[]))"
                " insert into relay_offsets as known (topic, partition, last_offset)"
                " select * from unnest($1::text[], $2::int[], $3::bigint[])"
                " on conflict (topic, partition) do update set last_offset = greatest(known.last_offset, excluded.last_offset)"
                " returning topic, partition, last_offset",
                [topic for topic, _ in places], [partition for _, partition in places], [first[place] for place in places],
                list(positions),
            )
        }  # fmt: skip
        if any(before[place] > last[place] for place in places):
            await self._say_everything_again(connection, await broker.cluster_id())

    async def _look_at_broker(self, connection: asyncpg.Connection[Any], broker: _Broker) -> None:
        """Recognise a broker that is not the one we spoke to, or has forgotten what we told it (decision 0003)."""
        cluster_id = await broker.cluster_id()
        known = await connection.fetchval("select cluster_id from relay_broker")
        if known is None:
            await connection.execute("insert into relay_broker (cluster_id) values ($1) on conflict do nothing", cluster_id)
        elif known != cluster_id or await self._log_is_shorter(connection, broker):
            await self._say_everything_again(connection, cluster_id)

    async def _log_is_shorter(self, connection: asyncpg.Connection[Any], broker: _Broker) -> bool:
        known = {
            TopicPartition(topic, partition): offset
            for topic, partition, offset in await connection.fetch("select topic, partition, last_offset from relay_offsets")
        }
        if not known:
            return False
        ends = await broker.ends(known)
        return any(ends.get(place, 0) <= offset for place, offset in known.items())

    async def _say_everything_again(self, connection: asyncpg.Connection[Any], cluster_id: str) -> None:
        async with connection.transaction():
            await connection.execute("select 1 from relay_broker for update")
            await connection.execute("delete from relay_offsets")
            await connection.execute("update relay_broker set cluster_id = $1, met_at = now()", cluster_id)
            again = await outbox.requeue(connection)
        self._rung.set()
        log.info("relay.new_broker", says_again=again)

    async def _forget_old(self, connection: asyncpg.Connection[Any]) -> None:
        await connection.execute("delete from outbox where sent_at < now() - $1::interval", timedelta(days=self._settings.keep_sent_days))


class _Broker:
    """The producer, and what we need to know of the cluster it speaks to."""

    def __init__(self, settings: Settings, traces: Traces) -> None:
        self._settings = settings
        self._traces = traces
        self._stack = AsyncExitStack()
        self._ends: AIOKafkaConsumer | None = None

    async def start(self) -> None:
        await greet(self._settings)
        async with AsyncExitStack() as stack:
            self._admin = AIOKafkaAdminClient(**wire(self._settings), request_timeout_ms=10_000)
            stack.push_async_callback(self._admin.close)
            await self._admin.start()
            await make_topics(self._admin, partitions=self._settings.kafka_partitions, replication=self._settings.kafka_replication)
            self._producer = AIOKafkaProducer(
                **wire(self._settings),
                acks="all",
                enable_idempotence=self._settings.kafka_idempotence,
                request_timeout_ms=10_000,
                max_request_size=2_000_000,
            )
            stack.push_async_callback(self._producer.stop)
            await self._producer.start()
            self.connections = Connections(self._producer)
            self._stack = stack.pop_all()

    async def stop(self) -> None:
        with suppress(KafkaError, OSError):
            await self._stack.aclose()

    async def cluster_id(self) -> str:
        return str((await self._admin.describe_cluster())["cluster_id"])

    async def ends(self, places: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
        if self._ends is None:
            self._ends = AIOKafkaConsumer(**wire(self._settings), group_id=None, enable_auto_commit=False)
            self._stack.push_async_callback(self._ends.stop)
            await self._ends.start()
        return dict(await self._ends.end_offsets(list(places)))

    async def send(self, waiting: Sequence[_Waiting]) -> tuple[list[tuple[_Waiting, tuple[str, int, int]]], Exception | None]:
        """Send in waves with at most one message of a key in the air, so that no failure can change their order."""
        queues: dict[str, list[_Waiting]] = defaultdict(list)
        for message in waiting:
            queues[message.key].append(message)
        sent: list[tuple[_Waiting, tuple[str, int, int]]] = []
        failure: Exception | None = None
        while queues:
            wave = [queue[0] for queue in queues.values()]
            for message, outcome in zip(wave, await self._send_at_once(wave), strict=True):
                if isinstance(outcome, Exception):
                    failure = outcome
                    del queues[message.key]
                    continue
                sent.append((message, outcome))
                queues[message.key].pop(0)
                if not queues[message.key]:
                    del queues[message.key]
        return sent, failure

    async def _send_at_once(self, wave: Sequence[_Waiting]) -> list[tuple[str, int, int] | Exception]:
        async def send(message: _Waiting) -> tuple[str, int, int]:
            headers = [(name, value.encode()) for name, value in message.headers.items()]
            with self._traces.span(
                f"send {message.topic}",
                kind="producer",
                parent=message.headers.get("ce_traceparent", ""),
                attributes={
                    "messaging.system": "kafka",
                    "messaging.destination.name": message.topic,
                    "brobygger.message.type": message.headers["ce_type"],
                },
            ):
                done = await self._producer.send_and_wait(
                    message.topic, message.value, key=message.key.encode(), headers=headers, timestamp_ms=_this_hour()
                )
            return done.topic, done.partition, done.offset

        outcomes = await asyncio.gather(*(send(message) for message in wave), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException) and not isinstance(outcome, Exception):
                raise outcome
        return [outcome for outcome in outcomes if not isinstance(outcome, BaseException) or isinstance(outcome, Exception)]


def _this_hour() -> int:
    """When a record is said to be written. What went together would have its moment in common, also where one of the two is erased later;
    and at the very moment stands elsewhere what an outsider was asked about."""
    return int(time()) // 3600 * 3_600_000


async def _closed(connection: asyncpg.Connection[Any]) -> None:
    """Close, and with it let go of the buckets."""
    connection.terminate() if connection.is_closed() else await connection.close(timeout=2)
