"""The read models of intake come from its history alone: rebuilt they are what they were."""

from __future__ import annotations

from datetime import timedelta

import asyncpg
import httpx

from services.intake.app import parts
from shared.listener import Listener
from shared.messages import cases
from shared.rebuild import rebuild
from tests.intake.known import CASE, OBSERVATION, record, registers
from tests.support.services import NOW, Running

TABLES = ("estates", "homes", "tenancies", "observations", "observation_tellings")


async def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    connection = await asyncpg.connect(url)
    try:
        return {table: sorted(map(tuple, await connection.fetch(f"select {table}::text from {table}"))) for table in TABLES}
    finally:
        await connection.close()


async def test_rebuilt_equals_live(intake: Running, caretaker: httpx.AsyncClient, operator: httpx.AsyncClient) -> None:
    await registers(caretaker)
    await operator.put("/intake/api/estates/estate-1", json={"name": "Nye Bakken", "municipality": "Lyngkommune", "homes": []})
    told = {"case_id": CASE, "observation_id": OBSERVATION}
    await Listener(intake.service).take_in(
        [
            record(
                cases.ConcernRaised(
                    **told, observer="staff-caretaker-1", observed_at=NOW, estate_id="estate-1", municipality="Lyngkommune",
                    severity="high", signals=("smell",), consent_answer="granted", triage_due=NOW + timedelta(hours=6),
                ),
                id="case-1",
                key=CASE,
            ),
            record(cases.ConcernTriaged(**told, observer="staff-caretaker-1", severity="low", category="other"), id="case-2", key=CASE),
            record(cases.CaretakerInformed(**told, caretaker="staff-caretaker-1", milestone="seen", on_time=True), id="case-3", key=CASE),
        ]
    )  # fmt: skip
    live = await everything(intake.owner_url)
    assert await rebuild(parts(), intake.owner_url) == await intake.value("select count(*) from events")
    assert await everything(intake.owner_url) == live
    assert len(live["observations"]) == 1
