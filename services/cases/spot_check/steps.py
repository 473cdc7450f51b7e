"""What is done in a spot check, from a form or from JSON: who may, what is looked up first, and what words are sealed for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from secrets import token_hex
from uuid import UUID

from services.cases.spot_check.commands import (
    AnswerAboutLook,
    AskAboutLook,
    CloseLook,
    DrawSample,
    PlanCheck,
    answer_about_look,
    ask_about_look,
    close_look,
    draw_sample,
    plan_check,
)
from services.cases.spot_check.queries import Check, SampledLook, asked_of, check_of, last_position, sample_of, to_draw_from
from services.cases.spot_check.rules import SEED_BYTES, Plan, drawn
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.ground.working_days import local_day
from shared.history.service import Service
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow
from shared.privacy.personal import Keyring
from shared.words.vocabulary.people import Look, Relation, Role


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckRead:
    """A check with its sample, drawn again from the log as it is now."""

    check: Check
    sample: Sequence[SampledLook]
    among_now: int
    """How many of the look-ups it was drawn from the log still has."""
    is_the_same: bool
    """Whether the same sample comes of it."""
    keyring: Keyring | None
    """The keys to what was written; none for an auditor."""


async def plan_once(*, id: UUID, since: date, until: date, stratum: str, size: int, context: Context, service: Service) -> None:
    """Note a seed, once for each id. It is made when the last look-up that it can draw is in the log."""
    _allowed(context, Action.DRAW_LOOKS)
    plan = Plan(since=since, until=until, stratum=stratum, size=size, last_position=0)
    plan.must_be_possible(today=local_day(context.at))
    who = context.actor
    async with service.read() as connection:
        plan = replace(plan, last_position=await last_position(connection))
        among = len(await to_draw_from(connection, plan, association=who.association, by=who.id))
    command = PlanCheck(id=id, plan=plan, seed=token_hex(SEED_BYTES), among=among)
    content = [since.isoformat(), until.isoformat(), stratum, size]
    await service.do_once(plan_check, command, context, id=id, content=content)


async def draw(check_id: UUID, context: Context, service: Service) -> None:
    """Draw the sample. Raises `NotFound`."""
    _allowed(context, Action.DRAW_LOOKS)
    association = context.actor.association
    async with service.read() as connection:
        check = await check_of(connection, check_id, association=association)
        looks = await to_draw_from(connection, check.plan, association=association, by=check.planned_by)
    await service.do(draw_sample, DrawSample(check_id=check_id, looks=looks), context)


async def read_check(check_id: UUID, context: Context, service: Service) -> CheckRead:
    """A check, for who draws them and for an auditor; reading it is noted. Raises `NotFound`."""
    _allowed(context, Action.READ_SPOT_CHECKS)
    who = context.actor
    async with service.read() as connection:
        check = await check_of(connection, check_id, association=who.association)
        sample = await sample_of(connection, check_id, association=who.association, shut_from=who.shut_from)
        again = await to_draw_from(connection, check.plan, association=who.association, by=check.planned_by)
        await log_access(connection, context, action=Look.READ_SPOT_CHECK, relation=Relation.ASSOCIATION)
    is_the_same = [one.look for one in sample] == drawn(check.seed, again, size=check.size)
    keyring = None
    if who.role is Role.DPO:
        keyring = await service.keyring(text for one in sample if not one.is_kept_out_of for text in (one.answer, one.words))
    return CheckRead(check=check, sample=sample, among_now=len(again), is_the_same=is_the_same, keyring=keyring)


async def ask(check_id: UUID, look: int, context: Context, service: Service) -> None:
    """Ask whoever looked. Raises `NotFound`, also at what the one who asks keeps out of, and what the rules refuse."""
    _allowed(context, Action.DRAW_LOOKS)
    one = await _sampled(check_id, look, context, service)
    who = one.logged.actor if one.logged else ""
    await service.do(ask_about_look, AskAboutLook(check_id=check_id, look=look, who=who), context)


async def close(check_id: UUID, look: int, *, finding: str, words: str, context: Context, service: Service) -> None:
    """Say what came of it. Raises `NotFound`, and what the rules refuse."""
    _allowed(context, Action.DRAW_LOOKS)
    one = await _sampled(check_id, look, context, service)
    sealed_for = await _sealed_for(check_id, one, service)
    await service.do(close_look, CloseLook(check_id=check_id, look=look, finding=finding, words=words, sealed_for=sealed_for), context)


async def own_questions(context: Context, service: Service) -> list[tuple[UUID, SampledLook]]:
    """What somebody is asked about look-ups of their own."""
    who = context.actor
    allow(context, Action.ANSWER_FOR_LOOK, Resource(association=who.association, recipient=who.id))
    async with service.read() as connection:
        return await asked_of(connection, who.is_for, association=who.association, shut_from=who.shut_from)


async def answer(check_id: UUID, look: int, *, words: str, context: Context, service: Service) -> None:
    """Say why one looked. Raises `NotFound` for a question to somebody else, and what the rules refuse."""
    who = context.actor
    allow(context, Action.ANSWER_FOR_LOOK, Resource(association=who.association, recipient=who.id))
    one = await _sampled(check_id, look, context, service)
    if one.who not in who.is_for:
        raise NotFound("question", look)
    sealed_for = await _sealed_for(check_id, one, service)
    await service.do(answer_about_look, AnswerAboutLook(check_id=check_id, look=look, words=words, sealed_for=sealed_for), context)


def _allowed(context: Context, action: Action) -> None:
    allow(context, action, Resource(association=context.actor.association))


async def _sampled(check_id: UUID, look: int, context: Context, service: Service) -> SampledLook:
    who = context.actor
    async with service.read() as connection:
        await check_of(connection, check_id, association=who.association)
        sample = await sample_of(connection, check_id, association=who.association, shut_from=who.shut_from)
    found = next((one for one in sample if one.look == look and not one.is_kept_out_of), None)
    if found is None:
        raise NotFound("look of the sample", look)
    return found


async def _sealed_for(check_id: UUID, one: SampledLook, service: Service) -> UUID:
    """The case that was looked at, so that words about it go with it; where it is erased, or it was no case, the check."""
    case_id = one.logged.about if one.logged and one.logged.is_a_case else None
    if case_id is None:
        return check_id
    return case_id if (await service.vault.keyring([case_id])).holds(case_id) else check_id
