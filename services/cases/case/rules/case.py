"""The case: one stream from a caretaker's concern to its outcome, and the decisions that move it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from services.cases.case.rules import (
    accompaniment,
    aftermath,
    answers,
    concern,
    consents,
    damage_service,
    deadlines,
    ending,
    erased,
    facts,
    follow_ups,
    handling,
    life,
    moving_along,
    observations,
    outbound,
    part,
    pattern,
    people,
    persons,
    pinned,
    place,
    protection,
    referrals,
    verifying,
    wrong_person,
)
from services.cases.case.rules.agreed import AgreedProcedure
from services.cases.case.rules.checks import known
from services.cases.case.rules.refusals import (
    CaseIsAlreadyOpen,
    CaseIsClosed,
    CaseIsErased,
    CaseIsFrozen,
    CaseIsJoinedToAnother,
    CaseIsNotOpen,
    CaseIsRetracted,
    ConcernIsDismissed,
)
from services.cases.case.rules.step import StepRequest, Taken
from services.cases.case.rules.waiting import Wait
from shared.ground.clock import AS_TYPED, CLOCKS_MAY_DIFFER
from shared.history.aggregate import Aggregate
from shared.privacy.personal import Personal, PersonalText, Whereabouts
from shared.words.vocabulary.case import ENDED, Category, Status
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.observation import Severity, Signal
from shared.words.vocabulary.referral import OFFICE
from shared.words.vocabulary.waiting import DeadlineKind

WAITS_SINCE: Mapping[Status, type[concern.ConcernRaised | concern.Triaged]] = {
    Status.RAISED: concern.ConcernRaised,
    Status.TRIAGED: concern.Triaged,
}
"""Since what a concern waits for somebody to take it, the first time it happened; a case is somebody's."""


class Case(Aggregate):
    """A concern, and the case that comes of it.

    Every step is taken here: `case.take(TriageConcern(…), taken)`. What it asks, when it is refused and what it leads to stands in one
    class beside its events, in the module of the part it is about; the parts hold what later decisions need to know.
    """

    TOPIC = "case"

    ConcernRaised = concern.ConcernRaised
    PlaceLinked = place.PlaceLinked
    Seen = concern.Seen
    Triaged = concern.Triaged
    Dismissed = concern.Dismissed
    Opened = handling.Opened
    Assigned = handling.Assigned
    SeverityChanged = handling.SeverityChanged
    ContactAttempted = handling.ContactAttempted
    ContactReached = handling.ContactReached
    NoteAdded = handling.NoteAdded
    VisitPlanned = verifying.VisitPlanned
    VisitEnded = verifying.VisitEnded
    ResidentDetailsNoted = handling.ResidentDetailsNoted
    NoticeFailed = handling.NoticeFailed
    ProcedureChanged = pinned.ProcedureChanged
    FactNoted = facts.FactNoted
    FactTakenBack = facts.FactTakenBack
    ResidentDied = life.ResidentDied
    DeathTakenBack = life.DeathTakenBack
    ResidentMoved = life.ResidentMoved
    MoveTakenBack = life.MoveTakenBack
    MovedAlong = moving_along.MovedAlong
    OutboundStopped = outbound.OutboundStopped
    OutboundResumed = outbound.OutboundResumed
    StaffCareNoted = aftermath.StaffCareNoted
    ApologyNoted = aftermath.ApologyNoted
    AskedToContinue = aftermath.AskedToContinue
    RecipientTold = aftermath.RecipientTold
    RetentionStarted = aftermath.RetentionStarted
    GuardianAppointed = protection.GuardianAppointed
    AddressProtected = protection.AddressProtected
    AddressUnprotected = protection.AddressUnprotected
    Closed = ending.Closed
    Reopened = ending.Reopened
    PersonNoted = persons.PersonNoted
    PersonLeft = persons.PersonLeft
    ResidentNamed = persons.ResidentNamed
    ConsentGranted = consents.ConsentGranted
    ConsentDeclined = consents.ConsentDeclined
    ConsentNotObtainable = consents.ConsentNotObtainable
    ConsentWithdrawn = consents.ConsentWithdrawn
    ReferralSent = referrals.ReferralSent
    ReferralDelivered = referrals.ReferralDelivered
    ReferralAcknowledged = referrals.ReferralAcknowledged
    ReferralAccepted = referrals.ReferralAccepted
    ReferralRejected = referrals.ReferralRejected
    ReferralAnswered = referrals.ReferralAnswered
    ReferralSilent = referrals.ReferralSilent
    DamageServiceOrdered = damage_service.DamageServiceOrdered
    DamageServiceLetIn = damage_service.DamageServiceLetIn
    DamageServiceCompleted = damage_service.DamageServiceCompleted
    DamageServiceCancelled = damage_service.DamageServiceCancelled
    AccompanimentPlanned = accompaniment.AccompanimentPlanned
    CompanionReleased = accompaniment.CompanionReleased
    AccompanimentAgreed = accompaniment.AccompanimentAgreed
    AccompanimentDeclined = accompaniment.AccompanimentDeclined
    AccompanimentDone = accompaniment.AccompanimentDone
    FollowUpPlanned = follow_ups.FollowUpPlanned
    FollowUpDone = follow_ups.FollowUpDone
    FollowUpMissed = follow_ups.FollowUpMissed
    FollowUpCancelled = follow_ups.FollowUpCancelled
    DeadlineMissed = deadlines.DeadlineMissed
    CaretakerInformed = deadlines.CaretakerInformed
    PatternNoticed = pattern.PatternNoticed
    ObservationLinked = observations.ObservationLinked
    ObservationUnlinked = observations.ObservationUnlinked
    LinkedTo = observations.LinkedTo
    StandsAlone = observations.StandsAlone
    TakenUpAgain = observations.TakenUpAgain
    Frozen = wrong_person.Frozen
    Unfrozen = wrong_person.Unfrozen
    WrongPersonCorrected = wrong_person.WrongPersonCorrected
    Retracted = wrong_person.Retracted
    RecipientAskedToDelete = wrong_person.RecipientAskedToDelete
    BreachAssessed = wrong_person.BreachAssessed
    SubjectInformed = wrong_person.SubjectInformed
    ExceptionRecorded = wrong_person.ExceptionRecorded
    PersonErased = erased.PersonErased
    Erased = erased.Erased

    def __init__(self) -> None:
        self.origin: concern.Origin
        self.is_at_home = False
        """Whether it is known which home it is about."""
        self.procedure_version = ""
        self.status = Status.RAISED
        self.severity = ""
        self.category = ""
        self.is_itself_about_a_child = False
        """Whether a child was seen in trouble, or it was judged to be about one: then nothing waits for the office to open."""
        self.handler = ""
        self.attended_by = ""
        """Who judged it while on call; it is theirs to see until somebody carries it."""
        self.outcome = ""
        """How it ended: why no case came of it, or what the case came to; empty while it has not."""
        self.is_seen = False
        self.seen_in = 0
        """The version in which somebody saw it."""
        self._is_looked_at = False
        self._now: datetime | None = None
        """When the step that is being taken was done: what an event changes may depend on it (`Event.timestamp`)."""
        self.began_again: datetime | None = None
        """When it was reopened the last time."""
        self.is_reached = False
        self.reached_at: datetime | None = None
        self.attempts: list[datetime] = []
        """When somebody tried in vain to reach the resident."""
        self.visit: verifying.Visit | None = None
        """Who is to go by and see whether it is so."""
        self.facts: dict[UUID, facts.Fact] = {}
        """What outcomes may rest on besides the case's own course, by the id it was noted with."""
        self.life = life.Life()
        self.guardians: dict[UUID | None, tuple[UUID | None, tuple[str, ...]]] = {}
        """Who decides for whom, and what."""
        self.protected_by = ""
        """Who says that the address is protected; empty while it is not."""
        self.failed_notices: set[UUID] = set()
        self.pattern: pattern.PatternNoticed | None = None
        """Why it is proposed as more serious than it was reported."""
        self.observations = observations.Observations()
        self.correction = wrong_person.Correction()
        self.deadlines = deadlines.Deadlines()
        self.persons = people.Persons()
        self.consents = answers.Consents()
        self.referrals = referrals.Referrals()
        self.damage_service = damage_service.DamageService()
        self.meetings = accompaniment.Meetings()
        self.follow_ups = follow_ups.FollowUps()

    @classmethod
    def raise_concern(
        cls,
        reported: concern.RaiseConcern,
        *,
        id: UUID,
        at: datetime,
        under: AgreedProcedure,
        observer_role: str = "",
        seen_before: Iterable[pattern.Sighting] = (),
    ) -> Self:
        """A caretaker's observation becomes a concern, with what the resident said on the spot.

        The clock runs from when it reached us (`at`), not from when it was seen: a phone may have been without coverage (FB12).
        """
        severity, origin = known(reported.severity, Severity, field="severity"), reported.origin
        this = pattern.Sighting(
            observer=origin.observer, source=origin.source, role=observer_role, observed_at=origin.observed_at
        )  # fmt: skip
        before = pattern.independent(this, seen_before)
        proposed = pattern.at_least(severity) if before else severity
        case = cls.begin(
            cls.ConcernRaised,
            id=id,
            **asdict(origin) | reported.told_estate(id),
            home=Whereabouts(id, str(reported.home)) if reported.home else None,
            tenancy=Whereabouts(id, str(reported.tenancy)) if reported.tenancy else None,
            signals=list(reported.signals),
            severity=severity,
            consent_answer=known(reported.consent_answer, Answer, field="consent_answer"),
            address=reported.address,
            words=reported.words,
            earlier_case=Personal(id, str(reported.earlier_case)) if reported.earlier_case else None,
            procedure_version=under.version,
            triage_due=under.deadline(
                DeadlineKind.TRIAGE.value, severity=proposed, after=at, about_a_child=Signal.CHILD_NEGLECT in reported.signals
            ),
            category=concern.certain_category(reported.origin),
            contact_due=concern.welcome_due(reported.origin, at=at),
        )
        consents.report(case, reported)
        if before:
            case.trigger_event(
                cls.PatternNoticed,
                severity=proposed,
                days=pattern.WITHIN.days,
                observer_role=this.called,
                observed_at=origin.observed_at,
                earlier_role=before.called,
                earlier_at=pattern.the_day(before.observed_at),
            )
        return case

    def take(self, request: StepRequest, taken: Taken) -> None:
        """Take a step: refused unless the procedure gives it to this role, and wherever its own rule says no.

        Who takes one has seen the concern. Who takes a step of their own part, as a caretaker does who stays with what a caretaker
        saw, is not the one it waits for.
        """
        taken.must_be_permitted(request.STEP, self)
        if self.status == Status.ERASED:
            raise CaseIsErased
        if self.correction.is_frozen and not wrong_person.goes_on_while_frozen(type(request)):
            raise CaseIsFrozen
        if taken.is_their_part:
            part.must_be_theirs(self, request.STEP, taken.who)
        outbound.must_not_stand_still(self, type(request))
        self.persons.must_not_be_erased(getattr(request, named, None) for named in ("person", "given_by", "guardian"))
        taken.must_not_precede(request.follows(self))
        if request.IS_DECIDED_NOW:
            taken.must_be_now()
        self._is_looked_at = request.IS_A_LOOK and not taken.is_their_part
        together = (self, *taken.others.values())
        for case in together:
            case._now = taken.at
        try:
            request.decide(self, taken)
        finally:
            self._is_looked_at = False
            for case in together:
                case._now = None

    def trigger_event(self, event_class: type[Any], **facts: Any) -> None:
        """Something happens; that somebody saw the concern comes before the first thing they do about it."""
        if self._is_looked_at and not self.is_seen and event_class is not self.Seen:
            super().trigger_event(self.Seen, timestamp=self._now, **self.whose())
        super().trigger_event(event_class, timestamp=self._now, **facts)

    def notice_failed(self, *, notice_id: UUID, recipient: str, kind: str) -> None:
        """A notice did not arrive; noted once, so that somebody rings instead."""
        if notice_id not in self.failed_notices:
            self.trigger_event(self.NoticeFailed, notice_id=notice_id, recipient=recipient, kind=kind)

    def note_time(self, at: datetime) -> None:
        """Record everything that did not happen in time, each exactly once, however often the clock asks.

        When the day has come on which the resident moves, nothing reaches out from its first moment on, however late the clock is.
        """
        if self.status in (Status.LINKED, Status.ERASED):
            return
        moved_at = None if self.is_over else self.life.takes_effect(at)
        if moved_at is not None:
            self._note_what_was_missed(moved_at)
            outbound.settle(self, moved_at)
        self._note_what_was_missed(at)

    def _note_what_was_missed(self, at: datetime) -> None:
        for owed, due in self.deadlines.overdue(at):
            self.trigger_event(
                self.DeadlineMissed,
                kind=owed.kind,
                milestone=owed.milestone,
                due=due,
                handler=self.handler,
                observation_id=owed.observation,
            )
        if self.status != Status.OPEN or self.life.stopped_by:
            return
        for follow_up_id, due in self.follow_ups.overdue(at):
            self.trigger_event(self.FollowUpMissed, follow_up_id=follow_up_id, handler=self.handler, due=due)
        for referral_id, referral, step, due in self.referrals.silent(at):
            self.trigger_event(
                self.ReferralSilent,
                referral_id=referral_id,
                target=referral.target,
                municipality=protection.shown(self, referral.municipality),
                handler=self.handler,
                step=step,
                due=due,
            )

    def waits(self) -> list[Wait]:
        """Everything it waits for; when it is over, only that those who saw it are told, unless they hear from another case.

        While nothing reaches out, what is left to do for colleagues and recipients.
        """
        if self.status in (Status.LINKED, Status.ERASED):
            return []
        if self.is_over or self.life.stopped_by:
            return [*self.deadlines.waits(), *self.correction.waits()]
        return [
            *self.correction.waits(),
            *self.deadlines.waits(),
            *self.life.waits(),
            *verifying.visit_waits(self),
            *self.follow_ups.waits(),
            *self.damage_service.waits(),
            *self.meetings.waits(),
            *self.referrals.waits(),
        ]

    def is_as_it_was_in(self, version: int) -> bool:
        """Whether nothing has happened since this version but that somebody saw it, on which nobody's decision rests."""
        return version == self.version or (version == self.version - 1 and self.seen_in == self.version)

    def carried_by(self, handler: str) -> None:
        """Somebody carries it from now on."""
        self.handler, self.attended_by = handler, ""
        self.deadlines.carry(handler)

    # What the steps ask

    @property
    def is_address_protected(self) -> bool:
        """Whether where they live is shown to nobody who does not need it."""
        return bool(self.protected_by)

    @property
    def since(self) -> datetime:
        """Nothing that is done in the case was done before: it was reopened, or it was seen, by a phone whose clock may be a little off."""
        return self.began_again or self.origin.observed_at - CLOCKS_MAY_DIFFER + AS_TYPED

    @property
    def is_over(self) -> bool:
        """Whether it came to an end."""
        return self.status in ENDED

    def must_be_open(self) -> None:
        """Refuses unless somebody carries the case now."""
        self.must_not_be_over()
        if self.status != Status.OPEN:
            raise CaseIsNotOpen

    def must_be_undecided(self) -> None:
        """Refuses once it is a case, or is over."""
        self.must_not_be_over()
        if self.status == Status.OPEN:
            raise CaseIsAlreadyOpen

    def must_not_be_over(self) -> None:
        """Refuses when nobody works on it any more."""
        if self.status == Status.LINKED:
            raise CaseIsJoinedToAnother
        if self.status == Status.RETRACTED:
            raise CaseIsRetracted
        if self.status == Status.CLOSED:
            raise CaseIsClosed
        if self.status == Status.DISMISSED:
            raise ConcernIsDismissed

    def allows(self, asked: answers.Asked, *, at: datetime) -> bool:
        """Whether somebody's last answer allows telling now: a yes that holds, of somebody who has to do with the case and is known.

        A yes to the office allows telling nobody.
        """
        if asked.person is None:
            counts = self.persons.is_unnamed_anybody
        else:
            counts = asked.person in self.persons.here() and not self.life.is_dead(asked.person)
        return counts and asked.recipient != OFFICE and self.consents.cover(asked, at=at)

    def asked_about_the_home(self, recipient: str, *, at: datetime) -> answers.Asked:
        """Whose answer counts in what is about the home: that of somebody who lives there and said yes, or else of the first of them."""
        who = dict.fromkeys([*([None] if self.persons.is_unnamed_anybody else []), *map(self.persons.who, self.persons.with_a_say())])
        theirs = [answers.Asked(each, recipient) for each in who]
        return next((asked for asked in theirs if self.allows(asked, at=at)), next(iter(theirs), answers.Asked(None, recipient)))

    def has_leave_for_the_home(self, recipient: str, *, at: datetime) -> bool:
        """Whether somebody who lives there said yes."""
        return self.allows(self.asked_about_the_home(recipient, at=at), at=at)

    def may_be_told(self, at: datetime) -> set[str]:
        """Everybody somebody of the case said yes to."""
        return {asked.recipient for asked in self.consents.answers if self.allows(asked, at=at)}

    def has_a_no(self) -> bool:
        """Whether the resident said no to being helped; or, while nobody knows who that is, those who live there."""
        return self.consents.has_a_no([None] if self.persons.is_unnamed_anybody else self.persons.with_a_say())

    def somebody(self, person: UUID | None) -> UUID | None:
        """Whom a request names, with the resident as `None`. Raises `NobodyOfTheCase`, `PersonHasDied`."""
        who = self.persons.who(person)
        if who is not None and self.life.is_dead(who):
            raise persons.PersonHasDied
        return who

    @property
    def is_about_a_child(self) -> bool:
        """Whether anything that was seen is about a child."""
        return self.is_itself_about_a_child or self.observations.are_about_a_child

    @property
    def observers(self) -> list[str]:
        """Everybody who saw it, the first one first."""
        return [witness.observer for witness in self.deadlines.witnesses.values()]

    def has_told(self, recipient: str, person: UUID | None) -> bool:
        """Whether this recipient was told something of somebody on the strength of a consent."""
        return self.referrals.have_told(recipient, person) or self.damage_service.has_told(recipient)

    def tell_due(self, taken: Taken) -> datetime:
        """Until when the caretaker is to hear of something that happens now."""
        return taken.under.deadline(
            DeadlineKind.TELL_CARETAKER.value, severity=self.severity, after=taken.recorded_at, about_a_child=self.is_about_a_child
        )

    def triage_due(self, taken: Taken) -> datetime:
        """Until when somebody is to judge it, if that starts now."""
        return taken.under.deadline(
            DeadlineKind.TRIAGE.value, severity=self.severity, after=taken.recorded_at, about_a_child=self.is_about_a_child
        )

    def contact_due(self, taken: Taken, *, severity: str = "", category: str = "") -> datetime:
        """Until when the resident is to be reached, if that starts now; as it is judged to be from now on, or as it was."""
        return taken.under.deadline(
            DeadlineKind.FIRST_CONTACT.value,
            severity=severity or self.severity,
            after=taken.recorded_at,
            about_a_child=self.is_about_a_child or category == Category.CHILD_WELFARE,
        )

    def words(self, text: str) -> Personal | None:
        """Words in the case, to be sealed with a key of their own; `None` when nothing was written."""
        return PersonalText(self.id, text) if text else None

    def whose(self) -> dict[str, Any]:
        """Whose observation it was; stands in every event that the one who saw it is told about."""
        return {"observation_id": self.origin.observation_id, "observer": self.origin.observer}
