"""The rules for the few words somebody may write freely: short, readable, and without a CPR number."""

from __future__ import annotations

import re
import unicodedata

from shared.ground.errors import Refusal

AT_MOST = 500
"""Characters in a free text (domain.md §2.6)."""

_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ALLOWED_CONTROLS = frozenset("\n\t")
_GAP = "[ \u00a0\u2009\u202f]?[-\u2010-\u2015\u2212]?[ \u00a0\u2009\u202f]?"
# Six digits, perhaps a gap, four digits, and no digit on either side: what a CPR number looks like. Whether the date
# exists does not matter; a mistyped number points at somebody too.
_LIKE_CPR = re.compile(rf"(?<!\d)\d{{6}}{_GAP}\d{{4}}(?!\d)")


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
    """Whether something in the text looks like a CPR number; invisible characters between the digits do not hide it."""
    visible = text if _is_plain(text) else "".join(character for character in text if unicodedata.category(character) != "Cf")
    return _LIKE_CPR.search(visible) is not None


def _is_plain(text: str) -> bool:
    """Whether a text holds nothing but what prints, blanks and our line ends; answered without looking at each character."""
    return text.replace("\n", " ").replace("\t", " ").isprintable()


def _is_forbidden(character: str) -> bool:
    if character in _BIDI_OVERRIDES:
        return True
    # Cs: half a character, which no storage can hold
    return unicodedata.category(character) in ("Cc", "Cs") and character not in _ALLOWED_CONTROLS
