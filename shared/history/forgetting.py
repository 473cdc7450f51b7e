"""What every service does when somebody is erased: empty the rows that hold something of them in the open, and say that it is done.

What is sealed needs nothing: its keys are gone. Each subject says beside its projections what of it stands in the open
(`Subject.forget`); what every service keeps besides is emptied here (decision 0022).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from shared.ground.statements import Rows
from shared.history.service import FORGOTTEN, Reaction, Subject
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.messages.erasure import ErasureCarriedOut, PersonErased

_FINGERPRINTS = "update idempotency_keys set fingerprint = $2 where (id = any($1::uuid[]) or about = any($1::uuid[])) and fingerprint <> $2"
_TOLD_OUTSIDE = (
    # What an outsider was asked names the home, and was written with what the case says of it: the same moment leads from one to the other.
    "delete from outbox where topic = $2 and sent_at is not null"
    " and written_at in (select written_at from outbox where key = any($1::text[]))"
)
_WAITS_TO_BE_TOLD = (
    "update outbox set written_at = date_trunc('day', written_at) where topic = $2 and sent_at is null"
    " and written_at in (select written_at from outbox where key = any($1::text[]))"
)
OUTSIDE = "brobygger.erp"
"""Where outsiders are asked for something."""


def forgetting(subjects: Iterable[Subject], answer: type[ErasureCarriedOut]) -> Reaction:
    """The reaction to an erasure, for a service with these subjects."""
    subjects = tuple(subjects)

    async def forget_person(message: PersonErased, work: UnitOfWork) -> None:
        """Said again after the erasure was certified it opens no more, and there is nothing left to empty."""
        listed = work.opened(message.matters)
        await forget(await work.rows(), subjects, matters_in(listed) if listed else ())
        work.say(answer(erasure_id=message.erasure_id), of=message.erasure_id)

    return forget_person


async def forget(rows: Rows, subjects: Iterable[Subject], matters: Sequence[UUID]) -> None:
    """Empty what stands in the open of these matters; done twice it is the same."""
    if not matters:
        return
    for subject in subjects:
        if subject.forget:
            await subject.forget(rows, matters)
    await rows.execute(_FINGERPRINTS, list(matters), FORGOTTEN)
    for statement in (_TOLD_OUTSIDE, _WAITS_TO_BE_TOLD):
        await rows.execute(statement, [str(matter) for matter in matters], OUTSIDE)


def matters_in(listed: str) -> tuple[UUID, ...]:
    """Which matters an erasure is of, as it stands sealed in it."""
    return tuple(UUID(id) for id in json.loads(listed))


def as_list(matters: Iterable[UUID]) -> str:
    """The same, to be sealed; in the order of the ids, so that nothing tells which came first."""
    return json.dumps(sorted(str(matter) for matter in matters))
