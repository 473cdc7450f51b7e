"""What the ERP tells of those a case is about: a command for each, with the case it is about; and who sees a protected address."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.cases.case.commands.told import (
    NoteDeath,
    NoteGuardian,
    NoteMove,
    ProtectAddress,
    TakeDeathBack,
    TakeMoveBack,
    UnprotectAddress,
    note_death,
    note_guardian,
    note_move,
    protect_address,
    take_death_back,
    take_move_back,
    unprotect_address,
)
from services.cases.case.rules.damage_service import OrderDamageService
from services.cases.clock import record_what_did_not_happen
from shared.ground.errors import NotFound
from shared.ground.working_days import start_of_day
from shared.words.vocabulary.people import Role
from tests.cases.case.living import CARETAKER, LEAD, SOCIAL_CARETAKER, do, later, opened, take
from tests.support.services import Running, browser

HTML = {"Accept": "text/html"}
PERSON = UUID("9e000000-0000-4000-8000-000000000001")
NOBODYS = UUID("ffffffff-0000-4000-8000-000000000001")


async def told(cases: Running, handler: Any, command: Any) -> None:
    """The ERP's word comes in with a message, with the keys of what was ordered."""
    keys = await cases.value("select order_keys from case_list where case_id = $1", command.case_id)
    await do(cases, handler, replace(command, order_keys=keys or ()), by="system:listener", role=Role.SYSTEM)


async def topics(cases: Running, case_id: UUID) -> list[str]:
    rows = await cases.rows("select topic from events where stream_id = $1 order by version", case_id)
    return [row["topic"].removeprefix("case.") for row in rows]


async def to_the_erp(cases: Running) -> list[dict[str, Any]]:
    rows = await cases.rows("select value from outbox where headers ->> 'ce_type' like '%work_order%' order by position")
    return [json.loads(row["value"]) for row in rows]


async def test_a_death_stops_what_is_on_its_way_and_when_it_was_wrong_it_is_there_again(cases: Running) -> None:
    case_id = await opened(cases)
    await take(cases, case_id, OrderDamageService)
    today = cases.clock.now().date()
    await told(cases, note_death, NoteDeath(case_id=case_id, on=today))
    await told(cases, note_death, NoteDeath(case_id=case_id, on=today))
    assert (await topics(cases, case_id))[-3:] == ["resident_died", "damage_service_cancelled", "outbound_stopped"]
    ordered, cancelled = await to_the_erp(cases)
    assert cancelled == {"order_id": ordered["order_id"]}
    await told(cases, take_death_back, TakeDeathBack(case_id=case_id))
    assert (await topics(cases, case_id))[-3:] == ["death_taken_back", "outbound_resumed", "damage_service_ordered"]
    *_, again = await to_the_erp(cases)
    assert again["unit_id"] == ordered["unit_id"]
    assert again["order_id"] != ordered["order_id"]


async def test_a_move_told_ahead_takes_effect_by_the_clock_also_where_an_order_is_to_be_taken_back(cases: Running) -> None:
    case_id = await opened(cases)
    await take(cases, case_id, OrderDamageService)
    day = cases.clock.now().date() + timedelta(days=3)
    await told(cases, note_move, NoteMove(case_id=case_id, on=day))
    await record_what_did_not_happen(cases.service)
    assert (await topics(cases, case_id))[-1] == "resident_moved"
    later(cases, start_of_day(day) + timedelta(minutes=1))
    await record_what_did_not_happen(cases.service)
    await record_what_did_not_happen(cases.service)
    assert (await topics(cases, case_id)).count("outbound_stopped") == 1
    assert len(await to_the_erp(cases)) == 2
    await told(cases, take_move_back, TakeMoveBack(case_id=case_id))
    assert (await topics(cases, case_id))[-3:] == ["move_taken_back", "outbound_resumed", "damage_service_ordered"]


async def test_a_guardian_is_noted_once_with_what_they_may_decide(cases: Running) -> None:
    case_id = await opened(cases)
    for _ in range(2):
        await told(cases, note_guardian, NoteGuardian(case_id=case_id, guardian=PERSON, may_decide=("housing", "economy")))
    assert (await topics(cases, case_id)).count("guardian_appointed") == 1


@pytest.mark.parametrize(
    ("handler", "command"),
    [
        (note_death, NoteDeath(case_id=NOBODYS, on=date(2026, 3, 3))),
        (protect_address, ProtectAddress(case_id=NOBODYS)),
    ],
)
async def test_a_case_that_is_not_there_is_not_found(cases: Running, handler: Any, command: Any) -> None:
    with pytest.raises((NotFound, KeyError)):
        await told(cases, handler, command)


PLACE = ("Ravnebakken 4", "Ravneparken", "estate-1", "Bakkelund")
LISTS = ("/cases/", "/cases/api/cases", f"/cases/hand-over?giver={SOCIAL_CARETAKER}")


async def protected(cases: Running) -> UUID:
    case_id = await opened(cases, estate_name="Ravneparken")
    await told(cases, protect_address, ProtectAddress(case_id=case_id))
    return case_id


async def test_a_protected_address_stands_on_no_list_no_page_and_in_no_answer(cases: Running) -> None:
    case_id = await protected(cases)
    tenancy = str(await cases.value("select tenancy_id from case_list where case_id = $1", case_id))
    addresses = (
        *LISTS,
        f"/cases/{case_id}",
        f"/cases/{case_id}/steps/note",
        f"/cases/api/cases/{case_id}",
        f"/cases/api/cases/{case_id}/timeline",
    )
    async with browser(cases, as_=LEAD) as lead:
        for address in addresses:
            answer = await lead.get(address, headers=HTML if "/api/" not in address else {})
            assert answer.status_code == 200, address
            assert not [place for place in (*PLACE, tenancy) if place in answer.text], address
        for address in LISTS[:2]:
            found = [(await lead.get(f"{address}?estate={estate}", headers=HTML)).text for estate in ("", "estate-1")]
            assert [str(case_id) in shown for shown in found] == [True, False], "whoever tries one estate after the other learns nothing"
    async with browser(cases, as_=CARETAKER) as caretaker:
        for address in (f"/cases/{case_id}/part", f"/cases/api/parts/{case_id}"):
            assert not [place for place in PLACE if place in (await caretaker.get(address)).text], address


async def test_who_needs_it_asks_for_it_and_that_is_written_down(cases: Running) -> None:
    case_id = await protected(cases)
    async with browser(cases, as_=LEAD) as lead:
        page = await lead.get(f"/cases/{case_id}?adresse=1", headers=HTML)
    assert "Ravnebakken 4" in page.text
    assert "Bakkelund" in page.text
    looks = await cases.rows("select action from access_log where about = $1 order by position", case_id)
    assert "read_protected_address" in [look["action"] for look in looks]


async def test_a_checker_is_not_shown_it_also_when_they_ask(cases: Running) -> None:
    case_id = await protected(cases)
    async with browser(cases, as_="staff-auditor-1") as auditor:
        page = await auditor.get(f"/cases/{case_id}?formaal=audit&indhold=1&adresse=1", headers=HTML)
    assert page.status_code == 200
    assert "Ravnebakken 4" not in page.text


async def test_an_address_that_is_protected_no_more_is_shown_again(cases: Running) -> None:
    case_id = await protected(cases)
    await told(cases, unprotect_address, UnprotectAddress(case_id=case_id))
    async with browser(cases, as_=LEAD) as lead:
        assert "Ravnebakken 4" in (await lead.get("/cases/", headers=HTML)).text
