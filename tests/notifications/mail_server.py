"""A real mail server for a test: it takes mails, refuses them, or hangs up, as it is told."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from local.broker import free_port


@dataclass
class MailServer:
    """What it took, and what it says to whom. `asked` counts the mails offered, taken or not."""

    port: int = 0
    to_recipient: str = "250 OK"
    to_message: str = "250 taken"
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    asked: int = 0
    certificate: ssl.SSLContext | None = None
    """With one, the server offers STARTTLS."""
    is_implicit: bool = False
    """TLS from the first byte instead."""
    password: str = ""
    """With one, nobody sends who does not sign in with it."""

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
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=server.port,
        ssl_context=server.certificate if server.is_implicit else None,
        tls_context=None if server.is_implicit else server.certificate,
        auth_required=bool(server.password),
        authenticator=lambda _server, _session, _envelope, _how, given: AuthResult(
            success=given.password.decode() == server.password, handled=False
        ),
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def certificate_nobody_vouches_for(folder: Path) -> ssl.SSLContext:
    """A certificate that the server signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
