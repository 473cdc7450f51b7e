"""The method itself: multiples of five that add up, near the truth, right on average, and the same when asked again."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.trends.rules.rounding import BASE, Lots, Node, along, parts, tables

SECRET = b"a secret of thirty-two bytes, say"
counts = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 23), max_size=12)


def wholes(found: dict[str, int]) -> set[int]:
    """What the sum may have been rounded to."""
    whole = sum(found.values())
    return {whole - whole % BASE, whole + -whole % BASE}


@given(counts, st.integers(0, 999))
def test_parts_are_neighbouring_multiples_and_make_the_whole(found: dict[str, int], seed: int) -> None:
    for whole in wholes(found):
        rounded = parts(whole, found, Lots(SECRET, str(seed)))
        assert sum(rounded.values()) == whole
        assert rounded.keys() == found.keys()
        assert all(number % BASE == 0 and abs(number - found[code]) < BASE for code, number in rounded.items())
        assert all(rounded[code] == count for code, count in found.items() if count % BASE == 0)


@given(counts, st.integers(0, 999))
def test_the_same_lots_give_the_same_numbers(found: dict[str, int], seed: int) -> None:
    (whole, *_) = wholes(found)
    again = dict(reversed(found.items()))
    assert parts(whole, found, Lots(SECRET, str(seed))) == parts(whole, again, Lots(SECRET, str(seed)))


def test_every_number_is_right_on_average() -> None:
    found, draws = {"a": 1, "b": 4, "c": 2, "d": 7, "e": 0}, 8000
    together: Counter[str] = Counter()
    for draw in range(draws):
        lots = Lots(SECRET, "right on average", str(draw))
        together.update(parts(along(0, sum(found.values()), start=lots.below(BASE)), found, lots))
    # Five standard errors of a lot between two multiples.
    assert all(abs(together[code] / draws - count) < 5 * 2.5 / draws**0.5 for code, count in found.items())


@pytest.mark.parametrize("overs", [over for size in (2, 3) for over in product((1, 2, 4), repeat=size)])
def test_whoever_is_between_multiples_may_go_up(overs: tuple[int, ...]) -> None:
    found = {f"{n}": over for n, over in enumerate(overs)}
    for whole in wholes(found):
        drawn = {tuple(parts(whole, found, Lots(SECRET, str(draw))).values()) for draw in range(400)}
        assert len(drawn) == len(list(combinations(overs, whole // BASE))), "every choice of who goes up comes out"


@given(st.lists(st.integers(0, 9), min_size=1, max_size=24), st.integers(0, BASE - 1))
def test_any_stretch_of_months_is_less_than_five_from_the_truth(months: list[int], start: int) -> None:
    rounded = [along(sum(months[:at]), count, start=start) for at, count in enumerate(months)]
    for first, last in combinations(range(len(months) + 1), 2):
        assert abs(sum(rounded[first:last]) - sum(months[first:last])) < BASE
    assert all(number >= 0 for number in rounded)


def test_tables_add_up_at_every_level() -> None:
    found: dict[Node, int] = {
        (): 23,
        ("municipality", "a"): 14, ("municipality", "a", "estate", "x"): 6, ("municipality", "a", "estate", ""): 8,
        ("municipality", "b"): 9, ("municipality", "b", "estate", "y"): 9,
        ("severity", "high"): 3, ("severity", "low"): 20,
    }  # fmt: skip
    for whole in (20, 25):
        rounded = tables(whole, found, SECRET, "concerns", "2026-03")
        assert rounded == tables(whole, dict(reversed(found.items())), SECRET, "concerns", "2026-03")
        assert rounded["municipality", "a"] + rounded["municipality", "b"] == whole
        assert rounded["severity", "high"] + rounded["severity", "low"] == whole
        assert rounded["municipality", "a", "estate", "x"] + rounded["municipality", "a", "estate", ""] == rounded["municipality", "a"]
        assert all(abs(rounded[node] - count) < BASE for node, count in found.items())
