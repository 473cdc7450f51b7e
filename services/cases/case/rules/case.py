"""The case: one stream from a caretaker's concern to its outcome, and the decisions that move it on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from services.cases.case.rules import concern, consents, course, deadlines, event, follow_ups, practical_help, referrals
from services.cases.case.rules.agreed import AgreedProcedure
from services.cases.case.rules.checks import can_carry, fits, known, permitted
from services.cases.case.rules.codes import (
    ENDS_WITHOUT_ANSWERS,
    NOBODY_TO_FOLLOW_UP,
    Answer,
    Category,
    Channel,
    DeadlineKind,
    DismissalReason,
    Outcome,
    Severity,
    Status,
    Step,
)
from services.cases.case.rules.refusals import (
    CaseIsAlreadyOpen,
    CaseIsClosed,
    CaseIsNotOpen,
    ConcernIsDismissed,
    ConcernIsNotTriaged,
    FollowUpsAreOpen,
    NoteIsEmpty,
    NothingIsNoted,
    OnlyAClosedCaseIsReopened,
    ReferralsAreUnanswered,
)
from shared.ground.provenance import Role
from shared.history.aggregate import Aggregate
from shared.privacy.personal import Personal, Sealed


class Case(Aggregate):
    """A concern, and the case that comes of it.

    Every step says who takes it (`by`), when (`at`) and under which procedure; the procedure handed in is the version the case is pinned
    to. What belongs to a part is decided there: `case.consents.grant(…)`, `case.referrals.send(…)`.
    """

    TOPIC = "case"

    Event = event.Event
    ConcernRaised = concern.ConcernRaised
    Seen = concern.Seen
    Triaged = concern.Triaged
    Dismissed = concern.Dismissed
    Opened = course.Opened
    Assigned = course.Assigned
    SeverityChanged = course.SeverityChanged
    ContactAttempted = course.ContactAttempted
    ContactReached = course.ContactReached
    NoteAdded = course.NoteAdded
    ResidentDetailsNoted = course.ResidentDetailsNoted
    NoticeFailed = course.NoticeFailed
    Closed = course.Closed
    Reopened = course.Reopened
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
    DamageServiceOrdered = practical_help.DamageServiceOrdered
    DamageServiceCompleted = practical_help.DamageServiceCompleted
    AccompanimentPlanned = practical_help.AccompanimentPlanned
    AccompanimentDone = practical_help.AccompanimentDone
    FollowUpPlanned = follow_ups.FollowUpPlanned
    FollowUpDone = follow_ups.FollowUpDone
    FollowUpMissed = follow_ups.FollowUpMissed
    FollowUpCancelled = follow_ups.FollowUpCancelled
    DeadlineMissed = deadlines.DeadlineMissed
    CaretakerInformed = deadlines.CaretakerInformed

    def __init__(self) -> None:
        self.origin: concern.Origin
        self.procedure_version = ""
        self.status = Status.RAISED
        self.severity = ""
        self.category = ""
        self.handler = ""
        self.outcome = ""
        self.is_seen = False
        self.is_reached = False
        self.failed_notices: set[UUID] = set()
        self.deadlines = deadlines.Deadlines(self)
        self.consents = consents.Consents(self)
        self.referrals = referrals.Referrals(self)
        self.practical_help = practical_help.PracticalHelp(self)
        self.follow_ups = follow_ups.FollowUps(self)

    # From concern to case

    @classmethod
    def raise_concern(
        cls,
        *,
        id: UUID,
        at: datetime,
        under: AgreedProcedure,
        origin: concern.Origin,
        signals: Iterable[str],
        severity: str,
        consent_answer: str,
        consent_wording: str,
        consent_scope: Sequence[str],
        address: Sealed,
        words: Sealed | None,
    ) -> Self:
        """A caretaker's observation becomes a concern, with what the resident said on the spot.

        The clock runs from when it reached us (`at`), not from when it was seen: a phone may have been without coverage (FB12).
        """
        severity = known(severity, Severity, field="severity")
        consent_answer = known(consent_answer, Answer, field="consent_answer")
        case = cls.begin(
            cls.ConcernRaised,
            id=id,
            observation_id=origin.observation_id,
            observer=origin.observer,
            observed_at=origin.observed_at,
            estate_id=origin.estate_id,
            municipality=origin.municipality,
            estate_name=origin.estate_name,
            home_id=origin.home_id,
            tenancy_id=origin.tenancy_id,
            signals=list(signals),
            severity=severity,
            consent_answer=consent_answer,
            address=address,
            words=words,
            procedure_version=under.version,
            triage_due=under.deadline(DeadlineKind.TRIAGE.value, severity=severity, after=at),
        )
        case.consents.reported(
            consent_answer, recipients=consent_scope, wording=consent_wording, asked_by=origin.observer, asked_at=origin.observed_at
        )
        return case

    def see(self, *, by: Role, under: AgreedProcedure) -> None:
        """A person looks at it for the first time."""
        permitted(Step.SEE, by=by, under=under)
        if not self.is_seen:
            self.trigger_event(self.Seen, **self._whose())

    def triage(
        self, *, by: Role, at: datetime, under: AgreedProcedure, severity: str, category: str, reason: Personal | None = None
    ) -> None:
        """Judge how serious it is and what it is about; may be judged again until the case is open.

        From now on the resident is to be reached in time, whether or not anybody opens the case.
        """
        permitted(Step.TRIAGE, by=by, under=under)
        severity = known(severity, Severity, field="severity")
        category = known(category, Category, field="category")
        reason = fits(reason, field="reason")
        self._must_be_undecided()
        if self.status == Status.RAISED or (severity, category) != (self.severity, self.category):
            due = under.deadline(DeadlineKind.FIRST_CONTACT.value, severity=severity, after=at)
            self.trigger_event(self.Triaged, **self._whose(), severity=severity, category=category, reason=reason, contact_due=due)

    def dismiss(self, *, by: Role, at: datetime, under: AgreedProcedure, reason: str, remark: Personal | None = None) -> None:
        """No case comes of it; the one who saw it is to be told so."""
        permitted(Step.DISMISS, by=by, under=under)
        reason = known(reason, DismissalReason, field="reason")
        remark = fits(remark, field="remark")
        if self.status == Status.DISMISSED:
            return
        self._must_be_undecided()
        self.trigger_event(self.Dismissed, **self._whose(), reason=reason, remark=remark, tell_due=self.tell_due(at, under))

    def open(self, *, by: Role, at: datetime, under: AgreedProcedure, handler: str, role: Role) -> None:
        """Make it a case that somebody in this role carries; the procedure's follow-ups are planned with it."""
        permitted(Step.OPEN, by=by, under=under)
        can_carry(role)
        if self.status == Status.OPEN and handler == self.handler:
            return
        self._must_be_undecided()
        if self.status != Status.TRIAGED:
            raise ConcernIsNotTriaged
        self.trigger_event(
            self.Opened,
            **self._whose(),
            observed_at=self.origin.observed_at,
            estate_id=self.origin.estate_id,
            municipality=self.origin.municipality,
            category=self.category,
            severity=self.severity,
            handler=handler,
            contact_due=self.deadlines.due_of(DeadlineKind.FIRST_CONTACT) or self._contact_due(at, under),
            tell_due=self.tell_due(at, under),
        )
        self.follow_ups.plan_by_procedure(at=at, under=under)

    # Carrying it

    def assign(self, *, by: Role, under: AgreedProcedure, to: str, role: Role) -> None:
        """Somebody else, in this role, carries it; never a caretaker (S1)."""
        permitted(Step.ASSIGN, by=by, under=under)
        can_carry(role)
        self.must_be_open()
        if to != self.handler:
            self.trigger_event(self.Assigned, handler=to)

    def change_severity(self, *, by: Role, at: datetime, under: AgreedProcedure, to: str, reason: Personal | None = None) -> None:
        """It is more, or less, serious than thought; who is worse off is to be reached sooner."""
        permitted(Step.CHANGE_SEVERITY, by=by, under=under)
        to = known(to, Severity, field="severity")
        reason = fits(reason, field="reason")
        self.must_be_open()
        if to != self.severity:
            due = under.deadline(DeadlineKind.FIRST_CONTACT.value, severity=to, after=at)
            is_sooner = self.deadlines.would_come_sooner(DeadlineKind.FIRST_CONTACT, due=due)
            self.trigger_event(self.SeverityChanged, severity=to, reason=reason, contact_due=due if is_sooner else None)

    def contact(self, *, by: Role, at: datetime, under: AgreedProcedure, reached: bool, channel: str, note: Personal | None = None) -> None:
        """Somebody tried to reach the resident at `at`, and did or did not."""
        permitted(Step.CONTACT, by=by, under=under)
        channel = known(channel, Channel, field="channel")
        note = fits(note, field="note")
        self.must_be_open()
        on_time = self.deadlines.is_met_in_time(DeadlineKind.FIRST_CONTACT, at=at)
        self.trigger_event(self.ContactReached if reached else self.ContactAttempted, channel=channel, on_time=on_time, note=note)

    def note(self, *, by: Role, under: AgreedProcedure, text: Personal) -> None:
        """Something a colleague needs to know."""
        self._note(Step.NOTE, by=by, under=under, text=text)

    def keep_an_eye(self, *, by: Role, under: AgreedProcedure, text: Personal) -> None:
        """What somebody sees from the side line; the caretaker's way to stay with it (S1)."""
        self._note(Step.KEEP_AN_EYE, by=by, under=under, text=text)

    def note_resident_details(self, *, by: Role, under: AgreedProcedure, name: Personal | None, phone: Personal | None) -> None:
        """How the resident can be reached; both replace what was noted before."""
        permitted(Step.RESIDENT_DETAILS, by=by, under=under)
        name, phone = fits(name, field="name"), fits(phone, field="phone")
        self.must_not_be_over()
        if name is None and phone is None:
            raise NothingIsNoted
        self.trigger_event(self.ResidentDetailsNoted, name=name, phone=phone)

    def notice_failed(self, *, notice_id: UUID, recipient: str, kind: str) -> None:
        """A notice did not arrive; noted once, so that somebody rings instead."""
        if notice_id not in self.failed_notices:
            self.trigger_event(self.NoticeFailed, notice_id=notice_id, recipient=recipient, kind=kind)

    # Ending it

    def close(self, *, by: Role, at: datetime, under: AgreedProcedure, outcome: str, remark: Personal | None = None) -> None:
        """End the case; telling the caretaker starts now and may be done afterwards."""
        permitted(Step.CLOSE, by=by, under=under)
        outcome = known(outcome, Outcome, field="outcome")
        remark = fits(remark, field="remark")
        if self.status == Status.CLOSED and outcome == self.outcome:
            return
        self.must_be_open()
        if self.referrals.are_unanswered() and outcome not in ENDS_WITHOUT_ANSWERS:
            raise ReferralsAreUnanswered
        if outcome in NOBODY_TO_FOLLOW_UP:
            self.follow_ups.cancel_all()
        if self.follow_ups.open():
            raise FollowUpsAreOpen
        self.trigger_event(self.Closed, **self._whose(), outcome=outcome, remark=remark, tell_due=self.tell_due(at, under))

    def reopen(self, *, by: Role, at: datetime, under: AgreedProcedure, reason: Personal | None = None) -> None:
        """It was not over; the resident is to be reached and looked after as in a new case."""
        permitted(Step.REOPEN, by=by, under=under)
        reason = fits(reason, field="reason")
        if self.status == Status.OPEN:
            return
        if self.status != Status.CLOSED:
            raise OnlyAClosedCaseIsReopened
        due = self._contact_due(at, under)
        self.trigger_event(self.Reopened, **self._whose(), handler=self.handler, reason=reason, contact_due=due)
        self.follow_ups.plan_by_procedure(at=at, under=under)

    # The clock

    def note_time(self, at: datetime) -> None:
        """Record everything that did not happen in time, each exactly once, however often the clock asks."""
        self.deadlines.note_time(at)
        if self.status == Status.OPEN:
            self.follow_ups.note_time(at)
            self.referrals.note_time(at)

    # What the parts ask

    def must_be_open(self) -> None:
        """Refuses unless somebody carries the case now."""
        self.must_not_be_over()
        if self.status != Status.OPEN:
            raise CaseIsNotOpen

    def must_not_be_over(self) -> None:
        """Refuses when it is closed or dismissed."""
        if self.status == Status.CLOSED:
            raise CaseIsClosed
        if self.status == Status.DISMISSED:
            raise ConcernIsDismissed

    def tell_due(self, at: datetime, under: AgreedProcedure) -> datetime:
        """Until when the caretaker is to hear of something that happens now."""
        return under.deadline(DeadlineKind.TELL_CARETAKER.value, severity=self.severity, after=at)

    def _contact_due(self, at: datetime, under: AgreedProcedure) -> datetime:
        return under.deadline(DeadlineKind.FIRST_CONTACT.value, severity=self.severity, after=at)

    def _must_be_undecided(self) -> None:
        self.must_not_be_over()
        if self.status == Status.OPEN:
            raise CaseIsAlreadyOpen

    def _note(self, step: Step, *, by: Role, under: AgreedProcedure, text: Personal) -> None:
        permitted(step, by=by, under=under)
        self.must_not_be_over()
        written = fits(text, field="text")
        if written is None:
            raise NoteIsEmpty
        self.trigger_event(self.NoteAdded, kind=step.value, text=written)

    def _whose(self) -> dict[str, Any]:
        """Whose observation it was; stands in every event that the one who saw it is told about."""
        return {"observation_id": self.origin.observation_id, "observer": self.origin.observer}
