"""How things are said to one reader: in which language, with which names, and with or without the words about the resident."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from services.cases.case.pages.people import People
from services.cases.case.pages.words import PROTECTED, Words
from services.cases.case.rules.days import SealedDay
from services.cases.procedure.rules.in_force import ProcedureInForce
from shared.ground.spoken import short_day, short_moment
from shared.privacy.personal import Personal, Sealed
from shared.words.language import marked
from shared.words.vocabulary.beginning import Source
from shared.words.vocabulary.consent import AT_THE_DOOR

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """Says things to one reader."""

    words: Words
    name_of: Callable[[str], str]
    """What a member of the staff is called."""
    opened: Callable[[Sealed], str | None] | None
    """The words of a sealed value, `None` when they are erased; no function where they are not shown."""
    procedures: Mapping[str, ProcedureInForce]
    redacted: Mapping[UUID, str] = field(default_factory=dict)
    """Which texts were taken out one by one, by their keys, and why."""
    shows_address: bool = True
    """Whether the reader sees where it is (rules/protection.py)."""
    people: People = field(default_factory=People)
    """Who the case is about, as far as the reader may know."""
    in_full: bool = False
    """With everything about who, why and under what, for those who check."""
    broken: Mapping[int, str] = field(default_factory=dict)
    """Which events are not what was written, by their numbers, and what is wrong with each."""
    recipients: Mapping[UUID, str] = field(default_factory=dict)
    """To whom each referral of the history that is told was sent."""
    sent_under: Mapping[UUID, str] = field(default_factory=dict)
    """Under which version of the procedure; the ladder of its silence is the one it was sent with."""

    def say(self, sentence: str, **values: object) -> str:
        """A sentence that is `marked`."""
        return self.words.say(sentence, **values)

    def whoever_saw(self, code: str) -> str:
        """A role here, or where it came from (`en nabo`); a colleague who works here no more has neither."""
        return self.called(code, "sources" if code in set(Source) else "roles").lower() or self.say(marked("en kollega"))

    def called(self, code: str, group: str) -> str:
        return self.words.of(code, group)

    def person(self, id: UUID | None) -> str:
        """What somebody of the case is called."""
        return self.people.person(id, self.words)

    def moment(self, at: datetime) -> str:
        return short_moment(at, language=self.words.language)

    def day(self, day: date) -> str:
        return short_day(day, language=self.words.language)

    def told_day(self, told: SealedDay) -> str:
        """A day that is sealed, as a day; or what stands for it where it is not shown, or opens no more."""
        text = told if isinstance(told, str) else self.open(told)
        try:
            return self.day(date.fromisoformat(text))
        except ValueError:
            return text

    def by(self, due: datetime) -> str:
        """Until when; a deadline that ends with the day is said as a day."""
        return self.words.by(due)

    def open(self, value: Personal | Sealed | None) -> str:
        """The text; a stand-in where it was taken out, where the key was destroyed, or where words are not shown."""
        if not isinstance(value, Sealed):
            return ""
        if self.opened is None:
            return self.say(marked("(indholdet er skjult)"))
        text = self.opened(value)
        if text is None and (why := self.redacted.get(value.subject)):
            return self.say(marked("(fjernet af DPO: %(reason)s)"), reason=self.called(why, "redaction_reasons").lower())
        return self.say(marked("(slettet)")) if text is None else text

    def place(self, address: Sealed | None, estate: str) -> str:
        """Where it is, as the heading of the page: the address, or only the estate where that is not shown."""
        return self.open(address) if self.opened else self.say(marked("Sag i %(estate)s"), estate=estate)

    def where(self, address: Personal | Sealed | None) -> str:
        """An address in what happened; a protected one stays hidden there too, also of the days before it was protected."""
        return self.open(address) if self.shows_address else self.say(PROTECTED)

    def wording(self, version: str) -> str:
        """What the words that were asked with are called; those that stand in no procedure are said too."""
        if version == AT_THE_DOOR.version:
            is_danish = self.words.language == "da"
            return f"{AT_THE_DOOR.title}: »{AT_THE_DOOR.text}«" if is_danish else f"{AT_THE_DOOR.english_title}: »{AT_THE_DOOR.english}«"
        wordings = (wording for procedure in self.procedures.values() for wording in procedure.document.consent_wordings)
        return next((wording.title for wording in wordings if wording.version == version), version)

    def ladder(self, version: str, step: int) -> str:
        """What a procedure says is to be done at a step of its ladder of silence."""
        procedure = self.procedures.get(version)
        ladder = procedure.document.silence if procedure else ()
        return ladder[step - 1].do if step <= len(ladder) else ""
