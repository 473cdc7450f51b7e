"""The clock's round: when a month is over and settled, it is counted and published."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

from services.reporting.trends.commands import ReleaseMonths, release_months
from services.reporting.trends.queries.published import may_be_due
from shared.ground.errors import ChangedMeanwhile
from shared.ground.provenance import Actor, Context
from shared.history.service import Service
from shared.words.vocabulary.people import Purpose, Role


async def publish_what_is_over(service: Service) -> None:
    """Release the months that are due, of every association with a policy."""
    now = service.clock.now()
    async with service.read() as connection:
        due = await may_be_due(connection, now=now)
    for association in due:
        clock = Actor(id="system:clock", role=Role.SYSTEM, association=association)
        context = Context(actor=clock, purpose=Purpose.OPERATION, at=now, correlation_id=uuid4())
        with suppress(ChangedMeanwhile):  # another clock was faster
            await service.do(release_months, ReleaseMonths(at=now), context)
