"""One who asks for too much is told to wait, loses nothing they wrote, and holds up nobody else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from shared.privacy.sign_in_file import SignInFile
from shared.web.fairness import AT_ONCE, AT_WORK, Asker, Fair, Share
from shared.web.problems import TooOften
from shared.web.provider import Provider
from tests.shared.little_site.site import parts
from tests.support.eventually import eventually
from tests.support.openid import SECRET, said, served_with, site_with_provider
from tests.support.postgres import PostgresServer
from tests.support.services import Running, browser, cookie_of, running_service
from tests.support.tokens import AUDIENCE, Pretended

HTML = {"Accept": "text/html"}
ONE, OTHER = "staff-caretaker-1", "staff-caretaker-2"
A_MINUTE = 60
FILLED = {"id": "018f0000-0000-7000-8000-000000000001", "severity": "high", "signals": ["smell", "noise"], "version": "3"}
WORDS = "Ingen <lukker> op.\r\n\r\nJeg kommer igen."


# --- the rule -------------------------------------------------------------------------------------------------------


@pytest.mark.quick
def test_a_minutes_share_may_be_had_at_once_and_comes_back_evenly() -> None:
    share = Share()
    for _ in range(A_MINUTE):
        share.take(A_MINUTE, now=100.0)
        share.under_way = 0
    with pytest.raises(TooOften) as refused:
        share.take(A_MINUTE, now=100.0)
    assert refused.value.seconds == 2, "one comes back each second, and nobody is told to come again sooner than in two"
    share.take(A_MINUTE, now=101.0)
    share.under_way = 0
    with pytest.raises(TooOften):
        share.take(A_MINUTE, now=101.5)
    for _ in range(A_MINUTE):
        share.take(A_MINUTE, now=200.0)
        share.under_way = 0


@pytest.mark.quick
def test_who_is_refused_again_and_again_waits_no_longer_for_it() -> None:
    share = Share()
    for _ in range(A_MINUTE):
        share.take(A_MINUTE, now=0.0)
        share.under_way = 0
    for _ in range(1000):
        with pytest.raises(TooOften):
            share.take(A_MINUTE, now=0.5)
    share.take(A_MINUTE, now=1.0)


# --- at the door ----------------------------------------------------------------------------------------------------


class Working:
    """An application that works on each request until it is told to be done."""

    def __init__(self) -> None:
        self.at_work: list[str] = []
        self.done = asyncio.Event()

    async def __call__(self, scope: Scope, _receive: Receive, _send: Send) -> None:
        self.at_work.append(dict(scope["headers"])[b"who"].decode())
        await self.done.wait()


class Door:
    """The door before it, and what it answered."""

    def __init__(self, app: Working) -> None:
        self.refused: list[str] = []
        self._fair = Fair(app, who=self._who, answer=self._answer, now=lambda: 0.0)

    async def ask(self, who: str, path: str = "/cases/queue") -> None:
        async def nothing(*_: object) -> Message:
            return {"type": "http.disconnect"}

        scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"who", who.encode())]}
        await self._fair(scope, nothing, nothing)  # type: ignore[arg-type]

    async def _who(self, request: Request) -> Asker | None:
        who = request.headers["who"]
        return Asker("andre", who, 300, is_program=False) if who else None

    async def _answer(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, TooOften)
        self.refused.append(request.headers["who"])
        return Response(status_code=429)


@pytest.mark.quick
async def test_one_works_on_four_things_others_of_theirs_wait_and_more_are_refused_while_somebody_else_is_served() -> None:
    app = Working()
    door = Door(app)
    asked = [asyncio.create_task(door.ask("one")) for _ in range(AT_ONCE + 5)]
    await eventually(lambda: len(door.refused) == 5)
    assert app.at_work == ["one"] * AT_WORK
    besides = (("other", "/cases/queue"), ("", "/cases/queue"), ("one", "/cases/static/a.css"))
    asked += [asyncio.create_task(door.ask(who, path)) for who, path in besides]
    await eventually(lambda: app.at_work[AT_WORK:] == ["other", "", "one"])
    app.done.set()
    await asyncio.gather(*asked)
    assert app.at_work.count("one") == AT_ONCE + 1, "who waited was served"
    await door.ask("one")
    assert door.refused == ["one"] * 5


@pytest.mark.quick
async def test_who_gives_up_while_waiting_leaves_room() -> None:
    app = Working()
    door = Door(app)
    asked = [asyncio.create_task(door.ask("one")) for _ in range(AT_ONCE)]
    await eventually(lambda: len(app.at_work) == AT_WORK)
    for waiting in asked:
        waiting.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    app.done.set()
    for _ in range(AT_ONCE):
        await door.ask("one")
    assert door.refused == []


# --- a service ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
async def strict(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """The little site, where one person may ask once a second."""
    folder: Path = tmp_path_factory.mktemp("strict")
    async with running_service(parts(), postgres, folder, person_a_minute=A_MINUTE) as running:
        yield running


async def used_up(client: httpx.AsyncClient) -> None:
    """Ask for a minute's share, and some more that come back meanwhile."""
    for _ in range(3 * A_MINUTE):
        if (await client.get("/intake/api/asked")).status_code == 429:
            return
    raise AssertionError("never too often")


async def test_a_program_is_told_in_its_words_and_somebody_else_is_served(strict: Running) -> None:
    async with browser(strict, as_=ONE) as client:
        await used_up(client)
        refused = await client.get("/intake/api/asked", headers={"Accept-Language": "en"})
        assert (refused.status_code, refused.headers["content-type"]) == (429, "application/problem+json")
        assert refused.json()["code"] == "too-often"
        assert refused.json()["nextStep"].startswith(f"Wait {refused.headers['retry-after']} seconds")
        for free in ("/intake/static/brobygger.css", "/intake/health/live"):
            assert (await client.get(free)).status_code == 200
        client.cookies.set("brobygger", cookie_of(strict, OTHER))
        assert (await client.get("/intake/api/asked")).status_code == 200


async def test_a_form_that_comes_too_often_is_sent_again_by_one_press_with_every_letter(strict: Running) -> None:
    async with browser(strict, as_=ONE) as client:
        page = (await client.get("/intake/form", headers=HTML)).text
        opened_by = re.findall(r'name="opened_by" value="([^"]*)"', page)[-1]
        sent = {**FILLED, "words": WORDS, "opened_by": opened_by}
        await used_up(client)
        refused = await client.post("/intake/form?blanket=1", data=sent, headers=HTML)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) >= 2
        assert "Det, du lige bad om, er ikke gjort." in refused.text
        form = re.search(r'<form method="post" action="(/intake/form\?blanket=1)" id="written">(.*?)</form>', refused.text, re.DOTALL)
        assert form is not None
        again: dict[str, list[str]] = {}
        for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[2]):
            again.setdefault(name, []).append(unescape(value))
        assert again.pop("opened_by")[-1] == opened_by
        assert again == {**{name: value if isinstance(value, list) else [value] for name, value in FILLED.items()}, "words": [WORDS]}
    async with browser(strict, as_=ONE) as client:  # another process, or a minute later
        done = await client.post(unescape(form[1]), data={**again, "opened_by": opened_by}, headers=HTML)
        assert done.status_code == 303


async def test_what_another_typed_is_in_no_answer_to_whoever_asked_too_often(strict: Running) -> None:
    async with browser(strict, as_=OTHER) as client:
        opened_by = re.findall(r'name="opened_by" value="([^"]*)"', (await client.get("/intake/form", headers=HTML)).text)[-1]
        client.cookies.set("brobygger", cookie_of(strict, ONE))
        await used_up(client)
        refused = await client.post("/intake/form", data={**FILLED, "words": WORDS, "opened_by": opened_by}, headers=HTML)
    assert refused.status_code == 409
    assert "lukker" not in refused.text


async def test_a_form_that_was_only_to_be_shown_in_another_language_is_still_only_shown(strict: Running) -> None:
    async with browser(strict, as_=ONE) as client:
        await used_up(client)
        refused = await client.post("/intake/form", data={**FILLED, "words": WORDS, "lang": "en"}, headers=HTML)
    assert refused.status_code == 429
    assert '<input type="hidden" name="lang" value="en">' in refused.text


@pytest.mark.parametrize(("body", "status"), [(b"", 429), (b"--x", 429), (b"a" * 700_000, 413)])
async def test_a_form_that_cannot_be_read_is_refused_all_the_same(strict: Running, body: bytes, status: int) -> None:
    async with browser(strict, as_=ONE) as client:
        await used_up(client)
        kind = "multipart/form-data; boundary=x" if body == b"--x" else "application/x-www-form-urlencoded"
        refused = await client.post("/intake/form", content=body, headers={**HTML, "Content-Type": kind})
    assert refused.status_code == status


async def test_a_program_has_a_bound_of_its_own(postgres: PostgresServer, tmp_path: Path) -> None:
    there, bounds = Pretended(), {"person_a_minute": A_MINUTE, "program_a_minute": 2 * A_MINUTE}
    async with site_with_provider(postgres, tmp_path / "there", said(), **bounds) as running:
        provider = Provider(SignInFile.model_validate(said()), secret=SECRET, redirect="http://127.0.0.1/back", transport=there.transport)
        async with browser(running, application=served_with(provider)) as client:
            client.headers["Authorization"] = f"Bearer {there.signed(aud=AUDIENCE, azp='erp', scope='brobygger.read')}"
            statuses = [(await client.get("/intake/api/asked")).status_code for _ in range(4 * A_MINUTE)]
            assert statuses[: 2 * A_MINUTE] == [200] * 2 * A_MINUTE
            assert 429 in statuses
            client.headers["Authorization"] += "x"
            assert (await client.get("/intake/api/asked")).status_code == 401


async def test_clicking_fast_is_nothing_out_of_order(site: Running) -> None:
    async with browser(site, as_="staff-social-lead-1") as client:
        for _ in range(10):
            answers = await asyncio.gather(*(client.get("/intake/api/asked") for _ in range(6)))
            assert {answer.status_code for answer in answers} == {200}
