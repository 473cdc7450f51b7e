"""A table as files that a spreadsheet opens as it is meant, and never runs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from shared.ground.spoken import short_moment
from shared.web.spreadsheet import Cell, is_taken_for_another
from shared.words.language import Language, marked, translated

if TYPE_CHECKING:
    from services.reporting.trends.queries.figures import Figures

HEADING: Final = (
    marked("afsnit"), marked("periode"), marked("del af"), marked("navn"), marked("kode"), marked("antal"), marked("antal året før"),
    marked("afrundet"),
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
        (marked("Talt"), figures.counted),
        *((ABOUT, sentence) for sentence in (*figures.about, *figures.not_yet_exact)),
        (marked("Offentliggjort"), published),
    ):
        yield translated(ABOUT, language), "", _kept(value, language), translated(name, language), *[None] * (len(HEADING) - 4)
    rounded = translated(marked("ca."), language)
    for section in figures.sections.values():
        for line in section.lines:
            code = "" if section.code == "months" else line.code  # its name is enough
            count, before = (
                said if line.is_rounded and number == 0 else number
                for number, said in ((line.count, line.said), (line.before, line.said_before))
            )
            yield (
                section.title, _kept(section.period, language), line.part_of, _kept(line.name, language), code, count, before,
                rounded if line.is_rounded else "", line.per_hundred, _share(line.percent, language), _share(line.percent_before, language),
                line.target, line.half, line.most,
            )  # fmt: skip


def _share(percent: int | None, language: Language) -> Cell:
    """As the page says it: a share that the rounding made nothing of may be a little."""
    return translated(marked("få eller ingen"), language) if percent == 0 else percent


def _kept(name: str, language: Language) -> str:
    """A month said so that a spreadsheet keeps it, and makes no day of it (`jan-26`)."""
    return translated(marked("i %(month)s"), language, {"month": name}) if is_taken_for_another(name) else name


def workbook(rows: Iterable[Sequence[Cell]]) -> bytes:
    """As a workbook of one sheet; every text is a text, also one that looks like a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Tal")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDE", (34, 24, 22, 40, 26), strict=True):
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
