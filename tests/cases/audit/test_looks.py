"""One log of looks: what other services tell stands in it, it is read by choice, and it is a file for a spreadsheet."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID, uuid4

import httpx
import pytest

from services.cases.audit.queries import export
from services.cases.audit.queries.chosen import Chosen, DayCannotBeRead, NoSuchChoice, PeriodEndsBeforeItBegins, Wanted
from services.cases.audit.queries.log import looks
from shared.messaging.access_log import log_access
from shared.messaging.messages.looks import Looked
from shared.privacy.staff import StaffDirectory
from shared.running.listener import Listener
from shared.words.vocabulary.people import Look, Purpose, Relation, Role
from tests.cases.case.living import opened, raised
from tests.cases.case.story import CARETAKER, LEAD, OBSERVATION
from tests.cases.heard import CASE_OF_OBSERVATION, record
from tests.support.services import ASSOCIATION, NOW, STAFF, Running, browser, context_for

HTML = {"Accept": "text/html", "Accept-Language": "da"}
WHY = {"Brobygger-Purpose": "audit"}
AUDITOR = "staff-auditor-1"
STAFF_DIRECTORY = StaffDirectory.read(STAFF)


def looked(look: Look = Look.READ_OBSERVATION, *, about: UUID | None = OBSERVATION, relation: Relation = Relation.OBSERVER) -> Looked:
    return Looked(look=look, purpose=Purpose.OWN_OBSERVATION, relation=relation, about=about)


async def hear(cases: Running, *told: Looked) -> None:
    """Each look has a key of its own."""
    for message in told:
        said = record(message, stream_id=uuid4())
        headers = tuple((name, b"/brobygger/bakkegaarden/intake" if name == "ce_source" else value) for name, value in said.headers)
        await Listener(cases.service).take_in([replace(said, headers=headers)])


FROM_INTAKE = {"ce_source": b"/brobygger/bakkegaarden/intake"}


async def hear_with(cases: Running, message: Looked, **headers: bytes) -> None:
    """A look with headers of somebody else's making."""
    said, other = record(message, stream_id=uuid4()), {**FROM_INTAKE, **headers}
    await Listener(cases.service).take_in([replace(said, headers=tuple((name, other.get(name, value)) for name, value in said.headers))])


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ((NOW + timedelta(days=400)).isoformat(), NOW),
        ("9999-12-31T23:59:59Z", NOW),
        ("0001-01-01T00:00:00Z", datetime(2000, 1, 1, tzinfo=UTC)),
    ],
)
async def test_a_look_is_never_from_tomorrow_and_never_from_before_there_was_a_log(cases: Running, told: str, kept: datetime) -> None:
    await hear_with(cases, looked(), ce_time=told.encode(), ce_recordedtime=told.encode())
    assert await cases.value("select at from access_log") == kept
    async with browser(cases, as_=AUDITOR) as client:
        assert (await client.get("/cases/api/audit/looks.csv?formaal=audit")).status_code == 200


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({"look": "Karen Jensen"}, {}),
        ({"purpose": "banana split"}, {}),
        ({"relation": "x" * 65}, {}),
        ({"on_behalf_of": "Karen Jensen 010150-1234"}, {}),
        ({"selection": "x" * 1001}, {}),
        ({"selection": "x" * 800_000}, {}),
        ({}, {"ce_actor": b"Karen Jensen"}),
        ({}, {"ce_actorrole": b"Karen Jensen"}),
        ({}, {"ce_source": b"/brobygger/bakkegaarden/Karen Jensen"}),
    ],
)
async def test_a_look_that_says_words_stands_in_no_log(cases: Running, fields: dict[str, str], headers: dict[str, bytes]) -> None:
    await hear_with(cases, looked().model_copy(update=fields), **headers)
    assert await cases.value("select count(*) from access_log") == 0
    assert await cases.value("select count(*) from parked") == 1


async def read(client: httpx.AsyncClient, **chosen: str) -> list[tuple[str, str, str]]:
    answer = await client.get("/cases/api/audit/looks", params=chosen, headers=WHY)
    assert answer.status_code == 200, answer.text
    return [(look["service"], look["actor"], look["action"]) for look in answer.json()["looks"]]


@pytest.mark.quick
@pytest.mark.parametrize(
    ("wanted", "refused", "field"),
    [
        ({"actor": "nobody"}, NoSuchChoice, "actor"),
        ({"role": "janitor"}, NoSuchChoice, "role"),
        ({"stated": "curiosity"}, NoSuchChoice, "stated"),
        ({"relation": "friend"}, NoSuchChoice, "relation"),
        ({"service": "erp"}, NoSuchChoice, "service"),
        ({"look": "peeked"}, NoSuchChoice, "look"),
        ({"since": "yesterday"}, DayCannotBeRead, "since"),
        ({"since": "0001-01-01"}, DayCannotBeRead, "since"),
        ({"until": "2026-W05-1"}, DayCannotBeRead, "until"),
        ({"until": "2026-2-30"}, DayCannotBeRead, "until"),
        ({"since": "2026-03-04", "until": "2026-03-03"}, PeriodEndsBeforeItBegins, "until"),
    ],
)
def test_what_cannot_be_chosen_is_refused_by_its_field(wanted: dict[str, str], refused: type[Exception], field: str) -> None:
    with pytest.raises(refused) as error:
        Wanted(**wanted).read(STAFF_DIRECTORY)
    assert getattr(error.value, "field", "") == field


@pytest.mark.quick
def test_a_period_is_danish_days_with_the_last_one_and_is_noted_as_it_was_chosen() -> None:
    chosen = Wanted(since="2026-03-29", until="2026-03-29", actor=LEAD).read(STAFF_DIRECTORY)
    assert chosen.begins is not None
    assert chosen.ends is not None
    assert chosen.ends - chosen.begins == timedelta(hours=23)  # the clocks go forward
    assert str(chosen) == f"actor={LEAD} since=2026-03-29 until=2026-03-29"
    assert Wanted(until="9999-12-31").read(STAFF_DIRECTORY).ends is None
    assert str(Chosen()) == ""


async def test_a_look_elsewhere_is_in_the_log_as_one_at_the_case_and_once(cases: Running) -> None:
    said = record(looked(), stream_id=uuid4())
    told = replace(said, headers=tuple((name, FROM_INTAKE.get(name, value)) for name, value in said.headers))
    await Listener(cases.service).take_in([told])
    await Listener(cases.service).take_in([told])
    (line,) = await cases.rows("select * from access_log where action = 'read_observation'")
    assert (line["actor"], line["role"], line["purpose"], line["relation"]) == (CARETAKER, "caretaker", "own_observation", "observer")
    assert (line["about"], line["association"]) == (CASE_OF_OBSERVATION, ASSOCIATION)
    assert line["at"] == told_at(told.headers)


def told_at(headers: tuple[tuple[str, bytes], ...]) -> datetime:
    return datetime.fromisoformat(dict(headers)["ce_time"].decode())


async def test_what_comes_late_stands_where_it_belongs(cases: Running) -> None:
    async with browser(cases, as_=LEAD) as lead:
        await lead.get("/cases/", headers=HTML)
    await hear(cases, looked())  # seen before, heard after
    async with cases.service.read() as connection:
        found = await looks(connection, association=ASSOCIATION, limit=1)
        rest = await looks(connection, association=ASSOCIATION, before=found[0].position, limit=1)
    assert [look.action for look in (*found[:1], *rest)] == ["read_queue", "read_observation"]


async def test_the_log_is_read_by_any_choice_and_by_several_together(cases: Running) -> None:
    case_id = await opened(cases)
    async with browser(cases, as_=LEAD) as lead:
        await lead.get(f"/cases/{case_id}", headers=HTML)
    await hear(cases, looked(), looked(Look.READ_PLACE, relation=Relation.ASSOCIATION), looked(Look.READ_OWN_OBSERVATIONS, about=None))
    async with browser(cases, as_=AUDITOR) as client:
        by_person = await read(client, actor=LEAD)
        in_intake = await read(client, service="intake")
        unrelated = await read(client, service="intake", relation="association")
        together = await read(client, actor=CARETAKER, stated="own_observation", look="read_place", until=str(NOW.date()))
        nothing = await read(client, actor=CARETAKER, since=str(NOW.date() + timedelta(days=1)))

    assert by_person == [("cases", LEAD, "read_case")]
    assert sorted(look for _, _, look in in_intake) == ["read_observation", "read_own_observations", "read_place"]
    assert unrelated == together == [("intake", CARETAKER, "read_place")]
    assert nothing == []
    noted = await cases.rows("select selection from access_log where actor = $1 order by position", AUDITOR)
    assert noted[0]["selection"] == f"actor={LEAD}"


async def test_whoever_has_several_roles_is_found_by_the_one_in_which_they_looked(cases: Running) -> None:
    async with cases.service.read() as connection:
        for role, look in ((Role.SOCIAL_LEAD, Look.READ_QUEUE), (Role.SOCIAL_CARETAKER, Look.READ_OVERVIEW)):
            as_lead = context_for(Role.SOCIAL_LEAD)
            await log_access(connection, replace(as_lead, actor=replace(as_lead.actor, id=LEAD, role=role)), action=look)
    async with browser(cases, as_=AUDITOR) as client:
        as_caretaker = await read(client, actor=LEAD, role="social_caretaker")
        nobody = await read(client, role="director")
        page = unescape((await client.get("/cases/audit/looks?formaal=audit&role=social_lead", headers=HTML)).text)
        (address,) = [part.partition('"')[0] for part in page.split('href="')[1:] if part.startswith("/cases/api/audit/looks.csv")]
        file = (await client.get(address)).content.decode("utf-8-sig")
    assert as_caretaker == [("cases", LEAD, "read_overview")]
    assert nobody == []
    assert '<option value="social_lead" selected>' in page
    assert [row["opslagskode"] for row in csv.DictReader(file.splitlines(), delimiter=";")] == ["read_queue"]
    noted = await cases.rows("select selection from access_log where actor = $1 order by position", AUDITOR)
    assert [line["selection"] for line in noted][:2] == [f"actor={LEAD} role=social_caretaker", "role=director"]


async def test_a_case_on_a_list_is_noted_once_an_hour_with_no_moment_in_common(cases: Running) -> None:
    first, second = await opened(cases), await raised(cases)
    async with browser(cases, as_="staff-social-caretaker-1") as carrier:
        for _ in range(3):
            await carrier.get("/cases/", headers=HTML)
        await carrier.get("/cases/api/cases")
    shown = await cases.rows("select * from access_log where action = 'shown_in_list'")
    assert {line["about"] for line in shown} == {first, second}
    assert len(shown) == 2
    assert {line["at"] for line in shown} == {NOW.replace(minute=0)}
    conversations = [line["correlation_id"] for line in await cases.rows("select correlation_id from access_log")]
    assert len(set(conversations)) == len(conversations) == 6
    assert next(line["relation"] for line in shown if line["about"] == first) == "handler"
    assert next(line["relation"] for line in shown if line["about"] == second) == "own_estate"

    cases.clock.lead_to(NOW + timedelta(hours=1))
    async with browser(cases, as_="staff-social-caretaker-1") as carrier:
        await carrier.get("/cases/", headers=HTML)
    assert await cases.value("select count(*) from access_log where action = 'shown_in_list'") == 4


async def test_what_a_list_showed_is_read_at_its_case_and_by_its_kind_and_does_not_fill_the_log(cases: Running) -> None:
    case_id = await opened(cases)
    async with browser(cases, as_=LEAD) as lead:
        await lead.get("/cases/", headers=HTML)
    async with browser(cases, as_=AUDITOR) as client:
        everything = await read(client)
        by_kind = await read(client, look="shown_in_list")
        at_the_case = await read(client, case_id=str(case_id))
    assert [look for _, _, look in everything] == ["read_queue"]
    assert [look for _, _, look in by_kind] == ["shown_in_list"]
    assert "shown_in_list" in [look for _, _, look in at_the_case]


async def test_the_page_shows_where_whom_and_what_stands_out(cases: Running) -> None:
    await hear(cases, looked(), looked(Look.READ_PLACE, relation=Relation.ASSOCIATION))
    async with browser(cases, as_=AUDITOR) as client:
        page = unescape((await client.get("/cases/audit/looks?formaal=audit", headers=HTML)).text)
        wrong = await client.get("/cases/audit/looks?formaal=audit&since=nonsense", headers=HTML)
        after = await cases.value("select count(*) from access_log where actor = $1", AUDITOR)
    assert "Åbnede observationen" in page
    assert page.count('class="stands-out"') == 1
    assert '<strong class="stands-out">Samme boligorganisation</strong>' in page
    assert "/cases/api/audit/looks.csv?formaal=audit" in page
    assert (wrong.status_code, "Dagen kan ikke læses." in wrong.text) == (422, True)
    assert after == 1  # what was refused showed nothing


async def test_a_long_log_keeps_what_was_chosen(cases: Running) -> None:
    await hear(cases, *[looked(Look.READ_OWN_OBSERVATIONS, about=None) for _ in range(51)])
    async with browser(cases, as_=AUDITOR) as client:
        page = unescape((await client.get("/cases/audit/looks?formaal=audit&service=intake", headers=HTML)).text)
        (more,) = [part.partition('"')[0] for part in page.split('rel="next" href="')[1:]]
        rest = unescape((await client.get(more, headers=HTML)).text)
    assert "service=intake" in more
    assert rest.count("Så listen over egne observationer</td>") == 1
    assert "Så opslagsloggen" not in page.partition("<table")[2]


async def test_the_file_opens_in_a_danish_spreadsheet_and_fetching_it_is_a_look(cases: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = await opened(cases)
    async with browser(cases, as_=LEAD) as lead:
        await lead.get(f"/cases/{case_id}", headers=HTML)
    await hear(cases, looked())
    async with browser(cases, as_=AUDITOR) as client:
        answer = await client.get("/cases/api/audit/looks.csv?formaal=audit", headers={"Accept-Language": "da"})
        monkeypatch.setattr(export, "MOST", 1)
        english = await client.get("/cases/api/audit/looks.csv?formaal=audit", headers={"Accept-Language": "en"})
        cut = (await client.get("/cases/api/audit/looks.csv?formaal=audit", headers={"Accept-Language": "da"})).text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert english.text.startswith("\ufefftime;colleague-id;")
    heading, *lines = csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";")
    rows = [dict(zip(heading, line, strict=True)) for line in lines]
    at_case = next(row for row in rows if row["opslagskode"] == "read_case")
    assert at_case["tidspunkt"] == "03-03-2026 10:00:00"
    assert (at_case["medarbejder-id"], at_case["medarbejder"]) == (LEAD, "Citha Testvang")
    assert (at_case["opslag"], at_case["formål"], at_case["vedrører"]) == ("Åbnede sagen", "Sagsarbejde", str(case_id))
    assert {row["tjeneste"] for row in rows} == {"Sager", "Observationer"}
    assert await cases.value("select count(*) from access_log where action = 'export_access_log'") == 3
    assert len(cut.splitlines()) == 3
    assert "Der er flere end 1." in cut


@pytest.mark.parametrize("who", [CARETAKER, LEAD, "staff-director-1", "staff-operator-1"])
async def test_nobody_else_reads_or_fetches_it(cases: Running, who: str) -> None:
    async with browser(cases, as_=who) as client:
        answers = [await client.get(address) for address in ("/cases/api/audit/looks", "/cases/api/audit/looks.csv")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert await cases.value("select count(*) from access_log") == 0


async def test_a_data_protection_officer_reads_it(cases: Running) -> None:
    async with browser(cases, as_="staff-dpo-1") as client:
        answer = await client.get("/cases/api/audit/looks", headers={"Brobygger-Purpose": "supervision"})
    assert answer.status_code == 200


async def test_who_keeps_out_of_a_case_sees_no_look_at_it(cases: Running) -> None:
    case_id = await opened(cases)
    async with cases.service.read() as connection:
        await log_access(connection, context_for(Role.SOCIAL_LEAD), action=Look.READ_CASE, about=case_id, relation=Relation.HANDLER)
        found = await looks(connection, association=ASSOCIATION, shut_from=[case_id])
    assert found == []
