"""A form has its number in its address: fetched again it is the same form, for whoever opened it."""

from __future__ import annotations

import re
import time
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import pytest
from uuid_utils.compat import uuid7

from shared.web.sheets import LASTS_SECONDS, SHEET
from tests.support.services import Running, browser

BY_A_BROWSER = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
FORM = "/intake/me/absence"


async def id_of(client: httpx.AsyncClient, number: str) -> str:
    answer = await client.get(FORM, params={SHEET: number}, headers=BY_A_BROWSER)
    assert answer.status_code == 200
    found = re.search(r'name="id" value="([^"]*)"', answer.text)
    assert found is not None
    return str(UUID(found[1]))


def made(seconds_ago: float) -> str:
    """The number of a sheet that was begun so long ago."""
    moment = int((time.time() - seconds_ago) * 1000)
    return str(UUID(int=(moment << 80) | (uuid7().int & ((1 << 80) - 1))))


async def test_a_link_begins_a_new_sheet_at_the_same_address(intake: Running) -> None:
    async with browser(intake, as_="staff-caretaker-1") as client:
        first, second = [await client.get(f"{FORM}?a=%C3%A6&b=", headers=BY_A_BROWSER) for _ in range(2)]
    assert first.status_code == second.status_code == 303
    led_to = urlsplit(first.headers["location"])
    asked = parse_qs(led_to.query, keep_blank_values=True)
    assert (led_to.path, asked.pop(SHEET) != parse_qs(urlsplit(second.headers["location"]).query)[SHEET]) == (FORM, True)
    assert asked == {"a": ["\u00e6"], "b": [""]}


async def test_the_same_sheet_is_the_same_form_for_whoever_opened_it(intake: Running) -> None:
    number = made(60)
    async with browser(intake, as_="staff-caretaker-1") as one, browser(intake, as_="staff-caretaker-2") as other:
        id = await id_of(one, number)
        assert await id_of(one, number) == id
        assert await id_of(one, made(60)) != id
        assert await id_of(other, number) != id


@pytest.mark.parametrize("number", ["kept on a phone", "x", str(UUID(int=0)), made(-3600)], ids=["old", "none", "nil", "ahead"])
async def test_a_number_that_is_old_or_none_is_another_form_each_time(intake: Running, number: str) -> None:
    number = made(LASTS_SECONDS + 60) if number == "kept on a phone" else number
    async with browser(intake, as_="staff-caretaker-1") as client:
        assert await id_of(client, number) != await id_of(client, number)


async def test_a_program_is_not_led_around(intake: Running) -> None:
    async with browser(intake, as_="staff-caretaker-1") as client:
        assert (await client.get(FORM, headers={"Accept": "text/html"})).status_code == 200
