"""Which procedure is, was or will be in force."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import asyncpg

from services.cases.procedure.rules.in_force import ProcedureInForce
from services.cases.procedure.rules.reading import read_adopted
from shared.ground.errors import NotFound

Memo = MutableMapping[Any, Any]
Connect = Callable[[], Awaitable["asyncpg.Connection[Any]"]]
"""Asked for a connection only when the version was not read yet."""


def at_hand(connection: asyncpg.Connection[Any]) -> Connect:
    """A connection that is there anyway."""

    async def connect() -> asyncpg.Connection[Any]:
        return connection

    return connect


@dataclass(frozen=True, kw_only=True, slots=True)
class AdoptedVersion:
    """One line in the list of versions."""

    version: str
    effective_on: date
    adopted_at: datetime
    adopted_by: str
    digest: str


async def procedure(memo: Memo, connect: Connect, association: str, version: str) -> ProcedureInForce:
    """The version a case is pinned to; read once and kept in `memo`, for it never changes. Raises `NotFound`."""
    kept = ("procedure", association, version)
    under: ProcedureInForce | None = memo.get(kept)
    if under is None:
        connection = await connect()
        text = await connection.fetchval("select text from procedure_version where association = $1 and version = $2", association, version)
        if text is None:
            raise NotFound("Procedure", version)
        under = memo[kept] = ProcedureInForce(read_adopted(text))
    return under


async def version_in_force(connection: asyncpg.Connection[Any], association: str, on: date) -> str:
    """The version in force on a Danish day; the newest adopted when two take effect on the same day. Raises `NotFound`."""
    version: str | None = await connection.fetchval(
        "select version from procedure_version where association = $1 and effective_on <= $2"
        " order by effective_on desc, adopted_in_order desc limit 1",
        association, on,
    )  # fmt: skip
    if version is None:
        raise NotFound("Procedure", on)
    return version


async def versions(connection: asyncpg.Connection[Any], association: str) -> tuple[AdoptedVersion, ...]:
    """Every version that was adopted, the newest first."""
    found = await connection.fetch(
        "select version, effective_on, adopted_at, adopted_by, digest from procedure_version"
        " where association = $1 order by adopted_in_order desc limit 200",
        association,
    )
    return tuple(AdoptedVersion(**dict(row)) for row in found)
