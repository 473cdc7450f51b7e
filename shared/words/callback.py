"""What somebody wrote who wants to be called, as one text: sealed as the words of a concern, and read again by whoever calls back."""

from __future__ import annotations

import re
from dataclasses import dataclass

NAME, PHONE, WHEN = "Navn: ", "Telefon: ", "Ring: "

_NUMBER = re.compile(r"\btelefon:? (\+?\d{7,17})", re.IGNORECASE)
"""Also as the releases before wrote it, in the middle of the first line."""


@dataclass(frozen=True, slots=True)
class CallBack:
    """Whom to call, and when."""

    phone: str
    name: str = ""
    when: str = ""
    words: str = ""
    """What else they wrote."""

    def written(self) -> str:
        """All of it as one text, a line for each."""
        lines = ((NAME, self.name), (PHONE, self.phone), (WHEN, self.when))
        return "\n".join([*(f"{what}{text}" for what, text in lines if text), *([self.words] if self.words else [])])


def read_call_back(text: str) -> CallBack | None:
    """Whom to call, where the text says so; what somebody wrote themselves never changes the number above it."""
    number = _NUMBER.search(text)
    if number is None:
        return None
    said = {NAME: "", PHONE: "", WHEN: ""}
    lines = text.split("\n")
    while lines and (what := next((what for what in said if lines[0].startswith(what) and not said[what]), "")):
        said[what] = lines.pop(0).removeprefix(what)
    return CallBack(phone=said[PHONE] or number[1], name=said[NAME], when=said[WHEN], words="\n".join(lines))
