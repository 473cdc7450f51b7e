"""The desk for what could not be taken in: a page, JSON and a terminal that show no content and obey nothing foreign (0021)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from shared.history.service import Service
from shared.messaging import parking
from shared.running.listener import Listener
from shared.running.parked_command import parked_command
from tests.shared.diary import READING
from tests.shared.test_listener import parked, record
from tests.shared.test_parking import begun, heard, of_type, titled
from tests.support.postgres import PostgresServer
from tests.support.services import Running, browser, running_service

HTML = {"Accept": "text/html"}
OPERATOR = "staff-operator-1"
KINDS = {
    "awaits": "waiting", "refused": "refused", "unknown-version": "unknown_version", "malformed": "unreadable", "failed-here": "failed",
    "behind": "behind",
}  # fmt: skip


@pytest.fixture
async def reading(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(READING, postgres, tmp_path) as running:
        yield running


@pytest.fixture
async def operator(reading: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(reading, as_=OPERATOR) as client:
        yield client


async def let_wait(reading: Running, code: str, *, reason: str = "En grund.", key: str = "k", topic: str = "brobygger.intake") -> None:
    async with reading.service.read() as connection:
        rec = replace(record(uuid4(), 1), key=key.encode(), topic=topic)
        await parking.park(connection, rec, reader="reading", code=code, reason=reason)


async def terminal(reading: Running, *arguments: str) -> tuple[int, str]:
    """How the command ends, and what it prints."""
    loop = asyncio.get_running_loop()

    async def done(work: Callable[[Service], Awaitable[None]]) -> None:
        await work(reading.service)

    def run(work: Callable[[Service], Awaitable[None]]) -> None:
        asyncio.run_coroutine_threadsafe(done(work), loop).result(30)

    printed = Console(width=400, record=True, file=StringIO())
    app = typer.Typer()
    app.command()(parked_command(run, out=printed, err=printed))
    ended = await asyncio.to_thread(CliRunner().invoke, app, [*arguments])
    return ended.exit_code, printed.export_text()


async def test_every_kind_is_told_apart_on_the_page_in_json_and_in_the_terminal(reading: Running, operator: httpx.AsyncClient) -> None:
    for code in KINDS:
        await let_wait(reading, code)
    told = (await operator.get("/reading/api/parked")).json()
    assert [each["kind"] for each in told["messages"]] == list(KINDS.values())
    text = (await operator.get("/reading/parked", headers=HTML)).text
    for words in (
        "Venter og går ind af sig selv",
        "Afvist",
        "Ukendt version",
        "Kan ikke læses",
        "Tjenesten fejlede",
        "Venter bag en anden",
    ):
        assert words in text
    _, printed = await terminal(reading)
    assert all(kind in printed for kind in KINDS.values())


async def test_what_is_foreign_is_obeyed_neither_by_a_terminal_nor_by_a_browser(reading: Running, operator: httpx.AsyncClient) -> None:
    await let_wait(reading, "malformed", reason="[/red] <b>100 %</b> %(x)s", key="[/red]\x1b[2J" + "æ" * 200, topic="<i>")
    code, printed = await terminal(reading)
    assert code == 0
    assert "[/red]" in printed
    assert "\x1b" not in printed
    page = await operator.get("/reading/parked", headers=HTML)
    assert page.status_code == 200
    assert "<b>" not in page.text
    assert "&lt;b&gt;100 %&lt;/b&gt; %(x)s" in page.text
    assert "<i>" not in page.text


async def test_the_list_is_read_page_by_page(reading: Running, operator: httpx.AsyncClient) -> None:
    for _ in range(120):
        await let_wait(reading, "refused")
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        told = (await operator.get("/reading/api/parked", params={"after": after})).json()
        seen += [each["id"] for each in told["messages"]]
        assert len(told["messages"]) <= 50
        after = told["next"]
    assert len(seen) == len(set(seen)) == 120
    first = (await operator.get("/reading/parked", headers=HTML)).text
    assert f"/reading/parked?after={seen[49]}" in first
    _, printed = await terminal(reading, "--limit", "10")
    assert f"--after {seen[9]}" in printed


async def test_types_that_were_passed_are_listed(reading: Running, operator: httpx.AsyncClient) -> None:
    await Listener(reading.service).take_in([of_type(record(uuid4(), 1), "dk.erp.<b>[/red].v1") for _ in range(3)])
    told = (await operator.get("/reading/api/parked")).json()["unknown_types"]
    assert [(each["type"], each["messages"]) for each in told] == [("dk.erp.<b>[/red].v1", 3)]
    assert "dk.erp.&lt;b&gt;[/red].v1" in (await operator.get("/reading/parked", headers=HTML)).text
    assert "dk.erp.<b>[/red].v1" in (await terminal(reading))[1]


async def test_a_person_puts_one_aside_on_its_page_and_the_rest_goes_on(
    reading: Running, operator: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    diary_id = uuid4()
    await begun(reading, diary_id)
    await Listener(reading.service).take_in([titled(diary_id, "broken", id="t1"), record(diary_id, 2)])
    (address,) = set(re.findall(r'href="(/reading/parked/\d+)"', (await operator.get("/reading/parked", headers=HTML)).text)[:1])
    assert "Læg beskeden til side" in (await operator.get(address, headers=HTML)).text
    capsys.readouterr()
    done = await operator.post(address, data={"decision": "put_aside", "reason": "Plantet begrundelse"}, headers=HTML)
    assert done.status_code == 303
    assert (await parked(reading), await heard(reading, diary_id)) == ([], ["2/words"])
    captured = capsys.readouterr()
    assert "Plantet" not in captured.out + captured.err
    aside = (await operator.get("/reading/parked?settled=true", headers=HTML)).text
    assert "Lagt til side" in aside
    again = (await operator.get(address, headers=HTML)).text
    assert "Plantet begrundelse" in again
    assert OPERATOR in again
    assert (await operator.post(address, data={"decision": "taken_up", "reason": "Alligevel"}, headers=HTML)).status_code == 303
    assert await parked(reading) == ["not-a-cloudevent"]


@pytest.mark.parametrize(("reason", "words"), [("", "Der mangler en begrundelse."), ("010101-1234", "CPR-nummer"), ("x" * 201, "for lang")])
async def test_a_reason_that_will_not_do_stands_on_the_page_again(
    reading: Running, operator: httpx.AsyncClient, reason: str, words: str
) -> None:
    await let_wait(reading, "refused")
    id = await reading.value("select id from parked")
    answer = await operator.post(f"/reading/parked/{id}", data={"decision": "put_aside", "reason": reason}, headers=HTML)
    assert answer.status_code == 422
    assert words in answer.text
    assert await parked(reading) == ["refused"]


@pytest.mark.parametrize("who", ["staff-social-lead-1", "staff-caretaker-1", "staff-auditor-1", "staff-dpo-1"])
async def test_nobody_but_an_operator_decides(reading: Running, who: str) -> None:
    await let_wait(reading, "refused")
    id = await reading.value("select id from parked")
    async with browser(reading, as_=who) as client:
        sent: Any = {"decision": "put_aside", "reason": "fordi"}
        answers = [await client.get(f"/reading/parked/{id}"), await client.post(f"/reading/parked/{id}", data=sent)]
    assert [answer.status_code for answer in answers] == [403, 403]


async def test_one_that_is_not_there_has_no_page(operator: httpx.AsyncClient) -> None:
    assert (await operator.get("/reading/parked/77", headers=HTML)).status_code == 404


async def test_a_person_decides_in_the_terminal(reading: Running) -> None:
    diary_id = uuid4()
    await begun(reading, diary_id)
    await Listener(reading.service).take_in([titled(diary_id, "broken", id="t1"), record(diary_id, 2)])
    id = str(await reading.value("select min(id) from parked"))
    assert (await terminal(reading, "--aside", id, "--reason", "forkert"))[0] == 2
    assert (await terminal(reading, "--aside", id, "--by", OPERATOR))[0] == 2
    assert (await terminal(reading, "--aside", "999", "--by", OPERATOR, "--reason", "forkert"))[0] == 2
    assert await parked(reading) == ["not-a-cloudevent", "behind"]
    assert (await terminal(reading, "--aside", id, "--by", OPERATOR, "--reason", "[/red] forkert"))[0] == 0
    assert await heard(reading, diary_id) == ["2/words"]
    assert f"operator:{OPERATOR}: [/red] forkert" in (await terminal(reading, "--settled"))[1]
    assert (await terminal(reading, "--take-up", id, "--by", OPERATOR, "--reason", "alligevel"))[0] == 0
    assert await parked(reading) == ["not-a-cloudevent"]
