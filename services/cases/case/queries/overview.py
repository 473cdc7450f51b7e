"""How much there is to do, as one number for each list that the queue can show."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.case.queries.filters import ASKED, MATCHES, ONE_ASKED, PLACED, PROMISED_FOR, Filters, asking, filters_of
from services.cases.case.rules.queue import MAY_BE_LATE
from shared.ground.provenance import Context
from shared.ground.statements import named
from shared.history.service import Service
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Reach, Resource, allow, reach
from shared.words.vocabulary.case import Status
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import SOCIAL_STAFF, Look, Relation
from shared.words.vocabulary.waiting import ANYTHING, Lack, QueueSection


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """How many cases the queue shows under these filters, and which of them is the oldest."""

    filters: Filters
    cases: int
    oldest: UUID | None
    since: datetime | None
    """When the oldest came in; of what is overdue, since when the longest overdue is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """What a colleague carries. Each case is carried by one, or by nobody, so that all of it adds up to the whole."""

    handler: str
    """Empty for what nobody carries."""
    queue: Number
    """Everything of it that waits for something; the others are a part of this."""
    open: Number
    overdue: Number
    without_date: Number


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """The queue in numbers."""

    all: Number
    sections: dict[QueueSection, Number]
    statuses: dict[Status, Number]
    severities: dict[Severity, Number]
    lacks: dict[Lack, Number]
    overdue: Number
    overdue_unseen: Number
    """Of them those that nobody has seen."""
    overdue_kinds: dict[str, Number]
    """By what is overdue; a case may be overdue with several things."""
    load: list[Load]
    nobodys: Load


async def overview_for(context: Context, service: Service, *, estate: str, mine: bool) -> Overview:
    """The queue in numbers for the one who asks; the look is written down. Raises `NotAllowed`."""
    allow(context, Action.READ_OVERVIEW, Resource(association=context.actor.association))
    reached = reach(context, Action.READ_CASE)
    everybody = service.staff.within(context.actor.association).everybody() if reached.estates is None else ()
    async with service.read() as connection:
        async with connection.transaction(isolation="repeatable_read", readonly=True):  # the numbers are of one instant
            found = await overview(
                connection,
                reached,
                at=context.at,
                within=filters_of(estate=estate, mine=context.actor.is_for if mine else ()),
                colleagues={one.id for one in everybody if not one.roles.isdisjoint(SOCIAL_STAFF)},
            )
        await log_access(connection, context, action=Look.READ_OVERVIEW, relation=Relation.ASSOCIATION)
    return found


async def overview(
    connection: asyncpg.Connection[Any], reach: Reach, *, at: datetime, within: Filters, colleagues: Collection[str] = ()
) -> Overview:
    """The queue in numbers as it is at an instant, as far as `reach` goes; `colleagues` are shown even if they carry nothing."""
    of = partial(replace, within)
    sections = {section: of(section=section) for section in QueueSection}
    statuses = {status: of(status=status) for status in Status}
    severities = {severity: of(severities=(severity,)) for severity in Severity}
    lacks = {lack: of(lacks=(lack,)) for lack in Lack}
    overdue, overdue_unseen = of(late=ANYTHING), of(late=ANYTHING, lacks=(Lack.LOOK,))
    kinds = {kind: of(late=kind) for kind in MAY_BE_LATE}
    handlers = sorted({*colleagues, *await _handlers(connection, reach, at=at, within=within)})
    carried = {handler: of(handlers=(handler,)) for handler in ["", *handlers]}
    opens = {handler: replace(its, status=Status.OPEN) for handler, its in carried.items()}
    lates = {handler: replace(its, late=ANYTHING) for handler, its in carried.items()}
    undated = {handler: replace(its, lacks=(Lack.DATE,)) for handler, its in carried.items()}
    tables: tuple[Mapping[Any, Filters], ...] = (sections, statuses, severities, lacks, kinds, carried, opens, lates, undated)
    asked = [within, overdue, overdue_unseen, *chain.from_iterable(table.values() for table in tables)]
    numbers = await _numbers(connection, reach, at=at, asked=asked)

    def load_of(handler: str) -> Load:
        queue, open, late, dateless = (numbers[table[handler]] for table in (carried, opens, lates, undated))
        return Load(handler=handler, queue=queue, open=open, overdue=late, without_date=dateless)

    return Overview(
        all=numbers[within],
        sections={section: numbers[filters] for section, filters in sections.items()},
        statuses={status: numbers[filters] for status, filters in statuses.items()},
        severities={severity: numbers[filters] for severity, filters in severities.items()},
        lacks={lack: numbers[filters] for lack, filters in lacks.items()},
        overdue=numbers[overdue],
        overdue_unseen=numbers[overdue_unseen],
        overdue_kinds={kind: numbers[filters] for kind, filters in kinds.items()},
        load=[load_of(handler) for handler in handlers],
        nobodys=load_of(""),
    )


_HANDLERS = f"select distinct handler from ({PLACED}) placed, {ONE_ASKED} where handler <> '' and {MATCHES}"  # noqa: S608  constants of our own
_NUMBERS = f"""
    select number, count(case_id) as cases, min(since) as since, (array_agg(case_id order by since, case_id))[1] as oldest
    from (
      select asked.number, case_id, case when asked.late is null then raised_at else {PROMISED_FOR} end as since
      from {ASKED} left join ({PLACED}) placed on {MATCHES}) each
    group by number order by number
"""  # noqa: S608


async def _handlers(connection: asyncpg.Connection[Any], reach: Reach, *, at: datetime, within: Filters) -> list[str]:
    """Who carries something of it."""
    statement = named(_HANDLERS, **asking(reach, at, within))
    return [row["handler"] for row in await connection.fetch(statement.sql, *statement.values)]


async def _numbers(connection: asyncpg.Connection[Any], reach: Reach, *, at: datetime, asked: Sequence[Filters]) -> dict[Filters, Number]:
    statement = named(_NUMBERS, **asking(reach, at, *asked))
    rows = await connection.fetch(statement.sql, *statement.values)
    return {
        filters: Number(filters=filters, cases=row["cases"], oldest=row["oldest"], since=row["since"])
        for filters, row in zip(asked, rows, strict=True)
    }
