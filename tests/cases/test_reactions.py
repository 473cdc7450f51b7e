"""What the others told us: an observation becomes a concern, a lost notice is noted on its case."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from html import unescape
from uuid import UUID, uuid5

import orjson
import pytest

from services.cases.case.rules.case import Case
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from services.cases.reactions import CONSUMES, REACTIONS
from shared.history import event_store
from shared.messaging.message import Message
from shared.messaging.messages import chain, intake, looks, notifications, staff
from shared.messaging.messages.erasure import PersonErased
from shared.messaging.messages.intake import EstateRegistered
from shared.messaging.messages.notifications import NoticeSent
from shared.privacy.personal import Personal
from shared.running.listener import Listener
from shared.running.receiver import Receiver
from tests.cases.case.story import ADDRESS, CARETAKER, LEAD, NOTICE, OBSERVATION, SEEN_AT, TENANCY, UNKNOWN
from tests.cases.conftest import PROCEDURE
from tests.cases.heard import CASE_OF_OBSERVATION, NOT_ARRIVED, REGISTERED, record
from tests.support.services import ASSOCIATION, NOW, Running, browser, context_for, keys_for


async def hear(cases: Running, message: Message, *, stream_id: UUID = OBSERVATION, version: int = 1) -> None:
    await Listener(cases.service).take_in([record(message, stream_id=stream_id, version=version)])


async def happened(cases: Running) -> list[str]:
    return [row["topic"] for row in await cases.rows("select topic from events where topic like 'case.%' order by stream_id, version")]


RAISED = ["case.concern_raised", "case.consent_granted", "case.consent_granted", "case.consent_granted"]


async def test_an_observation_becomes_a_concern_under_the_procedure_of_today(cases: Running) -> None:
    await hear(cases, REGISTERED)
    async with cases.service.read() as connection:
        history = await event_store.load(connection, CASE_OF_OBSERVATION, association=ASSOCIATION)
    raised = history.events[0]
    assert await happened(cases) == RAISED
    assert isinstance(raised, Case.ConcernRaised)
    assert raised.address == ADDRESS
    assert raised.procedure_version == "2026-1"
    assert raised.triage_due.isoformat() == "2026-03-03T22:59:59.999999+00:00"
    assert (raised.provenance.actor, raised.provenance.on_behalf_of) == ("system:cases", CARETAKER)
    assert (raised.provenance.happened_at, raised.provenance.recorded_at) == (NOW, NOW)


async def test_the_queue_and_the_others_know_of_it_in_the_same_breath(cases: Running) -> None:
    await hear(cases, REGISTERED)
    assert await cases.value("select status from case_list where case_id = $1", CASE_OF_OBSERVATION) == "raised"
    told = await cases.rows("select headers, value from outbox where key = $1 order by position", str(CASE_OF_OBSERVATION))
    assert [orjson.loads(row["value"])["case_id"] for row in told] == [str(CASE_OF_OBSERVATION)] * 4


@pytest.mark.parametrize("emptied", [False, True])
async def test_the_same_observation_twice_in_a_row_is_one_concern(cases: Running, emptied: bool) -> None:
    await hear(cases, REGISTERED)
    if emptied:
        await cases.service.pool.execute("delete from inbox")
    await hear(cases, REGISTERED)
    assert await happened(cases) == RAISED
    assert await cases.value("select count(*) from parked") == 0


async def test_the_same_observation_twice_at_once_is_one_concern(cases: Running) -> None:
    await asyncio.gather(*(hear(cases, REGISTERED) for _ in range(4)))
    assert await happened(cases) == RAISED
    assert await cases.value("select count(*) from parked") == 0


async def test_the_same_observation_in_two_messages_at_once_is_one_concern(cases: Running) -> None:
    await asyncio.gather(*(hear(cases, REGISTERED, version=version) for version in (1, 2, 3)))
    assert await happened(cases) == RAISED
    assert await cases.value("select count(*) from parked") == 0


async def test_an_observation_that_cannot_be_read_is_put_aside(cases: Running) -> None:
    await Listener(cases.service).take_in([replace(record(REGISTERED), value=b'{"observation_id": 7}')])
    assert await cases.value("select code from parked") == "malformed"
    assert await happened(cases) == []


async def test_a_severity_nobody_knows_is_put_aside_for_a_person(cases: Running) -> None:
    await hear(cases, REGISTERED.model_copy(update={"severity": "purple"}))
    assert await cases.value("select code from parked") == "refused"
    assert await happened(cases) == []


@pytest.mark.erases
async def test_an_observation_of_somebody_who_was_erased_meanwhile_is_taken_in_and_shows_as_erased(cases: Running) -> None:
    keys = await keys_for(cases, TENANCY)
    said = {"address": "Ravnebakken 4", "words": "Poser overalt."}
    sealed = {name: keys.seal(Personal(TENANCY, text), of=f"intake/{name}") for name, text in said.items()}
    await cases.service.vault.destroy([TENANCY], association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")
    await hear(cases, REGISTERED.model_copy(update=sealed))
    assert await happened(cases) == RAISED
    assert await cases.value("select count(*) from parked") == 0
    async with browser(cases, as_=LEAD) as client:
        case = (await client.get(f"/cases/api/cases/{CASE_OF_OBSERVATION}")).json()
        pages = [await client.get(address, headers={"Accept": "text/html"}) for address in ("/cases/", f"/cases/{CASE_OF_OBSERVATION}")]
    assert (case["address"], case["status"]) == (None, "raised")
    assert [(page.status_code, "(slettet)" in page.text, "Ravnebakken" in page.text) for page in pages] == [(200, True, False)] * 2


async def test_an_observation_of_another_association_is_put_aside(cases: Running) -> None:
    await Listener(cases.service).take_in([record(REGISTERED, association="skovparken")])
    assert await cases.value("select code from parked") == "other-association"
    assert await happened(cases) == []


async def test_without_a_procedure_the_observation_waits_for_one_and_goes_in_by_itself(bare_cases: Running) -> None:
    await hear(bare_cases, REGISTERED)
    html = {"Accept": "text/html"}
    async with browser(bare_cases, as_=LEAD) as client:
        queue = (await client.get("/cases/", headers=html)).text
        assert "følger ingen beredskabsprocedure endnu" in queue
        assert "1 bekymring venter på den" in queue
        assert "Godt gået" not in queue
        example = unescape((await client.get("/cases/procedure/adoption", headers=html)).text)
        text = example.partition('class="procedure-file">')[2].partition("</textarea>")[0].lstrip("\n")
        assert (await client.post("/cases/procedure/adoption", data={"text": text}, headers=html)).status_code == 303
        await Receiver(bare_cases.service).take_in_waiting()
        assert await happened(bare_cases) == RAISED
        assert "følger ingen beredskabsprocedure endnu" not in (await client.get("/cases/", headers=html)).text
        assert "textarea" in (again := (await client.get("/cases/procedure/adoption", headers=html)).text)
        assert "eksempelkommune" not in again


async def test_what_waits_for_a_procedure_says_so(bare_cases: Running) -> None:
    await hear(bare_cases, REGISTERED)
    assert await bare_cases.value("select reason from parked") == (
        "Boligorganisationen følger ingen beredskabsprocedure endnu, så bekymringen har ingen frister og ingen ansvarlige."
        " Vedtag en procedure; så tages beskeden ind af sig selv, når den gælder."
    )


@pytest.mark.parametrize("about", [CASE_OF_OBSERVATION, OBSERVATION])
async def test_a_lost_notice_is_noted_on_the_case_it_was_about(cases: Running, about: UUID) -> None:
    await hear(cases, REGISTERED)
    await hear(cases, NOT_ARRIVED.model_copy(update={"about": about}), stream_id=NOTICE)
    assert await happened(cases) == [*RAISED, "case.notice_failed"]


async def test_the_same_lost_notice_twice_is_noted_once(cases: Running) -> None:
    await hear(cases, REGISTERED)
    await hear(cases, NOT_ARRIVED, stream_id=NOTICE)
    await cases.service.pool.execute("delete from inbox")
    await hear(cases, NOT_ARRIVED, stream_id=NOTICE)
    assert await happened(cases) == [*RAISED, "case.notice_failed"]


async def test_the_same_lost_notice_twice_at_once_is_noted_once(cases: Running) -> None:
    await hear(cases, REGISTERED)
    await asyncio.gather(*(hear(cases, NOT_ARRIVED, stream_id=NOTICE, version=version) for version in (1, 2, 3)))
    assert await happened(cases) == [*RAISED, "case.notice_failed"]


async def test_a_lost_notice_about_something_else_is_not_ours_to_note(cases: Running) -> None:
    await hear(cases, NOT_ARRIVED.model_copy(update={"about": UNKNOWN}), stream_id=NOTICE)
    assert await happened(cases) == []
    assert await cases.value("select count(*) from parked") == 0


async def test_a_notice_that_arrived_changes_nothing(cases: Running) -> None:
    await hear(cases, REGISTERED)
    await hear(cases, NoticeSent(notice_id=NOTICE, recipient=LEAD, kind="case_opened", about=CASE_OF_OBSERVATION), stream_id=NOTICE)
    assert await happened(cases) == RAISED


async def test_the_register_says_where_estates_are_and_a_procedure_is_held_against_it(bare_cases: Running) -> None:
    for version, (estate, municipality) in enumerate(
        [("estate-1", "bakkelund"), ("estate-2", "langtbortby"), ("estate-1", "bakkelund")], start=1
    ):
        said = EstateRegistered(estate_id=estate, municipality=municipality, estate_name="Opdigtet Vænge")
        await hear(bare_cases, said, stream_id=uuid5(OBSERVATION, estate), version=version)

    text = PROCEDURE.read_text(encoding="utf-8")
    odd = await bare_cases.service.do(adopt_procedure, AdoptProcedure(text=text), context_for())

    topics = [row["topic"] for row in await bare_cases.rows("select topic from events order by version")]
    assert [(one.what, one.place) for one in odd] == [("municipality_missing", "municipalities.langtbortby")]
    assert topics == ["procedure.begun", "procedure.estate_noted", "procedure.estate_noted", "procedure.proposed"]


def test_every_message_of_intake_of_the_staff_and_of_notifications_is_known_and_each_reaction_belongs_to_one() -> None:
    assert set(CONSUMES) == {*intake.MESSAGES, *notifications.MESSAGES, *staff.MESSAGES, *chain.MESSAGES, *looks.MESSAGES, PersonErased}
    assert set(REACTIONS) < set(CONSUMES)
    assert SEEN_AT < NOW
