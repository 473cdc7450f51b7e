"""A file that a spreadsheet opens and never runs."""

from __future__ import annotations

import pytest

from services.reporting.trends.queries.export import harmless, written


@pytest.mark.parametrize("cell", ["=1+1", "+45", "-1", "@a", "\t=1", "\r=1", " =1", "\n=1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Aaby", "12", "a=b", "", "skjult"])
def test_what_it_would_not_run_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


def test_lines_stand_under_their_heading() -> None:
    assert written(("hvad", "tal"), [("Åby; øst", "5"), ("=x", "7")]) == '\ufeffhvad;tal\r\n"Åby; øst";5\r\n\'=x;7\r\n'
