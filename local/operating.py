"""What runs on this machine, as a run notes it; and an operator's command for it: `python -m local operate cases verify`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import psutil
from pydantic import BaseModel, SecretStr

from local.trouble import CannotStart
from shared.ground.settings import PREFIX, Settings


class Note(BaseModel):
    """What a run writes down of itself."""

    origin: str = ""
    pid: int
    services: dict[str, dict[str, str]] = {}
    """What an operator's command needs in its environment to meet each service."""

    def write(self, file: Path) -> None:
        """For its own user alone."""
        file.touch(mode=0o600)
        file.chmod(0o600)  # one of an earlier version was for everybody
        file.write_text(self.model_dump_json())


def read_note(file: Path) -> Note | None:
    """What was noted; `None` where there is no note, or none that can be read."""
    try:
        return Note.model_validate_json(file.read_bytes())
    except (OSError, ValueError):
        return None


def environment_of(settings: Settings) -> dict[str, str]:
    """What a process of its own needs in its environment to meet the same service; no password, for PostgreSQL here has none."""
    return {f"{PREFIX}{name.upper()}": _spelled(getattr(settings, name)) for name in settings.model_fields_set}


def _spelled(value: object) -> str:
    match value:
        case SecretStr():
            return value.get_secret_value()
        case tuple():
            return ",".join(map(str, value))
        case _:
            return str(value)


def operate(notes: Iterable[Path], service: str, arguments: Sequence[str]) -> int:
    """Run a command of a service beside the installation that runs; answers its exit code.

    Raises `CannotStart` where none does, and where several do.
    """
    noted = [note for file in notes if (note := read_note(file)) and psutil.pid_exists(note.pid)]
    running = [environment for note in noted if (environment := note.services.get(service))]
    if not running:
        raise CannotStart(
            "Brobygger kører ikke på denne maskine, eller ikke med de data.",
            next_step="Start det i et andet vindue med make up eller make demo; ligger data et andet sted, så sig det med --data.",
            english="Brobygger is not running here; start it first, or say where its data is with --data.",
        )
    if len(running) > 1:
        raise CannotStart(
            "Der kører flere på denne maskine.",
            next_step="Sig, hvilken der menes: --data .local/data eller --data .local/demo.",
            english="Several are running here; say which with --data.",
        )
    command = (sys.executable, "-m", f"services.{service}", *arguments)
    return subprocess.run(command, env={**os.environ, **running[0]}, check=False).returncode  # noqa: S603 -- our own, as asked
