"""A tenancy, as the ERP tells of it: which home, from when until when, and who lives there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from shared.ground.errors import Refusal
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.privacy.personal import Personal, Sealed

Opens = Callable[[Sealed], str | None]
"""What a sealed value says, where its key is at hand."""


LONG_AGO = date.min
"""Since when it runs, where its home is told and its first day is not."""


def said(value: Personal | Sealed | date | str | None, known: Opens) -> str:
    """What was told: sealed, or in the clear, as it was stored before days and estates were sealed; empty for nothing."""
    if isinstance(value, Sealed):
        return known(value) or ""
    return value.text if isinstance(value, Personal) else str(value or "")


def day(value: Personal | Sealed | date | None, known: Opens) -> date | None:
    """A day that was told."""
    text = said(value, known)
    return date.fromisoformat(text) if text else None


NO_DAY = frozenset({date(1, 1, 1), date(1753, 1, 1), date(1900, 1, 1), date(9999, 12, 31)})
"""What systems write for *no date*: the first day of their calendar, or the last of ours."""


class TenancyIsOfAnotherHome(Refusal):
    """Lejemålet er allerede meldt startet i en anden bolig."""

    next_step = "Ret lejemålets id hos afsenderen. Et lejemål flytter ikke bolig: det gamle slutter, og et nyt starter."


class DeathIsNotYet(Refusal):
    """Den dag, lejeren skulle være død, er ikke kommet endnu, eller det er ikke en dag."""

    next_step = "Ret datoen hos afsenderen, og send beskeden igen."


class TenancyEndsBeforeItStarts(Refusal):
    """Lejemålet kan ikke slutte, før det er startet."""

    next_step = "Ret datoen hos afsenderen, og send beskeden igen."


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a tenancy is: its home, on the estate where the register has it."""

    home_id: UUID
    estate_id: str
    municipality: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Occupant:
    """Somebody who lives there: the id they have in the ERP, and what they are in the tenancy."""

    person_id: UUID
    role: str


def _as_it_is(_: dict[str, Any]) -> None:
    """A day, an estate and a household are a key to whoever has the ERP's register, so they are sealed as the ids are. The version before
    told them in the clear, and is read as it is."""


class _Start(Event):
    """What is known of a tenancy's beginning; everything said about it says all of it."""

    tenancy: Personal | Sealed
    """Its id in the ERP."""
    home: Personal | Sealed
    estate_id: Personal | Sealed | str
    municipality: Personal | Sealed | str
    started_on: Personal | Sealed | date

    def apply(self, tenancy: Tenancy) -> None:
        tenancy.start_told = {
            "tenancy": self.tenancy, "home": self.home, "estate_id": self.estate_id, "municipality": self.municipality,
        }  # fmt: skip
        tenancy.tenancy = self.tenancy
        tenancy.started_on = self.started_on


class _End(Event):
    """The last day of a tenancy, as it was heard last."""

    ended_on: Personal | Sealed | date

    def apply(self, tenancy: Tenancy) -> None:
        tenancy.ended_on = self.ended_on


class Tenancy(Aggregate):
    """Somebody lets a home for a time. Who it is, the ERP knows; here they are ids, sealed.

    The tenancy is a matter: its own id tells nothing, and that of the ERP, the home and those who live there are sealed in it. It begins
    with whatever is heard first: the ERP may resend an end before it resends the start. Until the start is heard the tenancy has no home,
    so nothing is told about it and nothing can be observed in it.
    """

    TOPIC = "tenancy"

    class Started(_Start, AggregateCreated):
        TOPIC = "tenancy.started"
        class_version = 3
        upcast_v2_v3 = staticmethod(_as_it_is)

    class EndHeardFirst(_End, AggregateCreated):
        """The last day is known before anything else is: which home it was, the start will say."""

        TOPIC = "tenancy.end_heard_first"
        class_version = 3
        upcast_v2_v3 = staticmethod(_as_it_is)

        tenancy: Personal | Sealed

        def apply(self, tenancy: Tenancy) -> None:
            tenancy.tenancy = self.tenancy
            super().apply(tenancy)

    class HeardOf(Event, AggregateCreated):
        """Something is told of it before its days are: who lives there, or that somebody died."""

        TOPIC = "tenancy.heard_of"

        tenancy: Personal | Sealed

        def apply(self, tenancy: Tenancy) -> None:
            tenancy.tenancy = self.tenancy

    class EndMovedBeforeStart(_End):
        """Another last day, and still no word of the start."""

        TOPIC = "tenancy.end_moved_before_start"
        class_version = 2
        upcast_v1_v2 = staticmethod(_as_it_is)

    class StartHeardLater(_Start):
        """The start of a tenancy whose end was heard first; the end is said once more behind it."""

        TOPIC = "tenancy.start_heard_later"
        class_version = 3
        upcast_v2_v3 = staticmethod(_as_it_is)

    class StartMoved(_Start):
        """The ERP corrected the first day."""

        TOPIC = "tenancy.start_moved"
        class_version = 3
        upcast_v2_v3 = staticmethod(_as_it_is)

    class Ended(_End):
        """The last day is known; said again with another day, the newest word counts."""

        TOPIC = "tenancy.ended"
        class_version = 3
        upcast_v2_v3 = staticmethod(_as_it_is)

        tenancy: Personal | Sealed
        estate_id: Personal | Sealed | str

    class EndTakenBack(Event):
        """It does not end after all, as the ERP says."""

        TOPIC = "tenancy.end_taken_back"

        tenancy: Personal | Sealed

        def apply(self, tenancy: Tenancy) -> None:
            tenancy.ended_on = None

    class HouseholdDescribed(Event):
        """How many live there, and whether the address of one of them is protected."""

        TOPIC = "tenancy.household_described"
        class_version = 2
        upcast_v1_v2 = staticmethod(_as_it_is)

        tenancy: Personal | Sealed
        size_band: Personal | Sealed | str
        is_protected: bool
        protection_is_news: bool
        """Whether it is protected now and was not, or the other way round."""

        def apply(self, tenancy: Tenancy) -> None:
            tenancy.size_band, tenancy.is_protected = self.size_band, self.is_protected

    class PersonMovedIn(Event):
        """Somebody lives there, or is something else there than before."""

        TOPIC = "tenancy.person_moved_in"

        part_id: UUID
        person: Personal | Sealed
        role: str

        def apply(self, tenancy: Tenancy) -> None:
            tenancy.occupants[self.part_id] = self.role

    class PersonMovedOut(Event):
        """Somebody lives there no more."""

        TOPIC = "tenancy.person_moved_out"

        part_id: UUID

        def apply(self, tenancy: Tenancy) -> None:
            del tenancy.occupants[self.part_id]

    class PersonDied(Event):
        """Somebody who lives there died; told again with another day, the newest word counts."""

        TOPIC = "tenancy.person_died"
        class_version = 2
        upcast_v1_v2 = staticmethod(_as_it_is)

        part_id: UUID
        person: Personal | Sealed
        tenancy: Personal | Sealed
        died_on: Personal | Sealed | date
        lived_alone: bool
        """Whether nobody else is told to live there."""

        def apply(self, tenancy: Tenancy) -> None:
            tenancy.deaths[self.part_id] = self.died_on

    class DeathTakenBack(Event):
        """It was not true."""

        TOPIC = "tenancy.death_taken_back"

        part_id: UUID
        person: Personal | Sealed
        tenancy: Personal | Sealed
        lives_alone: bool

        def apply(self, tenancy: Tenancy) -> None:
            del tenancy.deaths[self.part_id]

    class GuardianAppointed(Event):
        """Somebody else decides for somebody who lives there, in what is named."""

        TOPIC = "tenancy.guardian_appointed"

        part_id: UUID
        person: Personal | Sealed
        tenancy: Personal | Sealed
        may_decide: list[str]
        lives_alone: bool

        def apply(self, tenancy: Tenancy) -> None:
            tenancy.guardians[self.part_id] = tuple(self.may_decide)

    def __init__(self) -> None:
        self.tenancy: Personal | Sealed
        """Its id in the ERP."""
        self.start_told: dict[str, Any] = {}
        """Which tenancy of which home this is, and where; empty until the start is heard."""
        self.started_on: Personal | Sealed | date | None = None
        self.ended_on: Personal | Sealed | date | None = None
        self.size_band: Personal | Sealed | str = ""
        """How many live there, roughly, as a code; empty where it was not told."""
        self.is_protected = False
        """Whether somebody there has a protected address."""
        self.occupants: dict[UUID, str] = {}
        """What each is in the tenancy, by the id of their part in it."""
        self.deaths: dict[UUID, Personal | Sealed | date] = {}
        """Who died, and when."""
        self.guardians: dict[UUID, tuple[str, ...]] = {}
        """For whom somebody else decides, and in what."""

    @classmethod
    def start(cls, id: UUID, *, tenancy_id: UUID, place: Place, on: date) -> Self:
        """Enter a tenancy that the ERP told about for the first time."""
        return cls.begin(cls.Started, id=id, **_told(id, tenancy_id, place), started_on=_sealed(id, _first_day(on)))

    @classmethod
    def begin_with_end(cls, id: UUID, *, tenancy_id: UUID, on: date) -> Self:
        """Enter a tenancy of which the ERP told the last day before the first."""
        if on in NO_DAY:
            return cls.hear_of(id, tenancy_id=tenancy_id)
        return cls.begin(cls.EndHeardFirst, id=id, tenancy=Personal(id, str(tenancy_id)), ended_on=_sealed(id, on))

    @classmethod
    def hear_of(cls, id: UUID, *, tenancy_id: UUID) -> Self:
        """Enter a tenancy of which something is told before its days are."""
        return cls.begin(cls.HeardOf, id=id, tenancy=Personal(id, str(tenancy_id)))

    @property
    def is_started(self) -> bool:
        """Whether its start was heard, and with it its home."""
        return bool(self.start_told)

    @property
    def home(self) -> Personal | Sealed | None:
        """Which home it is of; `None` until its start is heard."""
        home: Personal | Sealed | None = self.start_told.get("home")
        return home

    # `known` opens what was told before, to compare.

    def start_later(self, *, tenancy_id: UUID, place: Place, on: date, known: Opens) -> None:
        """The start of a tenancy whose end was heard first."""
        on = _first_day(on)
        self._must_not_end_before(on, known)
        ended_on = day(self.ended_on, known)
        self.trigger_event(self.StartHeardLater, **_told(self.id, tenancy_id, place), started_on=_sealed(self.id, on))
        if ended_on is not None:
            self._end(on=ended_on)

    def start_again(self, *, home_id: UUID, on: date, known: Opens) -> None:
        """The ERP said it again: the same is no news, another first day is a correction, another home is refused."""
        self.must_be_of(home_id, known=known)
        if on in NO_DAY or on == day(self.started_on, known):
            return
        self._must_not_end_before(on, known)
        self.trigger_event(self.StartMoved, **self.start_told, started_on=_sealed(self.id, on))

    def must_be_of(self, home_id: UUID, *, known: Opens) -> None:
        """Refuses another home than the one it was told with."""
        if str(home_id) != said(self.home, known):
            raise TenancyIsOfAnotherHome

    def end(self, *, on: date, known: Opens) -> None:
        """The last day of the tenancy; may lie ahead, and may be told again with another day, or with none."""
        if on in NO_DAY:
            return self.take_end_back()
        started_on = day(self.started_on, known)
        if started_on is not None and on < started_on:
            raise TenancyEndsBeforeItStarts
        if on == day(self.ended_on, known):
            return
        if self.is_started:
            self._end(on=on)
        else:
            self.trigger_event(self.EndMovedBeforeStart, ended_on=_sealed(self.id, on))

    def take_end_back(self) -> None:
        """It goes on; of one that is not told to end it is no news."""
        if self.ended_on is not None:
            self.trigger_event(self.EndTakenBack, tenancy=self.tenancy)

    def describe_household(self, *, size_band: str | None, is_protected: bool | None, known: Opens) -> None:
        """What is not told is as it was, and the same again is no news."""
        before = said(self.size_band, known)
        size_band = before if size_band is None else size_band
        is_protected = self.is_protected if is_protected is None else is_protected
        if (size_band, is_protected) != (before, self.is_protected):
            self.trigger_event(
                self.HouseholdDescribed,
                tenancy=self.tenancy,
                size_band=Personal(self.id, size_band) if size_band else "",
                is_protected=is_protected,
                protection_is_news=is_protected != self.is_protected,
            )

    def tell_occupants(self, told: Mapping[UUID, Occupant]) -> None:
        """Who lives there now, all of them, by the id of their part; who is not told of any more has moved out."""
        for part_id in [part_id for part_id in self.occupants if part_id not in told]:
            self.trigger_event(self.PersonMovedOut, part_id=part_id)
        for part_id, occupant in told.items():
            if self.occupants.get(part_id) != occupant.role:
                person = Personal(part_id, str(occupant.person_id))
                self.trigger_event(self.PersonMovedIn, part_id=part_id, person=person, role=occupant.role)

    def note_death(self, part_id: UUID, *, person_id: UUID, on: date, today: date, known: Opens) -> None:
        """Somebody who lives there died; the same again is no news. Nobody has died on a day that is not over or no day at all."""
        if on > today or on in NO_DAY:
            raise DeathIsNotYet
        if day(self.deaths.get(part_id), known) != on:
            alone, who = self._lives_alone(part_id), self._who(part_id, person_id)
            self.trigger_event(self.PersonDied, part_id=part_id, **who, died_on=_sealed(part_id, on), lived_alone=alone)

    def take_death_back(self, part_id: UUID, *, person_id: UUID) -> None:
        """It was not true; of somebody who was not told to have died it is no news."""
        if part_id in self.deaths:
            alone = self._lives_alone(part_id)
            self.trigger_event(self.DeathTakenBack, part_id=part_id, **self._who(part_id, person_id), lives_alone=alone)

    def appoint_guardian(self, part_id: UUID, *, person_id: UUID, may_decide: Sequence[str]) -> None:
        """Somebody else decides for them from now on; the same again is no news."""
        if self.guardians.get(part_id) != tuple(may_decide):
            alone = self._lives_alone(part_id)
            self.trigger_event(
                self.GuardianAppointed, part_id=part_id, **self._who(part_id, person_id), may_decide=list(may_decide), lives_alone=alone
            )

    def _who(self, part_id: UUID, person_id: UUID) -> dict[str, Personal | Sealed]:
        return {"person": Personal(part_id, str(person_id)), "tenancy": self.tenancy}

    def _lives_alone(self, part_id: UUID) -> bool:
        return not self.occupants.keys() - {part_id} - self.deaths.keys()

    def _end(self, *, on: date) -> None:
        self.trigger_event(self.Ended, tenancy=self.tenancy, estate_id=self.start_told["estate_id"], ended_on=_sealed(self.id, on))

    def _must_not_end_before(self, start: date, known: Opens) -> None:
        ended_on = day(self.ended_on, known)
        if ended_on is not None and ended_on < start:
            raise TenancyEndsBeforeItStarts


def _told(id: UUID, tenancy_id: UUID, place: Place) -> dict[str, Any]:
    return {
        "tenancy": Personal(id, str(tenancy_id)),
        "home": Personal(id, str(place.home_id)),
        "estate_id": Personal(id, place.estate_id),
        "municipality": Personal(id, place.municipality),
    }


def _first_day(on: date) -> date:
    """Since when it runs, where a system may have written that it does not know."""
    return LONG_AGO if on in NO_DAY else on


def _sealed(id: UUID, on: date) -> Personal:
    return Personal(id, on.isoformat())
