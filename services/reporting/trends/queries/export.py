"""A table as files that a spreadsheet opens as it is meant, and never runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from shared.ground.spoken import short_moment

if TYPE_CHECKING:
    from services.reporting.trends.queries.figures import Figures

Cell = str | int | float | None
BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, spreadsheets take the letters æ, ø and å for something else."""
HEADING: Final = (
    "afsnit", "del af", "navn", "kode", "antal", "antal året før", "pr. 100 boliger", "procent", "procent året før", "mål i procent",
    "halvdelen", "9 af 10",
)  # fmt: skip


def rows_of(figures: Figures) -> Iterator[tuple[Cell, ...]]:
    """Everything, a row for each line, under one heading; numbers are numbers, names stand beside codes."""
    yield HEADING
    published = "" if figures.released_at is None else short_moment(figures.released_at)
    for name, value in (
        ("Boligorganisation", figures.association),
        ("Periode", figures.title),
        ("Til og med", figures.until),
        ("Offentliggjort", published),
    ):
        yield "Om tallene", value, name, *[None] * (len(HEADING) - 3)
    for section in figures.sections.values():
        for line in section.lines:
            code = "" if section.code == "months" else line.code  # a spreadsheet would take it for a day
            yield (
                section.title, line.part_of, line.name, code, line.count, line.before, line.per_hundred, line.percent,
                line.percent_before, line.target, line.half, line.most,
            )  # fmt: skip


def harmless(cell: str) -> str:
    """The same text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(BEGINS_A_FORMULA) or cell.startswith(BEGINS_A_FORMULA) else cell


def written(rows: Iterable[Sequence[Cell]]) -> str:
    """As text, separated by semicolons."""
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([_text(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + file.getvalue()


def workbook(rows: Iterable[Sequence[Cell]]) -> bytes:
    """As a workbook of one sheet; every text is a text, also one that looks like a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Tal")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCD", (34, 22, 40, 26), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else str(cell).replace(".", ",")
