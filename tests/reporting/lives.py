"""What the other services say about one concern, from the first sign to the end, as reporting hears it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from shared.messaging.inbox import Record
from shared.messaging.message import Envelope, Message, ReceivedMessage, written
from shared.messaging.messages import cases, intake, notifications
from shared.privacy.personal import Sealed
from tests.support.services import ASSOCIATION, NOW

NAMES = UUID("5b3c1c52-9a55-4c35-8b4f-1f9a5d9f7a11")
HOUR = timedelta(hours=1)


@dataclass
class Life:
    """The life of one concern. Each method says one thing, `after` so long; `said` is everything, in order."""

    name: str
    at: datetime = NOW
    estate: str = "estate-1"
    estate_name: str = ""
    municipality: str = "Aaby"
    severity: str = "high"
    signals: tuple[str, ...] = ("home.hoarding", "self.neglect")
    consent: str = "granted"
    association: str = ASSOCIATION
    is_protected: bool = False
    said: list[ReceivedMessage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.observed_at = self.at
        self.observation_id = uuid5(NAMES, self.name)
        self.case_id = uuid5(self.observation_id, "case")

    def id(self, of: str) -> UUID:
        """The id of a part of the case."""
        return uuid5(self.case_id, of)

    def say(self, message: Message, after: timedelta = HOUR, *, about: UUID | None = None) -> ReceivedMessage:
        self.at += after
        service = message.TYPE.split(".")[2]
        heard = ReceivedMessage(
            Envelope(
                id=str(uuid5(self.observation_id, f"{len(self.said)} {message.TYPE}")),
                source=f"/brobygger/{self.association}/{service}",
                type=message.TYPE,
                subject=str(about or self.case_id),
                time=self.at,
                recorded_at=self.at,
                association=self.association,
                actor="staff-social-lead-1",
                actor_role="social_lead",
            ),
            message,
            message.model_dump(mode="json"),
        )
        self.said.append(heard)
        return heard

    def registered(self, after: timedelta = timedelta(minutes=5)) -> Life:
        self.say(
            intake.ObservationRegistered(
                observation_id=self.observation_id,
                observer="staff-caretaker-1",
                observed_at=self.observed_at,
                estate_id=self.estate,
                estate_name=self.estate_name,
                municipality=self.municipality,
                home=Sealed(subject=self.id("home"), of="a/home", box="AAAA"),
                signals=self.signals,
                severity=self.severity,
                consent_answer=self.consent,
                consent_wording="w1",
                consent_scope=("pest_control",),
                is_protected=self.is_protected,
                address=Sealed(subject=self.id("tenancy"), of="a/address", box="AAAA"),
            ),
            after,
            about=self.observation_id,
        )
        return self

    def raised(self, after: timedelta = timedelta(seconds=1), *, triage_due: timedelta = timedelta(days=1)) -> Life:
        self.say(
            cases.ConcernRaised(
                case_id=self.case_id,
                observation_id=self.observation_id,
                observer="staff-caretaker-1",
                observed_at=self.observed_at,
                estate_id=self.estate,
                municipality=self.municipality,
                severity=self.severity,
                signals=self.signals,
                consent_answer=self.consent,
                triage_due=self.at + triage_due,
            ),
            after,
        )
        return self

    def seen(self, after: timedelta = HOUR) -> Life:
        self.say(cases.ConcernSeen(case_id=self.case_id, observation_id=self.observation_id, observer="staff-caretaker-1"), after)
        return self

    def triaged(self, after: timedelta = HOUR, *, category: str = "elderly_care") -> Life:
        self.category = category
        self.say(
            cases.ConcernTriaged(
                case_id=self.case_id,
                observation_id=self.observation_id,
                observer="staff-caretaker-1",
                severity=self.severity,
                category=category,
            ),
            after,
        )
        return self

    def dismissed(self, after: timedelta = HOUR) -> Life:
        self.say(
            cases.ConcernDismissed(
                case_id=self.case_id, observation_id=self.observation_id, observer="staff-caretaker-1", reason="unfounded"
            ),
            after,
        )
        return self

    def opened(self, after: timedelta = timedelta(minutes=1), *, contact_due: timedelta = timedelta(days=1)) -> Life:
        self.say(
            cases.CaseOpened(
                case_id=self.case_id,
                observation_id=self.observation_id,
                observer="staff-caretaker-1",
                observed_at=self.observed_at,
                estate_id=self.estate,
                municipality=self.municipality,
                category=self.category,
                severity=self.severity,
                handler="staff-social-caretaker-1",
                contact_due=self.at + contact_due,
            ),
            after,
        )
        return self

    def changed_severity(self, severity: str, after: timedelta = HOUR) -> Life:
        self.severity = severity
        self.say(cases.SeverityChanged(case_id=self.case_id, severity=severity), after)
        return self

    def consented(self, answer: str = "granted", after: timedelta = HOUR) -> Life:
        self.say(cases.ConsentRecorded(case_id=self.case_id, answer=answer, recipients=("municipal.visitation",)), after)
        return self

    def contacted(self, after: timedelta = HOUR, *, reached: bool = True, on_time: bool = True) -> Life:
        self.say(cases.ContactMade(case_id=self.case_id, reached=reached, on_time=on_time), after)
        return self

    def referred(self, name: str = "first", after: timedelta = HOUR, *, target: str = "municipal.visitation") -> Life:
        self.targets = {**getattr(self, "targets", {}), name: target}
        self.say(
            cases.ReferralSent(
                case_id=self.case_id,
                referral_id=self.id(name),
                target=target,
                municipality=self.municipality,
                basis="consent",
                answer_due=self.at + timedelta(days=2),
            ),
            after,
        )
        return self

    def acknowledged(self, name: str = "first", after: timedelta = HOUR, *, on_time: bool = True) -> Life:
        self.say(
            cases.ReferralAcknowledged(case_id=self.case_id, referral_id=self.id(name), target=self.targets[name], on_time=on_time), after
        )
        return self

    def answered(self, name: str = "first", after: timedelta = HOUR, *, outcome: str = "help_established") -> Life:
        self.say(cases.ReferralAnswered(case_id=self.case_id, referral_id=self.id(name), target=self.targets[name], outcome=outcome), after)
        return self

    def silent(self, step: int = 1, name: str = "first", after: timedelta = HOUR) -> Life:
        self.say(
            cases.ReferralSilent(
                case_id=self.case_id,
                referral_id=self.id(name),
                target=self.targets[name],
                municipality=self.municipality,
                handler="staff-social-caretaker-1",
                step=step,
            ),
            after,
        )
        return self

    def cleared(self, after: timedelta = HOUR) -> Life:
        self.say(cases.DamageServiceOrdered(case_id=self.case_id, order_id=self.id("order")), after)
        self.say(cases.DamageServiceCompleted(case_id=self.case_id, order_id=self.id("order")), after)
        return self

    def accompanied(self, after: timedelta = HOUR) -> Life:
        visit = cases.AccompanimentPlanned(
            case_id=self.case_id, visit_id=self.id("visit"), companion="staff-caretaker-1", at=self.at + timedelta(days=1)
        )
        self.say(visit, after)
        return self

    def planned(self, name: str, after: timedelta = HOUR, *, due: timedelta = timedelta(days=3)) -> Life:
        self.say(cases.FollowUpPlanned(case_id=self.case_id, follow_up_id=self.id(name), due=self.at + due), after)
        return self

    def followed_up(self, name: str, after: timedelta = HOUR, *, on_time: bool = True) -> Life:
        self.say(cases.FollowUpDone(case_id=self.case_id, follow_up_id=self.id(name), on_time=on_time), after)
        return self

    def missed(self, name: str, after: timedelta = timedelta(days=4)) -> Life:
        self.say(cases.FollowUpMissed(case_id=self.case_id, follow_up_id=self.id(name), handler="staff-social-caretaker-1"), after)
        return self

    def deadline_missed(self, kind: str, after: timedelta = timedelta(days=2)) -> Life:
        self.say(cases.DeadlineMissed(case_id=self.case_id, kind=kind, due=self.at, handler="staff-social-lead-1"), after)
        return self

    def told(self, after: timedelta = HOUR, *, on_time: bool = True, milestone: str = "case_opened") -> Life:
        self.say(
            cases.CaretakerInformed(
                case_id=self.case_id,
                observation_id=self.observation_id,
                caretaker="staff-caretaker-1",
                milestone=milestone,
                on_time=on_time,
            ),
            after,
        )
        return self

    def closed(self, outcome: str = "help_established", after: timedelta = HOUR) -> Life:
        self.say(
            cases.CaseClosed(case_id=self.case_id, observation_id=self.observation_id, observer="staff-caretaker-1", outcome=outcome), after
        )
        return self

    def protected(self, is_so: bool = True, after: timedelta = HOUR) -> Life:
        self.say(cases.AddressProtectionNoted(case_id=self.case_id, observation_ids=(self.observation_id,), is_protected=is_so), after)
        return self

    def erased(self, after: timedelta = HOUR) -> Life:
        self.say(cases.CaseErased(case_id=self.case_id), after)
        return self

    def reopened(self, after: timedelta = HOUR) -> Life:
        self.say(
            cases.CaseReopened(
                case_id=self.case_id,
                observation_id=self.observation_id,
                observer="staff-caretaker-1",
                handler="staff-social-caretaker-1",
                contact_due=self.at + timedelta(days=1),
            ),
            after,
        )
        return self

    def noticed(self, name: str = "notice", after: timedelta = HOUR, *, sent: bool = True) -> Life:
        about = {"notice_id": self.id(name), "recipient": "staff-social-lead-1", "kind": "concern_raised", "about": self.case_id}
        notice = notifications.NoticeSent(**about) if sent else notifications.NoticeFailed(**about, reason="gone")
        self.say(notice, after, about=self.id(name))
        return self


def whole_life(name: str = "the leak", at: datetime = NOW) -> Life:
    """The leak and the 91-year-old (domain.md S1), and everything else that can be said of a case."""
    return (
        Life(name, at)
        .registered()
        .raised()
        .noticed()
        .seen()
        .deadline_missed("triage")
        .triaged()
        .opened()
        .told()
        .contacted(reached=False)
        .contacted(on_time=False)
        .consented()
        .referred()
        .cleared()
        .accompanied()
        .silent(1)
        .silent(2)
        .acknowledged(on_time=False)
        .referred("second", target="volunteer")
        .answered("second", outcome="not_told")
        .answered("second")
        .planned("a")
        .followed_up("a")
        .planned("b")
        .missed("b")
        .followed_up("b", on_time=False)
        .changed_severity("medium")
        .consented("withdrawn")
        .deadline_missed("tell_caretaker")
        .told(on_time=False, milestone="help_established")
        .closed("not_reachable")
        .reopened()
        .closed()
    )


PLACES = (("estate-1", "Aaby"), ("estate-2", "Aaby"), ("estate-3", "Beby"), ("estate-4", "Ceby"))


def some_life(random: Random, name: str, at: datetime, *, places: Sequence[tuple[str, str]] = PLACES) -> Life:
    """One of the lives a concern may have."""
    estate, municipality = random.choice(places)
    life = Life(
        name,
        at,
        estate=estate,
        municipality=municipality,
        severity=random.choice(["low", "medium", "high", "acute"]),
        signals=tuple(random.sample(["lonely", "smell", "confusion", "home.hoarding"], random.choice([1, 1, 2]))),
        consent=random.choice(["granted", "granted", "declined", "not_asked"]),
    )
    life.registered().raised()
    if random.random() < 0.1:
        return life
    if random.random() < 0.15:
        return life.seen().dismissed()
    life.triaged(random.random() * 30 * HOUR, category=random.choice(["loneliness", "elderly_care", "dwelling_condition"])).opened()
    life.told(on_time=random.random() < 0.9).contacted(random.random() * 50 * HOUR, on_time=random.random() < 0.8)
    for n in range(random.choice([0, 1, 1, 2])):
        life.referred(f"r{n}", random.random() * 20 * HOUR, target=random.choice(["municipal.visitation", "municipal.skp", "volunteer"]))
        if random.random() < 0.7:
            life.acknowledged(f"r{n}", random.random() * 60 * HOUR)
        else:
            life.silent(1, f"r{n}", 72 * HOUR)
    life.planned("a")
    if random.random() < 0.8:
        life.followed_up("a", 30 * HOUR)
    else:
        life.missed("a")
    if random.random() < 0.7:
        life.closed(random.choice(["help_established", "moved", "resident_declined"]), 100 * HOUR).told(milestone="closed")
    return life


def record(heard: ReceivedMessage, offset: int = 0) -> Record:
    """The same as Kafka delivers it."""
    kafka = written(heard.envelope, heard.message)
    headers = tuple((name, value) for name, value in kafka.headers.items())
    return Record(heard.message.TOPIC, 0, offset, heard.envelope.subject.encode(), headers, bytes(kafka.value or b""))
