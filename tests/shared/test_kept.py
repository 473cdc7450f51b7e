"""What was decided on last is at hand for the next decision, and what stands in the store is what counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from shared.ground.database import connect
from shared.ground.errors import NotFound, Refusal
from shared.history import aggregate_cache, event_store
from shared.history.aggregate_cache import AggregateCache
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Personal
from tests.shared.diary import WRITING, Begin, Diary, Enlarge, Write, begin, enlarge, write
from tests.support.kept import assert_kept_as_replayed, difference
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, Running, context_for, running_service


@pytest.fixture
async def writing(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(WRITING, postgres, tmp_path) as running:
        yield running


async def a_diary(writing: Running, *, enlarged: int = 0) -> UUID:
    diary_id = uuid4()
    await writing.service.do(begin, Begin(diary_id=diary_id, room=10), context_for())
    for _ in range(enlarged):
        await writing.service.do(enlarge, Enlarge(diary_id=diary_id), context_for())
    return diary_id


async def test_what_was_decided_on_is_at_hand_as_its_history_tells_it(writing: Running) -> None:
    diary_id = await a_diary(writing, enlarged=2)
    assert await assert_kept_as_replayed(writing.service) == 1
    assert await writing.service.do(enlarge, Enlarge(diary_id=diary_id), context_for()) == 13
    assert await writing.value("select array_agg(version order by version) from events") == [1, 2, 3, 4]


async def test_what_another_process_decided_meanwhile_counts(writing: Running, postgres: PostgresServer, tmp_path: Path) -> None:
    diary_id = await a_diary(writing, enlarged=1)
    vault = writing.settings.owner_vault_url
    assert vault is not None
    async with running_service(WRITING, postgres, tmp_path, database_url=writing.owner_url, vault_url=vault.get_secret_value()) as another:
        assert await another.service.do(enlarge, Enlarge(diary_id=diary_id, by=100), context_for()) == 111
    assert await writing.service.do(enlarge, Enlarge(diary_id=diary_id), context_for()) == 112
    async with writing.service.transaction() as connection:
        assert (await event_store.verify(connection)).holds


async def test_a_history_that_is_no_longer_what_was_read_is_read_again(writing: Running) -> None:
    diary_id = await a_diary(writing, enlarged=3)
    owner = await connect(writing.owner_url)
    try:  # as after a database was restored from yesterday
        await owner.execute(
            "alter table events disable trigger all; delete from events where version = 4; alter table events enable trigger all"
        )
    finally:
        await owner.close()
    assert await writing.service.do(enlarge, Enlarge(diary_id=diary_id), context_for()) == 13
    async with writing.service.transaction() as connection:
        assert (await event_store.verify(connection)).holds


async def test_a_decision_that_failed_halfway_leaves_nothing_at_hand(writing: Running) -> None:
    diary_id = await a_diary(writing, enlarged=1)

    class NotToday(Refusal):
        """Ikke i dag."""

    async def enlarge_and_fail(command: Enlarge, work: UnitOfWork) -> None:
        await enlarge(command, work)
        raise NotToday

    with pytest.raises(NotToday):
        await writing.service.do(enlarge_and_fail, Enlarge(diary_id=diary_id, by=50), context_for())
    assert len(writing.service.cache) == 0
    assert await writing.service.do(enlarge, Enlarge(diary_id=diary_id), context_for()) == 12


async def test_what_was_decided_and_not_saved_is_not_at_hand(writing: Running) -> None:
    diary_id = await a_diary(writing, enlarged=1)

    async def forget_to_save(command: Enlarge, work: UnitOfWork) -> None:
        (await work.load(Diary, command.diary_id)).enlarge(by=command.by)

    await writing.service.do(forget_to_save, Enlarge(diary_id=diary_id, by=50), context_for())
    assert await writing.service.do(enlarge, Enlarge(diary_id=diary_id), context_for()) == 12


async def test_what_has_seen_words_in_the_open_is_not_kept(writing: Running) -> None:
    diary_id = await a_diary(writing, enlarged=1)
    await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, "ord")), context_for())
    assert len(writing.service.cache) == 0


async def test_another_association_is_not_lent_what_is_not_theirs(writing: Running) -> None:
    diary_id = await a_diary(writing, enlarged=1)
    with pytest.raises(NotFound):
        await writing.service.do(enlarge, Enlarge(diary_id=diary_id), context_for(association="andre"))
    assert await writing.service.do(enlarge, Enlarge(diary_id=diary_id), context_for()) == 12


def test_what_was_used_longest_ago_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aggregate_cache, "MOST", 2)
    held = AggregateCache()
    first, second, third = (Diary.begin_with(id=uuid4(), room=1) for _ in range(3))
    for diary in (first, second, third):
        held.put(ASSOCIATION, diary, b"")
    assert [aggregate for _, aggregate, _ in held] == [second, third]
    assert held.take(ASSOCIATION, first.id) is None


def test_what_is_lent_is_lent_once() -> None:
    held = AggregateCache()
    diary = Diary.begin_with(id=uuid4(), room=1)
    held.put(ASSOCIATION, diary, b"head")
    assert held.take(ASSOCIATION, diary.id) == (diary, b"head")
    assert held.take(ASSOCIATION, diary.id) is None


@pytest.mark.parametrize(("one", "other"), [([1], (1,)), ({"a": 1}, {"a": 2}), ({1}, {1, 2}), (1, True), ([[1]], [[1, 2]])])
def test_a_difference_in_value_or_type_is_seen(one: object, other: object) -> None:
    assert difference(one, one, "it") is None
    assert difference(one, other, "it") is not None
