"""Small count rounding, in its controlled form: every number that is published is a multiple of five (decision 0033).

Rounding small counts so that every table still adds up is Statistics Norway's method (Heldal 2017; Langsrud & Heldal 2018).
Who goes up is drawn as Fellegi (1975) and Cox (1987) have it, so that each number is right on average, by the pivotal
method (Deville & Tillé 1998). Along time there is one lot for the whole year, so that what months add up to is never five
from the truth. The lots come from a secret and the name of what is rounded: asked again, the same number comes out.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

BASE: Final = 5

Node = tuple[str, ...]
"""What is counted, as names and codes by turns: `("municipality", "aadal", "estate", "afd-01")`. The empty one is all."""


class Lots:
    """Numbers drawn by lot: for one secret and one name always the same."""

    def __init__(self, secret: bytes, *name: str) -> None:
        self._key = hmac.digest(secret, "\0".join(name).encode(), "sha256")
        self._drawn = 0

    def below(self, bound: int) -> int:
        """A number from 0 up to, but not, `bound`."""
        self._drawn += 1
        return int.from_bytes(hmac.digest(self._key, self._drawn.to_bytes(8, "big"), "sha256"), "big") % bound


def along(before: int, count: int, *, start: int) -> int:
    """What a month's count is rounded to, after so many in the year before it; `start` is the year's lot, below `BASE`.

    Each stretch of months is rounded up or down to a neighbouring multiple, whatever its length.
    """
    return BASE * ((start + before + count) // BASE - (start + before) // BASE)


def parts(whole: int, counts: Mapping[str, int], lots: Lots) -> dict[str, int]:
    """Each count rounded up or down to a neighbouring multiple, by lot and right on average, so that together they are the rounded whole.

    Two that are between multiples meet: one of them takes what both are over, or goes up. What the last one is left with is
    what the whole is over; it goes up if the whole did. A count that is a multiple stays as it is, and so does a nothing.
    """
    rounded = {code: count - count % BASE for code, count in counts.items()}
    between = [(code, counts[code] % BASE) for code in sorted(counts) if counts[code] % BASE]
    held, over = "", 0
    for _, code, own in sorted((lots.below(2**64), code, own) for code, own in between):
        both = over + own
        if both < BASE:
            held = code if lots.below(both) < own else held
            over = both
        else:
            up, left = (held, code) if lots.below(2 * BASE - both) < BASE - own else (code, held)
            rounded[up] += BASE
            held, over = left, both - BASE
    if over and sum(rounded.values()) < whole:
        rounded[held] += BASE
    return rounded


def tables(whole: int, counts: Mapping[Node, int], secret: bytes, *name: str) -> dict[Node, int]:
    """Every node rounded from the top down, so that the parts of each are what it is."""
    children: dict[tuple[Node, str], dict[str, int]] = defaultdict(dict)
    for node, count in counts.items():
        if node:
            children[node[:-2], node[-2]][node[-1]] = count
    rounded: dict[Node, int] = {(): whole}
    for parent, dimension in sorted(children, key=lambda of: (len(of[0]), of)):
        found = parts(rounded[parent], children[parent, dimension], Lots(secret, *name, *parent, dimension))
        rounded.update({(*parent, dimension, code): number for code, number in found.items()})
    return rounded
