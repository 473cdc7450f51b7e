"""Which tenancy an observation is about: the one that ran in the home that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Tenure:
    """One tenancy of a home, as the register has it, and who lives there: the ids they have in the ERP, with their role."""

    tenancy_id: UUID
    started_on: date
    ended_on: date | None
    people: Mapping[UUID, str] = field(default_factory=dict)

    def ran_on(self, day: date) -> bool:
        """Whether the tenancy ran that day; first and last day count."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dwelling:
    """A home as an observation needs it: where it is, and which tenancies it has had. Or a place that is none, on an estate or on none."""

    home_id: UUID | None = None
    estate_id: str = ""
    municipality: str = ""
    estate_name: str = ""
    tenures: tuple[Tenure, ...] = ()

    def tenure_on(self, day: date) -> Tenure | None:
        """The tenancy that ran that day; where two overlap, the one that began last.

        `None` where none is known: somebody may be in trouble in a home of which the ERP has not told, or not told right.
        """
        running = [tenure for tenure in self.tenures if tenure.ran_on(day)]
        return max(running, key=lambda tenure: tenure.started_on) if running else None
