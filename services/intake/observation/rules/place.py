"""An observation that was registered in the wrong place: where it belongs, or that it belongs nowhere (S14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.intake.observation.rules.dwelling import NOTHING_TOLD, Tenure, told_before
from services.intake.observation.rules.progress import Progress
from shared.history.aggregate import Event
from shared.privacy.personal import Sealed, Whereabouts
from shared.privacy.small_estate import IN_THE_CLEAR, NOT_PROTECTED, told_estate

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
    is_small_estate: bool = False
    is_protected: bool = False
    tenure: Tenure | None = None
    """The tenancy there, as the register has it: what the ERP told of it before holds for the case from now on."""

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
            **told_estate(
                id,
                estate_id=self.estate_id,
                estate_name=self.estate_name,
                municipality=self.municipality,
                is_small=self.is_small_estate,
                is_protected=self.is_protected,
            ),
            case_id=self.case_id,
            **told_before(id, self.tenure),
        )


class PlaceCorrected(Event):
    """It was about the wrong person or home; this is the right one, or there is none."""

    TOPIC = "observation.place_corrected"
    class_version = 4

    correction: str
    home: Whereabouts | Sealed | None
    tenancy: Whereabouts | Sealed | None
    address: Whereabouts | Sealed | None
    estate_id: str
    """Empty where it belongs nowhere, and where it is small: then it is sealed below."""
    estate_name: str
    municipality: str
    small_estate: Whereabouts | Sealed | None = None
    small_estate_name: Whereabouts | Sealed | None = None
    protected_municipality: Whereabouts | Sealed | None = None
    """The municipality, where the address is protected; the estate is sealed then too."""

    case_id: UUID | None = None
    """Which case it is put right with; not known before version 4."""
    is_protected: bool = False
    """As the register knew when it was put right, like what follows."""
    died_on: Whereabouts | Sealed | None = None
    moves_on: Whereabouts | Sealed | None = None
    guardian_decides: list[str] | None = None

    @staticmethod
    def upcast_v3_v4(state: dict[str, Any]) -> None:
        """What the ERP had told before was not looked up."""
        state |= {"case_id": None, **NOTHING_TOLD}

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """A small estate stood in the clear too."""
        state |= IN_THE_CLEAR

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        """Protected or not, the municipality stood in the clear, and is left as it was told."""
        state |= NOT_PROTECTED

    def apply(self, observation: Observation) -> None:
        observation.corrections.add(self.correction)
        observation.is_at_home = self.home is not None
        observation.belongs_nowhere = self.home is None
