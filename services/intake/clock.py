"""The clock's round in intake: everybody who was to be thanked by now and was not."""

from __future__ import annotations

from uuid import uuid4

from services.intake.reporter.commands import NoteThanksMissed, note_thanks_missed
from services.intake.reporter.queries import thanks_overdue
from shared.ground.database import AWAY
from shared.ground.errors import ChangedMeanwhile
from shared.ground.provenance import Actor, Context
from shared.history.service import Service
from shared.words.vocabulary.people import Purpose, Role

AT_ONCE = 100
"""How many one round looks at; what is left waits a tick."""


async def record_missed_thanks(service: Service) -> None:
    """Each is noted once, however often the clock comes round; what somebody else changes now waits for the next.

    One that cannot be read any more (decision 0040) holds up nobody: what is wrong with it is raised when the others had their turn.
    """
    now = service.clock.now()
    async with service.read() as connection:
        due = await thanks_overdue(connection, at=now, limit=AT_ONCE)
    unreadable: Exception | None = None
    for reporter_id, association in due:
        clock = Actor(id="system:clock", role=Role.SYSTEM, association=association)
        context = Context(actor=clock, purpose=Purpose.OPERATION, at=now, correlation_id=uuid4())
        try:
            await service.do(note_thanks_missed, NoteThanksMissed(reporter_id=reporter_id, at=now), context)
        except ChangedMeanwhile:
            continue
        except AWAY:
            raise
        except Exception as error:
            unreadable = error
    if unreadable:
        raise unreadable
