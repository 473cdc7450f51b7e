"""The address of those an observation is about is protected, as its case says: nobody is shown here where it is (domain.md FB11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.intake.observation.rules.progress import Progress
from shared.history.aggregate import Event

if TYPE_CHECKING:
    from services.intake.observation.rules.observation import Observation


@dataclass(frozen=True, kw_only=True)
class NoteProtection(Progress):
    """Cases says that it is protected, or not any more."""

    is_protected: bool

    def decide(self, observation: Observation) -> None:
        if self.is_protected != observation.is_protected:
            observation.trigger_event(ProtectionNoted, is_protected=self.is_protected)


class ProtectionNoted(Event):
    """Where it is is shown to nobody here from now on, or to its observer again."""

    TOPIC = "observation.protection_noted"
    is_protected: bool

    def apply(self, observation: Observation) -> None:
        observation.is_protected = self.is_protected
