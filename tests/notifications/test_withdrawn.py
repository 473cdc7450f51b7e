"""What is not needed any more is not sent, also after an outage of the mail server or of ourselves; what is urgent is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.notifications.delivery import deliver, delivery
from services.notifications.notification.rules import LATE, SETTLING
from shared.messaging.message import Message
from shared.messaging.messages.cases import (
    AccompanimentPlanned,
    CaretakerInformed,
    CaseAssigned,
    CaseClosed,
    CaseErased,
    CompanionReleased,
    ConcernDismissed,
    ConcernRaised,
    ConcernSeen,
    ConcernTriaged,
    ContactMade,
    DeadlineMissed,
    OutboundResumed,
    OutboundStopped,
    ReferralAcknowledged,
    VisitEnded,
    VisitPlanned,
)
from shared.running.listener import Listener
from tests.notifications.heard import CARETAKER, CASE, HANDLER, LEAD, OBSERVATION, record
from tests.notifications.mail_server import MailServer
from tests.notifications.test_reactions import RAISED, SILENT, opened
from tests.support.services import NOW, Running, browser

WHOSE: dict[str, Any] = {"case_id": CASE, "observation_id": OBSERVATION, "observer": CARETAKER}
CLOSED = CaseClosed(**WHOSE, outcome="deceased")
DISMISSED = ConcernDismissed(**WHOSE, reason="explained")
SEEN = ConcernSeen(**WHOSE)
TRIAGED = ConcernTriaged(**WHOSE, severity="high", category="other")
STOPPED = OutboundStopped(**WHOSE, handler=HANDLER, why="died")
RESUMED = OutboundResumed(**WHOSE, handler=HANDLER)
ASKED_ALONG = AccompanimentPlanned(case_id=CASE, visit_id=CASE, companion=CARETAKER, at=NOW, observation_id=OBSERVATION)
GOES_BY = VisitPlanned(case_id=CASE, visit_id=CASE, visitor=CARETAKER, due=NOW + timedelta(days=5))
BEEN_THERE = VisitEnded(case_id=CASE, visit_id=CASE, visitor=CARETAKER, was_made=True)
NEED_NOT_GO = VisitEnded(case_id=CASE, visit_id=CASE, visitor=CARETAKER, was_made=False)
RELEASED = CompanionReleased(**WHOSE, visit_id=CASE, companion=CARETAKER)


def missed(kind: str) -> DeadlineMissed:
    return DeadlineMissed(case_id=CASE, kind=kind, due=NOW, handler=HANDLER)


async def hear(notifications: Running, *messages: Message, since: int = 1) -> None:
    records = [record(message, version=version) for version, message in enumerate(messages, since)]
    await Listener(notifications.service).take_in(records)


async def states(notifications: Running) -> dict[tuple[str, str], str]:
    """What became of each notice: sent or waiting, or why it is not needed."""
    rows = await notifications.rows("select recipient, kind, state, reason from notice_list order by requested_at, notice_id")
    return {(row["recipient"], row["kind"]): row["reason"] if row["state"] == "withdrawn" else row["state"] for row in rows}


@pytest.mark.parametrize(
    ("told", "then", "expected"),
    [
        (RAISED, SEEN, {(LEAD, "concern_raised"): "seen"}),
        (RAISED, TRIAGED, {(LEAD, "concern_raised"): "judged"}),
        (RAISED, DISMISSED, {(LEAD, "concern_raised"): "case_over"}),
        (opened(), CLOSED, {(HANDLER, "case_opened"): "case_over"}),
        (opened(), CaseErased(case_id=CASE), {(HANDLER, "case_opened"): "case_over"}),
        (SILENT, CLOSED, {(HANDLER, "referral_silent"): "case_over", (LEAD, "referral_silent"): "case_over"}),
        (
            SILENT,
            ReferralAcknowledged(case_id=CASE, referral_id=CASE, target="municipal.visitation", on_time=False),
            {(HANDLER, "referral_silent"): "done", (LEAD, "referral_silent"): "done"},
        ),
        (
            missed("first_contact"),
            ContactMade(case_id=CASE, reached=True, on_time=False),
            {(HANDLER, "first_contact_missed"): "done", (LEAD, "first_contact_missed"): "done"},
        ),
        (
            missed("first_contact"),
            ContactMade(case_id=CASE, reached=False, on_time=False),
            {(HANDLER, "first_contact_missed"): "waiting", (LEAD, "first_contact_missed"): "waiting"},
        ),
        (
            missed("tell_caretaker"),
            CaretakerInformed(case_id=CASE, observation_id=OBSERVATION, caretaker=CARETAKER, milestone="closed", on_time=False),
            {
                (HANDLER, "caretaker_not_told"): "done",
                (LEAD, "caretaker_not_told"): "done",
                (CARETAKER, "observation_news"): "waiting",
            },
        ),
        (
            opened(),
            CaseAssigned(case_id=CASE, handler=LEAD),
            {(HANDLER, "case_opened"): "handed_over"},
        ),
        (ASKED_ALONG, RELEASED, {(CARETAKER, "companion_wanted"): "meeting_off", (CARETAKER, "companion_released"): "waiting"}),
        (ASKED_ALONG, STOPPED, {(CARETAKER, "companion_wanted"): "standstill", (HANDLER, "stands_still"): "waiting"}),
        (GOES_BY, BEEN_THERE, {(CARETAKER, "visit_planned"): "done"}),
        (GOES_BY, NEED_NOT_GO, {(CARETAKER, "visit_planned"): "meeting_off"}),
        (GOES_BY, STOPPED, {(CARETAKER, "visit_planned"): "standstill", (HANDLER, "stands_still"): "waiting"}),
        (STOPPED, RESUMED, {(HANDLER, "stands_still"): "goes_on", (HANDLER, "goes_on"): "waiting"}),
        (RAISED, STOPPED, {(LEAD, "concern_raised"): "waiting", (HANDLER, "stands_still"): "waiting"}),
    ],
)
async def test_what_does_not_apply_any_more_is_settled_with_its_reason(
    notifications: Running, told: Message, then: Message, expected: dict[tuple[str, str], str]
) -> None:
    await hear(notifications, told, then)
    assert await states(notifications) == expected


async def test_after_an_outage_of_the_mail_server_no_mail_is_sent_about_a_case_that_is_over(
    notifications: Running, mails: MailServer
) -> None:
    mails.to_recipient = "451 later"
    await hear(notifications, RAISED, opened(), ASKED_ALONG)
    await deliver(notifications.service)
    await hear(notifications, STOPPED, CLOSED, since=4)
    mails.to_recipient = "250 OK"
    notifications.clock.forward(timedelta(days=2))
    await deliver(notifications.service)
    assert mails.taken == []
    assert set((await states(notifications)).values()) == {"standstill", "case_over"}


async def test_what_was_sent_stays_sent(notifications: Running, mails: MailServer) -> None:
    await hear(notifications, RAISED)
    await deliver(notifications.service)
    await hear(notifications, CLOSED, since=2)
    assert await states(notifications) == {(LEAD, "concern_raised"): "sent"}


@pytest.mark.parametrize("urgent", [{"severity": "acute"}, {"signals": ("child.neglect",)}])
async def test_what_is_acute_or_about_a_child_is_sent_whatever_happens(
    notifications: Running, mails: MailServer, urgent: dict[str, Any]
) -> None:
    raised = ConcernRaised(**{**RAISED.model_dump(), **urgent})
    await hear(notifications, raised, STOPPED, CLOSED)
    await deliver(notifications.service)
    assert "sent" in [state for (_, kind), state in (await states(notifications)).items() if kind == "concern_raised"]


async def test_a_case_that_goes_on_asks_anew_although_it_asked_a_moment_ago(notifications: Running, mails: MailServer) -> None:
    await hear(notifications, ASKED_ALONG, RELEASED, STOPPED, RESUMED, ASKED_ALONG)
    waiting = "select count(*) from notice_list where state = 'waiting' and kind = 'companion_wanted'"
    assert await notifications.value(waiting) == 1


async def test_who_was_asked_and_told_that_it_is_off_is_asked_again_however_soon(notifications: Running, mails: MailServer) -> None:
    for version, message in enumerate((ASKED_ALONG, RELEASED, ASKED_ALONG), 1):
        await hear(notifications, message, since=version)
        await deliver(notifications.service)
    assert [mail["Subject"] for mail in mails.taken] == [
        "Vil du være med til et møde?", "Du skal ikke med til mødet alligevel", "Vil du være med til et møde?",
    ]  # fmt: skip


async def test_a_meeting_that_was_moved_is_asked_about_once(notifications: Running, mails: MailServer) -> None:
    await hear(notifications, ASKED_ALONG, ASKED_ALONG.model_copy(update={"at": NOW + timedelta(days=3)}))
    await deliver(notifications.service)
    assert len(mails.taken) == 1


async def test_what_is_heard_late_waits_for_what_was_said_after_it(notifications: Running, mails: MailServer) -> None:
    """We were away: the first we hear is how it began, and how it ended comes behind it."""
    notifications.clock.forward(LATE + timedelta(seconds=1))
    await hear(notifications, RAISED, opened())
    await deliver(notifications.service)
    assert mails.taken == []
    await hear(notifications, CLOSED, since=3)
    notifications.clock.forward(SETTLING)
    await deliver(notifications.service)
    assert mails.taken == []


async def test_what_is_heard_late_and_still_applies_is_sent_a_moment_later(notifications: Running, mails: MailServer) -> None:
    notifications.clock.forward(LATE + timedelta(seconds=1))
    await hear(notifications, RAISED)
    notifications.clock.forward(SETTLING)
    await deliver(notifications.service)
    assert len(mails.taken) == 1


async def test_what_a_process_finds_left_over_waits_until_it_has_heard_what_happened_meanwhile(
    notifications: Running, mails: MailServer
) -> None:
    await hear(notifications, RAISED)
    notifications.clock.forward(timedelta(hours=1))
    duty = delivery()
    await duty(notifications.service)
    assert mails.taken == []
    notifications.clock.forward(SETTLING)
    await duty(notifications.service)
    assert len(mails.taken) == 1


async def test_the_pages_say_that_it_is_not_needed_and_why(notifications: Running) -> None:
    await hear(notifications, opened(), CLOSED)
    async with browser(notifications, as_=LEAD) as lead:
        page = (await lead.get("/notifications/?state=withdrawn", headers={"Accept": "text/html"})).text
    async with browser(notifications, as_=HANDLER) as handler:
        mine = (await handler.get("/notifications/mine", headers={"Accept": "text/html"})).text
        [one] = (await handler.get("/notifications/api/notices/mine")).json()["notices"]
    assert "Ikke nødvendig længere: Sagen er slut" in page
    assert "Ikke nødvendig længere: Sagen er slut." in mine
    assert (one["state"], one["reason"], one["next_try_at"]) == ("withdrawn", "case_over", None)
