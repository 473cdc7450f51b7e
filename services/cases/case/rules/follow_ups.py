"""Days on which somebody looks again: planned, done, cancelled, and, when nobody came, missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from services.cases.case.rules.agreed import AgreedProcedure
from services.cases.case.rules.checks import fits, permitted
from services.cases.case.rules.codes import Step
from services.cases.case.rules.event import Event
from services.cases.case.rules.refusals import FollowUpIsCancelled, FollowUpIsDone, FollowUpIsInThePast, ThereIsNoSuchFollowUp
from shared.ground.provenance import Role
from shared.privacy.personal import Personal, Sealed

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class FollowUpPlanned(Event):
    """Somebody is to look again, no later than this."""

    TOPIC = "case.follow_up_planned"

    follow_up_id: UUID
    due: datetime

    def apply(self, case: Case) -> None:
        case.follow_ups.planned[self.follow_up_id] = FollowUp(self.due)


class FollowUpDone(Event):
    """Somebody looked again."""

    TOPIC = "case.follow_up_done"

    follow_up_id: UUID
    on_time: bool
    note: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.follow_ups.planned[self.follow_up_id].state = State.DONE


class FollowUpMissed(Event):
    """Nobody looked again in time; recorded exactly once, and it is still to be done."""

    TOPIC = "case.follow_up_missed"

    follow_up_id: UUID
    handler: str
    due: datetime

    def apply(self, case: Case) -> None:
        case.follow_ups.planned[self.follow_up_id].is_missed = True


class FollowUpCancelled(Event):
    """Nobody needs to look again that day."""

    TOPIC = "case.follow_up_cancelled"

    follow_up_id: UUID

    def apply(self, case: Case) -> None:
        case.follow_ups.planned[self.follow_up_id].state = State.CANCELLED


class State(StrEnum):
    """How far a follow-up has come."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class FollowUp:
    """One planned follow-up."""

    due: datetime
    state: State = State.OPEN
    is_missed: bool = False


class FollowUps:
    """All follow-ups of one case: plans them, hears that they are done, and notices when nobody came."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.planned: dict[UUID, FollowUp] = {}

    def plan(self, *, by: Role, at: datetime, under: AgreedProcedure, follow_up_id: UUID, due: datetime) -> None:
        """Somebody is to look again, no later than `due`."""
        permitted(Step.FOLLOW_UP, by=by, under=under)
        self._case.must_be_open()
        if follow_up_id in self.planned:
            return
        if due < at:
            raise FollowUpIsInThePast
        self._case.trigger_event(FollowUpPlanned, follow_up_id=follow_up_id, due=due)

    def plan_by_procedure(self, *, at: datetime, under: AgreedProcedure) -> None:
        """Those the procedure asks for; their ids follow from the version of the case they were planned at."""
        version = self._case.version
        for days in under.follow_up_days(self._case.severity):
            due = under.follow_up_due(days, at)
            self._case.trigger_event(FollowUpPlanned, follow_up_id=uuid5(self._case.id, f"follow-up/{version}/{days}"), due=due)

    def do(self, *, by: Role, at: datetime, under: AgreedProcedure, follow_up_id: UUID, note: Personal | None = None) -> None:
        """Somebody looked again; late is better than not."""
        follow_up = self._find(follow_up_id, by=by, under=under)
        note = fits(note, field="note")
        if follow_up.state == State.CANCELLED:
            raise FollowUpIsCancelled
        if follow_up.state == State.OPEN:
            self._case.trigger_event(FollowUpDone, follow_up_id=follow_up_id, on_time=at <= follow_up.due, note=note)

    def cancel(self, *, by: Role, under: AgreedProcedure, follow_up_id: UUID) -> None:
        """Nobody needs to look again that day."""
        follow_up = self._find(follow_up_id, by=by, under=under)
        if follow_up.state == State.DONE:
            raise FollowUpIsDone
        if follow_up.state == State.OPEN:
            self._case.trigger_event(FollowUpCancelled, follow_up_id=follow_up_id)

    def cancel_all(self) -> None:
        """There is nobody to look after any more (FB6, FB7)."""
        for follow_up_id in self.open():
            self._case.trigger_event(FollowUpCancelled, follow_up_id=follow_up_id)

    def note_time(self, at: datetime) -> None:
        """Record what nobody did in time."""
        for follow_up_id in self.open():
            follow_up = self.planned[follow_up_id]
            if at > follow_up.due and not follow_up.is_missed:
                self._case.trigger_event(FollowUpMissed, follow_up_id=follow_up_id, handler=self._case.handler, due=follow_up.due)

    def open(self) -> list[UUID]:
        return [follow_up_id for follow_up_id, follow_up in self.planned.items() if follow_up.state == State.OPEN]

    def _find(self, follow_up_id: UUID, *, by: Role, under: AgreedProcedure) -> FollowUp:
        permitted(Step.FOLLOW_UP, by=by, under=under)
        if follow_up_id not in self.planned:
            raise ThereIsNoSuchFollowUp
        return self.planned[follow_up_id]
