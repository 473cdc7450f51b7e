"""The access log and the chain as JSON; a checker states the purpose in the header `Brobygger-Purpose`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import ConfigDict
from starlette.responses import Response

from services.cases.audit.queries.chosen import Wanted
from services.cases.audit.queries.export import MOST, rows_of
from services.cases.audit.queries.log import LookNumber, read_log
from services.cases.audit.queries.verifying import verified_chain
from shared.ground.described import Described
from shared.ground.working_days import local_day
from shared.privacy.access import Action
from shared.web.pagination import MOST_ROWS, PAGE_SIZE
from shared.web.spreadsheet import written
from shared.web.web import RequestContext, Running
from shared.words.language import language_of
from shared.words.vocabulary.people import Look

router = APIRouter(prefix="/api/audit", tags=["audit"])

Limit = Annotated[int, Query(ge=1, le=MOST_ROWS)]
Before = Annotated[LookNumber | None, Query()]


class LookJson(Described):
    """Somebody looked: when, who, why, at what, and in which relation to it."""

    model_config = ConfigDict(from_attributes=True)

    position: int
    """Its place in the log; grows."""
    at: datetime
    """When; of what a list showed, the hour."""
    service: str
    """In which service."""
    actor: str
    """Who looked: an opaque staff id."""
    role: str
    """In which role."""
    purpose: str
    """Why."""
    action: str
    """What was done."""
    about: UUID | None
    """Which case, or another matter by its own id; null when it was about the association."""
    relation: str
    """What the one who looked has to do with it."""
    on_behalf_of: str
    """Whom they stood in for; empty otherwise."""
    selection: str
    """What they chose to see, as codes; empty where there is nothing to choose."""
    stands_out: bool
    """Whether they looked at a matter with which they have nothing to do but where they work."""


class LooksJson(Described):
    """Some looks, the newest first; `before` leads to the older ones, `null` at the end."""

    looks: list[LookJson]
    """Looks."""
    before: int | None
    """`before` of the next request."""


class BreakJson(Described):
    """A place where the chain does not hold."""

    model_config = ConfigDict(from_attributes=True)

    stream_id: UUID
    """The history that is broken: a case, or the procedure."""
    version: int
    """The event in it."""
    position: int
    """Its place among all events."""
    what: str
    """What does not fit."""


class ChainBeforeJson(Described):
    """A chain that ended when its streams were written anew."""

    model_config = ConfigDict(from_attributes=True)

    ended_at: datetime
    """When."""
    streams: int
    """How many histories it had."""
    events: int
    """How many events."""
    root: str
    """What its root was: compare it with what was noted before."""
    held: bool
    """Whether it held."""


class VerifiedJson(Described):
    """What a verification found; note `root` elsewhere and compare next time."""

    holds: bool
    """Whether nothing was changed."""
    streams: int
    """How many histories were looked at."""
    events: int
    """How many events."""
    root: str
    """A digest of all last hashes: the same as long as nothing is added or changed."""
    broken: list[BreakJson]
    """Every place that does not fit."""
    before: list[ChainBeforeJson]
    """The association's chains before this one, the newest first; empty for one stream."""


@router.get("/looks", openapi_extra={"x-action": Action.READ_ACCESS_LOG})
async def list_looks(
    context: RequestContext,
    service: Running,
    wanted: Annotated[Wanted, Depends()],
    case_id: UUID | None = None,
    before: Before = None,
    limit: Limit = PAGE_SIZE,
) -> LooksJson:
    """Who looked and why, in all services: in the association or at one case. Reading this is noted as well."""
    found = await read_log(context, service, wanted, about=case_id, before=before, limit=limit)
    shown = found[:limit]
    return LooksJson(looks=[LookJson.model_validate(look) for look in shown], before=shown[-1].position if len(found) > limit else None)


@router.get("/looks.csv", openapi_extra={"x-action": Action.READ_ACCESS_LOG}, response_class=Response)
async def looks_as_csv(
    request: Request, context: RequestContext, service: Running, wanted: Annotated[Wanted, Depends()], case_id: UUID | None = None
) -> Response:
    """The same as a semicolon-separated file with a heading, as Danish spreadsheets read it; fetching it is noted as well."""
    found = await read_log(context, service, wanted, about=case_id, limit=MOST, look=Look.EXPORT_ACCESS_LOG)
    staff = service.staff.within(context.actor.association)
    return Response(
        written(rows_of(found, staff, language_of(request))),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="brobygger-opslag-{local_day(context.at)}.csv"'},
    )


@router.get("/chain", openapi_extra={"x-action": Action.VERIFY_CHAIN})
async def verify_chain(context: RequestContext, service: Running, stream: UUID | None = None) -> VerifiedJson:
    """Recompute the chain of one case, or of everything in the association."""
    chain = await verified_chain(context, service, stream=stream)
    found = chain.found
    return VerifiedJson(
        holds=found.holds,
        streams=found.streams,
        events=found.events,
        root=found.root,
        broken=[BreakJson.model_validate(place) for place in found.broken],
        before=[ChainBeforeJson.model_validate(before) for before in chain.before],
    )
