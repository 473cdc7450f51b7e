"""What may be asked about notices: that somebody is told, and that it was tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.notifications.notification.rules import Notice, is_quiet, notice_id
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Sealed
from shared.words.vocabulary.notice import NoticeKind


@dataclass(frozen=True, kw_only=True)
class RequestNotice:
    """Somebody is to know, because of one message."""

    message_id: str
    recipient: str
    kind: NoticeKind
    about: UUID
    link: str
    severity: str = ""
    home: Sealed | None = None
    case_id: UUID | None = None
    meant_for: str = ""
    """Whom the recipient stands in for; the recipient where it is empty."""


@dataclass(frozen=True, kw_only=True)
class RecordArrival:
    """The mail server took an attempt."""

    notice_id: UUID
    attempt: int
    reply: str


@dataclass(frozen=True, kw_only=True)
class RecordFailure:
    """An attempt did not arrive; `for_good` when trying again is of no use."""

    notice_id: UUID
    attempt: int
    reason: str
    for_good: bool = False


@dataclass(frozen=True, kw_only=True)
class FollowCase:
    """A case was about the wrong person: it is about this home, or none."""

    notices: Sequence[UUID]
    """Those that were told about it."""
    home: Sealed | None = None


async def request_notice(command: RequestNotice, work: UnitOfWork) -> None:
    """Ask for a notice once for each message, and not at all while the person was told the same minutes ago."""
    wanted = notice_id(message_id=command.message_id, recipient=command.recipient, kind=command.kind)
    await _one_at_a_time(command, work)
    if await work.find(Notice, wanted) is not None or await _is_quiet(command, work):
        return
    await work.save(
        Notice.request(
            id=wanted,
            recipient=command.recipient,
            kind=command.kind,
            about=command.about,
            link=command.link,
            severity=command.severity,
            home=command.home,
            case_id=command.case_id,
            meant_for=command.meant_for,
        )
    )


async def record_arrival(command: RecordArrival, work: UnitOfWork) -> None:
    """Write down that the mail server took it."""
    notice = await work.load(Notice, command.notice_id)
    notice.arrived(attempt=command.attempt, reply=command.reply)
    await work.save(notice)


async def record_failure(command: RecordFailure, work: UnitOfWork) -> None:
    """Write down that it was not taken, and when to try again."""
    notice = await work.load(Notice, command.notice_id)
    notice.did_not_arrive(attempt=command.attempt, reason=command.reason, at=work.context.at, for_good=command.for_good)
    await work.save(notice)


async def follow_case(command: FollowCase, work: UnitOfWork) -> None:
    """Each notice that was told about a case goes with it to where it belongs."""
    for id in command.notices:
        notice = await work.load(Notice, id)
        notice.follow_case(command.home)
        await work.save(notice)
        await work.rows()


async def _one_at_a_time(command: RequestNotice, work: UnitOfWork) -> None:
    """Two that would tell the same person the same thing wait for each other, or both would find it quiet."""
    await (await work.rows()).execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 0))",
        f"notice {work.association} {command.recipient} {command.kind} {command.about}",
    )


async def _is_quiet(command: RequestNotice, work: UnitOfWork) -> bool:
    last = await (await work.rows()).fetchval(
        "select max(requested_at) from notice_list where association = $1 and recipient = $2 and kind = $3 and about = $4",
        work.association,
        command.recipient,
        command.kind.value,
        command.about,
    )
    return is_quiet(last_requested_at=last, now=work.context.at)
