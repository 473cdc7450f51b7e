"""Mails really leave, once; what does not arrive is tried again by the ladder; nobody sends what another is sending."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.smtp import Envelope, Session
from pydantic import SecretStr

from local.broker import free_port
from services.notifications.app import parts
from services.notifications.delivery import MOST_AT_ONCE, MOST_IN_ONE, deliver
from services.notifications.notification.commands import RequestNotice, request_notice
from services.notifications.notification.queries import claim_due
from services.notifications.notification.rules import MAILS_IN_A_ROW, QUIET_FOR
from shared.messaging.messages.cases import AccompanimentPlanned, CaretakerInformed, ConcernRaised
from shared.privacy.staff import Hat, Person, StaffDirectory
from shared.running.listener import Listener
from shared.running.roles import do_duties
from shared.words.vocabulary.notice import NoticeKind
from shared.words.vocabulary.people import Role
from tests.notifications.heard import CARETAKER, CASE, LEAD, OBSERVATION, record
from tests.notifications.mail_server import MailServer, certificate_nobody_vouches_for, mail_server
from tests.support.colleagues import heard_of
from tests.support.contract import assert_in_contract
from tests.support.otlp import Collector, assert_nothing_about, said
from tests.support.postgres import PostgresServer
from tests.support.services import NOW, Running, context_for, running_service


async def ask(
    notifications: Running,
    *,
    to: str = LEAD,
    kind: NoticeKind = NoticeKind.CONCERN_RAISED,
    message: str = "message-1",
    severity: str = "high",
    about: UUID = CASE,
    case_id: UUID | None = None,
    link: str = f"/cases/{CASE}",
    is_urgent: bool = False,
) -> UUID:
    """Ask for a notice as a reaction does; answers its id."""
    wish = RequestNotice(
        message_id=message,
        recipient=to,
        kind=kind,
        about=about,
        link=link,
        severity=severity,
        case_id=case_id,
        is_urgent=is_urgent,
    )
    await notifications.service.do(request_notice, wish, context_for(Role.SYSTEM, id="system:notifications", at=notifications.clock.now()))
    found = await notifications.value("select notice_id from notice_list order by requested_at desc limit 1")
    return UUID(str(found))


async def history(notifications: Running) -> list[str]:
    return [row["topic"] for row in await notifications.rows("select topic from events order by position")]


async def state(notifications: Running) -> tuple[str, int, str, datetime | None]:
    [row] = await notifications.rows("select state, attempts, reason, next_try_at from notice_list")
    return row["state"], row["attempts"], row["reason"], row["next_try_at"]


async def test_a_notice_that_is_due_is_mailed_and_recorded(notifications: Running, mails: MailServer) -> None:
    notice = await ask(notifications)
    await deliver(notifications.service)
    [mail] = mails.taken
    assert mails.recipients == ["lead-1@example.test"]
    assert mail["Subject"] == "ALVORLIG: En bekymring venter på vurdering"
    assert mail["Message-ID"] == f"<{notice}@bakkegaarden.example>"
    assert mail["Date"] == "Tue, 03 Mar 2026 09:00:00 +0000"
    assert f"http://127.0.0.1:8080/cases/{CASE}" in mail.as_string()
    assert await state(notifications) == ("sent", 1, "", None)
    assert await history(notifications) == ["notice.requested", "notice.sent"]
    assert 'brobygger_mails_total{outcome="2xx",service="notifications"} 1.0' in notifications.service.metrics.exposed().decode()


async def test_a_trace_says_how_a_mail_went_and_not_to_whom(
    postgres: PostgresServer, tmp_path: Path, mails: MailServer, collector: Collector
) -> None:
    async with running_service(parts(), postgres, tmp_path, smtp=mails.address, otlp_endpoint=collector.endpoint) as notifications:
        notice = await ask(notifications)
        await deliver(notifications.service)
    assert said(collector.named("send mail")) == {"brobygger.outcome": "2xx"}
    assert {span.name for span in collector.spans} == {"request_notice", "send mail", "record_arrival"}
    assert_nothing_about(collector, "lead-1@", LEAD, str(notice), str(CASE), "ALVORLIG")


async def test_what_was_sent_is_not_sent_again(notifications: Running, mails: MailServer) -> None:
    await ask(notifications)
    for _ in range(3):
        await deliver(notifications.service)
        notifications.clock.forward(timedelta(days=2))
    assert len(mails.taken) == 1


async def test_the_clock_delivers(notifications: Running, mails: MailServer) -> None:
    await ask(notifications)
    await do_duties(notifications.service)
    assert len(mails.taken) == 1


async def test_two_deliveries_at_once_send_each_notice_once(notifications: Running, mails: MailServer) -> None:
    for number in range(12):
        await ask(notifications, message=f"message-{number}", kind=list(NoticeKind)[number], severity="acute", is_urgent=True)
    await asyncio.gather(*(deliver(notifications.service) for _ in range(4)))
    assert len(mails.taken) == 12
    assert len({mail["Message-ID"] for mail in mails.taken}) == 12
    assert await notifications.value("select count(*) from notice_list where state = 'sent'") == 12


async def test_nor_is_anything_said_twice_by_two_that_put_together(notifications: Running, mails: MailServer) -> None:
    for number in range(12):
        await ask(notifications, message=f"message-{number}", about=UUID(int=number), link=f"/cases/{UUID(int=number)}")
    await asyncio.gather(*(deliver(notifications.service) for _ in range(4)))
    said = "".join(str(part.get_content()) for mail in mails.taken if (part := mail.get_body(("plain",))))
    assert [said.count(str(UUID(int=number))) for number in range(12)] == [1] * 12
    assert await notifications.value("select count(*) from notice_list where state = 'sent'") == 12


async def test_sixty_concerns_are_one_mail(notifications: Running, mails: MailServer) -> None:
    for number in range(MOST_IN_ONE):
        await ask(notifications, message=f"message-{number}", about=UUID(int=number))
    await deliver(notifications.service)
    [mail] = mails.taken
    assert mail["Subject"] == "ALVORLIG: 50 beskeder fra Brobygger"
    assert await notifications.value("select count(*) from notice_list where state = 'sent'") == MOST_IN_ONE


async def test_what_went_in_one_mail_has_no_moment_in_common(
    notifications: Running, mails: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await ask(notifications, message=f"message-{number}", about=UUID(int=number))
    ticks = count(1)
    monkeypatch.setattr(notifications.clock, "now", lambda: NOW + next(ticks) * timedelta(microseconds=1))
    await deliver(notifications.service)
    assert len(mails.taken) == 1
    sent = [row["recorded_at"] for row in await notifications.rows("select recorded_at from events where topic = 'notice.sent'")]
    assert len(sent) == len(set(sent)) == 3


async def test_who_had_five_mails_in_ten_minutes_hears_the_rest_together_afterwards(notifications: Running, mails: MailServer) -> None:
    for number in range(9):
        await ask(notifications, message=f"message-{number}", about=UUID(int=number))
        await deliver(notifications.service)
        notifications.clock.forward(timedelta(seconds=20))
    assert len(mails.taken) == MAILS_IN_A_ROW
    notifications.clock.forward(QUIET_FOR)
    await deliver(notifications.service)
    assert [mail["Subject"] for mail in mails.taken[MAILS_IN_A_ROW:]] == ["ALVORLIG: 4 beskeder fra Brobygger"]


async def test_what_is_urgent_goes_first_and_alone_and_waits_for_nothing(notifications: Running, mails: MailServer) -> None:
    for number in range(MAILS_IN_A_ROW):
        await ask(notifications, message=f"message-{number}", about=UUID(int=number))
        await deliver(notifications.service)
        notifications.clock.forward(timedelta(seconds=20))
    await ask(notifications, message="later", about=UUID(int=98))
    await ask(notifications, message="now", about=UUID(int=99), severity="acute", is_urgent=True)
    await deliver(notifications.service)
    assert [mail["Subject"] for mail in mails.taken[MAILS_IN_A_ROW:]] == ["AKUT: En bekymring venter på vurdering"]


async def test_one_conversation_carries_all_mails_of_a_round(notifications: Running) -> None:
    greeted: list[str] = []

    class Counting(MailServer):
        async def handle_EHLO(self, _server: Any, session: Session, _envelope: Envelope, name: str, replies: list[str]) -> list[str]:  # noqa: N802
            session.host_name = name
            greeted.append(name)
            return replies

    with mail_server(Counting()) as server:
        notifications.service.settings = notifications.settings.model_copy(
            update={"smtp": server.address, "smtp_name": "brobygger.example"}
        )
        for recipient in (LEAD, CARETAKER):
            await ask(notifications, to=recipient)
        await deliver(notifications.service)
        assert len(server.taken) == 2
    assert greeted == ["brobygger.example"]


async def test_we_sign_in_inside_tls_at_a_server_our_own_authority_vouches_for(notifications: Running, tmp_path: Path) -> None:
    with mail_server(MailServer(certificate=certificate_nobody_vouches_for(tmp_path), password="invented")) as server:
        settings = {"smtp": server.address, "smtp_tls": "required", "smtp_ca_file": tmp_path / "server.pem", "smtp_user": "brobygger"}
        notifications.service.settings = notifications.settings.model_copy(update={**settings, "smtp_password": SecretStr("wrong")})
        await ask(notifications)
        await deliver(notifications.service)
        assert (await state(notifications))[:3] == ("waiting", 1, "sign_in_refused")
        notifications.service.settings = notifications.settings.model_copy(update={**settings, "smtp_password": SecretStr("invented")})
        notifications.clock.forward(timedelta(minutes=1))
        await deliver(notifications.service)
        assert (await state(notifications))[:3] == ("sent", 2, "")


async def test_tls_from_the_first_byte(notifications: Running, tmp_path: Path) -> None:
    with mail_server(MailServer(certificate=certificate_nobody_vouches_for(tmp_path), is_implicit=True)) as server:
        settings = {"smtp": server.address, "smtp_tls": "implicit", "smtp_ca_file": tmp_path / "server.pem"}
        notifications.service.settings = notifications.settings.model_copy(update=settings)
        await ask(notifications)
        await deliver(notifications.service)
        assert (await state(notifications))[:3] == ("sent", 1, "")


async def test_where_tls_is_required_a_server_without_it_gets_no_mail(notifications: Running, mails: MailServer) -> None:
    notifications.service.settings = notifications.settings.model_copy(update={"smtp_tls": "required"})
    await ask(notifications)
    await deliver(notifications.service)
    assert (mails.asked, (await state(notifications))[:2]) == (0, ("waiting", 1))


async def test_nothing_is_open_in_the_database_while_the_mail_is_on_its_way(notifications: Running, mails: MailServer) -> None:
    seen: list[int] = []
    database = str(await notifications.value("select current_database()"))
    loop = asyncio.get_running_loop()

    class Watching(MailServer):
        async def handle_DATA(self, *arguments: object) -> str:  # noqa: N802
            asking = asyncio.run_coroutine_threadsafe(
                notifications.value(
                    "select count(*) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()"
                    " and (state like 'idle in transaction%' or state = 'active')",
                    database,
                ),
                loop,
            )
            seen.append(int(await asyncio.wrap_future(asking)))
            return "250 taken"

    with mail_server(Watching()) as watching:
        notifications.service.settings = notifications.settings.model_copy(update={"smtp": watching.address})
        await ask(notifications)
        await deliver(notifications.service)
    assert seen == [0]


async def test_a_delivery_that_died_after_sending_is_made_good_under_the_same_message_id(notifications: Running, mails: MailServer) -> None:
    await ask(notifications)
    async with notifications.service.read() as connection:
        [claimed] = await claim_due(connection, now=NOW, lease=timedelta(minutes=5), most=MOST_IN_ONE)
    await deliver(notifications.service)
    assert mails.taken == []  # somebody else has it, as far as anybody can know
    await notifications.service.pool.execute("update notice_list set claimed_until = clock_timestamp() - interval '1 second'")
    await deliver(notifications.service)
    [mail] = mails.taken
    assert mail["Message-ID"] == f"<{claimed.notice_id}@bakkegaarden.example>"
    assert await state(notifications) == ("sent", 1, "", None)


@pytest.mark.parametrize(
    ("to_recipient", "to_message", "reason"),
    [
        ("450 mailbox busy", "250 taken", "recipient_refused_4xx"),
        ("250 OK", "451 try later", "message_refused_4xx"),
        ("250 OK", "421 going away", "message_refused_4xx"),
    ],
)
async def test_a_mail_that_is_refused_for_now_is_tried_again(
    notifications: Running, mails: MailServer, to_recipient: str, to_message: str, reason: str
) -> None:
    mails.to_recipient, mails.to_message = to_recipient, to_message
    await ask(notifications)
    await deliver(notifications.service)
    assert await state(notifications) == ("waiting", 1, reason, datetime(2026, 3, 3, 9, 1, tzinfo=UTC))
    await deliver(notifications.service)
    assert mails.asked == 1  # not before it is due
    notifications.clock.forward(timedelta(minutes=1))
    mails.to_recipient, mails.to_message = "250 OK", "250 taken"
    await deliver(notifications.service)
    assert await state(notifications) == ("sent", 2, "", None)
    assert len(mails.taken) == 1


@pytest.mark.parametrize(
    ("to_recipient", "to_message", "reason"),
    [("550 no such mailbox", "250 taken", "recipient_refused_5xx"), ("250 OK", "554 not wanted", "message_refused_5xx")],
)
async def test_a_mail_that_is_refused_for_good_is_given_up_at_once_and_told(
    notifications: Running, mails: MailServer, to_recipient: str, to_message: str, reason: str
) -> None:
    mails.to_recipient, mails.to_message = to_recipient, to_message
    await ask(notifications)
    await deliver(notifications.service)
    assert await state(notifications) == ("failed", 1, reason, None)
    [row] = await notifications.rows("select topic, headers, value from outbox")
    assert (row["topic"], row["headers"]["ce_type"]) == ("brobygger.notifications", "dk.brobygger.notifications.notice_failed.v1")


async def test_a_server_that_stays_away_is_asked_until_the_ladder_ends(postgres: PostgresServer, tmp_path: Path) -> None:
    async with running_service(parts(), postgres, tmp_path, smtp=f"127.0.0.1:{free_port()}") as notifications:
        await ask(notifications)
        tried = []
        for _ in range(7):
            await deliver(notifications.service)
            standing, attempts, reason, next_try_at = await state(notifications)
            tried.append((standing, attempts, reason, None if next_try_at is None else next_try_at - notifications.clock.now()))
            if next_try_at:
                notifications.clock.lead_to(next_try_at)
        assert tried == [
            ("waiting", 1, "server_away", timedelta(minutes=1)),
            ("waiting", 2, "server_away", timedelta(minutes=5)),
            ("waiting", 3, "server_away", timedelta(minutes=30)),
            ("waiting", 4, "server_away", timedelta(hours=2)),
            ("waiting", 5, "server_away", timedelta(hours=6)),
            ("waiting", 6, "server_away", timedelta(days=1)),
            ("failed", 7, "server_away", None),
        ]


async def test_when_the_server_is_away_the_others_wait_without_losing_a_try(postgres: PostgresServer, tmp_path: Path) -> None:
    async with running_service(parts(), postgres, tmp_path, smtp=f"127.0.0.1:{free_port()}") as notifications:
        for number in range(3):
            await ask(notifications, message=f"message-{number}", kind=list(NoticeKind)[number])
        await deliver(notifications.service)
        assert await notifications.value("select array_agg(attempts order by attempts) from notice_list") == [0, 0, 1]


async def test_a_server_that_hangs_up_is_away(notifications: Running) -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        notifications.service.settings = notifications.settings.model_copy(update={"smtp": f"127.0.0.1:{port}"})
        await ask(notifications)
        await deliver(notifications.service)
    assert (await state(notifications))[:3] == ("waiting", 1, "server_away")


async def test_a_server_whose_certificate_nobody_vouches_for_gets_no_mail(notifications: Running, tmp_path: Path) -> None:
    with mail_server(MailServer(certificate=certificate_nobody_vouches_for(tmp_path))) as impostor:
        notifications.service.settings = notifications.settings.model_copy(update={"smtp": impostor.address})
        await ask(notifications)
        await deliver(notifications.service)
    assert (impostor.asked, impostor.taken) == (0, [])
    assert (await state(notifications))[:3] == ("waiting", 1, "server_not_trusted")


async def test_a_colleague_without_an_address_is_waited_for(postgres: PostgresServer, tmp_path: Path, mails: MailServer) -> None:
    async with running_service(parts(), postgres, tmp_path, smtp=mails.address) as notifications:
        await ask(notifications, to="staff-who-left-1")
        await ask(notifications, to=LEAD)
        await deliver(notifications.service)
        rows = await notifications.rows("select recipient, state, reason from notice_list order by recipient")
        assert [tuple(row) for row in rows] == [(LEAD, "sent", ""), ("staff-who-left-1", "waiting", "no_address")]


async def test_an_unusable_address_does_not_stop_the_others(
    postgres: PostgresServer, tmp_path: Path, mails: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The staff file refuses such an address; whatever comes in some other way must not hold up the mails behind it."""
    odd, lead = (
        Person(id=id, name="Asger Testvang", hats=(Hat(Role.SOCIAL_LEAD),), association="bakkegaarden", email=email)
        for id, email in (("staff-odd-1", "a@example.test\nBcc: b@example.test"), (LEAD, "lead-1@example.test"))
    )
    async with running_service(parts(), postgres, tmp_path, smtp=mails.address) as notifications:
        monkeypatch.setattr(notifications.service.colleagues, "directory", lambda **_: StaffDirectory((odd, lead)))
        await ask(notifications, to="staff-odd-1")
        await ask(notifications, to=LEAD)
        await deliver(notifications.service)
        rows = await notifications.rows("select recipient, state, reason from notice_list order by recipient")
        assert [tuple(row) for row in rows] == [("staff-odd-1", "waiting", "cannot_be_written"), (LEAD, "sent", "")]
        assert mails.recipients == ["lead-1@example.test"]


async def test_a_conflict_that_is_declared_while_a_mail_waits_stops_it(postgres: PostgresServer, tmp_path: Path, mails: MailServer) -> None:
    async with running_service(parts(), postgres, tmp_path, smtp=mails.address) as notifications:
        await ask(notifications, to=LEAD)
        await heard_of(notifications, LEAD, Role.SOCIAL_LEAD, shut_from=(CASE,))
        await deliver(notifications.service)
        assert (await state(notifications))[:3] == ("failed", 1, "keeps_out")
        assert mails.recipients == []


async def test_so_does_one_in_the_case_of_an_observation(postgres: PostgresServer, tmp_path: Path, mails: MailServer) -> None:
    async with running_service(parts(), postgres, tmp_path, smtp=mails.address) as notifications:
        await ask(notifications, to=LEAD, about=OBSERVATION, case_id=CASE)
        await heard_of(notifications, LEAD, Role.SOCIAL_LEAD, shut_from=(CASE,))
        await deliver(notifications.service)
        assert (await state(notifications))[:3] == ("failed", 1, "keeps_out")
        assert mails.recipients == []


async def test_without_a_mail_server_notices_wait(postgres: PostgresServer, tmp_path: Path) -> None:
    async with running_service(parts(), postgres, tmp_path) as notifications:
        await ask(notifications)
        await deliver(notifications.service)
        assert await state(notifications) == ("waiting", 0, "", NOW)


async def test_a_round_has_an_end_and_the_next_one_goes_on(notifications: Running, mails: MailServer) -> None:
    for number in range(MOST_AT_ONCE + 1):
        await ask(notifications, to=f"staff-who-left-{number}")
    await deliver(notifications.service)
    assert await notifications.value("select count(*) from notice_list where attempts = 0") == 1
    await deliver(notifications.service)
    assert await notifications.value("select count(*) from notice_list where attempts = 0") == 0


async def test_what_is_delivered_is_told_in_the_conversation_it_belongs_to(notifications: Running) -> None:
    await Listener(notifications.service).take_in([record(planned())])
    conversation = await notifications.value("select correlation_id from notice_list")
    await deliver(notifications.service)
    headers = await notifications.value("select headers from outbox")
    assert headers["ce_type"] == "dk.brobygger.notifications.notice_sent.v1"
    assert headers["ce_correlationid"] == str(conversation)
    assert headers["ce_actor"] == "clock"


def planned() -> AccompanimentPlanned:
    return AccompanimentPlanned(case_id=CASE, visit_id=CASE, companion=CARETAKER, at=NOW, observation_id=OBSERVATION)


async def test_what_is_told_keeps_to_the_contract(notifications: Running, mails: MailServer) -> None:
    await ask(notifications)
    await deliver(notifications.service)
    mails.to_message = "554 not wanted"
    await ask(notifications, kind=NoticeKind.CASE_OPENED)
    await deliver(notifications.service)
    told = await notifications.rows("select topic, key, headers, value from outbox order by position")
    assert [row["headers"]["ce_type"].split(".")[3] for row in told] == ["notice_sent", "notice_failed"]
    for row in told:
        headers = {name: value.encode() for name, value in row["headers"].items()}
        assert_in_contract(headers, row["key"], row["value"], topic=row["topic"])


async def test_no_mail_tells_anything_about_anybody(notifications: Running, mails: MailServer) -> None:
    planted = ["estate-planted", "nordby-planted", "signal.planted", "consent-planted", "Testvang", "home.hoarding"]
    raised = ConcernRaised(
        case_id=CASE,
        observation_id=OBSERVATION,
        observer=CARETAKER,
        observed_at=NOW,
        estate_id="estate-planted",
        municipality="nordby-planted",
        severity="acute",
        signals=("home.hoarding", "signal.planted"),
        consent_answer="consent-planted",
        triage_due=NOW,
    )
    informed = CaretakerInformed(case_id=CASE, observation_id=OBSERVATION, caretaker=CARETAKER, milestone="in_good_hands", on_time=True)
    listener = Listener(notifications.service)
    await listener.take_in([record(raised, version=1), record(planned(), version=2), record(informed, version=3)])
    await deliver(notifications.service)
    for mail in mails.taken:
        words = "".join(str(part.get_content()) for part in mail.walk() if not part.is_multipart()) + "\n".join(map(str, mail.values()))
        assert [word for word in planted if word in words] == []
    assert {mail["Subject"] for mail in mails.taken} == {
        "AKUT: En bekymring venter på vurdering",
        "2 beskeder fra Brobygger",
    }
    body = next(mail for mail in mails.taken if mail["Subject"] == "2 beskeder fra Brobygger").get_body(("plain",))
    told = str(body.get_content()) if body else ""
    assert "som et kendt ansigt" in told
    assert "nogen tager sig af den" in told
