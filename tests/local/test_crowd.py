"""At 07:15 whoever stands at the door comes first, and what nobody waits for goes on behind them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from local.crowd import STANDS_SECONDS, Counted, is_crowd, stand_aside
from local.shared_number import SharedNumber
from shared.web.guards import WRITING_AT_ONCE


def message(*, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": b"x", "more_body": more}


async def ask(counted: Counted, messages: Sequence[dict[str, Any]], *, method: str = "POST") -> None:
    said: Iterator[dict[str, Any]] = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(said)

    async def send(_: Any) -> None:
        raise AssertionError("nothing is answered here")

    await counted({"type": "http", "method": method, "path": "/"}, receive, send)


async def seen_by_an_application_that_reads(messages: Sequence[dict[str, Any]], *, method: str = "POST") -> list[int]:
    """How many were waiting before it read, and after each message; and at last after it had ended."""
    writing = SharedNumber()
    other = SharedNumber(writing.fileno())
    seen = []

    async def reads(_scope: Any, receive: Any, _send: Any) -> None:
        seen.append(other.value)
        for _ in messages:
            await receive()
            seen.append(other.value)

    await ask(Counted(reads, writing), messages, method=method)
    return [*seen, other.value]


async def test_who_has_sent_something_to_write_waits_until_it_is_answered_and_who_still_sends_does_not() -> None:
    assert await seen_by_an_application_that_reads([message(more=True), message(), {"type": "http.disconnect"}]) == [0, 0, 1, 1, 0]


async def test_who_reads_is_no_crowd() -> None:
    assert await seen_by_an_application_that_reads([message()], method="GET") == [0, 0, 0]


async def test_nobody_waits_any_longer_for_what_failed() -> None:
    writing = SharedNumber()

    async def fails(_scope: Any, receive: Any, _send: Any) -> None:
        await receive()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await ask(Counted(fails, writing), [message()])
    assert writing.value == 0


async def test_in_a_crowd_it_stands_still_again_and_again_and_works_in_between() -> None:
    writing = SharedNumber()
    writing.value = WRITING_AT_ONCE + 1
    did = []

    def stand(seconds: float) -> None:
        did.append(f"stood {seconds}")
        writing.value -= len(did) // 3  # somebody is let in meanwhile

    aside = asyncio.ensure_future(stand_aside(writing, stand=stand))
    while len(did) < 4:
        did.append("worked") if did and did[-1] != "worked" else None
        await asyncio.sleep(0)
    aside.cancel()
    assert did == [f"stood {STANDS_SECONDS}", "worked", f"stood {STANDS_SECONDS}", "worked"]


def test_as_many_as_are_let_in_at_once_are_no_crowd() -> None:
    assert not is_crowd(WRITING_AT_ONCE)
    assert is_crowd(WRITING_AT_ONCE + 1)
