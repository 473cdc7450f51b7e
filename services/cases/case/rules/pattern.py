"""The one rule that looks at more than one concern: somebody else saw something about the same people a short while ago (S2).

It is told with what it rests on, so that whoever judges the concern can see why it fired, and say that it means nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.ground.working_days import local_day, start_of_day
from shared.history.aggregate import Event
from shared.words.vocabulary.beginning import REPORTED, SEEN_BY_STAFF
from shared.words.vocabulary.observation import Severity

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case

WITHIN = timedelta(days=30)
"""How long an observation is remembered: as long as until a review of what was thought to be nothing (domain.md S2: 30 d)."""
SAME_ERRAND = timedelta(hours=4)
"""Two who come by within so short a time came together, or because the one rang the other: that is one sighting."""
AT_LEAST = Severity.MEDIUM
"""What two who do not know of each other have seen is not »keep an eye« any more (domain.md S2)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """An observation about the same people."""

    observer: str
    """Who works here and saw it; empty where somebody outside told of it."""
    source: str
    role: str
    """What the observer is here; empty likewise."""
    observed_at: datetime

    @property
    def eyes(self) -> tuple[str, str]:
        """Whose eyes they are, as far as anybody can tell: two neighbours who rang may be one who rang twice."""
        return self.observer, "" if self.observer else self.source

    @property
    def called(self) -> str:
        """What whoever saw it is called: a role, or where it came from."""
        return self.role or ("" if self.observer else self.source)


WITNESSES = frozenset({*SEEN_BY_STAFF, *REPORTED})
"""Where somebody saw it with their own eyes: neither the housing system, a welcome, an earlier case nor the resident's own word."""


def independent(this: Sighting, sightings: Iterable[Sighting]) -> Sighting | None:
    """The latest that counts as a second pair of eyes: another's, on another errand, at most thirty days before or after."""
    counting = [
        one
        for one in sightings
        if {one.source, this.source} <= WITNESSES
        and one.eyes != this.eyes
        and SAME_ERRAND <= abs(this.observed_at - one.observed_at) <= WITHIN
    ]
    return max(counting, key=lambda one: one.observed_at) if counting else None


def the_day(moment: datetime) -> datetime:
    """The beginning of the day of a moment."""
    return start_of_day(local_day(moment))


def at_least(severity: str) -> str:
    """A severity, raised where it is lower than what the rule asks for."""
    order = [str(one) for one in Severity]
    return severity if order.index(severity) <= order.index(AT_LEAST) else AT_LEAST.value


class PatternNoticed(Event):
    """The second independent observation about the same people within thirty days: it is proposed as worrying, at least."""

    TOPIC = "case.pattern_noticed"
    class_version = 2

    severity: str
    """What is proposed because of it; whoever judges it decides."""
    days: int
    """How long the rule looks back."""
    observer_role: str
    """What whoever saw it is here, or where it came from, where nobody here saw it."""
    observed_at: datetime
    earlier_role: str
    earlier_at: datetime
    """The beginning of the day. The moment would lead from here to that case, and so to the home once it is erased."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Version 1 named the earlier case, and the moment."""
        del state["earlier_case"]
        state["earlier_at"] = the_day(state["earlier_at"])

    def apply(self, case: Case) -> None:
        case.severity = self.severity
        case.pattern = self
