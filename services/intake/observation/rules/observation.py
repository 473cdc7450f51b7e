"""One observation: what makes it valid, and what may truthfully be said about what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from services.intake.observation.rules.dwelling import Dwelling
from services.intake.observation.rules.leave import ANSWERS, SCOPES, WORDINGS
from services.intake.observation.rules.refusals import (
    ConsentAnswerIsUnknown,
    ConsentScopeIsUnknown,
    ConsentWithoutScope,
    ConsentWithoutWording,
    HomeIsNotChosen,
    NoSignalIsTicked,
    ObservedInTheFuture,
    ObservedTooLongAgo,
    ScopeWithoutConsent,
    SeverityIsUnknown,
    SignalIsUnknown,
)
from shared.ground.errors import ChangedMeanwhile, Refusal
from shared.ground.text_input import free_text
from shared.ground.working_days import local_day
from shared.history.aggregate import Aggregate, AggregateCreated, event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import Milestone
from shared.words.vocabulary.observation import Severity, Signal

CLOCKS_MAY_DIFFER = timedelta(minutes=5)
"""A phone's clock may be this much ahead of ours."""

OLDEST = timedelta(days=60)
"""What lies further back is told by phone: the signs are no longer what is to be seen today."""


TOLD_AT_THE_END = Milestone.CLOSED
"""The milestone with which the caretaker is told that it is over."""


class Observation(Aggregate):
    """Signs that somebody may not be thriving, seen by one caretaker in one home; and what he was told came of it."""

    TOPIC = "observation"

    class Registered(Aggregate.Event, AggregateCreated):
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

    class TakenIn(Aggregate.Event):
        """Cases has it, and has set the time by which a person looks at it."""

        TOPIC = "observation.taken_in"
        case_id: UUID
        triage_due: datetime

    class Seen(Aggregate.Event):
        """A person has looked at it."""

        TOPIC = "observation.seen"
        by: str
        role: str
        at: datetime

    class Assessed(Aggregate.Event):
        """A person decided how serious it is."""

        TOPIC = "observation.assessed"
        severity: str
        at: datetime

    class CaseOpened(Aggregate.Event):
        """There is a case, and a time by which the resident is contacted."""

        TOPIC = "observation.case_opened"
        contact_due: datetime
        at: datetime

    class PassedOn(Aggregate.Event):
        """Somebody who can help was asked; to whom is none of the observation's business."""

        TOPIC = "observation.passed_on"
        at: datetime

    class Told(Aggregate.Event):
        """The caretaker was told how it goes."""

        TOPIC = "observation.told"
        milestone: str
        at: datetime

    class TriageMissed(Aggregate.Event):
        """Nobody looked at it in time; the caretaker is told the truth about that too."""

        TOPIC = "observation.triage_missed"
        due: datetime

    class NoticeFailed(Aggregate.Event):
        """The mail to the office about it did not arrive; somebody has to ring."""

        TOPIC = "observation.notice_failed"
        at: datetime

    class CompanionWanted(Aggregate.Event):
        """The caretaker is asked to come along to a meeting, as the known face."""

        TOPIC = "observation.companion_wanted"
        visit_id: UUID
        meeting_at: datetime

    class Dismissed(Aggregate.Event):
        """A person looked at it, and no case came of it."""

        TOPIC = "observation.dismissed"
        reason: str
        at: datetime

    class Ended(Aggregate.Event):
        """The case was closed."""

        TOPIC = "observation.ended"
        outcome: str
        at: datetime

    class Reopened(Aggregate.Event):
        """It was not over after all: the end that was told is taken back, and there is a new time for contact."""

        TOPIC = "observation.reopened"
        contact_due: datetime
        at: datetime

    @classmethod
    def register(
        cls,
        observation_id: UUID,
        *,
        observer: str,
        observed_at: datetime,
        now: datetime,
        dwelling: Dwelling,
        signals: Iterable[str],
        severity: str,
        consent_answer: str,
        consent_wording: str,
        consent_scope: Iterable[str],
        address: Personal | None,
        words: Personal | None,
    ) -> Self:
        """Take in what a caretaker saw; severity never blocks it, and `acute` is registered like any other (domain.md FB4).

        Raises `ChangedMeanwhile` when what is personal was made ready for another tenancy than the one that ran that day.
        """
        if observed_at > now + CLOCKS_MAY_DIFFER:
            raise ObservedInTheFuture
        if observed_at < now - OLDEST:
            raise ObservedTooLongAgo
        tenancy_id = dwelling.tenancy_on(local_day(observed_at))
        if address is None or address.subject != tenancy_id:
            raise ChangedMeanwhile
        ticked = _known(signals, among=tuple(Signal), otherwise=SignalIsUnknown)
        if not ticked:
            raise NoSignalIsTicked
        if severity not in set(Severity):
            raise SeverityIsUnknown
        scope = _known(consent_scope, among=SCOPES, otherwise=ConsentScopeIsUnknown)
        _check_consent(consent_answer, wording=consent_wording, scope=scope)
        return cls.begin(
            cls.Registered,
            id=observation_id,
            observer=observer,
            observed_at=observed_at,
            estate_id=dwelling.estate_id,
            municipality=dwelling.municipality,
            estate_name=dwelling.estate_name,
            home_id=dwelling.home_id,
            tenancy_id=tenancy_id,
            signals=ticked,
            severity=severity,
            consent_answer=consent_answer,
            consent_wording=consent_wording,
            consent_scope=scope,
            address=address,
            words=_kept(words),
        )

    def take_in(self, *, case_id: UUID, triage_due: datetime) -> None:
        """Cases says that it waits for a person."""
        if self.case_id is None:
            self._taken_in(case_id=case_id, triage_due=triage_due)

    def see(self, *, by: str, role: str, at: datetime) -> None:
        """A person looked; the first one counts."""
        if not self.is_seen:
            self._seen(by=by, role=role, at=at)

    def assess(self, *, severity: str, by: str, role: str, at: datetime) -> None:
        """A person decided how serious it is, and so has looked at it; the newest word counts."""
        self.see(by=by, role=role, at=at)
        if severity != self.assessed_severity:
            self._assessed(severity=severity, at=at)

    def open_case(self, *, contact_due: datetime, at: datetime) -> None:
        """A case came of it."""
        if not self.has_case:
            self._case_opened(contact_due=contact_due, at=at)

    def pass_on(self, *, at: datetime) -> None:
        """Somebody who can help was asked; the first time is news."""
        if not self.is_passed_on:
            self._passed_on(at=at)

    def tell(self, *, milestone: str, at: datetime) -> None:
        """The caretaker was told; each milestone once."""
        if milestone not in self.told:
            self._told(milestone=milestone, at=at)

    def miss_triage(self, *, due: datetime) -> None:
        """Nobody looked in time. Said once; said also when somebody looked since, for it is true."""
        if not self.triage_was_missed:
            self._triage_missed(due=due)

    def fail_notice(self, *, at: datetime) -> None:
        """The mail about it to the office did not arrive; no news when a person has seen it already."""
        if not self.is_seen and not self.notice_has_failed:
            self._notice_failed(at=at)

    def want_companion(self, *, visit_id: UUID, companion: str, meeting_at: datetime) -> None:
        """The one who saw it is asked along; the same meeting at the same time is no news, and others are none of his."""
        if companion == self.observer and self.meetings.get(visit_id) != meeting_at:
            self._companion_wanted(visit_id=visit_id, meeting_at=meeting_at)

    def dismiss(self, *, reason: str, at: datetime) -> None:
        """No case came of it; the first word counts."""
        if not self.is_dismissed:
            self._dismissed(reason=reason, at=at)

    def end(self, *, outcome: str, at: datetime) -> None:
        """How it ended; the newest word counts, for a case may be reopened and closed again."""
        if outcome != self.outcome:
            self._ended(outcome=outcome, at=at)

    def reopen(self, *, contact_due: datetime, at: datetime) -> None:
        """The case goes on; no news where no end was told. What came of it may be told once more when it ends again."""
        if self.outcome:
            self._reopened(contact_due=contact_due, at=at)

    @event(Registered)
    def __init__(
        self,
        *,
        observer: str,
        observed_at: datetime,
        estate_id: str,
        municipality: str,
        home_id: UUID,
        tenancy_id: UUID,
        signals: list[str],
        severity: str,
        consent_answer: str,
        consent_wording: str,
        consent_scope: list[str],
        address: Personal | Sealed,
        words: Personal | Sealed | None,
    ) -> None:
        self.observer = observer
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

    @event(TakenIn)
    def _taken_in(self, case_id: UUID, triage_due: datetime) -> None:
        self.case_id = case_id

    @event(Seen)
    def _seen(self, by: str, role: str, at: datetime) -> None:
        self.is_seen = True

    @event(Assessed)
    def _assessed(self, severity: str, at: datetime) -> None:
        self.assessed_severity = severity

    @event(CaseOpened)
    def _case_opened(self, contact_due: datetime, at: datetime) -> None:
        self.has_case = True

    @event(PassedOn)
    def _passed_on(self, at: datetime) -> None:
        self.is_passed_on = True

    @event(Told)
    def _told(self, milestone: str, at: datetime) -> None:
        self.told.add(milestone)

    @event(TriageMissed)
    def _triage_missed(self, due: datetime) -> None:
        self.triage_was_missed = True

    @event(NoticeFailed)
    def _notice_failed(self, at: datetime) -> None:
        self.notice_has_failed = True

    @event(CompanionWanted)
    def _companion_wanted(self, visit_id: UUID, meeting_at: datetime) -> None:
        self.meetings[visit_id] = meeting_at

    @event(Dismissed)
    def _dismissed(self, reason: str, at: datetime) -> None:
        self.is_dismissed = True

    @event(Ended)
    def _ended(self, outcome: str, at: datetime) -> None:
        self.outcome = outcome

    @event(Reopened)
    def _reopened(self, contact_due: datetime, at: datetime) -> None:
        self.outcome = ""
        self.told.discard(TOLD_AT_THE_END)


def unanswered(*, home_id: UUID | None, signals: Sequence[str], severity: str, consent_answer: str) -> list[Refusal]:
    """Everything a form leaves open, so that somebody with cold fingers hears it all at once."""
    questions: tuple[tuple[object, type[Refusal]], ...] = (
        (home_id, HomeIsNotChosen),
        (signals, NoSignalIsTicked),
        (severity, SeverityIsUnknown),
        (consent_answer, ConsentAnswerIsUnknown),
    )
    return [refusal() for answer, refusal in questions if not answer]


def receipt_of(observation_id: UUID) -> str:
    """The number a caretaker can read aloud on the phone: the eight last, random, digits of the id."""
    digits = observation_id.hex[-8:].upper()
    return f"{digits[:4]}-{digits[4:]}"


def _known(codes: Iterable[str], *, among: Sequence[str], otherwise: type[Refusal]) -> list[str]:
    """The codes once each, in the order of our list, so that the same ticks always make the same fact."""
    ticked = set(codes)
    if not ticked <= set(among):
        raise otherwise
    return [str(code) for code in among if code in ticked]


def _kept(words: Personal | None) -> Personal | None:
    """The words as they may be kept; blanks only are no words."""
    if words is None:
        return None
    text = free_text(words.text, field="words")
    return Personal(words.subject, text) if text else None


def _check_consent(answer: str, *, wording: str, scope: Sequence[str]) -> None:
    if answer not in ANSWERS:
        raise ConsentAnswerIsUnknown
    if wording and wording not in WORDINGS:
        raise ConsentWithoutWording
    if answer == "granted":
        if not scope:
            raise ConsentWithoutScope
        if not wording:
            raise ConsentWithoutWording
    elif scope:
        raise ScopeWithoutConsent
