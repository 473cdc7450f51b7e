"""The pages of erasing: look up and see what goes, say why and be sure, then progress and certificate."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response
from uuid_utils.compat import uuid7

from services.intake.erasure.commands import cases_of, erase, would_go
from services.intake.erasure.queries import erasure_called, erasures, people_in_home, receipt
from services.intake.erasure.rules.erasure import SERVICES
from services.intake.erasure.rules.whom import NothingIsKnown, PeopleAreKnown, Whom
from services.intake.reporter.steps import callers
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.privacy.access import Action, Resource, allow
from shared.privacy.access_log import log_access
from shared.web.forms import Filling, refusals_beside
from shared.web.pagination import PAGE_SIZE
from shared.web.web import RequestContext, Running
from shared.web.website import go_to, page
from shared.words.language import marked
from shared.words.vocabulary.erasure import ErasedKind, ErasureReason
from shared.words.vocabulary.people import Look

pages = APIRouter(prefix="/erasures", include_in_schema=False)

KINDS = tuple(kind for kind in ErasedKind if kind is not ErasedKind.LIST)
REASONS = tuple(reason for reason in ErasureReason if reason is not ErasureReason.RESTORED)
ADDRESS = "/intake/erasures"
MOST_CALLERS = 200


class _Lookup(BaseModel):
    kind: ErasedKind
    about: UUID


class _Decision(_Lookup):
    id: UUID
    reason: ErasureReason
    sure: bool = False


@pages.get("", openapi_extra={"x-action": Action.ERASE_PERSON})
async def show_erasures(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """Look somebody up, and every erasure there was."""
    _may_erase(context)
    async with service.read() as connection:
        found = await erasures(connection, context.actor.association, limit=PAGE_SIZE)
    staff = service.staff.within(context.actor.association)
    return page(request, "erasures.html", erasures=found, kinds=KINDS, name_of=staff.name_of, services=SERVICES)


@pages.post("/look", openapi_extra={"x-action": Action.ERASE_PERSON})
async def look_up(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """What would go and what would stay, on the page on which it is decided; the id stands in the form and in no address."""
    _may_erase(context)
    async with refusals_beside(form, lambda: show_erasures(request, context, service)):
        sent = form.read(_Lookup)
        shown = await _decision(request, context, service, Whom(kind=sent.kind, id=sent.about))
    return shown


@pages.post("", openapi_extra={"x-action": Action.ERASE_PERSON})
async def erase_from_page(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Erase; a refusal stands beside what was decided."""
    _may_erase(context)
    named = form.read(_Lookup)
    whom = Whom(kind=named.kind, id=named.about)
    async with refusals_beside(form, lambda: _decision(request, context, service, whom)):
        sent = form.read(_Decision)
        await erase(whom, id=sent.id, reason=sent.reason.value, sure=sent.sure, context=context, service=service)
    return go_to(f"{ADDRESS}/{sent.id}", notice=marked("Nøglerne er destrueret. Det kan ikke fortrydes."))


@pages.get("/callers", openapi_extra={"x-action": Action.ERASE_PERSON})
async def show_callers(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """Whoever called about somebody, each with the way to what erasing them would do."""
    _may_erase(context)
    found = await callers(context, service, limit=MOST_CALLERS)
    staff = service.staff.within(context.actor.association)
    return page(request, "erasure_callers.html", callers=found, name_of=staff.name_of)


@pages.get("/{erasure_id}", openapi_extra={"x-action": Action.ERASE_PERSON})
async def show_erasure(request: Request, erasure_id: UUID, context: RequestContext, service: Running) -> HTMLResponse:
    """How far it has come; once everybody has answered, the certificate."""
    _may_erase(context)
    async with service.read() as connection:
        row = await erasure_called(connection, context.actor.association, erasure_id)
    staff = service.staff.within(context.actor.association)
    return page(request, "erasure.html", erasure=row, services=SERVICES, name_of=staff.name_of)


def _may_erase(context: Context) -> None:
    allow(context, Action.ERASE_PERSON, Resource(association=context.actor.association))


async def _decision(request: Request, context: Context, service: Service, whom: Whom) -> HTMLResponse:
    """What erasing them would do; noted without whom it is about. Where people are known, they are named to choose from."""
    association = context.actor.association
    async with service.read() as connection:
        await log_access(connection, context, action=Look.LOOK_UP_ERASURE, relation="association")
        cases = await cases_of(connection, association, whom)
        people = await people_in_home(connection, association, whom.id) if whom.kind is ErasedKind.HOME else ()
    try:
        goes = await would_go(service, association, whom, cases=cases)
    except (NothingIsKnown, PeopleAreKnown):
        if not people:
            raise
        goes = None
    stays = sorted(goes.stays.values()) if goes else []
    return page(
        request,
        "erasure_decision.html",
        whom=whom,
        goes=[(each.kind.value, each.since, receipt(each)) for each in goes.destroyed] if goes else [],
        stays=[(why.value, stays.count(why)) for why in dict.fromkeys(stays)],
        without_home=goes.without_home if goes else 0,
        people=people,
        reasons=REASONS,
        new_id=uuid7(),
    )
