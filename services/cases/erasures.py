"""Somebody is erased → the cases about nobody else end, those about others too know that a part is gone, and then rows are emptied."""

from __future__ import annotations

from collections.abc import Iterable

from services.cases.case.commands.erasing import EndErased, ErasePart, end_erased, erase_part
from shared.history.forgetting import forgetting, listed_in
from shared.history.service import Reaction, Subject
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.messages.erasure import CasesCleaned, PersonErased

_PARTS = "select part_id, case_id from case_people where part_id = any($1::uuid[]) and case_id <> all($1::uuid[]) order by part_id"


def ending(subjects: Iterable[Subject]) -> Reaction:
    """The reaction to an erasure. Said again it changes nothing: what ended has ended, and what is certified opens no more."""
    forget = forgetting(subjects, CasesCleaned)

    async def on_person_erased(message: PersonErased, work: UnitOfWork) -> None:
        if listed := work.opened(message.matters):
            matters = listed_in(listed).matters
            for matter in matters:
                await end_erased(EndErased(id=matter, together=matters), work)
            for part in await (await work.rows()).fetch(_PARTS, list(matters)):
                await erase_part(ErasePart(case_id=part["case_id"], person=part["part_id"]), work)
        await forget(message, work)

    return on_person_erased
