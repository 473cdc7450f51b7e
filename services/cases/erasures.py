"""Somebody is erased → the cases that were about nobody else end, and then their rows are emptied."""

from __future__ import annotations

from collections.abc import Iterable

from services.cases.case.commands import EndErased, end_erased
from shared.history.forgetting import forgetting, listed_in
from shared.history.service import Reaction, Subject
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.messages.erasure import CasesCleaned, PersonErased


def ending(subjects: Iterable[Subject]) -> Reaction:
    """The reaction to an erasure. Said again it changes nothing: what ended has ended, and what is certified opens no more."""
    forget = forgetting(subjects, CasesCleaned)

    async def on_person_erased(message: PersonErased, work: UnitOfWork) -> None:
        if listed := work.opened(message.matters):
            matters = listed_in(listed).matters
            for matter in matters:
                await end_erased(EndErased(id=matter, together=matters), work)
        await forget(message, work)

    return on_person_erased
