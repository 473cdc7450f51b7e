"""A table as text that a Danish spreadsheet opens as it is meant, and never runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from shared.ground.working_days import ZONE

Cell = str | int | float | datetime | None
BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, spreadsheets take the letters æ, ø and å for something else."""


def harmless(cell: str) -> str:
    """The same text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(BEGINS_A_FORMULA) or cell.startswith(BEGINS_A_FORMULA) else cell


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
