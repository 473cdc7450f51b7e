"""The box above the list of homes, in real browsers: it finds a home as people write it, and keeps no choice of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from services.intake import observation

SCRIPT = Path(observation.__file__).with_name("templates") / "static" / "observation.js"
HOMES = [
    ("Storgade", "2", "st", "tv"), ("Storgade", "2", "st", "mf"), ("Storgade", "2", "st", "th"), ("Storgade", "2", "1", "tv"),
    ("Storgade", "2", "1", "th"), ("Storgade", "12A", "", ""), ("Storgade", "12B", "", ""), ("Storgade", "21", "3", "2"),
    ("Ågade", "29", "", ""), ("Ågade", "9", "", ""), ("Ved Stien", "4", "kl", "30"),
]  # fmt: skip


@pytest.fixture
async def form(any_browser: Browser) -> AsyncIterator[Page]:
    page = await any_browser.new_page()
    streets = dict.fromkeys(street for street, *_ in HOMES)
    groups = "".join(
        f'<optgroup label="{street}">'
        + "".join(
            f'<option value="{number} {floor} {door}" data-number="{number}" data-floor="{floor}" data-door="{door}">{number}</option>'
            for each, number, floor, door in HOMES
            if each == street
        )
        + "</optgroup>"
        for street in streets
    )
    await page.set_content(
        f'<div data-home-filter="Søg" data-none="Ingen"><select id="homes"><option value="">Vælg</option>{groups}</select></div>'
    )
    await page.add_script_tag(path=SCRIPT)
    yield page
    await page.close()


async def left(form: Page, typed: str) -> list[str]:
    """The homes that are left when this was typed."""
    await form.get_by_role("searchbox").fill(typed)
    shown = await form.eval_on_selector_all("option", "options => options.map(option => option.value)")
    return [" ".join(str(value).split()) for value in shown if value]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("storgade 2, st. tv", ["2 st tv"]),
        ("Storgade 2 st. mf.", ["2 st mf"]),
        ("stor 2 1.tv", ["2 1 tv"]),
        ("2,1.tv", ["2 1 tv"]),
        ("2 1tv", ["2 1 tv"]),
        ("2 1. sal t.v.", ["2 1 tv"]),
        ("2 stuen til højre", ["2 st th"]),
        ("stuen", ["2 st tv", "2 st mf", "2 st th"]),
        ("12 A", ["12A"]),
        ("12a", ["12A"]),
        ("12", ["12A", "12B"]),
        ("aagade 9", ["9"]),
        ("ågade", ["29", "9"]),
        ("stien lejlighed 30", ["4 kl 30"]),
        ("ved stien kælder", ["4 kl 30"]),
        ("2 2", []),
        ("skovvej 4", []),
    ],
)
async def test_a_home_is_found_as_people_write_it(form: Page, typed: str, found: list[str]) -> None:
    assert await left(form, typed) == found


async def test_what_the_box_chose_by_itself_goes_with_its_text(form: Page) -> None:
    select = form.locator("#homes")
    await left(form, "29")
    assert await select.input_value() == "29  "
    await left(form, "9")
    assert await select.input_value() == "9  "
    await left(form, "skovvej 4")
    assert await select.input_value() == ""


async def test_what_somebody_chose_stays(form: Page) -> None:
    select = form.locator("#homes")
    await select.select_option("29  ")
    assert await left(form, "storgade 12a") == ["12A", "29"]
    assert await select.input_value() == "29  "
