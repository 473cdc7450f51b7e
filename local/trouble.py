"""What to say when the machine will not let Brobygger start."""

from __future__ import annotations


class CannotStart(Exception):
    """Something outside the program has to change first; the Danish text says what, `next_step` says how."""

    def __init__(self, what: str, *, next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.what}\n  → {self.next_step}" if self.next_step else self.what
