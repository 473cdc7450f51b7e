"""The history of a case in sentences: who did what, when and why, one entry for each event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from services.cases.case.pages.words import Words
from services.cases.case.rules.case import Case
from services.cases.procedure.rules.in_force import ProcedureInForce
from shared.ground.spoken import due_day, due_moment, short_moment
from shared.ground.working_days import end_of_day, local_day
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, Sealed
from shared.words.language import marked, translated

Pairs = tuple[tuple[str, str], ...]
_LATER = timedelta(minutes=5)
"""Registered so much later than it happened is worth saying."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the history."""

    version: int
    at: datetime
    title: str
    who: str = ""
    role: str = ""
    kind: str = ""
    """concern, consent, referral, contact, help, telling, course or clock; for the look of it."""
    details: Pairs = ()
    words: str = ""
    missed: bool = False


def sealed_in(events: Iterable[Event]) -> list[Sealed]:
    """Every sealed value of a history, so that their keys can be fetched at once."""
    return [value for event in events for value in vars(event).values() if isinstance(value, Sealed)]


class Story:
    """Tells events in one language, with the names of the staff and with, or without, the words about the resident."""

    def __init__(
        self,
        words: Words,
        *,
        name_of: Callable[[str], str],
        opened: Callable[[Sealed], str | None] | None,
        procedures: Mapping[str, ProcedureInForce],
        in_full: bool = False,
    ) -> None:
        self._words = words
        self._name_of = name_of
        self._opened = opened
        self._procedures = procedures
        self._in_full = in_full
        documents = [procedure.document for procedure in procedures.values()]
        self._titles = {wording.version: wording.title for document in documents for wording in document.consent_wordings}

    def told(self, events: Sequence[Event]) -> list[Entry]:
        """The history, newest first."""
        referrals = {event.referral_id: event.target for event in events if isinstance(event, Case.ReferralSent)}
        return [self._entry(event, referrals) for event in events][::-1]

    def open(self, value: Personal | Sealed | None) -> str:
        """The text; a stand-in where the key was destroyed, or where words are not shown."""
        if not isinstance(value, Sealed):
            return ""
        if self._opened is None:
            return self.say(marked("(indholdet er skjult)"))
        text = self._opened(value)
        return self.say(marked("(slettet)")) if text is None else text

    def place(self, address: Sealed, estate: str) -> str:
        """Where it is, as the heading of the page: the address, or only the estate where that is not shown."""
        return self.open(address) if self._opened else self.say(marked("Sag i %(estate)s"), estate=estate)

    def say(self, sentence: str, **values: object) -> str:
        return translated(sentence, self._words.language, values)

    def _entry(self, event: Event, referrals: Mapping[UUID, str]) -> Entry:
        who = event.provenance
        entry = replace(
            self._titled(event, referrals),
            who="" if who.role == "system" else self._name_of(who.actor),
            role="" if who.role == "system" else self._words.of(who.role, "roles"),
        )
        return replace(entry, details=(*entry.details, *self._circumstances(event)))

    def _circumstances(self, event: Event) -> Pairs:
        """When it was registered, if that was later; and, for those who check, why and under what."""
        who = event.provenance
        if not self._in_full and who.recorded_at - who.happened_at <= _LATER:
            return ()  # most of them; dates in words are the dearest part of a long page
        recorded = short_moment(who.recorded_at, language=self._words.language)
        if not self._in_full:
            return ((self.say(marked("Registreret")), recorded),)
        trail = [
            self.say(marked("nr. %(version)s"), version=event.originator_version),
            self.say(marked("registreret %(moment)s"), moment=recorded),
            self.say(marked("formål %(purpose)s"), purpose=self._words.of(who.purpose, "purposes").lower()),
        ]
        if who.basis:
            trail.append(self.say(marked("grundlag %(basis)s"), basis=self._words.of(who.basis, "bases").lower()))
        if who.procedure_version:
            trail.append(self.say(marked("procedure %(version)s"), version=who.procedure_version))
        return ((self.say(marked("Sporing")), " · ".join(trail)),)

    def _titled(self, event: Event, referrals: Mapping[UUID, str]) -> Entry:
        match event:
            case Case.ConcernRaised() | Case.Seen() | Case.Triaged() | Case.Dismissed() | Case.Opened() | Case.Assigned():
                return self._beginning(event)
            case Case.ConsentGranted() | Case.ConsentDeclined() | Case.ConsentNotObtainable() | Case.ConsentWithdrawn():
                return self._leave(event)
            case Case.ReferralSent() | Case.ReferralSilent():
                return self._passing_on(event)
            case _ if (referral_id := getattr(event, "referral_id", None)) is not None:
                return self._reply(event, referrals.get(referral_id, ""))
            case _:
                return self._help(event) or self._course(event)

    def _at(self, event: Event, title: str, **more: object) -> Entry:
        return Entry(version=event.originator_version, at=event.provenance.happened_at, title=title, **more)  # type: ignore[arg-type]

    def _moment(self, at: datetime) -> str:
        return short_moment(at, language=self._words.language)

    def _by(self, due: datetime) -> str:
        """Until when; a deadline that ends with the day is said as a day."""
        language = self._words.language
        ends_with_the_day = due == end_of_day(local_day(due))
        return due_day(due, language=language) if ends_with_the_day else due_moment(due, language=language)

    def _beginning(self, event: Event) -> Entry:
        say, words = self.say, self._words
        details: Pairs
        match event:
            case Case.ConcernRaised(signals=signals, severity=severity, words=text, observer=observer, observed_at=observed_at):
                details = (
                    (say(marked("Så")), ", ".join(words.of(signal, "signals") for signal in signals)),
                    (say(marked("Meldt som")), words.of(severity, "severities")),
                    (say(marked("Set af")), f"{self._name_of(observer)}, {self._moment(observed_at)}"),
                )
                return self._at(event, say(marked("Bekymring modtaget")), kind="concern", details=details, words=self.open(text))
            case Case.Seen():
                return self._at(event, say(marked("Set og læst")), kind="course")
            case Case.Triaged(severity=severity, category=category, reason=reason):
                title = say(marked("Vurderet: %(severity)s"), severity=words.of(severity, "severities"))
                details = ((say(marked("Handler om")), words.of(category, "categories")),)
                return self._at(event, title, kind="concern", details=details, words=self.open(reason))
            case Case.Dismissed(reason=reason, remark=remark):
                title = say(marked("Ingen sag: %(reason)s"), reason=words.of(reason, "dismissals"))
                return self._at(event, title, kind="course", words=self.open(remark))
            case Case.Opened(handler=handler, contact_due=due):
                details = ((say(marked("Første kontakt senest")), self._by(due)),)
                return self._at(
                    event, say(marked("Sag oprettet hos %(handler)s"), handler=self._name_of(handler)), kind="course", details=details
                )
            case Case.Assigned(handler=handler):
                return self._at(event, say(marked("Sagen er givet til %(handler)s"), handler=self._name_of(handler)), kind="course")
        raise AssertionError(event)

    def _leave(self, event: Event) -> Entry:
        say, words = self.say, self._words
        recipient = words.of(event.recipient, "targets")  # type: ignore[attr-defined]
        details: Pairs
        match event:
            case Case.ConsentGranted(how=how, wording=wording, asked_by=asked_by, asked_at=asked_at, valid_until=until):
                details = self._asking(how=how, wording=wording, asked_by=asked_by, asked_at=asked_at)
                if until is not None:
                    details = (*details, (say(marked("Gælder til")), self._by(until)))
                return self._at(
                    event, say(marked("Ja til at fortælle det til: %(recipient)s"), recipient=recipient), kind="consent", details=details
                )
            case Case.ConsentDeclined(how=how, wording=wording, asked_by=asked_by, asked_at=asked_at):
                details = self._asking(how=how, wording=wording, asked_by=asked_by, asked_at=asked_at)
                return self._at(
                    event, say(marked("Nej til at fortælle det til: %(recipient)s"), recipient=recipient), kind="consent", details=details
                )
            case Case.ConsentNotObtainable():
                title = say(marked("Beboeren kunne ikke svare på, om det må fortælles til: %(recipient)s"), recipient=recipient)
                return self._at(event, title, kind="consent")
            case Case.ConsentWithdrawn(already_shared=shared):
                title = say(marked("Samtykket er trukket tilbage: %(recipient)s"), recipient=recipient)
                told = say(marked("Modtageren har fået noget at vide og skal have besked om det")) if shared else ""
                return self._at(event, title, kind="consent", details=((say(marked("Husk")), told),) if told else (), missed=shared)
        raise AssertionError(event)

    def _asking(self, *, how: str, wording: str, asked_by: str, asked_at: datetime) -> Pairs:
        pairs = (
            (self.say(marked("Spurgt")), f"{self._name_of(asked_by)}, {self._moment(asked_at)}"),
            (self.say(marked("Hvordan")), self._words.of(how, "consent_manners")),
        )
        return (*pairs, (self.say(marked("Ordlyd")), self._titles.get(wording, wording))) if wording else pairs

    def _passing_on(self, event: Event) -> Entry:
        say, words = self.say, self._words
        match event:
            case Case.ReferralSent(target=target, channel=channel, basis=basis, basis_reason=reason, content=content, answer_due=due):
                details: Pairs = (
                    (say(marked("Sendt med")), words.of(channel, "channels")),
                    (say(marked("Grundlag")), words.of(basis, "bases")),
                    (say(marked("Svar senest")), self._by(due)),
                )
                if reason is not None:
                    details = (*details, (say(marked("Begrundelse")), self.open(reason)))
                title = say(marked("Givet videre til: %(target)s"), target=words.of(target, "targets"))
                return self._at(event, title, kind="referral", details=details, words=self.open(content))
            case Case.ReferralSilent(target=target, step=step):
                title = say(marked("%(target)s svarer ikke (trin %(step)s)"), target=words.of(target, "targets"), step=step)
                do = self._what_the_ladder_says(event, step)
                return self._at(event, title, kind="clock", details=((say(marked("Proceduren siger")), do),) if do else (), missed=True)
        raise AssertionError(event)

    def _what_the_ladder_says(self, event: Event, step: int) -> str:
        procedure = self._procedures.get(event.provenance.procedure_version)
        ladder = procedure.document.silence if procedure else ()
        return ladder[step - 1].do if step <= len(ladder) else ""

    def _reply(self, event: Event, target: str) -> Entry:
        say = self.say
        recipient = self._words.of(target, "targets")
        match event:
            case Case.ReferralDelivered():
                return self._at(event, say(marked("%(recipient)s: nået frem"), recipient=recipient), kind="referral")
            case Case.ReferralAcknowledged(on_time=on_time):
                title = say(marked("%(recipient)s har kvitteret"), recipient=recipient)
                return self._at(event, title, kind="referral", details=self._late(on_time))
            case Case.ReferralAccepted():
                return self._at(event, say(marked("%(recipient)s tager imod"), recipient=recipient), kind="referral")
            case Case.ReferralRejected(reason=reason):
                return self._at(event, say(marked("%(recipient)s afviser"), recipient=recipient), kind="referral", words=self.open(reason))
            case Case.ReferralAnswered(outcome=outcome):
                answer = self._words.of(outcome, "answers")
                title = say(marked("%(recipient)s har svaret: %(answer)s"), recipient=recipient, answer=answer)
                return self._at(event, title, kind="referral")
        return self._at(event, event.TOPIC)  # type: ignore[attr-defined]

    def _help(self, event: Event) -> Entry | None:
        say = self.say
        details: Pairs
        match event:
            case Case.DamageServiceOrdered(basis=basis, basis_reason=reason):
                details = ((say(marked("Grundlag")), self._words.of(basis, "bases")),)
                if reason is not None:
                    details = (*details, (say(marked("Begrundelse")), self.open(reason)))
                return self._at(event, say(marked("Skadesservice bestilt")), kind="help", details=details)
            case Case.DamageServiceCompleted():
                return self._at(event, say(marked("Skadesservice er færdig")), kind="help")
            case Case.AccompanimentPlanned(companion=companion, meeting_at=meeting_at):
                title = say(marked("%(companion)s tager med til møde"), companion=self._name_of(companion))
                return self._at(event, title, kind="help", details=((say(marked("Hvornår")), self._by(meeting_at)),))
            case Case.AccompanimentDone(companion=companion):
                return self._at(event, say(marked("%(companion)s var med til mødet"), companion=self._name_of(companion)), kind="help")
            case Case.FollowUpPlanned(due=due):
                return self._at(event, say(marked("Opfølgning planlagt senest %(due)s"), due=self._by(due)), kind="course")
            case Case.FollowUpDone(on_time=on_time, note=note):
                return self._at(event, say(marked("Fulgt op")), kind="contact", details=self._late(on_time), words=self.open(note))
            case Case.FollowUpMissed(due=due):
                details = ((say(marked("Skulle være sket senest")), self._by(due)),)
                return self._at(event, say(marked("Ingen fulgte op i tide")), kind="clock", details=details, missed=True)
            case Case.FollowUpCancelled():
                return self._at(event, say(marked("En planlagt opfølgning er aflyst")), kind="course")
        return None

    def _course(self, event: Event) -> Entry:
        say, words = self.say, self._words
        details: Pairs
        match event:
            case Case.SeverityChanged(severity=severity, reason=reason):
                title = say(marked("Alvor ændret til %(severity)s"), severity=words.of(severity, "severities"))
                return self._at(event, title, kind="concern", words=self.open(reason))
            case Case.ContactAttempted(channel=channel, note=note):
                details = ((say(marked("Hvordan")), words.of(channel, "channels")),)
                return self._at(event, say(marked("Forsøgte at få kontakt")), kind="contact", details=details, words=self.open(note))
            case Case.ContactReached(channel=channel, note=note, on_time=on_time):
                details = ((say(marked("Hvordan")), words.of(channel, "channels")), *self._late(on_time))
                return self._at(event, say(marked("Kontakt med beboeren")), kind="contact", details=details, words=self.open(note))
            case Case.NoteAdded(kind=kind, text=text):
                title = say(marked("Holdt øje")) if kind == "keep_an_eye" else say(marked("Notat"))
                return self._at(event, title, kind="contact", words=self.open(text))
            case Case.ResidentDetailsNoted():
                return self._at(event, say(marked("Beboerens navn eller telefon noteret")), kind="course")
            case Case.NoticeFailed(recipient=recipient):
                title = say(marked("En besked til %(who)s kom ikke frem. Ring i stedet."), who=self._name_of(recipient))
                return self._at(event, title, kind="clock", missed=True)
            case Case.CaretakerInformed(caretaker=caretaker, milestone=milestone, channel=channel, on_time=on_time):
                told = words.of(milestone, "milestones")
                title = say(marked("%(caretaker)s har fået besked: %(told)s"), caretaker=self._name_of(caretaker), told=told)
                details = ((say(marked("Hvordan")), words.of(channel, "channels")), *self._late(on_time))
                return self._at(event, title, kind="telling", details=details)
            case Case.DeadlineMissed(kind=kind, milestone=milestone, due=due):
                title = say(marked("Fristen blev overskredet: %(kind)s"), kind=words.of(kind, "clocks"))
                details = ((say(marked("Skulle være sket senest")), self._by(due)),)
                if milestone:
                    details = (*details, (say(marked("Om")), words.of(milestone, "milestones")))
                return self._at(event, title, kind="clock", details=details, missed=True)
            case Case.Closed(outcome=outcome, remark=remark):
                title = say(marked("Sagen er lukket: %(outcome)s"), outcome=words.of(outcome, "outcomes"))
                return self._at(event, title, kind="course", words=self.open(remark))
            case Case.Reopened(reason=reason):
                return self._at(event, say(marked("Sagen er genåbnet")), kind="course", words=self.open(reason))
        return self._at(event, event.TOPIC)  # type: ignore[attr-defined]

    def _late(self, on_time: bool) -> Pairs:
        return () if on_time else ((self.say(marked("Frist")), self.say(marked("Efter fristen"))),)
