"""The caretaker's way on a phone of 390 pixels: with and without JavaScript, never sideways, and readable for everybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from local.broker import free_port
from services.intake.app import parts
from services.origin import NAVIGATION
from shared.running.serving import application
from tests.intake.known import HOME, fill_register
from tests.support.eventually import eventually
from tests.support.postgres import PostgresServer
from tests.support.services import Running, cookie_of, running_service


@pytest.fixture(scope="module")
async def address(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Running, str]]:
    """Intake behind a real server."""
    port = free_port()
    async with running_service(parts(), postgres, tmp_path_factory.mktemp("intake"), begun=fill_register) as running:
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
async def phone(browser: Browser, address: tuple[Running, str], *, javascript: bool) -> AsyncIterator[Page]:
    """The caretaker's phone, signed in."""
    running, origin = address
    context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="da-DK", java_script_enabled=javascript)
    await context.add_cookies([{"name": "brobygger", "value": cookie_of(running, "staff-caretaker-1"), "url": origin}])
    yield await context.new_page()
    await context.close()


async def fill_in(page: Page) -> None:
    await page.select_option("#f-home_id", str(HOME))
    for code in ("home.hoarding", "self.neglect", "high", "granted", "volunteer"):
        await page.check(f"input[value='{code}']")
    await page.fill("#f-words", "Køkkenet er fyldt med poser.")


async def send(page: Page) -> None:
    """Send it; who told of the same home just now, as the tests here do, says that it is a new one."""
    await page.click("button.big")
    if await page.locator("#f-as_new").count():
        await page.check("#f-as_new")
        await page.click("button.big")


@pytest.mark.parametrize("javascript", [True, False])
async def test_an_observation_is_registered_and_followed(browser: Browser, address: tuple[Running, str], javascript: bool) -> None:
    async with phone(browser, address, javascript=javascript) as page:
        await page.goto(f"{address[1]}/intake/")
        await page.click("a.big")
        await fill_in(page)
        await send(page)
        assert page.url.endswith("/receipt")
        assert await page.locator("h1").inner_text() in ("✓ Modtaget", "✓\nModtaget")
        await page.click("text=Følg observationen")
        assert "Køkkenet er fyldt med poser." in await page.inner_text("main")


async def test_acute_danger_says_ring_at_once_and_hides_nothing(browser: Browser, address: tuple[Running, str]) -> None:
    async with phone(browser, address, javascript=False) as page:
        await page.goto(f"{address[1]}/intake/observations/new?estate=estate-1")
        assert not await page.locator(".advice-acute").is_visible()
        await page.check("input[value=acute]")
        assert await page.locator(".advice-acute a[href='tel:112']").is_visible()
        assert await page.locator("button.big").is_enabled()


async def test_recipients_are_asked_for_when_the_answer_is_yes(browser: Browser, address: tuple[Running, str]) -> None:
    async with phone(browser, address, javascript=True) as page:
        await page.goto(f"{address[1]}/intake/observations/new?estate=estate-1")
        assert not await page.locator("fieldset.scope").is_visible()
        await page.check("input[value=granted]")
        await page.check("input[value=volunteer]")
        await page.check("input[value=declined]")
        assert not await page.locator("fieldset.scope").is_visible()
        assert not await page.is_checked("input[value=volunteer]")


async def test_no_page_is_wider_than_the_phone_and_axe_finds_nothing(browser: Browser, address: tuple[Running, str]) -> None:
    checked = 0
    async with phone(browser, address, javascript=True) as page:
        await page.goto(f"{address[1]}/intake/observations/new?estate=estate-1")
        await fill_in(page)
        await send(page)
        receipt = page.url
        addresses = ("/intake/", "/intake/observations", "/intake/observations/new?estate=estate-1")
        for one in (receipt, receipt.removesuffix("/receipt"), *(address[1] + path for path in addresses)):
            await page.goto(one)
            assert await page.evaluate("document.documentElement.scrollWidth") <= 390
            found = await Axe().run(page)
            assert [violation["id"] for violation in found.response["violations"]] == []
            checked += len(found.response["passes"])
    assert checked > 100
