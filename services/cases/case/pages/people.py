"""The people of a case as one reader sees them: what each is called, and what is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.cases.case.pages.words import Words
from services.cases.case.rules.people import Details, Persons
from shared.privacy.personal import Sealed
from shared.words.language import marked
from shared.words.vocabulary.persons import PersonRole


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """What is not opened for the reader, and what was erased, is not in it."""

    persons: Persons = field(default_factory=Persons)
    known: Mapping[UUID, Details] = field(default_factory=dict)
    """What is known of each, by the id of their part."""
    called: Mapping[UUID, str] = field(default_factory=dict)
    """The name of each; what they are in the case where there is none, counted where there are several of the kind."""

    def person(self, id: UUID | None, words: Words) -> str:
        """What to call somebody; the resident is `None`, also before anybody knows who that is."""
        part = self.persons.resident if id is None else id
        return self.called.get(part, "") if part is not None else words.of(PersonRole.RESIDENT.value, "person_roles")


def people_of(persons: Persons, words: Words, opened: Callable[[Sealed], str | None] | None) -> People:
    """Everybody who is or was part of a case."""
    known = {id: details for id, person in persons.people.items() if (details := Details.within(person.details, opened))}
    roles = {id: words.of(known[id].role, "person_roles") if id in known else words.say(marked("Person")) for id in persons.people}
    called, seen, several = dict[UUID, str](), Counter[str](), Counter(role for id, role in roles.items() if id not in persons.erased)
    for id, role in roles.items():
        if id in persons.erased:
            called[id] = words.say(marked("(slettet)"))
            continue
        seen[role] += 1
        name = persons.people[id].name
        opens = opened(name) if opened is not None and isinstance(name, Sealed) else None
        numbered = f"{role} {seen[role]}" if several[role] > 1 else role
        called[id] = f"{opens} ({role.lower()})" if opens else numbered
    return People(persons=persons, known=known, called=called)
