"""A case whose people have a protected address: neither history nor messages name its estate or municipality, and others are told so."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from services.cases.app import parts
from services.cases.case.projections import forget
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import TriageConcern
from services.cases.case.rules.correcting import FreezeCase, MoveToRightPerson
from services.cases.case.rules.handling import OpenCase
from services.cases.case.rules.protection import RecordProtection, RecordProtectionEnded
from services.cases.case.rules.referrals import SendReferral
from services.cases.clock import record_what_did_not_happen
from shared.history.rebuild import rebuild
from tests.cases.case.living import LEAD, asking, later, raised, take
from tests.support.services import ASSOCIATION, Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}
WHERE: dict[str, Any] = {
    "estate": "hvidtjoern",
    "estate_name": "Hvidtjoernsparken",
    "municipality": "bakkelund",
    "scope": ("municipal.bostoette",),
}
TARGET = "municipal.bostoette"
"""Which this municipality answers within thirty working days, and others within two."""
PLACES = ("hvidtjoern", "Hvidtjoern", "bakkelund")


async def events_of(cases: Running, case_id: UUID) -> str:
    return str(await cases.value("select string_agg(state, ' ') from events where stream_id = $1", case_id))


async def said_of(cases: Running, case_id: UUID) -> list[dict[str, Any]]:
    rows = await cases.rows("select headers, value from outbox where key = $1 order by position", str(case_id))
    return [{"type": dict(row["headers"])["ce_type"].split(".")[3], **orjson.loads(row["value"])} for row in rows]


async def row(cases: Running, case_id: UUID) -> tuple[str, str, str]:
    found = await cases.service.pool.fetchrow("select estate_id, estate_name, municipality from case_list where case_id = $1", case_id)
    return tuple(found)  # type: ignore[arg-type]


async def protected(cases: Running, **facts: Any) -> UUID:
    """As `reactions.py` takes it in."""
    case_id = await raised(cases, **WHERE, is_protected=True, **facts)
    await take(cases, case_id, RecordProtection, source="authority")
    return case_id


async def is_led_on(cases: Running, case_id: UUID) -> UUID:
    referral = uuid4()
    await take(cases, case_id, TriageConcern, severity="high", category="other")
    await take(cases, case_id, OpenCase, handler=LEAD)
    asked: dict[str, Any] = {"id": referral, "target": TARGET, "channel": "phone", "information": ["home"]}
    await take(cases, case_id, SendReferral, **asked)
    return referral


@pytest.mark.parametrize("told", ["when it was raised", "in the case"])
async def test_no_message_names_its_place_and_a_referral_is_answered_as_agreed_with_its_municipality(cases: Running, told: str) -> None:
    open_one = await raised(cases, **WHERE)
    case_id = await protected(cases) if told == "when it was raised" else await raised(cases, **WHERE)
    if told == "in the case":
        await take(cases, case_id, RecordProtection, source="authority")
    for each in (open_one, case_id):
        await is_led_on(cases, each)
    heard = await said_of(cases, case_id)
    since = 0 if told == "when it was raised" else 1  # what was told before keeps its shape
    assert not any(place in str(heard[since:]) for place in PLACES)
    due = {id: [one["answer_due"] for one in await said_of(cases, id) if one["type"] == "referral_sent"] for id in (open_one, case_id)}
    assert due[case_id] == due[open_one]
    later(cases, cases.clock.now().replace(year=cases.clock.now().year + 1))
    await record_what_did_not_happen(cases.service)
    silent = [one for one in await said_of(cases, case_id) if one["type"] == "referral_silent"]
    assert [one["municipality"] for one in silent] == [""] * len(silent)
    assert len(silent) == len([one for one in await said_of(cases, open_one) if one["type"] == "referral_silent"]) > 0
    if told == "when it was raised":
        history = await events_of(cases, case_id)
        assert not any(place in history for place in PLACES)


async def test_whoever_carries_it_is_shown_where_it_is_when_they_ask(cases: Running) -> None:
    case_id = await protected(cases)
    assert await row(cases, case_id) == ("hvidtjoern", "Hvidtjoernsparken", "bakkelund")
    async with browser(cases, as_=LEAD) as lead:
        page = await lead.get(f"/cases/{case_id}", headers=HTML)
        asked = await lead.get(f"/cases/{case_id}", params={"adresse": "1"}, headers=HTML)
        answer = await lead.get(f"/cases/api/cases/{case_id}")
        history = await lead.get(f"/cases/api/cases/{case_id}/timeline")
    assert not any(place in page.text for place in PLACES)
    assert "Hvidtjoernsparken" in asked.text
    assert "bakkelund" in asked.text.lower()
    for shown in (answer, history):
        assert shown.status_code == 200
        assert not any(place in shown.text for place in PLACES)


@pytest.mark.erases
async def test_it_is_forgotten_with_the_home_and_a_rebuild_does_not_find_it_again(cases: Running) -> None:
    case_id = await protected(cases)
    await cases.service.vault.destroy({case_id}, association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")
    async with cases.service.pool.acquire() as connection:
        await forget(connection, [case_id])
    assert await row(cases, case_id) == ("", "", "")
    await rebuild(parts(), cases.owner_url, cases.service.vault)
    assert await row(cases, case_id) == ("", "", "")


async def test_a_step_of_the_case_tells_the_others_and_its_end_does_too(cases: Running) -> None:
    case_id = await raised(cases, **WHERE)
    observation = await cases.value("select observation_id from case_list where case_id = $1", case_id)
    await take(cases, case_id, RecordProtection, source="resident")
    await take(cases, case_id, RecordProtectionEnded, source="resident")
    said = [one for one in await said_of(cases, case_id) if one["type"] == "address_protection_noted"]
    assert [(one["observation_ids"], one["is_protected"]) for one in said] == [([str(observation)], True), ([str(observation)], False)]


async def test_a_case_that_is_moved_stays_protected(cases: Running) -> None:
    case_id = await protected(cases, home=uuid4())
    await take(cases, case_id, FreezeCase)
    right: dict[str, Any] = {
        "home_id": uuid4(),
        "address": "Ravnebakken 6",
        "estate_id": "ravne",
        "estate_name": "Ravnene",
        "municipality": "engsted",
    }
    await take(cases, case_id, MoveToRightPerson, **right, has_many_homes=True)
    assert await row(cases, case_id) == ("ravne", "Ravnene", "engsted")
    assert "engsted" not in await events_of(cases, case_id)
    said = str(await said_of(cases, case_id))
    assert not any(place in said for place in ("engsted", "Ravnene", "'ravne'"))


async def test_the_case_itself_knows_no_place_that_is_sealed(cases: Running) -> None:
    case_id = await protected(cases)
    async with cases.service.transaction() as connection:
        case = await cases.service.work(connection, asking(cases)).load(Case, case_id)
    assert (case.origin.estate, case.origin.municipality) == ("", "")


async def test_choosing_an_estate_in_the_queue_does_not_tell_who_lives_there(cases: Running) -> None:
    case_id = await protected(cases)
    async with browser(cases, as_=LEAD) as lead:
        everything = await lead.get("/cases/api/cases")
        chosen = await lead.get("/cases/api/cases", params={"estate": "hvidtjoern"})
        page = await lead.get("/cases/", headers=HTML)
    assert str(case_id) in everything.text
    assert str(case_id) not in chosen.text
    assert "hvidtjoern" not in page.text, "nor is it offered for the sake of that one case"
