"""One service behind an address: its web application, and the server that runs it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from socket import socket
from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog
import uvicorn
from fastapi import FastAPI

from shared.ground.settings import Settings
from shared.history.service import Parts, Service
from shared.privacy.access import ASKED_NOW, OPEN_TO_ALL, Action
from shared.running import roles
from shared.running.bounded_http import BoundedHttp
from shared.running.operations import operations
from shared.web.navigation import Navigation
from shared.web.openid import open_provider
from shared.web.web import web_app

log = structlog.get_logger()

Scope = MutableMapping[str, Any]
Asgi = Callable[[Scope, Any, Any], Awaitable[None]]
REFUSALS = 400
INTERNAL_ERROR = 500
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


class OnlyLoopback(Exception):
    """Role cards are for one machine: everybody who can reach the address could be anybody."""


def application(service: Service, navigation: Navigation) -> Asgi:
    """The web application of a running service: measured, and closed where a route forgot to ask who may."""
    app: FastAPI = web_app(service.parts, navigation, extra=(operations(service),))
    app.state.service = service
    return measured(closed_unless_asked(app, sign_in=navigation.sign_in), service)


async def serve(parts: Parts, navigation: Navigation, settings: Settings, listen: str) -> None:
    """Serve until told to stop; requests that are under way are finished first."""
    refuse_open_doors(settings, listen)
    async with Service.running(parts, settings) as service:
        _ = service.staff  # a staff file that cannot be used is said at the start, and not to whoever signs in first
        web = server(application(service, navigation), listen)
        roles.freeze_garbage()
        await web.serve()


def refuse_open_doors(settings: Settings, listen: str) -> None:
    """Role cards refuse any address but loopback or a socket in the file system, and a provider any origin without TLS but loopback;
    raises `OnlyLoopback`, and `SignInFileIsWrong` where that cannot be used."""
    if settings.sign_in != "role_cards":
        origin = urlsplit(settings.public_origin)
        if origin.scheme != "https" and origin.hostname not in LOOPBACK:
            raise OnlyLoopback("signing in needs a public origin that begins with https://")
        open_provider(settings)
        return
    host = listen.rpartition(":")[0]
    if not listen.startswith("unix:") and host not in LOOPBACK:
        raise OnlyLoopback(f"role cards refuse to listen on {host}: use 127.0.0.1 or unix:/path, or another way to sign in")
    if urlsplit(settings.public_origin).hostname not in LOOPBACK:
        raise OnlyLoopback("role cards refuse a public origin that is not loopback")


def server(app: Asgi, listen: str) -> uvicorn.Server:
    """A server on `address:port` or `unix:/path`."""
    options: dict[str, Any] = {
        "log_config": None, "access_log": False, "server_header": False, "date_header": True, "lifespan": "off",
        "timeout_graceful_shutdown": 10, "timeout_keep_alive": 15, "loop": "uvloop",
        "http": BoundedHttp, "ws": "none", "proxy_headers": False,
    }  # fmt: skip
    if listen.startswith("unix:"):
        path = Path(listen.removeprefix("unix:"))
        path.unlink(missing_ok=True)
        return uvicorn.Server(uvicorn.Config(app, uds=str(path), **options))
    host, _, port = listen.rpartition(":")
    return uvicorn.Server(uvicorn.Config(app, host=host.strip("[]"), port=int(port), **options))


class _Beside(uvicorn.Server):
    """Leaves the signals to whoever runs it: there is more to end than the web server."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def answering(app: Asgi, listen: str, *, sockets: list[socket] | None = None) -> AsyncIterator[None]:
    """Answer meanwhile, at an address or on sockets that listen already; requests under way are finished before it ends."""
    web = _Beside(server(app, listen).config)
    task = asyncio.create_task(web.serve(sockets=sockets), name=f"web: {listen}")
    try:
        yield
    finally:
        web.should_exit = True
        await task


def ask_health(listen: str, path: str) -> bool:
    """Whether the process that listens there says it is ready."""
    unix = listen.startswith("unix:")
    transport = httpx.HTTPTransport(uds=listen.removeprefix("unix:")) if unix else None
    address = "http://127.0.0.1" if unix else f"http://{listen}"
    try:
        with httpx.Client(transport=transport, timeout=5) as client:
            return client.get(f"{address}{path}").status_code == 200
    except httpx.HTTPError:
        return False


class NobodyAskedWhoMay(Exception):
    """A route answered without asking whether it may. The answer is withheld: forgetting is closed, not open."""


def closed_unless_asked(app: Asgi, *, sign_in: str) -> Asgi:
    """Withholds what a route answers when it never called `allow` for its action, unless everybody may, or it leads in or to itself."""
    leads_in = sign_in.encode()

    async def closed(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] == "OPTIONS":  # what may be asked here is no answer of the route
            await app(scope, receive, send)
            return
        asked_now: set[Action] = set()
        token = ASKED_NOW.set(asked_now)

        async def sent(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start" and message["status"] < REFUSALS and not asked_now:
                where = dict(message.get("headers", ())).get(b"location", b"")
                says_nothing = where.startswith(leads_in) or where.partition(b"?")[0] == scope["path"].encode()
                if _must_ask(scope.get("route")) and not says_nothing:
                    raise NobodyAskedWhoMay(scope["path"].split("/")[1])
            await send(message)

        try:
            await app(scope, receive, sent)
        except NobodyAskedWhoMay:
            log.error("web.nobody_asked", route=getattr(scope.get("route"), "path", "none"))
            await send({"type": "http.response.start", "status": INTERNAL_ERROR, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
        finally:
            ASKED_NOW.reset(token)

    return closed


def _must_ask(route: Any) -> bool:
    """Whether a route has to ask who may before it answers; static files and what no route answers need not."""
    if not hasattr(route, "openapi_extra"):
        return False
    return (route.openapi_extra or {}).get("x-action") not in OPEN_TO_ALL


def measured(app: Asgi, service: Service) -> Asgi:
    """Times every request under its route's template below the service, so that no id ever becomes a label."""
    prefix = f"/{service.name}"

    async def measured(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        status = "500"

        async def sent(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        begun, method = time.perf_counter(), scope["method"]
        carried = dict(scope["headers"]).get(b"traceparent", b"").decode("latin-1")
        with service.traces.span("request", kind="server", parent=carried) as span:
            if span.traceparent:
                scope.setdefault("state", {})["traceparent"] = span.traceparent
            try:
                await app(scope, receive, sent)
            finally:
                route = getattr(scope.get("route"), "path", "none").removeprefix(prefix)
                service.metrics.answered(method, route, status, seconds=time.perf_counter() - begun)
                verb = method if method in METHODS else "_OTHER"
                span.note({"http.request.method": verb, "http.route": route, "http.response.status_code": int(status)})

    return measured
