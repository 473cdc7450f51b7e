"""What goes when somebody is erased, and what stays and why: decided from who every matter is and was about (design.md §12)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from shared.ground.errors import Refusal
from shared.privacy.matter import About, Link, MatterKind
from shared.words.vocabulary import persons
from shared.words.vocabulary.erasure import ErasedKind, Stays

BESIDE = frozenset({*(role.value for role in persons.BESIDE), "reporter"})
"""Roles of people who stand beside somebody: a matter is not about them, so it does not stay for their sake."""
NEVER = frozenset({MatterKind.COLLEAGUE, MatterKind.SPOT_CHECK, MatterKind.ERASURE})
"""Nobody's life at home."""
SEEN = frozenset({MatterKind.OBSERVATION, MatterKind.CASE})
"""What may be about whoever lives somewhere."""
OWN = frozenset({MatterKind.PART, MatterKind.REPORTER})
"""What is one person's alone."""

ABOUT: Mapping[ErasedKind, About] = {
    ErasedKind.PERSON: About.PERSON,
    ErasedKind.TENANCY: About.TENANCY,
    ErasedKind.HOME: About.HOME,
}


class NothingIsKnown(Refusal):
    """Her er intet at slette."""

    field = "about"
    next_step = "Efterse id'et. Er der slettet før, står det på listen over sletninger."


class PeopleAreKnown(Refusal):
    """Det vides, hvem det handler om, så der slettes én person ad gangen."""

    field = "about"
    next_step = "Vælg personen i stedet. Det, der kun handler om lejemålet, går med den sidste, der bor der."


@dataclass(frozen=True, kw_only=True, slots=True)
class Whom:
    """Whom an erasure is of: a person; or a tenancy, a home or one matter, as far as nobody knows which person."""

    kind: ErasedKind
    id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A matter, with everybody it is and ever was about."""

    id: UUID
    kind: MatterKind
    since: datetime
    part_of: UUID | None = None
    now: frozenset[Link] = frozenset()
    before: frozenset[Link] = frozenset()
    """Links that ended."""
    case: UUID | None = None
    """In which case an observation is seen to, where that says whom it is about."""

    def links_to(self, about: About, id: UUID) -> frozenset[Link]:
        """Every link to somebody or something, ended ones too."""
        return frozenset(link for link in self.now | self.before if (link.about, link.id) == (about, id))

    @property
    def holds(self) -> frozenset[Link]:
        """Whom and what it is about now. What was taken back (S14) is about nobody, and its words are about whoever it was about."""
        return self.now | self.before if self.is_taken_back else self.now

    @property
    def is_taken_back(self) -> bool:
        """Whether it is about nobody any more; who stands beside somebody is nobody it is about."""
        return all(link.about is About.PERSON and link.role in BESIDE for link in self.now)

    def is_kept_from(self, shut_from: Collection[UUID]) -> bool:
        """Whether somebody keeps out of it, or of anything it is or was about."""
        return not frozenset(shut_from).isdisjoint({self.id, self.case, self.part_of, *(link.id for link in self.now | self.before)})

    def tenancies(self) -> frozenset[UUID]:
        """Which tenancies it is about."""
        return frozenset(link.id for link in self.holds if link.about is About.TENANCY)

    def holders(self) -> frozenset[UUID]:
        """The people it is about. A tenancy is about everybody who ever lived in it; anything else about whom it is about now."""
        links = self.now | self.before if self.kind is MatterKind.TENANCY else self.holds
        return frozenset(link.id for link in links if link.about is About.PERSON and link.role not in BESIDE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Goes:
    """What an erasure does to each matter."""

    destroyed: tuple[Known, ...] = ()
    let_go: frozenset[tuple[UUID, About, UUID]] = frozenset()
    """Links of matters that stay: they are about others too, or only were about the person."""
    stays: Mapping[UUID, Stays] = field(default_factory=dict)
    """Which stay, and why."""
    is_parked: bool = False
    """Whether the ERP named them in what could not be taken in: then that is emptied, also where nothing else is known."""

    @property
    def is_nothing(self) -> bool:
        return not self.destroyed and not self.let_go and not self.is_parked

    @property
    def without_home(self) -> int:
        """How many tenancies go of which nobody knows where they are: what was seen there is not found from here."""
        return sum(each.kind is MatterKind.TENANCY and not _homes([each]) for each in self.destroyed)

    @property
    def matters(self) -> frozenset[UUID]:
        return frozenset(known.id for known in self.destroyed)


def what_goes(whom: Whom, known: Iterable[Known], *, at_home: Iterable[Known] = ()) -> Goes:
    """Decide for everything that is or was about them, about the tenancies they live or lived in, and the parts of all of it.

    `at_home` is what is about the homes of those tenancies. Of some of it nobody knows whom it is about: it is not theirs to take, and it
    is not to be left behind unsaid either, so it is told, and can be erased by the home.
    """
    matters = {each.id: each for each in known if each.kind not in NEVER}
    match whom.kind:
        case ErasedKind.PERSON:
            goes = _person(whom.id, matters)
            return replace(goes, stays={**_about_nobody(goes, at_home), **goes.stays})
        case ErasedKind.TENANCY | ErasedKind.HOME:
            return _place(ABOUT[whom.kind], whom.id, matters)
        case _:
            return _single(whom.id, matters)


def erased_people(known: Iterable[Known], destroyed: Iterable[UUID]) -> frozenset[UUID]:
    """Who was erased, seen from a vault of before and from the keys that were destroyed since.

    Whoever has a part that was destroyed was erased, unless they only stood beside somebody who was, with whose matter it went.
    """
    gone = frozenset(destroyed)
    return frozenset(
        link.id
        for each in known
        if each.id in gone and each.kind in OWN
        for link in each.now | each.before
        if link.about is About.PERSON and (link.role not in BESIDE or each.part_of not in gone)
    )


def _person(person: UUID, matters: Mapping[UUID, Known]) -> Goes:
    destroyed: set[UUID] = set()
    stays: dict[UUID, Stays] = {}
    parts = _parts(matters.values())
    for each in matters.values():
        whose = parts.get(each.case or each.id, {})
        if not each.links_to(About.PERSON, person) and person not in whose:
            continue
        holders = each.holders() or _by_their_parts(each, whose)
        if each.kind in OWN:
            destroyed.add(each.id)
        elif person in holders or whose.get(person):
            if holders == {person}:
                destroyed.add(each.id)
            else:
                stays[each.id] = Stays.SHARED
        else:
            is_now = person in whose or any(link.about is About.PERSON and link.id == person for link in each.holds)
            stays[each.id] = Stays.BESIDE if is_now else Stays.WAS
    over = {tenancy for id in destroyed if matters[id].kind is MatterKind.TENANCY for tenancy in matters[id].tenancies()}
    running = {
        tenancy for each in matters.values() if each.kind is MatterKind.TENANCY and each.id not in destroyed for tenancy in each.tenancies()
    }
    for each in matters.values():  # what was about whoever lives there goes with the last of them
        if each.kind not in OWN and not each.holders() and each.tenancies() & (over - running):
            destroyed.add(each.id)
    stays = {id: why for id, why in stays.items() if id not in destroyed}
    let_go = {(id, About.PERSON, person) for id in stays}
    homes = _homes(matters[id] for id in destroyed)
    for each in matters.values():  # where it only ever was, by mistake, goes with whoever it was about by mistake
        others = {link.id for link in each.before if link.about is About.PERSON} - {person}
        for link in each.before:
            is_theirs = each.id in stays and not each.is_taken_back and not others
            if link.about is not About.PERSON and (is_theirs or link.id in (over - running) | homes):
                let_go.add((each.id, link.about, link.id))
    return _goes(destroyed, stays, matters, let_go)


def _parts(known: Iterable[Known]) -> dict[UUID, dict[UUID, bool]]:
    """Who has a part in what, and whether it is about them; else they stand beside somebody."""
    found: dict[UUID, dict[UUID, bool]] = {}
    for each in known:
        for link in each.now if each.part_of else ():
            if each.part_of and link.about is About.PERSON:
                found.setdefault(each.part_of, {})[link.id] = link.role not in BESIDE
    return found


def _by_their_parts(each: Known, whose: Mapping[UUID, bool]) -> frozenset[UUID]:
    """Whom it is about where nobody is linked to it and it is about no tenancy, or is one: whoever was said to be in it."""
    is_said = each.kind is MatterKind.TENANCY or not each.tenancies()
    return frozenset(id for id, is_about in whose.items() if is_about and is_said)


def _about_nobody(goes: Goes, at_home: Iterable[Known]) -> dict[UUID, Stays]:
    homes = _homes(goes.destroyed)
    return {
        each.id: Stays.NOBODY
        for each in at_home
        if each.kind in SEEN and each.id not in goes.matters and not each.holders() and not each.tenancies()
        if any(link.about is About.HOME and link.id in homes for link in each.holds)
    }


def _homes(gone: Iterable[Known]) -> set[UUID]:
    return {link.id for each in gone if each.kind is MatterKind.TENANCY for link in each.now if link.about is About.HOME}


def _place(about: About, id: UUID, matters: Mapping[UUID, Known]) -> Goes:
    destroyed: set[UUID] = set()
    stays: dict[UUID, Stays] = {}
    let_go: set[tuple[UUID, About, UUID]] = set()
    for each in matters.values():
        if each.kind in OWN or not each.links_to(about, id):
            continue
        is_now = any((link.about, link.id) == (about, id) for link in each.holds)
        if not is_now:
            if about is About.TENANCY:
                let_go.add((each.id, about, id))
                stays[each.id] = Stays.WAS
        elif each.holders() or (about is About.HOME and each.tenancies()):
            stays[each.id] = Stays.OTHERS
        else:
            destroyed.add(each.id)
    if not destroyed and Stays.OTHERS in stays.values():
        raise PeopleAreKnown
    return _goes(destroyed, stays, matters, let_go)


def _single(matter: UUID, matters: Mapping[UUID, Known]) -> Goes:
    if matter in matters and matters[matter].kind is MatterKind.REPORTER:  # about nobody but whoever it is
        return _goes({matter}, {}, matters, set())
    found = [each for each in matters.values() if each.kind not in OWN and each.kind is not MatterKind.TENANCY and each.part_of is None]
    if any(each.holders() or each.tenancies() for each in found):
        raise PeopleAreKnown
    if matter not in {each.id for each in found}:
        raise NothingIsKnown
    return _goes({each.id for each in found}, {}, matters, set())


def _goes(destroyed: set[UUID], stays: Mapping[UUID, Stays], matters: Mapping[UUID, Known], let_go: set[tuple[UUID, About, UUID]]) -> Goes:
    parts = {each.id for each in matters.values() if each.part_of in destroyed}  # a part of what is gone opens nothing that anybody needs
    gone = sorted((matters[id] for id in destroyed | parts), key=lambda each: (each.since, each.id))
    return Goes(
        destroyed=tuple(gone),
        let_go=frozenset(link for link in let_go if link[0] not in destroyed | parts),
        stays={id: why for id, why in stays.items() if id not in destroyed | parts},
    )
