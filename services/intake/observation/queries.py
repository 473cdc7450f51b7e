"""What a caretaker may look up: his own observations, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from services.intake.observation.rules.observation import receipt_of
from services.intake.observation.rules.report import Report
from shared.ground.errors import NotFound
from shared.ground.provenance import Context
from shared.messaging.access_log import log_access
from shared.privacy.access import Reach
from shared.privacy.personal import Sealed, from_json
from shared.privacy.staff import StaffDirectory
from shared.web.pagination import Keyset
from shared.words.vocabulary.beginning import Way
from shared.words.vocabulary.people import Look, Relation


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """One thing the caretaker was told."""

    milestone: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnObservation:
    """An observation as its observer reads it; `address` and `words` are sealed for the resident."""

    observation_id: UUID
    version: int
    observer: str
    observed_at: datetime
    received_at: datetime
    estate_id: str
    home_id: UUID | None
    source: str
    how: str
    place: str
    area: str
    is_at_home: bool
    """Whether it is known which home it is about, or was until that was erased."""
    signals: tuple[str, ...]
    severity: str
    consent_answer: str
    consent_wording: str
    consent_scope: tuple[str, ...]
    address: Sealed
    words: Sealed | None
    triage_due: datetime | None
    triage_missed: bool
    notice_failed_at: datetime | None
    seen_at: datetime | None
    seen_role: str | None
    assessed_at: datetime | None
    assessed_severity: str | None
    case_opened_at: datetime | None
    contact_due: datetime | None
    reopened_at: datetime | None
    passed_on_at: datetime | None
    put_right_at: datetime | None
    """When it was moved to another home, because the first was the wrong one."""
    case_id: UUID | None
    """Where the observer's part of the case is; `None` until cases has taken it in."""
    meeting_at: datetime | None
    meeting_comes: bool | None
    dismissed_at: datetime | None
    dismissal: str | None
    ended_at: datetime | None
    ending: str | None
    """What the one who saw it reads of the outcome (`Ending`)."""
    tellings: tuple[Telling, ...]
    is_address_protected: bool
    """Whether the ERP or its case says that the address of somebody who lives there is protected: then nobody is shown here where it is."""

    @property
    def receipt(self) -> str:
        """The number on the receipt."""
        return receipt_of(self.observation_id)

    @property
    def state(self) -> str:
        """How far it has come, as far as anybody has said so."""
        steps = {
            "ended": self.ended_at,
            "dismissed": self.dismissed_at,
            "case_opened": self.case_opened_at or self.reopened_at,
            "assessed": self.assessed_at,
            "seen": self.seen_at,
            "waiting": self.triage_due,
        }
        return next((state for state, reached in steps.items() if reached), "received")

    @property
    def keyset(self) -> Keyset:
        """Where it stands in the list."""
        return Keyset(self.received_at, self.observation_id)


THE_SAME_WITHIN = timedelta(minutes=15)
"""Who tells of the same place again so soon is asked whether it is something new."""

_COLUMNS = (
    "observation_id, version, observer, observed_at, received_at, estate_id, home_id, source, how, place, area, is_at_home,"
    " signals, severity, consent_answer,"
    " consent_wording, consent_scope, address, words, triage_due, triage_missed, notice_failed_at, seen_at, seen_role,"
    " assessed_at, assessed_severity, case_opened_at, contact_due, reopened_at, passed_on_at, put_right_at, case_id,"
    " meeting_at, meeting_comes,"
    " dismissed_at, dismissal,"
    " ended_at, ending,"
    " is_protected or exists (select from tenancies"
    " where tenancies.home_id = observations.home_id and tenancies.tenancy_id = observations.tenancy_id"
    " and tenancies.association = observations.association and tenancies.is_protected) as is_address_protected,"
    " array(select milestone from observation_tellings told where told.observation_id = observations.observation_id"
    " order by at, milestone) as milestones,"
    " array(select at from observation_tellings told where told.observation_id = observations.observation_id"
    " order by at, milestone) as told_at"
)

_OPEN = "(home_id is null or home_id <> all(${0}::uuid[])) and (case_id is null or case_id <> all(${0}::uuid[]))"
"""How an observation goes that somebody keeps out of, they do not follow either, though they saw it first."""


async def observations_of(
    connection: asyncpg.Connection[Any], context: Context, reach: Reach, staff: StaffDirectory, *, before: Keyset | None = None, limit: int
) -> Sequence[OwnObservation]:
    """The observations within somebody's reach that belong to the hat they wear, newest first; the look is noted.

    What was registered in another hat that whose hat it is still has is listed there. In a lent hat one sees what whoever is away
    registered since then, or what was registered for them, and nothing of one's own. One that is named is found in every hat, for a mail
    leads to it.
    """
    me = context.actor
    whose = me.on_behalf_of or me.id
    person = staff.person(whose)
    absence = person.absence(context.at) if person and me.on_behalf_of else None
    found = await connection.fetch(
        f"select {_COLUMNS} from observations where association = $1 and observer = any($2)"  # noqa: S608 (our own column names)
        f" and ($3::timestamptz is null or (received_at, observation_id) < ($3, $4)) and {_OPEN.format(6)}"
        " and registered_as <> all($7::text[])"
        " and ((observer = $8 and registered_for = '' and ($10::timestamptz is null or received_at >= $10))"
        " or ($8 <> $9 and observer = $9 and registered_for = $8))"
        " order by received_at desc, observation_id desc limit $5",
        reach.association, sorted(reach.observers or ()), before.key if before else None, before.id if before else None, limit,
        sorted(reach.shut_from), sorted(person.roles - {me.role}) if person else [], whose, me.id, absence and absence.begins,
    )  # fmt: skip
    await log_access(connection, context, told_by="intake", action=Look.READ_OWN_OBSERVATIONS, relation=Relation.OBSERVER)
    return [_read(row) for row in found]


@dataclass(frozen=True, kw_only=True, slots=True)
class SentLately:
    """What the same person sent about the same place a few minutes ago."""

    observation_id: UUID
    observed_at: datetime


async def sent_lately(connection: asyncpg.Connection[Any], context: Context, report: Report) -> Sequence[SentLately]:
    """What may be the same as this report, and what was taken in under its id, newest first: going back and sending makes no second."""
    found = await connection.fetch(
        "select observation_id, observed_at from observations where association = $1 and observer = $2 and (observation_id = $3"
        " or (received_at > $4 and case when $5::uuid is null then place = $6 and area = $7 and estate_id = $8 else home_id = $5 end))"
        " order by received_at desc limit 20",
        context.actor.association, context.actor.id, report.observation_id, context.at - THE_SAME_WITHIN,
        report.home_id, report.place, report.area, report.estate_id,
    )  # fmt: skip
    return [SentLately(**row) for row in found]


async def told_on_the_page(connection: asyncpg.Connection[Any], association: str, *, since: datetime) -> Sequence[Sealed]:
    """What was written on the page that needs no sign-in since then, sealed."""
    found = await connection.fetch(
        "select words from observations where association = $1 and how = $2 and received_at > $3 order by received_at desc limit 1000",
        association, Way.PAGE.value, since,
    )  # fmt: skip
    return [words for row in found if (words := from_json(row["words"]))]


async def observed_when(connection: asyncpg.Connection[Any], association: str, observation_id: UUID) -> datetime | None:
    """When it was seen, for one that was taken in already."""
    found: datetime | None = await connection.fetchval(
        "select observed_at from observations where association = $1 and observation_id = $2", association, observation_id
    )
    return found


async def observation_called(connection: asyncpg.Connection[Any], context: Context, reach: Reach, observation_id: UUID) -> OwnObservation:
    """One observation within somebody's reach; the look is noted. Raises `NotFound`, also when it is somebody else's."""
    found = await connection.fetchrow(
        f"select {_COLUMNS} from observations where association = $1 and observer = any($2) and observation_id = $3"  # noqa: S608 (likewise)
        f" and {_OPEN.format(4)}",
        reach.association, sorted(reach.observers or ()), observation_id, sorted(reach.shut_from),
    )  # fmt: skip
    if found is None:
        raise NotFound("Observation", observation_id)
    await log_access(connection, context, told_by="intake", action=Look.READ_OBSERVATION, about=observation_id, relation=Relation.OBSERVER)
    return _read(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenWhere:
    """What decides who may link an observation to a home, and to which tenancy."""

    observer: str
    observed_at: datetime
    estate_id: str
    case_id: UUID | None
    is_at_home: bool
    address: Sealed


async def seen_where(connection: asyncpg.Connection[Any], association: str, observation_id: UUID) -> SeenWhere:
    """Raises `NotFound`."""
    found = await connection.fetchrow(
        "select observer, observed_at, estate_id, case_id, is_at_home, address from observations"
        " where association = $1 and observation_id = $2",
        association, observation_id,
    )  # fmt: skip
    if found is None:
        raise NotFound("Observation", observation_id)
    return SeenWhere(**dict(found) | {"address": from_json(found["address"])})


async def observations_of_case(connection: asyncpg.Connection[Any], association: str, case_id: UUID) -> list[UUID]:
    """The observations that are seen to in a case: none, where no observation led to it, or several."""
    rows = await connection.fetch(
        "select observation_id from observations where association = $1 and case_id = $2 order by observation_id", association, case_id
    )
    return [row["observation_id"] for row in rows]


def _read(row: asyncpg.Record) -> OwnObservation:
    facts = dict(row)
    tellings = zip(facts.pop("milestones"), facts.pop("told_at"), strict=True)
    return OwnObservation(
        **facts
        | {
            "signals": tuple(facts["signals"]),
            "consent_scope": tuple(facts["consent_scope"]),
            "address": from_json(facts["address"]),
            "words": from_json(facts["words"]),
            "tellings": tuple(Telling(milestone=milestone, at=at) for milestone, at in tellings),
        }
    )
