"""The version of the procedure a case is pinned to: the one it began under, until somebody moves it to the one in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.cases.case.rules import fields
from services.cases.case.rules.step import ONGOING, StepRequest, Taken
from shared.ground.errors import Refusal
from shared.ground.fields import Words
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import Step

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


MOVED_AT_ONCE = 200
"""How many cases one request moves: each is a decision of its own, and somebody waits for the answer."""


class MoveHasNoReason(Refusal):
    """Der står ikke, hvorfor sagen skal følge en anden procedure."""

    field = "reason"
    next_step = "Skriv grunden, for eksempel en fejl i den procedure, sagen begyndte under."


class ThatProcedureIsNotInForce(Refusal):
    """En sag kan kun flyttes til den procedure, der gælder i dag."""

    field = "procedure_version"
    next_step = "Se på procedurens side, hvilken der gælder, og prøv igen."


class MoveToProcedure(StepRequest, step=Step.MOVE_TO_PROCEDURE, when=ONGOING):
    """From now on the case follows the version in force.

    What runs keeps its time: it was promised. What starts afterwards is counted by the new version.
    """

    IS_DECIDED_NOW = True

    IS_A_LOOK = False

    procedure_version: fields.ProcedureVersion
    reason: Words

    @property
    def moves_to(self) -> str:
        return self.procedure_version

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_not_be_over()
        reason = case.words(self.reason)
        if reason is None:
            raise MoveHasNoReason
        if self.procedure_version != taken.in_force:
            raise ThatProcedureIsNotInForce
        if self.procedure_version != case.procedure_version:
            case.trigger_event(ProcedureChanged, procedure_version=self.procedure_version, reason=reason)


class ProcedureChanged(Event):
    """The case follows another version of the procedure from now on; the one it followed stands in the provenance."""

    TOPIC = "case.procedure_changed"

    procedure_version: str
    reason: Personal | Sealed

    def apply(self, case: Case) -> None:
        case.procedure_version = self.procedure_version
