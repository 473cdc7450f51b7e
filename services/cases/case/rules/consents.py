"""What the resident answered when asked for leave: one answer for each recipient, the last one counts (domain.md §2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.cases.case.rules import fields
from services.cases.case.rules.checks import known
from services.cases.case.rules.step import EVER, ONGOING, StepRequest, Taken
from shared.ground.clock import CLOCKS_MAY_DIFFER
from shared.ground.errors import Refusal
from shared.ground.fields import Code, DayOrMoment
from shared.history.aggregate import Event
from shared.privacy.personal import Personal
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.consent import Answer, Basis, HowAsked
from shared.words.vocabulary.referral import OFFICE, RECIPIENTS

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case
    from services.cases.case.rules.concern import RaiseConcern


class NoConsentCoversThis(Refusal):
    """Beboeren har ikke givet samtykke, der dækker denne modtager."""

    field = "basis"
    next_step = "Spørg beboeren om lov, eller vælg et andet grundlag og begrund det."


class ConsentWasDeclined(Refusal):
    """Beboeren har sagt nej til, at oplysninger gives videre til denne modtager."""

    field = "basis"
    next_step = "Respektér et nej: efterlad en pjece, aftal et nyt forsøg, eller drøft sagen anonymt med kommunen."


class ConsentWasWithdrawn(Refusal):
    """Beboeren har trukket samtykket til denne modtager tilbage."""

    field = "basis"
    next_step = "Del ikke mere. Spørg beboeren igen, eller vælg et andet grundlag og begrund det."


class ConsentHasExpired(Refusal):
    """Samtykket til denne modtager er udløbet."""

    field = "basis"
    next_step = "Spørg beboeren igen."


class ThereIsNoConsentToWithdraw(Refusal):
    """Der er intet gældende samtykke til denne modtager at trække tilbage."""

    field = "recipient"
    next_step = "Hent sagen igen, og se, hvem beboeren har sagt ja til."


class RecipientIsMissing(Refusal):
    """Det skal fremgå, hvem samtykket gælder."""

    field = "recipients"
    next_step = "Vælg mindst én modtager."


class WordingIsMissing(Refusal):
    """Det skal fremgå, hvilken samtykketekst beboeren fik."""

    field = "wording"
    next_step = "Vælg den version af samtykketeksten, der blev læst op eller vist."


class ReasonIsMissing(Refusal):
    """Når oplysninger deles uden samtykke, skal grunden skrives ned."""

    field = "basis_reason"
    next_step = "Skriv kort, hvad der gør det nødvendigt."


class ConsentCameLater(Refusal):
    """Beboeren sagde først ja efter det tidspunkt."""

    field = "happened_at"
    next_step = "Se efter dato og klokkeslæt. Blev noget delt, før der var et ja, så vælg det grundlag, det blev delt på."


class ConsentEndsBeforeItBegins(Refusal):
    """Samtykket er udløbet, før det er givet."""

    field = "valid_until"
    next_step = "Vælg en dag, der ikke er passeret, eller lad feltet stå tomt."


class ConsentLastsTooLong(Refusal):
    """Et samtykke gælder højst fem år ad gangen."""

    field = "valid_until"
    next_step = "Se efter årstallet, eller lad feltet stå tomt: så gælder det, til det trækkes tilbage."


LONGEST = timedelta(days=5 * 366)
"""No yes is given for longer: whoever means longer leaves the day open, and the year is a slip of the fingers."""


class AskingRequest(StepRequest, step=Step.ASK_LEAVE, when=ONGOING):
    """What the resident said when asked; none is written in before the last answer about one of these recipients."""

    recipients: fields.Recipients

    def follows(self, case: Case) -> datetime:
        return case.consents.last_answer(self.recipients, otherwise=super().follows(case))


class GrantConsent(AskingRequest, step=Step.ASK_LEAVE, when=ONGOING):
    """The resident said yes, for each of these recipients."""

    wording: Code = ""
    """The version of the text that was read out or shown."""
    how: fields.How = HowAsked.ORAL.value
    valid_until: DayOrMoment | None = None
    """Until when the yes holds; without it, until it is taken back."""

    def decide(self, case: Case, taken: Taken) -> None:
        how, recipients = _asked(case, self)
        if self.valid_until is not None:
            if self.valid_until <= taken.at:
                raise ConsentEndsBeforeItBegins
            if self.valid_until > taken.at + LONGEST:
                raise ConsentLastsTooLong
        for recipient in recipients:
            if not case.consents.is_granted(recipient, wording=self.wording, valid_until=self.valid_until):
                case.trigger_event(
                    ConsentGranted,
                    recipient=recipient,
                    wording=self.wording,
                    how=how,
                    asked_by=taken.who,
                    asked_at=taken.at,
                    valid_until=self.valid_until,
                )


class DeclineConsent(AskingRequest, step=Step.ASK_LEAVE, when=ONGOING):
    """The resident said no; also when they said yes before. A new no on another day is news."""

    wording: Code = ""
    """The version of the text that was read out or shown."""
    how: fields.How = HowAsked.ORAL.value

    def decide(self, case: Case, taken: Taken) -> None:
        how, recipients = _asked(case, self)
        for recipient in recipients:
            if not case.consents.is_answered(recipient, Answer.DECLINED, asked_at=taken.at):
                case.trigger_event(
                    ConsentDeclined, recipient=recipient, wording=self.wording, how=how, asked_by=taken.who, asked_at=taken.at
                )


class RecordConsentNotObtainable(AskingRequest, step=Step.ASK_LEAVE, when=ONGOING):
    """The resident could not answer (FB11); a yes from before stays a yes."""

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_not_be_over()
        for recipient in _known(self.recipients):
            is_answered = case.consents.is_answered(recipient, Answer.NOT_ABLE, asked_at=taken.at)
            if not is_answered and not case.consents.is_standing(recipient):
                case.trigger_event(ConsentNotObtainable, recipient=recipient, asked_by=taken.who, asked_at=taken.at)


class WithdrawConsent(StepRequest, step=Step.ASK_LEAVE, when=EVER):
    """The resident takes a yes back: as easy as giving it, and possible after the end too."""

    recipient: fields.Recipient
    how: fields.How = HowAsked.ORAL.value

    def decide(self, case: Case, taken: Taken) -> None:
        """In one's own part it is taken the same way whatever the resident answered others: that is not theirs to know."""
        recipient = known(self.recipient, RECIPIENTS, field="recipient")
        how = known(self.how, HowAsked, field="how")
        last = case.consents.last_answer([recipient], otherwise=self.follows(case))
        if taken.is_their_part and (taken.precedes(last) or not case.consents.is_standing(recipient)):
            return
        taken.must_not_precede(last)
        if case.consents.is_withdrawn(recipient):
            return
        if not case.consents.is_standing(recipient):
            raise ThereIsNoConsentToWithdraw
        case.trigger_event(ConsentWithdrawn, recipient=recipient, how=how, told_to=taken.who, already_shared=case.has_told(recipient))

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return any(map(case.consents.is_standing, case.consents.answers))


def report(case: Case, reported: RaiseConcern) -> None:
    """What the resident said when the concern arose, to the caretaker who stood there.

    Recipients this service does not know yet are kept as they are: a concern is never lost for want of a word.
    """
    asking = {"asked_by": reported.origin.observer, "asked_at": reported.origin.observed_at}
    oral = {"wording": reported.consent_wording, "how": HowAsked.ORAL.value, **asking}
    for recipient in reported.consent_scope or (OFFICE,):
        match reported.consent_answer:
            case Answer.GRANTED:
                case.trigger_event(ConsentGranted, recipient=recipient, valid_until=None, **oral)
            case Answer.DECLINED:
                case.trigger_event(ConsentDeclined, recipient=recipient, **oral)
            case Answer.NOT_ABLE:
                case.trigger_event(ConsentNotObtainable, recipient=recipient, **asking)


class ConsentGranted(Event):
    """The resident said yes to telling one recipient."""

    TOPIC = "case.consent_granted"

    recipient: str
    wording: str
    """The version of the text that was read out or shown."""
    how: str
    asked_by: str
    asked_at: datetime
    valid_until: datetime | None

    def apply(self, case: Case) -> None:
        answer = Said(Answer.GRANTED, wording=self.wording, asked_at=self.asked_at, valid_until=self.valid_until)
        case.consents.note(self.recipient, answer)


class ConsentDeclined(Event):
    """The resident said no; a no has no consequence for the tenancy."""

    TOPIC = "case.consent_declined"

    recipient: str
    wording: str
    how: str
    asked_by: str
    asked_at: datetime

    def apply(self, case: Case) -> None:
        case.consents.note(self.recipient, Said(Answer.DECLINED, wording=self.wording, asked_at=self.asked_at))


class ConsentNotObtainable(Event):
    """The resident could not answer: confused, unconscious, or no common language (FB11)."""

    TOPIC = "case.consent_not_obtainable"

    recipient: str
    asked_by: str
    asked_at: datetime

    def apply(self, case: Case) -> None:
        case.consents.note(self.recipient, Said(Answer.NOT_ABLE, asked_at=self.asked_at))


class ConsentWithdrawn(Event):
    """The resident took the yes back; what was told before stays lawful, nothing more is told (FB10)."""

    TOPIC = "case.consent_withdrawn"

    recipient: str
    how: str
    told_to: str
    already_shared: bool
    """Whether this recipient was told something on the strength of it, and must hear of the withdrawal."""

    def apply(self, case: Case) -> None:
        case.consents.note(self.recipient, Said(Answer.WITHDRAWN, asked_at=self.timestamp))


@dataclass(frozen=True, slots=True)
class Said:
    """The last answer for one recipient."""

    answer: str
    wording: str = ""
    asked_at: datetime | None = None
    valid_until: datetime | None = None

    def covers(self, at: datetime) -> bool:
        """Whether it is a yes that lasts beyond this instant."""
        return self.answer == Answer.GRANTED and (self.valid_until is None or at < self.valid_until)


class Consents:
    """All answers of one case, and whether one covers telling somebody something at an instant."""

    def __init__(self) -> None:
        self.answers: dict[str, Said] = {}
        """The last for each recipient."""
        self._before: dict[str, list[Said]] = {}
        """Those before it, the oldest first."""

    def note(self, recipient: str, answer: Said) -> None:
        if recipient in self.answers:
            self._before.setdefault(recipient, []).append(self.answers[recipient])
        self.answers[recipient] = answer

    def last_answer(self, recipients: Iterable[str], *, otherwise: datetime) -> datetime:
        """When one of these recipients was spoken of last: what counts is the last answer, so none is written in before it."""
        said = (self.answers.get(recipient) for recipient in recipients)
        return max([otherwise, *(each.asked_at for each in said if each and each.asked_at)])

    def must_allow(self, recipient: str, *, basis: str, reason: Personal | None, at: datetime) -> None:
        """Refuses telling this recipient anything, unless the answer that stood then covers it or a named basis is reasoned."""
        known(basis, Basis, field="basis")
        if basis == Basis.CONSENT:
            self._must_cover(recipient, at=at)
        elif reason is None:
            raise ReasonIsMissing

    def cover(self, recipient: str, *, at: datetime) -> bool:
        """Whether the last answer of this recipient is a yes that holds at this instant."""
        said = self.answers.get(recipient)
        return said is not None and said.covers(at)

    def is_granted(self, recipient: str, *, wording: str, valid_until: datetime | None) -> bool:
        """Whether the last answer is this very yes."""
        said = self.answers.get(recipient)
        return said is not None and (said.answer, said.wording, said.valid_until) == (Answer.GRANTED, wording, valid_until)

    def has_a_no(self) -> bool:
        """Whether the resident said no to being helped: to somebody, and to nobody outside the house yes."""
        outside = [said.answer for recipient, said in self.answers.items() if recipient != OFFICE]
        every = [said.answer for said in self.answers.values()]
        return any(answer in (Answer.DECLINED, Answer.WITHDRAWN) for answer in every) and Answer.GRANTED not in outside

    def is_standing(self, recipient: str) -> bool:
        """Whether there is a yes that can be taken back; an expired one still can."""
        return self._answer(recipient) == Answer.GRANTED

    def is_withdrawn(self, recipient: str) -> bool:
        return self._answer(recipient) == Answer.WITHDRAWN

    def is_answered(self, recipient: str, answer: str, *, asked_at: datetime) -> bool:
        """Whether this very asking is known."""
        said = self.answers.get(recipient)
        return said is not None and (said.answer, said.asked_at) == (answer, asked_at)

    def _answer(self, recipient: str) -> str:
        said = self.answers.get(recipient)
        return said.answer if said else Answer.NOT_ASKED

    def _standing(self, recipient: str, *, at: datetime) -> Said | None:
        """The answer that stood at an instant: what was told then is judged by it, whatever was answered later."""
        answers = [*self._before.get(recipient, ()), *([self.answers[recipient]] if recipient in self.answers else ())]
        return next((said for said in reversed(answers) if said.asked_at is None or said.asked_at <= at + CLOCKS_MAY_DIFFER), None)

    def _must_cover(self, recipient: str, *, at: datetime) -> None:
        said = self._standing(recipient, at=at)
        if said and said.covers(at):
            return
        if said is None and self._answer(recipient) == Answer.GRANTED:
            raise ConsentCameLater
        match said.answer if said else self._answer(recipient):
            case Answer.GRANTED:
                raise ConsentHasExpired
            case Answer.WITHDRAWN:
                raise ConsentWasWithdrawn
            case Answer.DECLINED:
                raise ConsentWasDeclined
        raise NoConsentCoversThis


def _asked(case: Case, request: GrantConsent | DeclineConsent) -> tuple[str, list[str]]:
    """How the resident was asked, and about whom; refuses an asking that names no wording or nobody."""
    case.must_not_be_over()
    if not request.wording:
        raise WordingIsMissing
    return known(request.how, HowAsked, field="how"), _known(request.recipients)


def _known(recipients: Iterable[str]) -> list[str]:
    """Plain codes, each once; refuses none at all."""
    codes = [known(recipient, RECIPIENTS, field="recipients") for recipient in dict.fromkeys(recipients)]
    if not codes:
        raise RecipientIsMissing
    return codes
