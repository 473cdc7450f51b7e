"""Reading a case for a page: may they, why, the look written down, the words opened, the view made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fastapi import Request

from services.cases.case.pages.people import People, people_of
from services.cases.case.pages.story import sealed_in
from services.cases.case.pages.view import CaseView, versions_of, view_of
from services.cases.case.pages.voice import Voice
from services.cases.case.pages.words import Words
from services.cases.case.queries.history import (
    CaseFacts,
    CaseHistory,
    case_as_of,
    case_page,
    facts_for,
    log_protected_address,
    redacted_in,
)
from services.cases.case.queries.same_people import Continued, OtherCase, continued, joined, others_about_the_same_people
from services.cases.case.rules.case import WAITS_SINCE, Case
from services.cases.case.rules.protection import may_ask_for_address, shows_address
from services.cases.procedure.queries import at_hand, procedure, version_in_force
from services.cases.procedure.rules.in_force import ProcedureInForce
from shared.ground.provenance import Context
from shared.ground.working_days import end_of_day, local_day
from shared.history import event_store
from shared.history.service import Service
from shared.privacy.access import CHECKERS, Action, can, reach
from shared.privacy.matter import About, Link
from shared.privacy.staff import StaffDirectory
from shared.privacy.whereabouts import alike
from shared.web.web import CarriedPurpose, carried_purpose
from shared.words.language import language_of


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRead:
    """A case that was read for somebody; `case` and `view` are empty when it did not exist yet on the day asked for."""

    at: datetime
    """When it was read, or the end of the day asked for."""
    facts: CaseFacts
    case: Case | None
    view: CaseView | None
    pinned: ProcedureInForce
    """What it followed on the day asked for."""
    in_force: str
    """The version of today; empty where the case is looked at as it stood."""
    may_move: bool
    """Whether the version of today lets them move a case to it."""
    others: tuple[OtherCase, ...]
    """Other cases about the same people."""
    joined: tuple[OtherCase, ...]
    """The concerns that were joined to it, as far as they may be read."""
    continued: Continued
    """The case it goes on from, and those that go on from it, as far as they may be read."""
    words: Words
    staff: StaffDirectory
    may_work: bool
    known_people: tuple[Link, ...]
    """Whom it is about, as the ERP tells of them: their ids there, and what they are in the tenancy. For whoever works on it."""
    waiting_since: datetime | None
    """Since when nobody has taken it."""
    handler_keeps_out: bool
    """Whether somebody carries it who has a conflict of interest: then nobody works on it until it is given to somebody else."""
    is_as_written: bool
    """Whether its chain holds: nobody changed its history behind the system."""
    is_checked: bool
    """Somebody checks it: everything about provenance is shown, the words only when asked for."""
    shows_words: bool
    shows_address: bool
    """Whether they see where it is; a protected address only who asked for it."""
    may_ask_for_address: bool
    may_redact: bool
    may_erase: bool
    may_correct: bool
    """Whether they put right a case of the wrong person."""
    purpose: CarriedPurpose


async def read_case(
    request: Request,
    service: Service,
    context: Context,
    case_id: UUID,
    *,
    action: Action = Action.READ_CASE,
    day: date | None = None,
    with_words: bool = False,
    with_address: bool = False,
) -> CaseRead:
    """Raises `NotFound`, `NotAllowed`, `PurposeIsNotStated`; the look is recorded before anything is shown."""
    is_checked = context.actor.role in CHECKERS
    known_alike = await alike(service.vault, case_id, association=context.actor.association) if day is None else ()
    async with service.read() as connection:
        facts = await facts_for(connection, case_id, context, action)
        shows_words = with_words or not is_checked
        shown = shows_address(facts, context.actor, asked=with_address)
        if shown and facts.is_address_protected:
            await log_protected_address(connection, facts, context)
        with_words = shows_words and is_checked
        if day is None:
            history = await case_page(connection, facts, context, with_words=with_words)
        else:
            history = await case_as_of(connection, facts, context, day=day, with_words=with_words)
        versions = versions_of(history) | {facts.procedure_version}
        connect = at_hand(connection)
        procedures = {version: await procedure(service.memo, connect, facts.association, version) for version in sorted(versions)}
        in_force = await version_in_force(connection, facts.association, local_day(context.at)) if day is None else ""
        today = await procedure(service.memo, connect, facts.association, in_force) if in_force else None
        within_reach = reach(context, Action.READ_CASE)
        others = await others_about_the_same_people(connection, within_reach, facts, alike=known_alike) if day is None else ()
        concerns = list(history.case.observations.concerns) if history.case else []
        joined_to_it = await joined(connection, within_reach, concerns) if concerns else ()
        goes_on = await continued(connection, within_reach, case_id)
        redacted = await redacted_in(connection, case_id)
        async with connection.transaction():
            chain = await event_store.verify(connection, stream_id=case_id)
    words = Words(language_of(request))
    staff = service.staff.within(facts.association)
    opened = (await service.keyring(sealed_in(history.events))).open if shows_words else None
    voice = Voice(
        words=words,
        name_of=staff.name_of,
        opened=opened,
        procedures=procedures,
        redacted=redacted,
        shows_address=shown,
        people=people_of(history.case.persons, words, opened) if history.case else People(),
        in_full=is_checked or day is not None,
        broken={place.version: place.what for place in chain.broken},
    )
    at = context.at if day is None else min(end_of_day(day), context.at)
    case = history.case
    may_work = can(context.actor, Action.WORK_ON_CASE, facts.resource, context.purpose)
    return CaseRead(
        at=at,
        facts=facts,
        case=case,
        view=view_of(history, case, voice, at=at, shows_address=shown) if case is not None else None,
        pinned=procedures[case.procedure_version if case is not None else facts.procedure_version],
        in_force=in_force,
        may_move=today is not None and context.actor.role in today.movers(staff.roles_in(facts.association)),
        others=others,
        joined=joined_to_it,
        continued=goes_on,
        words=words,
        staff=staff,
        may_work=may_work,
        known_people=await _known_people(service, facts) if may_work and day is None else (),
        waiting_since=_waiting_since(history),
        handler_keeps_out=bool((handler := staff.person(facts.handler)) and handler.keeps_out_of(facts.case_id, facts.home_id)),
        is_as_written=chain.holds,
        is_checked=is_checked,
        shows_words=shows_words,
        shows_address=shown,
        may_ask_for_address=not shown and may_ask_for_address(facts, context.actor),
        may_redact=can(context.actor, Action.REDACT_TEXT, facts.resource, context.purpose),
        may_erase=can(context.actor, Action.ERASE_PERSON, facts.resource, context.purpose),
        may_correct=can(context.actor, Action.CORRECT_PERSON, facts.resource, context.purpose),
        purpose=carried_purpose(context),
    )


async def _known_people(service: Service, facts: CaseFacts) -> tuple[Link, ...]:
    """Asked of the vault, which alone knows it; once they are erased it does not."""
    links = await service.vault.links_of(facts.case_id, association=facts.association)
    return tuple(each.link for each in links if each.until is None and each.link.about is About.PERSON)


def _waiting_since(history: CaseHistory) -> datetime | None:
    kind = WAITS_SINCE.get(history.case.status) if history.case else None
    return next((event.provenance.recorded_at for event in history.events if kind and isinstance(event, kind)), None)
