"""Being away with somebody who stands in, and being on call for what is acute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import Field

from services.intake.staff.rules import fields
from services.intake.staff.rules.asking import Asked, StaffRequest
from services.intake.staff.rules.refusals import (
    AbsenceIsTooLong,
    AbsenceIsUnknown,
    AbsencesOverlap,
    IsAwayThen,
    IsOnCallThen,
    ItEndsBeforeItBegins,
    ItIsOverAlready,
    NobodyIsThere,
    NobodyNamesThemselves,
    NobodyStandsInForThemselves,
    OnCallIsForSocialStaff,
    OnCallIsTooLong,
    StandInDoesNotWorkHere,
    StandInIsAway,
    StandInMayNot,
    TurnIsUnknown,
    TurnsOverlap,
)
from shared.ground.fields import DayOrMoment, FromDayOrMoment, Moment
from shared.history.aggregate import Event
from shared.privacy.staff import Absence
from shared.words.vocabulary.people import SOCIAL_STAFF, Role

if TYPE_CHECKING:
    from services.intake.staff.rules.colleague import Colleague

LONGEST_ABSENCE = timedelta(days=366)
LONGEST_TURN = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Planned:
    """An absence as it was planned, or ended since."""

    begins: datetime
    ends: datetime
    stand_in: str


@dataclass(frozen=True, slots=True)
class PlannedTurn:
    """A turn on call."""

    begins: datetime
    ends: datetime


class PlanAbsence(StaffRequest):
    """They are away, and somebody does meanwhile what they would do."""

    FOR_ONESELF = True

    begins: Annotated[FromDayOrMoment, Field(description="From when.")]
    ends: Annotated[DayOrMoment, Field(description="Until when.")]
    stand_in: fields.StandIn = ""

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        colleague.must_work_here()
        if self.id in colleague.absences:
            return
        _must_lie_ahead(self.begins, self.ends, asked)
        if self.ends - self.begins > LONGEST_ABSENCE:
            raise AbsenceIsTooLong
        if _overlaps(self.begins, self.ends, colleague.absences.values()):
            raise AbsencesOverlap
        if _overlaps(self.begins, self.ends, colleague.turns.values()):
            raise IsOnCallThen
        if self.stand_in:
            self._stand_in_must_be_able(colleague, asked)
        elif Role.SOCIAL_LEAD in colleague.hats and not self._somebody_is_there(colleague, asked):
            raise NobodyIsThere
        colleague.trigger_event(AbsencePlanned, absence_id=self.id, begins=self.begins, ends=self.ends, stand_in=self.stand_in)

    def _somebody_is_there(self, colleague: Colleague, asked: Asked) -> bool:
        """Whether another lead is at work all the time, or somebody on call at every instant of it."""
        leads = asked.others_with(Role.SOCIAL_LEAD, but=colleague.person)
        if any(not _overlaps(self.begins, self.ends, lead.absences) for lead in leads):
            return True
        reached = self.begins
        turns = (turn for one in asked.colleagues.values() if one.id != colleague.person for turn in one.turns)
        for turn in sorted(turns, key=lambda turn: turn.begins):
            if turn.begins <= reached:
                reached = max(reached, turn.ends)
        return reached >= self.ends

    def _stand_in_must_be_able(self, colleague: Colleague, asked: Asked) -> None:
        if self.stand_in == colleague.person:
            raise NobodyStandsInForThemselves
        if self.stand_in == asked.who:
            raise NobodyNamesThemselves
        stand_in = asked.colleagues.get(self.stand_in)
        if stand_in is None:
            raise StandInDoesNotWorkHere
        if not all(stand_in.may_stand_in_for(Role(role)) for role in colleague.hats):
            raise StandInMayNot
        if _overlaps(self.begins, self.ends, stand_in.absences):
            raise StandInIsAway


class EndAbsence(StaffRequest):
    """They are back before it was planned, or do not go at all."""

    FOR_ONESELF = True

    absence_id: UUID
    """Which absence."""

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        absence = colleague.absences.get(self.absence_id)
        if absence is None:
            raise AbsenceIsUnknown
        if asked.at < absence.ends:
            colleague.trigger_event(AbsenceEnded, absence_id=self.absence_id, ends=asked.at)


class PlanOnCall(StaffRequest):
    """They are on call: whatever is acute is theirs to hear of, and they may read it and act."""

    begins: Annotated[Moment, Field(description="From when.")]
    ends: Annotated[Moment, Field(description="Until when.")]

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        colleague.must_work_here()
        if self.id in colleague.turns:
            return
        if SOCIAL_STAFF.isdisjoint(colleague.hats):
            raise OnCallIsForSocialStaff
        _must_lie_ahead(self.begins, self.ends, asked)
        if self.ends - self.begins > LONGEST_TURN:
            raise OnCallIsTooLong
        if _overlaps(self.begins, self.ends, colleague.turns.values()):
            raise TurnsOverlap
        if _overlaps(self.begins, self.ends, colleague.absences.values()):
            raise IsAwayThen
        colleague.trigger_event(OnCallPlanned, on_call_id=self.id, begins=self.begins, ends=self.ends)


class CancelOnCall(StaffRequest):
    """They are not on call, or not any longer."""

    on_call_id: UUID
    """Which turn."""

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        if self.on_call_id not in colleague.turns:
            raise TurnIsUnknown
        if asked.at < colleague.turns[self.on_call_id].ends:
            colleague.trigger_event(OnCallCancelled, on_call_id=self.on_call_id, ends=asked.at)


class AbsencePlanned(Event):
    """Somebody is away."""

    TOPIC = "colleague.absence_planned"

    absence_id: UUID
    begins: datetime
    ends: datetime
    stand_in: str

    def apply(self, colleague: Colleague) -> None:
        colleague.absences[self.absence_id] = Planned(self.begins, self.ends, self.stand_in)


class AbsenceEnded(Event):
    """An absence ended sooner than planned; one that had not begun never was."""

    TOPIC = "colleague.absence_ended"

    absence_id: UUID
    ends: datetime

    def apply(self, colleague: Colleague) -> None:
        absence = colleague.absences.pop(self.absence_id, None)
        if absence and absence.begins < self.ends:
            colleague.absences[self.absence_id] = Planned(absence.begins, self.ends, absence.stand_in)


class OnCallPlanned(Event):
    """Somebody is on call."""

    TOPIC = "colleague.on_call_planned"

    on_call_id: UUID
    begins: datetime
    ends: datetime

    def apply(self, colleague: Colleague) -> None:
        colleague.turns[self.on_call_id] = PlannedTurn(self.begins, self.ends)


class OnCallCancelled(Event):
    """A turn ended sooner than planned; one that had not begun never was."""

    TOPIC = "colleague.on_call_cancelled"

    on_call_id: UUID
    ends: datetime

    def apply(self, colleague: Colleague) -> None:
        turn = colleague.turns.pop(self.on_call_id, None)
        if turn and turn.begins < self.ends:
            colleague.turns[self.on_call_id] = PlannedTurn(turn.begins, self.ends)


def _must_lie_ahead(begins: datetime, ends: datetime, asked: Asked) -> None:
    if ends <= begins:
        raise ItEndsBeforeItBegins
    if ends <= asked.at:
        raise ItIsOverAlready


def _overlaps(begins: datetime, ends: datetime, others: Iterable[Planned | PlannedTurn | Absence]) -> bool:
    return any(begins < other.ends and other.begins < ends for other in others)
