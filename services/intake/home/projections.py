"""What happened to the register → rows to look homes up in."""

from __future__ import annotations

from services.intake.home.rules import Estate, Tenancy
from shared.ground.statements import Rows
from shared.history.aggregate import Event


async def project(connection: Rows, happened: Event) -> None:
    """Keep estates, homes and tenancies as they are now."""
    match happened:
        case Estate.Registered(estate_id=estate_id, name=name, municipality=municipality):
            await connection.execute(
                "insert into estates (association, estate_id, name, municipality) values ($1, $2, $3, $4)",
                happened.provenance.association, estate_id, name, municipality,
            )  # fmt: skip
        case Estate.Described(estate_id=estate_id, name=name, municipality=municipality):
            await connection.execute(
                "update estates set name = $3, municipality = $4 where association = $1 and estate_id = $2",
                happened.provenance.association, estate_id, name, municipality,
            )  # fmt: skip
        case Estate.HomesRegistered(estate_id=estate_id, homes=homes):
            columns = [[home[name] for home in homes] for name in ("home_id", "street", "number", "floor", "door")]
            await connection.execute(
                "insert into homes (association, estate_id, home_id, street, number, floor, door)"
                " select $1, $2, listed.* from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) as listed"
                " on conflict (home_id) do update set street = excluded.street, number = excluded.number,"
                " floor = excluded.floor, door = excluded.door",
                happened.provenance.association, estate_id, *columns,
            )  # fmt: skip
        case (
            Tenancy.Started(originator_id=tenancy_id, home_id=home_id, estate_id=estate_id, started_on=started_on)
            | Tenancy.StartHeardLater(originator_id=tenancy_id, home_id=home_id, estate_id=estate_id, started_on=started_on)
        ):
            await connection.execute(
                "insert into tenancies (tenancy_id, association, home_id, estate_id, started_on) values ($1, $2, $3, $4, $5)",
                tenancy_id, happened.provenance.association, home_id, estate_id, started_on,
            )  # fmt: skip
        case Tenancy.StartMoved(originator_id=tenancy_id, started_on=started_on):
            await connection.execute("update tenancies set started_on = $2 where tenancy_id = $1", tenancy_id, started_on)
        case Tenancy.Ended(originator_id=tenancy_id, ended_on=ended_on):
            await connection.execute("update tenancies set ended_on = $2 where tenancy_id = $1", tenancy_id, ended_on)
