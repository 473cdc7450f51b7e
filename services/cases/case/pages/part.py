"""Somebody's own part of a case, for a thumb on a phone: will you come along, what did you see, whom did you let in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from services.cases.case.commands.taking import TakeStep, content_of, take_step
from services.cases.case.pages.calendar import Appointment, calendar_file
from services.cases.case.pages.words import Words
from services.cases.case.queries.history import CaseFacts, facts_for
from services.cases.case.queries.part import OwnPart, own_part
from services.cases.case.rules.accompaniment import DeclineToAccompany
from services.cases.case.rules.offers import is_offered
from services.cases.case.steps import FORMS_OF_A_PART
from services.cases.procedure.rules.document import ConsentWording
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.privacy.access import Action
from shared.privacy.staff import Person
from shared.web.forms import Filling, refusals_beside, starting
from shared.web.sheets import A_SHEET, id_of_button, new_id
from shared.web.web import RequestContext, Running
from shared.web.website import go_to, page
from shared.words.language import language_of, marked
from shared.words.vocabulary.case import Status, Step, ending_of
from shared.words.vocabulary.consent import HowAsked
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.persons import LEAST
from shared.words.vocabulary.referral import OFFICE, Target

pages = APIRouter(prefix="/{case_id:uuid}/part", include_in_schema=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class PartShown:
    """One's own part with what is personal in it opened, and in words."""

    own: OwnPart
    words: Words
    address: str | None
    """`None` when it is not told, or was erased."""
    offered: frozenset[str]
    """The names of the forms that make sense now."""
    to_ring: Sequence[Person]
    """Who carries the case; the leads, while nobody does."""

    @property
    def ending(self) -> str:
        """How it ended, as the one who saw it is told; empty while it lasts, and for others."""
        case = self.own.case
        return self.words.of(ending_of(case.outcome), "endings") if self.own.is_observer and case.status == Status.CLOSED else ""

    @property
    def usual_recipients(self) -> list[tuple[str, str, str]]:
        """Whom the resident is asked about as a rule: those with whom something is agreed."""
        return self.words.choices("targets", self._usual)

    @property
    def other_recipients(self) -> list[tuple[str, str, str]]:
        """Everybody else the resident may be asked about."""
        return self.words.choices("targets", [target for target in Target if target not in self._usual])

    @property
    def withdrawable(self) -> list[tuple[str, str, str]]:
        """Whom a yes may have been about, whatever was answered; it may have been to the office alone."""
        return [*self.usual_recipients, *self.other_recipients, *self.words.choices("targets", [OFFICE])]

    @property
    def wordings(self) -> Sequence[ConsentWording]:
        return self.own.pinned.document.consent_wordings

    @property
    def wording_choices(self) -> list[tuple[str, str]]:
        return [(wording.version, wording.title) for wording in self.wordings]

    @property
    def information(self) -> Sequence[str]:
        """What leave is asked for at the door; who works on the case asks for less, or more."""
        return LEAST

    @property
    def _usual(self) -> list[str]:
        shown = not self.own.case.is_address_protected
        agreed = self.own.pinned.agreement(self.own.facts.municipality) if shown else None
        return list(agreed.contacts if agreed else map(str, Target))


async def _read(request: Request, service: Service, context: Context, case_id: UUID) -> PartShown:
    async with service.read() as connection:
        own = await own_part(connection, service.memo, context, case_id)
    return PartShown(
        own=own,
        words=Words(language_of(request)),
        address=(await service.keyring([own.address])).open(own.address) if own.address else None,
        offered=_offered(own, context),
        to_ring=_to_ring(service, own.facts),
    )


@pages.get("", openapi_extra={"x-action": Action.TAKE_PART})
async def show_part(request: Request, case_id: UUID, context: RequestContext, service: Running) -> HTMLResponse:
    """The meetings first, then what there is to say."""
    part = await _read(request, service, context, case_id)
    id_of = partial(id_of_button, request, case_id, version=part.own.case.version)
    return page(request, "part.html", part=part, own=part.own, id_of=id_of)


@pages.get("/meetings/{visit_id:uuid}.ics", openapi_extra={"x-action": Action.TAKE_PART})
async def meeting_for_a_calendar(request: Request, case_id: UUID, visit_id: UUID, context: RequestContext, service: Running) -> Response:
    """A meeting one is asked along to, for one's calendar; fetched again it is moved there, or called off."""
    part = await _read(request, service, context, case_id)
    meeting = part.own.meeting(visit_id)
    is_theirs = meeting.is_ahead and meeting.comes is not False
    appointment = Appointment(
        visit_id=visit_id,
        at=meeting.at,
        version=meeting.version,
        comes=meeting.comes,
        title=part.words.say(marked("Aftalt møde")),
        place=(part.address or "") if is_theirs else "",
        address=f"{service.settings.public_origin.rstrip('/')}/cases/{case_id}/part",
    )
    headers = {"Content-Disposition": 'attachment; filename="moede.ics"'}
    return Response(calendar_file(appointment, at=context.at), media_type="text/calendar; charset=utf-8", headers=headers)


@pages.get("/{step}", openapi_extra={"x-action": Action.TAKE_PART}, dependencies=[A_SHEET])
async def show_step_of_part(request: Request, case_id: UUID, step: str, context: RequestContext, service: Running) -> HTMLResponse:
    """The form of one step of one's own. What it is about may be named in the address: `?visit_id=…`."""
    if step not in FORMS_OF_A_PART:
        raise NotFound("step", step)
    part = await _read(request, service, context, case_id)
    named = {name: value for name, value in request.query_params.items() if name in ("visit_id", "order_id", "planned_for", "comes")}
    usual = {"how": HowAsked.ORAL.value, "wording": part.wordings[0].version}
    form = starting(id=new_id(request), **{**usual, **named})
    return page(request, "part_step.html", part=part, own=part.own, step=step, step_is=FORMS_OF_A_PART[step], form=form)


@pages.post("/{step}", openapi_extra={"x-action": Action.TAKE_PART})
async def send_step_of_part(
    request: Request, case_id: UUID, step: str, context: RequestContext, service: Running, form: Filling
) -> Response:
    """Do what the form asks for. It is built on no version of the case: what somebody saw is so, whatever else happened."""
    if step not in FORMS_OF_A_PART:
        raise NotFound("step", step)
    async with service.read() as connection:
        facts = await facts_for(connection, case_id, context, Action.TAKE_PART)
    async with refusals_beside(form, lambda: show_step_of_part(request, case_id, step, context, service)):
        sent = FORMS_OF_A_PART[step].read(form)
        command = TakeStep(case_id=case_id, home=facts.home_id, request=sent, in_part=True)
        happened = replace(context, happened_at=sent.happened_at)
        await service.do_once(take_step, command, happened, id=sent.id, content=content_of(case_id, sent), about=case_id)
    has_left = isinstance(sent, DeclineToAccompany) and context.actor.id != facts.observer
    return go_to("/intake/" if has_left else f"/cases/{case_id}/part", notice=FORMS_OF_A_PART[step].done)


def _offered(own: OwnPart, context: Context) -> frozenset[str]:
    """What makes sense now. The damage service is ordered when the resident said yes to it; a yes is taken back whatever was answered."""
    offered = {name for name, form in FORMS_OF_A_PART.items() if form.step.STEP in own.steps and is_offered(form.step, own.case)}
    if not own.case.has_leave_for_the_home(Target.DAMAGE_SERVICE, at=context.at):
        offered.discard("damage-service")
    if Step.ASK_LEAVE in own.steps:
        offered.add("withdrawal")
    return frozenset(offered)


def _to_ring(service: Service, facts: CaseFacts) -> list[Person]:
    handler = service.staff.person(facts.handler)
    return [handler] if handler else list(service.staff.with_role(Role.SOCIAL_LEAD, association=facts.association))
