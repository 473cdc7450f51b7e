"""The whole of Brobygger for a journey: four services with real databases, one broker, one origin, a real mail server."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import uvicorn
from uuid_utils.compat import uuid7

from local.demo.doors import FromErp, erp_voice
from local.mailbox import Mailbox, mailbox_app, receiving
from local.origin import Asgi, Origin
from services.origin import NAVIGATION
from shared.ground.clock import SettableClock
from shared.history.service import Service
from shared.messaging.messages.erp import TenancyStarted
from shared.running import roles
from shared.running.serving import application, server
from tests.support.eventually import eventually
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, NOW, settings_for, vault_of_its_own

SERVICES = ("intake", "cases", "notifications", "reporting")
PROCEDURE = Path(__file__).parents[2] / "local/demo/bakkegaarden/procedure.yaml"
CARETAKER, OTHER_CARETAKER = "staff-caretaker-1", "staff-caretaker-2"
LEAD, SOCIAL_CARETAKER = "staff-social-lead-1", "staff-social-caretaker-1"
OPERATOR, AUDITOR, DIRECTOR, DPO = "staff-operator-1", "staff-auditor-1", "staff-director-1", "staff-dpo-1"
PARTITIONS = 3


@dataclass
class Installation:
    """Everything at work, and the people in front of it."""

    origin: str
    services: dict[str, Service]
    clock: SettableClock
    mailbox: Mailbox
    broker: Broker
    owner_urls: dict[str, str]
    _clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)

    async def ask(self, who: str, method: str, path: str, *, expect: int | None = None, **what: Any) -> httpx.Response:
        """Ask as this person, who signs in with a role card first."""
        answer = await (await self.client(who)).request(method, path, **what)
        if expect is not None:
            assert answer.status_code == expect, f"{method} {path} → {answer.status_code}: {answer.text[:500]}"
        return answer

    async def client(self, who: str) -> httpx.AsyncClient:
        """The browser of one person."""
        if who not in self._clients:
            client = httpx.AsyncClient(base_url=self.origin, timeout=30, headers={"Origin": self.origin, "Sec-Fetch-Site": "same-origin"})
            signed_in = await client.post("/intake/sign-in", data={"person": who})
            assert signed_in.status_code < 400, signed_in.text[:300]
            self._clients[who] = client
        return self._clients[who]

    async def step(self, who: str, case_id: UUID, path: str, **body: Any) -> UUID:
        """Take a step in a case as its JSON door has it, on the newest version; answers the id it was sent with."""
        id = UUID(str(uuid7()))
        if path in ("right-person", "moving-along"):  # what the register says of the home goes with it, as its page sends it
            body = await self.right_home(who, case_id, **body, is_new=path == "moving-along") | body

        async def taken() -> bool:
            """The clock may have noted something since the person looked: then they look again."""
            seen = await self.ask(who, "GET", f"/cases/api/cases/{case_id}", expect=200)
            answer = await self.ask(
                who, "POST", f"/cases/api/cases/{case_id}/{path}", json={"id": str(id), **body}, headers={"If-Match": seen.headers["ETag"]}
            )
            if answer.status_code == 412:
                return False
            if answer.status_code != 204:
                raise RuntimeError(f"{path} → {answer.status_code}: {answer.text[:500]}")
            return True

        await eventually(taken, within=30)
        return id

    async def right_home(self, who: str, case_id: UUID, *, home_id: str, estate_id: str, is_new: bool = False, **_: Any) -> dict[str, Any]:
        """What the register says of the home a case belongs to, or goes along to."""
        listed = (await self.ask(who, "GET", f"/intake/api/right-homes/{case_id}?estate={estate_id}&is_new={is_new}", expect=200)).json()
        said: dict[str, Any] = next(each for each in listed if each["home_id"] == home_id)
        return said

    async def case(self, who: str, case_id: UUID) -> dict[str, Any]:
        """The case as JSON."""
        found: dict[str, Any] = (await self.ask(who, "GET", f"/cases/api/cases/{case_id}", expect=200)).json()
        return found

    async def topics_of(self, case_id: UUID) -> list[str]:
        """What happened in a case, by event."""
        events = (await self.ask(LEAD, "GET", f"/cases/api/cases/{case_id}/timeline", expect=200)).json()["events"]
        return [event["topic"] for event in events]

    async def erp_says(self, *said: FromErp) -> None:
        """The ERP says something on Kafka."""
        async with erp_voice(self.broker.bootstrap, ASSOCIATION, partitions=PARTITIONS) as erp:
            await erp.say(said, at=self.clock.now())

    async def lead_to(self, moment: datetime) -> None:
        """Let time pass, and the clock note what did not happen meanwhile: who looks now sees it."""
        self.clock.lead_to(moment)
        for service in self.services.values():
            await roles.do_duties(service)

    async def everything_is_heard(self) -> None:
        """Wait until no outbox holds anything and every listener that concerns it has taken it in."""

        async def quiet() -> bool:
            waiting = [
                await service.pool.fetchval("select count(*) from outbox where sent_at is null") for service in self.services.values()
            ]
            return not any(waiting)

        await eventually(quiet, within=60)

    async def close(self) -> None:
        for client in self._clients.values():
            await client.aclose()


@dataclass(frozen=True)
class Home:
    """A home that somebody lives in."""

    estate_id: str
    home_id: UUID
    tenancy_id: UUID


async def moved_in(place: Installation, *, homes: int = 3) -> list[Home]:
    """Adopt the procedure, enter an estate, and let the ERP tell of its tenancies."""
    await place.ask(LEAD, "POST", "/cases/api/procedure/versions", json={"text": PROCEDURE.read_text(encoding="utf-8")})
    entered = [Home("estate-1", uuid4(), uuid4()) for _ in range(homes)]
    listed = [
        {"home_id": str(home.home_id), "street": "Opdigtet Vænge", "number": str(n), "floor": "", "door": ""}
        for n, home in enumerate(entered, start=1)
    ]
    await place.ask(
        OPERATOR,
        "PUT",
        "/intake/api/estates/estate-1",
        json={"name": "Opdigtet Vænge", "municipality": "bakkelund", "homes": listed},
        expect=204,
    )
    await place.erp_says(
        *(
            TenancyStarted(tenancy_id=h.tenancy_id, unit_id=h.home_id, estate_id=h.estate_id, started_on=NOW.date().replace(year=2020))
            for h in entered
        )
    )

    async def heard() -> bool:
        return int(await place.services["intake"].pool.fetchval("select count(*) from tenancies")) == homes

    await eventually(heard, within=60)
    return entered


def observation(home: Home, **but: Any) -> dict[str, Any]:
    """What a caretaker sends about the leak: heaps of waste, and somebody who has lost the grip."""
    return {
        "id": str(uuid7()),
        "home_id": str(home.home_id),
        "observed_at": NOW.isoformat(),
        "signals": ["home.hoarding", "self.neglect"],
        "severity": "high",
        "consent_answer": "granted",
        "consent_wording": "mundtlig-1",
        "consent_scope": ["pest_control", "municipal.visitation", "damage_service"],
        "words": "",
    } | but


@asynccontextmanager
async def installation(
    postgres: PostgresServer,
    broker: Broker,
    folder: Path,
    *,
    at: datetime = NOW,
    tick: float = 0.2,
    clock: SettableClock | None = None,
    data: Mapping[str, str] | None = None,
) -> AsyncIterator[Installation]:
    """Run everything in this process, as `make up` does, on the broker and the database of the test.

    `data` are databases that are there already, by service, with that of the vault; they are left behind.
    """
    mailbox = Mailbox()
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(128)
    origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
    clock = clock or SettableClock(at)
    data = data or {}
    services: dict[str, Service] = {}
    owner_urls: dict[str, str] = {}
    async with AsyncExitStack() as until_the_end:
        smtp_port = await until_the_end.enter_async_context(receiving(mailbox))
        vault_url = data.get("vault") or await vault_of_its_own(postgres)
        if "vault" not in data:
            until_the_end.push_async_callback(postgres.drop, vault_url)
        for name in SERVICES:
            parts = import_module(f"services.{name}.app").parts()
            settings, owner_urls[name] = await settings_for(
                postgres, parts, folder, vault_url=vault_url, database_url=data.get(name, ""), kafka=broker.bootstrap,
                kafka_idempotence=broker.kind != "embedded", kafka_fetch_wait_ms=min(broker.fetch_max_wait_ms, 100),
                kafka_partitions=PARTITIONS, smtp=f"127.0.0.1:{smtp_port}",
                person_a_minute=1_000_000,  # whoever plays a story does a week's work in a minute
            )  # fmt: skip
            if name not in data:
                until_the_end.push_async_callback(postgres.drop, owner_urls[name])
            settings = settings.model_copy(update={"public_origin": origin})
            services[name] = await until_the_end.enter_async_context(Service.running(parts, settings, clock=clock))
        apps: dict[str, Asgi] = {name: application(service, NAVIGATION) for name, service in services.items()}
        web = _Quiet(
            server(Origin({**apps, "mailbox": mailbox_app(mailbox)}, first_page=NAVIGATION.sign_in), origin.removeprefix("http://")).config
        )
        serving = asyncio.create_task(web.serve(sockets=[listening]))
        works: list[Callable[[], Awaitable[None]]] = []
        for service in services.values():
            works += [_of(roles.relay, service), _of(roles.listen, service), _clock_of(service, tick)]
        tasks: list[asyncio.Future[None]] = [asyncio.ensure_future(work()) for work in works]
        place = Installation(origin, services, clock, mailbox, broker, owner_urls)
        try:
            yield place
        finally:
            await place.close()
            await roles.end(tasks)
            web.should_exit = True
            await serving


def _of(role: Callable[[Service], Awaitable[None]], service: Service) -> Callable[[], Awaitable[None]]:
    return lambda: role(service)


def _clock_of(service: Service, tick: float) -> Callable[[], Awaitable[None]]:
    return lambda: roles.clock(service, tick=tick)


class _Quiet(uvicorn.Server):
    def install_signal_handlers(self) -> None:
        """The test run keeps its own."""
