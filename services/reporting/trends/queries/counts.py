"""Counts and times of one association, of the concerns observed in a period: as they are, not yet safe to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

import asyncpg

from services.reporting.trends.rules.period import Month, Period
from shared.words.vocabulary.figures import Promise, Stage, Timed

Rows: TypeAlias = "asyncpg.Connection[Any]"


@dataclass(frozen=True, slots=True)
class Selection:
    """Whose concerns, observed when, where; an empty municipality means all."""

    association: str
    period: Period
    municipality: str = ""

    @property
    def arguments(self) -> tuple[str, datetime, datetime, str]:
        return self.association, self.period.begins, self.period.ends, self.municipality


@dataclass(frozen=True, slots=True)
class Duration:
    """How many took how long, in hours."""

    how_many: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises were kept, of those that could be judged by now."""

    kept: int
    judged: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Concerns:
    """Concerns by everything they are counted by; each counter adds up to the whole, but for those that say otherwise."""

    months: Counter[Month] = field(default_factory=Counter)
    places: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By municipality and estate."""
    severities: Counter[str] = field(default_factory=Counter)
    consents: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    """Of those that became a case."""
    outcomes: Counter[str] = field(default_factory=Counter)
    """Of the cases that are closed."""

    @property
    def how_many(self) -> int:
        return self.stages.total()


async def concerns_of(connection: Rows, selection: Selection) -> Concerns:
    """The concerns a selection holds, counted."""
    found = await connection.fetch(
        """
        select extract(year from observed_at at time zone 'Europe/Copenhagen')::int as year,
          extract(month from observed_at at time zone 'Europe/Copenhagen')::int as month,
          municipality, estate_id, severity, category, consent, outcome,
          dismissed_at is not null and (taken_up_as_of is null or dismissed_as_of > taken_up_as_of) as dismissed,
          opened_at is not null as opened,
          closed_at is not null and (opened_as_of is null or outcome_as_of >= opened_as_of) as closed, is_erased, count(*)::int as how_many
         from case_figures where association = $1 and observed_at >= $2 and observed_at < $3 and ($4 = '' or municipality = $4)
          and raised_at is not null and not left_out
         group by year, month, municipality, estate_id, severity, category, consent, outcome, dismissed, opened, closed, is_erased
        """,
        *selection.arguments,
    )
    concerns = Concerns()
    for row in found:
        how_many, stage = row["how_many"], _stage(row)
        concerns.months[Month(row["year"], row["month"])] += how_many
        concerns.places[row["municipality"], row["estate_id"]] += how_many
        concerns.severities[row["severity"]] += how_many
        concerns.consents[row["consent"]] += how_many
        concerns.stages[stage] += how_many
        if stage in (Stage.OPEN, Stage.CLOSED):
            concerns.categories[row["category"]] += how_many
        if stage == Stage.CLOSED and row["closed"]:
            concerns.outcomes[row["outcome"]] += how_many
    return concerns


def _stage(row: Mapping[str, Any]) -> Stage:
    if row["opened"]:
        return Stage.CLOSED if row["closed"] or row["is_erased"] else Stage.OPEN
    return Stage.DISMISSED if row["dismissed"] or row["is_erased"] else Stage.WAITING


async def signals_of(connection: Rows, selection: Selection) -> Counter[str]:
    """How many concerns show a signal; one concern may show several."""
    found = await connection.fetch(
        """
        select signal, count(distinct case_id)::int as how_many from case_figures, unnest(signals) as signal
         where association = $1 and observed_at >= $2 and observed_at < $3 and ($4 = '' or municipality = $4)
          and raised_at is not null and not left_out
         group by signal
        """,
        *selection.arguments,
    )
    return Counter({row["signal"]: row["how_many"] for row in found})


async def durations_of(connection: Rows, selection: Selection) -> dict[str, Duration]:
    """How long each step took, for the concerns in which it was taken."""
    found = await connection.fetch(
        """
        select step, count(*)::int as how_many,
          percentile_cont(array[0.5, 0.9]) within group (
            order by extract(epoch from greatest(ended - begun, interval '0'))::float8 / 3600) as hours
         from case_figures, lateral (values ('triage', observed_at, triaged_at), ('first_contact', observed_at, first_contact_at),
          ('first_referral', observed_at, first_referral_at), ('acknowledged', first_referral_at, first_acknowledged_at),
          ('answered', first_referral_at, first_answered_at), ('told', observed_at, first_told_at)) as taken (step, begun, ended)
         where association = $1 and observed_at >= $2 and observed_at < $3 and ($4 = '' or municipality = $4)
          and raised_at is not null and not left_out
          and begun is not null and ended is not null
         group by step
        """,
        *selection.arguments,
    )
    taken = {row["step"]: Duration(row["how_many"], *row["hours"]) for row in found}
    return {step: taken.get(step, Duration(0, None, None)) for step in Timed}


@dataclass(frozen=True, kw_only=True, slots=True)
class Promises:
    """What was promised, and whether it was kept; and a few more counts of the same cases."""

    kept: Mapping[str, Kept]
    """By promise: tellings in time of all tellings, mails that arrived of those that did or did not, the others of all concerns."""
    damage_service: int
    """Cases in which the damage service came."""
    accompanied: int
    """Cases in which a known face came along."""


async def promises_of(connection: Rows, selection: Selection, *, now: datetime) -> Promises:
    """Whether what was promised was kept, by now."""
    row = await _one(
        connection,
        """
        with chosen as (select * from case_figures where association = $1 and observed_at >= $2 and observed_at < $3
           and ($4 = '' or municipality = $4) and raised_at is not null and not left_out),
         cases as (select count(*) as concerns,
           count(*) filter (where triaged_at is not null or dismissed_at is not null
             or (triage_due < $5 and (not is_erased or missed_triage > 0))) as triage_judged,
           count(*) filter (where coalesce(triaged_at, dismissed_at) <= triage_due and missed_triage = 0) as triage_kept,
           count(*) filter (where first_contact_at is not null or (opened_at is not null and contact_due < $5
             and (not is_erased or closed_at is not null or missed_first_contact > 0))) as contact_judged,
           count(*) filter (where first_contact_at is not null and first_contact_on_time) as contact_kept,
           count(*) filter (where first_told_at is not null) as told,
           coalesce(sum(times_told), 0) as times_told, coalesce(sum(times_told_on_time), 0) as times_told_on_time,
           count(*) filter (where damage_completed_at is not null) as damage, count(*) filter (where accompaniments > 0) as accompanied
          from chosen),
         looked as (select count(*) filter (where f.done_at is not null or f.missed_at is not null
             or (f.due < $5 and (not chosen.is_erased or chosen.closed_at is not null))) as judged,
           count(*) filter (where f.done_on_time and f.missed_at is null) as kept
          from follow_up_figures f join chosen using (case_id)),
         referred as (select
            count(*) filter (where r.acknowledged_at is not null or r.answered_at is not null
             or (r.answer_due < $5 and (not chosen.is_erased or chosen.closed_at is not null))) as judged,
           count(*) filter (where coalesce(r.acknowledged_on_time, r.answered_at <= r.answer_due)) as kept
          from referral_figures r join chosen using (case_id)),
         noticed as (select count(*) as judged, count(*) filter (where failed_at is null) as kept from notice_figures
          where association = $1 and coalesce(sent_at, failed_at) >= $2 and coalesce(sent_at, failed_at) < $3)
         select cases.*, looked.judged as follow_ups_judged, looked.kept as follow_ups_kept, referred.judged as referred_judged,
          referred.kept as referred_kept, noticed.judged as noticed_judged, noticed.kept as noticed_kept
         from cases, looked, referred, noticed
        """,
        *selection.arguments,
        now,
    )
    return Promises(
        kept={
            Promise.TRIAGE: Kept(row["triage_kept"], row["triage_judged"]),
            Promise.FIRST_CONTACT: Kept(row["contact_kept"], row["contact_judged"]),
            Promise.ACKNOWLEDGED: Kept(row["referred_kept"], row["referred_judged"]),
            Promise.FOLLOW_UPS: Kept(row["follow_ups_kept"], row["follow_ups_judged"]),
            Promise.TOLD: Kept(row["told"], row["concerns"]),
            Promise.TOLD_ON_TIME: Kept(row["times_told_on_time"], row["times_told"]),
            Promise.NOTICES: Kept(row["noticed_kept"], row["noticed_judged"]),
        },
        damage_service=row["damage"],
        accompanied=row["accompanied"],
    )


@dataclass(frozen=True, slots=True)
class Answers:
    """Referrals by what came of them so far."""

    answered: int = 0
    """Acknowledged or answered."""
    waiting: int = 0
    """Nothing yet, and the agreed time is not over."""
    silent: int = 0
    """Nothing, and the agreed time is over."""

    @property
    def unanswered(self) -> int:
        return self.waiting + self.silent

    @property
    def how_many(self) -> int:
        return self.answered + self.unanswered

    def __add__(self, other: Answers) -> Answers:
        return Answers(self.answered + other.answered, self.waiting + other.waiting, self.silent + other.silent)


async def referrals_of(connection: Rows, selection: Selection, *, now: datetime) -> dict[tuple[str, str], Answers]:
    """The referrals of the chosen concerns, by target and municipality."""
    found = await connection.fetch(
        """
        select r.target, r.municipality,
          count(*) filter (where r.acknowledged_at is not null or r.answered_at is not null)::int as answered,
          count(*) filter (where r.acknowledged_at is null and r.answered_at is null and not r.answer_due < $5)::int as waiting,
          count(*) filter (where r.acknowledged_at is null and r.answered_at is null and r.answer_due < $5)::int as silent
         from referral_figures r join case_figures c using (case_id)
         where c.association = $1 and c.observed_at >= $2 and c.observed_at < $3 and ($4 = '' or c.municipality = $4)
          and c.raised_at is not null and not c.left_out and r.sent_at is not null
         group by r.target, r.municipality
        """,
        *selection.arguments,
        now,
    )
    return {(row["target"], row["municipality"]): Answers(row["answered"], row["waiting"], row["silent"]) for row in found}


@dataclass(frozen=True, kw_only=True, slots=True)
class RightNow:
    """What stands open at this moment, whenever it was observed."""

    open_cases: int
    waiting: int
    """Concerns nobody has assessed yet."""
    waiting_too_long: int
    not_contacted_in_time: int
    referrals_unanswered: int
    follow_ups_overdue: int


async def right_now(connection: Rows, association: str, *, municipality: str, now: datetime) -> RightNow:
    """What is open, and what is overdue."""
    row = await _one(
        connection,
        """
        with c as (select *, opened_at is not null and (closed_at is null or outcome_as_of < opened_as_of) as is_open,
           dismissed_at is not null and (taken_up_as_of is null or dismissed_as_of > taken_up_as_of) as is_dismissed
           from case_figures
           where association = $1 and ($2 = '' or municipality = $2) and raised_at is not null and not left_out and not is_erased)
         select count(*) filter (where is_open) as open_cases,
         count(*) filter (where opened_at is null and not is_dismissed) as waiting,
          count(*) filter (where opened_at is null and not is_dismissed and triaged_at is null and triage_due < $3)
            as waiting_too_long,
          count(*) filter (where is_open and first_contact_at is null and contact_due < $3) as not_contacted_in_time,
          (select count(*) from referral_figures r join c using (case_id) where c.is_open and r.sent_at is not null
            and r.acknowledged_at is null and r.answered_at is null and r.answer_due < $3) as referrals_unanswered,
          (select count(*) from follow_up_figures f join c using (case_id) where c.is_open and f.done_at is null and f.due < $3)
            as follow_ups_overdue
         from c
        """,
        association,
        municipality,
        now,
    )
    return RightNow(**dict(row))


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from."""

    years: tuple[int, ...]
    """Calendar years with an observation, newest first."""
    municipalities: tuple[str, ...]
    estate_names: Mapping[str, str]
    """What each estate was called last; an estate nobody told the name of is left out."""


async def choices_of(connection: Rows, association: str) -> Choices:
    """The years, municipalities and estates of an association's concerns."""
    row = await _one(
        connection,
        """
        select array(select distinct extract(year from observed_at at time zone 'Europe/Copenhagen')::int from case_figures
           where association = $1 and raised_at is not null and not left_out order by 1 desc) as years,
          array(select distinct municipality from case_figures
            where association = $1 and raised_at is not null and not left_out order by 1) as municipalities,
          array(select distinct on (estate_id) array[estate_id, estate_name] from case_figures
            where association = $1 and estate_name <> '' order by estate_id, observed_at desc) as estates
        """,
        association,
    )
    return Choices(tuple(row["years"]), tuple(row["municipalities"]), dict(row["estates"]))


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far the counting has come."""

    heard_at: datetime | None
    """When the newest message was taken in."""
    seconds_behind: float | None
    """How long after it was said that was."""
    parked: int
    """Messages that could not be taken in and wait for a person: what they say is not counted."""


async def freshness(connection: Rows, *, reader: str) -> Freshness:
    """When something was last heard. What was said after that, and is under way, nobody here can know."""
    row = await _one(
        connection,
        """
        select heard_at, extract(epoch from heard_at - (headers->>'ce_recordedtime')::timestamptz)::float8 as seconds_behind,
         (select count(*) from parked where reader = $1 and done_at is null) as parked
         from (select 1) as one
          left join lateral (select heard_at, headers from inbox where reader = $1 order by position desc limit 1) as newest on true
        """,
        reader,
    )
    behind = row["seconds_behind"]
    return Freshness(row["heard_at"], None if behind is None else max(0.0, behind), row["parked"])


def added(counts: Iterable[Answers]) -> Answers:
    """All of them together."""
    return sum(counts, Answers())


async def _one(connection: Rows, question: str, *arguments: object) -> Mapping[str, Any]:
    """The row of a question that always has one."""
    (row,) = await connection.fetch(question, *arguments)
    answer: Mapping[str, Any] = row
    return answer
