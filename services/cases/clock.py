"""The clock's round: every case in which something is overdue is told what time it is, and so is every glass that nobody reviewed."""

from __future__ import annotations

from typing import Any

import asyncpg

from services.cases.case.commands.noting import NoteTime, note_time
from services.cases.case.queries import queue
from services.cases.case.queries.queue import cases_due
from services.cases.glass import queries as glasses
from services.cases.glass.commands import NoteGlassTime, note_glass_time
from shared.history.service import Service
from shared.history.turns import take_turns

AT_ONCE = 100
"""How many one round looks at; what is left waits a tick."""


async def record_what_did_not_happen(service: Service) -> None:
    """Let each overdue case record what it missed; the case sees to it that this happens once."""
    async with service.read() as connection:
        due = await cases_due(connection, at=service.clock.now(), limit=AT_ONCE)
    await take_turns(service, note_time, [(association, NoteTime(case_id=id, order_keys=orders)) for id, association, orders in due])


async def note_unreviewed_glasses(service: Service) -> None:
    """Let each glass that was to be reviewed by now record that nobody did, once."""
    async with service.read() as connection:
        missed = await glasses.reviews_missed(connection, at=service.clock.now(), limit=AT_ONCE)
    await take_turns(service, note_glass_time, [(association, NoteGlassTime(glass_id=id)) for id, association in missed])


async def overdue(connection: asyncpg.Connection[Any]) -> int:
    """How many deadlines were recorded as missed and are still not met, in all associations."""
    return await queue.overdue(connection) + await glasses.overdue(connection)
