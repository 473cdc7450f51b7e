"""What somebody does at a moment of the year, and the hand that writes one concern from the first sight to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid5

from local.demo.bakkegaarden.register import IDS, EstateEntry, HomeEntry
from local.demo.plots import FOLLOWED_UP, NOT_REACHED, REACHED, TOLD_RECIPIENT, TOLD_WITHOUT_CONSENT, Plot
from shared.ground.working_days import ZONE, is_working_day

LEAD = "staff-social-lead-1"
DPO = "staff-dpo-1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """A caretaker registers what he saw."""

    at: datetime
    who: str
    observation_id: UUID
    home: HomeEntry
    signals: tuple[str, ...]
    severity: str
    consent_answer: str
    consent_scope: tuple[str, ...]
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """Somebody outside rings and tells of somebody, or of a common area; a member of the staff takes the call."""

    at: datetime
    who: str
    observation_id: UUID
    estate: EstateEntry
    home: HomeEntry | None
    area: str
    source: str
    name: str
    phone: str
    signals: tuple[str, ...]
    severity: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """Somebody opens the page of a case."""

    at: datetime
    who: str
    case_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Somebody takes a step in a case: the form as it is offered, with these fields filled in."""

    at: datetime
    who: str
    case_id: UUID
    step: str
    fields: dict[str, str | list[str]]
    query: dict[str, str]
    door: str = "steps"
    """`part` for a step of one's own part of the case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenGlass:
    """Somebody breaks the glass before a case that is none of theirs, and reads it."""

    at: datetime
    who: str
    case_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleDrawn:
    """The data protection officer draws look-ups of these days by lot."""

    at: datetime
    who: str
    check_id: UUID
    since: date
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PutRight:
    """A case that stood on the wrong home is moved to the right one, as the register says it."""

    at: datetime
    who: str
    case_id: UUID
    estate: EstateEntry
    home: HomeEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class Away:
    """Somebody says when they are away, and who stands in for them."""

    at: datetime
    who: str
    begins: datetime
    ends: datetime
    stand_in: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Forgotten:
    """A resident asks to be erased, with all that is about their tenancy."""

    at: datetime
    who: str
    case_id: UUID
    """A case about them."""
    tenancy_id: UUID


Happening = Sight | Call | Look | Act | BrokenGlass | SampleDrawn | PutRight | Away | Forgotten


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """What is played: since when, on which estates, who moves, and what happens, in order."""

    begins: date
    estates: tuple[EstateEntry, ...]
    happenings: Sequence[Happening]
    moving: Sequence[tuple[date, EstateEntry, HomeEntry]] = ()


NOTED = {
    "eviction_averted": (("termination", "document"), ("tenancy_kept", "rent_office")),
    "mediated_settled": (("mediation_settled", "helper"),),
}
"""What somebody notes before a case can end so, and who said it."""


@dataclass(kw_only=True)
class Story:
    """Writes down what happens around one observation, in working hours, in order."""

    number: int
    estate: EstateEntry
    home: HomeEntry
    caretaker: str
    carer: str
    """The social caretaker of the estate."""
    plot: Plot
    at: datetime
    random: Random
    happens: list[Happening] = field(default_factory=list)
    outcome_of_silence: str = ""
    """How it has to end when a recipient never answers."""
    _acts: int = 0

    @property
    def observation_id(self) -> UUID:
        return UUID(int=uuid5(IDS, f"observation {self.number}").int, version=4)

    @property
    def case_id(self) -> UUID:
        return uuid5(self.observation_id, "case")

    def see(self, *, consent: str, scope: tuple[str, ...] = (), words: str = "") -> None:
        """The caretaker registers it; the clock of the story begins."""
        self.happens.append(
            Sight(
                at=self.at,
                who=self.caretaker,
                observation_id=self.observation_id,
                home=self.home,
                signals=self.plot.signals,
                severity=self.plot.severity,
                consent_answer=consent,
                consent_scope=scope if consent == "granted" else (),
                words=words or self.random.choice(self.plot.words),
            )
        )

    def hear_from(self, source: str, *, words: str, name: str = "", phone: str = "", area: str = "") -> None:
        """Somebody outside rings the caretaker; nobody here saw it, so nobody is told what comes of it."""
        self.happens.append(
            Call(
                at=self.at,
                who=self.caretaker,
                observation_id=self.observation_id,
                estate=self.estate,
                home=None if area else self.home,
                area=area,
                source=source,
                name=name,
                phone=phone,
                signals=self.plot.signals,
                severity=self.plot.severity,
                words=words,
            )
        )

    def wait(self, *, days: int = 0, minutes: int = 0) -> None:
        """Some working days and minutes pass; the office is open from eight to three."""
        at = (self.at + timedelta(minutes=minutes)).astimezone(ZONE)
        day = at.date()
        if at.time() > time(15, 0):
            day, at = next_working(day), at.replace(hour=8, minute=self.random.randrange(5, 50))
        for _ in range(days):
            day = next_working(day)
        if not is_working_day(day):
            day = next_working(day)
        clock = max(at.time(), time(8, self.random.randrange(5, 50)))
        self.at = datetime.combine(day, clock, tzinfo=ZONE)

    def wait_until(self, day: date) -> None:
        """The office opens on the working day that is this one or the next."""
        while not is_working_day(day):
            day += timedelta(days=1)
        self.at = max(self.at, datetime.combine(day, time(9, self.random.randrange(60)), tzinfo=ZONE))

    def look(self, who: str) -> None:
        """Somebody reads the case."""
        self.happens.append(Look(at=self.at, who=who, case_id=self.case_id))

    def break_glass(self, who: str, reason: str) -> None:
        """Somebody reads the case through a broken glass."""
        self.happens.append(BrokenGlass(at=self.at, who=who, case_id=self.case_id, reason=reason))

    def draw(self, *, size: int) -> None:
        """Look-ups of the days since it was seen are drawn by lot."""
        since = self.happens[0].at.astimezone(ZONE).date()
        id = uuid5(self.case_id, "spot check")
        self.happens.append(SampleDrawn(at=self.at, who=DPO, check_id=id, since=since, size=size))

    def act(self, who: str, step: str, *, query: dict[str, str] | None = None, **fields: str | list[str]) -> UUID:
        """Somebody takes a step, the caretaker in his own part of the case; answers the id its form is sent with."""
        self._acts += 1
        id = uuid5(self.case_id, f"act {self._acts}")
        door = "part" if who == self.caretaker else "steps"
        told = {"id": str(id), **fields}
        self.happens.append(Act(at=self.at, who=who, case_id=self.case_id, step=step, fields=told, query=query or {}, door=door))
        self.at += timedelta(minutes=self.random.randrange(2, 9))
        return id

    def later(self, who: str, step: str, *, days: int, query: dict[str, str]) -> None:
        """Somebody takes a step some working days from now, while the story goes on."""
        now, order = self.at, dict(query)
        self.wait(days=days)
        self.act(who, step, query=order, **order)
        self.at = now

    # What is done the same way in most stories

    def judge(self, *, severity: str = "") -> None:
        """The lead looks and judges."""
        self.look(LEAD)
        self.act(LEAD, "triage", severity=severity or self.plot.severity, category=self.plot.category)

    def open(self, *, told: bool = True) -> None:
        """It becomes a case of the estate's social caretaker, and the caretaker hears so, where one saw it."""
        self.act(LEAD, "opening", handler=self.carer)
        if told:
            self.act(LEAD, "informed", milestone="case_opened", channel="phone")

    def reach(self, *, reached: bool = True) -> None:
        """The social caretaker gets hold of the resident, or does not."""
        note = self.random.choice(REACHED if reached else NOT_REACHED)
        self.act(self.carer, "contact", reached="yes" if reached else "no", channel=self.random.choice(("phone", "visit")), note=note)

    def ask_leave(self, *recipients: str, granted: bool = True) -> None:
        """The resident is asked, and answers."""
        self.act(self.carer, "consent", answer="granted" if granted else "declined", recipients=list(recipients), wording="mundtlig-1")

    def refer(self, target: str, *, told: bool = True) -> UUID:
        """It is passed on."""
        reason = ""
        if self.plot.basis != "consent":
            reason = "Barnet er under fem år og var alene ude. Det kan ikke vente på et ja."
        channel = "phone" if target in ("volunteer", "advice.debt", "mediation", "pest_control") else "secure_mail"
        telling = TOLD_RECIPIENT if self.plot.basis == "consent" else TOLD_WITHOUT_CONSENT
        referral = self.act(
            self.carer, "referral", target=target, channel=channel, content=telling, basis=self.plot.basis, basis_reason=reason
        )
        if told:
            self.act(self.carer, "informed", milestone="referral_sent", channel="phone")
        return referral

    def hear(self, referral: UUID, outcome: str) -> None:
        """The recipient answers."""
        self.act(self.carer, "answer", referral_id=str(referral), outcome=outcome, query={"referral_id": str(referral)})

    def follow_up(self) -> None:
        """The next planned follow-up is done."""
        self.act(self.carer, "followed-up", done="done", note=self.random.choice(FOLLOWED_UP))

    def learn(self, what: str, *, source: str) -> None:
        """Somebody notes that the resident died or moved, today."""
        self.act(self.carer, what, on=f"{self.at.astimezone(ZONE):%Y-%m-%d}", source=source)

    def close(self, outcome: str) -> None:
        """What the outcome rests on is noted, it ends, and the caretaker hears how."""
        for kind, source in NOTED.get(outcome, ()):
            self.act(self.carer, "fact", kind=kind, on=f"{self.at.astimezone(ZONE):%Y-%m-%d}", source=source)
        self.act(self.carer, "closing", outcome=outcome)
        self.act(self.carer, "informed", milestone="closed", channel="phone")

    def dismiss(self, *, told: bool = True) -> None:
        """No case comes of it."""
        self.act(LEAD, "dismissal", reason=self.plot.dismissal)
        if told:
            self.act(LEAD, "informed", milestone="dismissed", channel="phone")


def next_working(day: date) -> date:
    """The working day after this one."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
