"""A case with everything that can be on its way, and what was said of it outside: for the stories in which it has to stop."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from tests.support.eventually import eventually
from tests.support.installation import CARETAKER, LEAD, SOCIAL_CARETAKER, Home, Installation, observation
from tests.support.services import NOW


async def with_everything(place: Installation, home: Home) -> UUID:
    """A case in which a recipient is to answer, the damage service to come, and the caretaker to go along to a meeting."""
    seen = observation(home)
    case_id = uuid5(UUID(seen["id"]), "case")
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)

    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(there, within=60)
    await place.step(LEAD, case_id, "triage", severity="high", category="elderly_care")
    await place.step(LEAD, case_id, "opening", handler=SOCIAL_CARETAKER)
    await place.step(SOCIAL_CARETAKER, case_id, "contacts", reached=True, channel="phone")
    await place.step(SOCIAL_CARETAKER, case_id, "referrals", target="municipal.visitation", channel="phone")
    await place.step(SOCIAL_CARETAKER, case_id, "damage-service-orders")
    meeting_at = (NOW + timedelta(days=5)).isoformat()
    await place.step(SOCIAL_CARETAKER, case_id, "accompaniments", companion=CARETAKER, meeting_at=meeting_at)
    return case_id


async def told_to_the_erp(place: Installation) -> list[tuple[str, Any]]:
    """What the ERP was told of work orders, in order: what, and of which."""
    rows = await place.services["cases"].pool.fetch(
        "select headers ->> 'ce_type' as type, value from outbox where headers ->> 'ce_type' like '%work_order%' order by position"
    )
    return [(row["type"].split(".")[-2], json.loads(row["value"])["order_id"]) for row in rows]


async def notices(place: Installation, recipient: str, kind: str) -> list[str]:
    """How far each notice of a kind to somebody has come."""
    pool = place.services["notifications"].pool
    rows = await pool.fetch("select state from notice_list where recipient = $1 and kind = $2", recipient, kind)
    return [row["state"] for row in rows]
