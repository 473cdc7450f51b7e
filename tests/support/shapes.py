"""Every shape in which something was ever stored or said: a line in a file. No line is ever changed or taken out.

But for those that are moved (decision 0023): nothing that is read has them any more, and they stand in `first_release/`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

CONTRACTS = Path(__file__).parents[1] / "contracts"


def lines_of(name: str) -> list[dict[str, Any]]:
    """Every line of a file of `tests/contracts/`, as JSON."""
    return [json.loads(line) for line in (CONTRACTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def assert_in_order(names: Sequence[str]) -> None:
    """Names like `case.triaged.v2` stand by topic, then by version, each once, so that everybody finds the place of theirs."""
    for above, below in pairwise(names):
        assert above != below, f"{below} has two lines: what was stored or said once stays as it was, a new shape is a new version"
        assert _place(above) < _place(below), f"the line of {below} belongs above the line of {above}"


def _place(name: str) -> tuple[str, int]:
    topic, _, version = name.rpartition(".v")
    return topic, int(version)
