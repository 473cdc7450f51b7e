"""What is odd about a procedure that can be read: it may be meant so, but is more often a slip, and a second person looks at it.

Whether a text can be read at all is asked before (`reading.py`). What stands here needs to know what the association is like.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from services.cases.procedure.rules.document import Agreement, ProcedureDocument, Span
from shared.words.municipality import municipality_code
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import SOCIAL_STAFF, Role
from shared.words.vocabulary.procedure import Oddity
from shared.words.vocabulary.waiting import DeadlineKind

WORKING_DAY_MINUTES = 8 * 60
WEEK, WORKING_WEEK = 7, 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Odd:
    """One thing that is odd: what, where in the file, and the value that stands there, where there is one."""

    what: str
    place: str
    value: str = ""

    def as_fact(self) -> dict[str, str]:
        """How it stands in an event: plain values, for history outlives our classes."""
        return {name: str(value) for name, value in asdict(self).items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What an association is like, as far as its procedure is held against it."""

    roles: Collection[str]
    """Those that somebody has who works here."""
    municipalities: Collection[str]
    """Those with an estate."""
    earlier: Sequence[ProcedureDocument]
    """What was adopted and not withdrawn, the oldest first."""
    today: date


LONG_PAST = timedelta(days=7)
"""A version is often sent some days after it was agreed on; a day that lies farther back is more often mistyped."""

CARETAKERS_ALONE = frozenset({Step.ACCOMPANY, Step.KEEP_AN_EYE, Step.LET_IN})
"""What an association may mean to leave to its caretakers alone; all else is social work, also where a caretaker may do it too."""

LONGEST: Mapping[DeadlineKind, Mapping[Severity, int]] = {
    DeadlineKind.TRIAGE: {Severity.ACUTE: 0, Severity.HIGH: 2, Severity.MEDIUM: 10, Severity.LOW: 10},
    DeadlineKind.FIRST_CONTACT: {Severity.ACUTE: 1, Severity.HIGH: 5, Severity.MEDIUM: 15, Severity.LOW: 30},
    DeadlineKind.TELL_CARETAKER: {Severity.ACUTE: 5, Severity.HIGH: 10, Severity.MEDIUM: 10, Severity.LOW: 10},
    DeadlineKind.CARE_FOR_STAFF: dict.fromkeys(Severity, 5),
    DeadlineKind.APOLOGISE: dict.fromkeys(Severity, 5),
    DeadlineKind.ASK_TO_CONTINUE: dict.fromkeys(Severity, 10),
    DeadlineKind.TELL_RECIPIENTS: dict.fromkeys(Severity, 5),
}
"""So many working days a clock may run without anybody asking. Acute is danger to life: it is judged the same day. What is
serious harms within days (domain.md §1.6), so a week is too late to be reached. A caretaker who hears nothing for two weeks stops
telling us. Who grieves is not asked a week later; who moved is somebody else's by then (§1.8)."""

LONGEST_ANSWER = 60
"""A municipality takes up to six months over a decision (domain.md §1.8 D15), but says long before that it has it."""

LONGEST_LADDER = 60
"""So many working days after an answer was due nobody reads a silence as one any more."""

FIRST_LOOK: Mapping[Severity, int] = {Severity.ACUTE: 14, Severity.HIGH: 30, Severity.MEDIUM: 60, Severity.LOW: 120}
"""After so many days at the latest somebody looks again for the first time; three, fourteen and thirty are usual (domain.md §1.8)."""


SECOND_LOOK = 31
"""What was acute is looked at again within a month: the first look shows that somebody came, the next that it held."""

JUDGED_AT_ONCE = frozenset({DeadlineKind.TRIAGE, DeadlineKind.FIRST_CONTACT})
"""The clocks that, for what is acute, run in minutes: danger to life does not last until the end of a day."""

SHORTEST_LADDER = 2
"""In fewer working days nobody has had the time to answer what the first step of the ladder asked."""

SHORTEST_OFFICE_DAY = 3 * 60
"""Fewer minutes than that are more often 08:00-09:00 for 08:00-19:00."""

LONGEST_AGREEMENT = timedelta(days=20 * 365 + 5)
"""Twenty years: no municipality agrees for longer, but a century is easily mistyped."""


def oddities(document: ProcedureDocument, around: Surroundings) -> tuple[Odd, ...]:
    """Everything that is odd about a procedure here, in the order of the file."""
    return (
        *_day(document, around),
        *_steps(document, around.roles),
        *_office_hours(document, around),
        *_clocks(document),
        *_looks(document),
        *_answers(document),
        *_municipalities(document, around),
        *_wordings(document, around),
    )


def _day(document: ProcedureDocument, around: Surroundings) -> Iterator[Odd]:
    """The first version of an association may well say what held all along; a later one holds at once, and is withdrawn no more."""
    if around.earlier and document.effective_on < around.today - LONG_PAST:
        yield Odd(what=Oddity.HOLDS_ALREADY, place="effective_on", value=document.effective_on.isoformat())


def _steps(document: ProcedureDocument, roles: Collection[str]) -> Iterator[Odd]:
    """The system takes no step that somebody could wait for: it is nobody. Where no people are entered yet, nothing is known of them."""
    for step, takers in document.steps.items():
        here = [taker for taker in takers if taker != Role.SYSTEM and (taker in roles or not roles)]
        if roles and not here:
            yield Odd(what=Oddity.NOBODY_MAY, place=f"steps.{step}", value=", ".join(takers))
        elif step not in CARETAKERS_ALONE and not SOCIAL_STAFF.intersection(here):
            yield Odd(what=Oddity.NO_SOCIAL_STAFF, place=f"steps.{step}", value=", ".join(takers))


def _office_hours(document: ProcedureDocument, around: Surroundings) -> Iterator[Odd]:
    """Those who never wrote them down did not forget them."""
    if not document.office_hours and around.earlier and around.earlier[-1].office_hours:
        yield Odd(what=Oddity.OFFICE_HOURS_DROPPED, place="office_hours")
    for day, hours in document.office_hours.items():
        if _minutes(hours[-5:]) - _minutes(hours[:5]) < SHORTEST_OFFICE_DAY:
            yield Odd(what=Oddity.OFFICE_DAY_IS_SHORT, place=f"office_hours.{day}", value=hours)


def _minutes(clock: str) -> int:
    """How far the day has come at an hour such as 08:30."""
    return int(clock[:2]) * 60 + int(clock[-2:])


def _clocks(document: ProcedureDocument) -> Iterator[Odd]:
    for kind, longest in LONGEST.items():
        spans = document.clocks.get(kind, {})
        for severity, days in longest.items():
            if severity in spans:
                yield from _too_long(spans[severity], days, f"clocks.{kind}.{severity}")
        acute = spans.get(Severity.ACUTE)
        if kind in JUDGED_AT_ONCE and acute and acute.minutes is None and _working_days(acute) <= longest[Severity.ACUTE]:
            yield Odd(what=Oddity.ACUTE_IN_DAYS, place=f"clocks.{kind}.{Severity.ACUTE}", value=acute.in_danish)


def _looks(document: ProcedureDocument) -> Iterator[Odd]:
    for severity, days in FIRST_LOOK.items():
        first, *later = document.follow_up_days.get(severity, (0,))
        if first > days:
            yield Odd(what=Oddity.TAKES_LONG, place=f"follow_up_days.{severity}", value=Span(days=first).in_danish)
        elif severity == Severity.ACUTE and later and later[0] > SECOND_LOOK:
            yield Odd(what=Oddity.TAKES_LONG, place=f"follow_up_days.{severity}", value=Span(days=later[0]).in_danish)


def _answers(document: ProcedureDocument) -> Iterator[Odd]:
    yield from _too_long(document.answer_default, LONGEST_ANSWER, "answer_default")
    for target, span in document.answers.items():
        yield from _too_long(span, LONGEST_ANSWER, f"answers.{target}")
    for step in document.silence:
        yield from _too_long(Span(working_days=step.working_days_after_answer), LONGEST_LADDER, f"silence.{step.code}")
    whole = document.silence[-1].working_days_after_answer
    if whole < SHORTEST_LADDER:
        yield Odd(what=Oddity.LADDER_IS_SHORT, place="silence", value=Span(working_days=whole).in_danish)
    for municipality, agreement in document.municipalities.items():
        for target, span in agreement.answers.items():
            yield from _too_long(span, LONGEST_ANSWER, f"municipalities.{municipality}.answers.{target}")


def _municipalities(document: ProcedureDocument, around: Surroundings) -> Iterator[Odd]:
    missing = sorted({municipality_code(each) for each in around.municipalities if document.agreement(each) is None})
    for municipality in missing:
        yield Odd(what=Oddity.MUNICIPALITY_MISSING, place=f"municipalities.{municipality}")
    here = {municipality_code(each) for each in around.municipalities}
    before = around.earlier[-1].municipalities if around.earlier else {}
    for municipality in before:
        if municipality not in document.municipalities and municipality not in missing:
            yield Odd(what=Oddity.MUNICIPALITY_DROPPED, place=f"municipalities.{municipality}")
    for municipality, agreement in document.municipalities.items():
        if before and municipality not in before and not {municipality_code(municipality), municipality_code(agreement.name)} & here:
            yield Odd(what=Oddity.MUNICIPALITY_UNKNOWN, place=f"municipalities.{municipality}", value=agreement.name)
        yield from _agreement(agreement, document.effective_on, f"municipalities.{municipality}")


def _agreement(agreement: Agreement, begins: date, place: str) -> Iterator[Odd]:
    """An agreement that ends while the version holds is none of this: it still counts, and the page says so."""
    if not agreement.contacts:
        yield Odd(what=Oddity.NO_CONTACTS, place=f"{place}.contacts")
    until = agreement.agreed_until
    if until is not None and until < begins:
        yield Odd(what=Oddity.AGREEMENT_IS_OVER, place=f"{place}.agreed_until", value=until.isoformat())
    if until is not None and until - begins > LONGEST_AGREEMENT:
        yield Odd(what=Oddity.AGREEMENT_LASTS_LONG, place=f"{place}.agreed_until", value=until.isoformat())


def _wordings(document: ProcedureDocument, around: Surroundings) -> Iterator[Odd]:
    """What was asked under a version stands there for ever; but to leave a wording out may be a slip."""
    named = {wording.version for wording in document.consent_wordings}
    for wording in around.earlier[-1].consent_wordings if around.earlier else ():
        if wording.version not in named:
            yield Odd(what=Oddity.WORDING_DROPPED, place=f"consent_wordings.{wording.version}", value=wording.title)


def _too_long(span: Span, longest: int, place: str) -> Iterator[Odd]:
    if _working_days(span) > longest:
        yield Odd(what=Oddity.TAKES_LONG, place=place, value=span.in_danish)


def _working_days(span: Span) -> float:
    """A span in working days, as good as it can be compared: what is done within a working day's hours is done the same day."""
    if span.minutes is not None:
        return max(span.minutes / WORKING_DAY_MINUTES - 1, 0)
    if span.days is not None:
        return span.days * WORKING_WEEK / WEEK
    return span.working_days or 0


def reworded(document: ProcedureDocument, earlier: Sequence[ProcedureDocument]) -> bool:
    """Whether a wording says something else than it said before under the same version."""
    said: dict[str, str] = {}
    for before in earlier:
        for wording in before.consent_wordings:
            said.setdefault(wording.version, _plain(wording.text))
    return any(said.get(new.version, _plain(new.text)) != _plain(new.text) for new in document.consent_wordings)


def _plain(text: str) -> str:
    """The words, however the lines are broken in the file."""
    return " ".join(text.split())
