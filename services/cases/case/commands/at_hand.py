"""What commands look up before the rules decide: who works here, who keeps out, and which procedure is in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from services.cases.case.rules.case import Case
from services.cases.case.rules.refusals import ColleagueKeepsOut
from services.cases.procedure.queries import procedure, version_in_force
from services.cases.procedure.rules.in_force import ProcedureInForce
from shared.ground.working_days import local_day
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.access import Action, Resource, can
from shared.privacy.staff import StaffDirectory
from shared.words.vocabulary.case import ENDED
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import SOCIAL_STAFF, Role

MOST = 1000
"""Cases that are handed over, or looked at for a pattern, at once."""


def may_work_on(row: Mapping[str, Any], work: UnitOfWork) -> bool:
    """Whether whoever asks may work on the case of this row."""
    case = Resource(
        association=work.association,
        estate=row["estate_id"],
        handler=row["handler"],
        attended_by=row["attended_by"],
        observer=row["observer"],
        is_acute=row["severity"] == Severity.ACUTE and row["status"] not in ENDED,
        home=row["home_id"],
        case=row["case_id"],
    )
    return can(work.context.actor, Action.WORK_ON_CASE, case, work.context.purpose)


def called(staff: StaffDirectory, id: str) -> str:
    """What somebody is here; empty for who does not work here any more."""
    person = staff.person(id)
    return person.role.value if person else ""


async def in_force_now(work: UnitOfWork) -> ProcedureInForce:
    """The version of today, whatever a case is pinned to."""
    version = await version_in_force(await work.rows(), work.association, local_day(work.context.at))
    return await procedure(work.memo, work.rows, work.association, version)


def roles_of(work: UnitOfWork, case: Case, home: UUID | None) -> Callable[[str], Role | None]:
    """What a member of the staff of this association is; of several hats, the one for social work. Asked only by steps that name one.

    Raises `ColleagueKeepsOut` for somebody who has a conflict of interest in this case.
    """

    def role_of(id: str) -> Role | None:
        colleague = work.staff.within(work.association).person(id)
        if colleague and colleague.keeps_out_of(case.id, home):
            raise ColleagueKeepsOut
        return next((role for role in Role if role in SOCIAL_STAFF and role in colleague.roles), colleague.role) if colleague else None

    return role_of


def carriers(work: UnitOfWork, case: Case, home: UUID | None) -> Callable[[str], Sequence[str]]:
    """The social caretakers of an estate who do not keep out of a case, or of a home."""

    def carries_at(estate: str) -> Sequence[str]:
        found = work.staff.within(work.association).with_role(Role.SOCIAL_CARETAKER, association=work.association)
        return [person.id for person in found if estate in person.estates and not person.keeps_out_of(case.id, home)]

    return carries_at
