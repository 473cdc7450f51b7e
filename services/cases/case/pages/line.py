"""What is said of one event in the history of a case."""

from __future__ import annotations

from dataclasses import dataclass

from services.cases.case.pages.voice import Pairs


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What is said of one event."""

    title: str
    kind: str
    """concern, consent, referral, contact, help, telling, course or clock; for the look of it."""
    details: Pairs = ()
    words: str = ""
    missed: bool = False
