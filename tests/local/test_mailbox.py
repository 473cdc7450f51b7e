"""The mailbox takes every mail, delivers none and shows them."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import httpx
import pytest

from local.mailbox import Mailbox, mailbox_app, receiving

LINK = "http://127.0.0.1:8080/cases/01890000-0000-7000-8000-000000000001"


async def send(port: int, *, to: str = "lead-1@example.test", subject: str = "Ny bekymring") -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "brobygger@example.test", to, subject
    mail.set_content(f"Der venter en observation på dig: {LINK}.\n<script>alert(1)</script>\n")
    await aiosmtplib.send(mail, hostname="127.0.0.1", port=port)


def browser(mailbox: Mailbox) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(mailbox_app(mailbox)), base_url="http://127.0.0.1")


@pytest.mark.sockets
async def test_a_mail_that_was_sent_is_shown_with_its_link_and_nothing_in_it_runs() -> None:
    mailbox = Mailbox()
    async with receiving(mailbox) as port, browser(mailbox) as client:
        await send(port)
        (mail,) = mailbox.mails()
        page = (await client.get(f"/mailbox/{mail.id}")).text
        assert f'<a href="{LINK}">' in page
        assert "<script>" not in page
        assert "Ny bekymring" in (await client.get("/mailbox")).text


@pytest.mark.sockets
async def test_mails_are_listed_newest_first_and_by_recipient() -> None:
    mailbox = Mailbox()
    async with receiving(mailbox) as port, browser(mailbox) as client:
        await send(port, to="a@example.test", subject="Første")
        await send(port, to="b@example.test", subject="Anden")
        assert [mail["subject"] for mail in (await client.get("/mailbox/api/mails")).json()] == ["Anden", "Første"]
        assert [mail["subject"] for mail in (await client.get("/mailbox/api/mails", params={"to": "a@"})).json()] == ["Første"]


@pytest.mark.sockets
async def test_mails_are_there_after_a_restart_and_gone_after_emptying(tmp_path: Path) -> None:
    async with receiving(Mailbox(tmp_path)) as port:
        await send(port)
    again = Mailbox(tmp_path)
    assert [mail.subject for mail in again.mails()] == ["Ny bekymring"]
    async with browser(again) as client:
        assert (await client.post("/mailbox/empty", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
        assert (await client.post("/mailbox/empty", headers={"Origin": "https://elsewhere.example"})).status_code == 403
        assert (await client.post("/mailbox/empty", headers={"Origin": "null"})).status_code == 403
        assert len(again.mails()) == 1
        assert (await client.post("/mailbox/empty", headers={"Origin": str(client.base_url).rstrip("/")})).status_code == 303
    assert again.mails() == []
    assert Mailbox(tmp_path).mails() == []


async def test_head_is_answered_where_get_is() -> None:
    async with browser(Mailbox()) as client:
        assert [(await client.head(path)).status_code for path in ("/mailbox", "/mailbox/api/mails", "/mailbox/x")] == [200, 200, 404]


async def test_a_mail_that_is_not_there_is_said_in_plain_words() -> None:
    async with browser(Mailbox()) as client:
        answer = await client.get("/mailbox/nothing")
        assert answer.status_code == 404
        assert "Den mail findes ikke" in answer.text


@pytest.mark.parametrize("path", ["/mailbox", "/mailbox/api/mails"])
async def test_mails_are_not_shown_under_a_name_that_was_made_to_lead_here(path: str) -> None:
    async with browser(Mailbox()) as client:
        assert (await client.get(path, headers={"Host": "elsewhere.example:8080"})).status_code == 421
        assert (await client.get(path, headers={"Host": "localhost:8080"})).status_code == 200
        assert (await client.post("/mailbox/empty", headers={"Host": "elsewhere.example"})).status_code == 421
