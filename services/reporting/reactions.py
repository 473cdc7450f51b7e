"""What the others told us: all of it is counted, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence

from services.reporting.trends.projections.rows import count
from shared.history.colleagues import keep
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.message import Message, ReceivedMessage
from shared.messaging.messages import cases, intake, notifications, staff

CONSUMES: tuple[type[Message], ...] = (*intake.MESSAGES, *cases.MESSAGES, *notifications.MESSAGES, *staff.MESSAGES)
"""Everything said on our topics is known, also what is not counted: none of it is passed as unknown."""


async def count_together(received: Sequence[ReceivedMessage], work: UnitOfWork) -> None:
    """Count a batch in the transaction that notes it as heard, and note who works here."""
    for each in received:
        if isinstance(each.message, staff.ColleagueChanged):
            await keep(await work.rows(), each.envelope.association, each.message)
            work.changes_staff = True
    await count(received, await work.rows())
