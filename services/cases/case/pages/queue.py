"""The queue: one list of everything that waits, ordered by its clock."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.cases.case.queries.queue import Filters, counted, estates_with_cases, queue
from services.cases.case.rules.protection import shows_address
from services.cases.procedure.queries import waiting_for_one
from shared.ground.working_days import local_day, working_days_between
from shared.messaging.access_log import log_access
from shared.privacy.access import CHECKERS, Action, Resource, allow, reach
from shared.web.pagination import PAGE_SIZE
from shared.web.web import RequestContext, Running, carried_purpose, cursors_of
from shared.web.website import page
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import Look, Relation
from shared.words.vocabulary.waiting import QueueSection

pages = APIRouter(include_in_schema=False)

SEVERITIES = tuple(Severity)
Choice = Annotated[str, Query(max_length=64)]


@pages.get("/", openapi_extra={"x-action": Action.READ_QUEUE})
async def show_queue(
    request: Request,
    context: RequestContext,
    service: Running,
    severity: Choice = "",
    estate: Choice = "",
    section: Choice = "",
    mine: Choice = "",
    ended: Choice = "",
    cursor: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """What is acute, overdue, due today, later, and waiting for others; each case is in one place."""
    allow(context, Action.READ_QUEUE, Resource(association=context.actor.association))
    cursors = cursors_of(service, list_name="queue")
    within = reach(context, Action.READ_CASE)
    filters = Filters(
        severities=(severity,) if severity in SEVERITIES else (),
        estate=estate,
        mine=context.actor.is_for if mine else (),
        section=next((one for one in QueueSection if one == section), None),
        ended=bool(ended),
    )
    async with service.read() as connection:
        found = await queue(connection, within, at=context.at, filters=filters, after=cursors.read(cursor), limit=PAGE_SIZE)
        counts = await counted(connection, within, at=context.at)
        estates = await estates_with_cases(connection, within)
        without_procedure = await waiting_for_one(connection, context.actor.association, on=local_day(context.at))
        seen = {one.case_id: one.relation_of(context.actor) for one in found[:PAGE_SIZE]}
        await log_access(connection, context, action=Look.READ_QUEUE, relation=Relation.ASSOCIATION, shown=seen)
    shown = cursors.page(found, limit=PAGE_SIZE, keyset_of=lambda waiting: waiting.keyset)
    with_addresses = context.actor.role not in CHECKERS
    protected = {one.case_id for one in shown.rows if not shows_address(one, context.actor)}
    placed = [one for one in shown.rows if one.address and one.case_id not in protected]
    keyring = await service.keyring(waiting.address for waiting in placed) if with_addresses else None
    purpose = carried_purpose(context)
    chosen = {"severity": severity, "estate": estate, "section": section, "mine": mine, "ended": ended, "formaal": purpose.code}
    today = local_day(context.at)
    return page(
        request,
        "queue.html",
        groups=[(section, list(rows)) for section, rows in groupby(shown.rows, key=lambda waiting: waiting.section)],
        addresses={one.case_id: keyring.open(one.address) for one in placed if one.address} if keyring else {},
        protected=protected,
        left={one.case_id: working_days_between(today, local_day(one.due_at)) for one in shown.rows if one.due_at},
        late={one.case_id for one in shown.rows if one.due_at and context.at > one.due_at},
        sections=list(QueueSection),
        without_procedure=without_procedure,
        counts=counts,
        estates=estates,
        severities=SEVERITIES,
        chosen=chosen,
        link=lambda **changed: _link({**chosen, **changed}),
        next=_link({**chosen, "cursor": shown.next}) if shown.next else "",
        name_of=service.staff.within(context.actor.association).name_of,
        purpose=purpose,
    )


def _link(chosen: dict[str, Any]) -> str:
    """The address of the queue with these choices; what is not chosen is left out."""
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"/cases/?{query}" if query else "/cases/"
