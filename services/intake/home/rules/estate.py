"""An estate and its homes: building data, and nothing about who lives there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import asdict, dataclass
from typing import Self
from uuid import UUID, uuid5

from services.intake.home.rules.finding import one_address
from shared.ground.errors import Refusal
from shared.ground.text_input import TextTooLong, free_text
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.words.municipality import is_two_municipalities, municipality_code

ESTATES = UUID("7d1c7f4e-3f0b-5a50-9d43-5b6f0a2d9a11")
"""The namespace of estate ids; memory, not decoration: it never changes."""

MOST_HOMES = 5000
MOST_CHARACTERS = 120
"""In a name."""


ESTATE_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")
"""The shape of an estate's number; it stands in addresses, the staff list and messages."""


class EstateNumberIsMalformed(Refusal):
    """Afdelingens nummer må kun have små bogstaver (a-z), tal og bindestreger, og højst 63 tegn."""

    next_step = "Vælg et nummer som »afdeling-12«, og brug det samme i medarbejderlisten."


class EstateIsNotNamed(Refusal):
    """Afdelingen skal have et navn og en kommune."""

    next_step = "Udfyld begge, og send igen."


class EstateIsGarbled(Refusal):
    """Afdelingens navn eller kommune er blevet ulæseligt på vejen: der står tegn i stedet for æ, ø og å."""

    next_step = "Send listen som UTF-8. De fleste systemer skriver Windows-1252, hvis de ikke bliver bedt om andet."


class MunicipalityIsTwo(Refusal):
    """Kommunens nummer og navn er to forskellige kommuner."""

    field = "municipality"
    next_step = "Ret det, der er forkert, eller skriv kun kommunens navn."


class HomeIsListedTwice(Refusal):
    """Den samme bolig står to gange på listen."""

    next_step = "Ret listen, så hver bolig har sit eget id, og send igen."


class HomeHasNoStreet(Refusal):
    """En bolig på listen mangler vejnavn eller husnummer."""

    next_step = "Udfyld vejnavn og husnummer for alle boliger, og send igen."


class HomeIsGarbled(Refusal):
    """Adressen på en bolig på listen er blevet ulæselig på vejen: den har tegn, som står i stedet for æ, ø og å."""

    next_step = EstateIsGarbled.next_step


class PartOfAddressTooLong(Refusal):
    """En del af adressen på en bolig på listen er for lang."""

    next_step = "Vejnavnet må have 120 tegn; husnummer, etage og dør hver 10. Skriv ikke hele adressen i ét felt."


class TooManyHomes(Refusal):
    """Der er flere end 5.000 boliger på listen."""

    next_step = "Send dem i flere omgange; de boliger, der allerede står i registret, bliver stående."
    field = "homes"


class HomeBelongsToAnotherEstate(Refusal):
    """En bolig på listen hører til en anden afdeling."""

    next_step = "Ret boligens id hos afsenderen; en bolig flytter ikke afdeling."


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
            estate.ended -= {home["home_id"] for home in self.homes}

    class HomesEnded(Event):
        """These are no homes any more, or stand under another id now: nobody chooses them from now on. What is known of them stays."""

        TOPIC = "estate.homes_ended"
        estate_id: str
        homes: list[str]

        def apply(self, estate: Estate) -> None:
            estate.ended |= set(self.homes)

    def __init__(self) -> None:
        self.estate_id: str
        self.name: str
        self.municipality: str
        self.homes: dict[str, dict[str, str]] = {}
        self.ended: set[str] = set()

    @classmethod
    def register(cls, *, association: str, estate_id: str, name: str, municipality: str) -> Self:
        """Enter an estate for the first time."""
        if not ESTATE_ID.fullmatch(estate_id):
            raise EstateNumberIsMalformed
        name, municipality = named(name, municipality)
        return cls.begin(
            cls.Registered,
            id=estate_stream(association, estate_id),
            estate_id=estate_id,
            name=name,
            municipality=municipality,
        )

    def describe(self, *, name: str, municipality: str) -> None:
        """Say what the estate is called and where it lies; the same again is no news."""
        name, municipality = named(name, municipality)
        if (name, municipality) != (self.name, self.municipality):
            self.trigger_event(self.Described, estate_id=self.estate_id, name=name, municipality=municipality)

    def register_homes(self, homes: Iterable[Home], *, elsewhere: Set[UUID], ended: Set[UUID] = frozenset()) -> None:
        """Enter the homes that are new or changed. Homes that are not mentioned stay: a building does not vanish from a list.

        `elsewhere` are those of them that the register has on another estate; `ended` those that end. One that is listed again and does
        not end is a home again.
        """
        listed = list(homes)
        if len(listed) > MOST_HOMES:
            raise TooManyHomes
        listed = [enterable(home, place=f"homes/{place}") for place, home in enumerate(listed)]
        seen: set[UUID] = set()
        for place, home in enumerate(listed):
            if home.home_id in seen:
                raise HomeIsListedTwice(field=f"homes/{place}/home_id")
            if home.home_id in elsewhere:
                raise HomeBelongsToAnotherEstate(field=f"homes/{place}/home_id")
            seen.add(home.home_id)
        ending = {str(home_id) for home_id in ended & seen}
        again = self.ended - ending
        facts = [home.as_fact() for home in listed]
        news = [fact for fact in facts if self.homes.get(fact["home_id"]) != fact or fact["home_id"] in again]
        if news:
            self.trigger_event(self.HomesRegistered, estate_id=self.estate_id, homes=news)
        over = [fact["home_id"] for fact in facts if fact["home_id"] in ending - self.ended]
        if over:
            self.trigger_event(self.HomesEnded, estate_id=self.estate_id, homes=over)

    def at_one_address(self) -> Sequence[Sequence[Home]]:
        """The homes that nobody can tell apart, for their addresses read the same: one of them should end."""
        found: dict[object, list[Home]] = {}
        for home_id, fact in self.homes.items():
            if home_id not in self.ended:
                home = Home(**{**fact, "home_id": UUID(home_id)})  # type: ignore[arg-type]
                found.setdefault(one_address(home), []).append(home)
        return [homes for homes in found.values() if len(homes) > 1]


def enterable(home: Home, *, place: str = "") -> Home:
    """The home with every text as it may be kept; `place` is where it stands on the list, for whoever has to look for it.

    Raises `HomeHasNoStreet`, `HomeIsGarbled`, `PartOfAddressTooLong`, and what `free_text` refuses.
    """
    at = f"{place}/" if place else ""
    kept = Home(
        home_id=home.home_id,
        street=_part(home.street, f"{at}street", at_most=MOST_CHARACTERS),
        number=_part(home.number, f"{at}number", at_most=10),
        floor=_part(home.floor, f"{at}floor", at_most=10),
        door=_part(home.door, f"{at}door", at_most=10),
    )
    if not kept.street or not kept.number:
        raise HomeHasNoStreet(field=f"{at}{'number' if kept.street else 'street'}")
    return kept


def named(name: str, municipality: str) -> tuple[str, str]:
    """What an estate is called, and the one code of its municipality.

    Raises `EstateIsNotNamed`, `EstateIsGarbled`, `MunicipalityIsTwo`, and what `free_text` refuses.
    """
    name = _BLANKS.sub(" ", free_text(name, field="name", at_most=MOST_CHARACTERS))
    municipality = free_text(municipality, field="municipality", at_most=MOST_CHARACTERS)
    for text, field in ((name, "name"), (municipality, "municipality")):
        if not text:
            raise EstateIsNotNamed(field=field)
        if _GARBLED.search(text):
            raise EstateIsGarbled(field=field)
    if is_two_municipalities(municipality):
        raise MunicipalityIsTwo
    return name, municipality_code(municipality)


_BLANKS = re.compile(r"\s+")
_IN_WINDOWS = "".join(bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0))
_GARBLED = re.compile(f"\ufffd|[\u00c2\u00c3][{re.escape(_IN_WINDOWS)}]")
"""What stands where a character could not be read, and two that stand for one that was read as Windows-1252: `Ã¸`, `Ã˜`."""


def _part(text: str, field: str, *, at_most: int) -> str:
    try:
        kept = free_text(text, field=field, at_most=at_most)
    except TextTooLong:
        raise PartOfAddressTooLong(field=field) from None
    if _GARBLED.search(kept):
        raise HomeIsGarbled(field=field)
    return _BLANKS.sub(" ", kept)  # two blanks, or one that does not break, are no other street
