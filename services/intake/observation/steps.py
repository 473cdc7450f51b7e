"""What both JSON and pages ask before an observation is linked to a home."""

from __future__ import annotations

from uuid import UUID

from services.intake.observation.queries import SeenWhere, seen_where
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.privacy.access import Action, Resource, allow


async def may_link(observation_id: UUID, context: Context, service: Service) -> SeenWhere:
    """Whoever saw it or took the call, and social staff of its estate; of any, while nobody knows which it is.

    Raises `NotFound`, `NotAllowed`.
    """
    association = context.actor.association
    async with service.read() as connection:
        seen = await seen_where(connection, association, observation_id)
    estate = seen.estate_id or next(iter(context.actor.estates), "")
    place = Resource(association=association, estate=estate, observer=seen.observer, attended_by=seen.observer, case=seen.case_id)
    allow(context, Action.LINK_PLACE, place)
    return seen
