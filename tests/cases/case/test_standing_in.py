"""Somebody stands in: for who is away, on call at night, and for good when cases are handed over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.cases.case.rules.aftermath import AskToContinue
from services.cases.case.rules.concern import TriageConcern
from services.cases.case.rules.ending import CloseCase
from services.cases.case.rules.handling import AssignCase, OpenCase
from services.cases.case.rules.life import RecordMove
from shared.words.vocabulary.people import Role
from tests.cases.case.living import CARETAKER, LEAD, SOCIAL_CARETAKER, opened, raised, take
from tests.support.colleagues import heard_of
from tests.support.services import Running, browser, cookie_of

HTML = {"Accept": "text/html"}
AS_LEAD = f"social_lead:bakkegaarden:{LEAD}"


@asynccontextmanager
async def wearing(cases: Running, who: str, hat: str) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(cases) as client:
        client.cookies.set("brobygger", cookie_of(cases, who, hat))
        yield client


async def step(client: httpx.AsyncClient, case_id: UUID, path: str, **body: Any) -> httpx.Response:
    seen = await client.get(f"/cases/api/cases/{case_id}")
    headers = {"If-Match": seen.headers.get("ETag", '"1"')}
    return await client.post(f"/cases/api/cases/{case_id}/{path}", json={"id": str(uuid4()), **body}, headers=headers)


async def test_a_stand_in_opens_a_case_while_the_lead_is_away_and_says_for_whom(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-9")
    await heard_of(cases, LEAD, Role.SOCIAL_LEAD, stand_in=SOCIAL_CARETAKER)
    async with wearing(cases, SOCIAL_CARETAKER, "") as own, wearing(cases, SOCIAL_CARETAKER, AS_LEAD) as lent:
        assert (await own.get(f"/cases/api/cases/{case_id}")).status_code == 404  # in her own hat it is as ever
        assert (await step(lent, case_id, "triage", severity="high", category="other")).status_code == 204
        assert (await step(lent, case_id, "opening", handler=SOCIAL_CARETAKER)).status_code == 204
        events = (await lent.get(f"/cases/api/cases/{case_id}/timeline")).json()["events"]
        assert {(event["actor"], event["role"], event["on_behalf_of"]) for event in events if event["topic"] == "case.opened"} == {
            (SOCIAL_CARETAKER, "social_lead", LEAD)
        }
        page = (await lent.get(f"/cases/{case_id}", headers=HTML)).text
        assert "På vegne af" in page
        assert "for Citha Testvang" in page or f"for {LEAD}" in page

        cases.clock.forward(timedelta(days=20))
        lent.cookies.set("brobygger", cookie_of(cases, SOCIAL_CARETAKER, AS_LEAD))
        assert (await lent.get(f"/cases/api/cases/{case_id}")).status_code == 401  # the lead is back
    looks = await cases.rows("select distinct actor, role, on_behalf_of from access_log where on_behalf_of <> ''")
    assert [tuple(look) for look in looks] == [(SOCIAL_CARETAKER, "social_lead", LEAD)]


async def test_the_queue_of_a_stand_in_has_the_cases_of_who_is_away(cases: Running) -> None:
    case_id = await opened(cases, estate="estate-7")
    await heard_of(cases, SOCIAL_CARETAKER, Role.SOCIAL_CARETAKER, estates=("estate-1",), stand_in="staff-stand-in-1")
    await heard_of(cases, "staff-stand-in-1", Role.SOCIAL_CARETAKER, estates=("estate-3",))
    async with wearing(cases, "staff-stand-in-1", "") as own:
        assert (await own.get("/cases/api/cases")).json()["cases"] == []
    async with wearing(cases, "staff-stand-in-1", f"social_caretaker:bakkegaarden:{SOCIAL_CARETAKER}") as lent:
        assert [one["case_id"] for one in (await lent.get("/cases/api/cases")).json()["cases"]] == [str(case_id)]
        assert "Ravnebakken 4" in (await lent.get("/cases/?mine=1", headers=HTML)).text
        assert (await step(lent, case_id, "contacts", reached=True, channel="phone")).status_code == 204


async def test_on_call_one_reads_and_acts_on_what_is_acute_and_on_nothing_else(cases: Running) -> None:
    acute, high = await raised(cases, severity="acute", estate="estate-9"), await raised(cases, severity="high", estate="estate-9")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        assert (await client.get(f"/cases/api/cases/{acute}")).status_code == 404
        await heard_of(cases, SOCIAL_CARETAKER, Role.SOCIAL_CARETAKER, estates=("estate-1",), on_call=True)
        assert [one["case_id"] for one in (await client.get("/cases/api/cases")).json()["cases"]] == [str(acute)]
        assert (await client.get(f"/cases/api/cases/{high}")).status_code == 404
        assert (await step(client, acute, "triage", severity="acute", category="other")).status_code == 204
        cases.clock.forward(timedelta(days=20))
        client.cookies.set("brobygger", cookie_of(cases, SOCIAL_CARETAKER))
        another = await raised(cases, severity="acute", estate="estate-9")
        assert (await client.get(f"/cases/api/cases/{another}")).status_code == 404


async def test_on_call_one_opens_what_is_acute_rings_and_keeps_what_one_handled(cases: Running) -> None:
    opens, judges = await raised(cases, severity="acute", estate="estate-9"), await raised(cases, severity="acute", estate="estate-9")
    await heard_of(cases, SOCIAL_CARETAKER, Role.SOCIAL_CARETAKER, estates=("estate-1",), on_call=True)
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        assert (await step(client, opens, "triage", severity="acute", category="other")).status_code == 204
        assert f"/cases/{opens}/steps/opening" in (await client.get(f"/cases/{opens}", headers=HTML)).text
        assert (await step(client, opens, "opening", handler=SOCIAL_CARETAKER)).status_code == 204
        assert (await step(client, opens, "contacts", reached=True, channel="phone")).status_code == 204
        assert (await step(client, opens, "severity", severity="medium")).status_code == 204
        assert (await step(client, judges, "triage", severity="medium", category="other")).status_code == 204
        both = {str(opens), str(judges)}
        assert {one["case_id"] for one in (await client.get("/cases/api/cases")).json()["cases"]} == both
        cases.clock.forward(timedelta(days=20))
        client.cookies.set("brobygger", cookie_of(cases, SOCIAL_CARETAKER))
        assert {one["case_id"] for one in (await client.get("/cases/api/cases")).json()["cases"]} == both
        assert (await client.get(f"/cases/api/cases/{judges}")).status_code == 200
        await take(cases, judges, OpenCase, handler=LEAD)
        await take(cases, opens, AssignCase, handler=LEAD)
        assert (await client.get("/cases/api/cases")).json()["cases"] == []
        assert (await client.get(f"/cases/api/cases/{judges}")).status_code == 404


# Handing over


async def test_all_open_cases_of_a_colleague_are_handed_over_once_each_in_its_own_history(cases: Running) -> None:
    theirs = {str(await opened(cases, estate=f"estate-{n}")) for n in range(3)}
    closed = await opened(cases)
    await take(cases, closed, RecordMove, on=f"{cases.clock.now():%Y-%m-%d}", source="resident")
    await take(cases, closed, AskToContinue, continuing="no", channel="phone")
    await take(cases, closed, CloseCase, outcome="moved")
    body = {"id": str(uuid4()), "giver": SOCIAL_CARETAKER, "handler": LEAD}
    async with browser(cases, as_=LEAD) as lead:
        first = (await lead.post("/cases/api/hand-overs", json=body)).json()
        again = (await lead.post("/cases/api/hand-overs", json=body)).json()
    assert {one["case_id"] for one in first["cases"]} == theirs
    assert all(one["done"] for one in first["cases"])
    assert again == first
    assert await cases.value("select count(*) from events where topic = 'case.assigned'") == 3
    assert await cases.value("select handler from case_list where case_id = $1", closed) == SOCIAL_CARETAKER


async def test_chosen_cases_are_handed_over_from_a_page_that_says_which_were_refused_and_why(cases: Running) -> None:
    stays, goes = await opened(cases, address="Ravnebakken 1"), await opened(cases, address="Ravnebakken 2")
    form = {"id": str(uuid4()), "giver": SOCIAL_CARETAKER, "handler": LEAD, "cases": [str(goes)]}
    async with browser(cases, as_=LEAD) as lead:
        assert f"/cases/hand-over?giver={SOCIAL_CARETAKER}" in (await lead.get("/cases/hand-over", headers=HTML)).text
        page = (await lead.get(f"/cases/hand-over?giver={SOCIAL_CARETAKER}", headers=HTML)).text
        assert page.count('name="cases"') == 2
        done = await lead.post("/cases/hand-over", data=form, headers=HTML)
        assert done.status_code == 200
        assert "Ravnebakken 2" in done.text
        assert "Ravnebakken 1" not in done.text
        assert "1 sag er givet" in done.text
        to_caretaker = {**form, "id": str(uuid4()), "handler": CARETAKER, "cases": [str(stays)]}
        refused = (await lead.post("/cases/hand-over", data=to_caretaker, headers=HTML)).text
        assert "Blev, hvor de var" in refused
        assert "En vicevært får ikke socialt arbejde" in refused
        nobody = {**form, "id": str(uuid4()), "handler": SOCIAL_CARETAKER}
        assert (await lead.post("/cases/hand-over", data=nobody, headers=HTML)).status_code == 422
    assert await cases.value("select handler from case_list where case_id = $1", stays) == SOCIAL_CARETAKER


@pytest.mark.parametrize("who", [SOCIAL_CARETAKER, CARETAKER, "staff-director-1", "staff-operator-1"])
async def test_only_a_lead_hands_over(cases: Running, who: str) -> None:
    async with browser(cases, as_=who) as client:
        assert (await client.get("/cases/hand-over")).status_code == 403
        body = {"id": str(uuid4()), "giver": SOCIAL_CARETAKER, "handler": LEAD}
        assert (await client.post("/cases/api/hand-overs", json=body)).status_code == 403


async def test_somebody_with_two_hats_carries_a_case_in_the_one_for_social_work(cases: Running) -> None:
    case_id = await raised(cases)
    await take(cases, case_id, TriageConcern, severity="high", category="other")
    await heard_of(cases, "staff-two-hats-1", Role.CARETAKER, version=1)
    async with browser(cases, as_=LEAD) as lead:
        assert (await step(lead, case_id, "opening", handler="staff-two-hats-1")).status_code == 422


async def test_a_concern_that_the_lead_does_not_open_is_opened_by_who_steps_in(cases: Running) -> None:
    case_id = await raised(cases, estate="estate-1")
    await take(cases, case_id, TriageConcern, severity="high", category="other")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        early = await step(client, case_id, "opening", handler=SOCIAL_CARETAKER)
        assert (early.status_code, early.json()["detail"].startswith("Din rolle træder først til")) == (422, True)
        assert f"/cases/{case_id}/steps/opening" not in (await client.get(f"/cases/{case_id}", headers=HTML)).text
        cases.clock.forward(timedelta(days=2))  # a working day later
        client.cookies.set("brobygger", cookie_of(cases, SOCIAL_CARETAKER))
        assert "Opret sagen" in (await client.get(f"/cases/{case_id}", headers=HTML)).text
        assert (await step(client, case_id, "opening", handler=SOCIAL_CARETAKER)).status_code == 204
    async with browser(cases, as_=LEAD) as lead:
        assert "efter 1 arbejdsdag også social vicevært" in (await lead.get("/cases/procedure", headers=HTML)).text
