"""The invented association is as large as it should be, its year is believable, and every door opens."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from local.demo.bakkegaarden.register import MUNICIPALITIES, estates, moves
from local.demo.entering import procedure_in_force
from local.demo.form import filled_in
from local.demo.story import Act, Sight
from local.demo.year import STAFF, year
from shared.staff import StaffDirectory
from shared.working_days import is_working_day, local_day
from tests.local.running import Run
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
    assert sum(isinstance(happening, Sight) for happening in happenings) == 201
    assert 90 <= steps["triage"] <= 110
    assert 55 <= steps["opening"] <= 65
    assert 38 <= steps["referral"] <= 50


def test_nobody_works_on_a_day_off_or_after_now() -> None:
    for happening in year(until=NOW):
        assert is_working_day(local_day(happening.at))
        assert happening.at < NOW


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


async def test_two_months_are_played_through_the_doors_and_none_stays_shut(up: Callable[..., Run], place: Path) -> None:
    run = up(command="demo", arguments=("--days", "60"))
    note = place / "data" / "played.json"

    def played() -> bool:
        assert run.process.poll() is None or run.fails_with(run.said)
        return note.exists()

    await eventually(played, within=600)
    assert json.loads(note.read_text())["shut"] == 0, run.said
    assert run.interrupt() == 0

    again = await up(command="demo").ready()
    await eventually(lambda: "Vælg et rollekort" in again.said, within=30)
    assert "dage i Bakkegården på" not in again.said
