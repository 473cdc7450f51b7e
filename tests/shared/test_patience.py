"""Who is away is asked again, more and more seldom, and from the beginning once they were there."""

from __future__ import annotations

import pytest

from shared.ground import backoff
from shared.ground.backoff import Backoff


async def test_each_wait_is_twice_as_long_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backoff, "MOST_SECONDS", 0.005)
    waiting = Backoff(first_seconds=0.001)
    seen = [waiting.seconds]
    for _ in range(4):
        await waiting.wait()
        seen.append(waiting.seconds)
    assert seen == [0.001, 0.002, 0.004, 0.005, 0.005]


async def test_once_they_were_there_it_begins_again() -> None:
    waiting = Backoff(first_seconds=0.001)
    await waiting.wait()
    waiting.reset()
    assert waiting.seconds == 0.001
