"""Reading cases as JSON; a checker states the purpose in the header `Brobygger-Purpose`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict

from services.cases.case.queries.history import CaseFacts, CaseHistory, case_as_of, case_facts, case_page
from services.cases.case.queries.queue import Filters, Waiting, queue
from services.cases.case.rules.case import Case
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.history.aggregate import Event
from shared.history.service import Service
from shared.privacy.access import CHECKERS, Action, Resource, allow, reach
from shared.privacy.access_log import log_access
from shared.privacy.personal import Keyring, Sealed
from shared.web.openapi import TELLS_VERSION
from shared.web.pagination import MOST_ROWS, PAGE_SIZE
from shared.web.web import RequestContext, Running, cursors_of, etag
from shared.words.vocabulary.people import Look
from shared.words.vocabulary.waiting import QueueSection

router = APIRouter(prefix="/api", tags=["cases"])

Limit = Annotated[int, Query(ge=1, le=MOST_ROWS)]
Cursor = Annotated[str, Query(max_length=500)]
Choice = Annotated[str, Query(max_length=64)]
_STAMPED = frozenset({"originator_id", "originator_version", "timestamp", "_provenance", "originator_topic"})


class WaitingJson(BaseModel):
    """One case in the queue: codes and times, nothing personal."""

    model_config = ConfigDict(from_attributes=True)

    case_id: UUID
    version: int
    section: str
    severity: str
    category: str
    status: str
    estate_id: str
    municipality: str
    handler: str
    observer: str
    observed_at: datetime
    signals: tuple[str, ...]
    due_kind: str
    due_at: datetime | None
    waits_for: str
    targets: tuple[str, ...]
    answer_due: datetime | None
    silent_steps: int
    informed: str


class QueueJson(BaseModel):
    """Some of the queue, by its clock; `next` is the cursor of the rest, empty at the end."""

    cases: list[WaitingJson]
    next: str


class DeadlineJson(BaseModel):
    """Something that is due."""

    kind: str
    about: str
    due: datetime
    missed: bool


class ConsentJson(BaseModel):
    """The last answer for one recipient."""

    recipient: str
    answer: str
    wording: str
    asked_at: datetime | None
    valid_until: datetime | None


class ReferralJson(BaseModel):
    """One referral and how far it has come."""

    referral_id: UUID
    target: str
    answer_due: datetime
    acknowledged: bool
    answered: str
    silent_steps: int


class FollowUpJson(BaseModel):
    """A day on which somebody looks again."""

    follow_up_id: UUID
    due: datetime
    state: str
    missed: bool


class CaseJson(BaseModel):
    """One case as the rules know it."""

    case_id: UUID
    version: int
    status: str
    severity: str
    category: str
    handler: str
    outcome: str
    observation_id: UUID
    observer: str
    observed_at: datetime
    estate_id: str
    municipality: str
    signals: list[str]
    address: str | None
    """`null` when it was erased, or when the words are not shown to who asks."""
    procedure_version: str
    seen: bool
    reached: bool
    deadlines: list[DeadlineJson]
    consents: list[ConsentJson]
    referrals: list[ReferralJson]
    follow_ups: list[FollowUpJson]


class HappenedJson(BaseModel):
    """One event: what, when, who, why, on which basis."""

    version: int
    topic: str
    happened_at: datetime
    recorded_at: datetime
    actor: str
    role: str
    purpose: str
    basis: str
    procedure_version: str
    facts: dict[str, Any]
    words: dict[str, str | None]
    """What was written about the resident; `null` where it was erased. Empty where words are not shown."""


class TimelineJson(BaseModel):
    """Everything that happened, oldest first."""

    events: list[HappenedJson]


@router.get("/cases", openapi_extra={"x-action": Action.READ_QUEUE})
async def list_cases(
    context: RequestContext,
    service: Running,
    severity: Annotated[list[str], Query(max_length=4)] = [],  # noqa: B006  FastAPI copies it
    estate: Choice = "",
    handler: Choice = "",
    section: Choice = "",
    ended: bool = False,
    limit: Limit = PAGE_SIZE,
    cursor: Cursor = "",
) -> QueueJson:
    """The queue, as far as the one who asks may see."""
    allow(context, Action.READ_QUEUE, Resource(association=context.actor.association))
    cursors = cursors_of(service, list_name="queue")
    wanted = next((one for one in QueueSection if one == section), None)
    filters = Filters(severities=severity, estate=estate, handler=handler, section=wanted, ended=ended)
    async with service.read() as connection:
        found = await queue(
            connection, reach(context, Action.READ_CASE), at=context.at, filters=filters, after=cursors.read(cursor), limit=limit
        )
        await log_access(connection, context, action=Look.READ_QUEUE, relation="association")
    page = cursors.page(found, limit=limit, keyset_of=lambda waiting: waiting.keyset)
    return QueueJson(cases=[_waiting(one) for one in page.rows], next=page.next)


@router.get("/cases/{case_id}", responses={200: TELLS_VERSION}, openapi_extra={"x-action": Action.READ_CASE})
async def read_case(response: Response, case_id: UUID, context: RequestContext, service: Running) -> CaseJson:
    """One case; its version is the `ETag`, to be sent back as `If-Match` with a change."""
    history = await _history(case_id, context, service)
    response.headers.update(etag(history.version))
    return await _case(history, context, service)


@router.get("/cases/{case_id}/as-of/{day}", openapi_extra={"x-action": Action.READ_CASE})
async def read_case_as_of(case_id: UUID, day: date, context: RequestContext, service: Running) -> CaseJson:
    """The case as it stood at the end of a Danish day; 404 when it did not exist yet."""
    return await _case(await _history(case_id, context, service, day=day), context, service)


@router.get("/cases/{case_id}/timeline", responses={200: TELLS_VERSION}, openapi_extra={"x-action": Action.READ_CASE})
async def read_timeline(
    response: Response, case_id: UUID, context: RequestContext, service: Running, day: date | None = None
) -> TimelineJson:
    """Everything that happened, with provenance; until the end of a day, when one is named."""
    history = await _history(case_id, context, service, day=day)
    response.headers.update(etag(history.version))
    keyring = await _keyring(history, context, service)
    return TimelineJson(events=[_happened(event, keyring) for event in history.events])


async def _history(case_id: UUID, context: Context, service: Service, *, day: date | None = None) -> CaseHistory:
    """The case, when it may be read and the purpose is stated; the look is written down first."""
    async with service.read() as connection:
        facts: CaseFacts = await case_facts(connection, case_id, association=context.actor.association)
        allow(context, Action.READ_CASE, facts.resource)
        return await (case_as_of(connection, facts, context, day=day) if day else case_page(connection, facts, context))


async def _keyring(history: CaseHistory, context: Context, service: Service) -> Keyring | None:
    """The keys to the words; none for a checker, who sees the structure (domain.md §6, P5)."""
    if context.actor.role in CHECKERS:
        return None
    return await service.keyring(value for event in history.events for value in vars(event).values() if isinstance(value, Sealed))


async def _case(history: CaseHistory, context: Context, service: Service) -> CaseJson:
    case = history.case
    if case is None:
        raise NotFound("Case", history.facts.case_id)
    raised = history.events[0]
    assert isinstance(raised, Case.ConcernRaised)  # noqa: S101  every case begins with its concern
    keyring = await _keyring(history, context, service)
    return CaseJson(
        case_id=case.id,
        version=history.version,
        status=case.status,
        severity=case.severity,
        category=case.category,
        handler=case.handler,
        outcome=case.outcome,
        observation_id=case.origin.observation_id,
        observer=case.origin.observer,
        observed_at=case.origin.observed_at,
        estate_id=case.origin.estate_id,
        municipality=case.origin.municipality,
        signals=list(raised.signals),
        address=keyring.open(raised.address) if keyring else None,
        procedure_version=case.procedure_version,
        seen=case.is_seen,
        reached=case.is_reached,
        deadlines=[
            DeadlineJson(kind=kind, about=about, due=due.at, missed=due.is_missed) for (kind, about), due in case.deadlines.due.items()
        ],
        consents=[
            ConsentJson(recipient=recipient, answer=said.answer, wording=said.wording, asked_at=said.asked_at, valid_until=said.valid_until)
            for recipient, said in case.consents.answers.items()
        ],
        referrals=[
            ReferralJson(
                referral_id=id,
                target=one.target,
                answer_due=one.answer_due,
                acknowledged=one.is_acknowledged,
                answered=one.answered,
                silent_steps=one.silent_steps,
            )
            for id, one in case.referrals.sent.items()
        ],
        follow_ups=[
            FollowUpJson(follow_up_id=id, due=one.due, state=one.state, missed=one.is_missed) for id, one in case.follow_ups.planned.items()
        ],
    )


def _happened(event: Event, keyring: Keyring | None) -> HappenedJson:
    who = event.provenance
    values = {name: value for name, value in vars(event).items() if name not in _STAMPED}
    return HappenedJson(
        version=event.originator_version,
        topic=type(event).TOPIC,  # type: ignore[attr-defined]
        happened_at=who.happened_at,
        recorded_at=who.recorded_at,
        actor=who.actor,
        role=who.role,
        purpose=who.purpose,
        basis=who.basis,
        procedure_version=who.procedure_version,
        facts={name: value for name, value in values.items() if not isinstance(value, Sealed)},
        words={name: keyring.open(value) for name, value in values.items() if isinstance(value, Sealed)} if keyring else {},
    )


def _waiting(one: Waiting) -> WaitingJson:
    shown = {name: getattr(one, name) for name in WaitingJson.model_fields if name != "section"}
    return WaitingJson(section=one.section, **shown)
