"""The register of estates, homes and tenancies: what can be entered, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self
from uuid import UUID, uuid5

from shared.ground.errors import Refusal
from shared.ground.text_input import free_text
from shared.history.aggregate import Aggregate, AggregateCreated, Event

ESTATES = UUID("7d1c7f4e-3f0b-5a50-9d43-5b6f0a2d9a11")
"""The namespace of estate ids; memory, not decoration: it never changes."""

MOST_HOMES = 5000
MOST_CHARACTERS = 120
"""In a name."""


ESTATE_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")
"""The shape of an estate's number; it stands in addresses, the staff list and messages."""


class EstateNumberIsMalformed(Refusal):
    """Afdelingens nummer må kun have små bogstaver (a-z), tal og bindestreger, og højst 63 tegn."""

    next_step = "Vælg et nummer som ”afdeling-12”, og brug det samme i medarbejderlisten."


class EstateIsNotNamed(Refusal):
    """Afdelingen skal have et navn og en kommune."""

    next_step = "Udfyld begge, og send igen."


class HomeIsListedTwice(Refusal):
    """Den samme bolig står to gange på listen."""

    next_step = "Ret listen, så hver bolig har sit eget id, og send igen."
    field = "homes"


class HomeHasNoStreet(Refusal):
    """En bolig på listen mangler vejnavn eller husnummer."""

    next_step = "Udfyld vejnavn og husnummer for alle boliger, og send igen."
    field = "homes"


class TooManyHomes(Refusal):
    """Der er flere end 5.000 boliger på listen."""

    next_step = "Send dem i flere omgange; de boliger, der allerede står i registret, bliver stående."
    field = "homes"


class HomeBelongsToAnotherEstate(Refusal):
    """En bolig på listen hører til en anden afdeling."""

    next_step = "Ret boligens id hos afsenderen; en bolig flytter ikke afdeling."
    field = "homes"


class TenancyIsOfAnotherHome(Refusal):
    """Lejemålet er allerede meldt startet i en anden bolig."""

    next_step = "Ret lejemålets id hos afsenderen. Et lejemål flytter ikke bolig: det gamle slutter, og et nyt starter."


class TenancyEndsBeforeItStarts(Refusal):
    """Lejemålet kan ikke slutte, før det er startet."""

    next_step = "Ret datoen hos afsenderen, og send beskeden igen."


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    """A home as the building has it: where it is, and nothing about who lives there."""

    home_id: UUID
    street: str
    number: str
    floor: str = ""
    door: str = ""

    def as_fact(self) -> dict[str, str]:
        """How the home stands in an event: plain values, for history outlives our classes."""
        return {name: str(value) for name, value in asdict(self).items()}


def estate_stream(association: str, estate_id: str) -> UUID:
    """The id of an estate's history; the same number in two associations is two estates."""
    return uuid5(ESTATES, f"{association}/{estate_id}")


class Estate(Aggregate):
    """An estate (boligafdeling) and its homes."""

    TOPIC = "estate"

    class Registered(Event, AggregateCreated):
        TOPIC = "estate.registered"
        estate_id: str
        name: str
        municipality: str

        def apply(self, estate: Estate) -> None:
            estate.estate_id = self.estate_id
            estate.name = self.name
            estate.municipality = self.municipality

    class Described(Event):
        """The name or the municipality is another now."""

        TOPIC = "estate.described"
        estate_id: str
        name: str
        municipality: str

        def apply(self, estate: Estate) -> None:
            estate.name = self.name
            estate.municipality = self.municipality

    class HomesRegistered(Event):
        """Homes that are new, or whose address reads differently now."""

        TOPIC = "estate.homes_registered"
        estate_id: str
        homes: list[dict[str, str]]

        def apply(self, estate: Estate) -> None:
            estate.homes |= {home["home_id"]: home for home in self.homes}

    def __init__(self) -> None:
        self.estate_id: str
        self.name: str
        self.municipality: str
        self.homes: dict[str, dict[str, str]] = {}

    @classmethod
    def register(cls, *, association: str, estate_id: str, name: str, municipality: str) -> Self:
        """Enter an estate for the first time."""
        if not ESTATE_ID.fullmatch(estate_id):
            raise EstateNumberIsMalformed
        name, municipality = _named(name, municipality)
        return cls.begin(
            cls.Registered,
            id=estate_stream(association, estate_id),
            estate_id=estate_id,
            name=name,
            municipality=municipality,
        )

    def describe(self, *, name: str, municipality: str) -> None:
        """Say what the estate is called and where it lies; the same again is no news."""
        name, municipality = _named(name, municipality)
        if (name, municipality) != (self.name, self.municipality):
            self.trigger_event(self.Described, estate_id=self.estate_id, name=name, municipality=municipality)

    def register_homes(self, homes: Iterable[Home], *, elsewhere: Set[UUID]) -> None:
        """Enter the homes that are new or changed. Homes that are not mentioned stay: a building does not vanish from a list.

        `elsewhere` are those of them that the register has on another estate.
        """
        listed = [_readable(home) for home in homes]
        if len(listed) > MOST_HOMES:
            raise TooManyHomes
        if len({home.home_id for home in listed}) < len(listed):
            raise HomeIsListedTwice
        if any(not home.street or not home.number for home in listed):
            raise HomeHasNoStreet
        if any(home.home_id in elsewhere for home in listed):
            raise HomeBelongsToAnotherEstate
        news = [fact for fact in (home.as_fact() for home in listed) if self.homes.get(fact["home_id"]) != fact]
        if news:
            self.trigger_event(self.HomesRegistered, estate_id=self.estate_id, homes=news)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a tenancy is: its home, on the estate where the register has it."""

    home_id: UUID
    estate_id: str
    municipality: str


class _Start(Event):
    """What is known of a tenancy's beginning; everything said about it says all of it."""

    home_id: UUID
    estate_id: str
    municipality: str
    started_on: date

    def apply(self, tenancy: Tenancy) -> None:
        tenancy.place = Place(home_id=self.home_id, estate_id=self.estate_id, municipality=self.municipality)
        tenancy.started_on = self.started_on


class _End(Event):
    """The last day of a tenancy, as it was heard last."""

    ended_on: date

    def apply(self, tenancy: Tenancy) -> None:
        tenancy.ended_on = self.ended_on


class Tenancy(Aggregate):
    """Somebody lets a home for a time. Who it is, the ERP knows; here it is an id.

    It begins with whatever is heard first: the ERP may resend an end before it resends the start. Until the start is
    heard the tenancy has no home, so nothing is told about it and nothing can be observed in it.
    """

    TOPIC = "tenancy"

    class Started(_Start, AggregateCreated):
        TOPIC = "tenancy.started"

    class EndHeardFirst(_End, AggregateCreated):
        """The last day is known before anything else is: which home it was, the start will say."""

        TOPIC = "tenancy.end_heard_first"

    class EndMovedBeforeStart(_End):
        """Another last day, and still no word of the start."""

        TOPIC = "tenancy.end_moved_before_start"

    class StartHeardLater(_Start):
        """The start of a tenancy whose end was heard first; the end is said once more behind it, now with its home."""

        TOPIC = "tenancy.start_heard_later"

    class StartMoved(_Start):
        """The ERP corrected the first day."""

        TOPIC = "tenancy.start_moved"

    class Ended(_End):
        """The last day is known; said again with another day, the newest word counts."""

        TOPIC = "tenancy.ended"
        home_id: UUID
        estate_id: str

    def __init__(self) -> None:
        self.place: Place | None = None
        self.started_on: date | None = None
        self.ended_on: date | None = None

    @classmethod
    def start(cls, tenancy_id: UUID, *, place: Place, on: date) -> Self:
        """Enter a tenancy that the ERP told about for the first time."""
        return cls.begin(cls.Started, id=tenancy_id, **asdict(place), started_on=on)

    @classmethod
    def begin_with_end(cls, tenancy_id: UUID, *, on: date) -> Self:
        """Enter a tenancy of which the ERP told the last day before the first."""
        return cls.begin(cls.EndHeardFirst, id=tenancy_id, ended_on=on)

    @property
    def is_started(self) -> bool:
        """Whether its start was heard, and with it its home."""
        return self.place is not None

    def start_later(self, *, place: Place, on: date) -> None:
        """The start of a tenancy whose end was heard first."""
        if self.place is not None:
            self.start_again(home_id=place.home_id, on=on)
            return
        self._must_not_end_before(on)
        self.trigger_event(self.StartHeardLater, **asdict(place), started_on=on)
        if self.ended_on is not None:
            self._end(place, on=self.ended_on)

    def start_again(self, *, home_id: UUID, on: date) -> None:
        """The ERP said it again: the same is no news, another first day is a correction, another home is refused."""
        if self.place is None or home_id != self.place.home_id:
            raise TenancyIsOfAnotherHome
        if on == self.started_on:
            return
        self._must_not_end_before(on)
        self.trigger_event(self.StartMoved, **asdict(self.place), started_on=on)

    def end(self, *, on: date) -> None:
        """The last day of the tenancy; may lie ahead, and may be told again with another day."""
        if self.started_on is not None and on < self.started_on:
            raise TenancyEndsBeforeItStarts
        if on == self.ended_on:
            return
        if self.place is None:
            self.trigger_event(self.EndMovedBeforeStart, ended_on=on)
        else:
            self._end(self.place, on=on)

    def _end(self, place: Place, *, on: date) -> None:
        self.trigger_event(self.Ended, home_id=place.home_id, estate_id=place.estate_id, ended_on=on)

    def _must_not_end_before(self, start: date) -> None:
        if self.ended_on is not None and self.ended_on < start:
            raise TenancyEndsBeforeItStarts


def _named(name: str, municipality: str) -> tuple[str, str]:
    name, municipality = (
        free_text(name, field="name", at_most=MOST_CHARACTERS),
        free_text(municipality, field="municipality", at_most=MOST_CHARACTERS),
    )
    if not name or not municipality:
        raise EstateIsNotNamed
    return name, municipality


def _readable(home: Home) -> Home:
    """The home with every text as it may be kept."""
    return Home(
        home_id=home.home_id,
        street=free_text(home.street, field="homes", at_most=MOST_CHARACTERS),
        number=free_text(home.number, field="homes", at_most=10),
        floor=free_text(home.floor, field="homes", at_most=10),
        door=free_text(home.door, field="homes", at_most=10),
    )
