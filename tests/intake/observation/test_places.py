"""Places that are no home, and homes that are known later: as rules, as JSON, on pages and in the vault."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from uuid_utils.compat import uuid7

from services.intake.observation.commands import RecordProgress, record_progress
from services.intake.observation.rules.progress import TakeIn
from shared.privacy.matter import About, case_of
from shared.words.vocabulary.people import Role
from tests.intake.known import HOME, OBSERVATION, TENANCY, VACATED_HOME, registers
from tests.support.colleagues import heard_of
from tests.support.services import ASSOCIATION, NOW, Running, browser, context_for

HTML = {"Accept": "text/html", "Accept-Language": "da"}
STAIRWELL = {"home_id": None, "place": "common_area", "area": "stairwell", "estate_id": "estate-1", "where": "opgang 12"}
SOMEWHERE = {"home_id": None, "place": "unknown", "where": "Det gule hus bag købmanden"}
LINK_ID = "018f0000-0000-7000-8000-0000000000d1"


async def read_back(client: httpx.AsyncClient, id: UUID = OBSERVATION) -> dict[str, Any]:
    answer = await client.get(f"/intake/api/observations/{id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def links(intake: Running, id: UUID) -> set[tuple[str, UUID]]:
    found = await intake.service.vault.links_of(id, association=ASSOCIATION)
    return {(one.link.about.value, one.link.id) for one in found if one.until is None}


async def test_a_stairwell_is_a_place_that_is_about_nobody_yet(caretaker: httpx.AsyncClient, intake: Running) -> None:
    id = uuid4()
    assert (await registers(caretaker, id=str(id), **STAIRWELL)).status_code == 201
    found = await read_back(caretaker, id)
    assert (found["place"], found["area"], found["home_id"], found["estate_id"]) == ("common_area", "stairwell", None, "estate-1")
    assert found["address"] == "Opgang: opgang 12"
    assert await links(intake, id) == set()


async def test_a_place_that_nobody_knows_is_described_in_words(caretaker: httpx.AsyncClient) -> None:
    assert (await registers(caretaker, **SOMEWHERE)).status_code == 201
    found = await read_back(caretaker)
    assert (found["place"], found["estate_id"], found["address"]) == ("unknown", "", "Det gule hus bag købmanden")


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"home_id": None}, "home-is-not-chosen", "home_id"),
        ({"place": "moon"}, "place-kind-is-unknown", "place"),
        ({"place": "unknown"}, "place-contradicts-itself", "place"),
        ({**STAIRWELL, "home_id": str(HOME)}, "place-contradicts-itself", "place"),
        ({**STAIRWELL, "area": "roof-of-the-moon"}, "area-is-unknown", "area"),
        ({**STAIRWELL, "estate_id": ""}, "estate-is-not-chosen", "estate_id"),
        ({**STAIRWELL, "estate_id": "estate-2"}, "estate-is-unknown", "estate_id"),
        ({**SOMEWHERE, "where": "  "}, "place-is-not-described", "where"),
        ({**SOMEWHERE, "where": "x" * 201}, "text-too-long", "where"),
        ({**SOMEWHERE, "where": "hos 010203-1234"}, "text-holds-cpr-number", "where"),
        ({**SOMEWHERE, "where": "bag\u202ehuset"}, "text-holds-control-characters", "where"),
        ({"source": "outreach"}, "only-social-staff-reaches-out", "source"),
        ({"source": "transfer"}, "earlier-case-is-missing", "earlier_case"),
    ],
)
async def test_a_place_that_says_nothing_or_two_things_is_refused(
    refused_caretaker: httpx.AsyncClient, changed: dict[str, Any], code: str, field: str
) -> None:
    answer = await registers(refused_caretaker, **changed)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert answer.json()["errors"][0]["pointer"] == f"/{field}" or field in answer.text


async def test_nobody_says_by_themselves_that_they_are_a_neighbour(refused_caretaker: httpx.AsyncClient) -> None:
    assert (await registers(refused_caretaker, source="neighbour")).status_code == 422


async def test_social_staff_reaches_out_and_is_told_as_the_one_who_saw_it(intake: Running) -> None:
    async with browser(intake, as_="staff-social-lead-1") as lead:
        assert (await registers(lead, source="outreach")).status_code == 201
    assert await intake.value("select source from observations") == "outreach"
    assert await intake.value("select observer from observations") == "staff-social-lead-1"


async def seen_to_in(intake: Running, caretaker: httpx.AsyncClient) -> UUID:
    """A case that is known here: an observation is seen to in it."""
    case_id = case_of(OBSERVATION)
    await registers(caretaker)
    await intake.service.do(
        record_progress,
        RecordProgress(observation_id=OBSERVATION, news=TakeIn(case_id=case_id, triage_due=NOW)),
        context_for(Role.SYSTEM, id="system:listener"),
    )
    return case_id


async def test_a_case_begins_from_an_earlier_one_and_only_social_staff_says_so(caretaker: httpx.AsyncClient, intake: Running) -> None:
    earlier = await seen_to_in(intake, caretaker)
    going_on = {"id": str(uuid4()), "source": "transfer", "earlier_case": str(earlier), "signals": []}
    refused = await registers(caretaker, **going_on)
    assert (refused.status_code, refused.json()["code"]) == (422, "only-social-staff-goes-on")
    async with browser(intake, as_="staff-social-lead-1") as lead:
        unknown = await registers(lead, **going_on | {"id": str(uuid4()), "earlier_case": str(uuid4())})
        assert (unknown.status_code, unknown.json()["code"]) == (422, "earlier-case-is-unknown")
        assert (await registers(lead, **going_on)).status_code == 201
        said_twice = await registers(lead, **going_on)
        assert said_twice.status_code == 201
        beside = await registers(lead, id=str(uuid4()), earlier_case=str(earlier))
    assert (beside.status_code, beside.json()["code"]) == (422, "earlier-case-is-missing")
    messages = [row["value"] for row in await intake.rows("select value from outbox where topic = 'brobygger.intake'")]
    (message,) = [json.loads(value) for value in messages if json.loads(value).get("source") == "transfer"]
    assert message["earlier_case"]["box"]
    assert str(earlier) not in json.dumps(message)
    assert message["observer"] == ""


async def test_a_home_that_is_known_later_is_linked_in_the_vault_and_in_the_row(caretaker: httpx.AsyncClient, intake: Running) -> None:
    id = uuid4()
    await registers(caretaker, id=str(id), **STAIRWELL)
    address = f"/intake/api/observations/{id}/place"
    for _ in range(2):
        assert (await caretaker.post(address, json={"id": LINK_ID, "home_id": str(HOME)})).status_code == 204
    found = await read_back(caretaker, id)
    assert (found["home_id"], found["address"]) == (str(HOME), "Lyngstien 2, st tv")
    assert await links(intake, id) == {(About.HOME.value, HOME), (About.TENANCY.value, TENANCY)}
    again = await caretaker.post(address, json={"id": LINK_ID, "home_id": str(VACATED_HOME)})
    assert (again.status_code, again.json()["code"]) == (409, "same-id-other-content")
    other = await caretaker.post(address, json={"id": LINK_ID.replace("d1", "d2"), "home_id": str(HOME)})
    assert (other.status_code, other.json()["code"]) == (422, "place-is-linked-already")


async def test_only_who_saw_it_and_social_staff_link_it(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await registers(caretaker, **SOMEWHERE)
    address = f"/intake/api/observations/{OBSERVATION}/place"
    async with browser(intake, as_="staff-caretaker-2") as other, browser(intake, as_="staff-social-lead-1") as lead:
        assert (await other.post(address, json={"id": LINK_ID, "home_id": str(HOME)})).status_code == 403
        assert "Det gule hus" in (await lead.get(f"/intake/observations/{OBSERVATION}/place", headers=HTML)).text
        form = {"id": LINK_ID, "estate": "estate-1", "home_id": ""}
        assert (await lead.post(f"/intake/observations/{OBSERVATION}/place", data=form, headers=HTML)).status_code == 422
        done = await lead.post(f"/intake/observations/{OBSERVATION}/place", data=form | {"home_id": str(HOME)}, headers=HTML)
    assert done.status_code == 303


async def test_where_it_was_is_not_shown_once_the_home_is_known(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await registers(caretaker)
    for who in ("staff-caretaker-1", "staff-social-caretaker-1", "staff-social-lead-1"):
        async with browser(intake, as_=who) as client:
            shown = await client.get(f"/intake/observations/{OBSERVATION}/place", headers=HTML)
            assert (shown.status_code, "Lyngstien" in shown.text) == (200, False), who
    assert await intake.value("select count(*) from access_log where action = 'read_place'") == 0


async def test_social_staff_of_another_estate_is_not_shown_where_it_was(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await registers(caretaker, **STAIRWELL)
    await heard_of(intake, "staff-social-caretaker-1", Role.SOCIAL_CARETAKER, estates=("estate-9",))
    async with browser(intake, as_="staff-social-caretaker-1") as other:
        assert (await other.get(f"/intake/observations/{OBSERVATION}/place", headers=HTML)).status_code == 403
    async with browser(intake, as_="staff-social-lead-1") as lead:
        assert (await lead.get(f"/intake/observations/{OBSERVATION}/place", headers=HTML)).status_code == 200
    assert await intake.value("select relation from access_log where action = 'read_place'") == "association"


async def test_a_form_about_a_laundry_leads_to_a_receipt(caretaker: httpx.AsyncClient) -> None:
    form = {
        "id": str(OBSERVATION), "estate": "estate-1", "place": "common_area", "area": "laundry", "where": "", "home_id": "",
        "observed_at": "2026-03-03T09:30", "signals": ["confusion"], "severity": "medium", "consent_answer": "not_asked",
    }  # fmt: skip
    answer = await caretaker.post("/intake/observations/new", data=form, headers=HTML)
    assert answer.status_code == 303, answer.text
    assert "Vaskeri" in (await caretaker.get(answer.headers["location"], headers=HTML)).text


async def test_who_knows_no_estate_registers_all_the_same(caretaker: httpx.AsyncClient) -> None:
    page = (await caretaker.get("/intake/observations/new?unknown=1", headers=HTML)).text
    assert 'type="hidden" name="place" value="unknown"' in page
    assert 'name="home_id"' not in page


async def test_a_welcome_by_hand_needs_no_sign_and_is_begun_by_whoever_reaches_out(intake: Running, caretaker: httpx.AsyncClient) -> None:
    async with browser(intake, as_="staff-social-lead-1") as lead:
        page = (await lead.get("/intake/observations/new?estate=estate-1", headers=HTML)).text
        assert "Velkomst efter hjemløshed" in page
        sent = {
            "id": str(OBSERVATION), "estate": "estate-1", "place": "home", "home_id": str(HOME), "source": "welcome",
            "observed_at": "2026-03-03T09:30", "consent_answer": "not_asked",
        }  # fmt: skip
        answer = await lead.post("/intake/observations/new", data=sent, headers=HTML)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/intake/observations/{OBSERVATION}/receipt"), answer.text
        assert (await lead.get(answer.headers["location"], headers=HTML)).status_code == 200
    row = (await intake.rows("select source, severity from observations"))[0]
    assert tuple(row) == ("welcome", "medium")
    refused = await caretaker.post("/intake/observations/new", data={**sent, "id": str(uuid7())}, headers=HTML)
    assert refused.status_code == 422
    assert "registreres af sociale viceværter" in refused.text


async def test_of_a_stairwell_nobody_is_asked_or_greeted(caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker, **STAIRWELL, consent_answer="not_asked", consent_wording="", consent_scope=[])
    receipt = (await caretaker.get(f"/intake/observations/{OBSERVATION}/receipt", headers=HTML)).text
    assert "Du har gjort dit." in receipt
    assert not any(word in receipt for word in ("spørger selv beboeren", "hils gerne"))
