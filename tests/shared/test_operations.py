"""What operators see: alive, ready, degraded; numbers without names; and that nobody's words are among them."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import CommitFailedError
from pydantic import SecretStr

from shared.ground.telemetry import VERSION
from shared.messaging.topics import make_topics
from shared.privacy.personal import Personal
from shared.running.operations import BrokerLook
from tests.shared.diary import READING, WRITING, Begin, Write, begin, write
from tests.support.certificates import certificate
from tests.support.eventually import eventually
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import Running, browser, context_for, running_service


@pytest.fixture
async def writing(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(WRITING, postgres, tmp_path) as running:
        yield running


async def test_a_service_without_a_broker_is_degraded_and_goes_on(writing: Running) -> None:
    async with browser(writing) as client:
        answer = await client.get("/writing/health/ready")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["broker"] == "away"


@pytest.mark.parametrize(("days", "warns"), [(22, False), (20, True), (-1, True), (None, False)])
async def test_ready_warns_three_weeks_before_the_proxys_certificate_ends_and_names_one_that_ended(
    postgres: PostgresServer, tmp_path: Path, days: int | None, warns: bool
) -> None:
    file = tmp_path / "proxy_certificate"
    file.write_bytes(b"" if days is None else certificate(tmp_path / "made", days=days)[0].read_bytes())
    async with running_service(WRITING, postgres, tmp_path, certificate_file=file) as running, browser(running) as client:
        answer = (await client.get("/writing/health/ready")).json()
    ends = (datetime.now(UTC) + timedelta(days=days or 0)).date().isoformat()
    assert answer.get("certificates_end") == ({"proxy": ends} if warns else None)


@pytest.mark.on_every_broker
async def test_a_service_with_everything_is_ready_and_knows_how_far_it_is_behind(
    postgres: PostgresServer, any_broker: Broker, tmp_path: Path
) -> None:
    async with any_broker.administrator() as administrator:
        await make_topics(administrator, partitions=3, replication=1)
    ready = {
        "database": "up", "vault": "up", "outbox": 0, "outbox_age_seconds": 0, "parked": 0, "waiting": 0,
        "broker": "up", "lag": 0, "status": "ready",
    }  # fmt: skip
    async with running_service(READING, postgres, tmp_path, kafka=any_broker.bootstrap) as reading, browser(reading) as client:

        async def knows() -> bool:
            """A cluster that has never seen a group needs a moment to say where it is kept."""
            return bool((await client.get("/reading/health/ready")).json() | {"outbox_age_seconds": 0} == ready)

        await eventually(knows, within=60)


@pytest.mark.on_every_broker
async def test_whoever_has_heard_nothing_of_a_batch_is_behind_by_all_of_it(
    postgres: PostgresServer, any_broker: Broker, tmp_path: Path
) -> None:
    async with any_broker.administrator() as administrator:
        await make_topics(administrator, partitions=1, replication=1)
    [topic] = READING.topics
    async with running_service(READING, postgres, tmp_path, kafka=any_broker.bootstrap) as reading:
        consumer = AIOKafkaConsumer(bootstrap_servers=any_broker.bootstrap, group_id="brobygger.reading", enable_auto_commit=False)
        producer = AIOKafkaProducer(bootstrap_servers=any_broker.bootstrap)
        async with consumer, producer:
            place = TopicPartition(topic, 0)
            consumer.assign([place])
            began = await producer.send_and_wait(topic, b"before", partition=0)

            async def noted() -> bool:
                """A listener of a test before, which was killed, may still count as one of the group."""
                with suppress(CommitFailedError):
                    await consumer.commit({place: began.offset + 1})
                    return True
                return False

            await eventually(noted, within=60)
            batch = producer.create_batch()
            for number in range(20):
                batch.append(key=None, value=b"%d" % number, timestamp=None)
            await (await producer.send_batch(batch, topic, partition=0))
        assert await BrokerLook(reading.service).now() == ("up", 20)


@pytest.mark.parametrize("missing", ["database", "vault"])
async def test_a_service_without_one_of_its_databases_is_not_ready_and_alive(writing: Running, missing: str) -> None:
    nowhere = SecretStr("postgresql://nobody@127.0.0.1:1/nothing")
    writing.service.settings = writing.settings.model_copy(update={f"{missing}_url": nowhere})
    async with browser(writing) as client:
        answer = await client.get("/writing/health/ready")
        assert (answer.status_code, answer.json()["status"], answer.json()[missing]) == (503, "not_ready", "away")
        assert (await client.get("/writing/health/live")).status_code == 200


async def test_a_service_that_has_much_to_do_is_ready_still(writing: Running) -> None:
    async with AsyncExitStack() as busy, browser(writing) as client:
        for pool in (writing.service.pool, writing.service.vault._pool):
            for _ in range(pool.get_max_size()):
                await busy.enter_async_context(pool.acquire())
        answer = await client.get("/writing/health/ready")
    assert (answer.status_code, answer.json()["database"], answer.json()["vault"]) == (200, "up", "up")


async def test_the_numbers_tell_what_waits_and_name_nobody(writing: Running) -> None:
    diary_id = uuid4()
    await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
    await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, "plantet-hemmelighed")), context_for())
    async with browser(writing) as client:
        await client.get("/writing/health/live")
        text = (await client.get("/writing/metrics")).text
    assert 'brobygger_outbox_depth{service="writing"} 2.0' in text
    assert 'brobygger_request_seconds_count{method="GET",route="/health/live",service="writing",status="200"} 1.0' in text
    assert 'brobygger_events_total{service="writing",type="test.diary.written"} 1.0' in text
    assert f'brobygger_build_info{{service="writing",version="{VERSION}"}} 1.0' in text
    assert "plantet" not in text
    assert str(diary_id) not in text


def test_the_release_is_the_one_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION


async def test_the_services_role_can_neither_forget_a_destroyed_key_nor_a_look(writing: Running) -> None:
    vault = await asyncpg.connect(writing.settings.vault_url.get_secret_value())
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await vault.execute("delete from keys")
    finally:
        await vault.close()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await writing.service.pool.execute("delete from access_log")
