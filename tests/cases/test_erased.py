"""Somebody is erased: cases about nobody else end, each by itself; what was joined to one and is about others goes on."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from services.cases.case.rules.observations import JoinCase
from services.cases.clock import record_what_did_not_happen
from shared.history.forgetting import Listed
from shared.messaging.messages.erasure import PersonErased
from shared.privacy.matter import Matter, MatterKind
from shared.privacy.personal import Personal
from shared.running.listener import Listener
from tests.cases.case.living import LEAD, later, opened, raised, take
from tests.cases.heard import record
from tests.support.searching import Trace
from tests.support.services import ASSOCIATION, Running, browser


async def erased(cases: Running, *matters: UUID) -> None:
    """Intake tells that these are erased; its list is sealed with the key of the erasure."""
    id = uuid4()
    begun = await cases.service.vault.begin([Matter(id, MatterKind.ERASURE)], association=ASSOCIATION, by="staff-dpo-1", why="erasure")
    listed = begun.keyring.seal(Personal(id, Listed(matters=matters).as_text()), of="erasure/listed")
    said = PersonErased(erasure_id=id, matters=listed)
    for _ in range(2):
        await Listener(cases.service).take_in([record(said, stream_id=id)])


async def events_of(cases: Running, case_id: UUID) -> list[str]:
    rows = await cases.rows("select topic from events where stream_id = $1 order by version", case_id)
    return [row["topic"].removeprefix("case.") for row in rows]


async def test_an_erased_case_leaves_the_queue_and_its_clocks_stop(cases: Running) -> None:
    gone, stays = await opened(cases, home=uuid4()), await opened(cases, home=uuid4())
    await erased(cases, gone, uuid4())
    async with browser(cases, as_=LEAD) as lead:
        queue = (await lead.get("/cases/api/cases")).text
        assert str(gone) not in queue
        assert str(stays) in queue
        page = await lead.get(f"/cases/{gone}", headers={"Accept": "text/html", "Accept-Language": "da"})
        assert page.status_code == 200
        assert "Slettet" in page.text
    row = await cases.service.pool.fetchrow("select * from case_list where case_id = $1", gone)
    assert row is not None
    assert (row["status"], row["is_over"], row["waits"], row["next_due"], row["missed"], row["home_id"]) == (
        "erased",
        True,
        [],
        None,
        0,
        None,
    )
    later(cases, cases.clock.now() + timedelta(days=60))
    await record_what_did_not_happen(cases.service)
    assert (await events_of(cases, gone)).count("erased") == 1
    assert (await events_of(cases, gone))[-1] == "erased"
    assert "deadline_missed" in await events_of(cases, stays)


async def test_two_that_are_erased_together_have_no_moment_and_no_conversation_in_common(cases: Running) -> None:
    both = await opened(cases, home=uuid4()), await opened(cases, home=uuid4())
    cases.clock.forward(timedelta(days=1, microseconds=4711))
    await erased(cases, *both)
    traces = [
        [
            Trace(table, str([str(value) for value in row.values()]))
            for table, whose, column in (("events", "stream_id", "topic"), ("outbox", "key::uuid", "headers::text"))
            for row in await cases.rows(f"select * from {table} where {whose} = $1 and {column} like '%case%erased%'", case_id)
        ]
        for case_id in both
    ]
    assert [len(of_one) for of_one in traces] == [2, 2]
    first, second = (frozenset[str]().union(*(trace.values for trace in of_one)) for of_one in traces)
    assert not first & second
    whole = await cases.rows("select written_at from outbox where headers ->> 'ce_type' like '%case_erased%'")
    assert all(row["written_at"].microsecond == row["written_at"].minute == 0 for row in whole)


async def test_what_was_joined_to_it_and_is_about_others_too_is_seen_to_again(cases: Running) -> None:
    home, tenancy = uuid4(), uuid4()
    first = await opened(cases, home=home, tenancy=tenancy)
    joined, gone_too = await raised(cases, home=home, tenancy=tenancy), await raised(cases, home=home, tenancy=tenancy)
    for concern in (joined, gone_too):
        await take(cases, concern, JoinCase, into=first)
    await erased(cases, first, gone_too)
    assert await cases.value("select status from case_list where case_id = $1", joined) == "raised"
    assert await cases.value("select is_over from case_list where case_id = $1", joined) is False
    assert await cases.value("select status from case_list where case_id = $1", gone_too) == "erased"
