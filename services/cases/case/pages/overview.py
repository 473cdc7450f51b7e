"""The overview: how much there is to do, each number with the list it counts."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from services.cases.case.pages.queue_links import queue_link
from services.cases.case.queries.overview import Number, overview_for
from services.cases.case.queries.queue import estates_with_cases
from shared.ground.working_days import local_day
from shared.privacy.access import Action, reach
from shared.web.web import RequestContext, Running
from shared.web.website import page
from shared.words.vocabulary.case import Status
from shared.words.vocabulary.waiting import Lack

pages = APIRouter(include_in_schema=False)

ALWAYS = (Status.RAISED, Status.TRIAGED, Status.OPEN)
"""Shown also where there is none; what has ended stands in the queue only while something of it is left to do."""


@pages.get("/overview", openapi_extra={"x-action": Action.READ_OVERVIEW})
async def show_overview(
    request: Request,
    context: RequestContext,
    service: Running,
    estate: Annotated[str, Query(max_length=64)] = "",
    mine: bool = False,
) -> HTMLResponse:
    """The queue in numbers, exact and as it is now."""
    found = await overview_for(context, service, estate=estate, mine=mine)
    within = reach(context, Action.READ_CASE)
    async with service.read() as connection:
        estates = await estates_with_cases(connection, within)
    staff = service.staff.within(context.actor.association)
    today = local_day(context.at)
    return page(
        request,
        "overview.html",
        found=found,
        statuses={status: number for status, number in found.statuses.items() if status in ALWAYS or number.cases},
        load=sorted(found.load, key=lambda one: (-one.queue.cases, staff.name_of(one.handler))),
        name_of=staff.name_of,
        away={one.id for one in staff.everybody() if one.absence(context.at)},
        ended_of_nobody=found.nobodys.queue.cases - found.lacks[Lack.HANDLER].cases,
        left={one.handler for one in found.load if staff.person(one.handler) is None},
        link=lambda number: queue_link(number.filters),
        days=lambda number: _days(number, today),
        at=context.at,
        estates=estates,
        estate=estate,
        mine=mine,
        is_all=within.estates is None,
    )


def _days(number: Number, today: date) -> int:
    """How many days the oldest has been there, or is overdue."""
    return (today - local_day(number.since)).days if number.since else 0
