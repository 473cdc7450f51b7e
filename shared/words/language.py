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
    return sorted(named, key=lambda one: in_danish_order(one[1]))


def in_danish_order(name: str) -> str:
    """What a name is sorted by: letters as the Danish alphabet orders them; a double a is an å (Retskrivningsordbogen §4)."""
    return name.casefold().replace("aa", "å").translate(_LETTERS)


_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "é": "e", "è": "e", "ü": "y"})
"""Æ, ø and å stand behind z, where the three characters behind it in ASCII are."""


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
