"""The procedure in force, for everybody who follows it, and the form that adopts a new one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import asyncpg
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from services.cases.procedure.queries import AdoptedVersion, at_hand, procedure, version_in_force, versions
from services.cases.procedure.rules.in_force import ProcedureInForce
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.ground.spoken import short_day, short_moment
from shared.ground.working_days import local_day
from shared.history.service import Service
from shared.privacy.access import Action, Resource, allow, can
from shared.privacy.staff import StaffDirectory
from shared.web.forms import Filling, refusals_beside
from shared.web.web import RequestContext, Running
from shared.web.website import Cell, LinkTo, go_to, page
from shared.words.labels import label, said
from shared.words.language import Language, language_of, marked, translated
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.waiting import DeadlineKind

pages = APIRouter(prefix="/procedure", include_in_schema=False)


class _Adoption(BaseModel):
    text: str


@pages.get("", openapi_extra={"x-action": Action.READ_PROCEDURE})
async def show_procedure(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """What is in force today, and every version there was."""
    allow(context, Action.READ_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        adopted = await versions(connection, context.actor.association)
        version = await _in_force(connection, context)
        shown = await procedure(service.memo, at_hand(connection), context.actor.association, version) if version else None
    return _page(request, context, service, shown, adopted=adopted, is_current=True)


@pages.get("/versions/{version}", openapi_extra={"x-action": Action.READ_PROCEDURE})
async def show_version(request: Request, version: str, context: RequestContext, service: Running) -> HTMLResponse:
    """One version, which may be over: cases stay under the one they began with."""
    allow(context, Action.READ_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        shown = await procedure(service.memo, at_hand(connection), context.actor.association, version)
        adopted = await versions(connection, context.actor.association)
        today = await _in_force(connection, context)
    return _page(request, context, service, shown, adopted=adopted, is_current=shown.version == today)


@pages.get("/adoption", openapi_extra={"x-action": Action.ADOPT_PROCEDURE})
async def show_adoption(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """The form for a new version."""
    allow(context, Action.ADOPT_PROCEDURE, Resource(association=context.actor.association))
    return page(request, "adoption.html")


@pages.post("/adoption", openapi_extra={"x-action": Action.ADOPT_PROCEDURE})
async def adopt_from_page(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Adopt it, or show every mistake with its line beside what was typed."""
    allow(context, Action.ADOPT_PROCEDURE, Resource(association=context.actor.association))
    async with refusals_beside(form, lambda: show_adoption(request, context, service)):
        await service.do(adopt_procedure, AdoptProcedure(text=form.read(_Adoption).text), context)
    return go_to("/cases/procedure", notice=marked("Proceduren er vedtaget."))


async def _in_force(connection: asyncpg.Connection[Any], context: Context) -> str:
    """The version of today; empty before the first one takes effect."""
    try:
        return await version_in_force(connection, context.actor.association, local_day(context.at))
    except NotFound:
        return ""


def _page(
    request: Request,
    context: Context,
    service: Service,
    shown: ProcedureInForce | None,
    *,
    adopted: Iterable[AdoptedVersion],
    is_current: bool,
) -> HTMLResponse:
    language = language_of(request)
    return page(
        request,
        "procedure.html",
        is_current=is_current,
        adopted=_adopted(adopted, service.staff.within(context.actor.association), language),
        shown=shown.document if shown else None,
        kinds=[said(kind.label, language) for kind in DeadlineKind],
        clocks=_clocks(shown, language) if shown else [],
        takers=_takers(shown, language) if shown else [],
        today=local_day(context.at),
        contacts=_contacts(shown, language) if shown else {},
        may_adopt=can(context.actor, Action.ADOPT_PROCEDURE, Resource(association=context.actor.association), context.purpose),
    )


def _clocks(shown: ProcedureInForce, language: Language) -> list[list[str]]:
    """For each severity how long each clock runs, and after how many days somebody looks again."""
    return [
        [
            said(severity.label, language),
            *(shown.clock(kind, severity).in_danish for kind in DeadlineKind),
            f"{', '.join(map(str, shown.follow_up_days(severity)))} {translated(marked('dage'), language)}",
        ]
        for severity in Severity
    ]


def _takers(shown: ProcedureInForce, language: Language) -> list[list[str]]:
    """For each step the people who may take it; that the system may too is left out."""
    return [
        [
            said(step.label, language),
            _named(shown.takers(step), language) + _stepping_in(shown, step, language),
        ]
        for step in Step
    ]


def _named(roles: Iterable[str], language: Language) -> str:
    return ", ".join(label(role, "roles", language=language) for role in roles if role != Role.SYSTEM)


def _stepping_in(shown: ProcedureInForce, step: Step, language: Language) -> str:
    """Who takes it when nobody has in time."""
    stand_in = shown.document.stand_in.get(step)
    if stand_in is None:
        return ""
    who, span = _named(stand_in.roles, language), stand_in.after.in_danish
    return translated(marked("; efter %(span)s også %(who)s"), language, {"span": span, "who": who.lower()})


def _contacts(shown: ProcedureInForce, language: Language) -> dict[str, list[list[str]]]:
    """For each municipality whom to turn to, and how long an answer may take."""
    return {
        municipality: [
            [label(target, "targets", language=language), to.unit, to.phone, to.hours, shown.answer(target, municipality).in_danish]
            for target, to in agreement.contacts.items()
        ]
        for municipality, agreement in shown.document.municipalities.items()
    }


def _adopted(versions: Iterable[AdoptedVersion], staff: StaffDirectory, language: Language) -> list[list[Cell]]:
    return [
        [
            LinkTo(one.version, f"/cases/procedure/versions/{one.version}"),
            short_day(one.effective_on, language=language),
            short_moment(one.adopted_at, language=language),
            staff.name_of(one.adopted_by),
            one.digest[:12],
        ]
        for one in versions
    ]
