"""Starts Brobygger again whenever its code changes; for whoever works on it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from watchfiles import Change, run_process

KINDS = (".py", ".sql", ".html", ".css", ".js", ".svg", ".yaml", ".po")
"""Files that are read when it starts: code, tables, templates and what they show, the procedure, the words."""
STOP_SECONDS = 30


def run_again_and_again(arguments: Sequence[str], folders: Sequence[Path], out: Console) -> None:
    """Run `python -m local` with these arguments until Ctrl-C; it ends in order and starts again when something in the folders changes."""

    def told(changes: set[tuple[Change, str]]) -> None:
        names = sorted({Path(file).name for _, file in changes})
        out.print(f"\n{', '.join(names[:3])} er ændret. Starter igen …")

    run_process(
        *folders,
        target=shlex.join([sys.executable, "-m", "local", *arguments]),
        target_type="command",
        callback=told,
        watch_filter=is_read_at_the_start,
        sigint_timeout=STOP_SECONDS,
    )


def is_read_at_the_start(_change: Change, file: str) -> bool:
    """Whether a running Brobygger is another one after this file changed."""
    return file.endswith(KINDS) and "__pycache__" not in file
