"""A led clock that the process beside us looks at too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from local.shared_number import SharedNumber
from shared.ground.clock import SettableClock

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class SharedClock(SettableClock):
    """A new one follows the machine's clock; one made of another's `fileno`, in this process or one it was passed to, follows that one."""

    def __init__(self, fileno: int | None = None) -> None:
        self._since_the_beginning = SharedNumber(fileno)

    def fileno(self) -> int:
        """To be passed on."""
        return self._since_the_beginning.fileno()

    @property
    def _at(self) -> datetime | None:
        since = self._since_the_beginning.value
        return BEGINNING + since * MICROSECOND if since else None

    @_at.setter
    def _at(self, at: datetime | None) -> None:
        self._since_the_beginning.value = (at - BEGINNING) // MICROSECOND if at else 0
