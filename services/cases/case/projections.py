"""What happened to a case → its line in the queue and everything it waits for.

It can be run again from the beginning. What is due, and when, stands in the events themselves.
"""

from __future__ import annotations

from datetime import datetime

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import ConcernRaised
from shared.ground.statements import Rows
from shared.history.aggregate import Event
from shared.privacy.personal import to_json
from shared.words.vocabulary.case import Milestone


async def project(connection: Rows, happened: Event) -> None:
    """Bring the queue up to date with one event; the events of other subjects leave it alone."""
    now = (happened.originator_id, happened.originator_version, happened.provenance.recorded_at)
    match happened:
        case Case.ConcernRaised():
            await _raised(connection, happened)
        case Case.Seen():
            await connection.execute("update case_list set version = $2, changed_at = $3, is_seen = true where case_id = $1", *now)
        case Case.Triaged(severity=severity, category=category, contact_due=contact_due):
            await connection.execute(
                "with met as (delete from open_deadline where case_id = $1 and kind = 'triage'),"
                " contact as (insert into open_deadline (case_id, association, kind, due_at)"
                " select case_id, association, 'first_contact', $6::timestamptz from case_list where case_id = $1 and $6 is not null"
                " on conflict (case_id, kind, ref, step) do update set due_at = $6, missed_at = null)"
                " update case_list set version = $2, changed_at = $3, status = 'triaged', severity = $4, category = $5 where case_id = $1",
                *now, severity, category, contact_due,
            )  # fmt: skip
        case Case.Dismissed(reason=reason, tell_due=due):
            await connection.execute(
                "with met as (delete from open_deadline where case_id = $1 and kind in ('triage', 'first_contact'))"
                " update case_list set version = $2, changed_at = $3, status = 'dismissed', outcome = $4 where case_id = $1",
                *now, reason,
            )  # fmt: skip
            await _is_to_hear(connection, happened, Milestone.DISMISSED, due=due)
        case Case.Opened(handler=handler, contact_due=contact_due, tell_due=due):
            await connection.execute(
                "with contact as (insert into open_deadline (case_id, association, kind, due_at)"
                " select case_id, association, 'first_contact', $5 from case_list where case_id = $1 on conflict do nothing)"
                " update case_list set version = $2, changed_at = $3, status = 'open', handler = $4 where case_id = $1",
                *now, handler, contact_due,
            )  # fmt: skip
            await _is_to_hear(connection, happened, Milestone.CASE_OPENED, due=due)
        case Case.Assigned(handler=handler):
            await connection.execute("update case_list set version = $2, changed_at = $3, handler = $4 where case_id = $1", *now, handler)
        case Case.SeverityChanged(severity=severity, contact_due=contact_due):
            await connection.execute(
                "with contact as (insert into open_deadline (case_id, association, kind, due_at)"
                " select case_id, association, 'first_contact', $5::timestamptz from case_list where case_id = $1 and $5 is not null"
                " on conflict (case_id, kind, ref, step) do update set due_at = $5, missed_at = null)"
                " update case_list set version = $2, changed_at = $3, severity = $4 where case_id = $1",
                *now, severity, contact_due,
            )  # fmt: skip
        case Case.ContactReached():
            await connection.execute(
                "with met as (delete from open_deadline where case_id = $1 and kind = 'first_contact')"
                " update case_list set version = $2, changed_at = $3 where case_id = $1",
                *now,
            )
        case Case.Closed(outcome=outcome, tell_due=due):
            await connection.execute(
                "with met as (delete from open_deadline where case_id = $1 and kind = 'first_contact')"
                " update case_list set version = $2, changed_at = $3, status = 'closed', outcome = $4 where case_id = $1",
                *now, outcome,
            )  # fmt: skip
            await _is_to_hear(connection, happened, Milestone.CLOSED, due=due)
        case Case.Reopened(handler=handler, contact_due=contact_due):
            await connection.execute(
                "with untold as (delete from open_deadline where case_id = $1 and kind = 'tell_caretaker' and ref = 'closed'),"
                " contact as (insert into open_deadline (case_id, association, kind, due_at)"
                " select case_id, association, 'first_contact', $5 from case_list where case_id = $1"
                " on conflict (case_id, kind, ref, step) do update set due_at = $5, missed_at = null)"
                " update case_list set version = $2, changed_at = $3, status = 'open', outcome = '', handler = $4"
                " where case_id = $1",
                *now, handler, contact_due,
            )  # fmt: skip
        case Case.CaretakerInformed(milestone=milestone):
            await connection.execute(
                "with told as (delete from open_deadline where case_id = $1 and kind = 'tell_caretaker' and ref = any($5::text[]))"
                " update case_list set version = $2, changed_at = $3, informed = $4 where case_id = $1",
                *now, milestone, _up_to(milestone),
            )  # fmt: skip
        case _:
            await _parts(connection, happened)
            await connection.execute("update case_list set version = $2, changed_at = $3 where case_id = $1", *now)


async def _parts(connection: Rows, happened: Event) -> None:
    """Referrals, orders, meetings and follow-ups: each waits for somebody, until it does not."""
    id = happened.originator_id
    match happened:
        case Case.ReferralSent(referral_id=referral_id, target=target, answer_due=answer_due, silence_due=silence_due, tell_due=tell_due):
            await connection.execute(
                "with ladder as (insert into open_deadline (case_id, association, kind, ref, step, due_at)"
                " select $1, $2, 'silence', $3, step, due from unnest($4::timestamptz[]) with ordinality as ladder (due, step))"
                " insert into open_deadline (case_id, association, kind, ref, due_at, target) values ($1, $2, 'answer', $3, $5, $6)",
                id, happened.provenance.association, str(referral_id), list(silence_due), answer_due, target,
            )  # fmt: skip
            await _is_to_hear(connection, happened, Milestone.REFERRAL_SENT, due=tell_due)
        case Case.ReferralAcknowledged(referral_id=referral_id) | Case.ReferralAccepted(referral_id=referral_id):
            # Who has it and takes it on is still waited for, without a time that was promised.
            await connection.execute(
                "with over as (delete from open_deadline where case_id = $1 and kind = 'silence' and ref = $2)"
                " update open_deadline set due_at = null where case_id = $1 and kind = 'answer' and ref = $2",
                id, str(referral_id),
            )  # fmt: skip
        case Case.ReferralRejected(referral_id=referral_id):
            await connection.execute(
                "delete from open_deadline where case_id = $1 and kind in ('silence', 'answer') and ref = $2", id, str(referral_id)
            )
        case Case.ReferralAnswered(referral_id=referral_id, tell_due=tell_due):
            await connection.execute(
                "delete from open_deadline where case_id = $1 and kind in ('silence', 'answer') and ref = $2", id, str(referral_id)
            )
            if tell_due is not None:
                await _is_to_hear(connection, happened, Milestone.HELP_ESTABLISHED, due=tell_due)
        case Case.ReferralSilent(referral_id=referral_id, step=step):
            await _missed(connection, happened, kind="silence", ref=str(referral_id), step=step)
        case Case.DamageServiceOrdered(order_id=order_id):
            await _waits(connection, happened, kind="damage_service", ref=str(order_id), due=None)
        case Case.DamageServiceCompleted(order_id=order_id):
            await _is_over(connection, happened, kind="damage_service", ref=str(order_id))
        case Case.AccompanimentPlanned(visit_id=visit_id, meeting_at=meeting_at):
            await _waits(connection, happened, kind="meeting", ref=str(visit_id), due=meeting_at)
        case Case.AccompanimentDone(visit_id=visit_id):
            await _is_over(connection, happened, kind="meeting", ref=str(visit_id))
        case Case.FollowUpPlanned(follow_up_id=follow_up_id, due=due):
            await _waits(connection, happened, kind="follow_up", ref=str(follow_up_id), due=due)
        case Case.FollowUpDone(follow_up_id=follow_up_id) | Case.FollowUpCancelled(follow_up_id=follow_up_id):
            await _is_over(connection, happened, kind="follow_up", ref=str(follow_up_id))
        case Case.DeadlineMissed(kind=kind, milestone=milestone):
            await _missed(connection, happened, kind=kind, ref=milestone)
        case Case.FollowUpMissed(follow_up_id=follow_up_id):
            await _missed(connection, happened, kind="follow_up", ref=str(follow_up_id))


async def _raised(connection: Rows, raised: ConcernRaised) -> None:
    recorded_at = raised.provenance.recorded_at
    await connection.execute(
        "with triage as (insert into open_deadline (case_id, association, kind, due_at) values ($1, $2, 'triage', $3))"
        " insert into case_list (case_id, association, version, observation_id, observer, observed_at, estate_id, estate_name,"
        " municipality, home_id, tenancy_id, address, signals, severity, status, procedure_version, raised_at, changed_at)"
        " values ($1, $2, 1, $4, $5, $6, $7, $16, $8, $9, $10, $11, $12, $13, 'raised', $14, $15, $15)",
        raised.originator_id, raised.provenance.association, raised.triage_due, raised.observation_id, raised.observer,
        raised.observed_at, raised.estate_id, raised.municipality, raised.home_id, raised.tenancy_id, to_json(raised.address),
        list(raised.signals), raised.severity, raised.procedure_version, recorded_at, raised.estate_name or raised.estate_id,
    )  # fmt: skip


async def _is_to_hear(connection: Rows, happened: Event, milestone: Milestone, *, due: datetime) -> None:
    """The caretaker waits for news; when he waits for the same already, the first deadline stands."""
    await connection.execute(
        "insert into open_deadline (case_id, association, kind, ref, due_at) values ($1, $2, 'tell_caretaker', $3, $4)"
        " on conflict do nothing",
        happened.originator_id, happened.provenance.association, str(milestone), due,
    )  # fmt: skip


async def _waits(connection: Rows, happened: Event, *, kind: str, ref: str, due: datetime | None) -> None:
    await connection.execute(
        "insert into open_deadline (case_id, association, kind, ref, due_at) values ($1, $2, $3, $4, $5)"
        " on conflict (case_id, kind, ref, step) do update set due_at = $5, missed_at = null",
        happened.originator_id, happened.provenance.association, kind, ref, due,
    )  # fmt: skip


async def _is_over(connection: Rows, happened: Event, *, kind: str, ref: str) -> None:
    await connection.execute("delete from open_deadline where case_id = $1 and kind = $2 and ref = $3", happened.originator_id, kind, ref)


async def _missed(connection: Rows, happened: Event, *, kind: str, ref: str, step: int = 0) -> None:
    await connection.execute(
        "update open_deadline set missed_at = $5 where case_id = $1 and kind = $2 and ref = $3 and step = $4",
        happened.originator_id, kind, ref, step, happened.provenance.recorded_at,
    )  # fmt: skip


def _up_to(milestone: str) -> list[str]:
    """What the caretaker knows when he was told this: it, and what came before it in the story."""
    order = [str(one) for one in Milestone]
    return order[: order.index(milestone) + 1]
