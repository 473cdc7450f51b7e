"""Where a long list goes on: an opaque, signed mark instead of a page number, so that nothing is shown twice or lost."""

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
    """The mark was changed, belongs to another list, or was never made here. Becomes 400."""


@dataclass(frozen=True, slots=True)
class Place:
    """The last row shown: what the list is sorted by, and the id that tells equal ones apart.

    Used as `where (sort_key, id) > ($1, $2) order by sort_key, id limit $3`.
    """

    key: str | int | datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the mark that leads to the next ones; an empty mark means that this was the end."""

    rows: tuple[T, ...]
    next: str


class Cursors:
    """Writes and reads the marks of one list; a mark of another list, or from another secret, is refused."""

    def __init__(self, secret: str, *, list_name: str) -> None:
        self._marks = URLSafeSerializer(secret, salt=f"cursor:{list_name}")

    def write(self, place: Place) -> str:
        if isinstance(place.key, datetime):
            return str(self._marks.dumps(["t", place.key.isoformat(), place.id.hex]))
        return str(self._marks.dumps(["v", place.key, place.id.hex]))

    def read(self, mark: str) -> Place | None:
        """The place a mark stands for; `None` for no mark: the beginning. Raises `CursorIsForged`."""
        if not mark:
            return None
        try:
            kind, key, id = self._marks.loads(mark)
            return Place(datetime.fromisoformat(key) if kind == "t" else key, UUID(id))
        except (BadData, ValueError, TypeError) as error:
            raise CursorIsForged from error

    def page(self, rows: Sequence[T], *, limit: int, place_of: Callable[[T], Place]) -> Page[T]:
        """The first `limit` of `rows`. Ask the database for `limit + 1`: the extra row tells that there is more."""
        shown = tuple(rows[:limit])
        return Page(shown, self.write(place_of(shown[-1])) if len(rows) > limit else "")


def limited(limit: int | None) -> int:
    """How many rows to show: what was asked for, within reason."""
    return max(1, min(limit or PAGE_SIZE, MOST_ROWS))
