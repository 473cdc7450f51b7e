"""The queue: every case that waits for something, ordered by its clock; and what the clock role has to look at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

import asyncpg

from shared.ground.working_days import end_of_day, local_day
from shared.privacy.access import Reach
from shared.privacy.personal import Sealed, from_json
from shared.web.pagination import Place

_NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Sorts what has no clock behind everything that has one."""


class Section(IntEnum):
    """Where in the queue a case stands; the number is the order."""

    ACUTE = 0
    OVERDUE = 1
    TODAY = 2
    LATER = 3
    WAITING = 4
    """Others have the ball: a recipient is to answer, or the damage service is to come."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """One case in the queue."""

    case_id: UUID
    section: Section
    severity: str
    category: str
    status: str
    estate_id: str
    estate_name: str
    municipality: str
    handler: str
    observer: str
    observed_at: datetime
    raised_at: datetime
    address: Sealed | None
    signals: tuple[str, ...]
    informed: str
    due_kind: str
    """What the clock of this case measures now; empty when nothing is due."""
    due_at: datetime | None
    waits_for: str
    targets: tuple[str, ...]
    """Recipients whose answer is awaited."""
    answer_due: datetime | None
    silent_steps: int
    version: int
    sort_key: datetime

    @property
    def waiting_is_news(self) -> bool:
        """Whether `waits_for` tells more than the clock and the status beside it."""
        if self.waits_for == "nobody":
            return self.status == "open"
        return not (self.waits_for == self.due_kind and self.waits_for in ("tell_caretaker", "follow_up"))

    @property
    def place(self) -> Place:
        """Where a longer list goes on."""
        return Place(f"{int(self.section)}|{self.sort_key.isoformat()}", self.case_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What somebody wants to see of the queue; empty means everything."""

    severities: Collection[str] = ()
    estate: str = ""
    handler: str = ""
    section: Section | None = None
    ended: bool = False
    """The closed and dismissed cases instead of those that wait."""


async def queue(
    connection: asyncpg.Connection[Any], reach: Reach, *, at: datetime, filters: Filters, after: Place | None = None, limit: int = 50
) -> list[Waiting]:
    """The queue as it is at an instant, as far as `reach` goes; one row more than `limit` when there is more."""
    section, key = _read(after)
    found = await connection.fetch(
        _QUEUE,
        reach.association,
        sorted(reach.estates) if reach.estates is not None else None,
        reach.handler,
        at,
        end_of_day(local_day(at)),
        list(filters.severities) or None,
        filters.estate or None,
        filters.handler or None,
        filters.ended,
        int(filters.section) if filters.section is not None else None,
        section,
        key,
        after.id if after else None,
        limit + 1,
        _NEVER,
    )
    return [_row(row) for row in found]


async def counted(connection: asyncpg.Connection[Any], reach: Reach, *, at: datetime) -> dict[Section, int]:
    """How many cases stand in each section, for the head of the queue."""
    found = await connection.fetch(
        _COUNTED,
        reach.association,
        sorted(reach.estates) if reach.estates is not None else None,
        reach.handler,
        at,
        end_of_day(local_day(at)),
    )
    counts = {Section(row["section"]): row["cases"] for row in found}
    return {section: counts.get(section, 0) for section in Section}


async def estates_with_cases(connection: asyncpg.Connection[Any], reach: Reach) -> tuple[tuple[str, str], ...]:
    """The estates that have cases within reach and what they were called last, for choosing among them."""
    found = await connection.fetch(
        "select estate_id, (array_agg(estate_name order by raised_at desc))[1] as name from case_list where association = $1"
        " and ($2::text[] is null or estate_id = any($2) or handler = $3) group by estate_id order by name",
        reach.association, sorted(reach.estates) if reach.estates is not None else None, reach.handler,
    )  # fmt: skip
    return tuple((row["estate_id"], row["name"]) for row in found)


async def cases_due(connection: asyncpg.Connection[Any], *, at: datetime, limit: int = 100) -> list[tuple[UUID, str]]:
    """Cases, with their association, in which something was due before `at` and was not recorded as missed."""
    found = await connection.fetch(
        "select case_id, association, min(due_at) as since from open_deadline join case_list using (case_id, association)"
        " where missed_at is null and due_at < $1 and kind in ('triage', 'first_contact', 'tell_caretaker', 'follow_up', 'silence')"
        " and (status = 'open' or kind in ('triage', 'first_contact', 'tell_caretaker'))"
        " group by case_id, association order by since limit $2",
        at, limit,
    )  # fmt: skip
    return [(row["case_id"], row["association"]) for row in found]


async def overdue(connection: asyncpg.Connection[Any]) -> int:
    """How many deadlines were recorded as missed and are still not met, in all associations."""
    return int(await connection.fetchval("select count(*) from open_deadline where missed_at is not null"))


def waits_for(status: str, kinds: Collection[str]) -> str:
    """What a case waits for, as a code for the pages; the first that applies."""
    if status in ("raised", "triaged"):
        return {"raised": "triage", "triaged": "opening"}[status]
    order = ("first_contact", "answer", "damage_service", "meeting", "follow_up", "tell_caretaker")
    return next((kind for kind in order if kind in kinds), "nobody")


# The clock of a case is the earliest thing its own people are to do; a recipient's answer joins them when it is late.
# A closed case waits for one thing only: that the one who saw it is told.
_PLACED = """
    select c.case_id, c.association, c.version, c.severity, c.category, c.status, c.estate_id, c.estate_name, c.municipality, c.handler,
      c.observer, c.observed_at, c.raised_at, c.changed_at, c.address, c.signals, c.informed,
      d.kind as due_kind, d.due_at, o.kinds, o.targets, o.answer_due, o.silent_steps,
      case
        when c.severity = 'acute' and c.status in ('raised', 'triaged', 'open') then 0
        when d.due_at < $4 then 1
        when d.due_at <= $5 then 2
        when o.kinds && array['answer', 'damage_service'] then 4
        else 3
      end as section
    from case_list c
    left join lateral (
      select kind, due_at from open_deadline
      where case_id = c.case_id and due_at is not null and kind <> 'silence' and (kind <> 'answer' or due_at < $4)
        and (c.status in ('raised', 'triaged', 'open') or kind = 'tell_caretaker')
      order by due_at, kind limit 1
    ) d on true
    left join lateral (
      select array_agg(distinct kind) filter (where kind <> 'silence') as kinds,
        array_agg(distinct target) filter (where kind = 'answer') as targets,
        min(due_at) filter (where kind = 'answer') as answer_due,
        max(step) filter (where kind = 'silence' and missed_at is not null) as silent_steps
      from open_deadline where case_id = c.case_id and (c.status in ('raised', 'triaged', 'open') or kind = 'tell_caretaker')
    ) o on true
    where c.association = $1 and ($2::text[] is null or c.estate_id = any($2) or c.handler = $3)
"""
_WAITS = "(status in ('raised', 'triaged', 'open') or kinds is not null)"
_QUEUE = (
    f"with placed as ({_PLACED}"  # noqa: S608  constants of this module
    "   and ($6::text[] is null or c.severity = any($6)) and ($7::text is null or c.estate_id = $7)"
    "   and ($8::text is null or c.handler = $8)),"
    " keyed as (select *, case when $9 then timestamptz 'epoch' + (timestamptz 'epoch' - changed_at)"
    f"   else coalesce(due_at, answer_due, $15::timestamptz) end as sort_key from placed where $9 <> {_WAITS})"
    " select case_id, version, severity, category, status, estate_id, estate_name, municipality, handler, observer, observed_at, raised_at,"
    "   address, signals, informed, due_kind, due_at, kinds, targets, answer_due, silent_steps, section, sort_key"
    " from (select *, case when $9 then 3 else section end as place from keyed) listed"
    " where ($10::int is null or section = $10)"
    "   and ($11::int is null or (place, sort_key, case_id) > ($11, $12::timestamptz, $13::uuid))"
    " order by place, sort_key, case_id limit $14"
)
_COUNTED = f"select section, count(*) as cases from ({_PLACED}) placed where {_WAITS} group by section"  # noqa: S608


def _read(after: Place | None) -> tuple[int | None, datetime | None]:
    if after is None:
        return None, None
    section, _, key = str(after.key).partition("|")
    return int(section), datetime.fromisoformat(key)


def _row(row: asyncpg.Record) -> Waiting:
    kinds: Sequence[str] = row["kinds"] or ()
    return Waiting(
        case_id=row["case_id"],
        section=Section(row["section"]),
        severity=row["severity"],
        category=row["category"],
        status=row["status"],
        estate_id=row["estate_id"],
        estate_name=row["estate_name"],
        municipality=row["municipality"],
        handler=row["handler"],
        observer=row["observer"],
        observed_at=row["observed_at"],
        raised_at=row["raised_at"],
        address=from_json(row["address"]),
        signals=tuple(row["signals"]),
        informed=row["informed"],
        due_kind=row["due_kind"] or "",
        due_at=row["due_at"],
        waits_for=waits_for(row["status"], kinds),
        targets=tuple(row["targets"] or ()),
        answer_due=row["answer_due"],
        silent_steps=row["silent_steps"] or 0,
        version=row["version"],
        sort_key=row["sort_key"],
    )
