"""The list of notices for those who see to it that people are told, and everybody's own; as pages and as JSON."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.notifications.delivery import deliver
from services.notifications.notification.commands import RequestNotice, request_notice
from shared.words.vocabulary.notice import NoticeKind
from shared.words.vocabulary.people import Role
from tests.notifications.heard import CARETAKER, CASE, LEAD
from tests.notifications.mail_server import MailServer
from tests.support.services import Running, browser, context_for

PAGE = {"Accept": "text/html"}


async def ask(notifications: Running, to: str = LEAD, *, kind: NoticeKind = NoticeKind.CONCERN_RAISED, message: str = "1") -> None:
    wish = RequestNotice(message_id=message, recipient=to, kind=kind, about=CASE, link=f"/cases/{CASE}", severity="high")
    await notifications.service.do(request_notice, wish, context_for(Role.SYSTEM, at=notifications.clock.now()))


@pytest.mark.parametrize("who", ["staff-social-lead-1", "staff-operator-1", "staff-dpo-1", "staff-auditor-1"])
async def test_those_who_see_to_it_see_who_was_told_what_kind_of_thing(notifications: Running, who: str) -> None:
    await ask(notifications)
    await deliver(notifications.service)
    async with browser(notifications, as_=who) as client:
        answer = await client.get("/notifications/", headers=PAGE)
    assert answer.status_code == 200
    for words in ("Ny bekymring", "Citha Testvang, Boligsocial leder", "Sendt", "1 af 7"):
        assert words in answer.text
    assert str(CASE) not in answer.text


@pytest.mark.parametrize("who", ["staff-caretaker-1", "staff-social-caretaker-1", "staff-clerk-1", "staff-director-1"])
@pytest.mark.parametrize("path", ["/notifications/", "/notifications/api/notices"])
async def test_others_do_not_see_what_somebody_else_was_told(notifications: Running, who: str, path: str) -> None:
    await ask(notifications)
    async with browser(notifications, as_=who) as client:
        answer = await client.get(path)
    assert answer.status_code == 403
    assert LEAD not in answer.text


@pytest.mark.parametrize("path", ["/notifications/api/notices", "/notifications/api/notices/mine"])
async def test_without_signing_in_there_is_nothing_to_see(notifications: Running, path: str) -> None:
    async with browser(notifications) as client:
        assert (await client.get(path)).status_code == 401


async def test_everybody_sees_what_they_were_told_with_the_link(notifications: Running) -> None:
    await ask(notifications, CARETAKER, kind=NoticeKind.IN_GOOD_HANDS)
    await ask(notifications, LEAD)
    async with browser(notifications, as_=CARETAKER) as client:
        page = await client.get("/notifications/mine", headers=PAGE)
        answer = (await client.get("/notifications/api/notices/mine")).json()
    assert "I gode hænder" in page.text
    assert f'href="/cases/{CASE}"' in page.text
    assert "Ny bekymring" not in page.text
    assert [notice["kind"] for notice in answer["notices"]] == ["in_good_hands"]


async def test_an_empty_list_says_so(notifications: Running) -> None:
    async with browser(notifications, as_=LEAD) as client:
        assert "Der er ingen beskeder her." in (await client.get("/notifications/", headers=PAGE)).text
        assert "Du har ikke fået nogen beskeder." in (await client.get("/notifications/mine", headers=PAGE)).text


async def test_a_page_says_when_no_mail_server_is_set_up(notifications: Running) -> None:
    notifications.service.settings = notifications.settings.model_copy(update={"smtp": ""})
    async with browser(notifications, as_=LEAD) as client:
        assert "Der er ikke sat en mailserver op" in (await client.get("/notifications/", headers=PAGE)).text


async def test_the_list_as_json_is_newest_first_and_can_be_narrowed(notifications: Running, mails: MailServer) -> None:
    mails.to_recipient = "550 no such mailbox"
    await ask(notifications, message="1")
    await deliver(notifications.service)
    notifications.clock.forward(timedelta(hours=1))
    await ask(notifications, message="2")
    async with browser(notifications, as_="staff-operator-1") as client:
        every = (await client.get("/notifications/api/notices")).json()
        failed = (await client.get("/notifications/api/notices", params={"state": "failed"})).json()
    assert [notice["state"] for notice in every["notices"]] == ["waiting", "failed"]
    [given_up] = failed["notices"]
    assert given_up | {"notice_id": ""} == {
        "notice_id": "",
        "recipient": LEAD,
        "kind": "concern_raised",
        "link": f"/cases/{CASE}",
        "state": "failed",
        "attempts": 1,
        "reason": "recipient_refused_5xx",
        "requested_at": "2026-03-03T09:00:00Z",
        "next_try_at": None,
        "settled_at": "2026-03-03T09:00:00Z",
    }


async def test_a_long_list_goes_on_where_it_ended_and_shows_each_notice_once(notifications: Running) -> None:
    for number in range(5):
        await ask(notifications, f"staff-other-{number}")
    seen: list[str] = []
    cursor = ""
    async with browser(notifications, as_=LEAD) as client:
        for _ in range(3):
            answer = (await client.get("/notifications/api/notices", params={"limit": 2, "cursor": cursor})).json()
            seen += [notice["recipient"] for notice in answer["notices"]]
            cursor = answer["next"]
    assert cursor == ""
    assert sorted(seen) == [f"staff-other-{number}" for number in range(5)]


@pytest.mark.parametrize("parameters", [{"limit": 0}, {"limit": 201}, {"state": "lost"}, {"cursor": "made-up-here"}, {"cursor": "x" * 501}])
async def test_what_cannot_be_asked_is_a_mistake_of_the_one_who_asks(notifications: Running, parameters: dict[str, str | int]) -> None:
    async with browser(notifications, as_=LEAD) as client:
        answer = await client.get("/notifications/api/notices", params=parameters)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"
    assert "made-up-here" not in answer.text


async def test_a_notice_of_another_association_is_not_shown(notifications: Running) -> None:
    wish = RequestNotice(message_id="1", recipient="somebody-else-1", kind=NoticeKind.CASE_OPENED, about=CASE, link="/cases/1")
    await notifications.service.do(request_notice, wish, context_for(Role.SYSTEM, association="another"))
    async with browser(notifications, as_=LEAD) as client:
        assert (await client.get("/notifications/api/notices")).json()["notices"] == []


async def test_the_pages_speak_english_to_those_who_ask_for_it(notifications: Running) -> None:
    await ask(notifications)
    async with browser(notifications, as_=LEAD) as client:
        every = (await client.get("/notifications/?lang=en", headers=PAGE)).text
        mine = (await client.get("/notifications/mine?lang=en", headers=PAGE)).text
    assert "Notices, newest first" in every
    assert "New concern" in every
    assert "Waiting" in every
    assert "My notices" in mine
