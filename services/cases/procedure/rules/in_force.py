"""What a case asks its procedure: who may, until when, and what follows silence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import TypeVar

from services.cases.procedure.rules.document import Agreement, Contact, ProcedureDocument, Span
from shared.ground.working_days import ClosingTimes, add_calendar_days, add_days, add_minutes, add_working_days
from shared.words.code import Code, Since
from shared.words.vocabulary.case import SAID_MEANWHILE, TAKEN_MEANWHILE, Milestone, Step
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import SOCIAL_STAFF, Role
from shared.words.vocabulary.procedure import Weekday
from shared.words.vocabulary.waiting import RUNS_MEANWHILE, DeadlineKind

T = TypeVar("T")
C = TypeVar("C", bound=Code)

USUAL_WORKING_DAYS = 5
"""How long a clock runs that neither a procedure nor the vocabulary says anything about."""


class ProcedureInForce:
    """One version of a procedure, as the rules of a case read it. Never changes; may be shared.

    Every question about every code of today has an answer, however old the version is. A code that nobody knows is a bug (`ValueError`).
    """

    def __init__(self, document: ProcedureDocument) -> None:
        self.document = document
        self._closing = _closing(document.office_hours)

    @property
    def version(self) -> str:
        """The name of the version, as it stands on every event."""
        return self.document.version

    def takers(self, step: str) -> tuple[str, ...]:
        """The roles that may take a step; one that nobody has said anything about is nobody's."""
        known = Step(step)
        return self.document.steps.get(known) or _meanwhile(TAKEN_MEANWHILE, known, ())

    def may(self, role: str, step: str) -> bool:
        """Whether a role may take a step."""
        return role in self.takers(step)

    def stands_in_from(self, role: str, step: str, *, since: datetime) -> datetime | None:
        """From when a role may take a step that nobody has taken `since`; `None` where it never steps in."""
        stand_in = self.document.stand_in.get(step)
        return _after(stand_in.after, since) if stand_in and role in stand_in.roles else None

    def movers(self, working_here: Collection[str]) -> frozenset[str]:
        """The roles that move cases to this version, when it is the one in force.

        Asked here and never of the version a case is pinned to, which may be the mistake. Where it names nobody who works here, the social
        lead may: else no case could leave a faulty version.
        """
        named = [role for role in self.takers(Step.MOVE_TO_PROCEDURE) if role in SOCIAL_STAFF]
        return frozenset(named) if set(named) & set(working_here) else frozenset({*named, Role.SOCIAL_LEAD.value})

    def clock(self, kind: str, severity: str) -> Span:
        """How long `triage`, `first_contact` or `tell_caretaker` may take."""
        known = DeadlineKind(kind)
        spans = self.document.clocks.get(known)
        return _for(severity, spans) if spans else Span(working_days=_meanwhile(RUNS_MEANWHILE, known, USUAL_WORKING_DAYS))

    def deadline(self, kind: str, *, severity: str, after: datetime, about_a_child: bool = False) -> datetime:
        """When it is to be done, counted from `after`.

        What is acute, or about a child, does not wait for the office to open: there every day is counted, also one that nobody works on.
        """
        span = self.clock(kind, severity)
        if about_a_child or severity == Severity.ACUTE:
            return _round_the_clock(span, after)
        return _after(span, after, closing=self._closing)

    def answer_due(self, target: str, municipality: str, after: datetime) -> datetime:
        """When the recipient is to have acknowledged: as agreed with the municipality, else as is usual for the target.

        Our office hours say nothing about theirs.
        """
        return _after(self.answer(target, municipality), after)

    def answer(self, target: str, municipality: str) -> Span:
        """How long a recipient may take to acknowledge."""
        agreement = self.agreement(municipality)
        agreed = agreement.answers.get(target) if agreement else None
        return agreed or self.document.answers.get(target, self.document.answer_default)

    def silence_steps(self, target: str, municipality: str, sent_at: datetime) -> tuple[datetime, ...]:
        """The moments at which silence is to be recorded: the first when the answer time ran out, then the ladder (S15)."""
        due = self.answer_due(target, municipality, sent_at)
        return tuple(add_working_days(due, step.working_days_after_answer) for step in self.document.silence)

    def follow_up_days(self, severity: str) -> tuple[int, ...]:
        """After how many calendar days somebody looks again."""
        return _for(severity, self.document.follow_up_days)

    def follow_up_due(self, days: int, after: datetime) -> datetime:
        """The end of the working day on which somebody is to look again."""
        return add_days(after, days)

    def agreement(self, municipality: str) -> Agreement | None:
        """What is agreed with a municipality, by whichever of its names, if anything is."""
        return self.document.agreement(municipality)

    def contact(self, target: str, municipality: str) -> Contact | None:
        """Whom to turn to for a target in a municipality."""
        agreement = self.agreement(municipality)
        return agreement.contacts.get(target) if agreement else None

    def wording(self, version: str) -> str | None:
        """The words in which leave was asked under that version."""
        return next((wording.text for wording in self.document.consent_wordings if wording.version == version), None)

    def notice(self, milestone: str) -> str:
        """What the caretaker is told at a milestone."""
        known = Milestone(milestone)
        return self.document.notices.get(known) or _meanwhile(SAID_MEANWHILE, known, "")


def _meanwhile(said: Mapping[C, Since[T]], code: C, otherwise: T) -> T:
    """What holds as long as the procedure does not name a code."""
    return said[code].meanwhile if code in said else otherwise


def _for(severity: str, named: Mapping[str, T]) -> T:
    """What is named for a severity, else for the nearest more serious one; where nothing is more serious, for the most serious one."""
    order = list(Severity)
    known = order.index(Severity(severity))
    return next(named[code] for code in (*reversed(order[: known + 1]), *order[known + 1 :]) if code in named)


def _after(span: Span, moment: datetime, *, closing: ClosingTimes | None = None) -> datetime:
    """So much later; only days that are worked are counted from the day the office takes it up."""
    if span.minutes is not None:
        return add_minutes(moment, span.minutes)
    if span.working_days is not None:
        return add_working_days(moment, span.working_days, closing=closing)
    assert span.days is not None  # noqa: S101  one unit is always given, the document sees to it
    return add_days(moment, span.days)


def _round_the_clock(span: Span, moment: datetime) -> datetime:
    """So much later, where a Saturday is a day like every other."""
    if span.minutes is not None:
        return add_minutes(moment, span.minutes)
    return add_calendar_days(moment, span.days or span.working_days or 0)


def _closing(office_hours: Mapping[str, str]) -> ClosingTimes | None:
    """When the office closes on each weekday; `None` where a procedure says nothing of it, and a day ends at midnight."""
    closing = {number: time.fromisoformat(office_hours[day][-5:]) for number, day in enumerate(Weekday) if day in office_hours}
    return closing or None
