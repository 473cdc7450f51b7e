"""The rules for the few words somebody may write freely: short, readable, and without a CPR number."""

from __future__ import annotations

import re
import unicodedata

from shared.ground.errors import Refusal

AT_MOST = 500
"""Characters in a free text (domain.md §2.6)."""

_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ALLOWED_CONTROLS = frozenset("\n\t")
# As the field of a form shows it: six digits, a gap, four digits. Whether the date exists does not matter; a mistyped number points at
# somebody too.
_AS_PRINTED = re.compile(
    "(?<![\\d+])\\d{6}(?:[ \u00a0\u2009\u202f][-\u2010-\u2015\u2212]?|[-\u2010-\u2015\u2212])[ \u00a0\u2009\u202f]?\\d{4}(?!\\d)"
)
# Ten digits in any other writing are a number only when they begin with a day and a month. What stands behind a plus is a telephone.
# Modulus 11 is not asked: since 2007 numbers are given out that do not fulfil it.
_BETWEEN = "[\\s./_:\u00b7\\-\u2010-\u2015\u2212]{0,3}"
_IN_PARTS = re.compile(rf"(?<![\d+])(\d\d){_BETWEEN}(\d\d){_BETWEEN}\d\d{_BETWEEN}\d{{4}}(?!\d)")
_LETTER_FOR_ZERO = re.compile(r"(?<=\d)[oO]|[oO](?=\d)")
_DAYS = frozenset((*range(1, 32), *range(41, 72), *range(61, 92)))
"""Days of the month as they stand in a number: 40 or 60 is added in those that are given to people without a register entry."""
_MONTHS = range(1, 13)


class TextTooLong(Refusal):
    """Teksten er for lang."""

    next_step = "Skriv kort, hvad du så. Resten kan du fortælle, når du bliver ringet op."

    def __init__(self, *, field: str = "", at_most: int = AT_MOST) -> None:
        super().__init__(field=field)
        self.at_most = at_most


class TextHoldsCprNumber(Refusal):
    """Teksten ser ud til at indeholde et CPR-nummer."""

    next_step = "Fjern nummeret. Boligen og lejemålet er nok; vi gemmer aldrig CPR-numre."


class TextHoldsControlCharacters(Refusal):
    """Teksten indeholder usynlige styretegn."""

    next_step = "Skriv teksten selv i stedet for at kopiere den ind, eller indsæt den som ren tekst."


class TextIsMissing(Refusal):
    """Her mangler der tekst."""

    next_step = "Skriv kort, hvad du så."


def free_text(text: str, *, field: str = "", at_most: int = AT_MOST) -> str:
    """The text as it may be kept: NFC, line ends as one character, no blanks around it; may be empty.

    Raises `TextHoldsControlCharacters`, `TextTooLong` (characters, not bytes), `TextHoldsCprNumber` (domain.md §2.2, §2.6).
    """
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not _is_plain(kept) and any(_is_forbidden(character) for character in kept):
        raise TextHoldsControlCharacters(field=field)
    if len(kept) > at_most:
        raise TextTooLong(field=field, at_most=at_most)
    if holds_cpr_number(kept):
        raise TextHoldsCprNumber(field=field)
    return kept


def needed_text(text: str, *, field: str = "", at_most: int = AT_MOST) -> str:
    """As `free_text`, and there must be something; raises `TextIsMissing` too."""
    kept = free_text(text, field=field, at_most=at_most)
    if not kept:
        raise TextIsMissing(field=field)
    return kept


def holds_cpr_number(text: str) -> bool:
    """Whether something in the text looks like a CPR number: in any digits, with gaps, dots or lines between, or an O for a zero.

    Invisible characters between the digits do not hide it.
    """
    visible = text if _is_plain(text) else "".join(character for character in text if unicodedata.category(character) != "Cf")
    digits = _LETTER_FOR_ZERO.sub("0", visible)
    return _AS_PRINTED.search(digits) is not None or any(
        int(found[1]) in _DAYS and int(found[2]) in _MONTHS for found in _IN_PARTS.finditer(digits)
    )


def _is_plain(text: str) -> bool:
    """Whether a text holds nothing but what prints, blanks and our line ends; answered without looking at each character."""
    return text.replace("\n", " ").replace("\t", " ").isprintable()


def _is_forbidden(character: str) -> bool:
    if character in _BIDI_OVERRIDES:
        return True
    # Cs: half a character, which no storage can hold
    return unicodedata.category(character) in ("Cc", "Cs") and character not in _ALLOWED_CONTROLS
