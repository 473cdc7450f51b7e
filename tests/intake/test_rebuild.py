"""The read models of intake come from its history alone: rebuilt they are what they were."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import asyncpg
import httpx

from services.intake.app import parts
from shared.history.rebuild import rebuild
from shared.messaging.messages import cases, erp
from shared.running.listener import Listener
from tests.intake.known import CASE, OBSERVATION, VACANT_HOME, record, registers
from tests.support.services import NOW, Running

NEW_TENANCY = UUID("018f0000-0000-7000-8000-0000000000af")
TABLES = ("estates", "homes", "tenancies", "observations", "observation_tellings")


async def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    connection = await asyncpg.connect(url)
    try:
        return {table: sorted(map(tuple, await connection.fetch(f"select {table}::text from {table}"))) for table in TABLES}
    finally:
        await connection.close()


async def test_rebuilt_equals_live(intake: Running, caretaker: httpx.AsyncClient, operator: httpx.AsyncClient) -> None:
    await registers(caretaker)
    await operator.put("/intake/api/estates/estate-1", json={"name": "Nye Bakken", "municipality": "lyngkommune", "homes": []})
    told = {"case_id": CASE, "observation_id": OBSERVATION}
    await Listener(intake.service).take_in(
        [
            record(
                cases.ConcernRaised(
                    **told, observer="staff-caretaker-1", observed_at=NOW, estate_id="estate-1", municipality="lyngkommune",
                    severity="high", signals=("smell",), consent_answer="granted", triage_due=NOW + timedelta(hours=6),
                ),
                id="case-1",
                key=CASE,
            ),
            record(cases.ConcernTriaged(**told, observer="staff-caretaker-1", severity="low", category="other"), id="case-2", key=CASE),
            record(cases.CaretakerInformed(**told, caretaker="staff-caretaker-1", milestone="closed", on_time=True), id="case-3", key=CASE),
            record(cases.CaseClosed(**told, observer="staff-caretaker-1", outcome="not_reachable"), id="case-4", key=CASE),
            record(
                cases.CaseReopened(
                    **told, observer="staff-caretaker-1", handler="staff-social-lead-1", contact_due=NOW + timedelta(days=3),
                ),
                id="case-5",
                key=CASE,
            ),
            record(
                cases.CaretakerInformed(**told, caretaker="staff-caretaker-1", milestone="closed", on_time=True),
                id="case-6", key=CASE, at=NOW + timedelta(hours=1),
            ),
            record(erp.TenancyEnded(tenancy_id=NEW_TENANCY, ended_on=date(2026, 6, 30)), id="erp-1", key=NEW_TENANCY),
            record(
                erp.TenancyStarted(tenancy_id=NEW_TENANCY, unit_id=VACANT_HOME, estate_id="estate-1", started_on=date(2026, 3, 1)),
                id="erp-2",
                key=NEW_TENANCY,
            ),
        ]
    )  # fmt: skip
    live = await everything(intake.owner_url)
    rebuilt = await rebuild(parts(), intake.owner_url, intake.service.vault)
    assert rebuilt.events == await intake.value("select count(*) from events")
    assert await everything(intake.owner_url) == live
    assert len(live["observations"]) == 1
