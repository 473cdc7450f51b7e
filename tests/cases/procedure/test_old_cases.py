"""Cases under a procedure of an older release go on: every page of them answers, and every step is taken or refused by a rule."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.cases.case.steps import FORMS
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from services.cases.procedure.rules import adoption
from services.cases.procedure.rules.reading import read_adopted
from tests.cases.case.living import LEAD, opened
from tests.cases.procedure.older import OLD
from tests.support.services import Running, browser, context_for

HTML = {"Accept": "text/html", "Accept-Language": "da"}


@pytest.fixture
async def old_cases(bare_cases: Running, monkeypatch: pytest.MonkeyPatch) -> Running:
    """The service with a procedure that today's demands would refuse."""
    with monkeypatch.context() as before:
        before.setattr(adoption, "read_procedure", read_adopted)
        await bare_cases.service.do(adopt_procedure, AdoptProcedure(text=OLD), context_for())
    return bare_cases


async def sent(client: httpx.AsyncClient, case_id: UUID, step: str, **asked: Any) -> httpx.Response:
    """A step, asked for as JSON."""
    as_it_is = (await client.get(f"/cases/api/cases/{case_id}")).headers["etag"]
    return await client.post(f"/cases/api/cases/{case_id}/{step}", json={"id": str(uuid4()), **asked}, headers={"If-Match": as_it_is})


async def test_every_page_of_a_case_under_an_old_procedure_answers(old_cases: Running) -> None:
    case_id = await opened(old_cases)
    addresses = ["/cases/", f"/cases/{case_id}", f"/cases/{case_id}/as-of", "/cases/procedure", "/cases/procedure/versions/2026-1"]
    async with browser(old_cases, as_=LEAD) as client:
        pages = [await client.get(address, headers=HTML) for address in addresses]
        forms = [await client.get(f"/cases/{case_id}/steps/{name}", headers=HTML) for name in FORMS]
        read = [await client.get(f"/cases/api{address}") for address in ("/procedure", "/procedure/versions/2026-1", f"/cases/{case_id}")]

    assert [page.status_code for page in (*pages, *forms, *read)] == [200] * (len(addresses) + len(FORMS) + 3)
    assert "tell_caretaker" not in read[0].json()["clocks"]


async def test_a_step_the_old_procedure_names_is_taken_and_one_it_does_not_name_is_refused_by_the_rule(old_cases: Running) -> None:
    case_id = await opened(old_cases)
    async with browser(old_cases, as_=LEAD) as client:
        contact = await sent(client, case_id, "contacts", reached=True, channel="phone")
        note = await sent(client, case_id, "notes", text="Hun var glad.")

    assert contact.status_code < 300, contact.text
    assert (note.status_code, note.json()["code"]) == (422, "procedure-gives-this-step-to-others")
