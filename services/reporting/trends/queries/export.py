"""A table as files that a spreadsheet opens as it is meant, and never runs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from shared.ground.spoken import short_moment
from shared.web.spreadsheet import Cell
from shared.words.language import Language, marked, translated

if TYPE_CHECKING:
    from services.reporting.trends.queries.figures import Figures

HEADING: Final = (
    marked("afsnit"), marked("del af"), marked("navn"), marked("kode"), marked("antal"), marked("antal året før"),
    marked("pr. 100 boliger"), marked("procent"), marked("procent året før"), marked("mål i procent"), marked("halvdelen"),
    marked("9 af 10"),
)  # fmt: skip
ABOUT: Final = marked("Om tallene")


def rows_of(figures: Figures, language: Language) -> Iterator[tuple[Cell, ...]]:
    """Everything, a row for each line, under one heading; numbers are numbers, names stand beside codes."""
    yield tuple(translated(heading, language) for heading in HEADING)
    published = "" if figures.released_at is None else short_moment(figures.released_at)
    for name, value in (
        (marked("Boligorganisation"), figures.association),
        (marked("Periode"), figures.title),
        (marked("Til og med"), figures.until),
        (marked("Offentliggjort"), published),
    ):
        yield translated(ABOUT, language), value, translated(name, language), *[None] * (len(HEADING) - 3)
    for section in figures.sections.values():
        for line in section.lines:
            code = "" if section.code == "months" else line.code  # a spreadsheet would take it for a day
            yield (
                section.title, line.part_of, line.name, code, line.count, line.before, line.per_hundred, line.percent,
                line.percent_before, line.target, line.half, line.most,
            )  # fmt: skip


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
