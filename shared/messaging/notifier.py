"""Tells the relays, after a commit, that something waits; a slow poll is the safety net.

Not a NOTIFY inside the transaction: PostgreSQL takes a lock on the whole server for that at commit,
and commits would stand in line instead of sharing one flush to disk.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import asyncpg

CHANNEL = "outbox"
RING = f"set local synchronous_commit = off; notify {CHANNEL}"
"""A ring that is lost with the server was about messages the poll will find; it need not wait for the disk."""
BETWEEN_SECONDS = 0.005
"""Under load one ring for everything of the last five milliseconds is enough; the first rings at once."""


class Notifier:
    """Rings once for everything committed since it last rang."""

    def __init__(self, pool: asyncpg.Pool[Any]) -> None:
        self._pool = pool
        self._ringing: asyncio.Task[None] | None = None
        self._again = False

    def ring(self) -> None:
        """Somebody committed something to say. Returns at once."""
        self._again = True
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.create_task(self._ring(), name="doorbell")

    async def _ring(self) -> None:
        while self._again:
            self._again = False
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):  # the relay's slow poll will find it
                await self._pool.execute(RING)
            await asyncio.sleep(BETWEEN_SECONDS)

    async def close(self) -> None:
        if self._ringing:
            with suppress(asyncio.CancelledError):
                await self._ringing
