"""Which tenancy an observation is about: the one that ran in the home that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.observation.rules.refusals import HomeIsVacant, TenancyHadEnded


@dataclass(frozen=True, kw_only=True, slots=True)
class Tenure:
    """One tenancy of a home, as the register has it."""

    tenancy_id: UUID
    started_on: date
    ended_on: date | None

    def ran_on(self, day: date) -> bool:
        """Whether the tenancy ran that day; first and last day count."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dwelling:
    """A home as an observation needs it: where it is, and which tenancies it has had."""

    home_id: UUID
    estate_id: str
    municipality: str
    estate_name: str = ""
    tenures: tuple[Tenure, ...] = ()

    def tenancy_on(self, day: date) -> UUID:
        """The tenancy that ran that day; where two overlap, the one that began last.

        Raises `TenancyHadEnded` or `HomeIsVacant` when none ran.
        """
        running = [tenure for tenure in self.tenures if tenure.ran_on(day)]
        if running:
            return max(running, key=lambda tenure: tenure.started_on).tenancy_id
        if any(tenure.ended_on is not None and tenure.ended_on < day for tenure in self.tenures):
            raise TenancyHadEnded
        raise HomeIsVacant
