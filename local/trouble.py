"""What to say when the machine will not let Brobygger start."""

from __future__ import annotations


class CannotStart(Exception):
    """Something outside the program has to change first: what is wrong in Danish and English, and what to do."""

    def __init__(self, what: str, *, next_step: str = "", english: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step
        self.english = english

    def __str__(self) -> str:
        lines = [self.what]
        if self.next_step:
            lines.append(f"  → {self.next_step}")
        if self.english:
            lines.append(f"  ({self.english})")
        return "\n".join(lines)
