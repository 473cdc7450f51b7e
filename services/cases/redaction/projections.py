"""What happened to a redaction → which texts of a case are taken out, and why."""

from __future__ import annotations

from services.cases.redaction.rules import Redaction
from shared.ground.statements import ReadModelRows
from shared.history.aggregate import Event


async def project(connection: ReadModelRows, happened: Event) -> None:
    """A row for each text."""
    match happened:
        case Redaction.Decided(case_id=case_id, case_version=version, name=name, key=key, reason=reason):
            said = happened.provenance
            await connection.execute(
                "insert into redactions (key, redaction_id, association, case_id, case_version, name, reason, decided_by, decided_at)"
                " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                key, happened.originator_id, said.association, case_id, version, name, reason, said.actor, said.recorded_at,
            )  # fmt: skip
        case Redaction.Done():
            await connection.execute("update redactions set is_done = true where redaction_id = $1", happened.originator_id)
