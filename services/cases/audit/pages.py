"""The pages for those who check: state a purpose, who looked, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from services.cases.audit.queries.chosen import SERVICES, ChoiceCannotBeRead, Wanted
from services.cases.audit.queries.log import LoggedLook, LookNumber, cases_among, read_log
from services.cases.audit.queries.verifying import verified_chain
from services.cases.case.pages.story import BREAKS
from services.cases.case.queries.glass import to_review
from shared.ground.provenance import Context
from shared.history import event_store
from shared.history.service import Service
from shared.history.watching import FEWER, BrokenStream, broken_streams
from shared.privacy.access import GRANTS, Action, Resource, allow, reach
from shared.privacy.staff import StaffDirectory
from shared.web.pagination import PAGE_SIZE
from shared.web.web import RequestContext, Running, carried_purpose
from shared.web.website import Cell, LinkTo, StandsOut, page
from shared.words.labels import label
from shared.words.language import Language, language_of, marked, translated
from shared.words.vocabulary.people import Look, Purpose, Relation, Role

Before = Annotated[LookNumber | None, Query()]

HELD = {True: marked("Ja"), False: marked("Nej")}
NOBODY_KNOWS_WHICH = marked("Ikke til at se hvilke")
"""Where histories were taken away whole."""
KEPT_TO_ITSELF = marked("Vises af verify dér")
"""Instead of a place that another service found: what it is about is not told around."""
SHOWN_AT_MOST = 100
UNPROCESSABLE = 422

pages = APIRouter(prefix="/audit", include_in_schema=False)


@pages.get("", openapi_extra={"x-action": Action.READ_ACCESS_LOG})
async def show_audit(request: Request, context: RequestContext, service: Running) -> Response:
    """Where a checker begins: first of all with what is not what was written, in any of the services."""
    allow(context, Action.READ_ACCESS_LOG, Resource(association=context.actor.association))
    async with service.read() as connection:
        known = await broken_streams(connection, association=context.actor.association, most=SHOWN_AT_MOST)
        streams = {one.stream_id for one in known if one.stream_id}
        cases = await cases_among(connection, streams, reach(context, Action.READ_CASE))
        glasses = await to_review(connection, context)
    purpose = carried_purpose(context)
    broken = [_known_broken(one, cases, language_of(request), query=purpose.query) for one in known]
    return page(request, "audit.html", purpose=purpose, broken=broken, glasses=glasses)


@pages.get("/purpose", openapi_extra={"x-action": Action.STATE_PURPOSE})
async def show_purposes(request: Request, context: RequestContext, next: Annotated[str, Query(max_length=300)] = "") -> Response:
    """Say why, before reading: one button for each purpose that belongs to the role."""
    allow(context, Action.STATE_PURPOSE, Resource(association=context.actor.association))
    grant = GRANTS[context.actor.role][Action.STATE_PURPOSE]
    within = next if next.startswith(("/cases/", "/reporting/looks")) and "\\" not in next and next.isprintable() else "/cases/audit"
    return page(request, "purpose.html", purposes=[purpose.value for purpose in grant.purposes], next=within.partition("?")[0])


@pages.get("/looks", openapi_extra={"x-action": Action.READ_ACCESS_LOG})
async def show_looks(
    request: Request, context: RequestContext, service: Running, wanted: Annotated[Wanted, Depends()], before: Before = None
) -> Response:
    """Who looked at what and why, in all services; reading this is noted as well."""
    return await _looks(request, context, service, wanted, about=None, before=before)


@pages.get("/looks/{case_id:uuid}", openapi_extra={"x-action": Action.READ_ACCESS_LOG})
async def show_looks_at_case(
    request: Request,
    case_id: UUID,
    context: RequestContext,
    service: Running,
    wanted: Annotated[Wanted, Depends()],
    before: Before = None,
) -> Response:
    """Who looked at one case and why."""
    return await _looks(request, context, service, wanted, about=case_id, before=before)


@pages.get("/chain", openapi_extra={"x-action": Action.VERIFY_CHAIN})
async def show_chain(request: Request, context: RequestContext, service: Running, stream: UUID | None = None, verify: str = "") -> Response:
    """Recompute the chain of hashes, of everything in the association or of one case, and say plainly whether it holds."""
    allow(context, Action.VERIFY_CHAIN, Resource(association=context.actor.association))
    purpose = carried_purpose(context)
    if not verify:
        return page(request, "chain.html", found=None, stream=stream, purpose=purpose)
    chain = await verified_chain(context, service, stream=stream)
    async with service.read() as connection:
        streams = {place.stream_id for place in chain.found.broken}
        cases = await cases_among(connection, streams, reach(context, Action.READ_CASE))
    broken = _broken(chain.found, cases, language_of(request), query=purpose.query)
    before = [_ended(each, language_of(request)) for each in chain.before]
    return page(request, "chain.html", found=chain.found, broken=broken, before=before, stream=stream, at=context.at, purpose=purpose)


async def _looks(
    request: Request, context: Context, service: Service, wanted: Wanted, *, about: UUID | None, before: int | None
) -> Response:
    """A choice that cannot be read is said so above the choices, and nothing is shown."""
    refusal: ChoiceCannotBeRead | None = None
    found: list[LoggedLook] = []
    try:
        found = await read_log(context, service, wanted, about=about, before=before, limit=PAGE_SIZE)
    except ChoiceCannotBeRead as error:
        refusal = error
    staff, language, purpose = service.staff.within(context.actor.association), language_of(request), carried_purpose(context)
    shown, chosen = found[:PAGE_SIZE], wanted.in_address
    address = f"/cases/audit/looks/{about}" if about else "/cases/audit/looks"
    stated = {"formaal": purpose.code} | chosen
    response = page(
        request,
        "looks.html",
        looks=[_look(look, staff, language, whose_case=about is None, query=purpose.query) for look in shown],
        about=about,
        address=address,
        chosen=chosen,
        refusal=refusal,
        people=sorted(((person.name, person.id) for person in staff.known), key=lambda one: one[0].casefold()),
        roles=list(Role),
        purposes=list(Purpose),
        relations=list(Relation),
        services=SERVICES,
        kinds=sorted(Look, key=lambda look: label(look, "looks", language=language)),
        next=f"{address}?{urlencode(stated | {'before': shown[-1].position})}" if len(found) > PAGE_SIZE else "",
        file="/cases/api/audit/looks.csv?" + urlencode(stated | ({"case_id": str(about)} if about else {})),
        purpose=purpose,
    )
    if refusal is not None:
        response.status_code = UNPROCESSABLE
    return response


def _look(look: LoggedLook, staff: StaffDirectory, language: Language, *, whose_case: bool, query: str) -> list[Cell]:
    """A look as a row; in the whole association it says at which case, and leads to everybody who looked at that."""
    relation, where = label(look.relation, "relations", language=language), SERVICES.get(look.service)
    row: list[Cell] = [
        look.at,
        staff.name_of(look.actor) + (f" ({staff.name_of(look.on_behalf_of)})" if look.on_behalf_of else ""),
        label(look.role, "roles", language=language),
        label(look.action, "looks", language=language) + (f" ({look.selection})" if look.selection else ""),
        label(look.purpose, "purposes", language=language),
        StandsOut(relation) if look.stands_out else relation,
        translated(where, language) if where else look.service,
    ]
    if not whose_case:
        return row
    if look.is_a_case:
        return [*row, LinkTo(str(look.about)[:8], f"/cases/audit/looks/{look.about}{query}")]
    return [*row, str(look.about or "")[:8]]


def _broken(found: event_store.Verified, cases: Collection[UUID], language: Language, *, query: str) -> list[list[Cell]]:
    """The places where the chain does not hold, as rows; a case can be opened from there."""
    return [
        [
            LinkTo(str(place.stream_id), f"/cases/{place.stream_id}{query}") if place.stream_id in cases else str(place.stream_id),
            place.version,
            translated(BREAKS[place.what], language) if place.what in BREAKS else place.what,
        ]
        for place in found.broken[:SHOWN_AT_MOST]
    ]


def _known_broken(one: BrokenStream, cases: Collection[UUID], language: Language, *, query: str) -> list[Cell]:
    """What the clock found, or another service told, as a row; a case can be opened from there."""
    where = str(one.stream_id) if one.stream_id else translated(KEPT_TO_ITSELF, language)
    if one.what == FEWER:
        where = translated(NOBODY_KNOWS_WHICH, language)
    return [
        one.found_at,
        translated(SERVICES[one.service], language) if one.service in SERVICES else one.service,
        LinkTo(where, f"/cases/{where}{query}") if one.stream_id in cases else where,
        one.version or "",
        translated(BREAKS[one.what], language) if one.what in BREAKS else "",
    ]


def _ended(chain: event_store.ChainBefore, language: Language) -> list[Cell]:
    """A chain that ended, as a row."""
    return [chain.ended_at, chain.root, chain.streams, chain.events, translated(HELD[chain.held], language)]
