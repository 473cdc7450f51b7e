"""The data a release left, opened by the code of today."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.postgres import PostgresServer
from tests.support.release.dump import Release, releases
from tests.support.release.opened import Opened, brought_up_to_date, copied, opened


@dataclass(frozen=True)
class Data:
    """One release's databases: as it left them, and brought up to date."""

    release: Release
    left: dict[str, str]
    now: dict[str, str]


@pytest.fixture(scope="module", params=releases(), ids=lambda release: release.name)
async def data(request: pytest.FixtureRequest, postgres: PostgresServer) -> AsyncIterator[Data]:
    async with request.param.restored(postgres) as left, copied(left, postgres) as now:
        await brought_up_to_date(request.param, now)
        yield Data(request.param, left, now)


@pytest.fixture
async def place(data: Data, postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Opened]:
    """The services of today at work on it; what a test does is seen by no other."""
    async with copied(data.now, postgres) as urls, opened(data.release, urls, postgres, tmp_path) as place:
        yield place
