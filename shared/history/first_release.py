"""Moves the data of the first release over, once: streams written anew with sealed ids, and a new chain (decision 0023).

The first release stored ids of homes and tenancies in the clear, and sealed everything for the tenancy. It was used for demos only, so what
it left is not read by the code of today but written anew by `move`, as the owner of the database, in one transaction for each service.
All of it goes when no such data is left: this module, the two of the same name beside it, and one in each service.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from shared.ground.database import connect, migrate
from shared.history import event_store
from shared.history.rebuild import refill
from shared.history.service import Parts
from shared.messaging.first_release import TYPES, OldMessage, bring_up_to_date, exchanged
from shared.messaging.inbox import Record
from shared.messaging.message import event_id
from shared.messaging.messages import cases, erp
from shared.messaging.outbox import bucket_of
from shared.privacy.first_release import Anew, Began, MatterIsNotThere, MovingVault, Renamed, words
from shared.privacy.personal import Sealed
from shared.privacy.vault import Vault

TOGETHER = 500
OURS = frozenset({*TYPES, *[message.TYPE for message in cases.MESSAGES]})
"""Types whose content is looked into where a message waits for a person."""
UNREADABLE = frozenset({"not-a-cloudevent", "malformed", "too-large"})
CAUSATION = 8
"""Where in what `event_store.written` writes."""

_EVENTS = "position, association, stream_id, version, topic, recorded_at, provenance, state"
Open = Callable[[Sealed | None], str | None]
Ids = Mapping[UUID, UUID]


@dataclass(slots=True)
class OldEvent:
    """An event as the first release stored it, its fields as values."""

    stream_id: UUID
    version: int
    association: str
    topic: str
    recorded_at: datetime
    state: dict[str, Any]
    now: UUID
    """The stream it is in from now on."""

    @property
    def id(self) -> UUID:
        """The event's, from now on."""
        return event_id(self.now, self.version)

    @property
    def class_version(self) -> int:
        return int(self.state.get("class_version", 1))


@dataclass(frozen=True, kw_only=True)
class FirstRelease:
    """What a service knows of what it stored then."""

    before: tuple[str, ...]
    """Which services are moved before this one: those that begin the matters it speaks of."""
    behind: tuple[str, ...]
    """And which after it."""
    old: Mapping[str, int]
    """Topics whose events tell an id in the clear where their class version is lower than this."""
    renames: tuple[Callable[[OldEvent, Ids], Iterable[Renamed]], ...] = ()
    """Which ids are given up because of such an event; the later ones read what the earlier ones gave."""
    begins: Callable[[OldEvent, Ids], Iterable[Began]] = lambda *_: ()
    """Which matters it began."""
    write_anew: Callable[[OldEvent, Open, Ids], None] = lambda *_: None
    """Give it the fields and the class version it has today; what is to be sealed is `Anew`."""
    answer: Callable[[Any], Any] = lambda answer: answer
    """What was answered to a request, without ids in the clear."""
    no_more: tuple[str, ...] = ()
    """Tables it filled then, and that nobody reads any more."""


class CannotBeMoved(Exception):
    """Something has to be done before the data can be moved; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it."""

    events: int
    """How many were written anew."""
    root: str
    """Of the chain that ended."""
    is_over: bool
    """Whether this was the last service, so that the old keys are thrown away."""


async def is_due(connection: asyncpg.Connection[Any], known: FirstRelease | None) -> bool:
    """Whether a database holds what the first release stored. It may be as that release made it."""
    if known is None or not await connection.fetchval("select to_regclass('events') is not null"):
        return False
    topics = list(known.old)
    return bool(
        await connection.fetchval(
            "select exists (select from events join unnest($1::text[], $2::int[]) as old (topic, version) using (topic)"
            " where coalesce((state::jsonb ->> 'class_version')::int, 1) < old.version)"
            " or exists (select from inbox where type = any($3::text[]))"
            " or exists (select from outbox where headers ->> 'ce_type' = any($3::text[]))",
            topics, [known.old[topic] for topic in topics], list(TYPES),
        )
    )  # fmt: skip


async def is_due_at(owner_url: str, known: FirstRelease | None) -> bool:
    """The same of the database at an address."""
    connection = await connect(owner_url)
    try:
        return await is_due(connection, known)
    finally:
        await connection.close()


async def move(parts: Parts, owner_url: str, *, owner_vault_url: str, master_key_file: Path, although_broken: bool = False) -> Done | None:
    """Move the data of one service over; `None` when there is nothing to move, or nothing left to.

    Whatever breaks it off leaves the data as it was; asked again it goes on. What the service's role may do with it, `migrate` says
    afterwards. Raises `CannotBeMoved`.
    """
    known = parts.first_release
    if known is None:
        return None
    every = {*known.before, parts.name, *known.behind}
    await migrate(owner_vault_url, kind="vault")
    async with MovingVault.opened(owner_vault_url, master_key_file) as keys:
        if not await is_due_at(owner_url, known):
            await keys.note(parts.name, of=every)
            return None
        for before in known.before:
            if not await keys.is_moved(before):
                raise CannotBeMoved(f"first move {before}: what it knows of homes and tenancies is needed here")
        await keys.begin()
        await migrate(owner_url, read_models=parts.read_models)
        vault, connection = await Vault.opened(owner_vault_url, master_key_file), await connect(owner_url)
        try:
            async with connection.transaction():
                moving = _Moving(connection, known, keys)
                ended = await moving.end_the_chain(although_broken=although_broken)
                await moving.write_anew()
                for table in known.no_more:
                    await connection.execute(f'drop table if exists "{table}"')
                await refill(connection, parts, vault)
            await connection.execute("vacuum full parked")  # the others were emptied; here rows of before would stay on the disk
        except MatterIsNotThere as error:
            raise CannotBeMoved("a case or an observation is told of here that nobody has: is all of it of one backup?") from error
        finally:
            await connection.close()
            await vault.close()
        return Done(events=ended.events, root=ended.root, is_over=await keys.note(parts.name, of=every))


class _Moving:
    """One database on its way, inside its transaction."""

    def __init__(self, connection: asyncpg.Connection[Any], known: FirstRelease, keys: MovingVault) -> None:
        self._connection = connection
        self._known = known
        self._keys = keys

    async def end_the_chain(self, *, although_broken: bool) -> event_store.Verified:
        """Note what its root was, of everything and of each association."""
        await self._connection.execute("lock table events, inbox, outbox, parked, idempotency_keys in access exclusive mode")
        whole = await event_store.verify(self._connection)
        if not whole.holds and not although_broken:
            places = "; ".join(f"stream {place.stream_id} version {place.version}: {place.what}" for place in whole.broken[:10])
            raise CannotBeMoved(
                f"the chain does not hold ({places}): look at it first; --although-broken moves it as it is, and notes that"
            )
        if not whole.events:
            return whole
        associations = [row["association"] for row in await self._connection.fetch("select distinct association from events order by 1")]
        ended = {"": whole, **{name: await event_store.verify(self._connection, association=name) for name in associations}}
        await self._connection.executemany(
            "insert into chains_before (association, streams, events, root, held) values ($1, $2, $3, $4, $5)",
            [(name, found.streams, found.events, found.root, found.holds) for name, found in ended.items()],
        )
        return whole

    async def write_anew(self) -> None:
        """Events first: they say which ids are given up, and which matters there are."""
        await self._connection.execute(
            f"create temp table events_before on commit drop as select {_EVENTS} from events;"  # noqa: S608 (our own column names)
            "create temp table outbox_before on commit drop as select * from outbox;"
            "create temp table inbox_before on commit drop as select * from inbox;"
            "create temp table answers_before on commit drop as select * from idempotency_keys;"
        )
        for renames in self._known.renames:
            await self._keys.rename([each async for event in self._old_events() for each in renames(event, self._keys.ids)])
        async for events in _batches(self._old_events()):
            await self._keys.make_known([began for event in events for began in self._known.begins(event, self._keys.ids)])
        await self._write_events()
        await self._write_outbox()
        await self._write_inbox()
        await self._write_parked()
        await self._write_answers()

    async def _old_events(self) -> AsyncIterator[OldEvent]:
        async for row in self._connection.cursor(
            f"select {_EVENTS} from events_before where topic = any($1::text[]) order by stream_id, version",  # noqa: S608
            list(self._known.old), prefetch=TOGETHER,
        ):  # fmt: skip
            event = self._read(row)
            if event.class_version < self._known.old[event.topic]:
                yield event

    def _read(self, row: Any) -> OldEvent:
        stream, state = UUID(bytes=row["stream_id"].bytes), event_store.MAPPER.transcoder.decode(row["state"].encode())
        now = self._keys.ids.get(stream, stream)
        return OldEvent(stream, row["version"], row["association"], row["topic"], row["recorded_at"], state, now)

    async def _write_events(self) -> None:
        """Each stream with a chain from its beginning; every event keeps its place, its time and who did it."""
        connection = self._connection
        await connection.execute("alter table events disable trigger events_are_immutable; truncate events")
        heads: dict[UUID, bytes] = {}
        rows = connection.cursor(f"select {_EVENTS} from events_before order by stream_id, version", prefetch=TOGETHER)  # noqa: S608
        async for batch in _batches(rows):
            written = await self._written([self._read(row) for row in batch])
            added = []
            for row, (stream, state) in zip(batch, written, strict=True):
                head = heads.get(stream, event_store.GENESIS)
                provenance = _caused_by(row["provenance"], self._keys.ids)
                text = row["state"] if state is None else state
                heads[stream] = event_store.chained(
                    head, stream_id=stream, version=row["version"], association=row["association"], topic=row["topic"],
                    recorded_at=row["recorded_at"], provenance=provenance, state=text,
                )  # fmt: skip
                added.append((*row[:2], stream, *row[3:6], provenance, text, head, heads[stream]))
            await connection.executemany(
                f"insert into events ({_EVENTS}, previous_hash, hash) overriding system value"  # noqa: S608
                " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                added,
            )
        await connection.execute("alter table events enable trigger events_are_immutable")

    async def _written(self, events: Sequence[OldEvent]) -> list[tuple[UUID, str | None]]:
        """The stream and the state of each as they are from now on; `None` for a state that stays as it is."""
        before = [dict(event.state) for event in events]
        for event in events:
            if event.class_version < self._known.old.get(event.topic, 0):
                self._known.write_anew(event, self._keys.open, self._keys.ids)
            event.state = {name: self._anew(event, value) for name, value in event.state.items()}
        sealed = await self._keys.seal(value for event in events for value in event.state.values() if isinstance(value, Anew))
        written: list[tuple[UUID, str | None]] = []
        for event, state in zip(events, before, strict=True):
            if event.state == state:
                written.append((event.now, None))
                continue
            closed = {name: sealed[value] if isinstance(value, Anew) else value for name, value in event.state.items()}
            written.append((event.now, event_store.MAPPER.transcoder.encode(closed).decode()))
        return written

    def _anew(self, event: OldEvent, value: Any) -> Any:
        """What was sealed for a tenancy was written in the matter whose stream this is; an id that was given up is exchanged."""
        if isinstance(value, Sealed) and value.subject in self._keys.tenancies:
            return words(event.now, value.of, self._keys.open(value))
        return self._keys.ids.get(value, value) if isinstance(value, UUID) else value

    async def _write_outbox(self) -> None:
        """What waits is sent as it is said now, and what was sent can be said again; outsiders are told nothing twice."""
        await self._connection.execute("truncate outbox")
        rows = self._connection.cursor(
            "select * from outbox_before where sent_at is null or headers ->> 'ce_type' <> $1 order by position",
            erp.WorkOrderRequested.TYPE, prefetch=TOGETHER,
        )  # fmt: skip
        async for batch in _batches(rows):
            said = await self._said([OldMessage(row["headers"], row["key"], orjson.loads(row["value"])) for row in batch])
            await self._connection.executemany(
                "insert into outbox (position, bucket, topic, key, headers, value, written_at, sent_at) overriding system value"
                " values ($1, $2, $3, $4, $5, $6, $7, $8)",
                [
                    (row["position"], bucket_of(key or ""), row["topic"], key, headers, value, row["written_at"], row["sent_at"])
                    for row, (headers, key, value) in zip(batch, said, strict=True)
                ],
            )

    async def _write_inbox(self) -> None:
        """What was consumed is known under the id it has now; whole messages, where they are kept, are as they are said now."""
        await self._connection.execute("truncate inbox")
        async for batch in _batches(self._connection.cursor("select * from inbox_before order by position", prefetch=TOGETHER)):
            kept = [row for row in batch if row["value"] is not None]
            said = await self._said([OldMessage(row["headers"], row["key"], orjson.loads(row["value"])) for row in kept])
            whole = {row["position"]: message for row, message in zip(kept, said, strict=True)}
            added = []
            for row in batch:
                headers, key, value = whole.get(row["position"], (row["headers"], row["key"], row["value"]))
                id = headers["ce_id"] if headers else exchanged(row["message_id"], self._keys.ids)
                kind = TYPES.get(row["type"], row["type"])
                added.append((row["position"], row["reader"], row["source"], id, kind, row["heard_at"], headers, key, value))
            await self._connection.executemany(
                "insert into inbox (position, reader, source, message_id, type, heard_at, headers, key, value) overriding system value"
                " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                added,
            )

    async def _write_parked(self) -> None:
        """What waits for a person waits as it is said now; what was taken in after all is forgotten."""
        await self._connection.execute("delete from parked where done_at is not null and outcome is null")
        for row in await self._connection.fetch("select * from parked where code <> all($1::text[]) order by id", list(UNREADABLE)):
            texts = {name: b64decode(text).decode(errors="replace") for name, text in row["headers"]}
            if texts.get("ce_type") not in OURS or row["value"] is None:
                continue
            [(texts, key, value)] = await self._said([OldMessage(texts, row["key"], orjson.loads(row["value"]))])
            headers = tuple((name, text.encode()) for name, text in texts.items())
            record = Record(row["topic"], row["partition"], row["record_offset"], key.encode() if key else None, headers, value)
            await self._connection.execute(
                "update parked set identity = $2, key = $3, headers = $4, value = $5,"
                " type = case when type is not null then $6 end, message_id = case when message_id is not null then $7 end where id = $1",
                row["id"], record.identity, key, [[name, b64encode(text).decode()] for name, text in headers], value,
                texts["ce_type"], texts["ce_id"],
            )  # fmt: skip

    async def _write_answers(self) -> None:
        await self._connection.execute("truncate idempotency_keys")
        async for batch in _batches(self._connection.cursor("select * from answers_before", prefetch=TOGETHER)):
            await self._connection.executemany(
                "insert into idempotency_keys (id, association, fingerprint, answer, asked_at) values ($1, $2, $3, $4, $5)",
                [
                    (
                        self._keys.ids.get(UUID(bytes=row["id"].bytes), row["id"]),
                        row["association"],
                        row["fingerprint"],
                        self._known.answer(row["answer"]),
                        row["asked_at"],
                    )
                    for row in batch
                ],
            )

    async def _said(self, messages: Sequence[OldMessage]) -> list[tuple[dict[str, str], str | None, bytes]]:
        """Messages as they are said now, ready to be kept."""
        for message in messages:
            bring_up_to_date(message, self._keys.open, self._keys.ids)
        sealed = await self._keys.seal(value for message in messages for value in message.data.values() if isinstance(value, Anew))
        return [
            (message.headers, message.key, orjson.dumps({name: _plain(value, sealed) for name, value in message.data.items()}))
            for message in messages
        ]


def _caused_by(provenance: str, ids: Ids) -> str:
    """The same, with another cause where the message that caused it has another id now."""
    listed = orjson.loads(provenance)
    cause = exchanged(listed[CAUSATION], ids)
    if cause == listed[CAUSATION]:
        return provenance
    listed[CAUSATION] = cause
    return orjson.dumps(listed).decode()


def _plain(value: Any, sealed: Mapping[Anew, Sealed]) -> Any:
    if not isinstance(value, Anew):
        return value
    closed = sealed[value]
    return {"subject": str(closed.subject), "of": closed.of, "box": closed.box}


async def _batches(rows: AsyncIterator[Any] | Any) -> AsyncIterator[list[Any]]:
    batch: list[Any] = []
    async for row in rows:
        batch.append(row)
        if len(batch) == TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch
