"""The servers the other tests stand on do what they promise."""

from __future__ import annotations

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import NewTopic

from local.broker import free_port
from tests.support.eventually import eventually
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer


async def test_a_copied_database_has_what_the_template_was_given_and_nothing_of_its_sisters(postgres: PostgresServer) -> None:
    async def prepare(dsn: str) -> None:
        connection = await asyncpg.connect(dsn)
        await connection.execute("create table home (id int); insert into home values (1)")
        await connection.close()

    first = await asyncpg.connect(await postgres.copy_of("one home", prepare))
    await first.execute("insert into home values (2)")
    second = await asyncpg.connect(await postgres.copy_of("one home", prepare))
    assert await second.fetchval("select count(*) from home") == 1
    await first.close()
    await second.close()


@pytest.mark.on_every_broker
async def test_a_broker_carries_a_message_and_forgets_it_when_it_is_emptied(any_broker: Broker) -> None:
    before = await any_broker.cluster_id()
    async with any_broker.administrator() as administrator:
        await administrator.create_topics([NewTopic("carried", 2, 1)])
    producer = AIOKafkaProducer(bootstrap_servers=any_broker.bootstrap, acks="all")
    await producer.start()
    await producer.send_and_wait("carried", b"hello", key=b"k")
    await producer.stop()
    consumer = AIOKafkaConsumer(
        "carried",
        bootstrap_servers=any_broker.bootstrap,
        group_id="reader",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        fetch_max_wait_ms=any_broker.fetch_max_wait_ms,
    )
    await consumer.start()
    assert (await consumer.getone()).value == b"hello"
    await consumer.stop()

    await any_broker.empty()

    assert await any_broker.cluster_id() != before
    async with any_broker.administrator() as administrator:
        assert "carried" not in await administrator.list_topics()


@pytest.mark.on_every_broker
async def test_a_broker_that_is_killed_serves_again_at_the_same_address_after_a_start(any_broker: Broker) -> None:
    before = await any_broker.cluster_id()
    await any_broker.kill()
    assert not await any_broker.is_serving()
    await any_broker.start()
    await eventually(any_broker.is_serving)
    assert (await any_broker.cluster_id() == before) is any_broker.keeps_data


@pytest.mark.sockets
def test_a_port_of_a_broker_is_none_that_the_system_gives_to_passers_by() -> None:
    assert len({free_port() for _ in range(20)}) > 1
    assert all(20_000 <= free_port() < 30_000 for _ in range(20))
