"""What may be looked up about erasures: what one would do, how far one has come, and its certificate."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.intake.erasure.rules.whom import Known
from services.intake.observation.rules.observation import receipt_of
from shared.ground.errors import NotFound
from shared.privacy.matter import MatterKind
from shared.web.pagination import Keyset
from shared.words.vocabulary.erasure import ErasureState

_RECEIPT = re.compile(r"([0-9A-Fa-f]{4})[ -]?([0-9A-Fa-f]{4})")


@dataclass(frozen=True, kw_only=True, slots=True)
class ErasureRow:
    """An erasure, as it stands."""

    erasure_id: UUID
    association: str
    begun_by: str
    begun_at: datetime
    kind: str
    reason: str
    state: str
    matters: int
    texts: int
    destroyed_at: datetime | None
    carried_out: Mapping[str, datetime]
    """When each service was done."""
    certified_at: datetime | None
    remains: tuple[str, ...]
    topics_until: date | None

    @property
    def is_certified(self) -> bool:
        return self.state == ErasureState.CERTIFIED

    @property
    def keyset(self) -> Keyset:
        """Where it stands in the list."""
        return Keyset(self.begun_at, self.erasure_id)


_COLUMNS = (
    "erasure_id, association, begun_by, begun_at, kind, reason, state, matters, texts, destroyed_at, carried_out, certified_at, remains,"
    " topics_until"
)


async def erasures(
    connection: asyncpg.Connection[Any], association: str, *, before: Keyset | None = None, limit: int
) -> Sequence[ErasureRow]:
    """Every erasure of an association, the newest first."""
    found = await connection.fetch(
        f"select {_COLUMNS} from erasures where association = $1"  # noqa: S608 (our own column names)
        " and ($2::timestamptz is null or (begun_at, erasure_id) < ($2, $3)) order by begun_at desc, erasure_id desc limit $4",
        association, before.key if before else None, before.id if before else None, limit,
    )  # fmt: skip
    return [_row(row) for row in found]


async def erasure_called(connection: asyncpg.Connection[Any], association: str, erasure_id: UUID) -> ErasureRow:
    """One of them. Raises `NotFound`."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from erasures where association = $1 and erasure_id = $2",  # noqa: S608 (our own column names)
        association, erasure_id,
    )  # fmt: skip
    if row is None:
        raise NotFound("Erasure", erasure_id)
    return _row(row)


async def seen_under(connection: asyncpg.Connection[Any], association: str, text: str) -> list[UUID]:
    """The observations and cases whose receipt ends like this; that two have the same number is rare, and then both are told."""
    number = _RECEIPT.fullmatch(text.strip())
    if number is None:
        return []
    found = await connection.fetch(
        "select distinct id from observations, lateral (values (observation_id), (case_id)) as named (id)"
        " where association = $1 and right(id::text, 8) = $2",
        association, "".join(number.groups()).lower(),
    )  # fmt: skip
    return [row["id"] for row in found]


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with an observation or a case that would go."""

    is_open: bool
    severity: str
    """As it was assessed; until then as whoever saw it found it."""


async def standing_of(connection: asyncpg.Connection[Any], association: str, matters: Collection[UUID]) -> Mapping[UUID, Standing]:
    """By their id, of the observations among these, and of the cases of observations; a case is open while one of its observations is."""
    found = await connection.fetch(
        "select id, bool_or(ended_at is null and dismissed_at is null) as is_open,"
        " (array_agg(coalesce(assessed_severity, severity) order by received_at desc))[1] as severity"
        " from observations, lateral (values (observation_id), (case_id)) as named (id)"
        " where association = $1 and id = any($2::uuid[]) group by id",
        association, list(matters),
    )  # fmt: skip
    return {row["id"]: Standing(is_open=row["is_open"], severity=row["severity"]) for row in found}


def receipt(known: Known) -> str:
    """What a matter is recognised by where it is told that it goes: the number that its observer has, and nothing else."""
    return receipt_of(known.id) if known.kind in (MatterKind.OBSERVATION, MatterKind.CASE) else ""


def _row(row: asyncpg.Record) -> ErasureRow:
    told = row["carried_out"]
    done = json.loads(told) if isinstance(told, str) else told
    return ErasureRow(
        **{
            **row,
            "carried_out": {service: datetime.fromisoformat(at) for service, at in done.items()},
            "remains": tuple(row["remains"]),
        }
    )
