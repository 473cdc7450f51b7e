"""Handing over: many cases of one colleague to another at once, and what came of each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from services.cases.case.commands.handing_over import HandOver, NoCaseIsChosen, hand_over
from services.cases.case.pages.words import PROTECTED, Words
from services.cases.case.queries.carried import Carried, carried_by, carriers, cases_named, some_are_kept_from
from services.cases.case.queries.history import relation
from services.cases.case.rules.protection import shows_address
from shared.ground.provenance import Actor
from shared.history.service import Service
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow, reach
from shared.web.forms import Filling, refusals_beside, starting
from shared.web.sheets import A_SHEET, new_id
from shared.web.web import RequestContext, Running
from shared.web.website import page
from shared.words.language import Language, language_of
from shared.words.vocabulary.people import SOCIAL_STAFF, Look, Relation

pages = APIRouter(include_in_schema=False)


@pages.get("/hand-over", openapi_extra={"x-action": Action.HAND_OVER}, dependencies=[A_SHEET])
async def show_handing_over(
    request: Request, context: RequestContext, service: Running, giver: Annotated[str, Query(max_length=64)] = ""
) -> HTMLResponse:
    """First whose cases; then which of them, and to whom."""
    allow(context, Action.HAND_OVER, Resource(association=context.actor.association))
    within = reach(context, Action.WORK_ON_CASE)
    sent = getattr(request.state, "form", None)
    giver = giver or (sent.value("giver") if sent else "")
    async with service.read() as connection:
        carried = await carried_by(connection, within, giver, at=context.at) if giver else []
        some_are_left = await some_are_kept_from(connection, within, giver)
        who = await carriers(connection, within)
        seen = {one.case_id: relation(context.actor, carried_by=(one.handler,), estate="", seen_by=()) for one in carried}
        await log_access(connection, context, action=Look.READ_QUEUE, relation=Relation.ASSOCIATION, shown=seen)
    staff = service.staff.within(context.actor.association)
    return page(
        request,
        "hand_over.html",
        giver=giver,
        carriers=[(id, staff.name_of(id), count) for id, count in who.items()],
        cases=carried,
        addresses=await _addresses(service, carried, context.actor, language_of(request)),
        some_are_left=some_are_left,
        away=frozenset(one.id for one in staff.everybody() if one.absence(context.at)),
        takers=[one for one in staff.everybody() if not one.roles.isdisjoint(SOCIAL_STAFF) and one.id != giver],
        name_of=staff.name_of,
        form=starting(id=new_id(request), giver=giver, cases=[case.case_id for case in carried]),
    )


@pages.post("/hand-over", openapi_extra={"x-action": Action.HAND_OVER})
async def send_handing_over(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Hand them over, each as its own step, and show what came of it; sent again, it shows the same."""
    allow(context, Action.HAND_OVER, Resource(association=context.actor.association))
    async with refusals_beside(form, lambda: show_handing_over(request, context, service)):
        sent = form.read(HandOver)
        if not sent.cases:
            raise NoCaseIsChosen
        done = await hand_over(sent, context, service)
    async with service.read() as connection:
        within = reach(context, Action.WORK_ON_CASE)
        cases = await cases_named(connection, within, [one.case_id for one in done], at=context.at)
        some_are_left = await some_are_kept_from(connection, within, sent.giver)
    staff = service.staff.within(context.actor.association)
    taker = staff.person(sent.handler)
    return page(
        request,
        "handed_over.html",
        some_are_left=some_are_left,
        absence=taker.absence(context.at) if taker else None,
        done=[one for one in done if not one.refusal],
        refused=[one for one in done if one.refusal],
        addresses=await _addresses(service, cases, context.actor, language_of(request)),
        places={case.case_id: case.estate_name for case in cases},
        giver=staff.name_of(sent.giver),
        handler=staff.name_of(sent.handler),
    )


async def _addresses(service: Service, cases: list[Carried], actor: Actor, language: Language) -> dict[object, str | None]:
    shown = [case for case in cases if case.address and shows_address(case, actor)]
    keyring = await service.keyring(case.address for case in shown)
    protected = Words(language).say(PROTECTED)
    opened = {case.case_id: keyring.open(case.address) for case in shown if case.address}
    return {case.case_id: opened.get(case.case_id) if shows_address(case, actor) else protected for case in cases}
