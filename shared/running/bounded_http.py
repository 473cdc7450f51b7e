"""HTTP as uvicorn speaks it, bounded in what a stranger can make us hold: bytes before a request is known, time until it is whole."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 32 * 1024
"""The address and the headers of a request; a browser's own are a twentieth of it."""
SECONDS_FOR_THE_HEAD = 20.0
"""From the connection, or the first byte of a request that follows on it, until its headers are there."""
SECONDS_FOR_THE_BODY = 120.0
"""Until the body is there: a list of homes over a bad line."""

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: 28\r\n\r\nThe head of it is too large."
)


class _HeadTooLarge(Exception):
    """More before the body than is read."""


class BoundedHttp(HttpToolsProtocol):
    """Ends a connection that sends too much before anybody knows what it wants, or that takes too long to say it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._unread = 0
        self._in_the_head = True
        self._too_large = False
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait(SECONDS_FOR_THE_HEAD)

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_longer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        super().data_received(data)
        # A header is told when it has ended; one that never does is known only by its bytes.
        self._unread = self._unread + len(data) if self._in_the_head else 0
        if self._unread > MOST_HEAD_BYTES and not self.transport.is_closing():
            self._refuse()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_the_head, self._unread, self._head = True, 0, 0
        self._wait(SECONDS_FOR_THE_HEAD)

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._count(len(name) + len(value))

    def on_headers_complete(self) -> None:
        self._in_the_head = False
        self._wait(SECONDS_FOR_THE_BODY)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._wait_no_longer()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What the parser stumbled over; what we stopped it for has a name of its own."""
        if self._too_large:
            self._refuse()
        else:
            super().send_400_response(msg)

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > MOST_HEAD_BYTES:
            self._too_large = True
            raise _HeadTooLarge

    def _refuse(self) -> None:
        self.transport.write(_TOO_LARGE)
        self.transport.close()

    def _wait(self, seconds: float) -> None:
        self._wait_no_longer()
        self._patience = self.loop.call_later(seconds, self.transport.close)

    def _wait_no_longer(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
