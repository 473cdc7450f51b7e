"""Where a case is about, where that was not known when it began."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.history.aggregate import Event
from shared.privacy.personal import Sealed, Whereabouts
from shared.privacy.small_estate import IN_THE_CLEAR, NOT_PROTECTED, told_estate
from shared.words.vocabulary.case import Status

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPlace:
    """Which home it is about, as intake told it."""

    home: UUID
    tenancy: UUID | None
    address: str
    estate_id: str
    municipality: str
    estate_name: str
    is_small_estate: bool = False
    is_protected: bool = False


def link_place(case: Case, place: KnownPlace) -> None:
    """Once: another home later is a correction (S14), not a link. What was about nobody belongs nowhere."""
    if case.is_at_home or case.status == Status.RETRACTED:
        return
    case.trigger_event(
        PlaceLinked,
        home=Whereabouts(case.id, str(place.home)),
        tenancy=Whereabouts(case.id, str(place.tenancy)) if place.tenancy else None,
        address=Whereabouts(case.id, place.address),
        **told_estate(
            case.id,
            estate_id=place.estate_id,
            estate_name=place.estate_name,
            municipality=place.municipality,
            is_small=place.is_small_estate,
            is_protected=place.is_protected or case.is_address_protected,
        ),
    )


class PlaceLinked(Event):
    """It is known now which home it is about."""

    TOPIC = "case.place_linked"
    class_version = 3

    home: Whereabouts | Sealed
    tenancy: Whereabouts | Sealed | None
    address: Whereabouts | Sealed
    estate_id: str
    municipality: str
    estate_name: str
    small_estate: Whereabouts | Sealed | None = None
    small_estate_name: Whereabouts | Sealed | None = None
    protected_municipality: Whereabouts | Sealed | None = None
    """The municipality, where the address is protected; the estate is sealed then too."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """A small estate stood in the clear too."""
        state |= IN_THE_CLEAR

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        """Protected or not, the municipality stood in the clear, and is left as it was told."""
        state |= NOT_PROTECTED

    def apply(self, case: Case) -> None:
        case.is_at_home = True
        case.origin = replace(case.origin, estate_id=self.estate_id, municipality=self.municipality, estate_name=self.estate_name)
