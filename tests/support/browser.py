"""Real browsers for the tests: Debian's Chromium and Firefox, led by Playwright; they ask nobody but the origin under test.

Chromium is led by its own protocol. Debian's Firefox, which Playwright has not built itself, is led by WebDriver BiDi (`moz-firefox`).
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Playwright, Request, Route, ViewportSize, async_playwright, expect

CHROMIUM = "chromium"
FIREFOX = "firefox"
PROGRAMS = {
    CHROMIUM: ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    FIREFOX: ("firefox-esr", "firefox"),
}
FLAGS = (
    "--disable-gpu",
    "--disable-smooth-scrolling",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PATIENCE_MS = 30_000
"""A busy machine is slow, not wrong."""
_SCRIPTS = re.compile(r"/static/[^?]*\.js(\?|$)")


@asynccontextmanager
async def browsing(kind: str = CHROMIUM) -> AsyncIterator[Browser]:
    """A browser that is running. Fails in plain words where none is installed; it never skips."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await (_firefox(playwright) if kind == FIREFOX else _chromium(playwright))
        try:
            yield browser
        finally:
            await browser.close()


async def _chromium(playwright: Playwright) -> Browser:
    program = _program(CHROMIUM, playwright.chromium.executable_path)
    if program is None:
        raise AssertionError(
            "These tests need a browser. Debian: apt-get install chromium. "
            "Elsewhere: Chromium or Chrome on PATH, or `python -m playwright install chromium`."
        )
    return await playwright.chromium.launch(executable_path=program, headless=True, chromium_sandbox=os.geteuid() != 0, args=FLAGS)


async def _firefox(playwright: Playwright) -> Browser:
    program = _program(FIREFOX)
    if program is None:
        raise AssertionError("These tests need Firefox. Debian: apt-get install firefox-esr. Elsewhere: Firefox 153 or newer on PATH.")
    return await playwright.firefox.launch(executable_path=program, channel="moz-firefox", headless=True)


@asynccontextmanager
async def in_front_of(
    browser: Browser,
    origin: str,
    *,
    viewport: ViewportSize = DESKTOP,
    javascript: bool = True,
    colours: Literal["light", "dark"] = "light",
) -> AsyncIterator[Page]:
    """Somebody in front of a browser of their own. At the end: nothing was asked of another host, and nothing went wrong unseen."""
    is_phone = viewport["width"] < 600
    phone: dict[str, Any] = {"has_touch": is_phone, "is_mobile": is_phone} if browser.browser_type.name == CHROMIUM else {}
    context = await browser.new_context(
        base_url=origin,
        viewport=viewport,
        java_script_enabled=javascript,
        color_scheme=colours,
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        **phone,
    )
    try:
        context.set_default_timeout(PATIENCE_MS)
        if not javascript and browser.browser_type.name == FIREFOX:
            await context.route(_SCRIPTS, _none)  # BiDi cannot turn it off; a page has no script but these files (`script-src 'self'`)
        page = await context.new_page()
        elsewhere: list[str] = []
        complaints: list[str] = []

        def asked(request: Request) -> None:
            address = urlsplit(request.url)
            if address.scheme not in ("data", "about", "blob", "tel") and f"{address.scheme}://{address.netloc}" != origin:
                elsewhere.append(request.url)

        def complained(message: ConsoleMessage) -> None:
            # An answer such as 422 is said on the console too; a blocked style or a broken script is what counts.
            if message.type == "error" and not message.text.startswith("Failed to load resource"):
                complaints.append(message.text)

        context.on("request", asked)
        context.on("console", complained)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        yield page
        assert elsewhere == [], f"asked of another host: {elsewhere}"
        assert complaints == [], f"the browser complained: {complaints}"
    finally:
        await context.close()


async def sign_in(page: Page, name: str) -> None:
    """Pick the role card of this person; where they begin comes up."""
    await page.goto("/intake/sign-in")
    await page.get_by_role("button", name=name).click()
    await expect(page.locator(".who-name")).to_contain_text(name)


async def reloaded_until(page: Page, shown: Callable[[], Locator] | Locator, *, within: float = 60.0) -> None:
    """Look again until it stands on the page: what has to travel through Kafka comes when it comes."""

    async def look() -> bool:
        return await (shown if isinstance(shown, Locator) else shown()).count() > 0

    await _again_until(page, look, within=within)


async def _again_until(page: Page, look: Callable[[], Awaitable[bool]], *, within: float) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + within
    while not await look():
        if loop.time() > until:
            raise AssertionError(f"not on {page.url} within {within} s:\n{await page.locator('main').inner_text()}")
        await page.reload()


async def _none(route: Route) -> None:
    await route.abort()


def _program(kind: str, playwrights_own: str = "") -> str | None:
    """The machine's own browser of this kind, else the one Playwright has installed."""
    found = next((found for name in PROGRAMS[kind] if (found := shutil.which(name))), None)
    return found or (playwrights_own if playwrights_own and Path(playwrights_own).exists() else None)
