"""Broken glasses as JSON; a checker states the purpose in the header `Brobygger-Purpose`."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, ConfigDict, Field

from services.cases.audit.api import LookJson
from services.cases.glass.queries import BrokenGlass, glass_broken, glasses_of, looked_at, own_glasses
from services.cases.glass.steps import break_glass_once, keys_to, mend, review
from shared.ground.described import Described
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow
from shared.web.pagination import MOST_ROWS, PAGE_SIZE
from shared.web.web import RequestContext, Running
from shared.words.code import one_of
from shared.words.vocabulary.checking import GlassVerdict
from shared.words.vocabulary.people import Look, Relation

router = APIRouter(prefix="/api/glasses", tags=["glasses"])

Limit = Annotated[int, Query(ge=1, le=MOST_ROWS)]


class GlassIn(Described):
    """Which case has to be read now, and why."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    """Made by whoever asks: sent again, it is one time."""
    case_id: UUID
    """The case, as somebody told its id."""
    reason: str
    """Why, in words of their own; sealed before it is stored."""


class OpenedJson(Described):
    """The glass is broken."""

    break_id: UUID
    """This one time."""
    until: AwareDatetime
    """Until when the case can be read."""


class VerdictIn(Described):
    """Whether it was right."""

    model_config = ConfigDict(extra="forbid")

    verdict: Annotated[str, Field(max_length=40, json_schema_extra=one_of(GlassVerdict))]
    """What is said of it. What was not right ends at once."""
    words: str
    """Why; sealed before it is stored."""


class GlassJson(Described):
    """One time somebody broke a glass."""

    break_id: UUID
    """This one time."""
    case_id: UUID
    """The case."""
    who: str
    """Who did: an opaque staff id."""
    on_behalf_of: str
    """Whom they stood in for; empty otherwise."""
    broken_at: AwareDatetime
    """When."""
    until: AwareDatetime
    """Until when the case could be read through it."""
    review_due: AwareDatetime | None
    """Until when it is to be reviewed; null where the case was erased."""
    late: bool
    """Whether nobody reviewed it in time."""
    verdict: str
    """What was said of it; empty until somebody did."""
    reviewed_by: str
    """Who said so: an opaque staff id; empty until then."""
    reviewed_at: AwareDatetime | None
    """When."""


class GlassInFullJson(GlassJson):
    """The same with what was written, and everything that was looked at through it."""

    reason: str | None
    """Why; null where it was erased, and for an auditor, who sees that there is one."""
    words: str | None
    """What the reviewer wrote; likewise, and null until then."""
    looks: list[LookJson]
    """What was looked at, the first one first."""


class GlassesJson(Described):
    """Broken glasses."""

    glasses: list[GlassJson]
    """Each time."""


@router.post("", status_code=201, openapi_extra={"x-action": Action.BREAK_GLASS})
async def post_glass(body: GlassIn, context: RequestContext, service: Running) -> OpenedJson:
    """Read a case for three hours that is none of one's own. Others are told at once, and review it."""
    opened = await break_glass_once(id=body.id, case_id=body.case_id, reason=body.reason, context=context, service=service)
    return OpenedJson.model_validate(opened)


@router.post("/{break_id}/done", status_code=204, openapi_extra={"x-action": Action.BREAK_GLASS})
async def post_done(break_id: UUID, context: RequestContext, service: Running) -> Response:
    """Be done before the three hours are over; said again it is no news."""
    await mend(break_id, context, service)
    return Response(status_code=204)


@router.get("", openapi_extra={"x-action": Action.READ_GLASSES})
async def list_glasses(context: RequestContext, service: Running, limit: Limit = PAGE_SIZE) -> GlassesJson:
    """Who broke a glass in the association: first those that wait to be reviewed. Reading this is noted."""
    allow(context, Action.READ_GLASSES, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await glasses_of(connection, context, limit=limit)
        await log_access(connection, context, action=Look.READ_GLASSES, relation=Relation.ASSOCIATION)
    return GlassesJson(glasses=[GlassJson(**_facts(one)) for one in found])


@router.get("/own", openapi_extra={"x-action": Action.BREAK_GLASS})
async def list_own_glasses(context: RequestContext, service: Running, limit: Limit = PAGE_SIZE) -> GlassesJson:
    """What one broke oneself, the newest first."""
    allow(context, Action.BREAK_GLASS, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await own_glasses(connection, context, limit=limit)
    return GlassesJson(glasses=[GlassJson(**_facts(one)) for one in found])


@router.get("/{break_id}", openapi_extra={"x-action": Action.READ_GLASSES})
async def read_glass(break_id: UUID, context: RequestContext, service: Running) -> GlassInFullJson:
    """Why somebody broke a glass, and what they looked at; reading this is noted."""
    allow(context, Action.READ_GLASSES, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await glass_broken(connection, context, break_id)
        looks = await looked_at(connection, found, association=context.actor.association)
        await log_access(connection, context, action=Look.READ_GLASS, about=found.case_id, relation=Relation.ASSOCIATION)
    keyring = await keys_to(found, context, service)
    return GlassInFullJson(
        **_facts(found),
        reason=keyring.opened(found.reason) if keyring else None,
        words=keyring.opened(found.words) if keyring else None,
        looks=[LookJson.model_validate(look) for look in looks],
    )


@router.post("/{break_id}/review", status_code=204, openapi_extra={"x-action": Action.REVIEW_GLASS})
async def post_review(break_id: UUID, body: VerdictIn, context: RequestContext, service: Running) -> Response:
    """Say whether it was right: a lead or the data protection officer, and never who did it."""
    await review(break_id, verdict=body.verdict, words=body.words, context=context, service=service)
    return Response(status_code=204)


def _facts(found: BrokenGlass) -> dict[str, object]:
    return {name: getattr(found, name) for name in GlassJson.model_fields if name != "late"} | {"late": found.is_late}
