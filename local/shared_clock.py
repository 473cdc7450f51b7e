"""A led clock that the process beside us looks at too: where it stands lies in eight bytes that both have in memory."""

from __future__ import annotations

import mmap
import os
import tempfile
from datetime import UTC, datetime, timedelta

from shared.ground.clock import SettableClock

BYTES = 8
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class SharedClock(SettableClock):
    """A new one follows the machine's clock; one made of another's `fileno`, in this process or one it was passed to, follows that one."""

    def __init__(self, fileno: int | None = None) -> None:
        if fileno is None:
            with tempfile.TemporaryFile() as file:
                file.truncate(BYTES)
                fileno = os.dup(file.fileno())
        self._fileno = fileno
        self._bytes = mmap.mmap(fileno, BYTES)

    def fileno(self) -> int:
        """To be passed on."""
        return self._fileno

    @property
    def _at(self) -> datetime | None:
        since = int.from_bytes(self._bytes[:], "little")
        return BEGINNING + since * MICROSECOND if since else None

    @_at.setter
    def _at(self, at: datetime | None) -> None:
        self._bytes[:] = ((at - BEGINNING) // MICROSECOND if at else 0).to_bytes(BYTES, "little")
