"""The queue: where a case stands in it, and what is overdue.

While nothing happens in a case, only the clock moves it on. So the list of cases keeps a `Standing` for each, and whoever reads the list
compares it with the time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter

from services.cases.case.rules.waiting import Wait
from shared.ground.working_days import local_day
from shared.words.vocabulary.case import ENDED
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.waiting import Appointment, QueueSection, Righting

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Sorts what has no clock behind everything that has one."""

OTHERS_HAVE_THE_BALL = frozenset({Appointment.ANSWER, Appointment.DAMAGE_SERVICE})
"""A recipient is to answer, or the damage service is to come."""

PUTTING_RIGHT = frozenset(Righting)
"""What a mistake asks of us, whoever else is to answer meanwhile."""

NO_PROMISE = frozenset({Appointment.SILENCE, Appointment.MOVE})
"""What comes by itself, and nobody is to do."""

_SOONEST_FIRST = attrgetter("due", "kind")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, whatever o'clock it is."""

    until_due: QueueSection
    """Where it stands as long as nothing is due."""
    first: Wait | None
    """The earliest that anybody promised; once it has passed, the case is overdue."""
    ours: Wait | None
    """The earliest that the case's own people are to do."""
    is_over: bool
    """It came to an end, and nobody waits to hear of it: it has left the queue."""

    @property
    def overdue_after(self) -> datetime | None:
        return self.first.due if self.first else None

    @property
    def due_on(self) -> date | None:
        """The day on which it is to be done today."""
        return local_day(self.ours.due) if self.ours and self.ours.due else None

    @property
    def sort_key(self) -> datetime:
        """What orders a section, until the case is overdue: then, by what it is overdue with."""
        clock = self.ours or self.first
        return clock.due if clock and clock.due else NEVER

    def clock(self, at: datetime) -> Wait | None:
        """What the clock of the case measures: what its own people are to do first. A recipient's answer joins it when it is late."""
        return self.first if self.overdue_after and self.overdue_after < at else self.ours

    def place(self, at: datetime) -> tuple[QueueSection, datetime]:
        """Where it stands now: the section, and what orders it there. The query of the queue compares in the same way."""
        if self.overdue_after and self.overdue_after < at:
            return self._sooner(QueueSection.OVERDUE), self.overdue_after
        is_today = self.due_on is not None and self.due_on <= local_day(at)
        return self._sooner(QueueSection.TODAY) if is_today else self.until_due, self.sort_key

    def _sooner(self, section: QueueSection) -> QueueSection:
        return min(self.until_due, section, key=lambda one: one.order)


def standing(waits: Collection[Wait], *, status: str, severity: str) -> Standing:
    """Where a case stands that waits for all this."""
    dated = sorted([wait for wait in waits if wait.due is not None and wait.kind not in NO_PROMISE], key=_SOONEST_FIRST)
    return Standing(
        until_due=_until_due(waits, status=status, severity=severity),
        first=dated[0] if dated else None,
        ours=next((wait for wait in dated if wait.kind != Appointment.ANSWER), None),
        is_over=status in ENDED and not waits,
    )


def _until_due(waits: Collection[Wait], *, status: str, severity: str) -> QueueSection:
    if severity == Severity.ACUTE and status not in ENDED:
        return QueueSection.ACUTE
    kinds = {wait.kind for wait in waits}
    is_theirs = kinds & OTHERS_HAVE_THE_BALL and not kinds & PUTTING_RIGHT
    return QueueSection.WAITING if is_theirs else QueueSection.LATER
