"""Where a case is about, where that was not known when it began."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed, Whereabouts

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


def link_place(case: Case, place: KnownPlace) -> None:
    """Once: another home later is a correction (S14), not a link."""
    if case.is_at_home:
        return
    case.trigger_event(
        PlaceLinked,
        home=Whereabouts(case.id, str(place.home)),
        tenancy=Whereabouts(case.id, str(place.tenancy)) if place.tenancy else None,
        address=Whereabouts(case.id, place.address),
        estate_id=place.estate_id,
        municipality=place.municipality,
        estate_name=place.estate_name,
    )


class PlaceLinked(Event):
    """It is known now which home it is about."""

    TOPIC = "case.place_linked"

    home: Personal | Sealed
    tenancy: Personal | Sealed | None
    address: Personal | Sealed
    estate_id: str
    municipality: str
    estate_name: str

    def apply(self, case: Case) -> None:
        case.is_at_home = True
        case.origin = replace(case.origin, estate_id=self.estate_id, municipality=self.municipality, estate_name=self.estate_name)
