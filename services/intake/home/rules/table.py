"""A file of rows as some system wrote it, in its encoding and with its own character between columns; what is wrong has its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize
from uuid import UUID

from shared.ground.errors import Refusal
from shared.ground.text_input import holds_cpr_number

MOST_BYTES = 12 * 1024 * 1024
"""Some 90,000 rows, which fit into the memory that a container of ours has."""
MOST_SHOWN = 40
"""Characters of what stood in a cell."""


class FileIsNoTable(Refusal):
    """Filen kan ikke læses som rækker."""

    next_step = "Gem den som CSV i UTF-8, med kolonnernes navne i den første række. Et regneark (.xlsx) kan ikke læses."


class FileIsTooLarge(Refusal):
    """Filen er for stor."""

    next_step = "Del den, og indlæs delene hver for sig."


class ColumnIsMissing(Refusal):
    """En kolonne mangler."""

    next_step = "Tilføj den, med dens navn i den første række."


class ColumnStandsTwice(Refusal):
    """Kolonnen er der to gange."""

    next_step = "Fjern den ene."


class ColumnIsUnknown(Refusal):
    """Kolonnen kendes ikke."""

    next_step = "Fjern den, eller giv den et af de navne, der står i vejledningen."


class ColumnHasNoName(Refusal):
    """En kolonne har intet navn, og der står noget i den."""

    next_step = "Fjern den, eller giv den et af de navne, der står i vejledningen."


class ColumnTellsWhoSomebodyIs(Refusal):
    """Kolonnen ser ud til at fortælle, hvem nogen er."""

    next_step = "Fjern den: navne, CPR-numre og måder at nå nogen på bliver i boligsystemet. Her står kun dets egne id'er."


class RowIsBroken(Refusal):
    """Rækken kan ikke læses: et citationstegn er åbnet og ikke lukket, eller en celle er meget lang."""

    next_step = "Ret rækken. Det, der står efter et åbent citationstegn, er ikke læst."


class RowIsTooLong(Refusal):
    """Rækken har flere celler, end der er kolonner."""

    next_step = "Sæt citationstegn om en tekst, som har skilletegnet i sig."


class ValueIsMissing(Refusal):
    """Der står ikke noget."""

    next_step = "Udfyld cellen."


class IdIsMalformed(Refusal):
    """Det er ikke et id, som boligsystemets beskeder kan nævne."""

    next_step = "Skriv det UUID, boligsystemet har for det, som 018f2a3b-0000-7000-8000-000000000001. Aldrig et navn eller et CPR-nummer."


class DayIsMalformed(Refusal):
    """Det er ikke en dato."""

    next_step = "Skriv 2026-10-01 eller 01-10-2026, med alle fire cifre i året."


class YesOrNoIsMalformed(Refusal):
    """Her kan der kun stå ja eller nej."""

    next_step = "Skriv ja eller nej, eller lad cellen være tom."


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column by its name, and by what systems call it."""

    name: str
    called: tuple[str, ...] = ()
    is_needed: bool = False
    is_told: bool = True
    """Whether what stands in it may be said again, to whoever has to put it right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong, where, and what was there; empty where that is not said."""

    line: int
    column: str
    found: str
    refusal: Refusal


@dataclass(kw_only=True, slots=True)
class Row:
    """A row, with the line it begins on, and what is wrong with it."""

    line: int
    columns: Mapping[str, Column]
    texts: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def wrong(self, name: str, refusal: Refusal, found: str | None = None) -> None:
        """Note what is wrong in a column."""
        column = self.columns.get(name)
        told = shown(self.text(name) if found is None else found) if column is None or column.is_told else ""
        self.faults.append(Fault(line=self.line, column=name, found=told, refusal=refusal))

    def id(self, name: str) -> UUID | None:
        """An id of the ERP's own; `None` and a fault where it is none."""
        text = self.text(name)
        try:
            return UUID(text)
        except ValueError:
            self.wrong(name, IdIsMalformed() if text else ValueIsMissing())
            return None

    def day(self, name: str) -> date | None:
        """A day as one writes it in Denmark, or as ISO has it; `None` where there is none, with a fault where it cannot be one."""
        text = self.text(name)
        found = _ISO.fullmatch(text) or _DANISH.fullmatch(text)
        with suppress(ValueError):  # the thirtieth of February
            if found:
                return date(**{part: int(digits) for part, digits in found.groupdict().items()})
        if text:
            self.wrong(name, DayIsMalformed())
        return None

    def yes(self, name: str) -> bool | None:
        """Yes or no; `None` where it does not say, with a fault where it says something else."""
        text = self.text(name).casefold()
        if text and text not in _YES | _NO:
            self.wrong(name, YesOrNoIsMalformed())
        return text in _YES if text in _YES | _NO else None


def shown(text: str) -> str:
    """What stood there, for whoever has to put it right: one line, not much of it, and never a CPR number."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    if holds_cpr_number(plain):
        return ""
    return plain if len(plain) <= MOST_SHOWN else f"{plain[:MOST_SHOWN]}…"


def rows_of(content: bytes, columns: Sequence[Column]) -> tuple[Iterator[Row], list[Fault]]:
    """The rows that can be read, one by one; and what is wrong with the others, which is known when all are read.

    Raises `FileIsNoTable` and `FileIsTooLarge`.

    Where a heading is wrong, or missing above something, there are no rows: nobody knows what a column means that nobody knows.
    """
    text = _text(content)
    delimiter = max(";,\t|", key=lambda each: len(_known(_first(text, each), columns)))
    reader = _numbered(text, delimiter)
    line_of_headings, headings = next(reader, (1, None))
    if not headings or not _known(headings, columns):
        raise FileIsNoTable
    names = [_column(heading, columns) for heading in headings]
    faults = list(_wrong_headings(line_of_headings, headings, names, columns))
    if faults:
        return iter(()), faults
    nameless = [place for place, name in enumerate(names) if name is None]
    for line, cells in reader:
        if cells and any(cells[place : place + 1] not in ([], [""]) for place in nameless):
            return iter(()), [Fault(line=line, column="", found="", refusal=ColumnHasNoName())]
    return _rows(_numbered(text, delimiter), names, columns, faults, below=line_of_headings), faults


def _rows(
    reader: Iterator[tuple[int, list[str] | None]],
    names: Sequence[str | None],
    columns: Sequence[Column],
    faults: list[Fault],
    *,
    below: int,
) -> Iterator[Row]:
    by_name = {column.name: column for column in columns}
    for line, cells in reader:
        if line <= below:
            continue
        if cells is None:
            faults.append(Fault(line=line, column="", found="", refusal=RowIsBroken()))
        elif any(cells[len(names) :]):
            faults.append(Fault(line=line, column="", found="", refusal=RowIsTooLong()))
        elif any(cells):
            told = zip(names, cells, strict=False)
            yield Row(line=line, columns=by_name, texts={name: cell for name, cell in told if name})


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise FileIsTooLarge
    try:
        text = content.decode("utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else _in_utf8_or_windows(content)
    except UnicodeDecodeError:
        raise FileIsNoTable from None
    if "\0" in text:
        raise FileIsNoTable
    return normalize("NFC", text)


def _in_utf8_or_windows(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each record with the line it begins on; `None` for one that cannot be read. Excel's own first line says nothing."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [" ".join(cell.split()) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            yield line, None
            continue
        if cells and not (line == 1 and _EXCELS_OWN.fullmatch(delimiter.join(cells))):
            yield line, cells


def _first(text: str, delimiter: str) -> list[str]:
    return next((cells for _, cells in _numbered(text, delimiter) if cells is None or any(cells)), None) or []


def _known(headings: Sequence[str], columns: Sequence[Column]) -> set[str]:
    return {name for heading in headings if (name := _column(heading, columns))}


def _column(heading: str, columns: Sequence[Column]) -> str | None:
    plain = _BETWEEN.sub("", heading.casefold())
    return next((column.name for column in columns if plain in {_BETWEEN.sub("", each) for each in (column.name, *column.called)}), None)


def _wrong_headings(line: int, headings: Sequence[str], names: Sequence[str | None], columns: Sequence[Column]) -> Iterator[Fault]:
    seen: set[str] = set()
    for heading, name in zip(headings, names, strict=True):
        if name is None and heading:
            plain = _BETWEEN.sub("", heading.casefold())
            refusal = ColumnTellsWhoSomebodyIs() if any(word in plain for word in _WHO_SOMEBODY_IS) else ColumnIsUnknown()
            yield Fault(line=line, column=shown(heading), found="", refusal=refusal)
        elif name in seen:
            yield Fault(line=line, column=name or "", found=shown(heading), refusal=ColumnStandsTwice())
        seen |= {name} if name else set()
    for column in columns:
        if column.is_needed and column.name not in seen:
            yield Fault(line=line, column=column.name, found="", refusal=ColumnIsMissing())


def is_about(content: bytes, columns: Sequence[Column], others: Sequence[Column]) -> bool:
    """Whether its headings are these rather than the others. Raises as `rows_of`."""
    text = _text(content)

    def known(of: Sequence[Column]) -> int:
        return max(len(_known(_first(text, delimiter), of)) for delimiter in ";,\t|")

    return known(columns) > known(others)


_BETWEEN = re.compile(r"[\s_.\-/]+")
_EXCELS_OWN = re.compile(r"sep=.?", re.IGNORECASE)
_NO_HOUR = r"(?:[T ]00:00(?::00(?:[.,]0+)?)?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d){_NO_HOUR}")
_DANISH = re.compile(rf"(?P<day>\d\d?)[-./] ?(?P<month>\d\d?)[-./ ] ?(?P<year>\d{{4}}){_NO_HOUR}")
_YES = frozenset({"ja", "j", "yes", "y", "true", "sand", "1", "x"})
_NO = frozenset({"nej", "n", "no", "false", "falsk", "0"})
_WHO_SOMEBODY_IS = (
    "cpr", "personnummer", "personnr", "navn", "name", "født", "fødsel", "birth", "telefon", "phone", "mobil", "mail", "ssn",
)  # fmt: skip
"""What is in the headings of columns that say who somebody is, or how they are reached."""
