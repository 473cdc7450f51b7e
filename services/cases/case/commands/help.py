"""Practical help and looking again: the damage service, a companion, follow-ups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.cases.case.commands.step import AboutCase, taken
from services.cases.case.rules.codes import Basis
from services.cases.case.rules.refusals import CompanionDoesNotWorkHere
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Personal


@dataclass(frozen=True, kw_only=True)
class OrderDamageService(AboutCase):
    """Send somebody to clear the home."""

    order_id: UUID
    basis: str = Basis.CONSENT.value
    basis_reason: Personal | None = None


@dataclass(frozen=True, kw_only=True)
class CompleteDamageService(AboutCase):
    """It is cleared."""

    order_id: UUID


@dataclass(frozen=True, kw_only=True)
class PlanAccompaniment(AboutCase):
    """A known face comes along; with an id that is known, the meeting is moved."""

    visit_id: UUID
    companion: str
    meeting_at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordAccompaniment(AboutCase):
    """The companion was there."""

    visit_id: UUID


@dataclass(frozen=True, kw_only=True)
class PlanFollowUp(AboutCase):
    """Somebody is to look again, no later than `due`."""

    follow_up_id: UUID
    due: datetime


@dataclass(frozen=True, kw_only=True)
class DoFollowUp(AboutCase):
    """Somebody looked again; when, stands in the request (`happened_at`)."""

    follow_up_id: UUID
    note: Personal | None = None


@dataclass(frozen=True, kw_only=True)
class CancelFollowUp(AboutCase):
    """Nobody needs to look again that day."""

    follow_up_id: UUID


async def order_damage_service(command: OrderDamageService, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.practical_help.order_damage_service(
        by=step.by, at=step.at, under=step.under, order_id=command.order_id, basis=command.basis, basis_reason=command.basis_reason
    )
    await step.save(basis=command.basis)


async def complete_damage_service(command: CompleteDamageService, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.practical_help.complete_damage_service(by=step.by, under=step.under, order_id=command.order_id)
    await step.save()


async def plan_accompaniment(command: PlanAccompaniment, work: UnitOfWork) -> None:
    """Raises `CompanionDoesNotWorkHere` for somebody who is not on the staff of the association."""
    step = await taken(command, work)
    companion = work.staff.actor(command.companion)
    if companion is None or companion.association != work.association:
        raise CompanionDoesNotWorkHere
    step.case.practical_help.plan_accompaniment(
        by=step.by, at=step.at, under=step.under, visit_id=command.visit_id, companion=companion.id, meeting_at=command.meeting_at
    )
    await step.save()


async def record_accompaniment(command: RecordAccompaniment, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.practical_help.accompany(by=step.by, under=step.under, visit_id=command.visit_id)
    await step.save()


async def plan_follow_up(command: PlanFollowUp, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.follow_ups.plan(by=step.by, at=step.at, under=step.under, follow_up_id=command.follow_up_id, due=command.due)
    await step.save()


async def do_follow_up(command: DoFollowUp, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.follow_ups.do(by=step.by, at=step.at, under=step.under, follow_up_id=command.follow_up_id, note=command.note)
    await step.save()


async def cancel_follow_up(command: CancelFollowUp, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.follow_ups.cancel(by=step.by, under=step.under, follow_up_id=command.follow_up_id)
    await step.save()
