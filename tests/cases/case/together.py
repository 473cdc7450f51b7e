"""Two or more cases on the table at once, for rules that are about both."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid5

from services.cases.case.rules.case import Case
from services.cases.case.rules.step import StepRequest, Taken
from shared.history.aggregate import Event
from shared.words.vocabulary.people import Role
from tests.cases.case.story import LEAD, NOW, OBSERVATION, RAISED, UNDER, UNKNOWN
from tests.support.given import EARLIER, Fact, fact, given

OTHER = "staff-caretaker-2"


def concern(number: int, *happened: Fact, observer: str = "") -> Case:
    """A concern of its own, with an observation of its own."""
    observation = uuid5(OBSERVATION, str(number))
    raised = fact(
        Case.ConcernRaised, **{**RAISED.facts, "observation_id": observation, "observer": observer or f"staff-caretaker-{number}"}
    )
    return given(Case, raised, *happened, id=uuid5(observation, "case"))


def seen_in(case: Case) -> UUID:
    """The observation it began with."""
    return case.origin.observation_id


class Table:
    """Cases about the same people, each with what happened to it since."""

    def __init__(self, *cases: Case) -> None:
        self.cases = {case.id: case for case in cases}
        self.happened: dict[UUID, list[Event]] = {case.id: [] for case in cases}

    def take(
        self, case: Case, step: type[StepRequest], *, who: str = LEAD, at: datetime = NOW, about_the_same: bool = True, **asked: Any
    ) -> None:
        """Somebody takes a step; what it is about besides is loaded as the command does it."""
        request = step.model_validate({"id": UNKNOWN, **asked})
        others = {id: self.cases[id] for id in request.others(case) if id != case.id}
        taken = Taken(by=Role.SOCIAL_LEAD, who=who, at=at, recorded_at=at, under=UNDER, role_of=lambda _: Role.SOCIAL_CARETAKER)
        case.take(request, replace(taken, others=others, about_the_same=set(others) if about_the_same else ()))

    def standing(self) -> dict[UUID, list[UUID]]:
        """The observations of every case that is not joined to another."""
        return {
            id: sorted([seen_in(case), *case.observations.later]) for id, case in self.cases.items() if case.observations.joined_to is None
        }

    def news(self, case: Case) -> list[str]:
        """What happened to a case, as topics."""
        return [type(event).TOPIC for event in cast("list[Any]", case.pending_events)]


__all__ = ["EARLIER", "OTHER", "Table", "concern", "seen_in"]
