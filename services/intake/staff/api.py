"""The staff as JSON: those who manage it see and change everybody, everybody themselves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from inspect import Parameter, Signature, cleandoc
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.intake.staff.commands import ChangeColleague, change_once
from services.intake.staff.queries import ColleagueSeen, colleague_called
from services.intake.staff.rules.asking import StaffRequest
from services.intake.staff.rules.working import TakeOn
from services.intake.staff.steps import FORMS, OWN, Form, may_keep_own, may_manage, may_read, sees_places, sees_reasons
from shared.ground.described import Described
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.privacy.access import Action
from shared.web.openapi import TELLS_VERSION
from shared.web.web import IfMatch, RequestContext, Running, etag

api = APIRouter(prefix="/api", tags=["staff"])


class HatOut(Described):
    """What somebody is here."""

    role: str
    """The role, as a code."""
    estates: list[str]
    """Their own estates, as codes; empty where the role is for the whole association."""


class AbsenceOut(Described):
    """Somebody is away."""

    absence_id: UUID
    """The absence."""
    begins: datetime
    """From when."""
    ends: datetime
    """Until when."""
    stand_in: str
    """Who does meanwhile what they would do; empty where nobody was named."""


class TurnOut(Described):
    """Somebody is on call for what is acute."""

    on_call_id: UUID
    """The turn."""
    begins: datetime
    """From when."""
    ends: datetime
    """Until when."""


class ConflictOut(Described):
    """Somebody keeps out of a home or a case."""

    conflict_id: UUID
    """The conflict."""
    about: UUID | None
    """The home, or the case; null for who is not to know where somebody keeps out of."""
    kind: str
    """Why, as a code; empty for who is not to know."""


class ColleagueOut(Described):
    """Somebody who works here."""

    person: str
    """Their opaque id."""
    name: str
    """What people call them."""
    email: str
    """Where work mail reaches them; empty when nowhere."""
    phone: str
    """Where those who register can ring; empty when nowhere."""
    hats: list[HatOut]
    """What they are here; empty once they have left."""


class ColleagueInFull(ColleagueOut):
    """Somebody who works here, with everything that can be changed about them."""

    version: int
    """Its version, for `If-Match`; 0 for somebody of whom only the staff file tells."""
    absences: list[AbsenceOut]
    """When they are or were away."""
    on_call: list[TurnOut]
    """When they are or were on call."""
    conflicts: list[ConflictOut]
    """What they keep out of."""


class StaffOut(Described):
    """Everybody who works in the association."""

    colleagues: list[ColleagueOut]
    """Colleagues."""


@api.get("/staff", openapi_extra={"x-action": Action.READ_STAFF})
async def list_staff(context: RequestContext, service: Running) -> StaffOut:
    """Everybody who works in the association."""
    may_read(context)
    everybody = service.staff.within(context.actor.association).everybody()
    return StaffOut(colleagues=[ColleagueOut.model_validate(_person(ColleagueSeen(person=person, version=0))) for person in everybody])


@api.post("/staff", status_code=204, openapi_extra={"x-action": Action.MANAGE_STAFF})
async def take_on(body: TakeOn, context: RequestContext, service: Running) -> Response:
    """Somebody begins to work here, or comes back; no restart is needed."""
    may_manage(context)
    await change_once(ChangeColleague(association=context.actor.association, person=body.whose, request=body), context, service)
    return Response(status_code=204)


@api.get("/staff/{person}", responses={200: TELLS_VERSION}, openapi_extra={"x-action": Action.READ_STAFF})
async def read_colleague(response: Response, person: str, context: RequestContext, service: Running) -> ColleagueInFull:
    """One of them, with the `ETag` that a change is to name as `If-Match`."""
    may_read(context)
    return await _in_full(response, person, context, service)


@api.get("/me", responses={200: TELLS_VERSION}, openapi_extra={"x-action": Action.KEEP_OWN_DUTIES})
async def read_myself(response: Response, context: RequestContext, service: Running) -> ColleagueInFull:
    """The one who asks."""
    may_keep_own(context)
    return await _in_full(response, context.actor.id, context, service)


async def _in_full(response: Response, person: str, context: Context, service: Service) -> ColleagueInFull:
    async with service.read() as connection:
        seen = await colleague_called(connection, service.staff, context.actor.association, person)
    response.headers.update(etag(seen.version))
    places, reasons = sees_places(context, person), sees_reasons(context, person)
    return ColleagueInFull(
        **_person(seen),
        version=seen.version,
        absences=[AbsenceOut(absence_id=id, begins=one.begins, ends=one.ends, stand_in=one.stand_in) for id, one in seen.absences],
        on_call=[TurnOut(on_call_id=id, begins=one.begins, ends=one.ends) for id, one in seen.turns],
        conflicts=[
            ConflictOut(conflict_id=id, about=one.about if places else None, kind=one.kind if reasons else "") for id, one in seen.conflicts
        ],
    )


def _person(seen: ColleagueSeen) -> dict[str, Any]:
    person = seen.person
    hats = [HatOut(role=hat.role, estates=sorted(hat.estates)) for hat in person.hats]
    return {"person": person.id, "name": person.name, "email": person.email, "phone": person.phone, "hats": hats}


def _changing(form: Form, *, oneself: bool) -> Callable[..., Awaitable[Response]]:
    """The route of one request, about somebody who is named or about oneself."""

    async def change(context: Context, service: Service, version: int, body: StaffRequest, person: str = "") -> Response:
        may_keep_own(context) if oneself else may_manage(context, form.action)
        whose = context.actor.id if oneself else person
        command = ChangeColleague(association=context.actor.association, person=whose, request=body, version=version)
        await change_once(command, context, service)
        async with service.read() as connection:
            seen = await colleague_called(connection, service.staff, context.actor.association, whose)
        return Response(status_code=204, headers=etag(seen.version))

    arguments: dict[str, Any] = {"context": RequestContext, "service": Running, "version": IfMatch, "body": form.request}
    if not oneself:
        arguments["person"] = Annotated[str, "an opaque staff id"]
    signature = Signature([Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind) for name, kind in arguments.items()])
    setattr(change, "__signature__", signature)  # noqa: B010  what FastAPI reads; functions have no such attribute of their own
    change.__doc__ = cleandoc(form.request.__doc__ or "")
    return change


for _name, _form in FORMS.items():
    api.add_api_route(
        f"/staff/{{person}}/{_name}", _changing(_form, oneself=False), methods=["POST"], status_code=204,
        name=f"staff_{_name.replace('-', '_')}", openapi_extra={"x-action": _form.action},
    )  # fmt: skip
for _name, _form in OWN.items():
    api.add_api_route(
        f"/me/{_name}", _changing(_form, oneself=True), methods=["POST"], status_code=204,
        name=f"my_{_name.replace('-', '_')}", openapi_extra={"x-action": Action.KEEP_OWN_DUTIES},
    )  # fmt: skip
