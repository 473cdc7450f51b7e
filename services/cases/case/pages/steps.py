"""The steps somebody may take in a case, as forms: what is filled in, and which command it asks for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from services.cases.case.commands import concern, consents, course, help, referrals
from services.cases.case.queries.history import CaseFacts
from services.cases.case.rules.codes import Basis, HowAsked
from services.cases.case.rules.codes import Step as Taken
from shared.ground.text_input import free_text
from shared.ground.working_days import ZONE, end_of_day
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import Personal
from shared.words.language import marked


@dataclass(frozen=True, slots=True)
class Wish:
    """A command and what it asks for; `happened_at` when it was done earlier than it is registered."""

    command: Callable[[Any, UnitOfWork], Awaitable[None]]
    what: Any
    happened_at: datetime | None = None


class StepForm(BaseModel):
    """What every step's form sends: an id made when the form was shown, and the version that was looked at."""

    id: UUID
    version: int

    def wish(self, facts: CaseFacts) -> Wish:
        """What the filled-in form asks for. Raises a refusal for a text that may not be kept."""
        raise NotImplementedError

    def about(self, facts: CaseFacts) -> dict[str, Any]:
        return {"case_id": facts.case_id, "version": self.version}


class _Triage(StepForm):
    severity: str
    category: str
    reason: str = ""

    def wish(self, facts: CaseFacts) -> Wish:
        reason = _words(facts, self.reason, "reason")
        command = concern.TriageConcern(**self.about(facts), severity=self.severity, category=self.category, reason=reason)
        return Wish(concern.triage_concern, command)


class _Dismissal(StepForm):
    reason: str
    remark: str = ""

    def wish(self, facts: CaseFacts) -> Wish:
        remark = _words(facts, self.remark, "remark")
        return Wish(concern.dismiss_concern, concern.DismissConcern(**self.about(facts), reason=self.reason, remark=remark))


class _Opening(StepForm):
    handler: str

    def wish(self, facts: CaseFacts) -> Wish:
        return Wish(concern.open_case, concern.OpenCase(**self.about(facts), handler=self.handler))


class _Assignment(StepForm):
    handler: str

    def wish(self, facts: CaseFacts) -> Wish:
        return Wish(course.assign_case, course.AssignCase(**self.about(facts), handler=self.handler))


class _Severity(StepForm):
    severity: str
    reason: str = ""

    def wish(self, facts: CaseFacts) -> Wish:
        reason = _words(facts, self.reason, "reason")
        return Wish(course.change_severity, course.ChangeSeverity(**self.about(facts), severity=self.severity, reason=reason))


class _Contact(StepForm):
    reached: Literal["yes", "no"]
    channel: str
    note: str = ""
    when: datetime | None = None

    def wish(self, facts: CaseFacts) -> Wish:
        note = _words(facts, self.note, "note")
        command = course.RecordContact(**self.about(facts), reached=self.reached == "yes", channel=self.channel, note=note)
        return Wish(course.record_contact, command, _local(self.when))


class _Consent(StepForm):
    answer: Literal["granted", "declined", "not_able"]
    recipients: list[str] = []
    wording: str = ""
    how: str = HowAsked.ORAL.value
    valid_until: date | None = None
    when: datetime | None = None

    def wish(self, facts: CaseFacts) -> Wish:
        about, recipients, happened_at = self.about(facts), tuple(self.recipients), _local(self.when)
        match self.answer:
            case "granted":
                until = end_of_day(self.valid_until) if self.valid_until else None
                granted = consents.GrantConsent(**about, recipients=recipients, wording=self.wording, how=self.how, valid_until=until)
                return Wish(consents.grant_consent, granted, happened_at)
            case "declined":
                declined = consents.DeclineConsent(**about, recipients=recipients, wording=self.wording, how=self.how)
                return Wish(consents.decline_consent, declined, happened_at)
            case "not_able":
                unable = consents.RecordConsentNotObtainable(**about, recipients=recipients)
                return Wish(consents.record_consent_not_obtainable, unable, happened_at)


class _Withdrawal(StepForm):
    recipient: str
    how: str = HowAsked.ORAL.value

    def wish(self, facts: CaseFacts) -> Wish:
        return Wish(consents.withdraw_consent, consents.WithdrawConsent(**self.about(facts), recipient=self.recipient, how=self.how))


class _Referral(StepForm):
    target: str
    channel: str
    basis: str = Basis.CONSENT.value
    basis_reason: str = ""
    content: str = ""

    def wish(self, facts: CaseFacts) -> Wish:
        command = referrals.SendReferral(
            **self.about(facts),
            referral_id=self.id,
            target=self.target,
            channel=self.channel,
            basis=self.basis,
            basis_reason=_words(facts, self.basis_reason, "basis_reason"),
            content=_words(facts, self.content, "content"),
        )
        return Wish(referrals.send_referral, command)


class _Answer(StepForm):
    referral_id: UUID
    outcome: str
    reason: str = ""
    when: datetime | None = None

    def wish(self, facts: CaseFacts) -> Wish:
        about = {**self.about(facts), "referral_id": self.referral_id}
        happened_at = _local(self.when)
        match self.outcome:
            case "delivered":
                return Wish(referrals.record_delivery, referrals.RecordDelivery(**about), happened_at)
            case "received":
                return Wish(referrals.record_acknowledgement, referrals.RecordAcknowledgement(**about), happened_at)
            case "accepted":
                return Wish(referrals.record_acceptance, referrals.RecordAcceptance(**about), happened_at)
            case "rejected":
                reason = _words(facts, self.reason, "reason")
                return Wish(referrals.record_rejection, referrals.RecordRejection(**about, reason=reason), happened_at)
            case _:
                return Wish(referrals.record_answer, referrals.RecordAnswer(**about, outcome=self.outcome), happened_at)


class _DamageService(StepForm):
    basis: str = Basis.CONSENT.value
    basis_reason: str = ""

    def wish(self, facts: CaseFacts) -> Wish:
        reason = _words(facts, self.basis_reason, "basis_reason")
        command = help.OrderDamageService(**self.about(facts), order_id=self.id, basis=self.basis, basis_reason=reason)
        return Wish(help.order_damage_service, command)


class _DamageServiceDone(StepForm):
    order_id: UUID

    def wish(self, facts: CaseFacts) -> Wish:
        return Wish(help.complete_damage_service, help.CompleteDamageService(**self.about(facts), order_id=self.order_id))


class _Accompaniment(StepForm):
    companion: str
    meeting_at: datetime

    def wish(self, facts: CaseFacts) -> Wish:
        meeting_at = _local(self.meeting_at)
        assert meeting_at is not None  # noqa: S101  the form cannot be sent without it
        command = help.PlanAccompaniment(**self.about(facts), visit_id=self.id, companion=self.companion, meeting_at=meeting_at)
        return Wish(help.plan_accompaniment, command)


class _Accompanied(StepForm):
    visit_id: UUID

    def wish(self, facts: CaseFacts) -> Wish:
        return Wish(help.record_accompaniment, help.RecordAccompaniment(**self.about(facts), visit_id=self.visit_id))


class _FollowUp(StepForm):
    due: date

    def wish(self, facts: CaseFacts) -> Wish:
        return Wish(help.plan_follow_up, help.PlanFollowUp(**self.about(facts), follow_up_id=self.id, due=end_of_day(self.due)))


class _FollowedUp(StepForm):
    follow_up_id: UUID
    done: Literal["done", "cancelled"] = "done"
    note: str = ""

    def wish(self, facts: CaseFacts) -> Wish:
        about = {**self.about(facts), "follow_up_id": self.follow_up_id}
        if self.done == "cancelled":
            return Wish(help.cancel_follow_up, help.CancelFollowUp(**about))
        return Wish(help.do_follow_up, help.DoFollowUp(**about, note=_words(facts, self.note, "note")))


class _Informed(StepForm):
    milestone: str
    channel: str

    def wish(self, facts: CaseFacts) -> Wish:
        command = course.InformCaretaker(**self.about(facts), milestone=self.milestone, channel=self.channel)
        return Wish(course.inform_caretaker, command)


class _Note(StepForm):
    text: str = ""

    def wish(self, facts: CaseFacts) -> Wish:
        return Wish(course.add_note, course.AddNote(**self.about(facts), text=_text(facts, self.text, "text")))


class _KeptAnEye(StepForm):
    text: str = ""

    def wish(self, facts: CaseFacts) -> Wish:
        return Wish(course.keep_an_eye, course.KeepAnEye(**self.about(facts), text=_text(facts, self.text, "text")))


class _Resident(StepForm):
    name: str = ""
    phone: str = ""

    def wish(self, facts: CaseFacts) -> Wish:
        name, phone = _words(facts, self.name, "name"), _words(facts, self.phone, "phone")
        return Wish(course.note_resident_details, course.NoteResidentDetails(**self.about(facts), name=name, phone=phone))


class _Closing(StepForm):
    outcome: str
    remark: str = ""

    def wish(self, facts: CaseFacts) -> Wish:
        remark = _words(facts, self.remark, "remark")
        return Wish(course.close_case, course.CloseCase(**self.about(facts), outcome=self.outcome, remark=remark))


class _Reopening(StepForm):
    reason: str = ""

    def wish(self, facts: CaseFacts) -> Wish:
        reason = _words(facts, self.reason, "reason")
        return Wish(course.reopen_case, course.ReopenCase(**self.about(facts), reason=reason))


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step: its title, its form, what is said when it is done, and in which state of a case it makes sense."""

    title: str
    form: type[StepForm]
    done: str
    rule: Taken
    when: frozenset[str]


_UNDECIDED = frozenset({"raised", "triaged"})
_ONGOING = frozenset({"raised", "triaged", "open"})
_OPEN = frozenset({"open"})
_OVER_TOO = frozenset({"open", "closed"})
_EVER = frozenset({"raised", "triaged", "open", "closed", "dismissed"})

STEPS: dict[str, Step] = {
    "triage": Step(
        title=marked("Vurdér bekymringen"), form=_Triage, done=marked("Vurderingen er gemt."), rule=Taken.TRIAGE, when=_UNDECIDED
    ),
    "opening": Step(
        title=marked("Opret sagen"), form=_Opening, done=marked("Sagen er oprettet."), rule=Taken.OPEN, when=frozenset({"triaged"})
    ),
    "contact": Step(title=marked("Kontakt beboeren"), form=_Contact, done=marked("Kontakten er noteret."), rule=Taken.CONTACT, when=_OPEN),
    "consent": Step(title=marked("Spørg om lov"), form=_Consent, done=marked("Svaret er noteret."), rule=Taken.ASK_LEAVE, when=_ONGOING),
    "referral": Step(title=marked("Giv det videre"), form=_Referral, done=marked("Det er givet videre."), rule=Taken.REFER, when=_OPEN),
    "answer": Step(
        title=marked("Notér et svar"), form=_Answer, done=marked("Svaret er noteret."), rule=Taken.RECORD_ANSWER, when=_OVER_TOO
    ),
    "damage-service": Step(
        title=marked("Bestil skadesservice"),
        form=_DamageService,
        done=marked("Skadesservice er bestilt."),
        rule=Taken.ORDER_DAMAGE_SERVICE,
        when=_OPEN,
    ),
    "damage-service-done": Step(
        title=marked("Skadesservice er færdig"),
        form=_DamageServiceDone,
        done=marked("Det er noteret."),
        rule=Taken.ORDER_DAMAGE_SERVICE,
        when=_OVER_TOO,
    ),
    "accompaniment": Step(
        title=marked("Aftal et møde med et kendt ansigt"),
        form=_Accompaniment,
        done=marked("Mødet er aftalt."),
        rule=Taken.PLAN_ACCOMPANIMENT,
        when=_OPEN,
    ),
    "accompanied": Step(
        title=marked("Mødet er holdt"), form=_Accompanied, done=marked("Det er noteret."), rule=Taken.ACCOMPANY, when=_OVER_TOO
    ),
    "informed": Step(
        title=marked("Giv viceværten besked"),
        form=_Informed,
        done=marked("Det er noteret, at viceværten har fået besked."),
        rule=Taken.INFORM_CARETAKER,
        when=_EVER,
    ),
    "followed-up": Step(
        title=marked("Følg op"), form=_FollowedUp, done=marked("Opfølgningen er noteret."), rule=Taken.FOLLOW_UP, when=_OPEN
    ),
    "follow-up": Step(
        title=marked("Planlæg en opfølgning"), form=_FollowUp, done=marked("Opfølgningen er planlagt."), rule=Taken.FOLLOW_UP, when=_OPEN
    ),
    "note": Step(title=marked("Skriv et notat"), form=_Note, done=marked("Notatet er gemt."), rule=Taken.NOTE, when=_ONGOING),
    "kept-an-eye": Step(title=marked("Holdt øje"), form=_KeptAnEye, done=marked("Det er noteret."), rule=Taken.KEEP_AN_EYE, when=_ONGOING),
    "resident": Step(
        title=marked("Beboerens navn og telefon"),
        form=_Resident,
        done=marked("Oplysningerne er gemt."),
        rule=Taken.RESIDENT_DETAILS,
        when=_ONGOING,
    ),
    "severity": Step(title=marked("Ret alvor"), form=_Severity, done=marked("Alvoren er rettet."), rule=Taken.CHANGE_SEVERITY, when=_OPEN),
    "assignment": Step(
        title=marked("Giv sagen til en anden"), form=_Assignment, done=marked("Sagen er givet videre."), rule=Taken.ASSIGN, when=_OPEN
    ),
    "withdrawal": Step(
        title=marked("Samtykke trækkes tilbage"),
        form=_Withdrawal,
        done=marked("Det er noteret. Del ikke mere."),
        rule=Taken.ASK_LEAVE,
        when=_EVER,
    ),
    "dismissal": Step(
        title=marked("Det er ikke en sag"), form=_Dismissal, done=marked("Det er noteret."), rule=Taken.DISMISS, when=_UNDECIDED
    ),
    "closing": Step(title=marked("Luk sagen"), form=_Closing, done=marked("Sagen er lukket."), rule=Taken.CLOSE, when=_OPEN),
    "reopening": Step(
        title=marked("Genåbn sagen"), form=_Reopening, done=marked("Sagen er genåbnet."), rule=Taken.REOPEN, when=frozenset({"closed"})
    ),
}
"""Every step by the last part of its address, in the order in which a case usually goes."""


def _text(facts: CaseFacts, text: str, field: str) -> Personal:
    return Personal(subject=facts.tenancy_id, text=free_text(text, field=field))


def _words(facts: CaseFacts, text: str, field: str) -> Personal | None:
    """Words about the resident, sealed for the tenancy; nothing when nothing was written."""
    return _text(facts, text, field) if text.strip() else None


def _local(moment: datetime | None) -> datetime | None:
    """A moment as a clock on the wall in Denmark shows it; browsers send it without a zone."""
    return moment.replace(tzinfo=ZONE) if moment is not None and moment.tzinfo is None else moment
