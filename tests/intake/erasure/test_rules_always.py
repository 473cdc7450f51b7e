"""What holds for everybody, whoever lives where, whatever is linked, and in whatever order people are erased."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as st

from services.intake.erasure.rules.whom import Known, NothingIsKnown, PeopleAreKnown, Whom, what_goes
from shared.privacy.matter import About, Link, MatterKind
from shared.words.vocabulary.erasure import ErasedKind
from tests.support.properties import times
from tests.support.services import NOW

PEOPLE = [UUID(int=number) for number in range(1, 5)]
TENANCIES = [UUID(int=100 + number) for number in range(2)]
HOMES = dict(zip(TENANCIES, (UUID(int=200), UUID(int=201)), strict=True))


class Town:
    """A vault, and beside it the simple model: about whom everything is, as anybody would say it."""

    def __init__(self) -> None:
        self.files: dict[UUID, dict[str, Any]] = {}
        self.alive: set[UUID] = set()
        self.whose: dict[UUID, set[UUID]] = {}
        """Whom each matter is about; empty for whoever lives there."""
        self.lived: dict[UUID, set[UUID]] = {tenancy: set() for tenancy in TENANCIES}
        self.where: dict[UUID, UUID] = {}
        self._number = 1000

    # What happens

    def moves_in(self, person: UUID, tenancy: UUID) -> None:
        matter = self._tenancy(tenancy)
        self._link(matter, person, "tenant")
        self._begin(MatterKind.PART, part_of=matter, people={person})

    def moves_out(self, person: UUID, tenancy: UUID) -> None:
        for matter in self.living(MatterKind.TENANCY):
            if self.where[matter] == tenancy:
                self._end(matter, person)

    def is_seen(self, tenancy: UUID, *, knows_who: bool) -> None:
        people = set[UUID]()
        for matter in self.living(MatterKind.TENANCY):
            if knows_who and self.where[matter] == tenancy:
                people = {link.id for link in self.files[matter]["now"] if link.about is About.PERSON}
        observation = self._begin(MatterKind.OBSERVATION, tenancy=tenancy, people=people)
        self._begin(
            MatterKind.CASE, tenancy=tenancy, people={link.id for link in self.files[observation]["now"] if link.about is About.PERSON}
        )

    def kin_is_named(self, person: UUID, number: int) -> None:
        if cases := self.living(MatterKind.CASE):
            case = cases[number % len(cases)]
            if person not in self.whose[case]:
                self.files[case]["now"].add(Link(About.PERSON, person, "next_of_kin"))
                self._begin(MatterKind.PART, part_of=case, people={person}, role="next_of_kin")

    def was_somebody_else(self, wrong: UUID, right: UUID, number: int) -> None:
        if cases := self.living(MatterKind.CASE):
            case = cases[number % len(cases)]
            if wrong in self.whose[case]:
                self._end(case, wrong)
                self.whose[case].discard(wrong)
                self._link(case, right, "tenant")
                self.whose[case].add(right)

    def was_about_nobody(self, number: int) -> None:
        """What was written is about whoever it was about until now, whatever the links say."""
        if cases := self.living(MatterKind.CASE):
            case = cases[number % len(cases)]
            file = self.files[case]
            file["before"] |= file["now"]
            file["now"] = set()
            self.whose[case] = {link.id for link in file["before"] if link.about is About.PERSON and link.role != "next_of_kin"}

    # Erasing

    def erase(self, kind: ErasedKind, id: UUID) -> None:
        known = [Known(**{**file, "now": frozenset(file["now"]), "before": frozenset(file["before"])}) for file in self.files.values()]
        goes = what_goes(Whom(kind=kind, id=id), known)
        for matter in goes.matters:
            self.alive.discard(matter)
            del self.files[matter]
        for matter, about, whose in goes.let_go:
            for links in ("now", "before"):
                self.files[matter][links] = {link for link in self.files[matter][links] if (link.about, link.id) != (about, whose)}

    def knows(self, person: UUID) -> bool:
        return any(link.id == person for file in self.files.values() for link in file["now"] | file["before"])

    def living(self, kind: MatterKind) -> list[UUID]:
        return [id for id, file in self.files.items() if file["kind"] is kind]

    def _tenancy(self, tenancy: UUID) -> UUID:
        for matter in self.living(MatterKind.TENANCY):
            if self.where[matter] == tenancy:
                return matter
        return self._begin(MatterKind.TENANCY, tenancy=tenancy)

    def _begin(
        self,
        kind: MatterKind,
        *,
        tenancy: UUID | None = None,
        people: set[UUID] = frozenset(),  # type: ignore[assignment]
        part_of: UUID | None = None,
        role: str = "tenant",
    ) -> UUID:
        self._number += 1
        id = UUID(int=self._number)
        links = {Link(About.PERSON, person, role) for person in people}
        if tenancy is not None:
            links |= {Link(About.TENANCY, tenancy), Link(About.HOME, HOMES[tenancy])}
            self.where[id] = tenancy
        since = NOW + timedelta(minutes=self._number)
        self.files[id] = {"id": id, "kind": kind, "since": since, "part_of": part_of, "now": links, "before": set()}
        self.alive.add(id)
        self.whose[id] = set(people)
        return id

    def _link(self, matter: UUID, person: UUID, role: str) -> None:
        now = self.files[matter]["now"]
        now -= {link for link in now if (link.about, link.id) == (About.PERSON, person)}  # whoever was kin is it no more
        now.add(Link(About.PERSON, person, role))
        if self.files[matter]["kind"] is MatterKind.TENANCY:
            self.whose[matter].add(person)

    def _end(self, matter: UUID, person: UUID) -> None:
        file = self.files[matter]
        ended = {link for link in file["now"] if (link.about, link.id) == (About.PERSON, person)}
        file["now"] -= ended
        file["before"] |= ended


person, tenancy, number = st.sampled_from(PEOPLE), st.sampled_from(TENANCIES), st.integers(0, 5)
Happening = Callable[[Town], None]
HAPPENINGS: st.SearchStrategy[Happening] = st.one_of(
    st.builds(lambda p, t: lambda town: town.moves_in(p, t), person, tenancy),
    st.builds(lambda p, t: lambda town: town.moves_out(p, t), person, tenancy),
    st.builds(lambda t, who: lambda town: town.is_seen(t, knows_who=who), tenancy, st.booleans()),
    st.builds(lambda p, n: lambda town: town.kin_is_named(p, n), person, number),
    st.builds(lambda w, r, n: lambda town: town.was_somebody_else(w, r, n), person, person, number),
    st.builds(lambda n: lambda town: town.was_about_nobody(n), number),
    st.builds(lambda p: lambda town: erased(town, p), person),
)


def erased(town: Town, whom: UUID) -> None:
    """Erase a person, whoever else is left; and hold what is left against the model."""
    before = set(town.alive)
    let = {town.where[id] for id in town.living(MatterKind.TENANCY)}
    with suppress(NothingIsKnown):
        town.erase(ErasedKind.PERSON, whom)
    over = let - {town.where[id] for id in town.living(MatterKind.TENANCY)}
    for matter in before:
        kind_is_own = matter not in town.where
        about = town.whose[matter]
        if about == {whom}:
            assert matter not in town.alive, "what is only about them is gone"
        elif about - {whom} and not kind_is_own:
            assert matter in town.alive, "while one remains, what is shared opens"
        elif not about and town.where.get(matter) in over:
            assert matter not in town.alive, "what was about whoever lives there went with the last of them"
        about.discard(whom)
    assert not town.knows(whom), "nothing is linked to them, not even what only ever was"


@whatever(st.lists(HAPPENINGS, max_size=25), st.permutations(PEOPLE))
@settings(max_examples=times(3))
def test_when_everybody_is_erased_nothing_opens_and_while_one_remains_what_is_shared_does(
    happenings: list[Happening], order: list[UUID]
) -> None:
    town = Town()
    for happens in happenings:
        happens(town)
    for whom in order:
        erased(town, whom)
    for where in TENANCIES:  # of whom nobody ever knew who they are
        with suppress(NothingIsKnown):
            town.erase(ErasedKind.TENANCY, where)
    assert not town.alive


@whatever(st.lists(HAPPENINGS, max_size=25))
def test_what_nobody_knows_a_person_of_goes_only_where_no_person_is_known(happenings: list[Happening]) -> None:
    town = Town()
    for happens in happenings:
        happens(town)
    held = {id for id in town.alive if town.whose[id] and id in town.where}
    for kind, ids in ((ErasedKind.TENANCY, TENANCIES), (ErasedKind.HOME, HOMES.values())):
        for id in ids:
            with suppress(NothingIsKnown, PeopleAreKnown):
                town.erase(kind, id)
    assert held <= town.alive
