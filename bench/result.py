"""One measured row, and the two files the rows are kept in."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
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

    def as_json(self) -> dict[str, object]:
        sign = "≥" if self.at_least else "≤"
        return {
            "what": self.what, "against": self.against, "ratio": round(self.ratio, 3), "bound": f"{sign} {self.bound:g}",
            "holds": self.holds, "detail": self.detail,
        }  # fmt: skip


def median_ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of the ratios of neighbouring rounds: what drifts on the machine touches both sides of a pair."""
    return statistics.median(mine / floor for mine, floor in pairs)


def write(rows: Iterable[Row], *, remarks: Sequence[str]) -> None:
    """Keep the rows for people and for programs; rows measured earlier and not now are kept as they were."""
    rows = list(rows)
    file = FOLDER / "results.json"
    before = {row["what"] + row["against"]: row for row in json.loads(file.read_text())} if file.exists() else {}
    before |= {row.what + row.against: row.as_json() for row in rows}
    lines = list(before.values())
    file.write_text(json.dumps(lines, ensure_ascii=False, indent=1) + "\n")
    table = ["| what | against | ratio | bound | holds | measured |", "| --- | --- | --- | --- | --- | --- |"]
    table += [
        f"| {r['what']} | {r['against']} | {r['ratio']} | {r['bound']} | {'yes' if r['holds'] else '**no**'} | {r['detail']} |" for r in lines
    ]
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    said = [f"# Measured {datetime.now(UTC):%Y-%m-%d}", "", f"{machine}; {libraries}.", *(f"{remark}." for remark in remarks), ""]
    said += ["Every ratio comes from neighbouring rounds in one run; `make bench` makes this page.", "", *table, ""]
    (FOLDER / "results.md").write_text("\n".join(said))
