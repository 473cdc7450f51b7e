"""What an operator reads: every line is JSON and says when, which service and what; never anything about anybody."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from shared.ground.logs import AGAIN_AFTER_SECONDS, OnceInAWhile

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.processes


def written_by(program: str) -> list[dict[str, object]]:
    """The lines a process of its own writes to standard error."""
    begin = "import logging, structlog\nfrom shared.ground.logs import write_logs\nwrite_logs(service='cases', role='relay')\n"
    ran = subprocess.run([sys.executable, "-c", begin + program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return [json.loads(line) for line in ran.stderr.splitlines()]


def test_a_library_is_quoted_without_what_it_put_into_its_sentence() -> None:
    [line] = written_by("logging.getLogger('aiokafka.client').error('Unable connect to node with id %s', 'plantet')")
    assert line.pop("timestamp")
    assert line == {
        "event": "library", "level": "error", "logger": "aiokafka.client", "said": "Unable connect to node with id %s",
        "service": "cases", "role": "relay",
    }  # fmt: skip


def test_one_that_may_quote_people_is_not_quoted_at_all() -> None:
    [line] = written_by("logging.getLogger('asyncpg.pool').warning('plantet')")
    assert (line["logger"], "said" in line, "plantet" in str(line)) == ("asyncpg.pool", False, False)


def test_an_error_is_one_line_with_its_class_and_places_and_not_its_words() -> None:
    program = "try:\n    raise ValueError('plantet')\nexcept ValueError:\n    logging.getLogger('asyncio').exception('Task failed')"
    [line] = written_by(program)
    assert line["exception"] == ["ValueError", "<string>:5 <module>"]
    assert "plantet" not in str(line)


def test_our_own_lines_say_the_service_and_the_role() -> None:
    [line] = written_by("structlog.get_logger().info('relay.sent', messages=3)")
    assert {name: line[name] for name in ("event", "service", "role", "messages")} == {
        "event": "relay.sent", "service": "cases", "role": "relay", "messages": 3,
    }  # fmt: skip


def test_the_same_sentence_is_one_line_a_minute_and_says_how_many_there_were() -> None:
    now = 0.0
    filtering = OnceInAWhile(clock=lambda: now)

    def said(sentence: str = "Unable connect to %s", value: object = "kafka:9092") -> logging.LogRecord | None:
        record = logging.LogRecord("aiokafka", logging.ERROR, "", 0, sentence, (value,), None)
        return record if filtering.filter(record) else None

    assert said() is not None
    assert [said(value=number) for number in range(999)] == [None] * 999
    assert said("Another sentence") is not None
    now = AGAIN_AFTER_SECONDS
    again = said()
    assert again is not None
    assert again.__dict__["held_back"] == 999


@pytest.mark.parametrize("role", ["relay", "serve"])
def test_a_process_says_first_that_it_starts(role: str) -> None:
    ran = written_by(f"from shared.running.cli import _starts\n_starts({role!r}, listen='127.0.0.1:8000')")
    assert [(line["event"], line["role"], line["listen"]) for line in ran] == [("process.starts", role, "127.0.0.1:8000")]
    assert ran[0]["version"]
