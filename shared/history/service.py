"""A running service: does what is asked, all or nothing, and tries again when somebody was faster."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence, Set
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from uuid import UUID

import asyncpg
import orjson
import structlog

from shared.ground.clock import Clock, SystemClock
from shared.ground.database import AWAY, ReadModel, open_pool
from shared.ground.errors import ChangedMeanwhile, SameIdOtherContent
from shared.ground.provenance import Context
from shared.ground.settings import Settings
from shared.ground.statements import Rows, Statement
from shared.ground.telemetry import Metrics
from shared.ground.traces import traces_to
from shared.history.aggregate_cache import AggregateCache
from shared.history.colleagues import Colleagues
from shared.history.projection import EventProjection, Projection, from_each_event
from shared.history.unit_of_work import Announce, Tell, UnitOfWork
from shared.messaging import inbox
from shared.messaging.message import Envelope, Message, ReceivedMessage
from shared.messaging.notifier import Notifier
from shared.privacy.access import Link
from shared.privacy.matter import About, Matter, MatterKind
from shared.privacy.personal import NO_KEYS, CannotBeOpened, KeyIsDestroyed, Keyring, Personal, Sealed, own_keys
from shared.privacy.proposals import Act, BeingErased, Change, Others
from shared.privacy.staff import StaffDirectory
from shared.privacy.vault import Claim, Vault
from shared.privacy.whereabouts import links_to

if TYPE_CHECKING:
    import typer
    from fastapi import APIRouter

    from shared.history.first_release import FirstRelease

T = TypeVar("T")
C = TypeVar("C")
Reaction = Callable[[Any, UnitOfWork], Awaitable[Any]]
BatchReaction = Callable[[Sequence[ReceivedMessage], UnitOfWork], Awaitable[None]]
Begins = Callable[[Sequence[Any], "Beginning"], Awaitable[None]]
"""Lets matters begin that come of messages of one type, before their transaction opens."""
Forget = Callable[[Rows, Sequence[UUID]], Awaitable[None]]
Read = Callable[[], AbstractAsyncContextManager["asyncpg.Connection[Any]"]]
Rebuild = Callable[["asyncpg.Connection[Any]"], Awaitable[None]]
Duty = Callable[["Service"], Awaitable[None]]

TRIES = 4
FORGOTTEN = b""
"""The fingerprint of a request about somebody who was erased."""
LOOK_SECONDS = 1.0
"""How long a change that another process made to the staff may stay unknown in this one."""
HAS_HAPPENED = "insert into acts (id, has_happened) values ($1, true)"
LEFT_BEHIND = timedelta(minutes=1)
"""How long an act may take before the clock settles what it proposed; one that takes longer is refused, and tried again."""
NOTE_KEY = "insert into idempotency_keys (id, association, fingerprint, answer, about, asker) values ($1, $2, $3, $4, $5, $6)"
DATABASE_CONFLICTS = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
TRIED_AGAIN = (ChangedMeanwhile, *DATABASE_CONFLICTS, asyncpg.UniqueViolationError)
"""Somebody may have been faster. A row that is there already can mean it too: then the history says so the next time, or it is a bug."""

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A folder inside a service: its read model and what fills it."""

    name: str
    tables: Path | None = None
    """The script of its read model; none where it fills what every service has."""
    project: EventProjection | None = None
    """How its rows follow from each event."""
    reflect: Projection | None = None
    """Or how they follow from what an aggregate says of itself."""
    forget: Forget | None = None
    """Empties in its rows what they hold in the open of matters whose keys are destroyed: what a rebuild would leave empty too."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a service is made of; each service puts it together in one place, its `app.py`."""

    name: str
    title: str
    """What people call the service, in Danish."""
    subjects: tuple[Subject, ...]
    announce: Announce = lambda *_: ()
    tell: Tell = lambda *_: ()
    """What an aggregate says of itself, whole, each time something happened to it."""
    publishes: tuple[type[Message], ...] = ()
    """Every message type that `announce` or `tell` may say."""
    consumes: tuple[type[Message], ...] = ()
    """Every message type it understands; its topics are those it listens to."""
    reactions: Mapping[type[Message], Reaction] = None  # type: ignore[assignment]
    begins: Mapping[type[Message], Begins] = None  # type: ignore[assignment]
    """The matters that a reaction begins: made known to the vault before it is asked."""
    react_batch: BatchReaction | None = None
    """Instead of `reactions`, for a service that only counts."""
    keeps_messages: bool = False
    """Whether its inbox keeps whole messages, so that it can be rebuilt from them."""
    rebuild: Rebuild | None = None
    """How it fills its read models again, when they do not come from events of its own."""
    routers: tuple[APIRouter, ...] = ()
    links: tuple[Link, ...] = ()
    """What the navigation offers of it."""
    request_examples: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What an example of each request says, by the name of its model."""
    templates: tuple[Path, ...] = ()
    clock_duties: tuple[Duty, ...] = ()
    overdue: Callable[[asyncpg.Connection[Any]], Awaitable[int]] | None = None
    """How many deadlines have passed without being met, for those who watch the numbers."""
    cli: tuple[typer.Typer, ...] = ()
    """Commands of its own."""
    first_release: FirstRelease | None = None
    """What it stored in the first release, for as long as such data may have to be moved."""

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics it listens to."""
        return tuple(sorted({message.TOPIC for message in self.consumes}))

    @property
    def read_models(self) -> list[ReadModel]:
        return [ReadModel(subject.name, subject.tables) for subject in self.subjects if subject.tables]

    @property
    def projections(self) -> tuple[Projection, ...]:
        by_event = tuple(from_each_event(subject.project) for subject in self.subjects if subject.project)
        return by_event + tuple(subject.reflect for subject in self.subjects if subject.reflect)


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """What a request with this id was answered before."""

    answer: T


class Beginning:
    """The matters that begin with what was heard, what is proposed because of it, and all keys that its reactions have in hand."""

    def __init__(self, vault: Vault, read: Read, *, service: str, keyring: Keyring, association: str = "") -> None:
        self.keyring = keyring
        self.read = read
        """A connection, to look what a message is about."""
        self.association = association
        self.known: dict[tuple[UUID | None, UUID], UUID] = {}
        """Under which id a tenancy (`None`, its id) or a person's part (of what, their id) is known here."""
        self.begun: set[tuple[str, str]] = set()
        """The messages, by source and id, that something was begun for."""
        self.acts: list[UUID] = []
        """What was proposed: so if the reactions are stored, and otherwise not."""
        self._vault = vault
        self._service = service

    async def is_known(self, matter: Matter) -> bool:
        """Whether a tenancy, or a person's part of something, is a matter already."""
        return await self._vault.known_as(matter, association=self.association) is not None

    async def propose(self, change: Change, *, why: str) -> None:
        """It is so once the reaction is stored, and never if it is refused."""
        await self._vault.proposals.propose(self._act(why), [change])

    async def move(
        self,
        matter: UUID,
        kind: MatterKind,
        *,
        home: UUID | None = None,
        tenancy: UUID | None = None,
        texts: Iterable[UUID] = (),
        why: str,
    ) -> None:
        """It is about this home and tenancy, and the people there, and about nobody else any more; `texts` are keys that opened more."""
        links = await links_to(self._vault, association=self.association, home=home, tenancy=tenancy)
        await self.propose(Change(matter=matter, kind=kind, links=links, others=Others.END, texts=tuple(texts)), why=why)

    async def follow(self, matter: UUID, kind: MatterKind, *, like: UUID, home: UUID, why: str) -> None:
        """It is about everybody that another matter is about now that it is about this home; whom it was about before it still is."""
        now = {one.link for one in await self._vault.links_of(like, association=self.association) if one.until is None}
        links = frozenset(now | await self._vault.proposals.with_home(like, home))
        await self.propose(Change(matter=matter, kind=kind, links=links), why=why)

    async def fetch(self, own_keys: Mapping[UUID, int]) -> None:
        """The keys of matters that are there, with so many new ones for texts in each."""
        self.keyring = self.keyring.together_with(await self._vault.keyring(list(own_keys), own_keys=own_keys))

    async def recall(self, parts: Sequence[Matter]) -> None:
        """Under which ids somebody is part of something already, with the keys; where they are not, nothing begins."""
        for part in parts:
            id = await self._vault.known_as(part, association=self.association)
            if id is not None:
                self.known |= {(part.part_of, link.id): id for link in part.links}
                self.keyring = self.keyring.together_with(await self._vault.keyring([id]))

    async def begin(
        self, matters: Sequence[Matter], *, own_keys: Mapping[UUID, int] | None = None, why: str = "heard", is_proposed: bool = False
    ) -> None:
        """Make them known to the vault; what was known before keeps its id. What they are about is proposed where they are no stream of
        their own yet, or were there before."""
        act = self._act(why) if is_proposed else None
        begun = await self._vault.begin(
            matters, association=self.association, by=f"system:{self._service}", why=why, own_keys=own_keys, act=act
        )
        self.keyring = self.keyring.together_with(begun.keyring)
        for matter, id in begun.ids.items():
            for link in matter.links:
                if matter.part_of or (matter.kind is MatterKind.TENANCY and link.about is About.TENANCY):
                    self.known[matter.part_of, link.id] = id

    def _act(self, why: str) -> Act:
        act = Act(service=self._service, association=self.association, by=f"system:{self._service}", why=why)
        self.acts.append(act.id)
        return act


async def _never() -> None:
    """A request without an id was never asked before."""


class Service:
    """One of the four, running: its database, its keys, its clock."""

    def __init__(
        self, parts: Parts, settings: Settings, *, pool: asyncpg.Pool[Any], vault: Vault, clock: Clock, notifier: Notifier
    ) -> None:
        self.parts = parts
        self.name = parts.name
        self.settings = settings
        self.pool = pool
        self.vault = vault
        self.clock = clock
        self.notifier = notifier
        self.metrics = Metrics(parts.name)
        self.traces = traces_to(settings.otlp_endpoint, service=parts.name)
        self.memo: dict[Any, Any] = {}
        """What never changes, once it was read from our database."""
        self.cache = AggregateCache()
        """What was decided on last."""
        self.colleagues = Colleagues(pool, vault)
        self._staff_changed = asyncio.Event()
        self._projections = parts.projections

    @classmethod
    @asynccontextmanager
    async def running(cls, parts: Parts, settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[Service]:
        """Open what the service needs; fails at once, and clearly, when the keys or the database cannot be used."""
        async with AsyncExitStack() as stack:
            vault = await Vault.opened(settings.vault_url.get_secret_value(), settings.master_key_file, size=settings.pool_size)
            stack.push_async_callback(vault.close)
            pool = await open_pool(settings.database_url.get_secret_value(), size=settings.pool_size)
            stack.push_async_callback(pool.close)
            notifier = Notifier(pool)
            stack.push_async_callback(notifier.close)
            service = cls(parts, settings, pool=pool, vault=vault, clock=clock or SystemClock(), notifier=notifier)
            stack.push_async_callback(service.traces.end)
            await service.colleagues.refresh()
            await vault.sign_ins.refresh()
            looking = asyncio.create_task(service._look_who_works_here(), name=f"{parts.name}: colleagues")
            stack.push_async_callback(_ended, looking)
            yield service

    async def do(self, handler: Callable[[C, UnitOfWork], Awaitable[T]], command: C, context: Context) -> T:
        """Do what is asked: all or nothing, committed before this returns; tried again when somebody was faster.

        Raises `Refusal`, `NotFound`, `VersionMovedOn`, and `ChangedMeanwhile` after the last try.
        """
        return await self._done(handler, command, context)

    async def do_once(
        self,
        handler: Callable[[C, UnitOfWork], Awaitable[T]],
        command: C,
        context: Context,
        *,
        id: UUID,
        content: Any,
        formerly: Sequence[Any] = (),
        about: UUID | None = None,
    ) -> T:
        """The same, for a request with an id made where the fact arose (design.md §3.10).

        The same id with the same content gives the same answer without doing it again; with another
        content it raises `SameIdOtherContent`. The answer is JSON. `formerly` is the handler's name and the content
        as an earlier release wrote them down: an answer that was lost on the way may be asked for again after an upgrade.
        `about` is the matter it is about: once that is erased, fingerprint and answer are gone. Who had sent it is told that
        (`KeyIsDestroyed`), and anybody else what they would be told of an id that somebody else had used.

        Nearly every request is new, so it is done first; the id is noted with it, and an id that is noted already undoes it all.
        """
        association = context.actor.association
        fingerprint = self.fingerprint([association, context.actor.id, handler.__qualname__, content])
        asker = self.fingerprint([association, context.actor.id, str(id)])

        async def answered() -> Answered[T] | None:
            async with self.read() as connection:
                before = await connection.fetchrow("select fingerprint, answer, asker from idempotency_keys where id = $1", id)
            if before is None:
                return None
            if before["fingerprint"] == FORGOTTEN and before["asker"] == asker:
                raise KeyIsDestroyed
            if before["fingerprint"] not in (fingerprint, self.fingerprint([association, context.actor.id, *formerly])):
                raise SameIdOtherContent
            return Answered(before["answer"])

        try:
            return await self._done(
                handler,
                command,
                context,
                before=answered,
                note=lambda answer: Statement(NOTE_KEY, (id, association, fingerprint, answer, about, asker)),
            )
        except BeingErased:
            raise
        except KeyIsDestroyed:
            if about == id and not await self._asked(id, asker):  # what begins with the request was somebody else's, or is too long ago
                raise SameIdOtherContent from None
            raise

    async def _asked(self, id: UUID, asker: bytes) -> bool:
        """Whether it was this one who asked under this id."""
        return bool(await self.pool.fetchval("select exists (select from idempotency_keys where id = $1 and asker = $2)", id, asker))

    @property
    def staff(self) -> StaffDirectory:
        """The people who work here, as they are now; raises `StaffFileIsWrong`."""
        return self.colleagues.directory(file=self.settings.staff_file, associations=self.settings.associations)

    async def _look_who_works_here(self) -> None:
        """Bring the directory up to date, soon after it changed in this process and each second besides; never ends by itself."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._staff_changed.wait()
            self._staff_changed.clear()
            if not await self._look_again():
                await asyncio.sleep(LOOK_SECONDS)

    async def _look_again(self) -> bool:
        """Whether the directory could be brought up to date; otherwise what is known stays good meanwhile."""
        try:
            await self.colleagues.refresh()
            await self.vault.sign_ins.refresh()
        except (*AWAY, asyncpg.PostgresError) as error:
            log.warning("staff.not_read", service=self.name, error=type(error).__name__)
            return False
        return True

    @asynccontextmanager
    async def read(self) -> AsyncIterator[asyncpg.Connection[Any]]:
        """A connection for queries. What is written on it (a look) is committed statement by statement."""
        async with self.pool.acquire() as connection:
            yield cast("asyncpg.Connection[Any]", connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[asyncpg.Connection[Any]]:
        """A connection with an open transaction: committed at the end, or nothing of it."""
        async with self.pool.acquire() as connection, connection.transaction():
            yield cast("asyncpg.Connection[Any]", connection)

    async def keyring(self, sealed: Iterable[Sealed | None]) -> Keyring:
        """The keys to open sealed values for display."""
        return await self.vault.keyring(value.subject for value in sealed if value is not None)

    @asynccontextmanager
    async def prepared(self, received: Sequence[ReceivedMessage]) -> AsyncIterator[Beginning]:
        """What reactions to these messages need of the vault, fetched before their transaction opens: the keys of what is sealed in them,
        and the matters that begin with them. What was proposed because of them is settled at the end."""
        beginning = Beginning(self.vault, self.read, service=self.name, keyring=NO_KEYS)
        try:
            await self._prepare(received, beginning)
            yield beginning
        finally:
            await self._settled(beginning.acts)

    async def _prepare(self, received: Sequence[ReceivedMessage], beginning: Beginning) -> None:
        reacts, begins = self.parts.reactions or {}, self.parts.begins or {}
        heard = [each for each in received if type(each.message) in reacts]
        sealed = {value.subject for each in heard for _, value in each.message.sealed()}
        await self._must_hold_their_own(heard)
        if sealed:
            beginning.keyring = await self.vault.keyring(sealed)
        said: dict[tuple[type[Message], str], list[Message]] = {}
        for each in await self._unheard([each for each in heard if type(each.message) in begins]):
            beginning.begun.add((each.envelope.source, each.envelope.id))
            said.setdefault((type(each.message), each.envelope.association), []).append(each.message)
        for (kind, association), messages in said.items():
            beginning.association = association
            await begins[kind](messages, beginning)

    async def _must_hold_their_own(self, heard: Sequence[ReceivedMessage]) -> None:
        """What is sealed in a message is of its own matter, for the field it stands in, or whoever copied it there would have it opened.

        Raises `CannotBeOpened`. What was taken in before this was asked is not opened again.
        """

        def keys(each: ReceivedMessage) -> list[Claim]:
            said, envelope = each.message, each.envelope
            return [(value.subject, said.matter_of(envelope.subject), envelope.association, said.SEALED_KIND) for _, value in said.sealed()]

        asked = {key for each in heard for key in keys(each)}
        strange = await self.vault.strange(asked) if asked else set()
        forged = [
            each for each in heard if any(value.name != name for name, value in each.message.sealed()) or not strange.isdisjoint(keys(each))
        ]
        if await self._unheard(forged):
            raise CannotBeOpened

    async def _unheard(self, received: Sequence[ReceivedMessage]) -> Sequence[ReceivedMessage]:
        """Those that were not taken in before: what is told again must not be a beginning again."""
        if not received:
            return received
        async with self.read() as connection:
            heard = await inbox.heard(connection, [each.envelope for each in received], reader=self.name)
        return [each for each in received if (each.envelope.source, each.envelope.id) not in heard]

    def work(
        self,
        connection: asyncpg.Connection[Any],
        context: Context,
        *,
        keyring: Keyring = NO_KEYS,
        received: Envelope | None = None,
        known: Mapping[tuple[UUID | None, UUID], UUID] | None = None,
    ) -> UnitOfWork:
        """A unit of work on a connection; what it writes goes with the transaction that is open there, or is one of its own."""
        return UnitOfWork(
            connection=connection,
            context=context,
            service=self.name,
            projections=self._projections,
            announce=self.parts.announce,
            tell=self.parts.tell,
            keyring=keyring,
            received=received,
            known=known,
            staff=lambda: self.staff,
            cache=self.cache,
            memo=self.memo,
        )

    def committed(self, *works: UnitOfWork) -> None:
        """What follows a commit: aggregates are kept at hand, and the relay hears that something waits."""
        for work in works:
            work.fill_cache()
            for topic in work.stored:
                self.metrics.stored(topic)
        if any(work.has_messages for work in works):
            self.notifier.ring()
        if any(work.changes_staff for work in works):
            self._staff_changed.set()

    def fingerprint(self, content: Any) -> bytes:
        """Tells two contents apart without telling what they are: keyed by a secret of the installation."""
        canonical = orjson.dumps(content, default=_plain, option=orjson.OPT_SORT_KEYS)
        return hmac.new(self.vault.fingerprinting, canonical, sha256).digest()

    async def _done(
        self,
        handler: Callable[[C, UnitOfWork], Awaitable[T]],
        command: C,
        context: Context,
        *,
        note: Callable[[T], Statement] | None = None,
        before: Callable[[], Awaitable[Answered[T] | None]] = _never,
    ) -> T:
        """Do it with the keys it needs at hand, and with it what is to be noted of the answer."""
        act = self._act_of(command, context)
        try:
            keyring = await self._prepared_for(command, context, act)

            async def attempt(connection: asyncpg.Connection[Any]) -> tuple[T, UnitOfWork]:
                async with self.work(connection, context, keyring=keyring.again()) as work:
                    answer = await handler(command, work)
                    if note:
                        work.also(note(answer))
                    if act:  # stored with the events: what was proposed is so
                        work.also(Statement(HAS_HAPPENED, (act.id,)))
                    return answer, work

            with self.traces.span(handler.__qualname__, parent=context.traceparent):
                return await self._tried(attempt, before=before)
        finally:
            if act:
                await self._settled([act.id])

    def _act_of(self, command: Any, context: Context) -> Act | None:
        """Under which what the command does to links of what is there already is proposed, and settled at the end; so once it is stored,
        never if it is refused. `None` for a command that does nothing to them."""
        if not getattr(command, "changes", ()) and not any(matter.part_of for matter in getattr(command, "begins", ())):
            return None
        why = getattr(command, "why", "") or context.purpose.value
        return Act(service=self.name, association=context.actor.association, by=context.actor.id, why=why)

    async def _prepared_for(self, command: Any, context: Context, act: Act | None) -> Keyring:
        """The keys a command will seal with, fetched before its transaction opens: nothing waits on another server inside it.

        The matters it begins are known to the vault, with whom they are about, before anything of them is stored here.
        """
        begins: Sequence[Matter] = getattr(command, "begins", ())
        by, why, association = context.actor.id, getattr(command, "why", "") or context.purpose.value, context.actor.association
        if act and (changes := getattr(command, "changes", ())):
            await self.vault.proposals.propose(act, changes)
        keys, own = _keys_of(command)
        keyring = NO_KEYS
        if begins:
            begun = await self.vault.begin(begins, association=association, by=by, why=why, own_keys=own, act=act)
            keyring = begun.keyring
        missing = [matter for matter in keys if not keyring.holds(matter)]
        if missing:
            more = await self.vault.keyring(missing, own_keys={matter: own[matter] for matter in missing if matter in own})
            keyring = keyring.together_with(more)
        return keyring

    async def _settled(self, acts: Iterable[UUID]) -> None:
        """What was proposed is so, or not; where a database is away now, the clock sees to it."""
        try:
            for act in acts:
                await self.settle(act)
        except (*AWAY, asyncpg.PostgresError) as error:
            log.warning("act.not_settled", service=self.name, error=type(error).__name__)

    async def settle(self, act: UUID) -> None:
        """Make what an act proposed if it has happened; if it has not, it never will, and what it proposed is let go of."""
        async with self.read() as connection:
            await connection.execute("insert into acts (id, has_happened) values ($1, false) on conflict do nothing", act)
            has_happened = await connection.fetchval("select has_happened from acts where id = $1", act)
        await self.vault.settle(act, has_happened=bool(has_happened))
        await self.pool.execute("delete from acts where has_happened and id = $1", act)

    async def settle_what_was_left(self) -> None:
        """The clock's duty: what a crash left between the two databases."""
        for act in await self.vault.proposals.left_behind(self.name, after=LEFT_BEHIND):
            await self.settle(act)
        await self.pool.execute("delete from acts where not has_happened and at < now() - interval '1 day'")

    async def _tried(
        self,
        attempt: Callable[[asyncpg.Connection[Any]], Awaitable[tuple[T, UnitOfWork]]],
        *,
        before: Callable[[], Awaitable[Answered[T] | None]] = _never,
    ) -> T:
        for left in reversed(range(TRIES)):
            try:
                async with self.pool.acquire() as connection:
                    answer, work = await attempt(cast("asyncpg.Connection[Any]", connection))
            except Exception as error:  # whatever goes wrong may only mean that it was done before
                if done := await before():
                    return done.answer
                if isinstance(error, TRIED_AGAIN) and left:
                    continue
                if isinstance(error, DATABASE_CONFLICTS):
                    raise ChangedMeanwhile from error
                raise
            self.committed(work)
            if work.changes_staff:
                await self._look_again()
            return answer
        raise AssertionError("unreachable")


async def _ended(task: asyncio.Task[None]) -> None:
    """Cancel until it has ended."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=1)


def _keys_of(command: Any) -> tuple[Set[UUID], Mapping[UUID, int]]:
    """The matters a command seals for, and how many keys of their own its texts need: as it says itself, or as its personal values do."""
    said: tuple[Set[UUID], Mapping[UUID, int]] | None = getattr(command, "seals", None)
    if said is not None:
        return said
    if not is_dataclass(command):
        return frozenset(), {}
    values = [value for field in fields(command) if isinstance(value := getattr(command, field.name), Personal)]
    return {value.subject for value in values}, own_keys(values)


def _plain(value: Any) -> Any:
    if isinstance(value, Personal):
        return [value.subject, value.text]
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"cannot fingerprint a {type(value).__name__}")
