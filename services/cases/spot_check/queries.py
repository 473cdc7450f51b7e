"""What may be looked up of spot checks: the look-ups to draw from, the checks, their samples, and what somebody is asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.audit.queries.log import LoggedLook
from services.cases.spot_check.rules import MOST_TO_DRAW_FROM, Plan
from shared.ground.errors import NotFound
from shared.ground.statements import named
from shared.ground.working_days import start_of_day
from shared.privacy.personal import Sealed, from_json
from shared.words.vocabulary.checking import SampleOf
from shared.words.vocabulary.people import WITHOUT_A_RELATION, Look

_TO_DRAW_FROM = f"""
    select position from access_log where association = :association and position <= :last and at >= :begins and at < :ends
      and action <> '{Look.SHOWN_IN_LIST}' and actor <> :by and on_behalf_of <> :by
      and (not :apart::bool or (about is not null and relation = any(:relations::text[])))
    order by position limit {MOST_TO_DRAW_FROM + 1}
"""  # noqa: S608  constants of our own
_CHECKS = """
    select checks.*, count(looks.*) filter (where looks.finding = '') as left_over,
      count(looks.*) filter (where looks.finding = 'not_fine') as not_fine
    from spot_checks checks left join spot_check_looks looks using (check_id)
    where checks.association = :association and (:id::uuid is null or check_id = :id)
    group by check_id order by planned_at desc, check_id limit :rows
"""
_SAMPLE = """
    select drawn.position as look, drawn.who, asked_at, answer, answered_at, finding, words, found_at,
      log.position, log.at, coalesce(nullif(service, ''), 'cases') as service, actor, role, purpose, action, about, relation, on_behalf_of,
      selection, listed.case_id is not null as is_a_case,
      coalesce(about = any(:shut_from::uuid[]) or listed.home_id = any(:shut_from::uuid[]), false) as is_kept_out_of
    from spot_check_looks drawn
    left join access_log log on log.position = drawn.position and log.association = :association
    left join case_list listed on listed.case_id = log.about and listed.association = :association
    where {which} order by drawn.place
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """A spot check and how far it has come."""

    check_id: UUID
    planned_by: str
    planned_at: datetime
    seed: str
    since: date
    until: date
    stratum: str
    size: int
    last_position: int
    among: int | None
    drawn_at: datetime | None
    closed_at: datetime | None
    left_over: int
    """Look-ups of the sample without a finding."""
    not_fine: int

    @property
    def plan(self) -> Plan:
        """What was to be drawn."""
        return Plan(since=self.since, until=self.until, stratum=self.stratum, size=self.size, last_position=self.last_position)


@dataclass(frozen=True, kw_only=True, slots=True)
class SampledLook:
    """One look-up of a sample; `logged` is empty where the log has it no more."""

    look: int
    logged: LoggedLook | None
    is_kept_out_of: bool
    """Whether the one who asks keeps out of what was looked at."""
    who: str
    asked_at: datetime | None
    answer: Sealed | None
    answered_at: datetime | None
    finding: str
    words: Sealed | None
    found_at: datetime | None


async def last_position(connection: asyncpg.Connection[Any]) -> int:
    """The last line of the log."""
    return int(await connection.fetchval("select coalesce(max(position), 0) from access_log"))


async def to_draw_from(connection: asyncpg.Connection[Any], plan: Plan, *, association: str, by: str) -> list[int]:
    """The look-ups that a sample is drawn from, by their numbers in the log: the same whenever it is asked, as long as the log has them.

    What a list showed has a line for each case on it beside the look at the list, and would be most of the sample: it is not among them.
    """
    asked = named(
        _TO_DRAW_FROM,
        association=association,
        last=plan.last_position,
        begins=start_of_day(plan.since),
        ends=start_of_day(plan.until + timedelta(days=1)) if plan.until < date.max else start_of_day(date.max),
        by=by,
        apart=plan.stratum == SampleOf.APART,
        relations=sorted(WITHOUT_A_RELATION),
    )
    return [row["position"] for row in await connection.fetch(asked.sql, *asked.values)]


async def checks(connection: asyncpg.Connection[Any], *, association: str, id: UUID | None = None, limit: int = 50) -> list[Check]:
    """The checks of an association, the newest first."""
    asked = named(_CHECKS, association=association, id=id, rows=limit)
    found = await connection.fetch(asked.sql, *asked.values)
    return [Check(**{name: value for name, value in row.items() if name != "association"}) for row in found]


async def check_of(connection: asyncpg.Connection[Any], check_id: UUID, *, association: str) -> Check:
    """One of them. Raises `NotFound`."""
    found = await checks(connection, association=association, id=check_id, limit=1)
    if not found:
        raise NotFound("SpotCheck", check_id)
    return found[0]


async def sample_of(
    connection: asyncpg.Connection[Any], check_id: UUID, *, association: str, shut_from: Collection[UUID]
) -> list[SampledLook]:
    """Its look-ups, as they were drawn."""
    asked = named(_SAMPLE.format(which="drawn.check_id = :id"), association=association, shut_from=list(shut_from), id=check_id)
    return [_read(row) for row in await connection.fetch(asked.sql, *asked.values)]


async def asked_of(
    connection: asyncpg.Connection[Any], who: Collection[str], *, association: str, shut_from: Collection[UUID]
) -> list[tuple[UUID, SampledLook]]:
    """What somebody is asked, and has not said yet; each with its check."""
    which = (
        "drawn.who = any(:who::text[]) and answered_at is null and finding = ''"
        " and drawn.check_id in (select check_id from spot_checks where association = :association)"
    )
    statement = _SAMPLE.replace("select drawn.position", "select drawn.check_id, drawn.position").format(which=which)
    asked = named(statement, association=association, shut_from=list(shut_from), who=sorted(who))
    return [(row["check_id"], _read(row)) for row in await connection.fetch(asked.sql, *asked.values)]


_OF_THE_LOG = tuple(LoggedLook.__dataclass_fields__)
_OF_THE_SAMPLE = ("look", "is_kept_out_of", "who", "asked_at", "answered_at", "finding", "found_at")


def _read(row: asyncpg.Record) -> SampledLook:
    return SampledLook(
        logged=LoggedLook(**{name: row[name] for name in _OF_THE_LOG}) if row["position"] is not None else None,
        answer=from_json(row["answer"]),
        words=from_json(row["words"]),
        **{name: row[name] for name in _OF_THE_SAMPLE},
    )
