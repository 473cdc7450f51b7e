"""The procedure as JSON: the versions, one version, and adopting a new one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from services.cases.procedure.queries import at_hand, procedure, version_in_force, versions
from services.cases.procedure.rules.document import ProcedureDocument
from shared.ground.described import Described
from shared.ground.working_days import local_day
from shared.privacy.access import Action, Resource, allow
from shared.web.web import RequestContext, Running

router = APIRouter(prefix="/api/procedure", tags=["procedure"])


class Adoption(Described):
    """The YAML of a new version."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=60_000)]
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


class VersionsJson(Described):
    """Every adopted version, the newest first."""

    versions: list[VersionJson]
    """Versions."""


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


@router.post("/versions", status_code=204, openapi_extra={"x-action": Action.ADOPT_PROCEDURE})
async def adopt(body: Adoption, context: RequestContext, service: Running) -> None:
    """Adopt a version. The same text again changes nothing; the same version with another content is refused."""
    allow(context, Action.ADOPT_PROCEDURE, Resource(association=context.actor.association))
    await service.do(adopt_procedure, AdoptProcedure(text=body.text), context)
