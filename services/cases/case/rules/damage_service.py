"""The damage service that clears the home (S1): sent on a consent, let in by somebody with a key, and done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.people import WhoIsNotSaid
from services.cases.case.rules.step import OPEN, OPEN_OR_CLOSED, StepRequest, Taken
from services.cases.case.rules.waiting import Wait
from shared.ground.errors import Refusal
from shared.ground.fields import Words
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed, Whereabouts
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.consent import Basis
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.persons import Information
from shared.words.vocabulary.referral import Target
from shared.words.vocabulary.waiting import Appointment

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


TOLD = frozenset({Information.CONTACT, Information.HOME})
"""What whoever clears a home has to know."""


class ThereIsNoSuchOrder(Refusal):
    """Den bestilling findes ikke på sagen."""

    field = "order_id"
    next_step = "Hent sagen igen, og vælg en bestilling, der står på den."


class DamageServiceIsOnItsWay(Refusal):
    """Skadesservice er allerede bestilt og er ikke færdig."""

    next_step = "Notér, at de er færdige, før du bestiller igen – eller ring til dem, hvis der skal mere til."


class DamageServiceIsDone(Refusal):
    """Skadesservice er færdig, så der er ingen at lukke ind."""

    field = "order_id"
    next_step = "Er der brug for dem igen, så bestil dem på ny."


class DamageServiceIsCancelled(Refusal):
    """Bestillingen er taget tilbage."""

    field = "order_id"
    next_step = "Kom de alligevel, så skriv det i et notat, og ring til dem."


class NoLeaveForTheDamageService(Refusal):
    """Der er ikke noget ja til skadesservice, der gælder nu."""

    next_step = "Spørg beboeren, om de må komme, eller ring til den boligsociale leder."


class HomeIsNotKnown(Refusal):
    """Det vides ikke, hvilken bolig sagen handler om, så der er ingen steder at sende skadesservice hen."""

    next_step = "Knyt sagen til boligen først."


class OnlyLeaveIsForCaretakers(Refusal):
    """En vicevært bestiller kun skadesservice, når beboeren har sagt ja til det."""

    field = "basis"
    next_step = "Spørg beboeren, eller ring til den boligsociale leder."


class OrderDamageService(StepRequest, step=Step.ORDER_DAMAGE_SERVICE, when=OPEN):
    """Send somebody to clear the home; that is telling somebody, and needs leave like any other.

    The `id` becomes the order's.
    """

    IS_DECIDED_NOW = True
    SAYS_WHERE = True

    basis: fields.Basis = Basis.CONSENT.value
    basis_reason: Words = ""

    @property
    def rests_on(self) -> str:
        return self.basis

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_be_open()
        if self.id in case.damage_service.orders:
            return
        if case.damage_service.open_orders():
            raise DamageServiceIsOnItsWay
        if taken.by == Role.CARETAKER and self.basis != Basis.CONSENT:
            raise OnlyLeaveIsForCaretakers
        asked = case.asked_about_the_home(Target.DAMAGE_SERVICE, at=taken.at)
        if self.basis == Basis.CONSENT and not case.allows(asked, at=taken.at):
            if taken.is_their_part:
                raise NoLeaveForTheDamageService
            if asked.person is None and not case.persons.is_unnamed_anybody:
                raise WhoIsNotSaid
        reason = case.words(self.basis_reason)
        case.consents.must_allow(asked, basis=self.basis, reason=reason, at=taken.at, information=TOLD)
        if taken.home is None:
            raise HomeIsNotKnown
        case.trigger_event(
            DamageServiceOrdered,
            order_id=self.id,
            reference=Whereabouts(case.id, str(taken.reference)),
            unit=Whereabouts(case.id, str(taken.home)),
            basis=self.basis,
            basis_reason=reason,
        )

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return not case.damage_service.open_orders()


class OrderRequest(StepRequest, step=Step.ORDER_DAMAGE_SERVICE, when=OPEN_OR_CLOSED):
    """Something that came of an order; not before it was made."""

    order_id: UUID

    def follows(self, case: Case) -> datetime:
        order = case.damage_service.orders.get(self.order_id)
        return order.ordered_at if order else super().follows(case)

    def order_in(self, case: Case) -> Order:
        if self.order_id in case.correction.recipients and self.order_id not in case.damage_service.orders:
            raise DamageServiceIsCancelled  # it was for the wrong home
        if self.order_id not in case.damage_service.orders:
            raise ThereIsNoSuchOrder
        order = case.damage_service.orders[self.order_id]
        if order.is_cancelled:
            raise DamageServiceIsCancelled
        return order


class LetDamageServiceIn(OrderRequest, step=Step.LET_IN, when=OPEN_OR_CLOSED):
    """They came, and somebody opened the door; that it is cleared is said when it is."""

    def decide(self, case: Case, taken: Taken) -> None:
        order = self.order_in(case)
        if order.is_let_in:
            return
        if order.is_completed:
            raise DamageServiceIsDone
        case.trigger_event(DamageServiceLetIn, order_id=self.order_id)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return any(not case.damage_service.orders[id].is_let_in for id in case.damage_service.open_orders())


class CompleteDamageService(OrderRequest, step=Step.ORDER_DAMAGE_SERVICE, when=OPEN_OR_CLOSED):
    """It is cleared; said after the end too."""

    def decide(self, case: Case, taken: Taken) -> None:
        if not self.order_in(case).is_completed:
            case.trigger_event(DamageServiceCompleted, order_id=self.order_id)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.damage_service.open_orders())


class DamageServiceOrdered(Event):
    """Somebody will come and clear or repair; they learn the unit, not the reason."""

    TOPIC = "case.damage_service_ordered"
    class_version = 2

    order_id: UUID
    reference: Whereabouts | Sealed
    """The id the order has outside: it leads to the home, so nothing in the clear leads to it."""
    unit: Whereabouts | Sealed
    basis: str
    basis_reason: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        order = Order(reference=self.reference, basis=self.basis, basis_reason=self.basis_reason, ordered_at=self.timestamp)
        case.damage_service.order(self.order_id, order)


class DamageServiceLetIn(Event):
    """They came, and somebody opened the door for them."""

    TOPIC = "case.damage_service_let_in"

    order_id: UUID

    def apply(self, case: Case) -> None:
        case.damage_service.let_in(self.order_id)


class DamageServiceCompleted(Event):
    """It is cleared."""

    TOPIC = "case.damage_service_completed"

    order_id: UUID

    def apply(self, case: Case) -> None:
        case.damage_service.complete(self.order_id)


class DamageServiceCancelled(Event):
    """Nobody is to come any more: the resident is gone, or it is, or may be, the wrong home."""

    TOPIC = "case.damage_service_cancelled"

    order_id: UUID
    reference: Personal | Sealed
    """The id the order has outside, as it was sealed when it was made."""

    def apply(self, case: Case) -> None:
        case.damage_service.cancel(self.order_id)


@dataclass(slots=True)
class Order:
    """One order of the damage service."""

    reference: Personal | Sealed
    basis: str
    basis_reason: Personal | Sealed | None
    """All of it as the order has it: so it can be taken back, and made anew."""
    ordered_at: datetime
    is_let_in: bool = False
    is_completed: bool = False
    is_cancelled: bool = False

    @property
    def rests_on_consent(self) -> bool:
        return self.basis == Basis.CONSENT


class DamageService:
    """The orders of one case."""

    def __init__(self) -> None:
        self.orders: dict[UUID, Order] = {}

    def order(self, order_id: UUID, order: Order) -> None:
        self.orders[order_id] = order

    def let_in(self, order_id: UUID) -> None:
        self.orders[order_id].is_let_in = True

    def complete(self, order_id: UUID) -> None:
        self.orders[order_id].is_completed = True

    def cancel(self, order_id: UUID) -> None:
        self.orders[order_id].is_cancelled = True

    def has_helped(self) -> bool:
        """Whether it was there and is done."""
        return any(order.is_completed for order in self.orders.values())

    def open_orders(self) -> list[UUID]:
        return [order_id for order_id, order in self.orders.items() if not (order.is_completed or order.is_cancelled)]

    def waits(self) -> list[Wait]:
        """Each order that is not completed, without a time."""
        return [Wait(kind=Appointment.DAMAGE_SERVICE, ref=str(id)) for id in self.open_orders()]

    def has_told(self, target: str) -> bool:
        """Whether it was sent on the strength of a consent."""
        return target == Target.DAMAGE_SERVICE and any(order.rests_on_consent for order in self.orders.values())
