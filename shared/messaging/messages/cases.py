"""What cases tells the others: ids, codes and times; never anybody's name, an address or a word about them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.messaging.message import Message
from shared.messaging.messages.erasure import CasesCleaned
from shared.messaging.messages.fields import (
    Address,
    AnswerDue,
    Basis,
    BreachFinding,
    BreakId,
    CaseId,
    CaseOutcome,
    Category,
    CheckId,
    Companion,
    ConcernId,
    ConsentAnswer,
    ConsentPurpose,
    ContactDue,
    DeadlineKind,
    DismissalReason,
    EstateInTheClear,
    FollowUpId,
    Handler,
    Home,
    HomeIfKnown,
    InformationKinds,
    Milestone,
    MunicipalityInTheClear,
    ObservationId,
    ObservedAt,
    Observer,
    OnTime,
    OpenUntil,
    OrderId,
    PartOfCase,
    ProtectedMunicipality,
    Recipients,
    ReferralId,
    ReferralOutcome,
    Severity,
    Signals,
    SmallEstate,
    SmallEstateName,
    Standstill,
    Target,
    TenancyIfKnown,
    TriageDue,
    VisitId,
    Visitor,
    WhoBrokeIt,
    WhoLooked,
)


class _Said(Message):
    TOPIC: ClassVar[str] = "brobygger.cases"

    case_id: CaseId


class ConcernRaised(_Said):
    """An observation waits for triage; the lead is to know."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.concern_raised.v1"
    SEALED_OF: ClassVar[str] = "case_id"

    observation_id: ObservationId
    observer: Observer
    observed_at: ObservedAt
    estate_id: EstateInTheClear
    municipality: MunicipalityInTheClear
    severity: Severity
    signals: Signals
    consent_answer: ConsentAnswer
    triage_due: TriageDue
    home: HomeIfKnown = None


class ConcernSeen(_Said):
    """A person, not a machine, has looked at the concern."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.concern_seen.v1"

    observation_id: ObservationId
    observer: Observer


class ConcernTriaged(_Said):
    """How serious it is and what it is about."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.concern_triaged.v1"

    observation_id: ObservationId
    observer: Observer
    severity: Severity
    category: Category


class ConcernDismissed(_Said):
    """Looked at, and no case came of it."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.concern_dismissed.v1"

    observation_id: ObservationId
    observer: Observer
    reason: DismissalReason


class CaseOpened(_Said):
    """There is a case now, with a handler and a first-contact deadline."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_opened.v1"

    observation_id: ObservationId
    observer: Observer
    observed_at: ObservedAt
    estate_id: EstateInTheClear
    municipality: MunicipalityInTheClear
    category: Category
    severity: Severity
    handler: Handler
    contact_due: ContactDue


class CaseAssigned(_Said):
    """Somebody else carries the case now."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_assigned.v1"

    handler: Handler


class SeverityChanged(_Said):
    """It is more, or less, serious than it was thought."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.severity_changed.v1"

    severity: Severity


class ConsentRecorded(_Said):
    """Somebody the case is about said yes or no, or took it back; for whom, as a code. Never the words.

    A yes to `office` lets it go on and nobody be told; a no to `others` is one to telling anybody outside it.
    """

    TYPE: ClassVar[str] = "dk.brobygger.cases.consent_recorded.v1"

    answer: ConsentAnswer
    recipients: Recipients
    person: PartOfCase = None
    purpose: ConsentPurpose = None
    information: InformationKinds = ()


class ContactMade(_Said):
    """The resident was reached, or somebody tried."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.contact_made.v1"

    reached: bool
    """Whether the resident was reached, or somebody tried in vain."""
    on_time: OnTime


class ReferralSent(_Said):
    """The concern was passed on to somebody who can help."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.referral_sent.v1"

    referral_id: ReferralId
    target: Target
    municipality: MunicipalityInTheClear
    basis: Basis
    answer_due: AnswerDue


class ReferralAcknowledged(_Said):
    """The recipient has it."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.referral_acknowledged.v1"

    referral_id: ReferralId
    target: Target
    on_time: OnTime


class ReferralAnswered(_Said):
    """The recipient told how it went, or that they may not tell."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.referral_answered.v1"

    referral_id: ReferralId
    target: Target
    outcome: ReferralOutcome


class ReferralSilent(_Said):
    """The recipient did not answer in the agreed time; said once for each step of the ladder."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.referral_silent.v1"

    referral_id: ReferralId
    target: Target
    municipality: MunicipalityInTheClear
    handler: Handler
    step: int
    """The step of the ladder, from 1."""


class DamageServiceOrdered(_Said):
    """Somebody will come and clear or repair."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.damage_service_ordered.v1"

    order_id: OrderId


class DamageServiceCompleted(_Said):
    """It is cleared."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.damage_service_completed.v1"

    order_id: OrderId


class AccompanimentPlanned(_Said):
    """A known face comes along to a meeting: the caretaker, if he will."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.accompaniment_planned.v1"

    visit_id: VisitId
    companion: Companion
    at: AwareDatetime
    """When the meeting is."""
    observation_id: UUID | None = None
    """What the companion saw, so that the link leads to a page that is theirs; cases sends it, older messages lack it."""


class CompanionReleased(_Said):
    """Somebody who was asked along is not needed any more; another one is asked."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.companion_released.v1"

    observation_id: ObservationId
    observer: Observer
    visit_id: VisitId
    companion: Companion


class AccompanimentAnswered(_Said):
    """Whoever was asked along said yes or no; who carries the case is to know of a no."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.accompaniment_answered.v1"

    visit_id: VisitId
    companion: Companion
    comes: bool
    """Whether they come along."""
    handler: Handler


class FollowUpPlanned(_Said):
    """A day on which somebody looks again."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.follow_up_planned.v1"

    follow_up_id: FollowUpId
    due: AwareDatetime
    """Until when somebody is to have looked again."""


class FollowUpDone(_Said):
    """Somebody looked again."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.follow_up_done.v1"

    follow_up_id: FollowUpId
    on_time: OnTime


class FollowUpMissed(_Said):
    """Nobody looked again in time; said exactly once."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.follow_up_missed.v1"

    follow_up_id: FollowUpId
    handler: Handler


class DeadlineMissed(_Said):
    """Triage, first contact or telling the caretaker did not happen in time; said exactly once."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.deadline_missed.v1"

    kind: DeadlineKind
    due: AwareDatetime
    """When it should have been done."""
    handler: Handler


class CaretakerInformed(_Said):
    """The one who saw it was told how it goes, in a code of the procedure's texts."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.caretaker_informed.v1"

    observation_id: ObservationId
    caretaker: str
    """Who was told: an opaque staff id."""
    milestone: Milestone
    on_time: OnTime


class OutboundStopped(_Said):
    """Nothing reaches out in this case any more: the resident is gone. What was still to be sent about it is not."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.outbound_stopped.v1"

    observation_id: ObservationId
    observer: Observer
    handler: Handler
    why: Standstill


class OutboundResumed(_Said):
    """It may reach out again: that the resident was gone was wrong, or they want it to go on."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.outbound_resumed.v1"

    observation_id: ObservationId
    observer: Observer
    handler: Handler


class CaseClosed(_Said):
    """The case ended, with an outcome."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_closed.v1"

    observation_id: ObservationId
    observer: Observer
    outcome: CaseOutcome


class CaseReopened(_Said):
    """It was not over after all; who was told that it ended is to hear that it did not."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_reopened.v1"

    observation_id: ObservationId
    observer: Observer
    handler: Handler
    contact_due: ContactDue
    also: dict[UUID, str] = Field(default_factory=dict)
    """Who saw it besides the first, as opaque staff ids, by their observation; cases sends it, older messages lack it."""


class ObservationLinked(_Said):
    """One more observation belongs to a case that is there; its observer is told from there."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.observation_linked.v1"

    observation_id: ObservationId
    observer: Observer
    concern_id: ConcernId
    in_good_hands: bool
    """Whether somebody carries the case."""


class ObservationUnlinked(_Said):
    """It does not belong to that case after all; it is seen to where it began, unless it was joined elsewhere."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.observation_unlinked.v1"

    observation_id: ObservationId
    observer: Observer
    concern_id: ConcernId


class ConcernLinked(_Said):
    """A concern, or a case, was joined to another and is seen to there: it is no case of its own, and was not dismissed."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.concern_linked.v1"

    observation_id: ObservationId
    observer: Observer
    into: UUID
    """The case that goes on."""


class ConcernStandsAlone(_Said):
    """It was parted from the other case again, and goes on where it was."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.concern_stands_alone.v1"

    observation_id: ObservationId
    observer: Observer
    triage_due: TriageDue


class ConcernTakenUpAgain(_Said):
    """There was something in a dismissed concern after all: it waits to be judged once more."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.concern_taken_up_again.v1"

    observation_id: ObservationId
    observer: Observer
    triage_due: TriageDue


class CaseFrozen(_Said):
    """It may be about the wrong person: nothing goes out."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_frozen.v1"

    handler: Handler


class CaseUnfrozen(_Said):
    """It was about the right person all along."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_unfrozen.v1"


class WrongPersonCorrected(_Said):
    """The case, and the observation it began with, were about the wrong person or home; this is the right one."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.wrong_person_corrected.v1"
    CLASSIFICATION: ClassVar[str] = "confidential"
    SEALED_OF: ClassVar[str] = "case_id"

    observation_id: ObservationId
    observer: Observer = ""
    estate_id: EstateInTheClear
    estate_name: str
    """What people call the estate; empty where its code is."""
    municipality: MunicipalityInTheClear
    home: Home
    tenancy: TenancyIfKnown = None
    address: Address
    small_estate: SmallEstate = None
    small_estate_name: SmallEstateName = None
    protected_municipality: ProtectedMunicipality = None


class GlassBroken(_Said):
    """Somebody may read a case for a while that is none of theirs. Why, stays where it was written."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.glass_broken.v1"

    break_id: BreakId
    who: WhoBrokeIt
    until: OpenUntil


class LookQuestioned(Message):
    """Somebody's look-up was drawn for a spot check, and they are asked why they looked. At what, stays where it is logged."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.look_questioned.v1"
    TOPIC: ClassVar[str] = "brobygger.cases"

    check_id: CheckId
    who: WhoLooked


class AddressProtectionNoted(_Said):
    """Where those it is about live is shown to nobody who does not need it from now on, or is again: the ERP says so, or a person does."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.address_protection_noted.v1"

    observation_ids: tuple[UUID, ...]
    """Every observation that is seen to in the case."""
    is_protected: bool
    """Whether it is protected."""


class BreachAssessed(_Said):
    """It was judged whether the data protection authority is told that others read about the wrong person."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.breach_assessed.v1"

    finding: BreachFinding
    on_time: OnTime


class VisitPlanned(_Said):
    """Somebody is to go by and see whether what was told is so."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.visit_planned.v1"

    visit_id: VisitId
    visitor: Visitor
    due: AwareDatetime
    """Until when they have been there."""


class VisitEnded(_Said):
    """They were there, or need not go."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.visit_ended.v1"

    visit_id: VisitId
    visitor: Visitor
    was_made: bool
    """Whether they were there."""


class CaseMovedAlong(_Said):
    """The resident moved inside the association, and the case went along to the new home. What was seen stays where it was seen."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_moved_along.v1"
    CLASSIFICATION: ClassVar[str] = "confidential"
    SEALED_OF: ClassVar[str] = "case_id"

    estate_id: EstateInTheClear
    municipality: MunicipalityInTheClear
    home: Home


class CaseRetracted(_Said):
    """It was about nobody: a mistake, which counts nowhere."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_retracted.v1"

    observation_id: ObservationId
    observer: Observer


class CaseErased(_Said):
    """Whoever it was about is erased: it is over, and nobody waits for anything in it. Which others went with it nobody is told."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.case_erased.v1"


class ProcedureAdopted(Message):
    """The association follows a new version of its procedure from now on."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.procedure_adopted.v1"
    TOPIC: ClassVar[str] = "brobygger.cases"

    version: str
    """The version, as the association calls it."""
    effective_on: date
    """The first day it holds."""


class ProcedureWithdrawn(Message):
    """A version that was adopted will not hold; it never did."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.procedure_withdrawn.v1"
    TOPIC: ClassVar[str] = "brobygger.cases"

    version: str
    """The version, as the association calls it."""


MESSAGES: tuple[type[Message], ...] = (
    ConcernRaised, ConcernSeen, ConcernTriaged, ConcernDismissed, CaseOpened, CaseAssigned, SeverityChanged,
    ConsentRecorded, ContactMade, ReferralSent, ReferralAcknowledged, ReferralAnswered, ReferralSilent,
    DamageServiceOrdered, DamageServiceCompleted, AccompanimentPlanned, CompanionReleased, AccompanimentAnswered,
    FollowUpPlanned, FollowUpDone, FollowUpMissed, DeadlineMissed, CaretakerInformed, CaseClosed, CaseReopened,
    ObservationLinked, ObservationUnlinked, ConcernLinked, ConcernStandsAlone, ConcernTakenUpAgain,
    VisitPlanned, VisitEnded, CaseFrozen, CaseUnfrozen, WrongPersonCorrected, BreachAssessed, AddressProtectionNoted, CaseMovedAlong,
    GlassBroken, LookQuestioned, CaseRetracted, CaseErased, OutboundStopped, OutboundResumed,
    ProcedureAdopted, ProcedureWithdrawn, CasesCleaned,
)  # fmt: skip
