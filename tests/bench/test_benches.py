"""Every bench runs in its tiny size and says what it measured; how fast it was is read in bench/results.md, never asserted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench import history, machine, morning, page, pipeline, rebuilding, registering, result, ten_years
from bench.result import Measured, Row, median_ratio
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer


def are_complete(rows: list[Row]) -> bool:
    return bool(rows) and all(row.ratio > 0 and row.what and row.against and row.detail for row in rows)


async def test_registering_is_measured(postgres: PostgresServer) -> None:
    assert are_complete(await registering.measure(postgres, quick=True))


async def test_the_way_to_a_figure_is_measured(postgres: PostgresServer, broker: Broker) -> None:
    assert are_complete(await pipeline.measure(postgres, broker, quick=True))


async def test_rebuilding_is_measured(postgres: PostgresServer) -> None:
    assert are_complete(await rebuilding.measure(postgres, quick=True))


async def test_verifying_is_measured(postgres: PostgresServer) -> None:
    assert are_complete(await history.measure_verifying(postgres, quick=True))


async def test_growth_is_measured(postgres: PostgresServer) -> None:
    assert are_complete(await history.measure_growth(postgres, quick=True))


async def test_the_page_of_a_case_is_measured(postgres: PostgresServer) -> None:
    assert are_complete(await page.measure(postgres, quick=True))


async def test_the_pages_after_ten_years_are_measured(postgres: PostgresServer) -> None:
    assert are_complete(await ten_years.measure(postgres, quick=True))


@pytest.mark.processes
async def test_a_morning_is_measured(postgres: PostgresServer) -> None:
    assert are_complete(await morning.measure(postgres, quick=True))


@pytest.mark.processes
async def test_starting_and_memory_are_measured() -> None:
    assert are_complete(await machine.measure(quick=True))


def test_a_ratio_must_reach_its_bound_or_stay_under_it() -> None:
    def row(ratio: float, *, at_least: bool) -> Row:
        return Row(what="this", against="that", ratio=ratio, bound=0.5, at_least=at_least, detail="1 against 2")

    assert [row(ratio, at_least=True).holds for ratio in (0.49, 0.5, 0.51)] == [False, True, True]
    assert [row(ratio, at_least=False).holds for ratio in (0.49, 0.5, 0.51)] == [True, True, False]


def test_the_ratio_is_taken_between_neighbours() -> None:
    assert median_ratio([(1, 2), (30, 60), (2, 1)]) == 0.5


def test_rows_of_a_bench_that_was_not_run_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result, "FOLDER", tmp_path)

    def measured(bench: str, ratio: float) -> Measured:
        row = Row(what=f"{bench} work", against="a floor", ratio=ratio, bound=1, at_least=True, detail="")
        return Measured(bench=bench, rows=[row], load=0.5, at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC))

    result.write([measured("one", 1.0), measured("two", 2.0)], order=["one", "two"], remarks=["A remark"])
    result.write([measured("one", 0.25)], order=["one", "two"], remarks=["A remark"])

    kept = json.loads((tmp_path / "results.json").read_text())
    assert [(line["what"], line["ratio"], line["holds"]) for line in kept] == [("one work", 0.25, False), ("two work", 2.0, True)]
    assert "| one work | a floor | 0.25 | ≥ 1 | **no** |  | 2026-03-03 09:00 | 0.5 |" in (tmp_path / "results.md").read_text()
