"""Spot checks as JSON; a checker states the purpose in the header `Brobygger-Purpose`."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, ConfigDict, Field

from services.cases.audit.api import LookJson
from services.cases.audit.queries.log import LookNumber
from services.cases.spot_check.queries import Check, SampledLook, checks
from services.cases.spot_check.steps import CheckRead, answer, ask, close, draw, own_questions, plan_once, read_check
from shared.ground.described import Described
from shared.ground.fields import Day
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow
from shared.web.pagination import MOST_ROWS, PAGE_SIZE
from shared.web.web import RequestContext, Running
from shared.words.code import one_of
from shared.words.vocabulary.checking import Finding, SampleOf
from shared.words.vocabulary.people import Look, Relation

router = APIRouter(prefix="/api/spot-checks", tags=["spot checks"])

Limit = Annotated[int, Query(ge=1, le=MOST_ROWS)]


class PlanIn(Described):
    """What is to be drawn; the seed is noted with it."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    """Made by whoever draws: sent again, it is one check."""
    since: Day
    """The first Danish day."""
    until: Day
    """The last one."""
    stratum: Annotated[str, Field(max_length=40, json_schema_extra=one_of(SampleOf))] = SampleOf.ALL.value
    """From which look-ups."""
    size: Annotated[int, Field(ge=-(2**31), lt=2**31)]
    """How many, from 1 to 200."""


class WordsIn(Described):
    """Why one looked."""

    model_config = ConfigDict(extra="forbid")

    words: str
    """In words of one's own; sealed before they are stored."""


class FindingIn(Described):
    """What came of one look-up."""

    model_config = ConfigDict(extra="forbid")

    finding: Annotated[str, Field(max_length=40, json_schema_extra=one_of(Finding))]
    """What is said of it."""
    words: str = ""
    """Why; sealed before it is stored. What is fine needs none."""


class CheckJson(Described):
    """A spot check."""

    check_id: UUID
    """The check."""
    planned_by: str
    """Who draws it: an opaque staff id. Their own look-ups are not among it."""
    planned_at: AwareDatetime
    """When the seed was noted."""
    seed: str
    """The seed, in hexadecimal digits."""
    since: date
    """The first Danish day."""
    until: date
    """The last one."""
    stratum: str
    """From which look-ups."""
    size: int
    """How many."""
    last_position: int
    """The last line of the log that can be drawn."""
    among: int | None
    """From how many it was drawn; null until it is."""
    drawn_at: AwareDatetime | None
    """When it was drawn."""
    closed_at: AwareDatetime | None
    """When there was a finding for each."""
    left_over: int
    """Look-ups without one."""
    not_fine: int
    """Look-ups that were not fine."""


class SampledJson(Described):
    """One look-up of a sample."""

    look: int
    """Its number in the log."""
    logged: LookJson | None
    """What the log says of it; null where it has it no more, and for who keeps out of what was looked at."""
    asked_at: AwareDatetime | None
    """When whoever looked was asked why."""
    answered_at: AwareDatetime | None
    """When they said it."""
    answer: str | None
    """What they said; null until then, where it was erased, and for an auditor."""
    finding: str
    """What came of it; empty until there is a finding."""
    words: str | None
    """Why; likewise."""
    found_at: AwareDatetime | None
    """When."""


class CheckInFullJson(CheckJson):
    """The same with its sample, drawn again while it was read."""

    among_now: int
    """How many of the look-ups it was drawn from the log still has."""
    the_same_sample: bool
    """Whether the same sample comes of it."""
    sample: list[SampledJson]
    """Its look-ups, in the order in which they were drawn."""


class ChecksJson(Described):
    """Spot checks, the newest first."""

    checks: list[CheckJson]
    """Checks."""


class QuestionJson(Described):
    """What one is asked about a look-up of one's own."""

    check_id: UUID
    """The check."""
    look: int
    """The number of the look-up in the log."""
    logged: LookJson | None
    """What the log says of it; null where it has it no more."""


class QuestionsJson(Described):
    """What one is asked and has not answered."""

    questions: list[QuestionJson]
    """Questions."""


@router.post("", status_code=204, openapi_extra={"x-action": Action.DRAW_LOOKS})
async def post_check(body: PlanIn, context: RequestContext, service: Running) -> Response:
    """Note a seed for a sample of a period. Nothing is drawn yet."""
    await plan_once(id=body.id, since=body.since, until=body.until, stratum=body.stratum, size=body.size, context=context, service=service)
    return Response(status_code=204)


@router.get("", openapi_extra={"x-action": Action.READ_SPOT_CHECKS})
async def list_checks(context: RequestContext, service: Running, limit: Limit = PAGE_SIZE) -> ChecksJson:
    """The spot checks of the association; reading this is noted."""
    allow(context, Action.READ_SPOT_CHECKS, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await checks(connection, association=context.actor.association, limit=limit)
        await log_access(connection, context, action=Look.READ_SPOT_CHECK, relation=Relation.ASSOCIATION)
    return ChecksJson(checks=[CheckJson(**_facts(one)) for one in found])


@router.get("/questions", openapi_extra={"x-action": Action.ANSWER_FOR_LOOK})
async def list_questions(context: RequestContext, service: Running) -> QuestionsJson:
    """What one is asked about one's own look-ups."""
    found = await own_questions(context, service)
    return QuestionsJson(questions=[QuestionJson(check_id=id, look=one.look, logged=_logged(one)) for id, one in found])


@router.get("/{check_id}", openapi_extra={"x-action": Action.READ_SPOT_CHECKS})
async def get_check(check_id: UUID, context: RequestContext, service: Running) -> CheckInFullJson:
    """A check with its sample, which is drawn again from the log as it is; reading it is noted."""
    read = await read_check(check_id, context, service)
    sample = [_sampled(one, read) for one in read.sample]
    return CheckInFullJson(**_facts(read.check), among_now=read.among_now, the_same_sample=read.is_the_same, sample=sample)


@router.post("/{check_id}/drawing", status_code=204, openapi_extra={"x-action": Action.DRAW_LOOKS})
async def post_drawing(check_id: UUID, context: RequestContext, service: Running) -> Response:
    """Draw the sample by the seed; said again it is no news."""
    await draw(check_id, context, service)
    return Response(status_code=204)


@router.post("/{check_id}/looks/{look}/question", status_code=204, openapi_extra={"x-action": Action.DRAW_LOOKS})
async def post_question(check_id: UUID, look: LookNumber, context: RequestContext, service: Running) -> Response:
    """Ask whoever looked; said again it is no news."""
    await ask(check_id, look, context, service)
    return Response(status_code=204)


@router.post("/{check_id}/looks/{look}/answer", status_code=204, openapi_extra={"x-action": Action.ANSWER_FOR_LOOK})
async def post_answer(check_id: UUID, look: LookNumber, body: WordsIn, context: RequestContext, service: Running) -> Response:
    """Say why one looked."""
    await answer(check_id, look, words=body.words, context=context, service=service)
    return Response(status_code=204)


@router.post("/{check_id}/looks/{look}/finding", status_code=204, openapi_extra={"x-action": Action.DRAW_LOOKS})
async def post_finding(check_id: UUID, look: LookNumber, body: FindingIn, context: RequestContext, service: Running) -> Response:
    """Close one; with the last of them the check is closed."""
    await close(check_id, look, finding=body.finding, words=body.words, context=context, service=service)
    return Response(status_code=204)


def _facts(check: Check) -> dict[str, object]:
    return {name: getattr(check, name) for name in CheckJson.model_fields}


def _logged(one: SampledLook) -> LookJson | None:
    return LookJson.model_validate(one.logged) if one.logged and not one.is_kept_out_of else None


def _sampled(one: SampledLook, read: CheckRead) -> SampledJson:
    opens = read.keyring if not one.is_kept_out_of else None
    return SampledJson(
        look=one.look,
        logged=_logged(one),
        asked_at=one.asked_at,
        answered_at=one.answered_at,
        answer=opens.opened(one.answer) if opens else None,
        finding=one.finding,
        words=opens.opened(one.words) if opens else None,
        found_at=one.found_at,
    )
