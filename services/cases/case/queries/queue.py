"""The queue: every case that waits for something, ordered by danger; and what the clock role has to look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.case.queries.filters import MATCHES, ONE_ASKED, PLACED, Filters, asking
from services.cases.case.queries.history import relation
from services.cases.case.queries.within import WITHIN, within
from services.cases.case.rules.queue import dated, standing
from services.cases.case.rules.waiting import Wait, waits_for
from shared.ground.provenance import Actor
from shared.ground.statements import named
from shared.privacy.access import Reach
from shared.privacy.personal import Sealed, from_json
from shared.web.pagination import Keyset
from shared.words.vocabulary.beginning import begins_as
from shared.words.vocabulary.case import Status
from shared.words.vocabulary.people import Relation
from shared.words.vocabulary.waiting import Appointment, Lack, QueueSection


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """One case in the queue."""

    case_id: UUID
    observation_id: UUID
    section: QueueSection
    severity: str
    category: str
    status: str
    estate_id: str
    estate_name: str
    municipality: str
    handler: str
    observer: str
    source: str
    how: str
    observed_at: datetime
    raised_at: datetime
    address: Sealed | None
    is_address_protected: bool
    signals: tuple[str, ...]
    informed: str
    seen_before: datetime | None
    """When somebody else saw something about the same people, where that is why it is proposed as worrying."""
    due_kind: str
    """What the clock of this case measures now; empty when nothing is due."""
    due_at: datetime | None
    waits_for: str
    targets: tuple[str, ...]
    """Recipients whose answer is awaited."""
    answer_due: datetime | None
    silent_steps: int
    version: int
    late: tuple[str, ...]
    """Everything of it that is overdue, the longest first."""
    lacks: tuple[Lack, ...]
    rank: int
    sort_key: datetime

    @property
    def begins_as(self) -> str:
        """What it is until somebody judges it, where nobody said how serious it is; empty otherwise."""
        return (begins_as(self.source, self.how) or "") if self.status == Status.RAISED else ""

    @property
    def waiting_is_news(self) -> bool:
        """Whether `waits_for` tells more than the clock and the status beside it."""
        if self.waits_for == "nobody":
            return self.status == "open"
        return not (self.waits_for == self.due_kind and self.waits_for in ("tell_caretaker", "follow_up"))

    def relation_of(self, actor: Actor) -> Relation:
        """What somebody who sees it in the queue has to do with it."""
        return relation(actor, carried_by=(self.handler,), estate=self.estate_id, seen_by=(self.observer,))

    @property
    def keyset(self) -> Keyset:
        """Where a longer list goes on."""
        return Keyset(f"{self.section.order}|{self.rank}|{self.sort_key.isoformat()}", self.case_id)


async def queue(
    connection: asyncpg.Connection[Any], reach: Reach, *, at: datetime, filters: Filters, after: Keyset | None = None, limit: int = 50
) -> list[Waiting]:
    """The queue as it is at an instant, as far as `reach` goes; one row more than `limit` when there is more."""
    section, rank, key = _read(after)
    asked = named(
        _QUEUE,
        **asking(reach, at, filters),
        after_section=section,
        after_rank=rank,
        after_key=key,
        after_case=after.id if after else None,
        rows=limit + 1,
    )
    return [_row(row, at) for row in await connection.fetch(asked.sql, *asked.values)]


async def counted(connection: asyncpg.Connection[Any], reach: Reach, *, at: datetime, filters: Filters) -> dict[QueueSection, int]:
    """How many of these cases stand in each section, whichever section is chosen."""
    asked = named(_COUNTED, **asking(reach, at, replace(filters, section=None)))
    counts = {_SECTIONS[row["section"]]: row["cases"] for row in await connection.fetch(asked.sql, *asked.values)}
    return {section: counts.get(section, 0) for section in QueueSection}


async def estates_with_cases(connection: asyncpg.Connection[Any], reach: Reach) -> tuple[tuple[str, str], ...]:
    """The estates that have cases within reach and what they were called last, for choosing among them.

    A case with a protected address is found under no estate: whoever chooses one would be told where it is.
    """
    asked = named(_ESTATES, **within(reach))
    return tuple((row["estate_id"], row["name"]) for row in await connection.fetch(asked.sql, *asked.values))


async def cases_due(connection: asyncpg.Connection[Any], *, at: datetime, limit: int = 100) -> list[tuple[UUID, str, list[UUID]]]:
    """Cases that have something to record, for it was due before `at`: with their association and the keys of their orders. The longest
    overdue first."""
    found = await connection.fetch(
        "select case_id, association, order_keys from case_list where next_due < $1 order by next_due, case_id limit $2", at, limit
    )
    return [(row["case_id"], row["association"], row["order_keys"]) for row in found]


async def overdue(connection: asyncpg.Connection[Any]) -> int:
    """How many deadlines were recorded as missed and are still not met, in all associations."""
    return int(await connection.fetchval("select coalesce(sum(missed), 0) from case_list"))


_SECTIONS = list(QueueSection)

_QUEUE = f"""
    select case_id, observation_id, version, placed.severity, category, placed.status, estate_id, estate_name, municipality, handler,
      observer, source, how, observed_at, raised_at, address, is_address_protected, signals, informed, seen_before, waits, placed.lacks,
      section_now, rank_now, key_now
    from ({PLACED}) placed, {ONE_ASKED}
    where {MATCHES}
      and (:after_section::int is null
        or (section_now, rank_now, key_now, case_id) > (:after_section, :after_rank::int, :after_key::timestamptz, :after_case::uuid))
    order by section_now, rank_now, key_now, case_id limit :rows
"""  # noqa: S608  constants of our own
_COUNTED = f"""
    select section_now as section, count(*) as cases from ({PLACED}) placed, {ONE_ASKED} where {MATCHES} group by section_now
"""  # noqa: S608
_ESTATES = f"""
    select estate_id, (array_agg(estate_name order by raised_at desc))[1] as name from case_list where {WITHIN} and estate_id <> ''
      and not is_address_protected
    group by estate_id order by name
"""  # noqa: S608


def _read(after: Keyset | None) -> tuple[int | None, int | None, datetime | None]:
    if after is None:
        return None, None, None
    section, rank, key = str(after.key).split("|")
    return int(section), int(rank), datetime.fromisoformat(key)


def read_waits(stored: list[dict[str, Any]]) -> list[Wait]:
    """What a case waits for, as its line in the list has it."""
    return [Wait(**wait | {"due": wait["due"] and datetime.fromisoformat(wait["due"])}) for wait in stored]


def _row(row: asyncpg.Record, at: datetime) -> Waiting:
    waits = read_waits(row["waits"])
    clock = standing(waits, status=row["status"], severity=row["severity"]).clock(at)
    answers = [wait for wait in waits if wait.kind == Appointment.ANSWER]
    return Waiting(
        case_id=row["case_id"],
        observation_id=row["observation_id"],
        section=_SECTIONS[row["section_now"]],
        severity=row["severity"],
        category=row["category"],
        status=row["status"],
        estate_id=row["estate_id"],
        estate_name=row["estate_name"],
        municipality=row["municipality"],
        handler=row["handler"],
        observer=row["observer"],
        source=row["source"],
        how=row["how"],
        observed_at=row["observed_at"],
        raised_at=row["raised_at"],
        address=from_json(row["address"]),
        is_address_protected=row["is_address_protected"],
        signals=tuple(row["signals"]),
        informed=row["informed"],
        seen_before=row["seen_before"],
        due_kind=clock.kind if clock else "",
        due_at=clock.due if clock else None,
        waits_for=waits_for(row["status"], waits),
        targets=tuple(sorted({answer.target for answer in answers})),
        answer_due=min((answer.due for answer in answers if answer.due), default=None),
        silent_steps=max((wait.step for wait in waits if wait.kind == Appointment.SILENCE and wait.is_missed), default=0),
        version=row["version"],
        late=tuple(dict.fromkeys(wait.kind for wait in dated(waits) if wait.due and wait.due < at)),
        lacks=tuple(lack for lack in Lack if lack in row["lacks"]),
        rank=row["rank_now"],
        sort_key=row["key_now"],
    )
