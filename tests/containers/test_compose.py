"""The whole one-server setup for real: containers, Apache Kafka, PostgreSQL, the proxy, and what may happen to them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.containers.installation import ROLES, ROOT, SERVICES, Failed, Installation, installed
from tests.containers.people import Home, case_of, home_with_a_resident, observation, people_of, registered, seen_by
from tests.support.eventually import eventually

pytestmark = pytest.mark.processes
STARTS_WITHIN = 240
HEALS_WITHIN = 120


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("installation")) as installation:
        yield installation


@pytest.fixture
async def installation(_built: Installation) -> Installation:
    """Up, healthy and with a procedure, whatever the test before did to it."""
    try:
        _built.is_well()
    except AssertionError:
        began = time.monotonic()
        _built.compose("up", "-d")
        up = time.monotonic()
        await eventually(_built.is_well, within=STARTS_WITHIN)
        print(f"\ndocker compose up: {up - began:.1f} s, everything healthy after {time.monotonic() - began:.1f} s")
        _built.adopt_procedure()
    return _built


REWRITING = (
    "update events set topic = topic",
    "delete from events",
    "truncate events",
    "alter table events disable trigger all",
    "drop table events",
    "create table public.elsewhere (id int)",
)


@pytest.mark.parametrize("statement", REWRITING)
@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_has_no_right_to_rewrite_history(installation: Installation, service: str, statement: str) -> None:
    with pytest.raises(Failed, match=r"permission denied|must be owner"):
        installation.sql(f"{service}_service", statement)


@pytest.mark.parametrize("statement", ["update events set topic = topic", "delete from events", "truncate events"])
@pytest.mark.parametrize("service", SERVICES)
async def test_the_table_refuses_even_its_owner(installation: Installation, service: str, statement: str) -> None:
    with pytest.raises(Failed, match="history is not rewritten"):
        installation.sql(f"{service}_owner", statement)


async def test_no_container_runs_as_root_or_writes_where_it_should_not(installation: Installation) -> None:
    for name in installation.containers():
        if not name.endswith(("-migrate", "-rights")):  # they are done and gone
            assert installation.compose("exec", "-T", name, "id", "-u").strip() != "0"
            with pytest.raises(Failed):
                installation.compose("exec", "-T", name, "sh", "-c", "echo x > /etc/x || echo x > /x")


async def test_files_are_compressed_and_pages_are_not(installation: Installation) -> None:
    async with httpx.AsyncClient(base_url=installation.origin) as browser:
        page = await browser.get("/intake/sign-in")
        file = re.search(r'href="(/intake/static/brobygger\.css[^"]*)"', page.text)
        assert file is not None
        assert (await browser.get(file[1])).headers.get("content-encoding") == "gzip"
        assert "content-encoding" not in page.headers


async def test_numbers_are_told_at_a_port_of_their_own(installation: Installation) -> None:
    async with httpx.AsyncClient() as prometheus:
        for where in ("cases", "cases/relay", "notifications/clock"):
            told = await prometheus.get(f"{installation.numbers}/{where}/metrics")
            assert (told.status_code, f'brobygger_build_info{{service="{where.partition("/")[0]}"' in told.text) == (200, True)
            assert (await prometheus.get(f"{installation.origin}/{where}/metrics")).status_code == 404
        assert (await prometheus.get(f"{installation.numbers}/cases/health/live")).status_code == 200
        assert (await prometheus.get(f"{installation.numbers}/cases/")).status_code == 404


async def test_from_nothing_to_the_first_observation_by_two_files(installation: Installation) -> None:
    load = ("run", "--rm", "--no-deps", "-T", "intake-serve", "services.intake", "load", "/dev/stdin")
    homes, tenancies = ((ROOT / "docs" / "first-load" / name).read_text(encoding="utf-8") for name in ("homes.csv", "tenancies.csv"))
    assert "nothing was taken in" in installation.compose(*load, said=homes)
    installation.compose(*load, "--sure", said=homes)
    installation.compose(*load, "--sure", said=tenancies)
    assert "facts taken in: 0" in installation.compose(*load, "--sure", said=tenancies)
    with people_of(installation) as people:
        await registered(people.caretaker, observation(Home(id="018f2a3b-0000-7000-8000-000000000001", tenancy="")))


async def test_a_service_that_is_away_is_told_in_our_words_to_people_and_to_programs(installation: Installation) -> None:
    installation.compose("stop", "cases-serve")
    try:
        async with httpx.AsyncClient(base_url=installation.origin) as anybody:
            page, answer = await anybody.get("/cases/"), await anybody.get("/cases/api/cases")
            too_large = await anybody.post(
                "/intake/api/observations", content=b" " * 5_000_000, headers={"Content-Type": "application/json"}
            )
    finally:
        installation.compose("start", "cases-serve")
    assert (page.status_code, page.headers["retry-after"], "på vej tilbage" in page.text) == (503, "5", True)
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["code"]) == (503, "5", "unavailable")
    assert (too_large.status_code, too_large.json()["code"]) == (413, "too-large")
    assert answer.headers["content-type"] == too_large.headers["content-type"] == "application/problem+json"
    await eventually(installation.is_well, within=HEALS_WITHIN)


async def test_s1_the_leak_is_passed_on_and_the_caretaker_is_told(installation: Installation) -> None:
    home = await home_with_a_resident(installation)
    with people_of(installation) as people:
        sent = observation(home)
        began = time.monotonic()
        receipt = await registered(people.caretaker, sent)
        assert receipt["id"] == sent["id"]
        case = await eventually(lambda: case_of(people.lead, sent["id"]), within=30)
        print(f"\nfrom the phone to the lead's queue: {time.monotonic() - began:.2f} s")
        await eventually(lambda: seen_by(people.caretaker, sent["id"])["progress"]["triage_due"], within=30)

        # Before it is seen: a mail about what somebody has seen to meanwhile is withdrawn.
        await eventually(lambda: _has_mail_about(people.lead, case.case_id), within=180)
        case.step("seen")
        case.step("triage", severity="high", category="elderly_care")
        case.step("opening", handler="staff-social-lead-1")
        case.step("contacts", reached=True, channel="visit")
        case.step("consents/granted", recipients=["volunteer"], wording="mundtlig-1")
        to_visitation = case.step("referrals", target="municipal.visitation", channel="phone", content="Har brug for hjælp i hverdagen.")
        to_volunteers = case.step("referrals", target="volunteer", channel="phone", content="Et måltid om dagen i godt selskab.")
        order = case.step("damage-service-orders")
        case.step(f"damage-service-orders/{order}/completion")
        meeting_at = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
        visit = case.step("accompaniments", companion="staff-caretaker-1", meeting_at=meeting_at)
        for referral in (to_visitation, to_volunteers):
            case.step(f"referrals/{referral}/acknowledgement")
            case.step(f"referrals/{referral}/answer", outcome="help_established")
        case.step(f"accompaniments/{visit}/done")
        for follow_up in case.now()["follow_ups"]:
            case.step(f"follow-ups/{follow_up['follow_up_id']}/cancellation")  # their days are weeks away
        case.step("closing", outcome="help_established")
        case.step("caretaker-informed", milestone="closed", channel="phone")
        assert case.now()["outcome"] == "help_established"

        told = await eventually(lambda: _ended(seen_by(people.caretaker, sent["id"])), within=30)
        assert told["ending"] == "helped"
        assert [telling["milestone"] for telling in told["told"]] == ["closed"]
        figures = people.director.get("/reporting/api/figures")
        assert figures.status_code == 200, figures.text
        assert figures.json()["sections"] == [], "nothing is published before the DPO has said what may be"
        for mail in people.lead.get("/mailbox/api/mails").json():
            assert sent["words"] not in mail["text"]
            assert "Tusmørkegyden" not in mail["text"] + mail["subject"]


def _ended(shown: dict[str, Any]) -> dict[str, Any]:
    progress: dict[str, Any] = shown["progress"]
    assert progress["ended_at"]
    assert progress["told"]
    return progress


def _has_mail_about(client: httpx.Client, case_id: str) -> bool:
    return any(case_id in mail["text"] for mail in client.get("/mailbox/api/mails").json())


async def test_when_every_role_is_killed_all_come_back_and_nothing_is_lost_or_doubled(installation: Installation) -> None:
    home = await home_with_a_resident(installation)
    sent = [observation(home) for _ in range(2 * len(SERVICES) * len(ROLES))]
    waiting = iter(sent)
    before = {name: one.restarts for name, one in installation.containers().items()}

    with people_of(installation) as people:
        for service in SERVICES:
            for role in ROLES:
                await registered(people.caretaker, next(waiting))
                installation.kill(f"{service}-{role}")
                await registered(people.caretaker, next(waiting))
        began = time.monotonic()
        await eventually(installation.is_well, within=HEALS_WITHIN)
        print(f"\nhealed {time.monotonic() - began:.1f} s after the last of {len(SERVICES) * len(ROLES)} kills")

        ids = ", ".join(f"'{one['id']}'" for one in sent)
        count = f"select count(*), count(distinct stream_id) from events where topic = 'observation.registered' and stream_id in ({ids})"
        assert installation.sql("intake_service", count).strip() == f"{len(sent)}|{len(sent)}"
        await eventually(lambda: all(seen_by(people.caretaker, one["id"])["progress"]["triage_due"] for one in sent), within=HEALS_WITHIN)
    after = {name: one.restarts for name, one in installation.containers().items()}
    assert all(after[f"{service}-{role}"] > before[f"{service}-{role}"] for service in SERVICES for role in ROLES)
    raised = "select count(*), count(distinct stream_id) from events where topic = 'case.concern_raised' and state like any (array[{}])"
    likes = ", ".join(f"'%{one['id'].replace('-', '')}%'" for one in sent)
    assert installation.sql("cases_service", raised.format(likes)).strip() == f"{len(sent)}|{len(sent)}"
    for service in SERVICES:
        assert "nothing is parked" in installation.command(service, "parked")


async def test_a_broker_that_lost_everything_is_told_again(installation: Installation) -> None:
    home = await home_with_a_resident(installation)
    with people_of(installation) as people:
        before, after = observation(home), observation(home)
        await registered(people.caretaker, before)
        await eventually(lambda: seen_by(people.caretaker, before["id"])["progress"]["triage_due"], within=60)

        installation.compose("rm", "--stop", "--force", "kafka")
        installation.remove_volume("kafka")
        await registered(people.caretaker, after)
        installation.compose("up", "-d")

        await eventually(lambda: seen_by(people.caretaker, after["id"])["progress"]["triage_due"], within=HEALS_WITHIN)
    await eventually(installation.is_well, within=HEALS_WITHIN)
    await home_with_a_resident(installation)  # and it goes on hearing the ERP, of whom the new broker knew nothing
    taken_in = "select count(*) from events where topic = 'observation.taken_in' and stream_id = '{}'"
    assert installation.sql("intake_service", taken_in.format(before["id"])).strip() == "1"


async def test_a_backup_brings_everything_back_on_a_new_machine(installation: Installation, tmp_path: Path) -> None:
    home = await home_with_a_resident(installation)
    with people_of(installation) as people:
        sent = observation(home)
        await registered(people.caretaker, sent)
        await eventually(lambda: seen_by(people.caretaker, sent["id"])["progress"]["triage_due"], within=60)

    backup = tmp_path / "backup"
    began = time.monotonic()
    installation.run("backup", str(backup))
    print(f"\nbackup: {time.monotonic() - began:.1f} s")
    proofs = {service: installation.command(service, "verify") for service in SERVICES}

    began = time.monotonic()
    installation.remove()
    installation.run("restore", str(backup))
    installation.compose("up", "-d")
    await eventually(installation.is_well, within=STARTS_WITHIN)
    print(f"removed, restored and healthy: {time.monotonic() - began:.1f} s")

    assert {service: installation.command(service, "verify") for service in SERVICES} == proofs
    with people_of(installation) as people:
        assert seen_by(people.caretaker, sent["id"])["words"] == sent["words"]
        later = observation(home)
        await registered(people.caretaker, later)
        await eventually(lambda: seen_by(people.caretaker, later["id"])["progress"]["triage_due"], within=HEALS_WITHIN)
