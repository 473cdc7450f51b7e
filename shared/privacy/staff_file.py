"""The staff file: who works here when an installation begins. What happened since is in the history of each colleague."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from shared.ground.yaml_text import NotPlain, composed, keys_that_stand_twice, said_by
from shared.privacy.staff import Hat, Person
from shared.words.vocabulary.people import Role

_NO_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
_ADDRESS = r"""^[^\s@<>()\[\],;:"\\?]+@[^\s@<>()\[\],;:"\\?]+$"""
LARGEST_BYTES = 1_000_000
"""Some ten thousand people."""

StaffId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=_NO_CONTROLS)]
"""One line of print."""
Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120, pattern=_ADDRESS)]
"""One plain address, without a name beside it."""
Phone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9 +]{3,16}$")]


class StaffFileIsWrong(Exception):
    """The staff file cannot be used; the message names the file, the entry and what is wrong with it."""


class _Hat(BaseModel):
    """One of several hats of an entry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    estates: frozenset[StaffId] = frozenset()
    association: Line | None = None
    """Another than the entry's, for somebody who works for two."""


class _Entry(BaseModel):
    """One entry of the file: somebody with one hat, which stands in the entry itself, or with several."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: StaffId
    name: Line
    role: Role | None = None
    association: Line
    estates: frozenset[StaffId] = frozenset()
    hats: Annotated[tuple[_Hat, ...], Field(max_length=20)] = ()
    email: Email | Literal[""] = ""
    phone: Phone | Literal[""] = ""

    def mistakes(self) -> Iterator[str]:
        """What no single field can see."""
        if self.role is None and not self.hats:
            yield "role: Field required, or a list named hats"
        elif self.hats and (self.role is not None or self.estates):
            yield "hats: role and estates stand in the hats, or in the entry, not in both"
        worn = [(hat.role, hat.association or self.association) for hat in self.hats]
        if len(worn) != len(set(worn)):
            yield "hats: the same role stands twice"
        if Role.SYSTEM in (self.role, *(hat.role for hat in self.hats)):
            yield "role: nobody can be the system"

    def people(self) -> Iterator[Person]:
        """The entry as each association knows it."""
        hats = self.hats or ((_Hat(role=self.role, estates=self.estates),) if self.role else ())
        for association in dict.fromkeys(hat.association or self.association for hat in hats):
            worn = tuple(Hat(hat.role, hat.estates) for hat in hats if (hat.association or self.association) == association)
            yield Person(id=self.id, name=self.name, association=association, hats=worn, email=self.email, phone=self.phone)


def people_in(path: Path) -> list[Person]:
    """Read and check the file; raises `StaffFileIsWrong` with every mistake at once.

    The file: `association: <id>` once at the top (an entry may name another), then `staff:` with a list of
    `{id, name, role, estates: [...], email, phone}`; `hats: [{role, estates, association}]` where somebody has several.
    """
    content = _content(path)
    entries = content.get("staff") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not entries:
        raise StaffFileIsWrong(f"{path}: needs a list named 'staff' with at least one person")
    return _checked(path, entries, association=content.get("association", ""))


def _content(path: Path) -> Any:
    """What the file says; a key that stands twice is refused, for one of the two would be lost in silence."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise StaffFileIsWrong(f"{path}: is larger than 1 MB")
        text = path.read_bytes().decode("utf-8-sig")
        root = composed(text)
        twice = [f"line {line}: '{key}' stands twice" for key, line in keys_that_stand_twice(text)]
        content = said_by(root) if root else None
    except OSError as error:
        raise StaffFileIsWrong(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise StaffFileIsWrong(f"{path}: line {line}: is not UTF-8; save the file as UTF-8") from error
    except NotPlain as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise StaffFileIsWrong(f"{path}: line {line}: {error.problem}, which no staff file needs") from error
    except yaml.YAMLError as error:
        raise StaffFileIsWrong(f"{path}: is not YAML ({getattr(error, 'problem_mark', '')})") from error
    except ValueError as error:  # a day that is not in the calendar
        raise StaffFileIsWrong(f"{path}: holds a value that cannot be read") from error
    if twice:
        raise StaffFileIsWrong(f"{path}:\n  " + "\n  ".join(twice))
    return content


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
            read = _Entry.model_validate({"association": association, **entry})
        except ValidationError as error:
            details = error.errors(include_input=False, include_url=False)
            wrong += [f"{name}: {'.'.join(map(str, d['loc'])) or 'entry'}: {d['msg']}" for d in details]
            continue
        if read.id in seen:
            wrong.append(f"{name}: the id is used twice")
        wrong += [f"{name}: {mistake}" for mistake in read.mistakes()]
        seen.add(read.id)
        people += read.people()
    if wrong:
        raise StaffFileIsWrong(f"{path}:\n  " + "\n  ".join(wrong))
    return people
