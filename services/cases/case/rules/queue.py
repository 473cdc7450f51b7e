"""The queue: where a case stands in it, what is overdue, and what it lacks.

While nothing happens in a case, only the clock moves it on. So the list of cases keeps a `Standing` for each, and whoever reads the list
compares it with the time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import NamedTuple

from services.cases.case.rules.waiting import Wait
from shared.ground.working_days import local_day
from shared.words.vocabulary.case import ENDED, Status
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.waiting import BY_TIME_ALONE, CLOCKS, Appointment, DeadlineKind, Lack, QueueSection, Righting

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Sorts what has no clock behind everything that has one."""

OTHERS_HAVE_THE_BALL = frozenset({Appointment.ANSWER, Appointment.DAMAGE_SERVICE})
"""A recipient is to answer, or the damage service is to come."""

PUTTING_RIGHT = frozenset(Righting)
"""What a mistake asks of us, whoever else is to answer meanwhile."""

NO_PROMISE = frozenset({Appointment.SILENCE, Appointment.MOVE})
"""What comes by itself, and nobody is to do."""

WITHOUT_A_TIME = frozenset({Appointment.DAMAGE_SERVICE, Appointment.NEW_HOME, Righting.FIND_OUT, Righting.INFORM_SUBJECT})
"""What nobody promised a time for: it is to be done, and never late."""

MAY_BE_LATE = tuple(kind for kind in CLOCKS if kind not in NO_PROMISE | WITHOUT_A_TIME)
"""Everything that can be overdue."""

RANKS = {severity: rank for rank, severity in enumerate(Severity)}
"""The more serious, the lower, and the sooner it is looked at."""
LAST = len(Severity)
"""The rank of a case in which only a colleague waits to hear something: nobody is in danger for it."""

_SOONEST_FIRST = attrgetter("due", "kind")


class Place(NamedTuple):
    """Where in the queue a case stands at an instant; sorts by danger."""

    section: QueueSection
    rank: int
    key: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, whatever o'clock it is."""

    until_due: QueueSection
    """Where it stands as long as nothing is due."""
    rank: int
    """How dangerous it is, among those of its section."""
    first: Wait | None
    """The earliest that anybody promised; once it has passed, the case is overdue."""
    gravest: Wait | None
    """The earliest that is more than telling a colleague."""
    ours: Wait | None
    """The earliest that the case's own people are to do."""
    promised: Mapping[str, datetime]
    """Everything that somebody promised by a time, and the earliest of each kind."""
    lacks: tuple[Lack, ...]
    is_over: bool
    """It came to an end, and nobody waits to hear of it: it has left the queue."""

    @property
    def overdue_after(self) -> datetime | None:
        return self.first.due if self.first else None

    @property
    def grave_after(self) -> datetime | None:
        """From when more is overdue than telling a colleague."""
        return self.gravest.due if self.gravest else None

    @property
    def due_on(self) -> date | None:
        """The day on which it is to be done today."""
        return local_day(self.ours.due) if self.ours and self.ours.due else None

    @property
    def sort_key(self) -> datetime:
        """What orders a section, until the case is overdue: then, by what it is overdue with."""
        clock = self.ours or self.first
        return clock.due if clock and clock.due else NEVER

    def late(self, at: datetime) -> Wait | None:
        """What it is overdue with: the earliest that is more than telling a colleague, or else that."""
        return next((one for one in (self.gravest, self.first) if one and one.due and one.due < at), None)

    def clock(self, at: datetime) -> Wait | None:
        """What the clock of the case measures: what its own people are to do first. A recipient's answer joins it when it is late."""
        return self.late(at) or self.ours

    def place(self, at: datetime) -> Place:
        """Where it stands now, and what orders it there. The query of the queue compares in the same way."""
        late = self.late(at)
        is_today = self.due_on is not None and self.due_on <= local_day(at)
        moved = [QueueSection.OVERDUE] if late else [QueueSection.TODAY] if is_today else []
        section = min([self.until_due, *moved], key=lambda one: one.order)
        only_telling = late is not None and late is not self.gravest and section is QueueSection.OVERDUE
        rank = 0 if section in BY_TIME_ALONE else LAST if only_telling else self.rank
        return Place(section, rank, late.due if late and late.due else self.sort_key)


def dated(waits: Collection[Wait]) -> list[Wait]:
    """What somebody promised by a time, the soonest first."""
    return sorted([wait for wait in waits if wait.due is not None and wait.kind not in NO_PROMISE], key=_SOONEST_FIRST)


def standing(waits: Collection[Wait], *, status: str, severity: str, is_seen: bool = True, handler: str = "") -> Standing:
    """Where a case stands that waits for all this."""
    promises = dated(waits)
    lacks = _lacks(promises, status=status, is_seen=is_seen, handler=handler)
    return Standing(
        until_due=_until_due(waits, lacks, status=status, severity=severity),
        rank=_rank(lacks, status=status, severity=severity),
        first=promises[0] if promises else None,
        gravest=next((wait for wait in promises if wait.kind != DeadlineKind.TELL_CARETAKER), None),
        ours=next((wait for wait in promises if wait.kind != Appointment.ANSWER), None),
        promised={str(wait.kind): wait.due for wait in reversed(promises) if wait.due},
        lacks=lacks,
        is_over=status in ENDED and not waits,
    )


def _lacks(promises: Collection[Wait], *, status: str, is_seen: bool, handler: str) -> tuple[Lack, ...]:
    if status in ENDED:
        return ()
    lacking = {
        Lack.LOOK: status == Status.RAISED and not is_seen,
        Lack.DATE: not promises,
        Lack.HANDLER: not handler,
    }
    return tuple(lack for lack in Lack if lacking[lack])


def _until_due(waits: Collection[Wait], lacks: Collection[Lack], *, status: str, severity: str) -> QueueSection:
    if _is_acute(status=status, severity=severity):
        return QueueSection.ACUTE
    if Lack.LOOK in lacks:
        return QueueSection.UNSEEN
    if Lack.DATE in lacks:
        return QueueSection.NO_DATE
    kinds = {wait.kind for wait in waits}
    is_theirs = kinds & OTHERS_HAVE_THE_BALL and not kinds & PUTTING_RIGHT
    return QueueSection.WAITING if is_theirs else QueueSection.LATER


def _rank(lacks: Collection[Lack], *, status: str, severity: str) -> int:
    """Among what is acute, what nobody has seen comes first; elsewhere the more serious."""
    if _is_acute(status=status, severity=severity):
        return 0 if Lack.LOOK in lacks else 1
    return RANKS.get(Severity(severity), LAST) if severity else LAST


def _is_acute(*, status: str, severity: str) -> bool:
    return severity == Severity.ACUTE and status not in ENDED
