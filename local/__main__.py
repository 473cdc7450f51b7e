"""Brobygger on this machine: `python -m local up`."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
import uvloop
from rich.console import Console

from local.trouble import CannotStart

if TYPE_CHECKING:
    from datetime import datetime

    from local.demo.story import Script
    from local.machine import Machine, Wanted

ROOT = Path(__file__).resolve().parents[1]
BAKKEGAARDEN = Path(__file__).parent / "demo" / "bakkegaarden"

app = typer.Typer(help="Brobygger på denne maskine.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
out = Console(highlight=False, soft_wrap=True)

Data = Annotated[Path, typer.Option(help="Hvor data ligger.")]
Port = Annotated[int, typer.Option(help="Porten på denne maskine.", min=1, max=65535)]
Address = Annotated[str, typer.Option(help="Adressen; kun loopback, for enhver kan vælge ethvert rollekort.")]
LogLevel = Annotated[str, typer.Option(help="debug, info, warning eller error.")]
Subject = Annotated[str, typer.Argument(help="Emnet: mappen under services/, som case eller observation.")]
Staff = Annotated[Path, typer.Option(help="Hvem der arbejder her (YAML).")]


@app.callback()
def brobygger() -> None:
    """Brobygger på denne maskine."""


@app.command()
def up(
    data: Data = ROOT / ".local" / "data",
    port: Port = 8080,
    address: Address = "127.0.0.1",
    staff: Staff = BAKKEGAARDEN / "staff.yaml",
    association: Annotated[str, typer.Option(help="Boligorganisationens id.")] = "bakkegaarden",
    empty: Annotated[bool, typer.Option("--empty", help="Uden den opdigtede forenings afdelinger, boliger og procedure.")] = False,
    log_level: LogLevel = "warning",
) -> None:
    """Start alt, og bliv ved til Ctrl-C."""
    begun = time.monotonic()
    out.print("Brobygger starter …")
    # The services' imports take their time; they come after what the command line itself can say.
    from local.demo.bakkegaarden.register import estates
    from local.demo.entering import ASSOCIATION, has_moved_in, move_in
    from local.machine import Wanted
    from shared.ground.working_days import local_day

    wanted = Wanted(data=data.resolve(), port=port, address=address, staff_file=staff, association=association, log_level=log_level)

    async def stay(machine: Machine) -> None:
        out.print(f"Klar efter {time.monotonic() - begun:.1f} sekunder: [bold]{wanted.origin}[/bold]")
        out.print(f"Mails, der ville være sendt, ligger i {wanted.origin}/mailbox. Stop med Ctrl-C.")
        if not empty and association == ASSOCIATION and not await has_moved_in(machine, estates()):
            out.print("Den opdigtede forening Bakkegården flytter ind: 42 afdelinger, 3.400 boliger …")
            await move_in(machine, estates(), today=local_day(wanted.clock.now()))
            out.print("Bakkegården er flyttet ind.")
        await asyncio.Event().wait()

    host(wanted, stay)


@app.command()
def demo(
    data: Data = ROOT / ".local" / "demo",
    port: Port = 8080,
    again: Annotated[bool, typer.Option("--again", help="Glem den gamle demo, og spil året forfra.")] = False,
    days: Annotated[int, typer.Option(help="Hvor mange dage der spilles, indtil i dag.", min=50, max=364)] = 364,
    log_level: LogLevel = "error",
) -> None:
    """Spil et år i den opdigtede forening Bakkegården, og bliv ved til Ctrl-C."""
    out.print("Brobygger starter …")
    from local.demo import year

    play(data, port, lambda until: year.script(until=until, days=days), with_forgery=True, again=again, log_level=log_level)


@app.command("try")
def try_subject(
    subject: Subject,
    data: Annotated[Path | None, typer.Option(help="Hvor data ligger; ellers en mappe for hvert emne.")] = None,
    port: Port = 8080,
    again: Annotated[bool, typer.Option("--again", help="Glem det gamle, og begynd forfra.")] = False,
    log_level: LogLevel = "warning",
) -> None:
    """Start med lidt om ét emne: to små afdelinger, og hvad der skete der for nylig."""
    out.print("Brobygger starter …")
    from local.demo import scenes

    if subject not in scenes.SCENES:
        raise typer.BadParameter(f"Vælg et af emnerne {', '.join(scenes.SCENES)}.")
    where = data or ROOT / ".local" / f"try-{subject}"
    play(where, port, lambda until: scenes.script(subject, until=until), with_forgery=False, again=again, log_level=log_level)


@app.command()
def dev(
    subject: Subject = "case",
    data: Annotated[Path | None, typer.Option(help="Hvor data ligger; ellers en mappe for hvert emne.")] = None,
    port: Port = 8080,
    watch: Annotated[list[Path] | None, typer.Option(help="Mapper, der holdes øje med; ellers koden.")] = None,
) -> None:
    """Det samme som try, og start igen, hver gang en fil i koden ændres: regler, sider, skabeloner, ord."""
    from local.restarting import run_again_and_again

    arguments = ["try", subject, "--port", str(port), *(("--data", str(data)) if data else ())]
    run_again_and_again(arguments, watch or [ROOT / top for top in ("services", "shared", "local")], out)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def operate(
    context: typer.Context,
    service: Annotated[str, typer.Argument(help="intake, cases, notifications eller reporting.")],
    data: Annotated[Path | None, typer.Option(help="Hvor data ligger; ellers det, der kører, af make up og make demo.")] = None,
) -> None:
    """Giv en kommando til det, der kører: operate cases verify, operate intake load boliger.csv (docs/operations.md)."""
    from local.machine import NOTE
    from local.operating import operate
    from local.parts import SERVICES

    if service not in SERVICES:
        raise typer.BadParameter(f"Vælg en af {', '.join(SERVICES)}.")
    places = (data,) if data else (ROOT / ".local" / "data", ROOT / ".local" / "demo")
    try:
        sys.exit(operate([place / NOTE for place in places], service, context.args))
    except CannotStart as trouble:
        out.print(f"\n{trouble}", style="red", markup=False)
        sys.exit(1)


def play(data: Path, port: int, write: Callable[[datetime], Script], *, with_forgery: bool, again: bool, log_level: str) -> None:
    """Play what is written where it was not played yet, and stay until Ctrl-C."""
    from local.demo.stage import Stage
    from local.machine import Wanted
    from local.shared_clock import SharedClock

    clock = SharedClock()
    stage = Stage(data.resolve(), clock, out, write, with_forgery=with_forgery)
    wanted = Wanted(
        data=stage.data, port=port, staff_file=BAKKEGAARDEN / "staff.yaml", association="bakkegaarden", clock=clock, log_level=log_level
    )
    host(wanted, stage.perform, before=lambda: stage.clear(again=again))


def host(wanted: Wanted, work: Callable[[Machine], Awaitable[None]], *, before: Callable[[], None] = lambda: None) -> None:
    """Run the machine around some work, until it is done or somebody says stop; leaves nothing running.

    `before` is done as soon as the data directory is ours alone.
    """
    from local.machine import ground, running
    from shared.ground.logs import write_logs
    from shared.running import roles

    write_logs(level=wanted.log_level)

    async def around() -> None:
        told_to_stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
        stopping, playing = asyncio.ensure_future(told_to_stop.wait()), asyncio.ensure_future(play())
        try:
            await asyncio.wait((stopping, playing), return_when=asyncio.FIRST_COMPLETED)
            if playing.done():
                playing.result()
        finally:
            stopping.cancel()
            await roles.end([playing])

    async def play() -> None:
        async with running(on) as machine:
            await work(machine)

    # Until the loop takes over, SIGTERM interrupts as Ctrl-C does.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with ground(wanted, before=before) as on:
            uvloop.run(around())
            # Further signals must not cut the ending short.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)
    except CannotStart as trouble:
        out.print(f"\n{trouble}", style="red", markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    out.print("Brobygger er stoppet. Data er gemt.")


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    app()
