"""A case that is none of one's own is read through a broken glass, and everything about it is seen by others."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from eventsourcing.persistence import MapperDeserialisationError

from services.cases.case.rules.protection import RecordProtection
from services.cases.clock import note_unreviewed_glasses, overdue
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from shared.words.vocabulary.people import Role
from tests.cases.case.living import LEAD, SOCIAL_CARETAKER, asking, opened, raised, take
from tests.cases.case.test_standing_in import wearing
from tests.cases.conftest import PROCEDURE
from tests.support.colleagues import heard_of
from tests.support.forging import behind_it
from tests.support.services import Running, browser

HTML = {"Accept": "text/html"}
DPO = "staff-dpo-1"
REASON = "Naboen ringer: hun råber, og den, der har sagen, er syg."
AS_DPO = {"Brobygger-Purpose": "supervision"}


async def breaks(client: httpx.AsyncClient, case_id: UUID, *, id: UUID | None = None, reason: str = REASON) -> httpx.Response:
    return await client.post("/cases/api/glasses", json={"id": str(id or uuid4()), "case_id": str(case_id), "reason": reason})


def said(answer: httpx.Response) -> dict[str, Any]:
    return {name: value for name, value in answer.json().items() if name != "traceId"}


async def test_it_opens_the_case_and_nothing_else_for_three_hours(cases: Running) -> None:
    case_id, other = await raised(cases, estate="estate-2"), await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        assert (await client.get(f"/cases/api/cases/{case_id}")).status_code == 404
        broken = await breaks(client, case_id)
        assert broken.status_code == 201
        assert broken.json()["until"] == "2026-03-03T12:00:00Z"
        case = await client.get(f"/cases/api/cases/{case_id}")
        assert case.json()["address"] == "Ravnebakken 4"
        assert (await client.get(f"/cases/api/cases/{case_id}/timeline")).status_code == 200
        page = await client.get(f"/cases/{case_id}", headers=HTML)
        assert "gennem et brudt glas" in page.text
        assert "/steps/" not in page.text
        assert (await client.get("/cases/api/cases")).json()["cases"] == []  # no list shows it
        assert (await client.get(f"/cases/api/cases/{other}")).status_code == 404
        note = {"id": str(uuid4()), "text": "Ring."}
        assert (await client.post(f"/cases/api/cases/{case_id}/notes", json=note, headers={"If-Match": '"4"'})).status_code == 404
        cases.clock.forward(timedelta(hours=2, minutes=59))
        assert (await client.get(f"/cases/api/cases/{case_id}")).status_code == 200
        cases.clock.forward(timedelta(minutes=2))
        assert (await client.get(f"/cases/api/cases/{case_id}")).status_code == 404


async def test_what_was_looked_at_stands_in_the_one_log_and_with_the_glass(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        glass = (await breaks(client, case_id)).json()["break_id"]
        cases.clock.forward(timedelta(minutes=5))
        await client.get(f"/cases/api/cases/{case_id}")
        await client.get(f"/cases/{case_id}/as-of", headers=HTML)
    logged = await cases.rows("select action, relation from access_log where about = $1 order by position", case_id)
    assert [tuple(row) for row in logged] == [("read_case", "break_glass"), ("read_case_as_of", "break_glass")]
    async with browser(cases, as_=DPO) as dpo:
        read = (await dpo.get(f"/cases/api/glasses/{glass}", headers=AS_DPO)).json()
        assert [(look["action"], look["stands_out"]) for look in read["looks"]] == [("read_case", True), ("read_case_as_of", True)]
        assert (read["reason"], read["who"], read["verdict"]) == (REASON, SOCIAL_CARETAKER, "")
        page = (await dpo.get(f"/cases/glasses/{glass}?formaal=supervision", headers=HTML)).text
        assert "Åbnede sagen" in page
        assert "råber" in page
        log = (await dpo.get("/cases/api/audit/looks?relation=break_glass", headers=AS_DPO)).json()["looks"]
        assert len(log) == 2
    assert await cases.value("select count(*) from access_log where action = 'read_glass' and actor = $1", DPO) == 2


async def test_an_auditor_sees_that_there_is_a_reason_and_not_what_it_says(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        glass = (await breaks(client, case_id)).json()["break_id"]
    async with browser(cases, as_="staff-auditor-1") as auditor:
        assert (await auditor.get("/cases/api/glasses", headers={"Brobygger-Purpose": "audit"})).json()["glasses"][0]["break_id"] == glass
        read = await auditor.get(f"/cases/api/glasses/{glass}", headers={"Brobygger-Purpose": "audit"})
        assert read.json()["reason"] is None
        page = await auditor.get(f"/cases/glasses/{glass}?formaal=audit", headers=HTML)
        assert "råber" not in page.text
        body = {"verdict": "agreed", "words": "Ja."}
        refused = await auditor.post(f"/cases/api/glasses/{glass}/review", json=body, headers={"Brobygger-Purpose": "audit"})
        assert refused.status_code == 403


async def test_until_there_is_a_reason_nothing_says_whether_there_is_a_case(bare_cases: Running) -> None:
    text = PROCEDURE.read_text(encoding="utf-8")
    for association in ("bakkegaarden", "another"):
        await bare_cases.service.do(adopt_procedure, AdoptProcedure(text=text), asking(bare_cases, association=association))
    elsewhere, theirs = await raised(bare_cases, estate="estate-2"), await raised(bare_cases, association="another")
    home = uuid4()
    kept_out_of = await raised(bare_cases, estate="estate-2", home=home)
    await heard_of(bare_cases, SOCIAL_CARETAKER, Role.SOCIAL_CARETAKER, estates=("estate-1",), shut_from=(home,))
    every = (elsewhere, theirs, kept_out_of, uuid4())
    async with browser(bare_cases, as_=SOCIAL_CARETAKER) as client:
        for address in ("/cases/api/cases/{}", "/cases/api/cases/{}/timeline", "/cases/api/parts/{}"):
            answers = [await client.get(address.format(id)) for id in every]
            assert {answer.status_code for answer in answers} == {404}, address
            assert all(said(answer) == said(answers[0]) for answer in answers), address
        body = {"id": str(uuid4()), "text": "Ring."}
        steps = [await client.post(f"/cases/api/cases/{id}/notes", json=body, headers={"If-Match": '"1"'}) for id in every]
        assert all(said(answer) == said(steps[0]) for answer in steps)
        pages = [(await client.get(f"/cases/{id}", headers=HTML)).text for id in every]
        assert all(f"/cases/glass?case={id}" in shown for id, shown in zip(every, pages, strict=True))
        forms = [(await client.get(f"/cases/glass?case={id}", headers=HTML)).status_code for id in every]
        assert forms == [200] * 4
        unreasoned = [await breaks(client, id, reason="  ") for id in every]
        assert {(answer.status_code, answer.json()["code"]) for answer in unreasoned} == {(422, "glass-has-no-reason")}
        looked_for = "select count(*) from access_log where action = 'tried_glass'"
        assert await bare_cases.value(looked_for) == 0

        in_vain = [await breaks(client, id) for id in every[1:]]
        assert {answer.status_code for answer in in_vain} == {404}
        assert all(said(answer) == said(in_vain[0]) for answer in in_vain)
    tries = await bare_cases.rows("select about, actor, relation from access_log where action = 'tried_glass' order by position")
    assert [tuple(row) for row in tries] == [(id, SOCIAL_CARETAKER, "none") for id in every[1:]]
    assert await bare_cases.value("select count(*) from glasses") == 0


async def test_a_conflict_that_is_declared_meanwhile_shuts_it(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        await breaks(client, case_id)
        assert (await client.get(f"/cases/api/cases/{case_id}")).status_code == 200
        await heard_of(cases, SOCIAL_CARETAKER, Role.SOCIAL_CARETAKER, estates=("estate-1",), shut_from=(case_id,))
        assert (await client.get(f"/cases/api/cases/{case_id}")).status_code == 404


@pytest.mark.parametrize(
    "who", ["staff-caretaker-1", "staff-clerk-1", "staff-director-1", "staff-operator-1", LEAD, DPO, "staff-auditor-1"]
)
async def test_nobody_else_breaks_a_glass(cases: Running, who: str) -> None:
    case_id = await raised(cases, estate="estate-2")
    async with browser(cases, as_=who) as client:
        assert (await breaks(client, case_id)).status_code == 403
        assert (await client.get("/cases/glass", headers=HTML)).status_code == 403


async def test_the_same_request_is_one_glass_and_another_one_is_refused_while_it_is_open(cases: Running) -> None:
    case_id, other, id = await raised(cases, estate="estate-2"), await raised(cases, estate="estate-2"), uuid4()
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        first, again = await breaks(client, case_id, id=id), await breaks(client, case_id, id=id)
        assert (first.status_code, first.json()) == (again.status_code, again.json())
        assert (await breaks(client, case_id, id=id, reason="Noget andet.")).status_code == 409
        assert (await breaks(client, case_id)).json()["code"] == "glass-is-broken"
        assert (await breaks(client, other)).status_code == 201  # another case is another glass
        cases.clock.forward(timedelta(hours=4))
        assert (await breaks(client, case_id)).status_code == 201
    assert await cases.value("select count(*) from glasses where case_id = $1", case_id) == 2


async def test_broken_twice_in_the_same_moment_it_is_broken_once(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        answers = await asyncio.gather(*(breaks(client, case_id) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422]
        (own,) = (await client.get("/cases/api/glasses/own")).json()["glasses"]
        assert own["break_id"] == next(answer for answer in answers if answer.status_code == 201).json()["break_id"]
    assert await cases.value("select count(*) from glasses") == 1


async def test_a_protected_address_stays_protected_through_a_broken_glass(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-2")
    await take(cases, case_id, RecordProtection, source="authority")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        await breaks(client, case_id)
        assert (await client.get(f"/cases/api/cases/{case_id}")).json()["address"] is None
        assert "Ravnebakken" not in (await client.get(f"/cases/{case_id}?adresse=1", headers=HTML)).text


async def test_what_one_may_read_needs_no_glass(cases: Running) -> None:
    own, given = await raised(cases, estate="estate-1"), await opened(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        for case_id in (own, given):
            assert (await breaks(client, case_id)).json()["code"] == "glass-is-not-needed"


@pytest.mark.parametrize(
    ("reason", "code"),
    [("x" * 4001, "text-too-long"), ("Hun har 010203-1234", "text-holds-cpr-number"), ("\t\n ", "glass-has-no-reason")],
    ids=["4001 characters", "a CPR number", "blanks"],
)
async def test_a_reason_that_cannot_be_kept_is_said_with_its_field(cases: Running, reason: str, code: str) -> None:
    case_id = await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        refused = await breaks(client, case_id, reason=reason)
        assert (refused.status_code, refused.json()["code"], refused.json()["errors"][0]["pointer"]) == (422, code, "#/reason")
        form = {"id": str(uuid4()), "case_id": str(case_id), "reason": reason}
        page = await client.post("/cases/glass", data=form, headers=HTML)
        assert page.status_code == 422
        assert f'value="{case_id}"' in page.text


async def test_from_the_page_until_done(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        id = uuid4()
        form = {"id": str(id), "case_id": str(case_id), "reason": REASON}
        done = await client.post("/cases/glass", data=form, headers=HTML)
        assert (done.status_code, done.headers["location"]) == (303, f"/cases/{case_id}")
        assert f"/cases/glass/{id}/done" in (await client.get(f"/cases/{case_id}", headers=HTML)).text
        cases.clock.forward(timedelta(minutes=20))
        assert (await client.post(f"/cases/glass/{id}/done", headers=HTML)).status_code == 303
        assert (await client.get(f"/cases/api/cases/{case_id}")).status_code == 404
        assert (await client.post(f"/cases/api/glasses/{id}/done")).status_code == 204  # said again it is no news
        own = (await client.get("/cases/glass", headers=HTML)).text
        assert "Ingen har set efter endnu" in own
    assert await cases.value("select array_agg(topic order by position) from events where topic like 'glass.%'") == [
        "glass.put_up", "glass.broken", "glass.mended",
    ]  # fmt: skip


async def test_somebody_else_says_whether_it_was_right_and_until_then_it_shows(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        glass = (await breaks(client, case_id)).json()["break_id"]
    async with browser(cases, as_=LEAD) as lead, browser(cases, as_=DPO) as dpo:
        assert "1 brudt glas venter" in (await lead.get("/cases/", headers=HTML)).text
        assert "1 brudt glas venter" in (await dpo.get("/cases/audit?formaal=supervision", headers=HTML)).text
        agreed = {"verdict": "agreed", "words": "Det kunne ikke vente."}
        address = f"/cases/api/glasses/{glass}/review"
        assert (await lead.post(address, json=agreed)).json()["code"] == "glass-is-still-open"
        cases.clock.forward(timedelta(days=4))
        assert "er over fristen" in (await lead.get("/cases/", headers=HTML)).text
        await note_unreviewed_glasses(cases.service)
        await note_unreviewed_glasses(cases.service)
        async with cases.service.read() as connection:
            assert await overdue(connection) == 1
        assert await cases.value("select count(*) from events where topic = 'glass.review_missed'") == 1
        blank = await lead.post(f"/cases/glasses/{glass}/review", data={"verdict": "agreed", "words": ""}, headers=HTML)
        assert (blank.status_code, "Skriv, hvad du lægger vægt på." in blank.text) == (422, True)
        done = await lead.post(f"/cases/glasses/{glass}/review", data=agreed, headers=HTML)
        assert done.status_code == 303
        assert (await dpo.post(address, json=agreed, headers=AS_DPO)).json()["code"] == "glass-is-reviewed"
        assert "venter på" not in (await lead.get("/cases/", headers=HTML)).text
        read = (await dpo.get(f"/cases/api/glasses/{glass}", headers=AS_DPO)).json()
        assert (read["verdict"], read["words"], read["reviewed_by"]) == ("agreed", "Det kunne ikke vente.", LEAD)
        async with cases.service.read() as connection:
            assert await overdue(connection) == 0


async def test_one_that_cannot_be_read_any_more_holds_up_no_other(cases: Running) -> None:
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        for _ in range(2):
            await breaks(client, await raised(cases, estate="estate-2"))
    first = await cases.value("select glass_id from glasses order by glass_id limit 1")
    await behind_it(cases, "update events set state = '{' where stream_id = $1", first)
    cases.clock.forward(timedelta(days=4))
    with pytest.raises(MapperDeserialisationError):
        await note_unreviewed_glasses(cases.service)
    assert await cases.value("select count(*) from events where topic = 'glass.review_missed'") == 1


async def test_what_is_not_right_ends_at_once(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client, browser(cases, as_=LEAD) as lead:
        glass = (await breaks(client, case_id)).json()["break_id"]
        body = {"verdict": "not_agreed", "words": "Den, der har sagen, er på arbejde."}
        assert (await lead.post(f"/cases/api/glasses/{glass}/review", json=body)).status_code == 204
        assert (await client.get(f"/cases/api/cases/{case_id}")).status_code == 404


async def test_who_wears_two_hats_does_not_review_themselves(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-2")
    await heard_of(cases, LEAD, Role.SOCIAL_LEAD, stand_in=SOCIAL_CARETAKER)
    async with wearing(cases, SOCIAL_CARETAKER, "") as own, wearing(cases, SOCIAL_CARETAKER, f"social_lead:bakkegaarden:{LEAD}") as lent:
        glass = (await breaks(own, case_id)).json()["break_id"]
        cases.clock.forward(timedelta(hours=4))
        assert "brudt glas venter" not in (await lent.get("/cases/", headers=HTML)).text
        refused = await lent.post(f"/cases/api/glasses/{glass}/review", json={"verdict": "agreed", "words": "Ja."})
        assert refused.json()["code"] == "nobody-reviews-themselves"
        assert "en anden ser efter" in (await lent.get(f"/cases/glasses/{glass}", headers=HTML)).text


async def test_a_reviewer_who_keeps_out_of_the_case_does_not_see_it(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        glass = (await breaks(client, case_id)).json()["break_id"]
    await heard_of(cases, LEAD, Role.SOCIAL_LEAD, shut_from=(case_id,))
    async with browser(cases, as_=LEAD) as lead:
        assert (await lead.get("/cases/api/glasses")).json()["glasses"] == []
        assert (await lead.get(f"/cases/api/glasses/{glass}")).status_code == 404
        assert "brudt glas venter" not in (await lead.get("/cases/", headers=HTML)).text


async def test_the_reason_is_stored_sealed_only(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        await breaks(client, case_id)
    for table in ("events", "glasses", "access_log", "outbox", "idempotency_keys"):
        assert await cases.value(f"select count(*) from {table} t where t::text like '%Naboen ringer%'") == 0, table


@pytest.mark.erases
async def test_a_case_that_is_erased_is_answered_as_one_that_never_was(vault_url: str, cases: Running) -> None:
    erased = await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        glass = (await breaks(client, erased)).json()["break_id"]
        assert (await client.post(f"/cases/api/glasses/{glass}/done")).status_code == 204
        await cases.service.vault.destroy([erased], association="bakkegaarden", by=DPO, reason="erasure_request")
        here, nowhere = await breaks(client, erased), await breaks(client, uuid4())
        assert (here.status_code, said(here)) == (404, said(nowhere))
    async with browser(cases, as_=LEAD) as lead:
        read = (await lead.get(f"/cases/api/glasses/{glass}")).json()
        assert (read["who"], read["reason"]) == (SOCIAL_CARETAKER, None)
