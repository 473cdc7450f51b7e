"""What happened to a spot check → its row, and one for each look-up that was drawn."""

from __future__ import annotations

from datetime import date

from services.cases.spot_check.rules import SpotCheck
from shared.ground.statements import ReadModelRows
from shared.history.aggregate import Event
from shared.privacy.personal import to_json

_LOOK = "where check_id = $1 and position = $2"


async def project(connection: ReadModelRows, happened: Event) -> None:
    """How far it has come."""
    id = happened.originator_id
    match happened:
        case SpotCheck.Planned():
            said = happened.provenance
            await connection.execute(
                "insert into spot_checks (check_id, association, planned_by, planned_at, seed, since, until, stratum, size, last_position)"
                " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                id, said.association, happened.by, said.recorded_at, happened.seed, date.fromisoformat(happened.since),
                date.fromisoformat(happened.until), happened.stratum, happened.size, happened.last_position,
            )  # fmt: skip
        case SpotCheck.Drawn(looks=looks, among=among):
            at = happened.provenance.recorded_at
            await connection.execute("update spot_checks set among = $2, drawn_at = $3 where check_id = $1", id, among, at)
            await connection.execute(
                "insert into spot_check_looks (check_id, position, place)"
                " select $1, look, place from unnest($2::bigint[]) with ordinality as drawn (look, place)",
                id, list(looks),
            )  # fmt: skip
        case SpotCheck.Asked(look=look, who=who):
            at = happened.provenance.recorded_at
            await connection.execute(f"update spot_check_looks set who = $3, asked_at = $4 {_LOOK}", id, look, who, at)  # noqa: S608  a constant
        case SpotCheck.Answered(look=look, words=words):
            at = happened.provenance.recorded_at
            await connection.execute(f"update spot_check_looks set answer = $3, answered_at = $4 {_LOOK}", id, look, to_json(words), at)  # noqa: S608
        case SpotCheck.Found(look=look, finding=finding, words=words):
            at = happened.provenance.recorded_at
            await connection.execute(
                f"update spot_check_looks set finding = $3, words = $4, found_at = $5 {_LOOK}",  # noqa: S608
                id, look, finding, to_json(words), at,
            )  # fmt: skip
        case SpotCheck.Closed():
            await connection.execute("update spot_checks set closed_at = $2 where check_id = $1", id, happened.provenance.recorded_at)
