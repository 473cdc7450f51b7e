"""Where the time comes from; rules never ask here, they are handed it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

CLOCKS_MAY_DIFFER = timedelta(minutes=5)
"""A phone's clock may be this much away from ours."""

AS_TYPED = timedelta(minutes=1)
"""What somebody types says the minute."""


class Clock(Protocol):
    """Something that knows what time it is, in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SettableClock:
    """A clock that stands where it was put, and goes on from there when it is let go.

    The demo leads it through a year; tests lead it through a story.
    """

    def __init__(self, at: datetime | None = None) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at or datetime.now(UTC)

    def lead_to(self, at: datetime) -> None:
        """Put the clock at a moment; it stands still there."""
        self._at = at

    def forward(self, by: timedelta) -> datetime:
        """Move the standing clock on; answers the new time."""
        self._at = self.now() + by
        return self._at

    def let_go(self) -> None:
        """Follow the machine's clock again."""
        self._at = None
