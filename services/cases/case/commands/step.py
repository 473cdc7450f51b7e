"""What every command about an existing case has in common: which case, who takes the step, when, and under which procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.cases.case.rules.agreed import AgreedProcedure
from services.cases.case.rules.case import Case
from services.cases.case.rules.refusals import ItIsInTheFuture
from services.cases.procedure.queries import procedure
from services.cases.procedure.rules.in_force import ProcedureInForce
from shared.ground.provenance import Role
from shared.history.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class AboutCase:
    """A wish about one case; `version` is the one the person looked at, `None` when it does not matter."""

    case_id: UUID
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A case and everything a decision in it is handed."""

    case: Case
    under: AgreedProcedure
    by: Role
    at: datetime
    work: UnitOfWork

    async def save(self, *, basis: str = "") -> None:
        """Keep what was decided, under the procedure it was decided by."""
        await self.work.save(self.case, basis=basis, procedure_version=self.under.version)


async def taken(command: AboutCase, work: UnitOfWork) -> Step:
    """Load the case and the version of the procedure it is pinned to.

    Raises `NotFound`, `VersionMovedOn`, and `ItIsInTheFuture` when somebody claims to have done it already tomorrow.
    """
    at = work.context.happened_at or work.context.at
    if at > work.context.at:
        raise ItIsInTheFuture
    case = await work.load(Case, command.case_id, version=command.version)
    return Step(case, await _procedure_of(case, work), work.context.actor.role, at, work)


async def _procedure_of(case: Case, work: UnitOfWork) -> ProcedureInForce:
    """The version it is pinned to, which never changes."""
    pinned = ("procedure", work.association, case.procedure_version)
    under: ProcedureInForce | None = work.memo.get(pinned)
    if under is None:
        under = work.memo[pinned] = await procedure(await work.rows(), work.association, case.procedure_version)
    return under
