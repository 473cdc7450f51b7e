"""Cases at work, under the procedure of the demo association."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.cases.app import parts
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from tests.support.kept import assert_kept_as_replayed
from tests.support.postgres import PostgresServer
from tests.support.services import Running, context_for, running_service

PROCEDURE = Path(__file__).parents[2] / "local" / "demo" / "bakkegaarden" / "procedure.yaml"


@pytest.fixture
async def bare_cases(postgres: PostgresServer, vault_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    """The service before any procedure was adopted."""
    async with running_service(parts(), postgres, tmp_path, vault_url=vault_url) as running:
        yield running
        await assert_kept_as_replayed(running.service)


@pytest.fixture
async def cases(postgres: PostgresServer, vault_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    """The service with its procedure."""
    async with running_service(parts(), postgres, tmp_path, vault_url=vault_url, begun=adopt_the_procedure) as running:
        yield running
        await assert_kept_as_replayed(running.service)


async def adopt_the_procedure(running: Running) -> None:
    """The social lead adopts the procedure of the demo association."""
    await running.service.do(adopt_procedure, AdoptProcedure(text=PROCEDURE.read_text(encoding="utf-8")), context_for())
