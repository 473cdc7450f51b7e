"""A home found by what somebody writes of its address, as people write one: "Storgade 2, 1.tv", "storg 12 a", "stuen til venstre"."""

from __future__ import annotations

import re
from unicodedata import normalize

from services.intake.home.rules.walking import Placed

SAID = {
    "stuen": "st", "stue": "st", "stueetagen": "st", "kælder": "kl", "kælderen": "kl", "kld": "kl",
    "venstre": "tv", "højre": "th", "midtfor": "mf", "midt": "mf",
}  # fmt: skip
LEFT_OUT = frozenset({"sal", "etage", "dør", "nr", "nummer", "lejlighed", "lejl", "bolig", "til"})
"""What says nothing of which home it is. The box above the list of homes leaves out the same (observation.js)."""
INSIDE = frozenset({"st", "kl", "tv", "th", "mf"})

_SIDES = re.compile(r"\b(t|m)\.\s?(v|h|f)\b\.?")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_LETTER_APART = re.compile(r"\b(\d+) ([^\W\d_])\b")


def words_of(text: str) -> tuple[str, ...]:
    """The words of it, letters and digits apart, and the words of a floor or a side as the register has them."""
    plain = _SIDES.sub(r"\1\2", normalize("NFC", text).casefold().replace("aa", "å"))
    words = (SAID.get(word, word) for word in _WORDS.findall(_LETTER_APART.sub(r"\1\2", plain)))
    return tuple(word for word in words if word not in LEFT_OUT)


def is_on(street: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words names this street: no home elsewhere is at all of them."""
    return any(_names(word, words_of(street)) for word in words)


def is_at(home: Placed, words: tuple[str, ...]) -> bool:
    """Whether every word stands in its address: of the street its beginning is enough; then come number, floor and door, in this order."""
    street = words_of(home.street)
    left = [word for part in (home.number, home.floor, home.door) for word in words_of(part)]
    has_street = has_number = False
    for word in words:
        if _names(word, street):
            has_street = True
        elif word in left and (has_number or word == left[0]):
            has_number = True
            del left[: left.index(word) + 1]
        else:
            return False
    return has_street


def _names(word: str, street: tuple[str, ...]) -> bool:
    return not word.isdigit() and word not in INSIDE and any(part.startswith(word) for part in street)


def one_address(home: Placed) -> tuple[tuple[str, ...], ...]:
    """The same for two homes that nobody can tell apart: `12A` is `12 a`, and `2. sal` is `2`."""
    return tuple(words_of(part) for part in (home.street, home.number, home.floor, home.door))
