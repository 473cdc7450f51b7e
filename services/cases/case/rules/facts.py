"""What a person notes because no part of the system knows it by itself yet: a termination, a mediation, a death.

With its day and where it is known from; it is taken back when it was a mistake. Outcomes rest on it (`ending.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.checks import known
from services.cases.case.rules.step import OPEN, StepRequest, Taken
from shared.ground.errors import Refusal
from shared.ground.fields import Day, Words
from shared.ground.working_days import local_day
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import FactKind, FactSource, Step

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class FactIsInTheFuture(Refusal):
    """Det er ikke sket endnu."""

    field = "on"
    next_step = "Vælg den dag, det skete."


class FactIsTooOld(Refusal):
    """Det er mere end fem år siden."""

    field = "on"
    next_step = "Se efter årstallet."


class FactIsFromBeforeTheConcern(Refusal):
    """Det ligger før det, der blev set, og hører derfor ikke til denne sag."""

    field = "on"
    next_step = "Se efter dagen. Kun en opsigelse kan være ældre end bekymringen."


class ResidentWasReachedAfterThat(Refusal):
    """Beboeren blev truffet efter den dag."""

    field = "on"
    next_step = "Se efter dagen – og efter, om kontakten er noteret på den rigtige sag."


class NobodyTellsOfTheirOwnDeath(Refusal):
    """Det kan beboeren ikke selv have sagt."""

    field = "source"
    next_step = "Vælg, hvem der har sagt det."


class ThatIsNotedByItself(Refusal):
    """Et dødsfald og en flytning noteres for sig, for så standser alt, hvad der ellers går ud til beboeren."""

    field = "kind"
    next_step = "Vælg »Beboeren er død« eller »Beboeren flytter« blandt sagens skridt."


class ThereIsNoSuchFact(Refusal):
    """Det står ikke på sagen."""

    field = "fact_id"
    next_step = "Hent sagen igen, og vælg noget, der står på den."


NOTED_BY_ITSELF = frozenset({FactKind.DEATH, FactKind.MOVE})
"""What changes more than an outcome (`life.py`); what was noted as a fact before that still counts."""

OLDEST_FACT = timedelta(days=5 * 366)
"""What lies further back ends no case of today: the year is a slip of the fingers."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a person noted."""

    kind: str
    on: date
    source: str


class NoteFact(StepRequest, step=Step.NOTE_FACT, when=OPEN):
    """Something an outcome may rest on, with its day and who says so. The `id` becomes the fact's."""

    IS_DECIDED_NOW = True

    kind: fields.FactKind
    on: Day
    """The day it happened."""
    source: fields.FactSource

    def decide(self, case: Case, taken: Taken) -> None:
        kind = known(self.kind, FactKind, field="kind")
        source = known(self.source, FactSource, field="source")
        case.must_be_open()
        if kind in NOTED_BY_ITSELF:
            raise ThatIsNotedByItself
        if self.id in case.facts:
            return
        today = local_day(taken.at)
        if self.on > today:
            raise FactIsInTheFuture
        if self.on < today - OLDEST_FACT:
            raise FactIsTooOld
        if kind != FactKind.TERMINATION and self.on < local_day(case.origin.observed_at):
            raise FactIsFromBeforeTheConcern
        case.trigger_event(FactNoted, fact_id=self.id, kind=kind, on=self.on.isoformat(), source=source)


class TakeFactBack(StepRequest, step=Step.NOTE_FACT, when=OPEN):
    """It was a mistake: nothing rests on it any more."""

    IS_DECIDED_NOW = True

    fact_id: UUID
    reason: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_be_open()
        if self.fact_id not in case.facts:
            raise ThereIsNoSuchFact
        case.trigger_event(FactTakenBack, fact_id=self.fact_id, kind=case.facts[self.fact_id].kind, reason=case.words(self.reason))

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.facts)


class FactNoted(Event):
    """Somebody noted something that an outcome may rest on."""

    TOPIC = "case.fact_noted"

    fact_id: UUID
    kind: str
    on: str
    """The day it happened, as `2026-03-03`."""
    source: str
    """Who says so."""

    def apply(self, case: Case) -> None:
        case.facts[self.fact_id] = Fact(self.kind, self.day, self.source)

    @property
    def day(self) -> date:
        """The day it happened."""
        return date.fromisoformat(self.on)


class FactTakenBack(Event):
    """What was noted was a mistake."""

    TOPIC = "case.fact_taken_back"

    fact_id: UUID
    kind: str
    reason: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.facts.pop(self.fact_id, None)
