"""The people of a case: each a part of its own, so that one of them can answer, leave or be erased and the others stay (S12-S14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from pydantic import Field

from services.cases.case.rules import fields
from services.cases.case.rules.checks import known
from services.cases.case.rules.people import Details, Person, capacity_of
from services.cases.case.rules.protection import GuardianDecidesNothing, note_guardian
from services.cases.case.rules.step import ONGOING, StepRequest, Taken
from shared.ground.errors import Refusal
from shared.ground.fields import Words
from shared.history.aggregate import Event
from shared.privacy.matter import About as LinkedTo
from shared.privacy.matter import Link, Matter, MatterKind
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.case import FactSource, GuardianMatter, Step
from shared.words.vocabulary.persons import Capacity, PersonRole, WayToReach

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case

MOST_PEOPLE = 20
"""People of one case; a household and those who stand beside it."""


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


class TheirsAreTheAnswers(Refusal):
    """Det står allerede på sagen, hvem der er talt med."""

    field = "was_asked"
    next_step = "Er det en fejl, så skriv den anden ud af sagen først."


class OnlyWhoLivesThereWasAsked(Refusal):
    """Det første svar er fra en voksen, der bor i boligen."""

    field = "was_asked"
    next_step = "Fjern krydset, eller vælg en anden rolle."


class NobodyWasAsked(Refusal):
    """Der er ikke noget svar på sagen, som mangler et navn."""

    field = "was_asked"
    next_step = "Fjern krydset."


class TooManyPeople(Refusal):
    """Der er ikke plads til flere personer på sagen."""

    next_step = "Skriv dem ud, der ikke har med sagen at gøre mere."


class ThereIsOneResident(Refusal):
    """Der er allerede skrevet en beboer på sagen."""

    field = "role"
    next_step = "Ret oplysningerne om beboeren, eller vælg en anden rolle, som medlejer."


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
    was_asked: bool = False
    """Whether it was they who answered before anybody of the case had a name; then those answers are theirs."""
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
        """Everything is sealed with the key of their part, and needs none of its own."""
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
        part, details = (
            self.person or self.id,
            Details(role=role, language=self.language, needs_interpreter=self.needs_interpreter, way_to_reach=way_to_reach),
        )
        if self.person is None and not self.name and not self.phone and details == Details(role=PersonRole.RESIDENT.value):
            raise NothingIsNoted
        if role == PersonRole.GUARDIAN and not may_decide:
            raise GuardianDecidesNothing
        self._must_name_the_resident(case, part)
        case.trigger_event(
            PersonNoted,
            person=part,
            capacity=capacity_of(role).value,
            details=Personal(part, details.as_text()),
            name=Personal(part, self.name) if self.name else None,
            phone=Personal(part, self.phone) if self.phone else None,
            may_decide=may_decide if role == PersonRole.GUARDIAN else [],
        )
        if self._is_the_resident and case.persons.resident != part:
            case.trigger_event(ResidentNamed, person=part)
        if role == PersonRole.GUARDIAN and not case.persons.must_be_named:
            note_guardian(case, person=None, guardian=part, may_decide=may_decide, source=FactSource.COLLEAGUE)

    @property
    def _is_the_resident(self) -> bool:
        return self.was_asked or self.role == PersonRole.RESIDENT

    def _must_name_the_resident(self, case: Case, part: UUID) -> None:
        """Refuses a second resident, and answers that are given to somebody whose they cannot be."""
        if not self._is_the_resident or case.persons.resident == part:
            return
        if case.persons.resident is not None:
            raise TheirsAreTheAnswers if self.was_asked else ThereIsOneResident
        if self.was_asked and capacity_of(self.role) != Capacity.LIVES_THERE:
            raise OnlyWhoLivesThereWasAsked
        if case.life.is_dead(part):
            raise PersonHasDied
        if self.was_asked and not case.consents.are_there_of(None):
            raise NobodyWasAsked


class CorrectPerson(NotePerson, step=Step.RESIDENT_DETAILS, when=ONGOING):
    """What is noted of somebody is put right: all of it is as it is said now, and what they answered stays theirs."""

    person: UUID
    """Who, by the id of their part."""

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return bool(case.persons.here())


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
    class_version = 3

    person: UUID
    """The id of their part; it leads to nobody."""
    capacity: str
    """Whose answer theirs is, which rules ask for; in the clear, for it says of nobody who they are."""
    details: Personal | Sealed | dict[str, Any]
    """What they are in the case, their language, whether they need an interpreter and how they are reached, as one text."""
    name: Personal | Sealed | None
    phone: Personal | Sealed | None
    may_decide: list[str]
    """In what a guardian decides for the resident."""

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Nobody had asked how they are best reached."""
        state["way_to_reach"] = ""

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        """What was known stood in the clear, and is left as it was told."""
        state["details"] = {name: state.pop(name) for name in ("role", "language", "needs_interpreter", "way_to_reach")}
        state["capacity"] = capacity_of(state["details"]["role"]).value

    def apply(self, case: Case) -> None:
        case.persons.people[self.person] = Person(
            capacity=self.capacity, details=self.details, name=self.name, phone=self.phone, may_decide=tuple(self.may_decide)
        )
        if isinstance(self.details, dict) and self.details["role"] == PersonRole.RESIDENT:
            name_resident(case, self.person)


class ResidentNamed(Event):
    """It is known who the resident is: what was answered and told before anybody had a name was about this person of the case."""

    TOPIC = "case.resident_named"

    person: UUID

    def apply(self, case: Case) -> None:
        name_resident(case, self.person)


class PersonLeft(Event):
    """Somebody has nothing to do with the case any more."""

    TOPIC = "case.person_left"

    person: UUID

    def apply(self, case: Case) -> None:
        case.persons.people[self.person].is_here = False
        if case.persons.resident == self.person:
            unname_resident(case)


def name_resident(case: Case, person: UUID) -> None:
    """Somebody is the resident from now on: what is said of nobody is theirs, and what was said of them by name stands with it."""
    if case.persons.resident not in (None, person):
        unname_resident(case)
    case.persons.resident = person
    _pass_on(case, person, None)


def unname_resident(case: Case) -> None:
    """Nobody is the resident any more; what was theirs stays theirs, and is nobody else's."""
    person, case.persons.resident = case.persons.resident, None
    _pass_on(case, None, person)


def _pass_on(case: Case, before: UUID | None, after: UUID | None) -> None:
    case.consents.pass_on(before, after)
    case.referrals.pass_on(before, after)
