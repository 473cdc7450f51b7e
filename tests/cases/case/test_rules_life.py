"""The resident dies, or moves, or neither was true: what reaches out stops, and begins again as it was (S12, S13)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.cases.case.rules import days, life
from services.cases.case.rules.accompaniment import PlanAccompaniment
from services.cases.case.rules.aftermath import (
    Apologise,
    AskToContinue,
    NobodyIsSaidToBeDead,
    NoteStaffCare,
    RecipientIsNotToBeTold,
    ResidentHasNotMoved,
    TellRecipient,
    ThereIsNothingToApologiseFor,
)
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import DismissConcern, NobodyIsSaidToBeGone, TriageConcern
from services.cases.case.rules.consents import DeclineConsent, GrantConsent, RecordConsentNotObtainable, WithdrawConsent
from services.cases.case.rules.damage_service import CompleteDamageService, DamageServiceIsCancelled, OrderDamageService
from services.cases.case.rules.ending import CloseCase, ReopenCase, ResidentWasNotAskedToContinue, outcomes
from services.cases.case.rules.facts import (
    FactIsInTheFuture,
    FactIsTooOld,
    NobodyTellsOfTheirOwnDeath,
    NoteFact,
    ResidentWasReachedAfterThat,
    ThatIsNotedByItself,
)
from services.cases.case.rules.follow_ups import DoFollowUp, PlanFollowUp
from services.cases.case.rules.handling import AddNote, KeepAnEye, RecordContact
from services.cases.case.rules.life import (
    ItWasLongBeforeTheConcern,
    MoveIsTooFarAhead,
    NoDeathIsNoted,
    NoMoveIsNoted,
    RecordDeath,
    RecordMove,
    RetractDeath,
    RetractMove,
)
from services.cases.case.rules.offers import is_offered, next_step
from services.cases.case.rules.outbound import REACHES_OUT, ResidentHasMoved, ResidentIsDead
from services.cases.case.rules.people import NobodyOfTheCase
from services.cases.case.rules.referrals import SendReferral
from services.cases.case.rules.step import StepRequest, Taken
from services.cases.case.rules.verifying import PlanVisit
from services.cases.case.steps import STEPS
from shared.ground.working_days import start_of_day
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.people import Role
from tests.cases.case.story import (
    CARETAKER,
    CONTACT_DUE,
    FOLLOW_UP,
    HELPED,
    HOUR,
    IN_THE_OPEN,
    LEAD,
    LOOK_AGAIN,
    NOW,
    OBSERVATION,
    ORDER,
    ORDERED,
    PLANNED,
    REACHED,
    REFERENCE,
    REFERRAL,
    SENT,
    SILENCE,
    TELL_DUE,
    UNDER,
    UNDER_TRIAGE,
    VISIT,
    WORDS,
    YES_TO_DAMAGE_SERVICE,
    YES_TO_VISITATION,
    noted,
    take,
)  # fmt: skip
from tests.support.given import AN_ID, Fact, fact, given, kinds, news

DAY = timedelta(days=1)
TODAY = NOW.date()
SPOUSE = UUID("9e000000-0000-4000-8000-000000000001")
MEETING_AT = NOW + 5 * DAY
CARE_DUE, ASK_DUE, RECIPIENTS_DUE = NOW + DAY, NOW + 5 * DAY, NOW + 2 * DAY

ASKED_ALONG = fact(Case.AccompanimentPlanned, visit_id=VISIT, observation_id=OBSERVATION, companion=CARETAKER, meeting_at=MEETING_AT)
RUNNING = (*IN_THE_OPEN, YES_TO_VISITATION, YES_TO_DAMAGE_SERVICE, SENT, ORDERED, ASKED_ALONG, PLANNED)
"""A case with something of everything that runs."""


def die(case: Case, on: date = TODAY, source: str = "relative", **more: Any) -> None:
    take(case, RecordDeath, on=on, source=source, **more)


def move(case: Case, on: date = TODAY, source: str = "relative", **more: Any) -> None:
    take(case, RecordMove, on=on, source=source, **more)


def runs(case: Case) -> dict[tuple[str, str, int], Any]:
    """Everything that has a time, and whether it was missed."""
    return {(wait.kind, wait.ref, wait.step): (wait.due, wait.is_missed) for wait in case.waits()}


def left(case: Case) -> list[str]:
    return sorted({str(wait.kind) for wait in case.waits()})


# Died


def test_when_the_resident_died_everything_that_reaches_out_stops() -> None:
    case = given(Case, *RUNNING)
    die(case)
    assert kinds(case) == [Case.ResidentDied, Case.CompanionReleased, Case.DamageServiceCancelled, Case.OutboundStopped]
    assert left(case) == ["care_for_staff"]
    assert case.deadlines.due_of("care_for_staff") == CARE_DUE


def test_what_ran_is_kept_and_the_order_is_taken_back_by_the_id_it_has_outside() -> None:
    case = given(Case, *RUNNING)
    die(case)
    cancelled, stopped = news(case)[-2:]
    assert cancelled.facts["reference"].text == str(REFERENCE)
    assert (stopped.facts["why"], stopped.facts["handler"]) == ("died", LEAD)
    assert {run["kind"] for run in stopped.facts["ran"]} == {
        "first_contact", "tell_caretaker", "follow_up", "damage_service", "meeting", "answer", "silence",
    }  # fmt: skip
    assert (stopped.facts["meetings"], stopped.facts["orders"]) == ([VISIT], [ORDER])


def test_nothing_is_missed_while_it_stands_still_but_what_is_left_to_do() -> None:
    case = given(Case, *RUNNING)
    die(case)
    before = len(news(case))
    case.note_time(NOW + 60 * DAY)
    assert [each.facts["kind"] for each in news(case)[before:]] == ["care_for_staff"]


STEPS_NOW: dict[type[StepRequest], dict[str, Any]] = {
    RecordContact: {"reached": True, "channel": "phone"},
    SendReferral: {"target": "municipal.visitation", "channel": "phone"},
    GrantConsent: {"recipients": ["gp"], "wording": "2026-1", "how": "oral"},
    DeclineConsent: {"recipients": ["gp"], "wording": "2026-1", "how": "oral"},
    RecordConsentNotObtainable: {"recipients": ["gp"]},
    OrderDamageService: {},
    PlanAccompaniment: {"companion": CARETAKER, "meeting_at": MEETING_AT},
    PlanFollowUp: {"due": NOW + DAY},
    DoFollowUp: {"follow_up_id": FOLLOW_UP},
    PlanVisit: {"visitor": CARETAKER, "due": NOW + DAY},
}


def test_every_step_that_reaches_out_is_tried_here_and_every_other_may_be_taken() -> None:
    assert set(STEPS_NOW) == REACHES_OUT
    assert set(STEPS.values()) > REACHES_OUT


@pytest.mark.parametrize("step", STEPS_NOW)
def test_a_step_that_reaches_out_is_refused_in_a_true_sentence_and_not_offered(step: type[StepRequest]) -> None:
    case = given(Case, *RUNNING)
    die(case)
    with pytest.raises(ResidentIsDead):
        take(case, step, at=NOW + HOUR, **STEPS_NOW[step])
    assert not is_offered(step, case)
    moved = given(Case, *RUNNING)
    move(moved)
    with pytest.raises(ResidentHasMoved):
        take(moved, step, at=NOW + HOUR, **STEPS_NOW[step])


@pytest.mark.parametrize(
    ("step", "asked"),
    [
        (AddNote, {"text": WORDS}),
        (KeepAnEye, {"text": WORDS}),
        (WithdrawConsent, {"recipient": "municipal.visitation", "how": "oral"}),
        (NoteStaffCare, {}),
        (CloseCase, {"outcome": "deceased"}),
    ],
)
def test_what_may_still_be_done_is_done(step: type[StepRequest], asked: dict[str, Any]) -> None:
    case = given(Case, *RUNNING)
    die(case)
    before = len(news(case))
    take(case, step, **asked)
    assert len(news(case)) > before


def test_somebody_talks_with_those_who_knew_her_and_nothing_of_it_is_kept() -> None:
    case = given(Case, *IN_THE_OPEN)
    die(case)
    assert next_step(case, at=NOW) is NoteStaffCare
    take(case, NoteStaffCare, at=NOW + HOUR)
    assert news(case)[-1] == fact(Case.StaffCareNoted, on_time=True)
    assert next_step(case, at=NOW) is CloseCase
    take(case, NoteStaffCare, at=NOW + 2 * HOUR)
    assert kinds(case).count(Case.StaffCareNoted) == 1


def test_care_that_comes_late_says_so_and_without_a_death_there_is_none() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(NobodyIsSaidToBeDead):
        take(case, NoteStaffCare)
    die(case)
    take(case, NoteStaffCare, at=CARE_DUE + HOUR)
    assert news(case)[-1] == fact(Case.StaffCareNoted, on_time=False)


def test_told_again_it_is_no_news_and_with_another_day_only_the_day_is() -> None:
    case = given(Case, *IN_THE_OPEN)
    die(case)
    before = len(news(case))
    die(case)
    assert len(news(case)) == before
    die(case, at=NOW + DAY, on=TODAY + DAY)
    assert kinds(case)[before:] == [Case.ResidentDied]
    assert news(case)[-1].facts["care_due"] is None


def test_a_case_is_closed_as_deceased_and_its_time_begins() -> None:
    case = given(Case, *RUNNING)
    die(case)
    assert "deceased" in outcomes(case)
    take(case, CloseCase, outcome="deceased")
    assert kinds(case)[-2:] == [Case.Closed, Case.RetentionStarted]
    assert days.opened(case.life.retention_from, nothing_opens) == TODAY
    assert Case.FollowUpCancelled not in kinds(case)
    assert left(case) == ["care_for_staff", "tell_caretaker"]


def test_what_was_noted_as_a_fact_before_still_counts() -> None:
    case = given(Case, *IN_THE_OPEN, noted("death"))
    take(case, CloseCase, outcome="deceased")
    assert kinds(case)[-1] is Case.Closed


@pytest.mark.parametrize("kind", ["death", "move"])
def test_a_death_and_a_move_are_no_facts_like_others(kind: str) -> None:
    with pytest.raises(ThatIsNotedByItself):
        take(given(Case, *IN_THE_OPEN), NoteFact, kind=kind, on=TODAY, source="document")


@pytest.mark.parametrize(
    ("on", "refusal"),
    [(TODAY + DAY, FactIsInTheFuture), (TODAY - 367 * DAY, ItWasLongBeforeTheConcern), (date(2020, 1, 1), FactIsTooOld)],
)
def test_the_day_of_a_death_is_one_that_somebody_can_mean(on: date, refusal: Any) -> None:
    with pytest.raises(refusal):
        die(given(Case, *IN_THE_OPEN), on=on)


def test_who_is_found_because_the_mailbox_was_full_died_before_it_was_seen() -> None:
    case = given(Case, *IN_THE_OPEN)
    die(case, on=TODAY - 9 * DAY)
    assert case.life.is_dead(None)
    assert Case.OutboundStopped in kinds(case)


@pytest.mark.parametrize("step", [RecordDeath, RecordMove])
def test_only_somebody_of_the_case_dies_or_moves_in_it(step: type[StepRequest]) -> None:
    with pytest.raises(NobodyOfTheCase):
        take(given(Case, *IN_THE_OPEN), step, on=TODAY, source="relative", person=uuid4())


def test_nobody_tells_of_their_own_death_or_is_reached_after_it() -> None:
    with pytest.raises(NobodyTellsOfTheirOwnDeath):
        die(given(Case, *IN_THE_OPEN), source="resident")
    case = given(Case, *IN_THE_OPEN)
    take(case, RecordContact, at=NOW + 3 * DAY, reached=True, channel="phone")
    with pytest.raises(ResidentWasReachedAfterThat):
        die(case, at=NOW + 4 * DAY, on=TODAY + DAY)


def test_a_concern_that_nobody_judged_ends_with_the_death_and_with_nothing_less() -> None:
    case = given(Case, *UNDER_TRIAGE)
    with pytest.raises(NobodyIsSaidToBeGone):
        take(case, DismissConcern, reason="deceased")
    die(case)
    assert left(case) == ["care_for_staff"]
    take(case, NoteStaffCare, at=NOW + HOUR)
    assert next_step(case, at=NOW) is DismissConcern
    take(case, DismissConcern, at=NOW + HOUR, reason="deceased")
    assert (case.outcome, days.opened(case.life.retention_from, nothing_opens)) == ("deceased", TODAY)


def test_a_concern_about_somebody_who_moved_ends_or_goes_on_as_they_say() -> None:
    ended, goes_on = given(Case, *UNDER_TRIAGE), given(Case, *UNDER_TRIAGE)
    for case in (ended, goes_on):
        move(case)
        assert left(case) == ["ask_to_continue"]
        assert next_step(case, at=NOW) is AskToContinue
    take(ended, DismissConcern, reason="moved")
    assert left(ended) == ["tell_caretaker"]
    take(goes_on, AskToContinue, continuing="yes", channel="phone")
    assert left(goes_on) == ["new_home", "triage"]


def test_what_is_judged_meanwhile_starts_no_clock() -> None:
    case = given(Case, *UNDER_TRIAGE)
    die(case)
    take(case, TriageConcern, severity="high", category="other")
    assert left(case) == ["care_for_staff"]
    take(case, RetractDeath)
    assert "first_contact" in left(case)


# Taken back


def test_a_wrong_message_is_taken_back_and_everything_runs_as_it_did() -> None:
    case = given(Case, *RUNNING)
    before = runs(case)
    die(case)
    take(case, RetractDeath, at=NOW + HOUR, reason=WORDS)
    assert kinds(case)[4:] == [Case.DeathTakenBack, Case.OutboundResumed, Case.AccompanimentPlanned, Case.DamageServiceOrdered]
    after = runs(case)
    assert after.pop(("apologise", "", 0)) == (NOW + HOUR + DAY, False)
    assert after == before


def test_what_passed_meanwhile_has_a_new_time_and_a_meeting_that_is_past_is_not_held() -> None:
    case = given(Case, *RUNNING)
    die(case)
    late = NOW + 30 * DAY
    take(case, RetractDeath, at=late)
    assert all(due is None or due > late for due, _ in runs(case).values())
    assert case.deadlines.due_of("first_contact") == late + DAY
    assert case.follow_ups.planned[FOLLOW_UP].due == late + DAY
    assert case.referrals.of(REFERRAL).answer_due == late + 3 * DAY
    assert case.referrals.of(REFERRAL).silence_due == [late + timedelta(days=days) for days in (3, 6, 13)]
    assert Case.AccompanimentPlanned not in kinds(case)


def test_what_was_missed_before_stays_missed() -> None:
    case = given(Case, *RUNNING)
    case.note_time(LOOK_AGAIN + HOUR)
    before = runs(case)
    die(case, at=LOOK_AGAIN + HOUR)
    take(case, RetractDeath, at=LOOK_AGAIN + 2 * HOUR)
    assert {key: value for key, value in runs(case).items() if key[0] not in ("apologise", "meeting")} == {
        key: value for key, value in before.items() if key[0] != "meeting"
    }
    assert case.follow_ups.planned[FOLLOW_UP].is_missed
    assert case.referrals.of(REFERRAL).silence_due == SILENCE


def test_the_order_is_made_anew_under_another_id_unless_there_is_no_leave_any_more() -> None:
    case = given(Case, *RUNNING)
    die(case)
    take(case, WithdrawConsent, recipient="damage_service", how="oral")
    take(case, RetractDeath, at=NOW + HOUR)
    assert Case.DamageServiceOrdered not in kinds(case)
    with pytest.raises(DamageServiceIsCancelled):
        take(case, CompleteDamageService, order_id=ORDER, at=NOW + HOUR)


def test_somebody_apologises_and_only_where_there_is_something_to_apologise_for() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(ThereIsNothingToApologiseFor):
        take(case, Apologise, channel="phone")
    die(case)
    take(case, RetractDeath)
    assert next_step(case, at=NOW) is Apologise
    take(case, Apologise, at=NOW + HOUR, channel="phone")
    assert news(case)[-1] == fact(Case.ApologyNoted, channel="phone", on_time=True)
    assert "apologise" not in left(case)
    assert "care_for_staff" not in left(case)


def test_a_death_that_nobody_noted_is_not_taken_back() -> None:
    with pytest.raises(NoDeathIsNoted):
        take(given(Case, *IN_THE_OPEN), RetractDeath)


def test_a_case_that_was_closed_by_mistake_has_its_follow_ups_again() -> None:
    case = given(Case, *RUNNING)
    die(case)
    take(case, CloseCase, outcome="deceased")
    with pytest.raises(ResidentIsDead):
        take(case, ReopenCase)
    take(case, RetractDeath, at=NOW + DAY)
    assert case.life.retention_from is None
    take(case, ReopenCase, at=NOW + DAY)
    assert case.follow_ups.planned[FOLLOW_UP].due == LOOK_AGAIN
    assert case.follow_ups.open() == [FOLLOW_UP]


# The days are sealed


def nothing_opens(_: Sealed) -> None:
    """No key is at hand."""


def sealed(on: str) -> Sealed:
    return Sealed(AN_ID, on, "")


def test_a_day_that_is_told_again_is_no_news_where_it_opens() -> None:
    died = fact(
        Case.ResidentDied, observation_id=OBSERVATION, observer=CARETAKER, person=None, on=sealed(str(TODAY)), source="erp", care_due=None
    )
    moved = fact(
        Case.ResidentMoved, person=None, on=sealed(str(TODAY)), takes_effect=start_of_day(TODAY), source="erp", ask_due=CARE_DUE,
        recipients_due=CARE_DUE,
    )  # fmt: skip
    case = given(Case, *RUNNING, moved, died)
    told = Taken(
        by=Role.SYSTEM, who="system:listener", at=NOW, recorded_at=NOW, under=UNDER, role_of=lambda _: None, opens=lambda it: it.of
    )
    life.note_death(case, told, on=TODAY, source="erp")
    life.note_move(case, told, on=TODAY, source="erp")
    assert {Case.ResidentDied, Case.ResidentMoved}.isdisjoint(kinds(case))
    life.note_death(case, told, on=TODAY - DAY, source="erp")
    life.note_move(case, told, on=TODAY - DAY, source="erp")
    assert {Case.ResidentDied, Case.ResidentMoved} <= set(kinds(case))


def test_of_a_day_that_is_over_nothing_stands_in_the_clear_and_of_one_ahead_only_when_it_takes_effect() -> None:
    for on, takes_effect in ((TODAY - 20 * DAY, start_of_day(TODAY)), (TODAY + 20 * DAY, start_of_day(TODAY + 20 * DAY))):
        case = given(Case, *RUNNING)
        told = Taken(by=Role.SYSTEM, who="system:listener", at=NOW, recorded_at=NOW, under=UNDER, role_of=lambda _: None)
        life.note_move(case, told, on=on, source="erp")
        assert news(case)[0].facts["takes_effect"] == takes_effect
        assert news(case)[0].facts["on"] == Personal(AN_ID, str(on))


def written_in(part: UUID, role: str) -> Fact:
    return fact(
        Case.PersonNoted, person=part, capacity="lives_there", details={"role": role}, name=None, phone=None, may_decide=[]
    )  # fmt: skip


def test_the_resident_who_is_named_by_their_part_is_the_resident() -> None:
    part = UUID(int=7, version=5)
    case = given(Case, *RUNNING, written_in(part, "resident"))
    die(case, person=part)
    assert (case.life.is_dead(None), case.life.stopped_by) == (True, "died")
    take(case, RetractDeath, at=NOW + DAY, person=part)
    assert not case.life.stopped_by


# Somebody else of the case


def test_when_somebody_else_of_the_case_dies_the_case_goes_on_without_them() -> None:
    case = given(Case, *RUNNING, written_in(SPOUSE, "other_resident"))
    before = runs(case)
    die(case, person=SPOUSE)
    assert kinds(case) == [Case.ResidentDied]
    assert case.life.is_dead(SPOUSE)
    after = runs(case)
    assert after.pop(("care_for_staff", "", 0)) == (CARE_DUE, False)
    assert after == before
    take(case, RecordContact, reached=True, channel="phone")


# Moved


def test_when_the_resident_has_moved_nothing_reaches_out_until_they_were_asked() -> None:
    case = given(Case, *RUNNING)
    move(case)
    assert left(case) == ["ask_to_continue", "tell_recipients"]
    assert case.deadlines.due_of("ask_to_continue") == ASK_DUE
    assert case.deadlines.due_of("tell_recipients") == RECIPIENTS_DUE
    assert case.life.untold == {REFERRAL}


def test_a_recipient_who_said_the_last_word_is_not_told() -> None:
    case = given(Case, *IN_THE_OPEN, SENT, HELPED)
    move(case)
    assert left(case) == ["ask_to_continue"]
    with pytest.raises(RecipientIsNotToBeTold):
        take(case, TellRecipient, referral_id=REFERRAL, channel="phone")


def test_each_recipient_is_told_once() -> None:
    case = given(Case, *RUNNING)
    move(case)
    take(case, TellRecipient, at=NOW + HOUR, referral_id=REFERRAL, channel="secure_mail")
    told = {"referral_id": REFERRAL, "target": "municipal.visitation", "channel": "secure_mail", "on_time": True}
    assert news(case)[-1] == fact(Case.RecipientTold, **told)
    assert left(case) == ["ask_to_continue"]


def goes_on(before: dict[tuple[str, str, int], Any]) -> dict[tuple[str, str, int], Any]:
    """What runs after a yes: everything but the order for the home that was left, until the case has gone along to the new one."""
    return {key: value for key, value in before.items() if key[0] != "damage_service"} | {("new_home", "", 0): (None, False)}


def test_with_a_yes_the_case_goes_on_inside_the_association_and_nobody_is_sent_to_the_home_that_was_left() -> None:
    case = given(Case, *RUNNING)
    before = runs(case)
    move(case)
    take(case, AskToContinue, at=NOW + HOUR, continuing="yes", channel="phone")
    assert kinds(case)[-3:] == [Case.AskedToContinue, Case.OutboundResumed, Case.AccompanimentPlanned]
    assert runs(case) == goes_on(before)


def test_it_is_closed_as_moved_once_the_resident_knows_whom_to_call_or_could_not_be_reached() -> None:
    case = given(Case, *RUNNING)
    move(case)
    with pytest.raises(ResidentWasNotAskedToContinue):
        take(case, CloseCase, outcome="moved")
    take(case, AskToContinue, continuing="not_reached", channel="phone")
    take(case, CloseCase, outcome="moved")
    assert kinds(case)[-2:] == [Case.Closed, Case.RetentionStarted]
    assert left(case) == ["tell_caretaker", "tell_recipients"]


def test_who_did_not_move_is_not_asked() -> None:
    with pytest.raises(ResidentHasNotMoved):
        take(given(Case, *IN_THE_OPEN), AskToContinue, continuing="yes", channel="phone")
    with pytest.raises(NoMoveIsNoted):
        take(given(Case, *IN_THE_OPEN), RetractMove)
    with pytest.raises(MoveIsTooFarAhead):
        move(given(Case, *IN_THE_OPEN), on=TODAY + 400 * DAY)


def test_a_move_that_is_still_to_come_takes_effect_on_its_day_and_not_before() -> None:
    case = given(Case, *IN_THE_OPEN, REACHED, PLANNED)
    on = TODAY + 3 * DAY
    move(case, on=on)
    assert kinds(case) == [Case.ResidentMoved]
    assert "move" in left(case)
    case.note_time(start_of_day(on) - HOUR)
    assert Case.OutboundStopped not in kinds(case)
    case.note_time(start_of_day(on))
    assert kinds(case)[-1] is Case.OutboundStopped
    assert left(case) == ["ask_to_continue"]


def test_a_clock_that_comes_late_records_what_was_missed_before_the_move_and_nothing_after_it() -> None:
    case = given(Case, *IN_THE_OPEN, PLANNED)
    on = LOOK_AGAIN.date()
    move(case, on=on)
    case.note_time(LOOK_AGAIN + 2 * DAY)
    missed = [each.facts.get("kind") for each in news(case) if each.kind is Case.DeadlineMissed]
    assert missed == ["first_contact", "tell_caretaker"]
    assert Case.FollowUpMissed not in kinds(case)


def test_told_again_with_another_day_its_clocks_have_another_time() -> None:
    case = given(Case, *RUNNING)
    move(case)
    move(case, on=TODAY + DAY, at=NOW + HOUR)
    assert kinds(case)[-3] is Case.OutboundResumed
    assert "ask_to_continue" not in left(case)
    case.note_time(start_of_day(TODAY + DAY))
    assert case.deadlines.due_of("ask_to_continue") == start_of_day(TODAY + DAY) + 5 * DAY


def test_a_move_that_was_none_is_taken_back() -> None:
    case = given(Case, *RUNNING)
    before = runs(case)
    move(case)
    take(case, RetractMove, at=NOW + HOUR, reason=WORDS)
    assert runs(case) == before


def test_who_moved_and_died_is_not_asked_and_when_the_death_was_wrong_is_asked_again() -> None:
    case = given(Case, *RUNNING)
    before = runs(case)
    move(case)
    die(case, at=NOW + HOUR)
    assert left(case) == ["care_for_staff", "tell_recipients"]
    with pytest.raises(ResidentIsDead):
        take(case, AskToContinue, at=NOW + HOUR, continuing="yes", channel="phone")
    take(case, RetractDeath, at=NOW + 2 * HOUR)
    assert left(case) == ["apologise", "ask_to_continue", "tell_recipients"]
    take(case, AskToContinue, at=NOW + 3 * HOUR, continuing="yes", channel="phone")
    after = runs(case)
    after.pop(("apologise", "", 0))
    assert after == goes_on(before)


# Told by the ERP


def test_what_the_erp_says_is_so_and_needs_no_role() -> None:
    case = given(Case, *RUNNING)
    told = Taken(by=Role.SYSTEM, who="system:listener", at=NOW, recorded_at=NOW, under=UNDER, role_of=lambda _: None)
    life.note_death(case, told, on=TODAY - 30 * DAY, source="erp")
    assert news(case)[0] == fact(
        Case.ResidentDied, observation_id=OBSERVATION, observer=CARETAKER, person=None, source="erp",
        on=Personal(AN_ID, str(TODAY - 30 * DAY)), care_due=CARE_DUE,
    )  # fmt: skip
    life.take_death_back(case, told, source="erp")
    life.take_death_back(case, told, source="erp")
    assert kinds(case).count(Case.DeathTakenBack) == 1
    assert (CONTACT_DUE, False) in runs(case).values()
    assert (TELL_DUE, False) in runs(case).values()
    assert case.id == AN_ID


def test_a_closed_case_hears_of_it_and_nothing_of_it_is_undone() -> None:
    case = given(Case, *IN_THE_OPEN, REACHED)
    take(case, CloseCase, outcome="handled_with_association_help")
    before = runs(case)
    move(case)
    assert runs(case) == before
    with pytest.raises(ResidentHasMoved):
        take(case, ReopenCase, at=NOW + HOUR)
