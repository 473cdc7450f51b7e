"""Days on which somebody looks again: planned, done, cancelled, and, when nobody came, missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from services.cases.case.rules.step import OPEN, StepRequest, Taken
from services.cases.case.rules.waiting import Wait
from shared.ground.errors import Refusal
from shared.ground.fields import DayOrMoment, Words
from shared.ground.working_days import local_day, start_of_day
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.beginning import Source
from shared.words.vocabulary.case import Category, Step
from shared.words.vocabulary.waiting import Appointment

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class ThereIsNoSuchFollowUp(Refusal):
    """Den opfølgning findes ikke på sagen."""

    field = "follow_up_id"
    next_step = "Hent sagen igen, og vælg en opfølgning, der står på den."


class FollowUpIsInThePast(Refusal):
    """Opfølgningen ligger i fortiden."""

    field = "due"
    next_step = "Vælg en dag, der ikke er passeret."


class FollowUpIsDone(Refusal):
    """Opfølgningen er allerede udført."""

    next_step = "Planlæg en ny opfølgning, hvis der skal ses til beboeren igen."


class FollowUpIsCancelled(Refusal):
    """Opfølgningen er aflyst."""

    next_step = "Planlæg en ny opfølgning."


class FollowUpIsTooFarAhead(Refusal):
    """Opfølgningen ligger mere end tre år ude i fremtiden."""

    field = "due"
    next_step = "Se efter årstallet."


class FollowUpIsTooEarly(Refusal):
    """Det er for tidligt: en opfølgning viser noget, når mindst halvdelen af tiden er gået."""

    field = "follow_up_id"
    next_step = "Notér det som en kontakt, hvis du har talt med beboeren i dag, og følg op, når tiden er inde."


FARTHEST = timedelta(days=3 * 366)
"""Nobody plans to look again later than that: it is a slip of the fingers."""


class PlanFollowUp(StepRequest, step=Step.FOLLOW_UP, when=OPEN):
    """Somebody is to look again, no later than `due`. The `id` becomes the follow-up's."""

    IS_DECIDED_NOW = True

    due: DayOrMoment
    """Until when somebody is to have looked again."""

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_be_open()
        if self.id in case.follow_ups.planned:
            return
        if self.due < taken.at:
            raise FollowUpIsInThePast
        if self.due > taken.at + FARTHEST:
            raise FollowUpIsTooFarAhead
        case.trigger_event(FollowUpPlanned, follow_up_id=self.id, due=self.due)


class DoFollowUp(StepRequest, step=Step.FOLLOW_UP, when=OPEN):
    """Somebody looked again; late is better than not."""

    follow_up_id: UUID
    note: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        follow_up = case.follow_ups.find(self.follow_up_id)
        if follow_up.state == State.CANCELLED:
            raise FollowUpIsCancelled
        if follow_up.state == State.OPEN:
            if taken.at < follow_up.may_be_done_from:
                raise FollowUpIsTooEarly
            on_time = taken.recorded_at <= follow_up.due
            case.trigger_event(FollowUpDone, follow_up_id=self.follow_up_id, on_time=on_time, note=case.words(self.note))

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.follow_ups.open())


class CancelFollowUp(StepRequest, step=Step.FOLLOW_UP, when=OPEN):
    """Nobody needs to look again that day."""

    IS_DECIDED_NOW = True

    follow_up_id: UUID

    def decide(self, case: Case, taken: Taken) -> None:
        follow_up = case.follow_ups.find(self.follow_up_id)
        if follow_up.state == State.DONE:
            raise FollowUpIsDone
        if follow_up.state == State.OPEN:
            case.trigger_event(FollowUpCancelled, follow_up_id=self.follow_up_id)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.follow_ups.open())


WEEK, WEEKS, QUARTER = 7, 12, 91
WELCOMED_AFTER = (*range(WEEK, WEEKS * WEEK + 1, WEEK), QUARTER)
"""After how many days somebody looks in on who moved in after homelessness: every week, twelve times, and after three months (S16)."""


def plan_by_procedure(case: Case, taken: Taken) -> None:
    """Those the procedure asks for, or S16; their ids follow from the version of the case they were planned at."""
    version = case.version
    is_welcome = case.origin.source == Source.WELCOME or case.category == Category.NEWLY_REHOUSED
    for days in WELCOMED_AFTER if is_welcome else taken.under.follow_up_days(case.severity):
        due = taken.under.follow_up_due(days, taken.at)
        case.trigger_event(FollowUpPlanned, follow_up_id=uuid5(case.id, f"follow-up/{version}/{days}"), due=due)


def plan_again(case: Case, taken: Taken) -> bool:
    """Those that stood still when the case was closed, each at its time or, where that has passed, soon; answers whether there were any."""
    again = [(id, case.follow_ups.planned[id].due) for id in case.follow_ups.open()]
    for follow_up_id, due in again:
        is_ahead = due > taken.recorded_at
        case.trigger_event(FollowUpPlanned, follow_up_id=follow_up_id, due=due if is_ahead else case.contact_due(taken))
    return bool(again)


def cancel_all(case: Case) -> None:
    """There is nobody to look after any more (FB6, FB7)."""
    for follow_up_id in case.follow_ups.open():
        case.trigger_event(FollowUpCancelled, follow_up_id=follow_up_id)


class FollowUpPlanned(Event):
    """Somebody is to look again, no later than this."""

    TOPIC = "case.follow_up_planned"

    follow_up_id: UUID
    due: datetime

    def apply(self, case: Case) -> None:
        case.follow_ups.plan(self.follow_up_id, due=self.due, planned_at=self.timestamp)


class FollowUpDone(Event):
    """Somebody looked again."""

    TOPIC = "case.follow_up_done"

    follow_up_id: UUID
    on_time: bool
    note: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.follow_ups.end(self.follow_up_id, State.DONE)


class FollowUpMissed(Event):
    """Nobody looked again in time; recorded exactly once, and it is still to be done."""

    TOPIC = "case.follow_up_missed"

    follow_up_id: UUID
    handler: str
    due: datetime

    def apply(self, case: Case) -> None:
        case.follow_ups.miss(self.follow_up_id)


class FollowUpCancelled(Event):
    """Nobody needs to look again that day."""

    TOPIC = "case.follow_up_cancelled"

    follow_up_id: UUID

    def apply(self, case: Case) -> None:
        case.follow_ups.end(self.follow_up_id, State.CANCELLED)


class State(StrEnum):
    """How far a follow-up has come."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class FollowUp:
    """One planned follow-up."""

    due: datetime
    planned_at: datetime
    ref: str
    """Its id, as those who wait for it name it."""
    state: State = State.OPEN
    is_missed: bool = False

    @property
    def may_be_done_from(self) -> datetime:
        """The day in the middle of the time it was given: a look after a month is no look after a month on the first day (S1)."""
        days = max((self.due - self.planned_at).days // 2, 0)
        return start_of_day(local_day(self.planned_at + timedelta(days=days)))


class FollowUps:
    """All follow-ups of one case, and which of them nobody came to."""

    def __init__(self) -> None:
        self.planned: dict[UUID, FollowUp] = {}

    def plan(self, follow_up_id: UUID, *, due: datetime, planned_at: datetime) -> None:
        self.planned[follow_up_id] = FollowUp(due, planned_at, ref=str(follow_up_id))

    def move(self, follow_up_id: UUID, *, due: datetime) -> None:
        """It has another time now, and is the same otherwise."""
        self.planned[follow_up_id].due = due

    def end(self, follow_up_id: UUID, state: State) -> None:
        self.planned[follow_up_id].state = state

    def miss(self, follow_up_id: UUID) -> None:
        self.planned[follow_up_id].is_missed = True

    def find(self, follow_up_id: UUID) -> FollowUp:
        """Raises `ThereIsNoSuchFollowUp`."""
        if follow_up_id not in self.planned:
            raise ThereIsNoSuchFollowUp
        return self.planned[follow_up_id]

    def waits(self) -> list[Wait]:
        """Each follow-up that is open."""
        return [
            Wait(kind=Appointment.FOLLOW_UP, ref=each.ref, due=each.due, is_missed=each.is_missed)
            for each in self.planned.values()
            if each.state is State.OPEN
        ]

    def open(self) -> list[UUID]:
        return [follow_up_id for follow_up_id, follow_up in self.planned.items() if follow_up.state == State.OPEN]

    def overdue(self, at: datetime) -> list[tuple[UUID, datetime]]:
        """What nobody did in time and was not noticed before, and when it was due."""
        planned = ((follow_up_id, self.planned[follow_up_id]) for follow_up_id in self.open())
        return [(follow_up_id, each.due) for follow_up_id, each in planned if at > each.due and not each.is_missed]
