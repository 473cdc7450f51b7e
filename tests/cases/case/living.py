"""Cases that live in a running service: raised with real keys, and led on step by step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.cases.case.commands.concern import (
    OpenCase,
    RaiseConcern,
    SeeConcern,
    TriageConcern,
    case_of,
    open_case,
    raise_concern,
    see_concern,
    triage_concern,
)
from shared.ground.provenance import Context, Role
from shared.privacy.personal import Personal
from tests.support.services import ASSOCIATION, Running, context_for

LEAD = "staff-social-lead-1"
SOCIAL_CARETAKER = "staff-social-caretaker-1"
CARETAKER = "staff-caretaker-1"


async def raised(
    running: Running,
    *,
    severity: str = "high",
    estate: str = "estate-1",
    estate_name: str = "",
    municipality: str = "bakkelund",
    home: UUID | None = None,
    address: str = "Ravnebakken 4",
    words: str = "Køkkenet er fyldt med poser.",
    scope: tuple[str, ...] = ("office", "municipal.visitation", "damage_service"),
    association: str = ASSOCIATION,
    observation: UUID | None = None,
) -> UUID:
    """A concern as intake would have told it now; answers the id of its case."""
    now = running.clock.now()
    observation, tenancy = observation or uuid4(), uuid4()
    keys = await running.service.vault.keyring({tenancy}, association=association, make=True)
    concern = RaiseConcern(
        observation_id=observation,
        observer=CARETAKER,
        observed_at=now - timedelta(minutes=30),
        estate_id=estate,
        estate_name=estate_name,
        municipality=municipality,
        home_id=home or uuid4(),
        tenancy_id=tenancy,
        signals=("home.hoarding", "self.neglect"),
        severity=severity,
        consent_answer="granted",
        consent_wording="mundtlig-1",
        consent_scope=scope,
        address=keys.seal(Personal(tenancy, address), of="intake/address"),
        words=keys.seal(Personal(tenancy, words), of="intake/words"),
    )
    await running.service.do(raise_concern, concern, context_for(Role.SYSTEM, id="system:listener", at=now, association=association))
    return case_of(observation)


async def take(
    running: Running, command: Callable[[Any, Any], Awaitable[None]], what: Any, *, by: str = LEAD, role: Role = Role.SOCIAL_LEAD
) -> None:
    """Somebody takes a step now."""
    await running.service.do(command, what, asking(running, by=by, role=role))


async def opened(running: Running, **facts: Any) -> UUID:
    """A case that was seen, triaged as it was reported, and opened with the social caretaker."""
    case_id = await raised(running, **facts)
    severity = facts.get("severity", "high")
    await take(running, see_concern, SeeConcern(case_id=case_id))
    await take(running, triage_concern, TriageConcern(case_id=case_id, severity=severity, category="elderly_care"))
    await take(running, open_case, OpenCase(case_id=case_id, handler=SOCIAL_CARETAKER))
    return case_id


async def words(running: Running, case_id: UUID, text: str) -> Personal:
    """Words about the resident of a case."""
    return Personal(await running.value("select tenancy_id from case_list where case_id = $1", case_id), text)


def asking(running: Running, *, by: str = LEAD, role: Role = Role.SOCIAL_LEAD, **more: Any) -> Context:
    """A request made now."""
    return context_for(role, id=by, at=running.clock.now(), **more)


def later(running: Running, moment: datetime) -> None:
    """Time passes."""
    running.clock.lead_to(moment)
