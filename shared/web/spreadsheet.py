"""A table as text that a Danish spreadsheet opens as it is meant, and never runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from shared.ground.working_days import ZONE

Cell = str | int | float | datetime | None
BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, spreadsheets take the letters æ, ø and å for something else."""


_MONTH: Final = (
    r"(?:jan(?:uary?|uar)?|feb(?:ruary?|ruar)?|mar(?:ts|ch)?|apr(?:il)?|ma[jy]|jun[ie]?|jul[iy]?|aug(?:ust)?|sept?(?:ember)?"
    r"|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ANOTHER: Final = re.compile(
    rf"\d{{1,2}}[-./ ]*{_MONTH}(?:[-./ ]*\d{{2,4}})?"  # a day: 3. mar, 1-jan-26
    rf"|{_MONTH}[-./ ]*\d{{1,4}}"  # a month: januar 2026
    r"|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?"  # a day or a month: 3-12, 2026-01
    r"|\d{1,2}:\d{2}(?::\d{2})?"  # a time
    r"|0\d+|\d{16,}|\d+(?:[.,]\d+)?e\d+",  # a number without its zeros, its end, or its form: 0012, 12e5
    re.IGNORECASE,
)


def is_taken_for_another(cell: str) -> bool:
    """Whether a spreadsheet, Danish or English, would take a text for a day, a time or a number that it is not, and show that for good."""
    return _ANOTHER.fullmatch(cell.strip()) is not None


def harmless(cell: str) -> str:
    """The same text, with an apostrophe before what a spreadsheet would take for a formula, or for another thing than is written."""
    is_run = cell.lstrip(" ").startswith(BEGINS_A_FORMULA) or cell.startswith(BEGINS_A_FORMULA)
    return f"'{cell}" if is_run or is_taken_for_another(cell) else cell


def written(rows: Iterable[Sequence[Cell]]) -> str:
    """As text, separated by semicolons; a moment in Danish time, as a Danish spreadsheet reads one."""
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([_text(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + file.getvalue()


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return harmless(cell)
        case datetime():
            return f"{cell.astimezone(ZONE):%d-%m-%Y %H:%M:%S}"
        case _:
            return str(cell).replace(".", ",")
