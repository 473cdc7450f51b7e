"""What a role without pages tells operators, behind a door of its own: whether it lives, whether it works, and its numbers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared.ground import telemetry
from shared.history.service import Service
from shared.running.serving import answering

STANDS_STILL_AFTER_SECONDS = {"relay": 60, "listen": 60, "clock": 600}
"""A role that did not come round for so long does not work; the clock may have many mails to send in one round."""


@asynccontextmanager
async def status_door(service: Service, role: str, listen: str) -> AsyncIterator[None]:
    """Meanwhile operators can ask at `listen`, `address:port` or `unix:/path`; nowhere when it is empty."""
    if not listen:
        yield
        return
    async with answering(status_app(service, role), listen):
        yield


def status_app(service: Service, role: str) -> Starlette:
    """The three addresses: nobody has to sign in, and nothing about anybody is there."""
    numbers = service.metrics.role(role)

    async def live(_request: Request) -> Response:
        """The process answers."""
        return JSONResponse({"status": "live"})

    async def ready(_request: Request) -> Response:
        """Whether the role works: 503 when it waits, or hangs, for so long that somebody should look."""
        since = numbers.seconds_since_round
        works = since is not None and since < STANDS_STILL_AFTER_SECONDS[role]
        answer = {"status": "ready" if works else "not_ready", "role": role, "last_round_seconds": since and round(since, 1)}
        return JSONResponse(answer, status_code=200 if works else 503)

    async def metrics(_request: Request) -> Response:
        """The numbers of this role, for Prometheus."""
        return Response(service.metrics.exposed_of_work(), media_type=telemetry.CONTENT_TYPE)

    return Starlette(routes=[Route("/health/live", live), Route("/health/ready", ready), Route("/metrics", metrics)])
