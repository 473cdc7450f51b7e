"""The Kafka the tests run on: a given address, a container, Apache Kafka on Java, or the embedded broker (design.md §9)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from local.broker import EmbeddedBroker, free_port
from local.broker import version as embedded_version
from tests.support import apache_kafka
from tests.support.apache_kafka import ApacheKafka
from tests.support.containers import docker_has, settle_testcontainers
from tests.support.eventually import eventually
from tests.support.memory import memory

if TYPE_CHECKING:
    from testcontainers.core.container import DockerContainer

GIVEN = "BROBYGGER_TEST_KAFKA"
IMAGE = f"apache/kafka:{apache_kafka.VERSION}"
KAFKA, EMBEDDED = "kafka", "embedded"
ALL = (KAFKA, EMBEDDED)
"""What the fixture `any_broker` may be wished to be."""
ON_EVERY_BROKER = "on_every_broker"
"""The mark of a test that is tried on all of them; the others are on the first."""


def kind() -> str:
    """Which Kafka will be used where one is enough: `given`, `container`, `apache` or `embedded`."""
    if os.environ.get(GIVEN):
        return "given"
    if docker_has(IMAGE):
        return "container"
    return "apache" if apache_kafka.available() else "embedded"


def kind_to_harm(wish: str) -> str:
    """Which broker a test may kill: the embedded one, or Apache Kafka in the quickest form that is ours, where there is one."""
    if wish == EMBEDDED or not (apache_kafka.available() or docker_has(IMAGE)):
        return EMBEDDED
    return "apache" if apache_kafka.available() else "container"


def described() -> str:
    """The same in words, for the head of the test report."""
    words = {
        "given": f"the one at {GIVEN}",
        "container": f"Apache Kafka {apache_kafka.VERSION} in container {IMAGE}",
        "apache": f"Apache Kafka {apache_kafka.VERSION} on Java",
        "embedded": f"Tansu {embedded_version()} embedded",
    }
    return f"{words[kind()]}; what is done to brokers: {words[kind_to_harm(KAFKA)]}, a story of each kind: {words[EMBEDDED]}"


class Broker(ABC):
    """A broker that can be asked to fail. `bootstrap` stays the same over restarts; `cluster_id` changes when the data is gone."""

    kind: str
    keeps_data: bool
    """Whether `restart` comes back with the same data; the embedded broker cannot."""
    bootstrap: str
    fetch_max_wait_ms: int = 500
    """What a consumer should ask for; the embedded broker's long poll answers late (design.md §9)."""

    async def start(self) -> None:
        """Start, and answer when clients are served."""
        await asyncio.to_thread(self._launch)
        await eventually(self.is_serving, within=60)

    async def stop(self) -> None:
        """End in order."""
        await asyncio.to_thread(self._end)

    async def kill(self) -> None:
        """End as a power cut would."""
        await asyncio.to_thread(self._kill)

    async def restart(self) -> None:
        """End in order and come back; with the same data where `keeps_data`."""
        await self.stop()
        await self.start()

    async def empty(self) -> None:
        """Come back as another cluster, with no data."""
        await self.kill()
        await asyncio.to_thread(self._forget)
        await self.start()

    async def cluster_id(self) -> str:
        """What clients are told; another one means another cluster."""
        async with self.administrator() as administrator:
            return str((await administrator.describe_cluster())["cluster_id"])

    async def clear(self) -> None:
        """Delete every topic that is not Kafka's own; quick way to a clean broker of the same cluster id."""
        async with self.administrator() as administrator:
            ours = [topic for topic in await administrator.list_topics() if not topic.startswith("__")]
            if ours:
                await administrator.delete_topics(ours)

                async def gone() -> bool:
                    return not set(ours) & set(await administrator.list_topics())

                await eventually(gone, within=30)

    async def is_serving(self) -> bool:
        """Whether a client gets an answer."""
        try:
            async with self.administrator() as administrator:
                return bool((await administrator.describe_cluster())["brokers"])
        except (TimeoutError, KafkaError, OSError):
            return False

    @contextlib.asynccontextmanager
    async def administrator(self) -> AsyncIterator[AIOKafkaAdminClient]:
        """A client for topics and groups."""
        administrator = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap, request_timeout_ms=5000)
        try:
            await administrator.start()
            yield administrator
        finally:
            await administrator.close()

    @abstractmethod
    def _launch(self) -> None: ...
    @abstractmethod
    def _end(self) -> None: ...
    @abstractmethod
    def _kill(self) -> None: ...
    @abstractmethod
    def _forget(self) -> None: ...


class Given(Broker):
    """Somebody else's broker: it can be cleared, not ended."""

    kind = "given"
    keeps_data = True

    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap

    def _launch(self) -> None:
        """It runs already."""

    def _end(self) -> None:
        """It is not ours to end."""

    def _kill(self) -> None:
        raise NotImplementedError("a given broker is not ours to kill; use the fixture any_broker")

    _forget = _kill


class Embedded(Broker):
    """Tansu from the wheel, in memory."""

    kind = EMBEDDED
    keeps_data = False
    fetch_max_wait_ms = 50

    def __init__(self, directory: Path) -> None:
        self._broker = EmbeddedBroker(directory)
        self.bootstrap = self._broker.bootstrap

    def _launch(self) -> None:
        self._broker.start()

    def _end(self) -> None:
        self._broker.stop()

    _kill = _end

    def _forget(self) -> None:
        """It never knew."""


class Apache(Broker):
    """Apache Kafka as a Java process."""

    kind = "apache"
    keeps_data = True

    def __init__(self, directory: Path) -> None:
        self._kafka = ApacheKafka(directory)
        self.bootstrap = self._kafka.bootstrap

    def _launch(self) -> None:
        self._kafka.start()

    def _end(self) -> None:
        self._kafka.stop()

    def _kill(self) -> None:
        self._kafka.kill()

    def _forget(self) -> None:
        self._kafka.forget()


class Container(Broker):
    """Apache Kafka in a container, reached on a port of the loopback that stays the same."""

    kind = "container"
    keeps_data = True

    def __init__(self) -> None:
        settle_testcontainers()
        self._port = free_port()
        self.bootstrap = f"127.0.0.1:{self._port}"
        self._container: DockerContainer | None = None

    def _made(self) -> DockerContainer:
        from testcontainers.core.container import DockerContainer

        return (
            DockerContainer(IMAGE)
            .with_bind_ports(9092, self._port)
            .with_env("CLUSTER_ID", apache_kafka.new_cluster_id())
            .with_env("KAFKA_HEAP_OPTS", "-Xmx384m -Xms128m")
            .with_env("KAFKA_NODE_ID", "1")
            .with_env("KAFKA_PROCESS_ROLES", "broker,controller")
            .with_env("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093")
            .with_env("KAFKA_ADVERTISED_LISTENERS", f"PLAINTEXT://{self.bootstrap}")
            .with_env("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
            .with_env("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT")
            .with_env("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093")
            .with_env("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
            .with_env("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4")
            .with_env("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
            .with_env("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
            .with_env("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
            .with_env("KAFKA_BROKER_SESSION_TIMEOUT_MS", "1500")
            .with_env("KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "300")
            .with_env("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
        )

    def _launch(self) -> None:
        if self._container is None:
            self._container = self._made()
            self._container.start()
        else:
            self._container.get_wrapped_container().start()

    def _end(self) -> None:
        if self._container is not None:
            self._container.get_wrapped_container().stop(timeout=15)

    def _kill(self) -> None:
        if self._container is not None:
            self._container.get_wrapped_container().kill()

    def _forget(self) -> None:
        if self._container is not None:
            self._container.stop()
            self._container = None


@contextlib.asynccontextmanager
async def running_broker(kind: str) -> AsyncIterator[Broker]:
    """A broker of this kind; ended and forgotten afterwards when it is ours."""
    directory = Path(tempfile.mkdtemp(prefix="brobygger-test-kafka-", dir=memory()))
    broker: Broker
    match kind:
        case "given":
            broker = Given(os.environ[GIVEN])
        case "container":
            broker = Container()
        case "apache":
            broker = Apache(directory)
        case _:
            broker = Embedded(directory)
    try:
        await broker.start()
        yield broker
    finally:
        if kind != "given":
            with contextlib.suppress(Exception):
                await broker.kill()
            broker._forget()
        shutil.rmtree(directory, ignore_errors=True)


class Brokers:
    """The brokers of a test run, each started when it is wanted first, and ended with the run."""

    def __init__(self) -> None:
        self._until_the_end = contextlib.AsyncExitStack()
        self._running: dict[str, Broker] = {}

    async def __aenter__(self) -> Brokers:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._until_the_end.aclose()

    async def serving(self, kind: str) -> Broker:
        """The broker of this kind, whatever the test before did to it."""
        if kind not in self._running:
            self._running[kind] = await self._until_the_end.enter_async_context(running_broker(kind))
        broker = self._running[kind]
        if not await broker.is_serving():
            await broker.kill()
            await broker.start()
        return broker

    async def empty(self, kind: str) -> Broker:
        """The same without topics."""
        broker = await self.serving(kind)
        if broker.keeps_data:
            await broker.clear()
        else:
            await broker.empty()  # quicker than deleting topics, and it forgets the groups of earlier tests too
        return broker
