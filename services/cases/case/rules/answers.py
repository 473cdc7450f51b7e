"""The answers of a case as they stand, and whether one covers telling somebody something at an instant (domain.md §2.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from services.cases.case.rules.checks import known
from shared.ground.clock import CLOCKS_MAY_DIFFER
from shared.ground.errors import Refusal
from shared.privacy.personal import Personal
from shared.words.vocabulary.consent import Answer, Basis
from shared.words.vocabulary.persons import EVERYTHING, ConsentPurpose
from shared.words.vocabulary.referral import OFFICE, OTHERS, Target


class NoConsentCoversThis(Refusal):
    """Beboeren har ikke givet samtykke, der dækker denne modtager."""

    field = "basis"
    next_step = "Spørg beboeren om lov, eller vælg et andet grundlag og begrund det."


class ConsentWasDeclined(Refusal):
    """Beboeren har sagt nej til, at oplysninger gives videre til denne modtager."""

    field = "basis"
    next_step = "Respektér et nej: efterlad en pjece, aftal et nyt forsøg, eller drøft sagen anonymt med kommunen."


class PurposeWasDeclined(Refusal):
    """Beboeren har sagt nej til, at denne modtager får oplysninger til det formål."""

    field = "purpose"
    next_step = "Respektér et nej. Giv kun noget videre til et formål, beboeren har sagt ja til."


class ConsentIsForAnotherPurpose(Refusal):
    """Beboeren har sagt ja til denne modtager, men til et andet formål."""

    field = "purpose"
    next_step = "Vælg det formål, beboeren har sagt ja til, eller spørg beboeren om lov til det her."


class ConsentWasWithdrawn(Refusal):
    """Beboeren har trukket samtykket til denne modtager tilbage."""

    field = "basis"
    next_step = "Del ikke mere. Spørg beboeren igen, eller vælg et andet grundlag og begrund det."


class ConsentHasExpired(Refusal):
    """Samtykket til denne modtager er udløbet."""

    field = "basis"
    next_step = "Spørg beboeren igen."


class ReasonIsMissing(Refusal):
    """Når oplysninger deles uden samtykke, skal grunden skrives ned."""

    field = "basis_reason"
    next_step = "Skriv kort, hvad der gør det nødvendigt."


class ConsentCameLater(Refusal):
    """Beboeren sagde først ja efter det tidspunkt."""

    field = "happened_at"
    next_step = "Se efter dato og klokkeslæt. Blev noget delt, før der var et ja, så vælg det grundlag, det blev delt på."


class NothingMayBeTold(Refusal):
    """Det skal fremgå, hvad der må fortælles."""

    field = "information"
    next_step = "Vælg mindst én slags oplysninger."


class ConsentCoversLess(Refusal):
    """Samtykket gælder ikke alle de oplysninger, du vil give videre."""

    field = "information"
    next_step = "Fortæl kun det, der er sagt ja til, eller spørg igen."


NO_HELP = frozenset({OTHERS, Target.SSP, Target.EMERGENCY, Target.EMERGENCY_TEAM, Target.MEDIATION})
"""Whom somebody can say no to and still want to be helped."""
_EVER = datetime.min.replace(tzinfo=UTC)


class Asked(NamedTuple):
    """Who was asked about telling whom, and what for; one's no is not another's."""

    person: UUID | None
    """A person of the case; `None` for the resident, and for whoever answered before anybody had a name."""
    recipient: str
    purpose: str = ConsentPurpose.HELP.value

    @property
    def is_about_help(self) -> bool:
        """Whether whoever says no to this says no to being helped."""
        return self.purpose == ConsentPurpose.HELP and self.recipient not in NO_HELP


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    answer: str
    wording: str = ""
    asked_at: datetime | None = None
    valid_until: datetime | None = None
    information: frozenset[str] = frozenset(EVERYTHING)
    """What kinds a yes is about."""

    def covers(self, at: datetime) -> bool:
        """Whether it is a yes that lasts beyond this instant."""
        return self.answer == Answer.GRANTED and (self.valid_until is None or at < self.valid_until)


_THE_OFFICE = Asked(None, OFFICE.value)


class Consents:
    """All answers of one case."""

    def __init__(self) -> None:
        self.answers: dict[Asked, Said] = {}
        """The last to each question."""
        self._before: dict[Asked, list[Said]] = {}
        """Those before it, the oldest first."""
        self._at_first: Said | None = None
        """A yes of which no event says to whom."""

    def begin_with(self, answer: str, *, at: datetime) -> None:
        """What a concern says was answered: a yes is one to the office, unless it named somebody, as the next events say.

        Before decision 0048 a yes that named nobody had no event of its own.
        """
        if answer == Answer.GRANTED:
            self.answers[_THE_OFFICE] = self._at_first = Said(Answer.GRANTED, asked_at=at, information=frozenset())

    def note(self, asked: Asked, answer: Said) -> None:
        first = self._at_first
        if first and (answer.answer, answer.asked_at) == (first.answer, first.asked_at) and self.answers.get(_THE_OFFICE) is first:
            self.forget(_THE_OFFICE)
        if asked in self.answers:
            self._before.setdefault(asked, []).append(self.answers[asked])
        self.answers[asked] = answer

    def withdraw(self, person: UUID | None, recipient: str, *, at: datetime) -> None:
        """Every yes of somebody about one recipient ends, whatever it was for."""
        theirs = [asked for asked in self.answers if asked[:2] == (person, recipient) and self.is_standing(asked)]
        for asked in theirs or [Asked(person, recipient)]:
            self.note(asked, Said(Answer.WITHDRAWN, asked_at=at))

    def pass_on(self, before: UUID | None, after: UUID | None) -> None:
        """What was somebody's answer is another's; of two to one question the later one counts."""
        theirs = [asked for asked in self.answers if asked.person == before]
        for asked in theirs:
            now = asked._replace(person=after)
            all_of_it = [*self._all(asked), *self._all(now)]
            self.forget(asked)
            *self._before[now], self.answers[now] = sorted(all_of_it, key=lambda said: said.asked_at or _EVER)

    def forget(self, asked: Asked) -> None:
        """It was never answered."""
        del self.answers[asked]
        self._before.pop(asked, None)

    def forget_all_of(self, person: UUID) -> None:
        """Nothing of theirs is known any more."""
        for asked in [asked for asked in self.answers if asked.person == person]:
            self.forget(asked)

    def are_there_of(self, person: UUID | None) -> bool:
        """Whether somebody answered anything."""
        return any(asked.person == person for asked in self.answers)

    def last_answer(self, asked: Iterable[Asked], *, otherwise: datetime) -> datetime:
        """When one of these was answered last: what counts is the last answer, so none is written in before it."""
        said = (self.answers.get(each) for each in asked)
        return max([otherwise, *(each.asked_at for each in said if each and each.asked_at)])

    def must_allow(self, asked: Asked, *, basis: str, reason: Personal | None, at: datetime, information: Set[str]) -> None:
        """Refuses telling these kinds of information, unless the answer that stood then covers them or a named basis is reasoned."""
        known(basis, Basis, field="basis")
        if basis == Basis.CONSENT:
            self._must_cover(asked, at=at, information=information)
        elif reason is None:
            raise ReasonIsMissing

    def cover(self, asked: Asked, *, at: datetime) -> bool:
        """Whether the last answer is a yes that holds at this instant."""
        said = self.answers.get(asked)
        return said is not None and said.covers(at)

    def is_granted(self, asked: Asked, yes: Said) -> bool:
        """Whether the last answer is this very yes, whenever it was given."""
        said = self.answers.get(asked)
        of = (yes.answer, yes.wording, yes.valid_until, yes.information)
        return said is not None and (said.answer, said.wording, said.valid_until, said.information) == of

    def has_a_no(self, of: Collection[UUID | None]) -> bool:
        """Whether these said no to being helped: to somebody who would, later than they said yes to the office, and to nobody outside yes.

        A no to telling others is none: the office may still help. Nor is one to the police, to mediation, or for another purpose.
        """
        theirs = [(asked.recipient, said) for asked, said in self.answers.items() if asked.person in of and asked.is_about_help]
        yes = [(recipient, said.asked_at or _EVER) for recipient, said in theirs if said.answer == Answer.GRANTED]
        no = [said.asked_at or _EVER for _, said in theirs if said.answer in (Answer.DECLINED, Answer.WITHDRAWN)]
        return bool(no) and all(recipient == OFFICE and at <= max(no) for recipient, at in yes)

    def is_standing(self, asked: Asked) -> bool:
        """Whether there is a yes that can be taken back; an expired one still can."""
        return self._answer(asked) == Answer.GRANTED

    def is_withdrawn(self, asked: Asked) -> bool:
        return self._answer(asked) == Answer.WITHDRAWN

    def is_answered(self, asked: Asked, answer: str, *, asked_at: datetime) -> bool:
        """Whether this very asking is known."""
        said = self.answers.get(asked)
        return said is not None and (said.answer, said.asked_at) == (answer, asked_at)

    def _answer(self, asked: Asked) -> str:
        said = self.answers.get(asked)
        return said.answer if said else Answer.NOT_ASKED

    def _all(self, asked: Asked) -> list[Said]:
        """Everything that was answered to one question, the oldest first."""
        return [*self._before.get(asked, ()), *([self.answers[asked]] if asked in self.answers else ())]

    def _standing(self, asked: Asked, *, at: datetime) -> Said | None:
        """The answer that stood at an instant: what was told then is judged by it, whatever was answered later."""
        return next((said for said in reversed(self._all(asked)) if said.asked_at is None or said.asked_at <= at + CLOCKS_MAY_DIFFER), None)

    def _must_cover(self, asked: Asked, *, at: datetime, information: Set[str]) -> None:
        said = self._standing(asked, at=at)
        if said and said.covers(at):
            if not information <= said.information:
                raise ConsentCoversLess
            return
        if said is None and self._answer(asked) == Answer.GRANTED:
            raise ConsentCameLater
        match said.answer if said else self._answer(asked):
            case Answer.GRANTED:
                raise ConsentHasExpired
            case Answer.WITHDRAWN:
                raise ConsentWasWithdrawn
            case Answer.DECLINED:
                is_about_purpose = asked.purpose != ConsentPurpose.HELP or self._covers_another_purpose(asked, at=at)
                raise PurposeWasDeclined if is_about_purpose else ConsentWasDeclined
        if self._covers_another_purpose(asked, at=at):
            raise ConsentIsForAnotherPurpose
        if self._is_a_no_to_all(asked, at=at):
            raise ConsentWasDeclined
        raise NoConsentCoversThis

    def _covers_another_purpose(self, asked: Asked, *, at: datetime) -> bool:
        """Whether the same recipient may know for something else."""
        standing = (self._standing(asked._replace(purpose=purpose), at=at) for purpose in ConsentPurpose)
        return any(said is not None and said.covers(at) for said in standing)

    def _is_a_no_to_all(self, asked: Asked, *, at: datetime) -> bool:
        """Whether they had said no to telling anybody."""
        standing = (self._standing(asked._replace(recipient=each.value), at=at) for each in (OFFICE, OTHERS))
        return any(said is not None and said.answer == Answer.DECLINED for said in standing)
