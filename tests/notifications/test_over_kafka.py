"""From a message on Kafka to a mail, and from the mail to a message on Kafka; everything real."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from services.notifications.app import parts
from shared.history.service import Service
from shared.messaging.messages.cases import CaretakerInformed
from shared.messaging.relay import Relay
from shared.messaging.topics import make_topics
from shared.running import roles
from shared.running.listener import Listener
from tests.notifications.heard import CARETAKER, CASE, OBSERVATION, record
from tests.notifications.mail_server import MailServer
from tests.support.contract import assert_in_contract
from tests.support.eventually import eventually
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import running_service


async def test_a_caretaker_is_mailed_and_the_others_hear_that_it_arrived(
    postgres: PostgresServer, tmp_path: Path, broker: Broker, mails: MailServer
) -> None:
    await broker.clear()
    reached: dict[str, Any] = {
        "kafka": broker.bootstrap,
        "kafka_idempotence": broker.kind != "embedded",
        "kafka_fetch_wait_ms": broker.fetch_max_wait_ms,
        "kafka_partitions": 1,
    }
    async with running_service(parts(), postgres, tmp_path, smtp=mails.address, **reached) as notifications:
        await say_to_notifications(broker)
        async with at_work(notifications.service):
            await eventually(lambda: len(mails.taken) == 1, within=60)
            found = await eventually(lambda: first_said(broker), within=60)
        assert mails.taken[0]["Subject"] == "Din observation er i gode hænder"
        assert mails.recipients == ["caretaker-1@example.test"]
        assert found is not None
        headers, key, value = found
        assert headers["ce_type"] == b"dk.brobygger.notifications.notice_sent.v1"
        assert_in_contract(headers, key, value, topic="brobygger.notifications")


async def say_to_notifications(broker: Broker) -> None:
    """What cases would say, twice: the second time changes nothing."""
    async with broker.administrator() as administrator:
        await make_topics(administrator, partitions=1, replication=1)
    said = record(CaretakerInformed(case_id=CASE, observation_id=OBSERVATION, caretaker=CARETAKER, milestone="in_good_hands", on_time=True))
    producer = AIOKafkaProducer(bootstrap_servers=broker.bootstrap, acks="all")
    await producer.start()
    try:
        for _ in range(2):
            await producer.send_and_wait(said.topic, said.value, key=said.key, headers=list(said.headers))
    finally:
        await producer.stop()


async def first_said(broker: Broker) -> tuple[dict[str, bytes], bytes, bytes] | None:
    """The first record on the topic of notifications, if there is one by now."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=broker.bootstrap, fetch_max_wait_ms=broker.fetch_max_wait_ms, auto_offset_reset="earliest"
    )
    consumer.assign([TopicPartition("brobygger.notifications", 0)])
    await consumer.start()
    try:
        await consumer.seek_to_beginning()
        found = [each for batch in (await consumer.getmany(timeout_ms=1000)).values() for each in batch]
    finally:
        await consumer.stop()
    return (dict(found[0].headers), found[0].key, found[0].value) if found else None


@asynccontextmanager
async def at_work(service: Service) -> AsyncIterator[None]:
    """The listener, the clock and the relay of the service, meanwhile."""
    work = [Listener(service).run(), roles.clock(service, tick=0.1), Relay(service.settings).run()]
    tasks = [asyncio.create_task(each) for each in work]
    try:
        yield
    finally:
        await roles.end(tasks)
