"""An association of KAB's size after ten years: what those who work in it read, one page after the other."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, product
from random import Random
from uuid import UUID, uuid4

import httpx

from bench.place import procedure, service
from bench.result import Row
from services.cases.app import parts as cases_parts
from services.cases.case.rules.aftermath import NoteStaffCare
from services.cases.case.rules.concern import DismissConcern
from services.cases.case.rules.deadlines import InformCaretaker
from services.cases.case.rules.ending import CloseCase
from services.cases.case.rules.handling import RecordContact
from services.cases.case.rules.life import RecordDeath
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from services.intake.app import parts as intake_parts
from services.intake.home.commands import RegisterEstate, register_estate
from services.intake.home.rules.estate import Home
from services.reporting.app import parts as reporting_parts
from services.reporting.trends.rules.period import Month
from shared.ground.database import connect
from shared.ground.working_days import local_day
from shared.running.roles import freeze_garbage
from shared.words.vocabulary.case import DismissalReason, FactSource, Milestone, Outcome
from shared.words.vocabulary.people import Role
from tests.cases.case.living import LEAD, later, opened, raised, take
from tests.reporting.lives import some_life
from tests.reporting.publishing import POLICY, adopt, hear, publish, settled
from tests.support.postgres import PostgresServer
from tests.support.services import NOW, Running, browser, context_for

MOST_MS = 100.0
WARM = 5
AT_ONCE = 12
SEVERITIES = ("acute", "high", "medium", "low")
DPO, DIRECTOR = "staff-dpo-1", "staff-director-1"
HTML = {"Accept": "text/html"}

Ask = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]


@dataclass(frozen=True, kw_only=True)
class Size:
    """Homes and the estates they are on, cases of so many years, those of them that wait, and how often each page is read."""

    homes: int = 65_000
    estates: int = 800
    years: int = 10
    cases: int = 11_400
    open: int = 380
    times: int = 100

    def __str__(self) -> str:
        return f"{self.homes:,} homes on {self.estates:,} estates, {self.cases:,} cases of {self.years} years, {self.open:,} open"


async def measure(postgres: PostgresServer, *, quick: bool = False) -> list[Row]:
    """Everything was written by the commands and messages that write it elsewhere; a page is all from the request to its last byte."""
    size = Size(homes=12, estates=3, years=1, cases=24, open=8, times=2) if quick else Size()
    rows = []
    async with service(cases_parts(), postgres, at=NOW - size.years * timedelta(days=365)) as cases:
        one = await _cases(cases, size)
        pages = {
            "the queue": "/cases/", "the queue of one estate": "/cases/?estate=estate-1", "what ended": "/cases/?ended=1",
            "a case": f"/cases/{one}", "the overview of the desk": "/cases/overview",
        }  # fmt: skip
        for what, path in pages.items():
            rows.append(await _read(cases, what, _get(path), size, as_=LEAD))
    async with service(intake_parts(), postgres) as intake:
        street = await _homes(intake, size)
        rows.append(await _read(intake, "the form of an observation", _get("/intake/observations/new?estate=estate-1"), size, as_=LEAD))
        rows.append(await _read(intake, "a home is searched for on all estates", _search(f"{street} 7"), size, as_=DPO))
    async with service(reporting_parts(), postgres) as reporting:
        await _figures(reporting, size)
        rows.append(await _read(reporting, "the figures of a year", _get("/reporting/"), size, as_=DIRECTOR))
    return rows


async def _cases(cases: Running, size: Size) -> UUID:
    """Concerns of all the years, each led as far as it came; answers one of those that wait."""
    begun = cases.clock.now()
    text = procedure().replace("effective_on: 2026-01-01", f"effective_on: {begun.date()}")
    await cases.service.do(adopt_procedure, AdoptProcedure(text=text), context_for(at=begun))
    step = size.years * timedelta(days=365) / size.cases
    waiting = iter(range(size.cases))
    last = UUID(int=0)

    async def some() -> None:
        nonlocal last
        for n in waiting:
            later(cases, begun + n * step)
            estate, severity = f"estate-{n % size.estates + 1}", SEVERITIES[n % len(SEVERITIES)]
            if n % 10 == 0 or (n >= size.cases - size.open and n % 4):
                case_id = await opened(cases, estate=estate, severity=severity)
            else:
                case_id = await raised(cases, estate=estate, severity=severity)
            if n >= size.cases - size.open:
                last = case_id
            elif n % 10 == 0:
                await _closed(cases, case_id)
            else:
                await _dismissed(cases, case_id)

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    later(cases, NOW)
    counted = await cases.value("select array[count(*), count(*) filter (where not is_over)] from case_list")
    if counted != [size.cases, size.open]:
        raise RuntimeError(f"the bench filled in something else than it measures: {counted}")
    await _vacuum(cases)
    return last


async def _dismissed(cases: Running, case_id: UUID) -> None:
    await take(cases, case_id, DismissConcern, reason=DismissalReason.UNFOUNDED)
    await take(cases, case_id, InformCaretaker, milestone=Milestone.DISMISSED, channel="phone")


async def _closed(cases: Running, case_id: UUID) -> None:
    await take(cases, case_id, RecordContact, reached=True, channel="visit")
    await take(cases, case_id, RecordDeath, on=local_day(cases.clock.now()), source=FactSource.RELATIVE)
    await take(cases, case_id, NoteStaffCare)
    await take(cases, case_id, CloseCase, outcome=Outcome.DECEASED)
    await take(cases, case_id, InformCaretaker, milestone=Milestone.CLOSED, channel="phone")


async def _homes(intake: Running, size: Size) -> str:
    """The register of all estates; answers the name of a street."""
    operator = context_for(Role.OPERATOR)
    each, left = divmod(size.homes, size.estates)
    streets = ["".join(letters).capitalize() + "opdigtsvænget" for letters in product("abdefghijklmnoprstuvæøå", repeat=2)]
    for n in range(1, size.estates + 1):
        street = streets[n % len(streets)]
        homes = tuple(Home(home_id=uuid4(), street=street, number=str(m)) for m in range(1, each + 1 + (n <= left)))
        estate = RegisterEstate(estate_id=f"estate-{n}", name=street, municipality="bakkelund", homes=homes)
        await intake.service.do(register_estate, estate, operator)
    if await intake.value("select count(*) from homes") != size.homes:
        raise RuntimeError("the bench entered other homes than it says")
    await _vacuum(intake)
    return streets[1]


async def _figures(reporting: Running, size: Size) -> None:
    """All years published month by month, as each was over."""
    await adopt(reporting, POLICY)
    random, first = Random(20260303), Month(NOW.year - size.years, 1)
    span = size.years * timedelta(days=365)
    lives = [some_life(random, f"life {n}", first.begins + random.random() * span) for n in range(size.cases)]
    said = sorted(chain.from_iterable(life.said for life in lives), key=lambda heard: heard.envelope.time)
    for begin in range(0, len(said), 500):
        await hear(reporting, said[begin : begin + 500])
    await publish(reporting, at=settled(Month(NOW.year, 1)))
    await _vacuum(reporting)


async def _vacuum(running: Running) -> None:
    connection = await connect(running.owner_url)
    try:
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()


def _get(path: str) -> Ask:
    return lambda client: client.get(path, headers=HTML)


def _search(text: str) -> Ask:
    """What is searched for stands in no address."""
    return lambda client: client.post("/intake/erasures/find", data={"text": text, "purpose": "supervision"}, headers=HTML)


async def _read(running: Running, what: str, ask: Ask, size: Size, *, as_: str) -> Row:
    milliseconds = []
    freeze_garbage()  # as a service does that serves; what the bench filled in with is no garbage of theirs
    async with browser(running, as_=as_) as client:
        for n in range(size.times + WARM):
            begun = time.perf_counter()
            answer = await ask(client)
            if n >= WARM:
                milliseconds.append((time.perf_counter() - begun) * 1e3)
            if answer.status_code != 200:
                raise RuntimeError(f"{what} was not answered: {answer.status_code}")
    milliseconds.sort()
    median, p95, p99 = statistics.median(milliseconds), _under(milliseconds, 0.95), _under(milliseconds, 0.99)
    return Row(
        what=f"{what}, 95 % ({size})", against=f"{MOST_MS:g} ms", ratio=p95 / MOST_MS, bound=1, at_least=False,
        detail=f"p50 {median:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms of {size.times}; {len(answer.content) / 1024:.0f} kB of HTML",
    )  # fmt: skip


def _under(milliseconds: list[float], share: float) -> float:
    return milliseconds[min(len(milliseconds) - 1, int(len(milliseconds) * share))]
