"""The four ways a service runs: it serves pages, relays what it says, listens to the others, and watches the clock."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import asyncpg
import structlog

from shared.ground.database import AWAY
from shared.history import watching
from shared.history.service import Service
from shared.messaging import outbox, parked_desk
from shared.messaging.relay import Relay
from shared.running.listener import Listener

TICK_SECONDS = 5.0

log = structlog.get_logger()


def freeze_garbage() -> None:
    """What was loaded at the start stays; the garbage collector need not look at it again, and not so often at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


async def relay(service: Service) -> None:
    """Say what waits in the outbox, until cancelled."""
    await Relay(service.settings, service.metrics.role("relay"), service.traces).run()


async def listen(service: Service) -> None:
    """Take in what the others say, until cancelled. A service that hears nobody waits."""
    while not service.parts.topics:
        service.metrics.role("listen").round_done()
        await asyncio.sleep(TICK_SECONDS)
    await Listener(service).run()


async def clock(service: Service, *, tick: float = TICK_SECONDS) -> None:
    """Find what did not happen in time, until cancelled; what fails is tried at the next tick."""
    while True:
        await do_duties(service)
        await asyncio.sleep(tick)


async def end(tasks: Iterable[asyncio.Future[Any]]) -> None:
    """Cancel until all have ended: `asyncio.wait_for` of Python 3.11, in libraries too, loses a cancellation that comes as it is done."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=1)


async def do_duties(service: Service) -> None:
    """One round of the clock: the service's own duties, and what every service must settle, and forget, in time."""
    numbers = service.metrics.role("clock")
    for duty in (*service.parts.clock_duties, Service.settle_what_was_left, watching.verify_a_piece):
        try:
            await duty(service)
        except AWAY as error:
            numbers.waits()
            log.warning("clock.database_away", service=service.name, error=type(error).__name__)
        except Exception as error:
            numbers.failed()
            log.error("clock.duty_failed", service=service.name, duty=duty.__name__, exc_info=error)
    try:
        await collect_metrics(service)
        await service.pool.execute(
            "delete from idempotency_keys where asked_at < now() - $1::interval", timedelta(days=service.settings.keep_sent_days)
        )
        numbers.round_done()
    except (*AWAY, asyncpg.PostgresError) as error:
        numbers.waits()
        log.warning("clock.database_away", service=service.name, error=type(error).__name__)


async def collect_metrics(service: Service) -> None:
    """Bring the numbers operators watch up to date."""
    async with service.read() as connection:
        depth, age = await outbox.depth(connection)
        parked = await parked_desk.numbers(connection, reader=service.name)
        if service.parts.overdue:
            service.metrics.overdue.set(await service.parts.overdue(connection))
        broken, verified_at = await watching.numbers(connection, service=service.name)
    service.metrics.outbox_depth.set(depth)
    service.metrics.pool_size.set(service.pool.get_size())
    service.metrics.pool_idle.set(service.pool.get_idle_size())
    service.metrics.outbox_age_seconds.set(age)
    service.metrics.broken_streams.set(broken)
    service.metrics.verified_at.set(verified_at)
    service.metrics.parked.set(parked.for_a_person)
    service.metrics.waiting.set(parked.by_themselves)
