"""What notifications tells the others: that somebody could be told, or that it was given up."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from services.notifications.announcements import announce
from services.notifications.notification.rules import Notice
from shared.messaging.message import Message
from shared.messaging.messages.notifications import NoticeFailed, NoticeSent
from shared.words.vocabulary.notice import NoticeKind

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
CASE = UUID("c0000000-0000-4000-8000-000000000001")
NOTICE = UUID("d0000000-0000-4000-8000-000000000001")


def notice() -> Notice:
    return Notice.request(id=NOTICE, recipient="staff-social-lead-1", kind=NoticeKind.CASE_OPENED, about=CASE, link="/cases/1")


def told(about: Notice) -> list[Message]:
    return [said for happened in about.collect_events() for said in announce(happened, lambda _: None)]  # type: ignore[arg-type]


def test_that_somebody_is_to_be_told_is_nobody_elses_business() -> None:
    assert told(notice()) == []


def test_a_notice_that_was_sent_is_told() -> None:
    sent = notice()
    sent.arrived(attempt=1, reply="2xx")
    assert told(sent) == [NoticeSent(notice_id=NOTICE, recipient="staff-social-lead-1", kind="case_opened", about=CASE)]


def test_an_attempt_that_failed_is_not_told() -> None:
    waiting = notice()
    waiting.did_not_arrive(attempt=1, reason="server_away", at=NOW)
    assert told(waiting) == []


def test_a_notice_that_was_given_up_is_told_with_its_reason() -> None:
    failed = notice()
    failed.did_not_arrive(attempt=1, reason="recipient_refused_5xx", at=NOW, for_good=True)
    assert told(failed) == [
        NoticeFailed(notice_id=NOTICE, recipient="staff-social-lead-1", kind="case_opened", about=CASE, reason="recipient_refused_5xx")
    ]
