"""What is left of a case, or of a part of it, once it is erased."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.cases.case.commands.told import Told, as_told
from services.cases.case.rules.case import Case
from services.cases.case.rules.erased import end_as_erased, erase_person, go_on_alone
from shared.ground.working_days import local_day, start_of_day
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.messages.cases import CaseErased
from shared.words.vocabulary.case import Status

_SAID_THAT_DAY = (
    "update outbox set written_at = date_trunc('day', written_at) where key = $1 and headers ->> 'ce_type' = $2 and sent_at is null"
)


@dataclass(frozen=True, kw_only=True)
class EndErased:
    """A matter is erased, which may be a case; `together` are all that are."""

    id: UUID
    together: Collection[UUID]


async def end_erased(command: EndErased, work: UnitOfWork) -> None:
    """It ends on that day, in a conversation of its own. What is no case here, or ended so before, is no news."""
    case = await work.find(Case, command.id)
    if case is None or case.status == Status.ERASED:
        return
    end_as_erased(case)
    await _save_apart(case, work)
    await (await work.rows()).execute(_SAID_THAT_DAY, str(case.id), CaseErased.TYPE)
    for id in [later.concern for later in case.observations.later.values() if later.concern not in command.together]:
        await work.flush()
        await as_told(Told(case_id=id), work, lambda concern, told: go_on_alone(concern, of=case, taken=told))
    await work.flush()


@dataclass(frozen=True, kw_only=True)
class ErasePart:
    """The part that somebody has in a case is erased, and the case is about others too."""

    case_id: UUID
    person: UUID


async def erase_part(command: ErasePart, work: UnitOfWork) -> None:
    """Like an end, it happens on that day and in a conversation of its own. Raises `NotFound`."""
    case = await work.load(Case, command.case_id)
    erase_person(case, command.person)
    if case.pending_events:
        await _save_apart(case, work)
    await work.flush()


async def _save_apart(case: Case, work: UnitOfWork) -> None:
    """Neither a moment nor an id says what else was erased."""
    context = work.context
    last: datetime = await (await work.rows()).fetchval("select max(recorded_at) from events where stream_id = $1", case.id)
    work.context = context.apart(at=max(last, start_of_day(local_day(context.at))))
    await work.save(case)
    work.context = context
