"""Hides small cells in tables, and as many more as it takes that nobody can work the small ones out (domain.md §1.10).

A count from 1 to 4 is hidden; a zero is shown, for it is nobody. Where totals are shown, hiding the small cell alone is
not enough: total minus the others gives it away. So more cells are hidden, smallest first, until every small cell could
be at least two different numbers for one who knows everything that is shown, and knows that nothing hidden is zero.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf
from typing import Final, TypeVar

SMALLEST_SHOWN: Final = 5

Shown = int | None
"""A count as it may be shown; `None` is a hidden one."""

K = TypeVar("K", bound=Hashable)


def is_small(count: int) -> bool:
    """Whether a count is about so few that it is about somebody."""
    return 0 < count < SMALLEST_SHOWN


def alone(count: int) -> Shown:
    """A count that belongs to no table."""
    return None if is_small(count) else count


def part_of(count: int, whole: int) -> Shown:
    """A count of some among `whole`, where `whole` is shown: hidden too when those left over are few."""
    return None if is_small(count) or is_small(whole - count) else count


def parts(counts: Mapping[K, int]) -> dict[K, Shown]:
    """The parts of a whole whose sum is shown elsewhere. A whole that is small itself has only hidden parts.

    Where the whole is not more than one for each part, its small parts could only be ones: then all are hidden, also those that
    are nobody, and each hidden one may be nobody.
    """
    hidden = {key for key, count in counts.items() if is_small(count)}
    if hidden and SMALLEST_SHOWN <= sum(counts.values()) <= len(counts):
        return dict.fromkeys(counts)
    for more in [0, *sorted({count for count in counts.values() if count >= SMALLEST_SHOWN})]:
        # Equal ones are hidden together: who knows that the first of two fives is hidden knows that it is no six.
        hidden |= {key for key, count in counts.items() if more and count == more}
        total = sum(counts[key] for key in hidden)
        # Small ones alone are all fours when there are four for each.
        could_be_others = bool(more) or total < len(hidden) * (SMALLEST_SHOWN - 1)
        if not hidden or (total >= SMALLEST_SHOWN and total > len(hidden) > 1 and could_be_others):
            break
    return {key: None if key in hidden else count for key, count in counts.items()}


@dataclass(frozen=True, slots=True)
class Crossed:
    """A table of two dimensions as it may be shown; the column totals stand elsewhere, and are shown there."""

    cells: tuple[tuple[Shown, ...], ...]
    totals: tuple[Shown, ...]
    """Of each row."""


def crossed(counts: Sequence[Sequence[int]]) -> Crossed:
    """A table whose column totals, and so whose grand total, are shown elsewhere: no column total may be small.

    Here a hidden cell may be a zero as well: a small cell whose neighbours are all zeros could not be hidden otherwise.
    """
    table = _Table(counts)
    while table.hide_more():
        pass
    return table.shown()


Cell = tuple[int, int]
Place = tuple[str, int]


class _Table:
    """Cells that are shown and cells that are hidden, and what can be concluded about the hidden ones.

    A hidden cell can be another number exactly when some others can move with it, so that every total stays: one
    more here, one less there, round a circle through rows and columns. The row totals are one more column, counted
    negative, so that they take part in the circles.
    """

    def __init__(self, counts: Sequence[Sequence[int]]) -> None:
        self._counts = [[*row, sum(row)] for row in counts]
        self._rows = range(len(counts))
        self._total = len(counts[0]) if counts else 0
        self._inner = range(self._total)
        totals = parts(dict(enumerate(row[self._total] for row in self._counts)))
        self._hidden = {
            (row, column)
            for row in self._rows
            for column in (*self._inner, self._total)
            if totals[row] is None or (column != self._total and is_small(self._counts[row][column]))
        }

    def shown(self) -> Crossed:
        return Crossed(
            cells=tuple(tuple(self._shown((row, column)) for column in self._inner) for row in self._rows),
            totals=tuple(self._shown((row, self._total)) for row in self._rows),
        )

    def _shown(self, cell: Cell) -> Shown:
        return None if cell in self._hidden else self._count(cell)

    def _count(self, cell: Cell) -> int:
        return self._counts[cell[0]][cell[1]]

    def hide_more(self) -> bool:
        """Hide what it takes to make one more hidden cell uncertain; False when all are."""
        for cell in sorted(self._hidden):
            circle = min((self._circle(cell, rising) for rising in (True, False)), key=lambda circle: circle[0])
            if circle[0] and circle[1] - self._hidden:
                self._hidden |= circle[1]
                return True
        for line in self._lines():
            hidden = sum(self._count(cell) for cell in line if cell in self._hidden)
            shown = [cell for cell in line if cell not in self._hidden and self._count(cell)]
            if is_small(hidden) and shown:
                self._hidden.add(min(shown, key=lambda cell: (self._count(cell), cell)))
                return True
        return False

    def _lines(self) -> Iterator[list[Cell]]:
        """Rows whose total is shown, and columns: the sum of what is hidden in one is known."""
        for row in self._rows:
            if (row, self._total) not in self._hidden:
                yield [(row, column) for column in self._inner]
        for column in self._inner:
            yield [(row, column) for row in self._rows]

    def _circle(self, cell: Cell, rising: bool) -> tuple[float, set[Cell]]:
        """The cheapest circle in which `cell` can rise (or fall) by one: what hiding it costs, and its cells."""
        if not (self._may_rise(cell) if rising else self._may_fall(cell)):
            return inf, set()
        row, column = ("row", cell[0]), ("column", cell[1])
        start, end = (column, row) if rising else (row, column)
        waiting: list[tuple[int, Place, tuple[Cell, ...]]] = [(0, start, ())]
        seen: set[Place] = set()
        while waiting:
            cost, place, way = heappop(waiting)
            if place == end:
                return cost, {*way}
            if place in seen:
                continue
            seen.add(place)
            for there, over in self._next(place):
                if over != cell and there not in seen:
                    heappush(waiting, (cost + (0 if over in self._hidden else self._count(over) + 1), there, (*way, over)))
        return inf, set()

    def _next(self, place: Place) -> Iterator[tuple[Place, Cell]]:
        """From a row one goes on over a cell that rises, from a column over one that falls. Totals are not hidden later."""
        kind, number = place
        if kind == "row":
            for column in (*self._inner, self._total):
                if self._may_rise((number, column)):
                    yield ("column", column), (number, column)
        else:
            for row in self._rows:
                if self._may_fall((row, number)):
                    yield ("row", row), (row, number)

    def _may_rise(self, cell: Cell) -> bool:
        """A total counts negative: it rises when there are fewer; one that is hidden is known not to be zero."""
        return cell[1] != self._total or (cell in self._hidden and self._count(cell) > 1)

    def _may_fall(self, cell: Cell) -> bool:
        return cell in self._hidden if cell[1] == self._total else self._count(cell) > 0


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent.

    Where one side is small it only says a bound, the same for none, one and four, and in tens: a finer one would tell
    how many there are in all.
    """

    percent: int
    bound: str = ""
    """Empty, `at_least` or `at_most`."""


def share(some: int, whole: int) -> Share | None:
    """How large a part `some` are; `None` below twice the smallest count, where a share could only be a bound."""
    if whole < 2 * SMALLEST_SHOWN:
        return None
    few = SMALLEST_SHOWN - 1
    if some < SMALLEST_SHOWN:
        return Share(10 * -(-10 * few // whole), "at_most")
    if whole - some < SMALLEST_SHOWN:
        return Share(10 * (10 * (whole - few) // whole), "at_least")
    return Share(round(100 * some / whole))


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in hours: half took no longer than the median, nine of ten no longer than `p90`."""

    median: float
    p90: float | None


def spread(how_many: int, median: float | None, p90: float | None) -> Spread | None:
    """`None` below the smallest count; the ninth decile needs twice as many, or it is one case's time."""
    if how_many < SMALLEST_SHOWN or median is None:
        return None
    return Spread(median, p90 if how_many >= 2 * SMALLEST_SHOWN else None)


def rounded(count: Shown) -> Shown:
    """To the nearest five, and never to nothing: so two almost equal selections cannot be subtracted from each other."""
    if not count:
        return count
    return max(SMALLEST_SHOWN, SMALLEST_SHOWN * round(count / SMALLEST_SHOWN))
