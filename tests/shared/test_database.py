"""A database that is away is told apart from a file that is missing; values of a question have names."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.ground import database
from shared.ground.database import DatabaseIsAway
from shared.ground.statements import Statement, named


@pytest.mark.sockets
@pytest.mark.parametrize("place", ["127.0.0.1:1", "nowhere.invalid", ""], ids=["refused", "no such name", "no such socket"])
async def test_whoever_finds_no_database_is_told_that_it_is_away(place: str, tmp_path: Path) -> None:
    url = f"postgresql://nobody@{place}/nothing" + ("" if place else f"?host={tmp_path}")
    with pytest.raises(DatabaseIsAway):
        await database.connect(url)
    with pytest.raises(DatabaseIsAway):
        await database.open_pool(url, size=2)


def test_values_may_be_called_by_name() -> None:
    asked = named("select :day::date, :estate where estate = :estate", estate="estate-1", day="2026-03-03", more="not asked for")
    assert asked == Statement("select $1::date, $2 where estate = $2", ("2026-03-03", "estate-1"))


def test_a_name_without_a_value_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError, match="estate"):
        named("select :estate", day="2026-03-03")
