"""The clock's round: every case in which something is overdue is told what time it is, and so is every glass that nobody reviewed."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import uuid4

import asyncpg

from services.cases.case.commands.noting import NoteTime, note_time
from services.cases.case.queries import queue
from services.cases.case.queries.queue import cases_due
from services.cases.glass import queries as glasses
from services.cases.glass.commands import NoteGlassTime, note_glass_time
from shared.ground.database import AWAY
from shared.ground.errors import ChangedMeanwhile
from shared.ground.provenance import Actor, Context
from shared.history.service import Service
from shared.words.vocabulary.people import Purpose, Role

AT_ONCE = 100
"""How many cases one round looks at; what is left waits a tick."""


async def record_what_did_not_happen(service: Service) -> None:
    """Let each overdue case record what it missed; the case sees to it that this happens once.

    A case that somebody else changes all the time waits for the next round, and holds up nobody. Nor does one that cannot be read any
    more, for somebody changed its history behind us (decision 0040): what is wrong with it is raised when the others had their turn.
    """
    now = service.clock.now()
    async with service.read() as connection:
        due = await cases_due(connection, at=now, limit=AT_ONCE)
    unreadable: Exception | None = None
    for case_id, association, order_keys in due:
        try:
            await service.do(note_time, NoteTime(case_id=case_id, at=now, order_keys=order_keys), _by_the_clock(association, now))
        except ChangedMeanwhile:
            continue
        except AWAY:
            raise
        except Exception as error:
            unreadable = error
    if unreadable:
        raise unreadable


async def note_unreviewed_glasses(service: Service) -> None:
    """Let each glass that was to be reviewed before now record that nobody did, once."""
    now = service.clock.now()
    async with service.read() as connection:
        missed = await glasses.reviews_missed(connection, at=now, limit=AT_ONCE)
    for glass_id, association in missed:
        with suppress(ChangedMeanwhile):  # it waits for the next round
            await service.do(note_glass_time, NoteGlassTime(glass_id=glass_id), _by_the_clock(association, now))


async def overdue(connection: asyncpg.Connection[Any]) -> int:
    """How many deadlines were recorded as missed and are still not met, in all associations."""
    return await queue.overdue(connection) + await glasses.overdue(connection)


def _by_the_clock(association: str, now: datetime) -> Context:
    clock = Actor(id="system:clock", role=Role.SYSTEM, association=association)
    return Context(actor=clock, purpose=Purpose.OPERATION, at=now, correlation_id=uuid4())
