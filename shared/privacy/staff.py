"""The people who work here: who they are, in which role, for which estates, read from one YAML file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from shared.ground.provenance import Actor
from shared.ground.yaml_text import loaded
from shared.words.vocabulary.people import Role

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9 +]{3,16}$")]


class StaffFileIsWrong(Exception):
    """The staff file cannot be used; the message names the file, the entry and what is wrong with it."""


class Person(BaseModel):
    """One entry of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    name: Line
    role: Role
    association: Line
    estates: frozenset[Id] = frozenset()
    email: Line = ""
    phone: Phone | Literal[""] = ""
    """Where those who register can ring; a page shows it for the social leads."""

    def actor(self) -> Actor:
        """The same person as somebody who asks."""
        return Actor(id=self.id, role=self.role, association=self.association, name=self.name, estates=self.estates)


class StaffDirectory:
    """Looks people up by their opaque id. An id nobody has (any more) has no actor; its name is the id itself."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = {person.id: person for person in people}

    @classmethod
    def read(cls, path: Path) -> StaffDirectory:
        """Read and check the file; raises `StaffFileIsWrong` with every mistake at once.

        The file: `association: <id>` once at the top (an entry may name another), then `staff:` with a list of
        `{id, name, role, estates: [...], email, phone}`.
        """
        try:
            content = loaded(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise StaffFileIsWrong(f"{path}: cannot be read ({error.strerror})") from error
        except yaml.YAMLError as error:
            raise StaffFileIsWrong(f"{path}: is not YAML ({getattr(error, 'problem_mark', '')})") from error
        entries = content.get("staff") if isinstance(content, dict) else None
        if not isinstance(entries, list) or not entries:
            raise StaffFileIsWrong(f"{path}: needs a list named 'staff' with at least one person")
        return cls(_checked(path, entries, association=content.get("association", "")))

    def everybody(self) -> tuple[Person, ...]:
        """All people, in the order of the file."""
        return tuple(self._people.values())

    def person(self, id: str) -> Person | None:
        return self._people.get(id)

    def actor(self, id: str) -> Actor | None:
        person = self._people.get(id)
        return person.actor() if person else None

    def name_of(self, id: str) -> str:
        person = self._people.get(id)
        return person.name if person else id

    def email_of(self, id: str) -> str:
        """The work address, or an empty string when there is none."""
        person = self._people.get(id)
        return person.email if person else ""

    def with_role(self, role: Role, *, association: str = "") -> tuple[Person, ...]:
        """Everybody in a role, in the order of the file; in one association when that is named."""
        return tuple(p for p in self._people.values() if p.role == role and association in ("", p.association))

    def roles_in(self, association: str) -> frozenset[Role]:
        """Those that somebody has who works in an association."""
        return frozenset(p.role for p in self._people.values() if p.association == association)


def _checked(path: Path, entries: list[object], *, association: object) -> list[Person]:
    people: list[Person] = []
    wrong: list[str] = []
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            wrong.append(f"entry {number}: is not a mapping")
            continue
        name = f"entry {number} ({entry.get('id', 'without id')})"
        try:
            person = Person.model_validate({"association": association, **entry})
        except ValidationError as error:
            details = error.errors(include_input=False, include_url=False)
            wrong += [f"{name}: {'.'.join(map(str, d['loc'])) or 'entry'}: {d['msg']}" for d in details]
            continue
        if person.id in seen:
            wrong.append(f"{name}: the id is used twice")
        elif person.role is Role.SYSTEM:
            wrong.append(f"{name}: role: nobody can be the system")
        seen.add(person.id)
        people.append(person)
    if wrong:
        raise StaffFileIsWrong(f"{path}:\n  " + "\n  ".join(wrong))
    return people
