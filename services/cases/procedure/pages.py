"""The procedure in force, for everybody who follows it, and the form that adopts a new one."""

from __future__ import annotations

from typing import Any

import asyncpg
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from services.cases.procedure.queries import current_procedure, procedure, versions
from services.cases.procedure.rules.document import Step
from shared.ground.errors import NotFound
from shared.ground.provenance import Asked
from shared.ground.working_days import local_day
from shared.history.service import Service
from shared.privacy.access import Action, Resource, allow, can
from shared.web.forms import Filling, refusals_beside
from shared.web.web import Asking, Running, staff_of
from shared.web.website import go_to, page
from shared.words.labels import Label
from shared.words.language import language_of, marked

pages = APIRouter(prefix="/procedure", include_in_schema=False)

STEPS: dict[Step, Label] = {
    Step.SEE: Label("Se bekymringen", "See the concern"),
    Step.TRIAGE: Label("Vurdere", "Assess"),
    Step.DISMISS: Label("Beslutte, at det ikke er en sag", "Decide that it is not a case"),
    Step.OPEN: Label("Oprette sagen", "Open the case"),
    Step.ASSIGN: Label("Give sagen til en anden", "Assign the case"),
    Step.CHANGE_SEVERITY: Label("Rette alvor", "Change severity"),
    Step.CONTACT: Label("Kontakte beboeren", "Contact the resident"),
    Step.ASK_LEAVE: Label("Spørge om lov", "Ask for leave"),
    Step.REFER: Label("Give det videre", "Refer"),
    Step.RECORD_ANSWER: Label("Notere et svar", "Record an answer"),
    Step.ORDER_DAMAGE_SERVICE: Label("Bestille skadesservice", "Order the damage service"),
    Step.PLAN_ACCOMPANIMENT: Label("Aftale et møde med et kendt ansigt", "Arrange an accompanied meeting"),
    Step.ACCOMPANY: Label("Gå med som kendt ansigt", "Come along as a known face"),
    Step.FOLLOW_UP: Label("Følge op", "Follow up"),
    Step.NOTE: Label("Skrive et notat", "Write a note"),
    Step.KEEP_AN_EYE: Label("Holde øje", "Keep an eye"),
    Step.RESIDENT_DETAILS: Label("Notere beboerens navn og telefon", "Note the resident's name and telephone"),
    Step.INFORM_CARETAKER: Label("Give viceværten besked", "Tell the caretaker"),
    Step.CLOSE: Label("Lukke sagen", "Close the case"),
    Step.REOPEN: Label("Genåbne sagen", "Reopen the case"),
}


class _Adoption(BaseModel):
    text: str


@pages.get("", openapi_extra={"x-action": Action.READ_PROCEDURE})
async def show_procedure(request: Request, asked: Asking, service: Running) -> HTMLResponse:
    """What is in force today, and every version there was."""
    allow(asked, Action.READ_PROCEDURE, Resource(association=asked.actor.association))
    async with service.read() as rows:
        adopted = await versions(rows, asked.actor.association)
        version = await _in_force(rows, asked)
        current = await procedure(rows, asked.actor.association, version) if version else None
    return _page(request, asked, service, shown=current.document if current else None, adopted=adopted, is_current=True)


@pages.get("/versions/{version}", openapi_extra={"x-action": Action.READ_PROCEDURE})
async def show_version(request: Request, version: str, asked: Asking, service: Running) -> HTMLResponse:
    """One version, which may be over: cases stay under the one they began with."""
    allow(asked, Action.READ_PROCEDURE, Resource(association=asked.actor.association))
    async with service.read() as rows:
        shown = await procedure(rows, asked.actor.association, version)
        adopted = await versions(rows, asked.actor.association)
        today = await _in_force(rows, asked)
    return _page(request, asked, service, shown=shown.document, adopted=adopted, is_current=shown.version == today)


@pages.get("/adoption", openapi_extra={"x-action": Action.ADOPT_PROCEDURE})
async def show_adoption(request: Request, asked: Asking, service: Running) -> HTMLResponse:
    """The form for a new version."""
    allow(asked, Action.ADOPT_PROCEDURE, Resource(association=asked.actor.association))
    return page(request, "adoption.html")


@pages.post("/adoption", openapi_extra={"x-action": Action.ADOPT_PROCEDURE})
async def adopt_from_page(request: Request, asked: Asking, service: Running, form: Filling) -> Response:
    """Adopt it, or show every mistake with its line beside what was typed."""
    allow(asked, Action.ADOPT_PROCEDURE, Resource(association=asked.actor.association))
    async with refusals_beside(form, lambda: show_adoption(request, asked, service)):
        await service.do(adopt_procedure, AdoptProcedure(text=form.read(_Adoption).text), asked)
    return go_to("/cases/procedure", notice=marked("Proceduren er vedtaget."))


async def _in_force(rows: asyncpg.Connection[Any], asked: Asked) -> str:
    """The version of today; empty before the first one takes effect."""
    try:
        return (await current_procedure(rows, asked.actor.association, local_day(asked.at))).version
    except NotFound:
        return ""


def _page(request: Request, asked: Asked, service: Service, **values: object) -> HTMLResponse:
    language = language_of(request)
    return page(
        request,
        "procedure.html",
        **values,
        steps=[(step, getattr(words, language)) for step, words in STEPS.items()],
        severities=("acute", "high", "medium", "low"),
        today=local_day(asked.at),
        name_of=staff_of(service).name_of,
        may_adopt=can(asked.actor, Action.ADOPT_PROCEDURE, Resource(association=asked.actor.association), asked.purpose),
    )
