"""From an accepted request to its row in reporting, on an idle system, against a bare insert → produce → consume → upsert."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from itertools import cycle
from pathlib import Path
from uuid import UUID, uuid4, uuid5

import asyncpg
import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import NewTopic

from bench.place import procedure
from bench.registering import CARETAKER, HAT, register, registration
from bench.result import Row
from bench.roles import service_roles
from local.broker import free_port
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from shared.ground.clock import SystemClock
from shared.ground.database import connect
from shared.ground.settings import Settings
from shared.history.service import Parts, Service
from shared.web.web import cookie_for
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import context_for, settings_for

PARTITIONS = 12
TOPIC = "bench.bare"
POLL_SECONDS = 0.001
"""How often we look whether it is there; the same for both."""
MOST_SECONDS = 60
QUIET_SECONDS = 0.4
"""Time for the rest of the system to finish with a registration, so that the next one meets it idle."""
EVERYBODY = {
    "intake": ("serve", "relay", "listen"), "cases": ("relay", "listen"), "notifications": ("relay", "listen"), "reporting": ("listen",),
}  # fmt: skip
THE_PATH = {"intake": ("serve", "relay"), "reporting": ("listen",)}


@dataclass(frozen=True, slots=True)
class Passed:
    """Milliseconds after the answer: the broker had acknowledged, the listener began, the row was there."""

    acknowledged: float
    heard: float
    visible: float


async def measure(postgres: PostgresServer, broker: Broker, *, quick: bool = False) -> list[Row]:
    """Each role of ours is a process of its own, as on one server; the bare pipeline lives in this process."""
    times, warm = (2, 1) if quick else (150, 15)
    async with AsyncExitStack() as until_the_end:
        folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="brobygger-bench-")))
        ours = await until_the_end.enter_async_context(_ours(postgres, broker, folder, THE_PATH if quick else EVERYBODY))
        bare = await until_the_end.enter_async_context(_bare(postgres, broker))
        for _ in range(warm):
            await ours()
            await bare()
        pairs = []
        for _ in range(times):
            mine = await ours()
            await asyncio.sleep(0 if quick else QUIET_SECONDS)
            pairs.append((mine, await bare()))
    acknowledged, heard, visible = (
        statistics.median(getattr(mine, name) for mine, _ in pairs) for name in ("acknowledged", "heard", "visible")
    )
    floor = statistics.median(theirs for _, theirs in pairs)
    late = sorted(mine.visible for mine, _ in pairs)[int(len(pairs) * 0.95)]
    return [
        Row(
            what=f"from accepted request to visible in reporting, {broker.kind} Kafka, idle",
            against="a bare insert → produce → consume → upsert pipeline", ratio=visible / floor, bound=2, at_least=False,
            detail=f"p50 {visible:.1f} ms against {floor:.1f} ms, p95 {late:.1f} ms;"
            f" the broker has acknowledged after {acknowledged:.1f} ms, the listener's transaction begins after {heard:.1f} ms",
        )
    ]  # fmt: skip


@asynccontextmanager
async def _ours(
    postgres: PostgresServer, broker: Broker, folder: Path, roles: dict[str, tuple[str, ...]]
) -> AsyncIterator[Callable[[], Awaitable[Passed]]]:
    """The services at work; what comes out registers one observation and waits until reporting shows it."""
    settings = await _settings(postgres, broker, folder)
    async with AsyncExitStack() as until_the_end:
        async with Service.running(_parts("cases"), settings["cases"], clock=SystemClock()) as cases:
            adopt = AdoptProcedure(text=procedure())
            await cases.do(adopt_procedure, adopt, context_for(at=datetime.now(UTC)))
        async with Service.running(_parts("intake"), settings["intake"], clock=SystemClock()) as intake:
            homes = cycle(await register(intake, 50))
        starting = [service_roles(name, settings[name], wanted, folder) for name, wanted in roles.items()]
        await asyncio.gather(*(until_the_end.enter_async_context(each) for each in starting))
        door = await Door.opened(settings["intake"])
        until_the_end.callback(door.close)
        said = await connect(settings["intake"].database_url.get_secret_value())
        until_the_end.push_async_callback(said.close)
        shown = await connect(settings["reporting"].database_url.get_secret_value())
        until_the_end.push_async_callback(shown.close)

        look = Look(shown, "select true from case_figures where case_id = $1")

        async def register_and_wait() -> Passed:
            body = registration(next(homes))
            observation = UUID(orjson.loads(body)["id"])
            accepted = await door.post(body)
            begun = time.perf_counter()
            visible = await look.until_there(uuid5(observation, "case"), begun)
            heard = await shown.fetchval("select heard_at from inbox where key = $1", str(observation))
            sent = None
            while sent is None:
                sent = await said.fetchval("select sent_at from outbox where key = $1", str(observation))
            return Passed((sent.timestamp() - accepted) * 1e3, (heard.timestamp() - accepted) * 1e3, visible)

        yield register_and_wait


class Door:
    """One connection to intake, kept open, that knows to the microsecond when the answer came."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, settings: Settings) -> None:
        self._reader, self._writer = reader, writer
        self._head = (
            f"POST /intake/api/observations HTTP/1.1\r\nHost: {settings.listen}\r\nContent-Type: application/json\r\n"
            f"Cookie: brobygger={cookie_for(settings, CARETAKER, HAT)}\r\nOrigin: {settings.public_origin}\r\n"
        )
        self.close = writer.close

    @classmethod
    async def opened(cls, settings: Settings) -> Door:
        host, _, port = settings.listen.rpartition(":")
        return cls(*await asyncio.open_connection(host, int(port)), settings)

    async def post(self, body: str) -> float:
        """Register; answers the moment at which it was accepted."""
        content = body.encode()
        self._writer.write(f"{self._head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        head = await self._reader.readuntil(b"\r\n\r\n")
        accepted = time.time()
        if not head.startswith(b"HTTP/1.1 201"):
            raise RuntimeError(f"not accepted: {head[:40]!r}")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await self._reader.readexactly(int(length.partition(b":")[2]))
        return accepted


@asynccontextmanager
async def _bare(postgres: PostgresServer, broker: Broker) -> AsyncIterator[Callable[[], Awaitable[float]]]:
    """A durable insert, `acks=all`, a consumer and an upsert, with the broker settings our own relay and listener have."""
    async with AsyncExitStack() as until_the_end:
        async with broker.administrator() as administrator:
            await administrator.create_topics([NewTopic(TOPIC, PARTITIONS, 1)])
        facts, shown = await postgres.new_database(), await postgres.new_database()
        inserting, upserting, looking = [await asyncpg.connect(dsn) for dsn in (facts, shown, shown)]
        for rows in (inserting, upserting, looking):
            until_the_end.push_async_callback(rows.close)
        for rows in (inserting, upserting):
            await rows.execute("create table facts (id uuid primary key, body text not null)")
        producer = AIOKafkaProducer(bootstrap_servers=broker.bootstrap, acks="all", enable_idempotence=broker.kind != "embedded")
        await producer.start()
        until_the_end.push_async_callback(producer.stop)
        consumer = AIOKafkaConsumer(
            TOPIC, bootstrap_servers=broker.bootstrap, group_id="bench.bare", enable_auto_commit=False, auto_offset_reset="earliest",
            fetch_max_wait_ms=broker.fetch_max_wait_ms,
        )  # fmt: skip
        await consumer.start()
        until_the_end.push_async_callback(consumer.stop)
        task = asyncio.create_task(_upserts(consumer, upserting))
        until_the_end.push_async_callback(_ended, task)

        look = Look(looking, "select true from facts where id = $1")

        async def insert_and_wait() -> float:
            id = uuid4()
            body = registration(id)
            await inserting.execute("insert into facts (id, body) values ($1, $2)", id, body)
            begun = time.perf_counter()
            await producer.send_and_wait(TOPIC, body.encode(), key=id.bytes)
            return await look.until_there(id, begun)

        yield insert_and_wait


async def _upserts(consumer: AIOKafkaConsumer, connection: asyncpg.Connection[asyncpg.Record]) -> None:
    while True:
        for batch in (await consumer.getmany(timeout_ms=1000)).values():
            for record in batch:
                await connection.execute(
                    "insert into facts (id, body) values ($1, $2) on conflict (id) do update set body = excluded.body",
                    UUID(bytes=record.key), record.value.decode(),
                )  # fmt: skip
            await consumer.commit()


class Look:
    """Looks until a row is there. It begins when half the shortest time so far has passed: looking takes a core from those we watch."""

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record], sql: str) -> None:
        self._rows, self._sql = connection, sql
        self._shortest = 0.0

    async def until_there(self, id: UUID, begun: float) -> float:
        """Answers how many milliseconds after `begun`."""
        await asyncio.sleep(max(0.0, self._shortest / 2 - (time.perf_counter() - begun)))
        while not await self._rows.fetchval(self._sql, id):
            if time.perf_counter() - begun > MOST_SECONDS:
                raise RuntimeError("it never became visible")
            await asyncio.sleep(POLL_SECONDS)
        waited = time.perf_counter() - begun
        self._shortest = min(self._shortest or waited, waited)
        return waited * 1e3


async def _settings(postgres: PostgresServer, broker: Broker, folder: Path) -> dict[str, Settings]:
    """Four services on one vault and one broker; whoever serves, serves on a port of its own."""
    found: dict[str, Settings] = {}
    for name in EVERYBODY:
        vault = found["intake"].owner_vault_url if found else None
        listen = f"127.0.0.1:{free_port()}"
        found[name], _ = await settings_for(
            postgres, _parts(name), folder, vault_url=vault.get_secret_value() if vault else "", kafka=broker.bootstrap,
            kafka_idempotence=broker.kind != "embedded", kafka_fetch_wait_ms=broker.fetch_max_wait_ms,
            kafka_partitions=PARTITIONS, listen=listen,
        )  # fmt: skip
        found[name] = found[name].model_copy(update={"public_origin": f"http://{listen}"})
    return found


def _parts(name: str) -> Parts:
    parts: Parts = import_module(f"services.{name}.app").parts()
    return parts


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
