"""A visit to find out whether what somebody told is so (S17): who goes by, on an ordinary errand, and until when.

There is one at a time. It ends with a contact, with what whoever went by writes down of what they saw, or by being called off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.step import ONGOING, StepRequest, Taken
from services.cases.case.rules.waiting import Wait
from shared.ground.errors import Refusal
from shared.ground.fields import DayOrMoment
from shared.history.aggregate import Event
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.people import SOCIAL_STAFF, Role
from shared.words.vocabulary.waiting import Appointment

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class VisitorDoesNotWorkHere(Refusal):
    """Den, der skal kigge forbi, findes ikke i medarbejderlisten."""

    field = "visitor"
    next_step = "Vælg en medarbejder på listen."


class VisitorVisitsNobody(Refusal):
    """Den valgte kommer ikke hos beboere."""

    field = "visitor"
    next_step = "Vælg en vicevært eller en boligsocial medarbejder."


class VisitIsInThePast(Refusal):
    """Besøget ligger i fortiden."""

    field = "due"
    next_step = "Vælg en dag, der ikke er passeret."


class VisitIsTooFarAhead(Refusal):
    """Besøget ligger mere end en måned ude i fremtiden. Det, nogen har fortalt, skal efterprøves før."""

    field = "due"
    next_step = "Vælg en dag inden for fem arbejdsdage."


class NoVisitIsPlanned(Refusal):
    """Der er ikke planlagt noget besøg."""

    next_step = "Hent sagen igen, og se efter, om det allerede er gjort eller aflyst."


FARTHEST_VISIT = timedelta(days=31)
VERIFY_WORKING_DAYS = 5
"""Until when somebody has gone by, where nobody says otherwise (domain.md S17)."""
WHO_VISITS = frozenset({Role.CARETAKER, *SOCIAL_STAFF})


@dataclass(frozen=True, slots=True)
class Visit:
    """Who goes by, and until when."""

    id: UUID
    visitor: str
    due: datetime


class PlanVisit(StepRequest, step=Step.CONTACT, when=ONGOING):
    """Somebody goes by to see for themselves. Planned anew, it is another's, or another day; the `id` becomes the visit's."""

    IS_DECIDED_NOW = True

    visitor: fields.Visitor
    due: DayOrMoment
    """Until when they have been there."""

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_not_be_over()
        role = taken.role_of(self.visitor)
        if role is None:
            raise VisitorDoesNotWorkHere
        if role not in WHO_VISITS:
            raise VisitorVisitsNobody
        if self.due < taken.at:
            raise VisitIsInThePast
        if self.due > taken.at + FARTHEST_VISIT:
            raise VisitIsTooFarAhead
        before = case.visit
        if before and (before.visitor, before.due) == (self.visitor, self.due):
            return
        if before and before.visitor != self.visitor:
            end_visit(case, was_made=False)
        case.trigger_event(VisitPlanned, visit_id=self.id, visitor=self.visitor, due=self.due)


class CallOffVisit(StepRequest, step=Step.CONTACT, when=ONGOING):
    """Nobody needs to go by."""

    IS_DECIDED_NOW = True

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_not_be_over()
        if case.visit is None:
            raise NoVisitIsPlanned
        end_visit(case, was_made=False)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.visit is not None


def end_visit(case: Case, *, was_made: bool, who: str = "") -> None:
    """The planned visit is over, if there is one; by `who`, only if it was theirs."""
    if case.visit and who in ("", case.visit.visitor):
        case.trigger_event(VisitEnded, visit_id=case.visit.id, visitor=case.visit.visitor, was_made=was_made)


def goes_by(case: Case, who: str) -> bool:
    """Whether somebody is to go by: then they are told where it is. Not while nothing reaches out, nor when it is over."""
    return case.visit is not None and case.visit.visitor == who and not case.is_over and not case.life.stopped_by


def visit_waits(case: Case) -> list[Wait]:
    """The visit that is planned."""
    return [Wait(kind=Appointment.VISIT, ref=str(case.visit.id), due=case.visit.due)] if case.visit else []


class VisitPlanned(Event):
    """Somebody is to go by and see for themselves."""

    TOPIC = "case.visit_planned"

    visit_id: UUID
    visitor: str
    due: datetime

    def apply(self, case: Case) -> None:
        case.visit = Visit(self.visit_id, self.visitor, self.due)


class VisitEnded(Event):
    """They were there, or need not go."""

    TOPIC = "case.visit_ended"

    visit_id: UUID
    visitor: str
    was_made: bool

    def apply(self, case: Case) -> None:
        case.visit = None
