"""The people who work here, as one association knows each of them: their hats, when they are away, and what they keep out of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from shared.ground.provenance import Actor
from shared.words.vocabulary.people import SOCIAL_STAFF, Role

BETWEEN = ":"
"""Stands between the parts of a hat's code; no staff id and no role holds one."""

STANDS_IN: Mapping[Role, frozenset[Role]] = {
    Role.CARETAKER: frozenset({Role.CARETAKER, *SOCIAL_STAFF}),
    Role.SOCIAL_CARETAKER: SOCIAL_STAFF,
    Role.SOCIAL_LEAD: SOCIAL_STAFF,
}
"""Who may stand in for whom; for every other role only somebody in the same. A caretaker never gets social work (S1)."""


@dataclass(frozen=True, slots=True)
class Hat:
    """What somebody is here: a role, and the estates that are theirs in it."""

    role: Role
    estates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away, and who stands in; nobody where that was not said."""

    begins: datetime
    ends: datetime
    stand_in: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody is on call for what is acute."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A member of the staff of one association. Whoever works for two has the same id in both, and is two of these."""

    id: str
    name: str
    association: str
    hats: tuple[Hat, ...]
    """The one they wear most first; none for somebody who has left."""
    email: str = ""
    phone: str = ""
    """Where those who register can ring; a page shows it for the social leads."""
    absences: tuple[Absence, ...] = ()
    turns: tuple[Turn, ...] = ()
    shut_from: frozenset[UUID] = frozenset()
    """Homes and cases they keep out of: their own home, a relative's, whatever was declared."""
    stay: int = 1
    """Counts how often they began here: who left and came back has other hats than before."""

    @property
    def role(self) -> Role:
        """Of the hat they wear most."""
        return self.hats[0].role

    @property
    def estates(self) -> frozenset[str]:
        """Of the hat they wear most."""
        return self.hats[0].estates

    @property
    def roles(self) -> frozenset[Role]:
        """Everything they are here."""
        return frozenset(hat.role for hat in self.hats)

    def may_stand_in_for(self, role: Role) -> bool:
        """Whether what they are themselves lets them do the work of a role."""
        return not self.roles.isdisjoint(STANDS_IN.get(role, {role}))

    def wearing(self, role: Role) -> Person:
        """The same person, with the hat of this role first."""
        first = next(hat for hat in self.hats if hat.role == role)
        return self if self.hats[0] is first else replace(self, hats=(first, *(hat for hat in self.hats if hat is not first)))

    def absence(self, at: datetime) -> Absence | None:
        """The absence that an instant falls into."""
        return next((absence for absence in self.absences if absence.begins <= at < absence.ends), None)

    def is_on_call(self, at: datetime) -> bool:
        return any(turn.begins <= at < turn.ends for turn in self.turns)

    def keeps_out_of(self, *ids: UUID | None) -> bool:
        """Whether one of these is a home or a case that is not theirs to see."""
        return not self.shut_from.isdisjoint(ids)

    def actor(self) -> Actor:
        """The same person as somebody who asks, wearing the hat they wear most."""
        return WornHat(person=self, hat=self.hats[0]).actor()


@dataclass(frozen=True, kw_only=True, slots=True)
class WornHat:
    """A hat that somebody may wear now: one of their own, or that of somebody they stand in for."""

    person: Person
    hat: Hat
    absent: Person | None = None
    """Whose hat it is, if it is not their own."""

    @property
    def code(self) -> str:
        """What the sign-in says of it: the role, the association, for whom, and for who came back which stay it is.

        A sign-in of an earlier stay names a hat that nobody has any more.
        """
        parts = [self.hat.role.value, quote(self.person.association, safe=""), *([self.absent.id] if self.absent else [])]
        return BETWEEN.join(parts) + (f"~{self.person.stay}" if self.person.stay > 1 else "")

    def actor(self, at: datetime | None = None) -> Actor:
        """Whoever wears it, as somebody who asks at an instant. A stand-in keeps out of what either keeps out of."""
        both = [self.person, *([self.absent] if self.absent else [])]
        return Actor(
            id=self.person.id,
            role=self.hat.role,
            association=self.person.association,
            name=self.person.name,
            estates=self.hat.estates,
            on_behalf_of=self.absent.id if self.absent else "",
            is_on_call=at is not None and any(one.is_on_call(at) for one in both),
            shut_from=frozenset().union(*(one.shut_from for one in both)),
        )


class StaffDirectory:
    """Looks people up by their opaque id. An id nobody has (any more) has no actor; one nobody ever had is its own name."""

    def __init__(self, known: Iterable[Person] = ()) -> None:
        self.known = tuple({(person.association, person.id): person for person in known}.values())
        """Everybody who works or worked here, in order; of two about the same, the later counts."""
        self._views: dict[str, StaffDirectory] = {}

    @classmethod
    def read(cls, path: Path) -> StaffDirectory:
        """Everybody in a staff file; raises `StaffFileIsWrong` with every mistake at once."""
        from shared.privacy.staff_file import people_in

        return cls(people_in(path))

    def with_news(self, people: Iterable[Person]) -> StaffDirectory:
        """The same, where what is said of these people counts instead; those who are new come last."""
        return StaffDirectory((*self.known, *people))

    def within(self, association: str) -> StaffDirectory:
        """As one association knows its people; nothing crosses between two."""
        if association not in self._views:
            self._views[association] = StaffDirectory(person for person in self.known if person.association == association)
        return self._views[association]

    @cached_property
    def _by_id(self) -> dict[str, tuple[Person, ...]]:
        found: dict[str, tuple[Person, ...]] = {}
        for person in self.known:
            found[person.id] = (*found.get(person.id, ()), person)
        return found

    @cached_property
    def _with_stand_in(self) -> tuple[Person, ...]:
        return tuple(person for person in self.everybody() if any(absence.stand_in for absence in person.absences))

    def everybody(self) -> tuple[Person, ...]:
        """Everybody who works here, in order."""
        return tuple(person for person in self.known if person.hats)

    def person(self, id: str) -> Person | None:
        """Somebody who works here; in the first association that has them, where there are several."""
        return next((person for person in self._by_id.get(id, ()) if person.hats), None)

    def name_of(self, id: str) -> str:
        """What somebody is or was called; the id where nobody knows."""
        return next((person.name for person in self._by_id.get(id, ()) if person.name), id)

    def email_of(self, id: str) -> str:
        """The work address, or an empty string when there is none."""
        person = self.person(id)
        return person.email if person else ""

    def with_role(self, role: Role, *, association: str = "") -> tuple[Person, ...]:
        """Everybody who has a hat of this role, wearing it; in one association when that is named."""
        return tuple(p.wearing(role) for p in self.everybody() if role in p.roles and association in ("", p.association))

    def roles_in(self, association: str) -> frozenset[Role]:
        """Everything that somebody is in an association."""
        return frozenset(role for person in self.everybody() if person.association == association for role in person.roles)

    # Hats

    def hats_of(self, id: str, at: datetime | None = None) -> tuple[WornHat, ...]:
        """What somebody may wear: their own hats, and at an instant those of the people they stand in for then.

        Hats change after an absence was planned, so each is lent only to who may have it now.
        """
        mine = [person for person in self._by_id.get(id, ()) if person.hats]
        own = [WornHat(person=person, hat=hat) for person in mine for hat in person.hats]
        lent = [
            WornHat(person=person, hat=hat, absent=absent)
            for person in mine
            for absent in (self._absent_for(person, at) if at is not None else ())
            for hat in absent.hats
            if person.may_stand_in_for(hat.role)
        ]
        return (*own, *lent)

    def worn(self, id: str, *, hat: str = "", at: datetime | None = None) -> WornHat | None:
        """The hat that somebody names by its code. Who names none has only one of their own."""
        worn = self.hats_of(id, at)
        if not hat:
            own = [one for one in worn if one.absent is None]
            return own[0] if len(own) == 1 else None
        return next((one for one in worn if one.code == hat), None)

    def actor(self, id: str, *, hat: str = "", at: datetime | None = None) -> Actor | None:
        """Somebody as one who asks, in a hat that is named by its code."""
        worn = self.worn(id, hat=hat, at=at)
        return worn.actor(at) if worn else None

    # Being away, and who stands in

    def in_place_of(self, id: str, at: datetime) -> str:
        """Who is to be told what somebody would be told: the stand-in of who is away, and of a stand-in who is away too.

        Where that ends nowhere, what social work there is goes to another lead who is here, or else to a social caretaker; the rest
        waits for who it is about.
        """
        meant, now, passed = self.person(id), id, {id}
        while (person := self.person(now)) and (absence := person.absence(at)):
            now = absence.stand_in
            stand_in = self.person(now)
            if meant is None or stand_in is None or now in passed or not any(map(stand_in.may_stand_in_for, meant.roles)):
                return self._here_instead(person, at) or id
            passed.add(now)
        return now

    def _here_instead(self, absent: Person, at: datetime) -> str:
        """The first lead who is here, else the first social caretaker, for who does social work."""
        if absent.roles.isdisjoint(SOCIAL_STAFF):
            return ""
        ranked = (
            one
            for role in (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER)
            for one in self.with_role(role, association=absent.association)
            if not one.absence(at)
        )
        return next((one.id for one in ranked), "")

    def on_call(self, at: datetime) -> tuple[Person, ...]:
        """Who is on call for what is acute."""
        return tuple(person for person in self.everybody() if person.is_on_call(at))

    def _absent_for(self, person: Person, at: datetime) -> Iterator[Person]:
        """Whom somebody stands in for now, by way of others who are away too."""
        colleagues = self.within(person.association)
        for absent in colleagues._with_stand_in:
            if absent.id != person.id and person.id in colleagues._standing_in(absent, at):
                yield absent

    def _standing_in(self, absent: Person, at: datetime) -> Collection[str]:
        """Those who stand in for somebody, one for the other."""
        passed: list[str] = []
        person: Person | None = absent
        while person and (absence := person.absence(at)) and absence.stand_in and absence.stand_in not in (absent.id, *passed):
            passed.append(absence.stand_in)
            person = self.person(absence.stand_in)
        return passed
