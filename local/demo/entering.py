"""Bakkegården moves in: its procedure, its estates and homes, and the tenancies its ERP knows of."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import asyncpg
import httpx
import structlog
import yaml
from aiokafka.errors import KafkaError

from local.demo.bakkegaarden.register import EstateEntry, tenancies_started
from local.demo.bakkegaarden.register import estates as all_estates
from local.demo.doors import Doors, DoorStayedShut, erp_voice
from local.machine import PARTITIONS, Machine
from shared.messaging.messages.erp import TenancyStarted

ASSOCIATION = "bakkegaarden"
OPERATOR = "staff-operator-1"
LEAD, DPO = "staff-social-lead-1", "staff-dpo-1"
FIGURES = Path(__file__).parent / "bakkegaarden" / "figures.yaml"
PROCEDURE = Path(__file__).parent / "bakkegaarden" / "procedure.yaml"

log = structlog.get_logger()


PATIENCE_SECONDS = 15.0
"""So long without a new tenancy in intake, and the ERP says everything again: a broker may have died with it."""

AWAY = (DoorStayedShut, httpx.HTTPError, KafkaError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""Something beside us is being started again; what was asked is asked once more."""


async def move_in(machine: Machine, estates: Sequence[EstateEntry], *, today: date) -> None:
    """Enter what is missing of these estates, and wait until intake has heard of every tenancy; may be done at every start."""
    while not await has_moved_in(machine, estates):
        try:
            async with Doors(machine.wanted.origin) as doors:
                await _enter(machine, estates, doors, today=today)
            await _heard(machine, _homes(estates))
        except AWAY as error:
            log.warning("local.move_in_waits", error=type(error).__name__)
            await asyncio.sleep(1)


async def has_moved_in(machine: Machine, estates: Sequence[EstateEntry]) -> bool:
    """Whether intake has heard of every tenancy."""
    try:
        return await _count(machine, "tenancies") >= _homes(estates)
    except AWAY:
        return False


async def _enter(machine: Machine, estates: Sequence[EstateEntry], doors: Doors, *, today: date) -> None:
    await adopt_procedure(machine, doors, today=today)
    await doors.ask(DPO, "POST", "/reporting/api/policy", json={"text": figures_policy()})
    if await _count(machine, "homes") < _homes(estates):
        for estate in estates:
            await doors.ask(OPERATOR, "PUT", f"/intake/api/estates/{estate.estate_id}", json=_as_json(estate))
    async with erp_voice(machine.broker.bootstrap, ASSOCIATION, partitions=PARTITIONS) as erp:
        started = [
            TenancyStarted(tenancy_id=home.tenancy_id, unit_id=home.home_id, estate_id=estate.estate_id, started_on=on)
            for estate, home, on in tenancies_started()
            if estate in estates
        ]
        await erp.say(started, at=machine.wanted.clock.now())


async def _heard(machine: Machine, expected: int) -> None:
    """Until intake has heard everything, or nothing new for a while."""
    loop = asyncio.get_running_loop()
    heard, since = -1, loop.time()
    while heard < expected and loop.time() - since < PATIENCE_SECONDS:
        now = await _count(machine, "tenancies")
        heard, since = (now, loop.time()) if now > heard else (heard, since)
        await asyncio.sleep(0.1)


def _homes(estates: Sequence[EstateEntry]) -> int:
    return sum(len(estate.homes) for estate in estates)


async def adopt_procedure(machine: Machine, doors: Doors, *, today: date) -> None:
    """Follow the procedure that stands in the file; from today, should the file name a later day."""
    async with machine.services["cases"].read() as connection:
        if await connection.fetchval("select exists (select from procedure_version where association = $1)", ASSOCIATION):
            return
    await doors.ask(LEAD, "POST", "/cases/api/procedure/versions", json={"text": procedure_in_force(on=today)})


def procedure_in_force(*, on: date) -> str:
    """The file's text; where it begins later than this day, an earlier version of the same procedure."""
    text = PROCEDURE.read_text(encoding="utf-8")
    found = re.search(r"^effective_on: (\S+)$", text, re.MULTILINE)
    if found is None or date.fromisoformat(found[1]) <= on:
        return text
    text = re.sub(r"^effective_on: .*$", f"effective_on: {on.isoformat()}", text, flags=re.MULTILINE)
    return re.sub(r"^version: .*$", f'version: "{on.year}-0"', text, flags=re.MULTILINE)


def figures_policy() -> str:
    """What figures may show: the file, with the estates of the register, whose names and sizes stand there."""
    listed = {estate.estate_id: {"homes": len(estate.homes), "name": estate.name} for estate in all_estates()}
    return FIGURES.read_text(encoding="utf-8") + yaml.safe_dump({"estates": listed}, allow_unicode=True)


async def _count(machine: Machine, table: str) -> int:
    async with machine.services["intake"].read() as connection:
        counted: int = await connection.fetchval(f"select count(*) from {table}")  # noqa: S608 -- one of our two words above
        return counted


def _as_json(estate: EstateEntry) -> dict[str, object]:
    homes = [
        {"home_id": str(home.home_id), "street": home.street, "number": home.number, "floor": home.floor, "door": home.door}
        for home in estate.homes
    ]
    return {"name": estate.name, "municipality": estate.municipality, "homes": homes}
