"""The desk for what could not be taken in: looked at, tried again, put aside with a reason, taken up again (decision 0021)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel
from starlette.responses import HTMLResponse

from shared.ground.described import Described
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.messaging import parked_desk, unknown_types
from shared.messaging.access_log import log_access
from shared.messaging.messages.looks import Looked
from shared.privacy.access import Action, Resource, allow, may_ever
from shared.running.receiver import Receiver
from shared.web.forms import Filled, Filling, refusals_beside, starting
from shared.web.web import RequestContext, Running
from shared.web.website import go_to, page
from shared.words.language import marked
from shared.words.vocabulary.people import Look, Relation

PAGE_SIZE = 50
_NOTICES: Mapping[parked_desk.Decision, str] = {
    "put_aside": marked("Beskeden er lagt til side."),
    "taken_up": marked("Beskeden er taget op igen og prøvet."),
}


class DecisionIn(BaseModel):
    """What somebody decides about a parked message."""

    decision: parked_desk.Decision
    reason: str = ""


class DecisionOut(Described):
    """What somebody decided about a parked message."""

    decision: str
    """`put_aside` or `taken_up`."""
    by: str
    """Whose decision it was."""
    at: datetime
    """When."""
    reason: str
    """Why, in the words of whoever decided."""


class ParkedOut(Described):
    """A message that could not be taken in; never what it says."""

    id: int
    """Its number here."""
    kind: str
    """What it takes: `waiting`, `refused`, `unknown_version`, `unreadable`, `failed` or `behind`."""
    code: str
    """The code of the reason."""
    reason: str
    """The reason, in words."""
    type: str
    """Its type, as far as it names one."""
    topic: str
    """Where it stood."""
    partition: int
    """In which partition."""
    offset: int
    """At which offset."""
    parked_at: datetime
    """Since when."""
    tries: int
    """How often it was tried again."""
    outcome: str
    """`put_aside` or `replaced`; empty while it waits."""
    decisions: tuple[DecisionOut, ...]
    """What was decided about it, the oldest first."""


class UnknownTypeOut(Described):
    """A type that is not known here; such messages are passed and hold nothing back."""

    type: str
    """Its name; all that are too many, or called what no type is called, are one."""
    messages: int
    """How often one was passed."""
    first_seen: datetime
    """When the first one was."""
    last_seen: datetime
    """When the last one was."""


class ParkedPage(Described):
    """Some of what is parked, and what was passed."""

    messages: tuple[ParkedOut, ...]
    """The oldest first."""
    next: int | None
    """What `after` has to be for the next ones; nothing at the end."""
    unknown_types: tuple[UnknownTypeOut, ...]
    """All types that were passed."""


After = Annotated[int, Query(ge=0, le=2**63 - 1, description="the number after which to go on")]
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
Settled = Annotated[bool, Query(description="instead those that were put aside or replaced")]


def add_parked(router: APIRouter) -> None:
    """The routes of the desk."""
    read, decide = {"x-action": Action.READ_PARKED.value}, {"x-action": Action.RETRY_PARKED.value}

    @router.get("/api/parked", openapi_extra=read)
    async def parked_messages(context: RequestContext, service: Running, after: After = 0, settled: Settled = False) -> ParkedPage:
        """What could not be taken in, page by page, with its reason; and the types that are not known here."""
        rows, next_after, types = await _look(context, service, after, settled=settled)
        return ParkedPage(
            messages=tuple(_out(row) for row in rows),
            next=next_after,
            unknown_types=tuple(
                UnknownTypeOut(type=each.type, messages=each.messages, first_seen=each.first_seen, last_seen=each.last_seen)
                for each in types
            ),
        )

    @router.get("/parked", openapi_extra=read, include_in_schema=False)
    async def parked_page(
        request: Request, context: RequestContext, service: Running, after: After = 0, settled: Settled = False
    ) -> Response:
        """The same for people."""
        rows, next_after, types = await _look(context, service, after, settled=settled)
        return page(
            request, "parked.html", messages=rows, next=next_after, settled=settled, unknown_types=types, address=f"/{service.name}/parked",
            service_title=service.parts.title, may_decide=may_ever(context.actor.role, Action.RETRY_PARKED),
        )  # fmt: skip

    @router.post("/parked", openapi_extra=decide, include_in_schema=False)
    async def retry(
        context: RequestContext, service: Running, id: Annotated[int | None, Form(ge=1, le=2**63 - 1)] = None
    ) -> RedirectResponse:
        """Try one parked message and those behind it, or all, again."""
        allow(context, Action.RETRY_PARKED, Resource(association=context.actor.association))
        await Receiver(service).retry(id=id)
        return RedirectResponse(f"/{service.name}/parked", status_code=303)

    @router.get("/parked/{parked_id}", openapi_extra=decide, include_in_schema=False)
    async def decision_page(request: Request, context: RequestContext, service: Running, parked_id: Number) -> Response:
        """One message, what was decided about it, and the form to decide."""
        return await _decision_page(request, context, service, parked_id, starting())

    @router.post("/parked/{parked_id}", openapi_extra=decide, include_in_schema=False)
    async def decide_from_page(request: Request, context: RequestContext, service: Running, parked_id: Number, form: Filling) -> Response:
        """Put it aside, or take it up again; the rest of its line goes on by itself."""
        allow(context, Action.RETRY_PARKED, Resource(association=context.actor.association))
        async with refusals_beside(form, lambda: _decision_page(request, context, service, parked_id, form)):
            sent = form.read(DecisionIn)
            receiver = Receiver(service)
            act = receiver.put_aside if sent.decision == "put_aside" else receiver.take_up
            await act(parked_id, by=context.actor.id, reason=sent.reason)
        return go_to(f"/{service.name}/parked", notice=_NOTICES[sent.decision])


async def _look(
    context: Context, service: Service, after: int, *, settled: bool
) -> tuple[list[parked_desk.Listed], int | None, list[unknown_types.Seen]]:
    allow(context, Action.READ_PARKED, Resource(association=context.actor.association))
    async with service.read() as connection:
        rows = await parked_desk.listed(connection, reader=service.name, settled=settled, after=after, limit=PAGE_SIZE + 1)
        types = await unknown_types.seen(connection, reader=service.name)
        await log_access(
            connection,
            context,
            told_by=service.name if Looked in service.parts.publishes else "",
            action=Look.READ_PARKED,
            relation=Relation.ASSOCIATION,
        )
    shown = rows[:PAGE_SIZE]
    return shown, shown[-1].id if len(rows) > PAGE_SIZE else None, types


async def _decision_page(request: Request, context: Context, service: Service, id: int, form: Filled) -> HTMLResponse:
    allow(context, Action.RETRY_PARKED, Resource(association=context.actor.association))
    async with service.read() as connection:
        message = await parked_desk.one(connection, id, reader=service.name)
        await log_access(
            connection,
            context,
            told_by=service.name if Looked in service.parts.publishes else "",
            action=Look.READ_PARKED,
            relation=Relation.ASSOCIATION,
        )
    return page(
        request, "parked_message.html", message=message, form=form, address=f"/{service.name}/parked", at_most=parked_desk.MOST_REASON
    )


def _out(row: parked_desk.Listed) -> ParkedOut:
    return ParkedOut(
        id=row.id, kind=row.kind.value, code=row.code, reason=row.reason, type=row.type, topic=row.topic, partition=row.partition,
        offset=row.offset, parked_at=row.parked_at, tries=row.tries, outcome=row.outcome,
        decisions=tuple(DecisionOut(decision=one.decision, by=one.by, at=one.at, reason=one.reason) for one in row.decisions),
    )  # fmt: skip
