"""Its routes: one of each kind that the door has to do with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from shared.ground.errors import ChangedMeanwhile, NotFound, Refusal, SameIdOtherContent, VersionMovedOn
from shared.ground.provenance import Context
from shared.ground.text_input import free_text
from shared.history.service import Parts
from shared.privacy.access import Action, Resource, allow
from shared.privacy.personal import KeyIsDestroyed
from shared.web.forms import Filling, refusals_beside, starting
from shared.web.sign_in import pages as sign_in_pages
from shared.web.web import IfMatch, RequestContext, Running, etag
from shared.web.website import go_to, page
from shared.words.language import marked

TEMPLATES = Path(__file__).parent / "templates"
OWN = {"x-action": Action.READ_OWN_OBSERVATIONS}
ERRORS: dict[str, Exception] = {
    "not-found": NotFound("Case", "hemmeligt-id"),
    "changed": ChangedMeanwhile(),
    "same-id": SameIdOtherContent(),
    "moved": VersionMovedOn(newest=7),
    "erased": KeyIsDestroyed(),
    "away": ConnectionRefusedError("hemmelig adresse"),
    "bug": ZeroDivisionError("hemmelig værdi"),
}


class TheSignIsMissing(Refusal):
    """Sæt kryds ved mindst ét tegn."""

    field = "signals"
    next_step = "Vælg det, du selv så."


class TheCaseIsClosed(Refusal):
    """Sagen er lukket."""


class Report(BaseModel):
    """What is sent, as JSON and as a form."""

    id: UUID
    severity: Literal["acute", "high", "medium", "low"]
    signals: list[str] = []
    words: str = Field(default="", max_length=1000)


api = APIRouter(prefix="/api")
pages = APIRouter(include_in_schema=False)


@api.get("/asked", openapi_extra=OWN)
async def who_asked(context: RequestContext, service: Running) -> dict[str, str]:
    _allow(context)
    return {
        "actor": context.actor.id,
        "purpose": context.purpose,
        "correlation": str(context.correlation_id),
        "traceparent": context.traceparent,
        "at": context.at.isoformat(),
        "service": service.name,
    }


@api.get("/own/{observer}", openapi_extra=OWN)
async def own(observer: str, context: RequestContext) -> dict[str, bool]:
    allow(context, Action.READ_OWN_OBSERVATIONS, Resource(association=context.actor.association, observer=observer))
    return {"allowed": True}


@api.get("/things/{number}", openapi_extra=OWN)
async def thing(number: int, context: RequestContext, response: Response) -> dict[str, int]:
    _allow(context)
    response.headers.update(etag(7))
    return {"number": number}


@api.put("/things/{number}", openapi_extra=OWN)
async def change(number: int, version: IfMatch, context: RequestContext, response: Response, body: Report) -> dict[str, str]:
    _allow(context)
    response.headers.update(etag(version + 1))
    return {"words": body.words}


@api.get("/listed", openapi_extra=OWN)
async def listed(context: RequestContext, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> dict[str, int]:
    _allow(context)
    return {"limit": limit}


@api.get("/wrong/{kind}", openapi_extra=OWN)
async def wrong(kind: str) -> None:
    if kind == "refused":
        raise TheSignIsMissing
    raise ERRORS[kind]


@api.post("/file", openapi_extra={**OWN, "x-body-limit": 200_000})
async def file(request: Request, context: RequestContext) -> dict[str, int]:
    _allow(context)
    return {"bytes": len(await request.body())}


@pages.get("/form", openapi_extra=OWN)
async def show_form(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    _allow(context)
    return page(request, "little_form.html", at=context.at, form=starting(id=uuid7(), version=3, signals=["smell"]))


@pages.post("/form", openapi_extra=OWN)
async def send_form(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    _allow(context)
    async with refusals_beside(form, lambda: show_form(request, context, service)):
        sent = form.read(Report)
        if not sent.signals:
            raise TheSignIsMissing
        words = free_text(sent.words, field="words")
        if words == "lukket":
            raise TheCaseIsClosed
        if words == "ændret":
            raise VersionMovedOn(newest=4)
    return go_to("/intake/form", notice=marked("Observationen er modtaget."))


@pages.get("/wrong/{kind}", openapi_extra=OWN)
async def wrong_page(kind: str, context: RequestContext) -> None:
    raise ERRORS[kind]


def _allow(context: Context) -> None:
    allow(context, Action.READ_OWN_OBSERVATIONS, Resource(association=context.actor.association, observer=context.actor.id))


def parts() -> Parts:
    """The little service; it is called intake because the sign-in page lives there."""
    return Parts(
        name="intake", title="Observationer", subjects=(), routers=(api, pages, sign_in_pages), templates=(TEMPLATES,), reactions={}
    )
