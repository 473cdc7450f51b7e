"""What a case waits for: somebody who is to do something, by when, and whether it was recorded that nobody did."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from shared.words.vocabulary.case import Status
from shared.words.vocabulary.waiting import Appointment, DeadlineKind, Righting, WaitsFor

NOTICED = frozenset({*DeadlineKind, Appointment.FOLLOW_UP, Appointment.SILENCE, Appointment.MOVE})
"""What is recorded when its time has passed: that it did not happen, or, of a move, that it did."""


@dataclass(kw_only=True, slots=True)
class Wait:
    """One thing a case waits for. Not frozen: several are made with every command, and that takes three times as long."""

    kind: str
    ref: str = ""
    """Which referral, order, visit or follow-up; for telling the caretaker, what he is to hear."""
    step: int = 0
    target: str = ""
    due: datetime | None = None
    """`None` where nobody promised a time."""
    observation: str = ""
    """Of a telling, whose observation it is about, where that is not the first one."""
    is_missed: bool = False
    """Whether it was recorded that it did not happen in time; it is still to be done."""


def next_due(waits: Collection[Wait]) -> datetime | None:
    """After this the case has something to record that did not happen; `None` when nothing runs."""
    return min([wait.due for wait in waits if wait.due and wait.kind in NOTICED and not wait.is_missed], default=None)


def waits_for(status: str, waits: Collection[Wait]) -> str:
    """What a case waits for, as one code: the first that applies."""
    kinds = {wait.kind for wait in waits}
    if Righting.FIND_OUT in kinds:
        return WaitsFor.FIND_OUT
    match status:
        case Status.RAISED:
            return WaitsFor.TRIAGE
        case Status.TRIAGED:
            return WaitsFor.OPENING
    return next((waited for waited in WaitsFor if waited in kinds), WaitsFor.NOBODY)
