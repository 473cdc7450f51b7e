"""Programs we start beside ourselves, that must not outlive us."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

KILL_SECONDS = 5


def start_child(
    arguments: Sequence[str], *, log: Path, user: str | None = None, group: int | None = None, dies_by: str = "KILL"
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches us alone and we end it in order.

    Where the system can do it, the program gets the signal `dies_by` when we are killed without a chance to end it.
    """
    setpriv = shutil.which("setpriv")
    # setpriv sets the parent-death signal after the change of user, which would otherwise clear it.
    before = [setpriv, "--pdeathsig", dies_by] if setpriv else []
    with open(log, "ab", opener=_for_its_owner) as to:
        return subprocess.Popen(  # noqa: S603 -- our own program, no shell
            [*before, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=to,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user,
            group=group,
            extra_groups=[] if user else None,
        )


def _for_its_owner(file: str, flags: int) -> int:
    """What a program logs may hold ids: it is nobody else's to read."""
    descriptor = os.open(file, flags, 0o600)
    os.fchmod(descriptor, 0o600)
    return descriptor


def kill(pid: int) -> None:
    """End a process at once; it may be gone already."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.kill()
        with contextlib.suppress(psutil.TimeoutExpired):
            process.wait(KILL_SECONDS)


def running_with(pid: int, word: str) -> bool:
    """Whether this process lives and was started with `word` on its command line; a pid alone may be somebody else's."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and any(word in part for part in process.cmdline())
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def wait_for(check: Callable[[], bool], *, within: float) -> bool:
    """Ask again and again, every few milliseconds, until it is so or the time is up."""
    until = time.monotonic() + within
    while not check():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True
