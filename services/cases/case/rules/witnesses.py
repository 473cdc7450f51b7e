"""Who saw it, each with what they were told: a case may come of several observations, and every observer hears about their own."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Witness:
    """Somebody who saw it, and what they know."""

    observer: str
    """An opaque staff id; empty where nobody who works here saw it."""
    told: set[str] = field(default_factory=set)
    last_told: str = ""
    """The milestone they were told of last."""
    carries: bool = False
    """Whether nobody is to tell them anything: they carry the case themselves, or nobody who works here saw it."""
