"""The resident moved inside the association and said yes: the case goes on at the new home, and everything in it goes along (S13).

The people it is about stay the same, and so does its history, with the old home in it: nothing was wrong. What moves is the link: nobody
who lives in the old home later has anything to do with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.aftermath import ResidentHasNotMoved
from services.cases.case.rules.checks import must_carry
from services.cases.case.rules.damage_service import DamageServiceCancelled
from services.cases.case.rules.handling import Assigned
from services.cases.case.rules.new_home import ItIsThatHomeAlready, NamesHome, stands_at
from services.cases.case.rules.step import ONGOING, StepRequest, Taken
from shared.ground.errors import Refusal
from shared.ground.fields import Words
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed, Whereabouts
from shared.words.vocabulary.case import Continuing, Status, Step

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class ResidentDidNotSayYes(Refusal):
    """Beboeren har ikke sagt ja til, at sagen fortsætter i den nye bolig."""

    next_step = "Spørg, om sagen må fortsætte, og notér svaret først."


class MoveAlong(NamesHome, StepRequest, step=Step.MOVE_ALONG, when=ONGOING):
    """The case goes along to where the resident lives now; whoever works on that estate carries it from then on."""

    IS_DECIDED_NOW = True
    SAYS_WHERE = True

    handler: fields.Handler | None = None
    """Who carries it there. Left out, the social caretaker of the new estate, where there is one; else who carries it now."""
    reason: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_not_be_over()
        if None not in case.life.moves:
            raise ResidentHasNotMoved
        if case.life.continuing != Continuing.YES:
            raise ResidentDidNotSayYes
        if (taken.home, taken.tenancy) == (self.home_id, self.tenancy_id):
            raise ItIsThatHomeAlready
        handler = self._handler(case, taken)
        self.protect_there(case, taken)
        for order_id in case.damage_service.open_orders():
            reference = case.damage_service.orders[order_id].reference
            case.trigger_event(DamageServiceCancelled, order_id=order_id, reference=reference)
        case.trigger_event(MovedAlong, **self.where(case), reason=case.words(self.reason))
        if handler != case.handler:
            case.trigger_event(Assigned, handler=handler)

    def _handler(self, case: Case, taken: Taken) -> str:
        """Who carries it there; nobody carries a concern that is no case yet. Raises for who cannot, or keeps out of the new home."""
        if case.status != Status.OPEN:
            return case.handler
        there = taken.carries_at(self.estate_id)
        handler = self.handler or (there[0] if len(there) == 1 and case.handler not in there else case.handler)
        must_carry(taken.role_of(handler))
        return handler

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.life.is_to_move_along


class MovedAlong(Event):
    """Until now the resident lived elsewhere; from now on the case is about the new home."""

    TOPIC = "case.moved_along"

    home: Whereabouts | Sealed
    tenancy: Whereabouts | Sealed | None
    address: Whereabouts | Sealed
    estate_id: str
    estate_name: str
    municipality: str
    small_estate: Whereabouts | Sealed | None
    small_estate_name: Whereabouts | Sealed | None
    protected_municipality: Whereabouts | Sealed | None
    reason: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        stands_at(case, self)
        case.life.arrive()


def leads_home(request: StepRequest) -> UUID | None:
    """The home a case is about once this step is taken; `None` where it stays as it is."""
    return request.home_id if isinstance(request, NamesHome) else None
