"""Says one thing as the ERP would: run inside the installation, for its broker is reachable from nowhere else.

Arguments: association, tenancy, home, estate, first day, and the password of the ERP at the broker.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from aiokafka import AIOKafkaProducer
from pydantic import SecretStr

from shared.ground.settings import KafkaSettings
from shared.messaging.connections import wire
from shared.messaging.message import Envelope, written
from shared.messaging.messages.erp import TenancyStarted


async def tell(association: str, tenancy: str, home: str, estate: str, first_day: str, password: str) -> None:
    """A tenancy has begun."""
    said = TenancyStarted(tenancy_id=UUID(tenancy), unit_id=UUID(home), estate_id=estate, started_on=date.fromisoformat(first_day))
    now = datetime.now(UTC)
    envelope = Envelope(
        id=str(uuid4()), source=f"/erp/{association}", type=said.TYPE, subject=tenancy, time=now, recorded_at=now,
        association=association, actor="erp", actor_role="system",
    )  # fmt: skip
    message = written(envelope, said)
    settings = KafkaSettings(
        kafka="kafka:9092", kafka_user="erp", kafka_password=SecretStr(password), kafka_ca_file=Path("/run/secrets/authority")
    )
    producer = AIOKafkaProducer(**wire(settings), acks="all")
    await producer.start()
    try:
        headers = [(name, value) for name, value in message.headers.items()]
        await producer.send_and_wait(said.TOPIC, message.value, key=tenancy.encode(), headers=headers)
    finally:
        await producer.stop()


if __name__ == "__main__":
    asyncio.run(tell(*sys.argv[1:]))
