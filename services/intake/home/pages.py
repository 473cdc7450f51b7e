"""The pages on which the right home of a case is found, or the new one: the register is here, the case is not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from services.intake.home.queries import (
    EstateRow,
    HomeRow,
    Let,
    day_seen,
    estate_called,
    estates_within,
    homes_let_on,
    may_choose,
    right_home,
)
from shared.ground.errors import NotFound, Refusal
from shared.ground.provenance import Context
from shared.ground.working_days import local_day
from shared.history.service import Service
from shared.privacy.access import Action, reach
from shared.web.forms import Filled, Filling, refusals_beside, starting
from shared.web.sheets import id_of_button
from shared.web.web import RequestContext, Running
from shared.web.website import page

pages = APIRouter(include_in_schema=False)

Estate = Annotated[str, Query(max_length=64)]


class RightHomeIsNotChosen(Refusal):
    """Der er ikke valgt en bolig."""

    field = "home_id"
    next_step = "Vælg den på listen. Se efter etage og side."


class ChosenHome(BaseModel):
    """Which home it is said to be."""

    version: int = 0
    estate: str = ""
    home_id: UUID | None = None


class Seeks(StrEnum):
    """Which home of a case is looked for."""

    RIGHT = "right"
    """It stood on the wrong one (S14): whoever lived there on the day it was seen is whom it is about."""
    NEW = "new"
    """The resident moved there (S13): whoever lives there today."""


@pages.get("/right-home/{case_id:uuid}", openapi_extra={"x-action": Action.CORRECT_PERSON})
async def show_right_home(
    request: Request, case_id: UUID, context: RequestContext, service: Running, version: int = 0, estate: Estate = ""
) -> HTMLResponse:
    """First the estate, then the home, by the search that also observations are made with."""
    asked = ChosenHome(version=version, estate=estate)
    return await _page(request, case_id, Seeks.RIGHT, asked, context, service, form=starting())


@pages.post("/right-home/{case_id:uuid}", openapi_extra={"x-action": Action.CORRECT_PERSON})
async def choose_right_home(request: Request, case_id: UUID, context: RequestContext, service: Running, form: Filling) -> Response:
    """The home that was chosen, and one button that sends the case there."""
    return await _choice(request, case_id, Seeks.RIGHT, context, service, form)


@pages.get("/new-home/{case_id:uuid}", openapi_extra={"x-action": Action.WORK_ON_CASE})
async def show_new_home(
    request: Request, case_id: UUID, context: RequestContext, service: Running, version: int = 0, estate: Estate = ""
) -> HTMLResponse:
    """The same of the home that the resident of a case moved to."""
    asked = ChosenHome(version=version, estate=estate)
    return await _page(request, case_id, Seeks.NEW, asked, context, service, form=starting())


@pages.post("/new-home/{case_id:uuid}", openapi_extra={"x-action": Action.WORK_ON_CASE})
async def choose_new_home(request: Request, case_id: UUID, context: RequestContext, service: Running, form: Filling) -> Response:
    """The home that was chosen, and one button with which the case goes along."""
    return await _choice(request, case_id, Seeks.NEW, context, service, form)


async def _choice(request: Request, case_id: UUID, seeks: Seeks, context: Context, service: Service, form: Filled) -> Response:
    """The home that was chosen, and one button that sends the case there, in the version of it that somebody looked at.

    What is chosen is posted, so that no address of a page leads to a home; nothing is changed by it.
    """
    asked = ChosenHome(estate=form.value("estate"))
    async with refusals_beside(form, lambda: _page(request, case_id, seeks, asked, context, service)):
        asked = form.read(ChosenHome)
        return await _page(request, case_id, seeks, asked, context, service, form=form, is_chosen=True)


async def _page(
    request: Request,
    case_id: UUID,
    seeks: Seeks,
    asked: ChosenHome,
    context: Context,
    service: Service,
    *,
    is_chosen: bool = False,
    **values: Filled,
) -> HTMLResponse:
    association, today = context.actor.association, local_day(context.at)
    may_choose(context, is_new=seeks is Seeks.NEW)
    async with service.read() as connection:
        estates = await estates_within(connection, reach(context, Action.READ_REGISTER))
        estate = await estate_called(connection, association, asked.estate) if asked.estate else None
        if asked.estate and estate is None:
            raise NotFound("Estate", asked.estate)
        homes: Sequence[tuple[HomeRow, Let]] = ()
        if estate:
            day = today if seeks is Seeks.NEW else await day_seen(connection, association, case_id, otherwise=today)
            homes = await homes_let_on(connection, association, estate.estate_id, day=day)
    chosen = _chosen(homes, asked.home_id) if is_chosen else None
    streets = [(street, list(group)) for street, group in groupby((home for home, _ in homes), key=lambda home: home.street)]
    return page(
        request,
        "right_home.html",
        case_id=case_id,
        version=asked.version,
        is_new=seeks is Seeks.NEW,
        estates=estates,
        estate=estate,
        streets=streets,
        chosen=chosen,
        new_id=id_of_button(request, case_id, seeks, asked.home_id, version=asked.version),
        word=_word(*chosen, estate, case_id, context, service) if chosen and estate else "",
        **values,
    )


def _word(home: HomeRow, let: Let, estate: EstateRow, case_id: UUID, context: Context, service: Service) -> str:
    """The register's word for it, so that cases can tell that nobody made it up."""
    secret, day = service.vault.fingerprinting, local_day(context.at)
    said, association = right_home(home, let, estate), context.actor.association
    return said.word(is_protected=let.is_protected, secret=secret, association=association, case_id=case_id, day=day)


def _chosen(homes: Sequence[tuple[HomeRow, Let]], home_id: UUID | None) -> tuple[HomeRow, Let]:
    found = next((one for one in homes if one[0].home_id == home_id), None)
    if found is None:
        raise RightHomeIsNotChosen
    return found
