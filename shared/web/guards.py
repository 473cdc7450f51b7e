"""What stands at the door of every service: plain ASGI, a few microseconds each, before any route is looked for."""

from __future__ import annotations

import asyncio
import re
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from re import Pattern

import structlog
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.ground.database import AWAY
from shared.web.problems import (
    HANDLED,
    BodyIsBroken,
    BodyIsTooLarge,
    ComesFromElsewhere,
    LooksAhead,
    TooMuchAtOnce,
    WrongHost,
    WrongMediaType,
)

SIGN_IN_COOKIE = "brobygger"
BODY_LIMIT = 64 * 1024
"""Bytes a request may carry, where its route does not say otherwise with `x-body-limit`."""

MOST_AT_ONCE = 1500
"""Requests under way in one process: every phone of a large association in the same minute, and some more."""
WRITING_AT_ONCE = 12
"""Requests that write something and are worked on at the same moment: more would only stand in line inside, with a page behind them."""
_OPERATIONS = re.compile(r"^/[a-z]+/(health/(live|ready)|metrics)$")

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
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", _CONTENT_SECURITY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"x-permitted-cross-domain-policies", b"none"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-embedder-policy", b"require-corp"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
"""On every answer. What is left of OWASP's secure headers the proxy says, which knows whether there is TLS (deploy/nginx)."""
NOT_KEPT = (b"cache-control", b"no-store")
OK, NOT_MODIFIED = 200, 304
_WHY_FETCHED = (b"sec-purpose", b"purpose", b"x-purpose", b"x-moz")
_AHEAD = (b"prefetch", b"preview", b"instant")
"""What browsers have called it: the first is the standard's, the others are Safari's and old ones'."""
_TAG = re.compile(r'(?:W/)?("[^"]*")')
_OF_THE_BODY = frozenset({b"content-length", b"content-type", b"content-encoding"})


class Answering:
    """The outermost: an answer for every error, security headers on every answer, and no body where none is wanted: for HEAD, and
    where the one who asks has what would be in it (304).

    The line it logs about a bug names the places in the code, never the error's own words: a driver puts values there.
    """

    def __init__(self, app: ASGIApp, *, answer: Answer) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        begun, without_body, known = False, scope["method"] == "HEAD", _known(scope)

        async def send_guarded(message: Message) -> None:
            nonlocal begun, without_body
            if without_body and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            if message["type"] == "http.response.start":
                begun = True
                headers = message["headers"] = [*message.get("headers", ()), *HEADERS]
                if known and message["status"] == OK and _is_known(headers, known):
                    message["status"], without_body = NOT_MODIFIED, True
                    message["headers"] = headers = [each for each in headers if each[0] not in _OF_THE_BODY]
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append(NOT_KEPT)
            await send(message)

        try:
            await self.app(scope, receive, send_guarded)
        except ClientDisconnect:  # nobody is there to be answered, and nothing is wrong
            return
        except Exception as error:
            response = await self.answer(Request(scope, receive), error)
            if not isinstance(error, HANDLED):
                _log(error, scope)
            if begun:
                raise
            await response(scope, receive, send_guarded)


def _known(scope: Scope) -> frozenset[str]:
    """The answers that whoever asks has already, by their tags; `*` is any."""
    if scope["method"] not in ("GET", "HEAD"):
        return frozenset()
    said = b",".join(value for name, value in scope["headers"] if name == b"if-none-match").decode("latin-1")
    return frozenset(_TAG.findall(said)) | ({"*"} if said.strip() == "*" else set())


def _is_known(headers: Iterable[tuple[bytes, bytes]], known: frozenset[str]) -> bool:
    """Compared weakly, as RFC 9110 §13.1.2 wants it: `W/"7"` is `"7"`."""
    tag = next((value.decode("latin-1").removeprefix("W/") for name, value in headers if name == b"etag"), None)
    return tag is not None and (tag in known or "*" in known)


class Shedding:
    """Refuses at once what would only wait: who comes again in a moment is served, and a queue that grows without end serves nobody.

    Whoever asks whether the process works is always answered. What writes something takes its turn when all of it is here, so that a
    thousand phones at 07:15 stand at the door and not before the database, where whoever reads a page would stand behind them.
    """

    def __init__(self, app: ASGIApp, *, at_most: int = MOST_AT_ONCE, writing_at_once: int = WRITING_AT_ONCE) -> None:
        self.app = app
        self.at_most = at_most
        self._under_way = 0
        self._turns = asyncio.Semaphore(writing_at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _OPERATIONS.match(scope["path"]):
            return await self.app(scope, receive, send)
        if self._under_way >= self.at_most:
            raise TooMuchAtOnce
        self._under_way += 1
        try:
            await (self._in_turn(scope, receive, send) if scope["method"] in UNSAFE else self.app(scope, receive, send))
        finally:
            self._under_way -= 1

    async def _in_turn(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A body that comes slowly over a bad line takes no turn from anybody while it comes."""
        has_turn = False

        async def received() -> Message:
            nonlocal has_turn
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body", False) and not has_turn:
                has_turn = await self._turns.acquire()
            return message

        try:
            await self.app(scope, received, send)
        finally:
            if has_turn:
                self._turns.release()


Check = Callable[[Scope, Mapping[bytes, bytes]], None]
"""Looks at a request and its headers, and raises what is wrong with it."""


class Checked:
    """What can be seen of a request before any route is looked for: one check after the other, on headers that are read once."""

    def __init__(self, app: ASGIApp, *, checks: Sequence[Check]) -> None:
        self.app = app
        self.checks = tuple(checks)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = dict(reversed(scope["headers"]))  # said twice, the first counts
            for check in self.checks:
                check(scope, headers)
        await self.app(scope, receive, send)


def known_host(scope: Scope, headers: Mapping[bytes, bytes]) -> None:
    """With role cards, only the machine itself is answered: a page elsewhere cannot reach in under another name."""
    if scope["app"].state.service.settings.sign_in == "role_cards" and not is_this_machine(_text(headers, b"host")):
        raise WrongHost


def is_this_machine(host: str) -> bool:
    """Whether a `Host` names the machine itself, whatever port; a page elsewhere that made its name lead here (DNS rebinding) does not."""
    name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
    return name.lower() in LOOPBACK


def one_host(scope: Scope, _headers: Mapping[bytes, bytes]) -> None:
    """A request is for one host (RFC 9112 §3.2): of two, a proxy and we might each believe another."""
    if sum(name == b"host" for name, _ in scope["headers"]) > 1:
        raise BodyIsBroken


def asked_by_a_person(_scope: Scope, headers: Mapping[bytes, bytes]) -> None:
    """What a browser fetches because somebody might want it is no look, and nobody has seen anything."""
    said = b" ".join(headers.get(name, b"") for name in _WHY_FETCHED).lower()
    if any(word in said for word in _AHEAD):
        raise LooksAhead


def readable_address(scope: Scope, _headers: Mapping[bytes, bytes]) -> None:
    """No address holds the character zero: no text of ours may, and the database would stumble over it."""
    query = scope["query_string"]
    if "\x00" in scope["path"] or b"%00" in query or b"\x00" in query:
        raise BodyIsBroken


def same_site(scope: Scope, headers: Mapping[bytes, bytes]) -> None:
    """Only our own pages change something with somebody's sign-in (the cookie is `SameSite=Lax` as well: it comes along when
    somebody follows a link, and never with what another site sends)."""
    if scope["method"] not in UNSAFE:
        return
    # "none" is a person's own doing, such as a reload after a restart
    if headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
        raise ComesFromElsewhere
    if b"origin" in headers:
        origin = _text(headers, b"origin")
        if origin not in (scope["app"].state.service.settings.public_origin, f"{scope['scheme']}://{_text(headers, b'host')}"):
            raise ComesFromElsewhere


def json_on_the_api(prefix: str) -> Check:
    """Below `prefix`, whoever is signed in by a cookie sends nothing that a foreign page can send as well."""

    def check(scope: Scope, headers: Mapping[bytes, bytes]) -> None:
        if scope["method"] in UNSAFE and scope["path"].startswith(prefix):
            media_type = _text(headers, b"content-type").partition(";")[0].strip().lower()
            if media_type in SENDABLE_BY_ANY_SITE and signed_in_by_cookie(_text(headers, b"cookie")):
                raise WrongMediaType

    return check


def _text(headers: Mapping[bytes, bytes], name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")


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


def signed_in_by_cookie(cookies: str) -> bool:
    """Whether a sign-in cookie is among them, good or bad."""
    try:
        return SIGN_IN_COOKIE in SimpleCookie(cookies)
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
