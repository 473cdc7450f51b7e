"""Practical help: the damage service that clears the home, and a known face that comes along to a meeting (S1).

The damage service is sent on a consent, is let in by somebody with a key, and is done. The known face is asked, and says yes or no.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.step import OPEN, OPEN_OR_CLOSED, StepRequest, Taken
from services.cases.case.rules.waiting import Wait
from shared.ground.clock import CLOCKS_MAY_DIFFER
from shared.ground.errors import Refusal
from shared.ground.fields import Moment, Words
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.consent import Basis
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.referral import Target
from shared.words.vocabulary.waiting import Appointment

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class CompanionDoesNotWorkHere(Refusal):
    """Den valgte ledsager findes ikke i medarbejderlisten."""

    field = "companion"
    next_step = "Vælg en medarbejder på listen."


class CompanionTakesNoSuchStep(Refusal):
    """Proceduren lader ikke den valgte gå med som kendt ansigt."""

    field = "companion"
    next_step = "Vælg en vicevært eller en boligsocial medarbejder."


class ThereIsNoSuchOrder(Refusal):
    """Den bestilling findes ikke på sagen."""

    field = "order_id"
    next_step = "Hent sagen igen, og vælg en bestilling, der står på den."


class ThereIsNoSuchVisit(Refusal):
    """Den ledsagelse findes ikke på sagen."""

    field = "visit_id"
    next_step = "Hent sagen igen, og vælg en ledsagelse, der står på den."


class ThisIsNotYourMeeting(Refusal):
    """Det er ikke dig, der er spurgt, om du vil med til det møde."""

    field = "visit_id"
    next_step = "Ring til den boligsociale leder, hvis du mener, at det er dig."


class MeetingWasMoved(Refusal):
    """Mødet er flyttet, siden du blev spurgt."""

    field = "visit_id"
    next_step = "Hent siden igen, se det nye tidspunkt, og svar på det."


class MeetingIsOver(Refusal):
    """Mødet er holdt, så der er ikke mere at svare på."""

    field = "visit_id"
    next_step = "Hent siden igen."


class OnlyLeaveIsForCaretakers(Refusal):
    """En vicevært bestiller kun skadesservice, når beboeren har sagt ja til det."""

    field = "basis"
    next_step = "Spørg beboeren, eller ring til den boligsociale leder."


class MeetingIsInThePast(Refusal):
    """Mødet ligger i fortiden."""

    field = "meeting_at"
    next_step = "Vælg et tidspunkt, der ikke er passeret."


class MeetingIsTooFarAhead(Refusal):
    """Mødet ligger mere end et år ude i fremtiden."""

    field = "meeting_at"
    next_step = "Se efter årstallet."


class MeetingIsStillToCome(Refusal):
    """Mødet er ikke holdt endnu: det ligger senere."""

    field = "visit_id"
    next_step = "Notér det, når mødet er holdt – eller flyt mødet, hvis det blev holdt før tid."


FARTHEST_MEETING = timedelta(days=366)
"""Nobody agrees to a meeting later than that: it is a slip of the fingers."""


class OrderDamageService(StepRequest, step=Step.ORDER_DAMAGE_SERVICE, when=OPEN):
    """Send somebody to clear the home; that is telling somebody, and needs leave like any other.

    The `id` becomes the order's.
    """

    IS_DECIDED_NOW = True

    basis: fields.Basis = Basis.CONSENT.value
    basis_reason: Words = ""

    @property
    def rests_on(self) -> str:
        return self.basis

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_be_open()
        if self.id in case.practical_help.orders:
            return
        if taken.by == Role.CARETAKER and self.basis != Basis.CONSENT:
            raise OnlyLeaveIsForCaretakers
        reason = case.words(self.basis_reason)
        case.consents.must_allow(Target.DAMAGE_SERVICE, basis=self.basis, reason=reason, at=taken.at)
        unit = case.origin.home_id
        case.trigger_event(DamageServiceOrdered, order_id=self.id, unit_id=unit, basis=self.basis, basis_reason=reason)


class LetDamageServiceIn(StepRequest, step=Step.LET_IN, when=OPEN_OR_CLOSED):
    """They came, and somebody opened the door; that it is cleared is said when it is."""

    order_id: UUID

    def follows(self, case: Case) -> datetime:
        order = case.practical_help.orders.get(self.order_id)
        return order.ordered_at if order else super().follows(case)

    def decide(self, case: Case, taken: Taken) -> None:
        if self.order_id not in case.practical_help.orders:
            raise ThereIsNoSuchOrder
        if not case.practical_help.orders[self.order_id].is_let_in:
            case.trigger_event(DamageServiceLetIn, order_id=self.order_id)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return any(not case.practical_help.orders[id].is_let_in for id in case.practical_help.open_orders())


class CompleteDamageService(StepRequest, step=Step.ORDER_DAMAGE_SERVICE, when=OPEN_OR_CLOSED):
    """It is cleared; said after the end too."""

    order_id: UUID

    def follows(self, case: Case) -> datetime:
        order = case.practical_help.orders.get(self.order_id)
        return order.ordered_at if order else super().follows(case)

    def decide(self, case: Case, taken: Taken) -> None:
        if self.order_id not in case.practical_help.orders:
            raise ThereIsNoSuchOrder
        if not case.practical_help.orders[self.order_id].is_completed:
            case.trigger_event(DamageServiceCompleted, order_id=self.order_id)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.practical_help.open_orders())


class PlanAccompaniment(StepRequest, step=Step.PLAN_ACCOMPANIMENT, when=OPEN):
    """Somebody the resident knows comes along, the caretaker perhaps (S1).

    The `id` becomes the meeting's, unless `visit_id` names one that is moved.
    """

    IS_DECIDED_NOW = True

    companion: fields.Companion
    meeting_at: Moment
    """When the meeting is."""
    visit_id: UUID | None = None
    """The meeting that is moved; without it, a new one."""

    def decide(self, case: Case, taken: Taken) -> None:
        role = taken.role_of(self.companion)
        if role is None:
            raise CompanionDoesNotWorkHere
        if not taken.under.may(role.value, Step.ACCOMPANY.value):
            raise CompanionTakesNoSuchStep
        case.must_be_open()
        visit_id = self.visit_id or self.id
        visit = case.practical_help.visits.get(visit_id)
        if visit and (visit.is_done or (visit.companion, visit.meeting_at) == (self.companion, self.meeting_at)):
            return
        if self.meeting_at < taken.at:
            raise MeetingIsInThePast
        if self.meeting_at > taken.at + FARTHEST_MEETING:
            raise MeetingIsTooFarAhead
        if visit and visit.companion != self.companion and visit.comes is not False:
            case.trigger_event(CompanionReleased, **case.whose(), visit_id=visit_id, companion=visit.companion)
        case.trigger_event(
            AccompanimentPlanned,
            visit_id=visit_id,
            observation_id=case.origin.observation_id,
            companion=self.companion,
            meeting_at=self.meeting_at,
        )


class AgreeToAccompany(StepRequest, step=Step.ACCOMPANY, when=OPEN):
    """The companion comes along; said by himself, or noted by whoever he told."""

    visit_id: UUID
    planned_for: Moment | None = None
    """The time that was answered about: a yes to a meeting that was moved meanwhile is refused. Without it, whenever it is."""

    def follows(self, case: Case) -> datetime:
        return case.practical_help.asked_at(self.visit_id, otherwise=super().follows(case))

    def decide(self, case: Case, taken: Taken) -> None:
        visit = _asked_about(case, self, taken)
        if visit.comes is not True:
            case.trigger_event(AccompanimentAgreed, visit_id=self.visit_id, companion=visit.companion, handler=case.handler)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.practical_help.open_visits())


class DeclineToAccompany(StepRequest, step=Step.ACCOMPANY, when=OPEN):
    """The companion does not come along; nobody asks why."""

    visit_id: UUID
    planned_for: Moment | None = None
    """The time that was answered about: a no to a meeting that was moved meanwhile is refused. Without it, whenever it is."""

    def follows(self, case: Case) -> datetime:
        return case.practical_help.asked_at(self.visit_id, otherwise=super().follows(case))

    def decide(self, case: Case, taken: Taken) -> None:
        visit = _asked_about(case, self, taken)
        if visit.comes is not False:
            case.trigger_event(AccompanimentDeclined, visit_id=self.visit_id, companion=visit.companion, handler=case.handler)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.practical_help.open_visits())


class RecordAccompaniment(StepRequest, step=Step.ACCOMPANY, when=OPEN):
    """The companion was there; the caretaker may say so himself, after the end too."""

    visit_id: UUID

    def decide(self, case: Case, taken: Taken) -> None:
        visit = _their_visit(case, self.visit_id, taken)
        if visit.is_done:
            return
        if taken.at + CLOCKS_MAY_DIFFER < visit.meeting_at:
            raise MeetingIsStillToCome
        case.trigger_event(AccompanimentDone, visit_id=self.visit_id, companion=visit.companion)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.practical_help.open_visits())


def _asked_about(case: Case, answer: AgreeToAccompany | DeclineToAccompany, taken: Taken) -> Visit:
    """The meeting that is answered about; refuses when it is over, or was moved since."""
    visit = _their_visit(case, answer.visit_id, taken)
    case.must_be_open()
    if visit.is_done:
        raise MeetingIsOver
    if answer.planned_for not in (None, visit.meeting_at):
        raise MeetingWasMoved
    return visit


def _their_visit(case: Case, visit_id: UUID, taken: Taken) -> Visit:
    """The meeting; whoever takes their own part speaks for themselves only."""
    visit = case.practical_help.visits.get(visit_id)
    if visit is None:
        raise ThereIsNoSuchVisit
    if taken.is_their_part and visit.companion != taken.who:
        raise ThisIsNotYourMeeting
    return visit


class DamageServiceOrdered(Event):
    """Somebody will come and clear or repair; they learn the unit, not the reason."""

    TOPIC = "case.damage_service_ordered"

    order_id: UUID
    unit_id: UUID
    basis: str
    basis_reason: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.practical_help.order(self.order_id, Order(rests_on_consent=self.basis == Basis.CONSENT, ordered_at=self.timestamp))


class DamageServiceLetIn(Event):
    """They came, and somebody opened the door for them."""

    TOPIC = "case.damage_service_let_in"

    order_id: UUID

    def apply(self, case: Case) -> None:
        case.practical_help.let_in(self.order_id)


class DamageServiceCompleted(Event):
    """It is cleared."""

    TOPIC = "case.damage_service_completed"

    order_id: UUID

    def apply(self, case: Case) -> None:
        case.practical_help.complete(self.order_id)


class AccompanimentPlanned(Event):
    """A known face comes along to a meeting."""

    TOPIC = "case.accompaniment_planned"

    visit_id: UUID
    observation_id: UUID
    """What was seen, for a companion who may read that and not the case."""
    companion: str
    meeting_at: datetime

    def apply(self, case: Case) -> None:
        visit = Visit(self.companion, self.meeting_at, planned_at=self.timestamp, planned_in=self.originator_version)
        case.practical_help.plan(self.visit_id, visit)


class CompanionReleased(Event):
    """Somebody who was asked along, and had not said no, is not needed any more: another one is asked."""

    TOPIC = "case.companion_released"

    observation_id: UUID
    observer: str
    visit_id: UUID
    companion: str


class AccompanimentAgreed(Event):
    """The companion comes along."""

    TOPIC = "case.accompaniment_agreed"

    visit_id: UUID
    companion: str
    handler: str
    """Who carries the case and is to know."""

    def apply(self, case: Case) -> None:
        case.practical_help.answer(self.visit_id, comes=True)


class AccompanimentDeclined(Event):
    """The companion does not come along: somebody else is to be asked, or the meeting is held without."""

    TOPIC = "case.accompaniment_declined"

    visit_id: UUID
    companion: str
    handler: str
    """Who carries the case and is to know."""

    def apply(self, case: Case) -> None:
        case.practical_help.answer(self.visit_id, comes=False)


class AccompanimentDone(Event):
    """The meeting took place, and the known face was there."""

    TOPIC = "case.accompaniment_done"

    visit_id: UUID
    companion: str

    def apply(self, case: Case) -> None:
        case.practical_help.hold(self.visit_id)


@dataclass(slots=True)
class Order:
    """One order of the damage service."""

    rests_on_consent: bool
    ordered_at: datetime
    is_let_in: bool = False
    is_completed: bool = False


@dataclass(slots=True)
class Visit:
    """A planned meeting with a companion."""

    companion: str
    meeting_at: datetime
    planned_at: datetime
    """When it was planned, or moved, last."""
    planned_in: int
    """The version of the case in which that was: a calendar keeps the newest."""
    comes: bool | None = None
    """What the companion answered; `None` while there is no answer to this time."""
    is_done: bool = False


class PracticalHelp:
    """The orders and accompanied meetings of one case."""

    def __init__(self) -> None:
        self.orders: dict[UUID, Order] = {}
        self.visits: dict[UUID, Visit] = {}

    def order(self, order_id: UUID, order: Order) -> None:
        self.orders[order_id] = order

    def let_in(self, order_id: UUID) -> None:
        self.orders[order_id].is_let_in = True

    def complete(self, order_id: UUID) -> None:
        self.orders[order_id].is_completed = True

    def plan(self, visit_id: UUID, visit: Visit) -> None:
        """A meeting is planned, or moved: then the companion is asked anew."""
        self.visits[visit_id] = visit

    def asked_at(self, visit_id: UUID, *, otherwise: datetime) -> datetime:
        """When the companion was asked along, as it stands now."""
        visit = self.visits.get(visit_id)
        return visit.planned_at if visit else otherwise

    def answer(self, visit_id: UUID, *, comes: bool) -> None:
        self.visits[visit_id].comes = comes

    def hold(self, visit_id: UUID) -> None:
        self.visits[visit_id].is_done = True

    def is_given(self) -> bool:
        """Whether the damage service was there, or a known face came along."""
        return any(order.is_completed for order in self.orders.values()) or any(visit.is_done for visit in self.visits.values())

    def open_orders(self) -> list[UUID]:
        return [order_id for order_id, order in self.orders.items() if not order.is_completed]

    def open_visits(self) -> list[UUID]:
        return [visit_id for visit_id, visit in self.visits.items() if not visit.is_done]

    def declined_visits(self) -> list[UUID]:
        """Meetings that somebody else is to be asked along to."""
        return [visit_id for visit_id in self.open_visits() if self.visits[visit_id].comes is False]

    def companions(self) -> list[str]:
        """Everybody who is asked along, or was there; who was replaced is not."""
        return sorted({visit.companion for visit in self.visits.values()})

    def waits(self) -> list[Wait]:
        """Each order that is not completed, without a time, and each meeting that is still to come."""
        orders = [Wait(kind=Appointment.DAMAGE_SERVICE, ref=str(id)) for id, order in self.orders.items() if not order.is_completed]
        visits = [Wait(kind=Appointment.MEETING, ref=str(id), due=v.meeting_at) for id, v in self.visits.items() if not v.is_done]
        return orders + visits

    def has_told(self, target: str) -> bool:
        """Whether the damage service was sent on the strength of a consent."""
        return target == Target.DAMAGE_SERVICE and any(order.rests_on_consent for order in self.orders.values())
