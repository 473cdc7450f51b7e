"""Steps that change whom or where a case is about: its links are moved in one act with the step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.case.commands.taking import _LINES, TakeStep, content_of, take_step
from services.cases.case.rules.case import Case
from services.cases.case.rules.correcting import MoveToRightPerson, RetractCase
from services.cases.case.rules.moving_along import MoveAlong
from services.cases.case.rules.new_home import NamesHome, RegisterSaysOtherwise
from services.cases.case.rules.observations import JoinCase
from services.cases.case.rules.persons import PersonIsPartAlready
from shared.ground.provenance import Context
from shared.ground.working_days import local_day
from shared.history import event_store
from shared.history.service import Service
from shared.history.whereabouts import whereabouts_in
from shared.privacy.matter import Link, Matter, MatterKind
from shared.privacy.proposals import Change, Others
from shared.privacy.register_word import Heard
from shared.privacy.whereabouts import alike, everybody_in, links_along, links_to

WHY = "wrong_person"
"""Why links of a case are moved and keys destroyed, as the vault writes it down."""

WHY_ALONG = "moved"
"""Likewise, where it went along with whoever moved: then no key is destroyed, for nothing was wrong."""


async def take_once(command: TakeStep, context: Context, service: Service, *, formerly: Sequence[Any] = ()) -> None:
    """Take a step, once for its id; one that puts a case right takes its links with it, and the keys that opened the wrong place; what is
    joined is about the same people.

    One with which it goes along to a new home takes the links alone, for nothing was wrong.

    Both are proposed before, and so once the event is stored: whatever stops in between, nothing of the case is ever about nobody.
    """
    request, vault = command.request, service.vault
    if isinstance(request, NamesHome):
        command = replace(command, is_protected_there=await _register_must_say_so(request, command.case_id, context, service))
    if isinstance(request, MoveToRightPerson | RetractCase):
        right = frozenset[Link]()
        if isinstance(request, MoveToRightPerson):
            right = await links_to(vault, association=context.actor.association, home=request.home_id, tenancy=request.tenancy_id)
        texts = await _where_it_was(command.case_id, service, context)
        change = Change(matter=command.case_id, kind=MatterKind.CASE, links=right, others=Others.END, texts=texts)
        command = replace(command, changes=(change,), why=WHY)
    elif isinstance(request, MoveAlong):
        association, home, tenancy = context.actor.association, request.home_id, request.tenancy_id
        along = await links_along(vault, command.case_id, association=association, home=home, tenancy=tenancy)
        change = Change(matter=command.case_id, kind=MatterKind.CASE, links=along, others=Others.END)
        command = replace(command, changes=(change,), why=WHY_ALONG)
    elif isinstance(request, JoinCase):
        command = replace(command, alike=await alike(vault, command.case_id, association=context.actor.association), why="joined")
        command = replace(command, changes=await _alike(command, request.into, service, context))
    for part in command.begins:
        if await vault.known_as(part, association=context.actor.association) not in (None, part.id):
            raise PersonIsPartAlready
    content = content_of(command.case_id, request)
    await service.do_once(take_step, command, context, id=request.id, content=content, formerly=formerly, about=command.case_id)


async def _alike(command: TakeStep, into: UUID, service: Service, context: Context) -> tuple[Change, ...]:
    """What is joined is about everybody that any of it is about: none of it is erased before the last of them, for it leads to the rest."""
    association = context.actor.association
    async with service.read() as connection:
        group = await _together(connection, command, into, association=association)
    links = await everybody_in(service.vault, group, association=association)
    return tuple(Change(matter=matter, kind=kind, links=links) for matter, kind in group.items())


async def _together(connection: asyncpg.Connection[Any], command: TakeStep, into: UUID, *, association: str) -> Mapping[UUID, MatterKind]:
    """Two cases about the same people, every one whose history names one of them or that is named there, and so on; and the observations
    they began with. None for two that are about different people."""
    case_id = command.case_id
    lines = await connection.fetch(_LINES, association, [case_id, into])
    tenancies = [line["tenancy_id"] for line in lines]
    is_same = len(tenancies) == 2 and tenancies[0] is not None and tenancies[0] == tenancies[1]
    waiting = {case_id, into} if is_same or into in command.alike else set()
    found: dict[UUID, MatterKind] = {}
    while waiting:
        id = waiting.pop()
        found[id] = MatterKind.CASE
        for event in (await event_store.load(connection, id, association=association)).events:
            match event:
                case Case.ConcernRaised():
                    found[event.observation_id] = MatterKind.OBSERVATION
                case Case.ObservationLinked():
                    waiting |= {event.concern_id} - found.keys()
                case Case.LinkedTo():
                    waiting |= {event.case_id} - found.keys()
    return found


async def _register_must_say_so(request: NamesHome, case_id: UUID, context: Context, service: Service) -> bool:
    """The register is intake's, and whoever moves the case hands on what it says; answers whether it says that the address is protected.
    Raises `RegisterSaysOtherwise`.

    Its word is good for a day; a tenancy that was erased since is known to nobody any more.
    """
    association, vault = context.actor.association, service.vault
    day = local_day(context.at)
    said = request.said.heard(request.register_says, secret=vault.fingerprinting, association=association, case_id=case_id, day=day)
    if said is Heard.NOT_SO:
        raise RegisterSaysOtherwise
    if request.tenancy_id and not await vault.known_as(
        Matter.about(case_id, MatterKind.TENANCY, tenancy=request.tenancy_id), association=association
    ):
        raise RegisterSaysOtherwise
    return said is Heard.PROTECTED


async def _where_it_was(case_id: UUID, service: Service, context: Context) -> tuple[UUID, ...]:
    """The keys of every place the case was said to be; the matter's own key is none of them."""
    async with service.read() as connection:
        history = await event_store.load(connection, case_id, association=context.actor.association)
    return tuple(sorted(whereabouts_in(history.events) - {case_id}))
