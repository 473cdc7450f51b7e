"""A running reporting service, and messages for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.reporting.app import parts
from tests.support.postgres import PostgresServer
from tests.support.services import Running, running_service


@pytest.fixture
async def reporting(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    """Reporting with a database of its own; nothing heard yet."""
    async with running_service(parts(), postgres, tmp_path) as running:
        yield running
