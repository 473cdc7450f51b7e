"""Role cards instead of a login, for one machine: pick who you are and which hat you wear, and be that for half a day."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

from shared.ground.errors import NotFound
from shared.history.service import Service
from shared.privacy.access import Action
from shared.web.forms import Filling
from shared.web.guards import SIGN_IN_COOKIE
from shared.web.navigation import Navigation
from shared.web.web import SIGNED_IN_FOR_SECONDS, Running, cookie_for
from shared.web.website import go_to, navigation_of, page
from shared.words.vocabulary.people import Role

__all__ = ["cookie_for", "pages"]

pages = APIRouter(include_in_schema=False)
"""Put among the routers of the one service that is the entrance; the others behind the same address lead there."""


class Card(BaseModel):
    """The card somebody picked, and where they were on their way to."""

    person: str
    hat: str = ""
    """Which of several; changing it is picking another card. The cookie always names it."""
    next: str = ""


@pages.get("/sign-in", openapi_extra={"x-action": Action.SIGN_IN})
async def role_cards(request: Request, service: Running, next: str = "") -> HTMLResponse:
    """One card for each hat of each person, grouped by what they come to do."""
    _only_with_role_cards(service)
    staff, now = service.staff, service.clock.now()
    worn = [hat for id in dict.fromkeys(person.id for person in staff.everybody()) for hat in staff.hats_of(id, now)]
    groups = [(role, of_role) for role in Role if (of_role := [one for one in worn if one.hat.role == role])]
    return page(
        request,
        "sign_in.html",
        groups=groups,
        several=len(service.settings.associations) > 1,
        next=_within_this_origin(next, navigation_of(request)),
    )


@pages.post("/sign-in", openapi_extra={"x-action": Action.SIGN_IN})
async def sign_in(request: Request, service: Running, form: Filling) -> Response:
    """Be the person on the card, in the hat on it."""
    _only_with_role_cards(service)
    card = form.read(Card)
    worn = service.staff.worn(card.person, hat=card.hat, at=service.clock.now())
    if worn is None:
        raise NotFound("person", card.person)
    navigation = navigation_of(request)
    response = go_to(_within_this_origin(card.next, navigation) or navigation.home_of(worn.hat.role))
    response.set_cookie(
        SIGN_IN_COOKIE,
        cookie_for(service.settings, worn.person.id, worn.code),
        max_age=SIGNED_IN_FOR_SECONDS,
        httponly=True,
        samesite="strict",
        secure=service.settings.public_origin.startswith("https://"),
    )
    return response


@pages.post("/sign-out", openapi_extra={"x-action": Action.SIGN_IN})
async def sign_out(request: Request) -> RedirectResponse:
    """Be nobody again; the browser forgets what it kept of our pages."""
    response = go_to(navigation_of(request).sign_in)
    response.delete_cookie(SIGN_IN_COOKIE, httponly=True, samesite="strict")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _only_with_role_cards(service: Service) -> None:
    if service.settings.sign_in != "role_cards":
        raise NotFound("page", "role cards")


def _within_this_origin(address: str, navigation: Navigation) -> str:
    """The address if it is a plain path here, else nothing: a link must not lead somebody away after signing in."""
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if plain and not address.startswith((navigation.sign_in, navigation.sign_out)) else ""
