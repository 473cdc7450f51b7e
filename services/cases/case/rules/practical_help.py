"""Practical help: the damage service that clears the home, and a known face that comes along to a meeting (S1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules.agreed import AgreedProcedure
from services.cases.case.rules.checks import fits, permitted
from services.cases.case.rules.codes import Basis, Step, Target
from services.cases.case.rules.event import Event
from services.cases.case.rules.refusals import MeetingIsInThePast, ThereIsNoSuchOrder, ThereIsNoSuchVisit
from shared.ground.provenance import Role
from shared.privacy.personal import Personal, Sealed

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class DamageServiceOrdered(Event):
    """Somebody will come and clear or repair; they learn the unit, not the reason."""

    TOPIC = "case.damage_service_ordered"

    order_id: UUID
    unit_id: UUID
    basis: str
    basis_reason: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.practical_help.orders[self.order_id] = Order(rests_on_consent=self.basis == Basis.CONSENT)


class DamageServiceCompleted(Event):
    """It is cleared."""

    TOPIC = "case.damage_service_completed"

    order_id: UUID

    def apply(self, case: Case) -> None:
        case.practical_help.orders[self.order_id].is_completed = True


class AccompanimentPlanned(Event):
    """A known face comes along to a meeting."""

    TOPIC = "case.accompaniment_planned"

    visit_id: UUID
    observation_id: UUID
    """What was seen, for a companion who may read that and not the case."""
    companion: str
    meeting_at: datetime

    def apply(self, case: Case) -> None:
        case.practical_help.visits[self.visit_id] = Visit(self.companion, self.meeting_at)


class AccompanimentDone(Event):
    """The meeting took place, and the known face was there."""

    TOPIC = "case.accompaniment_done"

    visit_id: UUID
    companion: str

    def apply(self, case: Case) -> None:
        case.practical_help.visits[self.visit_id].is_done = True


@dataclass(slots=True)
class Order:
    """One order of the damage service."""

    rests_on_consent: bool
    is_completed: bool = False


@dataclass(slots=True)
class Visit:
    """A planned meeting with a companion."""

    companion: str
    meeting_at: datetime
    is_done: bool = False


class PracticalHelp:
    """The orders and accompanied meetings of one case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.orders: dict[UUID, Order] = {}
        self.visits: dict[UUID, Visit] = {}

    def order_damage_service(
        self, *, by: Role, at: datetime, under: AgreedProcedure, order_id: UUID, basis: str, basis_reason: Personal | None = None
    ) -> None:
        """Send somebody to clear the home; that is telling somebody, and needs leave like any other."""
        permitted(Step.ORDER_DAMAGE_SERVICE, by=by, under=under)
        self._case.must_be_open()
        if order_id in self.orders:
            return
        basis_reason = fits(basis_reason, field="basis_reason")
        self._case.consents.must_allow(Target.DAMAGE_SERVICE, basis=basis, reason=basis_reason, at=at)
        home = self._case.origin.home_id
        self._case.trigger_event(DamageServiceOrdered, order_id=order_id, unit_id=home, basis=str(basis), basis_reason=basis_reason)

    def complete_damage_service(self, *, by: Role, under: AgreedProcedure, order_id: UUID) -> None:
        """It is cleared; said after the end too."""
        permitted(Step.ORDER_DAMAGE_SERVICE, by=by, under=under)
        if order_id not in self.orders:
            raise ThereIsNoSuchOrder
        if not self.orders[order_id].is_completed:
            self._case.trigger_event(DamageServiceCompleted, order_id=order_id)

    def plan_accompaniment(
        self, *, by: Role, at: datetime, under: AgreedProcedure, visit_id: UUID, companion: str, meeting_at: datetime
    ) -> None:
        """Somebody the resident knows comes along; with the same id, the meeting is moved. The caretaker may be asked (S1)."""
        permitted(Step.PLAN_ACCOMPANIMENT, by=by, under=under)
        self._case.must_be_open()
        visit = self.visits.get(visit_id)
        if visit and (visit.is_done or (visit.companion, visit.meeting_at) == (companion, meeting_at)):
            return
        if meeting_at < at:
            raise MeetingIsInThePast
        seen = self._case.origin.observation_id
        self._case.trigger_event(AccompanimentPlanned, visit_id=visit_id, observation_id=seen, companion=companion, meeting_at=meeting_at)

    def accompany(self, *, by: Role, under: AgreedProcedure, visit_id: UUID) -> None:
        """The companion was there; the caretaker may say so himself."""
        permitted(Step.ACCOMPANY, by=by, under=under)
        if visit_id not in self.visits:
            raise ThereIsNoSuchVisit
        visit = self.visits[visit_id]
        if not visit.is_done:
            self._case.trigger_event(AccompanimentDone, visit_id=visit_id, companion=visit.companion)

    def has_told(self, target: str) -> bool:
        """Whether the damage service was sent on the strength of a consent."""
        return target == Target.DAMAGE_SERVICE and any(order.rests_on_consent for order in self.orders.values())
