"""An observation that was registered in the wrong place: where it belongs, or that it belongs nowhere (S14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from services.intake.observation.rules.progress import Progress
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed, Whereabouts

if TYPE_CHECKING:
    from services.intake.observation.rules.observation import Observation


@dataclass(frozen=True, kw_only=True)
class CorrectPlace(Progress):
    """It is about somebody else, or about nobody (`home` is `None`)."""

    case_id: UUID
    correction: str
    """Which correction it is, so that what is told twice happens once."""
    home: str | None = None
    tenancy: str | None = None
    address: str = ""
    estate_id: str = ""
    estate_name: str = ""
    municipality: str = ""

    def decide(self, observation: Observation) -> None:
        if self.correction in observation.corrections:
            return
        id = observation.id
        observation.trigger_event(
            PlaceCorrected,
            correction=self.correction,
            home=Whereabouts(id, self.home) if self.home else None,
            tenancy=Whereabouts(id, self.tenancy) if self.home and self.tenancy else None,
            address=Whereabouts(id, self.address) if self.home and self.address else None,
            estate_id=self.estate_id,
            estate_name=self.estate_name,
            municipality=self.municipality,
        )


class PlaceCorrected(Event):
    """It was about the wrong person or home; this is the right one, or there is none."""

    TOPIC = "observation.place_corrected"

    correction: str
    home: Personal | Sealed | None
    tenancy: Personal | Sealed | None
    address: Personal | Sealed | None
    estate_id: str
    """Empty where it belongs nowhere."""
    estate_name: str
    municipality: str

    def apply(self, observation: Observation) -> None:
        observation.corrections.add(self.correction)
