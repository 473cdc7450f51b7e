"""What may be asked about those who tell of somebody: take their call, thank them, and answer them nothing."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass
from uuid import UUID

from services.intake.observation.commands import register_once
from services.intake.observation.rules.report import Report
from services.intake.reporter.rules.reporter import Caller, Reporter, to_the_hour
from shared.ground.errors import SameIdOtherContent
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.matter import Matter, MatterKind


@dataclass(frozen=True, kw_only=True)
class ReceiveReporter:
    """Who told of something: a matter of their own, about nobody else."""

    id: UUID
    caller: Caller

    @property
    def begins(self) -> tuple[Matter, ...]:
        return (Matter(self.id, MatterKind.REPORTER),)

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        return {self.id}, {}


async def take_call_once(report: Report, reporter_id: UUID, caller: Caller, context: Context, service: Service) -> dict[str, str]:
    """What was told and who told it, each once for its id. Who called is refused before anything is written down.

    Two works, so that nothing ties them: they have no conversation and no moment in common. What stops between them is sent again.
    """
    caller.as_kept()
    if reporter_id == report.observation_id:
        raise SameIdOtherContent
    answer = await register_once(report, context, service)
    command = ReceiveReporter(id=reporter_id, caller=caller)
    await service.do_once(
        receive_reporter, command, context.apart(at=to_the_hour(context.at)), id=reporter_id, content=asdict(caller), about=reporter_id
    )
    return answer


async def receive_reporter(command: ReceiveReporter, work: UnitOfWork) -> None:
    """Raises what contradicts itself, and complaints."""
    await work.save(Reporter.receive(command.id, command.caller, taken_by=work.context.actor.id, now=work.context.at))


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
class FlagReporter(AboutReporter):
    """What they tell is to be looked at with care."""

    reason: str

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        return {self.reporter_id}, {}


async def flag_reporter(command: FlagReporter, work: UnitOfWork) -> None:
    """Raises `NotFound`, `FlagHasNoReason`, `NobodyWouldBeRecognised`."""
    reporter = await work.load(Reporter, command.reporter_id)
    reporter.flag(command.reason)
    await work.save(reporter)


async def take_flag_back(command: AboutReporter, work: UnitOfWork) -> None:
    """Raises `NotFound`."""
    reporter = await work.load(Reporter, command.reporter_id)
    reporter.take_flag_back()
    await work.save(reporter)


@dataclass(frozen=True, kw_only=True)
class NoteThanksMissed:
    """It is this late."""

    reporter_id: UUID


async def note_thanks_missed(command: NoteThanksMissed, work: UnitOfWork) -> None:
    """Noted once, however often the clock asks."""
    reporter = await work.load(Reporter, command.reporter_id)
    reporter.note_time(work.context.at)
    await work.save(reporter)
