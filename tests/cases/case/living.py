"""Cases that live in a running service: raised with real keys, and led on step by step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.cases.case.commands.beginning import raise_concern
from services.cases.case.commands.taking import TakeStep, take_step
from services.cases.case.queries.history import case_facts
from services.cases.case.rules.concern import Origin, RaiseConcern, SeeConcern, TriageConcern
from services.cases.case.rules.handling import OpenCase
from services.cases.case.rules.new_home import NamesHome
from services.cases.case.rules.step import StepRequest
from shared.ground.provenance import Context
from shared.ground.working_days import local_day
from shared.privacy.matter import Link, MatterKind, case_of
from shared.privacy.personal import Personal, PersonalText
from shared.privacy.proposals import Act, Change, Others
from shared.words.vocabulary.beginning import SEEN_BY_STAFF, PlaceKind, Source, Way
from shared.words.vocabulary.people import Role
from tests.support.services import ASSOCIATION, Running, context_for, keys_for

LEAD = "staff-social-lead-1"
SOCIAL_CARETAKER = "staff-social-caretaker-1"
CARETAKER = "staff-caretaker-1"


def as_the_register_says(running: Running, case_id: UUID, request: NamesHome, *, is_protected: bool = False) -> Any:
    """The same request with the register's word for its home, as intake gives it today."""
    day, secret = local_day(running.clock.now()), running.service.vault.fingerprinting
    asked: dict[str, Any] = {"secret": secret, "association": ASSOCIATION, "case_id": case_id, "day": day}
    return request.model_copy(update={"register_says": request.said.word(is_protected=is_protected, **asked)})


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
    scope: tuple[str, ...] = ("pest_control", "municipal.visitation", "damage_service"),
    association: str = ASSOCIATION,
    observation: UUID | None = None,
    tenancy: UUID | None = None,
    is_small_estate: bool = False,
    is_protected: bool = False,
    place: str = PlaceKind.HOME.value,
    source: str = Source.OBSERVATION.value,
    how: str = Way.SEEN.value,
    earlier_case: UUID | None = None,
) -> UUID:
    """A concern as intake would have told it now; answers the id of its case."""
    now = running.clock.now()
    observation, tenancy = observation or uuid4(), tenancy or uuid4()
    keys = await keys_for(running, observation, own_keys=1, association=association)
    concern = RaiseConcern(
        origin=Origin(
            observation_id=observation,
            observer=CARETAKER if source in SEEN_BY_STAFF else "",
            observed_at=now - timedelta(minutes=30),
            estate_id=estate,
            estate_name=estate_name,
            municipality=municipality,
            place=place,
            source=source,
            how=how,
        ),
        is_small_estate=is_small_estate,
        earlier_case=earlier_case,
        is_protected=is_protected,
        home=home or uuid4() if place == PlaceKind.HOME else None,
        tenancy=tenancy if place == PlaceKind.HOME else None,
        signals=("home.hoarding", "self.neglect"),
        severity=severity,
        consent_answer="granted",
        consent_wording="mundtlig-1",
        consent_scope=scope,
        address=keys.seal(Personal(observation, address), of="intake/address"),
        words=keys.seal(PersonalText(observation, words), of="intake/words"),
    )
    await running.service.do(raise_concern, concern, context_for(Role.SYSTEM, id="system:listener", at=now, association=association))
    return case_of(observation)


async def take(
    running: Running, case_id: UUID, step: type[StepRequest], *, by: str = LEAD, role: Role = Role.SOCIAL_LEAD, **asked: Any
) -> None:
    """Somebody takes a step now; words are asked as people write them."""
    async with running.service.read() as connection:
        facts = await case_facts(connection, case_id, association=ASSOCIATION)
    request = step.model_validate({"id": uuid4(), **asked})
    await do(running, take_step, TakeStep(case_id=case_id, **facts.where, request=request), by=by, role=role)


async def do(
    running: Running, handler: Callable[[Any, Any], Awaitable[None]], command: Any, *, by: str = LEAD, role: Role = Role.SOCIAL_LEAD
) -> None:
    """Something is asked now."""
    await running.service.do(handler, command, asking(running, by=by, role=role))


async def opened(running: Running, **facts: Any) -> UUID:
    """A case that was seen, triaged as it was reported, and opened with the social caretaker."""
    case_id = await raised(running, **facts)
    severity = facts.get("severity", "high")
    await take(running, case_id, SeeConcern)
    await take(running, case_id, TriageConcern, severity=severity, category="elderly_care")
    await take(running, case_id, OpenCase, handler=SOCIAL_CARETAKER)
    return case_id


async def linked_by_hand(cases: Running, matter: UUID, links: Iterable[Link], *, others: Others = Others.STAY) -> None:
    """The vault knows that a case is about these."""
    act = Act(service="cases", association=ASSOCIATION, by="erp", why="erp")
    change = Change(matter=matter, kind=MatterKind.CASE, links=frozenset(links), others=others)
    await cases.service.vault.proposals.propose(act, [change])
    await cases.service.vault.settle(act.id, has_happened=True)


async def erase_case(running: Running, case_id: UUID) -> None:
    """Whoever it is about is erased: with the case goes the observation it came of."""
    observation = await running.value("select observation_id from case_list where case_id = $1", case_id)
    await running.service.vault.destroy([case_id, observation], association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")


def asking(running: Running, *, by: str = LEAD, role: Role = Role.SOCIAL_LEAD, **more: Any) -> Context:
    """A request made now."""
    return context_for(role, id=by, at=running.clock.now(), **more)


def later(running: Running, moment: datetime) -> None:
    """Time passes."""
    running.clock.lead_to(moment)
