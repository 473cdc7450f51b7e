"""Rows after messages: live, twice, at the same time, rebuilt, and rebuilt while others write."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Any

import asyncpg
import pytest

from services.reporting.app import parts
from services.reporting.trends.projections.records import COLUMNS, KINDS, FigureRecord
from services.reporting.trends.projections.rows import rebuild
from shared.ground.database import connect
from shared.history.rebuild import rebuild as rebuild_service
from shared.messaging.inbox import Record
from shared.messaging.message import ReceivedMessage
from shared.running.listener import Listener
from tests.reporting.lives import HOUR, Life, record, some_life, whole_life
from tests.reporting.publishing import hear
from tests.support.eventually import eventually
from tests.support.services import NOW, Running


def records(said: Iterable[ReceivedMessage]) -> list[Record]:
    return [record(heard, offset) for offset, heard in enumerate(said)]


async def everything(reporting: Running) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    return {
        kind.TABLE: [tuple(row) for row in await reporting.rows(f"select {', '.join(columns)} from {kind.TABLE} order by 1")]
        for kind, columns in COLUMNS.items()
    }


def many_lives(how_many: int, seed: int = 1) -> list[ReceivedMessage]:
    """Lives that run beside each other, in the order in which it was all said."""
    random = Random(seed)
    lives = [some_life(random, f"life {seed} {n}", NOW + random.random() * 200 * HOUR) for n in range(how_many)]
    return sorted((heard for life in lives for heard in life.said), key=lambda heard: heard.envelope.time)


@pytest.mark.parametrize("kind", KINDS)
async def test_columns_stand_in_the_order_of_the_fields(reporting: Running, kind: type[FigureRecord]) -> None:
    found = await reporting.rows(
        "select attname from pg_attribute where attrelid = $1::text::regclass and attnum > 0 and not attisdropped order by attnum",
        kind.TABLE,
    )
    assert tuple(row[0] for row in found) == COLUMNS[kind]


async def test_a_life_leaves_one_row_and_its_referrals_follow_ups_and_notices(reporting: Running) -> None:
    life = whole_life()
    await hear(reporting, life.said)
    (case,) = await reporting.rows("select * from case_figures")
    assert (case["case_id"], case["estate_id"], case["outcome"]) == (life.case_id, "estate-1", "help_established")
    assert case["signals"] == ["home.hoarding", "self.neglect"]
    assert {kind.TABLE: await reporting.value(f"select count(*) from {kind.TABLE}") for kind in KINDS} == {
        "case_figures": 1,
        "referral_figures": 2,
        "follow_up_figures": 2,
        "notice_figures": 1,
    }


async def test_what_is_told_from_tomorrow_is_counted_today_also_when_it_is_counted_again(reporting: Running) -> None:
    await Listener(reporting.service).take_in(records(Life("ahead", NOW + 40 * 24 * HOUR).registered().raised().said))
    (live,) = await reporting.rows("select registered_at, raised_at, severity_as_of from case_figures")
    assert set(live) == {NOW}
    await rebuild_service(parts(), reporting.owner_url, reporting.service.vault)
    assert await reporting.rows("select registered_at, raised_at, severity_as_of from case_figures") == [live]


async def test_messages_heard_twice_count_once(reporting: Running) -> None:
    said = whole_life().said
    await hear(reporting, said)
    once = await everything(reporting)
    await hear(reporting, said)
    assert await everything(reporting) == once


async def test_one_message_at_a_time_leaves_the_same_rows_as_all_together(reporting: Running) -> None:
    said = many_lives(12)
    for heard in said:
        await hear(reporting, [heard])
    one_by_one = await everything(reporting)
    await rebuild_service(parts(), reporting.owner_url, reporting.service.vault)
    assert await everything(reporting) == one_by_one


async def test_what_intake_and_cases_say_at_the_same_time_is_all_counted(reporting: Running) -> None:
    lives = [whole_life(f"life {n}") for n in range(20)]
    from_intake = [heard for life in lives for heard in life.said if "intake" in heard.envelope.type]
    from_cases = [heard for life in lives for heard in life.said if "cases" in heard.envelope.type]
    await asyncio.gather(hear(reporting, from_intake), hear(reporting, from_cases), hear(reporting, reversed(from_intake)))
    at_once = await everything(reporting)
    await rebuild_service(parts(), reporting.owner_url, reporting.service.vault)
    assert await everything(reporting) == at_once
    assert len(at_once["case_figures"]) == 20
    assert await reporting.value("select count(*) from case_figures where registered_at is not null and raised_at is not null") == 20


async def test_an_unreadable_message_does_not_stop_the_others(reporting: Running) -> None:
    said = Life("one").registered().raised().said
    broken = Record("brobygger.cases", 0, 9, b"other", (("ce_id", b"1"),), b"{")
    await Listener(reporting.service).take_in([broken, *records(said)])
    assert await reporting.value("select count(*) from case_figures where raised_at is not null") == 1
    assert await reporting.value("select count(*) from parked") == 1


async def test_what_a_rebuild_could_not_count_is_not_taken_in(reporting: Running) -> None:
    said = records(Life("one").raised().referred().silent(2).said)
    as_text = replace(said[-1], value=(said[-1].value or b"").replace(b'"step":2', b'"step":"2"'))
    await Listener(reporting.service).take_in([*said[:-1], as_text])
    live = await everything(reporting)
    assert await reporting.value("select count(*) from parked") == 1
    await rebuild_service(parts(), reporting.owner_url, reporting.service.vault)
    assert await everything(reporting) == live


async def test_rebuilt_equals_live(reporting: Running) -> None:
    said = many_lives(40)
    for start in range(0, len(said), 37):
        await hear(reporting, said[start : start + 37])
    live = await everything(reporting)
    await reporting.rows("update case_figures set severity = 'wrong', times_told = 99")
    await reporting.rows("delete from referral_figures")
    await rebuild_service(parts(), reporting.owner_url, reporting.service.vault)
    assert await everything(reporting) == live
    assert len(live["case_figures"]) == 40


async def test_a_rebuild_of_nothing_leaves_nothing(reporting: Running) -> None:
    await rebuild_service(parts(), reporting.owner_url, reporting.service.vault)
    assert await reporting.value("select count(*) from case_figures") == 0


async def test_rebuilt_while_others_write_is_complete(reporting: Running) -> None:
    said = many_lives(60, seed=2)
    half = len(said) // 2
    await hear(reporting, said[:half])

    async def go_on() -> None:
        for start in range(half, len(said), 11):
            await hear(reporting, said[start : start + 11])

    async def rebuild_again_and_again() -> None:
        for _ in range(5):
            await rebuild_service(parts(), reporting.owner_url, reporting.service.vault)

    await asyncio.gather(go_on(), rebuild_again_and_again())
    after = await everything(reporting)
    await rebuild_service(parts(), reporting.owner_url, reporting.service.vault)
    assert await everything(reporting) == after
    assert len(after["case_figures"]) == 60


async def test_a_listener_waits_while_a_rebuild_runs_and_loses_nothing(reporting: Running) -> None:
    first, second = Life("one").raised(), Life("two").raised()
    await hear(reporting, first.said)
    rebuilding = await connect(reporting.owner_url)
    try:
        async with rebuilding.transaction():
            await rebuild(rebuilding)
            hearing = asyncio.create_task(hear(reporting, second.said))
            await eventually(lambda: _somebody_waits(rebuilding), within=10)
            assert not hearing.done()
        await hearing
    finally:
        await rebuilding.close()
    assert await reporting.value("select count(*) from case_figures") == 2


async def _somebody_waits(connection: asyncpg.Connection[Any]) -> bool:
    return bool(
        await connection.fetchval(
            "select count(*) from pg_locks join pg_database on oid = database where not granted and datname = current_database()"
        )
    )


async def test_a_rebuild_that_fails_leaves_everything_as_it_was(reporting: Running) -> None:
    await hear(reporting, whole_life().said)
    before = await everything(reporting)
    await reporting.rows("update inbox set value = '{'::bytea where type = 'dk.brobygger.cases.case_closed.v1'")
    with pytest.raises(ValueError, match="unexpected end of data"):
        await rebuild_service(parts(), reporting.owner_url, reporting.service.vault)
    assert await everything(reporting) == before


async def test_rows_of_another_reader_are_not_counted(reporting: Running) -> None:
    await hear(reporting, Life("one").raised().said)
    await reporting.rows(
        "insert into inbox (reader, source, message_id, type, headers, key, value)"
        " select 'somebody', source, message_id, type, headers, key, value from inbox"
    )
    await rebuild_service(parts(), reporting.owner_url, reporting.service.vault)
    assert await reporting.value("select count(*) from case_figures") == 1
