"""Measure Brobygger against the floors of design.md: `python -m bench [name ...] [--quick]`."""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer
import uvloop
from rich.console import Console
from rich.table import Table

from bench import commands, history, machine, morning, page, pipeline, rebuilding, registering, ten_years
from bench.place import durable_postgres
from bench.result import Measured, Row, write
from local.postgres import version as postgres_version
from shared.ground.logs import write_logs
from tests.support import kafka
from tests.support.kafka import Broker, running_broker
from tests.support.postgres import PostgresServer


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a bench may ask for; a server is started when it does, and ends with the bench."""

    until_the_end: AsyncExitStack
    quick: bool

    async def postgres(self) -> PostgresServer:
        return self.until_the_end.enter_context(durable_postgres())

    async def broker(self) -> Broker:
        return await self.until_the_end.enter_async_context(running_broker(kafka.kind()))


async def _commands(ground: Ground) -> list[Row]:
    return await commands.measure(await ground.postgres())


async def _registering(ground: Ground) -> list[Row]:
    return await registering.measure(await ground.postgres(), quick=ground.quick)


async def _morning(ground: Ground) -> list[Row]:
    return await morning.measure(await ground.postgres(), quick=ground.quick)


async def _pipeline(ground: Ground) -> list[Row]:
    return await pipeline.measure(await ground.postgres(), await ground.broker(), quick=ground.quick)


async def _rebuilding(ground: Ground) -> list[Row]:
    return await rebuilding.measure(await ground.postgres(), quick=ground.quick)


async def _verifying(ground: Ground) -> list[Row]:
    return await history.measure_verifying(await ground.postgres(), quick=ground.quick)


async def _growth(ground: Ground) -> list[Row]:
    return await history.measure_growth(await ground.postgres(), quick=ground.quick)


async def _page(ground: Ground) -> list[Row]:
    return await page.measure(await ground.postgres(), quick=ground.quick)


async def _ten_years(ground: Ground) -> list[Row]:
    return await ten_years.measure(await ground.postgres(), quick=ground.quick)


async def _machine(ground: Ground) -> list[Row]:
    return await machine.measure(quick=ground.quick)


BENCHES: dict[str, Callable[[Ground], Awaitable[list[Row]]]] = {
    "commands": _commands,
    "registering": _registering,
    "morning": _morning,
    "pipeline": _pipeline,
    "rebuilding": _rebuilding,
    "verifying": _verifying,
    "page": _page,
    "ten_years": _ten_years,
    "growth": _growth,
    "machine": _machine,
}
"""In the order of design.md §11."""

out = Console(soft_wrap=True)


def main(
    names: Annotated[list[str] | None, typer.Argument(help=f"which: {', '.join(BENCHES)}; all when none is named")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="tiny sizes, to see that it runs; nothing is kept")] = False,
) -> None:
    """Measure, print a table, and keep it in bench/results.md and results.json."""
    unknown = set(names or ()) - BENCHES.keys()
    if unknown:
        raise typer.BadParameter(f"no such bench: {', '.join(sorted(unknown))}")
    write_logs(level="error")
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # a broker that is still starting is no news
    measured = uvloop.run(_all(names or list(BENCHES), quick=quick))
    out.print(_table(measured))
    if not quick:
        write(measured, order=list(BENCHES), remarks=_remarks())


async def _all(names: list[str], *, quick: bool) -> list[Measured]:
    measured = []
    for name in names:
        load, at = os.getloadavg()[0], datetime.now(UTC)
        out.print(f"{name} … (load {load:.1f})")
        async with AsyncExitStack() as until_the_end:
            rows = await BENCHES[name](Ground(until_the_end=until_the_end, quick=quick))
        measured.append(Measured(bench=name, rows=rows, load=load, at=at))
    return measured


def _remarks() -> list[str]:
    broker = kafka.described().partition(";")[0]
    return [
        f"PostgreSQL {postgres_version()}, fsync on, on a disk of this machine; Kafka for the pipeline: {broker}",
        f"{os.cpu_count()} cores are shared by everything that takes part: clients, services, database and broker",
    ]


def _table(measured: list[Measured]) -> Table:
    table = Table("what", "against", "ratio", "bound", "holds", "measured", show_lines=True)
    for row in (row for each in measured for row in each.rows):
        holds = "[green]yes[/green]" if row.holds else "[bold red]no[/bold red]"
        table.add_row(row.what, row.against, f"{row.ratio:.3f}", row.bound_in_words, holds, row.detail)
    return table


if __name__ == "__main__":
    typer.run(main)
