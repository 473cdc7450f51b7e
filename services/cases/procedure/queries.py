"""Which procedure is, was or will be in force; a version never changes, so what was read once is kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import asyncpg

from services.cases.procedure.rules.in_force import ProcedureInForce
from services.cases.procedure.rules.reading import read_procedure
from shared.ground.errors import NotFound

_KEPT = 64
_read: OrderedDict[str, ProcedureInForce] = OrderedDict()
"""Versions by the digest of their text. Holds nothing that could ever be stale: another text is another digest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AdoptedVersion:
    """One line in the list of versions."""

    version: str
    effective_on: date
    adopted_at: datetime
    adopted_by: str
    digest: str


async def procedure(connection: asyncpg.Connection[Any], association: str, version: str) -> ProcedureInForce:
    """The version a case is pinned to. Raises `NotFound`."""
    known = dict(_read)
    row = await connection.fetchrow(
        "select digest, case when digest = any($3::text[]) then null else text end as text from procedure_version"
        " where association = $1 and version = $2",
        association, version, list(known),
    )  # fmt: skip
    if row is None:
        raise NotFound("Procedure", version)
    return _kept(known, row["digest"], row["text"])


async def current_procedure(connection: asyncpg.Connection[Any], association: str, on: date) -> ProcedureInForce:
    """The version in force on a Danish day; the newest adopted when two take effect on the same day. Raises `NotFound`."""
    known = dict(_read)
    row = await connection.fetchrow(
        "select digest, case when digest = any($3::text[]) then null else text end as text from procedure_version"
        " where association = $1 and effective_on <= $2 order by effective_on desc, adopted_in_order desc limit 1",
        association, on, list(known),
    )  # fmt: skip
    if row is None:
        raise NotFound("Procedure", on)
    return _kept(known, row["digest"], row["text"])


async def versions(connection: asyncpg.Connection[Any], association: str) -> tuple[AdoptedVersion, ...]:
    """Every version that was adopted, the newest first."""
    found = await connection.fetch(
        "select version, effective_on, adopted_at, adopted_by, digest from procedure_version"
        " where association = $1 order by adopted_in_order desc limit 200",
        association,
    )
    return tuple(AdoptedVersion(**dict(row)) for row in found)


def _kept(known: dict[str, ProcedureInForce], digest: str, text: str | None) -> ProcedureInForce:
    if text is None:
        return known[digest]
    read = _read[digest] = ProcedureInForce(read_procedure(text))
    while len(_read) > _KEPT:
        _read.popitem(last=False)
    return read
