"""S1, the leak and the 91-year-old, as people play it: through the pages, in a real browser, with JavaScript and without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browser import PHONE, in_front_of, reloaded_until, sign_in
from tests.support.installation import CARETAKER, OPERATOR, Home, Installation, installation, moved_in, observation
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import NOW

CARETAKERS_NAME, LEADS_NAME = "Asger Testvang", "Citha Testvang"
AUDITORS_NAME, DIRECTORS_NAME = "Gurli Testvang", "Holger Testvang"
HOME = "Opdigtet Vænge 1"
WORDS = "Hun sad i køkkenet mellem poserne og ville helst have, at jeg blev lidt."


@pytest.fixture
async def place(postgres: PostgresServer, quick_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, quick_broker, tmp_path) as running:
        yield running


async def two_estates(place: Installation) -> list[Home]:
    """The estate with the tenancies, whose homes it answers, and one more to choose between."""
    entered = await moved_in(place)
    bakken = {"home_id": str(uuid4()), "street": "Bakken", "number": "1", "floor": "", "door": ""}
    other = {"name": "Den Anden Bakke", "municipality": "bakkelund", "homes": [bakken]}
    await place.ask(OPERATOR, "PUT", "/intake/api/estates/estate-2", json=other, expect=204)
    return entered


async def fill_in_what_was_seen(page: Page, *, words: str) -> None:
    """The caretaker's form about the leak, from top to bottom, except the button."""
    await page.get_by_label("Hvilken bolig?").select_option(label=HOME)
    await page.get_by_role("checkbox", name="Ophobning, svært at komme ind og ud").check()
    await page.get_by_role("checkbox", name="Virker ikke i stand til at passe på sig selv").check()
    await page.get_by_role("radio", name="Orange – alvorlig").check()
    await page.get_by_role("radio", name="Ja, beboeren har sagt ja").check()
    for recipient in ("Visitationen", "Skadesservice"):
        await page.get_by_role("checkbox", name=recipient).check()
    await page.get_by_label("Med dine egne ord").fill(words)


async def take(page: Page, step: str, *, done: str) -> None:
    """Send the form of a step; its button says what it does."""
    await page.get_by_role("main").get_by_role("button", name=step, exact=True).click()
    await expect(page.get_by_role("status").first).to_contain_text(done)


async def offered_next(page: Page, step: str) -> None:
    """The case says itself what comes next."""
    await expect(page.locator(".case-next h2")).to_have_text(step)


async def other_step(page: Page, step: str) -> None:
    await page.get_by_role("region", name="Andre skridt").get_by_role("link", name=step, exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(step)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
async def test_the_whole_story_is_played_through_the_pages(place: Installation, browser: Browser, javascript: bool) -> None:
    _, another_home, *_ = await two_estates(place)
    # Something less serious waits already.
    unasked = observation(another_home, severity="low", consent_answer="not_asked", consent_scope=[], consent_wording="")
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=unasked, expect=201)
    async with AsyncExitStack() as people:
        phone = await people.enter_async_context(in_front_of(browser, place.origin, viewport=PHONE, javascript=javascript))
        desk = await people.enter_async_context(in_front_of(browser, place.origin, javascript=javascript))

        await the_caretaker_says_what_she_saw(phone)
        case_id = await the_lead_finds_it_first_and_takes_it_on(desk)
        await help_is_set_in_motion(desk)
        await the_caretaker_sees_good_hands_and_an_invitation(phone)

        place.clock.forward(timedelta(days=2))
        await the_answers_come_in(desk)
        await follow_ups_are_done_in_their_time(place, desk)
        await the_lead_closes_it(desk)
        await reloaded_until(phone, phone.get_by_text("Der er taget hånd om det."))

        auditor = await people.enter_async_context(in_front_of(browser, place.origin, javascript=javascript))
        await the_auditor_reads_it_again(auditor, case_id)
        director = await people.enter_async_context(in_front_of(browser, place.origin, javascript=javascript))
        await the_director_sees_figures(director)


async def the_caretaker_says_what_she_saw(page: Page) -> None:
    await sign_in(page, CARETAKERS_NAME)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Har du set noget?")
    await page.get_by_role("main").get_by_role("link", name="Ny observation").click()
    await page.get_by_role("link", name="Opdigtet Vænge").click()
    await fill_in_what_was_seen(page, words=WORDS)
    await page.get_by_role("button", name="Send observationen").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Modtaget")
    await expect(page.get_by_role("region", name="Modtaget")).to_contain_text(HOME)
    await expect(page.get_by_text("Du skal ikke løse det")).to_be_visible()
    await page.get_by_role("link", name="Følg observationen").click()
    await expect(page.get_by_text(WORDS)).to_be_visible()
    await page.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Mine observationer").click()
    await expect(page.get_by_role("listitem").filter(has_text=HOME).first).to_contain_text("Modtaget")
    await page.get_by_role("link", name=HOME).click()


async def the_lead_finds_it_first_and_takes_it_on(page: Page) -> str:
    await sign_in(page, LEADS_NAME)
    await reloaded_until(page, page.locator(".queue-case").nth(1))
    await expect(page.locator(".queue-case").first).to_contain_text(HOME)
    await expect(page.locator(".queue-case").first).to_contain_text("Venter på vurdering")
    await page.get_by_role("link", name=HOME).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(HOME)
    await expect(page.get_by_text(WORDS).first).to_be_visible()

    await offered_next(page, "Vurdér bekymringen")
    await expect(page.get_by_role("radio", name="Orange – alvorlig")).to_be_checked()
    await page.get_by_label("Hvad handler det mest om?").select_option(label="Ældre eller plejebehov")
    await take(page, "Vurdér bekymringen", done="Vurderingen er gemt.")

    await offered_next(page, "Opret sagen")
    await page.get_by_role("radio", name=LEADS_NAME).check()
    await take(page, "Opret sagen", done="Sagen er oprettet.")

    await offered_next(page, "Kontakt beboeren")
    await page.get_by_role("radio", name="Ja, vi talte sammen").check()
    await page.get_by_label("Hvordan?").select_option(label="Telefon")
    await page.get_by_label("Hvad blev sagt eller aftalt?").fill("Hun vil gerne have hjælp til at rydde op.")
    await take(page, "Kontakt beboeren", done="Kontakten er noteret.")
    return page.url.partition("?")[0].rpartition("/")[2]


async def help_is_set_in_motion(page: Page) -> None:
    await offered_next(page, "Giv det videre")
    await expect(page.get_by_role("radio", name="Visitationen")).to_be_checked()
    await page.get_by_label("Hvordan er det sendt?").select_option(label="Telefon")
    await page.get_by_label("Hvad fik de at vide?").fill("Meget ophobning. Hun vil gerne ringes op.")
    await take(page, "Giv det videre", done="Det er givet videre.")

    await offered_next(page, "Bestil skadesservice")
    await take(page, "Bestil skadesservice", done="Skadesservice er bestilt.")

    await other_step(page, "Aftal et møde med et kendt ansigt")
    await page.get_by_role("radio", name=CARETAKERS_NAME).check()
    await page.get_by_label("Hvornår er mødet?").fill("2026-03-05T10:00")
    await take(page, "Aftal et møde med et kendt ansigt", done="Mødet er aftalt.")

    await tell_the_caretaker(page, "I gode hænder")


async def tell_the_caretaker(page: Page, what: str) -> None:
    if await page.locator(".case-next h2").filter(has_text="Giv viceværten besked").count() == 0:
        await other_step(page, "Giv viceværten besked")
    await page.get_by_role("radio", name=what).check()
    await expect(page.get_by_label("Hvordan?")).to_have_value("phone")
    await take(page, "Giv viceværten besked", done="Det er noteret, at viceværten har fået besked.")


async def the_caretaker_sees_good_hands_and_an_invitation(page: Page) -> None:
    await reloaded_until(page, page.get_by_text("I gode hænder"))
    await expect(page.get_by_text("I gode hænder")).to_be_visible()
    await expect(page.get_by_text("Der er en sag, og en person har den.")).to_be_visible()
    await expect(page.get_by_text("Givet videre til nogen, der kan hjælpe")).to_be_visible()
    await reloaded_until(page, page.get_by_text("Vil du med?"))
    # Whom it was passed on to, and why, is not hers to carry.
    await expect(page.get_by_text("Hun vil gerne ringes op")).to_have_count(0)


async def the_answers_come_in(page: Page) -> None:
    await page.reload()
    waiting = page.get_by_role("region", name="På vej")
    await waiting.get_by_role("link", name="Notér svar").click()
    await page.get_by_role("radio", name="Har kvitteret").check()
    await take(page, "Notér et svar", done="Svaret er noteret.")
    await waiting.get_by_role("link", name="Er færdig").click()
    await take(page, "Skadesservice er færdig", done="Det er noteret.")
    await waiting.get_by_role("link", name="Er holdt").click()
    await take(page, "Mødet er holdt", done="Det er noteret.")

    await other_step(page, "Spørg om lov")
    await page.get_by_role("radio", name="Ja").check()
    await page.get_by_role("checkbox", name="Frivillig forening").check()
    await page.get_by_label("Hvilken ordlyd blev brugt?").select_option(label="Spørg i telefonen")
    await take(page, "Spørg om lov", done="Svaret er noteret.")
    await other_step(page, "Giv det videre")
    await page.get_by_role("radio", name="Frivillig forening").check()
    await page.get_by_label("Hvordan er det sendt?").select_option(label="Telefon")
    await take(page, "Giv det videre", done="Det er givet videre.")

    for target in ("Visitationen", "Frivillig forening"):
        await waiting.get_by_role("listitem").filter(has_text=target).get_by_role("link", name="Notér svar").click()
        await expect(page.get_by_role("radio", name=target)).to_be_checked()
        await page.get_by_role("radio", name="Hjælpen er på plads").check()
        await take(page, "Notér et svar", done="Svaret er noteret.")


async def follow_ups_are_done_in_their_time(place: Installation, page: Page) -> None:
    for day in ("2026-03-06", "2026-03-17", "2026-04-07"):
        await place.lead_to(NOW.fromisoformat(f"{day}T09:00:00+00:00"))
        await page.reload()
        await page.get_by_role("region", name="På vej").get_by_role("link", name="Følg op").first.click()
        await page.get_by_role("radio", name="Jeg har fulgt op").check()
        await page.get_by_label("Hvad så du?").fill("Der er ryddeligt, og hun spiser med de andre om tirsdagen.")
        await take(page, "Følg op", done="Opfølgningen er noteret.")


async def the_lead_closes_it(page: Page) -> None:
    await tell_the_caretaker(page, "Hjælpen er på plads")
    await offered_next(page, "Luk sagen")
    await page.get_by_label("Hvordan endte det?").select_option(label="Hjælpen er på plads")
    await take(page, "Luk sagen", done="Sagen er lukket.")
    await tell_the_caretaker(page, "Afsluttet")
    await expect(page.get_by_text("Sagen er slut, og den, der så det, ved det.")).to_be_visible()
    await page.get_by_role("link", name="Alle sager").click()
    await expect(page.get_by_role("link", name=HOME)).to_have_count(0)


async def the_auditor_reads_it_again(page: Page, case_id: str) -> None:
    await sign_in(page, AUDITORS_NAME)
    await page.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Kontrol").click()
    await page.get_by_role("button", name="Revision").click()
    await page.goto(f"/cases/{case_id}/as-of?formaal=audit&day={NOW.date()}")
    await expect(page.get_by_role("heading", level=1).first).to_have_text("tirsdag den 3. marts 2026")
    await expect(page.get_by_text("Sagen er oprettet").or_(page.get_by_text("Åben sag")).first).to_be_visible()
    await expect(page.get_by_text("Hjælpen er på plads")).to_have_count(0)
    await expect(page.get_by_text(WORDS)).to_have_count(0)

    await page.goto(f"/cases/audit/looks/{case_id}?formaal=audit")
    looks = page.get_by_role("table", name="Opslag")
    await expect(looks.get_by_role("row").filter(has_text=AUDITORS_NAME).first).to_contain_text("Revision")
    await expect(looks.get_by_role("row").filter(has_text=LEADS_NAME).first).to_be_visible()

    await page.goto(f"/cases/audit/chain?formaal=audit&stream={case_id}")
    await page.get_by_role("button", name="Kontrollér kæden").click()
    await expect(page.get_by_role("heading", name="Kæden holder")).to_be_visible()


async def the_director_sees_figures(page: Page) -> None:
    await sign_in(page, DIRECTORS_NAME)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Tal for")
    # Nothing is published before a month is over, nor before the DPO has said what may be.
    await expect(page.get_by_role("heading", name="Der er ingen aftale om tal endnu")).to_be_visible()
    await expect(page.get_by_text("Opdigtet Vænge")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize(
    ("words", "complaint"),
    [("å" * 501, "Teksten er for lang."), ("Hendes nummer er 000000-0000", "Teksten ser ud til at indeholde et CPR-nummer.")],
    ids=["a letter too long", "what looks like a CPR number"],
)
async def test_a_refused_form_keeps_what_was_typed(
    place: Installation, browser: Browser, javascript: bool, words: str, complaint: str
) -> None:
    await two_estates(place)
    async with in_front_of(browser, place.origin, viewport=PHONE, javascript=javascript) as page:
        await sign_in(page, CARETAKERS_NAME)
        await page.goto("/intake/observations/new?estate=estate-1")
        await fill_in_what_was_seen(page, words=words)
        await page.get_by_role("button", name="Send observationen").click()

        await expect(page.locator(".mistakes")).to_contain_text(complaint)
        field = page.locator(".field", has=page.get_by_label("Med dine egne ord"))
        await expect(field.locator(".error")).to_contain_text(complaint)
        await expect(page.get_by_label("Med dine egne ord")).to_have_value(words)
        await expect(page.get_by_label("Med dine egne ord")).to_have_attribute("aria-invalid", "true")
        await expect(page.get_by_label("Hvilken bolig?").locator("option:checked")).to_have_text(HOME)
        for ticked in (
            "Ophobning, svært at komme ind og ud",
            "Virker ikke i stand til at passe på sig selv",
            "Visitationen",
            "Skadesservice",
        ):
            await expect(page.get_by_role("checkbox", name=ticked)).to_be_checked()
        for chosen in ("Orange – alvorlig", "Ja, beboeren har sagt ja"):
            await expect(page.get_by_role("radio", name=chosen)).to_be_checked()
        if javascript:
            await expect(page.locator(".mistakes")).to_be_focused()

        await page.locator(".mistakes").get_by_role("link", name=complaint).click()
        await page.get_by_label("Med dine egne ord").fill(WORDS)
        await page.get_by_role("button", name="Send observationen").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Modtaget")
