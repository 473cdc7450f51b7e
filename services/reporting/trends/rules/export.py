"""A table as a file that a spreadsheet opens and never runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, spreadsheets take the letters æ, ø and å for something else."""


def harmless(cell: str) -> str:
    """The same text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(BEGINS_A_FORMULA) or cell.startswith(BEGINS_A_FORMULA) else cell


def written(heading: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """The lines under their heading, separated by semicolons."""
    file = io.StringIO()
    table = csv.writer(file, delimiter=";", lineterminator="\r\n")
    table.writerow(heading)
    table.writerows([harmless(cell) for cell in line] for line in lines)
    return BYTE_ORDER_MARK + file.getvalue()
