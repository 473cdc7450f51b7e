"""A case about the wrong person (S14): stopped at once, moved or taken back, and told to everybody who got it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.consents import GrantConsent, WithdrawConsent
from services.cases.case.rules.correcting import (
    AskToDelete,
    AssessBreach,
    CaseIsNotFrozen,
    FreezeCase,
    InformSubject,
    LetGoOn,
    MoveToRightPerson,
    NothingWasPutRight,
    OthersAreJoinedToIt,
    ReasonIsMissing,
    RecordException,
    RetractCase,
    TheyWereNotTold,
)
from services.cases.case.rules.damage_service import CompleteDamageService, DamageServiceIsCancelled
from services.cases.case.rules.deadlines import InformCaretaker
from services.cases.case.rules.handling import AddNote, RecordContact
from services.cases.case.rules.life import RecordDeath
from services.cases.case.rules.new_home import ItIsThatHomeAlready
from services.cases.case.rules.observations import JoinCase
from services.cases.case.rules.offers import is_offered, next_step
from services.cases.case.rules.queue import standing
from services.cases.case.rules.referrals import RecordAcceptance, ReferralWasAboutAnother, SendReferral
from services.cases.case.rules.refusals import CaseIsFrozen, CaseIsRetracted, ProcedureGivesThisStepToOthers
from services.cases.case.rules.step import StepRequest
from services.cases.case.rules.waiting import waits_for
from shared.privacy.personal import Whereabouts
from shared.words.vocabulary.case import Status, Step
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.waiting import QueueSection
from tests.cases.case.story import (
    CARETAKER,
    CLOSED,
    HOME,
    IN_THE_OPEN,
    LEAD,
    NOW,
    OBSERVATION,
    ORDER,
    ORDERED,
    RAISED,
    REFERRAL,
    REFERRED,
    UNKNOWN,
    VISIT,
    YES_TO_DAMAGE_SERVICE,
    Agreed,
    take,
)
from tests.cases.case.together import Table, concern
from tests.support.given import AN_ID, Fact, fact, given, kinds, news

RIGHT_HOME = UUID("40000000-0000-5000-8000-000000000002")
RIGHT_TENANCY = UUID("7e000000-0000-5000-8000-000000000002")
RIGHT: dict[str, Any] = {
    "home_id": RIGHT_HOME,
    "tenancy_id": RIGHT_TENANCY,
    "address": "Ravnebakken 6, st. th.",
    "estate_id": "estate-1",
    "municipality": "bakkelund",
}


ACCOMPANIED = fact(
    Case.AccompanimentPlanned, visit_id=VISIT, observation_id=OBSERVATION, companion=CARETAKER, meeting_at=NOW + timedelta(days=1)
)


def frozen(*happened: Fact) -> Case:
    case = given(Case, *(happened or REFERRED))
    take(case, FreezeCase)
    return case


def corrected() -> Case:
    case = frozen(*REFERRED, ORDERED)
    take(case, MoveToRightPerson, **RIGHT)
    return case


def test_a_frozen_case_lets_nothing_out() -> None:
    case = frozen()
    with pytest.raises(CaseIsFrozen):
        take(case, SendReferral, target="volunteer", channel="phone", basis="consent")
    with pytest.raises(CaseIsFrozen):
        take(case, InformCaretaker, milestone="in_good_hands", channel="phone")
    take(case, AddNote, text="Ringet til viceværten.")


def test_a_breach_is_to_be_judged_within_72_hours_of_when_it_was_known() -> None:
    (wait,) = [wait for wait in frozen().waits() if wait.kind == "assess_breach"]
    assert wait.due == NOW + timedelta(hours=72)


def test_it_may_be_frozen_after_the_end_too() -> None:
    assert frozen(*IN_THE_OPEN, CLOSED).correction.is_frozen


def test_where_it_was_the_right_one_it_goes_on_and_there_was_no_breach() -> None:
    case = frozen()
    take(case, LetGoOn)
    assert not case.correction.is_frozen
    assert [wait for wait in case.waits() if wait.kind == "assess_breach"] == []


def test_nothing_is_put_right_that_was_not_stopped_first() -> None:
    case = given(Case, *REFERRED)
    asked: dict[type[StepRequest], dict[str, Any]] = {MoveToRightPerson: RIGHT, RetractCase: {}}
    for step, what in asked.items():
        with pytest.raises(CaseIsNotFrozen):
            take(case, step, **what)


def test_it_moves_in_one_act_with_everything_in_it() -> None:
    case = corrected()
    moved = next(each.facts for each in news(case) if each.kind is Case.WrongPersonCorrected)
    assert moved["home"] == Whereabouts(AN_ID, str(RIGHT_HOME))
    assert moved["tenancy"] == Whereabouts(AN_ID, str(RIGHT_TENANCY))
    assert moved["address"] == Whereabouts(AN_ID, "Ravnebakken 6, st. th.")
    assert not case.correction.is_frozen
    assert case.status == Status.OPEN
    assert REFERRAL in case.referrals.astray


def test_the_home_it_is_about_already_is_no_correction() -> None:
    case = frozen()
    with pytest.raises(ItIsThatHomeAlready):
        take(case, MoveToRightPerson, **{**RIGHT, "home_id": HOME, "tenancy_id": None})


def test_everybody_outside_who_was_told_is_to_be_asked_to_delete_it_on_the_next_working_day() -> None:
    case = corrected()
    assert case.correction.unasked() == [REFERRAL, ORDER]
    asks = [wait for wait in case.waits() if wait.kind == "ask_to_delete"]
    assert [(wait.target, wait.due and wait.due.date().isoformat()) for wait in asks] == [
        ("municipal.visitation", "2026-03-04"),
        ("damage_service", "2026-03-04"),
    ]


def test_a_recipient_deletes_it_or_must_keep_it_and_says_so() -> None:
    case = corrected()
    take(case, AskToDelete, recipient_id=REFERRAL, channel="secure_mail", reply="must_keep", note="Noteret hos dem.")
    assert case.correction.unasked() == [ORDER]
    assert case.correction.recipients[REFERRAL].reply == "must_keep"
    take(case, AskToDelete, recipient_id=REFERRAL, channel="secure_mail", reply="must_keep")
    assert kinds(case).count(Case.RecipientAskedToDelete) == 1


def test_who_was_not_told_is_not_asked() -> None:
    with pytest.raises(TheyWereNotTold):
        take(corrected(), AskToDelete, recipient_id=UNKNOWN, channel="phone", reply="deletes")


def test_the_breach_is_assessed_with_a_reason_and_whether_in_time() -> None:
    case = corrected()
    with pytest.raises(ReasonIsMissing):
        take(case, AssessBreach, finding="not_notifiable")
    take(case, AssessBreach, finding="not_notifiable", reason="Kun to kolleger så den.", at=NOW + timedelta(hours=73))
    assert news(case)[-1].facts["on_time"] is False
    assert [wait for wait in case.waits() if wait.kind == "assess_breach"] == []


@pytest.mark.parametrize(
    ("step", "asked"),
    [(InformSubject, {"channel": "phone"}), (RecordException, {"provision": "gdpr_34_1", "reason": "Ingen har fået noget at vide."})],
)
def test_whoever_it_was_about_is_told_or_it_stands_why_not(step: type[StepRequest], asked: Any) -> None:
    case = corrected()
    with pytest.raises(NothingWasPutRight):
        take(frozen(), step, **asked)
    assert case.correction.is_subject_to_be_told
    take(case, step, **asked)
    assert not case.correction.is_subject_to_be_told


def test_where_it_is_about_nobody_it_ends_as_a_mistake_and_what_was_told_is_still_to_be_deleted() -> None:
    case = frozen()
    take(case, RetractCase)
    assert case.status == Status.RETRACTED
    assert {wait.kind for wait in case.waits()} == {"ask_to_delete", "assess_breach", "inform_subject"}
    with pytest.raises(CaseIsRetracted):
        take(case, AddNote, text="Mere.")


def test_the_data_protection_officer_stops_it_whatever_the_procedure_says_and_takes_no_other_step() -> None:
    case = given(Case, *REFERRED)
    refused = Agreed(refused=frozenset({(Role.DPO, Step.NOTE), (Role.DPO, Step.CORRECT_PERSON)}))
    with pytest.raises(ProcedureGivesThisStepToOthers):
        take(case, AddNote, by=Role.DPO, under=refused, text="Mere.")
    take(case, FreezeCase, by=Role.DPO, under=refused)
    assert case.correction.is_frozen


def test_a_case_with_other_observations_in_it_is_parted_before_it_is_moved() -> None:
    case, second = given(Case, *IN_THE_OPEN), concern(2)
    table = Table(case, second)
    table.take(second, JoinCase, into=case.id)
    take(case, FreezeCase)
    with pytest.raises(OthersAreJoinedToIt):
        take(case, MoveToRightPerson, **RIGHT)


def test_nothing_is_joined_to_a_frozen_case() -> None:
    case, second = frozen(*IN_THE_OPEN), concern(2)
    with pytest.raises(CaseIsFrozen):
        Table(case, second).take(second, JoinCase, into=case.id)


def test_a_concern_that_nobody_judged_yet_may_be_about_the_wrong_person_too() -> None:
    case = frozen(RAISED)
    take(case, MoveToRightPerson, **RIGHT)
    assert case.status == Status.RAISED


# What goes out stops with it


def frozen_on_the_way() -> Case:
    """The municipality was told, the damage service is ordered, and somebody is to come along."""
    return frozen(*REFERRED, YES_TO_DAMAGE_SERVICE, ORDERED, ACCOMPANIED)


def test_freezing_calls_off_what_is_on_its_way_to_the_door() -> None:
    case = frozen_on_the_way()
    assert {Case.DamageServiceCancelled, Case.CompanionReleased, Case.OutboundStopped} <= set(kinds(case))
    assert case.damage_service.open_orders() == []
    assert case.meetings.open_visits() == []
    assert {wait.kind for wait in case.waits()} == {"find_out", "assess_breach"}


def test_no_clock_runs_for_what_was_sent_while_it_is_frozen() -> None:
    case = frozen_on_the_way()
    case.note_time(NOW + timedelta(days=30))
    assert Case.ReferralSilent not in kinds(case)


def test_where_it_was_the_right_one_what_was_called_off_is_as_it_was() -> None:
    case = frozen_on_the_way()
    take(case, LetGoOn)
    assert case.damage_service.open_orders() == [ORDER]
    assert case.meetings.open_visits() == [VISIT]
    assert {"answer", "silence", "damage_service", "meeting"} <= {wait.kind for wait in case.waits()}


def test_moved_what_was_ordered_and_sent_for_the_wrong_one_stays_off() -> None:
    case = frozen_on_the_way()
    take(case, MoveToRightPerson, **RIGHT)
    assert case.damage_service.orders == {}
    assert case.meetings.visits == {}
    assert case.life.stopped_by == ""
    assert {"answer", "silence", "damage_service", "meeting"} & {wait.kind for wait in case.waits()} == set()
    case.note_time(NOW + timedelta(days=30))
    assert Case.ReferralSilent not in kinds(case)
    assert case.correction.unasked() == [REFERRAL, ORDER]


def test_an_answer_about_the_wrong_one_is_not_an_answer_in_the_case() -> None:
    case = corrected()
    with pytest.raises(ReferralWasAboutAnother):
        take(case, RecordAcceptance, referral_id=REFERRAL)
    with pytest.raises(DamageServiceIsCancelled):
        take(case, CompleteDamageService, order_id=ORDER)


def test_the_right_one_is_to_be_reached_and_asked_anew() -> None:
    case = corrected()
    assert not case.is_reached
    assert case.consents.answers == {}
    assert case.persons.here() == {}
    assert "first_contact" in {wait.kind for wait in case.waits()}


def test_a_case_that_was_frozen_before_freezing_called_off_anything_calls_it_off_when_it_is_moved() -> None:
    by_then = fact(Case.Frozen, handler=LEAD, reason=None, breach_due=NOW + timedelta(hours=72))
    case = given(Case, *REFERRED, ORDERED, by_then)
    take(case, MoveToRightPerson, **RIGHT)
    assert Case.DamageServiceCancelled in kinds(case)
    assert case.life.stopped_by == ""


def test_a_death_that_is_told_meanwhile_stops_it_when_it_was_the_right_one() -> None:
    case = frozen_on_the_way()
    case.trigger_event(Case.ResidentDied, **case.whose(), person=None, on="2026-03-03", source="erp", care_due=None)
    take(case, LetGoOn)
    assert case.life.stopped_by == "died"
    assert case.damage_service.open_orders() == []


def test_a_mistake_leaves_nothing_running() -> None:
    case = frozen_on_the_way()
    take(case, RetractCase)
    assert case.life.stopped_by == ""
    assert Case.OutboundResumed not in kinds(case)


def test_what_would_be_refused_is_not_offered() -> None:
    case = frozen_on_the_way()
    assert next_step(case, at=NOW) is None
    assert not is_offered(SendReferral, case)
    assert is_offered(AddNote, case)
    assert is_offered(LetGoOn, case)


def test_the_queue_says_that_it_is_frozen_and_counts_the_breach_as_a_deadline_of_ones_own() -> None:
    case = frozen_on_the_way()
    assert waits_for(case.status, case.waits()) == "find_out"
    stands = standing(case.waits(), status=case.status, severity="high")
    assert (stands.until_due, stands.ours and stands.ours.kind) == (QueueSection.LATER, "assess_breach")
    take(case, MoveToRightPerson, **RIGHT)
    take(case, RecordContact, reached=True, channel="phone")
    take(case, GrantConsent, recipients=["municipal.visitation"], wording="udlevering-1", how="oral")
    take(case, SendReferral, target="municipal.visitation", channel="phone", information=["contact"])
    assert standing(case.waits(), status=case.status, severity="high").until_due == QueueSection.LATER


def test_a_yes_is_taken_back_and_a_death_is_noted_also_while_it_is_found_out_whom_it_is_about() -> None:
    case = given(Case, *IN_THE_OPEN, YES_TO_DAMAGE_SERVICE)
    take(case, FreezeCase)
    assert is_offered(WithdrawConsent, case)
    take(case, WithdrawConsent, recipient="damage_service")
    take(case, RecordDeath, on=NOW.date(), source="relative")
    assert [kind for kind in kinds(case) if kind in (Case.ConsentWithdrawn, Case.ResidentDied)] == [
        Case.ConsentWithdrawn,
        Case.ResidentDied,
    ]
