"""Putting a case right in one act: the links in the vault, the event, and the end of the key that opened the wrong home.

The right links are made before the event is stored, and the wrong ones are ended after it: whatever stops in between, nothing of the case
is ever about nobody, and the same request sent again goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from services.cases.case.commands import TakeStep, content_of, take_step
from services.cases.case.rules.case import Case
from services.cases.case.rules.correcting import MoveToRightPerson, RetractCase
from shared.ground.provenance import Context
from shared.history import event_store
from shared.history.aggregate import Event
from shared.history.service import Service
from shared.privacy.matter import Link, MatterKind
from shared.privacy.personal import Sealed
from shared.privacy.whereabouts import link_also, link_only, links_to

WHY = "wrong_person"


async def take(command: TakeStep, context: Context, service: Service, *, formerly: Sequence[Any] = ()) -> None:
    """Take a step, once for its id; one that puts a case right takes the links of the case with it."""
    request = command.request
    right: frozenset[Link] | None = None
    about = {"association": context.actor.association, "by": context.actor.id, "why": WHY}
    if isinstance(request, MoveToRightPerson):
        right = await links_to(service.vault, association=context.actor.association, home=request.home_id, tenancy=request.tenancy_id)
        await link_also(service.vault, command.case_id, MatterKind.CASE, right, **about)
    elif isinstance(request, RetractCase):
        right = frozenset()
    content = content_of(command.case_id, request)
    await service.do_once(take_step, command, context, id=request.id, content=content, formerly=formerly)
    if right is not None:
        await link_only(service.vault, command.case_id, MatterKind.CASE, right, **about)
        for key in await _wrong_keys(command.case_id, service, context):
            await service.vault.redact(key, association=context.actor.association, by=context.actor.id, reason=WHY)


async def _wrong_keys(case_id: UUID, service: Service, context: Context) -> list[UUID]:
    """The keys of every place the case was said to be before the last word about it; the matter's own key is none of them."""
    async with service.read() as connection:
        history = await event_store.load(connection, case_id, association=context.actor.association)
    last = [event for event in history.events if isinstance(event, Case.WrongPersonCorrected | Case.Retracted)][-1:]
    stays = set(_places(last))
    return sorted({key for key in _places(history.events) if key not in stays and key != case_id})


def _places(events: Iterable[Event]) -> list[UUID]:
    found: list[UUID] = []
    for event in events:
        match event:
            case Case.ConcernRaised() | Case.WrongPersonCorrected():
                sealed = [event.home, event.tenancy, event.address]
            case Case.DamageServiceOrdered():
                sealed = [event.unit]
            case _:
                continue
        found += [value.subject for value in sealed if isinstance(value, Sealed)]
    return found
