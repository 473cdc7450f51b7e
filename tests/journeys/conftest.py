"""What the journeys share: one browser, and for what is about pages the broker that starts quickest."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.support.browser import browsing
from tests.support.kafka import Broker, running_broker


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The browser of this test run; each person gets a context of their own with `in_front_of`."""
    async with browsing() as running:
        yield running


@pytest.fixture(scope="session")
async def _quick() -> AsyncIterator[Broker]:
    async with running_broker("embedded") as running:
        yield running


@pytest.fixture
async def quick_broker(_quick: Broker) -> Broker:
    """The embedded broker, empty. How it goes on each of the others is what the journeys without a browser are for."""
    await _quick.empty()
    return _quick
