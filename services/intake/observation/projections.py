"""What happened to an observation → the row its observer reads."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.intake.observation.rules.observation import Observation
from services.intake.observation.rules.place import PlaceCorrected
from shared.ground.statements import ReadModelRows, Rows
from shared.history.aggregate import Event
from shared.privacy.personal import as_sealed, to_json
from shared.privacy.small_estate import Told, heard_estate, heard_municipality
from shared.words.vocabulary.case import ending_of
from shared.words.vocabulary.people import Role

_FORGOTTEN = (
    "estate_id = case when is_small_estate then '' else estate_id end,"
    " municipality = case when is_sealed_municipality then '' else municipality end"
)
_LIES = "estate_id = ${}, municipality = ${}, is_small_estate = ${}, is_sealed_municipality = ${}"


async def project(connection: ReadModelRows, happened: Event) -> None:
    """Keep what was registered, and every step that was truly heard about."""
    match happened:
        case Observation.Registered():
            await _registered(connection, happened)
        case Observation.PlaceLinked():
            await _set(
                connection, happened,
                f"is_at_home = true, home_id = $3, tenancy_id = $4, address = $5, {_LIES.format(6, 7, 8, 9)}",
                connection.opened(as_sealed(happened.home)), connection.opened(as_sealed(happened.tenancy)), to_json(happened.address),
                *_where(connection, happened),
            )  # fmt: skip
        case Observation.TakenIn(case_id=case_id, triage_due=due):
            await _set(connection, happened, "case_id = coalesce(case_id, $3), triage_due = $4", case_id, due)
        case Observation.Joined(case_id=case_id, is_open=is_open, at=at):
            opened = "case_opened_at = case when $5 then coalesce(case_opened_at, $4) else case_opened_at end"
            await _set(connection, happened, f"case_id = $3, seen_at = coalesce(seen_at, $4), {opened}", case_id, at, is_open)
        case Observation.Parted(case_id=case_id):
            await _set(connection, happened, "case_id = $3", case_id)
        case Observation.TakenUpAgain():
            await _set(connection, happened, "dismissal = null, dismissed_at = null")
        case Observation.PlaceCorrected():
            await _corrected(connection, happened)
        case Observation.ProtectionNoted(is_protected=is_protected):
            await _set(connection, happened, "is_protected = $3", is_protected)
        case Observation.Seen(role=role, at=at):
            await _set(connection, happened, "seen_at = $3, seen_role = $4", at, role)
        case Observation.Assessed(severity=severity, at=at):
            await _set(connection, happened, "assessed_severity = $3, assessed_at = $4", severity, at)
        case Observation.CaseOpened(contact_due=due, at=at):
            await _set(connection, happened, "contact_due = $3, case_opened_at = $4", due, at)
        case Observation.PassedOn(at=at):
            await _set(connection, happened, "passed_on_at = $3", at)
        case Observation.Told(milestone=milestone, at=at):
            await connection.execute(
                "insert into observation_tellings (observation_id, milestone, at) values ($1, $2, $3)"
                " on conflict (observation_id, milestone) do update set at = excluded.at",
                happened.originator_id, milestone, at,
            )  # fmt: skip
            await _set(connection, happened, "observer = observer")
        case Observation.TriageMissed():
            await _set(connection, happened, "triage_missed = true")
        case Observation.NoticeFailed(at=at):
            await _set(connection, happened, "notice_failed_at = $3", at)
        case Observation.CompanionWanted(visit_id=visit_id, meeting_at=meeting_at):
            await _set(connection, happened, "meeting_id = $3, meeting_at = $4, meeting_comes = null", visit_id, meeting_at)
        case Observation.CompanionAnswered(visit_id=visit_id, comes=comes):
            await _set(connection, happened, "meeting_comes = case when meeting_id = $3 then $4 else meeting_comes end", visit_id, comes)
        case Observation.CompanionReleased(visit_id=visit_id):
            await _set(connection, happened, "meeting_at = case when meeting_id <> $3 then meeting_at end", visit_id)
        case Observation.Dismissed(reason=reason, at=at):
            await _set(connection, happened, "dismissal = $3, dismissed_at = $4", reason, at)
        case Observation.Ended(outcome=outcome, at=at):
            await _set(connection, happened, "ending = $3, ended_at = $4", ending_of(outcome).value, at)
        case Observation.Reopened(contact_due=due, at=at):
            await _set(connection, happened, "ending = null, ended_at = null, contact_due = $3, reopened_at = $4", due, at)


async def _registered(connection: ReadModelRows, happened: Observation.Registered) -> None:
    estate_id, municipality, is_small, is_sealed = _where(connection, happened)
    await connection.execute(
        "insert into observations (observation_id, association, observer, observed_at, received_at, version, estate_id, municipality,"
        " home_id, tenancy_id, signals, severity, consent_answer, consent_wording, consent_scope, address, words,"
        " registered_as, registered_for, source, how, place, area, is_at_home,"
        " is_small_estate, is_sealed_municipality)"
        " values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)",
        happened.originator_id, happened.provenance.association, _followed_by(happened), happened.observed_at,
        happened.provenance.recorded_at, estate_id, municipality,
        connection.opened(as_sealed(happened.home)), connection.opened(as_sealed(happened.tenancy)),
        happened.signals, happened.severity, happened.consent_answer, happened.consent_wording, happened.consent_scope,
        to_json(happened.address), to_json(happened.words), happened.provenance.role, happened.provenance.on_behalf_of,
        happened.source, happened.how, happened.place, happened.area, happened.home is not None,
        is_small, is_sealed,
    )  # fmt: skip


async def _corrected(connection: ReadModelRows, happened: PlaceCorrected) -> None:
    home, tenancy = connection.opened(as_sealed(happened.home)), connection.opened(as_sealed(happened.tenancy))
    await _set(connection, happened, f"home_id = $3, tenancy_id = $4, {_FORGOTTEN}", home, tenancy)
    if happened.home is not None:
        where = f"is_at_home = true, address = coalesce($3::jsonb, address), {_LIES.format(4, 5, 6, 7)}, put_right_at = $8"
        at = happened.provenance.recorded_at
        await _set(connection, happened, where, to_json(happened.address), *_where(connection, happened), at)


def _where(connection: ReadModelRows, told: Told) -> tuple[str, str, bool, bool]:
    """Its estate and its municipality, and whether each is sealed in history."""
    estate_id, _ = heard_estate(told, connection.opened)
    is_sealed = told.protected_municipality is not None
    return estate_id, heard_municipality(told, connection.opened), told.small_estate is not None, is_sealed


def _followed_by(happened: Observation.Registered) -> str:
    """Who sees what comes of it: the one who saw it, or else who took the call; nobody where it came by itself."""
    by = happened.provenance
    return happened.observer or (by.actor if by.role != Role.SYSTEM else "")


async def _set(connection: ReadModelRows, happened: Event, what: str, *values: object) -> None:
    await connection.execute(
        f"update observations set version = $2, {what} where observation_id = $1",  # noqa: S608 (`what` is written above, values are not)
        happened.originator_id, happened.originator_version, *values,
    )  # fmt: skip


async def forget(rows: Rows, matters: Sequence[UUID]) -> None:
    """In which home and tenancy it was is not known any more, nor on which estate where that is small or the address protected."""
    await rows.execute(
        f"update observations set home_id = null, tenancy_id = null, {_FORGOTTEN}"  # noqa: S608 (written above)
        " where observation_id = any($1::uuid[])",
        list(matters),
    )
