"""From an observation to the decision what comes of it: raised, seen, triaged, dismissed."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.aftermath import RetentionStarted
from services.cases.case.rules.checks import known
from services.cases.case.rules.step import ONGOING, UNDECIDED, StepRequest, Taken
from services.cases.case.rules.verifying import end_visit
from services.cases.case.rules.witnesses import Witness
from shared.ground.errors import Refusal
from shared.ground.fields import Words
from shared.ground.working_days import add_working_days
from shared.history.aggregate import AggregateCreated, Event
from shared.privacy.matter import Matter, MatterKind, case_of
from shared.privacy.personal import Personal, Sealed, Whereabouts
from shared.privacy.small_estate import IN_THE_CLEAR, NOT_PROTECTED, told_estate
from shared.words.vocabulary.beginning import PlaceKind, Source, Way
from shared.words.vocabulary.case import Category, DismissalReason, Milestone, Standstill, Status, Step
from shared.words.vocabulary.observation import Severity, Signal
from shared.words.vocabulary.waiting import DeadlineKind

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class NobodyIsSaidToBeGone(Refusal):
    """Der står ikke på bekymringen, at beboeren er flyttet eller død."""

    field = "reason"
    next_step = "Notér det først, med dag og kilde."


GONE: Mapping[str, str] = {DismissalReason.DECEASED: Standstill.DIED, DismissalReason.MOVED: Standstill.MOVED}
"""Reasons that rest on what somebody noted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where a case comes from; repeated in the events that others are told about."""

    observation_id: UUID
    observer: str
    observed_at: datetime
    estate_id: str
    municipality: str
    estate_name: str = ""
    source: str = Source.OBSERVATION.value
    how: str = Way.SEEN.value
    place: str = PlaceKind.HOME.value
    area: str = ""

    @property
    def estate(self) -> str:
        """What people call the estate; its number where nobody told us the name, and its municipality where it has few homes."""
        return self.estate_name or self.estate_id or self.municipality


@dataclass(frozen=True, kw_only=True, slots=True)
class RaiseConcern:
    """A concern, as intake told it; what is personal in it stays sealed as it came.

    Which home it is, and which tenancy, is sealed anew, for the case: it may be found to be about another. So is the estate of `origin`
    where it is small.
    """

    origin: Origin
    is_small_estate: bool = False
    is_protected: bool = False
    """Whether their address is: then estate and municipality are sealed, however large the estate."""
    home: UUID | None = None
    tenancy: UUID | None = None
    signals: tuple[str, ...]
    severity: str
    consent_answer: str
    consent_wording: str
    consent_scope: tuple[str, ...]
    address: Sealed
    words: Sealed | None
    earlier_case: UUID | None = None
    """The case it goes on from, with the person's yes; the earlier one is not opened by that."""

    @property
    def case_id(self) -> UUID:
        """The case it becomes."""
        return case_of(self.origin.observation_id)

    def told_estate(self, case_id: UUID) -> dict[str, Any]:
        """The estate, as the case says it."""
        origin = self.origin
        return told_estate(
            case_id,
            estate_id=origin.estate_id,
            estate_name=origin.estate_name,
            municipality=origin.municipality,
            is_small=self.is_small_estate,
            is_protected=self.is_protected,
        )

    @property
    def begins(self) -> tuple[Matter, ...]:
        """The case is a matter, about everybody the observation is about."""
        return (Matter(self.case_id, MatterKind.CASE, like=self.origin.observation_id),)

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        """Where it is has a key of its own in the case."""
        return {self.case_id}, {self.case_id: 1}


WELCOMED_WITHIN = 5
"""Working days until somebody who was homeless has had a first visit in the new home (S16)."""


def welcome_due(origin: Origin, *, at: datetime) -> datetime | None:
    """Until when somebody is to have been there, whatever is judged later; `None` where judging decides that."""
    return add_working_days(at, WELCOMED_WITHIN) if origin.source == Source.WELCOME else None


def certain_category(origin: Origin) -> str:
    """What a concern is about before anybody judged it; empty where that is to be judged."""
    return Category.NEWLY_REHOUSED.value if origin.source == Source.WELCOME else ""


class SeeConcern(StepRequest, step=Step.SEE, when=ONGOING):
    """A person says that they have seen the concern."""

    IS_DECIDED_NOW = True

    def decide(self, case: Case, taken: Taken) -> None:
        if not case.is_seen:
            case.trigger_event(Seen, **case.whose())

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return not case.is_seen


class TriageConcern(StepRequest, step=Step.TRIAGE, when=UNDECIDED):
    """Judge how serious it is and what it is about; may be judged again until the case is open."""

    IS_DECIDED_NOW = True

    severity: fields.Severity
    category: fields.Category
    reason: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        """From now on the resident is to be reached in time, whether or not anybody opens the case; judging again wins no time."""
        severity = known(self.severity, Severity, field="severity")
        category = known(self.category, Category, field="category")
        case.must_be_undecided()
        if case.status == Status.RAISED or (severity, category) != (case.severity, case.category) or self.reason:
            due = case.contact_due(taken, severity=severity, category=category)
            is_first = case.deadlines.due_of(DeadlineKind.FIRST_CONTACT) is None
            moves = is_first or case.deadlines.would_come_sooner(DeadlineKind.FIRST_CONTACT, due=due)
            attended_by = taken.who if taken.is_on_call else ""
            judged = {"severity": severity, "category": category, "reason": case.words(self.reason)}
            case.trigger_event(Triaged, **case.whose(), **judged, contact_due=due if moves else None, attended_by=attended_by)


class DismissConcern(StepRequest, step=Step.DISMISS, when=UNDECIDED):
    """No case comes of it; the one who saw it is to be told so, unless they decide it themselves."""

    IS_DECIDED_NOW = True

    reason: fields.Dismissal
    remark: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        reason = known(self.reason, DismissalReason, field="reason")
        if case.status == Status.DISMISSED:
            return
        case.must_be_undecided()
        if reason in GONE and case.life.standstill(taken.at) != GONE[reason]:
            raise NobodyIsSaidToBeGone
        end_visit(case, was_made=False)
        tell_due = case.tell_due(taken) if set(case.observers) - {"", taken.who} else None
        case.trigger_event(Dismissed, **case.whose(), reason=reason, remark=case.words(self.remark), tell_due=tell_due)
        if reason in GONE and case.life.gone_since is not None:
            case.trigger_event(RetentionStarted, on=case.life.gone_since)


class ConcernRaised(Event, AggregateCreated):
    """A concern waits for somebody to judge it: what a caretaker saw, or what somebody else told."""

    TOPIC = "case.concern_raised"
    class_version = 7

    observation_id: UUID
    observer: str
    """Empty where nobody who works here saw it."""
    observed_at: datetime
    estate_id: str
    """Empty where it is small, and is sealed below, or is not known."""
    municipality: str
    home: Whereabouts | Sealed | None
    tenancy: Whereabouts | Sealed | None
    signals: list[str]
    severity: str
    """As the caretaker reported it; triage decides."""
    consent_answer: str
    address: Whereabouts | Sealed
    words: Sealed | None
    procedure_version: str
    triage_due: datetime
    estate_name: str
    """What people called the estate that day."""
    source: str
    how: str
    place: str
    area: str
    earlier_case: Personal | Sealed | None
    category: str
    """What it is about, where that is certain before anybody judged it; else empty."""
    contact_due: datetime | None
    """Likewise until when somebody is to have been there."""
    small_estate: Whereabouts | Sealed | None = None
    """The estate, where it has few homes; likewise its name."""
    small_estate_name: Whereabouts | Sealed | None = None
    protected_municipality: Whereabouts | Sealed | None = None
    """The municipality, where the address is protected; the estate is sealed then too."""

    @staticmethod
    def upcast_v3_v4(state: dict[str, Any]) -> None:
        """Until version 3 a caretaker had seen it, in a home."""
        state |= {
            "source": Source.OBSERVATION.value,
            "how": Way.SEEN.value,
            "place": PlaceKind.HOME.value,
            "area": "",
            "earlier_case": None,
            "category": "",
            "contact_due": None,
        }

    @staticmethod
    def upcast_v4_v5(state: dict[str, Any]) -> None:
        """A small estate stood in the clear too, and is left as it was told."""
        state |= IN_THE_CLEAR

    @staticmethod
    def upcast_v5_v6(state: dict[str, Any]) -> None:
        """Protected or not, the municipality stood in the clear, and is left as it was told."""
        state |= NOT_PROTECTED

    @staticmethod
    def upcast_v6_v7(state: dict[str, Any]) -> None:
        """There was a place for an earlier case, in the clear, and no way to name one."""
        state["earlier_case"] = None

    def apply(self, case: Case) -> None:
        case.origin = Origin(
            observation_id=self.observation_id,
            observer=self.observer,
            observed_at=self.observed_at,
            estate_id=self.estate_id,
            municipality=self.municipality,
            estate_name=self.estate_name,
            source=self.source,
            how=self.how,
            place=self.place,
            area=self.area,
        )
        case.category = self.category
        case.is_at_home = self.home is not None
        if self.contact_due is not None:
            case.deadlines.start(DeadlineKind.FIRST_CONTACT, due=self.contact_due)
        case.procedure_version = self.procedure_version
        case.severity = self.severity
        case.consents.begin_with(self.consent_answer, at=self.observed_at)
        case.is_itself_about_a_child = Signal.CHILD_NEGLECT in self.signals
        case.observations.first = self.observation_id
        case.deadlines.witnesses[None] = Witness(self.observer, carries=not self.observer)
        case.deadlines.start(DeadlineKind.TRIAGE, due=self.triage_due)


class Seen(Event):
    """A person has looked at the concern; until then only machines have."""

    TOPIC = "case.seen"

    observation_id: UUID
    observer: str

    def apply(self, case: Case) -> None:
        case.is_seen = True
        case.seen_in = self.originator_version


class Triaged(Event):
    """How serious it is and what it is about."""

    TOPIC = "case.triaged"
    class_version = 4

    observation_id: UUID
    observer: str
    severity: str
    category: str
    reason: Personal | Sealed | None
    contact_due: datetime | None
    """Until when the resident is to be reached: a triaged concern that nobody opens is not forgotten.

    `None` where the deadline that runs stays, and before version 3."""
    attended_by: str
    """Who judged it, where they were on call; empty otherwise, and before version 4."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Version 1 knew no category."""
        state["category"] = str(Category.OTHER)

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        """Until version 2 the resident was to be reached only once the case was open."""
        state["contact_due"] = None

    @staticmethod
    def upcast_v3_v4(state: dict[str, Any]) -> None:
        """Until version 3 nobody asked whether they were on call."""
        state["attended_by"] = ""

    def apply(self, case: Case) -> None:
        case.status = Status.TRIAGED
        case.is_seen = True  # who judges it has seen it; older histories do not say so beside it
        case.severity = self.severity
        case.category = self.category
        case.attended_by = self.attended_by or case.attended_by
        case.is_itself_about_a_child = case.is_itself_about_a_child or self.category == Category.CHILD_WELFARE
        case.deadlines.meet(DeadlineKind.TRIAGE)
        if self.contact_due is not None:
            case.deadlines.start(DeadlineKind.FIRST_CONTACT, due=self.contact_due)


class Dismissed(Event):
    """Somebody looked at it, and no case came of it."""

    TOPIC = "case.dismissed"
    class_version = 2

    observation_id: UUID
    observer: str
    reason: str
    remark: Personal | Sealed | None
    tell_due: datetime | None
    """Until when the one who saw it is to hear; `None` where they decided it. In version 1 there was always somebody to tell."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Version 1 always named a time, and that stands."""

    def apply(self, case: Case) -> None:
        case.status = Status.DISMISSED
        case.is_seen = True
        case.outcome = self.reason
        case.deadlines.meet(DeadlineKind.TRIAGE)
        case.deadlines.meet(DeadlineKind.FIRST_CONTACT)
        case.deadlines.meet(DeadlineKind.ASK_TO_CONTINUE)
        case.deadlines.start_telling(Milestone.DISMISSED, due=self.tell_due, at=self.timestamp)
