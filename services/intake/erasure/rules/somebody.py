"""Whom an erasure can be of, as it is told to whoever decides it: what they are, where, and since when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from services.intake.erasure.rules.whom import OWN, SEEN, Known, Whom
from shared.ground.working_days import local_day
from shared.privacy.matter import About, Link, MatterKind
from shared.words.vocabulary.erasure import ErasedKind


class LetHome(Protocol):
    """Where a tenancy is, and its days."""

    @property
    def address(self) -> str: ...
    @property
    def started_on(self) -> date | None: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def is_protected(self) -> bool: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Somebody:
    """Whom an erasure can be of, as far as it is known here: what they are, where and since when. Names are in cases alone."""

    whom: Whom
    roles: tuple[str, ...] = ()
    """What a person is in everything that is about them."""
    matter: str = ""
    """Of a single matter, what it is."""
    homes: tuple[str, ...] = ()
    """Where, as addresses."""
    is_protected: bool = False
    """Whether an address of theirs is protected; then none is told."""
    since: date | None = None
    is_over: bool = False
    """Whether they do not live there any more."""


def somebody_in(
    files: Sequence[Known], let: Mapping[UUID, LetHome], addresses: Mapping[UUID, str], *, named: Collection[UUID]
) -> list[Somebody]:
    """The people these matters are about; where nobody knows who it is, the tenancy, the home, or the matter that was named."""
    return [*_people(files, let, addresses), *_places(files, let, addresses, named=named)]


@dataclass(slots=True)
class _Gathered:
    roles: dict[str, None] = field(default_factory=dict)
    files: list[Known] = field(default_factory=list)
    is_now: bool = False


def _people(files: Sequence[Known], let: Mapping[UUID, LetHome], addresses: Mapping[UUID, str]) -> list[Somebody]:
    """Those who live there first."""
    found: dict[UUID, _Gathered] = {}
    for file in files:
        for link in _links_to_people(file):
            one = found.setdefault(link.id, _Gathered())
            one.roles[link.role] = None
            one.files.append(file)
            one.is_now |= link in file.now
    people = [
        _somebody(
            Whom(kind=ErasedKind.PERSON, id=id), one.files, let, addresses, roles=tuple(filter(None, one.roles)), is_over=not one.is_now
        )
        for id, one in found.items()
    ]
    return sorted(people, key=lambda one: (one.is_over, one.homes, str(one.whom.id)))


def _places(
    files: Sequence[Known], let: Mapping[UUID, LetHome], addresses: Mapping[UUID, str], *, named: Collection[UUID]
) -> Iterator[Somebody]:
    """What is about nobody who is known, by the widest that can be named: a tenancy, else the home, else the matter itself."""
    held = {tenancy for file in files if file.holders() for tenancy in file.tenancies()}
    open_tenancies = {tenancy: [file] for file in files for tenancy in file.tenancies() if tenancy not in held}
    for tenancy, about in open_tenancies.items():
        yield _somebody(Whom(kind=ErasedKind.TENANCY, id=tenancy), about, let, addresses)
    alone = [file for file in files if file.kind not in OWN and not file.holders() and not file.tenancies() and file.part_of is None]
    for file in alone:
        if file.id in named:
            yield _somebody(Whom(kind=ErasedKind.MATTER, id=file.id), [file], let, addresses, matter=file.kind)
    homes = {link.id: file for file in alone if file.kind in SEEN and file.id not in named for link in file.now if link.about is About.HOME}
    for home, file in homes.items():
        yield _somebody(Whom(kind=ErasedKind.HOME, id=home), [file], let, addresses)
    for file in files:
        if file.id in named and file.kind is MatterKind.REPORTER:
            yield _somebody(Whom(kind=ErasedKind.MATTER, id=file.id), [file], let, addresses, matter=file.kind)


def _somebody(
    whom: Whom,
    files: Iterable[Known],
    let: Mapping[UUID, LetHome],
    addresses: Mapping[UUID, str],
    *,
    roles: tuple[str, ...] = (),
    matter: MatterKind | None = None,
    is_over: bool = False,
) -> Somebody:
    about = list(files)
    theirs = [let[tenancy] for file in about for tenancy in file.tenancies() if tenancy in let]
    homes = {home.address for home in theirs} | {addresses[link.id] for file in about for link in file.now if link.id in addresses}
    is_protected = any(home.is_protected for home in theirs)
    since = [home.started_on for home in theirs if home.started_on] or [local_day(file.since) for file in about]
    return Somebody(
        whom=whom,
        roles=roles,
        matter=matter.value if matter else "",
        homes=() if is_protected else tuple(sorted(homes)),
        is_protected=is_protected,
        since=min(since),
        is_over=is_over or (bool(theirs) and all(home.ended_on for home in theirs)),
    )


def _links_to_people(file: Known) -> list[Link]:
    """Whom it is about; a tenancy is about everybody who ever lived in it."""
    links = file.now | file.before if file.kind is MatterKind.TENANCY else file.now
    return sorted((link for link in links if link.about is About.PERSON), key=lambda link: (str(link.id), link.role))
