"""The chain of hashes recomputed for somebody who may: of everything in their association, or of one case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.cases.case.queries.history import facts_for
from shared.ground.provenance import Context
from shared.history import event_store
from shared.history.service import Service
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow
from shared.words.vocabulary.people import Look, Relation


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedChain:
    """What was found, and the chains of the association before this one, the newest first; none for one case."""

    found: event_store.Verified
    before: Sequence[event_store.ChainBefore] = ()


async def verified_chain(context: Context, service: Service, *, stream: UUID | None) -> VerifiedChain:
    """Verify it as it is at one instant; the look is written down. Raises `NotAllowed`, and `NotFound` where there is no such case."""
    association = context.actor.association
    allow(context, Action.VERIFY_CHAIN, Resource(association=association))
    async with service.read() as connection:
        if stream is not None:
            await facts_for(connection, stream, context, Action.VERIFY_CHAIN)
        await log_access(connection, context, action=Look.VERIFY_CHAIN, about=stream, relation=Relation.ASSOCIATION)
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            if stream is not None:  # it was found in the association
                return VerifiedChain(found=await event_store.verify(connection, stream_id=stream))
            return VerifiedChain(
                found=await event_store.verify(connection, association=association),
                before=await event_store.chains_before(connection, association=association),
            )
