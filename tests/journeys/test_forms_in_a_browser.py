"""No form loses a letter or does a thing twice, as people meet it: with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Dialog, Page, expect

from tests.journeys.test_s01_in_a_browser import (
    CARETAKERS_NAME,
    HOME,
    LEADS_NAME,
    WORDS,
    fill_in_what_was_seen,
    two_estates,
)
from tests.support.browser import CHROMIUM, PHONE, in_front_of, reloaded_until, sign_in
from tests.support.coverage import coverage
from tests.support.installation import Installation, installation
from tests.support.kafka import EMBEDDED, Brokers
from tests.support.postgres import PostgresServer

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
FORM = "/intake/observations/new?estate=estate-1"


@pytest.fixture(scope="module")
async def running(postgres: PostgresServer, brokers: Brokers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """One for all of them: what they look at is one form."""
    async with installation(postgres, await brokers.empty(EMBEDDED), tmp_path_factory.mktemp("forms")) as running:
        await two_estates(running)
        yield running


@pytest.fixture
def place(running: Installation) -> Installation:
    """It is later than what was told in the test before: nobody asks whether it is the same."""
    running.clock.forward(timedelta(hours=1))
    return running


async def filled_in(page: Page) -> None:
    await sign_in(page, CARETAKERS_NAME)
    await page.goto(FORM)
    await fill_in_what_was_seen(page, words=WORDS)


async def sent(page: Page) -> None:
    await page.get_by_role("button", name="Send observationen").click()


async def stands_there(page: Page, *, words: str = WORDS) -> None:
    await expect(page.get_by_label("Med dine egne ord")).to_have_value(words)
    await expect(page.get_by_label("Hvilken bolig?").locator("option:checked")).to_have_text(HOME)
    await expect(page.get_by_role("radio", name="Orange – alvorlig")).to_be_checked()
    await expect(page.get_by_role("checkbox", name="Visitationen")).to_be_checked()


async def waits_for_another(page: Page) -> None:
    """Nothing of what was typed stands there, and nothing looks as though it went well."""
    await expect(page.get_by_role("heading", level=1)).to_have_text("Der venter noget, som en anden har skrevet")
    await expect(page.locator("body")).not_to_contain_text(WORDS)
    assert WORDS not in await page.content()
    await expect(page.get_by_role("status")).to_have_count(0)


async def received(page: Page) -> None:
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Modtaget")


async def how_many(place: Installation) -> int:
    return int(await place.services["intake"].pool.fetchval("select count(*) from observations"))


@BOTH
async def test_what_was_typed_survives_signing_in_again(place: Installation, any_browser: Browser, javascript: bool) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE, javascript=javascript) as page:
        await filled_in(page)
        await page.context.clear_cookies(name="brobygger")
        await sent(page)
        await expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ud")
        await page.get_by_role("button", name="Log ind igen").click()
        await page.get_by_role("button", name=CARETAKERS_NAME).click()
        if not javascript:
            await page.get_by_role("button", name="Vis det, jeg skrev").click()
        await expect(page.locator(".mistakes")).to_contain_text("Alt, hvad du skrev, står her.")
        await stands_there(page)
        await sent(page)
        await received(page)


@BOTH
async def test_another_who_is_signed_in_does_not_send_it_unawares(place: Installation, any_browser: Browser, javascript: bool) -> None:
    async with in_front_of(any_browser, place.origin, javascript=javascript) as page:
        before = await how_many(place)
        await filled_in(page)
        tab = await page.context.new_page()
        await sign_in(tab, LEADS_NAME)
        await sent(page)
        await waits_for_another(page)
        await page.get_by_role("button", name="Log ind som den, der skrev det").click()
        await page.get_by_role("button", name=CARETAKERS_NAME).click()
        if not javascript:
            await page.get_by_role("button", name="Vis det, jeg skrev").click()
        await stands_there(page)
        assert await how_many(place) == before


@BOTH
async def test_with_a_wrong_card_what_was_typed_waits_for_the_right_one(
    place: Installation, any_browser: Browser, javascript: bool
) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE, javascript=javascript) as page:
        await filled_in(page)
        await page.context.clear_cookies(name="brobygger")
        await sent(page)
        await page.get_by_role("button", name="Log ind igen").click()
        await page.get_by_role("button", name=LEADS_NAME).click()
        await waits_for_another(page)
        await page.get_by_role("button", name="Log ud").click()
        await page.get_by_role("button", name=CARETAKERS_NAME).click()
        if not javascript:
            await page.get_by_role("button", name="Vis det, jeg skrev").click()
        await stands_there(page)
        await sent(page)
        await received(page)


async def test_without_coverage_what_was_typed_stays_until_there_is_some(place: Installation, any_browser: Browser) -> None:
    async with coverage(place.origin) as mast, in_front_of(any_browser, mast.origin, viewport=PHONE) as page:
        before = await how_many(place)
        await filled_in(page)
        await mast.down()
        for _ in range(2):
            await sent(page)
            await expect(page.get_by_role("alert")).to_contain_text("Der er ingen forbindelse lige nu, så det er ikke sendt.")
            await stands_there(page)
        await mast.up()
        await sent(page)
        await received(page)
        assert await how_many(place) == before + 1


async def test_without_coverage_and_without_javascript_the_browser_sends_it_again(place: Installation, any_browser: Browser) -> None:
    async with coverage(place.origin) as mast, in_front_of(any_browser, mast.origin, viewport=PHONE, javascript=False) as page:
        before = await how_many(place)
        await filled_in(page)
        assert "»Prøv igen«" in await page.content()
        await mast.down()
        await page.get_by_role("button", name="Send observationen").click(no_wait_after=True)
        await expect(page.get_by_label("Med dine egne ord")).to_have_count(0)
        await mast.up()
        if any_browser.browser_type.name != CHROMIUM:
            return  # Firefox asks first whether to send it again, in a window that BiDi does not reach
        await page.reload()
        await received(page)
        assert await how_many(place) == before + 1


@BOTH
async def test_another_estate_leaves_what_was_typed(place: Installation, any_browser: Browser, javascript: bool) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE, javascript=javascript) as page:
        before = await how_many(place)
        await filled_in(page)
        for estate, home in (("Den Anden Bakke", "Bakken 1"), ("Opdigtet Vænge", HOME)):
            await page.get_by_role("button", name="Vælg en anden afdeling").click()
            await page.get_by_role("button", name=estate).click()
            await expect(page.locator(".lead")).to_contain_text(estate)
            await expect(page.get_by_label("Hvilken bolig?").locator("option:checked")).to_have_text("Vælg bolig …")
            await page.get_by_label("Hvilken bolig?").select_option(label=home)
        await stands_there(page)
        await page.get_by_role("button", name="Vælg en anden afdeling").click()
        await page.get_by_role("button", name="Tilbage").click()
        await stands_there(page)
        await sent(page)
        await received(page)
        assert await how_many(place) == before + 1


async def test_enter_in_a_field_sends_the_form_and_chooses_no_estate(place: Installation, any_browser: Browser) -> None:
    async with in_front_of(any_browser, place.origin) as page:
        await filled_in(page)
        await page.get_by_label("Hvornår så du det?").press("Enter")
        await received(page)


@BOTH
async def test_back_and_send_makes_no_second_one(place: Installation, any_browser: Browser, javascript: bool) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE, javascript=javascript) as page:
        before = await how_many(place)
        await filled_in(page)
        await sent(page)
        await received(page)
        await page.go_back()
        await page.get_by_label("Med dine egne ord").fill("Noget andet.")
        await fill_in_what_was_seen(page, words="Noget andet.")
        await sent(page)
        await expect(page.locator(".mistakes")).to_be_visible()
        await stands_there(page, words="Noget andet.")
        assert await how_many(place) == before + 1


@BOTH
async def test_another_language_keeps_what_was_typed(place: Installation, any_browser: Browser, javascript: bool) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE, javascript=javascript) as page:
        await filled_in(page)
        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("New observation")
        await expect(page.get_by_label("In your own words")).to_have_value(WORDS)


async def test_who_has_written_something_is_asked_before_it_is_left(place: Installation, any_browser: Browser) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE) as page:
        await filled_in(page)
        page.on("dialog", lambda dialog: dialog.dismiss())
        async with page.expect_event("dialog") as asked:
            await page.get_by_role("button", name="Log ud").click(no_wait_after=True)
        assert (await asked.value).type == "beforeunload"
        await expect(page.get_by_label("Med dine egne ord")).to_have_value(WORDS)


async def test_who_sends_it_or_rings_somebody_is_asked_nothing(place: Installation, any_browser: Browser) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE) as page:
        asked: list[str] = []

        async def goes_on(dialog: Dialog) -> None:
            asked.append(dialog.type)
            await dialog.accept()

        await page.goto("/intake/call-me")
        await page.get_by_label("Dit telefonnummer").fill("12 34 56 78")
        await page.get_by_label("Hvor bor du?").fill("Bakken")
        page.on("dialog", goes_on)
        if any_browser.browser_type.name == CHROMIUM:  # led by BiDi, Firefox waits for ever for a page that a number does not lead to
            await page.locator("main a[href^='tel:']").first.click(no_wait_after=True)
        await expect(page.get_by_label("Hvor bor du?")).to_have_value("Bakken")
        await page.get_by_role("button", name="Bed os ringe").click()
        await expect(page).to_have_url(re.compile("/intake/call-me/thanks"))
        assert asked == []


@BOTH
async def test_what_a_resident_typed_without_a_sign_in_stands_there_in_another_language(
    place: Installation, any_browser: Browser, javascript: bool
) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE, javascript=javascript) as page:
        await page.goto("/intake/call-me")
        await page.get_by_label("Hvad drejer det sig om?").fill("Huslejen er svær.")
        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Call me")
        await expect(page.locator("textarea")).to_have_value("Huslejen er svær.")


@BOTH
async def test_what_waits_for_somebody_to_sign_in_again_waits_in_another_language_too(
    place: Installation, any_browser: Browser, javascript: bool
) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE, javascript=javascript) as page:
        await filled_in(page)
        await page.context.clear_cookies(name="brobygger")
        await sent(page)
        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Who are you today?")
        await page.get_by_role("button", name="Dansk").click()
        await page.get_by_role("button", name=CARETAKERS_NAME).click()
        if not javascript:
            await page.get_by_role("button", name="Vis det, jeg skrev").click()
        await stands_there(page)


@BOTH
async def test_everything_that_is_wrong_is_told_in_one_round(place: Installation, any_browser: Browser, javascript: bool) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE, javascript=javascript) as page:
        await sign_in(page, CARETAKERS_NAME)
        await page.goto(FORM)
        await page.get_by_label("Med dine egne ord").fill("Hans nummer er 010190-1234.")
        await page.get_by_label("Hvornår så du det?").fill("2050-01-01T12:00")
        await sent(page)
        said = ("Vælg boligen.", "Sæt kryds", "Vælg, hvor alvorligt", "Vælg, hvad beboeren svarede.", "CPR-nummer", "i fremtiden")
        await expect(page.locator(".mistakes a")).to_have_text([re.compile(each) for each in said])


@BOTH
async def test_a_long_paste_is_told_beside_its_field(place: Installation, any_browser: Browser, javascript: bool) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE, javascript=javascript) as page:
        await filled_in(page)
        await page.get_by_label("Med dine egne ord").fill("æ" * 11_000)
        await sent(page)
        await expect(page.locator(".field.wrong")).to_contain_text("Teksten er for lang.")
        await stands_there(page, words="æ" * 11_000)


@BOTH
async def test_a_paste_of_a_whole_archive_can_still_be_sent_and_is_told_beside_its_field(
    place: Installation, any_browser: Browser, javascript: bool
) -> None:
    async with in_front_of(any_browser, place.origin, viewport=PHONE, javascript=javascript) as page:
        await page.goto(f"data:text/html,<textarea>{'x' * 600_000}</textarea>")
        await page.locator("textarea").press("ControlOrMeta+a")
        await page.locator("textarea").press("ControlOrMeta+c")
        await filled_in(page)
        await page.get_by_label("Med dine egne ord").press("ControlOrMeta+v")
        await sent(page)
        await expect(page.locator(".field.wrong")).to_contain_text("Teksten er for lang.")
        await expect(page.get_by_role("checkbox", name="Visitationen")).to_be_checked()


@BOTH
async def test_a_step_that_is_sent_again_after_going_back_is_taken_once(
    place: Installation, any_browser: Browser, javascript: bool
) -> None:
    async with in_front_of(any_browser, place.origin, javascript=javascript) as page:
        await filled_in(page)
        await sent(page)
        await received(page)
        await sign_in(page, LEADS_NAME)
        await reloaded_until(page, page.get_by_role("link", name=HOME).first)
        await page.get_by_role("link", name=HOME).first.click()
        await expect(page).to_have_url(re.compile("/cases/[0-9a-f-]{36}"))
        case = page.url.partition("?")[0]
        await page.goto(f"{case}/steps/note")
        note = f"Ringet til datteren ({any_browser.browser_type.name}, {javascript})."  # all of them have one case
        for _ in range(2):
            await page.locator("main textarea").first.fill(note)
            await page.get_by_role("main").get_by_role("button", name="Skriv et notat", exact=True).click()
            await expect(page.get_by_role("status").first).to_contain_text("Notatet er gemt.")
            await page.go_back()
        await page.goto(f"{case}?indhold=1")
        await expect(page.get_by_text(note)).to_have_count(1)


async def test_a_link_on_another_site_leads_to_its_page(place: Installation, any_browser: Browser) -> None:
    async with in_front_of(any_browser, place.origin) as page:
        await sign_in(page, CARETAKERS_NAME)
        await page.goto(f"data:text/html,<a href='{place.origin}/intake/observations'>Se den</a>")
        await page.get_by_role("link", name="Se den").click()
        await expect(page).to_have_url(f"{place.origin}/intake/observations")
