"""A case on a small estate: history and messages name its municipality; whoever works on it is told more, as long as its key lives."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.cases.app import parts
from services.cases.case.projections import forget
from services.cases.case.rules.concern import TriageConcern
from services.cases.case.rules.correcting import FreezeCase, MoveToRightPerson, RetractCase
from services.cases.case.rules.handling import OpenCase
from shared.history.rebuild import rebuild
from tests.cases.case.living import LEAD, raised, take
from tests.support.services import ASSOCIATION, Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}
SMALL: dict[str, Any] = {"estate": "tre-huse", "estate_name": "Trehusgaarden", "municipality": "bakkelund", "is_small_estate": True}
CARER, AUDITOR = "staff-social-caretaker-1", "staff-auditor-1"


async def told(cases: Running, case_id: UUID) -> str:
    """Everything that history and the outbox hold of a case."""
    events = await cases.value("select string_agg(state, ' ') from events where stream_id = $1", case_id)
    said = await cases.value("select string_agg(convert_from(value, 'UTF8'), ' ') from outbox where key = $1", str(case_id))
    return f"{events} {said}"


async def row(cases: Running, case_id: UUID) -> tuple[str, str, str]:
    found = await cases.service.pool.fetchrow("select estate_id, estate_name, municipality from case_list where case_id = $1", case_id)
    return tuple(found)  # type: ignore[arg-type]


async def test_its_estate_stands_in_no_event_and_no_message(cases: Running) -> None:
    case_id = await raised(cases, **SMALL)
    await take(cases, case_id, TriageConcern, severity="high", category="other")
    await take(cases, case_id, OpenCase, handler=LEAD)
    said = await told(cases, case_id)
    assert "tre-huse" not in said
    assert "Trehusgaarden" not in said
    assert "bakkelund" in said
    assert await row(cases, case_id) == ("tre-huse", "Trehusgaarden", "bakkelund")


async def test_a_large_one_stands_in_the_clear(cases: Running) -> None:
    case_id = await raised(cases, **SMALL | {"is_small_estate": False})
    assert "tre-huse" in await told(cases, case_id)


async def test_whoever_works_on_it_is_told_and_finds_it_in_the_queue(cases: Running) -> None:
    case_id = await raised(cases, **SMALL)
    other = await raised(cases, estate="estate-1", estate_name="Bakken", municipality="bakkelund")
    async with browser(cases, as_=LEAD) as lead:
        assert (await lead.get(f"/cases/api/cases/{case_id}")).json()["estate_id"] == "tre-huse"
        queue = (await lead.get("/cases/api/cases", params={"estate": "tre-huse"})).text
        assert (str(case_id) in queue, str(other) in queue) == (True, False)
        assert "Trehusgaarden" in (await lead.get(f"/cases/{case_id}", headers=HTML)).text


async def test_who_may_see_by_estate_sees_by_a_small_one(cases: Running) -> None:
    theirs = await raised(cases, **SMALL | {"estate": "estate-1"})
    others = await raised(cases, **SMALL)
    async with browser(cases, as_=CARER) as carer:
        assert (await carer.get(f"/cases/api/cases/{theirs}")).status_code == 200
        assert (await carer.get(f"/cases/api/cases/{others}")).status_code in (403, 404)


async def test_whoever_checks_is_told_the_municipality_until_they_ask_for_the_words(cases: Running) -> None:
    case_id = await raised(cases, **SMALL)
    async with browser(cases, as_=AUDITOR) as auditor:
        page = await auditor.get(f"/cases/{case_id}", params={"formaal": "audit"}, headers=HTML)
    assert page.status_code == 200
    assert "Trehusgaarden" not in page.text
    assert "bakkelund" in page.text.lower()


@pytest.mark.erases
async def test_it_is_forgotten_with_the_home_and_a_rebuild_does_not_find_it_again(cases: Running) -> None:
    case_id = await raised(cases, **SMALL)
    await cases.service.vault.destroy({case_id}, association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")
    async with cases.service.pool.acquire() as connection:
        await forget(connection, [case_id])
    gone = ("", "bakkelund", "bakkelund")
    assert await row(cases, case_id) == gone
    await rebuild(parts(), cases.owner_url, cases.service.vault)
    assert await row(cases, case_id) == gone


@pytest.mark.erases
async def test_where_it_stood_by_mistake_is_not_kept(cases: Running) -> None:
    moved, retracted = await raised(cases, home=uuid4(), **SMALL), await raised(cases, home=uuid4(), **SMALL)
    for case_id in (moved, retracted):
        await take(cases, case_id, FreezeCase)
    right: dict[str, Any] = {
        "home_id": uuid4(),
        "address": "Ravnebakken 6",
        "estate_id": "ravne",
        "estate_name": "Ravnene",
        "municipality": "engsted",
    }
    await take(cases, moved, MoveToRightPerson, **right)
    assert await row(cases, moved) == ("ravne", "Ravnene", "engsted")
    assert "Ravnene" not in await told(cases, moved), "nobody said that it is large"
    await take(cases, retracted, RetractCase)
    assert await row(cases, retracted) == ("", "bakkelund", "bakkelund")


async def test_a_place_that_is_moved_to_a_large_estate_stands_in_the_clear(cases: Running) -> None:
    case_id = await raised(cases, home=uuid4(), **SMALL)
    await take(cases, case_id, FreezeCase)
    right: dict[str, Any] = {
        "home_id": uuid4(),
        "address": "Ravnebakken 6",
        "estate_id": "ravne",
        "municipality": "engsted",
        "has_many_homes": True,
    }
    await take(cases, case_id, MoveToRightPerson, **right)
    assert "ravne" in (await told(cases, case_id)).replace("Ravnebakken", "")
