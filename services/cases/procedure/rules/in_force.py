"""What a case asks its procedure: who may, until when, and what follows silence."""

from __future__ import annotations

from datetime import datetime

from services.cases.procedure.rules.document import Agreement, Contact, ProcedureDocument, Span
from shared.ground.working_days import add_days, add_minutes, add_working_days
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.referral import Target


class ProcedureInForce:
    """One version of a procedure, as the rules of a case read it. Never changes; may be shared."""

    def __init__(self, document: ProcedureDocument) -> None:
        self.document = document

    @property
    def version(self) -> str:
        """The name of the version, as it stands on every event."""
        return self.document.version

    def may(self, role: str, step: str) -> bool:
        """Whether a role may take a step. A step that nobody knows is nobody's (`ValueError`: it is a bug, not a no)."""
        return any(taker == role for taker in self.document.steps[Step(step)])

    def deadline(self, kind: str, *, severity: str, after: datetime) -> datetime:
        """When `triage`, `first_contact` or `tell_caretaker` is to be done, counted from `after`."""
        span: Span = getattr(getattr(self.document.clocks, kind), severity)
        return _after(span, after)

    def answer_due(self, target: str, municipality: str, after: datetime) -> datetime:
        """When the recipient is to have acknowledged: as agreed with the municipality, else as is usual for the target."""
        return _after(self._agreed_answer(target, municipality), after)

    def silence_steps(self, target: str, municipality: str, sent_at: datetime) -> tuple[datetime, ...]:
        """The moments at which silence is to be recorded: the first when the answer time ran out, then the ladder (S15)."""
        due = self.answer_due(target, municipality, sent_at)
        return tuple(add_working_days(due, step.working_days_after_answer) for step in self.document.silence)

    def follow_up_days(self, severity: str) -> tuple[int, ...]:
        """After how many calendar days somebody looks again."""
        days: tuple[int, ...] = getattr(self.document.follow_up_days, severity)
        return days

    def follow_up_due(self, days: int, after: datetime) -> datetime:
        """The end of the working day on which somebody is to look again."""
        return add_days(after, days)

    def agreement(self, municipality: str) -> Agreement | None:
        """What is agreed with a municipality, if anything is."""
        return self.document.municipalities.get(municipality)

    def contact(self, target: str, municipality: str) -> Contact | None:
        """Whom to turn to for a target in a municipality."""
        agreement = self.agreement(municipality)
        return agreement.contacts.get(Target(target)) if agreement else None

    def wording(self, version: str) -> str | None:
        """The words in which leave was asked under that version."""
        return next((wording.text for wording in self.document.consent_wordings if wording.version == version), None)

    def _agreed_answer(self, target: str, municipality: str) -> Span:
        wanted = Target(target)
        agreement = self.agreement(municipality)
        if agreement and wanted in agreement.answers:
            return agreement.answers[wanted]
        return self.document.answers.get(wanted, self.document.answer_default)


def _after(span: Span, moment: datetime) -> datetime:
    if span.minutes is not None:
        return add_minutes(moment, span.minutes)
    if span.working_days is not None:
        return add_working_days(moment, span.working_days)
    assert span.days is not None  # noqa: S101  one unit is always given, the document sees to it
    return add_days(moment, span.days)
