"""What may be asked about colleagues, and how it is done: load, let the rules decide, save."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from services.intake.staff.rules.asking import Asked, StaffRequest
from services.intake.staff.rules.colleague import Colleague
from services.intake.staff.rules.conflicts import keep_out_of_both
from services.intake.staff.rules.working import TakeOn, colleague_stream, who_gave
from shared.ground.errors import NotFound, VersionMovedOn
from shared.ground.provenance import Actor, Context
from shared.history import event_store
from shared.history.colleagues import people_in
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.matter import Matter, MatterKind
from shared.privacy.staff import Person, StaffDirectory
from shared.words.vocabulary.people import Purpose, Role

DECIDING = "staff"
"""Two who decide about the staff of one association wait for each other: whoever leads last, leads."""


@dataclass(frozen=True, kw_only=True)
class ChangeColleague:
    """Something about somebody, who may be new."""

    association: str
    person: str
    request: StaffRequest
    version: int | None = None
    """The one the person looked at; `None` when it does not matter."""

    @property
    def stream(self) -> UUID:
        """The history it is about."""
        return colleague_stream(self.association, self.person)

    @property
    def begins(self) -> tuple[Matter, ...]:
        """A colleague is a matter of their own, about nobody else."""
        return (Matter(self.stream, MatterKind.COLLEAGUE),)

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        return {self.stream}, {}

    @property
    def content(self) -> list[Any]:
        """What makes this request another than one with the same id."""
        return [self.person, type(self.request).__name__, self.request.model_dump(mode="json")]


@dataclass(frozen=True, kw_only=True)
class BeginHistory:
    """The staff file tells of somebody who has no history yet."""

    person: Person

    @property
    def begins(self) -> tuple[Matter, ...]:
        """Likewise."""
        return (Matter(colleague_stream(self.person.association, self.person.id), MatterKind.COLLEAGUE),)

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        return {colleague_stream(self.person.association, self.person.id)}, {}


async def change_once(command: ChangeColleague, context: Context, service: Service) -> None:
    """Do it once for each id, however it came in."""
    await service.do_once(change_colleague, command, context, id=command.request.id, content=command.content)


async def change_colleague(command: ChangeColleague, work: UnitOfWork) -> None:
    """Raises `NotFound`, `VersionMovedOn`, and what the rules refuse.

    Whoever stands only in the staff file gets a history with the first thing that happens to them.
    """
    await _one_at_a_time(work)
    asked = await _asked(command, work)
    asked.must_wear_own_hat()
    colleague = await work.find(Colleague, command.stream)
    if command.version is not None and command.version != (colleague.version if colleague else 0):
        raise VersionMovedOn(newest=colleague.version if colleague else 0)
    before = work.staff.within(work.association).person(command.person) if colleague is None else None
    if before is not None:
        colleague = Colleague.known_before(before)
    if colleague is not None:
        command.request.decide(colleague, asked)
    elif isinstance(command.request, TakeOn):
        colleague = Colleague.take_on(command.request, asked, association=work.association)
    else:
        raise NotFound("Colleague", command.person)
    await _save(colleague, work)


async def begin_history(command: BeginHistory, work: UnitOfWork) -> None:
    """Once; who has a history has it."""
    await _one_at_a_time(work)
    stream = colleague_stream(command.person.association, command.person.id)
    if await work.find(Colleague, stream) is None:
        await _save(Colleague.known_before(command.person), work)


async def take_on_from_the_file(service: Service) -> None:
    """Everybody in the staff file who has no history yet begins one; what happened since counts, whatever the file says later."""
    file = service.settings.staff_file
    edition = ("staff file", file, file.stat().st_mtime_ns if file.exists() else 0)
    if service.memo.get("staff file taken on") == edition:
        return
    async with service.read() as connection:
        known = {(row["association"], row["person"]) for row in await connection.fetch("select association, person from colleagues")}
    for person in StaffDirectory.read(file).everybody():
        if person.association in service.settings.associations and (person.association, person.id) not in known:
            by = Actor(id="system:staff-file", role=Role.SYSTEM, association=person.association)
            context = Context(actor=by, purpose=Purpose.OPERATION, at=service.clock.now(), correlation_id=uuid4())
            await service.do(begin_history, BeginHistory(person=person), context)
    service.memo["staff file taken on"] = edition


async def keep_out_of_joined(one: UUID, other: UUID, work: UnitOfWork) -> None:
    """Two cases were joined: everybody who keeps out of one keeps out of both."""
    await _one_at_a_time(work)
    for person in (await _colleagues(work)).values():
        if person.keeps_out_of(one, other) and (colleague := await work.find(Colleague, colleague_stream(work.association, person.id))):
            keep_out_of_both(colleague, one, other)
            await _save(colleague, work)


async def _save(colleague: Colleague, work: UnitOfWork) -> None:
    work.changes_staff |= bool(colleague.pending_events)
    await work.save(colleague)


async def _one_at_a_time(work: UnitOfWork) -> None:
    await (await work.rows()).execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", f"{DECIDING} {work.association}")


async def _asked(command: ChangeColleague, work: UnitOfWork) -> Asked:
    context = work.context
    hat_from = ""
    if command.request.ASKS_WHO_GAVE_THE_HAT:
        stream = colleague_stream(work.association, context.actor.id)
        history = await event_store.load(await work.rows(), stream, association=work.association)
        hat_from = who_gave(context.actor.role, history.events)
    return Asked(
        by=context.actor.role,
        who=context.actor.id,
        for_whom=context.actor.on_behalf_of,
        at=context.at,
        hat_from=hat_from,
        colleagues=await _colleagues(work),
    )


async def _colleagues(work: UnitOfWork) -> Mapping[str, Person]:
    """Everybody who works in the association at this very instant."""
    now = await people_in(await work.rows(), work.association)
    return {person.id: person for person in work.staff.within(work.association).with_news(now).everybody()}
