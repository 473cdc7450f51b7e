"""Whoever stands at the door comes before what nobody waits for (docs/decisions/0039): at 07:15 every phone has coverage again at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Never

from local.origin import Asgi, Scope
from local.shared_number import SharedNumber
from shared.web.guards import UNSAFE, WRITING_AT_ONCE

WORKS_SECONDS, STANDS_SECONDS = 0.01, 0.09
"""In a crowd a tenth of the time is left for what nobody waits for: it stands behind, and is never forgotten."""


class Counted:
    """An ASGI application that notes how many have sent it something to write and are not answered, where the process beside us can see it.

    Whoever is still sending is not counted: a bad line, or somebody who means it, holds up nothing.
    """

    def __init__(self, app: Asgi, writing: SharedNumber) -> None:
        self._app = app
        self._writing = writing

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] not in UNSAFE:
            return await self._app(scope, receive, send)
        waits = 0

        async def received() -> Any:
            nonlocal waits
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body", False) and not waits:
                waits = 1
                self._writing.value += waits
            return message

        try:
            await self._app(scope, received, send)
        finally:
            self._writing.value -= waits


def is_crowd(writing: int) -> bool:
    """Whether somebody waits outside."""
    return writing > WRITING_AT_ONCE


async def stand_aside(writing: SharedNumber, *, stand: Callable[[float], None] = time.sleep) -> Never:
    """Hold up this whole process for most of the time while more stand at the door of the other than are let in at once.

    It is the loop that stands, and not one role or another: each of them waits for the same cores, disk and database as the people do.
    """
    while True:
        await asyncio.sleep(WORKS_SECONDS)
        if is_crowd(writing.value):
            stand(STANDS_SECONDS)  # and not `await`: nothing else is to go on here meanwhile
