"""What may be asked about those who tell of somebody: take their call, thank them, and answer them nothing."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from services.intake.observation.commands import RegisterObservation, as_compared, placed, register_observation
from services.intake.observation.rules.report import Report
from services.intake.reporter.rules.reporter import Caller, Reporter, reporter_of
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.matter import Matter, MatterKind


@dataclass(frozen=True, kw_only=True)
class TakeCall:
    """What somebody outside told, and who they are: two matters, neither of which opens the other."""

    registration: RegisterObservation
    caller: Caller

    @property
    def reporter(self) -> UUID:
        """The matter of whoever called."""
        return reporter_of(self.registration.report.observation_id)

    @property
    def begins(self) -> tuple[Matter, ...]:
        """What was told is about the resident; who told it is about nobody else."""
        told = self.registration.begins
        return (*told, Matter(self.reporter, MatterKind.REPORTER)) if told else ()

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        matters, own = self.registration.seals
        return (matters | {self.reporter}, own) if self.begins else (frozenset(), {})


async def take_call_once(report: Report, caller: Caller, context: Context, service: Service) -> dict[str, str]:
    """Both in one go, once for each id. Who called is refused before anything is known to the vault."""
    caller.as_kept()
    report = as_compared(report)
    command = TakeCall(registration=await placed(report, context, service), caller=caller)
    return await service.do_once(take_call, command, context, id=report.observation_id, content=[report, asdict(caller)])


async def take_call(command: TakeCall, work: UnitOfWork) -> dict[str, str]:
    """Raises what either of the two refuses; then neither happened."""
    answer = await register_observation(command.registration, work)
    await work.rows()  # what was told stands there, in this transaction, before who told it
    report, by = command.registration.report, work.context.actor
    await work.save(Reporter.receive(report.observation_id, command.caller, taken_by=by.id, now=work.context.at))
    return answer


@dataclass(frozen=True, kw_only=True)
class AboutReporter:
    """Somebody who called."""

    reporter_id: UUID


async def thank_reporter(command: AboutReporter, work: UnitOfWork) -> None:
    """They were thanked. Raises `NotFound`, and `NobodyIsLeftToThank`."""
    reporter = await work.load(Reporter, command.reporter_id)
    reporter.thank(at=work.context.at)
    await work.save(reporter)


async def refuse_outcome(command: AboutReporter, work: UnitOfWork) -> None:
    """They asked what came of it. Raises `NotFound`."""
    reporter = await work.load(Reporter, command.reporter_id)
    reporter.ask_for_outcome()
    await work.save(reporter)


@dataclass(frozen=True, kw_only=True)
class NoteThanksMissed:
    """It is this late."""

    reporter_id: UUID
    at: datetime


async def note_thanks_missed(command: NoteThanksMissed, work: UnitOfWork) -> None:
    """Noted once, however often the clock asks."""
    reporter = await work.load(Reporter, command.reporter_id)
    reporter.note_time(command.at)
    await work.save(reporter)
