"""What cannot be taken in: passed when it is none of ours, corrected, waited with, put aside; the order of a key is kept (0021)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.ground.errors import NotFound, Refusal
from shared.messaging import parked_desk, parking, unknown_types
from shared.messaging.inbox import Record
from shared.running.listener import Listener
from tests.shared.diary import READING
from tests.shared.test_listener import entries, parked, record
from tests.support.postgres import PostgresServer
from tests.support.services import Running, running_service


@pytest.fixture
async def reading(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(READING, postgres, tmp_path) as running:
        yield running


@pytest.fixture
def listener(reading: Running) -> Listener:
    return Listener(reading.service)


def of_type(known: Record, kind: str) -> Record:
    return replace(known, headers=(*(each for each in known.headers if each[0] != "ce_type"), ("ce_type", kind.encode())))


def titled(diary_id: UUID, title: str, *, id: str) -> Record:
    """What a diary is called; `broken` cannot be read."""
    known = record(diary_id, 1)
    headers = tuple((name, id.encode() if name == "ce_id" else value) for name, value in known.headers)
    value = b"{" if title == "broken" else f'{{"diary_id": "{diary_id}", "title": "{title}"}}'.encode()
    return of_type(replace(known, headers=headers, value=value), "dk.brobygger.writing.diary_titled.v1")


async def heard(reading: Running, diary_id: UUID) -> list[str]:
    return [row["of"] for row in await reading.rows("select of from heard_order where diary_id = $1 order by n", diary_id)]


async def settled(reading: Running) -> list[str]:
    return [row["outcome"] for row in await reading.rows("select outcome from parked where done_at is not null order by id")]


async def begun(reading: Running, diary_id: UUID) -> None:
    """The diary is here, and whoever waits for it is told so."""
    async with reading.service.transaction() as connection:
        await connection.execute("insert into diary_list (diary_id, entries) values ($1, 0)", diary_id)
        await parking.arrived(connection, "diary", [diary_id])


async def passed(reading: Running) -> dict[str, int]:
    return {row["type"]: row["messages"] for row in await reading.rows("select type, messages from unknown_types")}


async def first_parked(reading: Running) -> int:
    value: int = await reading.value("select min(id) from parked")
    return value


# --- types that are not known here --------------------------------------------------------------------------------------


async def test_what_is_of_no_known_type_is_passed_and_holds_nothing_back(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    foreign = of_type(record(diary_id, 2), "dk.erp.arrears_reminder_sent.v1")
    await listener.take_in([record(diary_id, 1), foreign, record(diary_id, 2)])
    await listener.take_in([replace(foreign, value=None)])
    assert (await parked(reading), await entries(reading, diary_id)) == ([], 1)
    assert await passed(reading) == {"dk.erp.arrears_reminder_sent.v1": 2}
    counted = reading.service.metrics.exposed_of_work().decode()
    assert 'brobygger_unknown_types_total{service="reading",type="dk.erp.arrears_reminder_sent.v1"} 2.0' in counted


async def test_it_is_passed_also_where_something_of_its_key_waits(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in([record(diary_id, 2), of_type(record(diary_id, 3), "dk.erp.nonsense.v1")])
    assert await parked(reading) == ["refused"]


async def test_an_unknown_version_of_a_known_type_waits_with_all_that_comes_later(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in(
        [record(diary_id, 1), of_type(record(diary_id, 2), "dk.brobygger.writing.diary_written.v2"), record(diary_id, 3)]
    )
    assert (await parked(reading), await passed(reading)) == (["unknown-version", "behind"], {})


async def test_a_name_that_only_looks_like_a_version_is_another_type(reading: Running, listener: Listener) -> None:
    await listener.take_in([of_type(record(uuid4(), 1), "dk.brobygger.writing.diary_written.very_much")])
    assert await parked(reading) == []


@pytest.mark.parametrize("kind", ["x" * 500, "[/red]\x1b[31m", "ukendt type æ", "dk.erp.0101011234.v1"])
async def test_a_type_that_is_called_what_no_type_is_called_is_listed_without_its_name(
    reading: Running, listener: Listener, kind: str
) -> None:
    await listener.take_in([of_type(record(uuid4(), 1), kind)])
    assert await passed(reading) == {unknown_types.OTHER_TYPES: 1}


async def test_no_more_types_are_listed_than_a_person_can_read(reading: Running, listener: Listener) -> None:
    await listener.take_in([of_type(record(uuid4(), 1), f"dk.erp.kind_{n}.v1") for n in range(unknown_types.MOST_TYPES + 20)])
    names = await passed(reading)
    assert (len(names), names[unknown_types.OTHER_TYPES]) == (unknown_types.MOST_TYPES + 1, 20)


async def test_what_a_former_release_parked_for_its_type_is_passed_when_this_one_starts(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    foreign = of_type(record(diary_id, 2), "dk.erp.nonsense.v1")
    async with reading.service.read() as connection:
        await parking.park(connection, foreign, reader="reading", code="unknown-type", reason="…")
        await parking.park(connection, record(diary_id, 1), reader="reading", code="behind", reason="…")
    await listener.take_in_waiting(every=True)
    assert (await parked(reading), await entries(reading, diary_id)) == ([], 0)


# --- the same id, and something else ------------------------------------------------------------------------------------


async def test_an_id_that_comes_again_with_other_content_is_an_alarm_and_not_lost(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    forged, honest = titled(diary_id, "forged", id="t1"), titled(diary_id, "honest", id="t1")
    await listener.take_in([record(diary_id, 1), forged])
    await listener.take_in([honest])
    assert await parked(reading) == ["other-content"]
    assert "noget andet" in await reading.value("select reason from parked")
    await listener.take_in([record(diary_id, 2)])
    assert (await parked(reading), await entries(reading, diary_id)) == (["other-content", "behind"], 0)
    await listener.put_aside(await first_parked(reading), by="operator", reason="den første var ægte")
    assert (await parked(reading), await entries(reading, diary_id)) == ([], 1)


async def test_both_in_one_batch_are_told_apart(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in([record(diary_id, 1), titled(diary_id, "one", id="t1"), titled(diary_id, "other", id="t1")])
    assert await parked(reading) == ["other-content"]


async def test_the_same_again_is_the_same_whatever_its_carrier_added(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    once = titled(diary_id, "once", id="t1")
    await listener.take_in([record(diary_id, 1), once])
    await listener.take_in([replace(once, offset=99, headers=(*once.headers, ("traceparent-of-a-proxy", b"x")))])
    assert await parked(reading) == []


async def test_what_was_heard_before_its_content_was_noted_is_believed(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in([record(diary_id, 1), titled(diary_id, "once", id="t1")])
    owner = await asyncpg.connect(reading.owner_url)
    await owner.execute("update inbox set content = null")
    await owner.close()
    await listener.take_in([titled(diary_id, "again", id="t1")])
    assert await parked(reading) == []


# --- put aside, and taken up again --------------------------------------------------------------------------------------


async def test_what_is_put_aside_lets_the_rest_of_its_key_go_on_in_order(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in([titled(diary_id, "broken", id="t1"), record(diary_id, 1), record(diary_id, 2), record(diary_id, 3)])
    assert await parked(reading) == ["not-a-cloudevent", "behind", "behind", "behind"]
    await listener.put_aside(await first_parked(reading), by="staff-operator-1", reason="Afsenderen har sendt den ved en fejl")
    assert (await parked(reading), await heard(reading, diary_id)) == ([], ["2/words", "3/words"])


async def test_who_put_it_aside_when_and_why_stays_on_record(reading: Running, listener: Listener) -> None:
    await listener.take_in([record(uuid4(), 2)])
    id = await first_parked(reading)
    await listener.put_aside(id, by="staff-operator-1", reason="Sendt ved en fejl")
    await listener.take_up(id, by="staff-operator-2", reason="Det var ingen fejl")
    async with reading.service.read() as connection:
        message = await parked_desk.one(connection, id, reader="reading")
    assert [(each.decision, each.by, each.reason) for each in message.decisions] == [
        ("put_aside", "staff-operator-1", "Sendt ved en fejl"), ("taken_up", "staff-operator-2", "Det var ingen fejl"),
    ]  # fmt: skip
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await reading.service.pool.execute("update parked_decisions set reason = 'x'")


async def test_what_is_taken_up_again_goes_in_if_it_can_and_waits_if_not(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in([record(diary_id, 2)])
    id = await first_parked(reading)
    await listener.put_aside(id, by="a", reason="vent")
    await listener.take_up(id, by="a", reason="prøv")
    assert await parked(reading) == ["refused"]
    await listener.put_aside(id, by="a", reason="vent")
    await begun(reading, diary_id)
    await listener.take_up(id, by="a", reason="prøv")
    assert (await parked(reading), await heard(reading, diary_id)) == ([], ["2/words"])


async def test_what_was_put_aside_is_not_taken_in_when_it_is_told_again(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in([record(diary_id, 2)])
    await listener.put_aside(await first_parked(reading), by="a", reason="forkert")
    again = record(diary_id, 2)
    async with reading.service.read() as connection:
        await connection.execute("update parked set identity = $1", again.identity)  # each `record` has a conversation of its own
    await begun(reading, diary_id)
    await listener.take_in([again])
    assert (await parked(reading), await heard(reading, diary_id)) == ([], [])


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201, "borgeren 010101-1234", "a\x1bb"])
async def test_a_decision_has_a_reason_that_is_short_and_names_nobody(reading: Running, listener: Listener, reason: str) -> None:
    await listener.take_in([record(uuid4(), 2)])
    with pytest.raises(Refusal):
        await listener.put_aside(await first_parked(reading), by="a", reason=reason)
    assert await parked(reading) == ["refused"]


async def test_nobody_decides_twice_or_about_what_is_not_there(reading: Running, listener: Listener) -> None:
    await listener.take_in([record(uuid4(), 2)])
    id = await first_parked(reading)
    await listener.put_aside(id, by="a", reason="forkert")
    with pytest.raises(parked_desk.AlreadyDecided):
        await listener.put_aside(id, by="b", reason="forkert")
    with pytest.raises(NotFound):
        await listener.put_aside(id + 1000, by="b", reason="forkert")


# --- corrected ----------------------------------------------------------------------------------------------------------


async def test_the_same_id_now_readable_takes_the_place_of_the_wrong_one_and_the_rest_goes_on(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await begun(reading, diary_id)
    await listener.take_in([titled(diary_id, "broken", id="t1"), record(diary_id, 2)])
    await listener.take_in([titled(diary_id, "good", id="t1")])
    assert (await heard(reading, diary_id), await parked(reading)) == (["good", "2/words"], [])
    assert await settled(reading) == ["replaced", "taken_in"]


async def test_the_wrong_one_and_the_right_one_told_again_are_no_news(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await begun(reading, diary_id)
    both = [titled(diary_id, "bad", id="t1"), titled(diary_id, "good", id="t1")]
    for _ in range(3):
        await listener.take_in(both)
        await listener.take_in(both[:1])
    assert (await heard(reading, diary_id), await parked(reading), await settled(reading)) == (["good"], [], ["replaced"])


async def test_a_correction_that_is_wrong_itself_waits_in_the_same_place(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await begun(reading, diary_id)
    await listener.take_in([titled(diary_id, "broken", id="t1"), record(diary_id, 2), titled(diary_id, "bad", id="t1")])
    assert [each.code for each in await line(reading, diary_id)] == ["refused", "behind"]
    await listener.take_in([titled(diary_id, "good", id="t1")])
    assert await heard(reading, diary_id) == ["good", "2/words"]


async def test_a_correction_of_one_that_is_not_at_the_front_waits_in_its_place(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await begun(reading, diary_id)
    await listener.take_in(
        [of_type(record(diary_id, 9), "dk.brobygger.writing.diary_written.v7"), titled(diary_id, "first", id="t1"), record(diary_id, 2)]
    )
    await listener.take_in([titled(diary_id, "corrected", id="t1")])
    assert await heard(reading, diary_id) == []
    await listener.put_aside(await first_parked(reading), by="a", reason="opgraderes senere")
    assert await heard(reading, diary_id) == ["corrected", "2/words"]


async def test_a_newer_one_under_another_id_replaces_those_that_say_the_same_thing_whole(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await begun(reading, diary_id)
    await listener.take_in([titled(diary_id, "broken", id="t1"), titled(diary_id, "bad", id="t2")])
    assert await parked(reading) == ["not-a-cloudevent", "refused"]
    await listener.take_in([titled(diary_id, "good", id="t3")])
    assert (await heard(reading, diary_id), await parked(reading)) == (["good"], [])
    assert await settled(reading) == ["replaced", "replaced"]


async def test_not_over_something_of_another_type_which_may_depend_on_it(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await begun(reading, diary_id)
    await listener.take_in([titled(diary_id, "bad", id="t1"), record(diary_id, 2), titled(diary_id, "good", id="t2")])
    assert (await heard(reading, diary_id), await parked(reading)) == ([], ["refused", "behind", "behind"])
    await listener.put_aside(await first_parked(reading), by="a", reason="rettet")
    assert await heard(reading, diary_id) == ["2/words", "good"]


async def test_what_happened_besides_replaces_nothing(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in([record(diary_id, 2)])
    await begun(reading, diary_id)
    await listener.take_in([record(diary_id, 3)])
    assert (await heard(reading, diary_id), await parked(reading)) == ([], ["refused", "behind"])
    await listener.retry()
    assert await heard(reading, diary_id) == ["2/words", "3/words"]


async def test_a_fault_of_ours_is_replaced_by_nothing_but_the_same_id(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await begun(reading, diary_id)
    async with reading.service.read() as connection:
        await parking.park(connection, titled(diary_id, "first", id="t1"), reader="reading", code="failed-here", reason="…")
    await listener.take_in([titled(diary_id, "second", id="t2")])
    assert (await heard(reading, diary_id), await parked(reading)) == ([], ["failed-here", "behind"])


async def test_what_was_replaced_can_be_taken_up_again(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await begun(reading, diary_id)
    await listener.take_in([titled(diary_id, "bad", id="t1"), titled(diary_id, "good", id="t2")])
    await listener.take_up(await first_parked(reading), by="a", reason="begge gælder")
    assert await parked(reading) == ["refused"]


async def test_told_again_while_its_key_is_blocked_nothing_that_was_taken_in_is_parked(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    told = [record(diary_id, 1), record(diary_id, 2), titled(diary_id, "bad", id="t1"), record(diary_id, 3)]
    for _ in range(3):
        await listener.take_in(told)
    assert (await parked(reading), await heard(reading, diary_id)) == (["refused", "behind"], ["2/words"])


# --- waiting ------------------------------------------------------------------------------------------------------------


async def test_what_waits_is_no_alarm_and_goes_in_by_itself_with_all_behind_it(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in([titled(diary_id, "good", id="t1"), record(diary_id, 2)])
    assert await parked(reading) == ["awaits", "behind"]
    async with reading.service.read() as connection:
        assert await parked_desk.numbers(connection, reader="reading") == parked_desk.Numbers(for_a_person=0, by_themselves=2)
    assert str(diary_id) not in await reading.value("select awaits from parked where awaits is not null")
    assert await listener.take_in_waiting() == 0
    await begun(reading, diary_id)
    assert await listener.take_in_waiting() == 2
    assert (await parked(reading), await heard(reading, diary_id)) == ([], ["good", "2/words"])


async def test_also_when_it_came_while_nobody_listened(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in([titled(diary_id, "good", id="t1")])
    await listener.take_in_waiting()
    await reading.service.pool.execute("insert into diary_list (diary_id, entries) values ($1, 0)", diary_id)  # and nobody says so
    assert await listener.take_in_waiting() == 0
    assert await Listener(reading.service).take_in_waiting(every=True) == 1


async def test_also_when_it_came_just_as_the_message_was_refused(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in([titled(diary_id, "good", id="t1")])
    await reading.service.pool.execute("insert into diary_list (diary_id, entries) values ($1, 0)", diary_id)
    assert await listener.take_in_waiting() == 1


async def test_a_newer_one_replaces_one_that_waits_for_what_never_comes(reading: Running, listener: Listener) -> None:
    diary_id = uuid4()
    await listener.take_in([titled(diary_id, "mistyped", id="t1")])
    await reading.service.pool.execute("insert into diary_list (diary_id, entries) values ($1, 0)", diary_id)
    await listener.take_in([titled(diary_id, "good", id="t2")])
    assert (await heard(reading, diary_id), await parked(reading)) == (["good"], [])


async def test_a_correction_that_lacks_only_what_is_not_here_yet_stands_for_the_wrong_one_and_waits(
    reading: Running, listener: Listener
) -> None:
    diary_id = uuid4()
    await listener.take_in([titled(diary_id, "bad", id="t1"), titled(diary_id, "good", id="t2")])
    assert await parked(reading) == ["awaits"]
    await begun(reading, diary_id)
    await listener.take_in_waiting()
    assert await heard(reading, diary_id) == ["good"]


async def line(reading: Running, diary_id: UUID) -> list[parking.InLine]:
    async with reading.service.read() as connection:
        return await parking.line_of(connection, str(diary_id), reader="reading")
