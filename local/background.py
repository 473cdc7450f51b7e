"""What nobody waits for, in a process of its own: the relays, listeners and clocks of all four services (docs/decisions/0039).

`Background` is how the process that serves the pages holds it; `python -m local.background` is what runs there. Each has a core, and where
there is only one, whoever waits for a page comes first.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, closing, suppress
from time import monotonic
from typing import Any

import structlog
import uvloop
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount

from local.crowd import stand_aside
from local.mailbox import OnlyThisMachine
from local.parts import parts_of
from local.shared_clock import SharedClock
from local.shared_number import SharedNumber
from shared.ground.clock import Clock
from shared.ground.logs import write_logs
from shared.ground.settings import Settings
from shared.history.service import Service
from shared.running import roles
from shared.running.serving import answering
from shared.running.status import status_app

ROLES = (roles.relay, roles.listen, roles.clock)
NICEST = 19
"""It takes what those who answer people leave of the cores, and all of them when nobody asks anything."""
STOP_SECONDS = 15
TOO_SOON_SECONDS = 5.0
"""One that ended sooner after its start would end again: it is not started again before."""

log = structlog.get_logger()


class Background:
    """That process, as its parent sees it. It ends when its parent does, however that ends: by the pipe between them."""

    def __init__(self, settings: Mapping[str, Settings], *, clock: Clock, writing: SharedNumber, log_level: str) -> None:
        self._settings = settings
        self._clock = clock if isinstance(clock, SharedClock) else None
        self._writing = writing
        self._log_level = log_level
        self._door = socket.create_server(("127.0.0.1", 0))
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._is_wanted = False

    @property
    def address(self) -> str:
        """Where its doors are; the same over restarts."""
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Start it, or start it again; answers before it works."""
        self._is_wanted, self._started_at = True, monotonic()
        self._let_go()
        handed_on = [self._door.fileno(), self._writing.fileno(), *([self._clock.fileno()] if self._clock else [])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "local.background"],
            stdin=subprocess.PIPE,
            pass_fds=handed_on,
            # Ctrl-C reaches us alone, and we end it in order. In a session of its own it would be nobody's lesser, whatever `nice` says.
            process_group=0,
        )
        os.setpriority(os.PRIO_PROCESS, self._process.pid, NICEST)
        assert self._process.stdin  # noqa: S101 -- asked for above
        with suppress(BrokenPipeError):  # it has ended already; that is found by whoever watches
            self._process.stdin.write(self._asked() + b"\n")
            self._process.stdin.flush()

    def stop(self) -> None:
        """End in order what is under way; at once, what does not end."""
        self._is_wanted = False
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._let_go()

    def close(self) -> None:
        """Nobody will start it again."""
        self.stop()
        self._door.close()

    def has_ended(self) -> bool:
        """Whether it should run, and does not, and it is time to start it again."""
        return self._is_wanted and self.pid is None and monotonic() - self._started_at >= TOO_SOON_SECONDS

    def _let_go(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process = None

    def _asked(self) -> bytes:
        services = {name: settings.model_dump(exclude_unset=True) for name, settings in self._settings.items()}
        asked = {"services": services, "door": self._door.fileno(), "writing": self._writing.fileno(), "log_level": self._log_level}
        return json.dumps({**asked, "clock": self._clock.fileno() if self._clock else None}, default=_in_words).encode()


def _in_words(value: Any) -> str:
    return str(value.get_secret_value() if isinstance(value, SecretStr) else value)


async def _work(asked: Mapping[str, Any]) -> None:
    """All roles of all services, until told to stop or left alone by whoever started it."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    loop.add_reader(sys.stdin.fileno(), told.set)  # nothing more is ever said there: it has been closed
    stopping, working = asyncio.ensure_future(told.wait()), asyncio.ensure_future(_roles(asked))
    try:
        await asyncio.wait((stopping, working), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        await roles.end([stopping, working])


async def _roles(asked: Mapping[str, Any]) -> None:
    clock = None if asked["clock"] is None else SharedClock(asked["clock"])
    async with AsyncExitStack() as until_the_end:
        door = until_the_end.enter_context(closing(socket.socket(fileno=asked["door"])))
        works: list[asyncio.Future[None]] = [asyncio.ensure_future(stand_aside(SharedNumber(asked["writing"])))]
        doors: list[Mount] = []
        for name, said in asked["services"].items():
            service = await until_the_end.enter_async_context(Service.running(parts_of(name), Settings(**said), clock=clock))
            for role in ROLES:
                works.append(asyncio.create_task(kept_going(f"{name}: {role.__name__}", _bound(role, service))))
                doors.append(Mount(f"/{name}/{role.__name__}", status_app(service, role.__name__)))
        until_the_end.push_async_callback(roles.end, works)
        await until_the_end.enter_async_context(answering(OnlyThisMachine(Starlette(routes=doors)), "127.0.0.1:0", sockets=[door]))
        roles.freeze_garbage()
        await asyncio.gather(*works)


def _bound(role: Callable[[Service], Awaitable[None]], service: Service) -> Callable[[], Awaitable[None]]:
    return lambda: role(service)


async def kept_going(name: str, work: Callable[[], Awaitable[Any]]) -> None:
    """One role must not take the others with it: what fails is said, and tried again."""
    while True:
        try:
            await work()
        except Exception as error:
            log.error("local.role_failed", role=name, exc_info=error)
        await asyncio.sleep(1)


def main() -> None:
    """What is asked comes as the first line of standard input, so that nothing of it stands on a command line."""
    asked = json.loads(sys.stdin.readline())
    write_logs(level=asked["log_level"])
    uvloop.run(_work(asked))


if __name__ == "__main__":
    main()
