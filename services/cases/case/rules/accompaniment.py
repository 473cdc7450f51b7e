"""A known face that comes along to a meeting (S1): asked, and saying yes or no."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.step import OPEN, StepRequest, Taken
from services.cases.case.rules.waiting import Wait
from shared.ground.clock import CLOCKS_MAY_DIFFER
from shared.ground.errors import Refusal
from shared.ground.fields import Moment
from shared.history.aggregate import Event
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.waiting import Appointment

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class CompanionDoesNotWorkHere(Refusal):
    """Den valgte ledsager findes ikke i medarbejderlisten."""

    field = "companion"
    next_step = "Vælg en medarbejder på listen."


class CompanionTakesNoSuchStep(Refusal):
    """Proceduren lader ikke den valgte gå med som kendt ansigt."""

    field = "companion"
    next_step = "Vælg en vicevært eller en boligsocial medarbejder."


class ThereIsNoSuchVisit(Refusal):
    """Den ledsagelse findes ikke på sagen."""

    field = "visit_id"
    next_step = "Hent sagen igen, og vælg en ledsagelse, der står på den."


class ThisIsNotYourMeeting(Refusal):
    """Det er ikke dig, der er spurgt, om du vil med til det møde."""

    field = "visit_id"
    next_step = "Ring til den boligsociale leder, hvis du mener, at det er dig."


class MeetingWasMoved(Refusal):
    """Mødet er flyttet, siden du blev spurgt."""

    field = "visit_id"
    next_step = "Hent siden igen, se det nye tidspunkt, og svar på det."


class MeetingIsOver(Refusal):
    """Mødet er holdt, så der er ikke mere at svare på."""

    field = "visit_id"
    next_step = "Hent siden igen."


class CompanionSaidNo(Refusal):
    """Den, der blev spurgt, har sagt nej til at komme med."""

    field = "visit_id"
    next_step = "Kom de alligevel, så notér først et ja. Ellers aftal mødet med en anden."


class MeetingIsInThePast(Refusal):
    """Mødet ligger i fortiden."""

    field = "meeting_at"
    next_step = "Vælg et tidspunkt, der ikke er passeret."


class MeetingIsTooFarAhead(Refusal):
    """Mødet ligger mere end et år ude i fremtiden."""

    field = "meeting_at"
    next_step = "Se efter årstallet."


class MeetingIsStillToCome(Refusal):
    """Mødet er ikke holdt endnu: det ligger senere."""

    field = "visit_id"
    next_step = "Notér det, når mødet er holdt – eller flyt mødet, hvis det blev holdt før tid."


FARTHEST_MEETING = timedelta(days=366)
"""Nobody agrees to a meeting later than that: it is a slip of the fingers."""


class PlanAccompaniment(StepRequest, step=Step.PLAN_ACCOMPANIMENT, when=OPEN):
    """Somebody the resident knows comes along, the caretaker perhaps (S1).

    The `id` becomes the meeting's, unless `visit_id` names one that is moved.
    """

    IS_DECIDED_NOW = True

    companion: fields.Companion
    meeting_at: Moment
    """When the meeting is."""
    visit_id: UUID | None = None
    """The meeting that is moved; without it, a new one."""

    def decide(self, case: Case, taken: Taken) -> None:
        role = taken.role_of(self.companion)
        if role is None:
            raise CompanionDoesNotWorkHere
        if not taken.under.may(role.value, Step.ACCOMPANY.value):
            raise CompanionTakesNoSuchStep
        case.must_be_open()
        visit_id = self.visit_id or self.id
        visit = case.meetings.visits.get(visit_id)
        if self.visit_id and not case.meetings.knows(self.visit_id):
            raise ThereIsNoSuchVisit
        if visit and (visit.is_done or (visit.companion, visit.meeting_at) == (self.companion, self.meeting_at)):
            return
        if self.meeting_at < taken.at:
            raise MeetingIsInThePast
        if self.meeting_at > taken.at + FARTHEST_MEETING:
            raise MeetingIsTooFarAhead
        if visit and visit.companion != self.companion and visit.comes is not False:
            case.trigger_event(CompanionReleased, **case.whose(), visit_id=visit_id, companion=visit.companion)
        case.trigger_event(
            AccompanimentPlanned,
            visit_id=visit_id,
            observation_id=case.origin.observation_id,
            companion=self.companion,
            meeting_at=self.meeting_at,
        )


class CompanionRequest(StepRequest, step=Step.ACCOMPANY, when=OPEN):
    """What somebody who is asked along says."""

    visit_id: UUID
    planned_for: Moment | None = None
    """The time that was answered about: an answer to a meeting that was moved meanwhile is refused. Without it, whenever it is."""

    def follows(self, case: Case) -> datetime:
        return case.meetings.asked_at(self.visit_id, otherwise=super().follows(case))

    def visit_in(self, case: Case, taken: Taken) -> Visit:
        """The meeting that is answered about; refuses when it is over, or was moved since."""
        visit = _their_visit(case, self.visit_id, taken)
        case.must_be_open()
        if visit.is_done:
            raise MeetingIsOver
        if self.planned_for not in (None, visit.meeting_at):
            raise MeetingWasMoved
        return visit

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.meetings.open_visits())


class AgreeToAccompany(CompanionRequest, step=Step.ACCOMPANY, when=OPEN):
    """The companion comes along; said by himself, or noted by whoever he told."""

    def decide(self, case: Case, taken: Taken) -> None:
        visit = self.visit_in(case, taken)
        if visit.comes is not True:
            case.trigger_event(AccompanimentAgreed, visit_id=self.visit_id, companion=visit.companion, handler=case.handler)


class DeclineToAccompany(CompanionRequest, step=Step.ACCOMPANY, when=OPEN):
    """The companion does not come along; nobody asks why."""

    def decide(self, case: Case, taken: Taken) -> None:
        visit = self.visit_in(case, taken)
        if visit.comes is not False:
            case.trigger_event(AccompanimentDeclined, visit_id=self.visit_id, companion=visit.companion, handler=case.handler)


class RecordAccompaniment(StepRequest, step=Step.ACCOMPANY, when=OPEN):
    """The companion was there; the caretaker may say so himself, after the end too."""

    visit_id: UUID

    def decide(self, case: Case, taken: Taken) -> None:
        visit = _their_visit(case, self.visit_id, taken)
        if visit.is_done:
            return
        if visit.comes is False:
            raise CompanionSaidNo
        if taken.at + CLOCKS_MAY_DIFFER < visit.meeting_at:
            raise MeetingIsStillToCome
        case.trigger_event(AccompanimentDone, visit_id=self.visit_id, companion=visit.companion)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return len(case.meetings.open_visits()) > len(case.meetings.declined_visits())


def release_companions(case: Case, *, at: datetime) -> None:
    """The case ends: whoever was asked along to a meeting that is still ahead, and had not said no, is not needed."""
    for visit_id in case.meetings.open_visits():
        visit = case.meetings.visits[visit_id]
        if visit.meeting_at > at and visit.comes is not False:
            case.trigger_event(CompanionReleased, **case.whose(), visit_id=visit_id, companion=visit.companion)


def _their_visit(case: Case, visit_id: UUID, taken: Taken) -> Visit:
    """The meeting; whoever takes their own part speaks for themselves only."""
    visit = case.meetings.visits.get(visit_id)
    if visit is None:
        raise ThereIsNoSuchVisit
    if taken.is_their_part and visit.companion != taken.who:
        raise ThisIsNotYourMeeting
    return visit


class AccompanimentPlanned(Event):
    """A known face comes along to a meeting."""

    TOPIC = "case.accompaniment_planned"

    visit_id: UUID
    observation_id: UUID
    """What was seen, for a companion who may read that and not the case."""
    companion: str
    meeting_at: datetime

    def apply(self, case: Case) -> None:
        visit = Visit(self.companion, self.meeting_at, planned_at=self.timestamp, changed_in=self.originator_version)
        case.meetings.plan(self.visit_id, visit)


class CompanionReleased(Event):
    """Somebody who was asked along, and had not said no, is not needed any more: another one is asked, or the case is over."""

    TOPIC = "case.companion_released"

    observation_id: UUID
    observer: str
    visit_id: UUID
    companion: str

    def apply(self, case: Case) -> None:
        case.meetings.release(self.visit_id, self.companion, changed_in=self.originator_version)


class AccompanimentAgreed(Event):
    """The companion comes along."""

    TOPIC = "case.accompaniment_agreed"

    visit_id: UUID
    companion: str
    handler: str
    """Who carries the case and is to know."""

    def apply(self, case: Case) -> None:
        case.meetings.answer(self.visit_id, comes=True, changed_in=self.originator_version)


class AccompanimentDeclined(Event):
    """The companion does not come along: somebody else is to be asked, or the meeting is held without."""

    TOPIC = "case.accompaniment_declined"

    visit_id: UUID
    companion: str
    handler: str
    """Who carries the case and is to know."""

    def apply(self, case: Case) -> None:
        case.meetings.answer(self.visit_id, comes=False, changed_in=self.originator_version)


class AccompanimentDone(Event):
    """The meeting took place, and the known face was there."""

    TOPIC = "case.accompaniment_done"

    visit_id: UUID
    companion: str

    def apply(self, case: Case) -> None:
        case.meetings.hold(self.visit_id)


@dataclass(slots=True)
class Visit:
    """A planned meeting with a companion."""

    companion: str
    meeting_at: datetime
    planned_at: datetime
    """When it was planned, or moved, last."""
    changed_in: int
    """The version of the case in which it was planned, moved, answered or called off last: a calendar keeps the newest."""
    comes: bool | None = None
    """What the companion answered; `None` while there is no answer to this time."""
    is_done: bool = False


class Meetings:
    """The accompanied meetings of one case."""

    def __init__(self) -> None:
        self.visits: dict[UUID, Visit] = {}
        self.called_off: dict[tuple[UUID, str], Visit] = {}
        """What somebody is not needed at any more, by the meeting and by whom: their calendar is to know."""

    def plan(self, visit_id: UUID, visit: Visit) -> None:
        """A meeting is planned, or moved: then the companion is asked anew."""
        before = self.visits.get(visit_id)
        if before and before.companion != visit.companion:
            self.release(visit_id, before.companion, changed_in=visit.changed_in)
        self.called_off.pop((visit_id, visit.companion), None)
        self.visits[visit_id] = visit

    def release(self, visit_id: UUID, companion: str, *, changed_in: int) -> None:
        """Somebody is not needed at a meeting; told again, or of somebody who is not asked, it is no news."""
        visit = self.visits.get(visit_id)
        if visit and visit.companion == companion:
            self.called_off[visit_id, companion] = replace(self.visits.pop(visit_id), comes=False, changed_in=changed_in)

    def last_called_off(self, visit_id: UUID) -> Visit:
        """A meeting as it was when it was called off the last time."""
        return max((visit for (called_off, _), visit in self.called_off.items() if called_off == visit_id), key=lambda one: one.changed_in)

    def knows(self, visit_id: UUID) -> bool:
        """Whether it is, or was, a meeting of this case."""
        return visit_id in self.visits or any(visit_id == called_off for called_off, _ in self.called_off)

    def asked_at(self, visit_id: UUID, *, otherwise: datetime) -> datetime:
        """When the companion was asked along, as it stands now."""
        visit = self.visits.get(visit_id)
        return visit.planned_at if visit else otherwise

    def answer(self, visit_id: UUID, *, comes: bool, changed_in: int) -> None:
        self.visits[visit_id].comes, self.visits[visit_id].changed_in = comes, changed_in

    def hold(self, visit_id: UUID) -> None:
        self.visits[visit_id].is_done = True

    def have_helped(self) -> bool:
        """Whether a known face came along."""
        return any(visit.is_done for visit in self.visits.values())

    def open_visits(self) -> list[UUID]:
        return [visit_id for visit_id, visit in self.visits.items() if not visit.is_done]

    def declined_visits(self) -> list[UUID]:
        """Meetings that somebody else is to be asked along to."""
        return [visit_id for visit_id in self.open_visits() if self.visits[visit_id].comes is False]

    def companions(self) -> list[str]:
        """Everybody who is asked along, comes, or was there; who said no or is not needed has no part any more."""
        return sorted({visit.companion for visit in self.visits.values() if visit.is_done or visit.comes is not False})

    def waits(self) -> list[Wait]:
        """Each meeting that is still to come."""
        return [Wait(kind=Appointment.MEETING, ref=str(id), due=v.meeting_at) for id, v in self.visits.items() if not v.is_done]
