"""From concern to case: raised, seen, triaged, dismissed, opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from services.cases.case.commands.step import AboutCase, taken
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import Origin
from services.cases.case.rules.refusals import HandlerDoesNotWorkHere, NoProcedureIsAdopted
from services.cases.procedure.queries import current_procedure
from shared.ground.errors import NotFound
from shared.ground.working_days import local_day
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Personal, Sealed


@dataclass(frozen=True, kw_only=True)
class RaiseConcern:
    """An observation, as intake told it; what is personal in it stays sealed as it came."""

    observation_id: UUID
    observer: str
    observed_at: datetime
    estate_id: str
    municipality: str
    home_id: UUID
    tenancy_id: UUID
    signals: tuple[str, ...]
    severity: str
    consent_answer: str
    consent_wording: str
    consent_scope: tuple[str, ...]
    address: Sealed
    words: Sealed | None
    estate_name: str = ""


@dataclass(frozen=True, kw_only=True)
class SeeConcern(AboutCase):
    """Somebody looks at it."""


@dataclass(frozen=True, kw_only=True)
class TriageConcern(AboutCase):
    """Judge how serious it is and what it is about."""

    severity: str
    category: str
    reason: Personal | None = None


@dataclass(frozen=True, kw_only=True)
class DismissConcern(AboutCase):
    """No case comes of it."""

    reason: str
    remark: Personal | None = None


@dataclass(frozen=True, kw_only=True)
class OpenCase(AboutCase):
    """Make it a case that this member of the staff carries."""

    handler: str


def case_of(observation_id: UUID) -> UUID:
    """The id of the case of an observation; the same observation twice is one case."""
    return uuid5(observation_id, "case")


async def raise_concern(command: RaiseConcern, work: UnitOfWork) -> None:
    """Begin a case under the procedure of today; an observation that has one already is no news.

    Raises `NoProcedureIsAdopted`: without a procedure nobody could say who does what until when.
    """
    id = case_of(command.observation_id)
    if await work.find(Case, id) is not None:
        return
    try:
        under = await current_procedure(await work.rows(), work.association, local_day(work.context.at))
    except NotFound as error:
        raise NoProcedureIsAdopted from error
    case = Case.raise_concern(
        id=id,
        at=work.context.at,
        under=under,
        origin=Origin(
            observation_id=command.observation_id,
            observer=command.observer,
            observed_at=command.observed_at,
            estate_id=command.estate_id,
            municipality=command.municipality,
            estate_name=command.estate_name,
            home_id=command.home_id,
            tenancy_id=command.tenancy_id,
        ),
        signals=command.signals,
        severity=command.severity,
        consent_answer=command.consent_answer,
        consent_wording=command.consent_wording,
        consent_scope=command.consent_scope,
        address=command.address,
        words=command.words,
    )
    await work.save(case, procedure_version=under.version)


async def see_concern(command: SeeConcern, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.see(by=step.by, under=step.under)
    await step.save()


async def triage_concern(command: TriageConcern, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.triage(by=step.by, at=step.at, under=step.under, severity=command.severity, category=command.category, reason=command.reason)
    await step.save()


async def dismiss_concern(command: DismissConcern, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.dismiss(by=step.by, at=step.at, under=step.under, reason=command.reason, remark=command.remark)
    await step.save()


async def open_case(command: OpenCase, work: UnitOfWork) -> None:
    """Raises `HandlerDoesNotWorkHere` for somebody who is not on the staff of the association."""
    step = await taken(command, work)
    handler = work.staff.actor(command.handler)
    if handler is None or handler.association != work.association:
        raise HandlerDoesNotWorkHere
    step.case.open(by=step.by, at=step.at, under=step.under, handler=handler.id, role=handler.role)
    await step.save()
