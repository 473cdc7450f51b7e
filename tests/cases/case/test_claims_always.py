"""Nothing is claimed without the record behind it, whatever people try, in whatever order, and whatever times they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import event, settings
from hypothesis import given as whatever
from hypothesis import strategies as st

from services.cases.announcements import announce
from services.cases.case.rules.accompaniment import AgreeToAccompany, DeclineToAccompany, PlanAccompaniment, RecordAccompaniment
from services.cases.case.rules.aftermath import Apologise, AskToContinue, NoteStaffCare, TellRecipient
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import SeeConcern, TriageConcern
from services.cases.case.rules.consents import DeclineConsent, GrantConsent, WithdrawConsent
from services.cases.case.rules.damage_service import CompleteDamageService, LetDamageServiceIn, OrderDamageService
from services.cases.case.rules.deadlines import InformCaretaker
from services.cases.case.rules.ending import CloseCase, ReopenCase
from services.cases.case.rules.facts import NoteFact, TakeFactBack
from services.cases.case.rules.follow_ups import CancelFollowUp, DoFollowUp, PlanFollowUp
from services.cases.case.rules.handling import OpenCase, RecordContact
from services.cases.case.rules.life import RecordDeath, RecordMove, RetractDeath, RetractMove
from services.cases.case.rules.protection import RecordProtection
from services.cases.case.rules.referrals import RecordAcknowledgement, RecordAnswer, SendReferral
from services.cases.case.rules.step import StepRequest
from services.contract import every_message
from shared.ground.clock import CLOCKS_MAY_DIFFER
from shared.ground.errors import Refusal
from shared.ground.working_days import local_day
from shared.history.aggregate import Event
from shared.messaging.message import MessageRegistry, envelope_for, written
from shared.words.vocabulary.case import FactKind, Outcome
from shared.words.vocabulary.people import Role
from tests.cases.case.story import CARETAKER, LEAD, NOW, RAISED, SEEN_AT, Agreed, take
from tests.support.given import AN_ID, PROVENANCE, as_stored, given, news
from tests.support.properties import times

UNDER = Agreed(follow_ups=(3, 14))
IDS = [UUID(int=number) for number in range(1, 4)]
FACTS = tuple(FactKind)
LANGUAGE = MessageRegistry(every_message())

MOMENTS = st.one_of(
    st.none(),
    st.timedeltas(timedelta(days=-40), timedelta(days=40)),
    st.sampled_from([timedelta(0), CLOCKS_MAY_DIFFER, -CLOCKS_MAY_DIFFER, timedelta(days=366), timedelta(days=-366 * 20)]),
)
"""How far from now somebody says that it was done."""


@dataclass(frozen=True)
class Taken:
    """One step that was taken: what happened, when it was done, and when it was written down."""

    at: datetime
    recorded_at: datetime
    events: list[Any]


Ask = Callable[[Case, datetime, datetime, UUID], tuple[type[StepRequest], dict[str, Any]]]
ASKS: list[Ask] = [
    lambda case, at, due, id: (TriageConcern, {"severity": "medium", "category": "other"}),
    lambda case, at, due, id: (OpenCase, {"handler": LEAD, "colleague": Role.SOCIAL_LEAD}),
    lambda case, at, due, id: (RecordContact, {"reached": True, "channel": "visit"}),
    lambda case, at, due, id: (RecordContact, {"reached": False, "channel": "visit"}),
    lambda case, at, due, id: (GrantConsent, {"recipients": ["municipal.visitation", "damage_service"], "wording": "2026-1"}),
    lambda case, at, due, id: (GrantConsent, {"recipients": ["municipal.visitation"], "wording": "2026-1", "valid_until": due}),
    lambda case, at, due, id: (DeclineConsent, {"recipients": ["municipal.visitation"], "wording": "2026-1"}),
    lambda case, at, due, id: (WithdrawConsent, {"recipient": "municipal.visitation"}),
    lambda case, at, due, id: (SendReferral, {"id": id, "target": "municipal.visitation", "channel": "phone"}),
    lambda case, at, due, id: (RecordAcknowledgement, {"referral_id": id}),
    lambda case, at, due, id: (RecordAnswer, {"referral_id": id, "outcome": "help_established"}),
    lambda case, at, due, id: (OrderDamageService, {"id": id}),
    lambda case, at, due, id: (CompleteDamageService, {"order_id": id}),
    lambda case, at, due, id: (PlanAccompaniment, {"id": id, "companion": CARETAKER, "meeting_at": due}),
    lambda case, at, due, id: (RecordAccompaniment, {"visit_id": id}),
    lambda case, at, due, id: (PlanFollowUp, {"id": id, "due": due}),
    lambda case, at, due, id: (DoFollowUp, {"follow_up_id": next(iter(case.follow_ups.open()), id)}),
    lambda case, at, due, id: (CancelFollowUp, {"follow_up_id": next(iter(case.follow_ups.open()), id)}),
    lambda case, at, due, id: (InformCaretaker, {"milestone": "case_opened", "channel": "phone"}),
    lambda case, at, due, id: (InformCaretaker, {"milestone": "closed", "channel": "phone"}),
    lambda case, at, due, id: (NoteFact, {"id": id, "kind": FACTS[id.int % len(FACTS)], "on": due.date(), "source": "resident"}),
    lambda case, at, due, id: (RecordDeath, {"on": at.date(), "source": "relative"}),
    lambda case, at, due, id: (RetractDeath, {}),
    lambda case, at, due, id: (RecordMove, {"on": at.date(), "source": "relative"}),
    lambda case, at, due, id: (RetractMove, {}),
    lambda case, at, due, id: (AskToContinue, {"continuing": "no" if id.int % 2 else "yes", "channel": "phone"}),
    lambda case, at, due, id: (TellRecipient, {"referral_id": id, "channel": "phone"}),
    lambda case, at, due, id: (NoteStaffCare, {}),
    lambda case, at, due, id: (Apologise, {"channel": "phone"}),
    lambda case, at, due, id: (RecordProtection, {"source": "authority"}),
    lambda case, at, due, id: (TakeFactBack, {"fact_id": id}),
    lambda case, at, due, id: (ReopenCase, {}),
    *(lambda case, at, due, id, outcome=outcome: (CloseCase, {"outcome": outcome}) for outcome in Outcome),
]  # fmt: skip
WISHES = st.lists(st.tuples(st.sampled_from(ASKS), st.integers(0, 200), MOMENTS, MOMENTS, st.sampled_from(IDS)), max_size=50)


def lived(wishes: Iterable[tuple[Ask, int, timedelta | None, timedelta | None, UUID]]) -> tuple[Case, list[Taken]]:
    """A case in which people tried all this, each some hours later, and said when it was done; what is refused did not happen."""
    case, taken, now = given(Case, RAISED), list[Taken](), NOW
    take(case, TriageConcern, under=UNDER, severity="medium", category="other")
    take(case, OpenCase, under=UNDER, handler=LEAD, colleague=Role.SOCIAL_LEAD)
    for ask, hours, done, due, id in wishes:
        now += timedelta(hours=hours)
        case.note_time(now)
        at = min(now + (done or timedelta(0)), now)
        before = len(news(case))
        step, asked = ask(case, at, now + (due or timedelta(0)), id)
        with suppress(Refusal):
            take(case, step, under=UNDER, at=at, recorded_at=now, **asked)
        if happened := news(case)[before:]:
            taken.append(Taken(at, now, happened))
    return case, taken


@whatever(wishes=WISHES)
@settings(max_examples=times(4))
def test_nothing_was_done_before_the_concern_was_seen(wishes: Any) -> None:
    _, taken = lived(wishes)
    assert all(each.at + CLOCKS_MAY_DIFFER >= SEEN_AT for each in taken)


@whatever(wishes=WISHES)
@settings(max_examples=times(4))
def test_every_on_time_stands_in_the_record_in_time(wishes: Any) -> None:
    case, taken = lived(wishes)
    due: dict[Any, datetime] = {}
    for happened in news(case):
        facts = happened.facts
        match happened.kind:
            case Case.FollowUpPlanned:
                due[facts["follow_up_id"]] = facts["due"]
            case Case.ReferralSent:
                due[facts["referral_id"]] = facts["answer_due"]
    for each in taken:
        for happened in each.events:
            id = happened.facts.get("follow_up_id") or happened.facts.get("referral_id")
            if happened.facts.get("on_time") and id:
                event(f"{happened.kind.__name__} in time")
                assert each.recorded_at <= due[id]


@whatever(wishes=WISHES)
@settings(max_examples=times(4))
def test_no_look_comes_before_half_of_its_time(wishes: Any) -> None:
    case, taken = lived(wishes)
    planned: dict[UUID, tuple[datetime, datetime]] = {id: (NOW, one.due) for id, one in case.follow_ups.planned.items()}
    for each in taken:
        for happened in each.events:
            if happened.kind is Case.FollowUpPlanned:
                planned[happened.facts["follow_up_id"]] = (each.at, happened.facts["due"])
            if happened.kind is Case.FollowUpDone:
                begin, due = planned[happened.facts["follow_up_id"]]
                assert (local_day(each.at) - local_day(begin)).days >= (due - begin).days // 2


@whatever(wishes=WISHES)
@settings(max_examples=times(6))
def test_every_outcome_has_its_fact_in_the_history(wishes: Any) -> None:
    _, taken = lived(wishes)
    noted: dict[UUID | str, str] = {}
    so_far: list[Any] = []
    for happened in (happened for each in taken for happened in each.events):
        so_far.append(happened)
        if happened.kind is Case.FactNoted:
            noted[happened.facts["fact_id"]] = happened.facts["kind"]
        if happened.kind is Case.FactTakenBack:
            del noted[happened.facts["fact_id"]]
        if happened.kind in LIFE:
            noted[LIFE[happened.kind]] = LIFE[happened.kind]
        if happened.kind in (Case.DeathTakenBack, Case.MoveTakenBack):
            del noted["death" if happened.kind is Case.DeathTakenBack else "move"]
        if happened.kind is Case.Closed:
            event(happened.facts["outcome"])
            assert _is_told(happened.facts["outcome"], so_far, set(noted.values()))


LIFE = {Case.ResidentDied: "death", Case.ResidentMoved: "move"}


def _is_told(outcome: str, so_far: list[Any], noted: set[str]) -> bool:
    """Whether the history tells of it; said once more here, in the words of events."""
    kinds = {each.kind for each in so_far}
    answers = {each.facts["outcome"] for each in so_far if each.kind is Case.ReferralAnswered}
    match outcome:
        case Outcome.HELP_ESTABLISHED:
            return "help" in noted or "help_established" in answers
        case Outcome.HANDLED_WITH_ASSOCIATION_HELP:
            return bool(kinds & {Case.ContactReached, Case.DamageServiceCompleted, Case.AccompanimentDone})
        case Outcome.RESIDENT_DECLINED:
            return bool(kinds & {Case.ConsentDeclined, Case.ConsentWithdrawn})
        case Outcome.NOT_REACHABLE:
            return [each.kind for each in so_far].count(Case.ContactAttempted) >= 3
        case Outcome.UNFOUNDED:
            return Case.ContactReached in kinds
        case Outcome.TRANSFERRED_TO_MUNICIPALITY:
            return Case.ReferralAcknowledged in kinds
        case Outcome.MUNICIPALITY_NO_ANSWER:
            return Case.ReferralSent in kinds
        case Outcome.EVICTION_AVERTED:
            return {"termination", "tenancy_kept"} <= noted
    of_its_name = {"moved": "move", "deceased": "death", "evicted": "eviction"}
    return of_its_name.get(outcome, outcome.replace("mediated", "mediation")) in noted


ONE, AHEAD = IDS[0], NOW + timedelta(hours=3)
Step = tuple[type[StepRequest], dict[str, Any]]
DIED: Step = (RecordDeath, {"on": NOW.date(), "source": "relative"})
MOVED: Step = (RecordMove, {"on": NOW.date(), "source": "relative"})
PRESSED: list[tuple[list[Step], Step]] = [
    ([], (OrderDamageService, {})),
    ([(OrderDamageService, {"id": ONE})], (LetDamageServiceIn, {"order_id": ONE})),
    ([(OrderDamageService, {"id": ONE})], (CompleteDamageService, {"order_id": ONE})),
    ([(PlanAccompaniment, {"id": ONE, "companion": CARETAKER, "meeting_at": AHEAD})], (AgreeToAccompany, {"visit_id": ONE})),
    ([(PlanAccompaniment, {"id": ONE, "companion": CARETAKER, "meeting_at": AHEAD})], (DeclineToAccompany, {"visit_id": ONE})),
    ([(PlanAccompaniment, {"id": ONE, "companion": CARETAKER, "meeting_at": NOW})], (RecordAccompaniment, {"visit_id": ONE})),
    ([], (WithdrawConsent, {"recipient": "municipal.visitation"})),
    ([(SendReferral, {"id": ONE, "target": "municipal.visitation", "channel": "phone"})], (RecordAcknowledgement, {"referral_id": ONE})),
    ([(PlanFollowUp, {"id": ONE, "due": AHEAD})], (CancelFollowUp, {"follow_up_id": ONE})),
    ([(NoteFact, {"id": ONE, "kind": FactKind.HELP, "on": NOW.date(), "source": "resident"})], (TakeFactBack, {"fact_id": ONE})),
    ([DIED], (RetractDeath, {})),
    ([DIED], (NoteStaffCare, {})),
    ([DIED, (RetractDeath, {})], (Apologise, {"channel": "phone"})),
    ([MOVED], (RetractMove, {})),
    ([], (RecordProtection, {"source": "authority"})),
    ([DIED], (CloseCase, {"outcome": Outcome.DECEASED})),
    ([DIED, (CloseCase, {"outcome": Outcome.DECEASED}), (RetractDeath, {})], (ReopenCase, {})),
]
"""What goes before, and what is then one press of a button; two open pages send it under two ids."""


@pytest.mark.parametrize(("before", "press"), PRESSED, ids=[press.__name__ for _, (press, _) in PRESSED])
def test_one_press_of_a_button_is_one_however_many_pages_it_is_pressed_on(before: list[Step], press: Step) -> None:
    case = given(Case, RAISED)
    at = NOW + timedelta(hours=1)
    begun: list[Step] = [
        (TriageConcern, {"severity": "medium", "category": "other"}),
        (OpenCase, {"handler": LEAD, "colleague": Role.SOCIAL_LEAD}),
        (GrantConsent, {"recipients": ["municipal.visitation", "damage_service"], "wording": "2026-1"}),
    ]
    for step, asked in [*begun, *before]:
        take(case, step, under=UNDER, at=NOW, recorded_at=NOW, **asked)
    step, asked = press
    known = [len(news(case))]
    for _ in range(2):
        with suppress(Refusal):
            take(case, step, under=UNDER, at=at, recorded_at=at, **asked)
        known.append(len(news(case)))
    assert known[0] < known[1] == known[2]


def test_a_look_is_noted_once_however_often_it_is_said() -> None:
    case = given(Case, RAISED)
    for _ in range(2):
        take(case, SeeConcern, under=UNDER, at=NOW, recorded_at=NOW)
    assert len(news(case)) == 1


@whatever(wishes=WISHES)
@settings(max_examples=times(2))
def test_every_message_that_can_be_written_can_be_read(wishes: Any) -> None:
    case, _ = lived(wishes)
    for happened in case.pending_events:
        assert isinstance(happened, Event)
        happened.stamp(PROVENANCE)
        for message in announce(as_stored(happened), lambda _: str(AN_ID)):
            envelope = envelope_for(message, service="cases", stream_id=case.id, version=happened.originator_version, provenance=PROVENANCE)
            kafka = written(envelope, message)
            heard = LANGUAGE.read(headers=kafka.headers.items(), key=str(kafka.key).encode(), value=kafka.value)
            assert heard.message == message
