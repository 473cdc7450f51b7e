"""What may be asked about an observation: register it, and record what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from services.intake.home.queries import HomeWithTenancies, home_called
from services.intake.observation.rules.dwelling import Dwelling, Tenure
from services.intake.observation.rules.observation import Observation, receipt_of
from services.intake.observation.rules.progress import Progress
from services.intake.observation.rules.refusals import HomeIsKeptOutOf, HomeIsUnknown
from services.intake.observation.rules.report import Report
from shared.ground.errors import Refusal
from shared.ground.provenance import Context
from shared.ground.text_input import free_text
from shared.ground.working_days import local_day
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.access import Action, Resource, allow
from shared.privacy.personal import Personal


@dataclass(frozen=True, kw_only=True)
class RegisterObservation:
    """A report about a home as the register has it, with its personal part under the key of the tenancy it is about.

    No `dwelling` where the register has no such home; nothing personal where no tenancy was found.
    """

    report: Report
    dwelling: Dwelling | None
    address: Personal | None
    words: Personal | None


def registration(report: Report, found: HomeWithTenancies | None) -> RegisterObservation:
    """The command for a report about a home as the register has it.

    It refuses nothing: a report that was taken in yesterday gets yesterday's answer when it is sent again, even if
    the register has changed since. The key must be known before the transaction, so it is chosen here.
    """
    if found is None:
        return RegisterObservation(report=report, dwelling=None, address=None, words=None)
    dwelling = dwelling_of(found)
    try:
        tenancy_id = dwelling.tenancy_on(local_day(report.observed_at))
    except (Refusal, OverflowError):  # a moment at the edge of the calendar has no Danish day, and is refused for its age
        return RegisterObservation(report=report, dwelling=dwelling, address=None, words=None)
    return RegisterObservation(
        report=report,
        dwelling=dwelling,
        address=Personal(tenancy_id, found.home.address),
        words=Personal(tenancy_id, report.words) if report.words else None,
    )


async def register_once(report: Report, context: Context, service: Service) -> dict[str, str]:
    """Register a report, however it came in: may they, whose key is it sealed with, and then once for each id."""
    report = replace(report, words=free_text(report.words, field="words"))  # what cannot be read cannot be compared either
    association = context.actor.association
    async with service.read() as connection:
        found = await home_called(connection, association, report.home_id)
    allow(context, Action.REGISTER_OBSERVATION, Resource(association=association, estate=found.estate_id if found else ""))
    if report.home_id in context.actor.shut_from:
        raise HomeIsKeptOutOf
    return await service.do_once(register_observation, registration(report, found), context, id=report.observation_id, content=report)


async def register_observation(command: RegisterObservation, work: UnitOfWork) -> dict[str, str]:
    """Take it in, or refuse it with what to do instead. Answers the receipt, and when it was received."""
    report = command.report
    if command.dwelling is None:
        raise HomeIsUnknown
    observation = Observation.register(
        report,
        observer=work.context.actor.id,
        now=work.context.at,
        dwelling=command.dwelling,
        address=command.address,
        words=command.words,
    )
    await work.save(observation)
    return {"receipt": receipt_of(report.observation_id), "received_at": work.context.at.isoformat()}


def dwelling_of(found: HomeWithTenancies) -> Dwelling:
    """A home of the register as the rules need it."""
    return Dwelling(
        home_id=found.home.home_id,
        estate_id=found.estate_id,
        municipality=found.municipality,
        estate_name=found.estate_name,
        tenures=tuple(
            Tenure(tenancy_id=tenancy.tenancy_id, started_on=tenancy.started_on, ended_on=tenancy.ended_on) for tenancy in found.tenancies
        ),
    )


@dataclass(frozen=True, kw_only=True)
class RecordProgress:
    """Another service says what came of an observation."""

    observation_id: UUID
    news: Progress


async def record_progress(command: RecordProgress, work: UnitOfWork) -> None:
    """What the observation knows already is no news, and saves nothing."""
    observation = await work.load(Observation, command.observation_id)
    observation.record(command.news)
    await work.save(observation)
