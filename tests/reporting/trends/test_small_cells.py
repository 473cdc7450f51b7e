"""What may be shown: no small cell, and nothing that leads to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from services.reporting.trends.rules.small_cells import (
    Crossed,
    Share,
    Spread,
    alone,
    crossed,
    is_small,
    part_of,
    parts,
    rounded,
    share,
    spread,
)
from tests.support.properties import times


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (6, 6)])
def test_a_count_of_one_to_four_is_hidden_and_nobody_is_not(count: int, shown: int | None) -> None:
    assert alone(count) == shown


@pytest.mark.parametrize(("some", "shown"), [(10, 10), (9, None), (6, None), (5, 5), (4, None), (0, 0)])
def test_a_part_is_hidden_too_when_those_left_over_are_few(some: int, shown: int | None) -> None:
    assert part_of(some, 10) == shown


def test_one_small_part_takes_the_smallest_other_with_it() -> None:
    assert parts({"a": 3, "b": 20, "c": 7, "d": 0}) == {"a": None, "b": 20, "c": None, "d": 0}


def test_two_small_parts_that_hide_each_other_take_nobody_with_them() -> None:
    assert parts({"a": 3, "b": 4, "c": 20}) == {"a": None, "b": None, "c": 20}


def test_two_small_parts_whose_sum_is_small_take_one_with_them() -> None:
    assert parts({"a": 1, "b": 2, "c": 20, "d": 9}) == {"a": None, "b": None, "c": 20, "d": None}


def test_parts_that_could_only_be_one_each_take_one_with_them() -> None:
    assert parts({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 6}) == dict.fromkeys("abcdef")


@pytest.mark.parametrize("counts", [[1, 1, 1, 1, 1], [2, 1, 1, 1, 0], [1, 0, 4, 0, 0, 0]])
def test_a_whole_of_no_more_than_one_for_each_part_hides_them_all_also_those_that_are_nobody(counts: list[int]) -> None:
    assert parts(dict(enumerate(counts))) == dict.fromkeys(range(len(counts)))


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert parts({"a": 5, "b": 0, "c": 12}) == {"a": 5, "b": 0, "c": 12}


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8).filter(lambda counts: sum(counts) >= 5))
@example([1, 1, 1, 1, 1])
def test_no_small_part_can_be_worked_out_from_the_whole_and_the_others(counts: list[int]) -> None:
    shown = parts(dict(enumerate(counts)))
    hidden = [count for n, count in enumerate(counts) if shown[n] is None]
    assert all(shown[n] is None for n, count in enumerate(counts) if is_small(count))
    assert sum(hidden) == 0 or sum(hidden) >= 5
    for count in counts:
        if is_small(count):
            # The others that are hidden are at least one each, where a hidden one is somebody; this one is what they leave.
            assert len(hidden) > 1
            assert 0 in hidden or len(counts) >= sum(counts) or sum(hidden) - (len(hidden) - 1) > 1


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5).filter(lambda counts: 5 <= sum(counts) <= 14))
@example([1, 1, 1, 1, 1])
@example([5, 4, 4])
@example([4, 4, 4])
def test_one_who_knows_the_rule_itself_cannot_work_out_a_small_part_either(counts: list[int]) -> None:
    shown = parts(dict(enumerate(counts)))
    alike = [other for other in wholes_of(sum(counts), len(counts)) if parts(dict(enumerate(other))) == shown]
    for n, count in enumerate(counts):
        if is_small(count):
            assert len({other[n] for other in alike}) > 1


def wholes_of(total: int, parts: int) -> Iterator[list[int]]:
    """Every way to share `total` among so many parts."""
    if parts == 1:
        yield [total]
        return
    for first in range(total + 1):
        for others in wholes_of(total - first, parts - 1):
            yield [first, *others]


def test_a_small_cell_of_a_crossed_table_takes_three_others_into_a_circle() -> None:
    shown = crossed([[3, 10, 20], [8, 9, 30], [40, 50, 60]])
    assert shown == Crossed(cells=((None, None, 20), (None, None, 30), (40, 50, 60)), totals=(33, 47, 150))


def test_a_row_with_a_small_total_is_hidden_whole_and_so_is_another() -> None:
    shown = crossed([[2, 1, 0], [10, 9, 30], [40, 50, 60]])
    assert shown.totals == (None, None, 150)
    assert shown.cells[0] == (None, None, None)
    assert shown.cells[1] == (None, None, None)


def test_a_small_cell_whose_neighbours_are_nobody_hides_among_them() -> None:
    assert crossed([[0, 6], [6, 2]]) == Crossed(cells=((None, None), (None, None)), totals=(6, 8))


Table = list[list[int]]
tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 7), min_size=width, max_size=width), min_size=1, max_size=3)
)


@given(tables)
@settings(max_examples=times(2))
def test_no_small_cell_of_a_crossed_table_can_be_worked_out_from_what_is_shown(counts: Table) -> None:
    columns = [sum(row[c] for row in counts) for c in range(len(counts[0]))]
    assume(not any(map(is_small, columns)))
    shown = crossed(counts)
    small = {(r, c) for r, row in enumerate(counts) for c, count in enumerate(row) if is_small(count)}
    small_rows = {r for r, row in enumerate(counts) if is_small(sum(row))}
    assert all(shown.cells[r][c] is None for r, c in small)
    assert all(shown.totals[r] is None for r in small_rows)
    for possible in _others_that_fit(counts, shown, columns):
        small -= {(r, c) for r, c in small if possible[r][c] != counts[r][c]}
        small_rows -= {r for r in small_rows if sum(possible[r]) != sum(counts[r])}
        if not small and not small_rows:
            return
    assert not small
    assert not small_rows


def _others_that_fit(counts: Table, shown: Crossed, columns: Sequence[int]) -> Iterator[Table]:
    """Every table that one who knows all that is shown must think possible; near ones first."""
    width = range(len(columns))
    hidden = [(r, c) for c in width for r in range(len(counts)) if shown.cells[r][c] is None]
    table = [[0 if (r, c) in hidden else count for c, count in enumerate(row)] for r, row in enumerate(counts)]

    def fill(n: int) -> Iterator[Table]:
        if n == len(hidden):
            if all(total is None or total == sum(row) for total, row in zip(shown.totals, table, strict=True)):
                yield [list(row) for row in table]
            return
        r, c = hidden[n]
        left = columns[c] - sum(row[c] for row in table)
        is_last = n + 1 == len(hidden) or hidden[n + 1][1] != c
        for count in [left] if is_last else sorted(range(left + 1), key=lambda count: abs(count - counts[r][c])):
            table[r][c] = count
            yield from fill(n + 1)
        table[r][c] = 0

    return fill(0)


@pytest.mark.parametrize(
    ("some", "whole", "said"),
    [
        (9, 9, None),
        (5, 10, Share(50)),
        (30, 40, Share(75)),
        (35, 40, Share(88)),
        (36, 40, Share(90, "at_least")),
        (40, 40, Share(90, "at_least")),
        (17, 17, Share(70, "at_least")),
        (9, 13, Share(60, "at_least")),
        (4, 40, Share(10, "at_most")),
        (4, 41, Share(10, "at_most")),
        (0, 40, Share(10, "at_most")),
    ],
)
def test_a_share_says_only_a_bound_where_one_side_is_few(some: int, whole: int, said: Share | None) -> None:
    assert share(some, whole) == said


@pytest.mark.parametrize(
    ("how_many", "said"), [(0, None), (4, None), (5, Spread(2.0, None)), (9, Spread(2.0, None)), (10, Spread(2.0, 7.0))]
)
def test_a_median_needs_five_and_the_ninth_decile_ten(how_many: int, said: Spread | None) -> None:
    assert spread(how_many, 2.0, 7.0) == said


@pytest.mark.parametrize(("count", "shown"), [(None, None), (0, 0), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (101, 100)])
def test_a_rounded_count_is_a_multiple_of_five_and_never_nothing(count: int | None, shown: int | None) -> None:
    assert rounded(count) == shown
