"""Histories in PostgreSQL: loaded, appended with the version that was expected, chained, and verified.

The mapper, transcoder and upcasting are those of `eventsourcing`; the storage is ours (decision 0001).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar, cast
from uuid import UUID

import asyncpg
import orjson
from eventsourcing.persistence import DatetimeAsISO, JSONTranscoder, Mapper, StoredEvent, Transcoding, UUIDAsHex

from shared.ground.errors import ChangedMeanwhile, HistoryIsBroken
from shared.ground.provenance import Provenance
from shared.ground.statements import Statement
from shared.history.aggregate import Aggregate, Event
from shared.privacy.personal import SealedAsList

A = TypeVar("A", bound=Aggregate)

GENESIS = bytes(32)
"""Stands before the first event of every stream."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

_COLUMNS = "association, stream_id, version, topic, recorded_at, provenance, state, previous_hash, hash"
_ONE = f"insert into events ({_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"  # noqa: S608 (our own column names)
_SEVERAL = (
    f"insert into events ({_COLUMNS}) select * from unnest($1::text[], $2::uuid[], $3::int[], $4::text[], $5::timestamptz[],"  # noqa: S608
    " $6::text[], $7::text[], $8::bytea[], $9::bytea[])"
)


class DateAsISO(Transcoding):
    """How a day stands in a stored event; the library knows moments only."""

    type = date
    name = "date_iso"

    def encode(self, obj: date) -> str:
        return obj.isoformat()

    def decode(self, data: Any) -> date:
        return date.fromisoformat(data)


class RowIdAsHex(UUIDAsHex):
    """An id that was read from a row: the driver has a class of its own for it, and it is stored like any other id."""

    type: type[UUID] = asyncpg.pgproto.pgproto.UUID  # type: ignore[assignment,unused-ignore]


class QuickTranscoder(JSONTranscoder):
    """The library's transcoder and its stored form, read by a faster JSON parser: a case is read far more often than written."""

    def decode(self, data: bytes) -> Any:
        return self._revived(orjson.loads(data))

    def _revived(self, value: Any) -> Any:
        """What the library's own reader does with each object, from the inside out; plain values are left alone."""
        if type(value) is dict:
            for name, inner in value.items():
                if type(inner) in (dict, list):
                    value[name] = self._revived(inner)
            return self._decode_obj(value) if len(value) == 2 else value
        return [self._revived(inner) if type(inner) in (dict, list) else inner for inner in value] if type(value) is list else value


class EventMapper(Mapper[UUID]):
    """Leaves out what the store keeps in columns of its own: provenance and the time in it."""

    def __init__(self) -> None:
        transcoder = QuickTranscoder()
        for transcoding in (RowIdAsHex(), UUIDAsHex(), DatetimeAsISO(), DateAsISO(), SealedAsList()):
            transcoder.register(transcoding)
        super().__init__(transcoder)

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        bare = object.__new__(type(domain_event))
        facts = dict(vars(domain_event))
        facts.pop("_provenance", None)
        facts.pop("timestamp", None)
        bare.__dict__.update(facts)
        return super().to_stored_event(bare)


MAPPER = EventMapper()


def chained(
    previous: bytes, *, stream_id: UUID, version: int, association: str, topic: str, recorded_at: datetime, provenance: str, state: str
) -> bytes:
    """SHA-256 over the hash before it and the canonical envelope with the data as stored (design.md §3.8)."""
    at = (recorded_at - EPOCH) // MICROSECOND
    return sha256(previous + orjson.dumps([stream_id.hex, version, association, topic, at, provenance, state])).digest()


def written(provenance: Provenance) -> str:
    """Provenance as it is stored and hashed; `recorded_at` has a column of its own."""
    p = provenance
    return orjson.dumps(
        [
            p.actor,
            p.role,
            p.on_behalf_of,
            p.happened_at,
            p.purpose,
            p.basis,
            p.procedure_version,
            p.correlation_id,
            p.causation_id,
            p.traceparent,
        ]
    ).decode()


HAPPENED_AT = 3
"""Where in what `written` writes."""


def read_provenance(association: str, recorded_at: datetime, listed: list[str]) -> Provenance:
    """The opposite of `written`, of the list it wrote."""
    actor, role, on_behalf_of, happened_at, purpose, basis, procedure_version, correlation_id, causation_id, traceparent = listed
    return Provenance(
        association=association,
        actor=actor,
        role=role,
        on_behalf_of=on_behalf_of,
        happened_at=datetime.fromisoformat(happened_at),
        recorded_at=recorded_at,
        purpose=purpose,
        basis=basis,
        procedure_version=procedure_version,
        correlation_id=correlation_id,
        causation_id=causation_id,
        traceparent=traceparent,
    )


@dataclass(frozen=True, slots=True)
class History:
    """A stream as it was read: its events, oldest first, and the hash of the newest."""

    events: Sequence[Event]
    head: bytes

    @property
    def version(self) -> int:
        return self.events[-1].originator_version if self.events else 0


async def load(connection: asyncpg.Connection[Any], stream_id: UUID, *, association: str, until: datetime | None = None) -> History:
    """The history of one stream of one association; empty when there is none.

    `until` leaves out what was recorded later: the stream as it stood then.
    """
    found = await connection.fetch(
        "select version, topic, recorded_at, provenance, state, hash from events"
        " where stream_id = $1 and association = $2 and ($3::timestamptz is null or recorded_at <= $3) order by version",
        stream_id, association, until,
    )  # fmt: skip
    events = [happened(stream_id, association, *row[:5]) for row in found]
    return History(events, found[-1]["hash"] if found else GENESIS)


async def since(connection: asyncpg.Connection[Any], stream_id: UUID, *, association: str, version: int, head: bytes) -> History | None:
    """What was added to a stream behind this version; `None` when the stream does not have this version with this hash."""
    found = await connection.fetch(
        "select version, topic, recorded_at, provenance, state, hash from events"
        " where stream_id = $1 and association = $2 and version >= $3 order by version",
        stream_id, association, version,
    )  # fmt: skip
    if not found or found[0]["version"] != version or found[0]["hash"] != head:
        return None
    events = [happened(stream_id, association, *row[:5]) for row in found[1:]]
    return History(events, found[-1]["hash"])


def happened(stream_id: UUID, association: str, version: int, topic: str, recorded_at: datetime, provenance: str, state: str) -> Event:
    """One stored row as the event it stands for, upcast to today's shape."""
    id = stream_id if type(stream_id) is UUID else UUID(bytes=stream_id.bytes)  # the driver's own class is not ours to hand on
    stored = StoredEvent(originator_id=id, originator_version=version, topic=topic, state=state.encode())
    event = cast(Event, MAPPER.to_domain_event(stored))
    listed = orjson.loads(provenance)
    event.stamp_unread(datetime.fromisoformat(listed[HAPPENED_AT]), partial(read_provenance, association, recorded_at, listed))
    return event


def replayed(kind: type[A], events: Iterable[Event], *, onto: A | None = None) -> A | None:
    """The aggregate that a history leads to, from its beginning or from where `onto` stands. Raises `HistoryIsBroken`."""
    aggregate = onto
    for event in events:
        if event.originator_version != (aggregate.version + 1 if aggregate else 1):
            raise HistoryIsBroken
        aggregate = event.mutate(aggregate)
    return aggregate


def addition(events: Sequence[Event], *, head: bytes) -> tuple[Statement, bytes]:
    """The statement that stores stamped and sealed events of one stream behind `head`, and the new head.

    Executed in `only_if_newest`, it raises `ChangedMeanwhile` when the stream has grown since it was read.
    """
    columns: list[tuple[Any, ...]] = []
    for event in events:
        stored, provenance = MAPPER.to_stored_event(event), event.provenance
        listed = written(provenance)
        state = stored.state.decode()
        new = chained(
            head, stream_id=event.originator_id, version=event.originator_version, association=provenance.association,
            topic=stored.topic, recorded_at=provenance.recorded_at, provenance=listed, state=state,
        )  # fmt: skip
        columns.append(
            (
                provenance.association,
                event.originator_id,
                event.originator_version,
                stored.topic,
                provenance.recorded_at,
                listed,
                state,
                head,
                new,
            )
        )
        head = new
    if len(columns) == 1:
        return Statement(_ONE, columns[0]), head
    return Statement(_SEVERAL, tuple(list(column) for column in zip(*columns, strict=True))), head


@contextmanager
def only_if_newest() -> Iterator[None]:
    """Translates the database's word that a stream already has such a version: `ChangedMeanwhile`."""
    try:
        yield
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name == "events_stream_version":
            raise ChangedMeanwhile from error
        raise


async def every_history(connection: asyncpg.Connection[Any], *, batch: int = 1000) -> AsyncIterator[tuple[Aggregate, list[Event]]]:
    """Every stream as the aggregate it leads to, and its events; one with a hole as far as the hole. Needs an open transaction."""
    aggregate, events, lost = None, list[Event](), None
    async for row in connection.cursor(
        "select stream_id, association, version, topic, recorded_at, provenance, state from events order by stream_id, version",
        prefetch=batch,
    ):
        event = happened(*row)
        if aggregate is not None and event.originator_id != aggregate.id:
            yield aggregate, events
            aggregate, events = None, []
        if event.originator_id == lost:
            continue
        try:
            aggregate = replayed(Aggregate, [event], onto=aggregate)
        except HistoryIsBroken:
            lost = event.originator_id
            continue
        events.append(event)
    if aggregate is not None:
        yield aggregate, events


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    stream_id: UUID
    version: int
    position: int
    what: str
    """changed, missing_before, wrong_previous; and what `watching` finds besides."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found. `root` is one hash over all heads: note it elsewhere, and a cut-off tail shows next time."""

    streams: int
    events: int
    broken: tuple[Break, ...]
    root: str

    @property
    def holds(self) -> bool:
        return not self.broken


async def settled(connection: asyncpg.Connection[Any]) -> int:
    """The newest position that nobody can write below any more: a root as of it can be computed again at any time.

    Positions are drawn before they are committed, so whoever was writing when it was read is waited for. Outside a transaction.
    """
    newest = await connection.fetchval("select coalesce(max(position), 0) from events")
    ahead = await connection.fetchval("select pg_current_xact_id()::text::bigint")  # whoever began to write before has a lower one
    while await connection.fetchval("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint < $1", ahead):  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    return int(newest)


async def verify(
    connection: asyncpg.Connection[Any],
    *,
    stream_id: UUID | None = None,
    association: str | None = None,
    until: int | None = None,
    after: UUID | None = None,
    up_to: UUID | None = None,
    batch: int = 5000,
) -> Verified:
    """Recompute the chain of one stream, of those of an association, of those between two ids, or of all. Needs an open transaction.

    A stream is an association's when any of its events says so, and is then looked at whole: an event that was given to another
    association is found as changed, and does not fall out of what is looked at.

    Finds changed, removed and exchanged events inside a stream. A removed tail, a removed stream, or one that was hashed anew, is found
    by comparing `root` with one that was noted: the chain alone cannot know of it. `until` leaves out what came behind a position, so
    that a root of then can be computed again.
    """
    streams = events = 0
    current: UUID | None = None
    head, version = GENESIS, 0
    broken: list[Break] = []
    heads = sha256()
    async for row in connection.cursor(
        "select stream_id, version, association, topic, recorded_at, provenance, state, previous_hash, hash, position from events"
        " where ($1::uuid is null or stream_id = $1)"
        " and ($2::text is null or stream_id in (select stream_id from events where association = $2))"
        " and ($3::bigint is null or position <= $3)"
        " and ($4::uuid is null or stream_id > $4) and ($5::uuid is null or stream_id <= $5) order by stream_id, version",
        stream_id, association, until, after, up_to, prefetch=batch,
    ):  # fmt: skip
        stream, at, whose, topic, recorded_at, provenance, state, previous, stored, position = row
        if stream != current:
            if current is not None:
                heads.update(current.bytes + head)
            current, head, version = stream, GENESIS, 0
            streams += 1
        events += 1
        if at != version + 1:
            broken.append(Break(stream, at, position, "missing_before"))
        elif previous != head:
            broken.append(Break(stream, at, position, "wrong_previous"))
        elif stored != chained(
            head,
            stream_id=stream,
            version=at,
            association=whose,
            topic=topic,
            recorded_at=recorded_at,
            provenance=provenance,
            state=state,
        ):
            broken.append(Break(stream, at, position, "changed"))
        head, version = stored, at
    if current is not None:
        heads.update(current.bytes + head)
    return Verified(streams, events, tuple(broken), heads.hexdigest())


@dataclass(frozen=True, slots=True)
class ChainBefore:
    """A chain that ended when its streams were written anew, as it was verified then."""

    ended_at: datetime
    streams: int
    events: int
    root: str
    held: bool


async def chains_before(connection: asyncpg.Connection[Any], *, association: str = "") -> list[ChainBefore]:
    """Those of an association, or of everything in the database, the newest first: whoever noted a root then compares it with these."""
    rows = await connection.fetch(
        "select ended_at, streams, events, root, held from chains_before where association = $1 order by position desc", association
    )
    return [ChainBefore(*row) for row in rows]
