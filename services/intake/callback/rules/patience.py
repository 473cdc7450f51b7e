"""How often a page may be sent that needs no sign-in: for each address, and for all together. Kept in memory, and forgotten with it."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

WITHIN = timedelta(hours=1)
FROM_ONE = 5
"""As often in an hour from one address; several people may share one."""
FROM_ALL = 60
"""As often in an hour from everywhere: more than a whole association asks for, and few enough to be read by people."""


class Patience:
    """When what was sent, from where. Each process has its own; who writes to several gets so many times as much, and no more."""

    def __init__(self, *, from_one: int = FROM_ONE, from_all: int = FROM_ALL) -> None:
        self._most = (from_one, from_all)
        self._from: dict[str, deque[datetime]] = {}
        self._all: deque[datetime] = deque()

    def wait_until(self, address: str, *, at: datetime) -> datetime | None:
        """Until when this address is to wait; `None` where it may be sent now. An address that nobody knows counts only with all."""
        self._forget(before=at - WITHIN)
        from_one, from_all = self._most
        waits = [self._all[-from_all] + WITHIN] if len(self._all) >= from_all else []
        mine = self._from.get(address)
        if address and mine and len(mine) >= from_one:
            waits.append(mine[-from_one] + WITHIN)
        return max(waits, default=None)

    def note(self, address: str, *, at: datetime) -> None:
        """It was sent."""
        self._all.append(at)
        if address:
            self._from.setdefault(address, deque()).append(at)

    def _forget(self, *, before: datetime) -> None:
        while self._all and self._all[0] <= before:
            self._all.popleft()
        for address, times in list(self._from.items()):
            while times and times[0] <= before:
                times.popleft()
            if not times:
                del self._from[address]
