"""Every page of every role can be used by everybody: WCAG 2.2 AA by axe, a narrow screen, large text, and only a keyboard."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page, expect

from services.cases.case.steps import FORMS_OF_A_PART
from tests.support.accessibility import Findings, by_keyboard, look_at, thumb_sized
from tests.support.browser import PHONE, in_front_of, sign_in
from tests.support.busy_day import BusyDay, busy_day
from tests.support.installation import Installation, installation
from tests.support.kafka import EMBEDDED, Brokers
from tests.support.postgres import PostgresServer

STEPS_OF_A_CASE = (
    "contact", "consent", "referral", "answer", "damage-service", "let-in", "damage-service-done", "accompaniment", "accompaniment-answer",
    "accompanied", "informed", "followed-up", "follow-up", "note", "resident", "severity", "assignment", "withdrawal", "fact", "closing",
    "procedure", "death", "death-taken-back", "staff-care", "apology", "move", "move-taken-back", "recipient-told", "continuing",
    "guardian", "address-protected", "address-unprotected",
)  # fmt: skip
CHANGES_OF_A_COLLEAGUE = ("details", "hat", "hat-off", "absence", "on-call", "conflict", "leaving")
SOMEWHERE = "estate-2"


@pytest.fixture(scope="module", name="day")
async def _day(
    postgres: PostgresServer, brokers: Brokers, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Installation, BusyDay]]:
    async with installation(postgres, await brokers.empty(EMBEDDED), Path(tmp_path_factory.mktemp("busy day"))) as place:
        yield place, await busy_day(place)


def pages_of(person: str, day: BusyDay) -> list[str]:
    """What somebody reaches besides the navigation and one step from it: forms, long pages, and refusals."""
    long, closed, raised = day.case("long"), day.case("closed"), day.case("raised")
    match person:
        case "Asger Testvang":
            seen = [f"/intake/observations/{day.observations[which]}" for which in ("long", "closed", "raised", "dismissed")]
            parts = [f"/cases/{case}/part" for case in (long, closed, raised)]
            steps = [f"{parts[0]}/{step}" for step in FORMS_OF_A_PART]
            elsewhere = [
                f"/intake/observations/new?estate={SOMEWHERE}",
                f"/intake/calls/new?estate={SOMEWHERE}",
                "/cases/",
                "/cases/no-such-page",
            ]
            return [f"{seen[0]}/receipt", *seen, *parts, *steps, *elsewhere, "/cases/own-looks"]
        case "Citha Testvang":
            checked = [f"/cases/{case}" for case in (long, closed, raised, day.case("triaged"), day.case("dismissed"))]
            steps = [f"/cases/{long}/steps/{step}" for step in STEPS_OF_A_CASE]
            decided = [f"/cases/{raised}/steps/dismissal", f"/cases/{raised}/steps/triage", f"/cases/{closed}/steps/reopening"]
            narrowed = ["/cases/?ended=1", "/cases/?severity=low&mine=1", "/cases/?late=any&lacks=handler", "/cases/?status=open&handler=-"]
            lists = [*narrowed, "/cases/overview?mine=1", f"/cases/{long}/as-of", "/cases/procedure/adoption"]
            versions = [f"/cases/procedure/versions/2026-1/{what}" for what in ("withdrawal", "moves")]
            colleague = "/intake/staff/staff-caretaker-1"
            staff = [colleague, *(f"{colleague}/{step}" for step in CHANGES_OF_A_COLLEAGUE), f"{colleague}/conflict?estate={SOMEWHERE}"]
            handed = ["/cases/hand-over?giver=staff-social-caretaker-1", "/cases/hand-over?giver=staff-social-lead-1"]
            return ["/cases/own-looks", *checked, *steps, *decided, *lists, *versions, *staff, *handed, f"/cases/{uuid4()}"]
        case "Gurli Testvang":
            read = [f"/cases/{long}", f"/cases/{long}/as-of", f"/cases/audit/looks/{long}", "/cases/audit/looks", "/cases/audit/chain"]
            return [f"{address}?formaal=audit" for address in read] + [f"/cases/audit/chain?formaal=audit&stream={long}&verify=1"]
        case "Folmer Testvang":
            return [
                "/intake/erasures",
                "/intake/erasures/callers",
                f"/cases/{long}?formaal=supervision",
                f"/cases/{long}/texts?formaal=supervision",
                "/cases/glasses?formaal=supervision",
                "/cases/spot-checks?formaal=supervision",
                f"/cases/spot-checks/{day.check}?formaal=supervision",
            ]
        case "Inge Testvang":
            return ["/notifications/?state=sent", "/notifications/?state=withdrawn"]
    return []


EVERYBODY = {
    "caretaker": "Asger Testvang",
    "social lead": "Citha Testvang",
    "social caretaker": "Ditlev Testvang",
    "collections clerk": "Esther Testvang",
    "DPO": "Folmer Testvang",
    "auditor": "Gurli Testvang",
    "director": "Holger Testvang",
    "operator": "Inge Testvang",
}


@pytest.mark.parametrize("person", EVERYBODY.values(), ids=EVERYBODY.keys())
async def test_every_page_of_a_role_can_be_used_by_everybody(
    day: tuple[Installation, BusyDay], browser: Browser, person: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place, busy = day
    findings = Findings()
    async with in_front_of(browser, place.origin) as page:
        await sign_in(page, person)
        for address in [*await within_one_step(page), *pages_of(person, busy)]:
            await page.goto(address)
            await look_at(page, findings)
    said(capsys, f"{person}: axe and room", findings)
    findings.assert_nothing_wrong()


async def test_pages_that_need_no_sign_in_can_be_used_by_everybody(
    day: tuple[Installation, BusyDay], browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    place, _ = day
    findings = Findings()
    async with in_front_of(browser, place.origin) as page:
        await page.goto("/mailbox")
        mail = await page.locator(".mails a").first.get_attribute("href")
        for address in (
            "/",
            "/intake/sign-in?lang=en",
            "/intake/sign-in?lang=da",
            "/intake/call-me?lang=en",
            "/intake/call-me?lang=da",
            "/intake/call-me/thanks",
            "/intake/",
            "/mailbox",
            mail or "",
            "/mailbox/none",
            "/nothing-here",
        ):
            await page.goto(address)
            await look_at(page, findings)
    said(capsys, "nobody: axe and room", findings)
    findings.assert_nothing_wrong()


async def test_a_refused_form_can_be_used_by_everybody(
    day: tuple[Installation, BusyDay], browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    place, busy = day
    findings = Findings()
    async with in_front_of(browser, place.origin, javascript=True) as page:
        await sign_in(page, "Asger Testvang")
        await page.goto(f"/intake/observations/new?estate={SOMEWHERE}")
        await page.locator("form.observation").evaluate("(form) => { form.noValidate = true; }")
        await page.get_by_role("button", name="Send observationen").click()
        await expect(page.locator(".mistakes")).to_be_focused()
        await look_at(page, findings)

        await sign_in(page, "Citha Testvang")
        await page.goto(f"/cases/{busy.case('long')}/steps/referral")
        await page.get_by_role("radio", name="Egen læge").check()
        await page.get_by_label("Hvordan er det sendt?").select_option(label="Telefon")
        await page.get_by_role("main").get_by_role("button").click()
        await expect(page.locator(".mistakes")).to_be_focused()
        await look_at(page, findings)
    said(capsys, "refused forms", findings)
    findings.assert_nothing_wrong()


@pytest.mark.parametrize(
    ("person", "address"),
    [
        ("Asger Testvang", "/intake/"),
        ("Asger Testvang", f"/intake/observations/new?estate={SOMEWHERE}"),
        ("Citha Testvang", "/cases/"),
        ("Citha Testvang", "/cases/overview"),
        ("Citha Testvang", "/cases/{long}"),
        ("Gurli Testvang", "/cases/audit/looks?formaal=audit"),
    ],
)
async def test_a_page_can_be_walked_with_the_keyboard(
    day: tuple[Installation, BusyDay], browser: Browser, person: str, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place, busy = day
    findings = Findings()
    async with in_front_of(browser, place.origin) as page:
        await sign_in(page, person)
        await page.goto(address.format(long=busy.case("long")))
        stops = await by_keyboard(page, findings)
    said(capsys, f"{stops} stops", findings)
    findings.assert_nothing_wrong()
    assert stops > 3


async def test_a_caretakers_pages_are_made_for_a_thumb(
    day: tuple[Installation, BusyDay], browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    place, busy = day
    findings = Findings()
    async with in_front_of(browser, place.origin, viewport=PHONE) as page:
        await sign_in(page, "Asger Testvang")
        for address in [*await within_one_step(page), *pages_of("Asger Testvang", busy), "/intake/sign-in"]:
            await page.goto(address)
            findings.pages += 1
            await thumb_sized(page, findings, least=44)
    said(capsys, "thumb", findings)
    findings.assert_nothing_wrong()


async def test_every_page_is_there_in_english(
    day: tuple[Installation, BusyDay], browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    place, busy = day
    findings = Findings()
    async with in_front_of(browser, place.origin) as page:
        await sign_in(page, "Citha Testvang")
        for address in ("/cases/", "/cases/overview", f"/cases/{busy.case('long')}", "/reporting/"):
            await page.goto(f"{address}?lang=en")
            assert await page.locator("html").get_attribute("lang") == "en"
            await look_at(page, findings)
    said(capsys, "English", findings)
    findings.assert_nothing_wrong()


async def within_one_step(page: Page) -> list[str]:
    """Where the navigation leads, and where the pages there lead; one of each shape, for a hundred cases look alike."""
    start = [await link.get_attribute("href") or "" for link in await page.locator(".ways a").all()]
    found = {shape_of(address): address for address in start}
    for address in start:
        await page.goto(address)
        for link in await page.locator("main a[href^='/']").all():
            further = await link.get_attribute("href") or ""
            if not re.search(r"\.(csv|json|xlsx)|/api/", further):
                found.setdefault(shape_of(further), further)
    return list(found.values())


def shape_of(address: str) -> str:
    """The address without what differs from one thing to the next."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<==)[^&]*", "…", address)


def said(capsys: pytest.CaptureFixture[str], what: str, findings: Findings) -> None:
    with capsys.disabled():
        print(f"\n  {what}: {findings.checks} checks on {findings.pages} pages, {len(findings.wrong)} wrong", end="")
