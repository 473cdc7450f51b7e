"""What intake tells the others."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from shared.messaging.message import Message
from shared.privacy.personal import Sealed


class _Said(Message):
    TOPIC: ClassVar[str] = "brobygger.intake"


class ObservationRegistered(_Said):
    """A caretaker saw signs that somebody may not be thriving (domain.md §4.2)."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.observation_registered.v1"
    CLASSIFICATION: ClassVar[str] = "confidential"

    observation_id: UUID
    observer: str
    observed_at: AwareDatetime
    estate_id: str
    municipality: str
    home_id: UUID
    tenancy_id: UUID
    signals: tuple[str, ...]
    severity: str
    consent_answer: str
    """granted, declined, not_asked or not_able (domain.md §2.3)."""
    consent_wording: str
    """The version of the wording that was used; empty when nobody asked."""
    consent_scope: tuple[str, ...]
    """Whom the resident said it may be passed on to: `office` and referral targets (domain.md §1.7)."""
    address: Sealed
    words: Sealed | None = None
    estate_name: str = ""
    """What people call the estate; older messages lack it."""


class TenancyStarted(_Said):
    """Somebody lets a home from a date."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.tenancy_started.v1"

    tenancy_id: UUID
    home_id: UUID
    estate_id: str
    municipality: str
    started_on: date


class TenancyEnded(_Said):
    """A tenancy ended; the day given is its last."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.tenancy_ended.v1"

    tenancy_id: UUID
    home_id: UUID
    estate_id: str
    ended_on: date


MESSAGES: tuple[type[Message], ...] = (ObservationRegistered, TenancyStarted, TenancyEnded)
