"""The pages of erasing: find whom it is about, see what goes, say why and be sure, then progress and certificate."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response
from uuid_utils.compat import uuid7

from services.intake.erasure.commands import erase, must_not_keep_out, would_go_now
from services.intake.erasure.queries import erasure_called, erasures, receipt, standing_of
from services.intake.erasure.rules.whom import Known, NothingIsKnown, PeopleAreKnown, Whom
from services.intake.erasure.steps import FoundToErase, look_for, may_erase, others_than, purposes, stated, who_it_is
from services.intake.reporter.steps import callers, open_caller
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow
from shared.privacy.matter import MatterKind
from shared.web.forms import Filling, refusals_beside, starting
from shared.web.pagination import PAGE_SIZE
from shared.web.web import RequestContext, Running
from shared.web.website import LinkTo, go_to, page
from shared.words.language import marked
from shared.words.vocabulary.erasure import ErasedKind, ErasureReason
from shared.words.vocabulary.people import Look, Relation

pages = APIRouter(prefix="/erasures", include_in_schema=False)

REASONS = tuple(reason for reason in ErasureReason if reason is not ErasureReason.RESTORED)
ADDRESS = "/intake/erasures"
MOST_CALLERS = 200
HELD = {
    "intake": marked("Observationer, opkald og boliger"),
    "cases": marked("Sager"),
    "notifications": marked("Mails og henvisninger"),
    "reporting": marked("Tal og rapporter"),
}
"""What each service holds, as a certificate names it."""


class _Search(BaseModel):
    text: str = ""
    purpose: str = ""


class _Opening(BaseModel):
    about: UUID
    purpose: str = ""


class _Lookup(BaseModel):
    kind: ErasedKind
    about: UUID
    purpose: str = ""


class _Decision(_Lookup):
    id: UUID
    reason: ErasureReason
    sure: bool = False


@pages.get("", openapi_extra={"x-action": Action.READ_ERASURES})
async def show_erasures(
    request: Request, context: RequestContext, service: Running, about: Annotated[UUID | None, Query()] = None
) -> HTMLResponse:
    """Find somebody, and every erasure there was. A case leads here with its id, which then stands in the box."""
    return await _erasures(request, context, service, form=starting(text=about or "", purpose=_said(context)))


@pages.post("/find", openapi_extra={"x-action": Action.ERASE_PERSON})
async def find_somebody(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Whom it can be about; what was searched for stands in the form and in no address."""
    may_erase(context)
    async with refusals_beside(form, lambda: _erasures(request, context, service)):
        sent = form.read(_Search)
        found = await look_for(sent.text, stated(context, sent.purpose), service)
    return await _erasures(request, context, service, form=form, found=found, purpose=sent.purpose)


@pages.post("/look", openapi_extra={"x-action": Action.ERASE_PERSON})
async def look_up(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """What would go and what would stay, on the page on which it is decided; the id stands in the form and in no address."""
    may_erase(context)
    async with refusals_beside(form, lambda: _erasures(request, context, service)):
        sent = form.read(_Lookup)
        shown = await _decision(request, _for(context, sent), service, Whom(kind=sent.kind, id=sent.about))
    return shown


@pages.post("", openapi_extra={"x-action": Action.ERASE_PERSON})
async def erase_from_page(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Erase; a refusal stands beside what was decided."""
    may_erase(context)
    named = form.as_it_stands(_Lookup)
    whom, context = Whom(kind=named.kind, id=named.about), _for(context, named)
    async with refusals_beside(form, lambda: _decision(request, context, service, whom)):
        sent = form.read(_Decision)
        await erase(whom, id=sent.id, reason=sent.reason.value, sure=sent.sure, context=context, service=service)
    return go_to(f"{ADDRESS}/{sent.id}", notice=marked("Nøglerne er destrueret. Det kan ikke fortrydes."))


@pages.get("/callers", openapi_extra={"x-action": Action.ERASE_PERSON})
async def show_callers(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """That somebody called about somebody, when and who took it; who it was is opened one by one."""
    may_erase(context)
    found = await callers(context, service, limit=MOST_CALLERS)
    staff = service.staff.within(context.actor.association)
    return page(
        request,
        "erasure_callers.html",
        callers=found,
        name_of=staff.name_of,
        purposes=purposes(context),
        form=starting(purpose=_said(context)),
    )


@pages.post("/callers", openapi_extra={"x-action": Action.ERASE_PERSON})
async def show_caller(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Who one of them is, with the way to what erasing them would do; noted with why."""
    may_erase(context)
    async with refusals_beside(form, lambda: show_callers(request, context, service)):
        sent = form.read(_Opening)
        opened = await open_caller(stated(context, sent.purpose), service, sent.about)
    staff = service.staff.within(context.actor.association)
    return page(request, "erasure_caller.html", opened=opened, call=opened.call, name_of=staff.name_of, purpose=sent.purpose)


@pages.get("/{erasure_id}", openapi_extra={"x-action": Action.READ_ERASURES})
async def show_erasure(request: Request, erasure_id: UUID, context: RequestContext, service: Running) -> HTMLResponse:
    """How far it has come; once everybody has answered, the certificate."""
    _may_read(context)
    async with service.read() as connection:
        row = await erasure_called(connection, context.actor.association, erasure_id)
    staff = service.staff.within(context.actor.association)
    return page(request, "erasure.html", erasure=row, held=HELD, name_of=staff.name_of)


def _may_read(context: Context) -> None:
    allow(context, Action.READ_ERASURES, Resource(association=context.actor.association))


def _said(context: Context) -> str:
    """Why they look, where they said so on the page they come from."""
    return context.purpose.value if context.purpose_is_stated else ""


def _for(context: Context, sent: _Lookup) -> Context:
    """The same request for the reason that was chosen where it was searched."""
    return stated(context, sent.purpose) if sent.purpose else context


async def _erasures(
    request: Request,
    context: Context,
    service: Service,
    *,
    found: FoundToErase | None = None,
    purpose: str = "",
    **values: object,
) -> HTMLResponse:
    _may_read(context)
    async with service.read() as connection:
        rows = await erasures(connection, context.actor.association, limit=PAGE_SIZE)
    staff = service.staff.within(context.actor.association)
    return page(
        request,
        "erasures.html",
        erasures=rows,
        found=found,
        purpose=purpose,
        purposes=purposes(context),
        name_of=staff.name_of,
        **values,
    )


async def _decision(request: Request, context: Context, service: Service, whom: Whom) -> HTMLResponse:
    """What erasing them would do; noted without whom it is about. Where people are known, they are named to choose from."""
    association, vault = context.actor.association, service.vault
    async with service.read() as connection:
        await log_access(connection, context, told_by="intake", action=Look.LOOK_UP_ERASURE, relation=Relation.ASSOCIATION)
    await must_not_keep_out(whom, context, service)
    async with service.read() as connection:
        people = await others_than(connection, vault, association, whom) if whom.kind is not ErasedKind.PERSON else ()
        who = await who_it_is(connection, vault, association, whom)
    try:
        goes, _ = await would_go_now(whom, association, service)
    except (NothingIsKnown, PeopleAreKnown):
        if not people:
            raise
        goes = None
    async with service.read() as connection:
        standing = await standing_of(connection, association, goes.matters if goes else ())
    stays = sorted(goes.stays.values()) if goes else []
    return page(
        request,
        "erasure_decision.html",
        whom=whom,
        who=who,
        goes=[(each.kind.value, each.since, _number(each), standing.get(each.id)) for each in goes.destroyed] if goes else [],
        are_open=sum(each.is_open for each in standing.values()),
        stays=[(why.value, stays.count(why)) for why in dict.fromkeys(stays)],
        is_parked=goes is not None and goes.is_parked,
        without_home=goes.without_home if goes else 0,
        people=people,
        purpose=_said(context),
        reasons=REASONS,
        new_id=uuid7(),
    )


def _number(known: Known) -> LinkTo | str:
    """Its number; of a case it leads to the case, where it says who carries it."""
    return LinkTo(receipt(known), f"/cases/{known.id}") if known.kind is MatterKind.CASE else receipt(known)
