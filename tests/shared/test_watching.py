"""The clock verifies a piece each round: what is broken is known within a round of it, said once, and cleared when it is mended."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from shared.history.rebuild import ChainIsBroken, rebuild
from shared.history.watching import AGAIN_AFTER, broken_streams, verify_a_piece
from shared.messaging.messages.chain import ChainBroken, ChainMended
from shared.privacy.personal import Personal
from shared.running.roles import do_duties
from tests.shared.diary import WRITING, Begin, Write, begin, write
from tests.support.forging import behind_it
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, NOW, Running, context_for, running_service


@pytest.fixture
async def writing(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(WRITING, postgres, tmp_path) as running:
        yield running


async def a_diary(writing: Running, *, entries: int = 2) -> UUID:
    diary_id = uuid4()
    await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
    for n in range(entries):
        await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, f"ord {n}")), context_for())
    return diary_id


async def forge(writing: Running, diary_id: UUID, *, version: int = 2) -> None:
    await behind_it(writing, "update events set topic = topic || ' ' where stream_id = $1 and version = $2", diary_id, version)


async def restore(writing: Running, diary_id: UUID) -> None:
    await behind_it(writing, "update events set topic = rtrim(topic) where stream_id = $1", diary_id)


async def whole_round(writing: Running, *, most: int = 2000) -> int:
    """All of it is verified anew; answers in how many rounds."""
    writing.clock.lead_to(writing.clock.now() + AGAIN_AFTER)
    rounds = 0
    while rounds == 0 or not await writing.value("select is_over from verified_so_far"):
        await verify_a_piece(writing.service, most=most)
        rounds += 1
    return rounds


async def said(writing: Running) -> list[tuple[str, str, str]]:
    """What was told of the chain: of what type, in which association, about which finding."""
    found = await writing.rows("select headers, key, value from outbox where topic = 'brobygger.chain' order by position")
    told = [(row["headers"], row["key"]) for row in found]
    assert all(set(json.loads(row["value"])) == {"broken_id"} for row in found)
    return [(headers["ce_type"], headers["ce_association"], key) for headers, key in told]


async def known(writing: Running) -> list[tuple[UUID | None, int | None, str | None]]:
    async with writing.service.read() as connection:
        return [(one.stream_id, one.version, one.what) for one in await broken_streams(connection, association=ASSOCIATION)]


async def test_what_holds_is_told_to_nobody(writing: Running) -> None:
    for _ in range(3):
        await a_diary(writing)
    await whole_round(writing)
    assert (await known(writing), await said(writing)) == ([], [])
    assert await writing.value("select whole_at from verified_so_far") == writing.clock.now()


async def test_a_forged_event_is_told_once_with_its_place_kept_here(writing: Running) -> None:
    diary_id, _ = await a_diary(writing), await a_diary(writing)
    await forge(writing, diary_id)
    for _ in range(3):
        await whole_round(writing)
    assert await known(writing) == [(diary_id, 2, "changed")]
    [(type, association, about)] = await said(writing)
    assert (type, association) == (ChainBroken.TYPE, ASSOCIATION)
    assert about != str(diary_id)


async def test_what_is_mended_is_cleared_and_broken_again_it_is_told_again(writing: Running) -> None:
    diary_id = await a_diary(writing)
    await forge(writing, diary_id)
    await whole_round(writing)
    await restore(writing, diary_id)
    await whole_round(writing)
    assert await known(writing) == []
    await forge(writing, diary_id)
    await whole_round(writing)
    told = await said(writing)
    assert [type for type, *_ in told] == [ChainBroken.TYPE, ChainMended.TYPE, ChainBroken.TYPE]
    assert told[0][2] == told[1][2] != told[2][2]


async def test_a_round_does_no_more_than_its_piece_and_all_of_it_comes_round(writing: Running) -> None:
    diaries = sorted([await a_diary(writing) for _ in range(5)], key=lambda id: id.hex)  # three events each
    for each in (diaries[0], diaries[4]):
        await forge(writing, each)
    writing.clock.lead_to(NOW + AGAIN_AFTER)
    await verify_a_piece(writing.service, most=3)
    assert await known(writing) == [(diaries[0], 2, "changed")]
    assert await whole_round(writing, most=3) == 5  # four more pieces, and one that finds nothing left
    assert {stream for stream, *_ in await known(writing)} == {diaries[0], diaries[4]}


async def test_a_stream_longer_than_a_piece_is_verified_whole(writing: Running) -> None:
    diary_id = await a_diary(writing, entries=8)
    await forge(writing, diary_id, version=9)
    await whole_round(writing, most=2)
    assert await known(writing) == [(diary_id, 9, "changed")]


async def test_nothing_is_verified_again_before_it_is_time_nor_never_when_the_clock_was_put_back(writing: Running) -> None:
    diary_id = await a_diary(writing)
    await whole_round(writing)
    await forge(writing, diary_id)
    writing.clock.lead_to(writing.clock.now() + AGAIN_AFTER - timedelta(seconds=1))
    await verify_a_piece(writing.service)
    assert await known(writing) == []
    writing.clock.lead_to(NOW - timedelta(days=400))
    await verify_a_piece(writing.service)
    assert await known(writing) == [(diary_id, 2, "changed")]


async def test_histories_that_were_taken_away_whole_are_missed_until_they_are_back(writing: Running) -> None:
    diaries = [await a_diary(writing) for _ in range(3)]
    await whole_round(writing)
    await behind_it(writing, "create table aside as select * from events where stream_id = $1", diaries[0])
    await behind_it(writing, "delete from events where stream_id = $1", diaries[0])
    for _ in range(2):
        await a_diary(writing)  # as many as before, and more, are no excuse
        await whole_round(writing)
        assert await known(writing) == [(UUID(int=0), 0, "fewer")]
    assert [type for type, *_ in await said(writing)] == [ChainBroken.TYPE]
    await behind_it(writing, "insert into events overriding system value select * from aside")
    await whole_round(writing)
    assert (await known(writing), (await said(writing))[-1][0]) == ([], ChainMended.TYPE)


async def test_a_broken_history_that_was_taken_away_stays_a_finding_until_it_is_back(writing: Running) -> None:
    diary_id = max([await a_diary(writing), await a_diary(writing)], key=lambda id: id.hex)
    await forge(writing, diary_id)
    await whole_round(writing)
    await behind_it(writing, "create table aside as select * from events where stream_id = $1", diary_id)
    await behind_it(writing, "delete from events where stream_id = $1", diary_id)
    for _ in range(2):
        await whole_round(writing)
        assert await known(writing) == [(diary_id, None, "gone")]
    assert [type for type, *_ in await said(writing)] == [ChainBroken.TYPE]
    await behind_it(writing, "insert into events overriding system value select * from aside")
    await restore(writing, diary_id)
    await whole_round(writing)
    assert (await known(writing), (await said(writing))[-1][0]) == ([], ChainMended.TYPE)


async def test_everybody_is_told_where_whose_it_is_was_changed(writing: Running) -> None:
    diary_id = await a_diary(writing)
    await behind_it(writing, "update events set association = 'nobody' where stream_id = $1", diary_id)
    await whole_round(writing)
    assert [association for _, association, _ in await said(writing)] == [ASSOCIATION]
    assert await known(writing) == [(diary_id, 1, "changed")]


async def test_who_works_on_it_goes_on(writing: Running) -> None:
    diary_id = await a_diary(writing)
    await behind_it(
        writing, "update events set recorded_at = recorded_at - interval '1 day' where stream_id = $1 and version = 2", diary_id
    )
    await whole_round(writing)
    await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, "videre")), context_for())
    assert await writing.value("select max(version) from events where stream_id = $1", diary_id) == 4
    await whole_round(writing)
    assert await known(writing) == [(diary_id, 2, "changed")]


async def test_another_process_that_is_at_it_is_left_to_it(writing: Running) -> None:
    diary_id = await a_diary(writing)
    await forge(writing, diary_id)
    async with writing.service.transaction() as connection:
        await connection.execute("select from verified_so_far for update")
        await verify_a_piece(writing.service)
    assert await known(writing) == []


async def test_the_clock_does_it_and_the_numbers_say_it(writing: Running) -> None:
    diary_id = await a_diary(writing)
    await forge(writing, diary_id)
    for _ in range(2):
        await do_duties(writing.service)
    exposed = writing.service.metrics.exposed().decode()
    assert 'brobygger_broken_streams{service="writing"} 1.0' in exposed
    [verified_at] = re.findall(r"^brobygger_chain_verified_timestamp_seconds\{.*\} (.*)$", exposed, re.MULTILINE)
    assert float(verified_at) == NOW.timestamp()
    await restore(writing, diary_id)
    writing.clock.lead_to(NOW + AGAIN_AFTER)
    await do_duties(writing.service)
    assert 'brobygger_broken_streams{service="writing"} 0.0' in writing.service.metrics.exposed().decode()


@pytest.mark.parametrize("although_broken", [False, True])
async def test_a_rebuild_that_finds_it_has_the_clock_tell_it_at_once(writing: Running, although_broken: bool) -> None:
    diary_id = await a_diary(writing)
    await whole_round(writing)
    await behind_it(
        writing, "update events set recorded_at = recorded_at - interval '1 day' where stream_id = $1 and version = 2", diary_id
    )
    if although_broken:
        await rebuild(WRITING, writing.owner_url, writing.service.vault, although_broken=True)
    else:
        with pytest.raises(ChainIsBroken):
            await rebuild(WRITING, writing.owner_url, writing.service.vault)
    await verify_a_piece(writing.service)
    assert await known(writing) == [(diary_id, 2, "changed")]
