"""Whom something is about: a matter, and its links to people, tenancies and homes, which only the vault knows (design.md §12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from shared.words.vocabulary.matter import MatterKind

__all__ = ["WELCOMED", "About", "Link", "Matter", "MatterKind", "arrears", "case_of", "told_apart", "when_in_arrears"]


def case_of(observation_id: UUID) -> UUID:
    """The id of the case of an observation; the same observation twice is one case. Stored: never changed."""
    return uuid5(observation_id, "case")


class About(StrEnum):
    """What a matter can be linked to. Stored, likewise."""

    PERSON = "person"
    TENANCY = "tenancy"
    HOME = "home"


WELCOMED = "welcomed"
"""What a tenancy is in the observation that it began with somebody who was homeless: one of each tenancy (domain.md S16)."""

_ARREARS, _MONTH = "arrears ", "%Y-%m"


def arrears(on: date, months: int) -> str:
    """What a tenancy is in the observation that began with the ERP saying that it is in arrears: one of each tenancy and month. Stored."""
    return f"{_ARREARS}{on:{_MONTH}} {months}"


def when_in_arrears(role: str) -> tuple[date, int] | None:
    """In which month, by its first day, and how many months; `None` for any other role."""
    if not role.startswith(_ARREARS):
        return None
    month, _, months = role.removeprefix(_ARREARS).partition(" ")
    return datetime.strptime(month, _MONTH).date(), int(months)  # noqa: DTZ007  a month has no zone


def told_apart(role: str) -> str:
    """What of it tells one beginning from another: for how many months rent is owed does not."""
    return role.rpartition(" ")[0] if role.startswith(_ARREARS) else role


@dataclass(frozen=True, slots=True)
class Link:
    """A matter is about this person, tenancy or home; `role` is what a person is in it, or what began with a tenancy."""

    about: About
    id: UUID
    role: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that begins, and whom it is about. Nobody yet is a true answer too: a place that is not known can be linked later."""

    id: UUID
    kind: MatterKind
    links: frozenset[Link] = frozenset()
    like: UUID | None = None
    """Or about everybody that this matter is about."""
    part_of: UUID | None = None
    """What a person's part is a part of."""

    @classmethod
    def about(
        cls,
        id: UUID,
        kind: MatterKind,
        *,
        home: UUID | None = None,
        tenancy: UUID | None = None,
        people: Mapping[UUID, str] | None = None,
        began_as: str = "",
    ) -> Matter:
        """A matter by what is known of it."""
        links = {Link(About.PERSON, person, role) for person, role in (people or {}).items()}
        if home is not None:
            links.add(Link(About.HOME, home))
        if tenancy is not None:
            links.add(Link(About.TENANCY, tenancy, began_as))
        return cls(id, kind, frozenset(links))
