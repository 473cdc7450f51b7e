"""Which procedure is, was or will be in force."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import asyncpg

from services.cases.procedure.rules.adoption import NoProcedureIsAdopted, procedure_id
from services.cases.procedure.rules.in_force import ProcedureInForce
from services.cases.procedure.rules.oddities import Odd
from services.cases.procedure.rules.reading import read_adopted
from shared.ground.errors import NotFound
from shared.messaging import parking
from shared.words.municipality import municipality_code
from shared.words.vocabulary.procedure import VersionState

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
    state: str
    """Adopted, or withdrawn before it held."""
    proposed_by: str
    """Who proposed what somebody else confirmed; empty where nothing was odd."""
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposedVersion:
    """A version that waits for somebody else to confirm it."""

    version: str
    effective_on: date
    digest: str
    text: str
    proposed_at: datetime
    proposed_by: str
    oddities: tuple[Odd, ...]


async def procedure(memo: Memo, connect: Connect, association: str, version: str) -> ProcedureInForce:
    """The version a case is pinned to; read once and kept in `memo`, for it never changes. Raises `NotFound`."""
    kept = ("procedure", association, version)
    under: ProcedureInForce | None = memo.get(kept)
    if under is None:
        connection = await connect()
        text = await connection.fetchval(
            "select text from procedure_version where association = $1 and version = $2 and adopted_at is not null", association, version
        )
        if text is None:
            raise NotFound("Procedure", version)
        under = memo[kept] = ProcedureInForce(read_adopted(text))
    return under


async def version_in_force(connection: asyncpg.Connection[Any], association: str, on: date) -> str:
    """The version in force on a Danish day; the newest adopted when two take effect on the same day. Raises `NotFound`."""
    version: str | None = await connection.fetchval(
        "select version from procedure_version where association = $1 and effective_on <= $2 and state = $3"
        " order by effective_on desc, adopted_in_order desc limit 1",
        association, on, VersionState.ADOPTED.value,
    )  # fmt: skip
    if version is None:
        raise NotFound("Procedure", on)
    return version


async def waiting_for_one(connection: asyncpg.Connection[Any], association: str, *, on: date) -> int | None:
    """How many concerns wait until a procedure is adopted; `None` where one is in force."""
    waiting: int | None = await connection.fetchval(
        "select case when exists (select from procedure_version where association = $1 and effective_on <= $2 and state = $3) then null"
        " else (select count(*) from parked where done_at is null and awaits = $4) end",
        association, on, VersionState.ADOPTED.value, parking.awaited(NoProcedureIsAdopted.awaited, procedure_id(association)),
    )  # fmt: skip
    return waiting


async def versions(connection: asyncpg.Connection[Any], association: str) -> tuple[AdoptedVersion, ...]:
    """Every version that was adopted, also those that were withdrawn, the newest first."""
    found = await connection.fetch(
        "select version, effective_on, adopted_at, adopted_by, digest, state, proposed_by, withdrawn_at, withdrawn_by, withdrawn_reason"
        " from procedure_version where association = $1 and adopted_at is not null order by adopted_in_order desc limit 200",
        association,
    )
    return tuple(AdoptedVersion(**dict(row)) for row in found)


async def proposals(connection: asyncpg.Connection[Any], association: str) -> tuple[ProposedVersion, ...]:
    """Every version that waits for somebody else to confirm it, the newest first."""
    found = await connection.fetch(
        "select version, effective_on, digest, text, proposed_at, proposed_by, oddities"
        " from procedure_version where association = $1 and state = $2 order by adopted_in_order desc limit 200",
        association, VersionState.PROPOSED.value,
    )  # fmt: skip
    return tuple(ProposedVersion(**{**dict(row), "oddities": tuple(Odd(**odd) for odd in row["oddities"])}) for row in found)


async def proposal(connection: asyncpg.Connection[Any], association: str, version: str) -> ProposedVersion:
    """One of them. Raises `NotFound`, also when it was confirmed or withdrawn meanwhile."""
    waiting = (one for one in await proposals(connection, association) if one.version == version)
    if (found := next(waiting, None)) is None:
        raise NotFound("Procedure", version)
    return found


async def without_agreement(connection: asyncpg.Connection[Any], association: str, under: ProcedureInForce) -> Sequence[str]:
    """The municipalities with an estate for which a version has agreed nothing, each by its one code."""
    found = await connection.fetch("select distinct municipality from noted_estate where association = $1", association)
    return sorted({municipality_code(row["municipality"]) for row in found if under.agreement(row["municipality"]) is None})
