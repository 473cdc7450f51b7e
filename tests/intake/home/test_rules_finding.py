"""A home is found by its address as people write one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from services.intake.home.rules.finding import is_at, is_on, words_of


@dataclass(frozen=True)
class Home:
    street: str
    number: str
    floor: str = ""
    door: str = ""


STOREY = Home("Storgade", "2", "1", "tv")


@pytest.mark.parametrize(
    ("typed", "home"),
    [
        ("Storgade 2, 1. tv", STOREY),
        ("storgade 2 1.tv", STOREY),
        ("storg 2 1. sal til venstre", STOREY),
        ("Storgade", STOREY),
        ("Storgade 2 t.v.", STOREY),
        ("storgade 12 a", Home("Storgade", "12A")),
        ("STORGADE 12A", Home("Storgade", "12A")),
        ("aagade 9", Home("Ågade", "9")),
        ("ved stien 4 kælder 30", Home("Ved Stien", "4", "kl", "30")),
        ("Storgade 2 stuen", Home("Storgade", "2", "st", "mf")),
    ],
)
def test_a_home_is_found_as_its_address_is_written(typed: str, home: Home) -> None:
    assert is_on(home.street, words_of(typed)), "its street is looked for first"
    assert is_at(home, words_of(typed))


@pytest.mark.parametrize(
    "typed", ["", "2", "Storgade 1", "Storgade 21", "Storgade 2, 1. th", "Storgade 2, 2. tv", "Ågade 2", "Eva Storgade"]
)
def test_another_address_is_another_home(typed: str) -> None:
    assert not is_at(STOREY, words_of(typed))
