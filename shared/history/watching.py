"""Whether the histories still are what was written: a piece is verified in every round of the clock, and what is found is said once.

Never more work at once than a round can carry, and everything within a day (decision 0040). Nobody is kept from working meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import structlog

from shared.ground.provenance import Actor, Context
from shared.history import event_store
from shared.history.service import Reaction, Service
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.message import Message
from shared.messaging.messages.chain import ChainBroken, ChainMended
from shared.words.vocabulary.people import Purpose, Role

AGAIN_AFTER = timedelta(hours=1)
"""How soon all of it is verified anew after that began."""
EVENTS_AT_ONCE = 2000
"""How many events a round looks at, and the rest of the stream it stops in: 34 million in a day of five-second rounds."""
GONE = "gone"
"""What is wrong with a broken history that was then taken away: that mends nothing."""
FEWER = "fewer"
"""What is wrong where histories were taken away that nothing was known to be wrong with."""
BEFORE_ALL = UUID(int=0)
"""Comes before every stream; stands for those that are gone, of which nobody knows which they were."""

_NEXT = (
    "select stream_id from (select stream_id from events where stream_id > $1 order by stream_id limit $2) as few"
    " order by stream_id desc limit 1"
)

_BEGUN = "select count(*) from events where version = 1 and position <= $1"
_MISSED = (
    f"select ({_BEGUN}) + (select count(*) from broken_streams where service = $2 and stream_id <> $3"  # noqa: S608  constants of our own
    " and not exists (select from events where events.stream_id = broken_streams.stream_id and version = 1))"
)
"""With those that are known to be gone, or to have lost their beginning."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class BrokenStream:
    """A history that is not what was written: of this service with its place, or of another one, which keeps the place to itself."""

    service: str
    stream_id: UUID | None
    version: int | None
    what: str | None
    found_at: datetime


async def verify_a_piece(service: Service, *, most: int = EVENTS_AT_ONCE) -> None:
    """The clock's duty: verify the next streams, and say which of them were found broken, or mended, since they were looked at last.

    The finding and what is said of it are stored together, so it is said once. Another process that is at it is left to it.
    """
    now = service.clock.now()
    actor = Actor(id="system:clock", role=Role.SYSTEM, association=service.settings.associations[0])
    context = Context(actor=actor, purpose=Purpose.OPERATION, at=now, correlation_id=uuid4())
    async with service.read() as connection, service.work(connection, context) as work:
        rows = await work.rows()
        after = await _begun(rows, now)
        if after is None:
            return
        if after == BEFORE_ALL:
            await _count(service, work)
        up_to = await rows.fetchval(_NEXT, after, most)
        await _compare(service, work, after=after, up_to=up_to)
        if up_to is None:
            await rows.execute("update verified_so_far set is_over = true, whole_at = $1", now)
        else:
            await rows.execute("update verified_so_far set after_stream = $1", up_to)
    service.committed(work)


async def _begun(rows: asyncpg.Connection[Any], now: datetime) -> UUID | None:
    """Behind which stream to go on; `None` where nothing is due, or somebody else is at it."""
    row = await rows.fetchrow("select began_at, after_stream, is_over from verified_so_far for update skip locked")
    if row is None:
        return None
    if not row["is_over"]:
        return UUID(bytes=row["after_stream"].bytes)
    if timedelta() <= now - row["began_at"] < AGAIN_AFTER:
        return None
    await rows.execute("update verified_so_far set began_at = $1, after_stream = $2, is_over = false", now, BEFORE_ALL)
    return BEFORE_ALL


async def _count(service: Service, work: UnitOfWork) -> None:
    """Whether every stream that had begun when they were counted last is there still: of one that is gone, nothing is left to verify.

    Nothing is counted anew before those that are gone are back.
    """
    rows = await work.rows()
    before = await rows.fetchrow("select counted_to, counted from verified_so_far")
    known = await rows.fetchrow(
        "select id, associations from broken_streams where service = $1 and stream_id = $2", service.name, BEFORE_ALL
    )
    if before and await rows.fetchval(_MISSED, before["counted_to"], service.name, BEFORE_ALL) < before["counted"]:
        if known is None:
            await _note(service, work, event_store.Break(BEFORE_ALL, 0, 0, FEWER))
        return
    if known is not None:
        await _clear(service, work, known, BEFORE_ALL)
    # What is being written now with a lower position makes it more later, and never less.
    newest = await rows.fetchval("select coalesce(max(position), 0) from events")
    await rows.execute("update verified_so_far set counted_to = $1, counted = $2", newest, await rows.fetchval(_BEGUN, newest))


async def _clear(service: Service, work: UnitOfWork, known: asyncpg.Record, stream: UUID) -> None:
    await (await work.rows()).execute("delete from broken_streams where id = $1", known["id"])
    _say(work, ChainMended(broken_id=known["id"]), known["id"], known["associations"])
    log.info("chain.mended", service=service.name, stream=str(stream))


async def _compare(service: Service, work: UnitOfWork, *, after: UUID, up_to: UUID | None) -> None:
    """What does not hold between two streams, against what is known not to."""
    rows = await work.rows()
    found = await event_store.verify(rows, after=after, up_to=up_to) if up_to is not None else event_store.Verified(0, 0, (), "")
    places = {place.stream_id: place for place in reversed(found.broken)}  # the first place in each
    known = await rows.fetch(
        "select id, stream_id, associations, not exists (select from events where events.stream_id = broken_streams.stream_id) as is_gone"
        " from broken_streams"
        " where service = $1 and stream_id > $2 and ($3::uuid is null or stream_id <= $3)",
        service.name, after, up_to,
    )  # fmt: skip
    for row in known:
        if row["is_gone"]:
            await rows.execute("update broken_streams set version = null, what = $2 where id = $1", row["id"], GONE)
        elif row["stream_id"] not in places:
            await _clear(service, work, row, row["stream_id"])
    for place in places.keys() - {row["stream_id"] for row in known}:
        await _note(service, work, places[place])


async def _note(service: Service, work: UnitOfWork, place: event_store.Break) -> None:
    rows, id = await work.rows(), uuid4()
    whose = await rows.fetchval("select association from events where stream_id = $1 order by version limit 1", place.stream_id)
    # Who it belongs to may be what was changed: then everybody is told.
    associations = [whose] if whose in service.settings.associations else list(service.settings.associations)
    await rows.execute(
        "insert into broken_streams (id, service, associations, stream_id, version, what, found_at) values ($1, $2, $3, $4, $5, $6, $7)",
        id, service.name, associations, place.stream_id, place.version, place.what, work.context.at,
    )  # fmt: skip
    _say(work, ChainBroken(broken_id=id), id, associations)
    log.error("chain.broken", service=service.name, stream=str(place.stream_id), version=place.version, what=place.what)


def _say(work: UnitOfWork, message: Message, id: UUID, associations: Sequence[str]) -> None:
    for association in associations:
        work.say(message, of=id, association=association)


async def verify_soon(rows: asyncpg.Connection[Any]) -> None:
    """Something was found outside the clock: its next round begins anew, and tells whoever is to know."""
    await rows.execute("update verified_so_far set began_at = 'epoch', is_over = true")


async def broken_streams(connection: asyncpg.Connection[Any], *, association: str, most: int = 100) -> list[BrokenStream]:
    """What is not what was written, as far as it is known here, the oldest finding first."""
    found = await connection.fetch(
        "select service, stream_id, version, what, found_at from broken_streams where $1 = any(associations)"
        " order by found_at, id limit $2",
        association, most,
    )  # fmt: skip
    return [BrokenStream(*row) for row in found]


async def numbers(connection: asyncpg.Connection[Any], *, service: str) -> tuple[int, float]:
    """How many streams of this service are broken, and since when all of it is verified (UNIX time; 0 where it never was)."""
    row = await connection.fetchrow(
        "select (select count(*) from broken_streams where service = $1), coalesce(extract(epoch from whole_at), 0)::float8"
        " from verified_so_far",
        service,
    )
    return (row[0], row[1]) if row else (0, 0.0)


async def on_broken(message: ChainBroken, work: UnitOfWork) -> None:
    """Keep what another service found in its history; what was found here is kept with its place, and comes from nowhere else."""
    if speaker_of(work) == work.service:
        return
    speaker, at = speaker_of(work), work.received.recorded_at if work.received else work.context.at
    await (await work.rows()).execute(
        "insert into broken_streams as known (id, service, associations, found_at) values ($1, $2, $3, $4) on conflict (id) do update"
        " set associations = array(select distinct unnest(known.associations || excluded.associations)) where known.stream_id is null",
        message.broken_id, speaker, [work.association], at,
    )  # fmt: skip


async def on_mended(message: ChainMended, work: UnitOfWork) -> None:
    """The history of the service that found it is what was written again; no other can say so."""
    await (await work.rows()).execute(
        "delete from broken_streams where id = $1 and stream_id is null and service = $2", message.broken_id, speaker_of(work)
    )


def speaker_of(work: UnitOfWork) -> str:
    """Which service said what was heard."""
    return work.received.source.rpartition("/")[2] if work.received else ""


HEARS: Mapping[type[Message], Reaction] = {ChainBroken: on_broken, ChainMended: on_mended}
"""For the service that shows it to whoever checks."""
