"""A file is opened by a spreadsheet as it is meant, and does nothing there."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from services.reporting.trends.queries.export import workbook
from shared.web.spreadsheet import harmless, written


@pytest.mark.parametrize("cell", ["=1+1", "+45", "-1", "@sum", "\t=1", "\r=1", " =1", "\n=1"])
def test_what_would_be_a_formula_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    (value,) = next(load_workbook(io.BytesIO(workbook([(cell.strip(),)]))).active.iter_rows(values_only=True))
    assert value == cell.strip()


def test_a_workbook_never_holds_a_formula() -> None:
    (cell,) = next(load_workbook(io.BytesIO(workbook([("=1+1",)]))).active.iter_rows())
    assert cell.data_type == "s"


OTHERS = [
    "januar 2026", "january 2026", "jan-26", "maj 5", "3. marts", "3. mar. 2026", "2026-01", "2026-01-31", "31-01-2026", "3-12", "1/2",
    "7:15", "0012", "12e5", "1,5E3", "12345678901234567",
]  # fmt: skip


@pytest.mark.parametrize("cell", OTHERS)
def test_what_would_become_a_day_a_time_or_another_number_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    (value,) = next(load_workbook(io.BytesIO(workbook([(cell,)]))).active.iter_rows(values_only=True))
    assert value == cell


KEPT = [
    "Bakken",
    "afd-01",
    "2026",
    "a=b",
    "i januar 2026",
    "januar–marts 2026",
    "1. kvartal 2026",
    "Augustenborg 3",
    "Marts",
    "0",
    "2-4-6-8",
    "3-årig",
]


@pytest.mark.parametrize("cell", KEPT)
def test_everything_else_stays(cell: str) -> None:
    assert harmless(cell) == cell


def test_the_file_is_semicolon_separated_with_a_mark_and_a_comma_in_numbers() -> None:
    assert written([("hvad", "tal"), ("Åby; by", 3), ("pr. 100", 2.5), ("ingen", None)]) == (
        '\ufeffhvad;tal\r\n"Åby; by";3\r\npr. 100;2,5\r\ningen;\r\n'
    )
