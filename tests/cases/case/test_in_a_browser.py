"""Seeing a concern, in a real browser: when its page stands in front of somebody, and not before."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
import uvicorn
from playwright.async_api import Browser, Page, expect

from services.origin import NAVIGATION
from shared.running.serving import application
from tests.cases.case.living import LEAD, raised
from tests.support.browser import in_front_of
from tests.support.eventually import eventually
from tests.support.services import Running, cookie_of


@pytest.fixture
async def origin(cases: Running) -> AsyncIterator[str]:
    """Cases behind a real server."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(application(cases.service, NAVIGATION), log_config=None, lifespan="off", ws="none")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        await eventually(lambda: server.started)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving


@asynccontextmanager
async def the_lead(browser: Browser, cases: Running, origin: str, *, javascript: bool = True) -> AsyncIterator[Page]:
    """The social lead in front of a browser, signed in."""
    async with in_front_of(browser, origin, javascript=javascript) as page:
        await page.context.add_cookies([{"name": "brobygger", "value": cookie_of(cases, LEAD), "url": origin}])
        yield page


async def is_seen(cases: Running, case_id: UUID) -> bool:
    return bool(await cases.value("select is_seen from case_list where case_id = $1", case_id))


async def test_a_page_in_front_of_somebody_says_so_and_its_form_is_still_good(browser: Browser, cases: Running, origin: str) -> None:
    case_id = await raised(cases)
    async with the_lead(browser, cases, origin) as page:
        await page.goto(f"/cases/{case_id}")
        await expect(page.get_by_text("Den, der så det, kan nu se, at du har set bekymringen.")).to_be_visible()
        assert await is_seen(cases, case_id)
        await expect(page.get_by_role("button", name="Jeg har set den")).to_have_count(0)

        await page.get_by_label("Hvad handler det mest om?").select_option(label="Ældre eller plejebehov")
        await page.get_by_role("button", name="Vurdér bekymringen").click()
        await expect(page.get_by_role("status").first).to_contain_text("Vurderingen er gemt.")

    assert await cases.value("select count(*) from events where stream_id = $1 and topic = 'case.seen'", case_id) == 1


async def test_without_javascript_there_is_a_button(browser: Browser, cases: Running, origin: str) -> None:
    case_id = await raised(cases)
    async with the_lead(browser, cases, origin, javascript=False) as page:
        await page.goto(f"/cases/{case_id}")
        assert not await is_seen(cases, case_id)
        await page.get_by_role("button", name="Jeg har set den").click()
        await expect(page.get_by_role("status").first).to_contain_text("Det er noteret, at du har set bekymringen.")

    assert await is_seen(cases, case_id)


@pytest.mark.parametrize(
    ("hidden", "shown", "news"),
    [
        ("visibilityState: 'hidden'", "visibilityState: 'visible'", "visibilitychange"),
        ("prerendering: true", "prerendering: false", "prerenderingchange"),
    ],
    ids=["behind another tab", "made ahead"],
)
async def test_a_page_that_nobody_looks_at_waits_until_somebody_does(
    browser: Browser, cases: Running, origin: str, hidden: str, shown: str, news: str
) -> None:
    case_id = await raised(cases)
    as_if = "for (const [name, value] of Object.entries({ %s })) Object.defineProperty(document, name, { value, configurable: true });"
    async with the_lead(browser, cases, origin) as page:
        await page.add_init_script(as_if % hidden)
        await page.goto(f"/cases/{case_id}", wait_until="networkidle")
        await expect(page.get_by_role("button", name="Jeg har set den")).to_be_visible()
        assert not await is_seen(cases, case_id)

        await page.evaluate(as_if % shown + f"document.dispatchEvent(new Event('{news}'));")
        await expect(page.get_by_text("Den, der så det, kan nu se, at du har set bekymringen.")).to_be_visible()

    assert await is_seen(cases, case_id)
