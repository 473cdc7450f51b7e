"""A protected address is shown to nobody in intake: not to whoever saw something there, neither in JSON nor on a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.intake.app import parts
from services.intake.home.commands import TellHousehold, tell_household
from services.intake.observation.projections import forget
from shared.history.rebuild import rebuild
from shared.messaging.messages import cases
from shared.running.listener import Listener
from shared.words.vocabulary.people import Role
from tests.intake.known import CASE, FAR_HOME, HOME, OBSERVATION, TENANCY, matter_of, record, registers
from tests.support.services import ASSOCIATION, Running, context_for

HTML = {"Accept": "text/html", "Accept-Language": "da"}
STREET, OTHER = "Lyngstien", UUID("018f0000-0000-7000-8000-0000000000fb")
PAGES = ("/intake/", "/intake/observations", f"/intake/observations/{OBSERVATION}", f"/intake/observations/{OBSERVATION}/receipt")


async def is_protected(intake: Running, protected: bool) -> None:
    told = TellHousehold(id=matter_of(TENANCY), tenancy_id=TENANCY, size_band=None, is_protected=protected, occupants=None)
    await intake.service.do(tell_household, told, context_for(Role.SYSTEM, id="system:listener"))


@pytest.mark.parametrize("before", [True, False])
async def test_whoever_saw_it_reads_no_address_once_it_is_protected(caretaker: httpx.AsyncClient, intake: Running, before: bool) -> None:
    if before:
        await is_protected(intake, True)
    await registers(caretaker)
    tag = (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).headers.get("etag", "")
    if not before:
        await is_protected(intake, True)
    answer = await caretaker.get(f"/intake/api/observations/{OBSERVATION}", headers={"If-None-Match": tag})
    assert answer.status_code == 200, "what was fetched before is not what holds now"
    shown: dict[str, Any] = answer.json()
    assert [shown[name] for name in ("address", "home_id", "estate_id", "address_protected", "is_erased")] == [None, None, "", True, False]
    assert STREET not in (await caretaker.get("/intake/api/observations")).text
    for address in PAGES:
        page = await caretaker.get(address, headers=HTML)
        assert page.status_code == 200
        assert STREET not in page.text, address
        assert "Beskyttet adresse" in page.text


async def told(intake: Running) -> str:
    """Everything that history and the outbox hold of the observation."""
    events = await intake.value("select string_agg(state, ' ') from events where stream_id = $1", OBSERVATION)
    said = await intake.value("select string_agg(convert_from(value, 'UTF8'), ' ') from outbox where key = $1", str(OBSERVATION))
    return f"{events} {said}"


async def row(intake: Running) -> tuple[str, str]:
    found = await intake.service.pool.fetchrow("select estate_id, municipality from observations")
    return tuple(found)  # type: ignore[arg-type]


@pytest.mark.erases
async def test_history_and_messages_name_neither_estate_nor_municipality(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await is_protected(intake, True)
    await registers(caretaker)
    said = await told(intake)
    assert "estate-1" not in said
    assert "lyngkommune" not in said
    assert await row(intake) == ("estate-1", "lyngkommune")
    await intake.service.vault.destroy({OBSERVATION}, association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")
    async with intake.service.pool.acquire() as connection:
        await forget(connection, [OBSERVATION])
    assert await row(intake) == ("", "")
    await rebuild(parts(), intake.owner_url, intake.service.vault)
    assert await row(intake) == ("", "")


@pytest.mark.parametrize("by", ["the case", "the ERP"])
async def test_a_home_that_is_known_later_tells_no_municipality_either(caretaker: httpx.AsyncClient, intake: Running, by: str) -> None:
    await registers(caretaker, home_id=None, place="unknown", where="Det gule hus")
    await (case_says(intake, True) if by == "the case" else is_protected(intake, True))
    await caretaker.post(f"/intake/api/observations/{OBSERVATION}/place", json={"id": str(uuid4()), "home_id": str(HOME)})
    assert await row(intake) == ("estate-1", "lyngkommune")
    said = await told(intake)
    assert "estate-1" not in said
    assert "lyngkommune" not in said


async def case_says(intake: Running, protected: bool, *, id: str = "cases-1") -> None:
    said = cases.AddressProtectionNoted(case_id=CASE, observation_ids=(OBSERVATION,), is_protected=protected)
    await Listener(intake.service).take_in([record(said, id=id, key=CASE)])
    assert await intake.value("select count(*) from parked") == 0


async def test_what_somebody_noted_in_the_case_hides_it_too(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await registers(caretaker)
    for n in range(2):
        await case_says(intake, True, id=f"cases-{n}")
    shown = (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()
    assert [shown[name] for name in ("address", "home_id", "estate_id", "address_protected")] == [None, None, "", True]
    for address in PAGES:
        assert STREET not in (await caretaker.get(address, headers=HTML)).text, address
    await case_says(intake, False, id="cases-3")
    assert (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()["address"] == "Lyngstien 2, st tv"
    assert await intake.value("select count(*) from events where topic = 'observation.protection_noted'") == 2


async def test_it_is_shown_again_when_it_is_not_protected_any_more(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await registers(caretaker)
    await is_protected(intake, True)
    await is_protected(intake, False)
    assert (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()["address"] == "Lyngstien 2, st tv"
    assert STREET in (await caretaker.get("/intake/observations", headers=HTML)).text


async def test_what_was_seen_elsewhere_is_shown(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await is_protected(intake, True)
    await registers(caretaker, id=str(OTHER), home_id=str(FAR_HOME))
    assert (await caretaker.get(f"/intake/api/observations/{OTHER}")).json()["address"] == "Skovvejen 1"
