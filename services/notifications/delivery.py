"""The door to the mail server: takes what is due, sends it outside any transaction, and writes down how it went.

At least once: a process that dies between sending and writing down leaves its claim to run out, and the next one sends
again with the same Message-ID, which mail servers and mail programs recognise. Never twice at once: the claim is
committed before anything is sent.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Self
from uuid import UUID, uuid5

import aiosmtplib
import structlog

from services.notifications.mails import Letter, Matter, domain_of, written
from services.notifications.notification.commands import RecordArrival, RecordFailure, record_arrival, record_failure
from services.notifications.notification.queries import DueNotice, claim_due, give_back
from services.notifications.notification.rules import SETTLING
from shared.ground.provenance import Actor, Context
from shared.ground.settings import Settings
from shared.ground.telemetry import Metrics
from shared.history.service import Duty, Service
from shared.words.vocabulary.notice import NoticeKind
from shared.words.vocabulary.people import Purpose, Role

SMTP_SECONDS = 20.0
"""How long one step of the conversation may take."""
ATTEMPT_SECONDS = 90.0
"""How long one attempt may take from greeting to receipt."""
LEASE = timedelta(minutes=5)
"""How long a claim holds: longer than an attempt may take, for a claim that ran out is free for others."""
MOST_AT_ONCE = 50
"""Mails in one round; the rest waits for the next, a few seconds later."""
MOST_IN_ONE = 50
"""Notices in one mail."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt ended: arrived with a class of reply, or not, for a reason, perhaps for good."""

    arrived: bool
    code: str
    for_good: bool = False
    server_is_away: bool = False


def delivery() -> Duty:
    """The duty of the clock of one process.

    What was left over by the process before waits a moment: while there was none, things happened that make some of it superfluous, and
    the listener, which was away too, hears of them first. What is urgent does not wait.
    """
    began: list[datetime] = []

    async def deliver_what_is_due(service: Service) -> None:
        now = service.clock.now()
        since = (began or [now])[0]
        began[:] = [since]
        await deliver(service, only_since=since if now < since + SETTLING else None)

    return deliver_what_is_due


async def deliver(service: Service, *, only_since: datetime | None = None) -> None:
    """Send what is due, over one connection; what was asked for before `only_since` only where it is urgent.

    Stops early when the mail server is away: the rest will be due in the next round too.
    """
    if not service.settings.smtp:
        return
    async with MailServer(service.settings, service.metrics) as server:
        for _ in range(MOST_AT_ONCE):
            async with service.read() as connection:
                due = await claim_due(connection, now=service.clock.now(), lease=LEASE, most=MOST_IN_ONE, only_since=only_since)
            if not due:
                return
            outcome = await _attempt(service, server, due)
            if outcome.server_is_away:
                return


class MailServer:
    """One conversation with the mail server: begun with the first mail, kept for the next, begun anew after anything went wrong."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self._client: aiosmtplib.SMTP | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._hang_up()

    async def send(self, mail: EmailMessage) -> Outcome:
        """Offer it once."""
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS):
                await self._offer(mail)
        except (aiosmtplib.SMTPException, TimeoutError, OSError) as error:
            await self._hang_up()
            outcome = _outcome(error)
        else:
            outcome = Outcome(arrived=True, code="2xx")
        self._metrics.mailed(outcome.code)
        return outcome

    async def _offer(self, mail: EmailMessage) -> None:
        if self._client is not None:
            try:
                await self._client.noop()
            except aiosmtplib.SMTPException:  # it hung up between two mails, as servers do
                await self._hang_up()
        if self._client is None:
            self._client = client = _client(self._settings)
            await client.connect()
        await self._client.send_message(mail)

    async def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            async with asyncio.timeout(SMTP_SECONDS):
                await client.quit()
        except (aiosmtplib.SMTPException, TimeoutError, OSError):
            client.close()


def _client(settings: Settings) -> aiosmtplib.SMTP:
    host, _, port = settings.smtp.rpartition(":")
    authorities = settings.smtp_ca_file.read_text(encoding="ascii") if settings.smtp_ca_file else ""
    return aiosmtplib.SMTP(
        hostname=host.strip("[]"),
        port=int(port),
        timeout=SMTP_SECONDS,
        use_tls=settings.smtp_tls == "implicit",
        # Where it is left to the server's offer, the certificate has to be right once it is offered.
        start_tls={"offered": None, "required": True, "implicit": False}[settings.smtp_tls],
        tls_context=ssl.create_default_context(cadata=authorities or None),
        local_hostname=settings.smtp_name or domain_of(settings.mail_from),
        username=settings.smtp_user or None,
        password=settings.smtp_password.get_secret_value() or None,
    )


async def _attempt(service: Service, server: MailServer, due: Sequence[DueNotice]) -> Outcome:
    """Send what one person is to know in one mail, and write down of each notice how it went."""
    staff = service.staff.within(due[0].association)
    person, to = staff.person(due[0].recipient), staff.email_of(due[0].recipient)
    told = []
    for one in due:
        if person and person.keeps_out_of(one.about, one.case_id, one.home_id):
            # Declared while it waited; others are told why they should ring.
            await _write_down(service, [one], Outcome(arrived=False, code="keeps_out", for_good=True))
        else:
            told.append(one)
    if not told:
        return Outcome(arrived=False, code="keeps_out")
    if not to:
        outcome = Outcome(arrived=False, code="no_address")
    else:
        try:
            mail = written(_letter(service, told, to))
        except ValueError:
            # An address with a line break in it, or a kind that a newer version knows: wait for somebody to put it right.
            outcome = Outcome(arrived=False, code="cannot_be_written")
        else:
            with service.traces.span("send mail", kind="client") as span:
                outcome = await server.send(mail)
                span.note({"brobygger.outcome": outcome.code})
    if outcome.server_is_away:
        async with service.read() as connection:
            await give_back(connection, told[1:])
        told = told[:1]
    await _write_down(service, told, outcome)
    return outcome


def _letter(service: Service, told: Sequence[DueNotice], to: str) -> Letter:
    return Letter(
        id=told[0].notice_id if len(told) == 1 else uuid5(told[0].notice_id, " ".join(str(one.notice_id) for one in told)),
        matters=[Matter(NoticeKind(one.kind), one.severity, one.link) for one in told],
        to=to,
        sender=service.settings.mail_from,
        reply_to=service.settings.mail_reply_to,
        association=told[0].association,
        origin=service.settings.public_origin,
        at=told[0].requested_at,
    )


def _outcome(error: aiosmtplib.SMTPException | TimeoutError | OSError) -> Outcome:
    """What it means that a mail was not taken."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused():
            return _refused(error.recipients[0].code, "recipient_refused")
        case aiosmtplib.SMTPSenderRefused():
            # The sender is our own setting: an operator can put it right while the ladder lasts.
            return Outcome(arrived=False, code=f"sender_refused_{error.code // 100}xx")
        case aiosmtplib.SMTPAuthenticationError():
            # So is the password; nobody's mail would go.
            return Outcome(arrived=False, code="sign_in_refused", server_is_away=True)
        case ssl.SSLError() | aiosmtplib.SMTPConnectError(__cause__=ssl.SSLError()):
            return Outcome(arrived=False, code="server_not_trusted", server_is_away=True)
        case (
            aiosmtplib.SMTPConnectError() | aiosmtplib.SMTPServerDisconnected() | aiosmtplib.SMTPTimeoutError() | TimeoutError() | OSError()
        ):
            return Outcome(arrived=False, code="server_away", server_is_away=True)
        case aiosmtplib.SMTPDataError():
            return _refused(error.code, "message_refused")
        case aiosmtplib.SMTPResponseException() if error.code > 0:
            return Outcome(arrived=False, code=f"server_refused_{error.code // 100}xx")
        case _:
            return Outcome(arrived=False, code="server_not_understood")


def _refused(code: int, reason: str) -> Outcome:
    """A 5xx about a recipient or a message is final (RFC 5321 §4.2.1); a 4xx means: later."""
    return Outcome(arrived=False, code=f"{reason}_{code // 100}xx", for_good=code >= 500)


async def _write_down(service: Service, told: Sequence[DueNotice], outcome: Outcome) -> None:
    for one in told:
        context = Context(
            actor=Actor(id="clock", role=Role.SYSTEM, association=one.association),
            purpose=Purpose.OPERATION,
            at=service.clock.now(),  # of its own: what went in one mail would have a moment in common that outlives an erasure
            correlation_id=UUID(str(one.correlation_id)),
            causation_id=str(one.notice_id),
        )
        if outcome.arrived:
            await service.do(record_arrival, RecordArrival(notice_id=one.notice_id, attempt=one.attempt, reply=outcome.code), context)
            continue
        failure = RecordFailure(notice_id=one.notice_id, attempt=one.attempt, reason=outcome.code, for_good=outcome.for_good)
        await service.do(record_failure, failure, context)
        log.warning("notice.did_not_arrive", notice=str(one.notice_id), attempt=one.attempt, reason=outcome.code)
