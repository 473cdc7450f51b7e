"""The page that moves every open case of one version of the procedure to the one in force."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from services.cases.case.commands.moving import move_each
from services.cases.case.queries.pinned import cases_under, count_under
from services.cases.case.rules import fields
from services.cases.case.rules.pinned import MOVED_AT_ONCE
from services.cases.procedure.queries import at_hand, procedure, version_in_force
from shared.ground.fields import FreeText, Words
from shared.ground.working_days import local_day
from shared.privacy.access import Action, Resource, allow, reach
from shared.web.forms import Filling, refusals_beside, starting
from shared.web.sheets import A_SHEET, new_id
from shared.web.web import RequestContext, Running
from shared.web.website import go_to, page
from shared.words.language import marked

pages = APIRouter(prefix="/procedure", include_in_schema=False)


class _Move(BaseModel):
    id: UUID
    procedure_version: fields.ProcedureVersion
    reason: Words = ""


@pages.get("/versions/{version}/moves", openapi_extra={"x-action": Action.WORK_ON_CASE}, dependencies=[A_SHEET])
async def show_moving(request: Request, version: str, context: RequestContext, service: Running) -> HTMLResponse:
    """How many cases that are not over follow a version, and the form that moves them."""
    association = context.actor.association
    allow(context, Action.WORK_ON_CASE, Resource(association=association))
    async with service.read() as connection:
        await procedure(service.memo, at_hand(connection), association, version)
        version_today = await version_in_force(connection, association, local_day(context.at))
        in_force = await procedure(service.memo, at_hand(connection), association, version_today)
        count = await count_under(connection, reach(context, Action.WORK_ON_CASE), version)
    return page(
        request,
        "moving.html",
        version=version,
        in_force=in_force.version,
        may_move=context.actor.role in in_force.movers(service.staff.roles_in(association)),
        count=count,
        at_once=MOVED_AT_ONCE,
        form=starting(id=new_id(request), procedure_version=in_force.version),
    )


@pages.post("/versions/{version}/moves", openapi_extra={"x-action": Action.WORK_ON_CASE})
async def move_from_page(request: Request, version: str, context: RequestContext, service: Running, form: Filling) -> Response:
    """Move them, so many at once; the page shows how many are left."""
    association = context.actor.association
    allow(context, Action.WORK_ON_CASE, Resource(association=association))
    async with refusals_beside(form, lambda: show_moving(request, version, context, service)):
        sent = form.read(_Move)
        async with service.read() as connection:
            found = await cases_under(connection, reach(context, Action.WORK_ON_CASE), version, limit=MOVED_AT_ONCE)
        cases = [one.case_id for one in found]
        await move_each(service, cases, to=sent.procedure_version, reason=FreeText(sent.reason), id=sent.id, context=context)
    return go_to(f"/cases/procedure/versions/{version}/moves", notice=marked("Sagerne følger nu den procedure, der gælder."))
