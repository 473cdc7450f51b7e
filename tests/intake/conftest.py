"""Intake at work, with a register as a small association has it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from services.intake.app import parts
from tests.intake.known import fill_register
from tests.support.kept import assert_kept_as_replayed
from tests.support.postgres import PostgresServer
from tests.support.services import Running, browser, running_service


@pytest.fixture
async def intake(postgres: PostgresServer, vault_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    """Intake with two estates, four homes and three tenancies."""
    async with running_service(parts(), postgres, tmp_path, vault_url=vault_url, begun=fill_register) as running:
        yield running
        await assert_kept_as_replayed(running.service)


@pytest.fixture(scope="module")
async def refusing_intake(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """The same once for a file, for tests in which nothing is taken in."""
    async with running_service(parts(), postgres, tmp_path_factory.mktemp("intake"), begun=fill_register) as running:
        yield running


@pytest.fixture
async def refused_caretaker(refusing_intake: Running) -> AsyncIterator[httpx.AsyncClient]:
    """The caretaker of estate-1 on a day when nothing he sends is right."""
    async with browser(refusing_intake, as_="staff-caretaker-1") as client:
        yield client


@pytest.fixture
async def caretaker(intake: Running) -> AsyncIterator[httpx.AsyncClient]:
    """The caretaker of estate-1, with a browser or a phone."""
    async with browser(intake, as_="staff-caretaker-1") as client:
        yield client


@pytest.fixture
async def operator(intake: Running) -> AsyncIterator[httpx.AsyncClient]:
    """Who keeps the register."""
    async with browser(intake, as_="staff-operator-1") as client:
        yield client


@pytest.fixture
async def refused_operator(refusing_intake: Running) -> AsyncIterator[httpx.AsyncClient]:
    """Who keeps the register, on a day when nothing he sends is right."""
    async with browser(refusing_intake, as_="staff-operator-1") as client:
        yield client
