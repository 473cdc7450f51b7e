"""What happened to the register → rows to look homes up in."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.intake.home.rules.estate import Estate
from services.intake.home.rules.tenancy import Tenancy, day
from shared.ground.statements import ReadModelRows, Rows
from shared.history.aggregate import Event
from shared.privacy.personal import as_sealed


async def project(connection: ReadModelRows, happened: Event) -> None:
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
                " floor = excluded.floor, door = excluded.door, has_ended = false",
                happened.provenance.association, estate_id, *columns,
            )  # fmt: skip
        case Estate.HomesEnded(homes=ended):
            await connection.execute("update homes set has_ended = true where home_id = any($1::uuid[])", ended)
        case Tenancy.Started() | Tenancy.EndHeardFirst() | Tenancy.HeardOf():
            await connection.execute(
                "insert into tenancies (id, association, tenancy_id) values ($1, $2, $3)",
                happened.originator_id, happened.provenance.association, connection.opened(as_sealed(happened.tenancy)),
            )  # fmt: skip
    match happened:
        case Tenancy.Started() | Tenancy.StartHeardLater() | Tenancy.StartMoved():
            await connection.execute(
                "update tenancies set home_id = $2, started_on = $3 where id = $1 and tenancy_id is not null",
                happened.originator_id, connection.opened(as_sealed(happened.home)), day(happened.started_on, connection.opened),
            )  # fmt: skip
        case Tenancy.Ended() | Tenancy.EndHeardFirst() | Tenancy.EndMovedBeforeStart():
            await connection.execute(
                "update tenancies set ended_on = $2 where id = $1 and tenancy_id is not null",
                happened.originator_id, day(happened.ended_on, connection.opened),
            )  # fmt: skip
        case Tenancy.EndTakenBack():
            await connection.execute("update tenancies set ended_on = null where id = $1", happened.originator_id)
        case Tenancy.HouseholdDescribed(is_protected=is_protected):
            await connection.execute("update tenancies set is_protected = $2 where id = $1", happened.originator_id, is_protected)
        case Tenancy.PersonDied(died_on=died_on, lived_alone=True):
            await connection.execute(
                "update tenancies set died_on = $2 where id = $1 and tenancy_id is not null",
                happened.originator_id, day(died_on, connection.opened),
            )  # fmt: skip
        case Tenancy.DeathTakenBack():
            await connection.execute("update tenancies set died_on = null where id = $1", happened.originator_id)
        case Tenancy.GuardianAppointed(may_decide=may_decide, lives_alone=True):
            await connection.execute("update tenancies set guardian_decides = $2 where id = $1", happened.originator_id, may_decide)
        case Tenancy.PersonMovedIn(part_id=part_id, person=person, role=role):
            await connection.execute(
                "insert into occupants (part_id, id, person_id, role) values ($1, $2, $3, $4)"
                " on conflict (part_id) do update set role = excluded.role",
                part_id, happened.originator_id, connection.opened(as_sealed(person)), role,
            )  # fmt: skip
        case Tenancy.PersonMovedOut(part_id=part_id):
            await connection.execute("delete from occupants where part_id = $1", part_id)


async def forget(rows: Rows, matters: Sequence[UUID]) -> None:
    """Which tenancy of which home it was, from when until when, and who lived there, is not known any more; that there was one is."""
    await rows.execute(
        "update tenancies set tenancy_id = null, home_id = null, started_on = null, ended_on = null, died_on = null,"
        " guardian_decides = null where id = any($1::uuid[])",
        list(matters),
    )
    await rows.execute("update occupants set person_id = null where part_id = any($1::uuid[])", list(matters))
