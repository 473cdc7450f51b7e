"""What both JSON and pages do with a call: whose it is, and what is said to everybody who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.intake.reporter.queries import TakenCall, any_call, call_of, everybody_who_called, flagged
from services.intake.reporter.rules.reporter import dialled
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.privacy.access import Action, Resource, allow, can, reach
from shared.privacy.personal import Keyring
from shared.words.language import marked

WHAT_TO_SAY = marked(
    "Tak, fordi du ringede. Vi har taget imod det, og vi ser på det. Vi fortæller aldrig noget om en beboer til andre – heller ikke, om"
    " der er en sag – og det gælder også dig."
)
"""What is answered to everybody outside who asks what came of it, a member of the board too."""

WHO_SEES = marked(
    "Navn og nummer ser du, og den, der dækker for dig. Er der ikke sagt tak inden to arbejdsdage, ser den boligsociale leder dem også."
    " Databeskyttelsesrådgiveren kan slå dem op, når nogen vil slettes; det bliver noteret. De står ikke i sagen."
)
"""Who learns who called, and when: what `own_call` and `open_caller` give."""


async def own_call(context: Context, service: Service, reporter_id: UUID) -> TakenCall:
    """A call of one's own, or of whom one stands in for; for a lead, also one whose caller nobody thanked in time. Raises `NotFound`."""
    async with service.read() as connection:
        try:
            call = await call_of(connection, context, reach(context, Action.ANSWER_REPORTER), reporter_id)
        except NotFound:
            if not can(context.actor, Action.FLAG_REPORTER, Resource(association=context.actor.association), context.purpose):
                raise
            call = await any_call(connection, context, reporter_id)
            if not call.is_for_the_lead:
                raise NotFound("Reporter", reporter_id) from None
            allow(context, Action.FLAG_REPORTER, Resource(association=context.actor.association))
            return call
    allow(context, Action.ANSWER_REPORTER, Resource(association=context.actor.association, observer=call.taken_by))
    return call


async def flags_of_the_same(service: Service, context: Context, call: TakenCall) -> list[str]:
    """Why earlier calls from the same number, or without one by the same name, were flagged: for whoever takes the call alone."""
    async with service.read() as connection:
        others = await flagged(connection, context.actor.association)
    keyring = await service.keyring(value for one in (call, *others) for value in (one.name, one.phone, *one.flags) if value)
    mine = _who(call, keyring)
    return [why for one in others if mine and _who(one, keyring) == mine for why in _reasons(one, keyring)]


def _reasons(call: TakenCall, keyring: Keyring) -> list[str]:
    """Everything that was said; what was said twice, once."""
    return list(dict.fromkeys(why for flag in call.flags if (why := keyring.opened(flag))))


def _who(call: TakenCall, keyring: Keyring) -> str:
    return dialled(keyring.opened(call.phone) or "") or " ".join((keyring.opened(call.name) or "").casefold().split())


@dataclass(frozen=True, kw_only=True, slots=True)
class CallAsSeenByLeads:
    """A call without who it was: only that others came from the same number."""

    call: TakenCall
    from_the_same: int
    """How many of the calls that are looked at came from the same, with this one."""
    reasons: Sequence[str]
    """Why it is flagged, by everybody who did."""


async def calls_for_leads(context: Context, service: Service, *, limit: int) -> Sequence[CallAsSeenByLeads]:
    """The newest calls; the look is noted."""
    allow(context, Action.FLAG_REPORTER, Resource(association=context.actor.association))
    async with service.read() as connection:
        found = await everybody_who_called(connection, context, limit=limit)
    keyring = await service.keyring(value for call in found for value in (call.name, call.phone, *call.flags) if value)
    who = [_who(call, keyring) for call in found]
    return [
        CallAsSeenByLeads(call=call, from_the_same=who.count(one) if one else 1, reasons=_reasons(call, keyring))
        for call, one in zip(found, who, strict=True)
    ]


MOST_SEARCHED = 5000
"""So many of the newest calls a name or a number is looked for in: more than an association has had, for as long as they are kept."""


async def callers(context: Context, service: Service, *, limit: int) -> Sequence[TakenCall]:
    """Calls about somebody else, the newest first; who it was stays sealed. The look is noted. Whether one may is the caller's to ask."""
    async with service.read() as connection:
        return await everybody_who_called(connection, context, limit=limit)


async def callers_called(context: Context, service: Service, text: str) -> Sequence[TakenCall]:
    """The calls of whoever has this number, or a name with all of these words in it."""
    found = await callers(context, service, limit=MOST_SEARCHED)
    keyring = await service.keyring(value for call in found for value in (call.name, call.phone) if value)
    number, words = dialled(text), text.casefold().split()
    return [call for call in found if _is_called(keyring.opened(call.name) or "", keyring.opened(call.phone) or "", number, words)]


def _is_called(name: str, phone: str, number: str, words: Sequence[str]) -> bool:
    of_the_name = name.casefold().split()
    return bool(phone and dialled(phone) == number) or bool(
        words and all(any(part.startswith(word) for part in of_the_name) for word in words)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedCaller:
    """A call, with who it was; each is null where it was not told, or was erased."""

    call: TakenCall
    name: str | None
    phone: str | None


async def open_caller(context: Context, service: Service, reporter_id: UUID) -> OpenedCaller:
    """Who one of them is; the look is noted with them. Whether one may is the caller's to ask. Raises `NotFound`."""
    async with service.read() as connection:
        call = await any_call(connection, context, reporter_id)
    keyring = await service.keyring(value for value in (call.name, call.phone) if value)
    return OpenedCaller(call=call, name=keyring.opened(call.name), phone=keyring.opened(call.phone))
