"""Signing in at a provider, changing hats, signing out, and programs with a token of their own."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from shared.privacy.sign_in_file import SignInFile
from shared.privacy.sign_ins import SignIn
from shared.running.serving import OnlyLoopback, refuse_open_doors
from shared.web.provider import Provider
from tests.support.openid import SECRET, said, served_with, site_with_provider
from tests.support.postgres import PostgresServer
from tests.support.services import Running, browser
from tests.support.tokens import AUDIENCE, ISSUER, LOGOUT, Pretended

HTML = {"Accept": "text/html"}
TWO_HATS = """
association: bakkegaarden
staff:
  - {id: staff-one, name: Karla Prøvesen, role: caretaker, estates: [afd-01]}
  - {id: staff-two, name: Sonja Testsen, hats: [{role: social_lead}, {role: caretaker, estates: [afd-02]}]}
  - {id: staff-three, name: Anders Attrap, role: dpo}
"""


@pytest.fixture(scope="module")
async def there_site(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    folder = tmp_path_factory.mktemp("openid")
    (folder / "staff.yaml").write_text(TWO_HATS)
    async with site_with_provider(postgres, folder, said(), staff_file=folder / "staff.yaml") as running:
        yield running


@pytest.fixture
def there() -> Pretended:
    return Pretended()


@pytest.fixture
async def client(there_site: Running, there: Pretended) -> AsyncIterator[httpx.AsyncClient]:
    provider = Provider(
        SignInFile.model_validate(said()), secret=SECRET, redirect="http://127.0.0.1:8080/intake/sign-in/back", transport=there.transport
    )
    async with browser(there_site, application=served_with(provider)) as client:
        yield client


async def come_back(client: httpx.AsyncClient, there: Pretended, *, next: str = "", **claims: Any) -> httpx.Response:
    """Go to the provider, and come back as whoever the claims say."""
    sent = await client.get("/intake/sign-in/there", params={"next": next})
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    there.id_token = there.signed(**{"nonce": asked["nonce"][0], "staff": "staff-one", "groups": ["caretaker"], **claims})
    return await client.get("/intake/sign-in/back", params={"code": "code", "state": asked["state"][0]}, headers=HTML)


async def asked(client: httpx.AsyncClient) -> tuple[int, str]:
    answer = await client.get("/intake/api/asked")
    return answer.status_code, answer.json().get("actor", "")


async def choose(client: httpx.AsyncClient, cards: httpx.Response, hat: str) -> httpx.Response:
    [vouched] = re.findall(r'name="vouched" value="([^"]+)"', cards.text)
    [card] = [value for value in re.findall(r'name="person" value="([^"]+)"', cards.text) if hat in value]
    return await client.post("/intake/sign-in", data={"vouched": vouched, "person": card}, headers=HTML)


async def test_nothing_that_says_who_it_is_goes_to_the_provider_in_an_address(client: httpx.AsyncClient) -> None:
    sent = await client.get("/intake/sign-in/there", params={"next": "/intake/form?q=hemmeligt"})
    query = parse_qs(urlsplit(sent.headers["location"]).query)
    assert sent.headers["location"].startswith(f"{ISSUER}/authorization_endpoint?")
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == ["http://127.0.0.1:8080/intake/sign-in/back"]
    assert "hemmeligt" not in str(sent.headers)
    assert "samesite=lax" in sent.headers["set-cookie"].lower()


async def test_whoever_comes_back_with_one_hat_is_where_they_were_going(client: httpx.AsyncClient, there: Pretended) -> None:
    answer = await come_back(client, there, next="/intake/form")
    assert (answer.status_code, answer.headers["location"]) == (303, "/intake/form")
    assert await asked(client) == (200, "staff-one")


async def test_nobody_is_led_away_after_signing_in(client: httpx.AsyncClient, there: Pretended) -> None:
    assert (await come_back(client, there, next="//elsewhere.example")).headers["location"] == "/intake/"


async def test_who_is_not_signed_in_presses_before_they_go_and_who_changes_hats_does_not(
    client: httpx.AsyncClient, there: Pretended
) -> None:
    page = await client.get("/intake/sign-in?next=/intake/form", headers=HTML)
    assert page.status_code == 200
    assert "/intake/sign-in/there?next=%2Fintake%2Fform" in page.text
    await come_back(client, there)
    assert (await client.get("/intake/sign-in", headers=HTML)).headers["location"].startswith("/intake/sign-in/there")


async def test_a_state_is_good_once(client: httpx.AsyncClient, there: Pretended) -> None:
    sent = await client.get("/intake/sign-in/there")
    query = parse_qs(urlsplit(sent.headers["location"]).query)
    there.id_token = there.signed(nonce=query["nonce"][0], staff="staff-one", groups=["caretaker"])
    way = {"Cookie": sent.headers["set-cookie"].partition(";")[0]}
    back = {"code": "code", "state": query["state"][0]}
    assert (await client.get("/intake/sign-in/back", params=back, headers=way)).status_code == 303
    client.cookies.clear()
    again = await client.get("/intake/sign-in/back", params=back, headers=way)
    assert again.status_code == 422
    assert again.json()["code"] == "sign-in-is-too-old"
    assert len(there.redeemed) == 1


async def test_a_state_that_another_browser_began_signs_nobody_in(client: httpx.AsyncClient, there: Pretended) -> None:
    sent = await client.get("/intake/sign-in/there")
    state = parse_qs(urlsplit(sent.headers["location"]).query)["state"][0]
    client.cookies.clear()
    for said_state in (state, "", "forged"):
        answer = await client.get("/intake/sign-in/back", params={"code": "code", "state": said_state}, headers=HTML)
        assert answer.status_code == 422
    assert there.redeemed == []


async def test_two_tabs_may_both_be_on_their_way(client: httpx.AsyncClient, there: Pretended) -> None:
    ways = [parse_qs(urlsplit((await client.get("/intake/sign-in/there")).headers["location"]).query) for _ in range(2)]
    for way in ways:
        there.id_token = there.signed(nonce=way["nonce"][0], staff="staff-one", groups=["caretaker"])
        back = await client.get("/intake/sign-in/back", params={"code": "code", "state": way["state"][0]})
        assert back.status_code == 303


async def test_what_the_provider_refused_is_said(client: httpx.AsyncClient) -> None:
    state = parse_qs(urlsplit((await client.get("/intake/sign-in/there")).headers["location"]).query)["state"][0]
    answer = await client.get("/intake/sign-in/back", params={"error": "access_denied", "state": state}, headers=HTML)
    assert answer.status_code == 422
    assert "Login-tjenesten lod dig ikke komme ind." in unescape(answer.text)


@pytest.mark.parametrize(
    "claims",
    [
        {"groups": []},
        {"groups": None},
        {"groups": ["a group that does not exist"]},
        {"groups": ["lead"]},
        {"groups": [f"group-{number}" for number in range(4000)]},
        {"staff": "staff-nobody"},
        {"staff": None},
        {"staff": ["staff-one"]},
        {"staff": "staff-three", "groups": ["caretaker", "lead"]},
    ],
    ids=[
        "no group",
        "no groups",
        "an unknown group",
        "a group without the hat",
        "4,000 groups",
        "unknown",
        "nobody",
        "several",
        "no such hat",
    ],
)
async def test_somebody_without_a_hat_is_told_so_and_is_not_signed_in(
    client: httpx.AsyncClient, there: Pretended, claims: dict[str, Any]
) -> None:
    answer = await come_back(client, there, **claims)
    assert answer.status_code == 422
    assert "men du har ingen rolle i Brobygger" in unescape(answer.text)
    assert (await asked(client))[0] == 401


async def test_four_thousand_groups_do_not_hide_the_one_that_counts(client: httpx.AsyncClient, there: Pretended) -> None:
    await come_back(client, there, groups=[*(f"00000000-0000-4000-8000-{number:012}" for number in range(4000)), "caretaker"])
    assert await asked(client) == (200, "staff-one")


async def test_groups_that_were_left_out_are_told_apart_from_none(client: httpx.AsyncClient, there: Pretended) -> None:
    answer = await come_back(client, there, groups=None, _claim_names={"groups": "src1"})
    assert "så mange grupper" in unescape(answer.text)


async def test_who_has_two_hats_chooses_and_changes_without_signing_out(client: httpx.AsyncClient, there: Pretended) -> None:
    two: dict[str, Any] = {"staff": "staff-two", "groups": ["lead", "caretaker"]}
    cards = await come_back(client, there, **two)
    assert (await asked(client))[0] == 401
    await choose(client, cards, "social_lead")
    assert client.cookies["brobygger"].startswith("staff-two:social_lead:")
    assert await asked(client) == (200, "staff-two")
    await choose(client, await come_back(client, there, **two), "caretaker")
    assert client.cookies["brobygger"].startswith("staff-two:caretaker:")
    assert await asked(client) == (200, "staff-two")


async def test_the_hats_in_another_language_carry_no_code_along_and_can_be_put_on(client: httpx.AsyncClient, there: Pretended) -> None:
    cards = await come_back(client, there, staff="staff-two", groups=["lead", "caretaker"])
    assert "code=" not in cards.text
    assert "state=" not in cards.text
    assert 'form="written" name="lang" value="en"' in cards.text
    [vouched] = re.findall(r'name="vouched" value="([^"]+)"', cards.text)
    english = await client.post("/intake/sign-in", data={"vouched": vouched, "lang": "en"}, headers=HTML)
    assert (english.status_code, "Choose your role" in english.text or 'lang="en"' in english.text) == (200, True)
    assert (await choose(client, english, "caretaker")).status_code == 303
    late = await client.get("/intake/sign-in/back", params={"code": "code", "state": "used"}, headers=HTML)
    assert "code=" not in late.text, "nor does the page that says it is too late"


async def test_one_hat_is_put_on_for_each_time_they_are_shown(client: httpx.AsyncClient, there: Pretended) -> None:
    cards = await come_back(client, there, staff="staff-two", groups=["lead", "caretaker"])
    assert (await choose(client, cards, "caretaker")).status_code == 303
    client.cookies.clear()
    assert (await choose(client, cards, "caretaker")).status_code == 422


async def test_a_hat_that_nobody_vouched_for_is_not_put_on(client: httpx.AsyncClient, there: Pretended) -> None:
    cards = await come_back(client, there, staff="staff-two", groups=["lead", "caretaker"])
    [vouched] = re.findall(r'name="vouched" value="([^"]+)"', cards.text)
    for form in (
        {"person": "staff-two:social_lead:bakkegaarden"},
        {"person": "staff-three:dpo:bakkegaarden", "vouched": vouched},
        {"person": "staff-two:social_lead:bakkegaarden", "vouched": vouched[:-4] + "AAAA"},
    ):
        assert (await client.post("/intake/sign-in", data=form, headers=HTML)).status_code == 422
    assert (await asked(client))[0] == 401


async def test_a_form_of_one_tab_is_not_saved_in_the_hat_of_the_other(client: httpx.AsyncClient, there: Pretended) -> None:
    two: dict[str, Any] = {"staff": "staff-two", "groups": ["lead", "caretaker"]}
    await choose(client, await come_back(client, there, **two), "social_lead")
    shown = await client.get("/intake/form", headers=HTML, follow_redirects=True)
    [opened_by] = set(re.findall(r'name="opened_by" value="([^"]+)"', shown.text))
    await choose(client, await come_back(client, there, **two), "caretaker")
    sent = await client.post("/intake/form", data={"opened_by": opened_by, "words": "Hun bad om hjælp."}, headers=HTML)
    assert sent.status_code == 409


async def test_what_was_typed_stands_there_after_signing_in_beside_it(client: httpx.AsyncClient, there: Pretended) -> None:
    await come_back(client, there)
    shown = await client.get("/intake/form", headers=HTML, follow_redirects=True)
    [opened_by] = set(re.findall(r'name="opened_by" value="([^"]+)"', shown.text))
    await client.post("/intake/sign-out", headers=HTML)
    out = await client.post("/intake/form", data={"opened_by": opened_by, "words": "Hun bad om hjælp."}, headers=HTML)
    [kept] = re.findall(r'name="kept" value="([^"]+)"', out.text)
    assert 'action="/intake/form"' in out.text
    too_early = await client.post("/intake/form", data={"kept": kept}, headers=HTML)
    assert re.findall(r'name="kept" value="([^"]+)"', too_early.text) == [kept]
    await come_back(client, there)
    again = await client.post("/intake/form", data={"kept": kept}, headers=HTML)
    assert "Hun bad om hjælp." in again.text
    assert "Du var blevet logget ud, så det er ikke sendt." in unescape(again.text)


async def test_signing_out_ends_every_copy_of_the_cookie_and_offers_to_sign_out_there(client: httpx.AsyncClient, there: Pretended) -> None:
    await come_back(client, there)
    copy = {"Cookie": f"brobygger={client.cookies['brobygger']}"}
    out = await client.post("/intake/sign-out", headers=HTML)
    assert f"{ISSUER}/end_session_endpoint?" in unescape(out.text)
    client.cookies.clear()
    assert (await client.get("/intake/api/asked", headers=copy)).status_code == 401


async def test_what_ends_at_the_provider_ends_here(client: httpx.AsyncClient, there: Pretended) -> None:
    await come_back(client, there, sid="one")
    told = await client.post("/intake/sign-out/there", data={"logout_token": there.signed(events=LOGOUT, sid="another", sub=None)})
    assert (told.status_code, (await asked(client))[0]) == (200, 200)
    told = await client.post("/intake/sign-out/there", data={"logout_token": there.signed(events=LOGOUT, sid="one")})
    assert (told.status_code, (await asked(client))[0]) == (200, 401)


async def test_everything_of_somebody_may_end_at_the_provider(client: httpx.AsyncClient, there: Pretended) -> None:
    await come_back(client, there, sid="two", sub="somebody")
    await client.post("/intake/sign-out/there", data={"logout_token": there.signed(events=LOGOUT, sub="somebody")})
    assert (await asked(client))[0] == 401


async def test_a_logout_that_is_told_again_does_not_end_what_began_since(
    client: httpx.AsyncClient, there: Pretended, there_site: Running
) -> None:
    whose = SignIn.read(
        (await come_back(client, there, sub="told twice")).headers["set-cookie"].partition("#")[2].partition(".")[0]
    ).subject

    async def ended() -> Any:
        return await there_site.service.vault._pool.fetchval("select ended_at from ended_sign_ins where what = $1", whose)

    told = {"logout_token": there.signed(events=LOGOUT, sub="told twice", jti="one")}
    await client.post("/intake/sign-out/there", data=told)
    before = await ended()
    assert (await client.post("/intake/sign-out/there", data=told)).status_code == 200
    assert await ended() == before is not None


async def test_a_logout_that_is_not_signed_by_the_provider_ends_nothing(client: httpx.AsyncClient, there: Pretended) -> None:
    await come_back(client, there, sid="three")
    stranger = Pretended()
    told = await client.post("/intake/sign-out/there", data={"logout_token": stranger.signed(events=LOGOUT, sid="three")})
    assert (told.status_code, (await asked(client))[0]) == (422, 200)


async def test_while_the_provider_is_away_nobody_signs_in_and_who_is_signed_in_works_on(
    client: httpx.AsyncClient, there: Pretended
) -> None:
    await come_back(client, there)
    there.is_away = True
    assert await asked(client) == (200, "staff-one")
    there_too = await client.post("/intake/sign-out", headers=HTML)
    assert there_too.status_code == 200


async def test_a_provider_that_is_away_at_sign_in_is_said_with_what_to_do(client: httpx.AsyncClient, there: Pretended) -> None:
    there.is_away = True
    answer = await client.get("/intake/sign-in/there", headers=HTML)
    assert answer.status_code == 503
    assert "Foreningens login-tjeneste svarer ikke" in unescape(answer.text)


async def test_a_role_card_signs_nobody_in_where_there_is_a_provider(client: httpx.AsyncClient, there_site: Running) -> None:
    answer = await client.post("/intake/sign-in", data={"person": "staff-one:caretaker:bakkegaarden"}, headers=HTML)
    assert answer.status_code == 422
    async with browser(there_site, as_="staff-one") as with_card:  # signed with the same secret, while it was a demo
        assert (await with_card.get("/intake/api/asked")).status_code == 401


async def test_a_program_looks_with_a_token_for_us_and_changes_nothing_without_leave(client: httpx.AsyncClient, there: Pretended) -> None:
    def headers(**claims: Any) -> dict[str, str]:
        return {"Authorization": f"Bearer {there.signed(**{'aud': AUDIENCE, 'azp': 'erp', 'scope': 'brobygger.read', **claims})}"}

    assert (await client.get("/intake/api/asked", headers=headers())).json()["actor"] == "machine-erp"
    assert (await client.get("/intake/api/asked", headers=headers(scope=None, roles=["brobygger.read"]))).status_code == 200
    assert (await client.get("/intake/api/asked", headers=headers(scope="openid"))).status_code == 403
    assert (await client.put("/intake/api/things/1", headers={**headers(), "If-Match": '"7"'}, json={})).status_code == 403
    several: list[dict[str, Any]] = [{"azp": "another"}, {"azp": None}, {"azp": ["erp"]}, {"aud": "brobygger"}, {"exp": 1}]
    for wrong in several:
        assert (await client.get("/intake/api/asked", headers=headers(**wrong))).status_code == 401
    assert (await client.get("/intake/form", headers=headers())).status_code == 401


def test_a_provider_needs_tls_where_others_can_reach_us(there_site: Running) -> None:
    refuse_open_doors(there_site.settings, "0.0.0.0:8000")
    with pytest.raises(OnlyLoopback):
        refuse_open_doors(there_site.settings.model_copy(update={"public_origin": "http://brobygger.example"}), "0.0.0.0:8000")
