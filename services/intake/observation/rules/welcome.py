"""Somebody who was homeless moves in: nobody saw a sign of anything, and yet somebody is to come by (domain.md S16)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from services.intake.observation.rules.dwelling import Tenure
from services.intake.observation.rules.report import Report
from shared.words.vocabulary.beginning import Source, Way
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.observation import Severity


def welcome(id: UUID, *, home_id: UUID, now: datetime) -> Report:
    """What is taken in: who told it is the ERP, and nobody was asked for anything yet."""
    return Report(
        observation_id=id,
        home_id=home_id,
        observed_at=now,
        signals=(),
        severity=Severity.MEDIUM.value,
        consent_answer=Answer.NOT_ASKED.value,
        consent_wording="",
        consent_scope=(),
        words="",
        source=Source.WELCOME.value,
        how=Way.SYSTEM.value,
    )


def moving_in(tenancy_id: UUID, people: Mapping[UUID, str]) -> Tenure:
    """It is about who moves in, whatever day that is, and never about who lived there before."""
    return Tenure(tenancy_id=tenancy_id, started_on=date.min, ended_on=None, people=people)
