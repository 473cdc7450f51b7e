"""What happened to a procedure → one row for each version."""

from __future__ import annotations

from datetime import date

from services.cases.procedure.rules.adoption import Procedure
from shared.ground.statements import Rows
from shared.history.aggregate import Event


async def project(connection: Rows, happened: Event) -> None:
    """Add the row of an adopted version."""
    match happened:
        case Procedure.Adopted(version=version, effective_on=effective_on, text=text, digest=digest):
            who = happened.provenance
            await connection.execute(
                "insert into procedure_version (association, version, effective_on, adopted_in_order, text, digest, adopted_at, adopted_by)"
                " values ($1, $2, $3, $4, $5, $6, $7, $8)",
                who.association, version, date.fromisoformat(effective_on), happened.originator_version, text, digest,
                who.recorded_at, who.actor,
            )  # fmt: skip
