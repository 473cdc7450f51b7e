"""Everything on one machine: how long until the first page, from nothing and again, and how much memory it holds idle."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil

from bench.result import Row
from local.broker import free_port

ROOT = Path(__file__).parents[1]
MOST_WARM_SECONDS, MOST_COLD_SECONDS, MOST_MB = 8.0, 90.0, 450.0
WARM_STARTS = 5
IDLE_SECONDS = 30
"""How long nobody asks for anything before memory is looked at."""
PAGE = "/intake/sign-in"


async def measure(*, quick: bool = False) -> list[Row]:
    """`make up` in a fresh clone with no environment, and `python -m local up` on data that are there."""
    with tempfile.TemporaryDirectory(prefix="brobygger-bench-", dir="/var/tmp") as folder:
        return await asyncio.to_thread(_all, Path(folder), quick=quick)


def _all(place: Path, *, quick: bool) -> list[Row]:
    place.chmod(0o755)
    cold = [] if quick else [_cold(place)]
    return cold + _warm(place / "data", quick=quick)


def _cold(place: Path) -> Row:
    """A clone of what is committed; the package manager's cache is not used, so everything comes over the network."""
    clone, port = place / "clone", free_port()
    begun = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    cloned = time.perf_counter() - begun
    without_cache = {**os.environ, "PIP_NO_CACHE_DIR": "1"}
    with running(["make", "up", f"PORT={port}", f"DATA={place / 'cold'}"], clone, without_cache, place / "cold.log") as process:
        first_page(process, port, place / "cold.log", within=900)
        seconds = time.perf_counter() - begun
        said = (place / "cold.log").read_text(errors="replace")
    started = re.search(r"Klar efter ([\d.]+) sekunder", said)
    return Row(
        what="`make up` cold, to the first page", against=f"{MOST_COLD_SECONDS:g} s", ratio=seconds / MOST_COLD_SECONDS, bound=1,
        at_least=False,
        detail=f"{seconds:.0f} s: clone {cloned:.1f} s, starting on new data {started[1] if started else '?'} s,"
        " the rest is the environment from the lock, nothing cached",
    )  # fmt: skip


def _warm(data: Path, *, quick: bool) -> list[Row]:
    """Starts on data that are there; the first one, on an empty directory, is not counted."""
    times = 1 if quick else WARM_STARTS
    seconds = []
    shares: dict[str, float] = {}
    for n in range(times + 1):
        port, log = free_port(), data.parent / f"warm-{n}.log"
        command = [sys.executable, "-m", "local", "up", "--port", str(port), "--data", str(data), *(["--empty"] if quick else [])]
        begun = time.perf_counter()
        with running(command, ROOT, {**os.environ, "PYTHONUNBUFFERED": "1"}, log) as process:
            first_page(process, port, log, within=120)
            seconds.append(time.perf_counter() - begun)
            if n == 0 and not quick:
                moved_in(process, log)
            if n == times:
                time.sleep(0 if quick else IDLE_SECONDS)
                shares = _memory(process)
    first, again = seconds[0], sorted(seconds[1:])
    middle, total = again[len(again) // 2], sum(shares.values())
    parts = ", ".join(f"{name} {share:.0f}" for name, share in shares.items())
    return [
        Row(
            what="`make up` warm, to the first page", against=f"{MOST_WARM_SECONDS:g} s", ratio=middle / MOST_WARM_SECONDS, bound=1,
            at_least=False,
            detail=f"{middle:.1f} s by the median of {len(again)}, slowest {again[-1]:.1f} s; with an empty data directory {first:.1f} s",
        ),
        Row(
            what="the whole system on one machine, resident memory, idle", against=f"{MOST_MB:g} MB", ratio=total / MOST_MB, bound=1,
            at_least=False, detail=f"{total:.0f} MB (proportional set size): {parts}; homes entered: {0 if quick else 3400}",
        ),
    ]  # fmt: skip


@contextmanager
def running(command: Sequence[str], where: Path, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a session of its own, interrupted as Ctrl-C does; nothing of it is left behind."""
    with log.open("wb") as to:
        process = subprocess.Popen(
            command, cwd=where, stdin=subprocess.DEVNULL, stdout=to, stderr=to, env=environment, start_new_session=True
        )
    try:
        yield process
    finally:
        below = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(40)
        _, left = psutil.wait_procs(below, timeout=20)
        for each in left:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()


def first_page(process: subprocess.Popen[bytes], port: int, log: Path, *, within: float) -> None:
    """Ask until the page comes; the connection waits by itself while the services start."""
    until = time.monotonic() + within
    while True:
        with suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}{PAGE}", timeout=10).status_code == 200:
                return
        _still(process, log, until)
        time.sleep(0.02)


def moved_in(process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the association of the demo has moved in, which happens at the first start alone."""
    until = time.monotonic() + 300
    while "er flyttet ind." not in log.read_text(errors="replace"):
        _still(process, log, until)
        time.sleep(0.2)


def _still(process: subprocess.Popen[bytes], log: Path, until: float) -> None:
    if process.poll() is not None or time.monotonic() > until:
        raise RuntimeError(f"it does not start: {log.read_text(errors='replace')[-2000:]}")


def _memory(process: subprocess.Popen[bytes]) -> dict[str, float]:
    """Megabytes by program: what is shared between processes is divided among them, so the sum is what the machine misses."""
    host = psutil.Process(process.pid)
    shares = {"pages": 0.0, "background": 0.0, "PostgreSQL": 0.0, "broker": 0.0}
    for each in (host, *host.children(recursive=True)):
        beside = "background" if "local.background" in each.cmdline() else "PostgreSQL" if "postgres" in each.name() else "broker"
        name = "pages" if each == host else beside
        shares[name] += each.memory_full_info().pss / 1e6
    return shares
