"""The command line, the same for every service: serve · relay · listen · clock · migrate · move · rebuild · resend · parked · verify."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import asyncpg
import structlog
import typer
from rich.console import Console

from shared.ground import database
from shared.ground.logs import write_logs
from shared.ground.settings import Settings, SettingsAreMissing, from_environment
from shared.ground.telemetry import VERSION
from shared.history import event_store, first_release
from shared.history.rebuild import ChainIsBroken, Rebuilt, fill_anew
from shared.history.rebuild import rebuild as rebuild_read_models
from shared.history.service import Parts, Service
from shared.messaging import outbox
from shared.privacy.master_key import MasterKeyIsAway, WrongMasterKey, is_open_to_everybody
from shared.privacy.sign_in_file import SignInFileIsWrong
from shared.privacy.staff_file import StaffFileIsWrong
from shared.privacy.vault import Vault
from shared.running import roles
from shared.running.parked_command import parked_command
from shared.running.rewrap_command import rewrap_command
from shared.running.status import status_door
from shared.web.navigation import Navigation

Status = Annotated[str, typer.Option(help="address:port or unix:/path where its health and numbers can be asked; otherwise nowhere")]

log = structlog.get_logger()
out = Console()
err = Console(stderr=True)


def main(parts: Parts, navigation: Navigation) -> None:
    """Run the command line of one service; `navigation` is that of everything behind the same address."""
    command_line(parts, navigation)()


def command_line(parts: Parts, navigation: Navigation) -> typer.Typer:
    """The commands of one service, and those it adds itself."""
    app = typer.Typer(help=f"Brobygger: {parts.name}", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    for own in parts.cli:
        app.registered_commands += own.registered_commands

    @app.command()
    def serve(listen: Annotated[str, typer.Option(help="address:port or unix:/path; otherwise BROBYGGER_LISTEN")] = "") -> None:
        """Serve the pages and the API."""
        settings = _settings(parts.name, "serve")
        from shared.running.serving import serve as serve_pages

        _starts("serve", listen=listen or settings.listen)
        _run(lambda: serve_pages(parts, navigation, settings, listen or settings.listen))

    @app.command()
    def relay(status: Status = "") -> None:
        """Send what waits in the outbox."""
        _run(lambda: _work(parts, roles.relay, status))

    @app.command()
    def listen(status: Status = "") -> None:
        """Take in what the other services say."""
        _run(lambda: _work(parts, roles.listen, status))

    @app.command()
    def clock(status: Status = "") -> None:
        """Record what did not happen in time."""
        _run(lambda: _work(parts, roles.clock, status))

    @app.command()
    def migrate() -> None:
        """Bring the database up to date, as its owner; read models that changed are rebuilt."""
        _run(lambda: _migrate(parts))

    @app.command()
    def move(
        although_broken: Annotated[bool, typer.Option("--although-broken", help="also a chain that does not hold; that is noted")] = False,
    ) -> None:
        """Move what the first release stored over, once: in intake first, then cases, notifications, reporting."""
        _run(lambda: _move(parts, although_broken=although_broken))

    @app.command()
    def rebuild(
        although_broken: Annotated[bool, typer.Option("--although-broken", help="also from a chain that does not hold")] = False,
    ) -> None:
        """Verify the chain, empty the read models and fill them again from history; exit 1 and the places, where it is broken."""

        async def work() -> None:
            settings = _settings()
            await _rebuild(parts, settings, _owner(settings), although_broken=although_broken)

        _run(work)

    @app.command()
    def resend(since: Annotated[datetime | None, typer.Option(help="only what was written since this moment (ISO 8601)")] = None) -> None:
        """Say again what was said; whoever heard it drops it."""

        async def work(service: Service) -> None:
            async with service.read() as connection:
                out.print(f"{await outbox.requeue(connection, since=since.astimezone() if since else None)} messages wait to be sent again")

        _run(lambda: _as(parts, work))

    app.command()(rewrap_command(_run, _settings, out=out, err=err))
    app.command()(parked_command(lambda work: _run(lambda: _as(parts, work)), out=out, err=err))

    @app.command()
    def verify(
        stream: Annotated[str, typer.Option(help="only this stream")] = "",
        at: Annotated[int | None, typer.Option(min=0, help="as it stood at this position")] = None,
        root: Annotated[str, typer.Option(help="the root that was noted then; with --at")] = "",
    ) -> None:
        """Recompute the chain of hashes; exit 1 where it is broken, with the places, or where its root is not the one that was noted."""
        if root and at is None:
            err.print("--root needs --at: the position that was noted beside it")
            raise typer.Exit(2)

        async def work(service: Service) -> None:
            async with service.read() as connection:
                until = at if at is not None else await event_store.settled(connection)
                async with connection.transaction(isolation="repeatable_read", readonly=True):
                    found = await event_store.verify(connection, stream_id=UUID(stream) if stream else None, until=until)
                    ended = [] if stream else await event_store.chains_before(connection)
            out.print(f"at position {until}: {found.events} events in {found.streams} streams, root {found.root}", soft_wrap=True)
            for before in ended:
                out.print(
                    f"the chain before, which ended {before.ended_at:%Y-%m-%d %H:%M}{'' if before.held else ' and did not hold'}:"
                    f" {before.events} events in {before.streams} streams, root {before.root}",
                    soft_wrap=True,
                )
            _tell_broken(found.broken)
            is_as_noted = root.strip().lower() in ("", found.root)
            if not is_as_noted:
                err.print(f"the root at position {until} is not the one that was noted: history was changed since", soft_wrap=True)
            if not found.holds or not is_as_noted:
                raise typer.Exit(1)

        _run(lambda: _as(parts, work))

    @app.command()
    def health(url: Annotated[str, typer.Argument(help="where the service listens; otherwise BROBYGGER_LISTEN")] = "") -> None:
        """Ask the serving process whether it is ready; for container health checks."""
        from shared.running.serving import ask_health

        if not ask_health(url or _settings().listen, f"/{parts.name}/health/ready"):
            raise typer.Exit(1)

    return app


async def _work(parts: Parts, role: Callable[[Service], Awaitable[None]], status: str) -> None:
    """A role without pages, whose state can be asked at `status`."""

    async def work(service: Service) -> None:
        _starts(role.__name__, listen=status)
        async with status_door(service, role.__name__, status):
            await role(service)

    await _as(parts, work, role=role.__name__)


def _starts(role: str, *, listen: str) -> None:
    """The first line of a process: what it is, and where it answers."""
    log.info("process.starts", role=role, version=VERSION, listen=listen or None)


async def _as(parts: Parts, work: Callable[[Service], Awaitable[None]], *, role: str = "") -> None:
    """One role of a service, until it is done or told to stop."""
    async with Service.running(parts, _settings(parts.name, role)) as service:
        roles.freeze_garbage()
        await work(service)


async def _move(parts: Parts, *, although_broken: bool) -> None:
    settings = _settings()
    owner = _owner(settings)
    if settings.owner_vault_url is None:
        err.print("BROBYGGER_OWNER_VAULT_URL is missing: keys are made and thrown away as the owner of the vault")
        raise typer.Exit(2)
    try:
        done = await first_release.move(
            parts,
            owner,
            owner_vault_url=settings.owner_vault_url.get_secret_value(),
            master_key_file=settings.master_key_file,
            although_broken=although_broken,
        )
    except first_release.CannotBeMoved as error:
        err.print(str(error), markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    await _migrate(parts)
    if done is None:
        out.print("nothing to move")
        return
    out.print(f"{done.events} events written anew; the chain before had the root {done.root}", soft_wrap=True)
    out.print("all four are moved: start them with an empty broker" if done.is_over else "now move the next service")


async def _migrate(parts: Parts) -> None:
    settings = _settings()
    owner = _owner(settings)
    if await first_release.is_due_at(owner, parts.first_release):
        err.print("this database holds what the first release stored: take a backup, then run `move` (docs/operations.md)", markup=False)
        raise typer.Exit(1)
    role = database.user_of(settings.database_url.get_secret_value())
    if settings.owner_vault_url:
        await database.migrate(
            settings.owner_vault_url.get_secret_value(), kind="vault", role=database.user_of(settings.vault_url.get_secret_value())
        )
    rebuilt: list[Rebuilt] = []

    async def fill(connection: asyncpg.Connection[Any]) -> None:
        async with _vault(settings) as vault:
            rebuilt.append(await fill_anew(connection, parts, vault))

    done = await database.migrate(owner, read_models=parts.read_models, role=role, fill=fill)
    out.print(f"scripts: {', '.join(done.scripts) or 'none'}; read models made again: {', '.join(done.remade) or 'none'}")
    for each in rebuilt:
        _tell_rebuilt(each)


async def _rebuild(parts: Parts, settings: Settings, owner: str, *, although_broken: bool) -> None:
    async with _vault(settings) as vault:
        try:
            done = await rebuild_read_models(parts, owner, vault, although_broken=although_broken)
        except ChainIsBroken as error:
            _tell_broken(error.broken)
            err.print(f"{error}: look at it first; --although-broken rebuilds from it as it is", markup=False, soft_wrap=True)
            raise typer.Exit(1) from None
    _tell_rebuilt(done)


@asynccontextmanager
async def _vault(settings: Settings) -> AsyncIterator[Vault]:
    """Rows may hold what is sealed, so the keys are needed."""
    vault = await Vault.opened(settings.vault_url.get_secret_value(), settings.master_key_file)
    try:
        yield vault
    finally:
        await vault.close()


def _tell_rebuilt(done: Rebuilt) -> None:
    out.print(f"rebuilt from {done.events} events")
    _tell_broken(done.broken)


def _tell_broken(places: Sequence[event_store.Break]) -> None:
    for place in places:
        err.print(f"broken: stream {place.stream_id} version {place.version} (position {place.position}): {place.what}", soft_wrap=True)


def _settings(service: str = "", role: str = "") -> Settings:
    try:
        settings = from_environment()
    except SettingsAreMissing as error:
        err.print(str(error), markup=False)
        raise typer.Exit(2) from None
    write_logs(level=settings.log_level, service=service, role=role)
    if role and is_open_to_everybody(settings.master_key_file):
        log.warning("master_key.readable_by_everybody")
    return settings


def _owner(settings: Settings) -> str:
    if settings.owner_database_url is None:
        err.print("BROBYGGER_OWNER_DATABASE_URL is missing: this is done as the owner of the database")
        raise typer.Exit(2)
    return settings.owner_database_url.get_secret_value()


def _run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run until done; SIGTERM and Ctrl-C end it in order."""

    async def until_told() -> None:
        told = asyncio.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(sign, told.set)
        working, waiting = asyncio.create_task(work()), asyncio.create_task(told.wait())
        await asyncio.wait((working, waiting), return_when=asyncio.FIRST_COMPLETED)
        await roles.end([waiting])
        await roles.end([working])
        with suppress(asyncio.CancelledError):
            working.result()

    try:
        import uvloop

        uvloop.run(until_told())
    except KeyboardInterrupt:
        sys.exit(130)
    except (WrongMasterKey, MasterKeyIsAway, StaffFileIsWrong, SignInFileIsWrong) as error:
        err.print(str(error), markup=False, soft_wrap=True)
        sys.exit(3)
