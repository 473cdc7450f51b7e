"""The figures as a paper for a board meeting: A4, one question after another, the same bytes for the same release."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from fpdf import FPDF, FontFace

from services.reporting.trends.queries.figures import METHOD, NOT_SUBTRACTED
from shared.ground.spoken import number, percent, short_moment
from shared.words.language import Language, marked, translated

if TYPE_CHECKING:
    from services.reporting.trends.queries.figures import Figures, Line, Section

FONT: Final = "helvetica"
ENCODING: Final = "windows-1252"
"""What the fonts that every reader of PDF has can show."""
NAME_WIDTH, OTHER_WIDTH = 86, 28
"""Millimetres: a row's name, and each figure beside it."""

_COLUMNS: Final[tuple[tuple[str, Callable[[Line, Language], str]], ...]] = (
    (marked("Antal"), lambda line, _: line.said),
    (marked("Året før"), lambda line, _: line.said_before),
    (marked("Pr. 100 boliger"), lambda line, language: "" if line.per_hundred is None else number(line.per_hundred, language=language)),
    (marked("Andel"), lambda line, language: _share(line.percent, language)),
    (marked("Året før"), lambda line, language: _share(line.percent_before, language)),
    (marked("Mål"), lambda line, language: "" if line.target is None else percent(line.target / 100, language=language)),
    (marked("Halvdelen"), lambda line, _: line.half),
    (marked("9 af 10"), lambda line, _: line.most),
)


_WITH_A_STROKE: Final = str.maketrans("ŁłĐđĦħŦŧı", "LlDdHhTti")
"""What Unicode knows no letter and accent of."""


class _Paper(FPDF):
    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = ENCODING
        self._foot = foot

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(FONT, size=8)
        self.cell(text=f"{self._foot} · {self.page_no()}/{{nb}}")


def board_paper(figures: Figures, language: Language) -> bytes:
    """Everything that is published of the period, and what may not be read out of it."""

    def say(text: str) -> str:
        return translated(text, language)

    title = translated(marked("Tal for %(period)s"), language, {"period": figures.title})
    paper = _Paper(printable(f"{figures.association} · {title}".removeprefix(" · ")))
    paper.set_title(printable(title))
    paper.set_author(printable(figures.association))
    paper.set_lang("da-DK" if language == "da" else "en-GB")
    # The same bytes each time: of what was published, and not of when it was asked for.
    paper.set_creation_date(figures.released_at or datetime(figures.period.year, 1, 1, tzinfo=UTC))
    paper.add_page()
    paper.set_font(FONT, size=11)
    _write(paper, figures.association)
    paper.set_font(FONT, style="B", size=20)
    _write(paper, title)
    paper.set_font(FONT, size=11)
    _write(paper, " ".join((say(marked("Bekymringer, sager og henvisninger. Tal, aldrig personer.")), *figures.about)))
    for sentence in figures.not_yet_exact:
        _write(paper, sentence)
    if figures.released_at:
        _write(paper, f"{say(marked('Offentliggjort'))}: {short_moment(figures.released_at, language=language)}")
    for section in figures.sections.values():
        _section(paper, section, language)
    paper.ln(5)
    for sentence in (NOT_SUBTRACTED, *METHOD):
        _write(paper, say(sentence))
    return bytes(paper.output())


def _section(paper: _Paper, section: Section, language: Language) -> None:
    columns = [column for column in _COLUMNS if any(column[1](line, language) for line in section.lines)]
    rows = [[_name(line), *(of(line, language) for _, of in columns)] for line in section.lines]
    heading = [translated(marked("Hvad"), language), *(translated(name, language) for name, _ in columns)]
    paper.ln(5)
    # A question does not begin where only its name has room.
    if paper.will_page_break(30):
        paper.add_page()
    paper.set_font(FONT, style="B", size=13)
    _write(paper, section.title)
    paper.set_font(FONT, size=9)
    _write(paper, section.period)
    widths = (NAME_WIDTH, *[OTHER_WIDTH] * len(columns))
    aligned = ("LEFT", *["RIGHT"] * len(columns))
    bold = FontFace(emphasis="BOLD", fill_color=(232, 240, 241))
    with paper.table(col_widths=widths, width=sum(widths), align="LEFT", text_align=aligned, headings_style=bold, line_height=5.5,
                     borders_layout="HORIZONTAL_LINES") as table:  # fmt: skip
        for row in (heading, *rows):
            table.row([printable(cell) for cell in row])
    if section.whole:
        _write(paper, translated(marked("%(count)s i alt"), language, {"count": section.whole}))


def _share(share: int | None, language: Language) -> str:
    if share is None:
        return ""
    if share == 0:
        return translated(marked("få eller ingen"), language)
    return translated(marked("ca. %(percent)s %%"), language, {"percent": share})


def _name(line: Line) -> str:
    return f"{line.name} ({line.part_of})" if line.part_of else line.name


def _write(paper: FPDF, text: str) -> None:
    if text:
        paper.multi_cell(0, h=paper.font_size * 1.35, text=printable(text), new_x="LMARGIN", new_y="NEXT")


def printable(text: str) -> str:
    """A letter that the fonts lack without its accent, where it has one."""
    return "".join(each if _is_printable(each) else _plain(each) for each in text)


def _plain(letter: str) -> str:
    letter = letter.translate(_WITH_A_STROKE)
    return "".join(each for each in unicodedata.normalize("NFKD", letter) if _is_printable(each)) or "?"


def _is_printable(letter: str) -> bool:
    try:
        letter.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True
