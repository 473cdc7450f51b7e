"""One observation: what may truthfully be said about what a caretaker saw and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from services.intake.observation.rules.dwelling import Dwelling
from services.intake.observation.rules.report import Report
from shared.ground.errors import ChangedMeanwhile
from shared.ground.text_input import free_text
from shared.ground.working_days import local_day
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import Milestone

TOLD_AT_THE_END = Milestone.CLOSED
"""The milestone with which the caretaker is told that it is over."""


class Observation(Aggregate):
    """Signs that somebody may not be thriving, seen by one caretaker in one home; and what he was told came of it."""

    TOPIC = "observation"

    class Registered(Event, AggregateCreated):
        TOPIC = "observation.registered"
        class_version = 2

        observer: str
        observed_at: datetime
        estate_id: str
        municipality: str
        home_id: UUID
        tenancy_id: UUID
        signals: list[str]
        severity: str
        consent_answer: str
        consent_wording: str
        consent_scope: list[str]
        address: Personal | Sealed
        words: Personal | Sealed | None
        estate_name: str
        """As it was that day; empty in version 1."""

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Version 1 knew the estate by its number only."""
            state["estate_name"] = ""

        def apply(self, observation: Observation) -> None:
            observation.observer = self.observer

    class TakenIn(Event):
        """Cases has it, and has set the time by which a person looks at it."""

        TOPIC = "observation.taken_in"
        case_id: UUID
        triage_due: datetime

        def apply(self, observation: Observation) -> None:
            observation.case_id = self.case_id

    class Seen(Event):
        """A person has looked at it."""

        TOPIC = "observation.seen"
        by: str
        role: str
        at: datetime

        def apply(self, observation: Observation) -> None:
            observation.is_seen = True

    class Assessed(Event):
        """A person decided how serious it is."""

        TOPIC = "observation.assessed"
        severity: str
        at: datetime

        def apply(self, observation: Observation) -> None:
            observation.assessed_severity = self.severity

    class CaseOpened(Event):
        """There is a case, and a time by which the resident is contacted."""

        TOPIC = "observation.case_opened"
        contact_due: datetime
        at: datetime

        def apply(self, observation: Observation) -> None:
            observation.has_case = True

    class PassedOn(Event):
        """Somebody who can help was asked; to whom is none of the observation's business."""

        TOPIC = "observation.passed_on"
        at: datetime

        def apply(self, observation: Observation) -> None:
            observation.is_passed_on = True

    class Told(Event):
        """The caretaker was told how it goes."""

        TOPIC = "observation.told"
        milestone: str
        at: datetime

        def apply(self, observation: Observation) -> None:
            observation.told.add(self.milestone)

    class TriageMissed(Event):
        """Nobody looked at it in time; the caretaker is told the truth about that too."""

        TOPIC = "observation.triage_missed"
        due: datetime

        def apply(self, observation: Observation) -> None:
            observation.triage_was_missed = True

    class NoticeFailed(Event):
        """The mail to the office about it did not arrive; somebody has to ring."""

        TOPIC = "observation.notice_failed"
        at: datetime

        def apply(self, observation: Observation) -> None:
            observation.notice_has_failed = True

    class CompanionWanted(Event):
        """The caretaker is asked to come along to a meeting, as the known face."""

        TOPIC = "observation.companion_wanted"
        visit_id: UUID
        meeting_at: datetime

        def apply(self, observation: Observation) -> None:
            observation.meetings[self.visit_id] = self.meeting_at

    class Dismissed(Event):
        """A person looked at it, and no case came of it."""

        TOPIC = "observation.dismissed"
        reason: str
        at: datetime

        def apply(self, observation: Observation) -> None:
            observation.is_dismissed = True

    class Ended(Event):
        """The case was closed."""

        TOPIC = "observation.ended"
        outcome: str
        at: datetime

        def apply(self, observation: Observation) -> None:
            observation.outcome = self.outcome

    class Reopened(Event):
        """It was not over after all: the end that was told is taken back, and there is a new time for contact."""

        TOPIC = "observation.reopened"
        contact_due: datetime
        at: datetime

        def apply(self, observation: Observation) -> None:
            observation.outcome = ""
            observation.told.discard(TOLD_AT_THE_END)

    def __init__(self) -> None:
        self.observer: str
        self.case_id: UUID | None = None
        self.is_seen = False
        self.assessed_severity = ""
        self.has_case = False
        self.is_passed_on = False
        self.told: set[str] = set()
        self.triage_was_missed = False
        self.notice_has_failed = False
        self.meetings: dict[UUID, datetime] = {}
        self.is_dismissed = False
        self.outcome = ""

    @classmethod
    def register(
        cls, report: Report, *, observer: str, now: datetime, dwelling: Dwelling, address: Personal | None, words: Personal | None
    ) -> Self:
        """Take in what a caretaker saw; severity never blocks it, and `acute` is registered like any other (domain.md FB4).

        Raises `ChangedMeanwhile` when what is personal was made ready for another tenancy than the one that ran that day.
        """
        report.must_be_of_these_days(now)
        tenancy_id = dwelling.tenancy_on(local_day(report.observed_at))
        if address is None or address.subject != tenancy_id:
            raise ChangedMeanwhile
        return cls.begin(
            cls.Registered,
            id=report.observation_id,
            observer=observer,
            observed_at=report.observed_at,
            estate_id=dwelling.estate_id,
            municipality=dwelling.municipality,
            estate_name=dwelling.estate_name,
            home_id=dwelling.home_id,
            tenancy_id=tenancy_id,
            **report.ticked(),
            address=address,
            words=_kept(words),
        )

    def take_in(self, *, case_id: UUID, triage_due: datetime) -> None:
        """Cases says that it waits for a person."""
        if self.case_id is None:
            self.trigger_event(self.TakenIn, case_id=case_id, triage_due=triage_due)

    def see(self, *, by: str, role: str, at: datetime) -> None:
        """A person looked; the first one counts."""
        if not self.is_seen:
            self.trigger_event(self.Seen, by=by, role=role, at=at)

    def assess(self, *, severity: str, by: str, role: str, at: datetime) -> None:
        """A person decided how serious it is, and so has looked at it; the newest word counts."""
        self.see(by=by, role=role, at=at)
        if severity != self.assessed_severity:
            self.trigger_event(self.Assessed, severity=severity, at=at)

    def open_case(self, *, contact_due: datetime, at: datetime) -> None:
        """A case came of it."""
        if not self.has_case:
            self.trigger_event(self.CaseOpened, contact_due=contact_due, at=at)

    def pass_on(self, *, at: datetime) -> None:
        """Somebody who can help was asked; the first time is news."""
        if not self.is_passed_on:
            self.trigger_event(self.PassedOn, at=at)

    def tell(self, *, milestone: str, at: datetime) -> None:
        """The caretaker was told; each milestone once."""
        if milestone not in self.told:
            self.trigger_event(self.Told, milestone=milestone, at=at)

    def miss_triage(self, *, due: datetime) -> None:
        """Nobody looked in time. Said once; said also when somebody looked since, for it is true."""
        if not self.triage_was_missed:
            self.trigger_event(self.TriageMissed, due=due)

    def fail_notice(self, *, at: datetime) -> None:
        """The mail about it to the office did not arrive; no news when a person has seen it already."""
        if not self.is_seen and not self.notice_has_failed:
            self.trigger_event(self.NoticeFailed, at=at)

    def want_companion(self, *, visit_id: UUID, companion: str, meeting_at: datetime) -> None:
        """The one who saw it is asked along; the same meeting at the same time is no news, and others are none of his."""
        if companion == self.observer and self.meetings.get(visit_id) != meeting_at:
            self.trigger_event(self.CompanionWanted, visit_id=visit_id, meeting_at=meeting_at)

    def dismiss(self, *, reason: str, at: datetime) -> None:
        """No case came of it; the first word counts."""
        if not self.is_dismissed:
            self.trigger_event(self.Dismissed, reason=reason, at=at)

    def end(self, *, outcome: str, at: datetime) -> None:
        """How it ended; the newest word counts, for a case may be reopened and closed again."""
        if outcome != self.outcome:
            self.trigger_event(self.Ended, outcome=outcome, at=at)

    def reopen(self, *, contact_due: datetime, at: datetime) -> None:
        """The case goes on; no news where no end was told. What came of it may be told once more when it ends again."""
        if self.outcome:
            self.trigger_event(self.Reopened, contact_due=contact_due, at=at)


def receipt_of(observation_id: UUID) -> str:
    """The number a caretaker can read aloud on the phone: the eight last, random, digits of the id."""
    digits = observation_id.hex[-8:].upper()
    return f"{digits[:4]}-{digits[4:]}"


def _kept(words: Personal | None) -> Personal | None:
    """The words as they may be kept; blanks only are no words."""
    if words is None:
        return None
    text = free_text(words.text, field="words")
    return Personal(words.subject, text) if text else None
