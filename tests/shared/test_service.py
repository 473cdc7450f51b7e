"""What is asked with an id of its own is done once, whoever asks how often."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from shared.ground.errors import Refusal, SameIdOtherContent
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Personal
from tests.shared.diary import WRITING, Begin, Diary, Write, begin, write
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, Running, context_for, running_service


@pytest.fixture
async def writing(postgres: PostgresServer, vault_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(WRITING, postgres, tmp_path, vault_url=vault_url) as running:
        yield running


async def test_the_same_request_twice_has_one_effect_and_one_answer(writing: Running) -> None:
    diary_id = uuid4()
    request, do_once = Begin(diary_id=diary_id), writing.service.do_once
    answers = [await do_once(begin, request, context_for(), id=diary_id, content={"room": 3}) for _ in range(2)]
    assert answers == [{"id": str(diary_id)}] * 2
    assert await writing.value("select count(*) from events") == 1


async def test_the_same_request_at_once_has_one_effect_and_one_answer(writing: Running) -> None:
    diary_id = uuid4()
    answers = await asyncio.gather(
        *(writing.service.do_once(begin, Begin(diary_id=diary_id), context_for(), id=diary_id, content={"room": 3}) for _ in range(6))
    )
    assert answers == [{"id": str(diary_id)}] * 6
    assert await writing.value("select count(*) from events") == 1


async def test_the_same_id_with_another_content_is_refused(writing: Running) -> None:
    diary_id = uuid4()
    await writing.service.do_once(begin, Begin(diary_id=diary_id), context_for(), id=diary_id, content={"room": 3})
    with pytest.raises(SameIdOtherContent):
        await writing.service.do_once(begin, Begin(diary_id=diary_id), context_for(), id=diary_id, content={"room": 4})


async def test_a_request_that_an_earlier_release_wrote_down_otherwise_is_known_again(writing: Running) -> None:
    diary_id, do_once = uuid4(), writing.service.do_once
    first = await do_once(begin, Begin(diary_id=diary_id), context_for(), id=diary_id, content=["room", 3])
    formerly = ("begin", ["room", 3])
    again = await do_once(begin, Begin(diary_id=diary_id), context_for(), id=diary_id, content={"room": 3}, formerly=formerly)
    assert again == first
    with pytest.raises(SameIdOtherContent):
        await do_once(begin, Begin(diary_id=diary_id), context_for(), id=diary_id, content={"room": 4}, formerly=("begin", ["room", 4]))


async def test_the_same_id_from_somebody_else_is_refused(writing: Running) -> None:
    diary_id = uuid4()
    await writing.service.do_once(begin, Begin(diary_id=diary_id), context_for(), id=diary_id, content={})
    with pytest.raises(SameIdOtherContent):
        await writing.service.do_once(begin, Begin(diary_id=diary_id), context_for(id="staff-other"), id=diary_id, content={})


async def test_asked_again_after_it_moved_on_it_is_answered_as_before(writing: Running) -> None:
    diary_id, id = uuid4(), uuid4()
    await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
    said = Write(diary_id=diary_id, words=Personal(diary_id, "ord"), version=1)
    for _ in range(2):  # the second time, version 1 is no longer the newest
        await writing.service.do_once(write, said, context_for(), id=id, content={"version": 1})
    assert await writing.value("select count(*) from events") == 2


@pytest.mark.erases
async def test_asked_again_after_the_persons_key_was_destroyed_it_is_answered_as_before(writing: Running) -> None:
    diary_id, id = uuid4(), uuid4()
    await writing.service.do(begin, Begin(diary_id=diary_id), context_for())
    said = Write(diary_id=diary_id, words=Personal(diary_id, "ord"))
    await writing.service.do_once(write, said, context_for(), id=id, content={})
    await writing.service.vault.destroy([diary_id], association=ASSOCIATION, by="staff-dpo-1", reason="request")
    await writing.service.do_once(write, said, context_for(), id=id, content={})
    assert await writing.value("select count(*) from events") == 2


class NotToday(Refusal):
    """Ikke i dag."""


async def test_a_refused_request_may_be_corrected_and_asked_again_under_its_id(writing: Running) -> None:
    diary_id = uuid4()

    async def refuse(command: Begin, work: UnitOfWork) -> None:
        await work.save(Diary.begin_with(id=command.diary_id, room=1))
        raise NotToday

    with pytest.raises(NotToday):
        await writing.service.do_once(refuse, Begin(diary_id=diary_id), context_for(), id=diary_id, content={"room": 1})
    await writing.service.do_once(begin, Begin(diary_id=diary_id), context_for(), id=diary_id, content={"room": 2})
    assert await writing.value("select count(*) from events") == 1


async def test_a_fingerprint_tells_nothing_about_the_content(writing: Running) -> None:
    diary_id = uuid4()
    await writing.service.do_once(begin, Begin(diary_id=diary_id), context_for(), id=diary_id, content={"words": "plantet"})
    assert len(await writing.value("select fingerprint from idempotency_keys")) == 32
    assert await writing.value("select answer from idempotency_keys") == {"id": str(diary_id)}
    assert await writing.value("select asked_at = date_trunc('hour', asked_at) from idempotency_keys"), (
        "no moment leads from one to another"
    )
