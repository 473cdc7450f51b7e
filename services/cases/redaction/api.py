"""One text of a case is taken out, as JSON."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field

from services.cases.case.queries.history import facts_for
from services.cases.redaction.commands import redact
from shared.ground.described import Described
from shared.privacy.access import Action
from shared.web.web import RequestContext, Running
from shared.words.code import one_of
from shared.words.vocabulary.erasure import RedactionReason

router = APIRouter(prefix="/api/cases", tags=["redactions"])


class RedactionIn(Described):
    """Which text is to go, and why."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    """The event in which it stands, as the timeline has it."""
    name: Annotated[str, Field(max_length=60)]
    """Its name among the words of that event."""
    reason: Annotated[str, Field(max_length=40, json_schema_extra=one_of(RedactionReason))]
    """Why."""


@router.post("/{case_id}/redactions", status_code=204, openapi_extra={"x-action": Action.REDACT_TEXT})
async def redact_one_text(case_id: UUID, body: RedactionIn, context: RequestContext, service: Running) -> Response:
    """Make one text unreadable, here and wherever it was copied to; said again, it stays so."""
    async with service.read() as connection:
        await facts_for(connection, case_id, context, Action.REDACT_TEXT)
    await redact(case_id=case_id, version=body.version, name=body.name, reason=body.reason, context=context, service=service)
    return Response(status_code=204)
