"""What a test stands on, told by marks: most follow from the fixtures it asks for, and whoever asks for nothing is quick.

A quick test may start no program and speak over no socket. Who forgets to say so is stopped where it happens.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

MARKS = {
    "quick": "stands on nothing outside its process: rules, contracts, and whatever else is pure",
    "database": "needs PostgreSQL",
    "broker": "needs Kafka",
    "faults": "does to Kafka what no broker likes: kills it, empties it",
    "browser": "looks at pages in a browser",
    "processes": "starts programs",
    "sockets": "speaks over the network with what it started itself",
}
OF_FIXTURES = {
    "postgres": "database",
    "brokers": "broker",
    "any_broker": "faults",
    "browser": "browser",
    "any_browser": "browser",
    "new_secrets": "processes",
    "up": "processes",
    "mails": "sockets",
    "collector": "sockets",
}
"""A test that asks for the one, however many fixtures lie between, has the other."""

STARTS_PROGRAMS = frozenset({"subprocess.Popen", "os.posix_spawn", "os.fork", "os.forkpty", "os.exec", "os.system"})
SPEAKS_OVER_SOCKETS = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"})


class NotQuick(AssertionError):
    """A quick test stood on more than it said."""


def mark(item: pytest.Item) -> None:
    """Give a test the marks that follow from its fixtures; `quick` where it has none of ours."""
    for name in of_fixtures(getattr(item, "fixturenames", ())):
        item.add_marker(name)
    if not marks(item):
        item.add_marker("quick")


def of_fixtures(fixtures: Iterable[str]) -> set[str]:
    """The marks that follow from these fixtures."""
    return {OF_FIXTURES[fixture] for fixture in fixtures if fixture in OF_FIXTURES}


def marks(item: pytest.Item) -> set[str]:
    """The marks of ours that a test has."""
    return {each.name for each in item.iter_markers()} & MARKS.keys()


_watched: list[str] = []
"""The quick test that runs now."""


def _watch(event: str, _arguments: tuple[Any, ...]) -> None:
    if _watched and (event in STARTS_PROGRAMS or event in SPEAKS_OVER_SOCKETS):
        does, wanted = ("starts a program", "processes") if event in STARTS_PROGRAMS else ("speaks over a socket", "sockets")
        raise NotQuick(f"{_watched[-1]} {does} ({event}): mark it `{wanted}`, or let it ask for the fixture that does so")


sys.addaudithook(_watch)


@contextmanager
def held_to_its_word(item: pytest.Item) -> Iterator[None]:
    """While a quick test runs, whatever is not quick raises `NotQuick`."""
    if "quick" not in marks(item):
        yield
        return
    _watched.append(item.nodeid)
    try:
        yield
    finally:
        _watched.pop()
