"""A client so light that it is not what is measured: plain sockets, kept open, one request at a time on each.

Run as a process of its own: `python -m bench.load < asked.json` prints what it saw as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import takewhile
from typing import Any

import httptools
import uvloop


@dataclass(frozen=True, kw_only=True)
class Load:
    """Requests to one path, spread over so many connections; each connection asks again as soon as it was answered."""

    port: int
    path: str
    headers: Mapping[str, str]
    bodies: Sequence[str]
    connections: int
    cookies: Sequence[str] = ()
    """Whose each of them is, in turn; none where the headers say it of all."""
    seconds: float = float("inf")
    """How long anything is asked; what was asked by then is waited for."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Seconds from the first request to the last answer, how often each status came, and the milliseconds of each answer."""

    seconds: float
    statuses: Mapping[str, int]
    milliseconds: Sequence[float]


class Connection(asyncio.Protocol):
    """One connection of a client that asks and waits."""

    def __init__(self, requests: Iterator[bytes], seen: Counter[str], times: list[float]) -> None:
        self._requests, self._seen, self._times = requests, seen, times
        self._asked_at = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._parser = httptools.HttpResponseParser(self)

    def ask(self) -> None:
        """Send the next request, or be done."""
        request = next(self._requests, None)
        if request is None:
            self.done.set_result(None)
            return
        self._asked_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        self._times.append((time.perf_counter() - self._asked_at) * 1e3)
        self._seen[str(self._parser.get_status_code())] += 1
        self._parser = httptools.HttpResponseParser(self)
        self.ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server hung up"))


async def ask_all(load: Load) -> Seen:
    """Ask everything; answers when everything was answered."""
    head = f"POST {load.path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in load.headers.items())
    requests = []
    for n, body in enumerate(load.bodies):
        content = body.encode()
        whose = f"Cookie: {load.cookies[n % len(load.cookies)]}\r\n" if load.cookies else ""
        requests.append(f"{head}{whose}Content-Length: {len(content)}\r\n\r\n".encode() + content)
    seen, times = Counter[str](), list[float]()
    waiting = takewhile(lambda _: time.perf_counter() < until, requests)
    loop = asyncio.get_running_loop()
    made = [await loop.create_connection(lambda: Connection(waiting, seen, times), "127.0.0.1", load.port) for _ in range(load.connections)]
    begun = time.perf_counter()
    until = begun + load.seconds
    for _, connection in made:
        connection.ask()
    await asyncio.gather(*(connection.done for _, connection in made))
    seconds = time.perf_counter() - begun
    for transport, _ in made:
        transport.close()
    return Seen(seconds=seconds, statuses=dict(seen), milliseconds=times)


async def in_another_process(load: Load) -> Seen:
    """The same, by a client that shares nothing with us but the machine."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.load", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate(json.dumps(asdict(load)).encode())
    if process.returncode:
        raise RuntimeError("the client failed")
    return Seen(**json.loads(said))


if __name__ == "__main__":
    print(json.dumps(asdict(uvloop.run(ask_all(Load(**json.load(sys.stdin)))))))
