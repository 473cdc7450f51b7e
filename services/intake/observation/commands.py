"""What may be asked about an observation: register it, and record what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.intake.home.queries import EstateRow, HomeWithTenancies, estate_called, home_called, is_home
from services.intake.observation.rules.dwelling import Dwelling, Tenure
from services.intake.observation.rules.observation import Observation, receipt_of
from services.intake.observation.rules.progress import Progress
from services.intake.observation.rules.refusals import EarlierCaseIsUnknown, HomeIsKeptOutOf, HomeIsUnknown, IdIsMadeOfAnother
from services.intake.observation.rules.report import Report
from services.intake.observation.rules.site import EstateIsUnknown, as_told, described
from shared.ground.errors import IdIsOfSomethingElse, Refusal
from shared.ground.provenance import Context
from shared.ground.text_input import free_text
from shared.ground.working_days import local_day
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.access import Action, Resource, allow
from shared.privacy.matter import Matter, MatterKind
from shared.privacy.proposals import BeingErased, Change

_IS_KNOWN = "select exists (select from observations where association = $1 and case_id = $2)"
"""Whether an observation is seen to in a case."""


@dataclass(frozen=True, kw_only=True)
class RegisterObservation:
    """A report about a home as the register has it, or another place; no `dwelling` where the register knows no such home or estate."""

    report: Report
    dwelling: Dwelling | None
    address: str = ""

    @property
    def begins(self) -> tuple[Matter, ...]:
        """The observation is a matter: about the home, and whoever lived there that day, or about nobody yet."""
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
    report = as_compared(report)
    command = await placed(report, context, service)
    id = report.observation_id
    try:
        return await service.do_once(register_observation, command, context, id=id, content=report.as_recognised, about=id)
    except BeingErased:  # somebody who lives there, or lived there, is: danger in the home is taken in at once, about the home alone
        command = replace(command, dwelling=command.dwelling and replace(command.dwelling, tenures=()))
        return await service.do_once(register_observation, command, context, id=id, content=report.as_recognised, about=id)


def as_compared(report: Report) -> Report:
    """What cannot be read cannot be compared either."""
    return replace(report, words=free_text(report.words, field="words"), where=described(report.where))


async def placed(report: Report, context: Context, service: Service) -> RegisterObservation:
    """The report beside what the register says of its place.

    Raises `NotAllowed`, `HomeIsKeptOutOf`, and what its id is refused for: before the vault knows of it.
    """
    association = context.actor.association
    if not report.has_id_of_its_own:
        raise IdIsMadeOfAnother
    async with service.read() as connection:
        found = await home_called(connection, association, report.home_id) if report.home_id else None
        if await is_home(connection, association, report.observation_id):
            raise IdIsOfSomethingElse
        estate = await estate_called(connection, association, report.estate_id) if report.estate_id and not report.home_id else None
    where = found.estate_id if found else estate.estate_id if estate else ""
    allow(context, Action.REGISTER_OBSERVATION, Resource(association=association, estate=where))
    if report.home_id is not None and report.home_id in context.actor.shut_from:
        raise HomeIsKeptOutOf
    return at_its_place(report, found=found, estate=estate)


def at_its_place(report: Report, *, found: HomeWithTenancies | None, estate: EstateRow | None) -> RegisterObservation:
    """A report with its place, as far as the register has it."""
    if report.home_id:
        dwelling = dwelling_of(found) if found else None
        return RegisterObservation(report=report, dwelling=dwelling, address=found.home.address if found else "")
    try:
        report.must_be_somewhere()
    except Refusal:  # said again inside, where a report that was taken in before has its answer first
        return RegisterObservation(report=report, dwelling=None)
    if estate is None and report.estate_id:
        return RegisterObservation(report=report, dwelling=None)
    outside = Dwelling(
        estate_id=estate.estate_id if estate else "",
        municipality=estate.municipality if estate else "",
        estate_name=estate.name if estate else "",
        is_small_estate=estate is not None and estate.is_small,
    )
    return RegisterObservation(report=report, dwelling=outside, address=as_told(report.place, area=report.area, where=report.where))


async def register_observation(command: RegisterObservation, work: UnitOfWork) -> dict[str, str]:
    """Take it in, or refuse it with what to do instead. Answers the receipt, and when it was received."""
    report, by = command.report, work.context.actor
    if command.dwelling is None:
        report.must_be_somewhere()
        raise HomeIsUnknown if report.home_id else EstateIsUnknown
    report.must_come_from_somebody(by.role)
    if report.earlier_case and not await (await work.rows()).fetchval(_IS_KNOWN, work.association, report.earlier_case):
        raise EarlierCaseIsUnknown
    observer = by.id if report.was_seen else ""
    observation = Observation.register(report, observer=observer, now=work.context.at, dwelling=command.dwelling, address=command.address)
    await work.save(observation)
    return {"receipt": receipt_of(report.observation_id), "received_at": work.context.at.isoformat()}


@dataclass(frozen=True, kw_only=True)
class LinkPlace:
    """It is known now in which home that was."""

    observation_id: UUID
    home_id: UUID
    tenancy_id: UUID | None
    dwelling: Dwelling
    address: str
    people: Mapping[UUID, str]
    why: str = "place_known"

    @property
    def changes(self) -> Sequence[Change]:
        """It is about the home and whoever lived there."""
        about = Matter.about(self.observation_id, MatterKind.OBSERVATION, home=self.home_id, tenancy=self.tenancy_id, people=self.people)
        return (Change(matter=about.id, kind=about.kind, links=about.links),)

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        """Where it is has a key of its own."""
        return {self.observation_id}, {self.observation_id: 1}


async def link_place_once(
    observation_id: UUID, home_id: UUID, observed_at: datetime, context: Context, service: Service, *, id: UUID
) -> None:
    """Raises `NotFound`, and what the rules refuse. Whoever may is the caller's to ask: it depends on the observation."""
    association = context.actor.association
    if home_id in context.actor.shut_from:
        raise HomeIsKeptOutOf
    async with service.read() as connection:
        found = await home_called(connection, association, home_id)
    if found is None:
        raise HomeIsUnknown
    dwelling = dwelling_of(found)
    tenure = dwelling.tenure_on(local_day(observed_at))
    command = LinkPlace(
        observation_id=observation_id,
        home_id=home_id,
        tenancy_id=tenure.tenancy_id if tenure else None,
        dwelling=dwelling,
        address=found.home.address,
        people=tenure.people if tenure else {},
    )
    await service.do_once(link_place, command, context, id=id, content=[str(observation_id), str(home_id)])


async def link_place(command: LinkPlace, work: UnitOfWork) -> None:
    """Raises `NotFound`, and `PlaceIsLinkedAlready`."""
    observation = await work.load(Observation, command.observation_id)
    observation.link_place(home=command.home_id, tenancy=command.tenancy_id, address=command.address, dwelling=command.dwelling)
    await work.save(observation)


def dwelling_of(found: HomeWithTenancies) -> Dwelling:
    """A home of the register as the rules need it."""
    return Dwelling(
        home_id=found.home.home_id,
        estate_id=found.estate_id,
        municipality=found.municipality,
        estate_name=found.estate_name,
        is_small_estate=found.is_small_estate,
        tenures=tuple(
            Tenure(
                tenancy_id=tenancy.tenancy_id,
                started_on=tenancy.started_on,
                ended_on=tenancy.ended_on,
                people=tenancy.people,
                is_protected=tenancy.is_protected,
                died_on=tenancy.died_on,
                guardian_decides=tenancy.guardian_decides,
            )
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
