"""A case that is, or was, about the wrong person, as JSON: who read it, who was told, and what is still to be done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter

from services.cases.case.queries.history import facts_for
from services.cases.case.queries.wrong_person import wrongness
from shared.ground.described import Described
from shared.privacy.access import Action
from shared.web.web import RequestContext, Running

router = APIRouter(prefix="/api/cases", tags=["cases"])


class ReaderJson(Described):
    """Somebody who read it while it was wrong."""

    actor: str
    """Who: an opaque staff id."""
    role: str
    """In which role."""
    on_behalf_of: str
    """Whom they stood in for; empty otherwise."""
    purpose: str
    """Why they said they looked."""
    action: str
    """What they looked at."""
    times: int
    """How often."""
    first: datetime
    """The first time."""
    last: datetime
    """The last time."""


class DisclosureJson(Described):
    """Something that was told."""

    kind: str
    """`referral`, `order` or `notice`; a notice tells nothing about anybody."""
    id: UUID | None
    """The referral or the order."""
    to: str
    """Whom: a recipient outside, or the opaque staff id of a colleague."""
    at: datetime
    """When."""
    due: datetime | None
    """Until when they are to be asked to delete it; null where nobody is."""
    reply: str
    """What they said; empty until they were asked."""


class WrongPersonJson(Described):
    """A case that is, or was, about the wrong person."""

    case_id: UUID
    """The case."""
    frozen: bool
    """Whether nothing goes out."""
    until: datetime
    """When it was put right; now, where it is not yet."""
    readers: list[ReaderJson]
    """Everybody who read it until then."""
    disclosures: list[DisclosureJson]
    """Everybody who was told something until then."""
    breach_due: datetime | None
    """Until when the breach is to be assessed; null where nothing runs."""
    finding: str
    """What was found; empty until it was assessed."""
    subject_to_be_told: bool
    """Whether whoever it was about by mistake is still to be told, or an exception recorded."""


@router.get("/{case_id}/wrong-person", openapi_extra={"x-action": Action.CORRECT_PERSON})
async def read_wrong_person(case_id: UUID, context: RequestContext, service: Running) -> WrongPersonJson:
    """Who read a case and who was told of it while it was about the wrong person; the look is written down."""
    async with service.read() as connection:
        facts = await facts_for(connection, case_id, context, Action.CORRECT_PERSON)
        found = await wrongness(connection, facts, context)
    correction = found.case.correction
    return WrongPersonJson(
        case_id=case_id,
        frozen=correction.is_frozen,
        until=found.until,
        readers=[ReaderJson(**{name: getattr(one, name) for name in ReaderJson.model_fields}) for one in found.readers],
        disclosures=[DisclosureJson(**{name: getattr(one, name) for name in DisclosureJson.model_fields}) for one in found.disclosures],
        breach_due=correction.breach_due,
        finding=correction.finding,
        subject_to_be_told=correction.is_subject_to_be_told,
    )
