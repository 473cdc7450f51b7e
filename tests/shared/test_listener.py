"""What is heard is heard once, in order, or put aside with a reason; nothing later overtakes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from aiokafka import TopicPartition

from shared.ground.provenance import Provenance
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.inbox import Record
from shared.messaging.message import envelope_for, written
from shared.privacy.personal import Personal, Sealed
from shared.running import listener as listener_module
from shared.running.listener import Listener
from tests.shared.diary import READING, DiaryBegun, DiaryWritten
from tests.support.eventually import eventually
from tests.support.postgres import PostgresServer
from tests.support.services import NOW, Running, keys_for, running_service


@pytest.fixture
async def reading(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(READING, postgres, tmp_path) as running:
        yield running


def record(diary_id: UUID, version: int, *, association: str = "bakkegaarden", offset: int = 0, **headers: bytes) -> Record:
    """A message as the writing service would have sent it."""
    provenance = Provenance(
        association=association, actor="staff-1", role="social_lead", on_behalf_of="", happened_at=NOW, recorded_at=NOW,
        purpose="case_work", basis="", procedure_version="", correlation_id=str(uuid4()), causation_id="", traceparent="",
    )  # fmt: skip
    said = (
        DiaryBegun(diary_id=diary_id)
        if version == 1
        else DiaryWritten(diary_id=diary_id, words=Sealed(diary_id, f"{version}/words", "AAAA"))
    )
    kafka = written(envelope_for(said, service="writing", stream_id=diary_id, version=version, provenance=provenance), said)
    return Record("brobygger.intake", 0, offset, str(diary_id).encode(), tuple((kafka.headers | headers).items()), kafka.value)


async def entries(reading: Running, diary_id: UUID) -> int | None:
    value: int | None = await reading.value("select entries from diary_list where diary_id = $1", diary_id)
    return value


async def parked(reading: Running) -> list[str]:
    return [row["code"] for row in await reading.rows("select code from parked where done_at is null order by id")]


async def test_a_batch_is_taken_in_together(reading: Running) -> None:
    diary_id = uuid4()
    await Listener(reading.service).take_in([record(diary_id, version) for version in (1, 2, 3)])
    assert await entries(reading, diary_id) == 2


async def test_the_same_message_twice_in_a_row_happens_once(reading: Running) -> None:
    diary_id, listener = uuid4(), Listener(reading.service)
    for _ in range(2):
        await listener.take_in([record(diary_id, version) for version in (1, 2)])
    assert await entries(reading, diary_id) == 1


async def test_the_same_message_twice_in_one_batch_happens_once(reading: Running) -> None:
    diary_id = uuid4()
    await Listener(reading.service).take_in([record(diary_id, 1), record(diary_id, 2), record(diary_id, 2)])
    assert await entries(reading, diary_id) == 1


async def test_the_same_message_twice_at_once_happens_once(reading: Running) -> None:
    diary_id = uuid4()
    await Listener(reading.service).take_in([record(diary_id, 1)])
    await asyncio.gather(*(Listener(reading.service).take_in([record(diary_id, 2)]) for _ in range(4)))
    assert await entries(reading, diary_id) == 1


async def test_a_hundred_times_is_once(reading: Running) -> None:
    diary_id, listener = uuid4(), Listener(reading.service)
    for _ in range(100):
        await listener.take_in([record(diary_id, 1)])
    assert await entries(reading, diary_id) == 0
    assert await parked(reading) == []


async def test_one_bad_message_does_not_hold_up_the_others(reading: Running) -> None:
    good, bad = uuid4(), uuid4()
    await Listener(reading.service).take_in([record(good, 1), record(bad, 2), record(good, 2)])
    assert await entries(reading, good) == 1
    assert await parked(reading) == ["refused"]


async def test_what_comes_later_about_the_same_waits_behind_the_bad_one(reading: Running) -> None:
    diary_id, listener = uuid4(), Listener(reading.service)
    await listener.take_in([record(diary_id, 2), record(diary_id, 3)])
    await listener.take_in([record(diary_id, 4)])
    assert await parked(reading) == ["refused", "behind", "behind"]


async def test_retrying_takes_in_the_parked_one_and_all_behind_it_in_order(reading: Running) -> None:
    diary_id, listener = uuid4(), Listener(reading.service)
    await listener.take_in([record(diary_id, 2), record(diary_id, 3), record(diary_id, 4)])
    await reading.service.pool.execute("insert into diary_list (diary_id, entries) values ($1, 0)", diary_id)
    assert await listener.retry() == (3, 0)
    assert [row["of"] for row in await reading.rows("select of from heard_order order by n")] == ["2/words", "3/words", "4/words"]
    assert await parked(reading) == []


async def test_retrying_in_vain_changes_nothing_but_the_count(reading: Running) -> None:
    diary_id, listener = uuid4(), Listener(reading.service)
    await listener.take_in([record(diary_id, 2), record(diary_id, 3)])
    taken, left = await listener.retry()
    assert (taken, left) == (0, 2)
    assert await parked(reading) == ["refused", "behind"]
    assert await reading.value("select max(tries) from parked") == 1


async def test_a_parked_message_that_is_delivered_again_is_parked_once(reading: Running) -> None:
    again, listener = record(uuid4(), 2), Listener(reading.service)
    for offset in (5, 6, 7):
        await listener.take_in([replace(again, offset=offset)])
    assert await parked(reading) == ["refused"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda r: replace(r, value=b"{broken"), "not-a-cloudevent"),
        (lambda r: replace(r, value=None), "malformed"),
        (lambda r: replace(r, headers=tuple(h for h in r.headers if h[0] != "ce_id")), "not-a-cloudevent"),
        (
            lambda r: replace(
                r, headers=(*(h for h in r.headers if h[0] != "ce_type"), ("ce_type", b"dk.brobygger.writing.diary_begun.v2"))
            ),
            "unknown-version",
        ),
        (
            lambda r: replace(r, headers=(*(h for h in r.headers if h[0] != "ce_association"), ("ce_association", b"andre"))),
            "other-association",
        ),
        (lambda r: replace(r, headers=(("ce_id", b"\xff\xfe"),)), "not-a-cloudevent"),
        (lambda r: replace(r, value=b"\x00" * 100), "not-a-cloudevent"),
    ],
)
async def test_what_can_never_be_understood_is_parked_with_its_reason(
    reading: Running, spoil: Callable[[Record], Record], code: str
) -> None:
    await Listener(reading.service).take_in([spoil(record(uuid4(), 1))])
    assert await parked(reading) == [code]
    assert "broken" not in await reading.value("select reason from parked")


async def test_unknown_fields_are_tolerated(reading: Running) -> None:
    diary_id = uuid4()
    rec = record(diary_id, 1)
    rec = replace(rec, value=(rec.value or b"")[:-1] + b',"colour":"blue"}')
    await Listener(reading.service).take_in([rec])
    assert await entries(reading, diary_id) == 0


async def test_a_message_without_a_key_that_cannot_be_read_blocks_nobody(reading: Running) -> None:
    diary_id, listener = uuid4(), Listener(reading.service)
    await listener.take_in([replace(record(uuid4(), 1), key=None, value=b"{"), record(diary_id, 1)])
    await listener.take_in([record(diary_id, 2)])
    assert await entries(reading, diary_id) == 1


async def test_a_database_that_comes_back_gets_the_message(reading: Running, postgres: PostgresServer) -> None:
    diary_id, listener = uuid4(), Listener(reading.service)
    taking = asyncio.create_task(_during_a_restart(listener, diary_id, postgres))
    await taking

    async def arrived() -> bool:
        return await entries(reading, diary_id) == 1

    await eventually(arrived, within=30)


async def test_a_fault_of_ours_is_no_database_that_is_away(reading: Running) -> None:
    async def lacking(_said: DiaryBegun, _work: UnitOfWork) -> None:
        raise FileNotFoundError(2, "a template that is missing")

    reading.service.parts = replace(READING, reactions={DiaryBegun: lacking})
    async with asyncio.timeout(10):
        await Listener(reading.service).take_in([record(uuid4(), 1)])
    assert await parked(reading) == ["failed-here"]


async def _during_a_restart(listener: Listener, diary_id: UUID, postgres: PostgresServer) -> None:
    restarting = asyncio.create_task(postgres.restart())
    await listener.take_in([record(diary_id, 1), record(diary_id, 2)])
    await restarting


class Positions:
    """A consumer of whom only its places matter: where it reads on, and what the broker has noted."""

    def __init__(self, noted: dict[TopicPartition, int]) -> None:
        self.noted = noted
        self.at: dict[TopicPartition, int] = {}

    def assignment(self) -> set[TopicPartition]:
        return set(self.noted)

    async def committed(self, place: TopicPartition) -> int:
        return self.noted[place]

    def seek(self, place: TopicPartition, offset: int) -> None:
        self.at[place] = offset


async def test_what_is_noted_of_another_log_is_no_place_to_begin_however_often_it_is_given_to_us() -> None:
    good, wrong = TopicPartition("brobygger.intake", 0), TopicPartition("brobygger.intake", 1)
    consumer, astray = Positions({good: 7, wrong: 3}), {wrong}
    begins_anew = listener_module._BeginsAnew(consumer, astray)
    await listener_module._back_to_where_we_were(consumer, astray)
    assert consumer.at == {good: 7, wrong: 0}
    for _ in range(2):
        consumer.at.clear()
        await begins_anew.on_partitions_revoked([good, wrong])
        await begins_anew.on_partitions_assigned([good, wrong])
        assert consumer.at == {wrong: 0}


# --- what is sealed in a message is its own -------------------------------------------------------------------------------


@pytest.mark.parametrize("of", ["another", "another field", "own"])
async def test_a_sealed_value_that_was_copied_from_elsewhere_is_not_opened(reading: Running, of: str) -> None:
    mine, other = uuid4(), uuid4()
    keys = await keys_for(reading, mine, other)
    copied = keys.seal(Personal(other if of == "another" else mine, "plantet"), of="event/name" if of == "another field" else "event/words")
    said = record(mine, 2)
    forged = replace(said, value=DiaryWritten(diary_id=mine, words=copied).model_dump_json().encode())
    await Listener(reading.service).take_in([record(mine, 1), forged])
    assert await parked(reading) == ([] if of == "own" else ["forged"])
    assert await entries(reading, mine) == (1 if of == "own" else 0)


def with_header(known: Record, name: str, value: bytes) -> Record:
    return replace(known, headers=(*(each for each in known.headers if each[0] != name), (name, value)))


@pytest.mark.parametrize(
    "astray",
    [
        lambda r: replace(r, topic="brobygger.notifications"),
        lambda r: replace(r, topic="erp.inbound"),
        lambda r: with_header(r, "ce_source", b"/brobygger/bakkegaarden/notifications"),
        lambda r: with_header(r, "ce_source", b"/brobygger/andre/writing"),
        lambda r: with_header(r, "ce_source", b"/brobygger/bakkegaarden/writing/"),
        lambda r: replace(r, key=str(uuid4()).encode()),
        lambda r: replace(r, key=None),
        lambda r: with_header(r, "ce_subject", str(uuid4()).encode()),
    ],
    ids=["topic", "outside", "service", "association", "source", "key", "no key", "subject"],
)
async def test_what_is_not_said_where_by_whom_and_under_the_key_it_is_said_is_not_believed(
    reading: Running, astray: Callable[[Record], Record]
) -> None:
    diary_id = uuid4()
    await Listener(reading.service).take_in([astray(record(diary_id, 1))])
    assert (await parked(reading), await entries(reading, diary_id)) == (["wrong-place"], None)
    assert str(diary_id) not in await reading.value("select reason from parked")


async def test_who_speaks_as_another_takes_no_id_away_from_it(reading: Running) -> None:
    diary_id = uuid4()
    await Listener(reading.service).take_in([replace(record(diary_id, 1), topic="brobygger.notifications", key=b"elsewhere")])
    await Listener(reading.service).take_in([record(diary_id, 1)])
    assert (await parked(reading), await entries(reading, diary_id)) == (["wrong-place"], 0)


async def test_what_was_taken_in_before_is_no_forgery_when_it_is_told_again(reading: Running) -> None:
    mine, other = uuid4(), uuid4()
    words = Sealed(other, "event/words", "AAAA")
    said = replace(record(mine, 2), value=DiaryWritten(diary_id=mine, words=words).model_dump_json().encode())
    await Listener(reading.service).take_in([record(mine, 1), said])
    await keys_for(reading, other)
    await Listener(reading.service).take_in([said])
    assert (await parked(reading), await entries(reading, mine)) == ([], 1)
