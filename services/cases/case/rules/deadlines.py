"""What is due in a case besides follow-ups and answers, what was missed, and whether the caretaker was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules.agreed import AgreedProcedure
from services.cases.case.rules.checks import known, permitted
from services.cases.case.rules.codes import Channel, DeadlineKind, Milestone, Step
from services.cases.case.rules.event import Event
from services.cases.case.rules.refusals import ThatHasNotHappenedYet
from shared.ground.provenance import Role

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


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

    def __init__(self, case: Case) -> None:
        self._case = case
        self.due: dict[tuple[str, str], Due] = {}
        self._happened: set[str] = set()
        self._told: set[str] = set()

    def inform_caretaker(self, *, by: Role, at: datetime, under: AgreedProcedure, milestone: str, channel: str) -> None:
        """The one who saw it was told how it goes; also after the end."""
        permitted(Step.INFORM_CARETAKER, by=by, under=under)
        milestone = known(milestone, Milestone, field="milestone")
        channel = known(channel, Channel, field="channel")
        if milestone != Milestone.IN_GOOD_HANDS and milestone not in self._happened:
            raise ThatHasNotHappenedYet
        if milestone in self._told:
            return
        self._case.trigger_event(
            CaretakerInformed,
            observation_id=self._case.origin.observation_id,
            caretaker=self._case.origin.observer,
            milestone=milestone,
            channel=channel,
            on_time=all(at <= self.due[key].at for key in self._covered_by(milestone)),
        )

    def note_time(self, at: datetime) -> None:
        """Record what did not happen in time."""
        missed = [(kind, milestone, due.at) for (kind, milestone), due in self.due.items() if at > due.at and not due.is_missed]
        for kind, milestone, due in missed:
            self._case.trigger_event(DeadlineMissed, kind=kind, milestone=milestone, due=due, handler=self._case.handler)

    def due_of(self, kind: str) -> datetime | None:
        """When it is due; `None` when nothing runs."""
        due = self.due.get((str(kind), ""))
        return due.at if due else None

    def is_met_in_time(self, kind: str, *, at: datetime) -> bool:
        """Whether doing it now is in time; without an open deadline it always is."""
        due = self.due_of(kind)
        return due is None or at <= due

    def would_come_sooner(self, kind: str, *, due: datetime) -> bool:
        """Whether this due time is before the open one; one that was missed does not move."""
        standing = self.due.get((kind, ""))
        return standing is not None and not standing.is_missed and due < standing.at

    def start(self, kind: str, *, due: datetime) -> None:
        """A deadline starts, or moves."""
        self.due[str(kind), ""] = Due(due)

    def meet(self, kind: str) -> None:
        self.due.pop((str(kind), ""), None)

    def start_telling(self, milestone: str, *, due: datetime) -> None:
        """Something happened that the caretaker is to hear of; when he waits for the same already, the first deadline stands."""
        self._happened.add(milestone)
        self._told.discard(milestone)
        self.due.setdefault((DeadlineKind.TELL_CARETAKER.value, str(milestone)), Due(due))

    def told(self, milestone: str) -> None:
        """He knows; what came before it in the story needs no telling any more."""
        self._told.add(milestone)
        for key in self._covered_by(milestone):
            del self.due[key]

    def miss(self, kind: str, *, milestone: str) -> None:
        self.due[kind, milestone].is_missed = True

    def reopen(self) -> None:
        """The end is no longer news: nobody needs to be told of it."""
        self._happened.discard(Milestone.CLOSED)
        self.due.pop((DeadlineKind.TELL_CARETAKER.value, Milestone.CLOSED.value), None)

    def _covered_by(self, milestone: str) -> list[tuple[str, str]]:
        order = list(Milestone)
        told = order.index(Milestone(milestone))
        return [(kind, other) for kind, other in self.due if kind == DeadlineKind.TELL_CARETAKER and order.index(Milestone(other)) <= told]
