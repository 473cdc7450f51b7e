"""The texts of a case, for whoever may take one of them out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field
from starlette.responses import Response

from services.cases.case.pages.story import sealed_in
from services.cases.case.queries.history import facts_for
from services.cases.redaction.commands import redact
from services.cases.redaction.rules import NO_TEXTS
from shared.history import event_store
from shared.messaging.access_log import log_access
from shared.privacy.access import Action
from shared.privacy.personal import Sealed
from shared.web.forms import Filling, refusals_beside
from shared.web.web import RequestContext, Running, carried_purpose
from shared.web.website import go_to, page
from shared.words.language import marked
from shared.words.vocabulary.erasure import RedactionReason
from shared.words.vocabulary.people import Look

pages = APIRouter(include_in_schema=False)


class _Redaction(BaseModel):
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    name: Annotated[str, Field(max_length=60)]
    reason: RedactionReason


@pages.get("/{case_id:uuid}/texts", openapi_extra={"x-action": Action.REDACT_TEXT})
async def show_texts(request: Request, case_id: UUID, context: RequestContext, service: Running) -> HTMLResponse:
    """Every text of the case that still opens, newest first, each with the form that takes it out; reading them is noted."""
    async with service.read() as connection:
        facts = await facts_for(connection, case_id, context, Action.REDACT_TEXT)
        await log_access(connection, context, action=Look.READ_TEXTS, about=case_id, relation=facts.relation_of(context.actor))
        history = await event_store.load(connection, case_id, association=facts.association)
    keyring = await service.keyring(sealed_in(history.events))
    texts = [
        (event.originator_version, name, event.provenance.happened_at, text)
        for event in reversed(history.events)
        for name, value in vars(event).items()
        if isinstance(value, Sealed) and name not in NO_TEXTS and (text := keyring.open(value)) is not None
    ]
    return page(request, "texts.html", case_id=case_id, texts=texts, reasons=list(RedactionReason), purpose=carried_purpose(context))


@pages.post("/{case_id:uuid}/texts", openapi_extra={"x-action": Action.REDACT_TEXT})
async def redact_from_page(request: Request, case_id: UUID, context: RequestContext, service: Running, form: Filling) -> Response:
    """Take one out; a refusal stands above the texts."""
    async with service.read() as connection:
        await facts_for(connection, case_id, context, Action.REDACT_TEXT)
    async with refusals_beside(form, lambda: show_texts(request, case_id, context, service)):
        sent = form.read(_Redaction)
        await redact(case_id=case_id, version=sent.version, name=sent.name, reason=sent.reason.value, context=context, service=service)
    return go_to(f"/cases/{case_id}/texts{carried_purpose(context).query}", notice=marked("Teksten er fjernet. Resten af sagen står."))
