"""The page itself: it works without JavaScript and without a sign-in, and says the same to everybody."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from services.intake.callback.commands import ask_to_be_called
from services.intake.callback.rules.patience import Patience
from services.intake.callback.rules.wish import Wish
from shared.ground.errors import NotFound
from shared.ground.settings import Contact
from shared.history.service import Service
from shared.privacy.access import Action
from shared.web.forms import Filling, refusals_beside, starting
from shared.web.sheets import A_SHEET, new_id
from shared.web.web import Running
from shared.web.website import go_to, page
from shared.words.vocabulary.beginning import PreferredTime
from shared.words.vocabulary.people import Role

TOO_OFTEN = 429
HONEYPOT = "website"
"""A field that people do not see; whoever fills it in is a program."""

At = Annotated[str, Query(max_length=64)]
"""Which association it is about, where several share an address."""

log = structlog.get_logger()

pages = APIRouter(include_in_schema=False)


class WishForm(BaseModel):
    """The form as it is sent."""

    id: UUID
    name: str = ""
    phone: str = ""
    place: str = ""
    time: str = ""
    words: str = ""

    def wish(self) -> Wish:
        """What is asked for."""
        return Wish(id=self.id, name=self.name, phone=self.phone, place=self.place, time=self.time, words=self.words)


@pages.get("/call-me", openapi_extra={"x-action": Action.ASK_TO_BE_CALLED}, dependencies=[A_SHEET])
async def call_me(request: Request, service: Running, at: At = "") -> HTMLResponse:
    """The form."""
    return _form_page(request, service, at, form=starting(id=new_id(request), time=PreferredTime.ANY))


@pages.post("/call-me", openapi_extra={"x-action": Action.ASK_TO_BE_CALLED})
async def ask(request: Request, service: Running, form: Filling, at: At = "") -> Response:
    """Take it in. Where too many were, everybody is told whom to ring meanwhile; a program is told what people are told."""
    association, now, patience = _association(service, at), service.clock.now(), _patience(service)
    thanked = f"/intake/call-me/thanks?at={quote(at)}" if at else "/intake/call-me/thanks"
    if form.value(HONEYPOT):
        return go_to(thanked)
    if wait := patience.wait_until(at=now):
        service.metrics.turned_away.inc()
        log.warning("callback.full", wait_until=wait.isoformat())
        return _later(request, service, at, wait, now=now)

    async def again() -> Response:
        return _form_page(request, service, at)

    async with refusals_beside(form, again):
        is_news = await ask_to_be_called(form.read(WishForm).wish(), service, association=association)
    if is_news:
        patience.note(at=now)
    return go_to(thanked)


@pages.get("/call-me/thanks", openapi_extra={"x-action": Action.ASK_TO_BE_CALLED})
async def thanks(request: Request, service: Running, at: At = "") -> HTMLResponse:
    """The same for everybody."""
    association = _association(service, at)
    return page(request, "call_me_thanks.html", contact=_contact(service, association), phones=_phones(service, association))


def _form_page(request: Request, service: Service, at: str, **values: object) -> HTMLResponse:
    association = _association(service, at)
    return page(
        request,
        "call_me.html",
        at=at,
        times=tuple(PreferredTime),
        contact=_contact(service, association),
        phones=_phones(service, association),
        **{"wait": None, **values},
    )


def _later(request: Request, service: Service, at: str, wait: datetime, *, now: datetime) -> HTMLResponse:
    """The same form with what was typed, with whom to ring instead, and when it can be sent."""
    response = _form_page(request, service, at, wait=wait)
    response.status_code = TOO_OFTEN
    response.headers["Retry-After"] = str(max(1, math.ceil((wait - now).total_seconds())))
    return response


def _phones(service: Service, association: str) -> list[str]:
    """The association's number; where nobody said which that is, those of the leads or of who stands in: a number, and nobody's name."""
    if contact := _contact(service, association):
        return [contact.phone]
    staff = service.staff.within(association)
    here = {staff.in_place_of(lead.id, service.clock.now()) for lead in staff.with_role(Role.SOCIAL_LEAD)}
    return sorted({person.phone for id in here if (person := staff.person(id)) and person.phone})


def _contact(service: Service, association: str) -> Contact | None:
    return service.settings.contacts.get(association)


def _association(service: Service, named: str) -> str:
    """Which association it is; where there is one, nobody needs to say so."""
    known = service.settings.associations
    if named in known:
        return named
    if named or len(known) != 1:
        raise NotFound("association", named)
    return known[0]


def _patience(service: Service) -> Patience:
    patience: Patience = service.memo.setdefault("call me", Patience())
    return patience
