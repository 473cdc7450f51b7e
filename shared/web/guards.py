"""What stands at the door of every service: plain ASGI, a few microseconds each, before any route is looked for."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from re import Pattern
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.ground.database import AWAY
from shared.web.problems import HANDLED, BodyIsBroken, BodyIsTooLarge, ComesFromElsewhere, WrongHost, WrongMediaType

SIGN_IN_COOKIE = "brobygger"
BODY_LIMIT = 64 * 1024
"""Bytes a request may carry, where its route does not say otherwise with `x-body-limit`."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# What a foreign page can send without asking first; an address for JSON takes none of it.
SENDABLE_BY_ANY_SITE = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})

Answer = Callable[[Request, Exception], Awaitable[Response]]

log = structlog.get_logger()

_CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", _CONTENT_SECURITY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_NOT_KEPT = (b"cache-control", b"no-store")


class Answering:
    """The outermost: an answer for every error, security headers on every answer, and no body in an answer to HEAD.

    The line it logs about a bug names the places in the code, never the error's own words: a driver puts values there.
    """

    def __init__(self, app: ASGIApp, *, answer: Answer) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        begun, without_body = False, scope["method"] == "HEAD"

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            if without_body and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            if message["type"] == "http.response.start":
                begun = True
                headers = message["headers"] = [*message.get("headers", ()), *_HEADERS]
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append(_NOT_KEPT)
            await send(message)

        try:
            await self.app(scope, receive, send_guarded)
        except Exception as error:
            response = await self.answer(Request(scope, receive), error)
            if not isinstance(error, HANDLED):
                _log(error, scope)
            if begun:
                raise
            await response(scope, receive, send_guarded)


class KnownHost:
    """With role cards, only the machine itself is answered: a page elsewhere cannot reach in under another name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["app"].state.service.settings.sign_in == "role_cards":
            host = Headers(scope=scope).get("host", "")
            name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
            if name.lower() not in LOOPBACK:
                raise WrongHost
        await self.app(scope, receive, send)


class ReadableAddress:
    """No address holds the character zero: no text of ours may, and the database would stumble over it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and ("\x00" in scope["path"] or b"%00" in scope["query_string"] or b"\x00" in scope["query_string"]):
            raise BodyIsBroken
        await self.app(scope, receive, send)


class SameSite:
    """Only our own pages change something with somebody's sign-in (the cookie is `SameSite=Strict` as well)."""

    def __init__(self, app: ASGIApp, *, api_prefix: str) -> None:
        self.app = app
        self.api_prefix = api_prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in UNSAFE:
            headers = Headers(scope=scope)
            # "none" is a person's own doing, such as a reload after a restart
            if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                raise ComesFromElsewhere
            origin = headers.get("origin")
            public_origin = scope["app"].state.service.settings.public_origin
            if origin is not None and origin != public_origin and urlsplit(origin).netloc != headers.get("host"):
                raise ComesFromElsewhere
            media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
            if media_type in SENDABLE_BY_ANY_SITE and scope["path"].startswith(self.api_prefix) and signed_in_by_cookie(headers):
                raise WrongMediaType
        await self.app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class LargerBody:
    """Addresses that may be sent more than usual."""

    path: Pattern[str]
    limit: int


class BodyLimit:
    """Stops reading when more was sent than may be sent, whatever `Content-Length` said.

    The framework has a limit too, but it answers in plain text, and only once a route begins to read.
    """

    def __init__(self, app: ASGIApp, *, larger: Iterable[LargerBody] = (), limit: int = BODY_LIMIT) -> None:
        self.app = app
        self.larger = tuple(larger)
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in UNSAFE:
            return await self.app(scope, receive, send)
        limit = next((larger.limit for larger in self.larger if larger.path.match(scope["path"])), self.limit)
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isascii() or not announced.isdigit() or int(announced) > limit:
            raise BodyIsTooLarge
        taken = 0

        async def receive_counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise BodyIsTooLarge
            return message

        async def send_unless_too_large(message: Message) -> None:
            # The framework takes any error while reading for a broken body, and says so; here it is known better.
            if taken <= limit:
                await send(message)

        await self.app(scope, receive_counted, send_unless_too_large)
        if taken > limit:
            raise BodyIsTooLarge


def signed_in_by_cookie(headers: Headers) -> bool:
    """Whether the request brings a sign-in cookie, good or bad."""
    try:
        return SIGN_IN_COOKIE in SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return True


def _log(error: Exception, scope: Scope) -> None:
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    action = "request_out_of_order" if isinstance(error, AWAY) else "request_failed"
    state = scope.get("state", {})
    log.error(action, error=type(error).__qualname__, places=places[-6:], route=_route(scope), trace_id=state.get("traceparent", "")[3:35])


def _route(scope: Scope) -> str:
    """The pattern of the route, never the address itself: that may hold an id."""
    return str(getattr(scope.get("route"), "path", "none"))
