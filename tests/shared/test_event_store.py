"""Histories: appended once for each version, never rewritten, chained, and verified to the place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.ground.database import connect
from shared.ground.errors import ChangedMeanwhile, NotFound, VersionMovedOn
from shared.ground.provenance import Actor
from shared.history import event_store
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Keyring, Personal
from shared.words.vocabulary.people import Role
from tests.shared.diary import WRITING, Begin, Diary, DiaryIsFull, Write, begin, write
from tests.support.postgres import PostgresServer
from tests.support.services import NOW, Running, context_for, keys_for, running_service


@pytest.fixture
async def writing(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(WRITING, postgres, tmp_path) as running:
        yield running


async def a_diary(writing: Running, *, entries: int = 0, room: int = 1000) -> UUID:
    diary_id = uuid4()
    await writing.service.do(begin, Begin(diary_id=diary_id, room=room), context_for())
    for n in range(entries):
        await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, f"ord {n}")), context_for())
    return diary_id


async def nothing() -> None:
    """Nothing happens."""


async def verified(writing: Running) -> event_store.Verified:
    async with writing.service.read() as connection, connection.transaction():
        return await event_store.verify(connection)


async def test_a_history_is_read_back_as_it_was_written(writing: Running) -> None:
    diary_id = await a_diary(writing, entries=2)
    async with writing.service.read() as connection:
        history = await event_store.load(connection, diary_id, association="bakkegaarden")
    assert [type(event) for event in history.events] == [Diary.Begun, Diary.Written, Diary.Written]
    assert history.version == 3
    assert history.events[0].provenance.actor == "staff-social-lead-1"
    assert history.events[0].timestamp == NOW


async def test_two_writers_of_one_version_cannot_both_be_right(writing: Running) -> None:
    diary_id = await a_diary(writing)
    who = context_for()
    keyring = await keys_for(writing, diary_id)

    async def write_while(meanwhile: Callable[[], Awaitable[None]], words: str) -> None:
        async with writing.service.read() as connection, writing.service.work(connection, who, keyring=keyring) as work:
            diary = await work.load(Diary, diary_id)
            await meanwhile()
            diary.write(Personal(diary_id, words))
            await work.save(diary)

    async def somebody_is_faster() -> None:
        await write_while(nothing, "hurtig")

    with pytest.raises(ChangedMeanwhile):
        await write_while(somebody_is_faster, "langsom")
    assert await writing.value("select array_agg(version order by version) from events") == [1, 2]


async def test_many_who_write_at_once_all_get_their_turn(writing: Running) -> None:
    diary_id = await a_diary(writing)
    await asyncio.gather(
        *(writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, "samtidig")), context_for()) for _ in range(3))
    )
    assert await writing.value("select entries from diary_list where diary_id = $1", diary_id) == 3


async def test_a_version_that_moved_on_is_told(writing: Running) -> None:
    diary_id = await a_diary(writing, entries=1)
    with pytest.raises(VersionMovedOn) as refused:
        await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, "x"), version=1), context_for())
    assert refused.value.newest == 2


async def test_another_association_finds_nothing(writing: Running) -> None:
    diary_id = await a_diary(writing)
    with pytest.raises(NotFound):
        await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, "x")), context_for(association="andre"))


async def test_a_refused_command_leaves_nothing_behind(writing: Running) -> None:
    diary_id = await a_diary(writing, room=0)
    with pytest.raises(DiaryIsFull):
        await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, "x")), context_for())
    assert await writing.value("select count(*) from events") == 1
    assert await writing.value("select count(*) from outbox") == 1


@pytest.mark.parametrize(
    "rewriting",
    ["update events set state = '{}'", "delete from events", "truncate events"],
)
async def test_the_services_role_may_not_rewrite_history(writing: Running, rewriting: str) -> None:
    await a_diary(writing)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await writing.service.pool.execute(rewriting)


@pytest.mark.parametrize(
    "rewriting",
    ["update events set state = '{}'", "delete from events", "truncate events"],
)
async def test_not_even_the_owner_rewrites_history_by_a_statement(writing: Running, rewriting: str) -> None:
    await a_diary(writing)
    owner = await connect(writing.owner_url)
    try:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await owner.execute(rewriting)
    finally:
        await owner.close()


async def test_an_untouched_chain_holds(writing: Running) -> None:
    await a_diary(writing, entries=3)
    await a_diary(writing)
    found = await verified(writing)
    assert found.holds
    assert (found.streams, found.events) == (2, 5)


async def tampered(writing: Running, sql: str, *values: object) -> event_store.Verified:
    """What somebody with the disk in their hands could do: switch the guard off, write, switch it on."""
    owner = await connect(writing.owner_url)
    try:
        await owner.execute("alter table events disable trigger all")
        await owner.execute(sql, *values)
        await owner.execute("alter table events enable trigger all")
    finally:
        await owner.close()
    return await verified(writing)


@pytest.mark.parametrize(
    ("what", "column"),
    [("state", "replace(state, 'ord', 'løgn') || ' '"),
     ("provenance", "replace(provenance, 'lead', 'leak')"), ("recorded_at", "recorded_at + interval '1 day'"),
     ("topic", "'test.diary.begun'"), ("association", "'andre'")],
)  # fmt: skip
async def test_a_changed_event_is_found_at_its_place(writing: Running, what: str, column: str) -> None:
    diary_id = await a_diary(writing, entries=3)
    found = await tampered(writing, f"update events set {what} = {column} where stream_id = $1 and version = 3", diary_id)
    assert [(place.stream_id, place.version, place.what) for place in found.broken] == [(diary_id, 3, "changed")]


async def test_a_removed_event_is_found_where_it_is_missing(writing: Running) -> None:
    diary_id = await a_diary(writing, entries=3)
    found = await tampered(writing, "delete from events where stream_id = $1 and version = 2", diary_id)
    assert [(place.version, place.what) for place in found.broken] == [(3, "missing_before")]


async def test_a_removed_first_event_is_found(writing: Running) -> None:
    diary_id = await a_diary(writing, entries=1)
    found = await tampered(writing, "delete from events where stream_id = $1 and version = 1", diary_id)
    assert [(place.version, place.what) for place in found.broken] == [(2, "missing_before")]


async def test_a_rehashed_event_shows_in_the_one_behind_it(writing: Running) -> None:
    diary_id = await a_diary(writing, entries=2)
    row = (await writing.rows("select * from events where stream_id = $1 and version = 2", diary_id))[0]
    state = row["state"].replace("}", " }", 1)
    forged = event_store.chained(
        row["previous_hash"], stream_id=diary_id, version=2, association=row["association"], topic=row["topic"],
        recorded_at=row["recorded_at"], provenance=row["provenance"], state=state,
    )  # fmt: skip
    found = await tampered(writing, "update events set state = $2, hash = $3 where stream_id = $1 and version = 2", diary_id, state, forged)
    assert [(place.version, place.what) for place in found.broken] == [(3, "wrong_previous")]


async def test_a_removed_tail_shows_in_the_root(writing: Running) -> None:
    diary_id = await a_diary(writing, entries=2)
    before = await verified(writing)
    after = await tampered(writing, "delete from events where stream_id = $1 and version = 3", diary_id)
    assert after.holds
    assert after.root != before.root


async def root_at(writing: Running, position: int) -> str:
    async with writing.service.read() as connection, connection.transaction():
        return (await event_store.verify(connection, until=position)).root


async def test_a_root_that_was_noted_can_be_computed_again_after_more_was_written(writing: Running) -> None:
    diary_id = await a_diary(writing, entries=2)
    async with writing.service.read() as connection:
        position = await event_store.settled(connection)
    noted = await verified(writing)
    await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, "mere")), context_for())
    await a_diary(writing, entries=1)

    assert (await verified(writing)).root != noted.root
    assert await root_at(writing, position) == noted.root


async def test_a_stream_that_was_hashed_anew_holds_but_its_root_of_then_does_not(writing: Running) -> None:
    diary_id = await a_diary(writing, entries=1)
    async with writing.service.read() as connection:
        position = await event_store.settled(connection)
    noted = await verified(writing)
    row = (await writing.rows("select * from events where stream_id = $1 and version = 2", diary_id))[0]
    state = row["state"].replace("}", " }", 1)
    forged = event_store.chained(
        row["previous_hash"], stream_id=diary_id, version=2, association=row["association"], topic=row["topic"],
        recorded_at=row["recorded_at"], provenance=row["provenance"], state=state,
    )  # fmt: skip
    found = await tampered(writing, "update events set state = $2, hash = $3 where stream_id = $1 and version = 2", diary_id, state, forged)

    assert found.holds
    assert await root_at(writing, position) != noted.root


async def test_a_position_is_settled_when_nobody_can_write_below_it(writing: Running) -> None:
    await a_diary(writing)
    slow, owner = await connect(writing.owner_url), await connect(writing.owner_url)
    try:
        await slow.execute("begin; select pg_current_xact_id()")
        async with writing.service.read() as connection:
            asked = asyncio.create_task(event_store.settled(connection))
            done, _ = await asyncio.wait([asked], timeout=0.3)
            assert not done
            await slow.execute("commit")
            assert await asked == await owner.fetchval("select max(position) from events")
    finally:
        await slow.close()
        await owner.close()


async def test_a_personal_value_that_nobody_sealed_stops_the_store(writing: Running) -> None:
    diary_id = await a_diary(writing)
    async with writing.service.transaction() as connection:
        work = UnitOfWork(
            connection=connection, context=context_for(), service="writing", projections=(), announce=lambda *_: (), keyring=Keyring({})
        )
        diary = await work.load(Diary, diary_id)
        diary.write(Personal(diary_id, "uden nøgle"))
        with pytest.raises(KeyError):
            await work.save(diary)


async def test_an_event_tells_who_did_it_in_which_role_and_why(writing: Running) -> None:
    diary_id = uuid4()
    who = replace(context_for(), actor=Actor(id="staff-x", role=Role.SOCIAL_CARETAKER, association="bakkegaarden"), on_behalf_of="staff-y")
    await writing.service.do(begin, Begin(diary_id=diary_id), who)
    async with writing.service.read() as connection:
        history = await event_store.load(connection, diary_id, association="bakkegaarden")
    provenance = history.events[0].provenance
    assert (provenance.actor, provenance.role, provenance.on_behalf_of, provenance.purpose) == (
        "staff-x",
        "social_caretaker",
        "staff-y",
        "case_work",
    )
    assert provenance.recorded_at == NOW
