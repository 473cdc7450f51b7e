"""One look at the figures: allowed, written down, safe to show."""

from __future__ import annotations

from services.reporting.trends.queries.counts import Selection
from services.reporting.trends.queries.figures import Figures, figures_of
from services.reporting.trends.rules.period import asked_for
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.privacy.access import Action, Resource, allow
from shared.privacy.access_log import log_access


async def look_at(context: Context, service: Service, begins: str, ends: str, municipality: str, *, action: str) -> Figures:
    """The figures somebody asks for, when they may; raises `NotAllowed`, and the refusals of the period."""
    allow(context, Action.READ_FIGURES, Resource(association=context.actor.association))
    period = asked_for(begins, ends, now=context.at)
    async with service.read() as connection:
        await log_access(connection, context, action=action, relation="association")
        return await figures_of(connection, Selection(context.actor.association, period, municipality.strip()), now=context.at)
