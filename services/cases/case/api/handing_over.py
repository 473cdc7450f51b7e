"""Handing over as JSON."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from services.cases.case.commands.handing_over import HandOver, hand_over
from services.cases.case.queries.carried import some_are_kept_from
from shared.ground.described import Described
from shared.privacy.access import Action, Resource, allow, reach
from shared.web.web import RequestContext, Running

router = APIRouter(prefix="/api/hand-overs", tags=["cases"])


class HandedOverJson(Described):
    """What came of one case."""

    case_id: UUID
    """The case."""
    done: bool
    """Whether it is the other's now."""
    reason: str
    """Why not, in Danish; empty when it is."""


class HandOverJson(Described):
    """What came of each case."""

    cases: list[HandedOverJson]
    """Cases."""
    some_are_left: bool
    """Whether the one who handed over keeps out of others that are still there: another lead or the director sees to them."""
    handler_is_away: bool
    """Whether the one who has them now is away."""


@router.post("", openapi_extra={"x-action": Action.HAND_OVER})
async def post_hand_over(body: HandOver, context: RequestContext, service: Running) -> HandOverJson:
    """Hand over all open cases of a colleague, or those that are named; the answer says of each whether it is done, and else why not."""
    allow(context, Action.HAND_OVER, Resource(association=context.actor.association))
    done = await hand_over(body, context, service)
    async with service.read() as connection:
        some_are_left = await some_are_kept_from(connection, reach(context, Action.WORK_ON_CASE), body.giver)
    handler = service.staff.within(context.actor.association).person(body.handler)
    return HandOverJson(
        cases=[HandedOverJson(case_id=one.case_id, done=not one.refusal, reason=one.refusal) for one in done],
        some_are_left=some_are_left,
        handler_is_away=handler is not None and handler.absence(context.at) is not None,
    )
