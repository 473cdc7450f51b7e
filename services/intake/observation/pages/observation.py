"""Pages for a thumb in a van: register what you saw, and see what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response

from services.intake.home.queries import EstateRow, estate_called, estates_within, homes_of
from services.intake.observation.commands import link_place_once, register_once
from services.intake.observation.pages.choosing import chosen_estate, estates, estates_page, is_to_choose
from services.intake.observation.queries import (
    OwnObservation,
    SeenWhere,
    observation_called,
    observations_of,
    observed_when,
    seen_where,
    sent_lately,
)
from services.intake.observation.rules.leave import ANSWERS, SCOPES
from services.intake.observation.rules.refusals import SentAlready
from services.intake.observation.rules.report import BY_SOCIAL_STAFF, Report, refused_apart, unanswered
from services.intake.observation.rules.site import HomeIsNotChosen, PlaceIsLinkedAlready
from services.intake.observation.steps import may_link
from shared.ground.errors import NotFound, Refusal
from shared.ground.fields import Instant
from shared.ground.provenance import Context
from shared.ground.working_days import ZONE, local_day
from shared.history.service import Service
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Reach, Resource, allow, may_ever, reach
from shared.privacy.personal import Keyring
from shared.privacy.staff import Person
from shared.web.forms import Filled, Filling, refusals_beside, starting
from shared.web.pagination import PAGE_SIZE
from shared.web.problems import FormIsWrong, Mistake, sentence_of
from shared.web.sheets import A_SHEET, new_id
from shared.web.web import RequestContext, Running, cursors_of
from shared.web.website import go_to, page
from shared.words.language import language_of, marked
from shared.words.vocabulary.beginning import CommonArea, PlaceKind, Source
from shared.words.vocabulary.consent import AT_THE_DOOR
from shared.words.vocabulary.observation import Severity, Signal
from shared.words.vocabulary.people import SOCIAL_STAFF, Look, Relation, Role

OWN = "own-observations"
NEWEST = 5
"""So many stand on the first page."""

LIES_OPEN = timedelta(minutes=10)
"""A form that was opened longer ago is sent with the time of sending, where nobody set another."""

USUAL_SCOPES = 4
"""So many recipients stand open on the form; the others unfold."""

SIGNAL_GROUPS: tuple[tuple[str, tuple[Signal, ...]], ...] = (
    (marked("Set udefra"), (Signal.CURTAINS_CLOSED, Signal.MAILBOX_FULL, Signal.NOT_SEEN, Signal.WASTE_BALCONY, Signal.GARDEN_NEGLECTED)),
    (
        marked("Set i boligen"),
        (Signal.HOME_HOARDING, Signal.HOME_NEGLECTED, Signal.SMELL, Signal.PESTS, Signal.UTILITIES_OFF, Signal.ACCESS_REFUSED),
    ),
    (
        marked("I mødet med beboeren"),
        (
            Signal.BEHAVIOUR_CHANGED,
            Signal.SELF_NEGLECT,
            Signal.CONFUSION,
            Signal.LONELY,
            Signal.MENTAL_DISTRESS,
            Signal.SUBSTANCE,
            Signal.ARREARS,
        ),
    ),
    (
        marked("Uro og fare"),
        (Signal.NOISE_CONFLICT, Signal.THREAT_STAFF, Signal.CHILD_NEGLECT, Signal.VIOLENCE_SUSPECTED, Signal.DEATH_SUSPECTED),
    ),
)
"""The signals by where they are noticed, in the order one comes closer."""

ADVISED = (
    Signal.CHILD_NEGLECT,
    Signal.VIOLENCE_SUSPECTED,
    Signal.DEATH_SUSPECTED,
    Signal.THREAT_STAFF,
    Signal.PESTS,
    Signal.UTILITIES_OFF,
)
"""The signals that come with something to do at once, the most urgent first (domain.md §7 S8–S10)."""

pages = APIRouter(include_in_schema=False)


class ObservationForm(BaseModel):
    """The form as it is sent. What is left open is refused by the rules, in their words."""

    id: UUID
    home_id: UUID | None = None
    place: str = PlaceKind.HOME.value
    area: str = ""
    where: str = ""
    estate: str = ""
    source: str = Source.OBSERVATION.value
    earlier_case: UUID | None = None
    observed_at: Instant
    signals: list[str] = []
    severity: str = ""
    consent_answer: str = ""
    consent_wording: str = ""
    consent_scope: list[str] = []
    words: str = ""
    as_new: bool = False
    """Whether it is known that something was sent about the same place just now."""

    def report(self, now: datetime) -> Report:
        """The same as the command takes it: the time on the form is Danish, and nobody who was not asked heard a phrase.

        Refuses everything at once that is open, or wrong by itself.
        """
        is_home = self.place == PlaceKind.HOME
        severity = self.severity or (Severity.MEDIUM.value if self.source == Source.WELCOME else "")  # nobody saw anything worrying
        report = Report(
            observation_id=self.id,
            home_id=self.home_id if is_home else None,
            place=self.place,
            area=self.area if self.place == PlaceKind.COMMON_AREA else "",
            estate_id="" if is_home else self.estate,
            where="" if is_home else self.where,
            source=self.source,
            earlier_case=self.earlier_case,
            observed_at=self.observed_at,
            signals=tuple(self.signals),
            severity=severity,
            consent_answer=self.consent_answer,
            consent_wording="" if self.consent_answer == "not_asked" else self.consent_wording,
            consent_scope=tuple(self.consent_scope),
            words=self.words,
        )
        left_open = unanswered(
            has_place=not is_home or self.home_id is not None,
            signals=self.signals or self.source == Source.WELCOME,
            severity=severity,
            consent_answer=self.consent_answer,
            source=self.source,
        )
        wrong = refused_apart(report, now)
        if len(wrong) == 1 and not left_open:
            raise wrong[0]
        if left_open or wrong:
            raise FormIsWrong(_told([*left_open, *wrong]))
        return report


class LinkForm(BaseModel):
    """Which home it was."""

    id: UUID
    home_id: UUID | None = None

    def chosen(self) -> UUID:
        """The home; refuses a form without one."""
        if self.home_id is None:
            raise HomeIsNotChosen
        return self.home_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """An observation with what is personal opened; both are `None` when it has been erased, the address also where it is protected."""

    facts: OwnObservation
    address: str | None
    words: str | None
    meeting_at: datetime | None
    """When the observer is wanted as a known face; `None` once the day is over."""


@pages.get("/", openapi_extra={"x-action": Action.READ_OWN_OBSERVATIONS})
async def start(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """One big button, the newest observations, and whom to ring."""
    _may_read_own(context)
    async with service.read() as connection:
        own, staff = reach(context, Action.READ_OWN_OBSERVATIONS), service.staff.within(context.actor.association)
        found = await observations_of(connection, context, own, staff, limit=NEWEST + 1)
    shown = await _opened(service, found[:NEWEST], context)
    return page(request, "start.html", observations=shown, has_more=len(found) > NEWEST, leads=whom_to_ring(context, service))


@pages.get("/observations", openapi_extra={"x-action": Action.READ_OWN_OBSERVATIONS})
async def own_observations(request: Request, context: RequestContext, service: Running, cursor: str = "") -> HTMLResponse:
    """All of one's own observations, newest first."""
    _may_read_own(context)
    cursors = cursors_of(service, list_name=OWN)
    async with service.read() as connection:
        own, staff = reach(context, Action.READ_OWN_OBSERVATIONS), service.staff.within(context.actor.association)
        found = await observations_of(connection, context, own, staff, before=cursors.read(cursor), limit=PAGE_SIZE + 1)
    part = cursors.page(found, limit=PAGE_SIZE, keyset_of=lambda observation: observation.keyset)
    shown = await _opened(service, part.rows, context)
    return page(request, "own_observations.html", observations=shown, next=part.next, is_first=not cursor)


@pages.get("/observations/new", openapi_extra={"x-action": Action.REGISTER_OBSERVATION}, dependencies=[A_SHEET])
async def new_observation(
    request: Request,
    context: RequestContext,
    service: Running,
    estate: str = "",
    choose: Annotated[str, Query(max_length=10)] = "",
    unknown: Annotated[str, Query(max_length=10)] = "",
    earlier_case: UUID | None = None,
) -> Response:
    """First the estate; then everything else on one page. Who has one estate of their own is led there, and may choose another."""
    allow(context, Action.REGISTER_OBSERVATION, Resource(association=context.actor.association, estate=estate))
    if not estate and not unknown:
        own, others = await estates(context, service)
        if not choose and not earlier_case and len(own or others) == 1:
            return go_to(f"/intake/observations/new?estate={(own or others)[0].estate_id}")
        to = f"/intake/observations/new?{f'earlier_case={earlier_case}&' if earlier_case else ''}"
        return await estates_page(request, context, service, to=to, leads=whom_to_ring(context, service))
    form = starting(
        id=new_id(request),
        observed_at=_on_the_wall(context.at),
        shown_at=_on_the_wall(context.at),
        consent_wording=AT_THE_DOOR.version,
        place=PlaceKind.HOME if estate else PlaceKind.UNKNOWN,
        source=Source.TRANSFER if earlier_case else Source.OBSERVATION,
        earlier_case=earlier_case or "",
    )
    return await _form_page(request, context, service, estate, form=form)


@pages.post("/observations/new", openapi_extra={"x-action": Action.REGISTER_OBSERVATION})
async def register(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Take it in, and lead to the receipt; what is refused stands beside its field, and nothing typed is lost."""
    chosen = chosen_estate(form)
    estate = form.value("estate") if chosen is None else chosen
    allow(context, Action.REGISTER_OBSERVATION, Resource(association=context.actor.association, estate=estate))
    if is_to_choose(form):
        return await estates_page(request, context, service, to="/intake/observations/new", leads=whom_to_ring(context, service))
    if chosen is not None:
        return await _form_page(request, context, service, chosen)
    async with refusals_beside(form, lambda: _form_page(request, context, service, estate)):
        sent = await _read(form, context, service)
        report = sent.report(context.at)
        async with service.read() as connection:
            lately = await sent_lately(connection, context, report)
        is_known = any(one.observation_id == report.observation_id for one in lately)
        if lately and not is_known and not sent.as_new:
            form.put(sent_lately=lately[0].observation_id)
            raise SentAlready
        await register_once(report, context, service)
    if report.earlier_case:
        return go_to(f"/cases/{report.earlier_case}", notice=marked("Det er taget imod og bliver en ny bekymring, som skal vurderes."))
    return go_to(f"/intake/observations/{sent.id}/receipt")


async def _read(form: Filled, context: Context, service: Service) -> ObservationForm:
    """The form, with the time of sending where nobody set another; raises `FormIsWrong` with what is left open too."""
    with suppress(ValueError):
        await _keep_time(form, context, service)
    try:
        return form.read(ObservationForm)
    except FormIsWrong as wrong:
        left_open = unanswered(
            has_place=form.value("place", PlaceKind.HOME) != PlaceKind.HOME or bool(form.value("home_id")),
            signals=form.chosen("signals"),
            severity=form.value("severity"),
            consent_answer=form.value("consent_answer"),
            source=form.value("source", Source.OBSERVATION),
        )
        raise FormIsWrong([*_told(left_open), *wrong.mistakes]) from None


async def _keep_time(form: Filled, context: Context, service: Service) -> None:
    """A form that lay open since the morning does not say that it was seen in the morning, unless somebody set that.

    What was taken in already keeps the time it was taken in with: sent again it is the same. Raises `ValueError` for what is no time or id.
    """
    shown = form.value("shown_at")
    if not shown or form.value("observed_at") != shown:
        return
    if context.at - datetime.fromisoformat(shown).replace(tzinfo=ZONE) < LIES_OPEN:
        return
    async with service.read() as connection:
        before = await observed_when(connection, context.actor.association, UUID(form.value("id")))
    form.put(observed_at=_on_the_wall(before or context.at), shown_at=_on_the_wall(before or context.at))


def _told(refusals: Iterable[Refusal]) -> list[Mistake]:
    return [Mistake(sentence_of(refusal), field=refusal.field) for refusal in refusals]


def _on_the_wall(moment: datetime) -> datetime:
    return moment.astimezone(ZONE).replace(tzinfo=None)


@pages.get("/observations/{observation_id}/receipt", openapi_extra={"x-action": Action.READ_OWN_OBSERVATIONS})
async def receipt(request: Request, observation_id: UUID, context: RequestContext, service: Running) -> HTMLResponse:
    """That it has been received, what to do now, and what happens next and by when."""
    shown = await _one(context, service, observation_id)
    return page(request, "receipt.html", observation=shown, leads=whom_to_ring(context, service))


@pages.get("/observations/{observation_id}", openapi_extra={"x-action": Action.READ_OWN_OBSERVATIONS})
async def own_observation(request: Request, observation_id: UUID, context: RequestContext, service: Running) -> HTMLResponse:
    """One's own observation: what was written, and how far it has come."""
    shown = await _one(context, service, observation_id)
    facts, role = shown.facts, context.actor.role
    has_part = facts.case_id is not None and not facts.ended_at and not facts.dismissed_at and may_ever(role, Action.TAKE_PART)
    return page(request, "own_observation.html", observation=shown, leads=whom_to_ring(context, service), has_part=has_part)


@pages.get("/observations/{observation_id}/place", openapi_extra={"x-action": Action.LINK_PLACE}, dependencies=[A_SHEET])
async def choose_home(request: Request, observation_id: UUID, context: RequestContext, service: Running, estate: str = "") -> HTMLResponse:
    """Which home it was, for an observation that was told of without one; where it is known, nothing of it is shown here."""
    if (await may_link(observation_id, context, service)).is_at_home:
        return page(request, "place_is_linked.html", refusal=PlaceIsLinkedAlready())
    return await _link_page(request, observation_id, context, service, estate, form=starting(id=new_id(request)))


@pages.post("/observations/{observation_id}/place", openapi_extra={"x-action": Action.LINK_PLACE})
async def link_home(request: Request, observation_id: UUID, context: RequestContext, service: Running, form: Filling) -> Response:
    """Link it; the case follows by itself."""
    seen = await may_link(observation_id, context, service)
    async with refusals_beside(form, lambda: _link_page(request, observation_id, context, service, form.value("estate"))):
        sent = form.read(LinkForm)
        await link_place_once(observation_id, sent.chosen(), seen.observed_at, context, service, id=sent.id)
    case_id = None if _is_own(seen, context) else seen.case_id
    return go_to(f"/cases/{case_id}" if case_id else f"/intake/observations/{observation_id}", notice=marked("Boligen er sat på."))


def _is_own(seen: SeenWhere, context: Context) -> bool:
    return not context.actor.is_for.isdisjoint({seen.observer})


async def _link_page(
    request: Request, observation_id: UUID, context: Context, service: Service, estate_id: str, **values: object
) -> HTMLResponse:
    association = context.actor.association
    async with service.read() as connection:
        seen = await seen_where(connection, association, observation_id)
        listed = await estates_within(connection, Reach(association=association))
        chosen = await estate_called(connection, association, estate_id or seen.estate_id)
        homes = await homes_of(connection, association, chosen.estate_id) if chosen else []
        is_own = _is_own(seen, context)
        await log_access(
            connection,
            context,
            told_by="intake",
            action=Look.READ_PLACE,
            about=observation_id,
            relation=Relation.OBSERVER if is_own else Relation.ASSOCIATION,
        )
    keyring = await service.keyring((seen.address,))
    streets = [(street, list(group)) for street, group in groupby(homes, key=lambda home: home.street)]
    where = None if seen.is_at_home else keyring.open(seen.address)
    return page(
        request,
        "link_place.html",
        observation_id=observation_id,
        case_id=None if is_own else seen.case_id,
        where=where,
        estates=listed,
        estate=chosen,
        streets=streets,
        **values,
    )


async def _form_page(request: Request, context: Context, service: Service, estate_id: str, **values: object) -> HTMLResponse:
    async with service.read() as connection:
        estate: EstateRow | None = await estate_called(connection, context.actor.association, estate_id)
        homes = await homes_of(connection, context.actor.association, estate_id) if estate else []
    if estate is None and estate_id:
        raise NotFound("Estate", estate_id)
    streets = [(street, list(group)) for street, group in groupby(homes, key=lambda home: home.street)]
    return page(
        request,
        "new_observation.html",
        estate=estate,
        streets=streets,
        places=tuple(PlaceKind) if estate else (PlaceKind.UNKNOWN,),
        areas=tuple(CommonArea),
        sources=(Source.OBSERVATION, *BY_SOCIAL_STAFF) if context.actor.role in SOCIAL_STAFF else (),
        signal_groups=SIGNAL_GROUPS,
        advised=ADVISED,
        consent_answers=ANSWERS,
        phrase=AT_THE_DOOR.text if language_of(request) == "da" else AT_THE_DOOR.english,
        usual_scopes=SCOPES[:USUAL_SCOPES],
        other_scopes=SCOPES[USUAL_SCOPES:],
        leads=whom_to_ring(context, service),
        **values,
    )


async def _one(context: Context, service: Service, observation_id: UUID) -> Shown:
    _may_read_own(context)
    async with service.read() as connection:
        found = await observation_called(connection, context, reach(context, Action.READ_OWN_OBSERVATIONS), observation_id)
    return (await _opened(service, [found], context))[0]


async def _opened(service: Service, found: Sequence[OwnObservation], context: Context) -> list[Shown]:
    keyring = await service.keyring(value for facts in found for value in (facts.address, facts.words))
    return [_shown(facts, keyring, today=local_day(context.at)) for facts in found]


def _shown(facts: OwnObservation, keyring: Keyring, *, today: date) -> Shown:
    is_wanted = facts.meeting_at is not None and not facts.ended_at and local_day(facts.meeting_at) >= today
    return Shown(
        facts=facts,
        address=None if facts.is_address_protected else keyring.open(facts.address),
        words=keyring.open(facts.words) if facts.words else None,
        meeting_at=facts.meeting_at if is_wanted else None,
    )


def _may_read_own(context: Context) -> None:
    allow(context, Action.READ_OWN_OBSERVATIONS, Resource(association=context.actor.association, observer=context.actor.id))


def whom_to_ring(context: Context, service: Service) -> Iterable[Person]:
    """Whom to ring: the leads, or who stands in for them now, and whoever is on call."""
    staff = service.staff.within(context.actor.association)
    here = [staff.in_place_of(lead.id, context.at) for lead in staff.with_role(Role.SOCIAL_LEAD)]
    on_call = [person.id for person in staff.on_call(context.at)]
    return [person for id in dict.fromkeys((*here, *on_call)) if (person := staff.person(id))]
