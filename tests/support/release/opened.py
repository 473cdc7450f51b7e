"""A release's data under the code that is here: brought up to date as an operator does it, and every service at work on it."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import yaml
from starlette.routing import Route

from local.origin import Asgi, Origin
from services.origin import NAVIGATION
from shared.ground.database import migrate
from shared.history.first_release import move
from shared.history.rebuild import fill_anew
from shared.history.service import Parts
from shared.privacy.vault import Vault
from shared.running.operations import operations
from shared.running.serving import application
from shared.web.web import web_app
from tests.support.installation import SERVICES
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.release.dump import MASTER_KEY, Release
from tests.support.services import ROLE, Running, cookie_of, running_service

CHECKERS = {"dpo": "supervision", "auditor": "audit"}
"""Roles that say why they look, and what they say."""


def parts_of(name: str) -> Parts:
    """What a service of today is made of."""
    parts: Parts = import_module(f"services.{name}.app").parts()
    return parts


async def brought_up_to_date(release: Release, urls: Mapping[str, str]) -> None:
    """What `move` and `migrate` do: the first release's data is written anew, new scripts run, changed read models are filled again."""
    await migrate(urls["vault"], kind="vault", role=ROLE)
    master = release.directory / MASTER_KEY
    vault = await Vault.opened(urls["vault"], master)
    try:
        for name in SERVICES:
            await move(parts_of(name), urls[name], owner_vault_url=urls["vault"], master_key_file=master)
            fill = partial(fill_anew, parts=parts_of(name), vault=vault)
            await migrate(urls[name], read_models=parts_of(name).read_models, role=ROLE, fill=fill)
    finally:
        await vault.close()


@dataclass(frozen=True)
class Opened:
    """The services at work on a release's data, a moment after it was left."""

    release: Release
    services: dict[str, Running]
    clients: dict[str, httpx.AsyncClient]
    """A browser for everybody who worked there, signed in."""

    def routes(self) -> list[Route]:
        """Every address of every service, but for those of files that come with the code."""
        services = [running.service for running in self.services.values()]
        every = [route for service in services for route in web_app(service.parts, NAVIGATION, extra=(operations(service),)).routes]
        return [route for route in every if isinstance(route, Route) and "/static/" not in route.path]

    async def column(self, service: str, sql: str, *values: Any) -> list[Any]:
        """The first column of what a query finds."""
        return [row[0] for row in await self.services[service].rows(sql, *values)]

    async def addresses(self, template: str) -> list[str]:
        """The template with everything that its names can be in this data; days are those on which something happened to the case."""
        names = tuple(dict.fromkeys(re.findall(r"{(\w+)", template)))
        if names == ("parked_id",):  # each service has its own
            found = await self.column(template.split("/")[1], "select id from parked order by id")
            return [_filled(template, {"parked_id": id}) for id in found]
        return [_filled(template, dict(zip(names, values, strict=True))) for values in await self._combinations(names)]

    async def addresses_in(self, case_id: str, template: str) -> list[str]:
        """The same within one case: `{referral_id}` is each that stands in its history."""
        names = [name for name in re.findall(r"{(\w+)", template) if name != "case_id"]
        sql = (
            "select distinct (state::jsonb -> $2 ->> '_data_')::uuid from events"
            " where stream_id = $1 and state::jsonb -> $2 ? '_data_' order by 1"
        )
        found = [await self.column("cases", sql, case_id, name) for name in names]
        return [_filled(template, {"case_id": case_id, **dict(zip(names, values, strict=True))}) for values in product(*found)]

    async def _combinations(self, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
        if names == ("case_id", "day"):
            sql = "select distinct stream_id::text || ' ' || (recorded_at at time zone 'Europe/Copenhagen')::date from events"
            return [tuple(row.split()) for row in await self.column("cases", f"{sql} where topic like 'case.%'")]
        if names == ("case_id", "visit_id"):
            sql = "select distinct stream_id::text || ' ' || (state::jsonb -> 'visit_id' ->> '_data_')::uuid from events"
            return [
                tuple(row.split()) for row in await self.column("cases", f"{sql} where topic = 'case.accompaniment_planned' order by 1")
            ]
        unknown = set(names) - set(NAMES)
        assert not unknown, f"say in NAMES what {unknown} may be in the addresses"
        return list(product(*[await self.column(*NAMES[name]) for name in names]))


NAMES = {
    "case_id": ("cases", "select distinct stream_id from events where topic like 'case.%' order by stream_id"),
    "version": ("cases", "select state::jsonb ->> 'version' from events where topic = 'procedure.adopted'"),
    "proposed": ("cases", "select distinct state::jsonb ->> 'version' from events where topic = 'procedure.proposed'"),
    "observation_id": ("intake", "select distinct stream_id from events where topic like 'observation.%' order by stream_id"),
    "reporter_id": ("intake", "select distinct stream_id from events where topic = 'reporter.concern_received' order by stream_id"),
    "person": (
        "intake",
        "select distinct state::jsonb ->> 'observer' from events where topic = 'observation.registered'"
        " and state::jsonb ->> 'observer' <> '' order by 1 limit 1",
    ),
    "step": ("intake", "select 'absence'"),
    "break_id": (
        "cases",
        "select state::jsonb -> 'break_id' ->> '_data_' from events where topic = 'glass.broken' order by position desc limit 1",
    ),
    "check_id": ("cases", "select stream_id from events where topic = 'spot_check.planned' order by position desc limit 1"),
    "look": (
        "cases",
        "select state::jsonb -> 'looks' ->> 0 from events where topic = 'spot_check.drawn' order by position desc limit 1",
    ),
    "erasure_id": ("intake", "select distinct stream_id from events where topic = 'erasure.begun' order by stream_id"),
    "estate_id": ("intake", "select state::jsonb ->> 'estate_id' from events where topic = 'estate.registered'"),
}
"""What stands in addresses, and where a release's history says what there is, always in one order; topics of events never change."""


def _filled(template: str, values: Mapping[str, Any]) -> str:
    return re.sub(r"{(\w+)[^}]*}", lambda name: str(values[name[1]]), template)


@asynccontextmanager
async def opened(
    release: Release, urls: Mapping[str, str], postgres: PostgresServer, folder: Path, *, broker: Broker | None = None
) -> AsyncIterator[Opened]:
    """Run every service of today on these databases, a minute after the release was left."""
    shutil.copyfile(release.directory / MASTER_KEY, folder / MASTER_KEY)
    options: dict[str, Any] = {"at": release.left_at + timedelta(minutes=1), "vault_url": urls["vault"], "staff_file": release.staff_file}
    if broker is not None:
        options |= {
            "kafka": broker.bootstrap, "kafka_idempotence": broker.kind != "embedded", "kafka_partitions": 1,
            "kafka_fetch_wait_ms": min(broker.fetch_max_wait_ms, 100),
        }  # fmt: skip
    async with AsyncExitStack() as until_the_end:
        services = {
            name: await until_the_end.enter_async_context(
                running_service(parts_of(name), postgres, folder, database_url=urls[name], **options)
            )
            for name in SERVICES
        }
        apps: dict[str, Asgi] = {name: application(running.service, NAVIGATION) for name, running in services.items()}
        settings = services["intake"].settings
        clients = {}
        for person in yaml.safe_load(release.staff_file.read_text(encoding="utf-8"))["staff"]:
            headers = {"Origin": settings.public_origin}
            if person["role"] in CHECKERS:
                headers["Brobygger-Purpose"] = CHECKERS[person["role"]]
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app=Origin(apps, first_page=NAVIGATION.sign_in)),
                base_url=settings.public_origin,
                headers=headers,
                cookies={"brobygger": cookie_of(services["intake"], person["id"])},
            )
            clients[person["id"]] = await until_the_end.enter_async_context(client)
        yield Opened(release, services, clients)


@asynccontextmanager
async def copied(urls: Mapping[str, str], postgres: PostgresServer) -> AsyncIterator[dict[str, str]]:
    """Copies of databases, to be changed; dropped at the end."""
    copies: dict[str, str] = {}
    try:
        for name, url in urls.items():
            copies[name] = await postgres.new_database(template=urlsplit(url).path[1:])
        yield copies
    finally:
        for url in copies.values():
            await postgres.drop(url)
