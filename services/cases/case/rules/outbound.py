"""Whatever reaches out of a case stops when the resident is gone (S12, S13), or may never have been the one (S14), and begins again as it
was when that was wrong.

While it stands still, no clock runs but those of what is left to do (`aftermath.py`), and the telling of how it ended. What ran is kept
where it was; it begins again with its own time, or with a new one where that passed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.cases.case.rules import accompaniment, consents, damage_service, follow_ups, handling, referrals, verifying
from services.cases.case.rules.accompaniment import AccompanimentPlanned, CompanionReleased
from services.cases.case.rules.damage_service import DamageServiceCancelled, DamageServiceOrdered
from services.cases.case.rules.deadlines import STAYS, Owed
from services.cases.case.rules.refusals import CaseIsFrozen
from services.cases.case.rules.step import StepRequest, Taken
from services.cases.case.rules.waiting import Wait
from shared.ground.errors import Refusal
from shared.history.aggregate import Event
from shared.privacy.personal import Whereabouts
from shared.words.vocabulary.case import Standstill, Status
from shared.words.vocabulary.consent import Basis
from shared.words.vocabulary.referral import Target
from shared.words.vocabulary.waiting import Appointment, DeadlineKind

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class ResidentIsDead(Refusal):
    """Beboeren er død. Der kontaktes, henvises, spørges og bestilles ikke mere."""

    next_step = "Skriv et notat, eller luk sagen. Er det en fejl, så tag dødsfaldet tilbage."


class ResidentHasMoved(Refusal):
    """Beboeren er flyttet. Der kontaktes, henvises og bestilles ikke mere, før beboeren er spurgt, om sagen må fortsætte."""

    next_step = "Spørg, om sagen må fortsætte, og notér svaret – eller luk sagen. Er det en fejl, så tag flytningen tilbage."


REACHES_OUT = frozenset(
    {
        consents.GrantConsent,
        consents.DeclineConsent,
        consents.RecordConsentNotObtainable,
        referrals.SendReferral,
        damage_service.OrderDamageService,
        accompaniment.PlanAccompaniment,
        follow_ups.PlanFollowUp,
        follow_ups.DoFollowUp,
        handling.RecordContact,
        verifying.PlanVisit,
    }
)
"""The steps that reach out. What happened already may still be written down, and anybody may take a yes back."""

WHY_NOT: dict[str, type[Refusal]] = {Standstill.FROZEN: CaseIsFrozen, Standstill.DIED: ResidentIsDead, Standstill.MOVED: ResidentHasMoved}


def must_not_stand_still(case: Case, step: type[StepRequest]) -> None:
    """Refuses a step that reaches out while nothing does."""
    if case.life.stopped_by and step in REACHES_OUT:
        raise WHY_NOT[case.life.stopped_by]


def settle(case: Case, at: datetime, taken: Taken | None = None) -> None:
    """Let outbound stop or begin again, as far as what is known at this instant says so. Only a clock comes without a step (`taken`).

    Whether it is about the right person at all comes before what became of them.
    """
    why, life = Standstill.FROZEN.value if case.correction.is_frozen else case.life.standstill(at), case.life
    if why == life.stopped_by and (why != Standstill.MOVED or life.moves[None] == life.settled_move):
        return
    if why:
        _stop(case, at, why, taken)
    elif taken is not None:
        _begin_again(case, taken)


def _stop(case: Case, at: datetime, why: str, taken: Taken | None) -> None:
    ran = [] if case.life.stopped_by or case.is_over else list(running(case))
    meetings = [id for id in case.meetings.open_visits() if case.meetings.visits[id].meeting_at > at]
    orders = case.damage_service.open_orders()
    for visit_id in meetings:
        case.trigger_event(CompanionReleased, **case.whose(), visit_id=visit_id, companion=case.meetings.visits[visit_id].companion)
    for order_id in orders:
        case.trigger_event(DamageServiceCancelled, order_id=order_id, reference=case.damage_service.orders[order_id].reference)
    case.trigger_event(
        OutboundStopped,
        **case.whose(),
        handler=case.handler,
        why=why,
        since=at,
        ran=[written(wait) for wait in ran],
        meetings=meetings,
        orders=orders,
        **(_of_a_move(case, taken) if why == Standstill.MOVED else {"ask_due": None, "recipients_due": None, "untold": []}),
    )


def _of_a_move(case: Case, taken: Taken | None) -> dict[str, Any]:
    """Until when the resident is asked, and until when each recipient who still helps is told. A case that is over asks nobody."""
    move, is_open = case.life.moves[None], not case.is_over
    untold = case.referrals.still_open() if is_open else []
    due = {
        "ask_due": move.ask_due if is_open and not case.life.continuing else None,
        "recipients_due": move.recipients_due if untold else None,
    }
    for name, kind in (("ask_due", DeadlineKind.ASK_TO_CONTINUE), ("recipients_due", DeadlineKind.TELL_RECIPIENTS)):
        until = due[name]
        if taken is not None and until is not None and until <= taken.recorded_at:
            due[name] = _fresh(case, kind, taken)  # it passed while something else held it
    return {**due, "untold": untold}


def _begin_again(case: Case, taken: Taken) -> None:
    meetings, orders = ([], []) if case.is_over else (case.life.meetings, case.life.orders)
    if case.life.is_to_move_along:
        orders = []  # they were for the home that was left
    runs = [] if case.is_over else [written(wait) for wait in renewed(case, taken)]
    case.trigger_event(OutboundResumed, **case.whose(), handler=case.handler, runs=runs)
    for visit_id in meetings:
        visit = case.meetings.last_called_off(visit_id)
        if visit.meeting_at > taken.recorded_at:
            case.trigger_event(
                AccompanimentPlanned,
                visit_id=visit_id,
                observation_id=case.origin.observation_id,
                companion=visit.companion,
                meeting_at=visit.meeting_at,
            )
    for order_id in orders:
        order = case.damage_service.orders[order_id]
        if taken.home is None:
            continue  # nobody knows any more where to send them
        if order.basis == Basis.CONSENT and not case.has_leave_for_the_home(Target.DAMAGE_SERVICE, at=taken.at):
            continue  # there is no leave any more
        case.trigger_event(
            DamageServiceOrdered,
            order_id=order_id,
            reference=Whereabouts(case.id, str(taken.reference)),
            unit=Whereabouts(case.id, str(taken.home)),
            basis=order.basis,
            basis_reason=order.basis_reason,
        )


NO_CLOCK = frozenset({Appointment.MOVE, Appointment.NEW_HOME})
"""What is about the move itself."""


def running(case: Case) -> Iterator[Wait]:
    """Everything that stops with outbound, as it stands."""
    yield from (wait for wait in case.waits() if (wait.kind, wait.ref) not in STAYS and wait.kind not in NO_CLOCK)


def renewed(case: Case, taken: Taken) -> Iterator[Wait]:
    """Everything that stood still, with its time: its own, or a new one where that passed while it stood still."""
    for wait in case.deadlines.resting_waits():
        if _passed(case, wait, taken):
            wait.due = _fresh(case, wait.kind, taken)
        yield wait
    if case.status == Status.OPEN and not case.is_reached and case.deadlines.due_of(DeadlineKind.FIRST_CONTACT) is None:
        yield Wait(kind=DeadlineKind.FIRST_CONTACT, due=case.contact_due(taken))
    for wait in case.follow_ups.waits():
        if _passed(case, wait, taken):
            wait.due = case.contact_due(taken)
        yield wait
    for referral_id, referral in case.referrals.sent.items():
        waits = referral.waits(str(referral_id))
        yield from (
            _answers(case, waits, referral.municipality or taken.municipality, taken)
            if any(_passed(case, one, taken) for one in waits)
            else waits
        )


def _answers(case: Case, waits: list[Wait], municipality: str, taken: Taken) -> Iterator[Wait]:
    """A recipient whom nobody could reach meanwhile has the whole time again, and so has each step that was not climbed before."""
    now, target = taken.recorded_at, next(wait.target for wait in waits if wait.target)
    ladder = taken.under.silence_steps(target, municipality, now)
    for wait in waits:
        if wait.kind == Appointment.ANSWER and _passed(case, wait, taken):
            wait.due = taken.under.answer_due(target, municipality, now)
        elif wait.kind == Appointment.SILENCE and not wait.is_missed and wait.step <= len(ladder) and not _was_due_before(case, wait):
            wait.due = ladder[wait.step - 1]
        yield wait


def _passed(case: Case, wait: Wait, taken: Taken) -> bool:
    """Whether its time came and went while nothing reached out."""
    return wait.due is not None and not wait.is_missed and wait.due <= taken.recorded_at and not _was_due_before(case, wait)


def _was_due_before(case: Case, wait: Wait) -> bool:
    return wait.due is not None and case.life.stopped_since is not None and wait.due < case.life.stopped_since


def _fresh(case: Case, kind: str, taken: Taken) -> datetime:
    return taken.under.deadline(str(kind), severity=case.severity, after=taken.recorded_at, about_a_child=case.is_about_a_child)


def written(wait: Wait) -> dict[str, Any]:
    """A wait as an event keeps it: codes, ids of the case's own, and a time."""
    due = wait.due.isoformat() if wait.due else None
    return {
        "kind": str(wait.kind),
        "ref": wait.ref,
        "step": wait.step,
        "due": due,
        "is_missed": wait.is_missed,
        "observation": wait.observation,
    }


class OutboundStopped(Event):
    """Nothing reaches out any more: meetings and orders are called off, and no clock of theirs runs."""

    TOPIC = "case.outbound_stopped"

    observation_id: UUID
    observer: str
    handler: str
    """Who carries the case and is to know; empty while nobody does."""
    why: str
    since: datetime
    """From when on nothing reaches out; of a move, from the first moment of its day, however late that was recorded."""
    ran: list[dict[str, Any]]
    """What ran until now, each with its time."""
    meetings: list[UUID]
    """Those that were called off by it."""
    orders: list[UUID]
    """Those that were taken back by it."""
    ask_due: datetime | None
    """Until when the resident who moved is to be asked; `None` where nobody is."""
    recipients_due: datetime | None
    """Until when the recipients are to be told; `None` where there is none."""
    untold: list[UUID]
    """The referrals whose recipients are to be told."""

    def apply(self, case: Case) -> None:
        case.life.stopped_by, case.life.stopped_since = self.why, case.life.stopped_since or self.since
        case.life.meetings, case.life.orders = case.life.meetings + self.meetings, case.life.orders + self.orders
        if not case.is_over:
            case.deadlines.rest()
        case.deadlines.drop(DeadlineKind.ASK_TO_CONTINUE)
        if self.why == Standstill.MOVED:
            case.life.settled_move = case.life.moves[None]
            case.life.untold = set(self.untold)
            case.deadlines.drop(DeadlineKind.TELL_RECIPIENTS)
        for kind, due in ((DeadlineKind.ASK_TO_CONTINUE, self.ask_due), (DeadlineKind.TELL_RECIPIENTS, self.recipients_due)):
            if due is not None:
                case.deadlines.start(kind, due=due)


class OutboundResumed(Event):
    """It may reach out again: what stood still runs."""

    TOPIC = "case.outbound_resumed"

    observation_id: UUID
    observer: str
    handler: str
    runs: list[dict[str, Any]]
    """What runs from now on, each with its time."""

    def apply(self, case: Case) -> None:
        case.life.stopped_by, case.life.stopped_since = "", None
        case.life.settled_move, case.life.retention_from = None, None
        case.life.meetings, case.life.orders = [], []
        case.life.untold.clear()
        case.deadlines.drop(DeadlineKind.ASK_TO_CONTINUE)
        case.deadlines.drop(DeadlineKind.TELL_RECIPIENTS)
        case.deadlines.wake()
        for run in self.runs:
            if run["due"] is None:
                continue
            due = datetime.fromisoformat(run["due"])
            if run["kind"] in set(DeadlineKind):
                observation = UUID(run["observation"]) if run.get("observation") else None
                case.deadlines.run(Owed(run["kind"], run["ref"], observation), due=due, is_missed=run["is_missed"])
            elif run["kind"] == Appointment.FOLLOW_UP:
                case.follow_ups.move(UUID(run["ref"]), due=due)
            else:
                case.referrals.move(UUID(run["ref"]), step=run["step"], due=due)
