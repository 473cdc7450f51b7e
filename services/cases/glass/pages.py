"""The pages about broken glasses: break one, be done, and say whether it was right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from services.cases.glass.queries import BrokenGlass, glass_broken, glasses_of, looked_at, own_glasses
from services.cases.glass.rules import LASTS, REVIEWED_WITHIN
from services.cases.glass.steps import break_glass_once, keys_to, mend, review
from shared.ground.provenance import Context
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow, can
from shared.privacy.staff import StaffDirectory
from shared.web.forms import Filling, refusals_beside, starting
from shared.web.pagination import PAGE_SIZE
from shared.web.sheets import A_SHEET, new_id
from shared.web.web import RequestContext, Running, carried_purpose
from shared.web.website import go_to, page
from shared.words.labels import label
from shared.words.language import language_of, marked
from shared.words.vocabulary.checking import GlassVerdict
from shared.words.vocabulary.people import Look, Relation

pages = APIRouter(include_in_schema=False)


class GlassForm(BaseModel):
    """The form as it is sent."""

    id: UUID
    case_id: UUID
    reason: str = ""


class VerdictForm(BaseModel):
    """Likewise."""

    verdict: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A broken glass on a page."""

    glass: BrokenGlass
    who: str
    reviewed_by: str
    is_open: bool
    is_late: bool
    is_own: bool


@pages.get("/glass", openapi_extra={"x-action": Action.BREAK_GLASS}, dependencies=[A_SHEET])
async def show_glass(
    request: Request, context: RequestContext, service: Running, case: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """The form, and what one broke oneself. It is the same for every case, and for none: nothing is looked up."""
    allow(context, Action.BREAK_GLASS, Resource(association=context.actor.association))
    async with service.read() as connection:
        own = await own_glasses(connection, context, limit=PAGE_SIZE)
    staff = service.staff.within(context.actor.association)
    return page(
        request,
        "glass.html",
        own=[_shown(one, context, staff) for one in own],
        hours=int(LASTS.total_seconds()) // 3600,
        days=REVIEWED_WITHIN,
        form=starting(id=new_id(request), case_id=case),
    )


@pages.post("/glass", openapi_extra={"x-action": Action.BREAK_GLASS})
async def break_from_page(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Break it; what is refused stands beside the form."""
    async with refusals_beside(form, lambda: show_glass(request, context, service)):
        sent = form.read(GlassForm)
        await break_glass_once(id=sent.id, case_id=sent.case_id, reason=sent.reason, context=context, service=service)
    return go_to(f"/cases/{sent.case_id}", notice=marked("Glasset er brudt, og det er sagt videre. Sig til, når du er færdig."))


@pages.post("/glass/{break_id:uuid}/done", openapi_extra={"x-action": Action.BREAK_GLASS})
async def be_done(break_id: UUID, context: RequestContext, service: Running) -> Response:
    """They are done."""
    await mend(break_id, context, service)
    return go_to("/cases/glass", notice=marked("Tak. Sagen er lukket for dig igen."))


@pages.get("/glasses", openapi_extra={"x-action": Action.READ_GLASSES})
async def show_glasses(request: Request, context: RequestContext, service: Running) -> Response:
    """All of the association: first those that wait to be reviewed. Reading this is noted."""
    allow(context, Action.READ_GLASSES, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await glasses_of(connection, context, limit=PAGE_SIZE)
        await log_access(connection, context, action=Look.READ_GLASSES, relation=Relation.ASSOCIATION)
    staff = service.staff.within(context.actor.association)
    return page(request, "glasses.html", found=[_shown(one, context, staff) for one in found], purpose=carried_purpose(context))


@pages.get("/glasses/{break_id:uuid}", openapi_extra={"x-action": Action.READ_GLASSES})
async def show_broken(request: Request, break_id: UUID, context: RequestContext, service: Running) -> Response:
    """Why, and what was looked at; with the form for whoever may say whether it was right. Reading this is noted."""
    ours = Resource(association=context.actor.association)
    allow(context, Action.READ_GLASSES, ours)
    async with service.read() as connection:
        found = await glass_broken(connection, context, break_id)
        looks = await looked_at(connection, found, association=context.actor.association)
        await log_access(connection, context, action=Look.READ_GLASS, about=found.case_id, relation=Relation.ASSOCIATION)
    keyring, language = await keys_to(found, context, service), language_of(request)
    shown = _shown(found, context, service.staff.within(context.actor.association))
    return page(
        request,
        "broken_glass.html",
        one=shown,
        shows_words=keyring is not None,
        reason=keyring.opened(found.reason) if keyring else None,
        words=keyring.opened(found.words) if keyring else None,
        looks=[[look.at, label(look.action, "looks", language=language)] for look in looks],
        may_review=found.waits and not shown.is_own and can(context.actor, Action.REVIEW_GLASS, ours, context.purpose),
        verdicts=[(verdict.value, label(verdict, "glass_verdicts", language=language), "") for verdict in GlassVerdict],
        purpose=carried_purpose(context),
        form=starting(),
    )


@pages.post("/glasses/{break_id:uuid}/review", openapi_extra={"x-action": Action.REVIEW_GLASS})
async def review_from_page(request: Request, break_id: UUID, context: RequestContext, service: Running, form: Filling) -> Response:
    """Say whether it was right; a refusal stands beside the form."""
    async with refusals_beside(form, lambda: show_broken(request, break_id, context, service)):
        sent = form.read(VerdictForm)
        await review(break_id, verdict=sent.verdict, words=sent.words, context=context, service=service)
    return go_to(f"/cases/glasses{carried_purpose(context).query}", notice=marked("Det er noteret."))


def _shown(one: BrokenGlass, context: Context, staff: StaffDirectory) -> Shown:
    return Shown(
        glass=one,
        who=staff.name_of(one.who),
        reviewed_by=staff.name_of(one.reviewed_by) if one.reviewed_by else "",
        is_open=one.is_open(context.at),
        is_late=one.waits and one.review_due is not None and one.review_due < context.at,
        is_own=one.who in context.actor.is_for,
    )
