"""The queue: one list of everything that waits, ordered by danger."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.cases.case.pages.queue_links import choices_of, queue_link
from services.cases.case.queries.chosen import QUEUE_CURSOR, Chosen
from services.cases.case.queries.glass import to_review
from services.cases.case.queries.queue import counted, estates_with_cases, queue
from services.cases.case.rules.protection import shows_address
from services.cases.procedure.queries import waiting_for_one
from shared.ground.working_days import local_day, working_days_between
from shared.messaging.access_log import log_access
from shared.privacy.access import CHECKERS, Action, Resource, allow, can, reach
from shared.web.pagination import PAGE_SIZE
from shared.web.web import RequestContext, Running, carried_purpose, cursors_of
from shared.web.website import page
from shared.words.language import language_of
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import Look, Relation
from shared.words.vocabulary.waiting import QueueSection

pages = APIRouter(include_in_schema=False)


@pages.get("/", openapi_extra={"x-action": Action.READ_QUEUE})
async def show_queue(
    request: Request, context: RequestContext, service: Running, chosen: Chosen, cursor: Annotated[str, Query(max_length=500)] = ""
) -> Response:
    """What is acute, unseen, overdue, due today, without a date, later, and waiting for others; each case is in one place."""
    association = Resource(association=context.actor.association)
    allow(context, Action.READ_QUEUE, association)
    cursors = cursors_of(service, list_name=QUEUE_CURSOR)
    within = reach(context, Action.READ_CASE)
    async with service.read() as connection:
        found = await queue(connection, within, at=context.at, filters=chosen, after=cursors.read(cursor), limit=PAGE_SIZE)
        counts = await counted(connection, within, at=context.at, filters=chosen)
        estates = await estates_with_cases(connection, within)
        glasses = await to_review(connection, context)
        without_procedure = await waiting_for_one(connection, context.actor.association, on=local_day(context.at))
        seen = {one.case_id: one.relation_of(context.actor) for one in found[:PAGE_SIZE]}
        await log_access(connection, context, action=Look.READ_QUEUE, relation=Relation.ASSOCIATION, shown=seen)
    shown = cursors.page(found, limit=PAGE_SIZE, keyset_of=lambda waiting: waiting.keyset)
    with_addresses = context.actor.role not in CHECKERS
    protected = {one.case_id for one in shown.rows if not shows_address(one, context.actor)}
    placed = [one for one in shown.rows if one.address and one.case_id not in protected]
    keyring = await service.keyring(waiting.address for waiting in placed) if with_addresses else None
    purpose = carried_purpose(context)
    today = local_day(context.at)
    name_of = service.staff.within(context.actor.association).name_of
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
        glasses=glasses,
        counts=counts,
        matching=counts[chosen.section] if chosen.section else sum(counts.values()),
        estates=estates,
        severities=tuple(Severity),
        chosen=chosen,
        choices=choices_of(chosen, name_of, language_of(request)),
        link=lambda **changed: queue_link(chosen, purpose.code, **changed),
        next=queue_link(chosen, purpose.code, cursor=shown.next) if shown.next else "",
        name_of=name_of,
        purpose=purpose,
        may_read_overview=can(context.actor, Action.READ_OVERVIEW, association, context.purpose),
    )
