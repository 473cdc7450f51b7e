"""One look at the figures: allowed, written down, safe to show."""

from __future__ import annotations

from services.reporting.trends.queries.counts import Selection
from services.reporting.trends.queries.figures import Figures, figures_of
from services.reporting.trends.rules.period import asked_for
from shared.ground.provenance import Asked
from shared.history.service import Service
from shared.privacy.access import Action, Resource, allow
from shared.privacy.access_log import note_look


async def look_at(asked: Asked, service: Service, begins: str, ends: str, municipality: str, *, action: str) -> Figures:
    """The figures somebody asks for, when they may; raises `NotAllowed`, and the refusals of the period."""
    allow(asked, Action.READ_FIGURES, Resource(association=asked.actor.association))
    period = asked_for(begins, ends, now=asked.at)
    async with service.read() as rows:
        await note_look(rows, asked, action=action, relation="association")
        return await figures_of(rows, Selection(asked.actor.association, period, municipality.strip()), now=asked.at)
