"""The checkers' pages: say why, see who looked, and whether the chain holds."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.cases.audit.queries.log import looks
from services.cases.case.rules.handling import AddNote
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from shared.ground.errors import HistoryIsBroken
from shared.ground.provenance import Provenance
from shared.history.aggregate_cache import AggregateCache
from shared.history.watching import AGAIN_AFTER, verify_a_piece
from shared.messaging.inbox import Record
from shared.messaging.message import Message, envelope_for, written
from shared.messaging.messages.chain import ChainBroken, ChainMended
from shared.running.listener import Listener
from shared.words.vocabulary.people import Role
from tests.cases.case.living import asking, opened, raised, take
from tests.cases.conftest import PROCEDURE
from tests.support.forging import behind_it
from tests.support.services import ASSOCIATION, Running, browser, context_for


def told_by(service: str, message: Message, finding: UUID) -> Record:
    """What the clock of a service told."""
    who = context_for(Role.SYSTEM)
    provenance = Provenance(
        association=ASSOCIATION, actor="system:clock", role="system", on_behalf_of="", happened_at=who.at, recorded_at=who.at,
        purpose="operation", basis="", procedure_version="", correlation_id=str(uuid4()), causation_id="", traceparent="",
    )  # fmt: skip
    kafka = written(envelope_for(message, service=service, stream_id=finding, version=1, provenance=provenance), message)
    return Record(message.TOPIC, 0, 1, str(finding).encode(), tuple(kafka.headers.items()), kafka.value)


HTML = {"Accept": "text/html", "Accept-Language": "da"}
AUDITOR = "staff-auditor-1"


@pytest.mark.parametrize("address", ["/cases/", "/cases/audit", "/cases/audit/looks", "/cases/audit/chain"])
async def test_every_page_asks_a_checker_why_before_it_shows_anything(cases: Running, address: str) -> None:
    async with browser(cases, as_=AUDITOR) as client:
        first = await client.get(address, headers=HTML)
        stated = await client.get(f"{address}?formaal=audit", headers=HTML)
        unknown = await client.get(f"{address}?formaal=curiosity", headers=HTML)
        not_hers = await client.get(f"{address}?formaal=case_work", headers=HTML)

    assert (first.status_code, first.headers["location"].startswith("/cases/audit/purpose?next=")) == (303, True)
    assert (stated.status_code, unknown.status_code, not_hers.status_code) == (200, 422, 403)


@pytest.mark.parametrize("address", ["/cases/api/cases", "/cases/api/audit/looks", "/cases/api/audit/chain"])
async def test_a_checker_who_asks_as_json_says_why_too(cases: Running, address: str) -> None:
    async with browser(cases, as_=AUDITOR) as client:
        first = await client.get(address)

    assert (first.status_code, first.json()["code"]) == (422, "purpose-is-not-stated")


@pytest.mark.parametrize("address", ["/cases/", "/cases/audit", "/cases/audit/looks", "/cases/audit/chain", "/cases/api/cases"])
async def test_why_is_said_in_danish_in_english_or_in_a_header(cases: Running, address: str) -> None:
    async with browser(cases, as_=AUDITOR) as client:
        ways = [
            await client.get(f"{address}?formaal=audit", headers=HTML),
            await client.get(f"{address}?purpose=audit", headers=HTML),
            await client.get(address, headers=HTML | {"Brobygger-Purpose": "audit"}),
        ]

    assert [answer.status_code for answer in ways] == [200, 200, 200]


async def test_who_does_not_check_is_not_asked(cases: Running) -> None:
    async with browser(cases, as_="staff-social-lead-1") as client:
        page = await client.get("/cases/", headers=HTML)
        purposes = await client.get("/cases/audit/purpose", headers=HTML)

    assert (page.status_code, purposes.status_code) == (200, 403)


async def test_the_page_of_purposes_leads_nowhere_else(cases: Running) -> None:
    async with browser(cases, as_=AUDITOR) as client:
        elsewhere = await client.get("/cases/audit/purpose", params={"next": "//evil.example/"}, headers=HTML)

    assert 'action="/cases/audit"' in elsewhere.text


@pytest.mark.parametrize("before", [0, 2**63, 10**30])
@pytest.mark.parametrize("address", ["/cases/audit/looks", "/cases/api/audit/looks"])
async def test_the_log_does_not_go_on_from_where_it_never_was(cases: Running, address: str, before: int) -> None:
    async with browser(cases, as_=AUDITOR) as client:
        answer = await client.get(f"{address}?formaal=audit&before={before}", headers=HTML)
    assert answer.status_code == 422


async def test_who_looked_is_listed_newest_first_and_reading_the_list_is_a_look_too(cases: Running) -> None:
    case_id = await raised(cases)
    async with browser(cases, as_="staff-social-lead-1") as lead:
        await lead.get(f"/cases/{case_id}", headers=HTML)
    async with browser(cases, as_=AUDITOR) as client:
        page = (await client.get(f"/cases/audit/looks/{case_id}?formaal=audit", headers=HTML)).text
        everything = (await client.get("/cases/audit/looks?formaal=audit", headers=HTML)).text

    assert "Citha Testvang" in page
    assert "Åbnede sagen" in page
    assert "Så opslagsloggen" in everything
    async with cases.service.read() as connection:
        found = await looks(connection, association=ASSOCIATION, limit=10)
        assert [look.action for look in found] == ["read_access_log", "read_access_log", "read_case"]
        assert await looks(connection, association="another") == []


async def test_a_long_log_goes_on_where_it_stopped(cases: Running) -> None:
    async with browser(cases, as_="staff-social-lead-1") as lead:
        for _ in range(5):
            await lead.get("/cases/", headers=HTML)
    async with cases.service.read() as connection:
        first = await looks(connection, association=ASSOCIATION, limit=3)
        rest = await looks(connection, association=ASSOCIATION, before=first[2].position, limit=3)

    assert (len(first), len(rest)) == (4, 2)
    assert not {look.position for look in first[:3]} & {look.position for look in rest}


async def test_the_chain_holds_and_a_changed_event_breaks_it_in_its_place(cases: Running) -> None:
    case_id = await opened(cases)
    async with browser(cases, as_=AUDITOR) as client:
        before = (await client.get("/cases/audit/chain?formaal=audit&verify=1", headers=HTML)).text
        await behind_it(cases, "update events set state = replace(state, 'elderly_care', 'loneliness') where stream_id = $1", case_id)
        after = (await client.get(f"/cases/audit/chain?formaal=audit&verify=1&stream={case_id}", headers=HTML)).text

    assert "Kæden holder" in before
    assert "Kæden er brudt" in after
    assert "Indholdet er ændret" in after
    assert str(case_id) in after


async def test_a_case_whose_chain_is_broken_says_so_itself(cases: Running) -> None:
    case_id, other = await opened(cases), await opened(cases)
    await behind_it(cases, "update events set state = replace(state, 'elderly_care', 'loneliness') where stream_id = $1", case_id)
    async with browser(cases, as_="staff-social-lead-1") as lead:
        pages = [(await lead.get(f"/cases/{case_id}{page}", headers=HTML)).text for page in ("", "/as-of")]
        honest = (await lead.get(f"/cases/{other}", headers=HTML)).text
    async with browser(cases, as_=AUDITOR) as client:
        checked = (await client.get(f"/cases/{case_id}?formaal=audit", headers=HTML)).text

    assert all("Sagens historie er ændret uden om Brobygger." in page for page in [*pages, checked])
    assert all("Hjælp beboeren imens" in page and "Ændret uden om Brobygger" in page for page in [*pages, checked])
    assert "Sagens historie er ændret" not in honest
    assert "Ændret uden om" not in honest
    assert f"/cases/audit/chain?formaal=audit&amp;stream={case_id}&amp;verify=1" in checked
    assert "/cases/audit/chain" not in pages[0]


@pytest.mark.parametrize("version", [1, 3])
async def test_a_case_with_a_hole_in_its_history_says_so_and_takes_no_step(cases: Running, version: int) -> None:
    case_id = await opened(cases)
    await behind_it(cases, "delete from events where stream_id = $1 and version = $2", case_id, version)
    async with browser(cases, as_="staff-social-lead-1") as lead:
        shown = await lead.get(f"/cases/{case_id}", headers=HTML)
        told = (await lead.get(f"/cases/api/cases/{case_id}")).json()
    cases.service.cache = AggregateCache()  # as another process, or this one later, that has it not at hand
    with pytest.raises(HistoryIsBroken):
        await take(cases, case_id, AddNote, text="Der var lys.")

    assert shown.status_code == 500
    assert "Historien er ændret uden om Brobygger" in shown.text
    assert "Hjælp beboeren imens" in shown.text
    assert told["code"] == "history-broken"


async def test_a_broken_chain_stands_first_on_the_first_page_until_it_is_mended(cases: Running) -> None:
    case_id = await opened(cases)
    await behind_it(cases, "update events set state = replace(state, 'elderly_care', 'loneliness') where stream_id = $1", case_id)
    await verify_a_piece(cases.service)
    async with browser(cases, as_=AUDITOR) as client:
        broken = (await client.get("/cases/audit?formaal=audit", headers=HTML)).text
    await behind_it(cases, "update events set state = replace(state, 'loneliness', 'elderly_care') where stream_id = $1", case_id)
    for _ in range(2):  # what is left of the round, and a new one
        cases.clock.forward(AGAIN_AFTER)
        await verify_a_piece(cases.service)
    async with browser(cases, as_=AUDITOR) as client:
        mended = (await client.get("/cases/audit?formaal=audit", headers=HTML)).text

    assert "Kæden er brudt" in broken
    assert f'href="/cases/{case_id}?formaal=audit"' in broken
    assert "Kæden er brudt" not in mended


async def test_what_another_service_found_stands_there_too_without_what_it_is_about(cases: Running) -> None:
    finding = uuid4()
    listener = Listener(cases.service)
    await listener.take_in([told_by("reporting", ChainBroken(broken_id=finding), finding)])
    await listener.take_in([told_by("cases", ChainBroken(broken_id=finding), finding)])
    async with browser(cases, as_=AUDITOR) as client:
        broken = (await client.get("/cases/audit?formaal=audit", headers=HTML)).text
        await listener.take_in([told_by("reporting", ChainMended(broken_id=finding), finding)])
        mended = (await client.get("/cases/audit?formaal=audit", headers=HTML)).text

    assert broken.count("Vises af verify dér") == 1
    assert "Tal" in broken
    assert str(finding) not in broken
    assert "Kæden er brudt" not in mended


async def test_only_the_service_that_found_it_says_that_it_is_mended(cases: Running) -> None:
    finding, own = uuid4(), uuid4()
    listener = Listener(cases.service)
    await listener.take_in([told_by("intake", ChainBroken(broken_id=finding), finding)])
    await listener.take_in([told_by("reporting", ChainMended(broken_id=finding), finding)])
    await listener.take_in([told_by("cases", ChainBroken(broken_id=own), own)])
    await listener.take_in([told_by("Karen Jensen er død", ChainBroken(broken_id=own), own)])

    assert [tuple(row) for row in await cases.rows("select id, service from broken_streams")] == [(finding, "intake")]
    assert await cases.value("select count(*) from parked where code = 'wrong-place'") == 1


async def test_the_chain_is_that_of_ones_own_association_and_no_event_falls_out_of_it(cases: Running) -> None:
    case_id = await opened(cases)
    address = "/cases/api/audit/chain"
    async with browser(cases, as_=AUDITOR) as client:
        client.headers["Brobygger-Purpose"] = "audit"
        alone = (await client.get(address)).json()
        text = PROCEDURE.read_text(encoding="utf-8")
        await cases.service.do(adopt_procedure, AdoptProcedure(text=text), asking(cases, association="another"))
        theirs = await raised(cases, association="another")
        beside = (await client.get(address)).json()
        assert (await client.get(f"{address}?stream={theirs}")).status_code == 404
        await behind_it(cases, "update events set association = 'another' where stream_id = $1 and version > 2", case_id)
        moved = (await client.get(address)).json()

    assert alone["holds"]
    assert beside == alone
    assert not moved["holds"]
    assert {place["stream_id"] for place in moved["broken"]} == {str(case_id)}
    assert (moved["events"], moved["streams"]) == (alone["events"], alone["streams"])


@pytest.mark.parametrize("who", ["staff-caretaker-1", "staff-social-lead-1", "staff-director-1", "staff-operator-1"])
async def test_nobody_else_checks(cases: Running, who: str) -> None:
    async with browser(cases, as_=who) as client:
        answers = [await client.get(f"/cases/audit{page}", headers=HTML) for page in ("", "/purpose", "/looks", "/chain")]

    assert [answer.status_code for answer in answers] == [403] * 4
