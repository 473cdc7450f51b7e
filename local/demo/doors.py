"""Through the same doors as everybody: signed in with a role card, asking over HTTP; and the ERP's voice on Kafka."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid5

import httpx
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient

from shared.messaging.message import Envelope, written
from shared.messaging.messages.erp import (
    GuardianAppointed,
    TenancyChanged,
    TenancyEnded,
    TenancyEndWithdrawn,
    TenancyInArrears,
    TenancyStarted,
    TenantDeceased,
    TenantDeceasedRetracted,
)
from shared.messaging.topics import make_topics

ACCEPTED = 400
"""Answers from here on mean that a door stayed shut."""


class DoorStayedShut(Exception):
    """What was asked was refused; the message says where and why, for the one who writes the story."""

    def __init__(self, what: str, *, status: int) -> None:
        super().__init__(what)
        self.status = status


class Doors:
    """A browser for each member of the staff, on one origin."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._clients: dict[str, httpx.AsyncClient] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for client in self._clients.values():
            await client.aclose()

    async def ask(self, who: str, method: str, path: str, **what: Any) -> httpx.Response:
        """Ask as this person, who signs in first if need be. Raises `DoorStayedShut`."""
        client = self._clients.get(who) or await self._sign_in(who)
        answer = await client.request(method, path, **what)
        if answer.status_code >= ACCEPTED:
            raise DoorStayedShut(f"{who}: {method} {path} → {answer.status_code} {_said(answer.text)}", status=answer.status_code)
        return answer

    async def _sign_in(self, who: str) -> httpx.AsyncClient:
        client = httpx.AsyncClient(base_url=self._origin, timeout=60, headers={"Origin": self._origin, "Sec-Fetch-Site": "same-origin"})
        self._clients[who] = client
        answer = await client.post("/intake/sign-in", data={"person": who})
        if answer.status_code >= ACCEPTED:
            raise DoorStayedShut(f"{who} could not sign in", status=answer.status_code)
        return client


def _said(text: str) -> str:
    """What is said on a page, or in JSON, without what it is dressed in."""
    main = text.partition("<main")[2] or text
    return " ".join(re.sub(r"<script.*?</script>|<[^>]*>", " ", main, flags=re.DOTALL).split())[:600]


FromErp = (
    TenancyStarted
    | TenancyChanged
    | TenancyEnded
    | TenancyEndWithdrawn
    | TenancyInArrears
    | TenantDeceased
    | TenantDeceasedRetracted
    | GuardianAppointed
)
"""What it says; each is about one tenancy."""


class ErpVoice:
    """Says what an ERP says, in its published words."""

    def __init__(self, producer: AIOKafkaProducer, association: str) -> None:
        self._producer = producer
        self._association = association

    async def say(self, said: Iterable[FromErp], *, at: datetime) -> int:
        """Say all of these; answers how many."""
        waiting = []
        for message in said:
            carried = written(self._envelope(message, at), message)
            headers = [(name, value if isinstance(value, bytes) else str(value).encode()) for name, value in carried.headers.items()]
            key = str(message.tenancy_id).encode()
            waiting.append(await self._producer.send(message.TOPIC, carried.value, key=key, headers=headers))
        for sent in await asyncio.gather(*waiting, return_exceptions=True):
            if isinstance(sent, BaseException):
                raise sent
        return len(waiting)

    def _envelope(self, said: FromErp, at: datetime) -> Envelope:
        which = said.on.isoformat() if isinstance(said, TenancyInArrears) else ""
        id: UUID = uuid5(said.tenancy_id, said.TYPE + which)
        return Envelope(
            id=str(id),
            source=f"/erp/{self._association}",
            type=said.TYPE,
            subject=str(said.tenancy_id),
            time=at,
            recorded_at=at,
            association=self._association,
            actor="system:erp",
            actor_role="system",
            correlation_id=str(id),
        )


@asynccontextmanager
async def erp_voice(bootstrap: str, association: str, *, partitions: int) -> AsyncIterator[ErpVoice]:
    """The ERP's connection to the broker."""
    administrator = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        await administrator.start()
        await make_topics(administrator, partitions=partitions, replication=1)
    finally:
        await administrator.close()
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", linger_ms=5)
    try:
        await producer.start()
        yield ErpVoice(producer, association)
    finally:
        await producer.stop()
