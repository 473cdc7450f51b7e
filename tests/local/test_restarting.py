"""Whoever works on it sees what they changed: it starts again by itself, with the same data, and ends with one Ctrl-C."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from watchfiles import Change

from local.restarting import is_read_at_the_start
from tests.local.running import Run, beside
from tests.support.eventually import eventually


@pytest.mark.parametrize(
    ("file", "is_read"),
    [
        ("services/cases/case/templates/case.html", True),
        ("services/cases/case/rules/case.py", True),
        ("shared/web/static/brobygger.css", True),
        ("local/demo/bakkegaarden/procedure.yaml", True),
        ("shared/web/__pycache__/web.cpython-311.pyc", False),
        ("services/cases/case/rules/.case.py.swp", False),
        ("shared/words/translations/en/LC_MESSAGES/messages.mo", False),
    ],
)
def test_what_counts_as_a_change(file: str, is_read: bool) -> None:
    assert is_read_at_the_start(Change.modified, file) == is_read


async def test_it_starts_again_when_a_file_changes_and_ends_with_one_ctrl_c(up: Callable[..., Run], place: Path) -> None:
    watched = place / "code"
    watched.mkdir()
    run = up(command="dev", arguments=("home", "--watch", str(watched)))

    def process() -> int:
        """The process that holds the data, once everything was played; 0 between two of them."""
        assert run.process.poll() is None or run.fails_with(run.said)
        try:
            return int(json.loads((run.data / "running.json").read_text())["pid"]) if (run.data / "played.json").exists() else 0
        except (OSError, ValueError):
            return 0

    before = await eventually(process, within=300)
    (watched / "page.html").write_text("<p>Nyt</p>")
    await eventually(lambda: process() not in (0, before) and run.said.count("Vælg et rollekort") == 2, within=120)
    assert "page.html er ændret. Starter igen" in run.said
    await run.ready()
    assert run.interrupt() == 0
    assert beside(run.data) == []
