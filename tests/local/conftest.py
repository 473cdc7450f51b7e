"""Runs of the one-machine form, each on a data directory of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.local.running import Run


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory that PostgreSQL may reach also where the tests run as root."""
    directory = Path(tempfile.mkdtemp(prefix="brobygger-test-"))
    directory.chmod(0o711)
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def up(place: Path) -> Iterator[Callable[..., Run]]:
    """Start a run; all of them share one data directory unless told otherwise, and none outlives the test."""
    runs: list[Run] = []

    def start(data: Path | None = None, *, port: int | None = None, command: str = "up", arguments: tuple[str, ...] = ()) -> Run:
        runs.append(Run(data or place / "data", port=port, command=command, arguments=arguments))
        return runs[-1]

    yield start
    for run in runs:
        run.end()
