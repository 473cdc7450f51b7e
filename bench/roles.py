"""Roles of services as on one server: each a process of its own, started by its real command line, ended with us."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import httpx
import psutil

from shared.ground.settings import PREFIX, Settings

START_SECONDS = 60


def environment(settings: Settings) -> dict[str, str]:
    """The settings as a container would be given them."""
    said = {
        "database_url": settings.database_url.get_secret_value(),
        "vault_url": settings.vault_url.get_secret_value(),
        "associations": ",".join(settings.associations),
        **{
            name: str(getattr(settings, name)) for name in ("master_key_file", "cookie_secret_file", "staff_file", "kafka", "public_origin")
        },
        **{name: str(getattr(settings, name)) for name in ("kafka_idempotence", "kafka_fetch_wait_ms", "kafka_partitions", "pool_size")},
    }
    return {PREFIX + name.upper(): value for name, value in said.items()}


@asynccontextmanager
async def program(*arguments: str, log: Path, more: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m …` beside us, asked to end afterwards and killed when it does not."""
    with log.open("ab") as to:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *arguments, stdin=asyncio.subprocess.DEVNULL, stdout=to, stderr=to, env={**os.environ, **more}
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), 20)
        except TimeoutError:
            process.kill()
            await process.wait()


@asynccontextmanager
async def service_roles(
    name: str, settings: Settings, roles: tuple[str, ...], folder: Path
) -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """These roles of one service at work, each a process; `serve` is waited for."""
    started = []
    async with AsyncExitStack() as until_the_end:
        for role in roles:
            log = folder / f"{name}-{role}.log"
            arguments = (f"services.{name}", role, *(("--listen", settings.listen) if role == "serve" else ()))
            process = await until_the_end.enter_async_context(program(*arguments, log=log, more=environment(settings)))
            started.append(process)
            if role == "serve":
                await answers(f"http://{settings.listen}/{name}/health/live", process, log)
        yield started


async def answers(url: str, process: asyncio.subprocess.Process, log: Path) -> None:
    """Wait until somebody answers there; raises what the process said when it ended instead."""
    until = asyncio.get_running_loop().time() + START_SECONDS
    async with httpx.AsyncClient(timeout=2) as client:
        while True:
            if process.returncode is not None or asyncio.get_running_loop().time() > until:
                raise RuntimeError(f"it does not serve; see what it said:\n{last_words(log)}")
            with suppress(httpx.HTTPError):
                if (await client.get(url)).status_code < 400:
                    return
            await asyncio.sleep(0.05)


def last_words(log: Path) -> str:
    """The end of what a program wrote."""
    return log.read_text(errors="replace")[-2000:]


def cpu_seconds(process: asyncio.subprocess.Process) -> float:
    """How long a program has been computing; others on the machine do not change it."""
    times = psutil.Process(process.pid).cpu_times()
    return float(times.user + times.system)
