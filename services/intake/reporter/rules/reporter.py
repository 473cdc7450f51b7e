"""Somebody outside who told of a concern: a matter of their own, that nothing in the case leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from services.intake.reporter.rules.refusals import (
    AnonymousComplaint,
    AnonymousHasNoName,
    CallerIsNotChosen,
    ComplaintIsNoConcern,
    FlagHasNoReason,
    FlagStandsAlready,
    NameIsTooLong,
    NobodyIsLeftToThank,
    NobodyWouldBeRecognised,
    PhoneIsNoNumber,
)
from shared.ground.text_input import free_text
from shared.ground.working_days import add_working_days
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.beginning import REPORTED, Source

THANKED_WITHIN = 2
"""Working days (S17)."""

MOST_OF_A_NAME = 120
STANDARD_REFUSAL = "refusal-1"
"""The version of the words with which a question about the resident is answered. Other words are a new version."""

_DANISH = re.compile(r"\d{8}")
_FOREIGN = re.compile(r"(?:\+|00)\d{7,15}")
MOST_FLAGS = 10
"""So many reasons stand beside each other; more tell nothing more."""
_FROM_ABROAD = re.compile(r"^(?:\+|00)45(?=\d{8}$)")
_BETWEEN = re.compile(r"[\s().-]")


def to_the_hour(at: datetime) -> datetime:
    """When a call is said to have come: the moment itself would lead to what was told in it."""
    return at.replace(minute=0, second=0, microsecond=0)


def dialled(text: str) -> str:
    """What is dialled of a number as people write one; a Danish number is the same with the country's in front."""
    return _FROM_ABROAD.sub("", _BETWEEN.sub("", text))


def phone_number(text: str) -> str:
    """A number as it can be dialled, or nothing. Ten digits are refused: they may be a CPR number."""
    plain = dialled(text)
    if plain and not (_DANISH.fullmatch(plain) or _FOREIGN.fullmatch(plain)):
        raise PhoneIsNoNumber
    return plain


def name_of(text: str) -> str:
    """A name as it can be read aloud: one line, and no CPR number in it."""
    plain = " ".join(free_text(text, field="name").split())
    if len(plain) > MOST_OF_A_NAME:
        raise NameIsTooLong
    return plain


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Who called, as far as they said."""

    source: str
    name: str = ""
    phone: str = ""
    is_complaint: bool = False
    is_thanked: bool = False
    """Whether whoever took the call has said thanks already."""

    def as_kept(self) -> Caller:
        """The same as it may be kept; refuses what contradicts itself, and complaints, which are no concern."""
        if self.source not in REPORTED:
            raise CallerIsNotChosen
        name, phone = name_of(self.name), phone_number(self.phone)
        is_anonymous = self.source == Source.ANONYMOUS
        if self.is_complaint:
            raise AnonymousComplaint if is_anonymous or not name else ComplaintIsNoConcern
        if is_anonymous and (name or phone):
            raise AnonymousHasNoName
        return Caller(source=self.source, name=name, phone=phone, is_thanked=self.is_thanked)

    @property
    def can_be_thanked(self) -> bool:
        """Whether there is anybody to call back."""
        return bool(self.name or self.phone)


class Reporter(Aggregate):
    """Whoever told of a concern. The case knows only what kind of person that was.

    Neither leads to the other: no id of the one stands in the other, nor can it be computed, and they share no moment (decision 0030).
    """

    TOPIC = "reporter"

    class ConcernReceived(Event, AggregateCreated):
        TOPIC = "reporter.concern_received"
        class_version = 2

        taken_by: str
        source: str
        name: Personal | Sealed | None
        phone: Personal | Sealed | None
        thanks_due: datetime | None
        """Until when they are to be thanked; `None` where that was done, or there is nobody to call."""

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Version 1 named the observation."""
            del state["observation_id"]

        def apply(self, reporter: Reporter) -> None:
            reporter.source, reporter.taken_by, reporter.thanks_due = self.source, self.taken_by, self.thanks_due
            reporter.has_a_way_back = self.name is not None or self.phone is not None

    class ReporterThanked(Event):
        """They were thanked, and told nothing about the resident."""

        TOPIC = "reporter.thanked"

        on_time: bool

        def apply(self, reporter: Reporter) -> None:
            reporter.thanks_due, reporter.is_thanked = None, True

    class ThanksMissed(Event):
        """Nobody thanked them in time; recorded once."""

        TOPIC = "reporter.thanks_missed"
        class_version = 2

        due: datetime
        taken_by: str
        """Who took the call; empty in version 1."""

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Version 1 did not say who was to do it."""
            state["taken_by"] = ""

        def apply(self, reporter: Reporter) -> None:
            reporter.is_late = True

    class OutcomeAskedFor(Event):
        """They asked what came of it, and got the standard answer: nothing is said about a resident."""

        TOPIC = "reporter.outcome_asked_for"

        answered_with: str
        """The version of the words."""

        def apply(self, reporter: Reporter) -> None:
            reporter.times_asked += 1

    class Flagged(Event):
        """A lead says that what they tell is to be looked at with care: several calls seem meant to harm somebody (S17). Theirs alone, and
        never in the file of whoever they told of."""

        TOPIC = "reporter.flagged"

        reason: Personal | Sealed

        def apply(self, reporter: Reporter) -> None:
            reporter.is_flagged = True
            reporter.flags += 1

    class FlagTakenBack(Event):
        """It was not so."""

        TOPIC = "reporter.flag_taken_back"

        def apply(self, reporter: Reporter) -> None:
            reporter.is_flagged = False
            reporter.flags = 0

    def __init__(self) -> None:
        self.source = ""
        self.taken_by = ""
        self.thanks_due: datetime | None = None
        self.has_a_way_back = False
        self.is_thanked = False
        self.is_late = False
        self.is_flagged = False
        self.flags = 0
        self.times_asked = 0

    @classmethod
    def receive(cls, id: UUID, caller: Caller, *, taken_by: str, now: datetime) -> Self:
        """Somebody called about somebody else. `id` is made with the call, and of nothing else."""
        known = caller.as_kept()
        is_to_be_thanked = known.can_be_thanked and not known.is_thanked
        reporter = cls.begin(
            cls.ConcernReceived,
            id=id,
            taken_by=taken_by,
            source=known.source,
            name=Personal(id, known.name) if known.name else None,
            phone=Personal(id, known.phone) if known.phone else None,
            thanks_due=add_working_days(now, THANKED_WITHIN) if is_to_be_thanked else None,
        )
        if known.is_thanked:
            reporter.trigger_event(cls.ReporterThanked, on_time=True)
        return reporter

    def thank(self, *, at: datetime) -> None:
        """They were thanked; twice is no news."""
        if self.is_thanked:
            return
        if not self.has_a_way_back:
            raise NobodyIsLeftToThank
        self.trigger_event(self.ReporterThanked, on_time=self.thanks_due is None or at <= self.thanks_due)

    def ask_for_outcome(self) -> None:
        """They ask what came of it. Whoever they are, the answer is the same."""
        self.trigger_event(self.OutcomeAskedFor, answered_with=STANDARD_REFUSAL)

    def flag(self, reason: str) -> None:
        """What they tell is to be looked at with care. Who says so again has a reason of their own, and both stand."""
        text = " ".join(free_text(reason, field="reason").split())  # each is told on a line of its own
        if not text:
            raise FlagHasNoReason
        if not self.has_a_way_back:
            raise NobodyWouldBeRecognised
        if self.flags >= MOST_FLAGS:
            raise FlagStandsAlready
        self.trigger_event(self.Flagged, reason=Personal(self.id, text))

    def take_flag_back(self) -> None:
        """It was not so."""
        if self.is_flagged:
            self.trigger_event(self.FlagTakenBack)

    def note_time(self, at: datetime) -> None:
        """Record that nobody thanked them in time, once."""
        if self.thanks_due is not None and at > self.thanks_due and not self.is_late:
            self.trigger_event(self.ThanksMissed, due=self.thanks_due, taken_by=self.taken_by)
