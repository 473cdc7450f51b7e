"""Bakkegården moves in: its procedure, its estates and homes, and the tenancies its ERP knows of."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import structlog

from local.demo.bakkegaarden.register import EstateEntry, estates, tenancies_started
from local.demo.doors import Doors, erp_voice
from local.machine import PARTITIONS, Machine
from shared.messages.erp import TenancyStarted

ASSOCIATION = "bakkegaarden"
OPERATOR = "staff-operator-1"
LEAD = "staff-social-lead-1"
PROCEDURE = Path(__file__).parent / "bakkegaarden" / "procedure.yaml"

log = structlog.get_logger()


async def move_in(machine: Machine, doors: Doors, *, today: date) -> None:
    """Enter what is missing; what is there already is left as it is, so it may be done at every start."""
    await adopt_procedure(machine, doors, today=today)
    tenancies = await _count(machine, "tenancies")
    expected = sum(len(estate.homes) for estate in estates())
    if await _count(machine, "homes") < expected:
        for estate in estates():
            await doors.ask(OPERATOR, "PUT", f"/intake/api/estates/{estate.estate_id}", json=_as_json(estate))
    if tenancies < expected:
        async with erp_voice(machine.broker.bootstrap, ASSOCIATION, partitions=PARTITIONS) as erp:
            started = [
                TenancyStarted(tenancy_id=home.tenancy_id, unit_id=home.home_id, estate_id=estate.estate_id, started_on=on)
                for estate, home, on in tenancies_started()
            ]
            await erp.say(started, at=machine.wanted.clock.now())


async def has_moved_in(machine: Machine) -> bool:
    """Whether intake has heard of every tenancy."""
    return await _count(machine, "tenancies") >= sum(len(estate.homes) for estate in estates())


async def adopt_procedure(machine: Machine, doors: Doors, *, today: date) -> None:
    """Follow the procedure that stands in the file; from today, should the file name a later day."""
    async with machine.services["cases"].read() as rows:
        if await rows.fetchval("select exists (select from procedure_version where association = $1)", ASSOCIATION):
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


async def _count(machine: Machine, table: str) -> int:
    async with machine.services["intake"].read() as rows:
        counted: int = await rows.fetchval(f"select count(*) from {table}")  # noqa: S608 -- one of our two words above
        return counted


def _as_json(estate: EstateEntry) -> dict[str, object]:
    homes = [
        {"home_id": str(home.home_id), "street": home.street, "number": home.number, "floor": home.floor, "door": home.door}
        for home in estate.homes
    ]
    return {"name": estate.name, "municipality": estate.municipality, "homes": homes}
