"""What the journeys share: for what is about pages, the broker that starts quickest."""

from __future__ import annotations

import pytest

from tests.support.kafka import EMBEDDED, Broker, Brokers


@pytest.fixture
async def quick_broker(brokers: Brokers) -> Broker:
    """The embedded broker, empty. How it goes on each of the others is what the journeys without a browser are for."""
    return await brokers.empty(EMBEDDED)
