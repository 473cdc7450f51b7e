"""Somebody's own part of a case: nothing but what their own steps need; looking at it is itself recorded."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.case.queries.history import CaseFacts, facts_for, part_page
from services.cases.case.rules import part, verifying
from services.cases.case.rules.accompaniment import Visit
from services.cases.case.rules.case import Case
from services.cases.case.rules.damage_service import Order
from services.cases.case.rules.protection import shows_address
from services.cases.procedure.queries import at_hand, procedure
from services.cases.procedure.rules.in_force import ProcedureInForce
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.privacy.access import Action
from shared.privacy.personal import Sealed
from shared.words.vocabulary.case import ENDED, Status, Step


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A meeting that somebody is asked along to."""

    id: UUID
    at: datetime
    comes: bool | None
    """What they answered; `None` while there is no answer to this time."""
    is_done: bool
    is_ahead: bool
    """Whether it is still to come, or is today."""
    has_begun: bool
    version: int
    """Greater each time it is moved, answered or called off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPart:
    """What somebody may know of a case that is not theirs to read."""

    facts: CaseFacts
    case: Case
    pinned: ProcedureInForce
    is_observer: bool
    """Whether they saw it; otherwise they are asked along."""
    steps: frozenset[Step]
    """Those that are theirs, and that the procedure gives their role."""
    address: Sealed | None
    """Where it is; `None` where that is not told."""
    visit: verifying.Visit | None
    """The visit they are to make, to see whether it is so."""
    meetings: Sequence[Meeting]
    """Their own, the next one first."""
    called_off: Sequence[Meeting]
    """Those at which they are not needed any more."""

    @property
    def is_over(self) -> bool:
        return self.case.status in ENDED

    @property
    def orders(self) -> list[tuple[UUID, Order]]:
        """What the damage service is still to come for, where letting it in is theirs."""
        service = self.case.damage_service
        return [(id, service.orders[id]) for id in service.open_orders()] if Step.LET_IN in self.steps else []

    def meeting(self, visit_id: UUID) -> Meeting:
        """One of their meetings. Raises `NotFound`, for somebody else's as well."""
        found = next((meeting for meeting in (*self.meetings, *self.called_off) if meeting.id == visit_id), None)
        if found is None:
            raise NotFound("meeting", visit_id)
        return found


async def own_part(connection: asyncpg.Connection[Any], memo: MutableMapping[Any, Any], context: Context, case_id: UUID) -> OwnPart:
    """The part of whoever asks. Raises `NotFound`, and `NotAllowed` where they have none; the look is recorded before that."""
    facts = await facts_for(connection, case_id, context, Action.TAKE_PART)
    history = await part_page(connection, facts, context)
    pinned = await procedure(memo, at_hand(connection), facts.association, facts.procedure_version)
    case = history.case
    assert case is not None  # noqa: S101  a case that is listed exists
    who, at = context.actor, context.at
    visits = [(id, visit) for id, visit in case.meetings.visits.items() if visit.companion == who.id]
    called_off = [(id, visit) for (id, companion), visit in case.meetings.called_off.items() if companion == who.id]
    return OwnPart(
        facts=facts,
        case=case,
        pinned=pinned,
        is_observer=who.id in facts.observers,
        steps=frozenset(step for step in part.steps_of(case, who.id) if pinned.may(who.role.value, step.value)),
        address=history.address if shows_address(case, who) and part.knows_the_place(case, who.id, at=at) else None,
        visit=case.visit if verifying.goes_by(case, who.id) else None,
        meetings=sorted((_meeting(case, id, visit, at=at) for id, visit in visits), key=lambda meeting: (not meeting.is_ahead, meeting.at)),
        called_off=[_meeting(case, id, visit, at=at) for id, visit in called_off],
    )


def _meeting(case: Case, id: UUID, visit: Visit, *, at: datetime) -> Meeting:
    over_before = case.status != Status.OPEN and not visit.is_done and visit.meeting_at > at
    return Meeting(
        id=id,
        at=visit.meeting_at,
        comes=False if over_before else visit.comes,
        is_done=visit.is_done,
        is_ahead=part.is_ahead(case, visit, at=at),
        has_begun=visit.meeting_at <= at,
        version=case.version if over_before else visit.changed_in,
    )
