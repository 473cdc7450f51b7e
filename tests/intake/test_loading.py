"""The first load by file: from nothing to the first observation, as docs/operations.md leads, and what a second load may not change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from services.intake.app import parts
from services.intake.loading import cli
from shared.messaging.messages.erp import Occupant, TenancyEnded, TenancyStarted
from shared.running.receiver import Receiver
from tests.cases.procedure.test_adoption import environment
from tests.intake.known import record, registers
from tests.support.postgres import PostgresServer
from tests.support.services import Running, browser, running_service

EXAMPLES = Path(__file__).parents[2] / "docs" / "first-load"
HOMES, TENANCIES = EXAMPLES / "homes.csv", EXAMPLES / "tenancies.csv"
HOME = UUID("018f2a3b-0000-7000-8000-000000000001")
OTHER_HOME = UUID("018f2a3b-0000-7000-8000-000000000002")
TENANCY = UUID("018f2a3b-0000-7000-8000-0000000000a1")
TENANT, CO_TENANT = UUID("018f2a3b-0000-7000-8000-0000000000b1"), UUID("018f2a3b-0000-7000-8000-0000000000b2")
OF_TENANCY = "tenancy_id,home_id,started_on,ended_on,person_id\n"


@pytest.fixture
async def bare_intake(postgres: PostgresServer, vault_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    """Intake as a fresh installation has it: no estate, no home, nobody."""
    async with running_service(parts(), postgres, tmp_path, vault_url=vault_url) as running:
        for name, value in environment(running).items():
            monkeypatch.setenv(name, value)
        yield running


async def load(*arguments: str | Path) -> Any:
    return await asyncio.to_thread(CliRunner().invoke, cli, [str(each) for each in arguments])


async def loaded(file: Path) -> Any:
    done = await load(file, "--sure")
    assert done.exit_code == 0, done.stderr
    assert "all of it was taken in\n" in done.stdout
    return done


async def events(intake: Running) -> int:
    count: int = await intake.value("select count(*) from events")
    return count


async def test_from_nothing_to_the_first_observation(bare_intake: Running) -> None:
    looked = await load(HOMES)
    assert (looked.exit_code, await events(bare_intake)) == (0, 0)
    assert (
        "new estates: 1\nnew homes: 3\nhomes that change: 0\nhomes that end: 1\nhomes: 3\nestates: 1\nnothing was taken in; say --sure"
        in looked.stdout
    )
    await loaded(HOMES)

    looked = await load(TENANCIES)
    assert (looked.exit_code, await bare_intake.value("select count(*) from tenancies")) == (0, 0)
    assert "new tenancies: 3\npersons: 3\ntenancies: 3\ntenancies left out: 0\nnothing was taken in; say --sure" in looked.stdout
    assert "facts taken in: 4\n" in (await loaded(TENANCIES)).stdout

    async with browser(bare_intake, as_="staff-caretaker-1") as caretaker:
        answer = await registers(caretaker, home_id=str(HOME))
        assert answer.status_code == 201, answer.text
        assert [home["home_id"] for home in (await caretaker.get("/intake/api/estates/afd-01/homes")).json()] == [
            str(HOME),
            str(OTHER_HOME),
        ]
    row = (await bare_intake.rows("select tenancy_id, started_on, is_protected from tenancies where home_id = $1", HOME))[0]
    assert tuple(row) == (TENANCY, date(2019, 10, 1), False)
    assert await bare_intake.value("select is_protected from tenancies where home_id = $1 and ended_on is null", OTHER_HOME) is True
    assert {row["person_id"] for row in await bare_intake.rows("select person_id from occupants")} >= {TENANT, CO_TENANT}


async def test_the_same_file_again_changes_nothing(bare_intake: Running) -> None:
    await loaded(HOMES)
    await loaded(TENANCIES)
    before = await events(bare_intake)
    again = await loaded(HOMES)
    assert "new homes" not in again.stdout
    again = await loaded(TENANCIES)
    assert "facts taken in: 0\n" in again.stdout
    assert "loaded before: 3\n" in again.stdout
    assert await events(bare_intake) == before


async def test_what_the_erp_tells_later_is_the_same_fact_and_its_word_counts(bare_intake: Running) -> None:
    await loaded(HOMES)
    await loaded(TENANCIES)
    before, receiver = await events(bare_intake), Receiver(bare_intake.service)
    told = TenancyStarted(
        tenancy_id=TENANCY, unit_id=HOME, estate_id="afd-01", started_on=date(2019, 10, 1), household_size="2", is_protected=False,
        persons=(Occupant(person_id=TENANT), Occupant(person_id=CO_TENANT, role="co_tenant")),
    )  # fmt: skip
    await receiver.take_in([record(told, id=str(uuid4()), key=TENANCY)])
    assert await events(bare_intake) == before
    await receiver.take_in([record(TenancyEnded(tenancy_id=TENANCY, ended_on=date(2026, 2, 1)), id=str(uuid4()), key=TENANCY)])
    moved = told.model_copy(update={"persons": (Occupant(person_id=TENANT),)})
    await receiver.take_in([record(moved, id=str(uuid4()), key=TENANCY)])
    news = await events(bare_intake)
    assert news > before
    again = await load(TENANCIES, "--sure")
    assert again.exit_code == 1
    assert [line.partition(":")[0] for line in again.stderr.splitlines()] == ["line 2, tenancy_id"]
    assert await events(bare_intake) == news
    assert await bare_intake.value("select ended_on from tenancies where tenancy_id = $1", TENANCY) == date(2026, 2, 1)


async def test_an_address_that_is_protected_once_more_is_named_and_taken_in_from_a_file_that_is_newer(
    bare_intake: Running, tmp_path: Path
) -> None:
    await loaded(HOMES)
    protected, open_ = tmp_path / "a.csv", tmp_path / "b.csv"
    heading = "tenancy_id,home_id,started_on,person_id,is_protected\n"
    protected.write_text(f"{heading}{TENANCY},{HOME},2020-01-01,{TENANT},ja\n{TENANCY},{HOME},2020-01-01,{CO_TENANT},ja\n", "utf-8")
    open_.write_text(f"{heading}{TENANCY},{HOME},2020-01-01,{TENANT},nej\n", "utf-8")

    async def known() -> list[Any]:
        people = await bare_intake.value("select count(*) from occupants where person_id is not null")
        return [await bare_intake.value("select is_protected from tenancies"), people]

    await loaded(protected)
    await loaded(open_)
    assert await known() == [False, 1]
    refused = await load(protected, "--sure")
    assert (refused.exit_code, "--newest" in refused.stderr, "tenancies: 0\ntenancies left out: 1\n" in refused.stdout) == (1, True, True)
    assert await known() == [False, 1]
    for file, says in ((protected, [True, 2]), (open_, [False, 1]), (protected, [True, 2])):
        done = await load(file, "--sure", "--newest")
        assert (done.exit_code, done.stderr) == (0, "")
        assert await known() == says
    before = await events(bare_intake)
    assert "loaded before: 1\n" in (await load(protected, "--sure", "--newest")).stdout
    assert await events(bare_intake) == before


async def test_homes_in_which_several_tenancies_run_at_once_are_named(bare_intake: Running, tmp_path: Path) -> None:
    await loaded(HOMES)
    file = tmp_path / "tenancies.csv"
    file.write_text(f"{OF_TENANCY}{uuid4()},{HOME},2020-01-01,,\n{uuid4()},{HOME},2021-01-01,,\n", "utf-8")
    assert f"{HOME}: 2 tenancies run at once (lines 2, 3); all but one should have an end\n" in (await load(file)).stdout


async def test_homes_without_a_tenancy_are_counted_as_the_register_has_them_after_the_load(bare_intake: Running, tmp_path: Path) -> None:
    first = "homes on the list without a tenancy in the register: 2 of 2 (lines 2, 3)\n"  # the third has ended
    assert first in (await load(HOMES)).stdout
    assert first in (await loaded(HOMES)).stdout
    tenancies = tmp_path / "tenancies.csv"
    tenancies.write_text(f"{OF_TENANCY}{TENANCY},{HOME},2019-01-01,2020-01-01,\n", "utf-8")  # it is over: empty now, no fault of the export
    await loaded(tenancies)
    assert "homes on the list without a tenancy in the register: 1 of 2 (line 3)\n" in (await load(HOMES)).stdout
    await loaded(TENANCIES)
    assert "without a tenancy" not in (await loaded(HOMES)).stdout

    more = tmp_path / "homes.csv"
    rows = [f"afd-02,Engen,0751,{uuid4()},Engvej,{number}" for number in range(1, 13)]
    taken = f"afd-02,Engen,0751,{HOME},Engvej,13"  # it is of another estate, and left out
    heading = "estate_id,estate_name,municipality,home_id,street,number"
    more.write_text("\n".join((heading, taken, *rows)), "utf-8")
    lines = ", ".join(str(line) for line in range(3, 13))
    assert f"homes on the list without a tenancy in the register: 12 of 12 (lines {lines}, …)\n" in (await load(more, "--sure")).stdout


async def test_what_is_wrong_is_named_and_the_rest_is_taken(bare_intake: Running, tmp_path: Path) -> None:
    await loaded(HOMES)
    await loaded(TENANCIES)
    stranger = uuid4()
    file = tmp_path / "tenancies.csv"
    file.write_text(
        f"{OF_TENANCY}{uuid4()},{OTHER_HOME},2026-01-01,,Hanne Hansen\n{stranger},{uuid4()},2026-01-01,,\n"
        f"{TENANCY},{OTHER_HOME},2026-01-01,,\n{uuid4()},{OTHER_HOME},2024-04-01,,{uuid4()}\n",
        encoding="utf-8",
    )
    for sure in ([], ["--sure"]):
        done = await load(file, *sure)
        assert done.exit_code == 1
        lines = done.stderr.splitlines()
        assert [line.partition(":")[0] for line in lines] == ["line 2, person_id", "line 3, home_id", "line 4, home_id"]
        assert "Hanne" not in done.output
        assert "Load the homes first" in lines[1]
        assert "tenancies: 1\ntenancies left out: 3\n" in done.stdout
    assert await bare_intake.value("select count(*) from tenancies") == 4
    assert await bare_intake.value("select count(*) from parked") == 0


async def test_a_tenancy_of_which_a_message_waits_is_not_overtaken(bare_intake: Running) -> None:
    told = TenancyStarted(tenancy_id=TENANCY, unit_id=uuid4(), estate_id="afd-01", started_on=date(2019, 10, 1))
    await Receiver(bare_intake.service).take_in([record(told, id=str(uuid4()), key=TENANCY)])
    await loaded(HOMES)
    done = await load(TENANCIES, "--sure")
    assert done.exit_code == 1
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["line 2, tenancy_id"]
    assert await bare_intake.value("select count(*) from tenancies") == 2
    assert await bare_intake.value("select count(*) from parked where done_at is null") == 1


async def test_homes_on_another_estate_and_at_one_address_are_named(bare_intake: Running, tmp_path: Path) -> None:
    await loaded(HOMES)
    twin = uuid4()
    file = tmp_path / "homes.csv"
    file.write_text(
        "estate_id\testate_name\tmunicipality\thome_id\tstreet\tnumber\tfloor\tdoor\n"
        f"afd-01\tHøstmåneparken\tbakkelund\t{twin}\ttusmørkegyden\t2\tst.\tt.v.\n"
        f"afd-02\tEngen\t0751\t{OTHER_HOME}\tEngvej\t1\t\t\nafd-02\tEngen\t0751\t{uuid4()}\tEngvej\t3\t\t\n",
        encoding="cp1252",
    )
    done = await load(file, "--sure")
    assert done.exit_code == 1
    assert done.stderr.startswith("line 3, home_id: ")
    assert f"one address under several ids, of which all but one should end: {HOME}, {twin} (line 2)" in done.stdout
    estates = await bare_intake.rows("select estate_id, municipality from estates order by estate_id")
    assert [tuple(row) for row in estates] == [("afd-01", "bakkelund"), ("afd-02", "aarhus")]


async def test_a_file_that_tells_who_somebody_is_is_refused_whole(bare_intake: Running, tmp_path: Path) -> None:
    file = tmp_path / "tenancies.csv"
    file.write_text(TENANCIES.read_text(encoding="utf-8").replace("person;", "CPR-nr;"), encoding="utf-8")
    done = await load(file, "--sure")
    assert (done.exit_code, await events(bare_intake)) == (1, 0)
    assert done.stderr.startswith("line 1, CPR-nr: The column seems to tell who somebody is.")
    assert done.stdout.endswith("nothing was taken in\n")
    file.write_bytes(b"PK\x03\x04\0")
    done = await load(file, "--sure")
    assert done.exit_code == 1
    assert "A spreadsheet (.xlsx) cannot be read." in done.stderr
