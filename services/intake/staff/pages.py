"""The pages of the staff: who works here, and what somebody sees to about themselves."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from services.intake.home.queries import estate_called, estates_within, home_called, homes_of
from services.intake.staff.commands import ChangeColleague, change_once
from services.intake.staff.queries import ColleagueSeen, colleague_called
from services.intake.staff.rules.fields import ROLES
from services.intake.staff.rules.working import TakeOn
from services.intake.staff.steps import FORMS, HAPPENED, OWN, Form, may_keep_own, may_manage, may_read, sees_places, sees_reasons
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.privacy.access import Action, Reach, may_ever
from shared.web.forms import Filled, Filling, refusals_beside, starting
from shared.web.sheets import A_SHEET, id_of_button, new_id
from shared.web.web import RequestContext, Running
from shared.web.website import go_to, page
from shared.words.language import marked
from shared.words.vocabulary.people import ConflictKind, Role

pages = APIRouter(include_in_schema=False)

MANAGED, MINE = "/intake/staff", "/intake/me"
MOST_SHOWN = 200


class LookedAt(BaseModel):
    """What a form was filled in on."""

    version: int


@pages.get("/staff", openapi_extra={"x-action": Action.READ_STAFF})
async def show_staff(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """Everybody who works in the association, and who is away now."""
    may_read(context)
    staff = service.staff.within(context.actor.association)
    return page(request, "staff.html", people=staff.everybody(), now=context.at, name_of=staff.name_of, may_change=_manages(context))


@pages.get("/staff/new", openapi_extra={"x-action": Action.MANAGE_STAFF}, dependencies=[A_SHEET])
async def show_taking_on(request: Request, context: RequestContext) -> HTMLResponse:
    """The form for somebody who begins."""
    may_manage(context)
    return page(request, "new_colleague.html", roles=ROLES, form=starting(id=new_id(request)))


@pages.post("/staff/new", openapi_extra={"x-action": Action.MANAGE_STAFF})
async def take_on_from_page(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Take somebody on; what is refused stands beside its field."""
    may_manage(context)
    async with refusals_beside(form, lambda: show_taking_on(request, context)):
        sent = form.read(TakeOn)
        await change_once(ChangeColleague(association=context.actor.association, person=sent.whose, request=sent), context, service)
    return go_to(f"{MANAGED}/{sent.whose}", notice=marked("Medarbejderen er ansat og kan logge ind nu."))


@pages.get("/staff/{person}", openapi_extra={"x-action": Action.READ_STAFF})
async def show_colleague(request: Request, person: str, context: RequestContext, service: Running) -> HTMLResponse:
    """One of them, with everything that can be changed."""
    may_read(context)
    return await _colleague(request, context, service, person, base=f"{MANAGED}/{person}")


@pages.get("/me", openapi_extra={"x-action": Action.KEEP_OWN_DUTIES})
async def show_myself(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """The one who asks: when they are away, and what they keep out of."""
    may_keep_own(context)
    return await _colleague(request, context, service, context.actor.id, base=MINE)


@pages.get("/staff/{person}/conflict-lifted", openapi_extra={"x-action": Action.LIFT_CONFLICT}, dependencies=[A_SHEET])
async def show_lifting(request: Request, person: str, context: RequestContext, service: Running) -> HTMLResponse:
    """The form with which a conflict is lifted, by the director too."""
    may_manage(context, Action.LIFT_CONFLICT)
    return await _form_page(request, context, service, person, "conflict-lifted", base=f"{MANAGED}/{person}")


@pages.post("/staff/{person}/conflict-lifted", openapi_extra={"x-action": Action.LIFT_CONFLICT})
async def send_lifting(request: Request, person: str, context: RequestContext, service: Running, form: Filling) -> Response:
    """Lift it; a refusal stands beside the form."""
    may_manage(context, Action.LIFT_CONFLICT)
    return await _sent(request, context, service, person, "conflict-lifted", form, base=f"{MANAGED}/{person}")


@pages.get("/staff/{person}/{step}", openapi_extra={"x-action": Action.MANAGE_STAFF}, dependencies=[A_SHEET])
async def show_change(request: Request, person: str, step: str, context: RequestContext, service: Running) -> HTMLResponse:
    """The form of one change."""
    may_manage(context)
    return await _form_page(request, context, service, person, step, base=f"{MANAGED}/{person}")


@pages.post("/staff/{person}/{step}", openapi_extra={"x-action": Action.MANAGE_STAFF})
async def send_change(request: Request, person: str, step: str, context: RequestContext, service: Running, form: Filling) -> Response:
    """Do what the form asks for; a refusal stands beside it."""
    may_manage(context)
    return await _sent(request, context, service, person, step, form, base=f"{MANAGED}/{person}")


@pages.get("/me/{step}", openapi_extra={"x-action": Action.KEEP_OWN_DUTIES}, dependencies=[A_SHEET])
async def show_own_change(request: Request, step: str, context: RequestContext, service: Running) -> HTMLResponse:
    """The form of one change about oneself."""
    may_keep_own(context)
    return await _form_page(request, context, service, context.actor.id, step, base=MINE)


@pages.post("/me/{step}", openapi_extra={"x-action": Action.KEEP_OWN_DUTIES})
async def send_own_change(request: Request, step: str, context: RequestContext, service: Running, form: Filling) -> Response:
    """Do what the form asks for about oneself."""
    may_keep_own(context)
    return await _sent(request, context, service, context.actor.id, step, form, base=MINE)


async def _colleague(request: Request, context: Context, service: Service, id: str, *, base: str) -> HTMLResponse:
    association = context.actor.association
    async with service.read() as connection:
        seen = await colleague_called(connection, service.staff, association, id)
        own = frozenset(estate for hat in seen.person.hats for estate in hat.estates)
        called = {one.estate_id: one.name for one in await estates_within(connection, Reach(association=association, estates=own))}
        shown = seen.conflicts if sees_places(context, id) else ()
        homes = {conflict.about: await home_called(connection, association, conflict.about) for _, conflict in shown}
    return page(
        request,
        "colleague.html",
        seen=seen,
        base=base,
        estates={id: f"{called[id]} ({id})" if id in called else id for id in own},
        is_mine=base == MINE,
        may_change=base != MINE and _manages(context),
        happened=seen.happened[:MOST_SHOWN] if base != MINE and sees_reasons(context, id) else (),
        words=HAPPENED,
        sees_places=sees_places(context, id),
        sees_reasons=sees_reasons(context, id),
        may_declare=base == MINE or (_manages(context) and context.actor.role == Role.SOCIAL_LEAD),
        may_lift=base != MINE and may_ever(context.actor.role, Action.LIFT_CONFLICT) and id not in context.actor.is_for,
        places={about: f"{home.home.address}, {home.estate_name}" if home else "" for about, home in homes.items()},
        now=context.at,
        name_of=service.staff.within(association).name_of,
        id_of=partial(id_of_button, request, id, version=seen.version),
        forms=FORMS,
    )


def _manages(context: Context) -> bool:
    """Whether the buttons are there; each is asked again when it is pressed."""
    return may_ever(context.actor.role, Action.MANAGE_STAFF) and not context.actor.on_behalf_of


async def _form_page(request: Request, context: Context, service: Service, id: str, step: str, *, base: str) -> HTMLResponse:
    form = _form_called(step, base)
    association, asked = context.actor.association, request.query_params
    async with service.read() as connection:
        seen = await colleague_called(connection, service.staff, association, id)
        estate_id = asked.get("estate", "")
        estates = await estates_within(connection, Reach(association=association)) if step == "conflict" and not estate_id else ()
        estate = await estate_called(connection, association, estate_id) if estate_id else None
        homes = await homes_of(connection, association, estate_id) if estate else ()
    sent = getattr(request.state, "form", None)
    about = asked.get("case", "") or (sent.value("about") if sent else "")
    return page(
        request,
        "colleague_step.html",
        seen=seen,
        base=base,
        is_mine=base == MINE,
        step=step,
        step_is=form,
        colleagues=[one for one in service.staff.within(association).everybody() if one.id != id],
        roles=ROLES,
        kinds=list(ConflictKind),
        estates=estates,
        estate=estate,
        homes=homes,
        about=about if _is_id(about) else "",
        form=_usual(seen, step, asked, id=new_id(request)),
    )


async def _sent(request: Request, context: Context, service: Service, person: str, step: str, form: Filled, *, base: str) -> Response:
    step_is = _form_called(step, base)
    async with refusals_beside(form, lambda: _form_page(request, context, service, person, step, base=base)):
        sent, version = form.read(step_is.request), form.read(LookedAt).version
        await change_once(
            ChangeColleague(association=context.actor.association, person=person, request=sent, version=version), context, service
        )
    return go_to(base, notice=step_is.done)


def _usual(seen: ColleagueSeen, step: str, asked: Any, *, id: UUID) -> Filled:
    """What a form begins with."""
    usual: dict[str, object] = {"id": id, "kind": ConflictKind.OWN_HOME.value}
    if step == "details":
        usual |= {"name": seen.person.name, "email": seen.person.email, "phone": seen.person.phone}
    if step in ("hat", "hat-off") and asked.get("role"):
        worn = next((hat for hat in seen.person.hats if hat.role == asked["role"]), None)
        usual |= {"role": asked["role"], "estates": " ".join(sorted(worn.estates)) if worn else ""}
    return starting(**usual)


def _form_called(step: str, base: str) -> Form:
    forms = OWN if base == MINE else FORMS
    if step not in forms:
        raise NotFound("step", step)
    return forms[step]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
