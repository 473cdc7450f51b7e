"""What both JSON and pages do before somebody is erased: say why, and find whom it is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import asyncpg

from services.intake.erasure.commands import known_files
from services.intake.erasure.queries import seen_under
from services.intake.erasure.rules.somebody import Somebody, somebody_in
from services.intake.erasure.rules.whom import ABOUT, Known, Whom
from services.intake.home.queries import addresses_of, homes_called, homes_let
from services.intake.reporter.queries import TakenCall
from services.intake.reporter.steps import callers_called
from shared.ground.errors import Refusal
from shared.ground.provenance import Context
from shared.ground.text_input import free_text
from shared.history.service import Service
from shared.messaging import parking
from shared.messaging.access_log import log_access
from shared.privacy.access import GRANTS, Action, PurposeIsNotStated, Resource, allow
from shared.privacy.matter import About, MatterKind
from shared.privacy.vault import Vault
from shared.words.vocabulary.erasure import ErasedKind
from shared.words.vocabulary.people import Look, Purpose, Relation


class NothingIsSearchedFor(Refusal):
    """Skriv, hvad der søges efter."""

    field = "text"
    next_step = "En adresse, nummeret på en kvittering, en sags eller en observations id, eller navn eller nummer på en, der har ringet."


MOST_HOMES = 20
"""So many homes of one address are looked into; whoever wrote only a street writes more of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What an address, a number or an id leads to."""

    people: Sequence[Somebody]
    more_homes: bool = False
    """Whether there are more homes that are called like that."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundToErase:
    """Whom an erasure can be of, and whoever called about somebody else by that name or number."""

    found: Found
    callers: Sequence[TakenCall]

    @property
    def is_nobody(self) -> bool:
        return not self.found.people and not self.callers


def may_erase(context: Context) -> None:
    """Whether the one who asks may erase in their association."""
    allow(context, Action.ERASE_PERSON, Resource(association=context.actor.association))


def purposes(context: Context) -> Sequence[Purpose]:
    """Why somebody in this role may look for whom to erase; nothing for whoever only checks it."""
    grant = GRANTS[context.actor.role].get(Action.ERASE_PERSON)
    return grant.purposes if grant else ()


def stated(context: Context, purpose: str) -> Context:
    """The same request with the reason that was chosen on its form. Raises `PurposeIsNotStated`."""
    may_erase(context)
    chosen = next((one for one in purposes(context) if one == purpose), None)
    return must_say_why(replace(context, purpose=chosen, purpose_is_stated=True) if chosen else replace(context, purpose_is_stated=False))


def must_say_why(context: Context) -> Context:
    """Raises `PurposeIsNotStated`: nobody is looked for, and no caller is shown, without a reason."""
    if not context.purpose_is_stated:
        raise PurposeIsNotStated
    may_erase(context)
    return context


async def look_for(text: str, context: Context, service: Service) -> FoundToErase:
    """Whom it can be about. The look is noted, with why and without what was searched for. Raises `NothingIsSearchedFor`."""
    wanted = free_text(text, field="text").strip()
    if not wanted:
        raise NothingIsSearchedFor
    actor = context.actor
    async with service.read() as connection:
        await log_access(connection, context, told_by="intake", action=Look.FIND_TO_ERASE, relation=Relation.ASSOCIATION)
        found = await find(connection, service.vault, actor.association, wanted, shut_from=actor.shut_from)
    if not found.people and (named := _id(wanted)):
        found = Found(people=await _only_named(named, service))
    return FoundToErase(found=found, callers=await callers_called(context, service, wanted))


async def find(connection: asyncpg.Connection[Any], vault: Vault, association: str, text: str, *, shut_from: Collection[UUID]) -> Found:
    """Whom it can be about; in what somebody keeps out of they find nobody."""
    if named := _id(text):
        matters, homes = [named], []
        about = {(kind, named) for kind in About}
    else:
        matters = await seen_under(connection, association, text)
        homes = [home.home_id for home in await homes_called(connection, association, text, limit=MOST_HOMES + 1)]
        about = {(About.HOME, home) for home in homes[:MOST_HOMES]}
    kept_out = set(shut_from)
    about = {(kind, id) for kind, id in about if id not in kept_out}
    asked = [id for id in matters if id not in kept_out]
    found = await whom_it_can_be(connection, vault, association, matters=asked, about=about, shut_from=kept_out)
    exactly = [one for one in found if named and one.whom == Whom(kind=ErasedKind.PERSON, id=named)]
    return Found(people=exactly or found, more_homes=len(homes) > MOST_HOMES)


async def whom_it_can_be(
    connection: asyncpg.Connection[Any],
    vault: Vault,
    association: str,
    *,
    matters: Collection[UUID] = (),
    about: Collection[tuple[About, UUID]] = (),
    shut_from: Collection[UUID] = (),
) -> list[Somebody]:
    """Whom these matters, and all that is about these, are about; where nobody knows who, the tenancy, the home or the matter."""
    files = await _open_to(shut_from, await known_files(vault, association, matters=matters, about=about), vault, association)
    tenancies = {tenancy for file in files for tenancy in file.tenancies()}
    if tenancies:
        at_them = await known_files(vault, association, about={(About.TENANCY, tenancy) for tenancy in tenancies})
        at_them = await _open_to(shut_from, at_them, vault, association)
        files += [file for file in at_them if file.kind is MatterKind.TENANCY and file.id not in {each.id for each in files}]
    let = await homes_let(connection, association, tenancies)
    addresses = await addresses_of(connection, association, {link.id for file in files for link in file.now if link.about is About.HOME})
    return somebody_in(files, let, addresses, named=set(matters))


async def _open_to(shut_from: Collection[UUID], files: list[Known], vault: Vault, association: str) -> list[Known]:
    """Without what the one who asks keeps out of, and what is a part of that or about a tenancy there."""
    if not shut_from:
        return files
    tenancies = {(About.TENANCY, tenancy) for file in files for tenancy in file.tenancies()}
    wholes = await known_files(vault, association, matters={file.part_of for file in files if file.part_of}, about=tenancies)
    shut = {*shut_from, *(file.id for file in wholes if file.is_kept_from(shut_from))}
    shut |= {tenancy for file in wholes if file.id in shut and file.kind is MatterKind.TENANCY for tenancy in file.tenancies()}
    return [file for file in files if not file.is_kept_from(shut)]


async def others_than(connection: asyncpg.Connection[Any], vault: Vault, association: str, whom: Whom) -> list[Somebody]:
    """Whoever a tenancy, a home or a matter is about, each to be erased by themselves."""
    return [one for one in await _about(connection, vault, association, whom) if one.whom != whom]


async def who_it_is(connection: asyncpg.Connection[Any], vault: Vault, association: str, whom: Whom) -> Somebody:
    """Whom an erasure names, as far as it is known here."""
    found = await _about(connection, vault, association, whom)
    addresses = await addresses_of(connection, association, {whom.id})
    return next((one for one in found if one.whom == whom), Somebody(whom=whom, homes=tuple(addresses.values())))


async def _about(connection: asyncpg.Connection[Any], vault: Vault, association: str, whom: Whom) -> list[Somebody]:
    is_matter = whom.kind not in ABOUT
    about = () if is_matter else ((ABOUT[whom.kind], whom.id),)
    return await whom_it_can_be(connection, vault, association, matters=(whom.id,) if is_matter else (), about=about)


async def _only_named(id: UUID, service: Service) -> list[Somebody]:
    """Whoever the ERP named in what could not be taken in, and nobody else has told of."""
    async with service.transaction() as connection:
        is_named = bool(await parking.naming(connection, [id]))
    return [Somebody(whom=Whom(kind=ErasedKind.PERSON, id=id))] if is_named else []


def _id(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None
