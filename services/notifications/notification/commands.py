"""What may be asked about notices: that somebody is told, and that it was tried."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.notifications.notification.rules import LATE, NO_LONGER, SETTLING, UNSAID_BY, Notice, is_quiet, notice_id
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Sealed
from shared.words.vocabulary.notice import NoticeKind, WhyWithdrawn


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
    is_urgent: bool = False
    """Whether it is about danger to life or about a child."""
    happened_at: datetime | None = None
    """When that was said which it is asked for; `None` where it is said now."""


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
class WithdrawNotices:
    """What waits to be sent about a case is not needed any more, for a reason."""

    case_id: UUID
    why: WhyWithdrawn
    recipient: str = ""
    """Only what is for them; everybody's where it is empty."""
    but: str = ""
    """Not what is for them."""
    kinds: Collection[NoticeKind] = ()
    """Only these of what the reason ends; all of them where none is named."""


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
            is_urgent=command.is_urgent,
            held_until=_held_until(command, work),
        )
    )


async def withdraw_notices(command: WithdrawNotices, work: UnitOfWork) -> None:
    """Settle everything of the kind that was not sent; what was is no news, and what is urgent is sent."""
    kinds = NO_LONGER[command.why] & set(command.kinds or NO_LONGER[command.why])
    waiting = await (await work.rows()).fetch(
        "select notice_id from notice_list where association = $1 and state = 'waiting' and (about = $2 or case_id = $2)"
        " and kind = any($3) and ($4 = '' or meant_for = $4) and ($5 = '' or meant_for <> $5) order by notice_id",
        work.association, command.case_id, sorted(kinds), command.recipient, command.but,
    )  # fmt: skip
    for row in waiting:
        notice = await work.load(Notice, row["notice_id"])
        notice.withdraw(command.why)
        await work.save(notice)


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
        await work.flush()


def _held_until(command: RequestNotice, work: UnitOfWork) -> datetime | None:
    """Until when it waits for what was said after it: nothing is held that is asked for as it happens."""
    is_late = command.happened_at is not None and work.context.at - command.happened_at > LATE
    return work.context.at + SETTLING if is_late else None


async def _one_at_a_time(command: RequestNotice, work: UnitOfWork) -> None:
    """Two that would tell the same person the same thing wait for each other, or both would find it quiet."""
    await (await work.rows()).execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 0))",
        f"notice {work.association} {command.recipient} {command.kind} {command.about}",
    )


async def _is_quiet(command: RequestNotice, work: UnitOfWork) -> bool:
    asked = await (await work.rows()).fetchrow(
        "select max(requested_at) filter (where kind = $3) as last, max(requested_at) filter (where kind = $5) as unsaid"
        " from notice_list"
        " where association = $1 and recipient = $2 and kind in ($3, $5) and about = $4 and state <> 'withdrawn'",
        work.association,
        command.recipient,
        command.kind.value,
        command.about,
        UNSAID_BY.get(command.kind, ""),
    )
    return asked is not None and is_quiet(last_requested_at=asked["last"], now=work.context.at, unsaid_at=asked["unsaid"])
