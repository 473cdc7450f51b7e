"""Dates that earlier releases took: what stands in history is shown, told on and followed up, and marked where it cannot be so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from services.cases.case.rules.case import Case
from services.contract import every_message
from shared.history import event_store
from shared.messaging.message import MessageRegistry
from tests.cases.case.living import LEAD, opened
from tests.support.services import Running, browser, context_for

EVER = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(26, 11, 26, 10, tzinfo=UTC),
    datetime(1753, 1, 1, tzinfo=UTC),
    datetime(1899, 12, 30, tzinfo=UTC),
    datetime(2020, 1, 1, tzinfo=UTC),
]
FAR = [*EVER, datetime(2206, 11, 26, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)]
LANGUAGE = MessageRegistry(every_message())


async def lives_on(cases: Running, case_id: object) -> str:
    """The page of the case, after seeing that everything else about it answers too."""
    async with browser(cases, as_=LEAD) as client:
        page = await client.get(f"/cases/{case_id}")
        assert page.status_code == 200
        for address in (f"/cases/{case_id}/as-of", "/cases/", f"/cases/api/cases/{case_id}", f"/cases/api/cases/{case_id}/timeline"):
            assert (await client.get(address)).status_code == 200, address
    for key, headers, value in await cases.rows("select key, headers, value from outbox"):
        LANGUAGE.read(headers=[(name, content.encode()) for name, content in headers.items()], key=key.encode(), value=bytes(value))
    async with cases.service.transaction() as connection:
        assert (await event_store.verify(connection)).holds
    return page.text


@pytest.mark.parametrize("at", EVER, ids=lambda at: str(at.year))
async def test_a_contact_of_another_age_is_shown_and_told_on_and_marked(cases: Running, at: datetime) -> None:
    case_id = await opened(cases)
    context = replace(context_for(at=cases.clock.now()), happened_at=at)
    async with cases.service.transaction() as connection, cases.service.work(connection, context) as work:
        case = await work.load(Case, case_id)
        case.trigger_event(Case.ContactReached, channel="visit", on_time=True, note=None)
        await work.save(case)
    assert "Tidspunktet kan ikke passe" in await lives_on(cases, case_id)


@pytest.mark.parametrize("due", FAR, ids=lambda due: str(due.year))
async def test_a_day_of_another_age_is_shown_and_waited_for(cases: Running, due: datetime) -> None:
    case_id = await opened(cases)
    async with cases.service.transaction() as connection, cases.service.work(connection, context_for(at=cases.clock.now())) as work:
        case = await work.load(Case, case_id)
        case.trigger_event(Case.FollowUpPlanned, follow_up_id=uuid4(), due=due)
        case.trigger_event(
            Case.AccompanimentPlanned, visit_id=uuid4(), observation_id=uuid4(), companion="staff-caretaker-1", meeting_at=due
        )
        await work.save(case)
    await lives_on(cases, case_id)
