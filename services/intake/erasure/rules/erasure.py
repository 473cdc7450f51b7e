"""One erasure: begun, the keys destroyed, carried out by every service, certified."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Self
from uuid import UUID

from services.intake.erasure.rules.whom import Goes, NothingIsKnown
from shared.ground.errors import Refusal
from shared.ground.working_days import local_day
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.erasure import ErasedKind, ErasureReason, ErasureState, Remains

SERVICES = ("intake", "cases", "notifications", "reporting")
"""Who holds rows of somebody."""
TOPICS_KEEP = timedelta(days=30)
"""How long what was said lies in Kafka, sealed for ever."""


class ReasonIsUnknown(Refusal):
    """Vælg, hvorfor der slettes."""

    field = "reason"
    next_step = "Vælg en af grundene på listen."


class ItIsNotSure(Refusal):
    """Sæt kryds ved, at der skal slettes. Det kan ikke fortrydes."""

    field = "sure"
    next_step = "Læs, hvad der forsvinder, og sæt kryds."


class Erasure(Aggregate):
    """Somebody is erased, step by step: what a crash interrupts goes on where it stopped.

    Which matters it is of is sealed in it, and its key is destroyed before the certificate is written: afterwards nothing ties the erased
    matters together.
    """

    TOPIC = "erasure"

    class Begun(Event, AggregateCreated):
        """Somebody decided it; nothing is destroyed yet."""

        TOPIC = "erasure.begun"

        kind: str
        """What was named: a person, a tenancy, a home, one matter, or a list."""
        reason: str
        matters: int
        of: Personal | Sealed
        """Whom it is of, and which matters go."""

        def apply(self, erasure: Erasure) -> None:
            erasure.kind, erasure.reason = self.kind, self.reason
            erasure.of = self.of
            erasure.state = ErasureState.BEGUN

    class KeysDestroyed(Event):
        """Nothing opens what was sealed for these matters any more, anywhere."""

        TOPIC = "erasure.keys_destroyed"

        at: datetime
        matters: int
        texts: int
        listed: Personal | Sealed
        """Which matters; sealed, for together they would tell that they are about the same person."""

        def apply(self, erasure: Erasure) -> None:
            erasure.state = ErasureState.DESTROYED
            erasure.destroyed_at = self.at
            erasure.matters, erasure.texts = self.matters, self.texts
            erasure.listed = self.listed

    class CarriedOut(Event):
        """A service holds nothing of it in the open any more."""

        TOPIC = "erasure.carried_out"

        service: str
        at: datetime

        def apply(self, erasure: Erasure) -> None:
            erasure.carried_out[self.service] = self.at

    class Certified(Event):
        """It is done: when by whom, how much, what remains and why, and until when topics hold what nothing opens."""

        TOPIC = "erasure.certified"

        carried_out: dict[str, str]
        """When each service was done."""
        matters: int
        texts: int
        remains: list[str]
        topics_until: date

        def apply(self, erasure: Erasure) -> None:
            erasure.state = ErasureState.CERTIFIED

    def __init__(self) -> None:
        self.kind = ""
        self.reason = ""
        self.state = ErasureState.BEGUN
        self.of: Personal | Sealed
        self.listed: Personal | Sealed
        self.matters = 0
        self.texts = 0
        self.destroyed_at: datetime
        self.carried_out: dict[str, datetime] = {}

    @classmethod
    def begin_erasing(cls, id: UUID, *, kind: ErasedKind, reason: str, goes: Goes, of: str) -> Self:
        """Decide it. Refused where there is nothing to destroy and nothing to let go of."""
        if goes.is_nothing:
            raise NothingIsKnown
        if reason not in set(ErasureReason):
            raise ReasonIsUnknown
        return cls.begin(cls.Begun, id=id, kind=kind.value, reason=reason, matters=len(goes.destroyed), of=Personal(id, of))

    def keys_are_destroyed(self, *, at: datetime, matters: int, texts: int, listed: str) -> None:
        """They are; said again it is no news."""
        if self.state == ErasureState.BEGUN:
            self.trigger_event(self.KeysDestroyed, at=at, matters=matters, texts=texts, listed=Personal(self.id, listed))

    def is_carried_out_by(self, service: str, *, at: datetime) -> None:
        """A service has cleaned its rows; not before there was something to clean, and once."""
        if self.state == ErasureState.DESTROYED and service not in self.carried_out:
            self.trigger_event(self.CarriedOut, service=service, at=at)

    @property
    def may_be_certified(self) -> bool:
        """Whether everybody has answered."""
        return self.state == ErasureState.DESTROYED and self.carried_out.keys() >= set(SERVICES)

    def certify(self) -> None:
        """Write the certificate; before everybody has answered, and twice, nothing is written."""
        if self.may_be_certified:
            self.trigger_event(
                self.Certified,
                carried_out={service: self.carried_out[service].isoformat() for service in SERVICES},
                matters=self.matters,
                texts=self.texts,
                remains=[remains.value for remains in Remains],
                topics_until=local_day(self.destroyed_at + TOPICS_KEEP),
            )
