"""A number that the process beside us looks at too: eight bytes that both have in memory."""

from __future__ import annotations

import mmap
import os
import tempfile

BYTES = 8


class SharedNumber:
    """A new one is nought; one made of another's `fileno`, in this process or one it was passed to, is that one."""

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
    def value(self) -> int:
        """The number as it is now, in both processes."""
        return int.from_bytes(self._bytes[:], "little")

    @value.setter
    def value(self, value: int) -> None:
        self._bytes[:] = value.to_bytes(BYTES, "little")
