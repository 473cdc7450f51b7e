"""JSON: what an erasure would do, erasing, and how far it has come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field

from services.intake.erasure.commands import erase, must_not_keep_out, would_go_now
from services.intake.erasure.queries import ErasureRow, Standing, erasure_called, erasures, receipt, standing_of
from services.intake.erasure.rules.somebody import Somebody
from services.intake.erasure.rules.whom import Goes, Known, Whom
from services.intake.erasure.steps import look_for, may_erase, must_say_why
from services.intake.observation.rules.observation import receipt_of
from services.intake.reporter.queries import TakenCall
from services.intake.reporter.steps import callers, open_caller
from shared.ground.described import Described
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow
from shared.web.pagination import limited
from shared.web.web import RequestContext, Running, cursors_of
from shared.words.code import one_of
from shared.words.vocabulary.erasure import ErasedKind, ErasureReason
from shared.words.vocabulary.people import Look, Relation

LIST = "erasures"
NAMED = tuple(kind for kind in ErasedKind if kind is not ErasedKind.LIST)
"""What somebody may name; a list comes from the command line."""
REASONS = tuple(reason for reason in ErasureReason if reason is not ErasureReason.RESTORED)

api = APIRouter(prefix="/api/erasures", tags=["erasures"])


class WhomIn(Described):
    """Whom it is about; in the body, for an address is written down in many places."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[str, Field(max_length=20, json_schema_extra=one_of(NAMED))]
    """What is named: a person, or, as far as nobody knows which person it is, a tenancy, a home, or one matter."""
    about: UUID
    """Its id: the one the ERP has for the person or the tenancy, the register for the home, or that of the matter."""


class ErasureIn(WhomIn):
    """Somebody is to be erased, now and for good."""

    id: UUID
    """Made by the one who asks; sent again, nothing is done a second time."""
    reason: Annotated[str, Field(max_length=40, json_schema_extra=one_of(REASONS))]
    """Why."""
    sure: bool
    """Said in so many words: there is no way back."""


class MatterOut(Described):
    """A matter that goes: never more of it than is needed to recognise it."""

    kind: str
    """What it is, as a code."""
    since: datetime
    """Since when it is known."""
    receipt: str
    """The number of the observation or the case; empty for anything else."""
    is_open: bool | None
    """Whether somebody may still be waiting for help in it; null where it is neither an observation nor a case."""
    severity: str
    """How serious it is, as a code; empty likewise."""


class StaysOut(Described):
    """Why matters stay, and how many."""

    why: str
    """Why, as a code."""
    matters: int
    """How many."""


class LookOut(Described):
    """What erasing them would do now."""

    goes: list[MatterOut]
    """What goes for good."""
    stays: list[StaysOut]
    """What stays, and why; their link to it goes."""
    without_home: int
    """How many of the tenancies that go have no home here: what was seen there is not found, and is erased by the home."""


class ErasureOut(Described):
    """An erasure, and its certificate once it is carried out. Of whom it was is not known any more."""

    erasure_id: UUID
    """Its id."""
    kind: str
    """What was named."""
    reason: str
    """Why, as a code."""
    state: str
    """How far it has come, as a code."""
    begun_by: str
    """Who decided it: an opaque staff id."""
    begun_at: datetime
    """When."""
    matters: int
    """How many matters."""
    texts: int
    """How many texts were in them."""
    carried_out: dict[str, datetime]
    """When each service had cleaned its rows."""
    certified_at: datetime | None
    """When the certificate was written; null until everybody has answered."""
    remains: list[str]
    """What remains and why, as codes."""
    topics_until: date | None
    """Until when topics hold sealed messages about it, which nothing opens."""


class ErasuresOut(Described):
    """Some erasures, the newest first."""

    erasures: list[ErasureOut]
    """Erasures."""
    next: str
    """The cursor of the next ones; empty at the end."""


class Search(Described):
    """What the one who asks has in hand; in the body, for an address is written down in many places."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=120)]
    """An address, the number of a receipt, an id; or the name or number of somebody who called about somebody else."""


class SomebodyOut(Described):
    """Whom an erasure can be of."""

    kind: str
    """What is named: a person, or, where nobody knows who it is, a tenancy, a home or one matter."""
    about: UUID
    """Its id."""
    roles: list[str]
    """What a person is in what is about them, as codes."""
    matter: str
    """What a single matter is, as a code."""
    receipt: str
    """The number of an observation or a case."""
    homes: list[str]
    """Where; empty where it is not known, or protected."""
    is_protected: bool
    """Whether an address of theirs is protected."""
    since: date | None
    """Since when it is known, or they live there."""
    is_over: bool
    """Whether they do not live there any more."""


class CallerOut(Described):
    """That somebody called about somebody else; nothing here leads to what they told, nor to who they are."""

    reporter_id: UUID
    """Their id."""
    received_at: datetime
    """When they called, to the hour."""
    source: str
    """What kind of person it is, as a code."""
    taken_by: str
    """Who took the call: an opaque staff id."""


class OpenedCallerOut(CallerOut):
    """With who it was."""

    name: str | None
    """Their name; null where it was not told, or was erased."""
    phone: str | None
    """Their number; likewise."""


class FoundOut(Described):
    """Whom it can be about."""

    whom: list[SomebodyOut]
    """Whom an erasure can be of, those who live there first."""
    callers: list[CallerOut]
    """Whoever called about somebody else by that name or number."""
    more_homes: bool
    """Whether there are more homes that are called like that."""


class CallersOut(Described):
    """Whoever called, the newest first."""

    callers: list[CallerOut]
    """Calls."""


@api.post("/look", openapi_extra={"x-action": Action.ERASE_PERSON})
async def look(body: WhomIn, context: RequestContext, service: Running) -> LookOut:
    """What would go and what would stay; nothing happens. The look is noted, not of whom."""
    goes = await looked_at(kind_of(body.kind, body.about), context, service)
    async with service.read() as connection:
        standing = await standing_of(connection, context.actor.association, goes.matters)
    stays = sorted(goes.stays.values())
    return LookOut(
        goes=[_matter(each, standing.get(each.id)) for each in goes.destroyed],
        stays=[StaysOut(why=why, matters=stays.count(why)) for why in dict.fromkeys(stays)],
        without_home=goes.without_home,
    )


@api.post("", status_code=202, openapi_extra={"x-action": Action.ERASE_PERSON})
async def erase_person(body: ErasureIn, context: RequestContext, service: Running) -> ErasureOut:
    """Destroy the keys; every service cleans its rows and answers, and then there is a certificate at the address of the erasure."""
    may_erase(context)
    whom = kind_of(body.kind, body.about)
    await erase(whom, id=body.id, reason=body.reason, sure=body.sure, context=context, service=service)
    return await read_erasure(body.id, context, service)


@api.get("", openapi_extra={"x-action": Action.READ_ERASURES})
async def list_erasures(
    context: RequestContext, service: Running, limit: Annotated[int | None, Query(ge=1)] = None, cursor: str = ""
) -> ErasuresOut:
    """Every erasure."""
    may_read(context)
    cursors, rows = cursors_of(service, list_name=LIST), limited(limit)
    async with service.read() as connection:
        found = await erasures(connection, context.actor.association, before=cursors.read(cursor), limit=rows + 1)
    page = cursors.page(found, limit=rows, keyset_of=lambda row: row.keyset)
    return ErasuresOut(erasures=[_erasure(row) for row in page.rows], next=page.next)


@api.post("/find", openapi_extra={"x-action": Action.ERASE_PERSON})
async def find(body: Search, context: RequestContext, service: Running) -> FoundOut:
    """Whom it can be about. The one who asks says why; the look is noted, with why and without what was searched for."""
    may_erase(context)
    found = await look_for(body.text, must_say_why(context), service)
    return FoundOut(
        whom=[_somebody(one) for one in found.found.people],
        callers=[_caller(call) for call in found.callers],
        more_homes=found.found.more_homes,
    )


@api.get("/callers", openapi_extra={"x-action": Action.ERASE_PERSON})
async def list_callers(context: RequestContext, service: Running, limit: Annotated[int | None, Query(ge=1, le=200)] = None) -> CallersOut:
    """That somebody called about somebody, the newest first; who it was is asked of each. The look is noted."""
    may_erase(context)
    found = await callers(context, service, limit=limited(limit))
    return CallersOut(callers=[_caller(call) for call in found])


@api.get("/callers/{reporter_id}", openapi_extra={"x-action": Action.ERASE_PERSON})
async def read_caller(reporter_id: UUID, context: RequestContext, service: Running) -> OpenedCallerOut:
    """Who called, for the one who is to be erased: then `one_matter` with their id. Whoever asks says why; it is noted with the call."""
    may_erase(context)
    opened = await open_caller(must_say_why(context), service, reporter_id)
    return OpenedCallerOut(**_caller(opened.call).model_dump(), name=opened.name, phone=opened.phone)


@api.get("/{erasure_id}", openapi_extra={"x-action": Action.READ_ERASURES})
async def read_erasure(erasure_id: UUID, context: RequestContext, service: Running) -> ErasureOut:
    """One erasure: its progress, and its certificate."""
    may_read(context)
    async with service.read() as connection:
        return _erasure(await erasure_called(connection, context.actor.association, erasure_id))


def may_read(context: Context) -> None:
    """Whether the one who asks may see which erasures there were in their association."""
    allow(context, Action.READ_ERASURES, Resource(association=context.actor.association))


def kind_of(kind: str, about: UUID) -> Whom:
    """Whom somebody named; what is none of those one may name is about nobody."""
    return Whom(kind=ErasedKind(kind) if kind in set(NAMED) else ErasedKind.LIST, id=about)


async def looked_at(whom: Whom, context: Context, service: Service) -> Goes:
    """What erasing them would do; noted without whom it is about. Raises `NothingIsKnown`, `PeopleAreKnown`."""
    may_erase(context)
    async with service.read() as connection:
        await log_access(connection, context, told_by="intake", action=Look.LOOK_UP_ERASURE, relation=Relation.ASSOCIATION)
    await must_not_keep_out(whom, context, service)
    goes, _ = await would_go_now(whom, context.actor.association, service)
    return goes


def _somebody(one: Somebody) -> SomebodyOut:
    return SomebodyOut(
        kind=one.whom.kind.value,
        about=one.whom.id,
        roles=list(one.roles),
        matter=one.matter,
        receipt=receipt_of(one.whom.id) if one.matter else "",
        homes=list(one.homes),
        is_protected=one.is_protected,
        since=one.since,
        is_over=one.is_over,
    )


def _matter(known: Known, standing: Standing | None) -> MatterOut:
    return MatterOut(
        kind=known.kind.value,
        since=known.since,
        receipt=receipt(known),
        is_open=standing.is_open if standing else None,
        severity=standing.severity if standing else "",
    )


def _caller(call: TakenCall) -> CallerOut:
    return CallerOut(reporter_id=call.reporter_id, received_at=call.received_at, source=call.source, taken_by=call.taken_by)


def _erasure(row: ErasureRow) -> ErasureOut:
    return ErasureOut(
        erasure_id=row.erasure_id,
        kind=row.kind,
        reason=row.reason,
        state=row.state,
        begun_by=row.begun_by,
        begun_at=row.begun_at,
        matters=row.matters,
        texts=row.texts,
        carried_out=dict(row.carried_out),
        certified_at=row.certified_at,
        remains=list(row.remains),
        topics_until=row.topics_until,
    )
