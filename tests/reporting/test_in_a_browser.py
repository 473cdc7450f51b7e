"""The director's page in a browser: readable for everybody, on a narrow screen, by keyboard, and on paper."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random

import pytest
import uvicorn
from playwright.async_api import Browser, Page, expect

from local.broker import free_port
from services.origin import NAVIGATION
from services.reporting.app import parts
from services.reporting.trends.rules.period import Month
from shared.running.serving import application
from tests.reporting.lives import Life, some_life
from tests.reporting.publishing import adopt, hear, publish, settled
from tests.support.accessibility import Findings, by_keyboard, look_at
from tests.support.eventually import eventually
from tests.support.postgres import PostgresServer
from tests.support.services import Running, cookie_of, running_service

ADDRESSES = ("/reporting/", "/reporting/?period=2025", "/reporting/?period=2026-Q1", "/reporting/?period=2026-02", "/reporting/?period=x")


async def two_years(reporting: Running) -> None:
    """All of 2025 and three quarters of 2026 are published."""
    await adopt(reporting)
    random = Random(7)
    lives = [some_life(random, f"life {n}", Month(2025, 1).begins + random.random() * 635 * timedelta(days=1)) for n in range(400)]
    averted = [Life(f"e{n}", Month(2025, 3).begins).registered().raised().triaged().opened().closed("eviction_averted") for n in range(2)]
    said = sorted((heard for life in [*lives, *averted] for heard in life.said), key=lambda heard: heard.envelope.time)
    await hear(reporting, said)
    await publish(reporting, at=settled(Month(2026, 9)))


@pytest.fixture(scope="module")
async def address(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Running, str]]:
    """Reporting behind a real server."""
    port = free_port()
    async with running_service(parts(), postgres, tmp_path_factory.mktemp("reporting")) as running:
        await two_years(running)
        config = uvicorn.Config(
            application(running.service, NAVIGATION), host="127.0.0.1", port=port, log_config=None, lifespan="off", ws="none"
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        await eventually(lambda: server.started)
        yield running, f"http://127.0.0.1:{port}"
        server.should_exit = True
        await serving


@asynccontextmanager
async def signed_in(browser: Browser, address: tuple[Running, str], who: str) -> AsyncIterator[Page]:
    running, origin = address
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    await context.add_cookies([{"name": "brobygger", "value": cookie_of(running, who), "url": origin}])
    yield await context.new_page()
    await context.close()


async def test_the_figures_are_readable_for_everybody(browser: Browser, address: tuple[Running, str]) -> None:
    findings = Findings()
    async with signed_in(browser, address, "staff-director-1") as page:
        for each in ADDRESSES:
            await page.goto(address[1] + each)
            await look_at(page, findings)
        await page.goto(address[1] + "/reporting/?lang=en")
        await look_at(page, findings)
        await page.goto(address[1] + ADDRESSES[0])
        assert await by_keyboard(page, findings) > 10
    findings.assert_nothing_wrong()


async def test_the_policy_and_the_looks_are_readable_for_everybody(browser: Browser, address: tuple[Running, str]) -> None:
    findings = Findings()
    async with signed_in(browser, address, "staff-dpo-1") as page:
        for each in ("/reporting/policy", "/reporting/looks?formaal=audit"):
            await page.goto(address[1] + each)
            await look_at(page, findings)
    findings.assert_nothing_wrong()


async def test_on_paper_it_is_a_board_paper(browser: Browser, address: tuple[Running, str]) -> None:
    async with signed_in(browser, address, "staff-director-1") as page:
        await page.goto(address[1] + "/reporting/?period=2025")
        await page.emulate_media(media="print")
        await expect(page.get_by_text("Boligforeningen Prøvegården")).to_be_visible()
        await expect(page.get_by_text("Udsættelse afværget: 2")).to_be_visible()
        for only_on_screen in (".ways-of-time", ".downloads", "nav.ways"):
            await expect(page.locator(only_on_screen)).to_be_hidden()
        paper = await page.pdf(format="A4")
    assert 1 <= paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") <= 4
