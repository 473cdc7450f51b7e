"""Handing over as JSON."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from services.cases.case.commands import HandOver, hand_over
from shared.ground.described import Described
from shared.privacy.access import Action, Resource, allow
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


@router.post("", openapi_extra={"x-action": Action.HAND_OVER})
async def post_hand_over(body: HandOver, context: RequestContext, service: Running) -> HandOverJson:
    """Hand over all open cases of a colleague, or those that are named; the answer says of each whether it is done, and else why not."""
    allow(context, Action.HAND_OVER, Resource(association=context.actor.association))
    done = await hand_over(body, context, service)
    return HandOverJson(cases=[HandedOverJson(case_id=one.case_id, done=not one.refusal, reason=one.refusal) for one in done])
