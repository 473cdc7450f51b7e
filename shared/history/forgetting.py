"""What every service does when somebody is erased: empty the rows that hold something of them in the open, and say that it is done.

What is sealed needs nothing: its keys are gone. Each subject says beside its projections what of it stands in the open
(`Subject.forget`); what every service keeps besides is emptied here (decision 0022).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from shared.ground.statements import Rows
from shared.history.service import FORGOTTEN, Reaction, Subject
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.messages.erasure import ErasureCarriedOut, PersonErased
from shared.messaging.topics import OUTSIDE

_FINGERPRINTS = (
    "update idempotency_keys set fingerprint = $2, answer = null"
    " where (id = any($1::uuid[]) or about = any($1::uuid[]) or answer ?| $3::text[]) and fingerprint <> $2"
)
_TOLD_OUTSIDE = (
    # What an outsider was asked names the home, and was written with what the case says of it: the same moment leads from one to the other.
    "delete from outbox where topic = $2 and sent_at is not null"
    " and written_at in (select written_at from outbox where key = any($1::text[]))"
)
_WAITS_TO_BE_TOLD = (
    "update outbox set written_at = date_trunc('day', written_at) where topic = $2 and sent_at is null"
    " and written_at in (select written_at from outbox where key = any($1::text[]))"
)
_WAS_TOLD_THAT_DAY = (
    # What one decision told of several matters was written at one moment.
    "update outbox set written_at = date_trunc('day', written_at) where key = any($1::text[])"
)


def forgetting(subjects: Iterable[Subject], answer: type[ErasureCarriedOut]) -> Reaction:
    """The reaction to an erasure, for a service with these subjects."""
    subjects = tuple(subjects)

    async def forget_person(message: PersonErased, work: UnitOfWork) -> None:
        """Said again after the erasure was certified it opens no more, and there is nothing left to empty."""
        if listed := work.opened(message.matters):
            await forget(await work.rows(), subjects, listed_in(listed))
        work.say(answer(erasure_id=message.erasure_id), of=message.erasure_id)

    return forget_person


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """Which matters an erasure is of."""

    matters: tuple[UUID, ...]
    """Those that are destroyed."""
    left: tuple[UUID, ...] = ()
    """Those that stay, for they are about others too, or only were about the person by mistake."""

    def as_text(self) -> str:
        """As it is sealed; in the order of the ids, so that nothing tells which came first."""
        return json.dumps({"matters": sorted(map(str, self.matters)), "left": sorted(map(str, self.left))})


def listed_in(text: str) -> Listed:
    """The same, as it was sealed."""
    said = json.loads(text)
    return Listed(matters=tuple(map(UUID, said["matters"])), left=tuple(map(UUID, said["left"])))


async def forget(rows: Rows, subjects: Iterable[Subject], listed: Listed) -> None:
    """Empty what stands in the open of these matters; done twice it is the same."""
    for subject in subjects:
        if subject.forget:
            await subject.forget(rows, listed.matters)
    await rows.execute(_FINGERPRINTS, list(listed.matters), FORGOTTEN, [str(matter) for matter in listed.matters])
    for statement in (_TOLD_OUTSIDE, _WAITS_TO_BE_TOLD):
        await rows.execute(statement, [str(matter) for matter in (*listed.matters, *listed.left)], OUTSIDE)
    await rows.execute(_WAS_TOLD_THAT_DAY, [str(matter) for matter in listed.matters])
