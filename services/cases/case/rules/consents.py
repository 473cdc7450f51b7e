"""What the resident answered when asked for leave: one answer for each recipient, the last one counts (domain.md §2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from services.cases.case.rules.agreed import AgreedProcedure
from services.cases.case.rules.checks import known, permitted
from services.cases.case.rules.codes import OFFICE, RECIPIENTS, Answer, Basis, HowAsked, Step
from services.cases.case.rules.event import Event
from services.cases.case.rules.refusals import (
    ConsentHasExpired,
    ConsentWasDeclined,
    ConsentWasWithdrawn,
    NoConsentCoversThis,
    ReasonIsMissing,
    RecipientIsMissing,
    ThereIsNoConsentToWithdraw,
    WordingIsMissing,
)
from shared.ground.provenance import Role
from shared.privacy.personal import Personal

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


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
        case.consents.answers[self.recipient] = answer


class ConsentDeclined(Event):
    """The resident said no; a no has no consequence for the tenancy."""

    TOPIC = "case.consent_declined"

    recipient: str
    wording: str
    how: str
    asked_by: str
    asked_at: datetime

    def apply(self, case: Case) -> None:
        case.consents.answers[self.recipient] = Said(Answer.DECLINED, wording=self.wording, asked_at=self.asked_at)


class ConsentNotObtainable(Event):
    """The resident could not answer: confused, unconscious, or no common language (FB11)."""

    TOPIC = "case.consent_not_obtainable"

    recipient: str
    asked_by: str
    asked_at: datetime

    def apply(self, case: Case) -> None:
        case.consents.answers[self.recipient] = Said(Answer.NOT_ABLE, asked_at=self.asked_at)


class ConsentWithdrawn(Event):
    """The resident took the yes back; what was told before stays lawful, nothing more is told (FB10)."""

    TOPIC = "case.consent_withdrawn"

    recipient: str
    how: str
    told_to: str
    already_shared: bool
    """Whether this recipient was told something on the strength of it, and must hear of the withdrawal."""

    def apply(self, case: Case) -> None:
        case.consents.answers[self.recipient] = Said(Answer.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Said:
    """The last answer for one recipient."""

    answer: str
    wording: str = ""
    asked_at: datetime | None = None
    valid_until: datetime | None = None


class Consents:
    """All answers of one case; records them, and says whether one covers telling somebody something at an instant."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.answers: dict[str, Said] = {}

    def grant(
        self,
        *,
        by: Role,
        under: AgreedProcedure,
        recipients: Iterable[str],
        wording: str,
        how: str,
        asked_by: str,
        asked_at: datetime,
        valid_until: datetime | None = None,
    ) -> None:
        """The resident said yes, for each of these recipients."""
        how = self._asked(by=by, under=under, wording=wording, how=how)
        asking = {"wording": wording, "how": how, "asked_by": asked_by, "asked_at": asked_at, "valid_until": valid_until}
        for recipient in _known(recipients):
            said = self.answers.get(recipient)
            if said is None or (said.answer, said.wording, said.valid_until) != (Answer.GRANTED, wording, valid_until):
                self._case.trigger_event(ConsentGranted, recipient=recipient, **asking)

    def decline(
        self, *, by: Role, under: AgreedProcedure, recipients: Iterable[str], wording: str, how: str, asked_by: str, asked_at: datetime
    ) -> None:
        """The resident said no; also when they said yes before. A new no on another day is news."""
        how = self._asked(by=by, under=under, wording=wording, how=how)
        asking = {"wording": wording, "how": how, "asked_by": asked_by, "asked_at": asked_at}
        for recipient in _known(recipients):
            if not self._is_answered(recipient, Answer.DECLINED, asked_at=asked_at):
                self._case.trigger_event(ConsentDeclined, recipient=recipient, **asking)

    def not_obtainable(self, *, by: Role, under: AgreedProcedure, recipients: Iterable[str], asked_by: str, asked_at: datetime) -> None:
        """The resident could not answer (FB11); a yes from before stays a yes."""
        permitted(Step.ASK_LEAVE, by=by, under=under)
        self._case.must_not_be_over()
        for recipient in _known(recipients):
            if not self._is_answered(recipient, Answer.NOT_ABLE, asked_at=asked_at) and not self._is_standing(recipient):
                self._case.trigger_event(ConsentNotObtainable, recipient=recipient, asked_by=asked_by, asked_at=asked_at)

    def withdraw(self, *, by: Role, under: AgreedProcedure, recipient: str, how: str, told_to: str) -> None:
        """The resident takes a yes back: as easy as giving it, and possible after the end too."""
        permitted(Step.ASK_LEAVE, by=by, under=under)
        recipient = known(recipient, RECIPIENTS, field="recipient")
        how = known(how, HowAsked, field="how")
        said = self.answers.get(recipient)
        if said is not None and said.answer == Answer.WITHDRAWN:
            return
        if not self._is_standing(recipient):
            raise ThereIsNoConsentToWithdraw
        shared = self._case.referrals.have_told(recipient) or self._case.practical_help.has_told(recipient)
        self._case.trigger_event(ConsentWithdrawn, recipient=recipient, how=how, told_to=told_to, already_shared=shared)

    def reported(self, answer: str, *, recipients: Sequence[str], wording: str, asked_by: str, asked_at: datetime) -> None:
        """What the resident said when the concern arose, to the caretaker who stood there.

        Recipients this service does not know yet are kept as they are: a concern is never lost for want of a word.
        """
        asking = {"asked_by": asked_by, "asked_at": asked_at}
        oral = {"wording": wording, "how": HowAsked.ORAL.value, **asking}
        for recipient in recipients or (OFFICE,):
            match answer:
                case Answer.GRANTED:
                    self._case.trigger_event(ConsentGranted, recipient=recipient, valid_until=None, **oral)
                case Answer.DECLINED:
                    self._case.trigger_event(ConsentDeclined, recipient=recipient, **oral)
                case Answer.NOT_ABLE:
                    self._case.trigger_event(ConsentNotObtainable, recipient=recipient, **asking)

    def must_allow(self, recipient: str, *, basis: str, reason: Personal | None, at: datetime) -> None:
        """Refuses telling this recipient anything, unless the last answer covers it at this instant or a named basis is reasoned."""
        known(basis, Basis, field="basis")
        if basis == Basis.CONSENT:
            self._must_cover(recipient, at=at)
        elif reason is None:
            raise ReasonIsMissing

    def _must_cover(self, recipient: str, *, at: datetime) -> None:
        said = self.answers.get(recipient)
        match said.answer if said else Answer.NOT_ASKED:
            case Answer.GRANTED if said and (said.valid_until is None or at < said.valid_until):
                return
            case Answer.GRANTED:
                raise ConsentHasExpired
            case Answer.WITHDRAWN:
                raise ConsentWasWithdrawn
            case Answer.DECLINED:
                raise ConsentWasDeclined
        raise NoConsentCoversThis

    def _asked(self, *, by: Role, under: AgreedProcedure, wording: str, how: str) -> str:
        permitted(Step.ASK_LEAVE, by=by, under=under)
        self._case.must_not_be_over()
        if not wording.strip():
            raise WordingIsMissing
        return known(how, HowAsked, field="how")

    def _is_standing(self, recipient: str) -> bool:
        """Whether there is a yes that can be taken back; an expired one still can."""
        said = self.answers.get(recipient)
        return said is not None and said.answer == Answer.GRANTED

    def _is_answered(self, recipient: str, answer: str, *, asked_at: datetime) -> bool:
        """Whether this very asking is known."""
        said = self.answers.get(recipient)
        return said is not None and (said.answer, said.asked_at) == (answer, asked_at)


def _known(recipients: Iterable[str]) -> list[str]:
    """Plain codes, each once; refuses none at all."""
    codes = [known(recipient, RECIPIENTS, field="recipients") for recipient in dict.fromkeys(recipients)]
    if not codes:
        raise RecipientIsMissing
    return codes
