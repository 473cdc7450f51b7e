"""What another service says came of an observation: what is news, and what the caretaker may then truthfully be told.

It becomes events of the observation itself rather than a table filled from messages: so it survives a rebuild without Kafka, saying it
twice changes nothing, and the history shows when the caretaker could know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from shared.history.aggregate import Event
from shared.words.vocabulary.case import Milestone

if TYPE_CHECKING:
    from services.intake.observation.rules.observation import Observation

TOLD_AT_THE_END = Milestone.CLOSED
"""The milestone with which the caretaker is told that it is over."""


class Progress:
    """Something that came of it. `at`, where it stands, is when that happened there."""

    def decide(self, observation: Observation) -> None:
        """Let it happen to the observation, or do nothing where it would be no news."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class TakeIn(Progress):
    """Cases says that it waits for a person."""

    case_id: UUID
    triage_due: datetime

    def decide(self, observation: Observation) -> None:
        if not observation.is_taken_in:
            observation.trigger_event(TakenIn, case_id=self.case_id, triage_due=self.triage_due)


class TakenIn(Event):
    """Cases has it, and has set the time by which a person looks at it."""

    TOPIC = "observation.taken_in"
    case_id: UUID
    triage_due: datetime

    def apply(self, observation: Observation) -> None:
        observation.is_taken_in = True
        observation.case_id = observation.case_id or self.case_id


@dataclass(frozen=True, kw_only=True)
class Join(Progress):
    """It belongs to a case that is there already."""

    case_id: UUID
    is_open: bool
    at: datetime

    def decide(self, observation: Observation) -> None:
        if observation.case_id != self.case_id:
            observation.trigger_event(Joined, case_id=self.case_id, is_open=self.is_open, at=self.at)


class Joined(Event):
    """It belongs to a case that others saw something about before, and what comes of that is told here."""

    TOPIC = "observation.joined"
    case_id: UUID
    is_open: bool
    """Whether somebody carries that case."""
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.case_id = self.case_id
        observation.is_seen = True
        observation.has_case = observation.has_case or self.is_open


@dataclass(frozen=True, kw_only=True)
class Part(Progress):
    """It does not belong to that case after all; no news once it belongs to another."""

    case_id: UUID
    concern_id: UUID
    at: datetime

    def decide(self, observation: Observation) -> None:
        if observation.case_id == self.case_id:
            observation.trigger_event(Parted, case_id=self.concern_id, at=self.at)


class Parted(Event):
    """It is seen to by itself again."""

    TOPIC = "observation.parted"
    case_id: UUID
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.case_id = self.case_id


@dataclass(frozen=True, kw_only=True)
class TakeUpAgain(Progress):
    """There was something in it after all."""

    at: datetime

    def decide(self, observation: Observation) -> None:
        if observation.is_dismissed:
            observation.trigger_event(TakenUpAgain, at=self.at)


class TakenUpAgain(Event):
    """A person looks at it once more."""

    TOPIC = "observation.taken_up_again"
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.is_dismissed = False


@dataclass(frozen=True, kw_only=True)
class See(Progress):
    """A person looked; the first one counts."""

    by: str
    role: str
    at: datetime

    def decide(self, observation: Observation) -> None:
        if not observation.is_seen:
            observation.trigger_event(Seen, by=self.by, role=self.role, at=self.at)


class Seen(Event):
    """A person has looked at it."""

    TOPIC = "observation.seen"
    by: str
    role: str
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.is_seen = True


@dataclass(frozen=True, kw_only=True)
class Assess(See):
    """A person decided how serious it is, and so has looked at it; the newest word counts."""

    severity: str

    def decide(self, observation: Observation) -> None:
        super().decide(observation)
        if self.severity != observation.assessed_severity:
            observation.trigger_event(Assessed, severity=self.severity, at=self.at)


class Assessed(Event):
    """A person decided how serious it is."""

    TOPIC = "observation.assessed"
    severity: str
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.assessed_severity = self.severity


@dataclass(frozen=True, kw_only=True)
class OpenCase(Progress):
    """A case came of it."""

    contact_due: datetime
    at: datetime

    def decide(self, observation: Observation) -> None:
        if not observation.has_case:
            observation.trigger_event(CaseOpened, contact_due=self.contact_due, at=self.at)


class CaseOpened(Event):
    """There is a case, and a time by which the resident is contacted."""

    TOPIC = "observation.case_opened"
    contact_due: datetime
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.has_case = True


@dataclass(frozen=True, kw_only=True)
class PassOn(Progress):
    """Somebody who can help was asked; the first time is news."""

    at: datetime

    def decide(self, observation: Observation) -> None:
        if not observation.is_passed_on:
            observation.trigger_event(PassedOn, at=self.at)


class PassedOn(Event):
    """Somebody who can help was asked; to whom is none of the observation's business."""

    TOPIC = "observation.passed_on"
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.is_passed_on = True


@dataclass(frozen=True, kw_only=True)
class Tell(Progress):
    """The caretaker was told; each milestone once."""

    milestone: str
    at: datetime

    def decide(self, observation: Observation) -> None:
        if self.milestone not in observation.told:
            observation.trigger_event(Told, milestone=self.milestone, at=self.at)


class Told(Event):
    """The caretaker was told how it goes."""

    TOPIC = "observation.told"
    milestone: str
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.told.add(self.milestone)


@dataclass(frozen=True, kw_only=True)
class MissTriage(Progress):
    """Nobody looked in time. Said once; said also when somebody looked since, for it is true."""

    due: datetime

    def decide(self, observation: Observation) -> None:
        if not observation.triage_was_missed:
            observation.trigger_event(TriageMissed, due=self.due)


class TriageMissed(Event):
    """Nobody looked at it in time; the caretaker is told the truth about that too."""

    TOPIC = "observation.triage_missed"
    due: datetime

    def apply(self, observation: Observation) -> None:
        observation.triage_was_missed = True


@dataclass(frozen=True, kw_only=True)
class FailNotice(Progress):
    """The mail about it to the office did not arrive; no news when a person has seen it already."""

    at: datetime

    def decide(self, observation: Observation) -> None:
        if not observation.is_seen and not observation.notice_has_failed:
            observation.trigger_event(NoticeFailed, at=self.at)


class NoticeFailed(Event):
    """The mail to the office about it did not arrive; somebody has to ring."""

    TOPIC = "observation.notice_failed"
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.notice_has_failed = True


@dataclass(frozen=True, kw_only=True)
class WantCompanion(Progress):
    """Somebody is asked along; the same meeting at the same time is no news, and others than the one who saw it are none of his."""

    visit_id: UUID
    companion: str
    meeting_at: datetime

    def decide(self, observation: Observation) -> None:
        if self.companion == observation.observer and observation.meetings.get(self.visit_id) != self.meeting_at:
            observation.trigger_event(CompanionWanted, visit_id=self.visit_id, meeting_at=self.meeting_at)


@dataclass(frozen=True, kw_only=True)
class NoteAnswer(Progress):
    """Whoever was asked along said yes or no; the newest word counts, and others' are none of his."""

    visit_id: UUID
    companion: str
    comes: bool

    def decide(self, observation: Observation) -> None:
        is_theirs = self.companion == observation.observer and self.visit_id in observation.meetings
        if is_theirs and observation.comes_to.get(self.visit_id) != self.comes:
            observation.trigger_event(CompanionAnswered, visit_id=self.visit_id, comes=self.comes)


@dataclass(frozen=True, kw_only=True)
class ReleaseCompanion(Progress):
    """Another one comes along; no news to somebody who was not asked."""

    visit_id: UUID
    companion: str

    def decide(self, observation: Observation) -> None:
        if self.companion == observation.observer and self.visit_id in observation.meetings:
            observation.trigger_event(CompanionReleased, visit_id=self.visit_id)


class CompanionWanted(Event):
    """The caretaker is asked to come along to a meeting, as the known face; moved, he is asked anew."""

    TOPIC = "observation.companion_wanted"
    visit_id: UUID
    meeting_at: datetime

    def apply(self, observation: Observation) -> None:
        observation.meetings[self.visit_id] = self.meeting_at
        observation.comes_to.pop(self.visit_id, None)


class CompanionAnswered(Event):
    """The caretaker comes along, or does not."""

    TOPIC = "observation.companion_answered"
    visit_id: UUID
    comes: bool

    def apply(self, observation: Observation) -> None:
        observation.comes_to[self.visit_id] = self.comes


class CompanionReleased(Event):
    """The caretaker is not needed at the meeting any more."""

    TOPIC = "observation.companion_released"
    visit_id: UUID

    def apply(self, observation: Observation) -> None:
        del observation.meetings[self.visit_id]
        observation.comes_to.pop(self.visit_id, None)


@dataclass(frozen=True, kw_only=True)
class Dismiss(Progress):
    """No case came of it; the first word counts."""

    reason: str
    at: datetime

    def decide(self, observation: Observation) -> None:
        if not observation.is_dismissed:
            observation.trigger_event(Dismissed, reason=self.reason, at=self.at)


class Dismissed(Event):
    """A person looked at it, and no case came of it."""

    TOPIC = "observation.dismissed"
    reason: str
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.is_dismissed = True


@dataclass(frozen=True, kw_only=True)
class End(Progress):
    """How it ended; the newest word counts, for a case may be reopened and closed again."""

    outcome: str
    at: datetime

    def decide(self, observation: Observation) -> None:
        if self.outcome != observation.outcome:
            observation.trigger_event(Ended, outcome=self.outcome, at=self.at)


class Ended(Event):
    """The case was closed."""

    TOPIC = "observation.ended"
    outcome: str
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.outcome = self.outcome


@dataclass(frozen=True, kw_only=True)
class Reopen(Progress):
    """The case goes on; no news where no end was told. What came of it may be told once more when it ends again."""

    contact_due: datetime
    at: datetime

    def decide(self, observation: Observation) -> None:
        if observation.outcome:
            observation.trigger_event(Reopened, contact_due=self.contact_due, at=self.at)


class Reopened(Event):
    """It was not over after all: the end that was told is taken back, and there is a new time for contact."""

    TOPIC = "observation.reopened"
    contact_due: datetime
    at: datetime

    def apply(self, observation: Observation) -> None:
        observation.outcome = ""
        observation.told.discard(TOLD_AT_THE_END)
