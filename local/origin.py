"""One address for everything: each path goes to the service whose name it begins with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from shared.web.guards import HEADERS, NOT_KEPT

Scope = MutableMapping[str, Any]
Asgi = Callable[[Scope, Any, Any], Awaitable[None]]


# The page that says there is nothing here carries its own style, for it belongs to no service.
_STYLED_BY_ITSELF = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
_HEADERS = [(name, _STYLED_BY_ITSELF if name == b"content-security-policy" else value) for name, value in HEADERS]


class Origin:
    """An ASGI application that only looks at the first word of the path."""

    def __init__(self, services: Mapping[str, Asgi], *, first_page: str) -> None:
        self._services = dict(services)
        self._first_page = first_page
        self._nothing_here = _nothing_here()

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        path: str = scope["path"]
        service = self._services.get(path.split("/", 2)[1] if path.startswith("/") else "")
        if service is not None:
            await service(scope, receive, send)
        elif path == "/":
            await _answer(send, 303, b"", location=self._first_page)
        else:
            await _answer(send, 404, self._nothing_here)


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
