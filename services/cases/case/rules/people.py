"""Those a case is about and those beside them, as far as they are known, and whose answer counts (domain.md §2.3)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self
from uuid import UUID

from shared.ground.errors import Refusal
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import GuardianMatter
from shared.words.vocabulary.persons import Capacity, ConsentPurpose, PersonRole


class NobodyOfTheCase(Refusal):
    """Den person er ikke med i sagen."""

    field = "person"
    next_step = "Hent sagen igen, og vælg en af dem, der er med i den, eller skriv personen på først."


class PersonIsErased(Refusal):
    """Personen er slettet."""

    field = "person"
    next_step = "Hent sagen igen. Der kan ikke noteres, spørges eller fortælles mere om personen."


class WhoIsNotSaid(Refusal):
    """Det skal fremgå, hvem det handler om."""

    field = "person"
    next_step = "Vælg en af dem, der er skrevet på sagen. Er det en anden, så skriv personen på først."


class ChildIsNotAsked(Refusal):
    """Et barn under 15 år giver ikke selv samtykke."""

    field = "given_by"
    next_step = "Spørg den, der har forældremyndigheden, og vælg, hvem der svarede."


class NobodyAnswersForThem(Refusal):
    """Den, der svarede, kan ikke svare for denne person."""

    field = "given_by"
    next_step = "Kun en værge kan svare for en voksen, og kun i det, beskikkelsen nævner. Spørg ellers personen selv."


GUARDED = {ConsentPurpose.TENANCY: {GuardianMatter.HOUSING, GuardianMatter.ECONOMY}}
"""What a guardian has to be allowed to decide in order to answer, where it is not about help with daily life."""

CAPACITIES: Mapping[str, Capacity] = {
    PersonRole.CHILD: Capacity.CHILD,
    PersonRole.GUARDIAN: Capacity.GUARDIAN,
    PersonRole.NEXT_OF_KIN: Capacity.BESIDE,
    PersonRole.COMPANION: Capacity.BESIDE,
}
"""What a role makes of somebody's answer; whoever else lives there answers for themselves, and may have custody."""

LONGEST = 200
"""Letters that what is known of somebody is filled up to, so that the length of what is sealed does not tell it."""


def capacity_of(role: str) -> Capacity:
    """Whose answer theirs is."""
    return CAPACITIES.get(role, Capacity.LIVES_THERE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """What is known of somebody besides name and number. It can be who they are: there may be one who speaks Somali in a street."""

    role: str
    language: str = ""
    needs_interpreter: bool = False
    way_to_reach: str = ""

    def as_text(self) -> str:
        """As it is sealed."""
        return json.dumps(asdict(self)).ljust(LONGEST)

    @classmethod
    def within(cls, held: Personal | Sealed | Mapping[str, Any] | None, opened: Callable[[Sealed], str | None] | None) -> Self | None:
        """What an event holds; `None` where it is erased, or not shown. What was noted before it was sealed stands in the open."""
        if isinstance(held, Mapping):
            return cls(**held)
        text = opened(held) if opened is not None and isinstance(held, Sealed) else None
        return None if text is None else cls(**json.loads(text))


@dataclass(slots=True)
class Person:
    """Somebody in a case, as far as they are known."""

    capacity: str
    details: Personal | Sealed | Mapping[str, Any] | None
    """`None` where they are erased."""
    name: Personal | Sealed | None = None
    phone: Personal | Sealed | None = None
    may_decide: tuple[str, ...] = ()
    is_here: bool = True


class Persons:
    """Everybody who is or was part of a case, by the id of their part. The resident is `None` wherever somebody is named: a case is about
    them before anybody has written down who they are.
    """

    def __init__(self) -> None:
        self.people: dict[UUID, Person] = {}
        self.resident: UUID | None = None
        """The part of the resident: what was said before anybody had a name is theirs. `None` while nobody knows who that is."""
        self.erased: set[UUID] = set()
        """Those whose part was erased: nothing of theirs is known or shown."""

        self.unnamed_until = 0
        """The version in which the resident was erased: what names nobody before that was about them."""

    def tells_of_the_erased(self, person: UUID | None, *, version: int) -> bool:
        """Whether what is said of somebody in this version of the case is of one who was erased."""
        return version < self.unnamed_until if person is None else person in self.erased

    def here(self) -> dict[UUID, Person]:
        """Those who have to do with it now."""
        return {id: person for id, person in self.people.items() if person.is_here}

    def with_a_say(self) -> list[UUID]:
        """Those who live there and answer for themselves."""
        return [id for id, person in self.here().items() if person.capacity == Capacity.LIVES_THERE]

    @property
    def is_unnamed_anybody(self) -> bool:
        """Whether what names nobody is somebody's: the resident's who is known, or the resident's of whom nobody has written anything yet.

        Once somebody who lives there is written in, it may be theirs, or another's, and carries nothing until somebody says whose it is;
        also when they left, or were erased.
        """
        return self.resident is not None or not any(person.capacity == Capacity.LIVES_THERE for person in self.people.values())

    def must_be_there(self, person: UUID) -> None:
        """Refuses somebody who is not part of the case now."""
        if person not in self.here():
            raise NobodyOfTheCase

    def who(self, person: UUID | None) -> UUID | None:
        """Whom a request names, with the resident as `None`; raises `NobodyOfTheCase`."""
        if person is None or person == self.resident:
            return None
        self.must_be_there(person)
        return person

    def told_of(self, part: UUID | None, *, alone: bool) -> list[UUID | None]:
        """Whom of the case somebody outside means, by their part in it, if they have one.

        Who lives there alone is the resident, too, unless somebody else is noted as that.
        """
        if part is not None and part == self.resident:
            return [None]
        theirs: list[UUID | None] = [part] if part in self.here() else []
        return [*theirs, None] if alone and (part is None or self.resident is None) else theirs

    @property
    def must_be_named(self) -> bool:
        """Whether it has to be said who something is about, for it may be about several."""
        return bool(set(self.with_a_say()) - {self.resident}) or not self.is_unnamed_anybody

    def must_be_said(self, person: UUID | None) -> None:
        """Refuses a request that names nobody where it may be about several."""
        if person is None and self.must_be_named:
            raise WhoIsNotSaid

    def must_not_be_erased(self, named: Iterable[UUID | None]) -> None:
        """Refuses whatever is about somebody whose part was erased."""
        if self.erased and not self.erased.isdisjoint(named):
            raise PersonIsErased

    def must_answer(self, person: UUID | None, given_by: UUID | None, *, purpose: str) -> None:
        """Refuses an answer of somebody who cannot give it: a child under 15 is not asked, whoever has custody is; a guardian answers in
        what the appointment names (værgemålsloven § 5); for any other adult nobody answers (domain.md §2.3).

        `given_by` is who answered, when it was not themselves.
        """
        is_child = person is not None and self.people[person].capacity == Capacity.CHILD
        if given_by == person:
            if is_child:
                raise ChildIsNotAsked
            return
        who = None if given_by is None else self.people[given_by]
        capacity = Capacity.LIVES_THERE if who is None else who.capacity
        if is_child:
            if capacity in CUSTODY:
                return
        elif who is not None and capacity == Capacity.GUARDIAN and person is None:
            needed = GUARDED.get(ConsentPurpose(purpose), {GuardianMatter.HEALTH})
            if needed & set(who.may_decide):
                return
        raise NobodyAnswersForThem


CUSTODY = frozenset({Capacity.LIVES_THERE, Capacity.GUARDIAN})
"""Who may have custody of a child in the case."""
