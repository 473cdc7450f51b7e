"""One case with its whole history, as it is or as it stood on a day; looking it up is itself recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.case.queries.glass import OpenGlass, open_glass
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import ConcernRaised
from services.cases.case.rules.moving_along import MovedAlong
from services.cases.case.rules.place import PlaceLinked
from services.cases.case.rules.wrong_person import Retracted, WrongPersonCorrected
from shared.ground.errors import BehindGlass, NotFound
from shared.ground.provenance import Actor, Context
from shared.ground.working_days import end_of_day
from shared.history import event_store
from shared.history.aggregate import Event
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow, allow_at_all, can, may_ever
from shared.privacy.personal import Sealed, as_sealed
from shared.words.vocabulary.case import ENDED
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import Look, Relation


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFacts:
    """What decides who may see a case, and what a command must know before its transaction. Nothing personal."""

    case_id: UUID
    association: str
    estate_id: str
    municipality: str
    handler: str
    observer: str
    observers: frozenset[str]
    """Everybody who saw it; `observer` was the first."""
    companions: frozenset[str]
    home_id: UUID | None
    tenancy_id: UUID | None
    procedure_version: str
    is_seen: bool
    version: int
    severity: str = ""
    status: str = ""
    attended_by: str = ""
    """Who judged it while on call, as long as nobody carries it."""
    is_address_protected: bool = False
    order_keys: Sequence[UUID] = ()
    """The keys of what was ordered of the damage service: whoever takes it back needs them."""
    is_frozen: bool = False
    """Whether somebody says that it is about the wrong person."""
    glass: OpenGlass | None = None
    """The broken glass through which the one who asks reads it; `None` where it is within reach anyway."""

    @property
    def resource(self) -> Resource:
        """The case, as the rule of access looks at it."""
        is_acute = self.severity == Severity.ACUTE and self.status not in ENDED
        return Resource(
            association=self.association,
            estate=self.estate_id,
            handler=self.handler,
            attended_by=self.attended_by,
            observer=self.observer,
            also_saw=self.observers,
            companions=self.companions,
            is_acute=is_acute,
            home=self.home_id,
            case=self.case_id,
            opened_to=frozenset({self.glass.who}) if self.glass else frozenset(),
        )

    @property
    def where(self) -> dict[str, Any]:
        """Where it is, as a step is handed it, with the keys of what was ordered for it."""
        return {"home": self.home_id, "tenancy": self.tenancy_id, "municipality": self.municipality, "order_keys": self.order_keys}

    def part_of(self, actor: Actor) -> Relation:
        """In which relation somebody stands to their own part of the case."""
        return Relation.OBSERVER if actor.id in self.observers else Relation.COMPANION

    def relation_of(self, actor: Actor) -> Relation:
        """In which relation somebody stands to the case; written beside every look."""
        if self.glass and self.glass.who == actor.id:
            return Relation.BREAK_GLASS
        return relation(actor, carried_by=(self.handler, self.attended_by), estate=self.estate_id, seen_by=self.observers)


def relation(actor: Actor, *, carried_by: Iterable[str], estate: str, seen_by: Collection[str]) -> Relation:
    """What somebody has to do with a case that these people carry, in this estate, and that those people saw."""
    if not actor.is_for.isdisjoint(carried_by):
        return Relation.HANDLER
    if estate in actor.estates:
        return Relation.OWN_ESTATE
    return Relation.OBSERVER if actor.id in seen_by else Relation.ASSOCIATION


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseHistory:
    """A case and everything that led to it; `case` is empty when it did not exist yet on the day asked for."""

    facts: CaseFacts
    case: Case | None
    events: Sequence[Event]
    day: date | None = None

    @property
    def address(self) -> Sealed | None:
        """Where it is: where it was seen, or where it belongs, since that was put right; `None` for a case that was taken back."""
        told = self._told_where
        return None if told is None else as_sealed(told.address)

    @property
    def small_estate(self) -> tuple[Sealed | None, Sealed | None]:
        """The estate and its name where they are sealed, because it has few homes."""
        told = self._told_where
        return (None, None) if told is None else (as_sealed(told.small_estate), as_sealed(told.small_estate_name))

    @property
    def _told_where(self) -> ConcernRaised | PlaceLinked | MovedAlong | WrongPersonCorrected | None:
        told = ConcernRaised | PlaceLinked | MovedAlong | WrongPersonCorrected | Retracted
        said = [event for event in self.events if isinstance(event, told)]
        return None if not said or isinstance(said[-1], Retracted) else said[-1]

    @property
    def version(self) -> int:
        return self.events[-1].originator_version if self.events else 0


async def case_facts(connection: asyncpg.Connection[Any], case_id: UUID, *, association: str) -> CaseFacts:
    """The facts of a case of this association. Raises `NotFound`, for a case of another one as well."""
    found = await places_of(connection, {case_id}, association=association)
    if not found:
        raise NotFound("Case", case_id)
    return found[case_id]


async def places_of(connection: asyncpg.Connection[Any], cases: Collection[UUID], *, association: str) -> dict[UUID, CaseFacts]:
    """The facts of those of these cases that are of this association."""
    rows = await connection.fetch(
        "select case_id, association, estate_id, municipality, handler, observer, observers, companions, home_id, tenancy_id,"
        " procedure_version, is_seen, version, severity, status, attended_by, is_frozen, is_address_protected, order_keys from case_list"
        " where case_id = any($1) and association = $2",
        list(cases), association,
    )  # fmt: skip
    sets = ("observers", "companions")
    return {row["case_id"]: CaseFacts(**{**row, **{name: frozenset(row[name]) for name in sets}}) for row in rows}


async def facts_for(connection: asyncpg.Connection[Any], case_id: UUID, context: Context, action: Action) -> CaseFacts:
    """The facts of a case for somebody at a door who wants to do this with it.

    A case that is out of reach, that is kept out of, that is another association's or that is not there at all is answered alike, so that
    no answer says which: `NotFound`. `NotAllowed` where their role does this with no case; `PurposeIsNotStated`.
    """
    allow_at_all(context, action)
    try:
        facts = await case_facts(connection, case_id, association=context.actor.association)
        if action is Action.READ_CASE and not can(context.actor, action, facts.resource, context.purpose):
            facts = replace(facts, glass=await open_glass(connection, case_id, context.actor, at=context.at))
        if not can(context.actor, action, facts.resource, context.purpose):
            raise NotFound("Case", case_id)
    except NotFound:
        if action is Action.READ_CASE and may_ever(context.actor.role, Action.BREAK_GLASS):
            raise BehindGlass("Case", case_id, way_on=f"/cases/glass?case={case_id}") from None
        raise
    allow(context, action, facts.resource)
    return facts


async def case_page(connection: asyncpg.Connection[Any], facts: CaseFacts, context: Context, *, with_words: bool = False) -> CaseHistory:
    """The case as it is now. The look is written down in the same transaction: who cannot be recorded does not see.

    `with_words` says that somebody who checks asked for the words about the resident; that is written down as more than a look.
    """
    return await _looked_up(connection, facts, context, action=Look.READ_CASE_WORDS if with_words else Look.READ_CASE, day=None)


async def log_protected_address(connection: asyncpg.Connection[Any], facts: CaseFacts, context: Context) -> None:
    """Somebody asked for a protected address; that is more than a look, and is written down as an act of its own."""
    await log_access(
        connection,
        context,
        action=Look.READ_PROTECTED_ADDRESS,
        about=facts.case_id,
        relation=facts.relation_of(context.actor),
    )


async def part_page(connection: asyncpg.Connection[Any], facts: CaseFacts, context: Context) -> CaseHistory:
    """The case, for somebody who is shown their own part of it; the look is written down as that."""
    return await _looked_up(connection, facts, context, action=Look.READ_PART, day=None, relation=facts.part_of(context.actor))


async def case_as_of(
    connection: asyncpg.Connection[Any], facts: CaseFacts, context: Context, *, day: date, with_words: bool = False
) -> CaseHistory:
    """The case as it stood at the end of a Danish day: the same history, without what was recorded later.

    `with_words` says the same as for `case_page`.
    """
    action = Look.READ_CASE_WORDS_AS_OF if with_words else Look.READ_CASE_AS_OF
    return await _looked_up(connection, facts, context, action=action, day=day)


async def redacted_in(connection: asyncpg.Connection[Any], case_id: UUID) -> dict[UUID, str]:
    """Which texts of a case were taken out, by their keys, and why."""
    found = await connection.fetch("select key, reason from redactions where case_id = $1", case_id)
    return {row["key"]: row["reason"] for row in found}


async def _looked_up(
    connection: asyncpg.Connection[Any],
    facts: CaseFacts,
    context: Context,
    *,
    action: Look,
    day: date | None,
    relation: Relation | None = None,
) -> CaseHistory:
    until = end_of_day(day) if day else None
    async with connection.transaction():
        relation = relation or facts.relation_of(context.actor)
        await log_access(connection, context, action=action, about=facts.case_id, relation=relation)
        history = await event_store.load(connection, facts.case_id, association=facts.association, until=until)
    case = event_store.replayed(Case, history.events)
    return CaseHistory(facts=facts, case=case, events=history.events, day=day)
