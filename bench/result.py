"""One measured row, and the two files the rows are kept in."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).parent
LIBRARIES = ("fastapi", "asyncpg", "aiokafka", "eventsourcing", "pydantic", "cryptography")


@dataclass(frozen=True, kw_only=True)
class Row:
    """What was measured against what. `at_least` says whether the ratio must reach the bound or stay under it."""

    what: str
    against: str
    ratio: float
    bound: float
    at_least: bool
    detail: str

    @property
    def holds(self) -> bool:
        return self.ratio >= self.bound if self.at_least else self.ratio <= self.bound

    @property
    def bound_in_words(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"

    def as_json(self) -> dict[str, object]:
        return {
            "what": self.what, "against": self.against, "ratio": round(self.ratio, 3), "bound": self.bound_in_words,
            "holds": self.holds, "detail": self.detail,
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The rows of one bench, and how busy the machine was before it began: a number of programs that wanted a core."""

    bench: str
    rows: Sequence[Row]
    load: float
    at: datetime


def median_ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of the ratios of neighbouring rounds: what drifts on the machine touches both sides of a pair."""
    return statistics.median(mine / floor for mine, floor in pairs)


def write(measured: Sequence[Measured], *, order: Sequence[str], remarks: Sequence[str]) -> None:
    """Keep the rows for people and for programs; those of a bench that was not run now are kept as they were."""
    file = FOLDER / "results.json"
    kept: dict[str, list[Mapping[str, object]]] = {}
    for line in json.loads(file.read_text()) if file.exists() else []:
        kept.setdefault(line["bench"], []).append(line)
    for each in measured:
        about = {"bench": each.bench, "measured": f"{each.at:%Y-%m-%d %H:%M}", "load": round(each.load, 1)}
        kept[each.bench] = [{**about, **row.as_json()} for row in each.rows]
    lines = [line for bench in order for line in kept.get(bench, [])]
    file.write_text(json.dumps(lines, ensure_ascii=False, indent=1) + "\n")
    table = [
        "| what | against | ratio | bound | holds | measured | when (UTC) | load before |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    columns = ("what", "against", "ratio", "bound", "holds", "detail", "measured", "load")
    for line in lines:
        said_of = {**line, "holds": "yes" if line["holds"] else "**no**"}
        table.append(f"| {' | '.join(str(said_of[name]) for name in columns)} |")
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    said = [f"# Measured {datetime.now(UTC):%Y-%m-%d}", "", f"{machine}; {libraries}.", *(f"{remark}." for remark in remarks), ""]
    said += [
        "Every ratio comes from neighbouring rounds in one run; `make bench` makes this page. The load is the average over the",
        "minute before a row was measured: above the number of cores the machine was busy with something else.",
        "", *table, "",
    ]  # fmt: skip
    (FOLDER / "results.md").write_text("\n".join(said))
