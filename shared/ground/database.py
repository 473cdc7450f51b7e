"""PostgreSQL: pools with our codecs, and migrations that run once and never touch history."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import asyncpg
import orjson

from shared.ground import wires

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATING = 7_201_001
"""Advisory lock: two that migrate one database wait for each other."""


class DatabaseIsAway(ConnectionError):
    """No connection could be made: nobody answers at the address, or its name or socket is not there now."""


AWAY = (
    ConnectionError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.InsufficientResourcesError,
)
"""What a database that cannot work now looks like; the same may be tried again. A file of ours that is missing is none of these."""


async def prepare(connection: asyncpg.Connection[Any]) -> None:
    """Teach a connection our JSON."""
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: b"\x01" + orjson.dumps(value),
        decoder=lambda data: orjson.loads(memoryview(data)[1:]),
        format="binary",
    )


async def connect(url: str) -> asyncpg.Connection[Any]:
    """One connection, for locks, listening and long work."""
    connection = await _connected(url)
    await prepare(connection)
    return connection


async def open_pool(url: str, *, size: int) -> asyncpg.Pool[Any]:
    """A pool of at most `size` connections."""
    return await asyncpg.create_pool(
        url, min_size=1, max_size=size, connect=_connected, init=prepare, reset=_leave_as_it_is,
        command_timeout=60, max_inactive_connection_lifetime=60,
    )  # fmt: skip


async def _connected(*address: Any, **options: Any) -> asyncpg.Connection[Any]:
    """What keeps a connection from being made has many kinds, those of missing files among them; here they mean one thing."""
    try:
        connection: asyncpg.Connection[Any] = await asyncpg.connect(*address, **options)
    except OSError as error:
        raise DatabaseIsAway from error
    return connection


def certificate_end(connection: asyncpg.Connection[Any]) -> datetime | None:
    """When the certificate of this server ends; `None` where nothing goes through TLS."""
    transport: asyncio.Transport | None = getattr(connection, "_transport", None)
    return wires.ends_at(transport.get_extra_info("peercert")) if transport else None


async def _leave_as_it_is(_connection: object) -> None:
    """Nothing of ours changes a session on a pool: settings and locks are those of the transaction. Saves a question each time."""


@dataclass(frozen=True, slots=True)
class ReadModel:
    """The tables of one subject, as its `tables.sql` makes them. They may be dropped at any time."""

    name: str
    script: Path

    @property
    def sql(self) -> str:
        return self.script.read_text(encoding="utf-8")

    @property
    def tables(self) -> list[str]:
        """The names of the tables, in the order they are made."""
        return re.findall(r"^create table (?:if not exists )?([a-z_]+)", self.sql, re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration did: the scripts it ran, and the read models that are empty now and want a rebuild."""

    scripts: tuple[str, ...]
    remade: tuple[str, ...]


Fill = Callable[["asyncpg.Connection[Any]"], Awaitable[object]]
"""Fills the read models again that were made anew, in the transaction that is open."""


async def migrate(
    owner_url: str, *, kind: str = "service", read_models: Iterable[ReadModel] = (), role: str | None = None, fill: Fill | None = None
) -> Migrated:
    """Bring a database up to date as its owner, and give the service's `role` exactly the rights it needs.

    Scripts of `shared/ground/migrations/<kind>` run once, in order; one that was changed after it ran is refused.
    A read model whose `tables.sql` changed is dropped, made again and filled, or nothing of it: rows that are gone while somebody believes
    that they are as new would be lists that show nothing, for good.
    """
    connection = await connect(owner_url)
    try:
        async with connection.transaction():
            await connection.execute("select pg_advisory_xact_lock($1)", MIGRATING)
            await connection.execute(
                "create table if not exists migrations"
                " (script text primary key, digest text not null, ran_at timestamptz not null default now())"
            )
            ran = dict(await connection.fetch("select script, digest from migrations"))
            fresh = not ran
            scripts = await _run_scripts(connection, kind, ran)
            if fill and not fresh:  # whoever writes an event writes a row: wait for them before there are no rows
                await connection.execute("lock table events, inbox in share row exclusive mode")
            remade = [model.name for model in read_models if await _make(connection, model, ran)]
            if role:
                await _grant(connection, role)
            if remade and fill and not fresh:
                await fill(connection)
        return Migrated(tuple(scripts), () if fresh else tuple(remade))
    finally:
        await connection.close()


async def _run_scripts(connection: asyncpg.Connection[Any], kind: str, ran: dict[str, str]) -> list[str]:
    done = []
    for script in sorted((MIGRATIONS / kind).glob("*.sql")):
        sql = script.read_text(encoding="utf-8")
        digest = sha256(sql.encode()).hexdigest()
        if script.name not in ran:
            await connection.execute(sql)
            await connection.execute("insert into migrations (script, digest) values ($1, $2)", script.name, digest)
            done.append(script.name)
        elif ran[script.name] != digest:
            raise RuntimeError(f"migration {script.name} was changed after it ran; add a new one instead")
    return done


async def _make(connection: asyncpg.Connection[Any], model: ReadModel, ran: dict[str, str]) -> bool:
    sql, name = model.sql, f"read model {model.name}"
    digest = sha256(sql.encode()).hexdigest()
    if ran.get(name) == digest:
        return False
    for table in reversed(model.tables):
        await connection.execute(f'drop table if exists "{table}" cascade')
    await connection.execute(sql)
    await connection.execute(
        "insert into migrations (script, digest) values ($1, $2) on conflict (script) do update set digest = $2, ran_at = now()",
        name,
        digest,
    )
    return True


async def _grant(connection: asyncpg.Connection[Any], role: str) -> None:
    """Everything but rewriting history: events and looks are only added, and a destroyed key keeps its row, so that none is made again."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", role):
        raise ValueError("a role has a plain lower-case name")
    if role == await connection.fetchval("select current_user"):
        return
    await connection.execute(
        f'grant usage on schema public to "{role}"; grant select, insert, update, delete on all tables in schema public to "{role}";'
        f'revoke insert, update, delete on migrations from "{role}";'
    )
    for table, never in (
        ("events", "update, delete"),
        ("access_log", "update, delete"),
        ("chains_before", "insert, update, delete"),
        ("keys", "delete"),
    ):
        if await connection.fetchval("select to_regclass($1) is not null", table):
            await connection.execute(f'revoke {never} on {table} from "{role}"')


def user_of(url: str) -> str:
    """The user a connection address names."""
    user = urlsplit(url).username
    if not user:
        raise ValueError("the database address names no user")
    return unquote(user)
