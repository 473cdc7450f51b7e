"""The door to the mail server: takes what is due, sends it outside any transaction, and writes down how it went.

At least once: a process that dies between sending and writing down leaves its claim to run out, and the next one sends
again with the same Message-ID, which mail servers and mail programs recognise. Never twice at once: the claim is
committed before anything is sent.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import aiosmtplib
import structlog

from services.notifications.mails import Letter, written
from services.notifications.notification.commands import RecordArrival, RecordFailure, record_arrival, record_failure
from services.notifications.notification.queries import DueNotice, claim_due
from services.notifications.notification.rules import SETTLING
from shared.ground.provenance import Actor, Context
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
"""Notices in one round; the rest waits for the next, a few seconds later."""

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
    """Send what is due; what was asked for before `only_since` only where it is urgent.

    Stops early when the mail server is away: the rest will be due in the next round too.
    """
    if not service.settings.smtp:
        return
    for _ in range(MOST_AT_ONCE):
        async with service.read() as connection:
            due = await claim_due(connection, now=service.clock.now(), lease=LEASE, only_since=only_since)
        if due is None:
            return
        outcome = await _attempt(service, due)
        await _write_down(service, due, outcome)
        if outcome.server_is_away:
            return


async def _attempt(service: Service, due: DueNotice) -> Outcome:
    staff = service.staff.within(due.association)
    person, to = staff.person(due.recipient), staff.email_of(due.recipient)
    if person and person.keeps_out_of(due.about, due.case_id, due.home_id):
        return Outcome(arrived=False, code="keeps_out", for_good=True)  # declared while it waited; others are told why they should ring
    if not to:
        return Outcome(arrived=False, code="no_address")
    try:
        mail = written(
            Letter(
                notice_id=due.notice_id,
                kind=NoticeKind(due.kind),
                severity=due.severity,
                to=to,
                sender=service.settings.mail_from,
                origin=service.settings.public_origin,
                link=due.link,
                at=service.clock.now(),
            )
        )
    except ValueError:
        # An address with a line break in it, or a kind that a newer version knows: wait for somebody to put it right.
        return Outcome(arrived=False, code="cannot_be_written")
    host, _, port = service.settings.smtp.rpartition(":")
    try:
        async with asyncio.timeout(ATTEMPT_SECONDS):
            # STARTTLS is used where the server offers it, and then its certificate has to be right.
            await aiosmtplib.send(mail, hostname=host.strip("[]"), port=int(port), timeout=SMTP_SECONDS)
    except aiosmtplib.SMTPRecipientsRefused as error:
        return _refused(error.recipients[0].code, "recipient_refused")
    except aiosmtplib.SMTPSenderRefused as error:
        # The sender is our own setting: an operator can put it right while the ladder lasts.
        return Outcome(arrived=False, code=f"sender_refused_{error.code // 100}xx")
    except ssl.SSLError:
        return Outcome(arrived=False, code="server_not_trusted", server_is_away=True)
    except (aiosmtplib.SMTPConnectError, aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, TimeoutError, OSError):
        return Outcome(arrived=False, code="server_away", server_is_away=True)
    except aiosmtplib.SMTPDataError as error:
        return _refused(error.code, "message_refused")
    except aiosmtplib.SMTPResponseException as error:
        return Outcome(arrived=False, code=f"server_refused_{error.code // 100}xx")
    except aiosmtplib.SMTPException:
        return Outcome(arrived=False, code="server_not_understood")
    return Outcome(arrived=True, code="2xx")


def _refused(code: int, reason: str) -> Outcome:
    """A 5xx about a recipient or a message is final (RFC 5321 §4.2.1); a 4xx means: later."""
    return Outcome(arrived=False, code=f"{reason}_{code // 100}xx", for_good=code >= 500)


async def _write_down(service: Service, due: DueNotice, outcome: Outcome) -> None:
    context = Context(
        actor=Actor(id="clock", role=Role.SYSTEM, association=due.association),
        purpose=Purpose.OPERATION,
        at=service.clock.now(),
        correlation_id=UUID(str(due.correlation_id)),
        causation_id=str(due.notice_id),
    )
    if outcome.arrived:
        await service.do(record_arrival, RecordArrival(notice_id=due.notice_id, attempt=due.attempt, reply=outcome.code), context)
        return
    await service.do(
        record_failure,
        RecordFailure(notice_id=due.notice_id, attempt=due.attempt, reason=outcome.code, for_good=outcome.for_good),
        context,
    )
    log.warning("notice.did_not_arrive", notice=str(due.notice_id), attempt=due.attempt, reason=outcome.code)
