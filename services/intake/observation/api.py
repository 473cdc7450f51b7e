"""JSON: what a phone sends when it has coverage, and what it shows of what came of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from pydantic import AwareDatetime, ConfigDict, Field

from services.intake.observation.commands import link_place_once, register_once
from services.intake.observation.queries import OwnObservation, observation_called, observations_of
from services.intake.observation.rules.leave import ANSWERS, SCOPES
from services.intake.observation.rules.report import Report
from services.intake.observation.steps import may_link
from shared.ground.described import Described
from shared.ground.fields import Instant
from shared.privacy.access import Action, Resource, allow, reach
from shared.privacy.personal import Keyring
from shared.web.openapi import TELLS_VERSION
from shared.web.pagination import limited
from shared.web.problems import NOT_MODIFIED
from shared.web.web import RequestContext, Running, cursors_of, etag
from shared.words.code import one_of
from shared.words.vocabulary import beginning, observation

OWN = "own-observations"

api = APIRouter(prefix="/api/observations", tags=["observations"])

AT_ITS_ADDRESS: dict[str, Any] = {"headers": {"Location": {"description": "Where it can be read.", "schema": {"type": "string"}}}}

Code = Annotated[str, Field(max_length=64, pattern=r"^[ -~]*$")]
Signals = Annotated[
    tuple[Annotated[Code, Field(json_schema_extra=one_of(observation.Signal))], ...],
    Field(max_length=64, description="The signs that were ticked; at least one."),
]
Severity = Annotated[Code, Field(description="How serious it looks, most serious first.", json_schema_extra=one_of(observation.Severity))]
ConsentAnswer = Annotated[
    Code,
    Field(description="What the resident answered when asked whether it may be passed on.", json_schema_extra=one_of(ANSWERS)),
]
Place = Annotated[Code, Field(description="What kind of place it is about.", json_schema_extra=one_of(beginning.PlaceKind))]
Area = Annotated[
    Code,
    Field(
        description="Which common area, where it is about one; else empty.",
        json_schema_extra={"enum": ["", *(area.value for area in beginning.CommonArea)]},
    ),
]
Seen = Annotated[
    Literal["observation", "outreach"] | Literal["transfer"],
    Field(
        description="Whether somebody happened to see it, or social staff sought the resident out, or goes on from an earlier case with the"
        " resident's yes: then no sign is needed."
    ),
]
Scope = Annotated[tuple[Annotated[Code, Field(json_schema_extra=one_of(SCOPES))], ...], Field(max_length=64)]


class ObservationIn(Described):
    """What a caretaker saw. `id` is made where it arose, so that sending it again is safe."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    """Made by the phone (UUIDv7): sent again it is registered once."""
    home_id: UUID | None = None
    """The home it was seen in, where it is about one."""
    observed_at: Instant
    """When it was seen."""
    signals: Signals
    severity: Severity
    consent_answer: ConsentAnswer
    consent_wording: Code = ""
    """The version of the wording that was used; empty when nobody asked."""
    consent_scope: Scope = ()
    """Whom outside the office the resident said it may be passed on to; a yes that names nobody is one to the office alone."""
    words: str = ""
    """What else there is to say; sealed before it is stored."""
    place: Place = beginning.PlaceKind.HOME.value
    area: Area = ""
    estate_id: Code = ""
    """The estate, for a place that is no home; may be left out where that is not known either."""
    where: str = ""
    """Where it is, in words, for a place that is no home; sealed before it is stored."""
    source: Seen = "observation"
    earlier_case: UUID | None = None
    """The case it goes on from, where it does."""

    def report(self) -> Report:
        """The same as the command takes it."""
        return Report(
            observation_id=self.id,
            home_id=self.home_id,
            observed_at=self.observed_at,
            signals=self.signals,
            severity=self.severity,
            consent_answer=self.consent_answer,
            consent_wording=self.consent_wording,
            consent_scope=self.consent_scope,
            words=self.words,
            place=self.place,
            area=self.area,
            estate_id=self.estate_id,
            where=self.where,
            source=self.source,
            earlier_case=self.earlier_case,
        )


class Registered(Described):
    """The receipt."""

    id: UUID
    """The observation."""
    receipt: str
    """A number that can be read aloud on the telephone."""
    received_at: AwareDatetime
    """When it was received."""


class Told(Described):
    """One thing the caretaker was told."""

    milestone: str
    """What it was about, as a code."""
    at: AwareDatetime
    """When."""


class Progress(Described):
    """How far it has come, as far as other services have said so; what nobody said is null."""

    state: str
    """How far it has come, as a code."""
    triage_due: AwareDatetime | None
    """Until when somebody is to have judged it."""
    triage_missed: bool
    """Whether nobody did in time."""
    notice_failed_at: AwareDatetime | None
    """When it was given up to tell the lead by mail."""
    seen_at: AwareDatetime | None
    """When a person looked at it."""
    seen_role: str | None
    """In which role."""
    assessed_at: AwareDatetime | None
    """When it was judged."""
    assessed_severity: str | None
    """How serious it was judged to be."""
    case_opened_at: AwareDatetime | None
    """When it became a case."""
    contact_due: AwareDatetime | None
    """Until when the resident is to be reached."""
    reopened_at: AwareDatetime | None
    """When the case was opened again."""
    passed_on_at: AwareDatetime | None
    """When it was passed on."""
    meeting_at: AwareDatetime | None
    """When a meeting is that the observer is asked along to."""
    meeting_comes: bool | None
    """What the observer answered; null while there is no answer."""
    case_id: UUID | None
    """The case, of which the observer has a part: `GET /cases/api/parts/{case_id}`."""
    dismissed_at: AwareDatetime | None
    """When it was decided that it is no case."""
    dismissal: str | None
    """Why, as a code."""
    ended_at: AwareDatetime | None
    """When the case ended."""
    ending: str | None
    """How, as far as the one who saw it is told: helped, declined, not_reached or over."""
    told: list[Told]
    """What the observer was told, oldest first."""


class ObservationOut(Described):
    """One's own observation; `address` and `words` are null when the resident's data have been erased."""

    id: UUID
    """The observation."""
    receipt: str
    """A number that can be read aloud on the telephone."""
    version: int
    """Its version."""
    observed_at: AwareDatetime
    """When it was seen."""
    received_at: AwareDatetime
    """When it was received."""
    estate_id: str
    """The estate, as its code; empty where it is not known, or the address is protected."""
    home_id: UUID | None
    """The home; null when the resident's data have been erased, the address is protected, or it is about no home that is known."""
    source: str
    """Who, or what, it comes from."""
    how: str
    """How it came."""
    place: str
    """What kind of place it is about."""
    area: str
    """Which common area; empty where it is about none."""
    signals: list[str]
    """The signs that were ticked."""
    severity: str
    """How serious it looked."""
    consent_answer: str
    """What the resident answered when asked whether it may be passed on."""
    consent_wording: str
    """The version of the wording that was used; empty when nobody asked."""
    consent_scope: list[str]
    """Whom outside the office the resident said it may be passed on to; a yes that names nobody is one to the office alone."""
    address: str | None
    """Where it was seen; null where the address is protected, too: whoever carries the case says where to go."""
    address_protected: bool
    """Whether the address is protected."""
    words: str | None
    """What the observer wrote; null when there was nothing."""
    is_erased: bool
    """Whether the resident's data have been erased."""
    progress: Progress
    """What came of it."""


class ObservationsOut(Described):
    """Some of one's own observations, newest first; `next` leads to older ones, and is empty at the end."""

    items: list[ObservationOut]
    """Observations."""
    next: str
    """`cursor` of the next request."""


@api.post("", status_code=201, responses={201: AT_ITS_ADDRESS}, openapi_extra={"x-action": Action.REGISTER_OBSERVATION})
async def post_observation(body: ObservationIn, context: RequestContext, service: Running, response: Response) -> Registered:
    """Register an observation. The same id with the same content gets the same answer; with another content 409."""
    answer = await register_once(body.report(), context, service)
    response.headers["Location"] = f"/intake/api/observations/{body.id}"
    return Registered.model_validate({"id": body.id, "receipt": answer["receipt"], "received_at": answer["received_at"]})


class PlaceIn(Described):
    """Which home it was, for an observation that was told of without one."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    """Made by the one who says so: sent again, it is done once."""
    home_id: UUID
    """The home."""


@api.post("/{observation_id}/place", status_code=204, openapi_extra={"x-action": Action.LINK_PLACE})
async def post_place(observation_id: UUID, body: PlaceIn, context: RequestContext, service: Running) -> None:
    """Link it to the home; its case follows."""
    seen = await may_link(observation_id, context, service)
    await link_place_once(observation_id, body.home_id, seen.observed_at, context, service, id=body.id)


@api.get("", openapi_extra={"x-action": Action.READ_OWN_OBSERVATIONS})
async def get_observations(
    context: RequestContext, service: Running, cursor: str = "", limit: Annotated[int | None, Query(ge=1, le=200)] = None
) -> ObservationsOut:
    """One's own observations, newest first."""
    allow(context, Action.READ_OWN_OBSERVATIONS, Resource(association=context.actor.association, observer=context.actor.id))
    cursors, most = cursors_of(service, list_name=OWN), limited(limit)
    async with service.read() as connection:
        own, staff = reach(context, Action.READ_OWN_OBSERVATIONS), service.staff.within(context.actor.association)
        found = await observations_of(connection, context, own, staff, before=cursors.read(cursor), limit=most + 1)
    page = cursors.page(found, limit=most, keyset_of=lambda observation: observation.keyset)
    keyring = await service.keyring(value for observation in page.rows for value in (observation.address, observation.words))
    return ObservationsOut(items=[_shown(observation, keyring) for observation in page.rows], next=page.next)


@api.get(
    "/{observation_id}",
    response_model=ObservationOut,
    responses={200: TELLS_VERSION, 304: {"description": "Nothing has changed since the version in `If-None-Match`."}},
    openapi_extra={"x-action": Action.READ_OWN_OBSERVATIONS},
)
async def get_observation(
    observation_id: UUID,
    context: RequestContext,
    service: Running,
    response: Response,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Any:
    """One's own observation, and what came of it."""
    allow(context, Action.READ_OWN_OBSERVATIONS, Resource(association=context.actor.association, observer=context.actor.id))
    async with service.read() as connection:
        found = await observation_called(connection, context, reach(context, Action.READ_OWN_OBSERVATIONS), observation_id)
    if not found.is_address_protected:  # that is no part of its history, so its version does not tell
        if if_none_match == etag(found.version)["ETag"]:
            return Response(status_code=NOT_MODIFIED, headers=etag(found.version))
        response.headers.update(etag(found.version))
    return _shown(found, await service.keyring((found.address, found.words)))


def _shown(observation: OwnObservation, keyring: Keyring) -> ObservationOut:
    address, is_hidden = keyring.open(observation.address), observation.is_address_protected
    return ObservationOut(
        id=observation.observation_id,
        receipt=observation.receipt,
        version=observation.version,
        observed_at=observation.observed_at,
        received_at=observation.received_at,
        estate_id="" if is_hidden else observation.estate_id,
        home_id=None if is_hidden else observation.home_id,
        source=observation.source,
        how=observation.how,
        place=observation.place,
        area=observation.area,
        signals=list(observation.signals),
        severity=observation.severity,
        consent_answer=observation.consent_answer,
        consent_wording=observation.consent_wording,
        consent_scope=list(observation.consent_scope),
        address=None if is_hidden else address,
        address_protected=is_hidden,
        words=keyring.open(observation.words) if observation.words else None,
        is_erased=address is None,
        progress=Progress(
            state=observation.state,
            triage_due=observation.triage_due,
            triage_missed=observation.triage_missed,
            notice_failed_at=observation.notice_failed_at,
            seen_at=observation.seen_at,
            seen_role=observation.seen_role,
            assessed_at=observation.assessed_at,
            assessed_severity=observation.assessed_severity,
            case_opened_at=observation.case_opened_at,
            contact_due=observation.contact_due,
            reopened_at=observation.reopened_at,
            passed_on_at=observation.passed_on_at,
            meeting_at=observation.meeting_at,
            meeting_comes=observation.meeting_comes,
            case_id=observation.case_id,
            dismissed_at=observation.dismissed_at,
            dismissal=observation.dismissal,
            ended_at=observation.ended_at,
            ending=observation.ending,
            told=[Told(milestone=telling.milestone, at=telling.at) for telling in observation.tellings],
        ),
    )
