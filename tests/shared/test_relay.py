"""What was decided is said: in order, at least once, also when the broker dies, forgets, or two relays run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.consumer.fetcher import Fetcher
from aiokafka.consumer.group_coordinator import GroupCoordinator

from shared.messaging import outbox
from shared.messaging.relay import Relay
from shared.privacy.personal import Personal
from shared.running import roles
from shared.running.listener import Listener
from tests.shared.diary import READING, WRITING, Begin, Write, begin, write
from tests.shared.test_listener import record
from tests.shared.test_parking import begun, heard, of_type, titled
from tests.support.eventually import eventually
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import Running, context_for, running_service


def how_to_reach(broker: Broker) -> dict[str, Any]:
    return {
        "kafka": broker.bootstrap, "kafka_idempotence": broker.kind != "embedded",
        "kafka_fetch_wait_ms": broker.fetch_max_wait_ms, "kafka_partitions": 3,
    }  # fmt: skip


@pytest.fixture
async def writing(postgres: PostgresServer, tmp_path: Path, any_broker: Broker) -> AsyncIterator[Running]:
    async with running_service(WRITING, postgres, tmp_path, **how_to_reach(any_broker)) as running:
        yield running


@pytest.fixture
async def reading(postgres: PostgresServer, tmp_path: Path, any_broker: Broker) -> AsyncIterator[Running]:
    async with running_service(READING, postgres, tmp_path, **how_to_reach(any_broker)) as running:
        yield running


@asynccontextmanager
async def at_work(*work: Any) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Relays and listeners that run meanwhile; cancelled is how a killed one looks from outside."""
    tasks = [asyncio.create_task(each.run()) for each in work]
    try:
        yield tasks
    finally:
        await roles.end(tasks)


async def diaries(writing: Running, how_many: int, entries: int) -> list[UUID]:
    ids = [uuid4() for _ in range(how_many)]
    for diary_id in ids:
        await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
    for n in range(entries):
        for diary_id in ids:
            await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, f"{n}")), context_for())
    return ids


async def all_heard(reading: Running, ids: list[UUID], entries: int) -> bool:
    found = await reading.rows("select entries from diary_list where diary_id = any($1::uuid[])", ids)
    return len(found) == len(ids) and all(row["entries"] == entries for row in found)


async def in_order(reading: Running, writing: Running, ids: list[UUID]) -> bool:
    for diary_id in ids:
        heard = [row["of"] for row in await reading.rows("select of from heard_order where diary_id = $1 order by n", diary_id)]
        told = [
            row["state"]
            for row in await writing.rows("select state from events where stream_id = $1 and version > 1 order by version", diary_id)
        ]
        if len(heard) != len(told) or not all(of in state for of, state in zip(heard, told, strict=True)):
            return False
    return True


async def test_what_is_written_is_heard_in_order(writing: Running, reading: Running) -> None:
    ids = await diaries(writing, 5, 4)
    async with at_work(Relay(writing.settings), Listener(reading.service)):
        await eventually(lambda: all_heard(reading, ids, 4), within=60)
    assert await in_order(reading, writing, ids)
    assert await outbox.depth(writing.service.pool) == (0, 0.0)  # type: ignore[arg-type]


async def test_when_it_was_sent_is_kept_to_the_hour_so_that_a_batch_has_no_moment_in_common(writing: Running, reading: Running) -> None:
    """A moment that two matters share would lead from what is erased to what is not."""
    ids = await diaries(writing, 3, 2)
    async with at_work(Relay(writing.settings), Listener(reading.service)):
        await eventually(lambda: all_heard(reading, ids, 2), within=60)
    # Whoever stops a relay lets it note what went.
    assert await outbox.depth(writing.service.pool) == (0, 0.0)  # type: ignore[arg-type]
    sent = await writing.rows("select sent_at, date_trunc('hour', sent_at) as hour from outbox where sent_at is not null")
    assert len(sent) >= 6
    assert all(row["sent_at"] == row["hour"] for row in sent)
    consumer = AIOKafkaConsumer("brobygger.intake", bootstrap_servers=writing.settings.kafka, auto_offset_reset="earliest")
    async with consumer:
        records = [each for batch in (await consumer.getmany(timeout_ms=10_000)).values() for each in batch]
    assert records
    assert all(record.timestamp % 3_600_000 == 0 for record in records)


async def test_two_relays_at_once_send_nothing_out_of_order(writing: Running, reading: Running) -> None:
    async with at_work(Relay(writing.settings), Relay(writing.settings), Listener(reading.service)):
        ids = await diaries(writing, 4, 5)
        await eventually(lambda: all_heard(reading, ids, 5), within=60)
    assert await in_order(reading, writing, ids)


async def test_a_relay_that_dies_is_followed_by_another(writing: Running, reading: Running) -> None:
    async with at_work(Listener(reading.service)):
        async with at_work(Relay(writing.settings)) as (first,):
            ids = await diaries(writing, 3, 2)
            first.cancel()
        async with at_work(Relay(writing.settings)):
            more = await diaries(writing, 3, 2)
            await eventually(lambda: all_heard(reading, ids + more, 2), within=60)
    assert await in_order(reading, writing, ids + more)


async def test_sent_but_not_marked_is_sent_again_and_heard_once(writing: Running, reading: Running) -> None:
    ids = await diaries(writing, 2, 2)
    async with at_work(Relay(writing.settings), Listener(reading.service)):
        await eventually(lambda: all_heard(reading, ids, 2), within=60)
        await writing.service.pool.execute("update outbox set sent_at = null")
        last = await diaries(writing, 1, 1)
        await eventually(lambda: all_heard(reading, last, 1), within=60)
    assert await all_heard(reading, ids, 2)


async def test_a_broker_that_was_killed_and_comes_back_hears_the_rest(writing: Running, reading: Running, any_broker: Broker) -> None:
    async with at_work(Relay(writing.settings), Listener(reading.service)):
        before = await diaries(writing, 2, 2)
        await eventually(lambda: all_heard(reading, before, 2), within=60)
        await any_broker.kill()
        meanwhile = await diaries(writing, 2, 2)
        await any_broker.start()
        await eventually(lambda: all_heard(reading, before + meanwhile, 2), within=120)
    assert await in_order(reading, writing, before + meanwhile)


async def test_a_broker_that_was_away_long_is_not_waited_for_longer_the_next_time(
    writing: Running, reading: Running, any_broker: Broker
) -> None:
    relay = Relay(writing.settings)
    async with at_work(relay, Listener(reading.service)):
        await any_broker.kill()
        await eventually(lambda: relay.patience.seconds >= 0.8, within=120)
        await any_broker.start()
        ids = await diaries(writing, 1, 1)
        await eventually(lambda: all_heard(reading, ids, 1), within=120)
        assert relay.patience.seconds == 0.2


@pytest.mark.on_every_broker
async def test_an_emptied_broker_is_told_everything_again(writing: Running, reading: Running, any_broker: Broker) -> None:
    async with at_work(Relay(writing.settings)):
        ids = await diaries(writing, 3, 2)

        await eventually(lambda: _nothing_waits(writing), within=60)
        await any_broker.empty()
        async with at_work(Listener(reading.service)):
            await eventually(lambda: all_heard(reading, ids, 2), within=120)
    assert await in_order(reading, writing, ids)


async def test_a_log_begun_anew_is_heard_from_its_beginning_also_when_it_is_longer_than_the_old_one(
    postgres: PostgresServer, tmp_path: Path, any_broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The listener asks the emptied broker for more only when the relay has told it everything, and more, again."""
    may_fetch = asyncio.Event()
    may_fetch.set()
    fetch = Fetcher._proc_fetch_request

    async def fetch_when_allowed(*request: Any) -> Any:
        await may_fetch.wait()
        return await fetch(*request)

    monkeypatch.setattr(Fetcher, "_proc_fetch_request", fetch_when_allowed)
    where = how_to_reach(any_broker) | {"kafka_partitions": 1}
    async with (
        running_service(WRITING, postgres, tmp_path, **where) as writing,
        running_service(READING, postgres, tmp_path, **where) as reading,
        at_work(Listener(reading.service)),
    ):
        async with at_work(Relay(writing.settings)):
            before = await diaries(writing, 1, 2)
            await eventually(lambda: all_heard(reading, before, 2), within=60)
        may_fetch.clear()
        await any_broker.empty()
        async with at_work(Relay(writing.settings)):
            meanwhile = await diaries(writing, 2, 2)
            await eventually(lambda: _nothing_waits(writing), within=60)
            may_fetch.set()
            await eventually(lambda: all_heard(reading, before + meanwhile, 2), within=60)
        assert await in_order(reading, writing, before + meanwhile)
        assert await reading.value("select count(*) from parked") == 0


async def test_how_far_we_were_in_an_old_log_is_not_where_we_begin_in_a_new_one(
    postgres: PostgresServer, tmp_path: Path, any_broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is noted of the old log is under way when the broker is emptied, and arrives before we are given any place in the new one."""
    may_note = asyncio.Event()
    note = GroupCoordinator._do_commit_offsets

    async def note_when_allowed(coordinator: GroupCoordinator, assignment: Any, offsets: Any) -> Any:
        if any(place.offset >= 3 for place in offsets.values()):  # all of the three that are told before
            await may_note.wait()
        return await note(coordinator, assignment, offsets)

    monkeypatch.setattr(GroupCoordinator, "_do_commit_offsets", note_when_allowed)
    where = how_to_reach(any_broker) | {"kafka_partitions": 1}
    async with (
        running_service(WRITING, postgres, tmp_path, **where) as writing,
        running_service(READING, postgres, tmp_path, **where) as reading,
        at_work(Listener(reading.service)),
    ):
        async with at_work(Relay(writing.settings)):
            before = await diaries(writing, 1, 2)
            await eventually(lambda: all_heard(reading, before, 2), within=60)
        await any_broker.empty()
        async with at_work(Relay(writing.settings)):
            meanwhile = await diaries(writing, 2, 2)
            await eventually(lambda: _nothing_waits(writing), within=60)
            may_note.set()
            await eventually(lambda: all_heard(reading, before + meanwhile, 2), within=60)
        assert await in_order(reading, writing, before + meanwhile)
        assert await reading.value("select count(*) from parked") == 0


async def test_an_emptied_broker_hears_what_it_forgot_before_what_is_new(writing: Running, any_broker: Broker) -> None:
    async with at_work(Relay(writing.settings)):
        (diary_id,) = await diaries(writing, 1, 2)
        await eventually(lambda: _nothing_waits(writing), within=60)
        await any_broker.empty()
        await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, "new")), context_for())
        await eventually(lambda: _nothing_waits(writing), within=60)
    told = [row["value"] for row in await writing.rows("select value from outbox order by position")]
    async with AIOKafkaConsumer("brobygger.intake", bootstrap_servers=any_broker.bootstrap, auto_offset_reset="earliest") as consumer:
        heard = [(await asyncio.wait_for(consumer.getone(), 30)).value for _ in told]
        assert len(consumer.partitions_for_topic("brobygger.intake")) == writing.settings.kafka_partitions
    assert heard == told


async def test_topics_that_lost_their_messages_on_the_same_broker_are_noticed(
    writing: Running, reading: Running, any_broker: Broker
) -> None:
    """The cluster id is the same, but the log is shorter than what was acknowledged."""
    async with at_work(Relay(writing.settings)):
        ids = await diaries(writing, 3, 2)

        await eventually(lambda: _nothing_waits(writing), within=60)
    await any_broker.clear()
    async with at_work(Relay(writing.settings), Listener(reading.service)):
        await eventually(lambda: all_heard(reading, ids, 2), within=120)


async def test_a_listener_that_joins_in_the_middle_shares_the_work_and_nothing_happens_twice(writing: Running, reading: Running) -> None:
    async with at_work(Relay(writing.settings), Listener(reading.service)):
        first = await diaries(writing, 6, 2)
        async with at_work(Listener(reading.service)):
            second = await diaries(writing, 6, 2)
            await eventually(lambda: all_heard(reading, first + second, 2), within=120)
    assert await in_order(reading, writing, first + second)
    assert await reading.value("select count(*) from parked") == 0


async def test_kafka_keys_and_headers_tell_nothing_but_ids_and_codes(writing: Running, any_broker: Broker) -> None:
    diary_id = uuid4()
    await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
    await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, "plantet-hemmelighed")), context_for())
    consumer = AIOKafkaConsumer("brobygger.intake", bootstrap_servers=any_broker.bootstrap, auto_offset_reset="earliest")
    async with at_work(Relay(writing.settings)):
        await eventually(lambda: _nothing_waits(writing), within=60)
    await consumer.start()
    try:
        records = [await asyncio.wait_for(consumer.getone(), 30) for _ in range(2)]
    finally:
        await consumer.stop()
    assert {record.key for record in records} == {str(diary_id).encode()}
    assert all(
        b"plantet-hemmelighed" not in part for record in records for part in (record.value, record.key, *(v for _, v in record.headers))
    )


async def _nothing_waits(writing: Running) -> bool:
    return await outbox.depth(writing.service.pool) == (0, 0.0)  # type: ignore[arg-type]


@pytest.mark.on_every_broker
async def test_a_broker_that_has_everything_is_not_told_again_by_the_next_relay(writing: Running) -> None:
    await diaries(writing, 20, 0)  # many keys at once: batches of many records on each partition
    async with at_work(Relay(writing.settings)):
        await eventually(lambda: _nothing_waits(writing), within=60)
    met = await writing.rows("select met_at from relay_broker")
    async with at_work(Relay(writing.settings)):
        await diaries(writing, 1, 0)
        await eventually(lambda: _nothing_waits(writing), within=60)
    assert await writing.rows("select met_at from relay_broker") == met


async def test_over_kafka_what_is_foreign_is_passed_and_what_waited_goes_in_by_itself_also_after_a_restart(
    reading: Running, any_broker: Broker
) -> None:
    known, foreign_to_us, late = uuid4(), uuid4(), uuid4()
    told = [
        record(known, 1), of_type(record(known, 2), "dk.erp.arrears_reminder_sent.v1"), record(known, 3),
        titled(late, "good", id="t1"), record(late, 2), of_type(record(foreign_to_us, 1), "dk.erp.nonsense.v1"),
    ]  # fmt: skip
    async with at_work(Listener(reading.service)):
        async with AIOKafkaProducer(bootstrap_servers=any_broker.bootstrap, enable_idempotence=any_broker.kind != "embedded") as producer:
            for each in told:
                await producer.send_and_wait(each.topic, each.value, key=each.key, headers=list(each.headers))
        await eventually(lambda: all_heard(reading, [known], 1), within=60)
        await eventually(lambda: _holds(reading, "select count(*) = 2 from parked where done_at is null"), within=60)
    await begun(reading, late)  # while nobody listens
    async with at_work(Listener(reading.service)):
        await eventually(lambda: all_heard(reading, [late], 1), within=60)
        # In a partition of its own, which nothing before waits for.
        await eventually(lambda: _holds(reading, "select count(*) = 2 from unknown_types"), within=60)
    assert await heard(reading, late) == ["good", "2/words"]
    assert await reading.value("select count(*) from unknown_types") == 2  # how often each: what is delivered again is counted again


async def _holds(reading: Running, question: str) -> bool:
    return bool(await reading.value(question))
