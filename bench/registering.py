"""Registering an observation over HTTP, sixteen at once, against a bare FastAPI route with an insert in each of two databases."""

from __future__ import annotations

import json
import statistics
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

from bench.caretakers import more_caretakers
from bench.load import Load, Seen, in_another_process
from bench.result import Row, median_ratio
from bench.roles import answers, cpu_seconds, program, service_roles
from local.broker import free_port
from services.intake.app import parts
from services.intake.home.commands import RegisterEstate, StartTenancy, register_estate, start_tenancy
from services.intake.home.rules.estate import Home
from shared.ground.clock import SystemClock
from shared.history.service import Service
from shared.privacy.staff import StaffDirectory
from shared.web.web import cookie_for
from shared.words.vocabulary.people import Role
from tests.support.postgres import PostgresServer
from tests.support.services import STAFF, context_for, settings_for

AT_ONCE = 16
POOL_SIZE = 16
CARETAKER = "staff-caretaker-1"
ESTATE = "estate-1"
CARETAKERS = 200
"""Each asks for a few; one alone would soon be told to wait."""
HAT = "caretaker:bakkegaarden"
WORDS = "Køkkenet er fyldt med poser til loftet, og hun kan ikke komme ud til komfuret."


@dataclass(frozen=True, kw_only=True)
class Size:
    """Homes with a tenant, registrations in a round, rounds."""

    homes: int = 800
    requests: int = 1600
    rounds: int = 5


async def measure(postgres: PostgresServer, *, quick: bool = False) -> list[Row]:
    """Real processes on both sides: ours is `python -m services.intake serve`; the client is a third process, the same for both."""
    size = Size(homes=8, requests=16, rounds=1) if quick else Size()
    port, bare_port = free_port(), free_port()
    async with AsyncExitStack() as until_the_end:
        folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="brobygger-bench-")))
        staff = more_caretakers(STAFF, folder / "staff.yaml", until=CARETAKERS)
        settings, _ = await settings_for(postgres, parts(), folder, pool_size=POOL_SIZE, listen=f"127.0.0.1:{port}", staff_file=staff)
        settings = settings.model_copy(update={"public_origin": f"http://127.0.0.1:{port}"})
        async with Service.running(parts(), settings, clock=SystemClock()) as intake:
            homes = await register(intake, size.homes)
        (serving,) = await until_the_end.enter_async_context(service_roles("intake", settings, ("serve",), folder))
        bare = ("bench.bare_route", await postgres.new_database(), await postgres.new_database(), f"127.0.0.1:{bare_port}", str(POOL_SIZE))
        process = await until_the_end.enter_async_context(program(*bare, log=folder / "bare.log", more={}))
        await answers(f"http://127.0.0.1:{bare_port}/openapi.json", process, folder / "bare.log")

        origin = settings.public_origin
        signed_in = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
        there = [
            person.id for person in StaffDirectory.read(staff).everybody() if ESTATE in person.estates and person.role is Role.CARETAKER
        ]
        cookies = [f"brobygger={cookie_for(settings, person, HAT)}" for person in there]

        async def ours(bodies: list[str]) -> Seen:
            return await _all_created(Load(
                port=port, path="/intake/api/observations", bodies=bodies, connections=AT_ONCE, cookies=cookies,
                headers={"Host": f"127.0.0.1:{port}", "Content-Type": "application/json", **signed_in},
            ))  # fmt: skip

        async def floor(bodies: list[str]) -> Seen:
            return await _all_created(Load(
                port=bare_port, path="/notes", bodies=bodies, connections=AT_ONCE, cookies=cookies,
                headers={"Host": f"127.0.0.1:{bare_port}", "Content-Type": "application/json", **signed_in},
            ))  # fmt: skip

        await ours([registration(home) for home in homes])
        await floor([registration(home) for home in homes])
        rounds = []
        computed = -cpu_seconds(serving), -cpu_seconds(process)
        for _ in range(size.rounds):
            bodies = [registration(homes[n % len(homes)]) for n in range(size.requests)]
            rounds.append((await ours(bodies), await floor(bodies)))
        computed = computed[0] + cpu_seconds(serving), computed[1] + cpu_seconds(process)
    pairs = [(size.requests / mine.seconds, size.requests / theirs.seconds) for mine, theirs in rounds]
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    cpu = [seconds / (size.rounds * size.requests) * 1e3 for seconds in computed]
    answer_in = statistics.median(ms for seen, _ in rounds for ms in seen.milliseconds)
    return [
        Row(
            what="registering over HTTP (login, validation, encryption, all rows), durable, 16 at once",
            against="a bare FastAPI route with an insert in each of two databases", ratio=median_ratio(pairs), bound=0.5, at_least=True,
            detail=f"{mine:,.0f}/s against {theirs:,.0f}/s, p50 {answer_in:.1f} ms;"
            f" the serving process computes {cpu[0]:.2f} ms a request against {cpu[1]:.2f} ms",
        )
    ]  # fmt: skip


async def register(intake: Service, how_many: int) -> list[UUID]:
    """An estate of so many homes, each with a tenant; answers the homes."""
    homes = [Home(home_id=uuid4(), street="Opdigtet Vænge", number=str(n)) for n in range(1, how_many + 1)]
    operator = context_for(Role.OPERATOR, at=datetime.now(UTC))
    estate = RegisterEstate(estate_id=ESTATE, name="Opdigtet Vænge", municipality="bakkelund", homes=tuple(homes))
    await intake.do(register_estate, estate, operator)
    for home in homes:
        await intake.do(start_tenancy, StartTenancy(id=uuid4(), tenancy_id=uuid4(), home_id=home.home_id, on=date(2020, 1, 1)), operator)
    return [home.home_id for home in homes]


def registration(home_id: UUID) -> str:
    """What a caretaker's phone sends about one home, now."""
    return json.dumps({
        "id": str(uuid7()), "home_id": str(home_id), "observed_at": datetime.now(UTC).isoformat(),
        "signals": ["home.hoarding", "self.neglect"], "severity": "high", "consent_answer": "granted", "consent_wording": "mundtlig-1",
        "consent_scope": ["volunteer", "municipal.visitation"], "words": WORDS,
    })  # fmt: skip


async def _all_created(load: Load) -> Seen:
    seen = await in_another_process(load)
    if dict(seen.statuses) != {"201": len(load.bodies)}:
        raise RuntimeError(f"not everything was registered: {seen.statuses}")
    return seen
