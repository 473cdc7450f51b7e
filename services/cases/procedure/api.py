"""The procedure as JSON: its versions, adopting a new one, confirming what was proposed, withdrawing what does not hold yet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field

from services.cases.procedure.commands import (
    AdoptProcedure,
    ConfirmVersion,
    WithdrawVersion,
    adopt_procedure,
    confirm_version,
    withdraw_version,
)
from services.cases.procedure.queries import at_hand, procedure, proposals, version_in_force, versions
from services.cases.procedure.rules.document import ProcedureDocument
from services.cases.procedure.rules.reading import LONGEST
from shared.ground.described import Described
from shared.ground.working_days import local_day
from shared.privacy.access import Action, Resource, allow
from shared.web.web import RequestContext, Running
from shared.words.vocabulary.procedure import WithdrawalReason

router = APIRouter(prefix="/api/procedure", tags=["procedure"])


class Adoption(Described):
    """The YAML of a new version."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    """The whole file."""


class VersionJson(Described):
    """One adopted version."""

    model_config = ConfigDict(from_attributes=True)

    version: str
    """What the association calls it."""
    effective_on: date
    """The first day it holds."""
    adopted_at: datetime
    """When it was adopted."""
    adopted_by: str
    """By whom: an opaque staff id."""
    digest: str
    """SHA-256 of the text."""
    state: str
    """`adopted`, or `withdrawn` before it held."""
    proposed_by: str
    """Who proposed what somebody else confirmed; empty where nothing was odd."""
    withdrawn_at: datetime | None
    """When it was withdrawn."""
    withdrawn_by: str
    """By whom: an opaque staff id."""
    withdrawn_reason: str
    """Why, as a code."""


class VersionsJson(Described):
    """Every adopted version, the newest first."""

    versions: list[VersionJson]
    """Versions."""


class OddJson(Described):
    """One thing that is odd: it may be meant so, but is more often a slip."""

    model_config = ConfigDict(from_attributes=True)

    what: str
    """What is odd, as a code."""
    place: str
    """Where in the file."""
    value: str
    """What stands there, where it matters."""


class OdditiesJson(Described):
    """The version is proposed: it holds when somebody else has confirmed it."""

    oddities: list[OddJson]
    """Everything that is odd about it."""


class ProposalJson(Described):
    """A version that waits for somebody else to confirm it."""

    model_config = ConfigDict(from_attributes=True)

    version: str
    """What the association calls it."""
    effective_on: date
    """The first day it is to hold."""
    digest: str
    """SHA-256 of the text; who confirms it says which text they read."""
    text: str
    """The YAML."""
    proposed_at: datetime
    """When it was proposed."""
    proposed_by: str
    """By whom: an opaque staff id."""
    oddities: list[OddJson]
    """Everything that is odd about it."""


class ProposalsJson(Described):
    """Every version that waits, the newest first."""

    proposals: list[ProposalJson]
    """Proposals."""


class Confirmation(Described):
    """It is meant so."""

    model_config = ConfigDict(extra="forbid")

    digest: Annotated[str, Field(min_length=64, max_length=64)]
    """Of the text that was read."""


class Withdrawal(Described):
    """Why it is not to hold."""

    model_config = ConfigDict(extra="forbid")

    reason: WithdrawalReason
    """As a code."""


@router.get("", openapi_extra={"x-action": Action.READ_PROCEDURE})
async def read_current(context: RequestContext, service: Running) -> ProcedureDocument:
    """The procedure in force today."""
    allow(context, Action.READ_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        version = await version_in_force(connection, context.actor.association, local_day(context.at))
        return (await procedure(service.memo, at_hand(connection), context.actor.association, version)).document


@router.get("/versions", openapi_extra={"x-action": Action.READ_PROCEDURE})
async def list_versions(context: RequestContext, service: Running) -> VersionsJson:
    """Every version that was adopted."""
    allow(context, Action.READ_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await versions(connection, context.actor.association)
    return VersionsJson(versions=[VersionJson.model_validate(one) for one in found])


@router.get("/versions/{version}", openapi_extra={"x-action": Action.READ_PROCEDURE})
async def read_version(version: str, context: RequestContext, service: Running) -> ProcedureDocument:
    """One version, as it was adopted."""
    allow(context, Action.READ_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        return (await procedure(service.memo, at_hand(connection), context.actor.association, version)).document


@router.post(
    "/versions",
    status_code=204,
    responses={202: {"model": OdditiesJson, "description": "It is proposed; somebody else confirms it."}},
    openapi_extra={"x-action": Action.ADOPT_PROCEDURE},
)
async def adopt(body: Adoption, context: RequestContext, service: Running) -> Response:
    """Adopt a version. Where something is odd about it, it is proposed and waits for somebody else (202, with everything that is odd).

    The same text again changes nothing; the same version with another content is refused.
    """
    allow(context, Action.ADOPT_PROCEDURE, Resource(association=context.actor.association))
    odd = await service.do(adopt_procedure, AdoptProcedure(text=body.text), context)
    if not odd:
        return Response(status_code=204)
    answer = OdditiesJson(oddities=[OddJson.model_validate(one) for one in odd])
    return Response(answer.model_dump_json(), status_code=202, media_type="application/json")


@router.post("/versions/{version}/withdrawal", status_code=204, openapi_extra={"x-action": Action.REVIEW_PROCEDURE})
async def withdraw(version: str, body: Withdrawal, context: RequestContext, service: Running) -> None:
    """Withdraw a version that does not hold yet; an earlier day may be adopted again then."""
    allow(context, Action.REVIEW_PROCEDURE, Resource(association=context.actor.association))
    await service.do(withdraw_version, WithdrawVersion(version=version, reason=body.reason), context)


@router.get("/proposals", openapi_extra={"x-action": Action.READ_PROCEDURE})
async def list_proposals(context: RequestContext, service: Running) -> ProposalsJson:
    """Every version that waits for somebody else to confirm it."""
    allow(context, Action.READ_PROCEDURE, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await proposals(connection, context.actor.association)
    return ProposalsJson(proposals=[ProposalJson.model_validate(one) for one in found])


@router.post("/proposals/{proposed}/confirmation", status_code=204, openapi_extra={"x-action": Action.REVIEW_PROCEDURE})
async def confirm(proposed: str, body: Confirmation, context: RequestContext, service: Running) -> None:
    """Confirm what somebody else proposed: it is adopted."""
    allow(context, Action.REVIEW_PROCEDURE, Resource(association=context.actor.association))
    await service.do(confirm_version, ConfirmVersion(version=proposed, digest=body.digest), context)


@router.post("/proposals/{proposed}/withdrawal", status_code=204, openapi_extra={"x-action": Action.REVIEW_PROCEDURE})
async def withdraw_proposal(proposed: str, body: Withdrawal, context: RequestContext, service: Running) -> None:
    """Withdraw what is only proposed."""
    allow(context, Action.REVIEW_PROCEDURE, Resource(association=context.actor.association))
    await service.do(withdraw_version, WithdrawVersion(version=proposed, reason=body.reason), context)
