"""07:15: every phone has coverage again and sends what it kept, all at once, to everything on one machine; somebody reads a page."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx

from bench.caretakers import more_caretakers
from bench.load import Load, Seen, in_another_process
from bench.machine import ROOT, first_page, moved_in, running
from bench.registering import POOL_SIZE, registration
from bench.result import Row
from bench.roles import answers, program
from local.broker import free_port
from local.demo.bakkegaarden.register import estates
from local.demo.year import STAFF
from shared.privacy.staff import StaffDirectory
from shared.words.vocabulary.people import Role
from tests.support.postgres import PostgresServer

MOST_PAGE_MS = 1000.0
PAGE = "/intake/"
BETWEEN_PAGES_SECONDS = 0.2
CAUGHT_UP_WITHIN = 600.0


@dataclass(frozen=True, kw_only=True)
class Size:
    """Phones, what each has kept, and how long they send at most."""

    phones: int = 1000
    items: int = 20
    seconds: float = 60.0


async def measure(postgres: PostgresServer, *, quick: bool = False) -> list[Row]:
    """`python -m local up` with the homes of the demo, all its services at work; the floor has the machine to itself as well."""
    size = Size(phones=10, items=2, seconds=5) if quick else Size()
    with tempfile.TemporaryDirectory(prefix="brobygger-bench-", dir="/var/tmp") as folder:
        place = Path(folder)
        os.chmod(place, 0o755)
        mine, page, visible = await _ours(place, size)
        theirs = await _bare(postgres, place, size)
    done, floor = (len(seen.milliseconds) / seen.seconds for seen in (mine, theirs))
    times = sorted(mine.milliseconds)
    sent = f"{len(times):,} of {size.phones * size.items:,} items sent in {mine.seconds:.0f} s, no error"
    waited = f"p50 {statistics.median(times) / 1e3:.1f} s, p99 {_slow(times) / 1e3:.1f} s"
    read = f"p50 {statistics.median(page):.0f} ms, p99 {_slow(page):.0f} ms, slowest {page[-1]:.0f} ms of {len(page)}"
    return [
        Row(
            what=f"07:15, {size.phones:,} phones with {size.items} items each, everything on one machine",
            against="a bare FastAPI route with an insert in each of two databases, under the same load", ratio=done / floor, bound=0.4,
            at_least=True,
            detail=f"{done:,.0f}/s against {floor:,.0f}/s; {sent}, {waited}; the last is a case {visible:.0f} s later",
        ),
        Row(
            what="the page of a caretaker, read meanwhile, 99 %", against=f"{MOST_PAGE_MS:g} ms", ratio=_slow(page) / MOST_PAGE_MS, bound=1,
            at_least=False, detail=read,
        ),
    ]  # fmt: skip


def _slow(milliseconds: list[float]) -> float:
    """Slower than all but one in a hundred."""
    return milliseconds[min(len(milliseconds) - 1, int(len(milliseconds) * 0.99))]


async def _ours(place: Path, size: Size) -> tuple[Seen, list[float], float]:
    """What the phones saw, the milliseconds of the pages in order, and after how many seconds everything had become a case."""
    port, log = free_port(), place / "up.log"
    staff = more_caretakers(STAFF, place / "staff.yaml", until=size.phones)
    command = [sys.executable, "-m", "local", "up", "--port", str(port), "--data", str(place / "data"), "--log-level", "error"]
    command += ["--staff", str(staff)]
    with running(command, ROOT, {**os.environ, "PYTHONUNBUFFERED": "1"}, log) as process:
        await asyncio.to_thread(first_page, process, port, log, within=120)
        await asyncio.to_thread(moved_in, process, log)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            await _caught_up(client)
            cookies, homes = await _phones(client, staff)
            whose = [n % len(cookies) for n in range(size.phones * size.items)]
            bodies = [registration(homes[phone][n % len(homes[phone])]) for n, phone in enumerate(whose)]
            load = Load(
                port=port, path="/intake/api/observations", bodies=bodies, connections=size.phones, cookies=cookies, seconds=size.seconds,
                headers=_headers(port),
            )  # fmt: skip
            sending = asyncio.create_task(in_another_process(load))
            page = await _pages(client, cookies[0], sending)
            seen, ended = _without_errors(await sending), time.monotonic()
            await _caught_up(client)
            return seen, sorted(page), time.monotonic() - ended


async def _phones(client: httpx.AsyncClient, staff: Path) -> tuple[list[str], list[list[UUID]]]:
    """A caretaker for each phone: the cookie of each, and the homes that are theirs."""
    known = {estate.estate_id: [home.home_id for home in estate.homes] for estate in estates()}
    caretakers = [person for person in StaffDirectory.read(staff).everybody() if person.role is Role.CARETAKER]
    cookies = []
    for person in caretakers:
        answer = await client.post("/intake/sign-in", data={"person": person.id}, headers=_headers(client.base_url.port or 0, form=True))
        answer.raise_for_status() if answer.status_code >= httpx.codes.BAD_REQUEST else None
        cookies.append(f"brobygger={answer.cookies['brobygger']}")
        client.cookies.clear()
    return cookies, [[home for estate in person.estates for home in known[estate]] for person in caretakers]


def _headers(port: int, *, form: bool = False) -> dict[str, str]:
    kind = {} if form else {"Content-Type": "application/json"}
    return {"Host": f"127.0.0.1:{port}", "Origin": f"http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin", **kind}


async def _pages(client: httpx.AsyncClient, cookie: str, sending: asyncio.Task[Seen]) -> list[float]:
    """One after the other while the phones send."""
    milliseconds = []
    while not sending.done():
        begun = time.perf_counter()
        answer = await client.get(PAGE, headers={"Cookie": cookie, "Accept": "text/html"})
        milliseconds.append((time.perf_counter() - begun) * 1e3)
        if answer.status_code != httpx.codes.OK:
            raise RuntimeError(f"the page was not answered: {answer.status_code}")
        await asyncio.wait((sending,), timeout=BETWEEN_PAGES_SECONDS)
    return milliseconds


async def _caught_up(client: httpx.AsyncClient) -> None:
    """Until intake has nothing left to say, and cases nothing left to hear."""
    until = time.monotonic() + CAUGHT_UP_WITHIN
    while time.monotonic() < until:
        outbox = (await client.get("/intake/health/ready")).json().get("outbox")
        if outbox == 0 and (await client.get("/cases/health/ready")).json().get("lag") == 0:
            return
        await asyncio.sleep(0.5)
    raise RuntimeError(f"not everything became a case within {CAUGHT_UP_WITHIN:g} s")


async def _bare(postgres: PostgresServer, place: Path, size: Size) -> Seen:
    port = free_port()
    arguments = ("bench.bare_route", await postgres.new_database(), await postgres.new_database(), f"127.0.0.1:{port}", str(POOL_SIZE))
    async with AsyncExitStack() as until_the_end:
        process = await until_the_end.enter_async_context(program(*arguments, log=place / "bare.log", more={}))
        await answers(f"http://127.0.0.1:{port}/openapi.json", process, place / "bare.log")
        bodies = [registration(UUID(int=n)) for n in range(size.phones * size.items)]
        load = Load(port=port, path="/notes", bodies=bodies, connections=size.phones, seconds=size.seconds, headers=_headers(port))
        return _without_errors(await in_another_process(load))


def _without_errors(seen: Seen) -> Seen:
    if set(seen.statuses) != {"201"}:
        raise RuntimeError(f"not everything was registered: {seen.statuses}")
    return seen
