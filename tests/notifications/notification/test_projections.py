"""The list of notices after events, and filled again from history."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.notifications.app import parts
from services.notifications.notification.commands import (
    RecordArrival,
    RecordFailure,
    RequestNotice,
    record_arrival,
    record_failure,
    request_notice,
)
from services.notifications.notification.rules import notice_id
from shared.history.rebuild import rebuild
from shared.words.vocabulary.notice import NoticeKind
from shared.words.vocabulary.people import Role
from tests.notifications.heard import CASE, LEAD
from tests.support.services import NOW, Running, context_for

LATER = NOW + timedelta(minutes=3)


async def ask(notifications: Running, message: str, kind: NoticeKind = NoticeKind.CASE_OPENED) -> UUID:
    wish = RequestNotice(message_id=message, recipient=LEAD, kind=kind, about=CASE, link="/cases/1", severity="high")
    await notifications.service.do(request_notice, wish, context_for(Role.SYSTEM))
    return notice_id(message_id=message, recipient=LEAD, kind=kind)


async def line(notifications: Running, notice: UUID) -> dict[str, Any]:
    [row] = await notifications.rows(
        "select state, attempts, reason, requested_at, next_try_at, settled_at from notice_list where notice_id = $1", notice
    )
    return dict(row)


async def everything(notifications: Running) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await notifications.rows("select * from notice_list order by notice_id")]


async def one_of_each(notifications: Running) -> None:
    """One that waits, one that was sent, one that will be tried again, one that was given up."""
    await ask(notifications, "1", NoticeKind.CASE_OPENED)
    sent = await ask(notifications, "2", NoticeKind.CASE_ASSIGNED)
    again = await ask(notifications, "3", NoticeKind.REFERRAL_SILENT)
    failed = await ask(notifications, "4", NoticeKind.FOLLOW_UP_MISSED)
    do, at = notifications.service.do, context_for(Role.SYSTEM, at=LATER)
    await do(record_arrival, RecordArrival(notice_id=sent, attempt=1, reply="2xx"), at)
    await do(record_failure, RecordFailure(notice_id=again, attempt=1, reason="server_away"), at)
    await do(record_failure, RecordFailure(notice_id=failed, attempt=1, reason="message_refused_5xx", for_good=True), at)


async def test_a_notice_that_is_asked_for_waits_and_is_due_at_once(notifications: Running) -> None:
    notice = await ask(notifications, "1")
    assert await line(notifications, notice) == {
        "state": "waiting",
        "attempts": 0,
        "reason": "",
        "requested_at": NOW,
        "next_try_at": NOW,
        "settled_at": None,
    }


async def test_each_outcome_stands_in_the_list(notifications: Running) -> None:
    await one_of_each(notifications)
    rows = await notifications.rows(
        'select kind, state, attempts, reason, next_try_at, settled_at from notice_list order by kind collate "C"'
    )
    assert [tuple(row) for row in rows] == [
        ("case_assigned", "sent", 1, "", None, LATER),
        ("case_opened", "waiting", 0, "", NOW, None),
        ("follow_up_missed", "failed", 1, "message_refused_5xx", None, LATER),
        ("referral_silent", "waiting", 1, "server_away", LATER + timedelta(minutes=1), None),
    ]


async def test_rebuilt_is_the_same_as_live(notifications: Running) -> None:
    await one_of_each(notifications)
    live = await everything(notifications)
    assert (await rebuild(parts(), notifications.owner_url, notifications.service.vault)).events == 7
    assert await everything(notifications) == live
    assert len(live) == 4


async def test_what_is_asked_for_while_it_is_rebuilt_is_in_the_list(notifications: Running) -> None:
    await one_of_each(notifications)
    await asyncio.gather(
        rebuild(parts(), notifications.owner_url, notifications.service.vault),
        *(
            ask(notifications, f"during-{kind}", kind)
            for kind in (NoticeKind.IN_GOOD_HANDS, NoticeKind.OBSERVATION_NEWS, NoticeKind.COMPANION_WANTED)
        ),
    )
    assert await notifications.value("select count(*) from notice_list") == 7
    live = await everything(notifications)
    await rebuild(parts(), notifications.owner_url, notifications.service.vault)
    assert await everything(notifications) == live


async def test_a_failure_told_twice_leaves_the_list_as_it_was(notifications: Running) -> None:
    notice = await ask(notifications, "1")
    for _ in range(2):
        what = RecordFailure(notice_id=notice, attempt=1, reason="server_away")
        await notifications.service.do(record_failure, what, context_for(Role.SYSTEM, at=LATER))
    assert (await line(notifications, notice))["attempts"] == 1
    assert await notifications.value("select count(*) from events") == 2
