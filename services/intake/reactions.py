"""What the others told us → what we ask of ourselves: the register follows the ERP, and an observation hears what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.intake.home.commands import EndTenancy, StartTenancy, end_tenancy, start_tenancy
from services.intake.observation.commands import hear, hear_about_case
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
    await hear(
        message.observation_id, lambda observation: observation.take_in(case_id=message.case_id, triage_due=message.triage_due), work
    )


async def on_concern_seen(message: cases.ConcernSeen, work: UnitOfWork) -> None:
    by, role, at = _who_and_when(work)
    await hear(message.observation_id, lambda observation: observation.see(by=by, role=role, at=at), work)


async def on_concern_triaged(message: cases.ConcernTriaged, work: UnitOfWork) -> None:
    """Who assesses it has looked at it."""
    by, role, at = _who_and_when(work)
    await hear(message.observation_id, lambda observation: observation.assess(severity=message.severity, by=by, role=role, at=at), work)


async def on_concern_dismissed(message: cases.ConcernDismissed, work: UnitOfWork) -> None:
    at = _who_and_when(work)[2]
    await hear(message.observation_id, lambda observation: observation.dismiss(reason=message.reason, at=at), work)


async def on_case_opened(message: cases.CaseOpened, work: UnitOfWork) -> None:
    at = _who_and_when(work)[2]
    await hear(message.observation_id, lambda observation: observation.open_case(contact_due=message.contact_due, at=at), work)


async def on_referral_sent(message: cases.ReferralSent, work: UnitOfWork) -> None:
    """That it was passed on, and not to whom: the resident's yes was not about the caretaker."""
    at = _who_and_when(work)[2]
    await hear_about_case(message.case_id, lambda observation: observation.pass_on(at=at), work)


async def on_accompaniment_planned(message: cases.AccompanimentPlanned, work: UnitOfWork) -> None:
    await hear_about_case(
        message.case_id,
        lambda observation: observation.want_companion(visit_id=message.visit_id, companion=message.companion, meeting_at=message.at),
        work,
    )


async def on_deadline_missed(message: cases.DeadlineMissed, work: UnitOfWork) -> None:
    if message.kind == "triage":
        await hear_about_case(message.case_id, lambda observation: observation.miss_triage(due=message.due), work)


async def on_caretaker_informed(message: cases.CaretakerInformed, work: UnitOfWork) -> None:
    at = _who_and_when(work)[2]
    await hear(message.observation_id, lambda observation: observation.tell(milestone=message.milestone, at=at), work)


async def on_case_closed(message: cases.CaseClosed, work: UnitOfWork) -> None:
    at = _who_and_when(work)[2]
    await hear(message.observation_id, lambda observation: observation.end(outcome=message.outcome, at=at), work)


async def on_case_reopened(message: cases.CaseReopened, work: UnitOfWork) -> None:
    """It was not over: what the caretaker was told about the end is taken back."""
    at = _who_and_when(work)[2]
    await hear(message.observation_id, lambda observation: observation.reopen(contact_due=message.contact_due, at=at), work)


async def on_notice_failed(message: notifications.NoticeFailed, work: UnitOfWork) -> None:
    """The mail to the office came back: the caretaker is told to ring rather than to wait."""
    if message.kind == ABOUT_A_NEW_CONCERN:
        at = _who_and_when(work)[2]
        await hear_about_case(message.about, lambda observation: observation.fail_notice(at=at), work)


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


def _who_and_when(work: UnitOfWork) -> tuple[str, str, datetime]:
    """Who did what the message tells about, in which role, and when it happened there."""
    envelope = work.received
    if envelope is None:
        return work.context.actor.id, work.context.actor.role.value, work.context.at
    return envelope.actor, envelope.actor_role, envelope.time
