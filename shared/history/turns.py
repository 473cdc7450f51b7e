"""The clock's turns: everything that is due has its own, and none holds up another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar
from uuid import uuid4

from shared.ground.database import AWAY
from shared.ground.errors import ChangedMeanwhile
from shared.ground.provenance import Actor, Context
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.words.vocabulary.people import Purpose, Role

C = TypeVar("C")


async def take_turns(service: Service, act: Callable[[C, UnitOfWork], Awaitable[object]], due: Iterable[tuple[str, C]]) -> None:
    """Let the clock of an association say each of the commands that are due, at a moment of its own.

    What somebody else changes all the time waits for the next round. What cannot be read any more, for somebody changed its history
    behind us (decision 0040), is raised when the others had their turn. Two that were noted in one round have no moment in common:
    it would lead from the one that is erased to the one that stays.
    """
    unreadable: Exception | None = None
    for association, command in due:
        clock = Actor(id="system:clock", role=Role.SYSTEM, association=association)
        context = Context(actor=clock, purpose=Purpose.OPERATION, at=service.clock.now(), correlation_id=uuid4())
        try:
            await service.do(act, command, context)
        except ChangedMeanwhile:
            continue
        except AWAY:
            raise
        except Exception as error:
            unreadable = error
    if unreadable:
        raise unreadable
