"""What is due in a case besides follow-ups and answers, what was missed, and whether the caretaker was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.checks import known
from services.cases.case.rules.step import EVER, StepRequest, Taken
from services.cases.case.rules.waiting import Wait
from services.cases.case.rules.witnesses import Witness
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


class NobodySawThat(Refusal):
    """Den observation hører ikke til sagen, så der er ingen at give besked om den."""

    field = "observation_id"
    next_step = "Vælg en af de observationer, der står i sagen."


class NobodyWhoWorksHereSawIt(Refusal):
    """Ingen medarbejder så det, så der er ingen at give besked."""

    field = "milestone"
    next_step = "Den, der ringede, får kun tak; om beboeren får de intet at vide."


class NobodyTellsThemselves(Refusal):
    """Du har selv set det, så du skal ikke have besked af dig selv."""

    next_step = "Bed den, der har sagen, om at give besked – og notere det."


class InformCaretaker(StepRequest, step=Step.INFORM_CARETAKER, when=EVER):
    """One who saw it was told how it goes; also after the end. Nobody tells themselves."""

    milestone: fields.Milestone
    channel: fields.Channel
    observation_id: UUID | None = None
    """Whose observation it is about, where the case came of several; otherwise the first."""

    def follows(self, case: Case) -> datetime:
        return case.deadlines.happened.get(self.milestone) or super().follows(case)

    def decide(self, case: Case, taken: Taken) -> None:
        if self.observation_id and not case.observations.include(self.observation_id):
            raise NobodySawThat
        observation = case.observations.other_than_first(self.observation_id)
        witness = case.deadlines.witnesses[observation]
        if not witness.observer:
            raise NobodyWhoWorksHereSawIt
        if taken.who == witness.observer:
            raise NobodyTellsThemselves
        milestone = known(self.milestone, Milestone, field="milestone")
        channel = known(self.channel, Channel, field="channel")
        if witness.carries:
            raise TheOneWhoSawItCarriesIt
        if milestone != Milestone.IN_GOOD_HANDS and not case.deadlines.has_happened(milestone):
            raise ThatHasNotHappenedYet
        if milestone in witness.told:
            return
        case.trigger_event(
            CaretakerInformed,
            observation_id=observation or case.origin.observation_id,
            caretaker=witness.observer,
            milestone=milestone,
            channel=channel,
            on_time=case.deadlines.is_told_in_time(observation, at=taken.recorded_at),
        )

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        """That somebody has taken over may always be told while it lasts, unless the one who saw it did."""
        if all(witness.carries for witness in case.deadlines.witnesses.values()):
            return False
        return case.status == Status.OPEN or bool(case.deadlines.untold())


class DeadlineMissed(Event):
    """Triage, first contact or telling the caretaker did not happen in time; recorded exactly once."""

    TOPIC = "case.deadline_missed"
    class_version = 2

    kind: str
    milestone: str
    """What the caretaker was to be told; empty for the other kinds."""
    due: datetime
    handler: str
    """Empty when nobody carries the case yet."""
    observation_id: UUID | None = None
    """Whose observation they were to be told about; `None` for the first, and for the other kinds."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Version 1 knew one observation in a case."""
        state["observation_id"] = None

    def apply(self, case: Case) -> None:
        case.deadlines.miss(Owed(self.kind, self.milestone, self.observation_id))


class CaretakerInformed(Event):
    """One who saw it was told how it goes."""

    TOPIC = "case.caretaker_informed"

    observation_id: UUID
    caretaker: str
    milestone: str
    channel: str
    on_time: bool

    def apply(self, case: Case) -> None:
        case.deadlines.told(self.milestone, case.observations.other_than_first(self.observation_id))


class Owed(NamedTuple):
    """What is due: triage, first contact, or telling one who saw it about something that happened."""

    kind: str
    milestone: str = ""
    observation: UUID | None = None
    """Whose observation they are to be told about; `None` for the first."""

    @property
    def stays(self) -> bool:
        """Whether it runs while nothing reaches out."""
        return (self.kind, self.milestone) in STAYS


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
    """The open deadlines of one case, and the milestones that everybody who saw it is, or was, to be told about."""

    def __init__(self) -> None:
        self.due: dict[Owed, Due] = {}
        self._resting: dict[Owed, Due] | None = None
        """What would run if anything might reach out; `None` while it may."""
        self._was_in_time: dict[str, bool] = {}
        self.happened: dict[str, datetime] = {}
        """When each thing happened that those who saw it are to hear of, the last time."""
        self.witnesses: dict[UUID | None, Witness] = {}
        """Who saw it, by their observation; `None` is the first."""

    @property
    def last_told(self) -> str:
        """The milestone that the first who saw it was told of last."""
        return self.witnesses[None].last_told

    def overdue(self, at: datetime) -> list[tuple[Owed, datetime]]:
        """What did not happen in time and was not noticed before, and when it was due."""
        return [(owed, due.at) for owed, due in self.due.items() if at > due.at and not due.is_missed]

    def untold(self, observation: UUID | None = None) -> list[str]:
        """What the one who saw this waits to hear, the latest news last."""
        waiting = {owed.milestone for owed in self._tellings(observation)}
        return [str(milestone) for milestone in Milestone if milestone in waiting]

    def waiting_to_hear(self) -> list[UUID | None]:
        """The observations whose observers wait to hear something, the first one first."""
        return [observation for observation in self.witnesses if self._tellings(observation)]

    def has_happened(self, milestone: str) -> bool:
        return milestone in self.happened

    def is_told_in_time(self, observation: UUID | None, *, at: datetime) -> bool:
        """Whether nothing that they wait to hear is late: telling one thing in time does not make up for another."""
        return all(at <= self.due[owed].at for owed in self._tellings(observation) if owed in self.due)

    def waits(self) -> list[Wait]:
        """Each open deadline; of a telling, what it is about and whose observation."""
        return [_wait(owed, due) for owed, due in self.due.items()]

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
        owed = Owed(str(kind))
        self._where(owed)[owed] = Due(due)
        self._was_in_time.pop(str(kind), None)

    def meet(self, kind: str, *, in_time: bool = True) -> None:
        if self.drop(kind):
            self._was_in_time[str(kind)] = in_time

    def drop(self, kind: str) -> bool:
        """It is not due any more; answers whether it was."""
        was_due = [deadlines.pop(Owed(str(kind)), None) for deadlines in self._both()]
        return any(was_due)

    # While nothing reaches out

    def rest(self) -> None:
        """Nothing reaches out: what runs stands still, and what starts meanwhile does not run either."""
        self._resting = {**(self._resting or {}), **{owed: due for owed, due in self.due.items() if not owed.stays}}
        self.due = {owed: due for owed, due in self.due.items() if owed.stays}

    def wake(self) -> None:
        """It may reach out again; `run` says what runs."""
        self._resting = None

    def run(self, owed: Owed, *, due: datetime, is_missed: bool) -> None:
        """What stood still runs until this instant."""
        self.due[owed] = Due(due, is_missed)

    def resting_waits(self) -> list[Wait]:
        """Each deadline that stands still."""
        return [_wait(owed, due) for owed, due in (self._resting or {}).items()]

    def _where(self, owed: Owed) -> dict[Owed, Due]:
        return self.due if self._resting is None or owed.stays else self._resting

    def _both(self) -> list[dict[Owed, Due]]:
        return [self.due] if self._resting is None else [self.due, self._resting]

    def _standing(self, kind: str) -> Due | None:
        return next((deadlines[Owed(str(kind))] for deadlines in self._both() if Owed(str(kind)) in deadlines), None)

    def start_telling(self, milestone: str, *, due: datetime | None, at: datetime) -> None:
        """Something happened that everybody who saw it is to hear of; who waits for the same already, for them the first deadline stands.

        Nothing is due where the one who saw it carries the case, or decided it (`None`).
        """
        self.happened[str(milestone)] = at
        for observation, witness in self.witnesses.items():
            witness.told.discard(milestone)
            if due is not None:
                self._owe(milestone, observation, due)

    def told(self, milestone: str, observation: UUID | None) -> None:
        """They know; what came before it in the story needs no telling any more."""
        witness = self.witnesses[observation]
        witness.told.add(milestone)
        witness.last_told = milestone
        order = list(Milestone)
        for owed in self._tellings(observation):
            if order.index(Milestone(owed.milestone)) <= order.index(Milestone(milestone)):
                self._forget(owed)

    def carry(self, handler: str) -> None:
        """Somebody carries the case now: one who saw it knows all that others waited to tell; of what comes later, others hear."""
        for observation, witness in self.witnesses.items():
            witness.carries = witness.observer in ("", handler)
            if witness.carries:
                self._owe_nothing(observation)

    def join(self, observation: UUID, observer: str, *, handler: str, due: datetime | None) -> None:
        """One more who saw it; where somebody carries the case, they are to hear that it is in good hands."""
        self.witnesses[observation] = Witness(observer, carries=observer in ("", handler))
        if due is not None:
            self._owe(Milestone.IN_GOOD_HANDS, observation, due)

    def leave(self, observation: UUID) -> None:
        """What they saw is not part of the case any more, and nobody tells them of it."""
        self._owe_nothing(observation)
        self.witnesses.pop(observation, None)

    def go_on(self, *, due: dict[str, datetime]) -> None:
        """Deadlines that stood still run again: what was due meanwhile, and was not missed before that, is due anew."""
        for owed, standing in self.due.items():
            if not standing.is_missed and owed.kind in due:
                standing.at = max(standing.at, due[owed.kind])

    def stop(self) -> None:
        """Nothing is due any more, whatever rests meanwhile."""
        self.due, self._resting = {}, None

    def miss(self, owed: Owed) -> None:
        """It did not happen in time; version 0.1.0 also recorded that somebody had not told themselves, and nothing waits for that."""
        if owed in self.due:
            self.due[owed].is_missed = True

    def reopen(self, milestone: Milestone = Milestone.CLOSED) -> None:
        """The end is no longer news: nobody needs to be told of it."""
        self.happened.pop(milestone.value, None)
        self.due = {owed: due for owed, due in self.due.items() if owed.milestone != milestone}

    def end(self) -> None:
        """Nothing is due any more."""
        for deadlines in self._both():
            deadlines.clear()

    def _owe(self, milestone: str, observation: UUID | None, due: datetime) -> None:
        if not self.witnesses[observation].carries:
            owed = Owed(DeadlineKind.TELL_CARETAKER.value, str(milestone), observation)
            self._where(owed).setdefault(owed, Due(due))

    def _owe_nothing(self, observation: UUID | None) -> None:
        for owed in self._tellings(observation):
            self._forget(owed)

    def _tellings(self, observation: UUID | None) -> list[Owed]:
        standing = [owed for deadlines in self._both() for owed in deadlines]
        return [owed for owed in standing if owed.kind == DeadlineKind.TELL_CARETAKER and owed.observation == observation]

    def _forget(self, owed: Owed) -> None:
        for deadlines in self._both():
            deadlines.pop(owed, None)


def _wait(owed: Owed, due: Due) -> Wait:
    observation = str(owed.observation) if owed.observation else ""
    return Wait(kind=owed.kind, ref=owed.milestone, due=due.at, is_missed=due.is_missed, observation=observation)
