"""A run of `python -m local up` in a process of its own, to be watched, interrupted and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import psutil

from local.broker import free_port
from tests.support.eventually import eventually

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 60.0


class Run:
    """One run on a data directory."""

    def __init__(self, data: Path, *, port: int | None = None, command: str = "up", arguments: tuple[str, ...] = ()) -> None:
        self.data = data
        self.port = port or free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self._said = data.parent / f"said-{self.port}-{os.urandom(3).hex()}"
        with self._said.open("wb") as to:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "local", command, "--port", str(self.port), "--data", str(data), *arguments],
                cwd=ROOT,
                stdout=to,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_hears_ctrl_c,
                env={**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"},
            )

    @property
    def said(self) -> str:
        """Everything it wrote so far."""
        return self._said.read_text()

    async def ready(self) -> Run:
        """Wait for the first page."""

        def answers() -> bool:
            assert self.process.poll() is None or self.fails_with(self.said)
            try:
                return httpx.get(f"{self.origin}/intake/sign-in", timeout=5).status_code == 200
            except httpx.HTTPError:
                return False

        await eventually(answers, within=READY_WITHIN)
        return self

    @staticmethod
    def fails_with(said: str) -> bool:
        """A run that ended instead of serving will not get better by waiting."""
        raise RuntimeError(f"it ended and said:\n{said}")

    def interrupt(self) -> int:
        """Ctrl-C; answers how it ended."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def kill(self) -> None:
        """As when the machine takes it."""
        self.process.kill()
        self.process.wait(10)

    def ended(self) -> int:
        """Wait until it has ended by itself; answers how."""
        return self.process.wait(60)

    def end(self) -> None:
        """Leave nothing of it behind, whatever the test did."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        for process in beside(self.data):
            process.kill()


def beside(data: Path) -> list[psutil.Process]:
    """The servers that run for this data directory: those that name it, and the broker whose number lies there."""
    found = []
    note = data / "broker.pid"
    broker = int(note.read_text()) if note.exists() else -1
    for process in psutil.process_iter():
        try:
            command = process.cmdline()
            ours = any(str(data / "postgres") in part for part in command) or (process.pid == broker and any("tansu" in p for p in command))
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def _hears_ctrl_c() -> None:
    """A test run that was put in the background ignores Ctrl-C, and what it starts would inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
