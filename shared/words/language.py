"""In which language somebody reads: Danish is what is written everywhere, English comes from a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, Protocol, cast

from babel import Locale
from babel.core import negotiate_locale
from babel.localedata import locale_identifiers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from shared.ground.errors import Refusal

Language = Literal["da", "en"]


class Asked(Protocol):
    """What a request says of the language that is wished; rules mark sentences too, and know no web."""

    @property
    def cookies(self) -> dict[str, str]: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def query_params(self) -> Mapping[str, str]: ...

    @property
    def state(self) -> Any: ...


LANGUAGES: tuple[Language, ...] = ("da", "en")
LANGUAGE_COOKIE = "lang"
CATALOGUE = Path(__file__).parent / "translations" / "en" / "LC_MESSAGES" / "messages.po"

_LOCALES: dict[Language, Locale] = {"da": Locale("da", "DK"), "en": Locale("en", "GB")}


def marked(text: str) -> str:
    """The same text: marks a Danish sentence in Python code so that it is put into the catalogue."""
    return text


def locale_of(language: Language) -> Locale:
    """How dates and numbers are written in a language."""
    return _LOCALES[language]


def language_name(code: str, language: Language) -> str:
    """What a language is called, by its code (`so` is somali); the code itself where nobody has named it."""
    name: str = _LOCALES[language].languages.get(code.split("-")[0], code)
    return name


def language_names(language: Language) -> list[tuple[str, str]]:
    """The languages that somebody writes programs or calendars in, by code and name, in the order of their names."""
    written = {identifier.split("_")[0] for identifier in locale_identifiers()}
    named = [(code, name) for code, name in _LOCALES[language].languages.items() if code in written]
    return sorted(named, key=lambda one: _in_order(one[1]))


def _in_order(name: str) -> list[int]:
    """As Danish sorts: æ, ø and å come last."""
    return [_ALPHABET.get(letter, ord(letter)) for letter in name.lower()]


_ALPHABET = {letter: 1000 + n for n, letter in enumerate("æøå")}


def language_of(request: Asked) -> Language:
    """The language of a request: what its form or `?lang=` wishes, else the cookie, else what the browser prefers, else Danish."""
    for wish in (wished(request), request.cookies.get(LANGUAGE_COOKIE)):
        if wish in LANGUAGES:
            return wish
    preferred = [part.partition(";")[0].strip().replace("-", "_") for part in request.headers.get("accept-language", "").split(",")[:8]]
    # A browser names its first choice first; weights that contradict the order are not worth a parser.
    spoken = negotiate_locale([wish.split("_")[0] for wish in preferred], LANGUAGES)
    return cast(Language, spoken or "da")


def wished(request: Asked) -> str | None:
    """The language that was asked for just now, in a form or in the address."""
    return getattr(request.state, "language", None) or request.query_params.get("lang")


@cache
def translations(language: Language) -> NullTranslations:
    """The catalogue of a language, compiled in memory from the file that people edit."""
    if language == "da":
        return NullTranslations()
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def translated(text: str, language: Language, values: Mapping[str, object] | None = None) -> str:
    """A Danish sentence in a language, with its values put in; stays Danish when nobody has translated it."""
    spoken = translations(language).gettext(text) if text else ""
    return spoken % values if values else spoken


def in_a_terminal(refusal: Refusal) -> str:
    """Why something was refused and what to do, in English as all that the commands of an operator say."""
    return " ".join(translated(sentence, "en") for sentence in (str(refusal), refusal.next_step) if sentence)
