"""What the others told us → what we ask of ourselves: the register follows the ERP, and an observation hears what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake.home.commands import EndTenancy, StartTenancy, TellHousehold, end_tenancy, start_tenancy, tell_household
from services.intake.home.rules.tenancy import Occupant
from services.intake.observation.commands import RecordProgress, Welcome, record_progress, welcome_newcomer
from services.intake.observation.queries import observation_of_case
from services.intake.observation.rules.progress import (
    Assess,
    Dismiss,
    End,
    FailNotice,
    MissTriage,
    NoteAnswer,
    OpenCase,
    PassOn,
    Progress,
    ReleaseCompanion,
    Reopen,
    See,
    TakeIn,
    Tell,
    WantCompanion,
)
from services.intake.observation.rules.welcome import welcome_of
from shared.history.service import Beginning, Begins, Reaction
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.message import Message
from shared.messaging.messages import cases, erp, notifications
from shared.privacy.matter import About, Link, Matter, MatterKind
from shared.words.vocabulary.notice import NoticeKind
from shared.words.vocabulary.waiting import DeadlineKind


async def on_tenancy_started(message: erp.TenancyStarted, work: UnitOfWork) -> None:
    """The ERP's unit is our home; its estate is where our register has the home."""
    id = work.known[None, message.tenancy_id]
    await start_tenancy(StartTenancy(id=id, tenancy_id=message.tenancy_id, home_id=message.unit_id, on=message.started_on), work)
    await tell_household(_household(message, work), work)
    if message.is_newly_rehoused:
        people = _roles(message)
        await welcome_newcomer(Welcome(id=welcome_of(id), tenancy_id=message.tenancy_id, home_id=message.unit_id, people=people), work)


async def on_tenancy_changed(message: erp.TenancyChanged, work: UnitOfWork) -> None:
    await tell_household(_household(message, work), work)


async def on_tenancy_ended(message: erp.TenancyEnded, work: UnitOfWork) -> None:
    id = work.known[None, message.tenancy_id]
    await end_tenancy(EndTenancy(id=id, tenancy_id=message.tenancy_id, on=message.ended_on), work)


async def begin_tenancies(messages: Sequence[TenancyMessage], beginning: Beginning) -> None:
    """A tenancy is a matter, about its home and whoever lives there; each person's part in it is one of their own."""
    await beginning.begin(
        [
            Matter.about(
                uuid7(),
                MatterKind.TENANCY,
                tenancy=message.tenancy_id,
                home=message.unit_id if isinstance(message, erp.TenancyStarted) else None,
                people=_roles(message),
            )
            for message in messages
        ],
        why="erp",
    )
    await beginning.begin(
        [
            Matter(
                uuid7(),
                MatterKind.PART,
                frozenset({Link(About.PERSON, person, role)}),
                part_of=beginning.known[None, message.tenancy_id],
            )
            for message in messages
            for person, role in _roles(message).items()
        ],
        why="erp",
    )
    welcomed = [message for message in messages if isinstance(message, erp.TenancyStarted) and message.is_newly_rehoused]
    concerns = {welcome_of(beginning.known[None, message.tenancy_id]): message for message in welcomed}
    await beginning.begin(
        [
            Matter.about(id, MatterKind.OBSERVATION, tenancy=message.tenancy_id, home=message.unit_id, people=_roles(message))
            for id, message in concerns.items()
        ],
        own_keys=dict.fromkeys(concerns, 1),
        why="erp",
    )
    for message in messages:
        if not isinstance(message, erp.TenancyEnded) and message.persons is not None:
            await beginning.people_are(beginning.known[None, message.tenancy_id], _roles(message), why="erp")


async def on_concern_raised(message: cases.ConcernRaised, work: UnitOfWork) -> None:
    await _record(message.observation_id, TakeIn(case_id=message.case_id, triage_due=message.triage_due), work)


async def on_concern_seen(message: cases.ConcernSeen, work: UnitOfWork) -> None:
    by, role = _who(work)
    await _record(message.observation_id, See(by=by, role=role, at=_when(work)), work)


async def on_concern_triaged(message: cases.ConcernTriaged, work: UnitOfWork) -> None:
    by, role = _who(work)
    await _record(message.observation_id, Assess(by=by, role=role, at=_when(work), severity=message.severity), work)


async def on_concern_dismissed(message: cases.ConcernDismissed, work: UnitOfWork) -> None:
    await _record(message.observation_id, Dismiss(reason=message.reason, at=_when(work)), work)


async def on_case_opened(message: cases.CaseOpened, work: UnitOfWork) -> None:
    await _record(message.observation_id, OpenCase(contact_due=message.contact_due, at=_when(work)), work)


async def on_referral_sent(message: cases.ReferralSent, work: UnitOfWork) -> None:
    """That it was passed on, and not to whom: the resident's yes was not about the caretaker."""
    await _record_of_case(message.case_id, PassOn(at=_when(work)), work)


async def on_accompaniment_planned(message: cases.AccompanimentPlanned, work: UnitOfWork) -> None:
    news = WantCompanion(visit_id=message.visit_id, companion=message.companion, meeting_at=message.at)
    await _record_of_case(message.case_id, news, work)


async def on_accompaniment_answered(message: cases.AccompanimentAnswered, work: UnitOfWork) -> None:
    await _record_of_case(message.case_id, NoteAnswer(visit_id=message.visit_id, companion=message.companion, comes=message.comes), work)


async def on_companion_released(message: cases.CompanionReleased, work: UnitOfWork) -> None:
    await _record(message.observation_id, ReleaseCompanion(visit_id=message.visit_id, companion=message.companion), work)


async def on_deadline_missed(message: cases.DeadlineMissed, work: UnitOfWork) -> None:
    if message.kind == DeadlineKind.TRIAGE:
        await _record_of_case(message.case_id, MissTriage(due=message.due), work)


async def on_caretaker_informed(message: cases.CaretakerInformed, work: UnitOfWork) -> None:
    await _record(message.observation_id, Tell(milestone=message.milestone, at=_when(work)), work)


async def on_case_closed(message: cases.CaseClosed, work: UnitOfWork) -> None:
    await _record(message.observation_id, End(outcome=message.outcome, at=_when(work)), work)


async def on_case_reopened(message: cases.CaseReopened, work: UnitOfWork) -> None:
    """It was not over: what the caretaker was told about the end is taken back."""
    await _record(message.observation_id, Reopen(contact_due=message.contact_due, at=_when(work)), work)


async def on_notice_failed(message: notifications.NoticeFailed, work: UnitOfWork) -> None:
    """The mail to the office came back: the caretaker is told to ring rather than to wait."""
    if message.kind == NoticeKind.CONCERN_RAISED:
        await _record_of_case(message.about, FailNotice(at=_when(work)), work)


TenancyMessage = erp.TenancyStarted | erp.TenancyChanged | erp.TenancyEnded

CONSUMES: tuple[type[Message], ...] = (*erp.INBOUND, *cases.MESSAGES, *notifications.MESSAGES)

REACTIONS: Mapping[type[Message], Reaction] = {
    erp.TenancyStarted: on_tenancy_started,
    erp.TenancyChanged: on_tenancy_changed,
    erp.TenancyEnded: on_tenancy_ended,
    cases.ConcernRaised: on_concern_raised,
    cases.ConcernSeen: on_concern_seen,
    cases.ConcernTriaged: on_concern_triaged,
    cases.ConcernDismissed: on_concern_dismissed,
    cases.CaseOpened: on_case_opened,
    cases.ReferralSent: on_referral_sent,
    cases.AccompanimentPlanned: on_accompaniment_planned,
    cases.AccompanimentAnswered: on_accompaniment_answered,
    cases.CompanionReleased: on_companion_released,
    cases.DeadlineMissed: on_deadline_missed,
    cases.CaretakerInformed: on_caretaker_informed,
    cases.CaseClosed: on_case_closed,
    cases.CaseReopened: on_case_reopened,
    notifications.NoticeFailed: on_notice_failed,
}


BEGINS: Mapping[type[Message], Begins] = dict.fromkeys((erp.TenancyStarted, erp.TenancyChanged, erp.TenancyEnded), begin_tenancies)
"""The matters that begin with what the ERP tells."""


def _roles(message: TenancyMessage) -> dict[UUID, str]:
    """Everybody who is told to live there, with what they are in the tenancy."""
    persons = () if isinstance(message, erp.TenancyEnded) else message.persons or ()
    return {person.person_id: person.role for person in persons}


def _household(message: erp.TenancyStarted | erp.TenancyChanged, work: UnitOfWork) -> TellHousehold:
    """What the ERP tells of those who live there; what it leaves out is as it was."""
    id = work.known[None, message.tenancy_id]
    return TellHousehold(
        id=id,
        size_band=message.household_size,
        is_protected=message.is_protected,
        occupants=None
        if message.persons is None
        else {work.known[id, person]: Occupant(person_id=person, role=role) for person, role in _roles(message).items()},
    )


async def _record(observation_id: UUID, news: Progress, work: UnitOfWork) -> None:
    await record_progress(RecordProgress(observation_id=observation_id, news=news), work)


async def _record_of_case(case_id: UUID, news: Progress, work: UnitOfWork) -> None:
    """The same where only the case is named; a case that no observation led to is none of intake's business."""
    observation_id = await observation_of_case(await work.rows(), work.association, case_id)
    if observation_id is not None:
        await _record(observation_id, news, work)


def _who(work: UnitOfWork) -> tuple[str, str]:
    """Who did what the message tells about, and in which role."""
    if work.received is None:
        return work.context.actor.id, work.context.actor.role.value
    return work.received.actor, work.received.actor_role


def _when(work: UnitOfWork) -> datetime:
    """When it happened there."""
    return work.context.at if work.received is None else work.received.time
