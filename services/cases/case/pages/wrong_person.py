"""The page on which a case of the wrong person is put right: who read it, who was told, and each thing that is still to be done (S14).

A lead works from it, and so does the data protection officer, who takes no other step in any case.
"""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from services.cases.case.pages.case import show_form, take_filled_in
from services.cases.case.pages.reading import CaseRead, read_case
from services.cases.case.pages.words import Words
from services.cases.case.queries.history import facts_for
from services.cases.case.queries.wrong_person import Disclosure, Reader, Wrongness, mistakes, wrongness
from services.cases.case.rules.offers import is_offered
from services.cases.case.steps import CORRECTIONS, FORMS
from shared.ground.errors import NotFound
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow, reach
from shared.web.forms import Filling, refusals_beside
from shared.web.sheets import A_SHEET
from shared.web.web import RequestContext, Running, carried_purpose
from shared.web.website import Cell, go_to, page
from shared.words.language import marked
from shared.words.vocabulary.people import Look, Relation

pages = APIRouter(include_in_schema=False)

KINDS = {"referral": marked("Henvisning"), "order": marked("Bestilling"), "notice": marked("Besked til en kollega")}


@pages.get("/wrong-person", openapi_extra={"x-action": Action.CORRECT_PERSON})
async def show_mistakes(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """Every case in which a mistake is still to be put right, by the 72 hours of its breach; nothing of what the cases are about."""
    allow(context, Action.CORRECT_PERSON, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await mistakes(connection, reach(context, Action.CORRECT_PERSON))
        await log_access(connection, context, action=Look.READ_QUEUE, relation=Relation.ASSOCIATION)
    late = {one.case_id for one in found if one.breach_due and one.breach_due < context.at}
    return page(request, "mistakes.html", found=found, late=late, purpose=carried_purpose(context))


@pages.get("/{case_id:uuid}/wrong-person", openapi_extra={"x-action": Action.CORRECT_PERSON})
async def show_wrong_person(request: Request, case_id: UUID, context: RequestContext, service: Running) -> HTMLResponse:
    """What is wrong, who got to know, and what to do next."""
    async with service.read() as connection:
        facts = await facts_for(connection, case_id, context, Action.CORRECT_PERSON)
        found = await wrongness(connection, facts, context)
    read = await read_case(request, service, context, case_id, action=Action.CORRECT_PERSON)
    correction, steps = found.case.correction, _steps(found)
    return page(
        request,
        "wrong_person.html",
        case=read.view,
        read=read,
        correction=correction,
        must_be_split=correction.is_frozen and bool(found.case.observations.later),
        until=found.until,
        readers=[_reader(one, read) for one in found.readers],
        told=[_disclosure(one, read) for one in found.disclosures],
        steps=steps,
        steps_left=[(name, title) for name, title in steps if name != "freeze" or correction.corrected_at is None],
    )


@pages.get("/{case_id:uuid}/wrong-person/{step}", openapi_extra={"x-action": Action.CORRECT_PERSON}, dependencies=[A_SHEET])
async def show_correction(request: Request, case_id: UUID, step: str, context: RequestContext, service: Running) -> HTMLResponse:
    """The form of one of its steps."""
    _must_correct(step)
    read = await read_case(request, service, context, case_id, action=Action.CORRECT_PERSON)
    return show_form(request, read, step)


@pages.post("/{case_id:uuid}/wrong-person/{step}", openapi_extra={"x-action": Action.CORRECT_PERSON})
async def send_correction(request: Request, case_id: UUID, step: str, context: RequestContext, service: Running, form: Filling) -> Response:
    """Do what the form asks for."""
    _must_correct(step)
    async with service.read() as connection:
        facts = await facts_for(connection, case_id, context, Action.CORRECT_PERSON)
    async with refusals_beside(form, lambda: show_correction(request, case_id, step, context, service)):
        await take_filled_in(form, step, facts, context, service)
    return go_to(f"/cases/{case_id}/wrong-person", notice=FORMS[step].done)


def _must_correct(step: str) -> None:
    if step not in CORRECTIONS:
        raise NotFound("step", step)


def _steps(found: Wrongness) -> list[tuple[str, str]]:
    """What makes sense now, in order."""
    return [(name, form.title) for name, form in CORRECTIONS.items() if is_offered(form.step, found.case)]


def _reader(one: Reader, read: CaseRead) -> list[Cell]:
    words, staff = read.words, read.staff
    behalf = f" ({staff.name_of(one.on_behalf_of)})" if one.on_behalf_of else ""
    return [
        staff.name_of(one.actor) + behalf,
        words.of(one.role, "roles"),
        words.of(one.purpose, "purposes"),
        words.of(one.action, "looks"),
        one.times,
        one.first,
        one.last,
    ]


def _deletion(one: Disclosure, words: Words) -> str:
    """What they said who were asked to delete it, or until when they are to be asked."""
    if one.reply:
        return words.of(one.reply, "deletion_replies")
    return words.say(marked("bedes slette senest %(due)s"), due=words.by(one.due)) if one.due else "–"


def _disclosure(one: Disclosure, read: CaseRead) -> list[Cell]:
    words = read.words
    to = read.staff.name_of(one.to) if one.kind == "notice" else words.of(one.to, "targets")
    return [to, words.say(KINDS[one.kind]), one.at, _deletion(one, words)]
