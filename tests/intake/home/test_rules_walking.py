"""The order in which one walks past homes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.home.rules.walking import in_walking_order


@dataclass(frozen=True)
class Home:
    street: str
    number: str = "1"
    floor: str = ""
    door: str = ""


def test_streets_stand_as_the_danish_alphabet_has_them() -> None:
    names = ["Bakken", "Zebravej", "ægirsvej", "Æblehaven", "Ørkenen", "Ådalen", "Aagade"]
    assert [home.street for home in in_walking_order(map(Home, reversed(names)))] == [
        "Bakken", "Zebravej", "Æblehaven", "ægirsvej", "Ørkenen", "Ådalen", "Aagade",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "walked"),
    [
        ("number", ["1", "2", "2A", "2B", "10", "101"]),
        ("floor", ["kl", "st.", "1.", "2", "10"]),
        ("floor", ["KLD", "ST", "01", "02"]),
        ("door", ["tv", "mf.", "th"]),
        ("door", ["1", "2", "10"]),
        ("door", ["t.v.", "t.h."]),
    ],
)
def test_numbers_floors_and_doors_stand_as_one_meets_them(part: str, walked: list[str]) -> None:
    homes = [Home("Bakken", **{part: each}) for each in reversed(walked)]
    assert [getattr(home, part) for home in in_walking_order(homes)] == walked


TEXT = st.text("12aæ .tvhkl", max_size=4)


@given(st.lists(st.builds(Home, street=TEXT, number=TEXT, floor=TEXT, door=TEXT), max_size=8))
def test_whatever_a_register_holds_has_one_order(homes: list[Home]) -> None:
    assert in_walking_order(in_walking_order(homes)) == in_walking_order(homes)
