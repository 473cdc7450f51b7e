"""What a caretaker reports: how old it may be, what must be ticked, and which codes there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.intake.observation.rules.leave import ANSWERS, TAKEN, WORDINGS
from services.intake.observation.rules.refusals import (
    ConsentAnswerIsUnknown,
    ConsentScopeIsUnknown,
    ConsentWithoutWording,
    EarlierCaseIsMissing,
    NoSignalIsTicked,
    ObservedInTheFuture,
    ObservedTooLongAgo,
    OnlySocialStaffGoesOn,
    OnlySocialStaffReachesOut,
    ScopeWithoutConsent,
    SeverityIsUnknown,
    SignalIsUnknown,
    SourceIsUnknown,
)
from services.intake.observation.rules.site import HomeIsNotChosen, described, must_be_a_place
from shared.ground.clock import CLOCKS_MAY_DIFFER
from shared.ground.errors import Refusal
from shared.ground.text_input import free_text
from shared.words.vocabulary.beginning import SEEN_BY_STAFF, PlaceKind, Source, Way
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.observation import Severity, Signal
from shared.words.vocabulary.people import SOCIAL_STAFF, Role
from shared.words.vocabulary.referral import OFFICE

OLDEST = timedelta(days=60)
"""What lies further back is told by phone: the signs are no longer what is to be seen today."""

NEEDS_NO_SIGN = frozenset({Source.RESIDENT, Source.ERP, Source.TRANSFER, Source.WELCOME})
"""Where nobody saw a sign of anything: the resident asks, or it is known that somebody may need help."""

BY_SOCIAL_STAFF = (Source.OUTREACH, Source.WELCOME)
"""What somebody begins who reaches out."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the caretaker filled in, as it came.

    Its fields are memory: a report that is sent again is recognised by all of them.
    """

    observation_id: UUID
    home_id: UUID | None
    observed_at: datetime
    signals: tuple[str, ...]
    severity: str
    consent_answer: str
    consent_wording: str
    consent_scope: tuple[str, ...]
    words: str
    place: str = PlaceKind.HOME.value
    area: str = ""
    estate_id: str = ""
    """For a place that is no home."""
    where: str = ""
    """Likewise."""
    source: str = Source.OBSERVATION.value
    how: str = Way.SEEN.value
    earlier_case: UUID | None = None
    """The case it goes on from."""

    @property
    def has_id_of_its_own(self) -> bool:
        """An id that is made of another one (RFC 9562, version 3 or 5) may be that of a case to come, which could not begin then."""
        return self.observation_id.version not in (3, 5)

    @property
    def was_seen(self) -> bool:
        """Whether somebody who works here saw it, and is told what comes of it."""
        return self.source in SEEN_BY_STAFF

    @property
    def as_recognised(self) -> Report | FirstReport:
        """What it is recognised by when it is sent again: one that says nothing new, by what the first releases wrote down of it."""
        says_something_new = self.area or self.estate_id or self.where or self.place != PlaceKind.HOME or self.source != Source.OBSERVATION
        if says_something_new or self.home_id is None:
            return self
        return FirstReport(**{each.name: getattr(self, each.name) for each in fields(FirstReport)})

    def must_be_somewhere(self) -> None:
        """Refuses a place that says nothing."""
        must_be_a_place(self.place, has_home=self.home_id is not None, area=self.area, estate_id=self.estate_id, where=self.where)

    def must_come_from_somebody(self, by: Role) -> None:
        """Refuses a source nobody knows, outreach and welcomes by somebody who does not reach out (the clock welcomes too, S16), and a case
        to go on from without a name, or beside another source.
        """
        if self.source not in set(Source) or self.how not in set(Way):
            raise SourceIsUnknown
        if self.source in BY_SOCIAL_STAFF and by not in (*SOCIAL_STAFF, Role.SYSTEM):
            raise OnlySocialStaffReachesOut
        if (self.source == Source.TRANSFER) != (self.earlier_case is not None):
            raise EarlierCaseIsMissing
        if self.source == Source.TRANSFER and by not in SOCIAL_STAFF:
            raise OnlySocialStaffGoesOn

    def must_be_of_these_days(self, now: datetime) -> None:
        """Refuses what is to be seen tomorrow, and what was seen too long ago."""
        if self.observed_at > now + CLOCKS_MAY_DIFFER:
            raise ObservedInTheFuture
        if self.observed_at < now - OLDEST:
            raise ObservedTooLongAgo

    def ticked(self) -> dict[str, Any]:
        """The codes as the event holds them; refuses what is left open, not on our lists, or contradicts itself."""
        signals = _known(self.signals, among=tuple(Signal), otherwise=SignalIsUnknown)
        if not signals and self.source not in NEEDS_NO_SIGN:
            raise NoSignalIsTicked
        if self.severity not in set(Severity):
            raise SeverityIsUnknown
        scope = self.must_have_asked()
        return {
            "signals": signals,
            "severity": self.severity,
            "consent_answer": self.consent_answer,
            "consent_wording": self.consent_wording,
            "consent_scope": [recipient for recipient in scope if recipient != OFFICE],
        }

    def must_have_asked(self) -> list[str]:
        """Who may be told besides the office: a yes that names nobody is one to the office. Refuses what contradicts itself."""
        scope = _known(self.consent_scope, among=TAKEN, otherwise=ConsentScopeIsUnknown)
        if self.consent_answer not in ANSWERS:
            raise ConsentAnswerIsUnknown
        if self.consent_wording and self.consent_wording not in WORDINGS:
            raise ConsentWithoutWording
        if self.consent_answer == Answer.GRANTED:
            if not self.consent_wording:
                raise ConsentWithoutWording
        elif scope:
            raise ScopeWithoutConsent
        return scope


@dataclass(frozen=True, kw_only=True)
class FirstReport:
    """What a report was in the first releases, in the order in which it is remembered: an answer may have been lost before an upgrade."""

    observation_id: UUID
    home_id: UUID
    observed_at: datetime
    signals: tuple[str, ...]
    severity: str
    consent_answer: str
    consent_wording: str
    consent_scope: tuple[str, ...]
    words: str


def unanswered(*, has_place: bool, signals: Sequence[str] | bool, severity: str, consent_answer: str, source: str) -> list[Refusal]:
    """Everything a form leaves open, so that somebody with cold fingers hears it all at once."""
    questions: tuple[tuple[object, type[Refusal]], ...] = (
        (has_place, HomeIsNotChosen),
        (signals or source in NEEDS_NO_SIGN, NoSignalIsTicked),
        (severity, SeverityIsUnknown),
        (consent_answer, ConsentAnswerIsUnknown),
    )
    return [refusal() for answer, refusal in questions if not answer]


def refused_apart(report: Report, now: datetime) -> list[Refusal]:
    """Everything that is wrong with a report and can be told without the rest of it, so that nobody hears it in five rounds."""
    checks: list[Callable[[], object]] = [
        lambda: free_text(report.words, field="words"),
        lambda: described(report.where),
        lambda: report.must_be_of_these_days(now),
    ]
    if report.consent_answer:
        checks.append(report.must_have_asked)
    if report.place != PlaceKind.HOME:
        checks.append(report.must_be_somewhere)
    return list({type(refusal): refusal for check in checks if (refusal := _refused(check)) is not None}.values())


def _refused(check: Callable[[], object]) -> Refusal | None:
    try:
        check()
    except Refusal as refusal:
        return refusal
    return None


def _known(codes: Iterable[str], *, among: Sequence[str], otherwise: type[Refusal]) -> list[str]:
    """The codes once each, in the order of our list, so that the same ticks always make the same fact."""
    ticked = set(codes)
    if not ticked <= set(among):
        raise otherwise
    return [str(code) for code in among if code in ticked]
