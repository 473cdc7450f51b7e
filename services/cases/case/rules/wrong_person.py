"""A case about the wrong person, or the wrong home (S14): what happened to it, and what is still to be done (the steps: `correcting.py`).

History is not rewritten: it says that the case was about somebody else until a day. What is moved is the link. The key that opened the
wrong home is destroyed in the vault afterwards, so that nobody can open it from this case any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.cases.case.rules.answers import Consents
from services.cases.case.rules.damage_service import DamageService
from services.cases.case.rules.new_home import stands_at
from services.cases.case.rules.people import Persons
from services.cases.case.rules.waiting import Wait
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed, Whereabouts
from shared.privacy.small_estate import IN_THE_CLEAR, NOT_PROTECTED
from shared.words.vocabulary.case import Status, Step
from shared.words.vocabulary.referral import Target
from shared.words.vocabulary.waiting import DeadlineKind, Righting

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case
    from services.cases.case.rules.step import StepRequest

WHILE_FROZEN = frozenset(
    {
        Step.SEE,
        Step.NOTE,
        Step.NOTE_FACT,
        Step.NOTE_LIFE,
        Step.RECORD_ANSWER,
        Step.ASSIGN,
        Step.SPLIT,
        Step.MOVE_TO_PROCEDURE,
        Step.CORRECT_PERSON,
    }
)
"""What goes on meanwhile: nothing of it tells anybody outside anything, or sends anybody to the door."""


def goes_on_while_frozen(step: type[StepRequest]) -> bool:
    """Whether a step may be taken while it is found out whom the case is about."""
    return step.STEP in WHILE_FROZEN or step.TAKES_LEAVE_AWAY


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody outside who was told about the wrong person, and is to be asked to delete it."""

    target: str
    due: datetime
    reply: str = ""
    """What they said; empty until they were asked."""


class Correction:
    """How far a case is in being put right."""

    def __init__(self) -> None:
        self.is_frozen = False
        self.corrected_at: datetime | None = None
        """When it was put right, or taken back, the last time."""
        self.recipients: dict[UUID, Recipient] = {}
        self.breach_due: datetime | None = None
        """Until when it is to be judged whether the authority is told; `None` where nothing runs."""
        self.finding = ""
        self.is_subject_to_be_told = False

    def unasked(self) -> list[UUID]:
        """Those who were told about the wrong person and were not asked to delete it yet."""
        return [id for id, recipient in self.recipients.items() if not recipient.reply]

    def waits(self) -> list[Wait]:
        asks = [
            Wait(kind=Righting.ASK_TO_DELETE.value, ref=str(id), target=self.recipients[id].target, due=self.recipients[id].due)
            for id in self.unasked()
        ]
        finds_out = [Wait(kind=Righting.FIND_OUT.value)] if self.is_frozen else []
        judges = [Wait(kind=Righting.ASSESS_BREACH.value, due=self.breach_due)] if self.breach_due else []
        tells = [Wait(kind=Righting.INFORM_SUBJECT.value)] if self.is_subject_to_be_told else []
        return [*finds_out, *asks, *judges, *tells]

    def correct(self, case: Case, *, at: datetime, ask_due: datetime) -> None:
        """Whoever outside was told until now was told about the wrong person."""
        told = {id: referral.target for id, referral in case.referrals.sent.items()}
        told |= dict.fromkeys(case.damage_service.orders, Target.DAMAGE_SERVICE.value)
        self.recipients |= {id: Recipient(target, ask_due) for id, target in told.items() if id not in self.recipients}
        self.is_frozen, self.corrected_at, self.is_subject_to_be_told = False, at, True
        _leave_behind(case)


def _leave_behind(case: Case) -> None:
    """Whoever it is about now said nothing, was sent nowhere and was not spoken with: all of that was about others. What was seen stays,
    and so does what colleagues plan to do.
    """
    case.persons, case.consents, case.damage_service = Persons(), Consents(), DamageService()
    case.referrals.leave_behind()
    case.meetings.visits.clear()
    case.life.leave_behind()
    case.deadlines.drop(DeadlineKind.CARE_FOR_STAFF)
    case.guardians.clear()
    case.facts.clear()
    case.attempts.clear()
    case.is_reached, case.reached_at = False, None
    case.pattern = None


class Frozen(Event):
    """It may be about the wrong person: nothing goes out."""

    TOPIC = "case.frozen"

    handler: str
    """Who carried it then; empty where nobody did."""
    reason: Personal | Sealed | None
    breach_due: datetime
    """Until when a breach is to be judged: 72 hours from when somebody knew."""

    def apply(self, case: Case) -> None:
        case.correction.is_frozen = True
        case.correction.breach_due = case.correction.breach_due or self.breach_due
        case.correction.finding = ""


class Unfrozen(Event):
    """It was about the right person all along; there was no breach."""

    TOPIC = "case.unfrozen"

    reason: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.correction.is_frozen = False
        if case.correction.corrected_at is None:
            case.correction.breach_due = None


class WrongPersonCorrected(Event):
    """Until now it was about the wrong person or home; from now on it stands here."""

    TOPIC = "case.wrong_person_corrected"
    class_version = 4

    observation_id: UUID
    observer: str
    """Whose observation it was, who is to know; empty where nobody who works here saw it, and before version 4."""
    home: Whereabouts | Sealed
    tenancy: Whereabouts | Sealed | None
    address: Whereabouts | Sealed
    estate_id: str
    estate_name: str
    municipality: str
    reason: Personal | Sealed | None
    ask_due: datetime
    """Until when everybody outside who was told is to be asked to delete it."""
    small_estate: Whereabouts | Sealed | None = None
    small_estate_name: Whereabouts | Sealed | None = None
    protected_municipality: Whereabouts | Sealed | None = None
    """The municipality, where the address is protected; the estate is sealed then too."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """A small estate stood in the clear too."""
        state |= IN_THE_CLEAR

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        """Protected or not, the municipality stood in the clear, and is left as it was told."""
        state |= NOT_PROTECTED

    @staticmethod
    def upcast_v3_v4(state: dict[str, Any]) -> None:
        """Whoever saw it was not told."""
        state["observer"] = ""

    def apply(self, case: Case) -> None:
        stands_at(case, self)
        case.correction.correct(case, at=self.timestamp, ask_due=self.ask_due)


class Retracted(Event):
    """It was about nobody: a mistake."""

    TOPIC = "case.retracted"

    observation_id: UUID
    observer: str
    reason: Personal | Sealed | None
    ask_due: datetime

    def apply(self, case: Case) -> None:
        case.status = Status.RETRACTED
        case.correction.correct(case, at=self.timestamp, ask_due=self.ask_due)
        case.life.stopped_by, case.life.stopped_since = "", None
        case.deadlines.stop()


class RecipientAskedToDelete(Event):
    """A recipient was asked to delete what was told about the wrong person."""

    TOPIC = "case.recipient_asked_to_delete"

    recipient_id: UUID
    target: str
    channel: str
    reply: str
    on_time: bool
    note: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.correction.recipients[self.recipient_id] = replace(case.correction.recipients[self.recipient_id], reply=self.reply)


class BreachAssessed(Event):
    """It was judged whether the data protection authority is to be told."""

    TOPIC = "case.breach_assessed"

    finding: str
    reason: Personal | Sealed | None
    on_time: bool

    def apply(self, case: Case) -> None:
        case.correction.finding = self.finding
        case.correction.breach_due = None


class SubjectInformed(Event):
    """Whoever it was about by mistake knows."""

    TOPIC = "case.subject_informed"

    channel: str

    def apply(self, case: Case) -> None:
        case.correction.is_subject_to_be_told = False


class ExceptionRecorded(Event):
    """Whoever it was about by mistake is not told, by a provision that allows it."""

    TOPIC = "case.exception_recorded"

    provision: str
    reason: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        case.correction.is_subject_to_be_told = False
