"""The PostgreSQL the tests run on: a given address, a container, or our own from the wheel (design.md §9)."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from local.postgres import FAST, SMALL, EmbeddedPostgres
from local.postgres import version as embedded_version
from tests.support.containers import docker_has, settle_testcontainers
from tests.support.eventually import eventually
from tests.support.memory import memory

IMAGE = "postgres:18"
GIVEN = "BROBYGGER_TEST_POSTGRES"
DURABLE = "BROBYGGER_TEST_DURABLE"
"""Set to `yes`, our own server keeps fsync on; benches need that, tests do not."""


def kind() -> str:
    """Which PostgreSQL will be used: `given`, `container` or `embedded`."""
    if os.environ.get(GIVEN):
        return "given"
    return "container" if docker_has(IMAGE) else "embedded"


def described() -> str:
    """The same in words, for the head of the test report."""
    return {
        "given": f"the one at {GIVEN}",
        "container": f"container {IMAGE}",
        "embedded": f"{embedded_version()} embedded",
    }[kind()]


class PostgresServer:
    """A server with room for databases of our own; their names begin with `test_`."""

    def __init__(self, kind: str, dsn: str, *, restart: Callable[[], None] | None = None) -> None:
        self.kind = kind
        self._dsn = dsn
        self._restart = restart
        self._prepared: dict[str, str] = {}
        self._made: set[str] = set()
        self._open: asyncpg.Connection[Any] | None = None

    def dsn(self, database: str = "postgres") -> str:
        """The address of one database, as a superuser."""
        return urlunsplit(urlsplit(self._dsn)._replace(path=f"/{database}"))

    async def new_database(self, *, template: str = "template1") -> str:
        """The address of a new database, empty or a copy of `template`."""
        name = f"test_{secrets.token_hex(6)}"
        administrator = await self._administrator()
        # Copying files is a tenth of the work of writing every page of the template into the log.
        await administrator.execute(f'create database "{name}" template "{template}" strategy file_copy')
        self._made.add(name)
        return self.dsn(name)

    async def prepared(self, name: str, prepare: Callable[[str], Awaitable[object]]) -> str:
        """The address of the one database of this name, which `prepare(dsn)` filled; everybody in this test run shares it."""
        if name not in self._prepared:
            dsn = await self.new_database()
            await prepare(dsn)
            self._prepared[name] = dsn
        return self._prepared[name]

    async def copy_of(self, template: str, prepare: Callable[[str], Awaitable[object]]) -> str:
        """The address of a new database like the one that `prepare(dsn)` filled; it is prepared once in a test run."""
        return await self.new_database(template=_name(await self.prepared(f"template {template}", prepare)))

    async def drop(self, dsn: str) -> None:
        """Take a database of ours away, whoever is still connected; so that a run needs no more room than one test."""
        name = _name(dsn)
        administrator = await self._administrator()
        await administrator.execute(f'drop database if exists "{name}" with (force)')
        self._made.discard(name)

    async def restart(self) -> None:
        """Cut every connection and come back with the same data; where the server is not ours, only cut."""
        if self._restart is None:
            administrator = await self._administrator()
            await administrator.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname like 'test\\_%'"
            )
            return
        await self.close()
        self._restart()
        await eventually(self.answers, within=60)

    async def drop_databases(self) -> None:
        """Take away what is left of what we made; for a server that outlives the tests."""
        for name in list(self._made):
            await self.drop(self.dsn(name))

    async def close(self) -> None:
        """Let go of the connection that makes and drops databases."""
        if self._open is not None:
            await self._open.close()
            self._open = None

    async def version(self) -> str:
        """What the server says it is, as `18.1`."""
        told: str = await (await self._administrator()).fetchval("show server_version")
        return told.split()[0]

    async def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            await self._administrator()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        return True

    async def _administrator(self) -> asyncpg.Connection[Any]:
        if self._open is None or self._open.is_closed():
            self._open = await asyncpg.connect(self.dsn())
        return self._open


def _name(dsn: str) -> str:
    return urlsplit(dsn).path[1:]


@contextlib.asynccontextmanager
async def running_postgres() -> AsyncIterator[PostgresServer]:
    """The server for one test run; ended afterwards when it is ours."""
    match kind():
        case "given":
            server = PostgresServer("given", os.environ[GIVEN])
            yield server
            await server.drop_databases()
            await server.close()
        case "container":
            async with _container() as server:
                yield server
                await server.close()
        case _:
            with _embedded() as server:
                yield server
                await server.close()


@contextlib.contextmanager
def _embedded() -> Any:
    durable = os.environ.get(DURABLE) == "yes"
    directory = Path(tempfile.mkdtemp(prefix="brobygger-test-pg-", dir=None if durable else memory()))
    directory.chmod(0o711)
    server = EmbeddedPostgres(directory / "data", settings={**SMALL, "max_connections": "200"} if durable else FAST)
    server.start()

    def restart() -> None:
        server.stop()
        server.start()

    try:
        yield PostgresServer("embedded", server.dsn(), restart=restart)
    finally:
        server.stop()
        shutil.rmtree(directory, ignore_errors=True)


@contextlib.asynccontextmanager
async def _container() -> AsyncIterator[PostgresServer]:
    settle_testcontainers()
    from testcontainers.core.container import DockerContainer

    password = secrets.token_hex(8)
    settings = "" if os.environ.get(DURABLE) == "yes" else " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    container = (
        DockerContainer(IMAGE)
        .with_env("POSTGRES_PASSWORD", password)
        .with_exposed_ports(5432)
        .with_command(f"postgres -c max_connections=200 -c timezone=UTC{settings}")
    )
    container.start()
    try:
        host = container.get_container_host_ip()
        server = PostgresServer("container", f"postgresql://postgres:{password}@{host}:{container.get_exposed_port(5432)}/postgres")
        await eventually(server.answers, within=60)
        yield server
    finally:
        container.stop()
