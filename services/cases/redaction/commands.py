"""What may be asked about a text: that it goes. Decided first, then its key is destroyed; the clock finishes what a crash left."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from services.cases.redaction.rules import Redaction, redaction_of, text_in
from shared.ground.errors import ChangedMeanwhile, NotFound
from shared.ground.provenance import Actor, Context
from shared.history import event_store
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Sealed
from shared.words.vocabulary.people import Purpose, Role

AT_ONCE = 50
"""How many redactions one round of the clock looks at."""
BY = "system:cases"


@dataclass(frozen=True, kw_only=True)
class RedactText:
    """One text of a case is to go."""

    case_id: UUID
    case_version: int
    name: str
    text: Sealed
    reason: str


@dataclass(frozen=True, kw_only=True)
class NoteKeyDestroyed:
    """The key of a text is destroyed."""

    redaction_id: UUID


async def redact(*, case_id: UUID, version: int, name: str, reason: str, context: Context, service: Service) -> None:
    """Take a text out, now. Raises `NotFound`, `ThereIsNoSuchText`, `TextCannotGoAlone`, `RedactionHasNoReason`."""
    association = context.actor.association
    async with service.read() as connection:
        history = await event_store.load(connection, case_id, association=association)
    text = text_in(list(history.events), case_id=case_id, version=version, name=name)
    command = RedactText(case_id=case_id, case_version=version, name=name, text=text, reason=reason)
    await service.do(redact_text, command, context)
    await _finish(service, redaction_of(text.subject), text.subject, association, by=context.actor.id, reason=reason)


async def redact_text(command: RedactText, work: UnitOfWork) -> None:
    """Decide it; decided before, it is no news."""
    if await work.find(Redaction, redaction_of(command.text.subject)) is None:
        await work.save(
            Redaction.decide(
                case_id=command.case_id, case_version=command.case_version, name=command.name, text=command.text, reason=command.reason
            )
        )


async def note_key_destroyed(command: NoteKeyDestroyed, work: UnitOfWork) -> None:
    """Raises `NotFound` where nobody decided it."""
    redaction = await work.load(Redaction, command.redaction_id)
    redaction.key_is_destroyed()
    await work.save(redaction)


async def finish_redactions(service: Service) -> None:
    """The clock's duty: what was decided, and whose key a crash left."""
    async with service.read() as connection:
        waiting = await connection.fetch(
            "select redaction_id, key, association, decided_by, reason from redactions where not is_done order by decided_at limit $1",
            AT_ONCE,
        )
    for row in waiting:
        try:
            await _finish(service, row["redaction_id"], row["key"], row["association"], by=row["decided_by"], reason=row["reason"])
        except (ChangedMeanwhile, NotFound):  # another process finishes it
            continue


async def _finish(service: Service, redaction_id: UUID, key: UUID, association: str, *, by: str, reason: str) -> None:
    await service.vault.redact(key, association=association, by=by, reason=reason)
    clock = Actor(id=BY, role=Role.SYSTEM, association=association)
    context = Context(actor=clock, purpose=Purpose.OPERATION, at=service.clock.now(), correlation_id=uuid4())
    await service.do(note_key_destroyed, NoteKeyDestroyed(redaction_id=redaction_id), context)
