"""A step in a case: load it with the procedure it is pinned to, decide, save."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.cases.case.commands.at_hand import carriers, in_force_now, may_work_on, roles_of
from services.cases.case.rules.case import WAITS_SINCE, Case
from services.cases.case.rules.moving_along import leads_home
from services.cases.case.rules.refusals import ItIsInTheFuture
from services.cases.case.rules.step import StepRequest, Taken
from services.cases.procedure.queries import procedure
from shared.ground.clock import CLOCKS_MAY_DIFFER
from shared.ground.errors import NotFound, VersionMovedOn
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.matter import Matter
from shared.privacy.proposals import Change

_LINES = """
    select case_id, home_id, tenancy_id, estate_id, handler, attended_by, observer, severity, status from case_list
    where association = $1 and case_id = any($2)
"""


@dataclass(frozen=True, kw_only=True)
class TakeStep:
    """A step in a case that exists."""

    case_id: UUID
    request: StepRequest
    home: UUID | None = None
    """Which home the case is about, as its row says; `None` where that is not known, or was erased."""
    tenancy: UUID | None = None
    """Which tenancy; likewise."""
    municipality: str = ""
    """In which municipality; likewise."""
    version: int | None = None
    """The one the person looked at; `None` when it does not matter."""
    order_keys: Collection[UUID] = ()
    """The keys of what was ordered of the damage service, which may be taken back with it."""
    alike: frozenset[UUID] = frozenset()
    """What the vault knows to be about one of the people the case is about; asked for a step that joins cases."""
    in_part: bool = False
    """Whether it is taken as somebody's own part of the case."""
    is_protected_there: bool = False
    """Whether the register says that the address is protected where the case is moved to."""
    changes: Sequence[Change] = ()
    """What it does to the links of the case."""
    why: str = ""
    """Why, as the vault writes it down."""

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        """The key of the case where it is needed, and one for each text; fetched before anything is decided."""
        texts, besides = self.request.texts, self.request.seals_for
        if not texts and not self.request.SAYS_WHERE:
            return {*besides, *self.order_keys}, {}
        own = texts + self.request.SAYS_WHERE
        return {self.case_id, *besides, *self.order_keys}, {self.case_id: own} if own else {}

    @property
    def begins(self) -> Sequence[Matter]:
        """Whoever becomes part of the case has a part of their own."""
        return self.request.begins(self.case_id)


def content_of(case_id: UUID, request: StepRequest) -> list[Any]:
    """What makes this request another than one with the same id."""
    return [str(case_id), type(request).__name__, request.model_dump(mode="json")]


async def take_step(command: TakeStep, work: UnitOfWork) -> None:
    """Take it under the version of the procedure that the case is pinned to.

    Raises `NotFound`, `VersionMovedOn`, what the rules refuse, and `ItIsInTheFuture` when somebody claims to have done it already tomorrow.
    """
    context, request = work.context, command.request
    at = context.happened_at or context.at
    if at > context.at + CLOCKS_MAY_DIFFER:
        raise ItIsInTheFuture
    case = await work.load(Case, command.case_id)
    if command.version is not None and not request.ONLY_ADDS and not case.is_as_it_was_in(command.version):
        raise VersionMovedOn(newest=case.version)
    under = await procedure(work.memo, work.rows, work.association, case.procedure_version)
    others, about_the_same = await _others(case, command, work)
    in_force = await in_force_now(work) if request.moves_to else None
    may = under.may(context.actor.role.value, request.STEP.value)
    taken = Taken(
        by=context.actor.role,
        who=context.actor.id,
        at=min(at, context.at),
        recorded_at=context.at,
        under=under,
        role_of=roles_of(work, case, leads_home(request) or command.home),
        carries_at=carriers(work, case, leads_home(request) or command.home),
        home=command.home,
        tenancy=command.tenancy,
        municipality=command.municipality,
        opens=work.opened,
        is_protected_there=command.is_protected_there,
        others=others,
        about_the_same=about_the_same,
        in_part=command.in_part,
        in_force=in_force.version if in_force else "",
        is_on_call=context.actor.is_on_call,
        movers=in_force.movers(work.staff.roles_in(work.association)) if in_force else None,
        waiting_since=None if may else await _waiting_since(case, work),
    )
    case.take(request, taken)
    await work.save(case, basis=request.rests_on, procedure_version=under.version)
    for other in others.values():
        await work.flush()  # one statement writes one stream: all of them, or none, in one transaction
        await work.save(other, procedure_version=other.procedure_version)


async def _others(case: Case, command: TakeStep, work: UnitOfWork) -> tuple[dict[UUID, Case], frozenset[UUID]]:
    """The other cases a step is about, and which of them are about the same people: the same tenancy, or a person of them.

    Raises `NotFound` for one that whoever asks may not work on. One that was joined to this case is part of it.
    """
    wanted = set(command.request.others(case)) - {case.id}
    if not wanted:
        return {}, frozenset()
    found = await (await work.rows()).fetch(_LINES, work.association, [case.id, *wanted])
    lines = {row["case_id"]: row for row in found}
    for id in wanted - set(case.observations.concerns):
        if id not in lines or not may_work_on(lines[id], work):
            raise NotFound("Case", id)
    tenancy = lines[case.id]["tenancy_id"]
    alike = frozenset(id for id in wanted if id in command.alike or (tenancy is not None and lines[id]["tenancy_id"] == tenancy))
    return {id: await work.load(Case, id) for id in sorted(wanted)}, alike


async def _waiting_since(case: Case, work: UnitOfWork) -> datetime | None:
    """Since when nobody has taken it; asked only where somebody would step in."""
    waits_since = WAITS_SINCE.get(case.status)
    if waits_since is None:
        return None
    since: datetime | None = await (await work.rows()).fetchval(
        "select recorded_at from events where stream_id = $1 and topic = $2 order by version limit 1", case.id, waits_since.TOPIC
    )
    return since
