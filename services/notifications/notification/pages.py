"""The pages about notices: whether people could be told, and what oneself was told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from services.notifications.notification.queries import Own, notices_of
from services.notifications.notification.rules import LADDER, State
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow
from shared.web.pagination import PAGE_SIZE
from shared.web.web import RequestContext, Running, cursors_of
from shared.web.website import page
from shared.words.labels import said
from shared.words.language import language_of
from shared.words.vocabulary.notice import NoticeKind
from shared.words.vocabulary.people import Look, Relation

pages = APIRouter(include_in_schema=False)

Cursor = Annotated[str, Query(max_length=500)]


@pages.get("/", openapi_extra={"x-action": Action.READ_NOTICES})
async def show_notices(
    request: Request, context: RequestContext, service: Running, state: State | None = None, cursor: Cursor = ""
) -> HTMLResponse:
    """All notices of the association, for those who see to it that people are told."""
    allow(context, Action.READ_NOTICES, Resource(association=context.actor.association))
    cursors = cursors_of(service, list_name="notices")
    async with service.read() as connection:
        found = await notices_of(
            connection,
            association=context.actor.association,
            shut_from=context.actor.shut_from,
            state=state,
            after=cursors.read(cursor),
            limit=PAGE_SIZE + 1,
        )
        await log_access(connection, context, told_by="notifications", action=Look.READ_NOTICES, relation=Relation.ASSOCIATION)
    shown = cursors.page(found, limit=PAGE_SIZE, keyset_of=lambda line: line.keyset)
    staff = service.staff.within(context.actor.association)
    people = {line.recipient: staff.person(line.recipient) for line in shown.rows}
    return page(
        request,
        "notices.html",
        lines=shown.rows,
        next=shown.next,
        people=people,
        state=state,
        states=list(State),
        kinds=_kinds(request),
        tries=len(LADDER) + 1,
        mail_is_set_up=bool(service.settings.smtp),
    )


@pages.get("/mine", openapi_extra={"x-action": Action.READ_OWN_NOTICES})
async def show_my_notices(request: Request, context: RequestContext, service: Running, cursor: Cursor = "") -> HTMLResponse:
    """What the one who asks was told, with the links."""
    me = context.actor
    allow(context, Action.READ_OWN_NOTICES, Resource(association=me.association, recipient=me.id))
    cursors = cursors_of(service, list_name="my notices")
    async with service.read() as connection:
        found = await notices_of(
            connection,
            association=me.association,
            own=Own.seen_by(context, service.staff.within(me.association)),
            shut_from=me.shut_from,
            after=cursors.read(cursor),
            limit=PAGE_SIZE + 1,
        )
        await log_access(connection, context, told_by="notifications", action=Look.READ_OWN_NOTICES, relation=Relation.RECIPIENT)
    shown = cursors.page(found, limit=PAGE_SIZE, keyset_of=lambda line: line.keyset)
    return page(request, "my_notices.html", lines=shown.rows, next=shown.next, kinds=_kinds(request))


def _kinds(request: Request) -> dict[NoticeKind, str]:
    """What each kind is called in the reader's language."""
    return {kind: said(kind.label, language_of(request)) for kind in NoticeKind}
