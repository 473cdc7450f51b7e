"""A little data about one subject: there is some for each, it fits the rules, and it is there in seconds."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from local.architecture import subjects
from local.demo import year
from local.demo.scenes import SCENES, SMALL, script
from local.demo.story import Call, Sight
from local.parts import SERVICES
from shared.ground.working_days import ZONE, is_working_day, local_day
from tests.local.running import Run
from tests.support.eventually import eventually

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_every_subject_of_every_service_has_a_scene() -> None:
    assert set(SCENES) == {subject for service in SERVICES for subject in subjects(service)}


@pytest.mark.parametrize("subject", SCENES)
@pytest.mark.parametrize("until", [NOW, NOW + timedelta(days=1, hours=9), datetime(2027, 1, 1, 6, 0, tzinfo=UTC)])
def test_a_scene_is_small_and_the_same_every_time_and_lies_behind_us(subject: str, until: datetime) -> None:
    written = script(subject, until=until)
    assert written == script(subject, until=until)
    assert sum(len(estate.homes) for estate in written.estates) <= 2 * SMALL
    assert sum(isinstance(each, (Sight, Call)) for each in written.happenings) == len(SCENES[subject])
    moments = [each.at for each in written.happenings]
    assert moments == sorted(moments)
    assert all(written.begins <= at.astimezone(ZONE).date() for at in moments)
    assert all(at < until for at in moments)
    assert all(is_working_day(local_day(at)) for at in moments if until - at > timedelta(minutes=10))


def test_the_year_is_written_for_as_many_days_as_were_asked_for() -> None:
    written = year.script(until=NOW, days=50)
    assert written.begins == (NOW - timedelta(days=50)).date()
    assert 20 <= sum(isinstance(each, Sight) for each in written.happenings) <= 35


def test_a_subject_that_is_not_there_is_named_with_those_that_are(up: Callable[..., Run], place: Path) -> None:
    run = up(command="try", arguments=("weather",))
    assert run.ended() == 2
    assert "observation" in run.said


async def test_cases_of_every_kind_are_played_through_the_doors_and_none_stays_shut(up: Callable[..., Run], place: Path) -> None:
    run = await played(up(command="try", arguments=("case",)))
    async with httpx.AsyncClient(base_url=run.origin, headers={"Origin": run.origin}, timeout=60) as lead:
        await lead.post("/intake/sign-in", data={"person": "staff-social-lead-1"})
        queue = (await lead.get("/cases/")).text
        for state in ("Ny bekymring", "Vurderet", "Åben sag", "Intet svar endnu"):
            assert state in queue
    assert run.interrupt() == 0
    assert "dage i Bakkegården" not in (await up(command="try", arguments=("case",)).ready()).said, "what was played is kept"


async def test_calls_from_outside_are_played_through_the_doors_and_none_stays_shut(up: Callable[..., Run], place: Path) -> None:
    run = await played(up(command="try", arguments=("reporter",)))
    async with httpx.AsyncClient(base_url=run.origin, headers={"Origin": run.origin}, timeout=60) as lead:
        await lead.post("/intake/sign-in", data={"person": "staff-social-lead-1"})
        queue = (await lead.get("/cases/")).text
    assert "en nabo" in queue
    assert "Opdigtet" not in queue
    assert run.interrupt() == 0


async def test_a_glass_is_broken_and_a_sample_is_drawn_through_the_doors(up: Callable[..., Run], place: Path) -> None:
    run = await played(up(command="try", arguments=("spot_check",)))
    async with httpx.AsyncClient(base_url=run.origin, headers={"Origin": run.origin}, timeout=60) as dpo:
        await dpo.post("/intake/sign-in", data={"person": "staff-dpo-1"})
        assert "1 brudt glas venter" in (await dpo.get("/cases/audit?formaal=supervision")).text
        (check,) = (await dpo.get("/cases/api/spot-checks", headers={"Brobygger-Purpose": "supervision"})).json()["checks"]
        page = (await dpo.get(f"/cases/spot-checks/{check['check_id']}?formaal=supervision")).text
    assert "det samme udvalg" in page
    assert run.interrupt() == 0


async def played(run: Run) -> Run:
    """Wait until everything was played; nothing was refused."""

    def done() -> bool:
        assert run.process.poll() is None or run.fails_with(run.said)
        return (run.data / "played.json").exists()

    await eventually(done, within=300)
    assert json.loads((run.data / "played.json").read_text())["shut"] == 0, run.said
    return run
