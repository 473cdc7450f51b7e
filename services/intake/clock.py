"""The clock's round in intake: everybody who was to be thanked by now and was not."""

from __future__ import annotations

from services.intake.reporter.commands import NoteThanksMissed, note_thanks_missed
from services.intake.reporter.queries import thanks_overdue
from shared.history.service import Service
from shared.history.turns import take_turns

AT_ONCE = 100
"""How many one round looks at; what is left waits a tick."""


async def record_missed_thanks(service: Service) -> None:
    """Each is noted once, however often the clock comes round."""
    async with service.read() as connection:
        due = await thanks_overdue(connection, at=service.clock.now(), limit=AT_ONCE)
    await take_turns(service, note_thanks_missed, [(association, NoteThanksMissed(reporter_id=id)) for id, association in due])
