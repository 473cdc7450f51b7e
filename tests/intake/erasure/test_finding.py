"""The DPO finds whom it is about by what she has in hand: an address, the number of a receipt, an id, or a caller's name or number."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.intake.home.commands import TellHousehold, tell_household
from services.intake.observation.rules.observation import receipt_of
from shared.messaging.messages import erp
from shared.running.listener import Listener
from shared.words.vocabulary.people import Role
from tests.intake.known import OBSERVATION, REGISTRATION, record
from tests.intake.known import VACANT_HOME as HERS
from tests.support.services import ASSOCIATION, NOW, Running, browser, context_for

HTML = {"Accept": "text/html", "Accept-Language": "da"}
WHY = {"Brobygger-Purpose": "subject_access"}
HER, HIM = UUID("018f0000-0000-7000-8000-0000000000d1"), UUID("018f0000-0000-7000-8000-0000000000d2")
TENANCY = UUID("018f0000-0000-7000-8000-0000000000ad")
RECEIPT = receipt_of(OBSERVATION)
CALL: dict[str, Any] = {
    "id": "018f0000-0000-7000-8000-00000000ca11", "reporter_id": "018f0000-0000-4000-8000-00000000000d", "source": "neighbour",
    "name": "Åse Opdigtet", "phone": "12 34 56 78", "home_id": str(HERS), "observed_at": "2026-03-03T09:30:00+01:00",
    "signals": ["not.seen"], "severity": "medium",
}  # fmt: skip

pytestmark = pytest.mark.erases


@pytest.fixture
async def dpo(intake: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(intake, as_="staff-dpo-1") as client:
        yield client


async def two_live_there(intake: Running, caretaker: httpx.AsyncClient) -> None:
    """The ERP tells that two live in a home, and a caretaker sees something there."""
    persons = (erp.Occupant(person_id=HER), erp.Occupant(person_id=HIM, role="co_tenant"))
    started = erp.TenancyStarted(
        tenancy_id=TENANCY, unit_id=HERS, estate_id="estate-1", started_on=NOW.date().replace(year=2020), persons=persons
    )
    await Listener(intake.service).take_in([record(started, id="erp-1", key=TENANCY)])
    seen = await caretaker.post("/intake/api/observations", json={**REGISTRATION, "home_id": str(HERS)})
    assert seen.status_code == 201, seen.text


async def found(dpo: httpx.AsyncClient, text: str) -> dict[str, str]:
    """Whom it can be about, by id, and what is named."""
    answer = await dpo.post("/intake/api/erasures/find", json={"text": text}, headers=WHY)
    assert answer.status_code == 200, answer.text
    return {one["about"]: one["kind"] for one in answer.json()["whom"]}


@pytest.mark.parametrize(
    "text", ["Lyngstien 10", "lyngst 10", RECEIPT, RECEIPT.lower().replace("-", ""), str(OBSERVATION), str(TENANCY), str(HERS)]
)
async def test_whoever_it_can_be_about_is_found(intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient, text: str) -> None:
    await two_live_there(intake, caretaker)
    assert await found(dpo, text) == {str(HER): "person", str(HIM): "person"}
    shown = await dpo.post("/intake/erasures/find", data={"text": text, "purpose": "subject_access"}, headers=HTML)
    assert shown.status_code == 200
    assert all(word in shown.text for word in ("Lejer · Lyngstien 10 · siden", "Medlejer · Lyngstien 10 · siden", str(HER), str(HIM)))


async def test_who_is_named_by_id_is_found_alone(intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient) -> None:
    await two_live_there(intake, caretaker)
    assert await found(dpo, str(HIM)) == {str(HIM): "person"}


@pytest.mark.parametrize("text", ["Lyngstien 11", "Åse Opdigtet", "0000-0000", str(UUID(int=7))])
async def test_nobody_is_found_where_nothing_is_known(
    intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient, text: str
) -> None:
    await two_live_there(intake, caretaker)
    assert await found(dpo, text) == {}
    shown = await dpo.post("/intake/erasures/find", data={"text": text, "purpose": "supervision"}, headers=HTML)
    assert "Her er intet om nogen" in shown.text


async def test_where_nobody_knows_who_it_is_the_place_is_named(
    intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient
) -> None:
    await caretaker.post("/intake/api/observations", json={**REGISTRATION, "home_id": str(HERS)})
    assert await found(dpo, "Lyngstien 10") == {str(HERS): "whole_home"}
    assert await found(dpo, RECEIPT) == {str(OBSERVATION): "one_matter"}


async def test_the_page_of_the_decision_says_whom_it_is_about(
    intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient
) -> None:
    await two_live_there(intake, caretaker)
    looked = await dpo.post("/intake/erasures/look", data={"kind": "person", "about": str(HIM), "purpose": "subject_access"}, headers=HTML)
    assert all(word in looked.text for word in ("Medlejer · Lyngstien 10 · siden", str(HIM), "1 forhold forsvinder", "2 bliver"))
    assert await intake.value("select purpose from access_log where action = 'look_up_erasure'") == "subject_access"


async def test_a_protected_address_is_told_to_nobody_who_comes_by_a_number(
    intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient
) -> None:
    await two_live_there(intake, caretaker)
    matter = await intake.value("select id from tenancies where tenancy_id = $1", TENANCY)
    told = TellHousehold(id=matter, tenancy_id=TENANCY, size_band=None, is_protected=True, occupants=None)
    await intake.service.do(tell_household, told, context_for(Role.SYSTEM, id="system:listener"))
    shown = await dpo.post("/intake/erasures/find", data={"text": RECEIPT, "purpose": "subject_access"}, headers=HTML)
    looked = await dpo.post("/intake/erasures/look", data={"kind": "person", "about": str(HER)}, headers=HTML)
    for page in (shown.text, looked.text):
        assert "Beskyttet adresse" in page
        assert "Lyngstien" not in page


@pytest.mark.parametrize("text", ["Åse Opdigtet", "opdigtet", "12345678", "12 34 56 78"])
async def test_whoever_called_is_found_by_name_or_number_and_not_shown(
    intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient, text: str
) -> None:
    assert (await caretaker.post("/intake/api/calls", json=CALL)).status_code == 201
    answer = (await dpo.post("/intake/api/erasures/find", json={"text": text}, headers=WHY)).json()
    assert [one["reporter_id"] for one in answer["callers"]] == [CALL["reporter_id"]]
    assert not any(word in str(answer) for word in ("Åse", "12345678", CALL["id"]))
    assert (await dpo.post("/intake/api/erasures/find", json={"text": "Bo Opdigtet"}, headers=WHY)).json()["callers"] == []


async def test_nobody_is_looked_for_without_a_reason_and_every_search_is_noted(intake: Running, dpo: httpx.AsyncClient) -> None:
    assert (await dpo.post("/intake/api/erasures/find", json={"text": "Lyngstien 10"})).json()["code"] == "purpose-is-not-stated"
    unstated = await dpo.post("/intake/erasures/find", data={"text": "Lyngstien 10"}, headers=HTML)
    assert unstated.status_code == 422
    assert 'value="Lyngstien 10"' in unstated.text, "what was typed stands there still"
    strange = await dpo.post("/intake/erasures/find", data={"text": "Lyngstien 10", "purpose": "statistics"}, headers=HTML)
    assert strange.status_code == 422
    empty = await dpo.post("/intake/erasures/find", data={"text": " ", "purpose": "supervision"}, headers=HTML)
    assert empty.status_code == 422
    assert await intake.value("select count(*) from access_log where action = 'find_to_erase'") == 0
    await dpo.post("/intake/erasures/find", data={"text": "Lyngstien 10", "purpose": "supervision"}, headers=HTML)
    noted = await intake.rows("select purpose, about, selection from access_log where action = 'find_to_erase'")
    assert [tuple(one) for one in noted] == [("supervision", None, "")]
    assert await intake.value("select count(*) from access_log where association <> $1", ASSOCIATION) == 0


async def test_a_case_leads_to_the_search_with_its_id(dpo: httpx.AsyncClient) -> None:
    case = "018f0000-0000-7000-8000-0000000000c1"
    shown = await dpo.get(f"/intake/erasures?formaal=subject_access&about={case}", headers=HTML)
    assert f'value="{case}"' in shown.text
    assert 'value="subject_access" checked' in shown.text


async def test_whoever_is_named_only_in_what_could_not_be_taken_in_is_found_by_id(intake: Running, dpo: httpx.AsyncClient) -> None:
    stranger = UUID("018f0000-0000-7000-8000-0000000000ee")
    said = record(erp.TenancyEnded(tenancy_id=TENANCY, ended_on=NOW.date()), id="wrong-1", key=stranger)
    await Listener(intake.service).take_in([replace(said, value=b"{")])
    assert await found(dpo, str(stranger)) == {str(stranger): "person"}
    looked = await dpo.post("/intake/erasures/look", data={"kind": "person", "about": str(stranger)}, headers=HTML)
    assert looked.status_code == 200
    assert 'name="sure"' in looked.text
    assert "ikke kunne tages ind" in looked.text
