"""What happened with a reporter → the row that whoever took the call reads."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.intake.reporter.rules.reporter import Reporter
from shared.ground.statements import ReadModelRows, Rows
from shared.history.aggregate import Event
from shared.privacy.personal import as_sealed, to_json


async def project(connection: ReadModelRows, happened: Event) -> None:
    """Keep who called, and whether they were thanked."""
    match happened:
        case Reporter.ConcernReceived():
            is_somebody = connection.opened(as_sealed(happened.name)) or connection.opened(as_sealed(happened.phone))
            await connection.execute(
                "insert into reporters (reporter_id, association, taken_by, taken_for, received_at, version, source, name,"
                " phone, thanks_due) values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9)",
                happened.originator_id, happened.provenance.association, happened.taken_by,
                happened.provenance.on_behalf_of, happened.provenance.recorded_at, happened.source, to_json(happened.name),
                to_json(happened.phone), happened.thanks_due if is_somebody else None,
            )  # fmt: skip
        case Reporter.ReporterThanked():
            await _set(connection, happened, "thanks_due = null, thanked_at = $3", happened.provenance.happened_at)
        case Reporter.ThanksMissed():
            await _set(connection, happened, "is_late = true")
        case Reporter.Flagged(reason=reason):
            await _set(connection, happened, "flags = coalesce(flags, '[]') || jsonb_build_array($3::jsonb)", to_json(reason))
        case Reporter.FlagTakenBack():
            await _set(connection, happened, "flags = null")
        case Reporter.OutcomeAskedFor():
            await _set(connection, happened, "times_asked = times_asked + 1")


async def forget(rows: Rows, matters: Sequence[UUID]) -> None:
    """Nobody is left to thank."""
    await rows.execute("update reporters set thanks_due = null where reporter_id = any($1::uuid[])", list(matters))


async def _set(connection: ReadModelRows, happened: Event, what: str, *values: object) -> None:
    await connection.execute(
        f"update reporters set version = $2, {what} where reporter_id = $1",  # noqa: S608 (`what` is written above, values are not)
        happened.originator_id, happened.originator_version, *values,
    )  # fmt: skip
