"""What happened with a reporter → the row that whoever took the call reads."""

from __future__ import annotations

from services.intake.reporter.rules.reporter import Reporter
from shared.ground.statements import ReadModelRows
from shared.history.aggregate import Event
from shared.privacy.personal import to_json


async def project(connection: ReadModelRows, happened: Event) -> None:
    """Keep who called, and whether they were thanked."""
    match happened:
        case Reporter.ConcernReceived():
            await connection.execute(
                "insert into reporters (reporter_id, association, observation_id, taken_by, taken_for, received_at, version, source, name,"
                " phone, thanks_due) values ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10)",
                happened.originator_id, happened.provenance.association, happened.observation_id, happened.taken_by,
                happened.provenance.on_behalf_of, happened.provenance.recorded_at, happened.source, to_json(happened.name),
                to_json(happened.phone), happened.thanks_due,
            )  # fmt: skip
        case Reporter.ReporterThanked():
            await _set(connection, happened, "thanks_due = null, thanked_at = $3", happened.provenance.happened_at)
        case Reporter.ThanksMissed():
            await _set(connection, happened, "is_late = true")
        case Reporter.OutcomeAskedFor():
            await _set(connection, happened, "times_asked = times_asked + 1")


async def _set(connection: ReadModelRows, happened: Event, what: str, *values: object) -> None:
    await connection.execute(
        f"update reporters set version = $2, {what} where reporter_id = $1",  # noqa: S608 (`what` is written above, values are not)
        happened.originator_id, happened.originator_version, *values,
    )  # fmt: skip
