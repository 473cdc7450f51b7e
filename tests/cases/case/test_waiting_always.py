"""What stands in the list of cases is what the case itself says, whatever people try and in whatever order."""

from __future__ import annotations

from typing import cast

from eventsourcing.utils import get_topic
from hypothesis import HealthCheck, settings
from hypothesis import given as whatever
from hypothesis import strategies as st

from services.cases.case.projections import project
from services.cases.case.rules.case import Case
from services.cases.case.rules.practical_help import OrderDamageService, PlanAccompaniment
from services.cases.case.rules.referrals import SendReferral
from services.cases.case.rules.waiting import Wait
from shared.history.aggregate import Event
from shared.words.vocabulary.people import Role
from tests.cases.case.story import CARETAKER, RAISED, WORDS
from tests.cases.case.test_rules_always import IDS, RECIPIENTS, WISHES, Try, lived, take
from tests.support.given import AN_ID, EARLIER, PROVENANCE
from tests.support.services import Running

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
DATABASE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def history(case: Case) -> list[Event]:
    """Everything that happened to a case, as it is stored."""
    began = Case.ConcernRaised(
        originator_id=AN_ID, originator_version=1, timestamp=EARLIER, originator_topic=get_topic(Case), **RAISED.facts
    )  # fmt: skip
    happened = [began, *cast("list[Event]", case.pending_events)]
    for event in happened:
        event.stamp(PROVENANCE)
    return happened


@whatever(case=LIVES)
@DATABASE
async def test_the_table_waits_for_what_the_case_waits_for(cases: Running, case: Case) -> None:
    async with cases.service.read() as connection:
        transaction = connection.transaction()
        await transaction.start()
        for happened in history(case):
            await project(connection, happened)
        rows = await connection.fetch(
            "select kind, ref, step, target, due_at as due, missed_at is not null as is_missed"
            " from open_deadline join case_list using (case_id) where status in ('raised', 'triaged', 'open') or kind = 'tell_caretaker'"
        )
        await transaction.rollback()

    assert {Wait(**dict(row)) for row in rows} == set(case.waits())
