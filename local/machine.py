"""The whole of Brobygger on one machine: the servers and what nobody waits for beside it, the pages inside it, one address in front."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import asyncpg
import structlog
from filelock import FileLock, Timeout
from pydantic import SecretStr

from local.background import Background, kept_going
from local.broker import EmbeddedBroker
from local.crowd import Counted
from local.keys import KeyFiles, keys_in
from local.mailbox import Mailbox, OnlyThisMachine, mailbox_app, receiving
from local.operating import Note, environment_of, read_note
from local.origin import Asgi, Beside, Origin
from local.parts import SERVICES, parts_of
from local.postgres import EmbeddedPostgres
from local.shared_number import SharedNumber
from local.trouble import CannotStart
from services.origin import NAVIGATION
from shared.ground import database
from shared.ground.clock import Clock, SystemClock
from shared.ground.settings import Settings
from shared.history import first_release
from shared.history.rebuild import fill_anew
from shared.history.service import Parts, Service
from shared.privacy.master_key import WrongMasterKey
from shared.privacy.staff_file import StaffFileIsWrong
from shared.privacy.vault import Vault
from shared.running import roles
from shared.running.serving import answering, application

POOL_SIZE = 5
BACKGROUND_POOL_SIZE = 3
PARTITIONS = 2
NOTE = "running.json"
"""Where the data is: what runs on it, and what an operator's command needs to reach it."""
LOOK_SECONDS = 0.5
"""How often we look whether the servers beside us still live."""

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the person who starts it may choose."""

    data: Path
    port: int = 8080
    address: str = "127.0.0.1"
    staff_file: Path
    association: str
    clock: Clock = field(default_factory=SystemClock)
    log_level: str = "warning"

    @property
    def origin(self) -> str:
        """Where people reach it."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{host}:{self.port}"


@dataclass(frozen=True, kw_only=True)
class Machine:
    """It runs: where, and its parts."""

    wanted: Wanted
    services: dict[str, Service]
    mailbox: Mailbox
    broker: EmbeddedBroker
    postgres: EmbeddedPostgres


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What the services stand on: an address of our own, keys, and the two servers beside us."""

    wanted: Wanted
    listening: socket.socket
    keys: KeyFiles
    postgres: EmbeddedPostgres
    broker: EmbeddedBroker


@contextlib.contextmanager
def ground(wanted: Wanted, *, before: Callable[[], None] = lambda: None) -> Iterator[Ground]:
    """Take the data directory and the port, start the servers; whatever happens, they end with us. Raises `CannotStart`.

    This is done before the event loop runs, so that Ctrl-C interrupts it anywhere.
    """
    with contextlib.ExitStack() as until_the_end:
        until_the_end.enter_context(_only_one(wanted))
        listening = until_the_end.enter_context(closing(_listening(wanted)))
        before()
        keys = keys_in(wanted.data / "keys")
        postgres, broker = EmbeddedPostgres(wanted.data / "postgres"), EmbeddedBroker(wanted.data)
        until_the_end.callback(postgres.stop)
        until_the_end.callback(broker.stop)
        postgres.start()
        broker.start()
        yield Ground(wanted=wanted, listening=listening, keys=keys, postgres=postgres, broker=broker)


@contextlib.asynccontextmanager
async def running(on: Ground) -> AsyncIterator[Machine]:
    """Bring the databases up to date, run the services, and serve; ends them in order."""
    parts = [parts_of(name) for name in SERVICES]
    async with AsyncExitStack() as until_the_end:
        await make_databases(on.postgres)
        await database.migrate(on.postgres.dsn("vault"), kind="vault", role="vault")
        for each in parts:
            await _move(on, each)
            await _migrate(on, each)
        mailbox = Mailbox(on.wanted.data / "mails")
        smtp_port = await until_the_end.enter_async_context(receiving(mailbox))
        services: dict[str, Service] = {}
        for each in parts:
            settings = _settings(on, each.name, smtp_port=smtp_port)
            try:
                services[each.name] = await until_the_end.enter_async_context(Service.running(each, settings, clock=on.wanted.clock))
                _ = services[each.name].staff
            except WrongMasterKey as error:
                raise _wrong_key(on) from error
            except StaffFileIsWrong as error:
                raise CannotStart(
                    f"Medarbejderlisten kan ikke bruges. {error}",
                    next_step="Ret filen, og start igen.",
                    english="The staff file cannot be used.",
                ) from error
        environments = {name: environment_of(service.settings) for name, service in services.items()}
        Note(origin=on.wanted.origin, pid=os.getpid(), services=environments).write(on.wanted.data / NOTE)
        apps: dict[str, Asgi] = {name: application(service, NAVIGATION) for name, service in services.items()}
        writing = SharedNumber()
        background = until_the_end.enter_context(closing(_background(on, services, writing)))
        doors = await until_the_end.enter_async_context(Beside.reached(background.address))
        origin = Origin({**apps, "mailbox": mailbox_app(mailbox)}, first_page=NAVIGATION.sign_in, roles=OnlyThisMachine(doors))
        await until_the_end.enter_async_context(
            answering(Counted(origin, writing), on.wanted.origin.removeprefix("http://"), sockets=[on.listening])
        )
        await until_the_end.enter_async_context(_watched(on.postgres, on.broker, background))
        background.start()
        roles.freeze_garbage()
        yield Machine(wanted=on.wanted, services=services, mailbox=mailbox, broker=on.broker, postgres=on.postgres)


@contextlib.contextmanager
def _only_one(wanted: Wanted) -> Iterator[None]:
    """One run for each data directory. The lock goes with the process, however it ends."""
    note = wanted.data / NOTE
    try:
        wanted.data.mkdir(parents=True, exist_ok=True)
        lock = FileLock(wanted.data / "lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise _already_running(wanted, note) from error
    except OSError as error:
        raise CannotStart(
            f"Datamappen {wanted.data} kan ikke bruges ({error.strerror or 'ukendt fejl'}).",
            next_step="Giv din bruger skriveadgang til mappen, eller vælg en anden med DATA=/en/anden/mappe.",
            english=f"The data directory {wanted.data} cannot be used.",
        ) from error
    try:
        Note(origin=wanted.origin, pid=os.getpid()).write(note)
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _already_running(wanted: Wanted, note: Path) -> CannotStart:
    other = read_note(note)
    where, process = (f" på {other.origin}", f" (proces {other.pid})") if other else ("", "")
    return CannotStart(
        f"Brobygger kører allerede{where}{process} med data i {wanted.data}.",
        next_step="Brug den, eller stop den med Ctrl-C i dens vindue. En til ved siden af: make up PORT=8081 DATA=.local/andre-data",
        english=f"Brobygger is already running{where.replace(' på ', ' at ')}; stop it first, or choose another PORT and DATA.",
    )


def _listening(wanted: Wanted) -> socket.socket:
    """Take the port before anything is started. Role cards let anybody be anybody, so only this machine may reach it."""
    if not _is_loopback(wanted.address):
        raise CannotStart(
            f"Rollekort kan kun bruges på denne maskine, ikke på adressen {wanted.address}.",
            next_step="Brug 127.0.0.1. Skal andre kunne nå Brobygger, så sæt den op med docker compose og rigtig login.",
            english="Role cards refuse any address but loopback.",
        )
    listening = socket.socket(socket.AF_INET6 if ":" in wanted.address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((wanted.address, wanted.port))
        # Others find the port taken from now on; whoever connects already waits until the first page is ready.
        listening.listen(512)
    except (OSError, OverflowError) as error:
        listening.close()
        raise CannotStart(
            f"Port {wanted.port} kan ikke bruges; sandsynligvis bruger et andet program den.",
            next_step=f"Stop det, eller vælg en anden port: make up PORT={wanted.port + 1 if wanted.port < 65535 else 8080}",
            english=f"Port {wanted.port} is taken; choose another with PORT=.",
        ) from error
    return listening


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _settings(on: Ground, service: str, *, smtp_port: int) -> Settings:
    return Settings(
        database_url=SecretStr(on.postgres.dsn(service, user=service)),
        vault_url=SecretStr(on.postgres.dsn("vault", user="vault")),
        owner_vault_url=SecretStr(on.postgres.dsn("vault")),
        master_key_file=on.keys.master,
        cookie_secret_file=on.keys.cookies,
        associations=(on.wanted.association,),
        staff_file=on.wanted.staff_file,
        kafka=on.broker.bootstrap,
        kafka_idempotence=False,
        kafka_fetch_wait_ms=50,
        kafka_partitions=PARTITIONS,
        listen=on.wanted.origin.removeprefix("http://"),
        public_origin=on.wanted.origin,
        sign_in="role_cards",
        person_a_minute=1_000_000,  # with role cards one person is everybody, and the demo does a week's work of theirs in a minute
        smtp=f"127.0.0.1:{smtp_port}",
        pool_size=POOL_SIZE,
    )


async def make_databases(postgres: EmbeddedPostgres) -> None:
    """A database for each service and one for the keys; each may be entered by its own role alone."""
    administrator = await asyncpg.connect(postgres.dsn())
    try:
        there = {row[0] for row in await administrator.fetch("select datname from pg_database")}
        known = {row[0] for row in await administrator.fetch("select rolname from pg_roles")}
        for name in (*SERVICES, "vault"):
            if name not in known:
                await administrator.execute(f'create role "{name}" login')
            if name not in there:
                await administrator.execute(f'create database "{name}"')
            await administrator.execute(f'revoke connect on database "{name}" from public; grant connect on database "{name}" to "{name}"')
    finally:
        await administrator.close()


async def _move(on: Ground, parts: Parts) -> None:
    """What the first release left is moved over, once; the broker beside us is empty each time it starts."""
    owner = on.postgres.dsn(parts.name)
    try:
        await first_release.move(parts, owner, owner_vault_url=on.postgres.dsn("vault"), master_key_file=on.keys.master)
    except WrongMasterKey as error:
        raise _wrong_key(on) from error
    except first_release.CannotBeMoved as error:
        raise CannotStart(
            f"Data i {on.wanted.data} er fra den første udgave og kan ikke flyttes med: kæden i {parts.name} holder ikke.",
            next_step="Intet er ændret. Spil demoen forfra med --again, eller vælg en anden mappe med DATA=/en/anden/mappe.",
            english="What the first release left cannot be moved: its chain does not hold.",
        ) from error


async def _migrate(on: Ground, parts: Parts) -> None:
    async def fill(connection: asyncpg.Connection[Any]) -> None:
        vault = await Vault.opened(on.postgres.dsn("vault", user="vault"), on.keys.master)
        try:
            await fill_anew(connection, parts, vault)
        finally:
            await vault.close()

    await database.migrate(on.postgres.dsn(parts.name), read_models=parts.read_models, role=parts.name, fill=fill)


def _wrong_key(on: Ground) -> CannotStart:
    return CannotStart(
        f"Hovednøglen {on.keys.master} passer ikke til data i {on.wanted.data}. Intet blev ændret.",
        next_step="Læg den rigtige nøgle tilbage; uden den kan ingen læse, hvad der står om beboerne.",
        english="The master key does not fit the data; nothing was changed.",
    )


def _background(on: Ground, services: dict[str, Service], writing: SharedNumber) -> Background:
    """The same services with fewer connections, for the work that nobody waits for."""
    settings = {name: service.settings.model_copy(update={"pool_size": BACKGROUND_POOL_SIZE}) for name, service in services.items()}
    return Background(settings, clock=on.wanted.clock, writing=writing, log_level=on.wanted.log_level)


@contextlib.asynccontextmanager
async def _watched(*beside: EmbeddedPostgres | EmbeddedBroker | Background) -> AsyncIterator[None]:
    """Meanwhile what runs beside us is started again when it ends by itself."""
    task = asyncio.create_task(kept_going("watch", lambda: _watch(beside)), name="watch")
    try:
        yield
    finally:
        await roles.end([task])


async def _watch(all_beside: Iterable[EmbeddedPostgres | EmbeddedBroker | Background]) -> None:
    """The same data for PostgreSQL, a new empty cluster for the broker; the rest goes on where the databases say it was."""
    while True:
        for beside in all_beside:
            if beside.has_ended():
                log.warning("local.server_ended", server=type(beside).__name__)
                await asyncio.to_thread(beside.start)
        await asyncio.sleep(LOOK_SECONDS)
