"""The day of a death or a move stands in no event in the clear: who works on the case reads it for as long as its key lives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.cases.case.commands.taking import TakeStep, take_step
from services.cases.case.rules.ending import CloseCase
from services.cases.case.rules.life import RecordDeath, RecordMove
from services.cases.case.rules.persons import NotePerson
from shared.ground.spoken import short_day
from tests.cases.case.living import LEAD, do, opened, take
from tests.support.services import ASSOCIATION, Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}


async def states(cases: Running, case_id: UUID) -> str:
    return str(await cases.value("select string_agg(state, ' ') from events where stream_id = $1", case_id))


async def page_of(cases: Running, case_id: UUID) -> str:
    async with browser(cases, as_=LEAD) as lead:
        return (await lead.get(f"/cases/{case_id}", headers=HTML)).text


@pytest.mark.parametrize(
    ("step", "topic", "outcome"), [(RecordDeath, "case.resident_died", "deceased"), (RecordMove, "case.resident_moved", "")]
)
async def test_it_stands_on_the_page_and_in_no_event(cases: Running, step: Any, topic: str, outcome: str) -> None:
    case_id = await opened(cases)
    day = cases.clock.now().date() + (timedelta(0) if outcome else timedelta(days=40))
    for _ in range(2):
        await take(cases, case_id, step, on=day, source="relative")
    if outcome:
        await take(cases, case_id, CloseCase, outcome=outcome)
    assert await cases.value("select count(*) from events where stream_id = $1 and topic = $2", case_id, topic) == 1
    assert f'"on":"{day}"' not in (await states(cases, case_id)).replace(" ", "")
    assert short_day(day, language="da") in await page_of(cases, case_id)
    async with browser(cases, as_=LEAD) as lead:
        timeline = (await lead.get(f"/cases/api/cases/{case_id}/timeline")).json()
    told = [one for one in timeline["events"] if "on" in {**one["facts"], **one["words"]}]
    assert [("on" in one["facts"], one["words"].get("on")) for one in told] == [(False, str(day))] * len(told)
    assert told


@pytest.mark.erases
async def test_of_a_person_it_goes_with_their_part_of_the_case(cases: Running) -> None:
    case_id, part = await opened(cases), uuid4()
    noted = NotePerson(id=part, role="co_tenant", known_as=uuid4(), may_decide=[])
    await do(cases, take_step, TakeStep(case_id=case_id, request=noted))
    day = cases.clock.now().date()
    await take(cases, case_id, RecordDeath, on=day, source="relative", person=part)
    subject = await cases.value(
        "select state::jsonb -> 'on' -> '_data_' ->> 0 from events where stream_id = $1 and topic = 'case.resident_died'", case_id
    )
    assert UUID(subject) == part
    await cases.service.vault.destroy([part], association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")
    page = await page_of(cases, case_id)
    assert "En person i sagen er død" in page
    assert "(slettet)" in page
