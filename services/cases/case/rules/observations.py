"""Several observations in one case: joined by a person, parted again, and each with the one who made it.

Every observation begins a concern of its own, so that none is lost in another's case. Whoever judges it may say that it is about the same
people as a case that is there: then it is seen to there, and the concern waits where it is, whole, until somebody parts them again.
Nothing is copied: what was written stays in the stream it was written in, under its own key, for those who may read it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import Field

from services.cases.case.rules import protection
from services.cases.case.rules.refusals import CaseIsFrozen
from services.cases.case.rules.step import DISMISSED, EVER, ONGOING, StepRequest, Taken
from shared.ground.errors import Refusal
from shared.ground.fields import Words
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import ENDED, Milestone, Status, Step
from shared.words.vocabulary.waiting import DeadlineKind

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class ItIsTheSameCase(Refusal):
    """En sag kan ikke samles med sig selv."""

    field = "into"
    next_step = "Vælg den sag, den skal samles med."


class ItIsAboutOthers(Refusal):
    """De to sager handler ikke om de samme mennesker, eller vi ved det ikke. Samme bolig er ikke nok: der kan være flyttet nogen ind."""

    field = "into"
    next_step = "Vælg en sag om det samme lejemål eller de samme personer, eller behandl dem hver for sig."


class TheOtherIsOver(Refusal):
    """Den sag er slut, så der er ingen, der arbejder videre i den."""

    field = "into"
    next_step = "Genåbn den, eller tag den op igen, før de samles."


class TheOtherIsNotACaseYet(Refusal):
    """En åben sag kan ikke samles ind i en bekymring, der ikke er en sag endnu."""

    field = "into"
    next_step = "Saml dem den anden vej: bekymringen ind i sagen."


class OthersStillWaitHere(Refusal):
    """Der er modtagere, håndværkere eller ledsagere, som venter i den her sag."""

    next_step = "Saml dem den anden vej, eller vent, til de har svaret."


class ItDidNotComeInLater(Refusal):
    """Den observation er ikke samlet ind i sagen, så den kan ikke skilles fra den."""

    field = "observations"
    next_step = "Vælg blandt dem, der er kommet til. Er det den første, der ikke hører til, så skil de andre fra."


class OnlyADismissedConcernIsTakenUpAgain(Refusal):
    """Kun en bekymring, der ikke blev en sag, kan tages op igen."""

    next_step = "Arbejd videre i sagen, eller genåbn den, hvis den er lukket."


@dataclass(frozen=True, slots=True)
class LaterObservation:
    """One that was joined to a case: who made it and when, and the concern it began with."""

    observer: str
    observed_at: datetime
    concern: UUID
    is_about_a_child: bool


class Observations:
    """What a case came of besides its first observation, and which case it was joined to itself."""

    def __init__(self) -> None:
        self.first: UUID | None = None
        self.later: dict[UUID, LaterObservation] = {}
        self.joined_to: UUID | None = None
        """The case in which it is seen to now; `None` while it stands by itself."""
        self.status_before = Status.RAISED
        """How far it had come when it was joined."""

    def other_than_first(self, observation: UUID | None) -> UUID | None:
        """The observation, or `None` for the first one: by that the tellings know it. What is not (any more) in the case is the first's."""
        return observation if observation in self.later else None

    def include(self, observation: UUID) -> bool:
        """Whether the case came of it."""
        return observation == self.first or observation in self.later

    @property
    def ids(self) -> tuple[UUID, ...]:
        """All of them, the first one first."""
        return (*([self.first] if self.first else ()), *self.later)

    @property
    def are_about_a_child(self) -> bool:
        return any(one.is_about_a_child for one in self.later.values())

    @property
    def concerns(self) -> Collection[UUID]:
        """The concerns of those that were joined."""
        return {one.concern for one in self.later.values()}


class JoinCase(StepRequest, step=Step.LINK, when=ONGOING):
    """What is seen to here is about the same people as another case, and is seen to there from now on; who saw it is told from there.

    A concern that nobody judged yet, or a case that somebody carries: then the two are one from now on. `SplitOff` undoes it.
    """

    IS_DECIDED_NOW = True

    into: UUID
    """The case it is joined to."""
    reason: Words = ""

    def others(self, case: Case) -> Collection[UUID]:
        return {self.into, *case.observations.concerns}

    def decide(self, case: Case, taken: Taken) -> None:
        if case.observations.joined_to == self.into:
            return
        case.must_not_be_over()
        if self.into == case.id:
            raise ItIsTheSameCase
        into = taken.others[self.into]
        if self.into not in taken.about_the_same:
            raise ItIsAboutOthers
        if into.status in ENDED:
            raise TheOtherIsOver
        if into.correction.is_frozen:
            raise CaseIsFrozen
        if case.status == Status.OPEN and into.status != Status.OPEN:
            raise TheOtherIsNotACaseYet
        if case.referrals.are_unanswered() or case.damage_service.open_orders() or case.meetings.open_visits():
            raise OthersStillWaitHere
        for observation, later in list(case.observations.later.items()):
            case.trigger_event(ObservationUnlinked, observation_id=observation, observer=later.observer, concern_id=later.concern)
            _join(taken.others[later.concern], observation, later, to=into, taken=taken)
        first = LaterObservation(case.origin.observer, case.origin.observed_at, case.id, is_about_a_child=case.is_about_a_child)
        _join(case, case.origin.observation_id, first, to=into, taken=taken, reason=case.words(self.reason))


class SplitOff(StepRequest, step=Step.SPLIT, when=EVER):
    """Observations that were joined are not about the same after all: they stand by themselves again, together where there are several.

    The first that is named is what it was before it was joined, with everything that was written there.
    """

    IS_DECIDED_NOW = True

    observations: Annotated[list[UUID], Field(min_length=1, max_length=100)]
    """Which observations."""
    reason: Words = ""

    def others(self, case: Case) -> Collection[UUID]:
        return {later.concern for id, later in case.observations.later.items() if id in self.observations}

    def decide(self, case: Case, taken: Taken) -> None:
        named = list(dict.fromkeys(self.observations))
        if case.status in (Status.LINKED, Status.RETRACTED):
            case.must_not_be_over()
        if not all(id in case.observations.later for id in named):
            raise ItDidNotComeInLater
        reason = case.words(self.reason)
        parted = {id: case.observations.later[id] for id in named}
        for id, later in parted.items():
            case.trigger_event(ObservationUnlinked, observation_id=id, observer=later.observer, concern_id=later.concern, reason=reason)
            reason = None
        first, *rest = parted.items()
        concern = taken.others[first[1].concern]
        protection.protect_alike(case, concern)
        concern.trigger_event(
            StandsAlone,
            **concern.whose(),
            case_id=case.id,
            triage_due=concern.triage_due(taken),
            contact_due=concern.contact_due(taken),
            tell_due=concern.tell_due(taken),
        )
        for id, later in rest:
            _join(taken.others[later.concern], id, later, to=concern, taken=taken)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.observations.later) and case.status not in (Status.LINKED, Status.RETRACTED)


class TakeUpAgain(StepRequest, step=Step.TAKE_UP_AGAIN, when=DISMISSED):
    """No case came of it, and there was something in it after all: it waits to be judged as if it were new."""

    IS_DECIDED_NOW = True

    reason: Words = ""

    def follows(self, case: Case) -> datetime:
        return case.deadlines.happened.get(Milestone.DISMISSED.value) or super().follows(case)

    def decide(self, case: Case, taken: Taken) -> None:
        if case.status == Status.RAISED:
            return
        if case.status != Status.DISMISSED:
            raise OnlyADismissedConcernIsTakenUpAgain
        case.trigger_event(TakenUpAgain, **case.whose(), reason=case.words(self.reason), triage_due=case.triage_due(taken))


def _join(
    concern: Case, observation: UUID, later: LaterObservation, *, to: Case, taken: Taken, reason: Personal | Sealed | None = None
) -> None:
    """Both streams say so, the one that goes on first."""
    protection.protect_alike(to, concern)
    to.trigger_event(
        ObservationLinked,
        observation_id=observation,
        observer=later.observer,
        observed_at=later.observed_at,
        concern_id=later.concern,
        is_about_a_child=later.is_about_a_child,
        tell_due=to.tell_due(taken) if to.status == Status.OPEN else None,
    )
    concern.trigger_event(LinkedTo, observation_id=observation, observer=later.observer, case_id=to.id, reason=reason)


class ObservationLinked(Event):
    """One more observation belongs to this case."""

    TOPIC = "case.observation_linked"

    observation_id: UUID
    observer: str
    observed_at: datetime
    concern_id: UUID
    """The concern it began with, where it can be read."""
    is_about_a_child: bool
    tell_due: datetime | None
    """Until when the one who made it is to hear that it is in good hands; `None` while nobody carries the case."""

    def apply(self, case: Case) -> None:
        case.observations.later[self.observation_id] = LaterObservation(
            self.observer, self.observed_at, self.concern_id, self.is_about_a_child
        )
        case.deadlines.join(self.observation_id, self.observer, handler=case.handler, due=self.tell_due)


class ObservationUnlinked(Event):
    """An observation does not belong to this case after all."""

    TOPIC = "case.observation_unlinked"

    observation_id: UUID
    observer: str
    concern_id: UUID
    reason: Personal | Sealed | None = None

    def apply(self, case: Case) -> None:
        case.observations.later.pop(self.observation_id, None)
        case.deadlines.leave(self.observation_id)


class LinkedTo(Event):
    """It is about the same people as another case, and is seen to there; no case came of it, and it was not dismissed either."""

    TOPIC = "case.linked_to"

    observation_id: UUID
    observer: str
    case_id: UUID
    """The case that goes on."""
    reason: Personal | Sealed | None

    def apply(self, case: Case) -> None:
        if case.status != Status.LINKED:
            case.observations.status_before = Status(case.status)
        case.observations.joined_to = self.case_id
        case.status = Status.LINKED
        case.is_seen = True


class StandsAlone(Event):
    """It is no longer joined to another case: it goes on where it was, and what was due meanwhile is due anew."""

    TOPIC = "case.stands_alone"

    observation_id: UUID
    observer: str
    case_id: UUID
    """The case it was parted from."""
    triage_due: datetime
    contact_due: datetime
    tell_due: datetime

    def apply(self, case: Case) -> None:
        case.status = case.observations.status_before
        case.observations.joined_to = None
        case.deadlines.go_on(
            due={
                DeadlineKind.TRIAGE.value: self.triage_due,
                DeadlineKind.FIRST_CONTACT.value: self.contact_due,
                DeadlineKind.TELL_CARETAKER.value: self.tell_due,
            }
        )


class TakenUpAgain(Event):
    """There was something in it after all: it waits to be judged once more."""

    TOPIC = "case.taken_up_again"

    observation_id: UUID
    observer: str
    reason: Personal | Sealed | None
    triage_due: datetime

    def apply(self, case: Case) -> None:
        case.status = Status.RAISED
        case.outcome = ""
        case.began_again = self.timestamp
        case.deadlines.reopen(Milestone.DISMISSED)
        case.deadlines.start(DeadlineKind.TRIAGE, due=self.triage_due)
