"""The queue in the order of its clock, one case as it is and as it stood, and what the clock has to look at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.cases.case.commands.noting import NoteTime, note_time
from services.cases.case.queries.filters import Filters
from services.cases.case.queries.history import case_as_of, case_facts, case_page
from services.cases.case.queries.queue import Waiting, cases_due, counted, estates_with_cases, queue, read_waits
from services.cases.case.queries.same_people import others_about_the_same_people
from services.cases.case.rules.concern import DismissConcern, SeeConcern, TriageConcern
from services.cases.case.rules.deadlines import InformCaretaker
from services.cases.case.rules.follow_ups import CancelFollowUp, PlanFollowUp
from services.cases.case.rules.handling import RecordContact
from services.cases.case.rules.referrals import SendReferral
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from shared.ground.errors import NotFound
from shared.privacy.access import Action, Reach, reach
from shared.web.pagination import Keyset
from shared.words.vocabulary.people import Purpose, Role
from shared.words.vocabulary.waiting import QueueSection
from tests.cases.case.living import LEAD, SOCIAL_CARETAKER, asking, do, opened, raised, take
from tests.cases.conftest import PROCEDURE
from tests.support.services import ASSOCIATION, Running, context_for

ALL = Reach(association=ASSOCIATION)


async def seen_in_queue(
    running: Running, within: Reach = ALL, *, after: Keyset | None = None, limit: int = 50, **chosen: Any
) -> list[Waiting]:
    async with running.service.read() as connection:
        return await queue(connection, within, at=running.clock.now(), filters=Filters(**chosen), after=after, limit=limit)


async def with_the_municipality(cases: Running, **facts: Any) -> UUID:
    """A case in which the resident was reached, it was passed on, and the caretaker knows."""
    case_id = await opened(cases, **facts)
    await take(cases, case_id, RecordContact, reached=True, channel="phone")
    await take(cases, case_id, SendReferral, id=uuid4(), target="municipal.visitation", channel="phone")
    await take(cases, case_id, InformCaretaker, milestone="referral_sent", channel="phone")
    return case_id


async def seen(cases: Running, **facts: Any) -> UUID:
    """A concern that somebody has looked at and not judged."""
    case_id = await raised(cases, **facts)
    await take(cases, case_id, SeeConcern)
    return case_id


async def test_the_queue_is_ordered_by_danger_acute_and_unseen_first_and_what_waits_for_others_last(cases: Running) -> None:
    overdue = await seen(cases, severity="high")
    cases.clock.lead_to(datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    waiting = await with_the_municipality(cases, severity="medium")
    later = await seen(cases, severity="low")
    today = await seen(cases, severity="high")
    unseen = await raised(cases, severity="low")
    acute = await raised(cases, severity="acute")

    found = await seen_in_queue(cases)

    assert [(one.case_id, one.section) for one in found] == [
        (acute, QueueSection.ACUTE), (unseen, QueueSection.UNSEEN), (overdue, QueueSection.OVERDUE), (today, QueueSection.TODAY),
        (later, QueueSection.LATER), (waiting, QueueSection.WAITING),
    ]  # fmt: skip
    assert [(one.due_kind, one.waits_for) for one in found] == [*[("triage", "triage")] * 5, ("follow_up", "answer")]
    assert found[-1].targets == ("municipal.visitation",)
    async with cases.service.read() as connection:
        counts = await counted(connection, ALL, at=cases.clock.now(), filters=Filters(section=QueueSection.TODAY))
        of_the_high = await counted(connection, ALL, at=cases.clock.now(), filters=Filters(severities=("high",)))
    assert counts == {section: int(section is not QueueSection.NO_DATE) for section in QueueSection}
    assert {section for section, cases in of_the_high.items() if cases} == {QueueSection.OVERDUE, QueueSection.TODAY}


async def test_what_is_overdue_is_ordered_by_severity_and_telling_a_colleague_comes_last(cases: Running) -> None:
    told_of_nothing = await raised(cases, severity="acute")
    await take(cases, told_of_nothing, DismissConcern, reason="unfounded")
    cases.clock.forward(timedelta(days=40))
    low = await seen(cases, severity="low")
    cases.clock.forward(timedelta(days=20))
    high, medium = await seen(cases, severity="high"), await seen(cases, severity="medium")
    cases.clock.forward(timedelta(days=20))

    found = await seen_in_queue(cases)

    assert {one.section for one in found} == {QueueSection.OVERDUE}
    assert [one.case_id for one in found] == [high, medium, low, told_of_nothing]


async def test_nobody_has_seen_it_comes_before_everything_but_danger_to_life(cases: Running) -> None:
    untold = [await raised(cases, severity="low") for _ in range(2)]
    for case_id in untold:
        await take(cases, case_id, DismissConcern, reason="unfounded")
    cases.clock.forward(timedelta(days=60))
    seen_acute = await seen(cases, severity="acute")
    unseen_acute, unseen = await raised(cases, severity="acute"), await raised(cases, severity="high")
    cases.clock.forward(timedelta(days=2))

    assert [one.case_id for one in await seen_in_queue(cases)][:3] == [unseen_acute, seen_acute, unseen]


async def test_an_open_case_without_a_next_date_is_an_alarm_until_one_is_planned(cases: Running) -> None:
    case_id = await opened(cases, severity="medium")
    await take(cases, case_id, RecordContact, reached=True, channel="phone")
    await take(cases, case_id, InformCaretaker, milestone="case_opened", channel="phone")
    for wait in read_waits(await cases.value("select waits from case_list")):  # what the procedure planned by itself
        await take(cases, case_id, CancelFollowUp, follow_up_id=wait.ref)

    (found,) = await seen_in_queue(cases)
    assert (found.section, found.lacks, found.due_at) == (QueueSection.NO_DATE, ("date",), None)
    assert [one.case_id for one in await seen_in_queue(cases, lacks=("date",))] == [case_id]

    await take(cases, case_id, PlanFollowUp, due=cases.clock.now() + timedelta(days=14))
    (found,) = await seen_in_queue(cases)
    assert (found.section, found.lacks, found.due_kind) == (QueueSection.LATER, (), "follow_up")
    assert await seen_in_queue(cases, lacks=("date",)) == []


async def test_a_concern_that_was_judged_but_not_opened_does_not_fall_out_of_the_queue(cases: Running) -> None:
    case_id = await raised(cases, severity="low")
    await take(cases, case_id, TriageConcern, severity="low", category="loneliness")

    (found,) = await seen_in_queue(cases)

    assert (found.section, found.waits_for, found.due_kind) == (QueueSection.LATER, "opening", "first_contact")


async def test_a_silent_municipality_brings_the_case_back_to_us(cases: Running) -> None:
    case_id = await with_the_municipality(cases, severity="medium")
    cases.clock.lead_to(datetime(2026, 3, 11, 9, 0, tzinfo=UTC))
    await do(cases, note_time, NoteTime(case_id=case_id))

    (found,) = await seen_in_queue(cases)

    assert (found.section, found.due_kind, found.silent_steps) == (QueueSection.OVERDUE, "answer", 3)


async def test_a_closed_case_stays_in_the_queue_until_the_caretaker_was_told(cases: Running) -> None:
    case_id = await raised(cases)
    await take(cases, case_id, DismissConcern, reason="unfounded")
    (waiting,) = await seen_in_queue(cases)
    assert (waiting.waits_for, waiting.due_kind) == ("tell_caretaker", "tell_caretaker")
    assert await seen_in_queue(cases, ended=True) == []

    await take(cases, case_id, InformCaretaker, milestone="dismissed", channel="phone")

    assert await seen_in_queue(cases) == []
    (over,) = await seen_in_queue(cases, ended=True)
    assert (over.case_id, over.status, over.informed) == (case_id, "dismissed", "dismissed")


async def test_the_queue_can_be_narrowed(cases: Running) -> None:
    high = await raised(cases, severity="high", estate="estate-2", estate_name="Nøddekrattet")
    low = await raised(cases, severity="low", estate="estate-1")
    mine = await opened(cases, severity="medium", estate="estate-3")

    assert [one.case_id for one in await seen_in_queue(cases, severities=("high",))] == [high]
    assert [one.case_id for one in await seen_in_queue(cases, estate="estate-1")] == [low]
    assert [one.case_id for one in await seen_in_queue(cases, handlers=(SOCIAL_CARETAKER,))] == [mine]
    assert [one.case_id for one in await seen_in_queue(cases, section=QueueSection.UNSEEN)] == [high, low]
    assert [one.case_id for one in await seen_in_queue(cases, handlers=("",))] == [high, low]
    assert [one.case_id for one in await seen_in_queue(cases, status="open")] == [mine]
    async with cases.service.read() as connection:
        assert await estates_with_cases(connection, ALL) == (
            ("estate-2", "Nøddekrattet"),
            ("estate-1", "estate-1"),
            ("estate-3", "estate-3"),
        )


async def test_a_list_shows_what_can_allows_and_nothing_else(cases: Running) -> None:
    own_estate = await raised(cases, estate="estate-1")
    handed_over = await opened(cases, estate="estate-9")
    await raised(cases, estate="estate-2")
    await cases.service.do(
        adopt_procedure, AdoptProcedure(text=PROCEDURE.read_text(encoding="utf-8")), asking(cases, association="another")
    )
    await raised(cases, estate="estate-1", association="another")

    social_caretaker = context_for(Role.SOCIAL_CARETAKER, id=SOCIAL_CARETAKER, estates=frozenset({"estate-1"}))
    assert {one.case_id for one in await seen_in_queue(cases, reach(social_caretaker, Action.READ_CASE))} == {own_estate, handed_over}
    for role, purpose in (
        (Role.CARETAKER, Purpose.OWN_OBSERVATION),
        (Role.DIRECTOR, Purpose.STATISTICS),
        (Role.OPERATOR, Purpose.OPERATION),
    ):
        assert await seen_in_queue(cases, reach(context_for(role, purpose=purpose), Action.READ_CASE)) == []


async def test_a_long_queue_goes_on_where_it_stopped_and_shows_nothing_twice(cases: Running) -> None:
    everything = {await raised(cases, severity=severity) for severity in ("high", "low", "acute", "high", "medium", "low", "low")}
    shown: list[UUID] = []
    place: Keyset | None = None
    for _ in range(4):
        found = await seen_in_queue(cases, after=place, limit=2)
        shown += [one.case_id for one in found[:2]]
        place = found[min(1, len(found) - 1)].keyset

    assert len(shown) == 7
    assert set(shown) == everything


async def test_looking_at_a_case_is_written_down_with_purpose_and_relation(cases: Running) -> None:
    case_id = await opened(cases)
    async with cases.service.read() as connection:
        facts = await case_facts(connection, case_id, association=ASSOCIATION)
        await case_page(connection, facts, asking(cases, by=SOCIAL_CARETAKER, role=Role.SOCIAL_CARETAKER))
        await case_as_of(
            connection, facts, asking(cases, by="staff-auditor-1", role=Role.AUDITOR, purpose=Purpose.AUDIT), day=date(2026, 3, 3)
        )

    looks = await cases.rows("select actor, role, purpose, action, relation from access_log where about = $1 order by position", case_id)

    assert [tuple(look) for look in looks] == [
        (SOCIAL_CARETAKER, "social_caretaker", "case_work", "read_case", "handler"),
        ("staff-auditor-1", "auditor", "audit", "read_case_as_of", "association"),
    ]


async def test_a_case_of_another_association_does_not_exist(cases: Running) -> None:
    case_id = await raised(cases)
    async with cases.service.read() as connection:
        with pytest.raises(NotFound):
            await case_facts(connection, case_id, association="another")


async def test_a_case_is_read_as_it_stood_at_the_end_of_a_day(cases: Running) -> None:
    case_id = await raised(cases)
    cases.clock.lead_to(datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    await take(cases, case_id, TriageConcern, severity="medium", category="loneliness")
    async with cases.service.read() as connection:
        facts = await case_facts(connection, case_id, association=ASSOCIATION)
        before = await case_as_of(connection, facts, asking(cases), day=date(2026, 3, 2))
        tuesday = await case_as_of(connection, facts, asking(cases), day=date(2026, 3, 3))
        now = await case_page(connection, facts, asking(cases))

    assert before.case is None
    assert tuesday.case is not None
    assert (tuesday.case.status, tuesday.case.severity, tuesday.version) == ("raised", "high", 4)
    assert now.case is not None
    assert (now.case.status, now.case.severity) == ("triaged", "medium")


async def test_a_case_stays_under_the_procedure_it_began_with(cases: Running) -> None:
    case_id = await raised(cases)
    newer = PROCEDURE.read_text(encoding="utf-8").replace('"2026-1"', '"2026-2"').replace("2026-01-01", "2026-03-04")
    await cases.service.do(adopt_procedure, AdoptProcedure(text=newer), asking(cases))
    cases.clock.lead_to(datetime(2026, 3, 5, 9, 0, tzinfo=UTC))
    later = await raised(cases)

    async with cases.service.read() as connection:
        assert (await case_facts(connection, case_id, association=ASSOCIATION)).procedure_version == "2026-1"
        assert (await case_facts(connection, later, association=ASSOCIATION)).procedure_version == "2026-2"


async def test_earlier_concerns_about_the_same_tenancy_are_found_and_none_of_who_lived_there_before(cases: Running) -> None:
    home, tenancy = uuid4(), uuid4()
    await raised(cases, home=home)
    first = await raised(cases, home=home, tenancy=tenancy)
    cases.clock.forward(timedelta(days=30))
    second = await raised(cases, home=home, tenancy=tenancy)
    await raised(cases)
    async with cases.service.read() as connection:
        facts = await case_facts(connection, second, association=ASSOCIATION)
        found = await others_about_the_same_people(connection, ALL, facts)
        elsewhere = await others_about_the_same_people(
            connection, Reach(association=ASSOCIATION, estates=frozenset({"estate-7"}), handlers=frozenset({LEAD})), facts
        )

    assert [other.case_id for other in found] == [first]
    assert elsewhere == ()


async def test_the_clock_looks_at_what_is_overdue_once_and_only_at_that(cases: Running) -> None:
    late = await raised(cases, severity="high")
    await raised(cases, severity="low")
    evening = datetime(2026, 3, 3, 22, 59, 59, 999999, tzinfo=UTC)
    async with cases.service.read() as connection:
        assert await cases_due(connection, at=evening) == []
        after = evening + timedelta(microseconds=1)
        assert await cases_due(connection, at=after) == [(late, ASSOCIATION, [])]
        cases.clock.lead_to(after)
        await do(cases, note_time, NoteTime(case_id=late))
        assert await cases_due(connection, at=after) == []


async def test_the_clock_takes_the_longest_overdue_first_and_no_more_than_it_asked_for(cases: Running) -> None:
    first = await raised(cases, severity="acute")
    cases.clock.forward(timedelta(minutes=5))
    await raised(cases, severity="acute")
    async with cases.service.read() as connection:
        assert await cases_due(connection, at=cases.clock.now() + timedelta(hours=1), limit=1) == [(first, ASSOCIATION, [])]
