"""What the others told us: all of it is counted, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence

from services.reporting.trends.projections.rows import count
from shared.history.colleagues import keep
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.message import Message, ReceivedMessage
from shared.messaging.messages import cases, intake, notifications, staff
from shared.messaging.messages.erasure import PersonErased, ReportingCleaned

CONSUMES: tuple[type[Message], ...] = (
    *intake.MESSAGES,
    *cases.MESSAGES,
    *notifications.MESSAGES,
    *staff.MESSAGES,
    PersonErased,
)
"""Everything said on our topics is known, also what is not counted: none of it is passed as unknown."""


async def count_together(received: Sequence[ReceivedMessage], work: UnitOfWork) -> None:
    """Count a batch in the transaction that notes it as heard, note who works here, and answer to an erasure."""
    for each in received:
        if isinstance(each.message, staff.ColleagueChanged):
            await keep(await work.rows(), each.envelope.association, each.message)
            work.changes_staff = True
        if isinstance(each.message, PersonErased):  # nobody's home or name is in any row here, so there is nothing to clean
            answer = ReportingCleaned(erasure_id=each.message.erasure_id)
            work.say(answer, of=each.message.erasure_id, association=each.envelope.association)
    await count(received, await work.rows())
