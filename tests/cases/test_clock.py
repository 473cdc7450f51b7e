"""The clock's round: what did not happen is recorded, exactly once, however often and from however many places the clock asks."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from eventsourcing.persistence import MapperDeserialisationError

from services.cases.app import parts
from services.cases.case.queries.queue import read_waits
from services.cases.case.rules.concern import TriageConcern
from services.cases.case.rules.handling import OpenCase
from services.cases.clock import record_what_did_not_happen
from shared.history.rebuild import rebuild
from shared.running.listener import Listener
from tests.cases.case.living import raised, take
from tests.cases.heard import CASE_OF_OBSERVATION, REGISTERED, record, registered_as
from tests.support.forging import behind_it
from tests.support.services import NOW, Running

TRIAGE_DUE = datetime.fromisoformat("2026-03-03T22:59:59.999999+00:00")
MOMENT = timedelta(microseconds=1)


@pytest.fixture
async def concern(cases: Running) -> Running:
    await Listener(cases.service).take_in([record(REGISTERED)])
    return cases


async def missed(cases: Running) -> list[str]:
    rows = await cases.rows("select topic from events where topic like '%missed' order by position")
    return [row["topic"] for row in rows]


async def told(cases: Running) -> int:
    count: int = await cases.value("select count(*) from outbox where headers::text like '%cases.deadline_missed.v1%'")
    return count


@pytest.mark.parametrize(("at", "recorded"), [(TRIAGE_DUE - MOMENT, []), (TRIAGE_DUE, []), (TRIAGE_DUE + MOMENT, ["case.deadline_missed"])])
async def test_a_miss_is_recorded_and_told_once_it_is_late(concern: Running, at: datetime, recorded: list[str]) -> None:
    concern.clock.lead_to(at)
    await record_what_did_not_happen(concern.service)
    assert await missed(concern) == recorded
    assert await told(concern) == len(recorded)


async def test_the_next_rounds_have_no_news(concern: Running) -> None:
    for days in range(1, 6):
        concern.clock.lead_to(NOW + timedelta(days=days))
        await record_what_did_not_happen(concern.service)
    assert await missed(concern) == ["case.deadline_missed"]
    assert await told(concern) == 1


async def test_many_clocks_at_once_record_it_once(concern: Running) -> None:
    concern.clock.lead_to(NOW + timedelta(days=1))
    await asyncio.gather(*(record_what_did_not_happen(concern.service) for _ in range(4)))
    assert await missed(concern) == ["case.deadline_missed"]


async def test_a_case_that_cannot_be_read_any_more_holds_up_no_other(cases: Running) -> None:
    first, second = await raised(cases), await raised(cases)
    due = await cases.rows("select case_id from case_list order by next_due, case_id")
    forged = due[0]["case_id"]
    assert {row["case_id"] for row in due} == {first, second}
    await behind_it(cases, "update events set state = '{' where stream_id = $1", forged)
    cases.clock.lead_to(NOW + timedelta(days=1))
    with pytest.raises(MapperDeserialisationError):
        await record_what_did_not_happen(cases.service)
    assert await missed(cases) == ["case.deadline_missed"]


async def test_after_a_rebuild_it_is_still_recorded_once(concern: Running) -> None:
    concern.clock.lead_to(NOW + timedelta(days=1))
    await record_what_did_not_happen(concern.service)
    await rebuild(parts(), concern.owner_url, concern.service.vault)
    await record_what_did_not_happen(concern.service)
    assert await missed(concern) == ["case.deadline_missed"]


async def test_a_clock_that_jumps_back_takes_nothing_back(concern: Running) -> None:
    for at in (NOW + timedelta(days=1), NOW, NOW + timedelta(days=1)):
        concern.clock.lead_to(at)
        await record_what_did_not_happen(concern.service)
    assert await missed(concern) == ["case.deadline_missed"]


async def test_a_triaged_concern_that_nobody_opens_is_not_forgotten(concern: Running) -> None:
    await take(concern, CASE_OF_OBSERVATION, TriageConcern, severity="high", category="other")
    for days in (1, 2, 3):
        concern.clock.lead_to(NOW + timedelta(days=days))
        await record_what_did_not_happen(concern.service)
    assert await missed(concern) == ["case.deadline_missed"]
    assert "first_contact" in await concern.value("select state from events where topic = 'case.deadline_missed'")
    assert await concern.value("select next_due from case_list") is None


async def test_opening_it_late_misses_nothing_twice(concern: Running) -> None:
    await take(concern, CASE_OF_OBSERVATION, TriageConcern, severity="high", category="other")
    concern.clock.lead_to(NOW + timedelta(days=2))
    await record_what_did_not_happen(concern.service)
    await take(concern, CASE_OF_OBSERVATION, OpenCase, handler="staff-social-lead-1")
    concern.clock.lead_to(NOW + timedelta(days=2, hours=1))
    await record_what_did_not_happen(concern.service)
    assert await missed(concern) == ["case.deadline_missed"]
    waits = read_waits(await concern.value("select waits from case_list"))
    assert [wait.is_missed for wait in waits if wait.kind == "first_contact"] == [True]


async def test_it_is_the_clock_that_says_so(concern: Running) -> None:
    concern.clock.lead_to(NOW + timedelta(days=1))
    await record_what_did_not_happen(concern.service)
    provenance = await concern.value("select provenance from events where topic = 'case.deadline_missed'")
    assert "system:clock" in provenance
    assert "2026-1" in provenance


async def test_every_case_is_looked_at(cases: Running) -> None:
    for number in range(3):
        observation = registered_as(UUID(int=number + 1))
        await Listener(cases.service).take_in([record(observation, stream_id=observation.observation_id)])
    cases.clock.lead_to(NOW + timedelta(days=1))
    await record_what_did_not_happen(cases.service)
    assert await missed(cases) == ["case.deadline_missed"] * 3
    assert await cases.value("select count(*) from events where stream_id = $1", CASE_OF_OBSERVATION) == 0
