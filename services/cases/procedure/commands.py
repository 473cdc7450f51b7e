"""What may be asked of the procedure: that a new version is adopted."""

from __future__ import annotations

from dataclasses import dataclass

from services.cases.procedure.rules.adoption import Procedure, procedure_id
from shared.history.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class AdoptProcedure:
    """Follow the procedure that stands in this text, from the day it names."""

    text: str


async def adopt_procedure(command: AdoptProcedure, work: UnitOfWork) -> None:
    """Adopt a version; the same text again is no news."""
    procedure = await work.find(Procedure, procedure_id(work.association)) or Procedure.of(work.association)
    procedure.adopt(text=command.text)
    await work.save(procedure)
