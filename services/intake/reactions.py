"""What the others told us → what we ask of ourselves: the register follows the ERP, and an observation hears what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from services.intake.home.commands import EndTenancy, StartTenancy, end_tenancy, start_tenancy
from services.intake.observation.commands.progress import (
    RecordAssessment,
    RecordCaseOpened,
    RecordCompanionWanted,
    RecordDismissal,
    RecordEnd,
    RecordFailedNotice,
    RecordLook,
    RecordMissedTriage,
    RecordPassedOn,
    RecordReopening,
    RecordTakenIn,
    RecordTelling,
    record_assessment,
    record_case_opened,
    record_companion_wanted,
    record_dismissal,
    record_end,
    record_failed_notice,
    record_look,
    record_missed_triage,
    record_passed_on,
    record_reopening,
    record_taken_in,
    record_telling,
)
from services.intake.observation.queries import observation_of_case
from shared.history.service import Reaction
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.message import Message
from shared.messaging.messages import cases, erp, notifications

ABOUT_A_NEW_CONCERN = "concern_raised"
"""The kind of notice that tells the office of a new observation."""


async def on_tenancy_started(message: erp.TenancyStarted, work: UnitOfWork) -> None:
    """The ERP's unit is our home; its estate is where our register has the home."""
    await start_tenancy(StartTenancy(tenancy_id=message.tenancy_id, home_id=message.unit_id, on=message.started_on), work)


async def on_tenancy_ended(message: erp.TenancyEnded, work: UnitOfWork) -> None:
    await end_tenancy(EndTenancy(tenancy_id=message.tenancy_id, on=message.ended_on), work)


async def on_concern_raised(message: cases.ConcernRaised, work: UnitOfWork) -> None:
    command = RecordTakenIn(observation_id=message.observation_id, case_id=message.case_id, triage_due=message.triage_due)
    await record_taken_in(command, work)


async def on_concern_seen(message: cases.ConcernSeen, work: UnitOfWork) -> None:
    by, role = _who(work)
    await record_look(RecordLook(observation_id=message.observation_id, by=by, role=role, at=_when(work)), work)


async def on_concern_triaged(message: cases.ConcernTriaged, work: UnitOfWork) -> None:
    """Who assesses it has looked at it."""
    by, role = _who(work)
    command = RecordAssessment(observation_id=message.observation_id, severity=message.severity, by=by, role=role, at=_when(work))
    await record_assessment(command, work)


async def on_concern_dismissed(message: cases.ConcernDismissed, work: UnitOfWork) -> None:
    await record_dismissal(RecordDismissal(observation_id=message.observation_id, reason=message.reason, at=_when(work)), work)


async def on_case_opened(message: cases.CaseOpened, work: UnitOfWork) -> None:
    command = RecordCaseOpened(observation_id=message.observation_id, contact_due=message.contact_due, at=_when(work))
    await record_case_opened(command, work)


async def on_referral_sent(message: cases.ReferralSent, work: UnitOfWork) -> None:
    """That it was passed on, and not to whom: the resident's yes was not about the caretaker."""
    if observation_id := await _observation_of(message.case_id, work):
        await record_passed_on(RecordPassedOn(observation_id=observation_id, at=_when(work)), work)


async def on_accompaniment_planned(message: cases.AccompanimentPlanned, work: UnitOfWork) -> None:
    if observation_id := await _observation_of(message.case_id, work):
        command = RecordCompanionWanted(
            observation_id=observation_id, visit_id=message.visit_id, companion=message.companion, meeting_at=message.at
        )
        await record_companion_wanted(command, work)


async def on_deadline_missed(message: cases.DeadlineMissed, work: UnitOfWork) -> None:
    if message.kind == "triage" and (observation_id := await _observation_of(message.case_id, work)):
        await record_missed_triage(RecordMissedTriage(observation_id=observation_id, due=message.due), work)


async def on_caretaker_informed(message: cases.CaretakerInformed, work: UnitOfWork) -> None:
    await record_telling(RecordTelling(observation_id=message.observation_id, milestone=message.milestone, at=_when(work)), work)


async def on_case_closed(message: cases.CaseClosed, work: UnitOfWork) -> None:
    await record_end(RecordEnd(observation_id=message.observation_id, outcome=message.outcome, at=_when(work)), work)


async def on_case_reopened(message: cases.CaseReopened, work: UnitOfWork) -> None:
    """It was not over: what the caretaker was told about the end is taken back."""
    command = RecordReopening(observation_id=message.observation_id, contact_due=message.contact_due, at=_when(work))
    await record_reopening(command, work)


async def on_notice_failed(message: notifications.NoticeFailed, work: UnitOfWork) -> None:
    """The mail to the office came back: the caretaker is told to ring rather than to wait."""
    if message.kind == ABOUT_A_NEW_CONCERN and (observation_id := await _observation_of(message.about, work)):
        await record_failed_notice(RecordFailedNotice(observation_id=observation_id, at=_when(work)), work)


CONSUMES: tuple[type[Message], ...] = (*erp.INBOUND, *cases.MESSAGES, *notifications.MESSAGES)

REACTIONS: Mapping[type[Message], Reaction] = {
    erp.TenancyStarted: on_tenancy_started,
    erp.TenancyEnded: on_tenancy_ended,
    cases.ConcernRaised: on_concern_raised,
    cases.ConcernSeen: on_concern_seen,
    cases.ConcernTriaged: on_concern_triaged,
    cases.ConcernDismissed: on_concern_dismissed,
    cases.CaseOpened: on_case_opened,
    cases.ReferralSent: on_referral_sent,
    cases.AccompanimentPlanned: on_accompaniment_planned,
    cases.DeadlineMissed: on_deadline_missed,
    cases.CaretakerInformed: on_caretaker_informed,
    cases.CaseClosed: on_case_closed,
    cases.CaseReopened: on_case_reopened,
    notifications.NoticeFailed: on_notice_failed,
}


async def _observation_of(case_id: UUID, work: UnitOfWork) -> UUID | None:
    """Where only the case is named: a case that no observation led to is none of intake's business."""
    return await observation_of_case(await work.rows(), work.association, case_id)


def _who(work: UnitOfWork) -> tuple[str, str]:
    """Who did what the message tells about, and in which role."""
    if work.received is None:
        return work.context.actor.id, work.context.actor.role.value
    return work.received.actor, work.received.actor_role


def _when(work: UnitOfWork) -> datetime:
    """When it happened there."""
    return work.context.at if work.received is None else work.received.time
