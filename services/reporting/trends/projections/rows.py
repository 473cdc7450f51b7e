"""Records ↔ tables: lock and read what a batch touches, write it back, or write everything anew from the inbox."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

import asyncpg
import orjson

from services.reporting.trends.projections.fold import FOLDS, fold
from services.reporting.trends.projections.records import AS_ROW, COLUMNS, KINDS, FigureRecord, Figures, no_figures
from shared.messaging.message import ReceivedMessage

READER: Final = "reporting"
"""The name under which reporting hears; memory, never changed once deployed."""

ROWS_AT_A_TIME: Final = 20_000
"""Inbox rows in memory at once while rebuilding: some 20 MB."""

ID: Final[Mapping[type[FigureRecord], str]] = {kind: columns[0] for kind, columns in COLUMNS.items()}

# Every name below comes from the field names of our own record classes.
# A row that is there already is locked by setting to itself what never changes, and read; `xmax` is 0 in a row that was not there.
_TAKEN: Final = {
    kind: f"insert into {kind.TABLE} as held ({', '.join(columns)}) select {', '.join(columns)} from unnest($1::{kind.TABLE}[])"  # noqa: S608
    f" on conflict ({ID[kind]}) do update set {ID[kind]} = held.{ID[kind]}"
    f" returning held.xmax = 0 as is_new, {ID[kind]}::text, {', '.join(columns[1:])}"
    for kind, columns in COLUMNS.items()
}
_WRITTEN: Final = {
    kind: f"insert into {kind.TABLE} ({', '.join(columns)}) select {', '.join(columns)} from unnest($1::{kind.TABLE}[])"  # noqa: S608
    f" on conflict ({ID[kind]}) do update set {', '.join(f'{name} = excluded.{name}' for name in columns[1:])}"
    for kind, columns in COLUMNS.items()
}
_KEPT_MESSAGES: Final = (
    "select type, coalesce(headers->>'ce_time', headers->>'ce_recordedtime'), headers->>'ce_recordedtime', headers->>'ce_association',"
    " value from inbox where reader = $1 and type = any($2::text[]) and position > $3 and position <= $4 order by position"
)
_EVERYTHING: Final = (0, 2**63 - 1)


async def count(received: Sequence[ReceivedMessage], connection: asyncpg.Connection[Any]) -> None:
    """Fold messages into the rows they touch, in the transaction that notes them as consumed.

    Two listeners may hold messages about one case at once, for intake and cases speak on different topics;
    so rows are locked before they are read, in one order everywhere. A row that is not there yet is written as it
    is to be, at once: most of what somebody waits for to become visible is new. Only onto rows that were there the
    messages are folded once more.
    """
    new, held = _folded(received, no_figures()), no_figures()
    for kind in KINDS:
        if records := new[kind]:
            taken = await connection.fetch(_TAKEN[kind], [AS_ROW[kind](records[id]) for id in sorted(records)])
            held[kind].update((id, kind(id, *rest)) for is_new, id, *rest in taken if not is_new)
    ids = {kind: sorted(held[kind]) for kind in KINDS if held[kind]}
    if ids:
        _folded(received, held)
    for kind, of_kind in ids.items():
        await connection.execute(_WRITTEN[kind], [AS_ROW[kind](held[kind][id]) for id in of_kind])


def _folded(received: Iterable[ReceivedMessage], figures: Figures) -> Figures:
    """Onto empty figures, this tells which rows the messages touch, and what new ones among them are to hold."""
    for message in received:
        envelope = message.envelope
        fold(figures, envelope.type, envelope.time, envelope.recorded_at, envelope.association, message.data)
    return figures


async def rebuild(connection: asyncpg.Connection[Any]) -> None:
    """Empty the tables and fill them again from the inbox, while nobody can take in anything new.

    Equal to what the listener wrote, message by message, because it is the same fold.
    """
    async with connection.transaction():
        await connection.execute("lock table inbox in share mode")
        for kind in KINDS:
            await connection.execute(f"delete from {kind.TABLE}")  # noqa: S608
        figures = no_figures()
        with _no_garbage_collection():
            async for batch in _batches(connection):
                _fold_all(figures, batch)
            for kind in KINDS:
                records = figures[kind]
                if records:
                    await connection.copy_records_to_table(kind.TABLE, records=map(AS_ROW[kind], records.values()), columns=COLUMNS[kind])


def _fold_all(figures: Figures, batch: Iterable[asyncpg.Record]) -> None:
    """Fold rows of the inbox; the loop a rebuild spends its time in."""
    parsed, moment = orjson.loads, datetime.fromisoformat
    for kind, at, recorded, association, value in batch:
        recorded_at = moment(recorded)
        fold(figures, kind, recorded_at if at == recorded else moment(at), recorded_at, association, parsed(value))


async def folded_up_to(connection: asyncpg.Connection[Any], figures: Figures, *, after: int, position: int) -> None:
    """Fold what was heard after one position, up to another: how everything stood then. Others take turns in between."""
    async for batch in _batches(connection, (after, position)):
        await asyncio.to_thread(_fold_all, figures, batch)


async def _batches(connection: asyncpg.Connection[Any], between: tuple[int, int] = _EVERYTHING) -> AsyncIterator[list[asyncpg.Record]]:
    """The inbox in order; while one batch is folded, the server already gathers the next."""
    cursor = await connection.cursor(_KEPT_MESSAGES, READER, list(FOLDS), *between)
    coming = asyncio.ensure_future(cursor.fetch(ROWS_AT_A_TIME))
    while batch := await coming:
        coming = asyncio.ensure_future(cursor.fetch(ROWS_AT_A_TIME))
        await asyncio.sleep(0)
        yield batch


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """A million small objects that all stay: looking for cycles among them again and again costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
