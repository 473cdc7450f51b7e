"""What a form loses: nothing, when the sign-in ran out or another person is signed in, and never to somebody else."""

from __future__ import annotations

import re
import time
from html import unescape

import httpx
import pytest
from itsdangerous import TimestampSigner

from shared.ground.provenance import Actor
from shared.web.kept import KEPT_AT_MOST, KEPT_FOR_SECONDS, sealed_opener
from shared.words.vocabulary.people import Role
from tests.support.services import ASSOCIATION, Running, browser, cookie_of

HTML = {"Accept": "text/html"}
WAITS = "Der venter noget, som en anden har skrevet"
CARETAKER, OTHER = "staff-caretaker-1", "staff-caretaker-2"
FILLED = {
    "id": "018f0000-0000-7000-8000-000000000001",
    "severity": "high",
    "signals": ["smell"],
    "words": "Ingen <lukker> op.",
    "version": "3",
}


async def opened(client: httpx.AsyncClient) -> str:
    """What the form carries of who opened it."""
    return hidden((await client.get("/intake/form", headers=HTML)).text, "opened_by")


def hidden(page: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', page)
    assert found is not None, name
    return unescape(found[1])


async def kept_of(client: httpx.AsyncClient, **changed: object) -> str:
    token = await opened(client)
    client.cookies.clear()
    answer = await client.post("/intake/form", data={**FILLED, "opened_by": token, **changed}, headers=HTML)
    assert answer.status_code == 401
    assert "Det er ikke sendt endnu." in answer.text
    return hidden(answer.text, "kept")


async def test_what_was_typed_comes_back_after_signing_in_again_and_is_not_sent(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        kept = await kept_of(client)
        assert "lukker" not in kept
        cards = await client.post("/intake/sign-in", data={"kept": kept}, headers=HTML)
        assert hidden(cards.text, "kept") == kept
        again = await client.post("/intake/sign-in", data={"person": CARETAKER, "kept": kept}, headers=HTML)
        assert re.search(r'<form method="post" action="/intake/form" data-goes-on', again.text)
        shown = await client.post("/intake/form", data={"kept": hidden(again.text, "kept")}, headers=HTML)
    assert shown.status_code == 422
    assert "Du var blevet logget ud, så det er ikke sendt. Alt, hvad du skrev, står her." in shown.text
    assert "Ingen &lt;lukker&gt; op." in shown.text
    assert hidden(shown.text, "id") == FILLED["id"]


async def test_it_is_kept_in_another_language_too_however_often_somebody_changes_it(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        token = await opened(client)
        client.cookies.clear()
        page = await client.post("/intake/form", data={**FILLED, "opened_by": token}, headers=HTML)
        for language, said in (("en", "Who are you today?"), ("da", "Hvem er du i dag?")):
            assert f'form="written" name="lang" value="{language}"' in page.text
            assert page.text.count(' id="written">') == 1
            page = await client.post("/intake/sign-in", data={"kept": hidden(page.text, "kept"), "lang": language}, headers=HTML)
            assert (page.status_code, said in page.text) == (200, True)
        again = await client.post("/intake/sign-in", data={"person": CARETAKER, "kept": hidden(page.text, "kept")}, headers=HTML)
        assert 'form="written" name="lang" value="en"' in again.text
        shown = await client.post("/intake/form", data={"kept": hidden(again.text, "kept"), "lang": "en"}, headers=HTML)
        nobody = await client.post("/intake/sign-in", data={"person": CARETAKER, "lang": "en"}, headers=HTML)
    assert "Ingen &lt;lukker&gt; op." in shown.text
    assert "You had been signed out" in shown.text
    assert nobody.status_code == 303, "signing in is the same in each language"


async def test_nobody_else_ever_sees_it(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        kept = await kept_of(client)
    async with browser(site, as_=OTHER) as client:
        shown = await client.post("/intake/form", data={"kept": kept}, headers=HTML)
    assert shown.status_code == 409
    assert "lukker" not in shown.text
    assert WAITS in shown.text


async def test_with_a_wrong_card_it_waits_for_the_right_one(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        kept = await kept_of(client)
        other = await client.post("/intake/sign-in", data={"person": "staff-social-lead-1", "kept": kept}, headers=HTML)
        assert (other.status_code, WAITS in other.text, "✓" in other.text) == (409, True, False)
        assert "lukker" not in other.text
        out = await client.post("/intake/sign-out", data={"kept": hidden(other.text, "kept")}, headers=HTML)
        assert not client.cookies.get("brobygger")
        again = await client.post("/intake/sign-in", data={"person": CARETAKER, "kept": hidden(out.text, "kept")}, headers=HTML)
        shown = await client.post("/intake/form", data={"kept": hidden(again.text, "kept")}, headers=HTML)
    assert "Ingen &lt;lukker&gt; op." in shown.text


async def test_that_nothing_waits_any_more_is_told_as_what_it_is(site: Running) -> None:
    async with browser(site) as client:
        answer = await client.post("/intake/sign-in", data={"person": CARETAKER, "kept": "x"}, headers=HTML)
    assert answer.status_code == 409
    assert "kan ikke vises mere" in answer.text
    assert "✓" not in answer.text


@pytest.mark.parametrize("spoilt", ["late", "forged", "elsewhere"])
async def test_what_is_kept_is_good_for_half_an_hour_where_it_was_written(
    site: Running, spoilt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browser(site, as_=CARETAKER) as client:
        kept = await kept_of(client)
    if spoilt == "late":
        now = time.time()
        monkeypatch.setattr("shared.web.kept.time.time", lambda: now + KEPT_FOR_SECONDS + 2)
    if spoilt == "forged":
        kept = kept[:-10] + ("AAAA" if kept[-10:-6] != "AAAA" else "BBBB") + kept[-6:]
    if spoilt == "elsewhere":
        async with browser(site, as_=CARETAKER) as client:
            kept = await opened(client)  # sealed by us, for something else
    async with browser(site, as_=CARETAKER) as client:
        shown = await client.post("/intake/form", data={"kept": kept}, headers=HTML)
    assert shown.status_code == 422
    assert "kan ikke vises mere" in shown.text
    assert "lukker" not in shown.text


async def test_without_who_opened_it_or_beyond_the_bound_nothing_is_kept(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        token = await opened(client)
        client.cookies.clear()
        for data in (FILLED, {**FILLED, "opened_by": "x"}, {**FILLED, "opened_by": token, "words": "x" * KEPT_AT_MOST}):
            answer = await client.post("/intake/form", data=data, headers=HTML)
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/intake/sign-in?next=")


async def test_what_one_typed_is_not_shown_to_another_and_waits_for_the_one_who_did(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        token = await opened(client)
        assert CARETAKER not in token
        client.cookies.set("brobygger", cookie_of(site, OTHER))
        refused = await client.post("/intake/form", data={**FILLED, "opened_by": token}, headers=HTML)
        assert refused.status_code == 409
        assert WAITS in refused.text
        assert "lukker" not in refused.text
        cards = await client.post("/intake/sign-in", data={"kept": hidden(refused.text, "kept")}, headers=HTML)
        again = await client.post("/intake/sign-in", data={"person": CARETAKER, "kept": hidden(cards.text, "kept")}, headers=HTML)
        shown = await client.post("/intake/form", data={"kept": hidden(again.text, "kept")}, headers=HTML)
    assert "Ingen &lt;lukker&gt; op." in shown.text


async def test_what_nobody_knows_who_typed_is_shown_to_nobody(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.post("/intake/form", data={**FILLED, "opened_by": "x"}, headers=HTML)
    assert answer.status_code == 409
    assert "kan ikke vises mere" in answer.text
    assert "lukker" not in answer.text


async def test_what_one_typed_in_another_hat_is_only_sent_by_an_act_in_this_one(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        here = Actor(association=ASSOCIATION, id=CARETAKER, role=Role.SOCIAL_LEAD)
        token = sealed_opener(site.service.settings.cookie_secret_file, here)
        refused = await client.post("/intake/form", data={**FILLED, "opened_by": token}, headers=HTML)
        assert refused.status_code == 409
        assert "Du er nu logget ind som" in refused.text
        assert "Ingen &lt;lukker&gt; op." in refused.text
        sent = await client.post("/intake/form", data={**FILLED, "opened_by": hidden(refused.text, "opened_by")}, headers=HTML)
    assert sent.status_code == 303


async def test_a_sign_in_is_renewed_while_somebody_works_until_its_end(site: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    now = TimestampSigner("any").get_timestamp()

    async def at(client: httpx.AsyncClient, hours: float) -> httpx.Response:
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(now + hours * 3600))
        return await client.get("/intake/form", headers=HTML)

    async with browser(site) as client:
        await client.post("/intake/sign-in", data={"person": CARETAKER})
        assert "set-cookie" not in (await at(client, 0.5)).headers
        assert "samesite=lax" in (await at(client, 2)).headers["set-cookie"].lower()
        for hours in (5, 8, 13, 19.5):
            assert (await at(client, hours)).status_code == 200
        assert (await at(client, 20.5)).status_code == 303, "however much somebody works, they sign in again"


async def test_what_the_fields_refuse_is_told_at_once(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.post("/intake/form", data={**FILLED, "id": "x", "severity": "", "words": "x" * 1001}, headers=HTML)
    assert answer.text.count('class="error"') >= 2
