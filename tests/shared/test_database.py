"""A database that is away is told apart from a file that is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.ground import database
from shared.ground.database import DatabaseIsAway


@pytest.mark.parametrize("place", ["127.0.0.1:1", "nowhere.invalid", ""], ids=["refused", "no such name", "no such socket"])
async def test_whoever_finds_no_database_is_told_that_it_is_away(place: str, tmp_path: Path) -> None:
    url = f"postgresql://nobody@{place}/nothing" + ("" if place else f"?host={tmp_path}")
    with pytest.raises(DatabaseIsAway):
        await database.connect(url)
    with pytest.raises(DatabaseIsAway):
        await database.open_pool(url, size=2)
