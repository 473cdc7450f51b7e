"""The invented association is as large as it should be, its year is believable, and every door opens."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid5

import pytest

from local.demo.bakkegaarden.register import MUNICIPALITIES, estates, moves
from local.demo.doors import Doors
from local.demo.entering import ASSOCIATION, procedure_in_force
from local.demo.form import filled_in
from local.demo.story import Act, Sight
from local.demo.year import STAFF, script, year
from local.keys import keys_in
from local.postgres import EmbeddedPostgres
from shared.ground.working_days import is_working_day, local_day
from shared.privacy.staff import StaffDirectory
from tests.local.running import ROOT, Run
from tests.support.eventually import eventually

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_bakkegaarden_has_42_estates_in_8_municipalities_and_3400_homes_and_30_estates_are_small() -> None:
    assert len(estates()) == 42
    assert {estate.municipality for estate in estates()} == set(MUNICIPALITIES)
    homes = [home for estate in estates() for home in estate.homes]
    assert (len(homes), len({home.home_id for home in homes})) == (3400, 3400)
    assert sum(len(estate.homes) < 40 for estate in estates()) == 30


def test_every_estate_has_a_caretaker_and_a_social_caretaker() -> None:
    staff = StaffDirectory.read(STAFF).everybody()
    assert Counter(person.role.value for person in staff) == {
        "caretaker": 24, "social_lead": 1, "social_caretaker": 2, "collections_clerk": 1,
        "dpo": 1, "auditor": 1, "director": 1, "operator": 1,
    }  # fmt: skip
    for role in ("caretaker", "social_caretaker"):
        cared_for = [estate for person in staff if person.role == role for estate in person.estates]
        assert sorted(cared_for) == [estate.estate_id for estate in estates()]


def test_the_year_is_the_same_every_time_and_about_as_busy_as_the_rates_say() -> None:
    happenings = year(until=NOW)
    assert happenings == year(until=NOW)
    steps = Counter(happening.step for happening in happenings if isinstance(happening, Act))
    assert sum(isinstance(happening, Sight) for happening in happenings) == 205
    assert 90 <= steps["triage"] <= 110
    assert 55 <= steps["opening"] <= 66
    assert 38 <= steps["referral"] <= 50


def test_nobody_works_on_a_day_off_or_after_now() -> None:
    for happening in year(until=NOW):
        assert is_working_day(local_day(happening.at))
        assert happening.at < NOW


@pytest.mark.parametrize("days", [150, 364])
@pytest.mark.parametrize("until", [datetime(2026, 11, 27, 22, 40, tzinfo=UTC), NOW, datetime(2027, 3, 2, 9, 0, tzinfo=UTC)])
def test_nobody_moves_while_somebody_is_looking_after_them(until: datetime, days: int) -> None:
    played = script(until=until, days=days)
    moving = {home.home_id: day for day, _, home in played.moving}
    for seen in (happening for happening in played.happenings if isinstance(happening, Sight) and happening.home.home_id in moving):
        case_id = uuid5(seen.observation_id, "case")
        acts = [happening.at for happening in played.happenings if isinstance(happening, Act) and happening.case_id == case_id]
        days_of_the_story = [local_day(seen.at), *map(local_day, acts)]
        moves_on = moving[seen.home.home_id]
        assert max(days_of_the_story) < moves_on or min(days_of_the_story) >= moves_on


def test_one_home_in_seven_changes_hands_in_a_year() -> None:
    assert 400 <= len(list(moves(first=date(2025, 11, 21), days=364))) <= 550


@pytest.mark.parametrize(("on", "begins"), [(date(2026, 1, 1), "2026-01-01"), (date(2025, 11, 21), "2025-11-21")])
def test_a_procedure_is_in_force_also_before_the_day_the_file_names(on: date, begins: str) -> None:
    assert f"effective_on: {begins}\n" in procedure_in_force(on=on)


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    page = """
    <form method="post" action="/intake/sign-out"><input type="hidden" name="not" value="ours"></form>
    <form method="post">
      <input type="hidden" name="version" value="7"><input name="empty">
      <input type="radio" name="which" value="a"><input type="radio" name="which" value="b" checked>
      <input type="checkbox" name="many" value="1" checked><input type="checkbox" name="many" value="2" checked>
      <select name="one"><option value="x">X</option><option value="y" selected>Y</option></select>
      <select name="first"><option value="p">P</option><option value="q">Q</option></select>
      <textarea name="words">\nhej &amp; hå</textarea><button>Send</button>
    </form>"""
    assert filled_in(page, action="/cases/1/steps/triage") == {
        "version": ["7"], "empty": [""], "which": ["b"], "many": ["1", "2"], "one": ["y"], "first": ["p"], "words": ["hej & hå"],
    }  # fmt: skip


async def test_five_months_are_played_through_the_doors_and_none_stays_shut_and_a_forgery_is_found(
    up: Callable[..., Run], place: Path
) -> None:
    run = up(command="demo", arguments=("--days", "150"))
    note = place / "data" / "played.json"

    def played() -> bool:
        assert run.process.poll() is None or run.fails_with(run.said)
        return note.exists()

    await eventually(played, within=600)
    assert json.loads(note.read_text())["shut"] == 0, run.said
    case_id, number = json.loads(note.read_text())["forged"]
    await eventually(lambda: "forfalsket med vilje" in run.said, within=30)
    assert f"hændelse {number} i sagen {run.origin}/cases/{case_id}" in run.said
    await the_auditor_finds(run, case_id, number)
    async with Doors(run.origin) as doors:
        listed = (await doors.ask("staff-dpo-1", "GET", "/intake/api/erasures")).json()["erasures"]
    assert [one["state"] for one in listed] == ["certified"], "somebody asked to be erased, and was"
    assert run.interrupt() == 0

    again = await up(command="demo").ready()
    await eventually(lambda: "forfalsket med vilje" in again.said, within=30)
    assert "dage i Bakkegården på" not in again.said
    await the_auditor_finds(again, case_id, number)


async def the_auditor_finds(run: Run, case_id: str, number: int) -> None:
    """The forged event and nothing else, on the page and on the command line; and every page of the case opens."""
    async with Doors(run.origin) as doors:

        async def page(path: str) -> str:
            return (await doors.ask("staff-auditor-1", "GET", path, headers={"Accept": "text/html"})).text

        chain = await page("/cases/audit/chain?formaal=audit&verify=1")
        for path in (f"/cases/{case_id}", f"/cases/{case_id}/as-of", f"/cases/audit/looks/{case_id}", "/cases/", "/cases/audit/looks"):
            assert await page(f"{path}?formaal=audit")
    assert "Kæden er brudt" in chain
    assert chain.count("Indholdet er ændret") == 1
    assert case_id in chain

    done = await asyncio.to_thread(verified, run)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.count("broken: ") == 1
    assert f"stream {case_id} version {number} " in done.stderr


def verified(run: Run) -> subprocess.CompletedProcess[str]:
    """`python -m services.cases verify` on the data of a run."""
    postgres, keys = EmbeddedPostgres(run.data / "postgres"), keys_in(run.data / "keys")
    environment = {
        "BROBYGGER_DATABASE_URL": postgres.dsn("cases", user="cases"),
        "BROBYGGER_VAULT_URL": postgres.dsn("vault", user="vault"),
        "BROBYGGER_MASTER_KEY_FILE": str(keys.master),
        "BROBYGGER_COOKIE_SECRET_FILE": str(keys.cookies),
        "BROBYGGER_ASSOCIATIONS": ASSOCIATION,
        "BROBYGGER_STAFF_FILE": str(STAFF),
        "BROBYGGER_KAFKA": "127.0.0.1:1",
        "BROBYGGER_PUBLIC_ORIGIN": run.origin,
    }
    command = [sys.executable, "-m", "services.cases", "verify"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60)
