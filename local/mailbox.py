"""A mail server for one machine: it takes every mail, delivers none, and shows them in the browser."""

from __future__ import annotations

import asyncio
import email
import email.policy
import re
from argparse import ArgumentParser
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup, escape
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send
from uuid_utils.compat import uuid7

from shared.ground.working_days import ZONE
from shared.web.guards import is_this_machine

KEPT = 1000
"""Mails; the oldest go first."""
LARGEST_BYTES = 1_000_000
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,)]")
READ = ["GET", "HEAD"]
MISDIRECTED = 421


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One mail as it came in."""

    id: str
    at: datetime
    sender: str
    to: str
    subject: str
    text: str


class Mailbox:
    """The mails that came in, newest first; kept as files where a directory is given, so that a restart shows them still."""

    def __init__(self, directory: Path | None = None) -> None:
        self._mails: OrderedDict[str, Mail] = OrderedDict()
        self._directory = directory
        if directory:
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            for file in sorted(directory.glob("*.eml")):
                self._mails[file.stem] = _read(file.stem, file.read_bytes(), at=datetime.fromtimestamp(file.stat().st_mtime, UTC))

    def mails(self, *, to: str = "") -> list[Mail]:
        """All of them, or those to one address, newest first."""
        wanted = to.strip().lower()
        return [mail for mail in reversed(self._mails.values()) if wanted in mail.to.lower()]

    def mail(self, id: str) -> Mail | None:
        return self._mails.get(id)

    def empty(self) -> None:
        """Throw all of them away."""
        for id in list(self._mails):
            self._drop(id)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- the name aiosmtpd asks for
        """A mail has come in; the answer is what the sender hears."""
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        id = str(uuid7())
        mail = _read(id, raw, at=datetime.now(UTC), to=", ".join(envelope.rcpt_tos))
        if self._directory:
            (self._directory / f"{id}.eml").write_bytes(raw)
        self._mails[id] = mail
        while len(self._mails) > KEPT:
            self._drop(next(iter(self._mails)))
        return "250 OK"

    def _drop(self, id: str) -> None:
        del self._mails[id]
        if self._directory:
            (self._directory / f"{id}.eml").unlink(missing_ok=True)


def _read(id: str, raw: bytes, *, at: datetime, to: str = "") -> Mail:
    message = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    return Mail(
        id=id,
        at=at,
        sender=str(message.get("From", "")),
        to=str(message.get("To", "")) or to,
        subject=str(message.get("Subject", "")) or "(uden emne)",
        text=str(body.get_content()) if body else "",
    )


@asynccontextmanager
async def receiving(mailbox: Mailbox, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
    """Take mails by SMTP in here; answers the port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(mailbox, hostname="localhost", enable_SMTPUTF8=True, data_size_limit=LARGEST_BYTES, loop=loop), host, port
    )
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await server.wait_closed()


def mailbox_app(mailbox: Mailbox) -> FastAPI:
    """The pages under /mailbox."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, middleware=[Middleware(OnlyThisMachine)])
    pages = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(("html",)))
    pages.filters["links"] = _with_links
    pages.filters["danish_time"] = lambda at: at.astimezone(ZONE).strftime("%d.%m.%Y kl. %H.%M")

    def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
        return HTMLResponse(
            pages.get_template(template).render(**values),
            status_code=status,
            headers={
                "Cache-Control": "no-store",
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
                "X-Content-Type-Options": "nosniff",
            },
        )

    @app.api_route("/mailbox", methods=READ)
    async def mails(til: str = "") -> HTMLResponse:
        """Every mail, newest first."""
        return page("mailbox.html", mails=mailbox.mails(to=til), to=til)

    @app.api_route("/mailbox/api/mails", methods=READ)
    async def as_json(to: str = "") -> list[dict[str, str]]:
        """The same for programs."""
        return [
            {"id": mail.id, "at": mail.at.isoformat(), "to": mail.to, "subject": mail.subject, "text": mail.text}
            for mail in mailbox.mails(to=to)
        ]

    @app.api_route("/mailbox/{id}", methods=READ)
    async def mail(id: str) -> HTMLResponse:
        """One mail."""
        found = mailbox.mail(id)
        return page("mail.html", mail=found) if found else page("mailbox.html", 404, mails=mailbox.mails(), to="", missing=True)

    @app.post("/mailbox/empty")
    async def empty(request: Request) -> RedirectResponse:
        """Throw all away."""
        # A form elsewhere on the network must not empty it; an old browser says only where its page came from.
        here = f"{request.url.scheme}://{request.headers.get('host', '')}"
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin" or request.headers.get("Origin", here) != here:
            raise HTTPException(403)
        mailbox.empty()
        return RedirectResponse("/mailbox", status_code=303)

    return app


class OnlyThisMachine:
    """Shown to the machine itself: a page elsewhere, whose name was made to lead here, neither reads nor empties."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_this_machine(Headers(scope=scope).get("host", "")):
            return await PlainTextResponse("Brug 127.0.0.1 eller localhost.", status_code=MISDIRECTED)(scope, receive, send)
        await self._app(scope, receive, send)


def _with_links(text: str) -> Markup:
    """The text with its addresses made into links."""
    made, at = Markup(), 0
    for found in LINK.finditer(text):
        address = found.group()
        made += escape(text[at : found.start()]) + Markup('<a href="{0}">{0}</a>').format(address)
        at = found.end()
    return made + escape(text[at:])


async def _alone(arguments: Any) -> None:
    mailbox = Mailbox(arguments.directory)
    host, _, port = arguments.smtp.rpartition(":")
    async with receiving(mailbox, host=host, port=int(port)):
        host, _, port = arguments.listen.rpartition(":")
        await uvicorn.Server(uvicorn.Config(mailbox_app(mailbox), host=host, port=int(port), log_level="warning", lifespan="off")).serve()


def main() -> None:
    """Run alone: `python -m local.mailbox --smtp 0.0.0.0:1025 --listen 0.0.0.0:8025`."""
    parser = ArgumentParser(description="Takes every mail, delivers none, shows them at /mailbox.")
    parser.add_argument("--smtp", default="127.0.0.1:1025", help="address:port for mails")
    parser.add_argument("--listen", default="127.0.0.1:8025", help="address:port for the pages")
    parser.add_argument("--directory", type=Path, default=None, help="where to keep the mails; otherwise in memory")
    asyncio.run(_alone(parser.parse_args()))


if __name__ == "__main__":
    main()
