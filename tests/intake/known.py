"""What the tests of intake know: a small register, what a phone sends, and messages as Kafka hands them over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

import httpx

from services.intake.home.commands import EndTenancy, RegisterEstate, StartTenancy, end_tenancy, register_estate, start_tenancy
from services.intake.home.rules.estate import Home
from shared.messaging.inbox import Record
from shared.messaging.message import Envelope, Message, source_of, written
from shared.words.vocabulary.people import Role
from tests.support.services import ASSOCIATION, NOW, Running, context_for

HOME = UUID("018f0000-0000-7000-8000-000000000001")
VACATED_HOME = UUID("018f0000-0000-7000-8000-000000000002")
"""Its tenancy ended yesterday."""
VACANT_HOME = UUID("018f0000-0000-7000-8000-000000000003")
FAR_HOME = UUID("018f0000-0000-7000-8000-000000000004")
"""On another estate."""
TENANCY = UUID("018f0000-0000-7000-8000-0000000000a1")
ENDED_TENANCY = UUID("018f0000-0000-7000-8000-0000000000a2")
FAR_TENANCY = UUID("018f0000-0000-7000-8000-0000000000a4")
OBSERVATION = UUID("018f0000-0000-7000-8000-00000000000b")
CASE = UUID("018f0000-0000-7000-8000-0000000000c1")

REGISTRATION: Mapping[str, Any] = {
    "id": str(OBSERVATION),
    "home_id": str(HOME),
    "observed_at": "2026-03-03T09:30:00+01:00",
    "signals": ["home.hoarding", "self.neglect"],
    "severity": "high",
    "consent_answer": "granted",
    "consent_wording": "mundtlig-1",
    "consent_scope": ["volunteer", "municipal.visitation"],
    "words": "Køkkenet er fyldt med poser til loftet.",
}
"""What S1's caretaker sends."""


def matter_of(tenancy_id: UUID) -> UUID:
    """Under which id a tenancy of these tests is known; a vault would make one of its own, which nobody could guess."""
    return uuid5(tenancy_id, "matter")


async def fill_register(running: Running) -> None:
    do, operator = running.service.do, context_for(Role.OPERATOR)
    one = (
        Home(home_id=HOME, street="Lyngstien", number="2", floor="st", door="tv"),
        Home(home_id=VACATED_HOME, street="Lyngstien", number="2", floor="1", door="th"),
        Home(home_id=VACANT_HOME, street="Lyngstien", number="10"),
    )
    two = (Home(home_id=FAR_HOME, street="Skovvejen", number="1"),)
    await do(register_estate, RegisterEstate(estate_id="estate-1", name="Bakken", municipality="lyngkommune", homes=one), operator)
    await do(register_estate, RegisterEstate(estate_id="estate-3", name="Skoven", municipality="Skovkommune", homes=two), operator)
    await do(start_tenancy, StartTenancy(id=matter_of(TENANCY), tenancy_id=TENANCY, home_id=HOME, on=date(2019, 5, 1)), operator)
    await do(
        start_tenancy,
        StartTenancy(id=matter_of(ENDED_TENANCY), tenancy_id=ENDED_TENANCY, home_id=VACATED_HOME, on=date(2020, 1, 1)),
        operator,
    )
    await do(end_tenancy, EndTenancy(id=matter_of(ENDED_TENANCY), tenancy_id=ENDED_TENANCY, on=date(2026, 3, 2)), operator)
    await do(
        start_tenancy, StartTenancy(id=matter_of(FAR_TENANCY), tenancy_id=FAR_TENANCY, home_id=FAR_HOME, on=date(2020, 1, 1)), operator
    )


async def registers(client: httpx.AsyncClient, **changed: Any) -> httpx.Response:
    """A phone sends the registration, with what a test changes."""
    content = json.dumps({**REGISTRATION, **changed})
    return await client.post("/intake/api/observations", content=content, headers={"Content-Type": "application/json"})


def record(
    message: Message, *, id: str, key: UUID, at: datetime = NOW, actor: str = "staff-social-lead-1", role: str = "social_lead"
) -> Record:
    """A message as Kafka would hand it over."""
    envelope = Envelope(
        id=id,
        source=source_of(ASSOCIATION, message.TYPE.split(".")[2]),
        type=message.TYPE,
        subject=str(key),
        time=at,
        recorded_at=at,
        association=ASSOCIATION,
        actor=actor,
        actor_role=role,
    )
    kafka = written(envelope, message)
    return Record(message.TOPIC, 0, 0, str(key).encode(), tuple(kafka.headers.items()), kafka.value)
