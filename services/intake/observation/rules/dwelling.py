"""Which tenancy an observation is about: the one that ran in the home that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from shared.privacy.personal import Whereabouts
from shared.privacy.small_estate import told_estate


@dataclass(frozen=True, kw_only=True, slots=True)
class Tenure:
    """One tenancy of a home, as the register has it, and who lives there: the ids they have in the ERP, with their role."""

    tenancy_id: UUID
    started_on: date
    ended_on: date | None
    people: Mapping[UUID, str] = field(default_factory=dict)
    is_protected: bool = False
    """Whether the address of one of them is protected."""
    died_on: date | None = None
    """When whoever lived there alone died."""
    guardian_decides: tuple[str, ...] | None = None
    """What a guardian decides for whoever lives there alone; `None` without one."""

    def ran_on(self, day: date) -> bool:
        """Whether the tenancy ran that day; first and last day count."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


def told_before(id: UUID, tenure: Tenure | None) -> dict[str, Any]:
    """What the ERP told of a tenancy before anybody saw something there; whoever works on the case must not find out by ringing.

    Days are sealed as the home is: a register of tenancies is searched by them.
    """
    died_on = tenure.died_on if tenure else None
    moves_on = tenure.ended_on if tenure else None
    decides = tenure.guardian_decides if tenure else None
    return {
        "is_protected": tenure is not None and tenure.is_protected,
        "died_on": Whereabouts(id, died_on.isoformat()) if died_on else None,
        "moves_on": Whereabouts(id, moves_on.isoformat()) if moves_on else None,
        "guardian_decides": None if decides is None else list(decides),
    }


NOTHING_TOLD: dict[str, Any] = {"is_protected": False, "died_on": None, "moves_on": None, "guardian_decides": None}
"""What earlier events said of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dwelling:
    """A home as an observation needs it: where it is, and which tenancies it has had. Or a place that is none, on an estate or on none."""

    home_id: UUID | None = None
    estate_id: str = ""
    municipality: str = ""
    estate_name: str = ""
    is_small_estate: bool = False
    tenures: tuple[Tenure, ...] = ()

    def told_estate(self, matter: UUID, *, is_protected: bool = False) -> dict[str, Any]:
        """The estate and the municipality, as what is told of the matter says it."""
        return told_estate(
            matter,
            estate_id=self.estate_id,
            estate_name=self.estate_name,
            municipality=self.municipality,
            is_small=self.is_small_estate,
            is_protected=is_protected,
        )

    def tenure_on(self, day: date) -> Tenure | None:
        """The tenancy that ran that day; where two overlap, the one that began last, and protected if any of them is.

        `None` where none is known: somebody may be in trouble in a home of which the ERP has not told, or not told right.
        """
        running = [tenure for tenure in self.tenures if tenure.ran_on(day)]
        if not running:
            return None
        newest = max(running, key=lambda tenure: tenure.started_on)
        return replace(newest, is_protected=any(tenure.is_protected for tenure in running))
