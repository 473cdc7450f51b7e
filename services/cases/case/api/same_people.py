"""What JSON says of the observations of a case, and of other cases about the same people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.cases.case.queries.same_people import OtherCase
from services.cases.case.rules.case import Case
from services.cases.case.rules.observations import LaterObservation
from shared.ground.described import Described


class ObservationJson(Described):
    """One observation of a case."""

    observation_id: UUID
    """The observation."""
    observer: str
    """Who saw it: an opaque staff id."""
    observed_at: datetime
    """When it was seen."""
    concern_id: UUID
    """The concern it began with; what was written is read there."""
    untold: list[str]
    """What the observer waits to hear."""


class OtherCaseJson(Described):
    """Another case about the same people."""

    case_id: UUID
    """The case."""
    status: str
    """How far it has come."""
    severity: str
    """How serious it is."""
    category: str
    """What it is about; empty before it is judged."""
    observed_at: datetime
    """When it was seen."""
    joinable: bool
    """Whether this one can be joined to it."""


class PatternJson(Described):
    """Why it is proposed as more serious than it was reported: the second independent observation."""

    severity: str
    """What is proposed."""
    days: int
    """How long the rule looks back."""
    observer_role: str
    """In which role this was seen; the source, where nobody who works here saw it."""
    observed_at: datetime
    """When this was seen."""
    earlier_role: str
    """In which role the earlier one was seen; the source likewise."""
    earlier_at: datetime
    """When the earlier one was seen."""


def observations_of(case: Case) -> list[ObservationJson]:
    """Every observation of a case, the first one first."""
    origin = case.origin
    first = LaterObservation(origin.observer, origin.observed_at, case.id, is_about_a_child=case.is_about_a_child)
    return [
        ObservationJson(
            observation_id=id,
            observer=one.observer,
            observed_at=one.observed_at,
            concern_id=one.concern,
            untold=case.deadlines.untold(case.observations.other_than_first(id)),
        )
        for id, one in {origin.observation_id: first, **case.observations.later}.items()
    ]


def pattern_of(case: Case) -> PatternJson | None:
    """Why it is proposed as more serious, where a rule fired."""
    if case.pattern is None:
        return None
    return PatternJson(**{name: getattr(case.pattern, name) for name in PatternJson.model_fields})


def other_case(one: OtherCase) -> OtherCaseJson:
    """Another case about the same people."""
    return OtherCaseJson(
        case_id=one.case_id,
        status=one.status,
        severity=one.severity,
        category=one.category,
        observed_at=one.observed_at,
        joinable=not one.is_over,
    )
