"""What operators ask a service: is it alive, is it ready, its numbers; and the messages that are parked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import (
    CoordinatorNotAvailableError,
    GroupCoordinatorNotAvailableError,
    KafkaError,
    NotCoordinatorForGroupError,
)
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from shared.ground import telemetry, wires
from shared.ground.database import AWAY, certificate_end, connect
from shared.history.service import Service
from shared.messaging import outbox, parked_desk
from shared.messaging.connections import greet, refused, wire
from shared.privacy.access import Action
from shared.privacy.master_key import MasterKeyIsAway, WrongMasterKey
from shared.running.parked import add_parked
from shared.running.roles import collect_metrics

PATIENCE_SECONDS = 3.0
BROKER_KNOWN_FOR_SECONDS = 5.0
DATABASES_KNOWN_FOR_SECONDS = 1.0
LAST_BATCH_MS = 500
"""How long the last batches of a place are waited for; where they are not read, what the broker said stands."""


class BrokerLook:
    """What is known of the broker, asked at most every few seconds, however often it is looked at."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._known: tuple[str, int | None] = ("unknown", None)
        self.certificate_ends: datetime | None = None
        self.refusal: str | None = None
        self._until = 0.0
        self._asking = asyncio.Lock()

    async def now(self) -> tuple[str, int | None]:
        """`up` or `away`, and how many messages this service has not taken in yet (`None` when nobody knows)."""
        async with self._asking:
            if time.monotonic() >= self._until:
                try:
                    async with asyncio.timeout(PATIENCE_SECONDS):
                        self._known, self.refusal = ("up", await self._lag()), None
                except (KafkaError, OSError, TimeoutError) as error:
                    self._known, self.refusal = ("away", None), refused(error, self._service.settings)
                self._until = time.monotonic() + BROKER_KNOWN_FOR_SECONDS
            return self._known

    async def _lag(self) -> int | None:
        """Raises when the broker is away; a broker that is there and does not know the group yet answers `None`."""
        async with AsyncExitStack() as stack:
            self.certificate_ends = await greet(self._service.settings)
            admin = AIOKafkaAdminClient(**wire(self._service.settings), request_timeout_ms=2000)
            stack.push_async_callback(admin.close)
            await admin.start()
            if not self._service.parts.topics:
                return 0
            topics = await admin.describe_topics(list(self._service.parts.topics))
            places = [TopicPartition(topic["topic"], each["partition"]) for topic in topics for each in topic.get("partitions", ())]
            if not places:
                return 0
            # Each place is named: the embedded broker cannot be asked for all of a group.
            try:
                known = await admin.list_consumer_group_offsets(f"brobygger.{self._service.name}", partitions=places)
            except (CoordinatorNotAvailableError, GroupCoordinatorNotAvailableError, NotCoordinatorForGroupError):
                return None
            consumer = AIOKafkaConsumer(**wire(self._service.settings), group_id=None, enable_auto_commit=False)
            stack.push_async_callback(consumer.stop)
            await consumer.start()
            ends = await _ends(consumer, list(known))
            return int(sum(max(0, ends[place] - max(0, at.offset)) for place, at in known.items()))


async def _ends(consumer: AIOKafkaConsumer, places: list[TopicPartition]) -> dict[TopicPartition, int]:
    """The offset after the last message of each place. What a broker says of it is where its last batch is looked for, and no more: the
    embedded one names the first message of that batch, however many stand in it."""
    said = await consumer.end_offsets(places)
    begins = await consumer.beginning_offsets(places)
    ends = dict(said)
    filled = [place for place in places if said[place] > begins[place]]
    consumer.assign(filled)
    for place in filled:
        consumer.seek(place, said[place] - 1)
    unread = set(filled)
    while unread and (batches := await consumer.getmany(*unread, timeout_ms=LAST_BATCH_MS)):
        for place, messages in batches.items():
            ends[place] = max(said[place], messages[-1].offset + 1)
        unread -= batches.keys()
    return ends


class DatabaseLook:
    """What the databases answer over connections of their own, asked at most once a second, however often it is looked at.

    In the queue of those who work a probe would learn how long that is, and say "away" of a database that has never had so much to do.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._known: dict[str, Any] = {}
        self.certificate_ends: datetime | None = None
        self.refusal: str | None = None
        self._until = 0.0
        self._asking = asyncio.Lock()

    async def now(self) -> dict[str, Any]:
        """`database` and `vault` as `up` or `away`, and what waits in the outbox and parked, where that is known."""
        async with self._asking:
            if time.monotonic() >= self._until:
                self._known = {**await self._database(), **await self._vault()}
                self._until = time.monotonic() + DATABASES_KNOWN_FOR_SECONDS
            return dict(self._known)

    async def _database(self) -> dict[str, Any]:
        try:
            async with _asked_alone(self._service.settings.database_url) as connection:
                self.certificate_ends = certificate_end(connection)
                depth, age = await outbox.depth(connection)
                parked = await parked_desk.numbers(connection, reader=self._service.name)
                self.refusal = None
        except (*AWAY, asyncpg.PostgresError) as error:
            self.refusal = wires.why(error)
            return {"database": "away"}
        return {
            "database": "up",
            "outbox": depth,
            "outbox_age_seconds": round(age, 1),
            "parked": parked.for_a_person,
            "waiting": parked.by_themselves,
        }

    async def _vault(self) -> dict[str, Any]:
        try:
            async with _asked_alone(self._service.settings.vault_url) as connection:
                await self._service.vault.masters.proves(connection)
        except (WrongMasterKey, MasterKeyIsAway):
            return {"vault": "without its key"}
        except (*AWAY, asyncpg.PostgresError):
            return {"vault": "away"}
        return {"vault": "up"}


@asynccontextmanager
async def _asked_alone(url: SecretStr) -> AsyncIterator[asyncpg.Connection[Any]]:
    async with asyncio.timeout(PATIENCE_SECONDS):
        connection = await connect(url.get_secret_value())
        try:
            yield connection
        finally:
            connection.terminate()


def operations(service: Service) -> APIRouter:
    """The routes every service has for those who run it."""
    router = APIRouter(tags=["operations"])
    databases, broker = DatabaseLook(service), BrokerLook(service)
    health = {"x-action": Action.READ_HEALTH.value}

    @router.get("/health/live", openapi_extra=health)
    async def live() -> dict[str, str]:
        """The process answers."""
        return {"status": "live"}

    @router.get("/health/ready", openapi_extra=health)
    async def ready() -> Response:
        """Whether work is accepted: 503 while database or keys are away. A broker that is away delays others, and is told."""
        answer = await databases.now()
        answer["broker"], answer["lag"] = await broker.now()
        if refusals := {of: look.refusal for of, look in (("database", databases), ("broker", broker)) if look.refusal}:
            answer["refused"] = refusals
        now = datetime.now(UTC)
        ends = {"database": databases.certificate_ends, "broker": broker.certificate_ends}
        soon = {of: end for of, end in ends.items() if end and wires.ends_soon(end, now)}
        proxy = wires.end_of(service.settings.certificate_file)
        if proxy and wires.ends_soon(proxy, now, within=wires.SHOULD_BE_RENEWED):
            soon["proxy"] = proxy
        if soon:
            answer["certificates_end"] = {of: end.date().isoformat() for of, end in soon.items()}
        works = answer["database"] == "up" and answer["vault"] == "up"
        answer["status"] = "ready" if works and answer["broker"] == "up" else "degraded" if works else "not_ready"
        return JSONResponse(answer, status_code=200 if works else 503)

    @router.get("/metrics", openapi_extra=health, include_in_schema=False)
    async def metrics() -> Response:
        """The numbers, for Prometheus."""
        await collect_metrics(service)
        _, lag = await broker.now()
        service.metrics.consumer_lag.set(float("nan") if lag is None else lag)
        return Response(service.metrics.exposed(), media_type=telemetry.CONTENT_TYPE)

    add_parked(router)
    return router
