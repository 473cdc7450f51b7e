"""Where a long list goes on: an opaque, signed cursor instead of a page number, so that nothing is shown twice or lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

T = TypeVar("T")

PAGE_SIZE = 50
"""Rows in a list when nobody says otherwise."""

MOST_ROWS = 200
"""Rows in a list at most."""


class CursorIsForged(Exception):
    """The cursor was changed, belongs to another list, or was never made here. Becomes 400."""


@dataclass(frozen=True, slots=True)
class Keyset:
    """The last row shown: what the list is sorted by, and the id that tells equal ones apart.

    Used as `where (sort_key, id) > ($1, $2) order by sort_key, id limit $3`.
    """

    key: str | int | datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursor that leads to the next ones; an empty cursor means that this was the end."""

    rows: tuple[T, ...]
    next: str


class Cursors:
    """Writes and reads the cursors of one list; a cursor of another list, or from another secret, is refused."""

    def __init__(self, secret: str, *, list_name: str) -> None:
        self._signed = URLSafeSerializer(secret, salt=f"cursor:{list_name}")

    def write(self, keyset: Keyset) -> str:
        if isinstance(keyset.key, datetime):
            return str(self._signed.dumps(["t", keyset.key.isoformat(), keyset.id.hex]))
        return str(self._signed.dumps(["v", keyset.key, keyset.id.hex]))

    def read(self, cursor: str) -> Keyset | None:
        """The keyset a cursor stands for; `None` for no cursor: the beginning. Raises `CursorIsForged`."""
        if not cursor:
            return None
        try:
            kind, key, id = self._signed.loads(cursor)
            return Keyset(datetime.fromisoformat(key) if kind == "t" else key, UUID(id))
        except (BadData, ValueError, TypeError) as error:
            raise CursorIsForged from error

    def page(self, rows: Sequence[T], *, limit: int, keyset_of: Callable[[T], Keyset]) -> Page[T]:
        """The first `limit` of `rows`. Ask the database for `limit + 1`: the extra row tells that there is more."""
        shown = tuple(rows[:limit])
        return Page(shown, self.write(keyset_of(shown[-1])) if len(rows) > limit else "")


def limited(limit: int | None) -> int:
    """How many rows to show: what was asked for, within reason."""
    return max(1, min(limit or PAGE_SIZE, MOST_ROWS))
