"""What happened to notices → the list of notices and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.notifications.notification.rules import Notice
from shared.ground.statements import ReadModelRows, Rows
from shared.history.aggregate import Event


async def project(connection: ReadModelRows, happened: Event) -> None:
    """Bring the rows up to date with one event; run again from the first event it gives the same rows."""
    match happened:
        case Notice.Requested(
            originator_id=notice_id,
            recipient=recipient,
            kind=kind,
            about=about,
            link=link,
            severity=severity,
            home=home,
            case_id=case_id,
            meant_for=meant_for,
            is_urgent=is_urgent,
            held_until=held_until,
        ):
            await connection.execute(
                "insert into notice_list (notice_id, association, recipient, kind, about, link, severity, state,"
                " requested_at, next_try_at, correlation_id, home_id, case_id, meant_for, is_urgent)"
                " values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $13, $9, $10, $11, $12, $14)",
                notice_id,
                happened.provenance.association,
                recipient,
                kind,
                about,
                link,
                severity,
                happened.provenance.recorded_at,
                happened.provenance.correlation_id,
                connection.opened(home),
                case_id,
                meant_for,
                held_until or happened.provenance.recorded_at,
                is_urgent,
            )
        case Notice.Withdrawn(originator_id=notice_id, why=why):
            await connection.execute(
                "update notice_list set state = 'withdrawn', reason = $2, next_try_at = null, settled_at = $3, claimed_until = null"
                " where notice_id = $1",
                notice_id,
                why,
                happened.provenance.recorded_at,
            )
        case Notice.CaseMoved(originator_id=notice_id, home=home):
            await connection.execute("update notice_list set home_id = $2 where notice_id = $1", notice_id, connection.opened(home))
        case Notice.Sent(originator_id=notice_id, attempt=attempt):
            await connection.execute(
                "update notice_list set state = 'sent', attempts = $2, reason = '', next_try_at = null, settled_at = $3,"
                " claimed_until = null where notice_id = $1",
                notice_id,
                attempt,
                happened.provenance.recorded_at,
            )
        case Notice.AttemptFailed(originator_id=notice_id, attempt=attempt, reason=reason, next_try_at=next_try_at):
            await connection.execute(
                "update notice_list set attempts = $2, reason = $3, next_try_at = $4, claimed_until = null where notice_id = $1",
                notice_id,
                attempt,
                reason,
                next_try_at,
            )
        case Notice.Failed(originator_id=notice_id, attempt=attempt, reason=reason):
            await connection.execute(
                "update notice_list set state = 'failed', attempts = $2, reason = $3, next_try_at = null, settled_at = $4,"
                " claimed_until = null where notice_id = $1",
                notice_id,
                attempt,
                reason,
                happened.provenance.recorded_at,
            )


async def forget(rows: Rows, matters: Sequence[UUID]) -> None:
    """Which home a notice is about is not known any more; the link in it leads to a case without one."""
    await rows.execute(
        "update notice_list set home_id = null where home_id is not null and (case_id = any($1::uuid[]) or about = any($1::uuid[]))",
        list(matters),
    )
