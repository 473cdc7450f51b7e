"""A protected address is shown to nobody in intake: not to whoever saw something there, neither in JSON nor on a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
import pytest

from services.intake.home.commands import TellHousehold, tell_household
from shared.words.vocabulary.people import Role
from tests.intake.known import FAR_HOME, OBSERVATION, TENANCY, matter_of, registers
from tests.support.services import Running, context_for

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
