"""How many wishes are taken in that need no sign-in, from everywhere together. Kept in memory, and forgotten with it.

How often one sender may try is counted at the proxy, which alone knows who it is (`deploy/nginx/nginx.conf`): seventy times an hour,
right or wrong. Here only what was taken in counts, so that neither a typo nor what a program sends wrong closes the page to anybody.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

WITHIN = timedelta(hours=1)
FROM_ALL = 500
"""So many in an hour: more than the people of an association ask for, and several times what the proxy lets through from one sender."""


class Patience:
    """When what was taken in. Each process has its own; where there are several, so many times as much is taken in, and no more."""

    def __init__(self, *, from_all: int = FROM_ALL) -> None:
        self._most = from_all
        self._taken: deque[datetime] = deque()

    def wait_until(self, *, at: datetime) -> datetime | None:
        """Until when everybody is to wait; `None` where it may be sent now."""
        while self._taken and self._taken[0] <= at - WITHIN:
            self._taken.popleft()
        return self._taken[-self._most] + WITHIN if len(self._taken) >= self._most else None

    def note(self, *, at: datetime) -> None:
        """One was taken in."""
        self._taken.append(at)
