"""How tests are shared out when several workers run them: a file stays together, and so does everything that needs Kafka.

Each worker has its own PostgreSQL, browser and broker of the one-machine form; there is one Apache Kafka, for it is large.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from tests.support import marks

LONGEST_FIRST = ("kafka", "processes", "browser", "database", "quick")


def share_out(items: list[pytest.Item]) -> None:
    """Group the tests for the workers, those that take longest first, so that nobody waits for one of them at the end."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    groups: dict[str, list[pytest.Item]] = {}
    for item in items:
        groups.setdefault(group_of(item), []).append(item)
    for name, group in groups.items():
        for item in group:
            item.add_marker(pytest.mark.xdist_group(name))
    items[:] = [item for _, group in sorted(groups.items(), key=lambda named: rank(*named)) for item in group]


def group_of(item: pytest.Item) -> str:
    """What one worker does."""
    needs_kafka = {"broker", "any_broker"} & set(getattr(item, "fixturenames", ()))
    return "kafka" if needs_kafka else item.nodeid.split("::")[0]


def rank(name: str, group: Sequence[pytest.Item]) -> int:
    """How early a group begins."""
    has = {name}.union(*(marks.marks(item) for item in group))
    return next((place for place, mark in enumerate(LONGEST_FIRST) if mark in has), len(LONGEST_FIRST))
