"""Adopting a procedure: rows after events, which version is in force, the JSON door, the pages, and the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from services.cases.adoption import cli
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from services.cases.procedure.queries import at_hand, procedure, version_in_force, versions
from services.cases.procedure.rules.adoption import VersionHasOtherContent
from shared.ground.errors import NotFound
from tests.cases.conftest import PROCEDURE
from tests.support.services import ASSOCIATION, Running, browser, context_for

TEXT = PROCEDURE.read_text(encoding="utf-8")
NEWER = TEXT.replace('"2026-1"', '"2026-2"').replace("2026-01-01", "2026-04-01").replace("acute: {minutes: 15}", "acute: {minutes: 10}")
WRONG = TEXT.replace("acute: {minutes: 15}", "acute: {hours: 1}", 1)
MISTAKE = f"Linje {WRONG[: WRONG.index('acute: {hours')].count(chr(10)) + 1}, clocks.triage.acute.hours: kendes ikke her."
HTML = {"Accept": "text/html", "Accept-Language": "da"}


async def adopted(running: Running, text: str, *, association: str = ASSOCIATION) -> None:
    await running.service.do(adopt_procedure, AdoptProcedure(text=text), context_for(association=association))


async def test_the_version_in_force_changes_on_its_day_and_old_ones_stay_readable(cases: Running) -> None:
    await adopted(cases, NEWER)
    async with cases.service.read() as connection:
        assert await version_in_force(connection, ASSOCIATION, date(2026, 3, 31)) == "2026-1"
        assert await version_in_force(connection, ASSOCIATION, date(2026, 4, 1)) == "2026-2"
        assert (await procedure(cases.service.memo, at_hand(connection), ASSOCIATION, "2026-1")).clock("triage", "acute").minutes == 15
        assert (await procedure(cases.service.memo, at_hand(connection), ASSOCIATION, "2026-2")).clock("triage", "acute").minutes == 10
        assert [one.version for one in await versions(connection, ASSOCIATION)] == ["2026-2", "2026-1"]


async def test_a_version_that_was_read_once_is_not_read_again(cases: Running) -> None:
    async def refused() -> Any:
        raise AssertionError("asked the database again")

    async with cases.service.read() as connection:
        first = await procedure(cases.service.memo, at_hand(connection), ASSOCIATION, "2026-1")

    assert await procedure(cases.service.memo, refused, ASSOCIATION, "2026-1") is first


async def test_before_the_first_version_takes_effect_nothing_is_in_force(cases: Running) -> None:
    async with cases.service.read() as connection:
        with pytest.raises(NotFound):
            await version_in_force(connection, ASSOCIATION, date(2025, 12, 31))
        with pytest.raises(NotFound):
            await procedure(cases.service.memo, at_hand(connection), ASSOCIATION, "1999-1")


async def test_each_association_follows_its_own(cases: Running) -> None:
    await adopted(cases, NEWER, association="another")
    async with cases.service.read() as connection:
        assert [one.version for one in await versions(connection, ASSOCIATION)] == ["2026-1"]
        with pytest.raises(NotFound):
            await procedure(cases.service.memo, at_hand(connection), ASSOCIATION, "2026-2")


async def test_adopting_the_same_text_twice_is_one_event(cases: Running) -> None:
    before = await cases.value("select count(*) from events")
    await adopted(cases, TEXT)

    assert await cases.value("select count(*) from events") == before
    with pytest.raises(VersionHasOtherContent):
        await adopted(cases, TEXT + "\n# et andet indhold\n")


async def test_the_lead_adopts_and_reads_it_as_json(cases: Running) -> None:
    async with browser(cases, as_="staff-social-lead-1") as client:
        refused = await client.post("/cases/api/procedure/versions", json={"text": WRONG})
        done = await client.post("/cases/api/procedure/versions", json={"text": NEWER})
        current = (await client.get("/cases/api/procedure")).json()
        listed = (await client.get("/cases/api/procedure/versions")).json()["versions"]
        one = (await client.get("/cases/api/procedure/versions/2026-2")).json()

    assert (refused.status_code, refused.json()["code"]) == (422, "procedure-is-not-understood")
    assert MISTAKE in refused.json()["nextStep"]
    assert done.status_code == 204
    assert (current["version"], one["version"], [each["version"] for each in listed]) == ("2026-1", "2026-2", ["2026-2", "2026-1"])
    assert listed[0]["adopted_by"] == "staff-social-lead-1"


@pytest.mark.parametrize(
    ("who", "reads"), [("staff-caretaker-1", 200), ("staff-director-1", 200), ("staff-auditor-1", 200), ("staff-operator-1", 403)]
)
async def test_everybody_who_follows_it_reads_it_and_only_the_lead_adopts(cases: Running, who: str, reads: int) -> None:
    async with browser(cases, as_=who) as client:
        assert (await client.get("/cases/procedure", headers=HTML)).status_code == reads
        assert (await client.get("/cases/api/procedure")).status_code == reads
        assert (await client.post("/cases/api/procedure/versions", json={"text": NEWER})).status_code == 403
        assert (await client.post("/cases/procedure/adoption", data={"text": NEWER}, headers=HTML)).status_code == 403


async def test_the_page_shows_the_clocks_the_steps_and_the_agreements(cases: Running) -> None:
    await adopted(cases, NEWER)
    async with browser(cases, as_="staff-social-lead-1") as client:
        page = (await client.get("/cases/procedure", headers=HTML)).text
        coming = (await client.get("/cases/procedure/versions/2026-2", headers=HTML)).text

    for said in ("15 minutter", "samme arbejdsdag", "Ådal Kommune", "Vedtag en ny version", "Et nej har ingen betydning"):
        assert said in page
    assert "10 minutter" in coming
    assert "Dette er ikke den, der gælder i dag." in coming


async def test_before_anything_was_adopted_the_page_says_so(bare_cases: Running) -> None:
    async with browser(bare_cases, as_="staff-social-lead-1") as client:
        page = await client.get("/cases/procedure", headers=HTML)

    assert page.status_code == 200
    assert "Der er ikke vedtaget en procedure, der gælder i dag." in page.text


async def test_a_procedure_with_mistakes_is_shown_again_with_every_mistake_and_its_line(cases: Running) -> None:
    async with browser(cases, as_="staff-social-lead-1") as client:
        refused = await client.post("/cases/procedure/adoption", data={"text": WRONG}, headers=HTML)
        done = await client.post("/cases/procedure/adoption", data={"text": NEWER}, headers=HTML)

    assert refused.status_code == 422
    assert MISTAKE in refused.text
    assert "Boligforeningen Bakkegården (opdigtet)" in refused.text
    assert (done.status_code, done.headers["location"]) == (303, "/cases/procedure")


def environment(running: Running) -> dict[str, str]:
    """What the service would find in its environment."""
    found: dict[str, str] = {}
    for name, value in running.settings:
        plain: Any = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        if plain is not None:
            found[f"BROBYGGER_{name.upper()}"] = ",".join(plain) if isinstance(plain, tuple) else str(plain)
    return found


async def test_the_command_line_adopts_a_file(bare_cases: Running, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    for name, value in environment(bare_cases).items():
        monkeypatch.setenv(name, value)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(WRONG, encoding="utf-8")

    refused = await asyncio.to_thread(CliRunner().invoke, cli, [str(wrong)])
    done = await asyncio.to_thread(CliRunner().invoke, cli, [str(PROCEDURE)])

    assert (refused.exit_code, done.exit_code) == (1, 0)
    assert await bare_cases.value("select adopted_by from procedure_version where version = '2026-1'") == "system:operator"
