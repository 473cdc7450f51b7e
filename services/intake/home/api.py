"""JSON: the register comes in from the association's own systems, and is looked up by phones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field
from starlette.responses import Response

from services.intake.home.commands import RegisterEstate, register_estate
from services.intake.home.queries import (
    HomeRow,
    Let,
    day_seen,
    estate_called,
    estates_within,
    homes_let_on,
    homes_of,
    may_choose,
    right_home,
)
from services.intake.home.rules.estate import Home
from shared.ground.described import Described
from shared.ground.errors import NotFound
from shared.ground.working_days import local_day
from shared.privacy.access import Action, Resource, allow, reach
from shared.web.web import RequestContext, Running

LIST_LIMIT = 4 * 1024 * 1024
"""Bytes; five thousand homes with long street names need about one and a half million."""

api = APIRouter(prefix="/api/estates", tags=["register"])
Estate = Annotated[str, Query(max_length=64, description="The code of the estate.")]

right_homes = APIRouter(prefix="/api/right-homes", tags=["register"])


class HomeIn(Described):
    """A home of the list: building data, never anything about who lives there."""

    model_config = ConfigDict(extra="forbid")

    home_id: UUID
    """The id the register has it under, for ever."""
    street: str
    """The street."""
    number: str
    """The number of the house, with its letter."""
    floor: str = ""
    """The floor, as people say it: `st`, `1`, `2`."""
    door: str = ""
    """The door on the floor: `tv`, `mf`, `th`, or a number."""
    has_ended: bool = False
    """Whether it is no home any more, or stands under another id now: nobody chooses it, and what is known of it stays. Listed again
    without this, it is a home again."""


class EstateIn(Described):
    """An estate and its homes; homes that are left out stay in the register."""

    model_config = ConfigDict(extra="forbid")

    name: str
    """What people call it."""
    municipality: str
    """Its municipality: the number, the name or the code. It is kept as its one code."""
    homes: Annotated[tuple[HomeIn, ...], Field(max_length=20_000)] = ()
    """Homes to enter or to bring up to date."""


class SameAddress(Described):
    """Homes that nobody can tell apart: all but one of them should end, or their addresses be put right."""

    home_ids: tuple[UUID, ...]
    """The ids the register has them under."""
    street: str
    """The street."""
    number: str
    """The number of the house, as the first of them has it."""
    floor: str
    """The floor, likewise."""
    door: str
    """The door on the floor, likewise."""


class EstateTakenIn(Described):
    """What somebody should look at; the list was taken in as it is."""

    same_address: tuple[SameAddress, ...]
    """Homes of the estate with one address under several ids, those from before too."""


class EstateOut(Described):
    """An estate."""

    estate_id: str
    """Its code."""
    name: str
    """What people call it."""
    municipality: str
    """Its municipality, as a code."""
    homes: int
    """How many homes it has."""


class HomeOut(Described):
    """A home."""

    home_id: UUID
    """The id the register has it under."""
    street: str
    """The street."""
    number: str
    """The number of the house, with its letter."""
    floor: str
    """The floor, as people say it; empty where there is none."""
    door: str
    """The door on the floor; empty where there is one."""


@api.put(
    "/{estate_id}",
    status_code=204,
    responses={200: {"model": EstateTakenIn, "description": "Taken in, and there is something to look at"}},
    openapi_extra={"x-action": Action.MANAGE_REGISTER, "x-body-limit": LIST_LIMIT},
)
async def put_estate(estate_id: str, body: EstateIn, context: RequestContext, service: Running) -> Response:
    """Enter an estate and its homes, or bring them up to date; the same again changes nothing."""
    allow(context, Action.MANAGE_REGISTER, Resource(association=context.actor.association, estate=estate_id))
    homes = tuple(
        Home(home_id=home.home_id, street=home.street, number=home.number, floor=home.floor, door=home.door) for home in body.homes
    )
    ended = frozenset(home.home_id for home in body.homes if home.has_ended)
    command = RegisterEstate(estate_id=estate_id, name=body.name, municipality=body.municipality, homes=homes, ended=ended)
    twice = await service.do(register_estate, command, context)
    if not twice:
        return Response(status_code=204)
    return JSONResponse(EstateTakenIn(same_address=tuple(map(_same_address, twice))).model_dump(mode="json"))


def _same_address(homes: Sequence[Home]) -> SameAddress:
    first = homes[0]
    return SameAddress(
        home_ids=tuple(home.home_id for home in homes), street=first.street, number=first.number, floor=first.floor, door=first.door
    )


@api.get("", openapi_extra={"x-action": Action.READ_REGISTER})
async def get_estates(context: RequestContext, service: Running) -> list[EstateOut]:
    """The estates one may register observations about, by name."""
    allow(context, Action.READ_REGISTER, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await estates_within(connection, reach(context, Action.READ_REGISTER))
    return [
        EstateOut(estate_id=estate.estate_id, name=estate.name, municipality=estate.municipality, homes=estate.homes) for estate in found
    ]


class RightHome(Described):
    """A home as a case is moved to it, ready to be sent to `right-person` as it is."""

    home_id: UUID
    """The home."""
    tenancy_id: UUID | None
    """Who lives there today: the tenancy."""
    address: str
    """With floor and side."""
    estate_id: str
    """The estate it lies in, as its code."""
    estate_name: str
    """What people call the estate."""
    municipality: str
    """The municipality it lies in, as its code."""
    has_many_homes: bool
    """Whether the estate has twenty homes or more."""
    register_says: str
    """The register's word that this is so, for this case and until tomorrow."""


@right_homes.get("/{case_id}", openapi_extra={"x-action": Action.READ_REGISTER})
async def get_right_homes(
    case_id: UUID,
    context: RequestContext,
    service: Running,
    estate: Estate = "",
    is_new: Annotated[bool, Query(description="Whether the resident moved there: then with the tenancies of today.")] = False,
) -> list[RightHome]:
    """What the register says of the homes of an estate, one of which a case belongs to, and who lived there on the day of what it began
    with, or of those it may go along to; nothing without an estate.

    No address names a case beside a home.
    """
    association, day = context.actor.association, local_day(context.at)
    allow(context, Action.READ_REGISTER, Resource(association=association, estate=estate))
    may_choose(context, is_new=is_new)
    async with service.read() as connection:
        called = await estate_called(connection, association, estate) if estate else None
        if estate and called is None:
            raise NotFound("Estate", estate)
        homes: Sequence[tuple[HomeRow, Let]] = ()
        if called:
            lived_on = day if is_new else await day_seen(connection, association, case_id, otherwise=day)
            homes = await homes_let_on(connection, association, estate, day=lived_on)
    asked: dict[str, Any] = {"secret": service.vault.fingerprinting, "association": association, "case_id": case_id, "day": day}
    said = [(right_home(home, let, called), let) for home, let in homes if called]
    return [RightHome(**asdict(home), register_says=home.word(is_protected=let.is_protected, **asked)) for home, let in said]


@api.get("/{estate_id}/homes", openapi_extra={"x-action": Action.READ_REGISTER})
async def get_homes(estate_id: str, context: RequestContext, service: Running) -> list[HomeOut]:
    """The homes of an estate, in the order one walks."""
    association = context.actor.association
    allow(context, Action.READ_REGISTER, Resource(association=association, estate=estate_id))
    async with service.read() as connection:
        if await estate_called(connection, association, estate_id) is None:
            raise NotFound("Estate", estate_id)
        found = await homes_of(connection, association, estate_id)
    return [HomeOut(home_id=home.home_id, street=home.street, number=home.number, floor=home.floor, door=home.door) for home in found]
