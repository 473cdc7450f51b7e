"""What a stranger can make the server hold, before anybody knows what is wanted: little, and not for long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from socket import socket
from typing import Any

import pytest

from shared.running import bounded_http
from shared.running.bounded_http import MOST_HEAD_BYTES
from shared.running.serving import answering

pytestmark = pytest.mark.sockets
ASKED = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"


async def hello(_scope: Any, receive: Any, send: Any) -> None:
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ja"})


@pytest.fixture
async def port() -> AsyncIterator[int]:
    listening = socket()
    listening.bind(("127.0.0.1", 0))
    async with answering(hello, "127.0.0.1:0", sockets=[listening]):
        yield listening.getsockname()[1]


async def said(port: int, *parts: bytes) -> bytes:
    """Everything that is answered until the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
        async with asyncio.timeout(20):
            return await reader.read()
    except ConnectionError:
        return b"ended"
    finally:
        writer.close()


async def test_an_ordinary_request_is_answered_and_the_connection_kept_for_the_next(port: int) -> None:
    answer = await said(port, ASKED + b"\r\n", ASKED + b"Connection: close\r\n\r\n")
    assert answer.count(b"200 OK") == 2


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 4\r\nContent-Length: 30\r\n",
        b"Transfer-Encoding: chunked, identity\r\nContent-Length: 4\r\n",
    ],
)
async def test_nobody_smuggles_a_second_request_behind_a_length_that_can_be_read_in_two_ways(port: int, lengths: bytes) -> None:
    post = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    answer = await said(port, post + lengths + b"\r\n0\r\n\r\n" + ASKED + b"Connection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"200 OK" not in answer


@pytest.mark.parametrize("size", [MOST_HEAD_BYTES - 200, MOST_HEAD_BYTES + 1])
async def test_headers_have_a_bound(port: int, size: int) -> None:
    answer = await said(port, ASKED + b"Connection: close\r\nX: " + b"a" * size + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200" if size < MOST_HEAD_BYTES else b"HTTP/1.1 431")


async def test_many_small_headers_have_the_same_bound(port: int) -> None:
    answer = await said(port, ASKED + b"".join(b"X-%d: %s\r\n" % (each, b"a" * 100) for each in range(400)) + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 431")


async def test_a_header_that_never_ends_is_not_kept(port: int) -> None:
    answer = await said(port, ASKED + b"X: ", *(b"a" * 10_000 for _ in range(200)))
    assert answer.startswith(b"HTTP/1.1 431") or answer == b"ended"


async def test_an_address_has_the_same_bound(port: int) -> None:
    answer = await said(port, b"GET /" + b"a" * (MOST_HEAD_BYTES + 1) + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 431")


async def test_a_body_may_be_larger_than_a_head(port: int) -> None:
    length = 4 * MOST_HEAD_BYTES
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % length
    assert (await said(port, head, b"a" * length)).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", ASKED, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"],
    ids=["nothing", "a word", "a head", "a body"],
)
async def test_who_never_says_what_they_want_is_not_waited_for(port: int, sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_http, "SECONDS_FOR_THE_HEAD", 0.1)
    monkeypatch.setattr(bounded_http, "SECONDS_FOR_THE_BODY", 0.1)
    assert b"200" not in await said(port, sent)


async def test_the_second_request_on_a_connection_is_not_waited_for_either(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_http, "SECONDS_FOR_THE_HEAD", 0.1)
    assert (await said(port, ASKED + b"\r\n", b"GET / HT")).count(b"200 OK") == 1
