"""Moving every open case of one version of the procedure to the one in force, as JSON."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from pydantic import ConfigDict

from services.cases.case.commands.moving import move_each
from services.cases.case.queries.pinned import cases_under, count_under
from services.cases.case.rules import fields
from services.cases.case.rules.pinned import MOVED_AT_ONCE
from services.cases.procedure.queries import at_hand, procedure
from shared.ground.described import Described
from shared.ground.fields import FreeText, Words
from shared.privacy.access import Action, Resource, allow, reach
from shared.web.web import RequestContext, Running

router = APIRouter(prefix="/api/procedure", tags=["procedure"])


class Move(Described):
    """To which version, and why."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    """Made by the one who asks: sent again, it is done once."""
    procedure_version: fields.ProcedureVersion
    """The version in force."""
    reason: Words


class MovedJson(Described):
    """How far it came."""

    moved: int
    """So many cases follow the version in force now, each by an event of its own."""
    left: int
    """So many still follow the other one: send another request."""


@router.post("/versions/{version}/moves", openapi_extra={"x-action": Action.WORK_ON_CASE})
async def move_cases(version: str, body: Move, context: RequestContext, service: Running) -> MovedJson:
    """Move the cases that are not over and follow this version to the one in force, the oldest first."""
    association = context.actor.association
    allow(context, Action.WORK_ON_CASE, Resource(association=association))
    async with service.read() as connection:
        await procedure(service.memo, at_hand(connection), association, version)
        found = await cases_under(connection, reach(context, Action.WORK_ON_CASE), version, limit=MOVED_AT_ONCE)
    cases = [one.case_id for one in found]
    moved = await move_each(service, cases, to=body.procedure_version, reason=FreeText(body.reason), id=body.id, context=context)
    async with service.read() as connection:
        return MovedJson(moved=moved, left=await count_under(connection, reach(context, Action.WORK_ON_CASE), version))
