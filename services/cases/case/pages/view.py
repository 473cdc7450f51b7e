"""One case as its page shows it: ready values, made from its history; templates only choose how to show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.cases.case.pages.story import Entry, told
from services.cases.case.pages.voice import Voice
from services.cases.case.pages.words import PROTECTED
from services.cases.case.queries.history import CaseHistory
from services.cases.case.rules.answers import Asked, Said
from services.cases.case.rules.case import Case
from services.cases.case.rules.follow_ups import State
from services.cases.case.rules.handling import ResidentDetailsNoted
from services.cases.case.rules.offers import next_step
from services.cases.case.rules.people import Details
from services.cases.case.rules.queue import dated
from services.cases.case.rules.referrals import Referral
from services.cases.case.steps import form_of
from shared.ground.working_days import local_day, working_days_between
from shared.history.aggregate import Event
from shared.words.callback import CallBack, read_call_back
from shared.words.language import language_name, marked
from shared.words.vocabulary.beginning import SEEN_BY_STAFF, Source, begins_as
from shared.words.vocabulary.case import ENDED, Milestone, Status
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.persons import EVERYTHING, ConsentPurpose, PersonRole, in_order
from shared.words.vocabulary.referral import ReferralOutcome, Reply
from shared.words.vocabulary.waiting import Appointment

SENT = "sent"
DIED = "died"
"""Of a yes: that whoever gave it died."""
"""Of a referral that nobody has said anything about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """Something that is due: what, when, and in how many working days (negative: so many ago)."""

    kind: str
    about: str
    due: datetime
    working_days: int
    is_late: bool
    ref: UUID | None = None
    comes: bool | None = None
    """Of a meeting, what the companion answered; `None` while there is no answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentLine:
    """The last answer of somebody about one recipient, and whether it allows telling them now."""

    person: UUID | None
    recipient: str
    purpose: str
    information: Sequence[str]
    """What kinds a yes is about; empty where it is about all of them."""
    answer: str
    asked_at: datetime | None
    wording: str
    valid_until: datetime | None
    allows: bool
    says_purpose: bool
    """Whether what it is for has to be said: not help, or the same recipient was asked about for something else too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonLine:
    """Somebody of the case, as whoever works on it knows them; `id` is `None` for the resident, also before anything is noted of them."""

    id: UUID | None
    part: UUID | None
    called: str
    """Their name, or what they are in the case."""
    role: str
    name: str
    phone: str
    language: str
    speaks: str
    """What that language is called."""
    needs_interpreter: bool
    way_to_reach: str
    may_decide: Sequence[str]
    has_died: bool
    consents: Sequence[ConsentLine]

    @property
    def is_known(self) -> bool:
        """Whether more is noted of them than what they are in the case."""
        return bool(self.name or self.phone or self.language or self.needs_interpreter or self.way_to_reach)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralLine:
    """One referral: to whom, how far it has come, and whether they are silent."""

    id: UUID
    target: str
    state: str
    """sent, delivered, received, or the answer."""
    answer_due: datetime
    is_late: bool
    silent_steps: int

    @property
    def may_be_answered(self) -> bool:
        """Whether they have not said the last word yet."""
        return self.state in (SENT, Reply.DELIVERED, Reply.RECEIVED, Reply.ACCEPTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Watcher:
    """Somebody who keeps an eye on it, and as what."""

    who: str
    code: str
    """observer, handler, companion, or the target of a referral that was taken on."""
    is_asked: bool = False
    """Of a companion: whether there is no answer yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseView:
    """Everything the page of a case shows."""

    id: UUID
    version: int
    status: str
    severity: str
    category: str
    outcome: str
    estate: str
    municipality: str
    handler: str
    observer: str
    """Empty where nobody who works here saw it."""
    source: str
    begins_as: str
    """What it is until somebody judges it, where nobody said how serious it is; empty otherwise."""
    was_seen: bool
    """Whether somebody who works here saw it."""
    reported_severity: str
    """How serious it was said to be by whoever saw it, or took the call."""
    call_back: CallBack | None
    """Whom to call, where the resident asked for that."""
    place_is_open: bool
    """Whether nobody knows yet which home it is about."""
    observation_id: UUID
    observed_at: datetime
    signals: Sequence[str]
    address: str
    reported_words: str
    people: Sequence[PersonLine]
    """The resident first."""
    must_name_person: bool
    """Whether what is asked and told has to be said of whom."""
    first_answers: Sequence[ConsentLine]
    """What was answered before anybody had a name, while nobody has said who it was."""
    procedure_version: str
    clocks: Sequence[Clock]
    consents: Sequence[ConsentLine]
    referrals: Sequence[ReferralLine]
    open_orders: Sequence[UUID]
    meetings: Sequence[Clock]
    follow_ups: Sequence[Clock]
    visit: Clock | None
    """The visit that is planned; `about` is who goes by."""
    untold: Sequence[str]
    is_frozen: bool
    corrected_on: datetime | None
    """Until when it was about the wrong person; `None` where it never was, and while it is stopped."""
    joined_to: UUID | None
    """The case in which it is seen to."""
    pattern: str
    """Why it is proposed as more serious than it was reported, as a sentence; empty where it is not."""
    watchers: Sequence[Watcher]
    has_no_date: bool
    """Nobody is reminded of it."""
    standstill: str
    """Why nothing reaches out; empty while it may."""
    untold_recipients: Sequence[UUID]
    """The referrals whose recipients are to hear that the resident moved."""
    next_step: str
    warnings: Sequence[Entry]
    entries: Sequence[Entry]

    @property
    def clock(self) -> Clock | None:
        """The one that runs out first."""
        return self.clocks[0] if self.clocks else None

    @property
    def is_over(self) -> bool:
        return self.status in ENDED


def view_of(history: CaseHistory, case: Case, voice: Voice, *, at: datetime, shows_address: bool = True) -> CaseView:
    """The page of a case at an instant."""
    raised, name_of = history.events[0], voice.name_of
    assert isinstance(raised, Case.ConcernRaised)  # noqa: S101  every case begins with its concern
    details = [event for event in history.events if isinstance(event, Case.ResidentDetailsNoted)]
    clocks = _clocks(case, at)
    consents = _consents(case, at)
    sealed_name = history.small_estate[1] if voice.opened else None
    estate = voice.open(sealed_name) or case.origin.estate
    return CaseView(
        id=case.id,
        version=history.version,
        status=case.status,
        severity=case.severity,
        category=case.category,
        outcome=case.outcome,
        estate=estate if shows_address else "",
        municipality=(case.origin.municipality or history.facts.municipality) if shows_address else "",
        handler=name_of(case.handler) if case.handler else "",
        observer=name_of(case.origin.observer) if case.origin.observer else "",
        source=case.origin.source,
        begins_as=(begins_as(case.origin.source, case.origin.how) or "") if case.status == Status.RAISED else "",
        was_seen=case.origin.source in SEEN_BY_STAFF,
        reported_severity=raised.severity,
        call_back=read_call_back(voice.open(raised.words)) if case.origin.source == Source.RESIDENT else None,
        place_is_open=not case.is_at_home,
        observation_id=case.origin.observation_id,
        observed_at=case.origin.observed_at,
        signals=raised.signals,
        address=(voice.place(history.address, estate) or estate) if shows_address else voice.say(PROTECTED),
        reported_words=voice.open(raised.words),
        people=_people(case, consents, details[-1] if details else None, voice),
        must_name_person=case.persons.must_be_named,
        first_answers=[line for line in consents if line.person is None and case.persons.resident is None],
        procedure_version=case.procedure_version,
        clocks=clocks,
        consents=consents,
        referrals=_referrals(case, at),
        open_orders=case.damage_service.open_orders(),
        meetings=[clock for clock in clocks if clock.kind == Appointment.MEETING],
        follow_ups=[clock for clock in clocks if clock.kind == Appointment.FOLLOW_UP],
        visit=next((clock for clock in clocks if clock.kind == Appointment.VISIT), None),
        untold=_untold(case),
        is_frozen=case.correction.is_frozen,
        corrected_on=None if case.correction.is_frozen else case.correction.corrected_at,
        joined_to=case.observations.joined_to,
        pattern=pattern_of(case, voice),
        watchers=_watchers(case, name_of),
        has_no_date=case.status not in ENDED and not dated(case.waits()),
        standstill=case.life.stopped_by,
        untold_recipients=[referral_id for referral_id in case.referrals.sent if referral_id in case.life.untold],
        next_step=form_of(next_step(case, at=at)),
        warnings=[] if case.status in ENDED else told(_unanswered(history, case), voice),
        entries=told(history.events, voice),
    )


def _clocks(case: Case, at: datetime) -> list[Clock]:
    """Everything that is due, the soonest first; what was missed stays until it is done."""
    found: list[tuple[str, str, datetime, UUID | None]] = [
        (kind, about, due.at, None) for (kind, about, _), due in case.deadlines.due.items()
    ]
    found += [(wait.kind, wait.target, wait.due, None) for wait in case.correction.waits() if wait.due]
    if case.visit and not case.is_over and not case.life.stopped_by:
        found.append((Appointment.VISIT, case.visit.visitor, case.visit.due, case.visit.id))
    if case.status == Status.OPEN and not case.life.stopped_by:
        found += [("follow_up", "", each.due, id) for id, each in case.follow_ups.planned.items() if each.state == State.OPEN]
        found += [("meeting", visit.companion, visit.meeting_at, id) for id, visit in case.meetings.visits.items() if not visit.is_done]
        sent = case.referrals.sent.items()
        found += [("answer", referral.target, referral.answer_due, id) for id, referral in sent if not referral.is_acknowledged]
    today = local_day(at)
    return sorted(
        (
            Clock(
                kind=kind,
                about=about,
                due=due,
                working_days=working_days_between(today, local_day(due)),
                is_late=at > due,
                ref=ref,
                comes=case.meetings.visits[ref].comes if ref and kind == Appointment.MEETING else None,
            )
            for kind, about, due, ref in found
        ),
        key=lambda clock: (clock.due, clock.kind),
    )


def _untold(case: Case) -> list[str]:
    """What anybody who saw it waits to hear, the latest news last."""
    waiting = {milestone for observation in case.deadlines.witnesses for milestone in case.deadlines.untold(observation)}
    return [milestone for milestone in Milestone if milestone in waiting]


def pattern_of(case: Case, to: Voice) -> str:
    """The rule that fired, with the days and who saw it, so that whoever judges it can see why."""
    fired = case.pattern
    if fired is None:
        return ""
    return to.say(
        marked(
            "Det er den anden uafhængige observation af de samme inden for %(days)s dage: %(earlier_role)s %(earlier)s og %(role)s %(day)s."
            " Derfor foreslås mindst %(severity)s."
        ),
        days=fired.days,
        earlier_role=to.whoever_saw(fired.earlier_role),
        earlier=to.day(local_day(fired.earlier_at)),
        role=to.whoever_saw(fired.observer_role),
        day=to.day(local_day(fired.observed_at)),
        severity=to.called(fired.severity, "severities").lower(),
    )


def _people(case: Case, consents: Sequence[ConsentLine], before: ResidentDetailsNoted | None, voice: Voice) -> list[PersonLine]:
    """`before` is what was noted of the resident when a case knew nobody else."""
    resident, here = case.persons.resident, case.persons.here()
    known = {id: voice.people.known.get(id) or Details(role="") for id in here}
    lines = [
        PersonLine(
            id=None if id == resident else id,
            part=id,
            called=voice.people.called[id],
            role=known[id].role,
            name=voice.open(person.name),
            phone=voice.open(person.phone),
            language=known[id].language,
            speaks=language_name(known[id].language, voice.words.language),
            needs_interpreter=known[id].needs_interpreter,
            way_to_reach=known[id].way_to_reach,
            may_decide=person.may_decide,
            has_died=case.life.is_dead(None if id == resident else id),
            consents=[line for line in consents if line.person == (None if id == resident else id)],
        )
        for id, person in here.items()
    ]
    theirs = [line for line in consents if line.person is None]
    if resident is None and (theirs or before or not case.persons.must_be_named):
        name = voice.open(before.name) if before else ""
        called = voice.say(marked("Den, der blev spurgt først")) if case.persons.must_be_named else voice.person(None)
        lines.insert(
            0,
            PersonLine(
                id=None,
                part=None,
                called=f"{name} ({called.lower()})" if name else called,
                role=PersonRole.RESIDENT.value,
                name=name,
                phone=voice.open(before.phone) if before else "",
                language="",
                speaks="",
                needs_interpreter=False,
                way_to_reach="",
                may_decide=(),
                has_died=case.life.is_dead(None),
                consents=theirs,
            ),
        )
    return sorted(lines, key=lambda line: line.id is not None)


def _consents(case: Case, at: datetime) -> list[ConsentLine]:
    questions = Counter((asked.person, asked.recipient) for asked in case.consents.answers)
    lines = [
        ConsentLine(
            person=asked.person,
            recipient=asked.recipient,
            purpose=asked.purpose,
            information=[] if said.information >= set(EVERYTHING) else in_order(said.information),
            answer=_answer(case, asked, said, at),
            asked_at=said.asked_at,
            wording=said.wording,
            valid_until=said.valid_until,
            allows=case.allows(asked, at=at),
            says_purpose=asked.purpose != ConsentPurpose.HELP or questions[asked.person, asked.recipient] > 1,
        )
        for asked, said in case.consents.answers.items()
    ]
    return sorted(lines, key=lambda line: (not line.allows, line.recipient, line.purpose))


def _answer(case: Case, asked: Asked, said: Said, at: datetime) -> str:
    """What they answered, as far as it still says anything: a yes runs out, and of somebody who died it allows nothing."""
    if said.answer == Answer.GRANTED and case.life.is_dead(asked.person):
        return DIED
    return "expired" if said.valid_until is not None and at >= said.valid_until else str(said.answer)


def _referrals(case: Case, at: datetime) -> list[ReferralLine]:
    return [
        ReferralLine(
            id=id,
            target=referral.target,
            state=_state(referral),
            answer_due=referral.answer_due,
            is_late=not referral.is_acknowledged and not case.life.stopped_by and at > referral.answer_due,
            silent_steps=referral.silent_steps,
        )
        for id, referral in case.referrals.sent.items()
    ]


def _state(referral: Referral) -> str:
    """The answer, or how far it came without one."""
    if referral.answered:
        return referral.answered
    if referral.is_acknowledged:
        return Reply.RECEIVED.value
    return Reply.DELIVERED.value if referral.is_delivered else SENT


def _unanswered(history: CaseHistory, case: Case) -> list[Event]:
    """What somebody has to do something about: the last step of a silence that lasts, and notices that did not arrive."""
    silences = {event.referral_id: event for event in history.events if isinstance(event, Case.ReferralSilent)}
    lasting: list[Event] = [event for id, event in silences.items() if not case.referrals.sent[id].is_acknowledged]
    return lasting + [event for event in history.events if isinstance(event, Case.NoticeFailed)][-1:]


def _watchers(case: Case, name_of: Callable[[str], str]) -> list[Watcher]:
    """Who keeps an eye on it: the one who saw it, the one who carries it, who goes along, and who has taken it on."""
    found = [Watcher(who=name_of(observer), code="observer") for observer in case.observers if observer]
    if case.handler:
        found.append(Watcher(who=name_of(case.handler), code="handler"))
    visits = [visit for visit in case.meetings.visits.values() if visit.comes is not False]
    companions = {visit.companion: visit.comes is None and not visit.is_done for visit in visits}
    found += [Watcher(who=name_of(companion), code="companion", is_asked=is_asked) for companion, is_asked in companions.items()]
    taken_on = (Reply.ACCEPTED, ReferralOutcome.HELP_ESTABLISHED, ReferralOutcome.ACKNOWLEDGED_NO_DETAIL)
    found += [Watcher(who="", code=referral.target) for referral in case.referrals.sent.values() if referral.answered in taken_on]
    return found


def versions_of(history: CaseHistory) -> set[str]:
    """The versions of the procedure that decisions in this history were taken under, and the one the case follows at its end."""
    follows = {history.case.procedure_version} if history.case else set()
    return follows | {event.provenance.procedure_version for event in history.events if event.provenance.procedure_version}
