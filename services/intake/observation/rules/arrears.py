"""The ERP says that a tenancy is in arrears: nobody saw a sign, and yet somebody asks whether help is wanted (domain.md S4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from services.intake.observation.rules.report import OLDEST, Report
from shared.ground.working_days import local_day
from shared.words.vocabulary.beginning import Source, Way
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.observation import Severity, Signal

LAST_OF_A_MONTH = timedelta(days=31)


def is_news(month: date, now: datetime) -> bool:
    """Whether it is of these days: what an ERP tells of last year, on its first day, is nothing to ring about."""
    return month + LAST_OF_A_MONTH >= local_day(now) - OLDEST and month <= local_day(now)


def in_arrears(id: UUID, *, home_id: UUID, months: int, now: datetime) -> Report:
    """What is taken in: worrying, as a first demand is (domain.md section 1.6). No amount is known, nor asked for."""
    return Report(
        observation_id=id,
        home_id=home_id,
        observed_at=now,
        signals=(Signal.ARREARS.value,),
        severity=Severity.MEDIUM.value,
        consent_answer=Answer.NOT_ASKED.value,
        consent_wording="",
        consent_scope=(),
        words=f"Boligsystemet melder restance i {months} {'måned' if months == 1 else 'måneder'}.",
        source=Source.ERP.value,
        how=Way.SYSTEM.value,
    )
