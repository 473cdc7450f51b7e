"""The little site, running, for the tests of the door and the pages."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.shared.little_site.site import parts
from tests.support.postgres import PostgresServer
from tests.support.services import Running, running_service


@pytest.fixture(scope="session")
async def site(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """A running service with the routes of `tests/shared/little_site`."""
    async with running_service(parts(), postgres, tmp_path_factory.mktemp("site")) as running:
        yield running
