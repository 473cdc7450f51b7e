"""The page on which the right home of a case is found, when it was about the wrong one: the register is here, the case is not."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from uuid_utils.compat import uuid7

from services.intake.home.queries import EstateRow, HomeRow, estate_called, estates_within, homes_let_on, right_home
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.ground.working_days import local_day
from shared.history.service import Service
from shared.privacy.access import Action, Resource, allow, reach
from shared.web.web import RequestContext, Running
from shared.web.website import page

pages = APIRouter(include_in_schema=False)

Estate = Annotated[str, Query(max_length=64)]


@pages.get("/right-home/{case_id:uuid}", openapi_extra={"x-action": Action.CORRECT_PERSON})
async def show_right_home(
    request: Request, case_id: UUID, context: RequestContext, service: Running, version: int = 0, estate: Estate = ""
) -> HTMLResponse:
    """First the estate, then the home: its button sends the case there, in the version of it that somebody looked at."""
    association = context.actor.association
    allow(context, Action.CORRECT_PERSON, Resource(association=association))
    async with service.read() as connection:
        estates = await estates_within(connection, reach(context, Action.READ_REGISTER))
        chosen = await estate_called(connection, association, estate) if estate else None
        if estate and chosen is None:
            raise NotFound("Estate", estate)
        homes = await homes_let_on(connection, association, estate, day=local_day(context.at)) if chosen else ()
    return page(
        request,
        "right_home.html",
        case_id=case_id,
        version=version,
        estates=estates,
        estate=chosen,
        homes=[(home, tenancy, uuid7(), _word(home, tenancy, chosen, case_id, context, service)) for home, tenancy in homes if chosen],
    )


def _word(home: HomeRow, tenancy: UUID | None, estate: EstateRow, case_id: UUID, context: Context, service: Service) -> str:
    """The register's word for it, so that cases can tell that nobody made it up."""
    secret, day = service.vault.fingerprinting, local_day(context.at)
    return right_home(home, tenancy, estate).word(secret=secret, association=context.actor.association, case_id=case_id, day=day)
