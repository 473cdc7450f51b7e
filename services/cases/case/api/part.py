"""One's own part of a case as JSON: for the one who saw it, and for whoever is asked along to a meeting."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter

from services.cases.case.queries.part import own_part
from shared.ground.described import Described
from shared.privacy.access import Action
from shared.web.web import RequestContext, Running

router = APIRouter(prefix="/api/parts", tags=["parts"])


class MeetingJson(Described):
    """A meeting that one is asked along to."""

    visit_id: UUID
    """The meeting."""
    at: datetime
    """When it is."""
    comes: bool | None
    """What one answered; null while there is no answer to this time."""
    done: bool
    """Whether it was held, and one was there."""


class OrderJson(Described):
    """The damage service is to come, and one may let it in."""

    order_id: UUID
    """The order."""
    let_in: bool
    """Whether it was let in; it is still to be done."""


class PartJson(Described):
    """What one may know of a case that is not one's own to read."""

    case_id: UUID
    """The case."""
    observer: bool
    """Whether one saw it oneself; otherwise one is asked along."""
    over: bool
    """Whether it is over."""
    estate_id: str
    """The estate, as its code; empty where the address is protected."""
    handler: str
    """Who carries it and is rung: an opaque staff id; empty while nobody does."""
    address: str | None
    """Where it is; null when it was erased, and to a companion who has no meeting ahead."""
    steps: list[str]
    """The steps that are one's own here and that the procedure gives one's role, as the procedure calls them."""
    meetings: list[MeetingJson]
    """One's own meetings, the next one first."""
    orders: list[OrderJson]
    """What the damage service is still to come for."""


@router.get("/{case_id}", openapi_extra={"x-action": Action.TAKE_PART})
async def read_own_part(case_id: UUID, context: RequestContext, service: Running) -> PartJson:
    """One's own part of a case; the look is written down."""
    async with service.read() as connection:
        own = await own_part(connection, service.memo, context, case_id)
    return PartJson(
        case_id=case_id,
        observer=own.is_observer,
        over=own.is_over,
        estate_id="" if own.case.is_address_protected else own.facts.estate_id,
        handler=own.facts.handler,
        address=(await service.keyring([own.address])).open(own.address) if own.address else None,
        steps=sorted(own.steps),
        meetings=[MeetingJson(visit_id=one.id, at=one.at, comes=one.comes, done=one.is_done) for one in own.meetings],
        orders=[OrderJson(order_id=id, let_in=order.is_let_in) for id, order in own.orders],
    )
