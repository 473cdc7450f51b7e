"""The pages for those who check: state a purpose, who looked, and whether the chain holds."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.cases.audit.queries import LAST_POSITION, cases_among, looks
from services.cases.case.queries.history import case_facts
from shared.ground.provenance import Context
from shared.history import event_store
from shared.privacy.access import GRANTS, Action, Resource, allow
from shared.privacy.access_log import log_access
from shared.web.pagination import PAGE_SIZE
from shared.web.web import RequestContext, Running, carried_purpose
from shared.web.website import page
from shared.words.vocabulary.people import Look

Before = Annotated[int | None, Query(ge=1, le=LAST_POSITION)]

pages = APIRouter(prefix="/audit", include_in_schema=False)


@pages.get("", openapi_extra={"x-action": Action.READ_ACCESS_LOG})
async def show_audit(request: Request, context: RequestContext) -> Response:
    """Where a checker begins."""
    allow(context, Action.READ_ACCESS_LOG, Resource(association=context.actor.association))
    return page(request, "audit.html", purpose=carried_purpose(context))


@pages.get("/purpose", openapi_extra={"x-action": Action.STATE_PURPOSE})
async def show_purposes(request: Request, context: RequestContext, next: Annotated[str, Query(max_length=300)] = "") -> Response:
    """Say why, before reading: one button for each purpose that belongs to the role."""
    allow(context, Action.STATE_PURPOSE, Resource(association=context.actor.association))
    grant = GRANTS[context.actor.role][Action.STATE_PURPOSE]
    within = next if next.startswith("/cases/") and "\\" not in next and next.isprintable() else "/cases/audit"
    return page(request, "purpose.html", purposes=[purpose.value for purpose in grant.purposes], next=within.partition("?")[0])


@pages.get("/looks", openapi_extra={"x-action": Action.READ_ACCESS_LOG})
async def show_looks(
    request: Request,
    context: RequestContext,
    service: Running,
    actor: Annotated[str, Query(max_length=64)] = "",
    before: Before = None,
) -> Response:
    """Who looked at what and why, in the whole association; reading this is noted as well."""
    return await _looks(request, context, service, about=None, actor=actor, before=before)


@pages.get("/looks/{case_id:uuid}", openapi_extra={"x-action": Action.READ_ACCESS_LOG})
async def show_looks_at_case(request: Request, case_id: UUID, context: RequestContext, service: Running, before: Before = None) -> Response:
    """Who looked at one case and why."""
    return await _looks(request, context, service, about=case_id, actor="", before=before)


@pages.get("/chain", openapi_extra={"x-action": Action.VERIFY_CHAIN})
async def show_chain(request: Request, context: RequestContext, service: Running, stream: UUID | None = None, verify: str = "") -> Response:
    """Recompute the chain of hashes, of everything or of one case, and say plainly whether it holds."""
    allow(context, Action.VERIFY_CHAIN, Resource(association=context.actor.association))
    found, cases = None, frozenset[UUID]()
    if verify:
        async with service.read() as connection:
            if stream is not None:
                await case_facts(connection, stream, association=context.actor.association)
            await log_access(connection, context, action=Look.VERIFY_CHAIN, about=stream, relation="association")
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                found = await event_store.verify(connection, stream_id=stream)
            cases = await cases_among(connection, {place.stream_id for place in found.broken}, association=context.actor.association)
    return page(request, "chain.html", found=found, cases=cases, stream=stream, at=context.at, purpose=carried_purpose(context))


async def _looks(request: Request, context: Context, service: Running, *, about: UUID | None, actor: str, before: int | None) -> Response:
    allow(context, Action.READ_ACCESS_LOG, Resource(association=context.actor.association))
    async with service.read() as connection:
        if about is not None:
            await case_facts(connection, about, association=context.actor.association)
        found = await looks(connection, association=context.actor.association, about=about, actor=actor, before=before, limit=PAGE_SIZE)
        await log_access(connection, context, action=Look.READ_ACCESS_LOG, about=about, relation="association")
    shown, purpose = found[:PAGE_SIZE], carried_purpose(context)
    address = f"/cases/audit/looks/{about}" if about else "/cases/audit/looks"
    more = f"{address}{purpose.query}&before={shown[-1].position}" if len(found) > PAGE_SIZE else ""
    if more and actor:
        more += f"&actor={quote(actor)}"
    return page(
        request,
        "looks.html",
        looks=shown,
        about=about,
        actor=actor,
        next=more,
        name_of=service.staff.name_of,
        purpose=purpose,
    )
