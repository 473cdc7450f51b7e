"""What both JSON and pages do with a call: whose it is, and what is said to everybody who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.intake.reporter.queries import TakenCall, call_of, everybody_who_called
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.privacy.access import Action, Resource, allow, reach
from shared.words.language import marked

WHAT_TO_SAY = marked(
    "Tak, fordi du ringede. Vi har taget imod det, og vi ser på det. Vi fortæller aldrig noget om en beboer til andre – heller ikke, om"
    " der er en sag – og det gælder også dig."
)
"""What is answered to everybody outside who asks what came of it, a member of the board too."""


def may_answer(context: Context, call: TakenCall) -> None:
    """Whoever took the call, or stands in for them."""
    allow(context, Action.ANSWER_REPORTER, Resource(association=context.actor.association, observer=call.taken_by))


async def own_call(context: Context, service: Service, reporter_id: UUID) -> TakenCall:
    """One call of one's own. Raises `NotFound`."""
    async with service.read() as connection:
        return await call_of(connection, context, reach(context, Action.ANSWER_REPORTER), reporter_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownCaller:
    """A call, with who it was: that is how somebody who asks to be erased is found."""

    reporter_id: UUID
    received_at: datetime
    source: str
    taken_by: str
    name: str | None
    phone: str | None


async def callers(context: Context, service: Service, *, limit: int) -> Sequence[KnownCaller]:
    """The newest first; the look is noted. Whether one may is the caller's to ask."""
    async with service.read() as connection:
        found = await everybody_who_called(connection, context, limit=limit)
    keyring = await service.keyring(value for call in found for value in (call.name, call.phone) if value)
    return [
        KnownCaller(
            reporter_id=call.reporter_id,
            received_at=call.received_at,
            source=call.source,
            taken_by=call.taken_by,
            name=keyring.opened(call.name),
            phone=keyring.opened(call.phone),
        )
        for call in found
    ]
