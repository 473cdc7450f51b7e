"""What a case waits for: somebody who is to do something, by when, and whether it was recorded that nobody did."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.words.vocabulary.case import Status
from shared.words.vocabulary.waiting import DeadlineKind


class WaitKind(StrEnum):
    """What somebody is to do."""

    TRIAGE = DeadlineKind.TRIAGE.value
    FIRST_CONTACT = DeadlineKind.FIRST_CONTACT.value
    TELL_CARETAKER = DeadlineKind.TELL_CARETAKER.value
    FOLLOW_UP = "follow_up"
    MEETING = "meeting"
    DAMAGE_SERVICE = "damage_service"
    ANSWER = "answer"
    SILENCE = "silence"
    """A step of the ladder that is climbed while a recipient does not say that they have it."""


NOTICED = frozenset({WaitKind.TRIAGE, WaitKind.FIRST_CONTACT, WaitKind.TELL_CARETAKER, WaitKind.FOLLOW_UP, WaitKind.SILENCE})
"""What is recorded when it did not happen in time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wait:
    """One thing a case waits for."""

    kind: str
    ref: str = ""
    """Which referral, order, visit or follow-up; for telling the caretaker, what he is to hear."""
    step: int = 0
    target: str = ""
    due: datetime | None = None
    """`None` where nobody promised a time."""
    is_missed: bool = False
    """Whether it was recorded that it did not happen in time; it is still to be done."""


def next_due(waits: Collection[Wait]) -> datetime | None:
    """After this the case has something to record that did not happen; `None` when nothing runs."""
    return min((wait.due for wait in waits if wait.due and wait.kind in NOTICED and not wait.is_missed), default=None)


def waits_for(status: str, waits: Collection[Wait]) -> str:
    """What a case waits for, as one code: the first that applies."""
    if status in (Status.RAISED, Status.TRIAGED):
        return "triage" if status == Status.RAISED else "opening"
    order = (
        WaitKind.FIRST_CONTACT, WaitKind.ANSWER, WaitKind.DAMAGE_SERVICE, WaitKind.MEETING, WaitKind.FOLLOW_UP, WaitKind.TELL_CARETAKER,
    )  # fmt: skip
    kinds = {wait.kind for wait in waits}
    return next((kind.value for kind in order if kind in kinds), "nobody")
