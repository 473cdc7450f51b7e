"""Patience: ask again until it is so, with a deadline instead of a sleep."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast, overload

T = TypeVar("T")

BETWEEN_SECONDS = 0.02


@overload
async def eventually(check: Callable[[], Awaitable[T]], *, within: float = ...) -> T: ...
@overload
async def eventually(check: Callable[[], T], *, within: float = ...) -> T: ...
async def eventually(check: Callable[[], T | Awaitable[T]], *, within: float = 10.0) -> T:
    """Answer the first true value of `check`; after `within` seconds fail with what it last said or raised.

    An `AssertionError` of the check means "not yet", so a check may simply assert; any other error goes straight up.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + within
    while True:
        last: object
        try:
            answer = check()
            value = await cast("Awaitable[T]", answer) if inspect.isawaitable(answer) else answer
            # A check that asserts and answers nothing is content when it did not raise.
            if value or value is None:
                return value
            last = value
        except AssertionError as error:
            last = error
        if loop.time() > until:
            raise AssertionError(f"not so within {within} s; last: {last!r}")
        await asyncio.sleep(BETWEEN_SECONDS)
