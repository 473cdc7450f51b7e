"""Erasing from the command line: what would go, erasing, the list of the erased, and doing it again after a restore."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from services.intake.erasing import cli
from shared.privacy.personal import from_json
from tests.cases.procedure.test_adoption import environment
from tests.intake.erasure.test_pages import PERSON, TENANCY, is_seen, lives_there
from tests.support.services import Running

pytestmark = pytest.mark.erases


async def said(*arguments: str) -> Any:
    """What the command line answers."""
    return await asyncio.to_thread(CliRunner().invoke, cli, [*arguments])


@pytest.fixture(autouse=True)
def settings(intake: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(intake).items():
        monkeypatch.setenv(name, value)


async def test_it_says_what_would_go_and_destroys_only_when_it_is_sure(
    intake: Running, caretaker: httpx.AsyncClient, tmp_path: Path
) -> None:
    await lives_there(intake)
    await is_seen(caretaker)
    address = from_json((await intake.rows("select address from observations"))[0]["address"])
    looked = await said("erase", "person", str(PERSON))
    assert looked.exit_code == 0
    assert re.search("would go: observation .* open, high\n", looked.stdout)
    assert (await intake.service.vault.keyring([address.subject])).open(address)

    done = await said("erase", "person", str(PERSON), "--sure")
    assert done.exit_code == 0
    assert "keys destroyed" in done.stdout
    assert await intake.value("select count(*) from observations where home_id is null") == 1

    listed = await said("erased")
    assert len(listed.stdout.splitlines()) >= 3
    assert not any(str(id) in listed.stdout for id in (PERSON, TENANCY))
    file = tmp_path / "erased.txt"
    file.write_text(listed.stdout, encoding="utf-8")
    again = await said("erase-again", str(file))
    assert (again.exit_code, again.stdout.strip()) == (0, "bakkegaarden: 0 matters destroyed again")


async def test_it_refuses_what_it_does_not_know_in_plain_words(intake: Running, tmp_path: Path) -> None:
    unknown = await said("erase", "person", str(PERSON), "--sure")
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not a list", encoding="utf-8")
    unreadable = await said("erase-again", str(wrong))
    assert (unknown.exit_code, unreadable.exit_code) == (1, 2)
    assert "nothing to erase" in unknown.stderr
    assert await intake.value("select count(*) from erasures") == 0
