"""A real service for a test: a database of its own and the vault of the run, limited roles, keys, and a clock that is led."""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import asyncpg
import httpx
from pydantic import SecretStr

from shared.ground.clock import SettableClock
from shared.ground.database import migrate
from shared.ground.provenance import Actor, Context
from shared.ground.settings import Settings
from shared.history.service import Parts, Service
from shared.privacy.matter import Matter, MatterKind
from shared.privacy.personal import Keyring
from shared.words.vocabulary.people import Purpose, Role
from tests.support.postgres import PostgresServer

ROLE = "brobygger_test_service"
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
"""A Tuesday morning, ten o'clock in Copenhagen."""
ASSOCIATION = "bakkegaarden"
STAFF = Path(__file__).with_name("staff.yaml")


SECRETS = {name: base64.b64encode(os.urandom(32)).decode() for name in ("master.key", "cookie.secret")}
"""The same for the whole test run, for so is the vault."""


@dataclass
class Running:
    """A service at work and everything a test may want to hold."""

    service: Service
    settings: Settings
    clock: SettableClock
    owner_url: str

    async def rows(self, sql: str, *values: Any) -> list[asyncpg.Record]:
        """What the service's database holds, as its limited role sees it."""
        return await self.service.pool.fetch(sql, *values)

    async def value(self, sql: str, *values: Any) -> Any:
        """One value of it."""
        return await self.service.pool.fetchval(sql, *values)


ERASES = "erases"
"""The mark of a test that destroys a key."""
NO_KEY_IS_DESTROYED = """
create function refuse() returns trigger language plpgsql as $$
  begin raise exception 'this vault is shared: mark the test that destroys a key `erases`, and let its service take `vault_url`'; end $$;
create trigger no_key_is_destroyed before update on keys for each row when (new.wrapped is null) execute function refuse();
"""

Begun = Callable[[Running], Awaitable[object]]
"""What happens in a service before a test."""


def as_role(url: str, role: str = ROLE) -> str:
    """The same address for another role."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{role}:{role}@{host}"))


async def make_role(url: str) -> None:
    """The limited role, once in a server; two at once is no harm."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            f"do $$ begin create role {ROLE} login password '{ROLE}'; exception when duplicate_object or unique_violation then null; end $$"
        )
    finally:
        await connection.close()


async def settings_for(
    postgres: PostgresServer,
    parts: Parts,
    folder: Path,
    *,
    kafka: str = "127.0.0.1:1",
    vault_url: str = "",
    database_url: str = "",
    staff_file: Path = STAFF,
    **more: Any,
) -> tuple[Settings, str]:
    """Settings with a fresh database and the vault of this test run, and the owner's address of the service's database."""
    owner_url = database_url or await database_for(postgres, parts)
    vault_url = vault_url or await vault_of_the_run(postgres)
    for name, secret in SECRETS.items():
        if not folder.joinpath(name).exists():  # data of a release bring their own
            folder.joinpath(name).write_text(secret)
    settings = Settings(
        database_url=SecretStr(as_role(owner_url)),
        owner_database_url=SecretStr(owner_url),
        vault_url=SecretStr(as_role(vault_url)),
        owner_vault_url=SecretStr(vault_url),
        master_key_file=folder / "master.key",
        cookie_secret_file=folder / "cookie.secret",
        associations=(ASSOCIATION,),
        staff_file=staff_file,
        kafka=kafka,
        public_origin="http://127.0.0.1:8080",
        **{"person_a_minute": 1_000_000, **more},  # one person of the tests does a week's work in a minute
    )
    return settings, owner_url


async def database_for(postgres: PostgresServer, parts: Parts, *, begun: Begun | None = None) -> str:
    """The owner's address of a fresh database of the service, in which `begun` has happened; that happens once and is copied."""

    async def prepare(url: str) -> None:
        await make_role(url)
        await migrate(url, read_models=parts.read_models, role=ROLE)
        if begun:
            with tempfile.TemporaryDirectory() as folder:
                async with running_service(parts, postgres, Path(folder), database_url=url) as running:
                    await begun(running)

    tables = sha256("".join(model.sql for model in parts.read_models).encode()).hexdigest()  # services of the tests share names
    beginning = f"{begun.__module__}.{begun.__qualname__}" if begun else "nothing"
    return await postgres.copy_of(f"service {parts.name} {tables} after {beginning}", prepare)


async def vault_of_the_run(postgres: PostgresServer) -> str:
    """The owner's address of the vault that services share; nobody destroys a key in it, for it may be somebody else's too."""

    async def prepare(url: str) -> None:
        await _prepare_vault(url)
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(NO_KEY_IS_DESTROYED)
        finally:
            await connection.close()

    return await postgres.prepared("vault", prepare)


async def vault_of_its_own(postgres: PostgresServer) -> str:
    """The owner's address of a fresh vault, in which keys may be destroyed."""
    return await postgres.copy_of("vault", _prepare_vault)


async def _prepare_vault(url: str) -> None:
    await make_role(url)
    await migrate(url, kind="vault", role=ROLE)


@asynccontextmanager
async def running_service(
    parts: Parts,
    postgres: PostgresServer,
    folder: Path,
    *,
    at: datetime = NOW,
    begun: Begun | None = None,
    database_url: str = "",
    **more: Any,
) -> AsyncIterator[Running]:
    """One service with everything real but the broker, which is where `kafka=` says (nowhere, if it does not).

    Its database is its own and goes with it, unless one is handed in; what `begun` does has happened in it before.
    """
    owner_url = database_url or await database_for(postgres, parts, begun=begun)
    settings, _ = await settings_for(postgres, parts, folder, database_url=owner_url, **more)
    clock = SettableClock(at)
    try:
        async with Service.running(parts, settings, clock=clock) as service:
            yield Running(service, settings, clock, owner_url)
    finally:
        if not database_url:
            await postgres.drop(owner_url)


async def keys_for(
    running: Running, *matters: UUID, own_keys: int = 0, association: str = ASSOCIATION, kind: MatterKind = MatterKind.CASE
) -> Keyring:
    """The keys of matters that begin now, about nobody yet, with so many for texts in each."""
    begun = await running.service.vault.begin(
        [Matter(id, kind) for id in matters],
        association=association,
        by="test",
        why="test",
        own_keys=dict.fromkeys(matters, own_keys) if own_keys else {},
    )
    return begun.keyring


def context_for(
    role: Role = Role.SOCIAL_LEAD,
    *,
    id: str = "",
    at: datetime = NOW,
    purpose: Purpose = Purpose.CASE_WORK,
    association: str = ASSOCIATION,
    estates: frozenset[str] = frozenset(),
    correlation_id: UUID | None = None,
) -> Context:
    """A request by somebody in a role."""
    return Context(
        actor=Actor(id=id or f"staff-{role.value.replace('_', '-')}-1", role=role, association=association, estates=estates),
        purpose=purpose,
        at=at,
        correlation_id=correlation_id or uuid4(),
    )


def cookie_of(running: Running, who: str, hat: str = "") -> str:
    """A sign-in as somebody, in the one hat they have where none is named."""
    from shared.web.sign_in import cookie_for

    worn = running.service.staff.worn(who)
    return cookie_for(running.settings, who, hat or (worn.code if worn else ""))


@asynccontextmanager
async def browser(
    running: Running, *, as_: str | None = None, application: Callable[[Service], Any] | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client of the service's own web application, signed in as somebody of tests/support/staff.yaml."""
    from services.origin import NAVIGATION
    from shared.running.serving import application as web

    app = application(running.service) if application else web(running.service, NAVIGATION)
    origin = running.settings.public_origin
    cookies = {"brobygger": cookie_of(running, as_)} if as_ else {}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url=origin, headers={"Origin": origin}, cookies=cookies, follow_redirects=False
    ) as client:
        yield client
