"""What is due in a case besides follow-ups and answers, what was missed, and whether the caretaker was told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.checks import known
from services.cases.case.rules.step import EVER, StepRequest, Taken
from services.cases.case.rules.waiting import Wait
from shared.ground.errors import Refusal
from shared.history.aggregate import Event
from shared.words.vocabulary.case import Milestone, Status, Step
from shared.words.vocabulary.referral import Channel
from shared.words.vocabulary.waiting import DeadlineKind

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class ThatHasNotHappenedYet(Refusal):
    """Det er ikke sket endnu, så det kan viceværten ikke få at vide."""

    field = "milestone"
    next_step = "Vælg noget, der er sket, eller vent, til det er sket."


class TheOneWhoSawItCarriesIt(Refusal):
    """Den, der så det, har selv sagen og ved det allerede."""

    field = "milestone"
    next_step = "Der er ingen at give besked. Får en anden sagen, skal den, der så det, høre det næste, der sker."


class NobodyTellsThemselves(Refusal):
    """Du har selv set det, så du skal ikke have besked af dig selv."""

    next_step = "Bed den, der har sagen, om at give besked – og notere det."


class InformCaretaker(StepRequest, step=Step.INFORM_CARETAKER, when=EVER):
    """The one who saw it was told how it goes; also after the end. Nobody tells themselves."""

    milestone: fields.Milestone
    channel: fields.Channel

    def follows(self, case: Case) -> datetime:
        return case.deadlines.happened.get(self.milestone) or super().follows(case)

    def decide(self, case: Case, taken: Taken) -> None:
        if taken.who == case.origin.observer:
            raise NobodyTellsThemselves
        milestone = known(self.milestone, Milestone, field="milestone")
        channel = known(self.channel, Channel, field="channel")
        if case.deadlines.is_carried_by_observer:
            raise TheOneWhoSawItCarriesIt
        if milestone != Milestone.IN_GOOD_HANDS and not case.deadlines.has_happened(milestone):
            raise ThatHasNotHappenedYet
        if case.deadlines.is_told(milestone):
            return
        case.trigger_event(
            CaretakerInformed,
            observation_id=case.origin.observation_id,
            caretaker=case.origin.observer,
            milestone=milestone,
            channel=channel,
            on_time=case.deadlines.is_told_in_time(at=taken.recorded_at),
        )

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        """That somebody has taken over may always be told while it lasts, unless the one who saw it did."""
        if case.deadlines.is_carried_by_observer:
            return False
        return case.status == Status.OPEN or bool(case.deadlines.untold())


class DeadlineMissed(Event):
    """Triage, first contact or telling the caretaker did not happen in time; recorded exactly once."""

    TOPIC = "case.deadline_missed"

    kind: str
    milestone: str
    """What the caretaker was to be told; empty for the other kinds."""
    due: datetime
    handler: str
    """Empty when nobody carries the case yet."""

    def apply(self, case: Case) -> None:
        case.deadlines.miss(self.kind, milestone=self.milestone)


class CaretakerInformed(Event):
    """The one who saw it was told how it goes."""

    TOPIC = "case.caretaker_informed"

    observation_id: UUID
    caretaker: str
    milestone: str
    channel: str
    on_time: bool

    def apply(self, case: Case) -> None:
        case.deadlines.told(self.milestone)


_TELLING = DeadlineKind.TELL_CARETAKER.value
LEFT_TO_DO = frozenset({DeadlineKind.CARE_FOR_STAFF, DeadlineKind.APOLOGISE, DeadlineKind.ASK_TO_CONTINUE, DeadlineKind.TELL_RECIPIENTS})
"""What is to be done when the resident is gone, or is not gone after all."""
STAYS = frozenset({*((kind.value, "") for kind in LEFT_TO_DO), (_TELLING, Milestone.CLOSED.value), (_TELLING, Milestone.DISMISSED.value)})
"""The deadlines that run while nothing reaches out: those, and that whoever saw it hears how it ended."""


@dataclass(slots=True)
class Due:
    """One open deadline; missed at most once, open until it is met."""

    at: datetime
    is_missed: bool = False


class Deadlines:
    """The open deadlines of one case, and the milestones the caretaker is, or was, to be told about."""

    def __init__(self) -> None:
        self.due: dict[tuple[str, str], Due] = {}
        self._resting: dict[tuple[str, str], Due] | None = None
        """What would run if anything might reach out; `None` while it may."""
        self._was_in_time: dict[str, bool] = {}
        self.happened: dict[str, datetime] = {}
        """When each thing happened that the caretaker is to hear of, the last time."""
        self._told: set[str] = set()
        self.last_told = ""
        """The milestone the caretaker was told of last."""
        self.is_carried_by_observer = False
        """Whether the one who saw it carries the case: then nobody is to be told anything."""

    def overdue(self, at: datetime) -> list[tuple[str, str, datetime]]:
        """What did not happen in time and was not noticed before: kind, milestone, and when it was due."""
        return [(kind, milestone, due.at) for (kind, milestone), due in self.due.items() if at > due.at and not due.is_missed]

    def untold(self) -> list[str]:
        """What the caretaker waits to hear, the latest news last."""
        waiting = {milestone for kind, milestone in (*self.due, *(self._resting or ())) if kind == DeadlineKind.TELL_CARETAKER}
        return [str(milestone) for milestone in Milestone if milestone in waiting]

    def has_happened(self, milestone: str) -> bool:
        return milestone in self.happened

    def is_told(self, milestone: str) -> bool:
        return milestone in self._told

    def is_told_in_time(self, *, at: datetime) -> bool:
        """Whether nothing that the caretaker waits to hear is late: telling one thing in time does not make up for another."""
        return all(at <= due.at for (kind, _), due in self.due.items() if kind == DeadlineKind.TELL_CARETAKER)

    def waits(self) -> list[Wait]:
        """Each open deadline; that the caretaker is to be told, once for everything he is to hear."""
        return [Wait(kind=kind, ref=about, due=due.at, is_missed=due.is_missed) for (kind, about), due in self.due.items()]

    def due_of(self, kind: str) -> datetime | None:
        """When it is due; `None` when nothing runs."""
        due = self._standing(kind)
        return due.at if due else None

    def is_met_in_time(self, kind: str, *, at: datetime) -> bool:
        """Whether doing it now is in time. Once it was done, doing it again changes nothing about whether it was."""
        due = self.due_of(kind)
        return at <= due if due is not None else self._was_in_time.get(str(kind), True)

    def would_come_sooner(self, kind: str, *, due: datetime) -> bool:
        """Whether this due time is before the open one; one that was missed does not move."""
        standing = self._standing(kind)
        return standing is not None and not standing.is_missed and due < standing.at

    def start(self, kind: str, *, due: datetime) -> None:
        """A deadline starts, or moves."""
        self._where(str(kind), "")[str(kind), ""] = Due(due)
        self._was_in_time.pop(str(kind), None)

    def meet(self, kind: str, *, in_time: bool = True) -> None:
        if self.end(kind):
            self._was_in_time[str(kind)] = in_time

    def end(self, kind: str) -> bool:
        """It is not due any more; answers whether it was."""
        was_due = [self.due.pop((str(kind), ""), None), self._resting.pop((str(kind), ""), None) if self._resting else None]
        return any(was_due)

    # While nothing reaches out

    def rest(self) -> None:
        """Nothing reaches out: what runs stands still, and what starts meanwhile does not run either."""
        self._resting = {**(self._resting or {}), **{key: due for key, due in self.due.items() if key not in STAYS}}
        self.due = {key: due for key, due in self.due.items() if key in STAYS}

    def wake(self) -> None:
        """It may reach out again; `run` says what runs."""
        self._resting = None

    def run(self, kind: str, about: str, *, due: datetime, is_missed: bool) -> None:
        """What stood still runs until this instant."""
        self.due[kind, about] = Due(due, is_missed)

    def resting_waits(self) -> list[Wait]:
        """Each deadline that stands still."""
        resting = (self._resting or {}).items()
        return [Wait(kind=kind, ref=about, due=due.at, is_missed=due.is_missed) for (kind, about), due in resting]

    def _where(self, kind: str, about: str) -> dict[tuple[str, str], Due]:
        return self.due if self._resting is None or (kind, about) in STAYS else self._resting

    def _standing(self, kind: str) -> Due | None:
        return self.due.get((str(kind), "")) or (self._resting or {}).get((str(kind), ""))

    def start_telling(self, milestone: str, *, due: datetime | None, at: datetime) -> None:
        """Something happened that the caretaker is to hear of; when he waits for the same already, the first deadline stands.

        Nothing is due where the one who saw it carries the case, or decided it (`None`).
        """
        self.happened[str(milestone)] = at
        self._told.discard(milestone)
        if due is None or self.is_carried_by_observer:
            return
        self._where(_TELLING, str(milestone)).setdefault((_TELLING, str(milestone)), Due(due))

    def told(self, milestone: str) -> None:
        """He knows; what came before it in the story needs no telling any more."""
        self._told.add(milestone)
        self.last_told = milestone
        for deadlines in (self.due, self._resting or {}):
            for key in _covered_by(milestone, deadlines):
                del deadlines[key]

    def carry(self, *, by_observer: bool) -> None:
        """Somebody carries the case now: the one who saw it knows all that others waited to tell; of what comes later, others hear."""
        self.is_carried_by_observer = by_observer
        if by_observer:
            self.due = {key: due for key, due in self.due.items() if key[0] != _TELLING}
            self._resting = {key: due for key, due in self._resting.items() if key[0] != _TELLING} if self._resting is not None else None

    def miss(self, kind: str, *, milestone: str) -> None:
        """It did not happen in time; version 0.1.0 also recorded that somebody had not told themselves, and nothing waits for that."""
        if (kind, milestone) in self.due:
            self.due[kind, milestone].is_missed = True

    def reopen(self) -> None:
        """The end is no longer news: nobody needs to be told of it."""
        self.happened.pop(Milestone.CLOSED.value, None)
        self.due.pop((DeadlineKind.TELL_CARETAKER.value, Milestone.CLOSED.value), None)


def _covered_by(milestone: str, deadlines: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """What needs no telling any more, once this was told."""
    order = list(Milestone)
    told = order.index(Milestone(milestone))
    return [(kind, other) for kind, other in deadlines if kind == _TELLING and order.index(Milestone(other)) <= told]
