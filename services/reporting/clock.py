"""The clock's round: when a month is over and settled, it is counted and published."""

from __future__ import annotations

from services.reporting.trends.commands import ReleaseMonths, release_months
from services.reporting.trends.queries.published import may_be_due
from shared.history.service import Service
from shared.history.turns import take_turns


async def publish_what_is_over(service: Service) -> None:
    """Release the months that are due, of every association with a policy."""
    now = service.clock.now()
    async with service.read() as connection:
        due = await may_be_due(connection, now=now)
    await take_turns(service, release_months, [(association, ReleaseMonths(at=now)) for association in due])
