"""Recording what another service says came of an observation.

It becomes events of the observation itself rather than a table filled from messages: so it survives a rebuild without Kafka, saying it
twice changes nothing, and the history shows when the caretaker could know.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.intake.observation.rules.observation import Observation
from shared.history.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class AboutObservation:
    """Something came of one observation; `at`, where it stands, is when that happened there."""

    observation_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecordTakenIn(AboutObservation):
    """Cases has it, and has set the time by which a person looks at it."""

    case_id: UUID
    triage_due: datetime


@dataclass(frozen=True, kw_only=True)
class RecordLook(AboutObservation):
    """A person has looked at it."""

    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordAssessment(AboutObservation):
    """A person has decided how serious it is."""

    severity: str
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordDismissal(AboutObservation):
    """A person looked at it, and no case came of it."""

    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordCaseOpened(AboutObservation):
    """A case came of it."""

    contact_due: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordPassedOn(AboutObservation):
    """Somebody who can help was asked."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordCompanionWanted(AboutObservation):
    """Somebody is asked along to a meeting, as the known face."""

    visit_id: UUID
    companion: str
    meeting_at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordMissedTriage(AboutObservation):
    """Nobody looked at it in time."""

    due: datetime


@dataclass(frozen=True, kw_only=True)
class RecordTelling(AboutObservation):
    """The caretaker was told how it goes."""

    milestone: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordEnd(AboutObservation):
    """The case was closed."""

    outcome: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordReopening(AboutObservation):
    """The case goes on."""

    contact_due: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordFailedNotice(AboutObservation):
    """The mail to the office about it did not arrive."""

    at: datetime


async def record_taken_in(command: RecordTakenIn, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.take_in(case_id=command.case_id, triage_due=command.triage_due)


async def record_look(command: RecordLook, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.see(by=command.by, role=command.role, at=command.at)


async def record_assessment(command: RecordAssessment, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.assess(severity=command.severity, by=command.by, role=command.role, at=command.at)


async def record_dismissal(command: RecordDismissal, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.dismiss(reason=command.reason, at=command.at)


async def record_case_opened(command: RecordCaseOpened, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.open_case(contact_due=command.contact_due, at=command.at)


async def record_passed_on(command: RecordPassedOn, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.pass_on(at=command.at)


async def record_companion_wanted(command: RecordCompanionWanted, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.want_companion(visit_id=command.visit_id, companion=command.companion, meeting_at=command.meeting_at)


async def record_missed_triage(command: RecordMissedTriage, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.miss_triage(due=command.due)


async def record_telling(command: RecordTelling, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.tell(milestone=command.milestone, at=command.at)


async def record_end(command: RecordEnd, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.end(outcome=command.outcome, at=command.at)


async def record_reopening(command: RecordReopening, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.reopen(contact_due=command.contact_due, at=command.at)


async def record_failed_notice(command: RecordFailedNotice, work: UnitOfWork) -> None:
    async with _hearing(command, work) as observation:
        observation.fail_notice(at=command.at)


@asynccontextmanager
async def _hearing(command: AboutObservation, work: UnitOfWork) -> AsyncIterator[Observation]:
    """The observation, to be told something; what it knows already is no news, and saves nothing."""
    observation = await work.load(Observation, command.observation_id)
    yield observation
    await work.save(observation)
