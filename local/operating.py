"""An operator's command for what runs on this machine: `python -m local operate cases verify`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import psutil
from pydantic import BaseModel, SecretStr

from local.trouble import CannotStart
from shared.ground.settings import PREFIX, Settings


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
    running = [environment for note in notes if (environment := _noted(note).get(service))]
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


class _Note(BaseModel):
    """What a run writes down of itself."""

    pid: int
    services: dict[str, dict[str, str]] = {}


def _noted(note: Path) -> Mapping[str, Mapping[str, str]]:
    try:
        noted = _Note.model_validate_json(note.read_bytes())
    except (OSError, ValueError):
        return {}
    return noted.services if psutil.pid_exists(noted.pid) else {}
