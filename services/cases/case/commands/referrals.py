"""Passing a concern on, and recording what the recipient says."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.cases.case.commands.step import AboutCase, taken
from services.cases.case.rules.codes import Basis
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Personal


@dataclass(frozen=True, kw_only=True)
class SendReferral(AboutCase):
    """Pass it on, on this basis; the id is made where the wish arises."""

    referral_id: UUID
    target: str
    channel: str
    basis: str = Basis.CONSENT.value
    basis_reason: Personal | None = None
    content: Personal | None = None


@dataclass(frozen=True, kw_only=True)
class RecordDelivery(AboutCase):
    """It arrived."""

    referral_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecordAcknowledgement(AboutCase):
    """The recipient has it."""

    referral_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecordAcceptance(AboutCase):
    """The recipient takes it on."""

    referral_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecordRejection(AboutCase):
    """The recipient does not take it on."""

    referral_id: UUID
    reason: Personal | None = None


@dataclass(frozen=True, kw_only=True)
class RecordAnswer(AboutCase):
    """The recipient tells how it went, or that they may not tell."""

    referral_id: UUID
    outcome: str


async def send_referral(command: SendReferral, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.referrals.send(
        by=step.by,
        at=step.at,
        under=step.under,
        referral_id=command.referral_id,
        target=command.target,
        channel=command.channel,
        basis=command.basis,
        basis_reason=command.basis_reason,
        content=command.content,
    )
    await step.save(basis=command.basis)


async def record_delivery(command: RecordDelivery, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.referrals.deliver(by=step.by, under=step.under, referral_id=command.referral_id)
    await step.save()


async def record_acknowledgement(command: RecordAcknowledgement, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.referrals.acknowledge(by=step.by, at=step.at, under=step.under, referral_id=command.referral_id)
    await step.save()


async def record_acceptance(command: RecordAcceptance, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.referrals.accept(by=step.by, at=step.at, under=step.under, referral_id=command.referral_id)
    await step.save()


async def record_rejection(command: RecordRejection, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.referrals.reject(by=step.by, at=step.at, under=step.under, referral_id=command.referral_id, reason=command.reason)
    await step.save()


async def record_answer(command: RecordAnswer, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.referrals.answer(by=step.by, at=step.at, under=step.under, referral_id=command.referral_id, outcome=command.outcome)
    await step.save()
