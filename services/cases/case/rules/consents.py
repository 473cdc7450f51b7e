"""What people answered when asked for leave: each for themselves, for a recipient, a purpose and what kinds of information (§2.3).

The last answer about the same counts. How they are kept is in `answers.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.answers import Asked, NothingMayBeTold, Said
from services.cases.case.rules.checks import known
from services.cases.case.rules.step import EVER, ONGOING, StepRequest, Taken
from shared.ground.errors import Refusal
from shared.ground.fields import Code, DayOrMoment
from shared.history.aggregate import Event
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.consent import AT_THE_DOOR, FIRST_AT_THE_DOOR, Answer, HowAsked
from shared.words.vocabulary.persons import EVERYTHING, LEAST, ConsentPurpose, Information, in_order
from shared.words.vocabulary.referral import OFFICE, OTHERS, RECIPIENTS, Target

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case
    from services.cases.case.rules.concern import RaiseConcern


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
    """What somebody said when asked; none is written in before the last answer about the same."""

    recipients: fields.Recipients
    person: fields.Person = None
    given_by: fields.Person = None
    """Who answered, when it was not themselves: whoever has custody, or a guardian."""
    purpose: fields.ConsentPurpose = ConsentPurpose.HELP.value

    def follows(self, case: Case) -> datetime:
        who = case.persons.who(self.person)
        return case.consents.last_answer((Asked(who, each, self.purpose) for each in self.recipients), otherwise=super().follows(case))

    def asked(self, case: Case, taken: Taken) -> tuple[UUID | None, UUID | None, str]:
        """Who was asked, who answered, and what for; refuses an answer that is not theirs to give.

        In one's own part the people of a case are not to be seen: what somebody said at the door may be nobody's until it is said whose.
        """
        purpose = known(self.purpose, ConsentPurpose, field="purpose")
        if not taken.is_their_part:
            case.persons.must_be_said(self.person)
        person = case.somebody(self.person)
        given_by = person if self.given_by is None else case.somebody(self.given_by)
        case.persons.must_answer(person, given_by, purpose=purpose)
        return person, given_by, purpose


class GrantConsent(AskingRequest, step=Step.ASK_LEAVE, when=ONGOING):
    """Somebody said yes, for each of these recipients."""

    information: fields.Information
    wording: Code = ""
    """The version of the text that was read out or shown."""
    how: fields.How = HowAsked.ORAL.value
    valid_until: DayOrMoment | None = None
    """Until when the yes holds; without it, until it is taken back."""

    def decide(self, case: Case, taken: Taken) -> None:
        how, recipients = _asked(case, self)
        person, given_by, purpose = self.asked(case, taken)
        information = in_order(known(each, Information, field="information") for each in self.information)
        if not information:
            raise NothingMayBeTold
        if self.valid_until is not None:
            if self.valid_until <= taken.at:
                raise ConsentEndsBeforeItBegins
            if self.valid_until > taken.at + LONGEST:
                raise ConsentLastsTooLong
        yes = Said(
            Answer.GRANTED, wording=self.wording, asked_at=taken.at, valid_until=self.valid_until, information=frozenset(information)
        )
        for recipient in recipients:
            if not case.consents.is_granted(Asked(person, recipient, purpose), yes):
                case.trigger_event(
                    ConsentGranted,
                    person=person,
                    given_by=given_by,
                    recipient=recipient,
                    purpose=purpose,
                    information=information,
                    wording=self.wording,
                    how=how,
                    asked_by=taken.who,
                    asked_at=taken.at,
                    valid_until=self.valid_until,
                )


class DeclineConsent(AskingRequest, step=Step.ASK_LEAVE, when=ONGOING):
    """Somebody said no; also when they said yes before. A new no on another day is news."""

    wording: Code = ""
    """The version of the text that was read out or shown."""
    how: fields.How = HowAsked.ORAL.value

    def decide(self, case: Case, taken: Taken) -> None:
        how, recipients = _asked(case, self)
        person, given_by, purpose = self.asked(case, taken)
        for recipient in recipients:
            if not case.consents.is_answered(Asked(person, recipient, purpose), Answer.DECLINED, asked_at=taken.at):
                case.trigger_event(
                    ConsentDeclined,
                    person=person,
                    given_by=given_by,
                    recipient=recipient,
                    purpose=purpose,
                    wording=self.wording,
                    how=how,
                    asked_by=taken.who,
                    asked_at=taken.at,
                )


class RecordConsentNotObtainable(AskingRequest, step=Step.ASK_LEAVE, when=ONGOING):
    """Somebody could not answer (FB11); a yes from before stays a yes."""

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_not_be_over()
        purpose = known(self.purpose, ConsentPurpose, field="purpose")
        if not taken.is_their_part:
            case.persons.must_be_said(self.person)
        person = case.somebody(self.person)
        for recipient in _known(self.recipients):
            asked = Asked(person, recipient, purpose)
            is_answered = case.consents.is_answered(asked, Answer.NOT_ABLE, asked_at=taken.at)
            if not is_answered and not case.consents.is_standing(asked):
                case.trigger_event(
                    ConsentNotObtainable, person=person, recipient=recipient, purpose=purpose, asked_by=taken.who, asked_at=taken.at
                )


class WithdrawConsent(StepRequest, step=Step.ASK_LEAVE, when=EVER):
    """Somebody takes a yes back, whatever it was for: as easy as giving it, and possible after the end too."""

    TAKES_LEAVE_AWAY = True

    recipient: fields.Recipient
    person: fields.Person = None
    how: fields.How = HowAsked.ORAL.value

    def decide(self, case: Case, taken: Taken) -> None:
        """In one's own part it is taken the same way whatever the resident answered others: that is not theirs to know.

        Who has left the case, or never had a name in it, can take their yes back too.
        """
        recipient = known(self.recipient, RECIPIENTS, field="recipient")
        how = known(self.how, HowAsked, field="how")
        person = (
            self.person if self.person in case.persons.people and self.person != case.persons.resident else case.persons.who(self.person)
        )
        theirs = [Asked(person, recipient, purpose) for purpose in ConsentPurpose]
        last = case.consents.last_answer(theirs, otherwise=self.follows(case))
        stands = any(map(case.consents.is_standing, theirs))
        if taken.is_their_part and (taken.precedes(last) or not stands):
            return
        taken.must_not_precede(last)
        if not stands:
            if any(map(case.consents.is_withdrawn, theirs)):
                return
            raise ThereIsNoConsentToWithdraw
        told = case.has_told(recipient, person)
        case.trigger_event(ConsentWithdrawn, person=person, recipient=recipient, how=how, told_to=taken.who, already_shared=told)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return any(map(case.consents.is_standing, case.consents.answers))


def report(case: Case, reported: RaiseConcern) -> None:
    """What the resident said when the concern arose, to the caretaker who stood there: about help, and about what was seen.

    Recipients this service does not know yet are kept as they are: a concern is never lost for want of a word. A yes that names nobody is
    one to the office, which may go on; it lets nobody be told anything. Any other answer is one to what the words asked (decision 0048).
    """
    asking: dict[str, Any] = {
        "person": None,
        "purpose": ConsentPurpose.HELP.value,
        "asked_by": reported.origin.observer,
        "asked_at": reported.origin.observed_at,
    }
    oral = {"given_by": None, "wording": reported.consent_wording, "how": HowAsked.ORAL.value, **asking}
    is_about_the_office = reported.consent_answer == Answer.GRANTED or reported.consent_wording == FIRST_AT_THE_DOOR
    named = [recipient for recipient in reported.consent_scope if recipient != OFFICE]
    for recipient in named or [OFFICE if is_about_the_office else OTHERS]:
        match reported.consent_answer:
            case Answer.GRANTED:
                information = [] if recipient == OFFICE else list(LEAST)
                case.trigger_event(ConsentGranted, recipient=str(recipient), information=information, valid_until=None, **oral)
            case Answer.DECLINED:
                case.trigger_event(ConsentDeclined, recipient=str(recipient), **oral)
            case Answer.NOT_ABLE:
                case.trigger_event(ConsentNotObtainable, recipient=str(recipient), **asking)


OF_BEFORE = {"person": None, "purpose": ConsentPurpose.HELP.value}
"""Version 1 of an answer was always the resident's, and about help."""


class ConsentGranted(Event):
    """Somebody said yes to telling one recipient."""

    TOPIC = "case.consent_granted"
    class_version = 2

    person: UUID | None
    """Who was asked: a person of the case; `None` for the resident."""
    given_by: UUID | None
    """Who answered, which is whom it is about, or who has custody of a child, or a guardian; `None` for the resident."""
    recipient: str
    purpose: str
    information: list[str]
    wording: str
    """The version of the text that was read out or shown."""
    how: str
    asked_by: str
    asked_at: datetime
    valid_until: datetime | None

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """What a yes was about, nobody had asked: it covers everything."""
        state.update(OF_BEFORE, given_by=None, information=list(EVERYTHING))

    def apply(self, case: Case) -> None:
        answer = Said(
            Answer.GRANTED,
            wording=self.wording,
            asked_at=self.asked_at,
            valid_until=self.valid_until,
            information=frozenset(self.information),
        )
        case.consents.note(Asked(self.person, self.recipient, self.purpose), answer)


class ConsentDeclined(Event):
    """Somebody said no; a no has no consequence for the tenancy."""

    TOPIC = "case.consent_declined"
    class_version = 3

    person: UUID | None
    given_by: UUID | None
    recipient: str
    purpose: str
    wording: str
    how: str
    asked_by: str
    asked_at: datetime

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """The resident's."""
        state.update(OF_BEFORE, given_by=None)

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        """A no that named nobody stood under the office, also where the words had asked about others."""
        if state["recipient"] == OFFICE and state["wording"] == AT_THE_DOOR.version:
            state["recipient"] = OTHERS.value

    def apply(self, case: Case) -> None:
        answer = Said(Answer.DECLINED, wording=self.wording, asked_at=self.asked_at)
        case.consents.note(Asked(self.person, self.recipient, self.purpose), answer)


class ConsentNotObtainable(Event):
    """Somebody could not answer: confused, unconscious, or no common language (FB11)."""

    TOPIC = "case.consent_not_obtainable"
    class_version = 2

    person: UUID | None
    recipient: str
    purpose: str
    asked_by: str
    asked_at: datetime

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """The resident's."""
        state.update(OF_BEFORE)

    def apply(self, case: Case) -> None:
        case.consents.note(Asked(self.person, self.recipient, self.purpose), Said(Answer.NOT_ABLE, asked_at=self.asked_at))


class ConsentWithdrawn(Event):
    """Somebody took their yes back; what was told before stays lawful, nothing more is told (FB10)."""

    TOPIC = "case.consent_withdrawn"
    class_version = 2

    person: UUID | None
    recipient: str
    how: str
    told_to: str
    already_shared: bool
    """Whether this recipient was told something on the strength of it, and must hear of the withdrawal."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """The resident's."""
        state.update(person=None)

    def apply(self, case: Case) -> None:
        case.consents.withdraw(self.person, self.recipient, at=self.timestamp)


def _asked(case: Case, request: GrantConsent | DeclineConsent) -> tuple[str, list[str]]:
    """How the resident was asked, and about whom; refuses an asking that names no wording or nobody."""
    case.must_not_be_over()
    if not request.wording:
        raise WordingIsMissing
    return known(request.how, HowAsked, field="how"), _known(request.recipients)


def _known(recipients: Iterable[str]) -> list[str]:
    """Plain codes, each once; refuses none at all."""
    codes = [known(recipient, Target, field="recipients") for recipient in dict.fromkeys(recipients)]
    if not codes:
        raise RecipientIsMissing
    return codes
