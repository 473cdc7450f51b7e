"""Role cards: who can be picked, and what picking does."""

from __future__ import annotations

import pytest

from shared.privacy.sign_ins import SignIn, SignIns
from tests.support.services import Running, browser, cookie_of

HTML = {"Accept": "text/html"}


async def test_there_is_a_card_for_everybody_with_what_their_role_comes_to_do(site: Running) -> None:
    async with browser(site) as client:
        answer = await client.get("/intake/sign-in", headers=HTML)
    assert answer.status_code == 200
    assert answer.text.count('class="role-card"') == 9
    assert "Asger Testvang" in answer.text
    assert "Registrerer det, der bliver set, og får at vide, hvordan det går." in answer.text
    assert "Ser tal, aldrig personer." in answer.text


async def test_picking_a_card_signs_in_and_leads_to_where_the_role_begins(site: Running) -> None:
    async with browser(site) as client:
        answer = await client.post("/intake/sign-in", data={"person": "staff-social-lead-1"}, headers=HTML)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/cases/"
        assert (await client.get("/intake/api/asked")).json()["actor"] == "staff-social-lead-1"


async def test_the_cookie_comes_along_from_a_link_elsewhere_but_is_out_of_reach_for_scripts(site: Running) -> None:
    async with browser(site) as client:
        cookie = (await client.post("/intake/sign-in", data={"person": "staff-social-lead-1"})).headers["set-cookie"]
    name, *attributes = cookie.split("; ")
    assert name.startswith("brobygger=staff-social-lead-1:social_lead:bakkegaarden#")
    assert {attribute.lower() for attribute in attributes} == {"httponly", "max-age=43200", "path=/", "samesite=lax"}


async def test_after_signing_in_one_is_where_one_was_going(site: Running) -> None:
    async with browser(site) as client:
        answer = await client.post("/intake/sign-in", data={"person": "staff-caretaker-1", "next": "/intake/form"})
    assert answer.headers["location"] == "/intake/form"


@pytest.mark.parametrize(
    "next_",
    ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "javascript:x", "/intake/sign-in", "/a\nb"],
)
async def test_a_link_cannot_lead_away_after_signing_in(site: Running, next_: str) -> None:
    async with browser(site) as client:
        answer = await client.post("/intake/sign-in", data={"person": "staff-caretaker-1", "next": next_})
    assert answer.headers["location"] == "/intake/"


async def test_a_card_nobody_has_signs_nobody_in(site: Running) -> None:
    async with browser(site) as client:
        answer = await client.post("/intake/sign-in", data={"person": "staff-gone"}, headers=HTML)
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


async def test_no_card_at_all_is_refused(site: Running) -> None:
    async with browser(site) as client:
        assert (await client.post("/intake/sign-in", data={})).status_code == 422


async def test_signing_out_leaves_nobody(site: Running) -> None:
    async with browser(site) as client:
        client.cookies.set("brobygger", cookie_of(site, "staff-caretaker-1"))
        answer = await client.post("/intake/sign-out")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/intake/sign-in"
    assert 'brobygger=""' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]


async def test_another_site_cannot_sign_somebody_in(site: Running) -> None:
    async with browser(site) as client:
        answer = await client.post("/intake/sign-in", data={"person": "staff-caretaker-1"}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


async def test_a_copied_cookie_opens_nothing_after_signing_out(site: Running) -> None:
    copy = {"Cookie": f"brobygger={cookie_of(site, 'staff-caretaker-1')}"}
    async with browser(site) as client:
        assert (await client.get("/intake/api/asked", headers=copy)).status_code == 200
        await client.post("/intake/sign-out", headers=copy)
        assert (await client.get("/intake/api/asked", headers=copy)).status_code == 401


async def test_a_sign_in_that_ended_in_one_service_has_ended_in_the_others(site: Running) -> None:
    cookie = cookie_of(site, "staff-caretaker-1")
    elsewhere = SignIns(site.service.vault._pool)
    sign_in = SignIn.read(cookie.partition("#")[2].partition(".")[0])
    async with browser(site) as client:
        await client.post("/intake/sign-out", headers={"Cookie": f"brobygger={cookie}"})
    assert not elsewhere.is_over(sign_in, began=0)
    await elsewhere.refresh()
    assert elsewhere.is_over(sign_in, began=0)
