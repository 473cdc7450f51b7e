"""What a case waits for: somebody who is to do something, by when, and whether it was recorded that nobody did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
