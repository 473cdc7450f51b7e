"""Changing the master key while everything runs: wraps anew what the one before wrapped, and ends it (decision 0050)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from shared.ground.database import connect
from shared.privacy.master_key import WrongMasterKey
from shared.privacy.master_keys import CHANGED, CHANGING, OPEN, MasterKeys

BATCH = 200
"""Keys that are wrapped anew in one transaction."""
HEARD_WITHIN_SECONDS = 10.0
ALONE = -2
"""The advisory lock of whoever changes the master key: one at a time."""
FIRST_ID = UUID(int=0)


class CannotBeChanged(Exception):
    """The master key is what it was; says why, to whoever asked."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a change has come."""

    name: str
    """The key everything is to be under."""
    is_used: bool
    left: int
    """Keys that are under another one still."""


class Rewrapping:
    """A change of the master key. May be broken off at any time, and asked again; it goes on with what is left."""

    def __init__(self, connection: asyncpg.Connection[Any], masters: MasterKeys) -> None:
        self._connection = connection
        self._masters = masters

    @classmethod
    @asynccontextmanager
    async def opened(cls, owner_url: str, master_key_file: Path) -> AsyncIterator[Rewrapping]:
        """As the owner of the vault, alone. Raises `CannotBeChanged`, `WrongMasterKey`, `MasterKeyIsAway`."""
        connection = await connect(owner_url)
        try:
            if not await connection.fetchval("select pg_try_advisory_lock($1, $2)", CHANGING, ALONE):
                raise CannotBeChanged("somebody else is changing the master key at this moment")
            yield cls(connection, await MasterKeys.opened(master_key_file, connection))
        finally:
            await connection.close()

    async def standing(self) -> Standing:
        """What `change` would do."""
        newest = self._masters.in_file[-1]
        version = await self._connection.fetchval("select version from master_key_check where name = $1 and since is not null", newest.name)
        return Standing(newest.name, version == self._masters.current, await self._left(version))

    async def begin(self, *, within: float = HEARD_WITHIN_SECONDS) -> None:
        """From here on everything new is wrapped by the newest key of the file, once everybody who has the vault open has that key."""
        newest = self._masters.in_file[-1]
        version = await self._masters.note(self._connection, newest)
        if version < self._masters.current:
            raise CannotBeChanged(
                f"the last line of the master key file is {newest.name}, which was replaced before. A new key goes below the one in use"
            )
        if version > self._masters.current:
            await self._tell()
            await self._until_everybody_knows(version, within)
            await self._use(version, within)
            await self._tell()
            await self._masters.refresh(self._connection)

    async def rewrap(self, *, batch: int = BATCH, after: Callable[[int, int], None] = lambda _done, _left: None) -> list[UUID]:
        """Wrap anew what is under another key, in batches; answers the ids of those that nobody can open. `after` each hears how many."""
        current, last, unreadable, done = self._masters.current, FIRST_ID, list[UUID](), 0
        left = await self._left(current)
        while rows := await self._connection.fetch(
            "select id, wrapped, master from keys where master <> $1 and wrapped is not null and id > $2 order by id limit $3",
            current, last, batch,
        ):  # fmt: skip
            last = rows[-1]["id"]
            opened = await self._opened([tuple(row) for row in rows], unreadable)
            done += await self._stored(opened, {row["id"]: row["wrapped"] for row in rows})
            after(done, max(0, left - done))
        return unreadable

    async def end(self) -> bool:
        """The keys before open nothing any more; answers whether, for that takes that nothing is left under them."""
        if await self._left(self._masters.current):
            return False
        await self._connection.execute(
            "update master_key_check set wrapped = null, fingerprinting = null, ended_at = now()"
            " where version < $1 and wrapped is not null",
            self._masters.current,
        )
        await self._tell()
        return True

    async def _opened(self, rows: list[tuple[UUID, bytes, int]], unreadable: list[UUID]) -> dict[UUID, bytes]:
        """A wrap that was changed keeps nobody else's from going on."""
        try:
            return await self._masters.unwrapped(rows, self._connection)
        except WrongMasterKey:
            if len(rows) > 1:
                half = len(rows) // 2
                return await self._opened(rows[:half], unreadable) | await self._opened(rows[half:], unreadable)
            unreadable.append(rows[0][0])
            return {}

    async def _stored(self, secrets: dict[UUID, bytes], before: dict[UUID, bytes]) -> int:
        """What was destroyed meanwhile stays destroyed: only the wrap that was read is replaced, by one that opens."""
        version, wrapped = await self._masters.wrapped(secrets)
        if await self._masters.unwrapped([(id, wrap, version) for id, wrap in wrapped.items()], self._connection) != secrets:
            raise CannotBeChanged("what the new key wraps does not open again")
        answer = await self._connection.execute(
            "update keys set wrapped = t.anew, master = $1 from unnest($2::uuid[], $3::bytea[], $4::bytea[]) as t (id, anew, before)"
            " where keys.id = t.id and keys.wrapped = t.before",
            version, list(wrapped), list(wrapped.values()), [before[id] for id in wrapped],
        )  # fmt: skip
        return int(answer.rpartition(" ")[2])

    async def _left(self, version: int | None) -> int:
        count: int = await self._connection.fetchval(
            "select count(*) from keys where master is distinct from $1 and wrapped is not null", version
        )
        return count

    async def _until_everybody_knows(self, version: int, within: float) -> None:
        async def behind() -> int:
            count: int = await self._connection.fetchval(
                "select count(*) from pg_locks here where locktype = 'advisory' and classid::bigint = $1 and objid::bigint = $2"
                " and database = (select oid from pg_database where datname = current_database()) and not exists (select from pg_locks said"
                " where said.pid = here.pid and said.locktype = 'advisory' and said.classid::bigint = $1 and said.objid::bigint = $3)",
                CHANGING, OPEN % 2**32, version,
            )  # fmt: skip
            return count

        async def nobody() -> bool:
            return not await behind()

        if not await self._comes_true(within, nobody):
            raise CannotBeChanged(
                f"{await behind()} processes that have the vault open do not have the new key yet, and would be left behind:"
                " is it in their master key file? Nothing was changed"
            )

    async def _use(self, version: int, within: float) -> None:
        """Never waits in the queue of a lock: those behind us there would wait too, and one of them may hold what another needs."""

        async def used() -> bool:
            async with self._connection.transaction():
                if not await self._connection.fetchval("select pg_try_advisory_xact_lock($1, 0)", CHANGING):
                    return False
                await self._connection.execute("update master_key_check set since = now() where version = $1", version)
                return True

        if not await self._comes_true(within, used):
            raise CannotBeChanged("somebody is making keys without a pause: ask again. Nothing was changed")

    async def _comes_true(self, within: float, what: Callable[[], Awaitable[bool]]) -> bool:
        until = asyncio.get_running_loop().time() + within
        while not await what():
            if asyncio.get_running_loop().time() > until:
                return False
            await asyncio.sleep(0.05)
        return True

    async def _tell(self) -> None:
        await self._connection.execute(f"notify {CHANGED}")
