"""Notices as JSON: whether people could be told, for operators and leads, and for everybody their own."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import ConfigDict

from services.notifications.notification.queries import NoticeLine, Own, notices_of
from services.notifications.notification.rules import State
from shared.ground.described import Described
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow
from shared.web.pagination import MOST_ROWS, PAGE_SIZE
from shared.web.web import RequestContext, Running, cursors_of
from shared.words.vocabulary.people import Look, Relation

router = APIRouter(prefix="/api", tags=["notices"])

Limit = Annotated[int, Query(ge=1, le=MOST_ROWS)]
Cursor = Annotated[str, Query(max_length=500)]


class NoticeJson(Described):
    """One notice: who was to be told what kind of thing, and whether it arrived. No content."""

    model_config = ConfigDict(from_attributes=True)

    notice_id: UUID
    """The notice."""
    recipient: str
    """Who was to be told: an opaque staff id."""
    kind: str
    """What about, as a code."""
    link: str
    """Where the mail leads."""
    state: State
    """How far it has come."""
    attempts: int
    """How often it was tried."""
    reason: str
    """Why the last attempt failed, or why it is not needed any more, as a code; empty otherwise."""
    requested_at: datetime
    """When it was asked for."""
    next_try_at: datetime | None
    """When it is tried again; null when it is not."""
    settled_at: datetime | None
    """When it arrived, was given up, or was not needed any more; null before that."""


class NoticesJson(Described):
    """Some notices, newest first; `next` is the cursor of the rest, empty at the end."""

    notices: list[NoticeJson]
    """Notices."""
    next: str
    """`cursor` of the next request."""


@router.get("/notices", openapi_extra={"x-action": Action.READ_NOTICES})
async def list_notices(
    context: RequestContext, service: Running, state: State | None = None, limit: Limit = PAGE_SIZE, cursor: Cursor = ""
) -> NoticesJson:
    """All notices of the association."""
    allow(context, Action.READ_NOTICES, Resource(association=context.actor.association))
    cursors = cursors_of(service, list_name="notices")
    async with service.read() as connection:
        found = await notices_of(
            connection,
            association=context.actor.association,
            shut_from=context.actor.shut_from,
            state=state,
            after=cursors.read(cursor),
            limit=limit + 1,
        )
        await log_access(connection, context, told_by="notifications", action=Look.READ_NOTICES, relation=Relation.ASSOCIATION)
    page = cursors.page(found, limit=limit, keyset_of=lambda line: line.keyset)
    return NoticesJson(notices=[_json(line) for line in page.rows], next=page.next)


@router.get("/notices/mine", openapi_extra={"x-action": Action.READ_OWN_NOTICES})
async def list_my_notices(context: RequestContext, service: Running, limit: Limit = PAGE_SIZE, cursor: Cursor = "") -> NoticesJson:
    """What was told to the one who asks, in the hat they wear; in a lent hat, to whose hat it is, since they are away."""
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
            limit=limit + 1,
        )
        await log_access(connection, context, told_by="notifications", action=Look.READ_OWN_NOTICES, relation=Relation.RECIPIENT)
    page = cursors.page(found, limit=limit, keyset_of=lambda line: line.keyset)
    return NoticesJson(notices=[_json(line) for line in page.rows], next=page.next)


def _json(line: NoticeLine) -> NoticeJson:
    return NoticeJson.model_validate(line)
