"""The procedure in force, for everybody who follows it, and the forms that adopt, confirm and withdraw a version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import asyncpg
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from services.cases.procedure.commands import (
    AdoptProcedure,
    ConfirmVersion,
    WithdrawVersion,
    adopt_procedure,
    confirm_version,
    withdraw_version,
)
from services.cases.procedure.queries import (
    AdoptedVersion,
    ProposedVersion,
    at_hand,
    procedure,
    proposal,
    proposals,
    version_in_force,
    versions,
    without_agreement,
)
from services.cases.procedure.rules.document import Span
from services.cases.procedure.rules.in_force import ProcedureInForce
from services.cases.procedure.rules.oddities import Odd
from services.cases.procedure.rules.reading import read_adopted, read_procedure
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.ground.spoken import how_long, short_day, short_moment
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
from shared.words.vocabulary.procedure import VersionState, Weekday, WithdrawalReason
from shared.words.vocabulary.waiting import DeadlineKind

pages = APIRouter(prefix="/procedure", include_in_schema=False)


class _Adoption(BaseModel):
    text: str


EXAMPLE = Path(__file__).parent / "example.yaml"
"""A whole procedure that may be adopted as it is, from the day that is put in."""


class _Confirmation(BaseModel):
    digest: str


class _Withdrawal(BaseModel):
    reason: WithdrawalReason


@pages.get("", openapi_extra={"x-action": Action.READ_PROCEDURE})
async def show_procedure(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """What is in force today, and every version there was."""
    allow(context, Action.READ_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        adopted = await versions(connection, context.actor.association)
        waiting = await proposals(connection, context.actor.association)
        shown = await _in_force(service, connection, context)
        without = await without_agreement(connection, context.actor.association, shown) if shown else ()
    return _page(request, context, service, shown, adopted=adopted, waiting=waiting, in_force=shown, without_agreement=without)


@pages.get("/versions/{version}", openapi_extra={"x-action": Action.READ_PROCEDURE})
async def show_version(request: Request, version: str, context: RequestContext, service: Running) -> HTMLResponse:
    """One version, which may be over: cases stay under the one they began with."""
    allow(context, Action.READ_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        shown = await procedure(service.memo, at_hand(connection), context.actor.association, version)
        adopted = await versions(connection, context.actor.association)
        waiting = await proposals(connection, context.actor.association)
        today = await _in_force(service, connection, context)
    return _page(request, context, service, shown, adopted=adopted, waiting=waiting, in_force=today)


@pages.get("/adoption", openapi_extra={"x-action": Action.ADOPT_PROCEDURE})
async def show_adoption(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """The form for a new version; before the first an example stands in it."""
    allow(context, Action.ADOPT_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        is_first = not await versions(connection, context.actor.association)
    example = EXAMPLE.read_text(encoding="utf-8").replace("{{ today }}", f"{local_day(context.at):%Y-%m-%d}") if is_first else ""
    return page(request, "adoption.html", example=example)


@pages.post("/adoption", openapi_extra={"x-action": Action.ADOPT_PROCEDURE})
async def adopt_from_page(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Adopt it, or show every mistake with its line beside what was typed."""
    allow(context, Action.ADOPT_PROCEDURE, Resource(association=context.actor.association))
    async with refusals_beside(form, lambda: show_adoption(request, context, service)):
        text = form.read(_Adoption).text
        odd = await service.do(adopt_procedure, AdoptProcedure(text=text), context)
    if not odd:
        return go_to("/cases/procedure", notice=marked("Proceduren er vedtaget."))
    notice = marked("Proceduren er foreslået. Den gælder, når en anden har set advarslerne og bekræftet dem.")
    return go_to(f"/cases/procedure/proposals/{read_procedure(text).version}", notice=notice)


@pages.get("/proposals/{proposed}", openapi_extra={"x-action": Action.READ_PROCEDURE})
async def show_proposal(request: Request, proposed: str, context: RequestContext, service: Running) -> Response:
    """A version that waits: what is odd about it, what it says, and the button with which somebody else confirms it.

    Once it is confirmed, whoever comes back to it is led to the version.
    """
    allow(context, Action.READ_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        if any(one.version == proposed for one in await versions(connection, context.actor.association)):
            return go_to(f"/cases/procedure/versions/{proposed}")
        waiting = await proposal(connection, context.actor.association, proposed)
    language = language_of(request)
    shown = ProcedureInForce(read_adopted(waiting.text))
    return page(
        request,
        "proposal.html",
        **_said(shown, context, service.staff, language),
        waiting=waiting,
        oddities=[_odd(one, language) for one in waiting.oddities],
        proposed_by=service.staff.name_of(waiting.proposed_by),
        is_own=waiting.proposed_by in context.actor.is_for,
        may_review=can(context.actor, Action.REVIEW_PROCEDURE, Resource(association=context.actor.association), context.purpose),
    )


@pages.post("/proposals/{proposed}", openapi_extra={"x-action": Action.REVIEW_PROCEDURE})
async def confirm_from_page(request: Request, proposed: str, context: RequestContext, service: Running, form: Filling) -> Response:
    """Somebody else has seen what is odd, and it is meant so."""
    allow(context, Action.REVIEW_PROCEDURE, Resource(association=context.actor.association))
    async with refusals_beside(form, lambda: show_proposal(request, proposed, context, service)):
        await service.do(confirm_version, ConfirmVersion(version=proposed, digest=form.read(_Confirmation).digest), context)
    return go_to("/cases/procedure", notice=marked("Proceduren er bekræftet og vedtaget."))


@pages.get("/versions/{version}/withdrawal", openapi_extra={"x-action": Action.REVIEW_PROCEDURE})
async def show_withdrawal(request: Request, version: str, context: RequestContext, service: Running) -> HTMLResponse:
    """The form that withdraws a version before it holds."""
    allow(context, Action.REVIEW_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        await procedure(service.memo, at_hand(connection), context.actor.association, version)
    return _withdrawal(request, version)


@pages.post("/versions/{version}/withdrawal", openapi_extra={"x-action": Action.REVIEW_PROCEDURE})
async def withdraw_from_page(request: Request, version: str, context: RequestContext, service: Running, form: Filling) -> Response:
    """Withdraw it; a version that holds already is refused."""
    allow(context, Action.REVIEW_PROCEDURE, Resource(association=context.actor.association))
    async with refusals_beside(form, lambda: show_withdrawal(request, version, context, service)):
        await service.do(withdraw_version, WithdrawVersion(version=version, reason=form.read(_Withdrawal).reason), context)
    return go_to("/cases/procedure", notice=marked("Versionen er trukket tilbage."))


@pages.get("/proposals/{proposed}/withdrawal", openapi_extra={"x-action": Action.REVIEW_PROCEDURE})
async def show_withdrawal_of_proposal(request: Request, proposed: str, context: RequestContext, service: Running) -> HTMLResponse:
    """The form that withdraws what is only proposed."""
    allow(context, Action.REVIEW_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        await proposal(connection, context.actor.association, proposed)
    return _withdrawal(request, proposed)


@pages.post("/proposals/{proposed}/withdrawal", openapi_extra={"x-action": Action.REVIEW_PROCEDURE})
async def withdraw_proposal_from_page(
    request: Request, proposed: str, context: RequestContext, service: Running, form: Filling
) -> Response:
    """Withdraw what is only proposed."""
    allow(context, Action.REVIEW_PROCEDURE, Resource(association=context.actor.association))
    async with refusals_beside(form, lambda: show_withdrawal_of_proposal(request, proposed, context, service)):
        await service.do(withdraw_version, WithdrawVersion(version=proposed, reason=form.read(_Withdrawal).reason), context)
    return go_to("/cases/procedure", notice=marked("Versionen er trukket tilbage."))


def _withdrawal(request: Request, version: str) -> HTMLResponse:
    language = language_of(request)
    return page(
        request, "withdrawal_of_version.html", version=version, reasons=[(r.value, said(r.label, language), "") for r in WithdrawalReason]
    )


async def _in_force(service: Service, connection: asyncpg.Connection[Any], context: Context) -> ProcedureInForce | None:
    """The version of today; `None` before the first one takes effect."""
    association = context.actor.association
    try:
        version = await version_in_force(connection, association, local_day(context.at))
    except NotFound:
        return None
    return await procedure(service.memo, at_hand(connection), association, version)


def _page(
    request: Request,
    context: Context,
    service: Service,
    shown: ProcedureInForce | None,
    *,
    adopted: Iterable[AdoptedVersion],
    waiting: Iterable[ProposedVersion],
    in_force: ProcedureInForce | None,
    without_agreement: Sequence[str] = (),
) -> HTMLResponse:
    language = language_of(request)
    adopted = tuple(adopted)
    is_current = shown is None or (in_force is not None and shown.version == in_force.version)
    may_review = can(context.actor, Action.REVIEW_PROCEDURE, Resource(association=context.actor.association), context.purpose)
    return page(
        request,
        "procedure.html",
        **(_said(shown, context, service.staff, language) if shown else {"shown": None}),
        is_current=is_current,
        without_agreement=without_agreement,
        adopted=_adopted(adopted, service.staff.within(context.actor.association), language),
        waiting=[_waiting(one, service.staff.within(context.actor.association), language) for one in waiting],
        coming=[one.version for one in adopted if one.state == VersionState.ADOPTED and one.effective_on > local_day(context.at)]
        if may_review
        else [],
        may_move=not is_current
        and in_force is not None
        and context.actor.role in in_force.movers(service.staff.roles_in(context.actor.association))
        and can(context.actor, Action.WORK_ON_CASE, Resource(association=context.actor.association), context.purpose),
        may_review=may_review,
        may_adopt=can(context.actor, Action.ADOPT_PROCEDURE, Resource(association=context.actor.association), context.purpose),
    )


def _said(shown: ProcedureInForce, context: Context, staff: StaffDirectory, language: Language) -> dict[str, Any]:
    """What a version says, for its page."""
    return {
        "shown": shown.document,
        "kinds": [said(kind.label, language) for kind in DeadlineKind],
        "clocks": _clocks(shown, language),
        "takers": _takers(shown, staff.roles_in(context.actor.association), language),
        "office_hours": _office_hours(shown, language),
        "contacts": _contacts(shown, language),
        "today": local_day(context.at),
    }


def _odd(odd: Odd, language: Language) -> list[str]:
    """What is odd, where, and what stands there."""
    return [label(odd.what, "oddities", language=language), odd.place, how_long(odd.value, language=language)]


def _waiting(one: ProposedVersion, staff: StaffDirectory, language: Language) -> list[Cell]:
    return [
        LinkTo(one.version, f"/cases/procedure/proposals/{one.version}"),
        short_day(one.effective_on, language=language),
        short_moment(one.proposed_at, language=language),
        staff.name_of(one.proposed_by),
        len(one.oddities),
    ]


def _clocks(shown: ProcedureInForce, language: Language) -> list[list[str]]:
    """For each severity how long each clock runs, and after how many days somebody looks again."""
    return [
        [
            said(severity.label, language),
            *(how_long(shown.clock(kind, severity).in_danish, language=language) for kind in DeadlineKind),
            _days(shown.follow_up_days(severity), language),
        ]
        for severity in Severity
    ]


def _days(days: Sequence[int], language: Language) -> str:
    """`3, 14, 30 dage`."""
    *most, last = days
    return ", ".join([*map(str, most), how_long(Span(days=last).in_danish, language=language)])


def _takers(shown: ProcedureInForce, working_here: Collection[str], language: Language) -> list[list[str]]:
    """For each step the people who may take it; that the system may too is left out."""

    def takers(step: Step) -> Iterable[str]:
        if step != Step.MOVE_TO_PROCEDURE:
            return shown.takers(step)
        movers = shown.movers(working_here)
        return (role for role in Role if role in movers)

    return [[said(step.label, language), _named(takers(step), language) + _stepping_in(shown, step, language)] for step in Step]


def _office_hours(shown: ProcedureInForce, language: Language) -> list[list[str]]:
    """When the office is open, day by day; nothing where the procedure does not say."""
    hours = shown.document.office_hours
    return [[said(day.label, language), hours[day]] for day in Weekday if day in hours]


def _named(roles: Iterable[str], language: Language) -> str:
    return ", ".join(label(role, "roles", language=language) for role in roles if role != Role.SYSTEM)


def _stepping_in(shown: ProcedureInForce, step: Step, language: Language) -> str:
    """Who takes it when nobody has in time."""
    stand_in = shown.document.stand_in.get(step)
    if stand_in is None:
        return ""
    who, span = _named(stand_in.roles, language), how_long(stand_in.after.in_danish, language=language)
    return translated(marked("; efter %(span)s også %(who)s"), language, {"span": span, "who": who.lower()})


def _contacts(shown: ProcedureInForce, language: Language) -> dict[str, list[list[str]]]:
    """For each municipality whom to turn to, and how long an answer may take."""
    return {
        municipality: [
            [
                label(target, "targets", language=language),
                to.unit,
                to.phone,
                to.hours,
                how_long(shown.answer(target, municipality).in_danish, language=language),
            ]
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
            " · ".join(staff.name_of(who) for who in (one.proposed_by, one.adopted_by) if who),
            _state(one, language),
            one.digest[:12],
        ]
        for one in versions
    ]


def _state(one: AdoptedVersion, language: Language) -> str:
    """Adopted, or withdrawn and why."""
    state = label(one.state, "version_states", language=language)
    why = label(one.withdrawn_reason, "withdrawal_reasons", language=language)
    return f"{state}: {why}" if why else state
