"""Life happens: the resident dies, or moves, or it turns out not to be so (S12, S13). Whatever reaches out stops, and begins again.

Who says so is a person by a step, or the ERP by a command (`commands.py`); the rule is one. It is about somebody: a person of the case by
their id, or `None`, the resident. Outbound stops when the resident is gone; when somebody else of the case is, the case goes on without
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.cases.case.rules import days, fields, outbound
from services.cases.case.rules.checks import known
from services.cases.case.rules.days import SealedDay
from services.cases.case.rules.facts import (
    OLDEST_FACT,
    FactIsInTheFuture,
    FactIsTooOld,
    NobodyTellsOfTheirOwnDeath,
    ResidentWasReachedAfterThat,
)
from services.cases.case.rules.step import EVER, StepRequest, Taken
from services.cases.case.rules.waiting import Wait
from shared.ground.errors import Refusal
from shared.ground.fields import Day, Words
from shared.ground.working_days import local_day, start_of_day
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import Continuing, FactSource, Standstill, Step
from shared.words.vocabulary.waiting import Appointment, DeadlineKind

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class NoDeathIsNoted(Refusal):
    """Der står ikke noget dødsfald på sagen."""

    next_step = "Hent sagen igen, og se efter, om det allerede er taget tilbage."


class NoMoveIsNoted(Refusal):
    """Der står ikke nogen flytning på sagen."""

    next_step = "Hent sagen igen, og se efter, om den allerede er taget tilbage."


class MoveIsTooFarAhead(Refusal):
    """Flytningen ligger mere end et år ude i fremtiden."""

    field = "on"
    next_step = "Se efter årstallet."


class ItWasLongBeforeTheConcern(Refusal):
    """Det ligger mere end et år før det, der blev set."""

    field = "on"
    next_step = "Se efter årstallet – og efter, om det er den rigtige sag."


LONGEST_UNSEEN = timedelta(days=366)
"""Who died or moved, and is found only because of what was seen afterwards, a full mailbox say (domain.md S8), was so long at most."""

FARTHEST_MOVE = OLDEST_FACT / 5
"""Nobody gives notice earlier than that: it is a slip of the fingers."""


class RecordDeath(StepRequest, step=Step.NOTE_LIFE, when=EVER):
    """Somebody died: everything that reaches out to them stops at once, and somebody talks with those who knew them (S12)."""

    IS_DECIDED_NOW = True
    SAYS_WHERE = True

    on: Day
    """The day they died."""
    source: fields.FactSource
    person: UUID | None = None
    """A person of the case; without it, the resident."""

    @property
    def seals_for(self) -> frozenset[UUID]:
        return frozenset({self.person} if self.person else ())

    def decide(self, case: Case, taken: Taken) -> None:
        source = known(self.source, FactSource, field="source")
        if source == FactSource.RESIDENT:
            raise NobodyTellsOfTheirOwnDeath
        _must_be_of_this_case(case, self.on, taken)
        if self.on > local_day(taken.at):
            raise FactIsInTheFuture
        person = case.persons.who(self.person)
        if person is None and case.reached_at and self.on < local_day(case.reached_at):
            raise ResidentWasReachedAfterThat
        note_death(case, taken, on=self.on, source=source, person=person)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        others = [id for id in case.persons.here() if id != case.persons.resident]
        return not all(case.life.is_dead(person) for person in (None, *others))


class RetractDeath(StepRequest, step=Step.NOTE_LIFE, when=EVER):
    """It was not true that they died: everything is again as it was, and somebody apologises."""

    IS_DECIDED_NOW = True
    SAYS_WHERE = True

    reason: Words = ""
    person: UUID | None = None
    """A person of the case; without it, the resident."""

    def decide(self, case: Case, taken: Taken) -> None:
        person = _whom(case, self.person)
        if not case.life.is_dead(person):
            raise NoDeathIsNoted
        take_death_back(case, taken, person=person, reason=case.words(self.reason))

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.life.deaths)


class RecordMove(StepRequest, step=Step.NOTE_LIFE, when=EVER):
    """Somebody moves, on a day that may be still to come: from that day on nothing reaches out until they were asked (S13)."""

    IS_DECIDED_NOW = True
    SAYS_WHERE = True

    on: Day
    """The day they move out."""
    source: fields.FactSource
    person: UUID | None = None
    """A person of the case; without it, the resident."""

    @property
    def seals_for(self) -> frozenset[UUID]:
        return frozenset({self.person} if self.person else ())

    def decide(self, case: Case, taken: Taken) -> None:
        source = known(self.source, FactSource, field="source")
        _must_be_of_this_case(case, self.on, taken)
        if self.on > local_day(taken.at) + FARTHEST_MOVE:
            raise MoveIsTooFarAhead
        note_move(case, taken, on=self.on, source=source, person=case.persons.who(self.person))


class RetractMove(StepRequest, step=Step.NOTE_LIFE, when=EVER):
    """They did not move, or not yet: everything is again as it was."""

    IS_DECIDED_NOW = True
    SAYS_WHERE = True

    reason: Words = ""
    person: UUID | None = None
    """A person of the case; without it, the resident."""

    def decide(self, case: Case, taken: Taken) -> None:
        person = _whom(case, self.person)
        if person not in case.life.moves:
            raise NoMoveIsNoted
        take_move_back(case, taken, person=person, reason=case.words(self.reason))

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.life.moves)


def note_death(case: Case, taken: Taken, *, on: date, source: str, person: UUID | None = None) -> None:
    """Told again it is no news; with another day, only the day is."""
    if days.opened(case.life.deaths.get(person), taken.opens) == on:
        return
    is_new = not case.life.is_dead(person)
    care_due = _due(case, DeadlineKind.CARE_FOR_STAFF, after=taken.recorded_at, taken=taken) if is_new else None
    died_on = days.sealed(case, person, on)
    case.trigger_event(ResidentDied, **case.whose(), person=person, on=died_on, source=source, care_due=care_due)
    outbound.settle(case, taken.recorded_at, taken)


def take_death_back(case: Case, taken: Taken, *, person: UUID | None = None, source: str = "", reason: Personal | None = None) -> None:
    """Of somebody who is not said to be dead, it is no news."""
    if not case.life.is_dead(person):
        return
    due = _due(case, DeadlineKind.APOLOGISE, after=taken.recorded_at, taken=taken)
    case.trigger_event(DeathTakenBack, person=person, source=source, reason=reason, apology_due=due)
    outbound.settle(case, taken.recorded_at, taken)


def note_move(case: Case, taken: Taken, *, on: date, source: str, person: UUID | None = None) -> None:
    """Told again with another day, the move has another day, and so have its clocks; with the same, it is no news."""
    move = case.life.moves.get(person)
    if move and days.opened(move.on, taken.opens) == on:
        return
    after = max(taken.recorded_at, start_of_day(on))
    case.trigger_event(
        ResidentMoved,
        person=person,
        on=days.sealed(case, person, on),
        takes_effect=start_of_day(max(on, local_day(taken.recorded_at))),
        source=source,
        ask_due=_due(case, DeadlineKind.ASK_TO_CONTINUE, after=after, taken=taken),
        recipients_due=_due(case, DeadlineKind.TELL_RECIPIENTS, after=after, taken=taken),
    )
    outbound.settle(case, taken.recorded_at, taken)


def take_move_back(case: Case, taken: Taken, *, person: UUID | None = None, source: str = "", reason: Personal | None = None) -> None:
    """Of somebody who is not said to move, it is no news."""
    if person not in case.life.moves:
        return
    case.trigger_event(MoveTakenBack, person=person, source=source, reason=reason)
    outbound.settle(case, taken.recorded_at, taken)


def _whom(case: Case, person: UUID | None) -> UUID | None:
    """Whom a step names; the resident is `None`, also by the id of their part."""
    return None if person == case.persons.resident else person


def _due(case: Case, kind: DeadlineKind, *, after: datetime, taken: Taken) -> datetime:
    return taken.under.deadline(kind.value, severity=case.severity, after=after, about_a_child=case.is_about_a_child)


def _must_be_of_this_case(case: Case, on: date, taken: Taken) -> None:
    if on < local_day(taken.at) - OLDEST_FACT:
        raise FactIsTooOld
    if on < local_day(case.origin.observed_at) - LONGEST_UNSEEN:
        raise ItWasLongBeforeTheConcern


class ResidentDied(Event):
    """Somebody the case is about died, as somebody says."""

    TOPIC = "case.resident_died"
    class_version = 2

    observation_id: UUID
    observer: str
    person: UUID | None
    """A person of the case; `None` for the resident."""
    on: SealedDay
    """The day."""
    source: str
    """Who says so."""
    care_due: datetime | None
    """Until when somebody has talked with those who knew them; `None` where only the day is another."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Version 1 said the day in the clear, and is left as it was told."""

    def apply(self, case: Case) -> None:
        case.life.deaths[self.person] = self.on
        if self.care_due is not None:
            case.deadlines.start(DeadlineKind.CARE_FOR_STAFF, due=self.care_due)


class DeathTakenBack(Event):
    """They live: what was said was wrong."""

    TOPIC = "case.death_taken_back"

    person: UUID | None
    source: str
    """Who says so; empty where it is whoever wrote it down."""
    reason: Personal | Sealed | None
    apology_due: datetime

    def apply(self, case: Case) -> None:
        case.life.deaths.pop(self.person, None)
        if not case.life.deaths:
            case.deadlines.drop(DeadlineKind.CARE_FOR_STAFF)
        case.deadlines.start(DeadlineKind.APOLOGISE, due=self.apology_due)


class ResidentMoved(Event):
    """Somebody the case is about moves on a day, as somebody says; it holds from that day on."""

    TOPIC = "case.resident_moved"
    class_version = 2

    person: UUID | None
    on: SealedDay
    """The day they move out."""
    takes_effect: datetime
    """From when nothing reaches out: the first moment of that day, or of the day on which it was noted, if that was later."""
    source: str
    """Who says so."""
    ask_due: datetime
    """Until when they are to be asked whether the case may go on."""
    recipients_due: datetime
    """Until when those who were asked to help are to know."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Version 1 said the day in the clear, and it was from that day on."""
        state["takes_effect"] = start_of_day(date.fromisoformat(state["on"]))

    def apply(self, case: Case) -> None:
        case.life.moves[self.person] = Move(self.on, self.takes_effect, self.ask_due, self.recipients_due)
        if self.person is None:
            case.life.continuing = ""


class MoveTakenBack(Event):
    """They stay where they are: what was said was wrong, or is off."""

    TOPIC = "case.move_taken_back"

    person: UUID | None
    source: str
    """Who says so; empty where it is whoever wrote it down."""
    reason: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.life.moves.pop(self.person, None)


@dataclass(frozen=True, slots=True)
class Move:
    """A move, and what is to be done after it."""

    on: SealedDay
    takes_effect: datetime
    ask_due: datetime
    recipients_due: datetime


@dataclass(slots=True)
class Life:
    """What became of those a case is about, and whether anything may reach out."""

    deaths: dict[UUID | None, SealedDay] = field(default_factory=dict)
    """Who died, and on which day."""
    moves: dict[UUID | None, Move] = field(default_factory=dict)
    continuing: str = ""
    """What the resident who moved answered, when they were asked whether the case may go on."""
    stopped_by: str = ""
    """Why nothing reaches out now; empty while it may."""
    stopped_since: datetime | None = None
    settled_move: Move | None = None
    """The one whose clocks run."""
    meetings: list[UUID] = field(default_factory=list)
    orders: list[UUID] = field(default_factory=list)
    """What was called off and taken back when it stopped."""
    untold: set[UUID] = field(default_factory=set)
    """The referrals whose recipients are to hear that the resident moved."""
    retention_from: SealedDay | None = None
    """The day from which the time is counted for which it may be kept; `None` while it goes on."""

    def is_dead(self, person: UUID | None) -> bool:
        return person in self.deaths

    def has_moved(self, person: UUID | None, *, at: datetime) -> bool:
        """Whether the day they move has come."""
        return person in self.moves and self.moves[person].takes_effect <= at

    def standstill(self, at: datetime) -> str:
        """Why nothing may reach out at this instant; empty when it may. Death comes before a move, which an answer ends."""
        if self.is_dead(None):
            return Standstill.DIED.value
        return Standstill.MOVED.value if self.has_moved(None, at=at) and self.continuing != Continuing.YES else ""

    @property
    def gone_since(self) -> SealedDay | None:
        """The day on which the resident died or moved; `None` while neither is known."""
        move = self.moves.get(None)
        return self.deaths.get(None) or (move.on if move else None)

    def leave_behind(self) -> None:
        """It is about others: they neither died nor moved, and what was called off for the wrong ones is never taken up again."""
        self.deaths.clear()
        self.moves.clear()
        self.untold.clear()
        self.continuing, self.settled_move, self.retention_from = "", None, None
        self.meetings, self.orders = [], []

    @property
    def is_to_move_along(self) -> bool:
        """Whether the resident moved inside the association and wants it to go on, and the case is still at the old home."""
        return None in self.moves and self.continuing == Continuing.YES and not self.is_dead(None)

    def arrive(self) -> None:
        """The case is where the resident lives now: the move is over, and the next one is another."""
        self.moves.pop(None, None)
        self.continuing, self.settled_move = "", None

    def takes_effect(self, at: datetime) -> datetime | None:
        """When the day came on which the resident moves and from which nothing reaches out, if that has not been recorded."""
        if self.stopped_by or not self.standstill(at):
            return None
        return self.moves[None].takes_effect

    def waits(self) -> list[Wait]:
        """The move that is still to come, or to the new home, where the case is to go along."""
        move = self.moves.get(None)
        if self.is_to_move_along:
            return [Wait(kind=Appointment.NEW_HOME)]
        is_ahead = move and not self.stopped_by
        return [Wait(kind=Appointment.MOVE, due=move.takes_effect)] if move and is_ahead else []
