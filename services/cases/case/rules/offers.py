"""Which steps a case offers now, and which is the natural next one; pages show them, and decide nothing of it."""

from __future__ import annotations

from datetime import datetime

from services.cases.case.rules.accompaniment import PlanAccompaniment
from services.cases.case.rules.aftermath import Apologise, AskToContinue, NoteStaffCare, TellRecipient
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import DismissConcern, TriageConcern
from services.cases.case.rules.consents import GrantConsent
from services.cases.case.rules.damage_service import OrderDamageService
from services.cases.case.rules.deadlines import InformCaretaker
from services.cases.case.rules.ending import CloseCase
from services.cases.case.rules.follow_ups import DoFollowUp, PlanFollowUp
from services.cases.case.rules.handling import OpenCase, RecordContact
from services.cases.case.rules.moving_along import MoveAlong
from services.cases.case.rules.outbound import REACHES_OUT
from services.cases.case.rules.queue import dated
from services.cases.case.rules.referrals import RecordAnswer, SendReferral
from services.cases.case.rules.step import UNDECIDED, StepRequest
from services.cases.case.rules.wrong_person import goes_on_while_frozen
from shared.ground.working_days import local_day, working_days_between
from shared.words.vocabulary.case import ENDED, Status
from shared.words.vocabulary.referral import OFFICE, OTHERS, Target
from shared.words.vocabulary.waiting import DeadlineKind


def is_offered(step: type[StepRequest], case: Case) -> bool:
    """Whether the step makes sense as far as the case has come; who may take it, the procedure says."""
    if case.correction.is_frozen and not goes_on_while_frozen(step):
        return False
    return case.status in step.WHEN and step.makes_sense(case) and not (case.life.stopped_by and step in REACHES_OUT)


def next_step(case: Case, *, at: datetime) -> type[StepRequest] | None:
    """The natural next step; `None` when there is nothing to do now, or only to find out whom it is about."""
    if case.correction.is_frozen:
        return None
    left = _left_to_do(case)
    if left is not None:
        return left
    if case.life.stopped_by and case.status in UNDECIDED:
        return DismissConcern
    match case.status:
        case Status.RAISED:
            return TriageConcern
        case Status.TRIAGED:
            return OpenCase
        case status if status in ENDED:
            return InformCaretaker if case.deadlines.untold() else None
    if case.life.stopped_by:
        return CloseCase
    if case.life.is_to_move_along:
        return MoveAlong
    if not case.is_reached:
        return RecordContact
    if any(_is_today(due.at, at) for owed, due in case.deadlines.due.items() if owed.kind == DeadlineKind.TELL_CARETAKER):
        return InformCaretaker
    if any(_is_today(case.follow_ups.planned[id].due, at) for id in case.follow_ups.open()):
        return DoFollowUp
    if any(referral.silent_steps and not referral.is_acknowledged for referral in case.referrals.sent.values()):
        return RecordAnswer
    if case.meetings.declined_visits():
        return PlanAccompaniment
    return _after_the_urgent(case, at=at)


def _left_to_do(case: Case) -> type[StepRequest] | None:
    """What comes before everything else when somebody died or moved, or did not."""
    left: dict[DeadlineKind, type[StepRequest]] = {
        DeadlineKind.CARE_FOR_STAFF: NoteStaffCare,
        DeadlineKind.APOLOGISE: Apologise,
        DeadlineKind.TELL_RECIPIENTS: TellRecipient,
        DeadlineKind.ASK_TO_CONTINUE: AskToContinue,
    }
    return next((step for kind, step in left.items() if case.deadlines.due_of(kind) is not None), None)


def _after_the_urgent(case: Case, *, at: datetime) -> type[StepRequest] | None:
    if {asked.recipient for asked in case.consents.answers} <= {OFFICE, OTHERS}:
        return GrantConsent
    may_tell = case.may_be_told(at)
    if may_tell - {Target.DAMAGE_SERVICE} - {referral.target for referral in case.referrals.sent.values()}:
        return SendReferral
    if Target.DAMAGE_SERVICE in may_tell and not case.damage_service.orders:
        return OrderDamageService
    if case.deadlines.untold():
        return InformCaretaker
    is_waiting = case.referrals.are_unanswered() or case.follow_ups.open() or case.damage_service.open_orders()
    if not is_waiting:
        return CloseCase
    return None if dated(case.waits()) else PlanFollowUp


def _is_today(due: datetime, at: datetime) -> bool:
    """Today, or late."""
    return working_days_between(local_day(at), local_day(due)) <= 0
