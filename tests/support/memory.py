"""Where the servers of the tests keep their files: in memory, where the machine has room for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import psutil

MEMORY = Path("/dev/shm")  # the files of a server that is gone after the tests, in a directory only we can read
ROOM = 2**30
"""What the servers of one test process need, with a large margin."""


def memory() -> Path | None:
    """A directory that lies in memory and has room; `None` means: wherever temporary files go."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM or psutil.virtual_memory().available < 4 * ROOM:
        return None
    return MEMORY
