"""Bakkegården's estates, homes and tenancies: invented, and the same every time (domain.md §9-10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from uuid import UUID, uuid5

SEED = 20_240_619
HOMES = 3400
LARGE_ESTATES = 12
IDS = UUID("0b6f6c8e-6a53-5b0a-9c44-8f1d2f0a7b10")
"""The namespace of the ids below."""

MUNICIPALITIES = ("bakkelund", "engsted", "vesterhede", "aadal", "kirkeby", "skovlund", "havnstrup", "moellebro")
"""As the procedure names them."""

ESTATES_IN = (6, 6, 5, 5, 5, 5, 5, 5)
"""How many estates each municipality has; 42 in all."""

_ESTATE_NAMES = (
    "Høstmåneparken", "Pilehvisken", "Tusindfrydhaven", "Nøddekrattet", "Gråspurvegården", "Sivkonevænget",
    "Mosetrolden", "Kornsmutten", "Regnfangparken", "Vindfløjen", "Tudsehøj", "Lygtemandsmosen",
    "Klokkefrøhaven", "Bukkebladet", "Sneglehuset", "Dugdråben", "Rimfrosten",
    "Humlebækkenet", "Vibeæggene", "Engkabbelejen", "Stenpikkeren", "Myrepytten",
    "Natsværmeren", "Brombærhegnet", "Tordenskyen", "Frøskoven", "Guldsmedehaven",
    "Mælkebøttebakken", "Egernreden", "Svampehatten", "Tranedansen", "Hedelyngen Nord",
    "Bølgebryderen", "Strandskaden", "Tangloppen", "Fiskehejren", "Måneskinsmolen",
    "Møllestenen", "Kværnhuset", "Melsækken", "Vingefanget", "Kornblæsten",
)  # fmt: skip

_STREET_BEGINNINGS = (
    "Hyldetrolde", "Tusmørke", "Snegleskæls", "Pindsvine", "Dagpåfugle", "Klokkefrø", "Stankelbens", "Guldsmede", "Rimtåge",
    "Skvalderkåls", "Mosekone", "Vindpust", "Oldenborre", "Ridderspore", "Tordenvejrs", "Kirsebærstens", "Lyngtudse", "Skumrings",
)  # fmt: skip
_STREET_ENDS = ("svinget", "gyden", "løkken", "krogen", "toften", "slippen", "buen")


@dataclass(frozen=True, slots=True)
class HomeEntry:
    """A home as the building has it."""

    home_id: UUID
    street: str
    number: str
    floor: str
    door: str

    @property
    def tenancy_id(self) -> UUID:
        """The tenancy that runs in it when the year begins."""
        return uuid5(self.home_id, "tenancy 1")

    @property
    def next_tenancy_id(self) -> UUID:
        """The one after it, where somebody moves in the course of the year."""
        return uuid5(self.home_id, "tenancy 2")


@dataclass(frozen=True, slots=True)
class EstateEntry:
    """An estate with its homes."""

    estate_id: str
    name: str
    municipality: str
    homes: tuple[HomeEntry, ...]


@cache
def estates() -> tuple[EstateEntry, ...]:
    """All 42, of which 30 have fewer than 40 homes."""
    random = Random(SEED)  # noqa: S311 -- the same every time is what is wanted
    streets = [beginning + end for beginning in _STREET_BEGINNINGS for end in _STREET_ENDS]
    random.shuffle(streets)
    names = iter(_ESTATE_NAMES)
    sizes = iter(_sizes(random))
    made: list[EstateEntry] = []
    for municipality, how_many in zip(MUNICIPALITIES, ESTATES_IN, strict=True):
        for _ in range(how_many):
            estate_id, size = f"afd-{len(made) + 1:02}", next(sizes)
            own_streets = [streets.pop() for _ in range(max(1, min(3, size // 90)))]
            made.append(EstateEntry(estate_id, next(names), municipality, tuple(_homes(estate_id, own_streets, size))))
    return tuple(made)


def tenancies_started() -> Iterator[tuple[EstateEntry, HomeEntry, date]]:
    """The tenancy of each home when the year begins, and its first day."""
    random = Random(SEED + 1)  # noqa: S311
    for estate in estates():
        for home in estate.homes:
            yield estate, home, date(2000, 1, 1) + timedelta(days=30 * random.randrange(280))


def _sizes(random: Random) -> list[int]:
    """Sizes that add up: three in ten estates are large, and hold most of the homes."""
    small = [random.randrange(8, 39) for _ in range(len(_ESTATE_NAMES) - LARGE_ESTATES)]
    left = HOMES - sum(small)
    large = [left // LARGE_ESTATES + (29 * step - 160) for step in range(LARGE_ESTATES)]
    large[-1] += left - sum(large)
    sizes = small + large
    random.shuffle(sizes)
    return sizes


def _homes(estate_id: str, streets: list[str], size: int) -> Iterator[HomeEntry]:
    """Row houses where the estate is small, stairs with three floors where it is large."""
    for index in range(size):
        street, place = streets[index % len(streets)], index // len(streets)
        if size < 40:
            number, floor, door = str(2 * place + 1), "", ""
        else:
            number, within = str(2 * (place // 6) + 1), place % 6
            floor, door = ("st", "1", "2")[within // 2], ("tv", "th")[within % 2]
        yield HomeEntry(uuid5(IDS, f"{estate_id}/{street}/{number}/{floor}/{door}"), street, number, floor, door)


def moves(*, first: date, days: int) -> Iterator[tuple[date, EstateEntry, HomeEntry]]:
    """Who moves in the course of the days: one home in seven a year gets a new tenancy, on the first of a month (domain.md §9.2)."""
    random = Random(SEED + 3)  # noqa: S311
    firsts = [day for day in (first + timedelta(days=offset) for offset in range(1, days)) if day.day == 1]
    for estate in estates():
        for home in estate.homes:
            if random.random() < 0.14:
                yield random.choice(firsts), estate, home
