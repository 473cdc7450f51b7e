"""Pages for whoever picks up the phone: what was told and who told it, the thanks, and what to answer when they ask."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from services.intake.home.queries import estate_called, homes_of
from services.intake.observation.commands import register_once
from services.intake.observation.pages.choosing import chosen_estate, estates_page, is_to_choose
from services.intake.observation.pages.observation import SIGNAL_GROUPS, whom_to_ring
from services.intake.observation.rules.report import Report
from services.intake.reporter.commands import (
    AboutReporter,
    FlagReporter,
    flag_reporter,
    refuse_outcome,
    take_call_once,
    take_flag_back,
    thank_reporter,
)
from services.intake.reporter.queries import calls_of
from services.intake.reporter.rules.refusals import CallerIsNotChosen
from services.intake.reporter.rules.reporter import Caller, name_of, phone_number
from services.intake.reporter.steps import WHAT_TO_SAY, WHO_SEES, calls_for_leads, flags_of_the_same, own_call
from shared.ground.errors import NotFound, SameIdOtherContent
from shared.ground.fields import Instant
from shared.ground.provenance import Context
from shared.ground.working_days import ZONE
from shared.history.service import Service
from shared.privacy.access import Action, Resource, allow, reach
from shared.web.forms import Filled, Filling, id_if_changed, refusals_beside, starting
from shared.web.sheets import A_SHEET, new_id
from shared.web.web import RequestContext, Running
from shared.web.website import go_to, page
from shared.words.callback import CallBack
from shared.words.language import marked
from shared.words.vocabulary.beginning import TAKEN_BY_PHONE, CommonArea, PlaceKind, Source, Way
from shared.words.vocabulary.consent import Answer

MOST_SHOWN = 50
MOST_LOOKED_AT = 200

pages = APIRouter(include_in_schema=False)


class CallForm(BaseModel):
    """The form as it is sent."""

    id: UUID
    reporter_id: UUID
    source: str = ""
    name: str = ""
    phone: str = ""
    is_thanked: bool = False
    is_complaint: bool = False
    estate: str = ""
    place: str = PlaceKind.HOME.value
    home_id: UUID | None = None
    area: str = ""
    where: str = ""
    observed_at: Instant
    signals: list[str] = []
    severity: str = ""
    words: str = ""

    def caller(self) -> Caller:
        """Who told it."""
        return Caller(source=self.source, name=self.name, phone=self.phone, is_complaint=self.is_complaint, is_thanked=self.is_thanked)

    def report(self, *, words: str) -> Report:
        """What was told; nobody asked for leave."""
        is_home = self.place == PlaceKind.HOME
        return Report(
            observation_id=self.id,
            home_id=self.home_id if is_home else None,
            observed_at=self.observed_at,
            signals=tuple(self.signals),
            severity=self.severity,
            consent_answer=Answer.NOT_ASKED.value,
            consent_wording="",
            consent_scope=(),
            words=words,
            place=self.place,
            area=self.area if self.place == PlaceKind.COMMON_AREA else "",
            estate_id="" if is_home else self.estate,
            where="" if is_home else self.where,
            source=self.source,
            how=Way.PHONE.value,
        )


class AskedForm(BaseModel):
    """They asked what came of it."""

    id: UUID


class FlagForm(BaseModel):
    """Why what they tell is looked at with care."""

    reason: str = ""


@pages.get("/calls", openapi_extra={"x-action": Action.ANSWER_REPORTER})
async def own_calls(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """The calls one took oneself: whom to thank first."""
    allow(context, Action.ANSWER_REPORTER, Resource(association=context.actor.association, observer=context.actor.id))
    async with service.read() as connection:
        found = await calls_of(connection, context, reach(context, Action.ANSWER_REPORTER), limit=MOST_SHOWN)
    keyring = await service.keyring(value for call in found for value in (call.name, call.phone) if value)
    names = {call.reporter_id: keyring.opened(call.name) for call in found}
    return page(request, "calls.html", calls=found, names=names, who_sees=WHO_SEES)


@pages.get("/calls/new", openapi_extra={"x-action": Action.REGISTER_OBSERVATION}, dependencies=[A_SHEET])
async def new_call(request: Request, context: RequestContext, service: Running, estate: str = "", unknown: str = "") -> HTMLResponse:
    """First the estate, then everything else on one page."""
    allow(context, Action.REGISTER_OBSERVATION, Resource(association=context.actor.association, estate=estate))
    if not estate and not unknown:
        return await estates_page(request, context, service, to="/intake/calls/new?", leads=whom_to_ring(context, service))
    form = starting(
        id=new_id(request),
        reporter_id=new_id(request, "reporter_id"),
        observed_at=context.at.astimezone(ZONE).replace(tzinfo=None),
        place=PlaceKind.HOME if estate else PlaceKind.UNKNOWN,
    )
    return await _form_page(request, context, service, estate, form=form)


@pages.post("/calls/new", openapi_extra={"x-action": Action.REGISTER_OBSERVATION})
async def take_call(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Take it in; what is refused stands beside its field."""
    chosen = chosen_estate(form)
    estate = form.value("estate") if chosen is None else chosen
    allow(context, Action.REGISTER_OBSERVATION, Resource(association=context.actor.association, estate=estate))
    if is_to_choose(form):
        return await estates_page(request, context, service, to="/intake/calls/new", leads=whom_to_ring(context, service))
    if chosen is not None:
        return await _form_page(request, context, service, chosen)
    async with refusals_beside(form, lambda: _form_page(request, context, service, estate)):
        sent = form.read(CallForm)
        if sent.source == Source.RESIDENT:
            await register_once(sent.report(words=_to_call_back(sent)), context, service)
            return go_to(f"/intake/observations/{sent.id}/receipt")
        if sent.source not in TAKEN_BY_PHONE:
            raise CallerIsNotChosen
        try:
            await take_call_once(sent.report(words=sent.words), sent.reporter_id, sent.caller(), context, service)
        except SameIdOtherContent:
            form.put(reporter_id=id_if_changed(request, sent.reporter_id))
            raise
    return go_to(f"/intake/calls/{sent.reporter_id}", notice=marked("Bekymringen er modtaget."))


@pages.get("/calls/{reporter_id}", openapi_extra={"x-action": Action.ANSWER_REPORTER}, dependencies=[A_SHEET])
async def one_call(request: Request, reporter_id: UUID, context: RequestContext, service: Running) -> HTMLResponse:
    """Who called, whether they were thanked, and what to answer when they ask."""
    call = await own_call(context, service, reporter_id)
    keyring = await service.keyring(value for value in (call.name, call.phone) if value)
    return page(
        request,
        "call.html",
        call=call,
        is_own=call.taken_by in context.actor.is_for,
        name=keyring.opened(call.name),
        phone=keyring.opened(call.phone),
        flags=await flags_of_the_same(service, context, call),
        what_to_say=WHAT_TO_SAY,
        form=starting(id=new_id(request)),
    )


@pages.post("/calls/{reporter_id}/thanked", openapi_extra={"x-action": Action.ANSWER_REPORTER})
async def thanked(reporter_id: UUID, context: RequestContext, service: Running) -> Response:
    """They were thanked."""
    call = await own_call(context, service, reporter_id)
    await service.do(thank_reporter, AboutReporter(reporter_id=reporter_id), context)
    back = f"/intake/calls/{reporter_id}" if call.taken_by in context.actor.is_for else "/intake/callers"
    return go_to(back, notice=marked("Det er noteret, at der er sagt tak."))


@pages.post("/calls/{reporter_id}/outcome-asked", openapi_extra={"x-action": Action.ANSWER_REPORTER})
async def outcome_asked(request: Request, reporter_id: UUID, context: RequestContext, service: Running, form: Filling) -> Response:
    """They asked what came of it; the page says what to answer."""
    await own_call(context, service, reporter_id)
    async with refusals_beside(form, lambda: one_call(request, reporter_id, context, service)):
        sent = form.read(AskedForm)
        await service.do_once(refuse_outcome, AboutReporter(reporter_id=reporter_id), context, id=sent.id, content=[str(reporter_id)])
    return go_to(f"/intake/calls/{reporter_id}", notice=marked("Det er noteret, at der blev spurgt. Sig det, der står her."))


@pages.get("/callers", openapi_extra={"x-action": Action.FLAG_REPORTER})
async def callers(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """For leads: which calls came from the same number, and not whose it is."""
    found = await calls_for_leads(context, service, limit=MOST_LOOKED_AT)
    staff = service.staff.within(context.actor.association)
    return page(request, "callers.html", calls=found, name_of=staff.name_of)


@pages.post("/callers/{reporter_id}/flag", openapi_extra={"x-action": Action.FLAG_REPORTER})
async def flag(request: Request, reporter_id: UUID, context: RequestContext, service: Running, form: Filling) -> Response:
    """What they tell is to be looked at with care."""
    allow(context, Action.FLAG_REPORTER, Resource(association=context.actor.association))
    async with refusals_beside(form, lambda: callers(request, context, service)):
        form.count(reporter_id)
        reason = form.read(FlagForm).reason
        await service.do(flag_reporter, FlagReporter(reporter_id=reporter_id, reason=reason), context)
    return await _told(request, context, service, form, reporter_id, marked("Det er mærket. Den, der tager næste opkald, ser det."))


@pages.post("/callers/{reporter_id}/flag-taken-back", openapi_extra={"x-action": Action.FLAG_REPORTER})
async def flag_taken_back(request: Request, reporter_id: UUID, context: RequestContext, service: Running, form: Filling) -> Response:
    """It was not so."""
    allow(context, Action.FLAG_REPORTER, Resource(association=context.actor.association))
    async with refusals_beside(form, lambda: callers(request, context, service)):
        form.must_be_sent()
        await service.do(take_flag_back, AboutReporter(reporter_id=reporter_id), context)
    return await _told(request, context, service, form, reporter_id, marked("Mærket er taget væk."))


async def _told(request: Request, context: Context, service: Service, form: Filled, reporter_id: UUID, notice: str) -> Response:
    """That it is done; on the same page, where something is written about others."""
    if not form.leaves(reporter_id):
        return go_to("/intake/callers", notice=notice)
    request.state.notice = notice
    return await callers(request, context, service)


def _to_call_back(sent: CallForm) -> str:
    """The resident's own words, with where to call; all of it is theirs, and sealed with the rest."""
    name, phone = name_of(sent.name), phone_number(sent.phone)
    if not phone:
        return "\n".join(text for text in (name, sent.words) if text)
    return CallBack(phone=phone, name=name, words=sent.words).written()


async def _form_page(request: Request, context: Context, service: Service, estate_id: str, **values: object) -> HTMLResponse:
    async with service.read() as connection:
        estate = await estate_called(connection, context.actor.association, estate_id)
        homes = await homes_of(connection, context.actor.association, estate_id) if estate else []
    if estate is None and estate_id:
        raise NotFound("Estate", estate_id)
    return page(
        request,
        "new_call.html",
        who_sees=WHO_SEES,
        estate=estate,
        streets=[(street, list(group)) for street, group in groupby(homes, key=lambda home: home.street)],
        callers=TAKEN_BY_PHONE,
        places=tuple(PlaceKind) if estate else (PlaceKind.UNKNOWN,),
        areas=tuple(CommonArea),
        signal_groups=SIGNAL_GROUPS,
        leads=whom_to_ring(context, service),
        **values,
    )
