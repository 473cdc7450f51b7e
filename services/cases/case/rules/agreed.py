"""What a case needs to know of the association's procedure; the version the case is pinned to is handed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class AgreedProcedure(Protocol):
    """One version of the emergency procedure, as the rules of a case see it (design.md §5)."""

    @property
    def version(self) -> str: ...

    def may(self, role: str, step: str) -> bool:
        """Whether this role may take this step."""

    def stands_in_from(self, role: str, step: str, *, since: datetime) -> datetime | None:
        """From when this role may take a step that nobody has taken `since`; `None` where it never steps in."""

    def deadline(self, kind: str, *, severity: str, after: datetime, about_a_child: bool = False) -> datetime:
        """When triage, first contact or telling the caretaker is due; a child waits for no office to open."""

    def answer_due(self, target: str, municipality: str, after: datetime) -> datetime:
        """When a recipient has agreed to acknowledge."""

    def silence_steps(self, target: str, municipality: str, sent_at: datetime) -> Sequence[datetime]:
        """When a silent recipient is nudged, rung, and escalated: one instant for each step of the ladder (S15)."""

    def follow_up_days(self, severity: str) -> Sequence[int]:
        """After how many days somebody looks again."""

    def follow_up_due(self, days: int, after: datetime) -> datetime:
        """The instant until which a follow-up after so many days counts as done in time."""
