"""Empties a read model and fills it again from history; never needs Kafka (design.md §3.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from shared.ground.database import connect
from shared.history import event_store, watching
from shared.history.aggregate import Aggregate, Event
from shared.history.service import Parts
from shared.privacy.personal import Keyring, Sealed
from shared.privacy.vault import Vault

TOGETHER = 2000
"""Events whose keys are fetched at once."""


class ChainIsBroken(Exception):
    """The history is not what was written: rows made of it would say what somebody forged."""

    def __init__(self, found: event_store.Verified) -> None:
        self.broken = found.broken
        super().__init__(f"the chain does not hold in {len(self.broken)} places; nothing was rebuilt")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many events were replayed, and where the chain they stand in does not hold."""

    events: int
    broken: tuple[event_store.Break, ...]


async def rebuild(parts: Parts, owner_url: str, vault: Vault, *, although_broken: bool = False) -> Rebuilt:
    """Rebuild every read model of a service as the owner of its database, from a history that was verified first.

    Raises `ChainIsBroken`, and leaves the rows as they are, unless it is to be done `although_broken`: then all of it is taken in, for
    a case must not vanish because somebody changed its first event, and the places are answered. The clock looks next (decision 0040).

    Writers wait meanwhile: the history is locked against additions, so that nothing can be missed. What a row holds of what is sealed
    is opened again, so what was erased since is not there any more.
    """
    connection = await connect(owner_url)
    try:
        async with connection.transaction():
            await connection.execute("lock table events, inbox in share row exclusive mode")
            found = await _verified(connection)
            is_refused = not found.holds and not although_broken
            replayed = 0 if is_refused else await refill(connection, parts, vault)
        if is_refused:
            raise ChainIsBroken(found)
        return Rebuilt(replayed, found.broken)
    finally:
        await connection.close()


async def fill_anew(connection: asyncpg.Connection[Any], parts: Parts, vault: Vault) -> Rebuilt:
    """Although broken, in the transaction that made the read models anew and locked the history."""
    found = await _verified(connection)
    return Rebuilt(await refill(connection, parts, vault), found.broken)


async def _verified(connection: asyncpg.Connection[Any]) -> event_store.Verified:
    found = await event_store.verify(connection)
    if not found.holds:
        await watching.verify_soon(connection)
    return found


async def refill(connection: asyncpg.Connection[Any], parts: Parts, vault: Vault) -> int:
    """The same in a transaction in which nobody can add to the history."""
    await empty(connection, parts)
    replayed = 0
    if parts.projections:
        waiting: list[tuple[Aggregate, Sequence[Event]]] = []
        async for aggregate, events in event_store.every_history(connection):
            waiting.append((aggregate, events))
            replayed += len(events)
            if sum(len(some) for _, some in waiting) >= TOGETHER:
                await _project(parts, connection, waiting, vault)
                waiting = []
        await _project(parts, connection, waiting, vault)
    if parts.rebuild:
        await parts.rebuild(connection)
    return replayed


class OpenedRows:
    """A connection, and the keys of what a projection may open."""

    def __init__(self, connection: asyncpg.Connection[Any], keyring: Keyring) -> None:
        self.execute = connection.execute
        self.opened = keyring.opened


async def _project(
    parts: Parts, connection: asyncpg.Connection[Any], histories: Sequence[tuple[Aggregate, Sequence[Event]]], vault: Vault
) -> None:
    sealed = {value.subject for _, events in histories for event in events for value in vars(event).values() if isinstance(value, Sealed)}
    rows = OpenedRows(connection, await vault.keyring(sealed))
    for aggregate, events in histories:
        for project in parts.projections:
            await project(rows, aggregate, events)


async def empty(connection: asyncpg.Connection[Any], parts: Parts, *, only: Iterable[str] | None = None) -> None:
    """Delete every row of the service's read models."""
    for model in parts.read_models:
        if only is None or model.name in only:
            for table in reversed(model.tables):
                await connection.execute(f'delete from "{table}"')  # noqa: S608 - the name stands in our own script
