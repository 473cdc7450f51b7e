"""The order in which one walks past homes: streets as a Danish directory has them, numbers as numbers, up the stairs, left to right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

from shared.words.language import in_danish_order

_NUMBER = re.compile(r"\d+")
_BELOW = {"kl": -1, "kld": -1, "kælder": -1, "st": 0, "stuen": 0, "stue": 0}
_SIDES = {"tv": 0, "mf": 1, "th": 2}
_ANY_FLOOR = 1_000


class Placed(Protocol):
    """Where a home lies in its street."""

    @property
    def street(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def floor(self) -> str: ...
    @property
    def door(self) -> str: ...


P = TypeVar("P", bound=Placed)
Place = tuple[int, str]


def in_walking_order(homes: Iterable[P]) -> list[P]:
    """The homes by street, number, floor and door: 2 before 10, 2 before 2A, the ground floor before the first, left before right."""
    return sorted(homes, key=lambda home: (in_danish_order(home.street), _counted(home.number), _floor(home.floor), _door(home.door)))


def _counted(text: str) -> Place:
    found = _NUMBER.match(text)
    return (int(found[0]), in_danish_order(text[found.end() :])) if found else (_ANY_FLOOR, in_danish_order(text))


def _floor(floor: str) -> Place:
    name = floor.casefold().strip(" .")
    return (_BELOW[name], "") if name in _BELOW else _counted(name) if name else (0, "")


def _door(door: str) -> Place:
    name = door.casefold().replace(".", "").strip()
    return (_SIDES[name], "") if name in _SIDES else _counted(name) if name else (0, "")
