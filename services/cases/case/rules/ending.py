"""How a case ends: closed with an outcome that rests on something in the case, and reopened when it was not over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.accompaniment import release_companions
from services.cases.case.rules.aftermath import RetentionStarted
from services.cases.case.rules.checks import known
from services.cases.case.rules.follow_ups import cancel_all, plan_again, plan_by_procedure
from services.cases.case.rules.outbound import WHY_NOT
from services.cases.case.rules.step import CLOSED, OPEN, StepRequest, Taken
from services.cases.case.rules.verifying import end_visit
from shared.ground.errors import Refusal
from shared.ground.fields import Words
from shared.history.aggregate import NOT_YET, Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import FactKind, Milestone, Outcome, Standstill, Status, Step
from shared.words.vocabulary.waiting import DeadlineKind

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class OnlyAClosedCaseIsReopened(Refusal):
    """Kun en lukket sag kan genåbnes."""

    next_step = "Vurdér bekymringen, eller registrér en ny observation, hvis der ses nye tegn."


class FollowUpsAreOpen(Refusal):
    """Der er planlagte opfølgninger, som hverken er udført eller aflyst."""

    next_step = "Registrér dem som udført, eller aflys dem, før sagen lukkes."


class ReferralsAreUnanswered(Refusal):
    """Der er henvisninger, som ingen har svaret på."""

    field = "outcome"
    next_step = "Registrér svaret, eller vælg et udfald, der siger hvorfor der ikke ventes længere, fx »kommunen svarede ikke«."


class OutcomeHasNoFact(Refusal):
    """Der står ikke noget i sagen, som det udfald hviler på."""

    field = "outcome"


class HelpIsNotNoted(OutcomeHasNoFact):
    """Der står ikke i sagen, at der er kommet hjælp."""

    next_step = "Notér svaret fra dem, der hjælper – eller, at hjælpen er kommet i gang, og hvem der fortæller det."


class NobodyHelpedHere(OutcomeHasNoFact):
    """Der står ikke i sagen, at nogen herfra har hjulpet."""

    next_step = "Notér kontakten med beboeren, at skadesservice er færdig, eller at mødet er holdt."


class ResidentHasNotSaidNo(OutcomeHasNoFact):
    """Der står ikke i sagen, at beboeren har sagt nej."""

    next_step = (
        "Et nej til, at andre får det at vide, er ikke et nej til hjælp. Notér under »Spørg om lov«, hvilken hjælp beboeren sagde nej til,"
        " eller at samtykket er trukket tilbage."
    )


class ResidentWasNotTriedOften(OutcomeHasNoFact):
    """Beboeren er ikke forsøgt truffet ofte nok."""

    next_step = "Forsøg mindst tre gange, på forskellige dage, og notér hvert forsøg."


class MoveIsNotNoted(OutcomeHasNoFact):
    """Der står ikke i sagen, at beboeren er flyttet."""

    next_step = "Notér det først, med dag og kilde."


class DeathIsNotNoted(OutcomeHasNoFact):
    """Der står ikke i sagen, at beboeren er død."""

    next_step = "Notér det først, med dag og kilde."


class NoEvictionWasThreatening(OutcomeHasNoFact):
    """Uden en opsigelse, der er faldet bort, er der ingen udsættelse at afværge."""

    next_step = "Notér, at lejemålet var opsagt eller ophævet, og at det fortsætter, med dag og kilde."


class EvictionIsNotNoted(OutcomeHasNoFact):
    """Der står ikke i sagen, at beboeren er sat ud."""

    next_step = "Notér det først, med dag og kilde."


class NobodySpokeWithTheResident(OutcomeHasNoFact):
    """Ingen har talt med beboeren, så ingen ved, om bekymringen er grundløs."""

    next_step = "Tal med beboeren først, og notér kontakten."


class MunicipalityHasNotReceivedIt(OutcomeHasNoFact):
    """Der står ikke i sagen, at kommunen har modtaget den."""

    next_step = "Giv det videre til kommunen, og notér, at de har modtaget det."


class MunicipalityMayStillAnswer(OutcomeHasNoFact):
    """Kommunen kan stadig nå at svare."""

    next_step = "Vent, til alle procedurens rykkere er gået uden svar."


class MediationIsNotNoted(OutcomeHasNoFact):
    """Der står ikke i sagen, at der er holdt mægling."""

    next_step = "Notér det først, med dag og kilde."


class ResidentWasNotAskedToContinue(Refusal):
    """Beboeren er ikke spurgt, om sagen må fortsætte, og ved måske ikke, hvem der nu kan ringes til."""

    field = "outcome"
    next_step = "Spørg beboeren, eller prøv at få fat i dem, og notér, hvad der kom ud af det."


ATTEMPTS, APART = 3, timedelta(hours=20)
"""Somebody who was tried this often, and so long between the first and the last time, could not be reached (FB2)."""

ENDS_WITHOUT_ANSWERS = frozenset(
    {
        Outcome.MUNICIPALITY_NO_ANSWER,
        Outcome.TRANSFERRED_TO_MUNICIPALITY,
        Outcome.RESIDENT_DECLINED,
        Outcome.MOVED,
        Outcome.DECEASED,
        Outcome.EVICTED,
    }
)
"""Outcomes that say for themselves why nobody waits for a recipient's answer any longer."""

NOBODY_TO_FOLLOW_UP = frozenset({Outcome.MOVED, Outcome.DECEASED})
"""Outcomes after which nobody lives there to look after: what was planned is cancelled (FB6, FB7)."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an outcome rests on, and what is said where it is missing."""

    is_there: Callable[[Case], bool]
    otherwise: type[OutcomeHasNoFact]


def _days_of(case: Case, kind: FactKind) -> list[date]:
    return [fact.on for fact in case.facts.values() if fact.kind == kind]


def _has_died(case: Case) -> bool:
    return case.life.is_dead(None) or bool(_days_of(case, FactKind.DEATH))


def _has_moved(case: Case) -> bool:
    """As somebody noted it before a move stopped what reaches out; or it did, and the resident was asked, or could not be."""
    return bool(_days_of(case, FactKind.MOVE)) or case.life.stopped_by == Standstill.MOVED


def _noted(kind: FactKind) -> Callable[[Case], bool]:
    def is_noted(case: Case) -> bool:
        return bool(_days_of(case, kind))

    return is_noted


def _was_averted(case: Case) -> bool:
    terminated, kept = _days_of(case, FactKind.TERMINATION), _days_of(case, FactKind.TENANCY_KEPT)
    return bool(terminated and kept) and min(terminated) <= max(kept) and not _days_of(case, FactKind.EVICTION)


def _has_help(case: Case) -> bool:
    return case.referrals.have_established_help(since=case.began_again or NOT_YET) or bool(_days_of(case, FactKind.HELP))


def _was_helped_here(case: Case) -> bool:
    return case.is_reached or (case.began_again is None and (case.damage_service.has_helped() or case.meetings.have_helped()))


def _said_no(case: Case) -> bool:
    return case.has_a_no() or case.referrals.have_a_no(since=case.began_again or NOT_YET)


def _was_reached(case: Case) -> bool:
    return case.is_reached


def _is_with_the_municipality(case: Case) -> bool:
    return case.referrals.is_with_the_municipality()


def _is_the_municipality_silent(case: Case) -> bool:
    return case.referrals.is_the_municipality_silent(since=case.began_again or NOT_YET)


def _was_tried_often(case: Case) -> bool:
    tried = case.attempts
    return len(tried) >= ATTEMPTS and max(tried) - min(tried) >= APART and not case.is_reached


GROUNDS: Mapping[Outcome, Ground] = {
    Outcome.HELP_ESTABLISHED: Ground(_has_help, HelpIsNotNoted),
    Outcome.HANDLED_WITH_ASSOCIATION_HELP: Ground(_was_helped_here, NobodyHelpedHere),
    Outcome.RESIDENT_DECLINED: Ground(_said_no, ResidentHasNotSaidNo),
    Outcome.NOT_REACHABLE: Ground(_was_tried_often, ResidentWasNotTriedOften),
    Outcome.MOVED: Ground(_has_moved, MoveIsNotNoted),
    Outcome.DECEASED: Ground(_has_died, DeathIsNotNoted),
    Outcome.EVICTION_AVERTED: Ground(_was_averted, NoEvictionWasThreatening),
    Outcome.EVICTED: Ground(_noted(FactKind.EVICTION), EvictionIsNotNoted),
    Outcome.UNFOUNDED: Ground(_was_reached, NobodySpokeWithTheResident),
    Outcome.TRANSFERRED_TO_MUNICIPALITY: Ground(_is_with_the_municipality, MunicipalityHasNotReceivedIt),
    Outcome.MUNICIPALITY_NO_ANSWER: Ground(_is_the_municipality_silent, MunicipalityMayStillAnswer),
    Outcome.MEDIATED_SETTLED: Ground(_noted(FactKind.MEDIATION_SETTLED), MediationIsNotNoted),
    Outcome.MEDIATED_NOT_SETTLED: Ground(_noted(FactKind.MEDIATION_NOT_SETTLED), MediationIsNotNoted),
}
"""No outcome is claimed without the fact behind it (design.md §3.9)."""


def outcomes(case: Case) -> list[Outcome]:
    """Those that rest on something in the case."""
    return [outcome for outcome in Outcome if GROUNDS[outcome].is_there(case)]


class CloseCase(StepRequest, step=Step.CLOSE, when=OPEN):
    """End the case, with an outcome that rests on a fact; telling the caretaker starts now and may be done afterwards."""

    IS_DECIDED_NOW = True

    outcome: fields.Outcome
    remark: Words = ""

    def decide(self, case: Case, taken: Taken) -> None:
        outcome = Outcome(known(self.outcome, Outcome, field="outcome"))
        if case.status == Status.CLOSED and outcome == case.outcome:
            return
        case.must_be_open()
        if not GROUNDS[outcome].is_there(case):
            raise GROUNDS[outcome].otherwise
        if case.referrals.are_unanswered() and outcome not in ENDS_WITHOUT_ANSWERS:
            raise ReferralsAreUnanswered
        if outcome == Outcome.MOVED and case.life.stopped_by == Standstill.MOVED and not case.life.continuing:
            raise ResidentWasNotAskedToContinue
        if not case.life.stopped_by:
            if outcome in NOBODY_TO_FOLLOW_UP:
                cancel_all(case)
            if case.follow_ups.open():
                raise FollowUpsAreOpen
        release_companions(case, at=taken.recorded_at)
        end_visit(case, was_made=False)
        remark = case.words(self.remark)
        case.trigger_event(Closed, **case.whose(), outcome=outcome.value, remark=remark, tell_due=case.tell_due(taken))
        if outcome in NOBODY_TO_FOLLOW_UP and case.life.gone_since is not None:
            case.trigger_event(RetentionStarted, on=case.life.gone_since)


class ReopenCase(StepRequest, step=Step.REOPEN, when=CLOSED):
    """It was not over; the resident is to be reached and looked after as in a new case."""

    IS_DECIDED_NOW = True

    reason: Words = ""

    def follows(self, case: Case) -> datetime:
        return case.deadlines.happened.get(Milestone.CLOSED.value) or super().follows(case)

    def decide(self, case: Case, taken: Taken) -> None:
        if case.status == Status.OPEN:
            return
        if case.status != Status.CLOSED:
            raise OnlyAClosedCaseIsReopened
        if why := case.life.standstill(taken.at):
            raise WHY_NOT[why]
        reason, due = case.words(self.reason), case.contact_due(taken)
        also = {str(id): later.observer for id, later in case.observations.later.items()}
        case.trigger_event(Reopened, **case.whose(), handler=case.handler, reason=reason, contact_due=due, also=also)
        if not plan_again(case, taken):
            plan_by_procedure(case, taken)


class Closed(Event):
    """The case ended; the one who saw it first is still to be told."""

    TOPIC = "case.closed"

    observation_id: UUID
    observer: str
    outcome: str
    remark: Personal | Sealed | None
    tell_due: datetime

    def apply(self, case: Case) -> None:
        case.status = Status.CLOSED
        case.outcome = self.outcome
        case.deadlines.meet(DeadlineKind.FIRST_CONTACT)
        case.deadlines.meet(DeadlineKind.ASK_TO_CONTINUE)
        case.deadlines.start_telling(Milestone.CLOSED, due=self.tell_due, at=self.timestamp)


class Reopened(Event):
    """It was not over after all."""

    TOPIC = "case.reopened"
    class_version = 2

    observation_id: UUID
    observer: str
    handler: str
    reason: Personal | Sealed | None
    contact_due: datetime
    also: dict[str, str] = field(default_factory=dict)
    """Who saw it besides, by their observation."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Version 1 knew one observation in a case."""
        state["also"] = {}

    def apply(self, case: Case) -> None:
        case.status = Status.OPEN
        case.outcome = ""
        case.handler = self.handler
        case.began_again = self.timestamp
        case.is_reached, case.reached_at = False, None
        case.attempts.clear()
        case.facts.clear()
        case.life.retention_from = None
        case.deadlines.reopen()
        case.deadlines.start(DeadlineKind.FIRST_CONTACT, due=self.contact_due)
