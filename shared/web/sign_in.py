"""Role cards instead of a login, for one machine: pick who you are and which hat you wear, and be that for half a day."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

from shared.ground.errors import NotFound
from shared.history.service import Service
from shared.privacy.access import Action
from shared.privacy.staff import BETWEEN
from shared.web.forms import Filling, starting
from shared.web.guards import SIGN_IN_COOKIE
from shared.web.kept import kept
from shared.web.navigation import Navigation
from shared.web.web import Running, cookie_for
from shared.web.website import go_to, let_in, navigation_of, page
from shared.words.language import marked
from shared.words.vocabulary.people import Role

__all__ = ["cookie_for", "pages"]

pages = APIRouter(include_in_schema=False)
"""Put among the routers of the one service that is the entrance; the others behind the same address lead there."""


class Card(BaseModel):
    """The card somebody picked, its hat beside the person or in a field of its own, and where they were on their way to."""

    person: str
    hat: str = ""
    """Which of several; changing it is picking another card. The cookie always names it."""
    next: str = ""
    kept: str = ""
    """A form that was sent after the sign-in had run out (`shared.web.kept`)."""


@pages.get("/sign-in", openapi_extra={"x-action": Action.SIGN_IN})
async def role_cards(request: Request, service: Running, next: str = "") -> HTMLResponse:
    """One card for each hat of each person, grouped by what they come to do."""
    _only_with_role_cards(service)
    return _cards(request, service, next=next)


def _cards(request: Request, service: Service, *, next: str = "", kept: str = "") -> HTMLResponse:
    staff, now = service.staff, service.clock.now()
    worn = [hat for id in dict.fromkeys(person.id for person in staff.everybody()) for hat in staff.hats_of(id, now)]
    groups = [(role, of_role) for role in Role if (of_role := [one for one in worn if one.hat.role == role])]
    return page(
        request,
        "sign_in.html",
        groups=groups,
        several=len(service.settings.associations) > 1,
        next=_within_this_origin(next, navigation_of(request)),
        kept=kept,
    )


@pages.post("/sign-in", openapi_extra={"x-action": Action.SIGN_IN})
async def sign_in(request: Request, service: Running, form: Filling) -> Response:
    """Be the person on the card, in the hat on it."""
    _only_with_role_cards(service)
    if form.held or (form.value("kept") and not form.value("person")):
        return _cards(request, service, next=form.value("next"), kept=form.value("kept"))
    card = form.read(Card)
    person, _, hat = card.person.partition(BETWEEN)
    worn = service.staff.worn(person, hat=card.hat or hat, at=service.clock.now())
    if worn is None:
        raise NotFound("person", person)
    navigation = navigation_of(request)
    home = navigation.home_of(worn.hat.role)
    response: Response = go_to(_within_this_origin(card.next, navigation) or home)
    if card.kept:
        found = kept(service.settings.cookie_secret_file, card.kept)
        if found and (found.association, found.person) == (worn.person.association, worn.person.id):
            response = page(request, "signed_in_again.html", address=found.address, kept=card.kept, form=starting())
        else:
            response = go_to(home, notice=marked("Der var skrevet noget, som ikke er sendt. Det kan ikke vises her."))
    let_in(response, cookie_for(service.settings, worn.person.id, worn.code), service.settings)
    return response


@pages.post("/sign-out", openapi_extra={"x-action": Action.SIGN_IN})
async def sign_out(request: Request) -> RedirectResponse:
    """Be nobody again; the browser forgets what it kept of our pages."""
    response = go_to(navigation_of(request).sign_in)
    response.delete_cookie(SIGN_IN_COOKIE, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _only_with_role_cards(service: Service) -> None:
    if service.settings.sign_in != "role_cards":
        raise NotFound("page", "role cards")


def _within_this_origin(address: str, navigation: Navigation) -> str:
    """The address if it is a plain path here, else nothing: a link must not lead somebody away after signing in."""
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if plain and not address.startswith((navigation.sign_in, navigation.sign_out)) else ""
