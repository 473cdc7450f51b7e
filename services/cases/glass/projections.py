"""What happened to a glass → who may read a case for now, and what waits to be reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.cases.glass.rules import Glass
from shared.ground.statements import ReadModelRows, Rows
from shared.history.aggregate import Event
from shared.privacy.personal import as_sealed, to_json


async def project(connection: ReadModelRows, happened: Event) -> None:
    """A row for each time."""
    match happened:
        case Glass.Broken():
            said = happened.provenance
            can_be_read = connection.opened(as_sealed(happened.reason)) is not None
            await connection.execute(
                "insert into glasses (break_id, glass_id, association, case_id, who, on_behalf_of, broken_at, until, reason, review_due)"
                " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                happened.break_id, happened.originator_id, said.association, happened.case_id, happened.who, said.on_behalf_of,
                said.recorded_at, happened.until, to_json(happened.reason), happened.review_due if can_be_read else None,
            )  # fmt: skip
        case Glass.Mended(break_id=break_id, at=at):
            await connection.execute("update glasses set until = $2 where break_id = $1", break_id, at)
        case Glass.Reviewed(break_id=break_id, verdict=verdict, words=words):
            said = happened.provenance
            await connection.execute(
                "update glasses set verdict = $2, words = $3, reviewed_by = $4, reviewed_at = $5 where break_id = $1",
                break_id, verdict, to_json(words), said.actor, said.recorded_at,
            )  # fmt: skip
        case Glass.ReviewMissed(break_id=break_id):
            await connection.execute("update glasses set is_late = true where break_id = $1", break_id)


async def forget(rows: Rows, matters: Sequence[UUID]) -> None:
    """Why it was broken cannot be read any more, so nobody is to say whether it was right."""
    await rows.execute("update glasses set review_due = null where case_id = any($1::uuid[])", list(matters))
