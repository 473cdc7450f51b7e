"""What may be looked up about notices: the list, and the one that is due now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from asyncpg import Connection

from services.notifications.notification.rules import MAILS_IN_A_ROW, QUIET_FOR, not_for
from shared.ground.provenance import Context
from shared.privacy.staff import StaffDirectory
from shared.web.pagination import Keyset
from shared.words.vocabulary.people import Role


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice in the list: who was to be told what kind of thing, and whether it arrived. No content."""

    notice_id: UUID
    recipient: str
    kind: str
    link: str
    state: str
    attempts: int
    reason: str
    requested_at: datetime
    next_try_at: datetime | None
    settled_at: datetime | None

    @property
    def keyset(self) -> Keyset:
        """Where it stands in the list."""
        return Keyset(self.requested_at, self.notice_id)


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice that one delivery has taken for itself, to be tried now."""

    notice_id: UUID
    association: str
    recipient: str
    kind: str
    about: UUID
    home_id: UUID | None
    case_id: UUID | None
    link: str
    severity: str
    attempt: int
    requested_at: datetime
    correlation_id: UUID


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody was told in one hat; in a lent one, what whose hat it is was told since they are away, and nothing of one's own."""

    of: str
    role: Role
    since: datetime | None = None

    @classmethod
    def seen_by(cls, context: Context, staff: StaffDirectory) -> Own:
        """The notices of the one who asks, in the hat they wear."""
        me = context.actor
        if not me.on_behalf_of:
            return cls(me.id, me.role)
        absent = staff.person(me.on_behalf_of)
        absence = absent.absence(context.at) if absent else None
        return cls(me.on_behalf_of, me.role, since=absence.begins if absence else context.at)


async def notices_of(
    connection: Connection[Any],
    *,
    association: str,
    limit: int,
    own: Own | None = None,
    state: str | None = None,
    after: Keyset | None = None,
    shut_from: Collection[UUID] = (),
) -> list[NoticeLine]:
    """The notices of an association, newest first, at most `limit`; somebody's own or in one `state` when that is named.

    None about homes and cases that are `shut_from` the one who asks.
    """
    found = await connection.fetch(
        "select notice_id, recipient, kind, link, state, attempts, reason, requested_at, next_try_at, settled_at from notice_list"
        " where association = $1 and ($2::text is null or meant_for = $2) and ($3::text is null or state = $3)"
        " and ($4::timestamptz is null or (requested_at, notice_id) < ($4, $5::uuid))"
        " and about <> all($7::uuid[]) and not exists (select from notice_list told where told.association = $1"
        " and told.about = coalesce(notice_list.case_id, notice_list.about) and told.home_id = any($7::uuid[]))"
        " and (case_id is null or case_id <> all($7::uuid[])) and kind <> all($8::text[])"
        " and ($9::timestamptz is null or requested_at >= $9)"
        " order by requested_at desc, notice_id desc limit $6",
        association,
        own.of if own else None,
        state,
        after.key if after else None,
        after.id if after else None,
        limit,
        list(shut_from),
        sorted(not_for(own.role)) if own else [],
        own.since if own else None,
    )
    return [NoticeLine(**row) for row in found]


async def home_of(connection: Connection[Any], association: str, about: UUID) -> UUID | None:
    """Which home a case is about, as far as anybody was told of it."""
    home_id: UUID | None = await connection.fetchval(
        "select home_id from notice_list where association = $1 and about = $2 and home_id is not null limit 1", association, about
    )
    return home_id


async def notices_of_case(connection: Connection[Any], association: str, case_id: UUID) -> list[UUID]:
    """Every notice about a case that says in which home it is."""
    found = await connection.fetch(
        "select notice_id from notice_list where association = $1 and (case_id = $2 or about = $2) and home_id is not null"
        " order by notice_id",
        association, case_id,
    )  # fmt: skip
    return [row["notice_id"] for row in found]


async def claim_due(
    connection: Connection[Any], *, now: datetime, lease: timedelta, most: int, only_since: datetime | None = None
) -> list[DueNotice]:
    """Take what is due the longest, so that no other delivery takes it before the lease ends, and with it everything else, at most
    `most`, that the same person is to know and that goes into the same mail. What is urgent comes first, and alone.

    Committed before anything is sent. What is due follows the clock that is handed in; the lease follows the
    database's own, for it is about processes that die and not about days. What was asked for before `only_since` is
    taken only where it is urgent. Who had several mails in a row waits for the rest until `QUIET_FOR` is over, unless it is urgent.
    """
    # Said twice and not once in front: only what is asked of the locked row itself is asked again when another delivery was faster.
    is_due = (
        "notice_list.state = 'waiting' and notice_list.next_try_at <= $1"
        " and (notice_list.claimed_until is null or notice_list.claimed_until <= clock_timestamp())"
        " and ($3::timestamptz is null or notice_list.requested_at >= $3 or notice_list.is_urgent)"
    )
    claim = (
        "with tired as"  # noqa: S608 -- put together of constants
        " (select association, recipient from notice_list where state = 'sent' and settled_at > $4"
        "   group by association, recipient having count(distinct settled_at) >= $5),"
        " first as (select notice_id, association, recipient, is_urgent from notice_list"
        f"   where {is_due} and (is_urgent or (association, recipient) not in (select association, recipient from tired))"
        "   order by is_urgent desc, next_try_at, notice_id limit 1 for update skip locked),"
        " together as (select notice_list.notice_id from notice_list, first where notice_list.association = first.association"
        "   and notice_list.recipient = first.recipient and not notice_list.is_urgent and not first.is_urgent"
        f"   and notice_list.notice_id <> first.notice_id and {is_due}"
        "   order by notice_list.next_try_at, notice_list.notice_id limit $6 - 1 for update of notice_list skip locked)"
        " update notice_list set claimed_until = clock_timestamp() + $2"
        " where notice_id in (select notice_id from first union all select notice_id from together)"
        " returning notice_id, association, recipient, kind, about, coalesce(home_id, (select told.home_id from notice_list told"
        " where told.association = notice_list.association and told.about = notice_list.case_id and told.home_id is not null limit 1))"
        " as home_id, case_id, link, severity, attempts + 1 as attempt, requested_at, correlation_id"
    )
    found = await connection.fetch(
        claim,
        now,
        lease,
        only_since,
        now - QUIET_FOR,
        MAILS_IN_A_ROW,
        most,
    )
    return sorted((DueNotice(**row) for row in found), key=lambda due: (due.requested_at, due.notice_id))


async def give_back(connection: Connection[Any], due: Collection[DueNotice]) -> None:
    """Let go of what was taken and not tried."""
    await connection.execute("update notice_list set claimed_until = null where notice_id = any($1)", [one.notice_id for one in due])
