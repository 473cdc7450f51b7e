"""Where benches run: a durable PostgreSQL of our own and services on it."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from local.postgres import SMALL, EmbeddedPostgres
from shared.history.service import Parts
from tests.support.postgres import PostgresServer
from tests.support.services import Running, running_service

PROCEDURE = Path(__file__).parents[1] / "local/demo/bakkegaarden/procedure.yaml"

DURABLE = {**SMALL, "shared_buffers": "256MB", "max_connections": "120", "max_wal_size": "2GB"}
"""fsync stays on: what is measured is work that is kept."""


@contextmanager
def durable_postgres() -> Iterator[PostgresServer]:
    """A server on this machine's disk for one bench run."""
    with tempfile.TemporaryDirectory(prefix="brobygger-bench-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder) / "postgres", settings=DURABLE)
        server.start()
        try:
            yield PostgresServer("embedded", server.dsn())
        finally:
            server.stop()


@asynccontextmanager
async def service(parts: Parts, postgres: PostgresServer, **more: Any) -> AsyncIterator[Running]:
    """A service with keys of its own."""
    with tempfile.TemporaryDirectory(prefix="brobygger-bench-keys-") as folder:
        async with running_service(parts, postgres, Path(folder), pool_size=20, **more) as running:
            yield running


def procedure() -> str:
    """The procedure of the demo's association."""
    return PROCEDURE.read_text(encoding="utf-8")
