"""Signing in at a provider that is not ours: Keycloak, over real connections, in both directions."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest

from local.broker import free_port
from services.origin import NAVIGATION
from shared.running.serving import answering, application
from tests.support import keycloak
from tests.support.eventually import eventually
from tests.support.openid import SECRET, said, site_with_provider
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION

pytestmark = [
    pytest.mark.processes,
    pytest.mark.sockets,
    pytest.mark.skipif("not __import__('tests.support.keycloak', fromlist=['x']).available()", reason="no Java 17 or no Maven"),
]
HTML = {"Accept": "text/html"}


class Place(NamedTuple):
    origin: str
    issuer: str


@pytest.fixture(scope="module")
async def place(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    """The little site on an address of its own, and Keycloak beside it."""
    folder: Path = tmp_path_factory.mktemp("keycloak")
    listen = f"127.0.0.1:{free_port()}"
    origin = f"http://{listen}"
    manager = keycloak.keycloak(folder, origin=origin, secret=SECRET)
    issuer = await asyncio.to_thread(manager.__enter__)
    try:
        file = said(issuer=issuer, groups="roles", hats=[{"group": "lead", "association": ASSOCIATION, "role": "social_lead"}])
        async with site_with_provider(postgres, folder, file) as running:
            settings = running.settings.model_copy(update={"public_origin": origin})
            running.service.settings = settings
            async with answering(application(running.service, NAVIGATION), listen):
                yield Place(origin, issuer)
    finally:
        await asyncio.to_thread(manager.__exit__, None, None, None)


async def signed_in(client: httpx.AsyncClient, place: Place, name: str) -> httpx.Response:
    """By the page that Keycloak shows, as a browser would; the last answer is ours."""
    page = await client.get(f"{place.origin}/intake/sign-in/there?next=/intake/form", headers=HTML)
    if page.url.host and str(page.url).startswith(place.issuer):
        [action] = re.findall(r'<form id="kc-form-login"[^>]*action="([^"]+)"', page.text)
        page = await client.post(unescape(action), data={"username": name, "password": name})
    return page


def browsing() -> httpx.AsyncClient:
    """As a browser does: what is this machine itself is trusted with cookies that ask for TLS."""

    async def trust(_response: httpx.Response) -> None:
        for cookie in client.cookies.jar:
            cookie.secure = False

    client = httpx.AsyncClient(follow_redirects=True, timeout=30, headers=HTML, event_hooks={"response": [trust]})
    return client


async def who(client: httpx.AsyncClient, place: Place) -> tuple[int, str]:
    answer = await client.get(f"{place.origin}/intake/api/asked")
    return answer.status_code, answer.json().get("actor", "")


async def test_somebody_signs_in_by_keycloak_and_is_where_they_were_going(place: Place) -> None:
    async with browsing() as client:
        page = await signed_in(client, place, "lead")
        assert (page.status_code, urlsplit(str(page.url)).path) == (200, "/intake/form")
        assert await who(client, place) == (200, "staff-social-lead-1")


async def test_somebody_without_a_role_there_is_told_so_here(place: Place) -> None:
    async with browsing() as client:
        page = await signed_in(client, place, "nobody")
        assert "men du har ingen rolle i Brobygger" in unescape(page.text)
        assert (await who(client, place))[0] == 401


async def test_whoever_is_known_there_changes_hats_without_a_password(place: Place) -> None:
    async with browsing() as client:
        await signed_in(client, place, "lead")
        before = client.cookies["brobygger"]
        again = await client.get(f"{place.origin}/intake/sign-in?next=/intake/form", headers=HTML)
        assert urlsplit(str(again.url)).path == "/intake/form"
        assert client.cookies["brobygger"] != before


async def test_who_signs_out_there_is_signed_out_here(place: Place) -> None:
    async with browsing() as client:
        await signed_in(client, place, "lead")
        assert await who(client, place) == (200, "staff-social-lead-1")
        asks = await client.get(f"{place.issuer}/protocol/openid-connect/logout")
        [action] = re.findall(r'<form[^>]*action="([^"]+)"', asks.text)
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', asks.text))
        await client.post(httpx.URL(place.issuer).join(unescape(action)), data={**fields, "confirmLogout": "Logout"})

        async def is_out() -> None:
            assert (await who(client, place))[0] == 401

        await eventually(is_out)


async def test_a_code_is_good_once_at_keycloak_too(place: Place) -> None:
    async with browsing() as client:
        seen: list[httpx.URL] = []

        async def note(request: httpx.Request) -> None:
            if request.url.path.endswith("/sign-in/back"):
                seen.append(request.url)

        client.event_hooks["request"].append(note)
        await signed_in(client, place, "lead")
        await client.post(f"{place.origin}/intake/sign-out", headers={**HTML, "Origin": place.origin})
        assert (await client.get(seen[0])).status_code == 422
        assert (await who(client, place))[0] == 401


async def test_a_program_looks_with_a_token_of_keycloak(place: Place) -> None:
    async def token(**more: str) -> str:
        form = {"grant_type": "client_credentials", "client_id": "erp", "client_secret": SECRET, **more}
        answer: dict[str, Any] = (await client.post(f"{place.issuer}/protocol/openid-connect/token", data=form)).json()
        return str(answer["access_token"])

    async with httpx.AsyncClient(timeout=30) as client:
        ours, anybodys = await token(scope="brobygger.read"), await token()
        asked = f"{place.origin}/intake/api/asked"
        answer = await client.get(asked, headers={"Authorization": f"Bearer {ours}"})
        assert (answer.status_code, answer.json()["actor"]) == (200, "machine-erp")
        assert (await client.get(asked, headers={"Authorization": f"Bearer {anybodys}"})).status_code == 401
