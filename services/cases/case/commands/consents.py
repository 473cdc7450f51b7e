"""Asking the resident for leave, and hearing yes, no, nothing, or that the yes is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.cases.case.commands.step import AboutCase, taken
from services.cases.case.rules.codes import HowAsked
from shared.history.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class GrantConsent(AboutCase):
    """The resident said yes, for each of these recipients; when, stands in the request (`happened_at`)."""

    recipients: tuple[str, ...]
    wording: str
    how: str = HowAsked.ORAL.value
    valid_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DeclineConsent(AboutCase):
    """The resident said no."""

    recipients: tuple[str, ...]
    wording: str
    how: str = HowAsked.ORAL.value


@dataclass(frozen=True, kw_only=True)
class RecordConsentNotObtainable(AboutCase):
    """The resident could not answer."""

    recipients: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WithdrawConsent(AboutCase):
    """The resident takes a yes back."""

    recipient: str
    how: str = HowAsked.ORAL.value


async def grant_consent(command: GrantConsent, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.consents.grant(
        by=step.by,
        under=step.under,
        recipients=command.recipients,
        wording=command.wording,
        how=command.how,
        asked_by=work.context.actor.id,
        asked_at=step.at,
        valid_until=command.valid_until,
    )
    await step.save()


async def decline_consent(command: DeclineConsent, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.consents.decline(
        by=step.by,
        under=step.under,
        recipients=command.recipients,
        wording=command.wording,
        how=command.how,
        asked_by=work.context.actor.id,
        asked_at=step.at,
    )
    await step.save()


async def record_consent_not_obtainable(command: RecordConsentNotObtainable, work: UnitOfWork) -> None:
    step = await taken(command, work)
    asker = work.context.actor.id
    step.case.consents.not_obtainable(by=step.by, under=step.under, recipients=command.recipients, asked_by=asker, asked_at=step.at)
    await step.save()


async def withdraw_consent(command: WithdrawConsent, work: UnitOfWork) -> None:
    step = await taken(command, work)
    step.case.consents.withdraw(by=step.by, under=step.under, recipient=command.recipient, how=command.how, told_to=work.context.actor.id)
    await step.save()
