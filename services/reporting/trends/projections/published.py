"""What is published → a row for each policy and each month."""

from __future__ import annotations

from services.reporting.trends.rules.publication import Publication
from shared.ground.statements import Rows
from shared.history.aggregate import Event


async def project(connection: Rows, happened: Event) -> None:
    """The exact counts have no row: no query can show them."""
    match happened:
        case Publication.PolicyAdopted(text=text, digest=digest):
            who = happened.provenance
            await connection.execute(
                "insert into figure_policies (association, digest, adopted_in_order, text, adopted_at, adopted_by)"
                " values ($1, $2, $3, $4, $5, $6) on conflict (association, digest) do update"
                " set adopted_in_order = excluded.adopted_in_order, adopted_at = excluded.adopted_at, adopted_by = excluded.adopted_by",
                who.association, digest, happened.originator_version, text, who.recorded_at, who.actor,
            )  # fmt: skip
        case Publication.MonthReleased(month=month, inbox_position=position, exact_outcomes=exact, published=published):
            who = happened.provenance
            await connection.execute(
                "insert into month_releases (association, month, released_at, inbox_position, exact_outcomes, published)"
                " values ($1, $2, $3, $4, $5, $6)",
                who.association, month, who.recorded_at, position, exact, published,
            )  # fmt: skip
