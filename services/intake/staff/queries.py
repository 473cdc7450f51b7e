"""What may be looked up about a colleague beyond what everybody has at hand: each absence, turn and conflict, by its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from services.intake.staff.rules.away import Planned, PlannedTurn
from services.intake.staff.rules.colleague import Colleague
from services.intake.staff.rules.conflicts import Conflict
from services.intake.staff.rules.working import colleague_stream
from shared.ground.errors import NotFound
from shared.history import event_store
from shared.history.aggregate import Event
from shared.privacy.staff import Person, StaffDirectory


@dataclass(frozen=True, kw_only=True, slots=True)
class ColleagueSeen:
    """A colleague with everything that can be changed about them."""

    person: Person
    version: int
    """0 for somebody of whom only the staff file tells."""
    absences: Sequence[tuple[UUID, Planned]] = ()
    turns: Sequence[tuple[UUID, PlannedTurn]] = ()
    conflicts: Sequence[tuple[UUID, Conflict]] = ()
    happened: Sequence[Event] = ()
    """Everything that ever happened to them, the newest first."""


async def colleague_called(connection: asyncpg.Connection[Any], staff: StaffDirectory, association: str, id: str) -> ColleagueSeen:
    """Somebody of an association, who may have left. Raises `NotFound`."""
    history = await event_store.load(connection, colleague_stream(association, id), association=association)
    person = next((one for one in staff.within(association).known if one.id == id), None)
    if person is None:
        raise NotFound("Colleague", id)
    colleague = event_store.replayed(Colleague, history.events)
    if colleague is None:
        return ColleagueSeen(person=person, version=0)
    return ColleagueSeen(
        person=person,
        version=colleague.version,
        absences=sorted(colleague.absences.items(), key=lambda one: one[1].begins),
        turns=sorted(colleague.turns.items(), key=lambda one: one[1].begins),
        conflicts=tuple(colleague.conflicts.items()),
        happened=tuple(reversed(history.events)),
    )
