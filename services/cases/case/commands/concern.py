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


async def raise_concern(asked: RaiseConcern, work: UnitOfWork) -> None:
    """Begin a case under the procedure of today; an observation that has one already is no news.

    Raises `NoProcedureIsAdopted`: without a procedure nobody could say who does what until when.
    """
    id = case_of(asked.observation_id)
    if await work.find(Case, id) is not None:
        return
    try:
        under = await current_procedure(await work.rows(), work.association, local_day(work.asked.at))
    except NotFound as error:
        raise NoProcedureIsAdopted from error
    case = Case.raise_concern(
        id=id,
        at=work.asked.at,
        under=under,
        origin=Origin(
            observation_id=asked.observation_id,
            observer=asked.observer,
            observed_at=asked.observed_at,
            estate_id=asked.estate_id,
            municipality=asked.municipality,
            estate_name=asked.estate_name,
            home_id=asked.home_id,
            tenancy_id=asked.tenancy_id,
        ),
        signals=asked.signals,
        severity=asked.severity,
        consent_answer=asked.consent_answer,
        consent_wording=asked.consent_wording,
        consent_scope=asked.consent_scope,
        address=asked.address,
        words=asked.words,
    )
    await work.save(case, procedure_version=under.version)


async def see_concern(asked: SeeConcern, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.see(by=step.by, under=step.under)
    await step.save()


async def triage_concern(asked: TriageConcern, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.triage(by=step.by, at=step.at, under=step.under, severity=asked.severity, category=asked.category, reason=asked.reason)
    await step.save()


async def dismiss_concern(asked: DismissConcern, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.dismiss(by=step.by, at=step.at, under=step.under, reason=asked.reason, remark=asked.remark)
    await step.save()


async def open_case(asked: OpenCase, work: UnitOfWork) -> None:
    """Raises `HandlerDoesNotWorkHere` for somebody who is not on the staff of the association."""
    step = await taken(asked, work)
    handler = work.staff.actor(asked.handler)
    if handler is None or handler.association != work.association:
        raise HandlerDoesNotWorkHere
    step.case.open(by=step.by, at=step.at, under=step.under, handler=handler.id, role=handler.role)
    await step.save()
