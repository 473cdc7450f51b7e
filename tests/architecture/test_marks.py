"""Nobody can forget to say what a test stands on: it follows from its fixtures, and who does more than was said is stopped."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.support import marks
from tests.support.marks import MARKS, OF_FIXTURES, NotQuick


def test_whoever_asks_for_a_server_has_its_mark(request: pytest.FixtureRequest) -> None:
    silent = [item.nodeid for item in request.session.items if not marks.of_fixtures(item.fixturenames) <= marks.marks(item)]  # type: ignore[attr-defined]
    assert silent == []


def test_a_test_is_quick_or_says_why_not(request: pytest.FixtureRequest) -> None:
    both = [item.nodeid for item in request.session.items if "quick" in marks.marks(item) and len(marks.marks(item)) > 1]
    neither = [item.nodeid for item in request.session.items if not marks.marks(item)]
    assert (both, neither) == ([], [])


def test_this_is_a_quick_test(request: pytest.FixtureRequest) -> None:
    assert marks.marks(request.node) == {"quick"}


def test_every_mark_a_fixture_gives_is_known() -> None:
    assert set(OF_FIXTURES.values()) <= MARKS.keys()


def connect() -> None:
    with socket.socket() as mine:
        mine.connect(("127.0.0.1", 9))


def listen() -> None:
    with socket.socket() as mine:
        mine.bind(("127.0.0.1", 0))


@pytest.mark.parametrize("does", [connect, listen, lambda: socket.getaddrinfo("localhost", 80)])
def test_a_quick_test_that_speaks_over_a_socket_is_stopped(does: Callable[[], None]) -> None:
    with pytest.raises(NotQuick, match="speaks over a socket"):
        does()


def test_a_quick_test_that_starts_a_program_is_stopped() -> None:
    with pytest.raises(NotQuick, match="starts a program"):
        subprocess.run([sys.executable, "--version"], check=True)


async def test_a_quick_test_that_starts_a_program_beside_the_loop_is_stopped() -> None:
    with pytest.raises(NotQuick, match="starts a program"):
        await asyncio.create_subprocess_exec(sys.executable, "--version")


@pytest.mark.processes
def test_one_that_says_so_may(request: pytest.FixtureRequest) -> None:
    assert marks.marks(request.node) == {"processes"}
    assert subprocess.run([sys.executable, "--version"], check=True, capture_output=True).returncode == 0
