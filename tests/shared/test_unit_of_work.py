"""What a command saves is written at its end, combined, all or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.ground.database import connect
from shared.ground.errors import ChangedMeanwhile
from shared.ground.statements import Rows, Statement, combined
from shared.history.aggregate import Event
from shared.history.service import Subject
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Whereabouts
from tests.shared.diary import WRITING, Begin, Enlarge, Write, begin, enlarge, project, write
from tests.support.eventually import eventually
from tests.support.postgres import PostgresServer
from tests.support.services import Running, context_for, running_service


@pytest.fixture
async def writing(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(WRITING, postgres, tmp_path) as running:
        yield running


async def written(writing: Running) -> tuple[int, int, int]:
    """How many events, rows and messages there are, for everybody to see."""
    return tuple([await writing.value(f"select count(*) from {table}") for table in ("events", "diary_list", "outbox")])


async def test_nothing_is_written_before_the_end_and_then_everything(writing: Running) -> None:
    seen = []

    async def begin_and_look(command: Begin, work: UnitOfWork) -> None:
        await begin(command, work)
        seen.append(await written(writing))

    await writing.service.do(begin_and_look, Begin(diary_id=uuid4()), context_for())
    assert seen == [(0, 0, 0)]
    assert await written(writing) == (1, 1, 1)


async def test_a_command_that_asks_for_rows_sees_what_it_saved_and_nobody_else_does(writing: Running) -> None:
    seen = []

    async def begin_two(command: Begin, work: UnitOfWork) -> None:
        await begin(command, work)
        connection = await work.rows()
        seen.append((await connection.fetchval("select count(*) from diary_list"), await written(writing)))
        await begin(Begin(diary_id=uuid4()), work)

    await writing.service.do(begin_two, Begin(diary_id=uuid4()), context_for())
    assert seen == [(1, (0, 0, 0))]
    assert await written(writing) == (2, 2, 2)


async def test_what_was_just_saved_is_found(writing: Running) -> None:
    async def begin_and_enlarge(command: Begin, work: UnitOfWork) -> int:
        await begin(command, work)
        return await enlarge(Enlarge(diary_id=command.diary_id), work)

    assert await writing.service.do(begin_and_enlarge, Begin(diary_id=uuid4(), room=1), context_for()) == 2
    assert await written(writing) == (2, 1, 1)


async def test_what_fails_after_something_was_written_takes_it_back(writing: Running) -> None:
    async def begin_look_and_stumble(command: Begin, work: UnitOfWork) -> None:
        await begin(command, work)
        await work.flush()
        raise LookupError

    with pytest.raises(LookupError):
        await writing.service.do(begin_look_and_stumble, Begin(diary_id=uuid4()), context_for())
    assert await written(writing) == (0, 0, 0)


async def test_no_event_says_where_somebody_is_in_a_field_that_a_correction_would_not_find(writing: Running) -> None:
    diary_id = uuid4()
    await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
    with pytest.raises(TypeError, match="words"):
        await writing.service.do(write, Write(diary_id=diary_id, words=Whereabouts(diary_id, "Opdigtet Vænge 1")), context_for())
    assert await written(writing) == (1, 1, 1)


async def test_a_lock_a_command_takes_holds_to_its_end(writing: Running) -> None:
    held, may_end = asyncio.Event(), asyncio.Event()

    async def hold(_: Begin, work: UnitOfWork) -> None:
        await (await work.rows()).execute("select pg_advisory_xact_lock(4711)")
        held.set()
        await may_end.wait()

    holding = asyncio.create_task(writing.service.do(hold, Begin(diary_id=uuid4()), context_for()))
    await held.wait()
    assert await writing.value("select pg_try_advisory_xact_lock(4711)") is False
    may_end.set()
    await holding
    await eventually(lambda: writing.value("select pg_try_advisory_xact_lock(4711)"))


async def test_rows_that_build_on_each_other_are_written_in_order_or_not_at_all(postgres: PostgresServer, tmp_path: Path) -> None:
    async def twice(connection: Rows, happened: Event) -> None:
        await project(connection, happened)
        await connection.execute(
            "update diary_list set entries = 10 / (entries - $2::int) where diary_id = $1", happened.originator_id, limit
        )

    parts = replace(WRITING, subjects=(Subject(name="diary", tables=WRITING.subjects[0].tables, project=twice),))
    async with running_service(parts, postgres, tmp_path) as writing:
        limit = -5
        await writing.service.do(begin, Begin(diary_id=uuid4()), context_for())
        assert await writing.value("select entries from diary_list") == 2
        limit = 0
        with pytest.raises(asyncpg.DivisionByZeroError):
            await writing.service.do(begin, Begin(diary_id=uuid4()), context_for())
        assert await written(writing) == (1, 1, 1)


async def test_an_ordinary_decision_asks_the_database_once_and_writes_once(writing: Running) -> None:
    diary_id = uuid4()
    await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
    await writing.service.do(enlarge, Enlarge(diary_id=diary_id), context_for())
    said: list[str] = []
    connection = await connect(writing.settings.database_url.get_secret_value())
    try:
        connection.add_query_logger(lambda query: said.append(query.query.split()[0]))
        async with writing.service.work(connection, context_for()) as work:
            await enlarge(Enlarge(diary_id=diary_id), work)
        await asyncio.sleep(0)  # a query logger is told in the next round of the loop
    finally:
        await connection.close()
    assert said == ["select", "insert"]


async def test_a_row_that_is_there_already_and_stays_is_a_bug_and_not_somebody_who_was_faster(writing: Running) -> None:
    diary_id: UUID = uuid4()
    await writing.service.pool.execute("insert into diary_list (diary_id, entries) values ($1, 0)", diary_id)
    with pytest.raises(asyncpg.UniqueViolationError):
        await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
    assert await written(writing) == (0, 1, 0)


async def test_a_history_begun_twice_is_told_as_changed_meanwhile(writing: Running) -> None:
    diary_id = uuid4()
    await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
    await writing.service.pool.execute("delete from diary_list")
    with pytest.raises(ChangedMeanwhile):
        await writing.service.do(begin, Begin(diary_id=diary_id), context_for())


@pytest.mark.parametrize(
    ("statements", "one"),
    [
        ([("a $1 $2", 2)], "a $1 $2"),
        ([("a $1 $2", 2), ("b $1", 1)], "with written_0 as (a $1 $2) b $3"),
        ([("a $1", 1), ("b $2 $1", 2), ("with c as (d $1) e $2", 2)], "with written_0 as (a $1), written_1 as (b $3 $2), c as (d $4) e $5"),
        ([("a " + " ".join(f"${n}" for n in range(1, 11)), 10), ("b $1", 1)], "with written_0 as (a $1 $2 $3 $4 $5 $6 $7 $8 $9 $10) b $11"),
    ],
)
def test_statements_become_one_with_their_values_counted_through(statements: list[tuple[str, int]], one: str) -> None:
    first, *more = (Statement(sql, tuple(f"{sql[0]}{n}" for n in range(count))) for sql, count in statements)
    assert combined(first, *more) == Statement(one, sum((each.values for each in (first, *more)), ()))


def test_statements_that_build_on_each_other_are_not_sent_as_one() -> None:
    written = Statement("insert into diary_list (id) values ($1)", (1,))
    with pytest.raises(ValueError, match="diary_list"):
        combined(written, Statement("insert into page (n) select count(*) from diary_list", ()))
