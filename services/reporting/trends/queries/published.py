"""What is published of an association, and under which policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

import asyncpg

from services.reporting.trends.rules.period import SETTLES, Month, Period
from services.reporting.trends.rules.policy import Policy, read_adopted
from services.reporting.trends.rules.rounding import Node

Connection: TypeAlias = "asyncpg.Connection[Any]"


@dataclass(frozen=True, slots=True)
class AdoptedPolicy:
    """The policy that holds, with who answers for it."""

    policy: Policy
    text: str
    adopted_at: datetime
    adopted_by: str


@dataclass(frozen=True, slots=True)
class Released:
    """One month as it was published."""

    month: Month
    released_at: datetime
    totals: Mapping[str, int]
    tables: Mapping[tuple[str, Node], int]
    """Of the whole quarter, where the month ends one."""
    exact: Mapping[str, int]
    """Of the whole year, where the month ends one."""
    exact_outcomes: frozenset[str]
    """Which outcomes stand in no table of it, because the year is to say them exactly."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is published of a period: its months, its quarters, and the whole of it where it is a year that is over."""

    period: Period
    months: tuple[Released, ...] = ()
    totals: Counter[str] = field(default_factory=Counter)
    tables: Counter[tuple[str, Node]] = field(default_factory=Counter)
    quarters: int = 0
    """Of how many quarters the tables are."""
    exact: Mapping[str, int] = field(default_factory=dict)

    @property
    def of_tables(self) -> tuple[Released, ...]:
        """The months that the tables are of: those of the quarters that are over."""
        last = next((at for at in range(len(self.months), 0, -1) if self.months[at - 1].month.ends_a_quarter), 0)
        return self.months[:last] if self.quarters else ()


async def policy_in_force(connection: Connection, association: str) -> AdoptedPolicy | None:
    """The policy that was adopted last."""
    row = await connection.fetchrow(
        "select text, adopted_at, adopted_by from figure_policies where association = $1 order by adopted_in_order desc limit 1",
        association,
    )
    return row and AdoptedPolicy(read_adopted(row["text"]), row["text"], row["adopted_at"], row["adopted_by"])


async def released_of(connection: Connection, association: str, *, by: datetime) -> dict[Month, Released]:
    """Every month that was published by a moment."""
    rows = await connection.fetch(
        "select month, released_at, exact_outcomes, published from month_releases"
        " where association = $1 and released_at <= $2 order by month",
        association,
        by,
    )
    return {each.month: each for each in map(_released, rows)}


def published_in(period: Period, released: Mapping[Month, Released], *, only: int = 12) -> Published:
    """What is published of a period, or of its first months only, so that it stands beside another that is not over."""
    months = tuple(released[month] for month in period.months[:only] if month in released)
    found = Published(period, months, quarters=sum(each.month.ends_a_quarter for each in months) if period.kind != "month" else 0)
    for each in months:
        found.totals.update(each.totals)
        if period.kind != "month":
            found.tables.update(each.tables)
    exact = months[-1].exact if months and period.kind == "year" else {}
    return Published(period, months, found.totals, found.tables, found.quarters, exact)


async def estate_names(connection: Connection, association: str) -> dict[str, str]:
    """What each estate was called last; one that nobody told the name of is left out."""
    rows = await connection.fetch(
        "select distinct on (estate_id) estate_id, estate_name from case_figures"
        " where association = $1 and estate_name <> '' order by estate_id, observed_at desc",
        association,
    )
    return {row["estate_id"]: row["estate_name"] for row in rows}


async def may_be_due(connection: Connection, *, now: datetime) -> list[str]:
    """Associations with a policy, whose newest month that is over is not published."""
    newest = Month.of(now - SETTLES).plus(-1)
    rows = await connection.fetch(
        "select distinct association from figure_policies p"
        " where not exists (select from month_releases r where r.association = p.association and r.month >= $1) order by 1",
        str(newest),
    )
    return [row["association"] for row in rows]


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far the hearing has come."""

    heard_at: datetime | None
    """When the newest message was taken in."""
    parked: int
    """Messages that could not be taken in and wait for a person: what they say is not counted."""


async def freshness(connection: Connection, *, reader: str) -> Freshness:
    """When something was last heard. What was said after that, and is under way, nobody here can know."""
    (row,) = await connection.fetch(
        "select (select heard_at from inbox where reader = $1 order by position desc limit 1) as heard_at,"
        " (select count(*) from parked where reader = $1 and done_at is null) as parked",
        reader,
    )
    return Freshness(row["heard_at"], row["parked"])


def _released(row: Mapping[str, Any]) -> Released:
    published = row["published"]
    tables = {(kind, tuple(node)): count for kind, node, count in published["tables"]}
    return Released(
        Month.read(row["month"]), row["released_at"], published["totals"], tables, published["exact"], frozenset(row["exact_outcomes"])
    )


async def looks(connection: Connection, association: str, *, limit: int = 200) -> list[Mapping[str, Any]]:
    """Who looked at figures, newest first, with what they chose."""
    found: list[Mapping[str, Any]] = await connection.fetch(
        "select at, actor, role, purpose, action, selection from access_log where association = $1 order by position desc limit $2",
        association, limit,
    )  # fmt: skip
    return found
