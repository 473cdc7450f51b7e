"""What both JSON and pages do with a call: whose it is, and what is said to everybody who asks."""

from __future__ import annotations

from uuid import UUID

from services.intake.reporter.queries import TakenCall, call_of
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
