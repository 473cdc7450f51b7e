"""Reading cases as JSON; a checker states the purpose in the header `Brobygger-Purpose`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.cases.case.api.same_people import ObservationJson, OtherCaseJson, PatternJson, observations_of, other_case, pattern_of
from services.cases.case.queries.chosen import QUEUE_CURSOR, Chosen
from services.cases.case.queries.history import CaseFacts, CaseHistory, case_as_of, case_page, facts_for
from services.cases.case.queries.queue import Waiting, queue
from services.cases.case.queries.same_people import continued, others_about_the_same_people
from services.cases.case.rules.case import Case
from services.cases.case.rules.erased import tells_of_the_erased
from services.cases.case.rules.people import Details, Persons
from services.cases.case.rules.protection import shows_address
from shared.ground.described import Described
from shared.ground.errors import NotFound
from shared.ground.fields import Day
from shared.ground.provenance import Actor, Context
from shared.history.aggregate import Event
from shared.history.service import Service
from shared.messaging.access_log import log_access
from shared.privacy.access import CHECKERS, Action, Resource, allow, reach
from shared.privacy.personal import Keyring, Sealed
from shared.privacy.whereabouts import alike
from shared.web.openapi import TELLS_VERSION
from shared.web.pagination import MOST_ROWS, PAGE_SIZE
from shared.web.web import RequestContext, Running, cursors_of, etag
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.people import Look, Relation
from shared.words.vocabulary.persons import in_order

router = APIRouter(prefix="/api", tags=["cases"])

Limit = Annotated[int, Query(ge=1, le=MOST_ROWS)]
Cursor = Annotated[str, Query(max_length=500)]
_STAMPED = frozenset({"originator_id", "originator_version", "timestamp", "_provenance", "originator_topic"})


class WaitingJson(Described):
    """One case in the queue: codes and times, nothing personal."""

    case_id: UUID
    """The case."""
    observation_id: UUID
    """The observation it began with."""
    version: int
    """Its version, for `If-Match`."""
    section: str
    """Where in the queue it stands; the sections come in the order of danger."""
    severity: str
    """How serious it is."""
    category: str
    """What it is about; empty before it is judged."""
    status: str
    """How far it has come."""
    estate_id: str
    """The estate, as its code; empty where the address is protected."""
    municipality: str
    """The municipality, as its code; empty where the address is protected."""
    handler: str
    """Who carries it: an opaque staff id; empty while nobody does."""
    observer: str
    """Who saw it: an opaque staff id; empty where nobody who works here did."""
    source: str
    """Who, or what, it comes from."""
    observed_at: datetime
    """When it was seen."""
    signals: tuple[str, ...]
    """The signs that were ticked."""
    due_kind: str
    """What is due next; empty when nothing is."""
    due_at: datetime | None
    """Until when."""
    late: tuple[str, ...]
    """Everything of it that is overdue, the longest first."""
    lacks: tuple[str, ...]
    """What it lacks: a `look` by anybody, a next `date`, a `handler`."""
    waits_for: str
    """What it waits for."""
    targets: tuple[str, ...]
    """Whom it was passed on to and who has not answered."""
    answer_due: datetime | None
    """Until when the first of them is to answer."""
    silent_steps: int
    """How far up the ladder a silent recipient is."""
    informed: str
    """What the observer was told last."""
    seen_before: datetime | None
    """When somebody else saw something about the same people, where that is why it is proposed as worrying."""


class QueueJson(Described):
    """Some of the queue, by danger; `next` is the cursor of the rest, empty at the end."""

    cases: list[WaitingJson]
    """Cases, the most urgent first."""
    next: str
    """`cursor` of the next request."""


class DeadlineJson(Described):
    """Something that is due."""

    kind: str
    """What is due."""
    about: str
    """What it is about, where there may be several: an id; else empty."""
    due: datetime
    """Until when."""
    missed: bool
    """Whether it was missed."""


class PersonJson(Described):
    """Somebody of the case. Names and numbers stand on its page."""

    person: UUID
    """The id of their part of the case."""
    role: str
    """What they are in it; empty where it is not shown to who asks."""
    language: str
    """The language they speak, as BCP 47 writes it; empty where it is not known."""
    needs_interpreter: bool
    """Whether nobody should talk with them without one."""
    may_decide: list[str]
    """In what a guardian decides for the resident."""
    died: bool
    """Whether they died: then nothing goes out about them, and no yes of theirs allows anything."""
    way_to_reach: str
    """How they are best reached; empty where it is not known."""


class ConsentJson(Described):
    """The last answer of somebody about one recipient."""

    person: UUID | None
    """Who was asked: a person of the case; null for the resident."""
    purpose: str
    """What it is passed on for."""
    information: list[str]
    """What kinds of information a yes is about; empty for another answer."""
    recipient: str
    """Whom it is about: somebody to refer to, `office` where a yes named nobody, `others` for a no to telling anybody outside it."""
    answer: str
    """What the resident said last."""
    wording: str
    """The version of the words that were used."""
    asked_at: datetime | None
    """When the resident was asked."""
    valid_until: datetime | None
    """Until when a yes holds; null: until it is taken back."""


class ReferralJson(Described):
    """One referral and how far it has come."""

    referral_id: UUID
    """The referral."""
    target: str
    """Whom it was sent to."""
    answer_due: datetime
    """Until when an answer is expected."""
    acknowledged: bool
    """Whether the recipient has it."""
    answered: str
    """What the recipient said last; empty when nothing."""
    silent_steps: int
    """How far up the ladder it is."""


class FollowUpJson(Described):
    """A day on which somebody looks again."""

    follow_up_id: UUID
    """The follow-up."""
    due: datetime
    """Until when somebody is to look again."""
    state: str
    """Whether it is planned, done or cancelled."""
    missed: bool
    """Whether nobody looked in time."""


class VisitJson(Described):
    """Somebody is to go by and see whether what was told is so."""

    visit_id: UUID
    """The visit."""
    visitor: str
    """Who goes by: an opaque staff id."""
    due: datetime
    """Until when they have been there."""


class CaseJson(Described):
    """One case as the rules know it."""

    case_id: UUID
    """The case."""
    version: int
    """Its version, for `If-Match`."""
    status: str
    """How far it has come."""
    severity: str
    """How serious it is."""
    category: str
    """What it is about; empty before it is judged."""
    handler: str
    """Who carries it: an opaque staff id; empty while nobody does."""
    outcome: str
    """How it ended; empty before that."""
    observation_id: UUID
    """The observation it came from; the first, where there are several."""
    observations: list[ObservationJson]
    """All it came from, the first one first."""
    joined_to: UUID | None
    """The case in which it is seen to; null while it stands by itself."""
    same_people: list[OtherCaseJson]
    """Other cases about the same people, the newest first, as far as the one who asks may read them."""
    earlier_case: UUID | None
    """The case it goes on from; null where there is none, or the one who asks may not read it."""
    later_cases: list[UUID]
    """Those that go on from it, as far as the one who asks may read them."""
    pattern: PatternJson | None
    """The rule that fired when it came in; null where none did."""
    frozen: bool
    """Whether it may be about the wrong person, so that nothing goes out."""
    observer: str
    """Who saw it: an opaque staff id; empty where nobody who works here did."""
    source: str
    """Who, or what, it comes from."""
    observed_at: datetime
    """When it was seen."""
    estate_id: str
    """The estate, as its code; empty where the address is protected."""
    municipality: str
    """The municipality, as its code; empty where the address is protected."""
    signals: list[str]
    """The signs that were ticked."""
    address: str | None
    """`null` when it was erased or is protected, or when the words are not shown to who asks."""
    address_protected: bool
    """Whether the address is protected: then it is shown on the page alone, to who asks for it there."""
    procedure_version: str
    """The version of the procedure it follows."""
    seen: bool
    """Whether a person has looked at it."""
    reached: bool
    """Whether the resident was reached."""
    deadlines: list[DeadlineJson]
    """What is due."""
    visit: VisitJson | None
    """The visit that is planned; null where none is."""
    persons: list[PersonJson]
    """Who is part of it, besides the resident of whom nothing is noted yet."""
    consents: list[ConsentJson]
    """What each of them said, for each recipient."""
    referrals: list[ReferralJson]
    """Whom it was passed on to."""
    follow_ups: list[FollowUpJson]
    """When somebody looks again."""


class HappenedJson(Described):
    """One event: what, when, who, why, on which basis."""

    version: int
    """Its number in the history of the case."""
    topic: str
    """What happened, as a code."""
    happened_at: datetime
    """When."""
    recorded_at: datetime
    """When it was written down."""
    actor: str
    """Who did it: an opaque staff id, or the clock, or a service."""
    role: str
    """In which role."""
    on_behalf_of: str
    """Whom the actor stood in for, or whose doing a service reacted to; empty otherwise."""
    purpose: str
    """Why."""
    basis: str
    """On which legal basis somebody outside was told; empty otherwise."""
    procedure_version: str
    """Under which version of the procedure."""
    facts: dict[str, Any]
    """Codes, ids and times."""
    words: dict[str, str | None]
    """What was written about the resident; `null` where it was erased. Empty where words are not shown."""


class TimelineJson(Described):
    """Everything that happened, oldest first."""

    events: list[HappenedJson]
    """Events."""


@router.get("/cases", openapi_extra={"x-action": Action.READ_QUEUE})
async def list_cases(context: RequestContext, service: Running, chosen: Chosen, limit: Limit = PAGE_SIZE, cursor: Cursor = "") -> QueueJson:
    """The queue, as far as the one who asks may see."""
    allow(context, Action.READ_QUEUE, Resource(association=context.actor.association))
    cursors = cursors_of(service, list_name=QUEUE_CURSOR)
    async with service.read() as connection:
        found = await queue(
            connection, reach(context, Action.READ_CASE), at=context.at, filters=chosen, after=cursors.read(cursor), limit=limit
        )
        seen = {one.case_id: one.relation_of(context.actor) for one in found[:limit]}
        await log_access(connection, context, action=Look.READ_QUEUE, relation=Relation.ASSOCIATION, shown=seen)
    page = cursors.page(found, limit=limit, keyset_of=lambda waiting: waiting.keyset)
    return QueueJson(cases=[_waiting(one, context.actor) for one in page.rows], next=page.next)


@router.get("/cases/{case_id}", responses={200: TELLS_VERSION}, openapi_extra={"x-action": Action.READ_CASE})
async def read_case(response: Response, case_id: UUID, context: RequestContext, service: Running) -> CaseJson:
    """One case; its version is the `ETag`, to be sent back as `If-Match` with a change."""
    history = await _history(case_id, context, service)
    response.headers.update(etag(history.version))
    return await _case(history, context, service)


@router.get("/cases/{case_id}/as-of/{day}", openapi_extra={"x-action": Action.READ_CASE})
async def read_case_as_of(case_id: UUID, day: Day, context: RequestContext, service: Running) -> CaseJson:
    """The case as it stood at the end of a Danish day; 404 when it did not exist yet."""
    return await _case(await _history(case_id, context, service, day=day), context, service)


@router.get("/cases/{case_id}/timeline", responses={200: TELLS_VERSION}, openapi_extra={"x-action": Action.READ_CASE})
async def read_timeline(
    response: Response, case_id: UUID, context: RequestContext, service: Running, day: Day | None = None
) -> TimelineJson:
    """Everything that happened, with provenance; until the end of a day, when one is named."""
    history = await _history(case_id, context, service, day=day)
    response.headers.update(etag(history.version))
    keyring = await _keyring(history, context, service)
    people = history.case.persons if history.case else Persons()
    return TimelineJson(events=[_happened(event, keyring, hidden=_hidden(history, context), people=people) for event in history.events])


async def _history(case_id: UUID, context: Context, service: Service, *, day: date | None = None) -> CaseHistory:
    """The case, when it may be read and the purpose is stated; the look is written down first."""
    async with service.read() as connection:
        facts: CaseFacts = await facts_for(connection, case_id, context, Action.READ_CASE)
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
    keyring, hidden = await _keyring(history, context, service), _hidden(history, context)
    known_alike = await alike(service.vault, case.id, association=history.facts.association)
    async with service.read() as connection:
        others = await others_about_the_same_people(connection, reach(context, Action.READ_CASE), history.facts, alike=known_alike)
        goes_on = await continued(connection, reach(context, Action.READ_CASE), case.id)
    return CaseJson(
        case_id=case.id,
        version=history.version,
        status=case.status,
        severity=case.severity,
        category=case.category,
        handler=case.handler,
        outcome=case.outcome,
        observation_id=case.origin.observation_id,
        observations=observations_of(case),
        joined_to=case.observations.joined_to,
        same_people=[other_case(one) for one in others],
        earlier_case=goes_on.earlier.case_id if goes_on.earlier else None,
        later_cases=[one.case_id for one in goes_on.later],
        pattern=pattern_of(case),
        frozen=case.correction.is_frozen,
        observer=case.origin.observer,
        source=case.origin.source,
        observed_at=case.origin.observed_at,
        estate_id="" if hidden else case.origin.estate_id or (keyring and keyring.opened(history.small_estate[0])) or "",
        municipality="" if hidden else case.origin.municipality or history.facts.municipality,
        signals=list(raised.signals),
        address=keyring.opened(history.address) if keyring and not hidden else None,
        address_protected=case.is_address_protected,
        procedure_version=case.procedure_version,
        seen=case.is_seen,
        reached=case.is_reached,
        deadlines=[
            DeadlineJson(kind=owed.kind, about=owed.milestone, due=due.at, missed=due.is_missed) for owed, due in case.deadlines.due.items()
        ],
        consents=[
            ConsentJson(
                person=asked.person,
                purpose=asked.purpose,
                information=in_order(said.information) if said.answer == Answer.GRANTED else [],
                recipient=asked.recipient,
                answer=said.answer,
                wording=said.wording,
                asked_at=said.asked_at,
                valid_until=said.valid_until,
            )
            for asked, said in case.consents.answers.items()
        ],
        visit=VisitJson(visit_id=case.visit.id, visitor=case.visit.visitor, due=case.visit.due) if case.visit else None,
        persons=[
            PersonJson(
                person=id,
                may_decide=list(person.may_decide),
                **asdict(Details.within(person.details, keyring.open if keyring else None) or Details(role="")),
                died=case.life.is_dead(None if id == case.persons.resident else id),
            )
            for id, person in case.persons.here().items()
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


_WHERE = frozenset(
    {
        "address", "home", "tenancy", "unit", "reference",
        "estate_id", "estate_name", "municipality", "small_estate", "small_estate_name", "protected_municipality",
    }
)  # fmt: skip
"""What of an event says where somebody lives, or leads there."""


def _hidden(history: CaseHistory, context: Context) -> frozenset[str]:
    """What is not shown to the one who asks, because the address is protected now: also of the days before it was."""
    return frozenset() if shows_address(history.facts, context.actor) else _WHERE


def _happened(event: Event, keyring: Keyring | None, *, hidden: frozenset[str], people: Persons) -> HappenedJson:
    """Of somebody who was erased no more than that there was something, also where it stands in the open in old history."""
    who = event.provenance
    values = {name: value for name, value in vars(event).items() if name not in _STAMPED | hidden}
    if tells_of_the_erased(event, people):
        values = {}
    return HappenedJson(
        version=event.originator_version,
        topic=type(event).TOPIC,  # type: ignore[attr-defined]
        happened_at=who.happened_at,
        recorded_at=who.recorded_at,
        actor=who.actor,
        role=who.role,
        on_behalf_of=who.on_behalf_of,
        purpose=who.purpose,
        basis=who.basis,
        procedure_version=who.procedure_version,
        facts={name: value for name, value in values.items() if not isinstance(value, Sealed)},
        words={name: keyring.open(value) for name, value in values.items() if isinstance(value, Sealed)} if keyring else {},
    )


def _waiting(one: Waiting, actor: Actor) -> WaitingJson:
    shown = {name: getattr(one, name) for name in WaitingJson.model_fields if name != "section"}
    if not shows_address(one, actor):
        shown.update(estate_id="", municipality="")
    return WaitingJson(section=one.section, **shown)
