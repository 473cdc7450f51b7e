"""Signing in and out, for half a day.

On one machine role cards: pick who you are and which hat you wear. Elsewhere the association's provider says who it is, and the cards
are the hats that it vouches for (`shared.web.openid`).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from shared.ground.errors import NotFound
from shared.history.service import Service
from shared.privacy.access import Action
from shared.privacy.staff import BETWEEN, WornHat
from shared.web.forms import Filling, starting
from shared.web.guards import SIGN_IN_COOKIE
from shared.web.kept import KEPT, kept
from shared.web.navigation import Navigation
from shared.web.openid import NoHat, SignInIsTooOld, Vouched, came_back, end_what_ended_there, forget_the_way, provider_of, send_there
from shared.web.problems import TypedByAnother
from shared.web.web import Running, cookie_for, signed_in, typed_by_another
from shared.web.website import go_to, let_in, navigation_of, page
from shared.words.vocabulary.people import Role

if TYPE_CHECKING:
    from shared.web.provider import Provider

__all__ = ["cookie_for", "pages"]

pages = APIRouter(include_in_schema=False)
"""Put among the routers of the one service that is the entrance; the others behind the same address lead there."""


class Card(BaseModel):
    """The card somebody picked, its hat beside the person or in a field of its own, and where they were on their way to."""

    person: str
    hat: str = ""
    """Which of several; changing it is picking another card. The cookie always names it."""
    next: str = ""
    vouched: str = ""
    """Who the provider says it is; not with role cards."""
    kept: str = ""
    """A form that was sent after the sign-in had run out (`shared.web.kept`)."""


@pages.get("/sign-in", openapi_extra={"x-action": Action.SIGN_IN})
async def beginning(request: Request, service: Running, next: str = "") -> Response:
    """With role cards one for each hat of each person, grouped by what they come to do; else the way to where people are known.

    Whoever is signed in and comes for another hat goes there at once. Who is not presses: a form whose answer leads to another site is
    stopped by the browser (`form-action`), and who just signed out is not to be signed in again.
    """
    if service.settings.sign_in == "role_cards":
        return _cards(request, service, next=next)
    there = f"{navigation_of(request).sign_in_there}?{urlencode({'next': _within_this_origin(next, navigation_of(request))})}"
    return go_to(there) if signed_in(request) else page(request, "sign_in_there.html", there=there)


@pages.get("/sign-in/there", openapi_extra={"x-action": Action.SIGN_IN})
async def there(request: Request, service: Running, next: str = "") -> Response:
    """The way to where the association knows its people."""
    provider = _provider(request, service)
    response = go_to("")
    address = await send_there(response, provider, service.settings, next=_within_this_origin(next, navigation_of(request)))
    response.headers["location"] = address
    return response


@pages.get("/sign-in/back", openapi_extra={"x-action": Action.SIGN_IN})
async def back(request: Request, service: Running) -> Response:
    """They come back: with one hat they are in, with several they choose."""
    provider = _provider(request, service)
    token, next = await came_back(request, provider, service)
    vouched = Vouched.by(token, provider, service)
    if len(vouched.hats) == 1:
        worn = service.staff.worn(vouched.person, hat=vouched.hats[0], at=service.clock.now())
        if worn is None:
            raise NoHat
        response = await _let_in(request, service, worn, vouched, next)
    else:
        response = _cards(request, service, next=next, vouched=vouched)
    forget_the_way(request, response)
    return response


async def _let_in(request: Request, service: Service, worn: WornHat, vouched: Vouched, next: str) -> Response:
    """In this hat, by a sign-in of its own; the one before is over."""
    navigation = navigation_of(request)
    response = go_to(_within_this_origin(next, navigation) or navigation.home_of(worn.hat.role))
    await _end_this(request, service)
    let_in(response, cookie_for(service.settings, worn.person.id, worn.code, vouched.sign_in), service.settings)
    return response


async def _end_this(request: Request, service: Service) -> None:
    """The cookie that came along is good for nobody any more, however many copies there are."""
    if signed_in(request):
        await service.vault.sign_ins.end(request.state.sign_in.own)


def _cards(request: Request, service: Service, *, next: str = "", kept: str = "", vouched: Vouched | None = None) -> HTMLResponse:
    staff, now = service.staff, service.clock.now()
    whose = [vouched.person] if vouched else dict.fromkeys(person.id for person in staff.everybody())
    worn = [hat for id in whose for hat in staff.hats_of(id, now) if vouched is None or hat.code in vouched.hats]
    groups = [(role, of_role) for role in Role if (of_role := [one for one in worn if one.hat.role == role])]
    return page(
        request,
        "sign_in.html",
        groups=groups,
        several=len(service.settings.associations) > 1,
        next=_within_this_origin(next, navigation_of(request)),
        kept=kept,
        vouched=vouched.sealed(service.settings) if vouched else "",
    )


@pages.post("/sign-in", openapi_extra={"x-action": Action.SIGN_IN})
async def sign_in(request: Request, service: Running, form: Filling) -> Response:
    """Be the person on the card, in the hat on it."""
    if service.settings.sign_in != "role_cards":
        if not form.value("person"):  # shown in another language
            vouched = Vouched.opened(service.settings, form.value("vouched"))
            return _cards(request, service, next=form.value("next"), vouched=vouched)
        return await _put_on(request, service, form.as_it_stands(Card))
    if form.value("kept") and not form.value("person"):
        return _cards(request, service, next=form.value("next"), kept=form.value("kept"))
    card = form.as_it_stands(Card)
    person, _, hat = card.person.partition(BETWEEN)
    worn = service.staff.worn(person, hat=card.hat or hat, at=service.clock.now())
    if worn is None:
        raise NotFound("person", person)
    navigation = navigation_of(request)
    home = navigation.home_of(worn.hat.role)
    response: Response = go_to(_within_this_origin(card.next, navigation) or home)
    if card.kept:
        found = kept(service.settings.cookie_secret_file, card.kept)
        request.state.actor = worn.actor(service.clock.now())
        if found and found.is_of(request.state.actor):
            response = page(request, "signed_in_again.html", address=found.address, kept=card.kept, form=starting())
        else:
            response = typed_by_another(request, TypedByAnother(card.kept if found else "", found.address if found else home))
    await _end_this(request, service)
    let_in(response, cookie_for(service.settings, worn.person.id, worn.code), service.settings)
    return response


async def _put_on(request: Request, service: Service, card: Card) -> Response:
    """Put on one of the hats that the provider vouches for; each time they are shown, one may be put on."""
    vouched = Vouched.opened(service.settings, card.vouched)
    person, _, hat = card.person.partition(BETWEEN)
    worn = service.staff.worn(person, hat=hat, at=service.clock.now())
    if worn is None or person != vouched.person or hat not in vouched.hats:
        raise NoHat
    if service.vault.sign_ins.is_over(vouched.sign_in, began=vouched.at) or not await service.vault.sign_ins.end(
        f"worn {vouched.sign_in.own}"
    ):
        raise SignInIsTooOld
    return await _let_in(request, service, worn, vouched, card.next)


@pages.post("/sign-out", openapi_extra={"x-action": Action.SIGN_IN})
async def sign_out(request: Request, service: Running, form: Filling) -> Response:
    """Be nobody again; the browser forgets what it kept of our pages, and a copy of the cookie opens nothing.

    What waits for somebody else goes along to the cards.
    """
    await _end_this(request, service)
    request.state.actor = request.state.renewed = None
    waits = form.take(KEPT)
    response: Response = _cards(request, service, kept=waits) if waits else go_to(navigation_of(request).sign_in)
    if service.settings.sign_in != "role_cards":
        origin = f"{service.settings.public_origin}{navigation_of(request).sign_in}"
        out = await _provider(request, service).way_out(back=origin, at=time.time())
        response = page(request, "signed_out_here.html", out=out)
    response.delete_cookie(SIGN_IN_COOKIE, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


class Told(BaseModel):
    """What the provider sends when a session ends there."""

    logout_token: str


@pages.post("/sign-out/there", openapi_extra={"x-action": Action.SIGN_IN})
async def signed_out_there(request: Request, service: Running, form: Filling) -> Response:
    """The provider tells that somebody's session is over there (back-channel logout)."""
    await end_what_ended_there(service, _provider(request, service), form.as_it_stands(Told).logout_token)
    return Response(status_code=200, headers={"Cache-Control": "no-store"})


def _provider(request: Request, service: Service) -> Provider:
    if service.settings.sign_in != "openid":
        raise NotFound("page", "provider")
    return provider_of(request, service, navigation_of(request))


def _within_this_origin(address: str, navigation: Navigation) -> str:
    """The address if it is a plain path here, else nothing: a link must not lead somebody away after signing in."""
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if plain and not address.startswith((navigation.sign_in, navigation.sign_out)) else ""
