"""How long to wait for somebody who is away."""

from __future__ import annotations

import asyncio

MOST_SECONDS = 5.0


class Backoff:
    """Twice as long each time, up to five seconds; from the beginning once they were there."""

    def __init__(self, *, first_seconds: float = 0.2) -> None:
        self._first = first_seconds
        self.seconds = first_seconds
        """How long the next wait is."""

    async def wait(self) -> None:
        """Wait, and be ready to wait longer."""
        await asyncio.sleep(self.seconds)
        self.seconds = min(self.seconds * 2, MOST_SECONDS)

    def reset(self) -> None:
        """They are there: the next time they are away is another one."""
        self.seconds = self._first
