"""How we recognise the database over a network. The PostgreSQL of the tests is built without TLS, so that somebody speaks it in front."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from shared.ground.database import DatabaseIsAway, certificate_end, connect
from shared.ground.wires import ends_soon, why
from tests.shared.diary import WRITING
from tests.support.postgres import PostgresServer
from tests.support.services import Running, browser, database_for, running_service

ROOT = Path(__file__).parents[2]
ASKS_FOR_TLS = bytes.fromhex("0000000804d2162f")
pytestmark = pytest.mark.processes


def _secrets(directory: Path, *, days: int = 730) -> Path:
    environment = {"PATH": "/usr/bin:/bin", "BROBYGGER_CERTIFICATE_DAYS": str(days)}
    subprocess.run([ROOT / "deploy" / "new-secrets", directory], check=True, capture_output=True, env=environment)
    return directory


@asynccontextmanager
async def _in_front(postgres: PostgresServer, secrets: Path) -> AsyncIterator[int]:
    """The port of somebody who shows the certificate of the database, and hands on what is said."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(secrets / "postgres_server")
    address = urlsplit(postgres.dsn())
    host = address.hostname or parse_qs(address.query)["host"][0]

    async def hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            assert await reader.readexactly(8) == ASKS_FOR_TLS
            writer.write(b"S")
            await writer.start_tls(tls)
            port = address.port or 5432
            theirs = await (
                asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}") if host.startswith("/") else asyncio.open_connection(host, port)
            )
            await asyncio.gather(_copied(reader, theirs[1]), _copied(theirs[0], writer))
        writer.close()

    async with await asyncio.start_server(hand_on, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def _copied(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    while said := await source.read(65536):
        to.write(said)
        await to.drain()
    to.close()


def _address(postgres: PostgresServer, port: int, authority: Path, *, host: str = "localhost", url: str = "") -> str:
    said = urlsplit(url or postgres.dsn())
    who = said.netloc.rpartition("@")[0]
    return f"postgresql://{who}@{host}:{port}{said.path}?sslmode=verify-full&sslrootcert={authority}"


@pytest.mark.parametrize("days", [1, 730])
async def test_a_right_certificate_is_believed_and_tells_when_it_ends(postgres: PostgresServer, tmp_path: Path, days: int) -> None:
    secrets = _secrets(tmp_path / "secrets", days=days)
    async with _in_front(postgres, secrets) as port:
        connection = await connect(_address(postgres, port, secrets / "authority"))
        try:
            assert await connection.fetchval("select 1") == 1
            assert ends_soon(certificate_end(connection), datetime.now(UTC)) is (days == 1)
        finally:
            await connection.close()


async def _refusal(address: str) -> str | None:
    with pytest.raises(DatabaseIsAway) as error:
        await connect(address)
    return why(error.value)


async def test_a_certificate_that_has_ended_is_not_believed(postgres: PostgresServer, tmp_path: Path) -> None:
    secrets = _secrets(tmp_path / "secrets", days=0)
    async with _in_front(postgres, secrets) as port:
        said = await _refusal(_address(postgres, port, secrets / "authority"))
    assert said == "its certificate is not believed: certificate has expired"


async def test_another_authority_or_another_name_is_not_believed(postgres: PostgresServer, tmp_path: Path) -> None:
    secrets, other = _secrets(tmp_path / "secrets"), _secrets(tmp_path / "other")
    async with _in_front(postgres, secrets) as port:
        of_another = await _refusal(_address(postgres, port, other / "authority"))
        misnamed = await _refusal(_address(postgres, port, secrets / "authority", host="127.0.0.1"))
    assert of_another is not None
    assert of_another.startswith("its certificate is not believed")
    assert misnamed is not None
    assert "IP address mismatch" in misnamed


async def test_ready_names_a_certificate_that_ends_soon_and_says_why_a_database_is_refused(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    secrets, other = _secrets(tmp_path / "secrets", days=2), _secrets(tmp_path / "other")
    url = await database_for(postgres, WRITING)
    async with _in_front(postgres, secrets) as port:
        wire = _address(postgres, port, secrets / "authority", url=url)
        async with running_service(WRITING, postgres, tmp_path, database_url=wire) as writing, _ready(writing) as ready:
            answer = await ready()
            assert set(answer["certificates_end"]) == {"database"}
            wrong = SecretStr(_address(postgres, port, other / "authority", url=url))
            writing.service.settings = writing.settings.model_copy(update={"database_url": wrong})
            await asyncio.sleep(1.1)
            answer = await ready()
            assert answer["database"] == "away"
            assert answer["refused"]["database"].startswith("its certificate is not believed")
    await postgres.drop(url)


@asynccontextmanager
async def _ready(running: Running) -> AsyncIterator[Callable[[], Awaitable[dict[str, Any]]]]:
    async with browser(running) as client:

        async def ask() -> dict[str, Any]:
            answer: dict[str, Any] = (await client.get("/writing/health/ready")).json()
            return answer

        yield ask
