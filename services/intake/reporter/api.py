"""JSON: a call about somebody, and the thanks for it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, ConfigDict, Field

from services.intake.observation.api import AT_ITS_ADDRESS, Area, Code, Place, Registered, Severity, Signals
from services.intake.observation.rules.report import Report
from services.intake.reporter.commands import (
    AboutReporter,
    FlagReporter,
    flag_reporter,
    refuse_outcome,
    take_call_once,
    take_flag_back,
    thank_reporter,
)
from services.intake.reporter.queries import TakenCall, calls_of
from services.intake.reporter.rules.reporter import STANDARD_REFUSAL, Caller
from services.intake.reporter.steps import WHAT_TO_SAY, calls_for_leads, flags_of_the_same, own_call
from shared.ground.described import Described
from shared.ground.fields import Instant
from shared.privacy.access import Action, Resource, allow, reach
from shared.privacy.personal import Keyring
from shared.web.pagination import limited
from shared.web.web import RequestContext, Running
from shared.words.code import one_of
from shared.words.vocabulary.beginning import REPORTED, PlaceKind, Way
from shared.words.vocabulary.consent import Answer

api = APIRouter(prefix="/api/calls", tags=["calls"])
callers_api = APIRouter(prefix="/api/callers", tags=["calls"])


class CallIn(Described):
    """What somebody outside told about somebody else. `id` is made by whoever takes the call, so that sending it again is safe."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    """Made by the phone (UUIDv7): sent again it is registered once."""
    reporter_id: UUID
    """Likewise, for whoever called; a random one (UUIDv4), for nothing is to lead from what was told to who told it."""
    source: Annotated[Code, Field(json_schema_extra=one_of(REPORTED))]
    """What kind of person called; all that anybody who reads the case learns of them."""
    name: str = ""
    """Who called; sealed under a key of their own, for whoever took the call alone."""
    phone: str = ""
    """Where they can be thanked; sealed likewise."""
    is_thanked: bool = False
    """Whether they were thanked on the phone already."""
    is_complaint: bool = False
    """Whether it is a complaint, which is refused here."""
    home_id: UUID | None = None
    """The home it is about, where it is about one."""
    place: Place = PlaceKind.HOME.value
    area: Area = ""
    estate_id: Code = ""
    """The estate, for a place that is no home."""
    where: str = ""
    """Where it is, in words, for a place that is no home; sealed before it is stored."""
    observed_at: Instant
    """When they called."""
    signals: Signals
    severity: Severity
    words: str = ""
    """What they told; sealed before it is stored. Never who they are."""

    def report(self) -> Report:
        """What was told, as the command takes it; nobody asked the resident."""
        return Report(
            observation_id=self.id,
            home_id=self.home_id,
            observed_at=self.observed_at,
            signals=self.signals,
            severity=self.severity,
            consent_answer=Answer.NOT_ASKED.value,
            consent_wording="",
            consent_scope=(),
            words=self.words,
            place=self.place,
            area=self.area,
            estate_id=self.estate_id,
            where=self.where,
            source=self.source,
            how=Way.PHONE.value,
        )

    def caller(self) -> Caller:
        """Who told it."""
        return Caller(source=self.source, name=self.name, phone=self.phone, is_complaint=self.is_complaint, is_thanked=self.is_thanked)


class CallOut(Described):
    """A call that one took oneself; `name` and `phone` are null when they were not told, or have been erased."""

    reporter_id: UUID
    """Whoever called."""
    received_at: AwareDatetime
    """When it was received, to the hour."""
    source: str
    """What kind of person called."""
    name: str | None
    """Who it was."""
    phone: str | None
    """Where they can be thanked."""
    thanks_due: AwareDatetime | None
    """Until when they are to be thanked; null where they were, or there is nobody to call."""
    thanked_at: AwareDatetime | None
    """When they were thanked."""
    is_late: bool
    """Whether nobody did in time."""
    times_asked: int
    """How often they asked what came of it."""
    flags: tuple[str, ...] = ()
    """Why a lead flagged earlier calls from the same number: what is told is looked at with care. Only for one call at a time."""


class CallerOut(Described):
    """A call without who it was."""

    reporter_id: UUID
    """Whoever called."""
    received_at: AwareDatetime
    """When it was received, to the hour."""
    source: str
    """What kind of person called."""
    taken_by: str
    """Who took the call: an opaque staff id."""
    from_the_same: int
    """How many of these calls came from the same number, with this one."""
    flag: str | None
    """Why what they tell is looked at with care, each reason on a line of its own; null where it is not."""


class CallersOut(Described):
    """Calls to the association, the newest first."""

    items: list[CallerOut]
    """Calls."""


class Flag(Described):
    """What they tell is to be looked at with care."""

    model_config = ConfigDict(extra="forbid")

    reason: str
    """Why; sealed as theirs. Nothing about a resident."""


class CallsOut(Described):
    """Calls that one took oneself."""

    items: list[CallOut]
    """Those who are to be thanked first."""


class Asking(Described):
    """They asked what came of it."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    """Made by the one who was asked: sent again, it is noted once."""


class ToSay(Described):
    """What they are answered."""

    say: str
    """Word for word."""
    version: str
    """The version of the words."""


@api.post("", status_code=201, responses={201: AT_ITS_ADDRESS}, openapi_extra={"x-action": Action.REGISTER_OBSERVATION})
async def post_call(body: CallIn, context: RequestContext, service: Running, response: Response) -> Registered:
    """Take a call about somebody. The same id with the same content gets the same answer; with another content 409."""
    answer = await take_call_once(body.report(), body.reporter_id, body.caller(), context, service)
    response.headers["Location"] = f"/intake/api/calls/{body.reporter_id}"
    return Registered.model_validate({"id": body.id, "receipt": answer["receipt"], "received_at": answer["received_at"]})


@api.get("", openapi_extra={"x-action": Action.ANSWER_REPORTER})
async def get_calls(context: RequestContext, service: Running, limit: Annotated[int | None, Query(ge=1, le=200)] = None) -> CallsOut:
    """The calls one took oneself."""
    allow(context, Action.ANSWER_REPORTER, Resource(association=context.actor.association, observer=context.actor.id))
    async with service.read() as connection:
        found = await calls_of(connection, context, reach(context, Action.ANSWER_REPORTER), limit=limited(limit))
    keyring = await service.keyring(value for call in found for value in (call.name, call.phone) if value)
    return CallsOut(items=[_shown(call, keyring) for call in found])


@api.get("/{reporter_id}", openapi_extra={"x-action": Action.ANSWER_REPORTER})
async def get_call(reporter_id: UUID, context: RequestContext, service: Running) -> CallOut:
    """One of them."""
    call = await own_call(context, service, reporter_id)
    shown = _shown(call, await service.keyring(value for value in (call.name, call.phone) if value))
    return shown.model_copy(update={"flags": tuple(await flags_of_the_same(service, context, call))})


@api.post("/{reporter_id}/thanked", status_code=204, openapi_extra={"x-action": Action.ANSWER_REPORTER})
async def post_thanked(reporter_id: UUID, context: RequestContext, service: Running) -> None:
    """They were thanked, and told nothing about the resident; twice is no news."""
    await own_call(context, service, reporter_id)
    await service.do(thank_reporter, AboutReporter(reporter_id=reporter_id), context)


@api.post("/{reporter_id}/outcome-asked", openapi_extra={"x-action": Action.ANSWER_REPORTER})
async def post_outcome_asked(reporter_id: UUID, body: Asking, context: RequestContext, service: Running) -> ToSay:
    """They ask what came of it: it is noted, and what they are answered is the same for everybody."""
    await own_call(context, service, reporter_id)
    await service.do_once(refuse_outcome, AboutReporter(reporter_id=reporter_id), context, id=body.id, content=[str(reporter_id)])
    return ToSay(say=WHAT_TO_SAY, version=STANDARD_REFUSAL)


@callers_api.get("", openapi_extra={"x-action": Action.FLAG_REPORTER})
async def get_callers(context: RequestContext, service: Running, limit: Annotated[int | None, Query(ge=1, le=200)] = None) -> CallersOut:
    """Which calls came from the same number, and not whose it is."""
    found = await calls_for_leads(context, service, limit=limited(limit))
    return CallersOut(
        items=[
            CallerOut(
                reporter_id=one.call.reporter_id,
                received_at=one.call.received_at,
                source=one.call.source,
                taken_by=one.call.taken_by,
                from_the_same=one.from_the_same,
                flag="\n".join(one.reasons) or None,
            )
            for one in found
        ]
    )


@callers_api.post("/{reporter_id}/flag", status_code=204, openapi_extra={"x-action": Action.FLAG_REPORTER})
async def post_flag(reporter_id: UUID, body: Flag, context: RequestContext, service: Running) -> None:
    """Whoever takes their next call reads why; no case does. Another reason stands beside the first."""
    allow(context, Action.FLAG_REPORTER, Resource(association=context.actor.association))
    await service.do(flag_reporter, FlagReporter(reporter_id=reporter_id, reason=body.reason), context)


@callers_api.post("/{reporter_id}/flag-taken-back", status_code=204, openapi_extra={"x-action": Action.FLAG_REPORTER})
async def post_flag_taken_back(reporter_id: UUID, context: RequestContext, service: Running) -> None:
    """It was not so; twice is no news."""
    allow(context, Action.FLAG_REPORTER, Resource(association=context.actor.association))
    await service.do(take_flag_back, AboutReporter(reporter_id=reporter_id), context)


def _shown(call: TakenCall, keyring: Keyring) -> CallOut:
    return CallOut(
        reporter_id=call.reporter_id,
        received_at=call.received_at,
        source=call.source,
        name=keyring.opened(call.name),
        phone=keyring.opened(call.phone),
        thanks_due=call.thanks_due,
        thanked_at=call.thanked_at,
        is_late=call.is_late,
        times_asked=call.times_asked,
    )
