"""What one person, or one program, may ask for: an overload stays an overload of one (docs/decisions/0051)."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.web.guards import Answer
from shared.web.problems import TooOften

AT_WORK = 4
"""Requests of one that are worked on at the same moment; the next wait, with nothing of them read, and hold up nobody but that one."""
AT_ONCE = 16
"""Requests of one that are under way, with those that wait. A browser has six connections; who clicks on before a page came leaves some."""
AT_ONCE_AGAIN_SECONDS = 2
MINUTE = 60.0
_FOR_EVERYBODY = re.compile(r"^/[a-z]+/(static/|health/|metrics$|sign-out$)")

log = structlog.get_logger()


class Asker(NamedTuple):
    """Somebody who is known: where, who, and how much they may ask for in a minute, all at once if they like."""

    association: str
    id: str
    a_minute: int
    is_program: bool


Who = Callable[[Request], Awaitable[Asker | None]]


class Share:
    """What one of them has asked for."""

    def __init__(self) -> None:
        self.under_way = 0
        self.turns = asyncio.Semaphore(AT_WORK)
        self.is_refused = False
        self._even = 0.0

    def take(self, a_minute: int, *, now: float) -> None:
        """One more; raises `TooOften`, and then it does not count."""
        even = max(self._even, now) + MINUTE / a_minute
        """When everything until now would have been asked, one after the other in even steps."""
        if even - now > MINUTE:
            raise TooOften(even - now - MINUTE)
        if self.under_way >= AT_ONCE:
            raise TooOften(AT_ONCE_AGAIN_SECONDS)
        self._even = even
        self.under_way += 1


class Fair:
    """Counts what each asks for before any of it is read, and answers what is too much itself.

    Only whoever is known is counted, so there are as many shares as people who work here. Of all others the proxy knows the addresses.
    """

    def __init__(self, app: ASGIApp, *, who: Who, answer: Answer, now: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self._who = who
        self._answer = answer
        self._now = now
        self._shares: dict[tuple[str, str], Share] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _FOR_EVERYBODY.match(scope["path"]) or (asker := await self._who(Request(scope, receive))) is None:
            return await self.app(scope, receive, send)
        share = self._shares.setdefault((asker.association, asker.id), Share())
        try:
            share.take(asker.a_minute, now=self._now())
        except TooOften as too_often:
            _note(share, asker)
            response = await self._answer(Request(scope, receive), too_often)
            return await response(scope, receive, send)
        share.is_refused = False
        try:
            async with share.turns:
                await self.app(scope, receive, send)
        finally:
            share.under_way -= 1


def _note(share: Share, asker: Asker) -> None:
    """Once, however often they are refused until they are not; which program it is, and of a person only that it is one."""
    if not share.is_refused:
        share.is_refused = True
        log.warning("asked_too_often", by=asker.id if asker.is_program else "a person")
