"""One address for everything: each path goes to the service whose name it begins with."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from starlette.responses import JSONResponse, Response

from shared.web.guards import HEADERS, NOT_KEPT

Scope = MutableMapping[str, Any]
Asgi = Callable[[Scope, Any, Any], Awaitable[None]]

ROLE_DOOR = re.compile(r"/(intake|cases|notifications|reporting)/(relay|listen|clock)/(health/live|health/ready|metrics)")
"""The same addresses as behind the proxy of docker compose."""

# The page that says there is nothing here carries its own style, for it belongs to no service.
_STYLED_BY_ITSELF = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
_HEADERS = [(name, _STYLED_BY_ITSELF if name == b"content-security-policy" else value) for name, value in HEADERS]


class Origin:
    """An ASGI application that only looks at the first word of the path; and at the second, where it is a role with a door of its own."""

    def __init__(self, services: Mapping[str, Asgi], *, first_page: str, roles: Asgi | None = None) -> None:
        self._services = dict(services)
        self._roles = roles
        self._first_page = first_page
        self._nothing_here = _nothing_here()

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        path: str = scope["path"]
        service = self._services.get(path.split("/", 2)[1] if path.startswith("/") else "")
        if self._roles and ROLE_DOOR.fullmatch(path):
            await self._roles(scope, receive, send)
        elif service is not None:
            await service(scope, receive, send)
        elif path == "/":
            await _answer(send, 303, b"", location=self._first_page)
        else:
            await _answer(send, 404, self._nothing_here)


class Beside:
    """An ASGI application that asks the process beside us, and hands on nothing of the request but where it goes."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    @classmethod
    @asynccontextmanager
    async def reached(cls, address: str) -> AsyncIterator[Beside]:
        """At this address."""
        async with httpx.AsyncClient(base_url=address, timeout=5, trust_env=False) as client:
            yield cls(client)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        try:
            said = await self._client.request(scope["method"], scope["path"])
        except httpx.HTTPError:
            await JSONResponse({"status": "not_ready"}, status_code=503)(scope, receive, send)
        else:
            answer = Response(said.content, status_code=said.status_code, media_type=said.headers.get("content-type"))
            await answer(scope, receive, send)


def _nothing_here() -> bytes:
    from jinja2 import Environment, FileSystemLoader

    pages = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
    return pages.get_template("nothing_here.html").render().encode()


async def _answer(send: Any, status: int, body: bytes, *, location: str = "") -> None:
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode()), NOT_KEPT, *_HEADERS]
    if location:
        headers.append((b"location", location.encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
