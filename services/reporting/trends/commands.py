"""What may be asked of what is published: that a policy is adopted, and that every month that is over is counted."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import asyncpg

from services.reporting.trends.projections.facts import Fact, counted, facts_of
from services.reporting.trends.projections.records import Figures, no_figures
from services.reporting.trends.projections.rows import READER, folded_up_to
from services.reporting.trends.rules.period import Month
from services.reporting.trends.rules.publication import Counts, Publication, publication_id
from shared.history.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class AdoptPolicy:
    """Publish what this text allows."""

    text: str


@dataclass(frozen=True, kw_only=True)
class ReleaseMonths:
    """Publish every month that is over."""

    at: datetime


async def adopt_policy(command: AdoptPolicy, work: UnitOfWork) -> None:
    """Raises `PolicyIsNotUnderstood`."""
    found = await work.find(Publication, publication_id(work.association))
    found = found or Publication.begin_of(work.association, secret=secrets.token_bytes(32))
    found.adopt(command.text)
    await work.save(found)


async def release_months(command: ReleaseMonths, work: UnitOfWork) -> None:
    """Count what is over and not counted yet, of what was heard by now. Nothing where no policy is adopted."""
    found = await work.find(Publication, publication_id(work.association))
    if found is None or found.policy is None or (found.next and not found.next.is_settled(command.at)):
        return
    rows = await work.rows()
    position = await rows.fetchval("select coalesce(max(position), 0) from inbox where reader = $1", READER)
    counting = Counting(work.association)
    await counting.catch_up(rows, found.released)
    await counting.hear(rows, position)
    month = found.next or counting.first_month
    while month is not None and month.is_settled(command.at):
        found.release(month, counting.count(month), position=position, now=command.at)
        month = month.plus(1)
    await work.save(found)


@dataclass
class Counting:
    """The facts of an association, each counted once, as the months were released one after the other."""

    association: str
    position: int = 0
    _figures: Figures = field(default_factory=no_figures)
    _done: set[tuple[str, str]] = field(default_factory=set)

    async def catch_up(self, rows: asyncpg.Connection[Any], released: Mapping[Month, int]) -> dict[Month, Counts]:
        """Count again what was counted, each month of what was heard by its day; answers it, to the digit."""
        again: dict[Month, Counts] = {}
        for month, position in released.items():
            await self.hear(rows, position)
            again[month] = self.count(month)
        return again

    async def hear(self, rows: asyncpg.Connection[Any], position: int) -> None:
        """Remember everything up to a position of the inbox."""
        await folded_up_to(rows, self._figures, after=self.position, position=position)
        self.position = position

    def count(self, month: Month) -> Counts:
        """What happened until the month ended, and was in no month before."""
        facts = [fact for fact in self._facts() if fact.at < month.ends and fact.name not in self._done]
        self._done.update(fact.name for fact in facts)
        return counted(facts)

    @property
    def first_month(self) -> Month | None:
        """When the first of all things happened."""
        return min((Month.of(fact.at) for fact in self._facts()), default=None)

    def _facts(self) -> list[Fact]:
        return list(facts_of(self._figures, self.association))
