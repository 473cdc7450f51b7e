"""Whether the connections to Kafka held: only behind a broken one can there be another broker, or one that forgot (decision 0003)."""

from __future__ import annotations

from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer


class Connections:
    """Those of one client, since it was made or `renew` was called.

    aiokafka connects again by itself and tells nobody, so we look at the connections it holds.
    """

    def __init__(self, client: AIOKafkaConsumer | AIOKafkaProducer) -> None:
        self._client = client.client if isinstance(client, AIOKafkaProducer) else client._client
        self._seen: set[Any] = set()
        self.renew()

    def renew(self) -> None:
        """Count from here."""
        self._seen = {each for each in self._client._conns.values() if each.connected()}

    def broke(self) -> bool:
        """Whether one of them broke."""
        self._seen.update(self._client._conns.values())
        return not all(each.connected() for each in self._seen)
