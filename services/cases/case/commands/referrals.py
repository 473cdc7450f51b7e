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


async def send_referral(asked: SendReferral, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.referrals.send(
        by=step.by,
        at=step.at,
        under=step.under,
        referral_id=asked.referral_id,
        target=asked.target,
        channel=asked.channel,
        basis=asked.basis,
        basis_reason=asked.basis_reason,
        content=asked.content,
    )
    await step.save(basis=asked.basis)


async def record_delivery(asked: RecordDelivery, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.referrals.deliver(by=step.by, under=step.under, referral_id=asked.referral_id)
    await step.save()


async def record_acknowledgement(asked: RecordAcknowledgement, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.referrals.acknowledge(by=step.by, at=step.at, under=step.under, referral_id=asked.referral_id)
    await step.save()


async def record_acceptance(asked: RecordAcceptance, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.referrals.accept(by=step.by, at=step.at, under=step.under, referral_id=asked.referral_id)
    await step.save()


async def record_rejection(asked: RecordRejection, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.referrals.reject(by=step.by, at=step.at, under=step.under, referral_id=asked.referral_id, reason=asked.reason)
    await step.save()


async def record_answer(asked: RecordAnswer, work: UnitOfWork) -> None:
    step = await taken(asked, work)
    step.case.referrals.answer(by=step.by, at=step.at, under=step.under, referral_id=asked.referral_id, outcome=asked.outcome)
    await step.save()
