"""Who read a case while it was about the wrong person, and who outside was told: what is needed to put it right (S14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.case.queries.history import CaseFacts, CaseHistory, case_page
from services.cases.case.queries.queue import read_waits
from services.cases.case.queries.within import WITHIN, within
from services.cases.case.rules.case import Case
from services.cases.case.rules.queue import NEVER
from shared.ground.provenance import Context
from shared.ground.statements import named
from shared.privacy.access import Reach
from shared.words.vocabulary.referral import Target
from shared.words.vocabulary.waiting import Righting

MOST = 500

_READERS = """
    select actor, role, on_behalf_of, purpose, action, count(*)::int as times, min(at) as first, max(at) as last from access_log
    where association = $1 and about = $2 and at <= $3 and correlation_id <> $5
    group by actor, role, on_behalf_of, purpose, action order by first, actor limit $4
"""


_MISTAKES = f"""
    select case_id, is_frozen, waits from case_list where {WITHIN}
      and exists (select from jsonb_array_elements(waits) wait where wait ->> 'kind' = any(:kinds)) order by case_id limit :rows
"""  # noqa: S608  a constant of our own


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Somebody who read it while it was wrong: who, as what, for whom, why, what they looked at, how often, and when."""

    actor: str
    role: str
    on_behalf_of: str
    purpose: str
    action: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Disclosure:
    """Something that was told about the wrong person: to whom outside, or to which colleague, when and how."""

    kind: str
    """referral, order or notice."""
    id: UUID | None
    """The referral or the order; `None` of a notice, which tells nothing about anybody."""
    to: str
    """The target, or the staff id of a colleague."""
    at: datetime
    reply: str = ""
    """What they said who were asked to delete it; empty until they were."""
    due: datetime | None = None
    """Until when they are to be asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrongness:
    """A case that is, or was, about the wrong person, with everybody who got to know."""

    history: CaseHistory
    case: Case
    until: datetime
    """When it was put right; now, where it is not yet."""
    readers: Sequence[Reader]
    disclosures: Sequence[Disclosure]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """A case in which something is still to be done because it was, or may be, about the wrong person."""

    case_id: UUID
    is_frozen: bool
    breach_due: datetime | None
    """Until when the breach is to be assessed; `None` where it was."""
    left: Sequence[str]
    """What is to be done (`Righting`)."""


async def mistakes(connection: asyncpg.Connection[Any], reach: Reach) -> list[Mistake]:
    """Those in which something is left to do, the breach that is to be assessed first at the top."""
    asked = named(_MISTAKES, **within(reach), kinds=[kind.value for kind in Righting], rows=MOST)
    return sorted([_mistake(row) for row in await connection.fetch(asked.sql, *asked.values)], key=_soonest)


def _mistake(row: asyncpg.Record) -> Mistake:
    waits = [wait for wait in read_waits(row["waits"]) if wait.kind in set(Righting)]
    due = next((wait.due for wait in waits if wait.kind == Righting.ASSESS_BREACH), None)
    left = [kind.value for kind in Righting if kind in {wait.kind for wait in waits}]
    return Mistake(case_id=row["case_id"], is_frozen=row["is_frozen"], breach_due=due, left=left)


def _soonest(one: Mistake) -> tuple[datetime, UUID]:
    return one.breach_due or NEVER, one.case_id


async def wrongness(connection: asyncpg.Connection[Any], facts: CaseFacts, context: Context) -> Wrongness:
    """Everybody who read it until it was put right, and everybody who was told; this look is written down too, and not among them."""
    history = await case_page(connection, facts, context)
    case = history.case
    assert case is not None  # noqa: S101  a case that is listed exists
    until = case.correction.corrected_at or context.at
    rows = await connection.fetch(_READERS, facts.association, facts.case_id, until, MOST, context.correlation_id)
    return Wrongness(
        history=history,
        case=case,
        until=until,
        readers=[Reader(**dict(row)) for row in rows],
        disclosures=[one for one in _disclosures(history, case) if one.at <= until],
    )


def _disclosures(history: CaseHistory, case: Case) -> list[Disclosure]:
    found: list[Disclosure] = []
    for event in history.events:
        at = event.provenance.recorded_at
        match event:
            case Case.ReferralSent():
                found.append(_told(case, "referral", event.referral_id, event.target, at))
            case Case.DamageServiceOrdered():
                found.append(_told(case, "order", event.order_id, Target.DAMAGE_SERVICE.value, at))
            case Case.CaretakerInformed():
                found.append(Disclosure(kind="notice", id=None, to=event.caretaker, at=at))
            case Case.AccompanimentPlanned():
                found.append(Disclosure(kind="notice", id=None, to=event.companion, at=at))
    return found


def _told(case: Case, kind: str, id: UUID, target: str, at: datetime) -> Disclosure:
    asked = case.correction.recipients.get(id)
    return Disclosure(kind=kind, id=id, to=target, at=at, reply=asked.reply if asked else "", due=asked.due if asked else None)
