"""A notice: asked for, sent, tried again by the ladder, given up; and when one is enough."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.notifications.notification.rules import LinkLeadsElsewhere, Notice, State, is_quiet, notice_id
from shared.history.aggregate import Event
from shared.words.vocabulary.notice import NoticeKind

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
CASE = UUID("c0000000-0000-4000-8000-000000000001")
NOTICE = UUID("d0000000-0000-4000-8000-000000000001")
MESSAGE = "11111111-1111-5111-8111-111111111111"


def requested(link: str = "/cases/1") -> Notice:
    """A notice that waits, without news."""
    notice = Notice.request(
        id=NOTICE, recipient="staff-social-lead-1", kind=NoticeKind.CONCERN_RAISED, about=CASE, link=link, severity="high"
    )
    news(notice)
    return notice


def failed_before(attempts: int) -> Notice:
    """A notice that was tried so many times in vain."""
    notice = requested()
    for attempt in range(1, attempts + 1):
        notice.did_not_arrive(attempt=attempt, reason="server_away", at=NOW)
    news(notice)
    return notice


def news(notice: Notice) -> list[tuple[str, dict[str, object]]]:
    """What happened since somebody last looked, without ids and times."""
    left_out = {"originator_id", "originator_version", "originator_topic", "timestamp", "_provenance"}
    happened: list[Event] = list(notice.collect_events())  # type: ignore[arg-type]
    return [(type(event).__name__, {name: value for name, value in vars(event).items() if name not in left_out}) for event in happened]


def test_a_notice_is_asked_for_by_mail_with_codes_and_a_link_only() -> None:
    notice = Notice.request(
        id=NOTICE, recipient="staff-social-lead-1", kind=NoticeKind.CONCERN_RAISED, about=CASE, link="/cases/1", severity="high"
    )
    assert news(notice) == [
        (
            "Requested",
            {
                "recipient": "staff-social-lead-1",
                "kind": "concern_raised",
                "about": CASE,
                "link": "/cases/1",
                "channel": "mail",
                "severity": "high",
                "home": None,
                "case_id": None,
                "meant_for": "staff-social-lead-1",
                "is_urgent": False,
                "held_until": None,
            },
        )
    ]
    assert notice.state is State.WAITING


@pytest.mark.parametrize("link", ["", "cases/1", "https://elsewhere.example/cases/1", "//elsewhere.example/", "/cases/1\r\nBcc: x", "/a b"])
def test_a_link_that_leads_elsewhere_is_refused(link: str) -> None:
    with pytest.raises(LinkLeadsElsewhere):
        requested(link)


def test_the_same_message_to_the_same_person_is_the_same_notice() -> None:
    first = notice_id(message_id=MESSAGE, recipient="staff-social-lead-1", kind=NoticeKind.CONCERN_RAISED)
    assert first == notice_id(message_id=MESSAGE, recipient="staff-social-lead-1", kind=NoticeKind.CONCERN_RAISED)
    assert str(first) == "2da11af8-9de5-5945-ab7f-2420a0595018"


def test_another_message_person_or_kind_is_another_notice() -> None:
    ids = {
        notice_id(message_id=message, recipient=recipient, kind=kind)
        for message in (MESSAGE, "22222222-2222-5222-8222-222222222222")
        for recipient in ("staff-social-lead-1", "staff-caretaker-1")
        for kind in (NoticeKind.CONCERN_RAISED, NoticeKind.CASE_OPENED)
    }
    assert len(ids) == 8


def test_a_notice_the_server_took_is_sent() -> None:
    notice = requested()
    notice.arrived(attempt=1, reply="2xx")
    assert news(notice) == [
        ("Sent", {"recipient": "staff-social-lead-1", "kind": "concern_raised", "about": CASE, "attempt": 1, "reply": "2xx"})
    ]


def test_that_a_sent_notice_was_taken_again_is_no_news() -> None:
    notice = requested()
    notice.arrived(attempt=1, reply="2xx")
    news(notice)
    notice.arrived(attempt=2, reply="2xx")
    assert news(notice) == []


@pytest.mark.parametrize(
    ("attempt", "next_try_at"),
    [
        (1, datetime(2026, 3, 3, 9, 1, tzinfo=UTC)),
        (2, datetime(2026, 3, 3, 9, 5, tzinfo=UTC)),
        (3, datetime(2026, 3, 3, 9, 30, tzinfo=UTC)),
        (4, datetime(2026, 3, 3, 11, 0, tzinfo=UTC)),
        (5, datetime(2026, 3, 3, 15, 0, tzinfo=UTC)),
        (6, datetime(2026, 3, 4, 9, 0, tzinfo=UTC)),
    ],
)
def test_each_attempt_that_fails_waits_longer(attempt: int, next_try_at: datetime) -> None:
    notice = failed_before(attempt - 1)
    notice.did_not_arrive(attempt=attempt, reason="server_away", at=NOW)
    assert news(notice) == [("AttemptFailed", {"attempt": attempt, "reason": "server_away", "next_try_at": next_try_at})]


def test_after_the_last_step_of_the_ladder_it_is_given_up() -> None:
    notice = failed_before(6)
    notice.did_not_arrive(attempt=7, reason="server_away", at=NOW)
    assert news(notice) == [
        ("Failed", {"recipient": "staff-social-lead-1", "kind": "concern_raised", "about": CASE, "attempt": 7, "reason": "server_away"})
    ]
    assert notice.state is State.FAILED


def test_when_trying_again_is_of_no_use_it_is_given_up_at_once() -> None:
    notice = requested()
    notice.did_not_arrive(attempt=1, reason="recipient_refused_5xx", at=NOW, for_good=True)
    assert [name for name, _ in news(notice)] == ["Failed"]


def test_the_same_failed_attempt_told_twice_is_no_news() -> None:
    notice = failed_before(2)
    notice.did_not_arrive(attempt=2, reason="server_away", at=NOW)
    notice.did_not_arrive(attempt=1, reason="server_away", at=NOW)
    assert news(notice) == []


def test_a_failure_after_it_was_sent_or_given_up_is_no_news() -> None:
    sent = requested()
    sent.arrived(attempt=1, reply="2xx")
    given_up = failed_before(7)
    news(sent)
    for notice in (sent, given_up):
        notice.did_not_arrive(attempt=8, reason="server_away", at=NOW)
        assert news(notice) == []


def test_a_success_learned_after_it_was_given_up_is_still_a_success() -> None:
    notice = failed_before(7)
    notice.arrived(attempt=7, reply="2xx")
    assert [name for name, _ in news(notice)] == ["Sent"]
    assert notice.state is State.SENT


@pytest.mark.parametrize(
    ("ago", "quiet"),
    [
        (None, False),
        (timedelta(0), True),
        (timedelta(minutes=9, seconds=59), True),
        (timedelta(minutes=10), False),
        (timedelta(minutes=10, seconds=1), False),
        (timedelta(minutes=-1), False),
    ],
)
def test_the_same_thing_within_ten_minutes_is_kept_quiet(ago: timedelta | None, quiet: bool) -> None:
    assert is_quiet(last_requested_at=None if ago is None else NOW - ago, now=NOW) is quiet
