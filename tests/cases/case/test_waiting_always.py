"""What stands in the list of cases is what the case itself says, whatever people try and in whatever order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, cast

import asyncpg
from eventsourcing.utils import get_topic
from hypothesis import HealthCheck, settings
from hypothesis import given as whatever
from hypothesis import strategies as st

from services.cases.case.projections import reflect
from services.cases.case.queries.filters import Filters
from services.cases.case.queries.queue import cases_due, queue, read_waits
from services.cases.case.rules.accompaniment import PlanAccompaniment
from services.cases.case.rules.case import Case
from services.cases.case.rules.damage_service import OrderDamageService
from services.cases.case.rules.queue import MAY_BE_LATE, NEVER, standing
from services.cases.case.rules.referrals import SendReferral
from services.cases.case.rules.waiting import next_due
from shared.ground.statements import ReadModelRows
from shared.ground.working_days import end_of_day, local_day
from shared.history.aggregate import Event
from shared.history.event_store import replayed
from shared.history.rebuild import OpenedRows
from shared.privacy.access import Reach
from shared.privacy.personal import NO_KEYS, Sealed
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.waiting import QueueSection
from tests.cases.case.story import CARETAKER, NOW, RAISED, WORDS
from tests.cases.case.test_rules_always import IDS, RECIPIENTS, WISHES, Try, lived, take
from tests.support.given import AN_ID, EARLIER, PROVENANCE, news
from tests.support.properties import times
from tests.support.services import ASSOCIATION, Running

ALL = Reach(association=ASSOCIATION)

HELPED: list[Try] = [
    lambda case, by, at, id, to: take(
        case, SendReferral, by=by, at=at, id=id, target=to, channel="phone", basis="vital_interest", basis_reason=WORDS
    ),
    lambda case, by, at, id, to: take(case, OrderDamageService, by=by, at=at, id=id, basis="vital_interest", basis_reason=WORDS),
    lambda case, by, at, id, to: take(case, PlanAccompaniment, by=by, at=at, visit_id=id, companion=CARETAKER, meeting_at=at),
]
"""Other people have the ball, too."""

LIVES = st.builds(
    lambda helped, wishes, opened: lived([*helped, *wishes], opened=opened),
    helped=st.sampled_from([[], [(wish, Role.SOCIAL_LEAD, 0, id, RECIPIENTS[0]) for wish in HELPED for id in IDS]]),
    wishes=WISHES,
    opened=st.sampled_from([True, True, False]),
)
RULES = settings(max_examples=times(3))
DATABASE = settings(max_examples=times(1.5), suppress_health_check=[HealthCheck.function_scoped_fixture])


def history(case: Case) -> list[Event]:
    """Everything that happened to a case, as it is stored."""
    began = Case.ConcernRaised(
        originator_id=AN_ID, originator_version=1, timestamp=EARLIER, originator_topic=get_topic(Case),
        **RAISED.facts | {"home": None, "tenancy": None},
    )  # fmt: skip
    happened = [began, *cast("list[Event]", case.pending_events)]
    for event in happened:
        event.stamp(PROVENANCE)
        if isinstance(event, Case.DamageServiceOrdered):  # what the unit of work does before anything is projected
            object.__setattr__(event, "reference", Sealed(AN_ID, "reference", "box"))
    return happened


async def write_line(connection: ReadModelRows, happened: list[Event], *, known: Case | None) -> Case | None:
    """The line of a case after some more of its history."""
    case = replayed(Case, happened, onto=known)
    if case and happened:
        await reflect(connection, case, happened)
    return case


@asynccontextmanager
async def undone(connection: asyncpg.Connection[Any]) -> AsyncIterator[None]:
    """A transaction that leaves nothing behind."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        yield
    finally:
        await transaction.rollback()


MOMENTS = st.integers(-100, 2000).map(lambda hours: NOW + timedelta(hours=hours))


@whatever(case=LIVES, at=MOMENTS)
@RULES
def test_the_clock_is_sent_to_a_case_exactly_when_it_has_something_to_record(case: Case, at: datetime) -> None:
    due, before = next_due(case.waits()), len(news(case))
    case.note_time(at)
    assert (len(news(case)) > before) == (due is not None and due < at)


@whatever(case=LIVES, at=MOMENTS)
@RULES
def test_a_case_stands_in_the_queue_by_danger_and_then_by_what_is_to_be_done_first(case: Case, at: datetime) -> None:
    waits = case.waits()
    stands = standing(waits, status=case.status, severity=case.severity, is_seen=case.is_seen, handler=case.handler)
    promised = [wait for wait in waits if wait.due and wait.kind not in ("silence", "move")]
    ours = [wait for wait in promised if wait.kind != "answer" or (wait.due and wait.due < at)]
    late = [wait for wait in promised if wait.due and wait.due < at]
    worse = [wait for wait in late if wait.kind != "tell_caretaker"]
    soonest = min((wait.due for wait in worse or late or ours if wait.due), default=None)
    answers = [wait.due for wait in waits if wait.kind == "answer" and wait.due]
    clock = stands.clock(at)
    assert (clock.due if clock else None) == soonest
    section, rank, key = stands.place(at)
    assert key == (soonest or min(answers, default=NEVER))
    has_ended = case.status in ("dismissed", "closed")
    is_unseen = case.status == "raised" and not case.is_seen
    severity = ["acute", "high", "medium", "low"].index(case.severity)
    if case.severity == "acute" and not has_ended:
        assert (section, rank) == (QueueSection.ACUTE, 0 if is_unseen else 1)
    elif is_unseen:
        assert (section, rank) == (QueueSection.UNSEEN, severity)
    elif late:
        assert (section, rank) == (QueueSection.OVERDUE, severity if worse else 4)
    elif soonest and soonest <= end_of_day(local_day(at)):
        assert (section, rank) == (QueueSection.TODAY, severity)
    elif not promised and not has_ended:
        assert (section, rank) == (QueueSection.NO_DATE, severity)
    else:
        waits_for_others = any(wait.kind in ("answer", "damage_service") for wait in waits)
        assert (section, rank) == (QueueSection.WAITING if waits_for_others else QueueSection.LATER, 0)
    assert stands.is_over == (has_ended and waits == [])
    assert ("date" in stands.lacks) == (not has_ended and not promised)
    assert ("look" in stands.lacks) == is_unseen
    assert ("handler" in stands.lacks) == (not has_ended and not case.handler)
    assert {wait.kind for wait in promised} <= set(MAY_BE_LATE), "the overview has a line for everything that can be late"


@whatever(case=LIVES, at=MOMENTS, cut=st.integers(1, 60))
@DATABASE
async def test_the_list_says_what_the_case_says(cases: Running, case: Case, at: datetime, cut: int) -> None:
    waits = case.waits()
    stands = standing(waits, status=case.status, severity=case.severity, is_seen=case.is_seen, handler=case.handler)
    async with cases.service.read() as connection, undone(connection):
        rows = OpenedRows(connection, NO_KEYS)
        known = await write_line(rows, history(case)[:cut], known=None)
        await write_line(rows, history(case)[cut:], known=known)
        (found,) = await queue(connection, ALL, at=at, filters=Filters(ended=stands.is_over))
        due = await cases_due(connection, at=at)
        stored = read_waits(await connection.fetchval("select waits from case_list"))

    assert stored == waits
    assert (found.status, found.severity, found.version) == (case.status, case.severity, case.version)
    runs_out = next_due(waits)
    assert bool(due) == (runs_out is not None and runs_out < at)
    if not stands.is_over:
        assert (found.section, found.rank) == stands.place(at)[:2]
        assert found.sort_key == (stands.place(at).key if "date" not in stands.lacks else PROVENANCE.recorded_at)
        assert (found.lacks, set(found.late)) == (stands.lacks, {kind for kind, due in stands.promised.items() if due < at})
