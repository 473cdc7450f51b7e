"""What a code is: plain text for machines, with the words people read beside it in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Label:
    """The words for one code, and a line that explains it where that helps."""

    da: str
    en: str
    hint_da: str = ""
    hint_en: str = ""


class Code(StrEnum):
    """A list of codes, each with its words: `ACUTE = "acute", "Akut", "Acute"`, and a Danish and an English hint where that helps.

    A list grows where it reads best. Nothing that was stored or sent is ever taken out of it: events, rows and messages
    hold the plain text, and a text that is on no list (any more, or yet) is shown as it is.
    """

    _value_: str
    label: Label

    def __new__(cls, code: str, da: str = "", en: str = "", hint_da: str = "", hint_en: str = "") -> Self:
        """The text itself, knowing what it is called."""
        made = str.__new__(cls, code)
        made._value_ = code
        made.label = Label(da, en, hint_da, hint_en)
        return made


@dataclass(frozen=True, slots=True)
class Since(Generic[T]):
    """A code that came after the first procedures: with which release, and what holds under every procedure that does not name it.

    A case stays under the version it began with, for years, so that what an association agreed on may say nothing about it.
    """

    release: str
    meanwhile: T


def one_of(codes: Iterable[Code]) -> dict[str, Any]:
    """What a JSON Schema says of a text that is one of these codes, and nothing else."""
    return {"enum": [code.value for code in codes]}
