"""What may be asked about an observation: register it, and record what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from uuid import UUID

from services.intake.home.queries import HomeWithTenancies, home_called
from services.intake.observation.rules.dwelling import Dwelling, Tenure
from services.intake.observation.rules.observation import Observation, receipt_of
from services.intake.observation.rules.progress import Progress
from services.intake.observation.rules.refusals import HomeIsKeptOutOf, HomeIsUnknown
from services.intake.observation.rules.report import Report
from shared.ground.provenance import Context
from shared.ground.text_input import free_text
from shared.ground.working_days import local_day
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.access import Action, Resource, allow
from shared.privacy.matter import Matter, MatterKind


@dataclass(frozen=True, kw_only=True)
class RegisterObservation:
    """A report about a home as the register has it; no `dwelling` where it has no such home."""

    report: Report
    dwelling: Dwelling | None
    address: str = ""

    @property
    def begins(self) -> tuple[Matter, ...]:
        """The observation is a matter: about the home, and whoever lived there that day as far as that is known."""
        if self.dwelling is None:
            return ()
        try:
            tenure = self.dwelling.tenure_on(local_day(self.report.observed_at))
        except OverflowError:  # a moment at the edge of the calendar has no Danish day, and is refused for its age
            return ()
        return (
            Matter.about(
                self.report.observation_id,
                MatterKind.OBSERVATION,
                home=self.dwelling.home_id,
                tenancy=tenure.tenancy_id if tenure else None,
                people=tenure.people if tenure else {},
            ),
        )

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        """Where it is has a key of its own, and so have the words."""
        id = self.report.observation_id
        return ({id}, {id: 2 if self.report.words else 1}) if self.begins else (frozenset(), {})


async def register_once(report: Report, context: Context, service: Service) -> dict[str, str]:
    """Register a report, however it came in: may they, and then once for each id.

    What the register says is asked before: a report that was taken in yesterday gets yesterday's answer when it is sent again, even if
    the register has changed since.
    """
    report = replace(report, words=free_text(report.words, field="words"))  # what cannot be read cannot be compared either
    association = context.actor.association
    async with service.read() as connection:
        found = await home_called(connection, association, report.home_id)
    allow(context, Action.REGISTER_OBSERVATION, Resource(association=association, estate=found.estate_id if found else ""))
    if report.home_id in context.actor.shut_from:
        raise HomeIsKeptOutOf
    command = RegisterObservation(
        report=report, dwelling=dwelling_of(found) if found else None, address=found.home.address if found else ""
    )
    return await service.do_once(
        register_observation, command, context, id=report.observation_id, content=report, about=report.observation_id
    )


async def register_observation(command: RegisterObservation, work: UnitOfWork) -> dict[str, str]:
    """Take it in, or refuse it with what to do instead. Answers the receipt, and when it was received."""
    report = command.report
    if command.dwelling is None:
        raise HomeIsUnknown
    observation = Observation.register(
        report, observer=work.context.actor.id, now=work.context.at, dwelling=command.dwelling, address=command.address
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
            Tenure(tenancy_id=tenancy.tenancy_id, started_on=tenancy.started_on, ended_on=tenancy.ended_on, people=tenancy.people)
            for tenancy in found.tenancies
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
