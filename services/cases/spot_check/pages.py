"""The pages of spot checks: draw by lot, look into each, and say why one looked when one is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from services.cases.audit.queries.log import LoggedLook, LookNumber
from services.cases.spot_check.queries import SampledLook, checks
from services.cases.spot_check.rules import LEAST, MOST
from services.cases.spot_check.steps import answer, ask, close, draw, own_questions, plan_once, read_check
from shared.ground.fields import Day
from shared.ground.working_days import local_day
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow, can
from shared.web.forms import Filling, refusals_beside, starting
from shared.web.pagination import PAGE_SIZE
from shared.web.sheets import A_SHEET, new_id
from shared.web.web import RequestContext, Running, carried_purpose
from shared.web.website import go_to, page
from shared.words.labels import label
from shared.words.language import language_of, marked
from shared.words.vocabulary.checking import Finding, SampleOf
from shared.words.vocabulary.people import Look, Relation

pages = APIRouter(include_in_schema=False)

USUAL_SIZE = 40
"""Of a quarter (domain.md §6)."""
USUAL_DAYS = timedelta(days=90)


class PlanForm(BaseModel):
    """The form as it is sent."""

    id: UUID
    since: Day
    until: Day
    stratum: str = ""
    size: int


class FindingForm(BaseModel):
    """Likewise."""

    finding: str = ""
    words: str = ""


class AnswerForm(BaseModel):
    """Likewise."""

    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownLook:
    """One look-up of a sample on a page."""

    one: SampledLook
    logged: LoggedLook | None
    who: str
    answer: str | None
    words: str | None


@pages.get("/spot-checks", openapi_extra={"x-action": Action.READ_SPOT_CHECKS}, dependencies=[A_SHEET])
async def show_checks(request: Request, context: RequestContext, service: Running) -> Response:
    """All of the association, with the form for whoever draws; reading this is noted."""
    ours = Resource(association=context.actor.association)
    allow(context, Action.READ_SPOT_CHECKS, ours)
    async with service.read() as connection:
        found = await checks(connection, association=context.actor.association, limit=PAGE_SIZE)
        await log_access(connection, context, action=Look.READ_SPOT_CHECK, relation=Relation.ASSOCIATION)
    today = local_day(context.at)
    usual = {"since": today - USUAL_DAYS, "until": today, "stratum": SampleOf.ALL.value, "size": USUAL_SIZE}
    return page(
        request,
        "spot_checks.html",
        found=found,
        may_draw=can(context.actor, Action.DRAW_LOOKS, ours, context.purpose),
        name_of=service.staff.within(context.actor.association).name_of,
        strata=[(one.value, label(one, "samples", language=language_of(request)), "") for one in SampleOf],
        least=LEAST,
        most=MOST,
        purpose=carried_purpose(context),
        form=starting(id=new_id(request), **usual),
    )


@pages.post("/spot-checks", openapi_extra={"x-action": Action.DRAW_LOOKS})
async def plan_from_page(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Note a seed; what is refused stands beside the form."""
    async with refusals_beside(form, lambda: show_checks(request, context, service)):
        sent = form.read(PlanForm)
        await plan_once(
            id=sent.id, since=sent.since, until=sent.until, stratum=sent.stratum, size=sent.size, context=context, service=service
        )
    return go_to(f"/cases/spot-checks/{sent.id}{carried_purpose(context).query}", notice=marked("Frøet er noteret. Træk nu stikprøven."))


@pages.get("/spot-checks/{check_id:uuid}", openapi_extra={"x-action": Action.READ_SPOT_CHECKS})
async def show_check(request: Request, check_id: UUID, context: RequestContext, service: Running) -> Response:
    """A check with its sample, drawn again from the log as it is; reading it is noted."""
    read = await read_check(check_id, context, service)
    staff, keyring, language = service.staff.within(context.actor.association), read.keyring, language_of(request)
    ours = Resource(association=context.actor.association)

    def shown(one: SampledLook) -> ShownLook:
        logged, opens = (None, None) if one.is_kept_out_of else (one.logged, keyring)
        return ShownLook(
            one=one,
            logged=logged,
            who=staff.name_of(logged.actor) if logged else "",
            answer=opens.opened(one.answer) if opens else None,
            words=opens.opened(one.words) if opens else None,
        )

    return page(
        request,
        "spot_check.html",
        check=read.check,
        looks=[shown(one) for one in read.sample],
        among_now=read.among_now,
        is_the_same=read.is_the_same,
        shows_words=keyring is not None,
        may_draw=can(context.actor, Action.DRAW_LOOKS, ours, context.purpose),
        planned_by=staff.name_of(read.check.planned_by),
        findings=[(one.value, label(one, "findings", language=language)) for one in Finding],
        purpose=carried_purpose(context),
        form=starting(),
    )


@pages.post("/spot-checks/{check_id:uuid}/drawing", openapi_extra={"x-action": Action.DRAW_LOOKS})
async def draw_from_page(check_id: UUID, context: RequestContext, service: Running) -> Response:
    """Draw it."""
    await draw(check_id, context, service)
    return go_to(f"/cases/spot-checks/{check_id}{carried_purpose(context).query}", notice=marked("Stikprøven er trukket."))


@pages.post("/spot-checks/{check_id:uuid}/looks/{look}/question", openapi_extra={"x-action": Action.DRAW_LOOKS})
async def ask_from_page(
    request: Request, check_id: UUID, look: LookNumber, context: RequestContext, service: Running, form: Filling
) -> Response:
    """Ask whoever looked."""
    async with refusals_beside(form, lambda: show_check(request, check_id, context, service)):
        form.must_be_sent()
        await ask(check_id, look, context, service)
    if form.leaves():
        request.state.notice = marked("Kollegaen er spurgt.")
        return await show_check(request, check_id, context, service)
    return go_to(f"/cases/spot-checks/{check_id}{carried_purpose(context).query}", notice=marked("Kollegaen er spurgt."))


@pages.post("/spot-checks/{check_id:uuid}/looks/{look}/finding", openapi_extra={"x-action": Action.DRAW_LOOKS})
async def close_from_page(
    request: Request, check_id: UUID, look: LookNumber, context: RequestContext, service: Running, form: Filling
) -> Response:
    """Close one; a refusal stands above the sample."""
    async with refusals_beside(form, lambda: show_check(request, check_id, context, service)):
        form.count(look)
        sent = form.read(FindingForm)
        await close(check_id, look, finding=sent.finding, words=sent.words, context=context, service=service)
    if form.leaves(look):
        request.state.notice = marked("Det er noteret.")
        return await show_check(request, check_id, context, service)
    return go_to(f"/cases/spot-checks/{check_id}{carried_purpose(context).query}", notice=marked("Det er noteret."))


@pages.get("/own-looks", openapi_extra={"x-action": Action.ANSWER_FOR_LOOK})
async def show_questions(request: Request, context: RequestContext, service: Running) -> Response:
    """What one is asked about one's own look-ups."""
    found = await own_questions(context, service)
    return page(request, "own_looks.html", questions=found, form=starting())


@pages.post("/own-looks/{check_id:uuid}/{look}", openapi_extra={"x-action": Action.ANSWER_FOR_LOOK})
async def answer_from_page(
    request: Request, check_id: UUID, look: LookNumber, context: RequestContext, service: Running, form: Filling
) -> Response:
    """Say why one looked; a refusal stands above the questions."""
    async with refusals_beside(form, lambda: show_questions(request, context, service)):
        form.count(f"{check_id}-{look}")
        await answer(check_id, look, words=form.read(AnswerForm).words, context=context, service=service)
    if form.leaves(f"{check_id}-{look}"):
        request.state.notice = marked("Tak. Dit svar er noteret.")
        return await show_questions(request, context, service)
    return go_to("/cases/own-looks", notice=marked("Tak. Dit svar er noteret."))
