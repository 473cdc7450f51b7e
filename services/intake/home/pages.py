"""The pages on which the right home of a case is found, or the new one: the register is here, the case is not."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from uuid_utils.compat import uuid7

from services.intake.home.queries import estate_called, estates_within, homes_let_on
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.ground.working_days import local_day
from shared.history.service import Service
from shared.privacy.access import Action, Resource, allow, reach
from shared.web.web import RequestContext, Running
from shared.web.website import page

pages = APIRouter(include_in_schema=False)

Estate = Annotated[str, Query(max_length=64)]


@pages.get("/right-home/{case_id:uuid}", openapi_extra={"x-action": Action.READ_REGISTER})
async def show_right_home(
    request: Request, case_id: UUID, context: RequestContext, service: Running, version: int = 0, estate: Estate = ""
) -> HTMLResponse:
    """The home of a case that stood on the wrong one."""
    found = await _homes(context, service, estate)
    return page(request, "right_home.html", case_id=case_id, version=version, **found, sends_to="wrong-person/right-person")


@pages.get("/new-home/{case_id:uuid}", openapi_extra={"x-action": Action.READ_REGISTER})
async def show_new_home(
    request: Request, case_id: UUID, context: RequestContext, service: Running, version: int = 0, estate: Estate = ""
) -> HTMLResponse:
    """The home that the resident of a case moved to."""
    found = await _homes(context, service, estate)
    return page(request, "right_home.html", case_id=case_id, version=version, **found, sends_to="steps/moving-along")


async def _homes(context: Context, service: Service, estate: str) -> dict[str, Any]:
    """First the estate, then the home: its button sends the case there, in the version of it that somebody looked at."""
    association = context.actor.association
    allow(context, Action.READ_REGISTER, Resource(association=association, estate=estate))
    async with service.read() as connection:
        estates = await estates_within(connection, reach(context, Action.READ_REGISTER))
        chosen = await estate_called(connection, association, estate) if estate else None
        if estate and chosen is None:
            raise NotFound("Estate", estate)
        homes = await homes_let_on(connection, association, estate, day=local_day(context.at)) if chosen else ()
    return {"estates": estates, "estate": chosen, "homes": [(home, tenancy, uuid7()) for home, tenancy in homes]}
