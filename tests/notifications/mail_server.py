"""A real mail server for a test: it takes mails, refuses them, or hangs up, as it is told."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session


@dataclass
class MailServer:
    """What it took, and what it says to whom. `asked` counts the mails offered, taken or not."""

    port: int = 0
    to_recipient: str = "250 OK"
    to_message: str = "250 taken"
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    asked: int = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    # The names of the next two are aiosmtpd's.
    async def handle_RCPT(self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802
        if self.to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        else:
            self.asked += 1
        return self.to_recipient

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.asked += 1
        if self.to_message.startswith("2"):
            content = cast(bytes, envelope.original_content)
            self.taken.append(message_from_bytes(content, policy=default))
            self.recipients += envelope.rcpt_tos
        return self.to_message


@contextmanager
def mail_server(server: MailServer | None = None) -> Iterator[MailServer]:
    """A server on a free port of this machine; `server` where one that behaves otherwise is wanted."""
    server = server or MailServer()
    server.port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def free_port() -> int:
    """A port nobody listens on, at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
