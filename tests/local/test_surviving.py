"""What was acknowledged is there after a kill, and what others had not heard yet is heard after the next start."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import httpx
from uuid_utils.compat import uuid7

from tests.local.running import Run, beside
from tests.support.eventually import eventually

Up = Callable[..., Run]

CARETAKER, LEAD = "staff-caretaker-1", "staff-social-lead-1"


@asynccontextmanager
async def signed_in(run: Run, who: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Origin": run.origin, "Sec-Fetch-Site": "same-origin"}
    async with httpx.AsyncClient(base_url=run.origin, timeout=30, headers=headers) as client:
        assert (await client.post("/intake/sign-in", data={"person": who})).status_code == 303
        yield client


async def home_with_a_tenancy(client: httpx.AsyncClient) -> str:
    """A home of the caretaker's first estate, once Bakkegården has moved in."""

    async def homes() -> list[dict[str, Any]]:
        answer = await client.get("/intake/api/estates/afd-01/homes")
        return answer.json() if answer.status_code == 200 else []

    return str((await eventually(homes, within=60))[0]["home_id"])


async def register(client: httpx.AsyncClient, home_id: str) -> UUID:
    """Register an observation; answers its id once it is acknowledged."""
    id = uuid7()
    body = {
        "id": str(id),
        "home_id": home_id,
        "observed_at": datetime.now(UTC).isoformat(),
        "signals": ["curtains.closed"],
        "severity": "medium",
        "consent_answer": "not_asked",
        "words": "Gardinerne har været for i tre uger.",
    }

    async def accepted() -> bool:
        # The tenancy comes from the ERP over Kafka, and may not have been heard yet.
        answer = await client.post("/intake/api/observations", json=body)
        assert answer.status_code in (201, 422), answer.text
        return answer.status_code == 201

    await eventually(accepted, within=60)
    return UUID(str(id))


async def test_what_was_acknowledged_survives_a_kill_and_reaches_the_others_after_the_next_start(up: Up, place: Path) -> None:
    run = await up().ready()
    async with signed_in(run, CARETAKER) as caretaker:
        home = await home_with_a_tenancy(caretaker)
        observation = await register(caretaker, home)
    run.kill()

    healed = await up().ready()
    async with signed_in(healed, CARETAKER) as caretaker, signed_in(healed, LEAD) as lead:
        assert (await caretaker.get(f"/intake/api/observations/{observation}")).status_code == 200

        async def the_lead_sees_it() -> bool:
            case = uuid5(observation, "case")
            return (await lead.get(f"/cases/{case}", headers={"Accept": "text/html"})).status_code == 200

        async def the_caretaker_hears_of_it() -> bool:
            seen = (await caretaker.get(f"/intake/api/observations/{observation}")).json()
            return seen["progress"]["triage_due"] is not None

        await eventually(the_lead_sees_it, within=60)
        await eventually(the_caretaker_hears_of_it, within=60)


async def test_everything_is_there_after_a_stop_and_a_start(up: Up, place: Path) -> None:
    run = await up().ready()
    async with signed_in(run, CARETAKER) as caretaker:
        observation = await register(caretaker, await home_with_a_tenancy(caretaker))
    assert run.interrupt() == 0
    assert beside(place / "data") == []

    again = await up().ready()
    async with signed_in(again, CARETAKER) as caretaker:
        found = (await caretaker.get(f"/intake/api/observations/{observation}")).json()
    assert found["words"] == "Gardinerne har været for i tre uger."


async def test_a_server_that_dies_is_started_again_and_the_pages_come_back(up: Up, place: Path) -> None:
    run = await up().ready()
    before = {process.pid for process in beside(place / "data") if process.ppid() == run.process.pid}
    assert len(before) == 2
    for process in beside(place / "data"):
        if process.ppid() == run.process.pid:
            process.kill()

    def two_new_ones_serve() -> bool:
        now = {process.pid for process in beside(place / "data") if process.ppid() == run.process.pid}
        return len(now) == 2 and not now & before

    await eventually(two_new_ones_serve, within=30)
    async with signed_in(run, CARETAKER) as caretaker:
        home = await home_with_a_tenancy(caretaker)
        await register(caretaker, home)
