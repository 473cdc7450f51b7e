"""The people of a case: each a part of its own, so that one of them can answer, leave or be erased and the others stay (S12-S14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from pydantic import Field

from services.cases.case.rules import fields
from services.cases.case.rules.checks import known
from services.cases.case.rules.step import ONGOING, StepRequest, Taken
from shared.ground.errors import Refusal
from shared.ground.fields import Words
from shared.history.aggregate import Event
from shared.privacy.matter import About as LinkedTo
from shared.privacy.matter import Link, Matter, MatterKind
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import GuardianMatter, Step
from shared.words.vocabulary.persons import ConsentPurpose, PersonRole, WayToReach

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case

MOST_PEOPLE = 20
"""People of one case; a household and those who stand beside it."""


class NobodyOfTheCase(Refusal):
    """Den person er ikke med i sagen."""

    field = "person"
    next_step = "Hent sagen igen, og vælg en af dem, der er med i den, eller skriv personen på først."


class PersonHasDied(Refusal):
    """Personen er død."""

    field = "person"
    next_step = "Vælg en anden, eller tag dødsfaldet tilbage, hvis det var en fejl."


class PersonIsPartAlready(Refusal):
    """Personen er allerede med i sagen."""

    field = "known_as"
    next_step = "Ret oplysningerne om den person, der allerede står på sagen."


class NothingIsNoted(Refusal):
    """Der er intet at notere om personen."""

    field = "name"
    next_step = "Skriv et navn, et telefonnummer, et sprog, eller hvordan beboeren bedst nås, eller vælg en anden rolle."


class TooManyPeople(Refusal):
    """Der er ikke plads til flere personer på sagen."""

    next_step = "Skriv dem ud, der ikke har med sagen at gøre mere."


class ThereIsOneResident(Refusal):
    """Der er allerede skrevet en beboer på sagen."""

    field = "role"
    next_step = "Ret oplysningerne om beboeren, eller vælg en anden rolle, som medlejer."


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

Language = Annotated[str, Field(max_length=35, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$|^$")]
"""A language as BCP 47 writes it (`da`, `so`, `ku-Latn`); empty where it is not known."""


class NotePerson(StepRequest, step=Step.RESIDENT_DETAILS, when=ONGOING):
    """Somebody is part of the case, or is known better: what is said replaces what was noted before.

    Without a `person` they are new, and the `id` becomes theirs.
    """

    person: UUID | None = None
    """Whom it is about, when they are part of the case already."""
    role: fields.PersonRole = PersonRole.RESIDENT.value
    known_as: UUID | None = None
    """Their id in the ERP, where they have one; it stands in the vault and nowhere else."""
    name: Words = ""
    phone: Words = ""
    language: Language = ""
    """Which language they speak."""
    needs_interpreter: bool = False
    """Whether nobody should talk with them without one."""
    way_to_reach: fields.WayToReach = ""
    may_decide: fields.MayDecide
    """In what a guardian decides for the resident."""

    @property
    def texts(self) -> int:
        """Name and number are sealed with the key of their part, and need none of their own."""
        return 0

    def begins(self, case_id: UUID) -> Sequence[Matter]:
        """Their part is a matter, about them alone."""
        if self.person is not None:
            return ()
        link = Link(LinkedTo.PERSON, self.known_as or self.id, self.role)
        return (Matter(self.id, MatterKind.PART, frozenset({link}), part_of=case_id),)

    @property
    def seals_for(self) -> frozenset[UUID]:
        return frozenset({self.person or self.id})

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_not_be_over()
        role = known(self.role, PersonRole, field="role")
        way_to_reach = known(self.way_to_reach, WayToReach, field="way_to_reach") if self.way_to_reach else ""
        may_decide = sorted({known(each, GuardianMatter, field="may_decide") for each in self.may_decide})
        if self.person is not None:
            case.persons.must_be_there(self.person)
        elif self.id in case.persons.people:
            return
        elif len(case.persons.here()) >= MOST_PEOPLE:
            raise TooManyPeople
        part = self.person or self.id
        if role == PersonRole.RESIDENT and case.persons.resident not in (None, part):
            raise ThereIsOneResident
        says_something = self.name or self.phone or self.language or self.needs_interpreter or way_to_reach
        if self.person is None and role == PersonRole.RESIDENT and not says_something:
            raise NothingIsNoted
        case.trigger_event(
            PersonNoted,
            person=part,
            role=role,
            name=Personal(part, self.name) if self.name else None,
            phone=Personal(part, self.phone) if self.phone else None,
            language=self.language,
            needs_interpreter=self.needs_interpreter,
            way_to_reach=way_to_reach,
            may_decide=may_decide if role == PersonRole.GUARDIAN else [],
        )


class LetPersonGo(StepRequest, step=Step.RESIDENT_DETAILS, when=ONGOING):
    """Somebody has nothing to do with the case any more; what they answered is history, and allows nothing more."""

    IS_DECIDED_NOW = True

    person: UUID
    """Who, by the id of their part."""

    def decide(self, case: Case, taken: Taken) -> None:
        case.must_not_be_over()
        if self.person in case.persons.people and not case.persons.people[self.person].is_here:
            return
        case.persons.must_be_there(self.person)
        case.trigger_event(PersonLeft, person=self.person)

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.persons.here())


class PersonNoted(Event):
    """Somebody is part of the case, or is known better."""

    TOPIC = "case.person_noted"
    class_version = 2

    person: UUID
    """The id of their part; it leads to nobody."""
    role: str
    name: Personal | Sealed | None
    phone: Personal | Sealed | None
    language: str
    needs_interpreter: bool
    may_decide: list[str]
    """In what a guardian decides for the resident."""
    way_to_reach: str
    """How they are best reached; empty where it is not known. A code, so in the clear, as the language is."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Nobody had asked."""
        state["way_to_reach"] = ""

    def apply(self, case: Case) -> None:
        case.persons.people[self.person] = Person(
            role=self.role,
            name=self.name,
            phone=self.phone,
            language=self.language,
            needs_interpreter=self.needs_interpreter,
            may_decide=tuple(self.may_decide),
            way_to_reach=self.way_to_reach,
        )


class PersonLeft(Event):
    """Somebody has nothing to do with the case any more."""

    TOPIC = "case.person_left"

    person: UUID

    def apply(self, case: Case) -> None:
        case.persons.people[self.person].is_here = False


@dataclass(slots=True)
class Person:
    """Somebody in a case, as far as they are known."""

    role: str
    name: Personal | Sealed | None = None
    phone: Personal | Sealed | None = None
    language: str = ""
    needs_interpreter: bool = False
    may_decide: tuple[str, ...] = ()
    way_to_reach: str = ""
    is_here: bool = True


class Persons:
    """Everybody who is or was part of a case, by the id of their part. The resident is `None` wherever somebody is named: a case is about
    them before anybody has written down who they are.
    """

    def __init__(self) -> None:
        self.people: dict[UUID, Person] = {}

    def here(self) -> dict[UUID, Person]:
        """Those who have to do with it now."""
        return {id: person for id, person in self.people.items() if person.is_here}

    @property
    def resident(self) -> UUID | None:
        """The part of the resident; `None` while nothing is noted of them."""
        return next((id for id, person in self.here().items() if person.role == PersonRole.RESIDENT), None)

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

    def must_answer(self, person: UUID | None, given_by: UUID | None, *, purpose: str) -> None:
        """Refuses an answer of somebody who cannot give it: a child under 15 is not asked, whoever has custody is; a guardian answers in
        what the appointment names (værgemålsloven § 5); for any other adult nobody answers (domain.md §2.3).

        `given_by` is who answered, when it was not themselves.
        """
        asked = None if person is None else self.people[person]
        if given_by == person:
            if asked is not None and asked.role == PersonRole.CHILD:
                raise ChildIsNotAsked
            return
        who = None if given_by is None else self.people[given_by]
        role = PersonRole.RESIDENT if who is None else who.role
        if asked is not None and asked.role == PersonRole.CHILD:
            if role in CUSTODY:
                return
        elif who is not None and role == PersonRole.GUARDIAN and person is None:
            needed = GUARDED.get(ConsentPurpose(purpose), {GuardianMatter.HEALTH})
            if needed & set(who.may_decide):
                return
        raise NobodyAnswersForThem


CUSTODY = frozenset({PersonRole.RESIDENT, PersonRole.TENANT, PersonRole.CO_TENANT, PersonRole.OTHER_RESIDENT, PersonRole.GUARDIAN})
"""Who may have custody of a child in the case."""
