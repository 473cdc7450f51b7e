"""One observation: what may truthfully be said about what a caretaker saw and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from services.intake.observation.rules import linking, place, progress, protecting
from services.intake.observation.rules.dwelling import NOTHING_TOLD, Dwelling, told_before
from services.intake.observation.rules.report import Report
from shared.ground.text_input import free_text
from shared.ground.working_days import local_day
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.privacy.personal import Personal, PersonalText, Sealed, Whereabouts
from shared.privacy.small_estate import IN_THE_CLEAR, NOT_PROTECTED
from shared.words.vocabulary.beginning import PlaceKind, Source, Way


class Observation(Aggregate):
    """Signs that somebody may not be thriving, seen by a caretaker or told by somebody else; and what came of it."""

    TOPIC = "observation"

    class Registered(Event, AggregateCreated):
        TOPIC = "observation.registered"
        class_version = 8

        observer: str
        """Who saw it; empty where nobody who works here did, and then there is nobody to tell what comes of it."""
        observed_at: datetime
        estate_id: str
        """Empty where it is small, and is sealed below, or is not known."""
        municipality: str
        home: Whereabouts | Sealed | None
        """`None` where it is about no home, or it is not known yet which."""
        tenancy: Whereabouts | Sealed | None
        """Which ran that day, as far as the register knew."""
        signals: list[str]
        severity: str
        consent_answer: str
        consent_wording: str
        consent_scope: list[str]
        address: Whereabouts | Sealed
        words: Personal | Sealed | None
        estate_name: str
        """As it was that day."""
        source: str
        how: str
        place: str
        area: str
        is_protected: bool = False
        """Whether the address was protected that day, as far as the register knew."""
        died_on: Whereabouts | Sealed | None = None
        """When whoever lives there alone had died, as the ERP had told."""
        moves_on: Whereabouts | Sealed | None = None
        """The last day of the tenancy, as the ERP had told."""
        guardian_decides: list[str] | None = None
        """What a guardian decides for whoever lives there alone; `None` without one."""
        small_estate: Whereabouts | Sealed | None = None
        """The estate, where it has few homes; likewise its name."""
        small_estate_name: Whereabouts | Sealed | None = None
        protected_municipality: Whereabouts | Sealed | None = None
        """The municipality, where the address is protected; the estate is sealed then too."""
        earlier_case: Personal | Sealed | None = None
        """The case it goes on from: sealed, for together they say that somebody lived there and here."""

        @staticmethod
        def upcast_v3_v4(state: dict[str, Any]) -> None:
            """Until version 3 somebody who works here had seen it, in a home."""
            state |= {"source": Source.OBSERVATION.value, "how": Way.SEEN.value, "place": PlaceKind.HOME.value, "area": ""}

        @staticmethod
        def upcast_v4_v5(state: dict[str, Any]) -> None:
            """What the ERP had told before was not looked up."""
            state |= NOTHING_TOLD

        @staticmethod
        def upcast_v5_v6(state: dict[str, Any]) -> None:
            """A small estate stood in the clear too, and is left as it was told."""
            state |= IN_THE_CLEAR

        @staticmethod
        def upcast_v6_v7(state: dict[str, Any]) -> None:
            """Protected or not, the municipality stood in the clear, and is left as it was told."""
            state |= NOT_PROTECTED

        @staticmethod
        def upcast_v7_v8(state: dict[str, Any]) -> None:
            """Nothing went on from an earlier case."""
            state["earlier_case"] = None

        def apply(self, observation: Observation) -> None:
            observation.observer = self.observer
            observation.is_at_home = self.home is not None

    PlaceLinked = linking.PlaceLinked
    TakenIn = progress.TakenIn
    Joined = progress.Joined
    Parted = progress.Parted
    TakenUpAgain = progress.TakenUpAgain
    PlaceCorrected = place.PlaceCorrected
    Seen = progress.Seen
    Assessed = progress.Assessed
    CaseOpened = progress.CaseOpened
    PassedOn = progress.PassedOn
    Told = progress.Told
    TriageMissed = progress.TriageMissed
    NoticeFailed = progress.NoticeFailed
    CompanionWanted = progress.CompanionWanted
    CompanionAnswered = progress.CompanionAnswered
    CompanionReleased = progress.CompanionReleased
    Dismissed = progress.Dismissed
    Ended = progress.Ended
    Reopened = progress.Reopened
    ProtectionNoted = protecting.ProtectionNoted

    def __init__(self) -> None:
        self.observer: str
        self.is_at_home = False
        """Whether it is known which home it is about."""
        self.case_id: UUID | None = None
        """The case in which it is seen to."""
        self.is_taken_in = False
        self.corrections: set[str] = set()
        self.belongs_nowhere = False
        """Whether it turned out to be about nobody (S14)."""
        """What was put right about where it is."""
        self.is_seen = False
        self.assessed_severity = ""
        self.has_case = False
        self.is_passed_on = False
        self.told: set[str] = set()
        self.triage_was_missed = False
        self.notice_has_failed = False
        self.meetings: dict[UUID, datetime] = {}
        """Those the observer is asked along to."""
        self.comes_to: dict[UUID, bool] = {}
        """What the observer answered."""
        self.is_dismissed = False
        self.outcome = ""
        self.is_protected = False
        """Whether its case says that the address is protected; what the ERP says stands in the register."""

    @classmethod
    def register(cls, report: Report, *, observer: str, now: datetime, dwelling: Dwelling, address: str) -> Self:
        """Take in what was seen, or told; severity never blocks it, and `acute` is registered like any other (domain.md FB4)."""
        report.must_be_of_these_days(now)
        report.must_be_somewhere()
        id, tenure = report.observation_id, dwelling.tenure_on(local_day(report.observed_at))
        return cls.begin(
            cls.Registered,
            id=id,
            observer=observer,
            observed_at=report.observed_at,
            **dwelling.told_estate(id, is_protected=tenure is not None and tenure.is_protected),
            home=Whereabouts(id, str(dwelling.home_id)) if dwelling.home_id else None,
            tenancy=Whereabouts(id, str(tenure.tenancy_id)) if tenure else None,
            **report.ticked(),
            address=Whereabouts(id, address),
            words=_kept(id, report.words),
            source=report.source,
            how=report.how,
            place=report.place,
            area=report.area,
            earlier_case=Personal(id, str(report.earlier_case)) if report.earlier_case else None,
            **told_before(id, tenure),
        )

    def link_place(self, *, home: UUID, tenancy: UUID | None, address: str, dwelling: Dwelling) -> None:
        """It is known now which home it is about; said again it is no news. Another home is a correction (S14), not a link."""
        linking.link_place(self, home=home, tenancy=tenancy, address=address, dwelling=dwelling)

    def record(self, news: progress.Progress) -> None:
        """Something came of it."""
        news.decide(self)


def receipt_of(observation_id: UUID) -> str:
    """The number a caretaker can read aloud on the phone: the eight last, random, digits of the id."""
    digits = observation_id.hex[-8:].upper()
    return f"{digits[:4]}-{digits[4:]}"


def _kept(observation_id: UUID, words: str) -> PersonalText | None:
    """The words as they may be kept; blanks only are no words."""
    text = free_text(words, field="words")
    return PersonalText(observation_id, text) if text else None
