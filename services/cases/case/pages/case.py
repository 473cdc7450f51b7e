"""The page of a case and of its steps, and the case as it stood on a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from services.cases.case.commands.taking import TakeStep
from services.cases.case.commands.whom_it_is_about import take_once
from services.cases.case.pages.options import Options
from services.cases.case.pages.reading import CaseRead, read_case
from services.cases.case.pages.view import SENT, CaseView
from services.cases.case.queries.history import CaseFacts, facts_for
from services.cases.case.rules.concern import SeeConcern
from services.cases.case.rules.observations import JoinCase
from services.cases.case.rules.offers import is_offered
from services.cases.case.rules.persons import CorrectPerson
from services.cases.case.rules.pinned import MoveToProcedure
from services.cases.case.rules.step import may_on_call
from services.cases.case.rules.verifying import VERIFY_WORKING_DAYS
from services.cases.case.steps import FORMS, Choice, Form, form_of
from shared.ground.errors import NotFound
from shared.ground.fields import Day
from shared.ground.provenance import Context
from shared.ground.working_days import ZONE, add_working_days, local_day
from shared.history.service import Service
from shared.privacy.access import Action
from shared.web.forms import Filling, refusals_beside, starting
from shared.web.sheets import A_SHEET, id_of_button, new_id
from shared.web.web import RequestContext, Running
from shared.web.website import go_to, page
from shared.words.language import marked
from shared.words.vocabulary.consent import Basis, HowAsked
from shared.words.vocabulary.persons import LEAST, ConsentPurpose
from shared.words.vocabulary.referral import Channel, Reply, Target

pages = APIRouter(include_in_schema=False)

NAMED = frozenset(
    {
        "referral_id",
        "follow_up_id",
        "visit_id",
        "order_id",
        "fact_id",
        "recipient",
        "target",
        "into",
        "recipient_id",
        "observation_id",
        "person",
    }
)
"""What the address of a form may name, of what the step is about."""


class LookedAt(BaseModel):
    """What a form was filled in on."""

    version: int


@pages.get("/{case_id:uuid}", openapi_extra={"x-action": Action.READ_CASE}, dependencies=[A_SHEET])
async def show_case(
    request: Request,
    case_id: UUID,
    context: RequestContext,
    service: Running,
    contents: Annotated[str, Query(alias="indhold")] = "",
    address: Annotated[str, Query(alias="adresse")] = "",
) -> Response:
    """One case: its clock, its next step, who may be told, and everything that happened; a protected address when it is asked for."""
    read = await read_case(request, service, context, case_id, with_words=bool(contents), with_address=bool(address))
    assert read.view is not None  # noqa: S101  as it is now, a case that is listed exists
    step = read.view.next_step if read.may_work and _may_take(read, context, read.view.next_step) else ""
    offered = _offered(read, context)
    is_unseen = offered.pop(form_of(SeeConcern), None) is not None
    return page(
        request,
        "case.html",
        **_shown(read),
        step=step,
        step_is=FORMS.get(step),
        other_steps=[(name, form.title) for name, form in offered.items() if name != step],
        seen_id=id_of_button(request, case_id, "seen", version=read.view.version) if is_unseen else None,
        about=_about(read, read.view),
        options=Options(read, read.view),
        form=starting(id=new_id(request), **_usual(read, step), **_declined(read.view, step)),
    )


@pages.get("/{case_id:uuid}/as-of", openapi_extra={"x-action": Action.READ_CASE})
async def show_case_as_of(
    request: Request,
    case_id: UUID,
    context: RequestContext,
    service: Running,
    day: Day | None = None,
    contents: Annotated[str, Query(alias="indhold")] = "",
) -> Response:
    """The case as it stood at the end of a day, with the procedure of that day."""
    day = min(day, local_day(context.at)) if day else local_day(context.at)
    read = await read_case(request, service, context, case_id, day=day, with_words=bool(contents))
    return page(request, "case_as_of.html", **_shown(read), day=day)


@pages.get("/{case_id:uuid}/steps/{step}", openapi_extra={"x-action": Action.WORK_ON_CASE}, dependencies=[A_SHEET])
async def show_step(request: Request, case_id: UUID, step: str, context: RequestContext, service: Running) -> HTMLResponse:
    """The form of one step. What the step is about may be named in the address: `?referral_id=…`."""
    if step not in FORMS:
        raise NotFound("step", step)
    read = await read_case(request, service, context, case_id, action=Action.WORK_ON_CASE)
    return show_form(request, read, step)


def show_form(request: Request, read: CaseRead, step: str) -> HTMLResponse:
    """The form, with what the address names of what the step is about."""
    assert read.view is not None  # noqa: S101  a form is about a case that exists
    named = {name: value for name, value in request.query_params.items() if name in NAMED}
    return page(
        request,
        "step.html",
        **_shown(read),
        step=step,
        step_is=FORMS[step],
        options=Options(read, read.view),
        form=starting(
            id=new_id(request),
            **{
                **_usual(read, step),
                **_moved(read.view, named.get("visit_id", "")),
                **(_noted(read.view, named.get("person", "")) if step == form_of(CorrectPerson) else {}),
                **named,
            },
        ),
    )


@pages.post("/{case_id:uuid}/steps/{step}", openapi_extra={"x-action": Action.WORK_ON_CASE})
async def send_step(request: Request, case_id: UUID, step: str, context: RequestContext, service: Running, form: Filling) -> Response:
    """Do what the form asks for; a refusal stands beside the form, with everything that was typed."""
    if step not in FORMS:
        raise NotFound("step", step)
    async with service.read() as connection:
        facts = await facts_for(connection, case_id, context, Action.WORK_ON_CASE)
    async with refusals_beside(form, lambda: show_step(request, case_id, step, context, service)):
        await take_filled_in(form, step, facts, context, service)
    return go_to(f"/cases/{case_id}", notice=FORMS[step].done)


async def take_filled_in(form: Filling, step: str, facts: CaseFacts, context: Context, service: Service) -> None:
    """Take the step that a filled-in form asks for."""
    sent, version = FORMS[step].read(form), form.read(LookedAt).version
    command = TakeStep(case_id=facts.case_id, **facts.where, request=sent, version=version)
    await take_once(command, replace(context, happened_at=sent.happened_at), service)


def _shown(read: CaseRead) -> dict[str, Any]:
    return {"case": read.view, "read": read, "words": read.words, "municipality": _municipality(read)}


def _municipality(read: CaseRead) -> str:
    """What the municipality is called, as the procedure names it, or that it does not; nothing where the address is protected."""
    municipality = read.facts.municipality
    if not read.shows_address or not municipality:
        return ""
    agreement = read.pinned.agreement(municipality)
    return agreement.name if agreement else read.words.say(marked("%(municipality)s: ingen aftale med kommunen"), municipality=municipality)


def _may_take(read: CaseRead, context: Context, step: str) -> bool:
    """Whether the procedure gives somebody the step, at once or because nobody took it in time.

    It is the one the case follows; but a move is given by the one it moves to.
    """
    if step not in FORMS:
        return False
    if step == form_of(MoveToProcedure):
        return read.may_move
    asked = FORMS[step].step.STEP
    if context.actor.is_on_call and read.case is not None and may_on_call(context.actor.role, context.actor.id, asked, read.case):
        return True
    role, of_procedure, since = context.actor.role.value, asked.value, read.waiting_since
    begins = None if since is None else read.pinned.stands_in_from(role, of_procedure, since=since)
    return read.pinned.may(role, of_procedure) or (begins is not None and begins < context.at)


def _offered(read: CaseRead, context: Context) -> dict[str, Form | Choice]:
    """The steps that make sense now and that the procedure gives this role, by the name of their form."""
    if read.case is None or not read.may_work:
        return {}
    offered = {name: form for name, form in FORMS.items() if is_offered(form.step, read.case) and _may_take(read, context, name)}
    if read.in_force == read.case.procedure_version:
        offered.pop(form_of(MoveToProcedure), None)
    if all(other.is_over for other in read.others):
        offered.pop(form_of(JoinCase), None)
    return offered


def _usual(read: CaseRead, step: str) -> dict[str, Any]:
    """What a form begins with: what is most likely, never an answer that somebody else has to give."""
    view = read.view
    assert view is not None  # noqa: S101  a form is about a case that exists
    usual: dict[str, Any] = {"how": HowAsked.ORAL.value, "basis": Basis.CONSENT.value, "information": LEAST}
    usual |= {"purpose": ConsentPurpose.HELP.value, "needs_interpreter": "false"}
    match step:
        case "triage" | "severity":
            usual["severity"] = view.severity
            usual["category"] = view.category
        case "visit":
            usual["due"] = local_day(add_working_days(read.at, VERIFY_WORKING_DAYS)).isoformat()
        case "informed":
            usual["milestone"] = view.untold[-1] if view.untold else ""
            usual["channel"] = Channel.PHONE.value
        case "referral":
            told = {line.target for line in view.referrals}
            usual["target"] = next(
                (c.recipient for c in view.consents if c.allows and c.recipient not in {Target.DAMAGE_SERVICE, *told}), ""
            )
        case "answer":
            waiting = [line for line in view.referrals if line.state in (SENT, Reply.DELIVERED, Reply.RECEIVED)]
            usual["referral_id"] = waiting[0].id if waiting else ""
        case "followed-up":
            usual["follow_up_id"] = view.follow_ups[0].ref if view.follow_ups else ""
            usual["done"] = "done"
        case "recipient-told":
            usual["referral_id"] = view.untold_recipients[0] if view.untold_recipients else ""
        case "procedure":
            usual["procedure_version"] = read.in_force
        case "damage-service-done" | "let-in":
            usual["order_id"] = view.open_orders[0] if view.open_orders else ""
        case "accompanied" | "accompaniment-answer":
            usual["visit_id"] = view.meetings[0].ref if view.meetings else ""
    return usual


def _noted(view: CaseView, person: str) -> dict[str, Any]:
    """What stands of somebody who is to be corrected; of the first of them where nobody is named."""
    people = [line for line in view.people if line.part is not None]
    line = next((line for line in people if str(line.part) == person), people[0] if people else None)
    if line is None:
        return {}
    known = {name: getattr(line, name) for name in ("role", "name", "phone", "language", "way_to_reach", "may_decide")}
    return {**known, "person": line.part, "needs_interpreter": "true" if line.needs_interpreter else "false"}


def _declined(view: CaseView, step: str) -> dict[str, Any]:
    """The meeting for which somebody else is to be asked, where that is the next step."""
    meeting = next((meeting for meeting in view.meetings if meeting.comes is False), None)
    return {"visit_id": meeting.ref, **_moved(view, str(meeting.ref))} if meeting and step == "accompaniment" else {}


def _moved(view: CaseView, visit_id: str) -> dict[str, Any]:
    """The time of a meeting that is named, for it may be only the companion who changes."""
    times = {str(meeting.ref): meeting.due.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M") for meeting in view.meetings}
    return {"meeting_at": times[visit_id]} if visit_id in times else {}


def _about(read: CaseRead, view: CaseView) -> list[tuple[str, str]]:
    """What is known about the case, as pairs of a name and a value; what nobody wrote is left out."""
    words = read.words
    told = marked("Ord fra den, der så det") if view.was_seen else marked("Det, der blev fortalt")
    written = [
        (
            words.say(marked("Tegn") if view.was_seen else marked("Fortalt")),
            ", ".join(words.of(signal, "signals") for signal in view.signals),
        ),
        (words.say(marked("Kommer fra")), "" if view.observer else words.of(view.source, "sources")),
        (words.say(told), view.reported_words),
    ]
    return [
        *(pair for pair in written if pair[1]),
        *(
            [(words.say(marked("Afdeling")), view.estate), (words.say(marked("Kommune")), _municipality(read))]
            if read.shows_address
            else []
        ),
        (words.say(marked("Sagsbehandler")), view.handler or words.say(marked("ingen endnu"))),
        (words.say(marked("Procedure")), view.procedure_version),
    ]
