"""An observation without a home, of which it is known later where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.intake.observation.rules.dwelling import NOTHING_TOLD, told_before
from services.intake.observation.rules.site import ItBelongsNowhere, PlaceIsLinkedAlready
from shared.history.aggregate import Event
from shared.privacy.personal import Sealed, Whereabouts
from shared.privacy.small_estate import IN_THE_CLEAR, NOT_PROTECTED

if TYPE_CHECKING:
    from services.intake.observation.rules.dwelling import Dwelling
    from services.intake.observation.rules.observation import Observation


def link_place(observation: Observation, *, home: UUID, tenancy: UUID | None, address: str, dwelling: Dwelling) -> None:
    """Once; which home it was linked to is sealed, so that only the row can tell whether this is the same."""
    if observation.belongs_nowhere:
        raise ItBelongsNowhere
    if observation.is_at_home:
        raise PlaceIsLinkedAlready
    id = observation.id
    tenure = next((tenure for tenure in dwelling.tenures if tenure.tenancy_id == tenancy), None)
    observation.trigger_event(
        PlaceLinked,
        home=Whereabouts(id, str(home)),
        tenancy=Whereabouts(id, str(tenancy)) if tenancy else None,
        address=Whereabouts(id, address),
        **dwelling.told_estate(id, is_protected=observation.is_protected or (tenure is not None and tenure.is_protected)),
        **told_before(id, tenure),
    )


class PlaceLinked(Event):
    """It is known now which home it is about."""

    TOPIC = "observation.place_linked"
    class_version = 4

    home: Whereabouts | Sealed
    tenancy: Whereabouts | Sealed | None
    address: Whereabouts | Sealed
    estate_id: str
    municipality: str
    estate_name: str
    is_protected: bool = False
    """As the register knew when it was linked, like what follows."""
    died_on: Whereabouts | Sealed | None = None
    moves_on: Whereabouts | Sealed | None = None
    guardian_decides: list[str] | None = None
    small_estate: Whereabouts | Sealed | None = None
    small_estate_name: Whereabouts | Sealed | None = None
    protected_municipality: Whereabouts | Sealed | None = None
    """The municipality, where the address is protected; the estate is sealed then too."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """What the ERP had told before was not looked up."""
        state |= NOTHING_TOLD

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        """A small estate stood in the clear too."""
        state |= IN_THE_CLEAR

    @staticmethod
    def upcast_v3_v4(state: dict[str, Any]) -> None:
        """Protected or not, the municipality stood in the clear, and is left as it was told."""
        state |= NOT_PROTECTED

    def apply(self, observation: Observation) -> None:
        observation.is_at_home = True
