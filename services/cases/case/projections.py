"""What a case says of itself → its line in the list of cases, from which the queue is read and by which the clock goes.

It can be run again from the beginning. Nothing is decided here: what is due, and where that puts a case in the queue, the rules say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import ConcernRaised
from services.cases.case.rules.moving_along import MovedAlong
from services.cases.case.rules.place import PlaceLinked
from services.cases.case.rules.queue import Standing, standing
from services.cases.case.rules.waiting import next_due
from services.cases.case.rules.wrong_person import WrongPersonCorrected
from shared.ground.statements import ReadModelRows, Rows, named
from shared.history.aggregate import Aggregate, Event
from shared.privacy.personal import as_sealed, to_json
from shared.privacy.small_estate import heard_estate, heard_municipality
from shared.words.vocabulary.waiting import Lack

_BEGINS = """
    insert into case_list (case_id, association, observation_id, observer, source, how, observed_at, estate_id, estate_name, municipality,
      is_small_estate, is_sealed_municipality, home_id, tenancy_id, earlier_case,
      address, signals, procedure_version, raised_at, changed_at)
    values (:case_id, :association, :observation_id, :observer, :source, :how, :observed_at, :estate_id, :estate_name, :municipality,
      :is_small_estate, :is_sealed_municipality, :home_id, :tenancy_id, :earlier_case,
      :address, :signals, :procedure_version, :raised_at, :raised_at)
"""
_GOES_ON = """
    update case_list set version = :version, procedure_version = :procedure_version, changed_at = :changed_at, status = :status,
      severity = :severity, category = :category, handler = :handler, attended_by = :attended_by,
      is_address_protected = :is_address_protected,
      companions = :companions, visitor = :visitor,
      observers = :observers, joined_to = :joined_to, seen_before = :seen_before, is_frozen = :is_frozen,
      is_seen = :is_seen, informed = :informed,
      outcome = :outcome, waits = :waits, is_over = :is_over, section = :section, rank = :rank,
      overdue_after = :overdue_after, grave_after = :grave_after, promised = :promised,
      lacks = :lacks, due_on = :due_on, sort_key = :sort_key, next_due = :next_due, missed = :missed
    where case_id = :case_id
"""
_MOVES = """
    update case_list set home_id = :home_id, tenancy_id = :tenancy_id, address = :address, estate_id = :estate_id,
      estate_name = :estate_name, municipality = :municipality, is_small_estate = :is_small_estate,
      is_sealed_municipality = :is_sealed_municipality
    where case_id = :case_id
"""
_FORGET = """
    update case_list set home_id = null, tenancy_id = null, earlier_case = null,
      estate_id = case when is_small_estate then '' else estate_id end,
      estate_name = case when is_sealed_municipality then '' when is_small_estate then municipality else estate_name end,
      municipality = case when is_sealed_municipality then '' else municipality end
    where case_id = any($1::uuid[])
"""
_ORDERS = "update case_list set order_keys = order_keys || $2::uuid where case_id = $1"
_HAS_A_PART = "insert into case_people (part_id, case_id) values ($1, $2) on conflict do nothing"
_HAS_NO_PART = "delete from case_people where part_id = any($1::uuid[]) or case_id = any($1::uuid[])"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def reflect(connection: ReadModelRows, case: Aggregate, happened: Sequence[Event]) -> None:
    """Write the line of a case as it is after what happened; other subjects have none."""
    if not isinstance(case, Case):
        return
    if isinstance(happened[0], Case.ConcernRaised):
        await _begin(connection, happened[0])
    for event in happened:
        if isinstance(event, (Case.WrongPersonCorrected, Case.PlaceLinked, Case.MovedAlong)):
            await _move(connection, event)
        elif isinstance(event, Case.DamageServiceOrdered):
            await connection.execute(_ORDERS, case.id, as_sealed(event.reference).subject)
        elif isinstance(event, Case.PersonNoted):
            await connection.execute(_HAS_A_PART, event.person, case.id)
        elif isinstance(event, Case.PersonErased):
            await connection.execute(_HAS_NO_PART, [event.person])
        elif isinstance(event, Case.Erased):
            await connection.execute(_HAS_NO_PART, [case.id])
        elif isinstance(event, Case.Retracted):
            await connection.execute(_FORGET, [case.id])
    waits = case.waits()
    visitors = [case.visit.visitor] if case.visit else []
    stands = standing(waits, status=case.status, severity=case.severity, is_seen=case.is_seen, handler=case.handler)
    changed_at = happened[-1].provenance.recorded_at
    line = named(
        _GOES_ON, case_id=case.id, version=case.version, procedure_version=case.procedure_version, changed_at=changed_at,
        status=case.status, severity=case.severity, category=case.category, handler=case.handler, attended_by=case.attended_by,
        is_address_protected=case.is_address_protected,
        companions=sorted({*case.meetings.companions(), *visitors}), visitor="".join(visitors),
        observers=case.observers, joined_to=case.observations.joined_to,
        seen_before=case.pattern.earlier_at if case.pattern else None, is_frozen=case.correction.is_frozen,
        is_seen=case.is_seen, informed=case.deadlines.last_told, outcome=case.outcome,
        waits=waits, is_over=stands.is_over, section=stands.until_due.order, rank=stands.rank, overdue_after=stands.overdue_after,
        grave_after=stands.grave_after, promised=stands.promised,
        lacks=list(stands.lacks), due_on=stands.due_on, sort_key=_sort_key(stands, changed_at), next_due=next_due(waits),
        missed=sum([wait.is_missed for wait in waits]),
    )  # fmt: skip
    await connection.execute(line.sql, *line.values)


async def forget(rows: Rows, matters: Sequence[UUID]) -> None:
    """Which home and tenancy a case is about is not known any more, nor which estate where that is sealed, nor who has a part in it."""
    for statement in (_FORGET, _HAS_NO_PART):
        await rows.execute(statement, list(matters))


async def _begin(connection: ReadModelRows, raised: ConcernRaised) -> None:
    line = named(
        _BEGINS, case_id=raised.originator_id, association=raised.provenance.association, observation_id=raised.observation_id,
        observer=raised.observer, source=raised.source, how=raised.how, observed_at=raised.observed_at, **_estate(raised, connection),
        home_id=connection.opened(as_sealed(raised.home)), tenancy_id=connection.opened(as_sealed(raised.tenancy)),
        earlier_case=connection.opened(as_sealed(raised.earlier_case)), address=to_json(raised.address), signals=list(raised.signals),
        procedure_version=raised.procedure_version, raised_at=raised.provenance.recorded_at,
    )  # fmt: skip
    await connection.execute(line.sql, *line.values)


async def _move(connection: ReadModelRows, told: WrongPersonCorrected | PlaceLinked | MovedAlong) -> None:
    """It stood in the wrong place, or in none that was known; or the resident moved, and it went along."""
    line = named(
        _MOVES, case_id=told.originator_id, home_id=connection.opened(as_sealed(told.home)),
        tenancy_id=connection.opened(as_sealed(told.tenancy)), address=to_json(told.address),
        **_estate(told, connection),
    )  # fmt: skip
    await connection.execute(line.sql, *line.values)


def _estate(told: ConcernRaised | WrongPersonCorrected | PlaceLinked | MovedAlong, connection: ReadModelRows) -> dict[str, object]:
    """Where it lies; a small estate that opens no more is called by its municipality."""
    estate_id, name = heard_estate(told, connection.opened)
    municipality, is_small = heard_municipality(told, connection.opened), told.small_estate is not None
    return {
        "estate_id": estate_id,
        "estate_name": name or estate_id or (municipality if is_small else ""),
        "municipality": municipality,
        "is_small_estate": is_small,
        "is_sealed_municipality": told.protected_municipality is not None,
    }


def _sort_key(stands: Standing, changed_at: datetime) -> datetime:
    """What is over: the newest first, in a list that begins with the smallest. What has no date: where nothing happened for longest."""
    if stands.is_over:
        return _EPOCH - (changed_at - _EPOCH)
    return changed_at if Lack.DATE in stands.lacks else stands.sort_key
