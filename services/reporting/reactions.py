"""What the others told us: all of it is counted, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence

from services.reporting.trends.projections.rows import count
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.message import Message, ReceivedMessage
from shared.messaging.messages import cases, intake, notifications

CONSUMES: tuple[type[Message], ...] = (*intake.MESSAGES, *cases.MESSAGES, *notifications.MESSAGES)
"""Everything said on our three topics is known, also what is not counted: it must not be parked as unknown."""


async def count_together(received: Sequence[ReceivedMessage], work: UnitOfWork) -> None:
    """Count a batch in the transaction that notes it as heard."""
    await count(received, await work.rows())
