"""One observation: what may truthfully be said about what a caretaker saw and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from services.intake.observation.rules import place, progress
from services.intake.observation.rules.dwelling import Dwelling
from services.intake.observation.rules.report import Report
from shared.ground.text_input import free_text
from shared.ground.working_days import local_day
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.privacy.personal import Personal, PersonalText, Sealed, Whereabouts


class Observation(Aggregate):
    """Signs that somebody may not be thriving, seen by one caretaker in one home; and what he was told came of it."""

    TOPIC = "observation"

    class Registered(Event, AggregateCreated):
        TOPIC = "observation.registered"
        class_version = 3

        observer: str
        observed_at: datetime
        estate_id: str
        municipality: str
        home: Personal | Sealed
        tenancy: Personal | Sealed | None
        """Which ran that day, as far as the register knew."""
        signals: list[str]
        severity: str
        consent_answer: str
        consent_wording: str
        consent_scope: list[str]
        address: Personal | Sealed
        words: Personal | Sealed | None
        estate_name: str
        """As it was that day."""

        def apply(self, observation: Observation) -> None:
            observation.observer = self.observer

    TakenIn = progress.TakenIn
    Joined = progress.Joined
    Parted = progress.Parted
    TakenUpAgain = progress.TakenUpAgain
    PlaceCorrected = place.PlaceCorrected
    Seen = progress.Seen
    Assessed = progress.Assessed
    CaseOpened = progress.CaseOpened
    PassedOn = progress.PassedOn
    Told = progress.Told
    TriageMissed = progress.TriageMissed
    NoticeFailed = progress.NoticeFailed
    CompanionWanted = progress.CompanionWanted
    CompanionAnswered = progress.CompanionAnswered
    CompanionReleased = progress.CompanionReleased
    Dismissed = progress.Dismissed
    Ended = progress.Ended
    Reopened = progress.Reopened

    def __init__(self) -> None:
        self.observer: str
        self.case_id: UUID | None = None
        """The case in which it is seen to."""
        self.is_taken_in = False
        self.corrections: set[str] = set()
        """What was put right about where it is."""
        self.is_seen = False
        self.assessed_severity = ""
        self.has_case = False
        self.is_passed_on = False
        self.told: set[str] = set()
        self.triage_was_missed = False
        self.notice_has_failed = False
        self.meetings: dict[UUID, datetime] = {}
        """Those the observer is asked along to."""
        self.comes_to: dict[UUID, bool] = {}
        """What the observer answered."""
        self.is_dismissed = False
        self.outcome = ""

    @classmethod
    def register(cls, report: Report, *, observer: str, now: datetime, dwelling: Dwelling, address: str) -> Self:
        """Take in what a caretaker saw; severity never blocks it, and `acute` is registered like any other (domain.md FB4)."""
        report.must_be_of_these_days(now)
        id, tenure = report.observation_id, dwelling.tenure_on(local_day(report.observed_at))
        return cls.begin(
            cls.Registered,
            id=id,
            observer=observer,
            observed_at=report.observed_at,
            estate_id=dwelling.estate_id,
            municipality=dwelling.municipality,
            estate_name=dwelling.estate_name,
            home=Whereabouts(id, str(dwelling.home_id)),
            tenancy=Whereabouts(id, str(tenure.tenancy_id)) if tenure else None,
            **report.ticked(),
            address=Whereabouts(id, address),
            words=_kept(id, report.words),
        )

    def record(self, news: progress.Progress) -> None:
        """Something came of it."""
        news.decide(self)


def receipt_of(observation_id: UUID) -> str:
    """The number a caretaker can read aloud on the phone: the eight last, random, digits of the id."""
    digits = observation_id.hex[-8:].upper()
    return f"{digits[:4]}-{digits[4:]}"


def _kept(observation_id: UUID, words: str) -> PersonalText | None:
    """The words as they may be kept; blanks only are no words."""
    text = free_text(words, field="words")
    return PersonalText(observation_id, text) if text else None
