"""Whatever is said of the resident, in whatever order and however late: nothing runs while it stands still, and what ran runs again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as st

from services.cases.case.rules.aftermath import Apologise, AskToContinue, NoteStaffCare, TellRecipient
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import DismissConcern, TriageConcern
from services.cases.case.rules.deadlines import STAYS
from services.cases.case.rules.ending import CloseCase, ReopenCase
from services.cases.case.rules.handling import OpenCase
from services.cases.case.rules.life import RecordDeath, RecordMove, RetractDeath, RetractMove
from shared.ground.errors import Refusal
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.waiting import Appointment
from tests.cases.case.story import LEAD, NOW, REFERRAL, UNDER_TRIAGE, Agreed, take
from tests.cases.case.test_rules_life import RUNNING, SPOUSE
from tests.support.given import Fact, given, news
from tests.support.properties import times

Try = Callable[[Case, datetime, int], None]
UNDER = Agreed(follow_ups=(3, 14))
MADE_ANEW = frozenset({Appointment.MEETING, Appointment.DAMAGE_SERVICE})
"""What runs again by an event of its own."""


def _day(at: datetime, days: int) -> Any:
    return (at + timedelta(days=days)).date()


SAID: list[Try] = [
    lambda case, at, days: take(case, RecordDeath, at=at, on=at.date(), source="relative"),
    lambda case, at, days: take(case, RecordDeath, at=at, on=at.date(), source="relative", person=SPOUSE),
    lambda case, at, days: take(case, RetractDeath, at=at),
    lambda case, at, days: take(case, RecordMove, at=at, on=_day(at, days), source="relative"),
    lambda case, at, days: take(case, RetractMove, at=at),
    lambda case, at, days: case.note_time(at),
    lambda case, at, days: take(case, AskToContinue, at=at, continuing=("yes", "no", "not_reached")[days % 3], channel="phone"),
    lambda case, at, days: take(case, TellRecipient, at=at, referral_id=REFERRAL, channel="phone"),
    lambda case, at, days: take(case, NoteStaffCare, at=at),
    lambda case, at, days: take(case, Apologise, at=at, channel="phone"),
]
ENDED: list[Try] = [
    lambda case, at, days: take(case, CloseCase, at=at, outcome=("deceased", "moved")[days % 2]),
    lambda case, at, days: take(case, ReopenCase, at=at, under=UNDER),
    lambda case, at, days: take(case, TriageConcern, at=at, severity="medium", category="other"),
    lambda case, at, days: take(case, OpenCase, at=at, under=UNDER, handler=LEAD, colleague=Role.SOCIAL_LEAD),
    lambda case, at, days: take(case, DismissConcern, at=at, reason=("deceased", "moved", "explained")[days % 3]),
]
LIVES = st.lists(st.tuples(st.sampled_from(SAID), st.integers(0, 400), st.integers(0, 9)), max_size=25)
ENDINGS = st.lists(st.tuples(st.sampled_from([*SAID, *ENDED]), st.integers(0, 400), st.integers(0, 9)), max_size=25)
Life = list[tuple[Try, int, int]]


def lived(life: Life, after: Callable[[Case], None] = lambda _: None, *, begins: tuple[Fact, ...] = RUNNING) -> tuple[Case, datetime]:
    """A case to which all this is said, some hours apart; what is refused did not happen, and the clock comes before each."""
    case, at = given(Case, *begins), NOW
    for say, hours, days in life:
        at += timedelta(hours=hours)
        case.note_time(at)
        with suppress(Refusal):
            say(case, at, days)
        after(case)
    return case, at


def nothing_runs_while_it_stands_still(case: Case) -> None:
    if case.life.stopped_by:
        assert {(str(wait.kind), wait.ref) for wait in case.waits()} <= STAYS


@whatever(life=ENDINGS, begins=st.sampled_from([RUNNING, UNDER_TRIAGE]))
@settings(max_examples=times(5))
def test_no_clock_runs_while_nothing_reaches_out(life: Life, begins: tuple[Fact, ...]) -> None:
    case, at = lived(life, nothing_runs_while_it_stands_still, begins=begins)
    if case.life.stopped_by:
        before = len(news(case))
        case.note_time(at + timedelta(days=400))
        assert {(each.facts["kind"], each.facts["milestone"]) for each in news(case)[before:]} <= STAYS


@whatever(life=LIVES)
@settings(max_examples=times(3))
def test_what_ran_runs_again_at_its_time_or_at_a_new_one_where_that_passed(life: Life) -> None:
    case, _ = lived(life)
    ran: dict[tuple[str, str, int], Any] = {}
    since = NOW
    for happened in news(case):
        if happened.kind is Case.OutboundStopped and not ran:
            ran, since = _by_name(happened.facts["ran"]), happened.facts["since"]
        if happened.kind is Case.OutboundResumed:
            runs = _by_name(happened.facts["runs"])
            assert runs.keys() == ran.keys()
            for name, (due, is_missed) in runs.items():
                before, was_missed = ran[name]
                assert is_missed == was_missed
                assert due == before or (before >= since.isoformat() and due > before)
            ran = {}


@whatever(life=ENDINGS)
@settings(max_examples=times(3))
def test_a_replayed_case_stands_where_the_one_stands_that_lived_it(life: Life) -> None:
    case, at = lived(life)
    case.note_time(at)  # what is late at once, for it runs again since the last of it
    replayed = given(Case, *RUNNING, *news(case))
    assert (replayed.life.deaths, replayed.life.stopped_by, replayed.life.untold) == (
        case.life.deaths,
        case.life.stopped_by,
        case.life.untold,
    )
    assert sorted(map(repr, replayed.waits())) == sorted(map(repr, case.waits()))
    replayed.note_time(at)
    assert news(replayed) == []


@whatever(life=LIVES)
@settings(max_examples=times(1))
def test_taken_back_to_the_end_it_reaches_out_again(life: Life) -> None:
    case, at = lived(life)
    for step in (RetractMove, RetractDeath):
        with suppress(Refusal):
            take(case, step, at=at)
    assert not case.life.stopped_by
    assert UUID(str(REFERRAL)) in case.referrals.sent


def _by_name(listed: list[dict[str, Any]]) -> dict[tuple[str, str, int], Any]:
    return {(one["kind"], one["ref"], one["step"]): (one["due"], one["is_missed"]) for one in listed if one["kind"] not in MADE_ANEW}
