"""What is done with a broken glass, from a form or from JSON: who may, what is looked up first, and what is noted."""

from __future__ import annotations

from uuid import UUID

from services.cases.case.queries.history import CaseFacts, case_facts
from services.cases.glass.commands import BreakGlass, MendGlass, Opened, ReviewGlass, break_glass, mend_glass, review_glass
from services.cases.glass.queries import BrokenGlass, glass_broken
from services.cases.glass.rules import GlassIsNotNeeded, reason_of
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.messaging.access_log import log_access
from shared.privacy.access import CHECKERS, Action, Resource, allow, can
from shared.privacy.personal import Keyring
from shared.words.vocabulary.people import Look, Relation, Role


async def break_glass_once(*, id: UUID, case_id: UUID, reason: str, context: Context, service: Service) -> Opened:
    """Break it, once for each id. The reason is judged first: until there is one, the answer is the same for every case, and for none.

    Raises `NotFound`, alike for a case that is not there, erased, of another association, or kept out of: that somebody tried is noted.
    """
    allow(context, Action.BREAK_GLASS, Resource(association=context.actor.association))
    kept = reason_of(reason)
    facts = await _case_behind_it(case_id, context, service)
    if can(context.actor, Action.READ_CASE, facts.resource, context.purpose):
        raise GlassIsNotNeeded
    command = BreakGlass(break_id=id, case_id=case_id, reason=kept)
    return await service.do_once(break_glass, command, context, id=id, content=[str(case_id), kept], about=case_id)


async def _case_behind_it(case_id: UUID, context: Context, service: Service) -> CaseFacts:
    actor = context.actor
    async with service.read() as connection:
        try:
            facts = await case_facts(connection, case_id, association=actor.association)
            is_erased = not (await service.vault.keyring([case_id])).holds(case_id)
            if is_erased or not actor.shut_from.isdisjoint((facts.case_id, facts.home_id)):
                raise NotFound("Case", case_id)
        except NotFound:
            await log_access(connection, context, action=Look.TRIED_GLASS, about=case_id, relation=Relation.NONE)
            raise
    return facts


async def mend(break_id: UUID, context: Context, service: Service) -> BrokenGlass:
    """They are done with what they broke themselves. Raises `NotFound`, also for what somebody else broke."""
    allow(context, Action.BREAK_GLASS, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await glass_broken(connection, context, break_id)
    if found.who != context.actor.id:
        raise NotFound("broken glass", break_id)
    await service.do(mend_glass, MendGlass(glass_id=found.glass_id, break_id=break_id), context)
    return found


async def review(break_id: UUID, *, verdict: str, words: str, context: Context, service: Service) -> None:
    """Say whether it was right. Raises `NotFound`, and what the rules refuse."""
    allow(context, Action.REVIEW_GLASS, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await glass_broken(connection, context, break_id)
    command = ReviewGlass(glass_id=found.glass_id, break_id=break_id, case_id=found.case_id, verdict=verdict, words=words)
    await service.do(review_glass, command, context)


async def keys_to(found: BrokenGlass, context: Context, service: Service) -> Keyring | None:
    """The keys to what was written; none for an auditor, who sees the structure (domain.md §6, P5) and says nothing of it."""
    if context.actor.role in CHECKERS - {Role.DPO}:
        return None
    return await service.keyring((found.reason, found.words))
