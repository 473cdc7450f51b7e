"""What is due in a case besides follow-ups and answers, what was missed, and whether the caretaker was told."""

from __future__ import annotations

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


class NobodyWhoWorksHereSawIt(Refusal):
    """Ingen medarbejder så det, så der er ingen at give besked."""

    field = "milestone"
    next_step = "Den, der ringede, får kun tak; om beboeren får de intet at vide."


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
        if case.deadlines.tells_nobody:
            raise NobodyWhoWorksHereSawIt
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
        if case.deadlines.is_carried_by_observer or case.deadlines.tells_nobody:
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


@dataclass(slots=True)
class Due:
    """One open deadline; missed at most once, open until it is met."""

    at: datetime
    is_missed: bool = False


class Deadlines:
    """The open deadlines of one case, and the milestones the caretaker is, or was, to be told about."""

    def __init__(self) -> None:
        self.due: dict[tuple[str, str], Due] = {}
        self._was_in_time: dict[str, bool] = {}
        self.happened: dict[str, datetime] = {}
        """When each thing happened that the caretaker is to hear of, the last time."""
        self._told: set[str] = set()
        self.last_told = ""
        """The milestone the caretaker was told of last."""
        self.is_carried_by_observer = False
        """Whether the one who saw it carries the case: then nobody is to be told anything."""
        self.tells_nobody = False
        """Whether nobody who works here saw it: then there is nobody to tell either."""

    def overdue(self, at: datetime) -> list[tuple[str, str, datetime]]:
        """What did not happen in time and was not noticed before: kind, milestone, and when it was due."""
        return [(kind, milestone, due.at) for (kind, milestone), due in self.due.items() if at > due.at and not due.is_missed]

    def untold(self) -> list[str]:
        """What the caretaker waits to hear, the latest news last."""
        waiting = {milestone for kind, milestone in self.due if kind == DeadlineKind.TELL_CARETAKER}
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
        due = self.due.get((str(kind), ""))
        return due.at if due else None

    def is_met_in_time(self, kind: str, *, at: datetime) -> bool:
        """Whether doing it now is in time. Once it was done, doing it again changes nothing about whether it was."""
        due = self.due_of(kind)
        return at <= due if due is not None else self._was_in_time.get(str(kind), True)

    def would_come_sooner(self, kind: str, *, due: datetime) -> bool:
        """Whether this due time is before the open one; one that was missed does not move."""
        standing = self.due.get((kind, ""))
        return standing is not None and not standing.is_missed and due < standing.at

    def start(self, kind: str, *, due: datetime) -> None:
        """A deadline starts, or moves."""
        self.due[str(kind), ""] = Due(due)
        self._was_in_time.pop(str(kind), None)

    def meet(self, kind: str, *, in_time: bool = True) -> None:
        if self.due.pop((str(kind), ""), None):
            self._was_in_time[str(kind)] = in_time

    def start_telling(self, milestone: str, *, due: datetime | None, at: datetime) -> None:
        """Something happened that the caretaker is to hear of; when he waits for the same already, the first deadline stands.

        Nothing is due where the one who saw it carries the case, or decided it (`None`).
        """
        self.happened[str(milestone)] = at
        self._told.discard(milestone)
        if due is None or self.is_carried_by_observer or self.tells_nobody:
            return
        self.due.setdefault((DeadlineKind.TELL_CARETAKER.value, str(milestone)), Due(due))

    def told(self, milestone: str) -> None:
        """He knows; what came before it in the story needs no telling any more."""
        self._told.add(milestone)
        self.last_told = milestone
        for key in self._covered_by(milestone):
            del self.due[key]

    def carry(self, *, by_observer: bool) -> None:
        """Somebody carries the case now: the one who saw it knows all that others waited to tell; of what comes later, others hear."""
        self.is_carried_by_observer = by_observer
        if by_observer:
            self.due = {key: due for key, due in self.due.items() if key[0] != DeadlineKind.TELL_CARETAKER}

    def miss(self, kind: str, *, milestone: str) -> None:
        """It did not happen in time; version 0.1.0 also recorded that somebody had not told themselves, and nothing waits for that."""
        if (kind, milestone) in self.due:
            self.due[kind, milestone].is_missed = True

    def reopen(self) -> None:
        """The end is no longer news: nobody needs to be told of it."""
        self.happened.pop(Milestone.CLOSED.value, None)
        self.due.pop((DeadlineKind.TELL_CARETAKER.value, Milestone.CLOSED.value), None)

    def _covered_by(self, milestone: str) -> list[tuple[str, str]]:
        order = list(Milestone)
        told = order.index(Milestone(milestone))
        return [(kind, other) for kind, other in self.due if kind == DeadlineKind.TELL_CARETAKER and order.index(Milestone(other)) <= told]
