"""An erasure, step by step; what goes and what stays in a few plain lives; and who was erased, seen from a vault of before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.intake.erasure.rules.erasure import SERVICES, TOPICS_KEEP, Erasure, ReasonIsUnknown
from services.intake.erasure.rules.whom import Goes, Known, NothingIsKnown, PeopleAreKnown, Whom, erased_people, what_goes
from shared.messaging.topics import RETENTION_DAYS
from shared.privacy.matter import About, Link, MatterKind
from shared.words.vocabulary.erasure import ErasedKind, ErasureState, Stays
from tests.support.given import AN_ID, news
from tests.support.services import NOW

HER, HIM, KIN = UUID(int=1), UUID(int=2), UUID(int=3)
TENANCY, HOME = UUID(int=10), UUID(int=20)
LETTING, SEEN, CASE, HER_PART, KIN_PART = (UUID(int=number) for number in range(101, 106))
WHERE = frozenset({Link(About.TENANCY, TENANCY), Link(About.HOME, HOME)})


def people(*ids: UUID, role: str = "tenant") -> frozenset[Link]:
    return frozenset(Link(About.PERSON, id, role) for id in ids)


def known(id: UUID, kind: MatterKind, *links: frozenset[Link], before: frozenset[Link] = frozenset(), part_of: UUID | None = None) -> Known:
    return Known(id=id, kind=kind, since=NOW, part_of=part_of, now=frozenset().union(*links), before=before)


def person(id: UUID) -> Whom:
    return Whom(kind=ErasedKind.PERSON, id=id)


ALONE = (
    known(LETTING, MatterKind.TENANCY, WHERE, people(HER)),
    known(SEEN, MatterKind.OBSERVATION, WHERE, people(HER)),
    known(CASE, MatterKind.CASE, WHERE, people(HER), people(KIN, role="next_of_kin")),
    known(HER_PART, MatterKind.PART, people(HER), part_of=LETTING),
    known(KIN_PART, MatterKind.PART, people(KIN, role="next_of_kin"), part_of=CASE),
)


def test_what_is_only_about_her_goes_with_the_parts_of_it() -> None:
    goes = what_goes(person(HER), ALONE)
    assert goes.matters == {LETTING, SEEN, CASE, HER_PART, KIN_PART}
    assert not goes.let_go


def test_who_stands_beside_her_takes_only_their_own_part_along() -> None:
    goes = what_goes(person(KIN), ALONE)
    assert goes.matters == {KIN_PART}
    assert goes.let_go == {(CASE, About.PERSON, KIN)}
    assert goes.stays == {CASE: Stays.BESIDE}


def test_what_two_share_stays_and_what_only_was_about_her_loses_the_link() -> None:
    shared = known(LETTING, MatterKind.TENANCY, WHERE, people(HER, HIM))
    was = known(CASE, MatterKind.CASE, WHERE, people(HIM), before=people(HER))
    goes = what_goes(person(HER), [shared, was])
    assert not goes.destroyed
    assert goes.stays == {LETTING: Stays.SHARED, CASE: Stays.WAS}
    assert goes.let_go == {(LETTING, About.PERSON, HER), (CASE, About.PERSON, HER)}


def test_what_was_taken_back_is_about_nobody_and_goes_with_the_last_it_was_about() -> None:
    taken_back = known(CASE, MatterKind.CASE, before=WHERE | people(HER) | people(KIN, role="next_of_kin"))
    assert what_goes(person(HER), [taken_back]).matters == {CASE}
    shared = known(CASE, MatterKind.CASE, before=WHERE | people(HER, HIM))
    goes = what_goes(person(HER), [shared])
    assert goes.stays == {CASE: Stays.SHARED}
    assert goes.let_go == {(CASE, About.PERSON, HER)}
    unnamed = known(SEEN, MatterKind.OBSERVATION, before=WHERE)
    assert what_goes(person(HER), [known(LETTING, MatterKind.TENANCY, WHERE, people(HER)), unnamed]).matters == {LETTING, SEEN}
    for kind, id in ((ErasedKind.TENANCY, TENANCY), (ErasedKind.HOME, HOME)):
        at_home = frozenset({Link(About.HOME, HOME)}) if kind is ErasedKind.HOME else WHERE
        assert what_goes(Whom(kind=kind, id=id), [known(SEEN, MatterKind.OBSERVATION, before=at_home)]).matters == {SEEN}


def test_who_lived_there_once_keeps_the_tenancy_and_not_the_case() -> None:
    goes = what_goes(person(HER), [known(LETTING, MatterKind.TENANCY, WHERE, people(HER), before=people(HIM))])
    assert goes.stays == {LETTING: Stays.SHARED}
    assert what_goes(person(HER), [known(CASE, MatterKind.CASE, WHERE, people(HER), before=people(HIM))]).matters == {CASE}


def test_what_was_seen_before_anybody_knew_who_lives_there_goes_with_the_last_of_them() -> None:
    unnamed = known(SEEN, MatterKind.OBSERVATION, WHERE)
    assert what_goes(person(HER), [known(LETTING, MatterKind.TENANCY, WHERE, people(HER)), unnamed]).matters == {LETTING, SEEN}
    assert not what_goes(person(HER), [known(LETTING, MatterKind.TENANCY, WHERE, people(HER, HIM)), unnamed]).destroyed


def test_what_is_about_the_home_and_nobody_knows_about_whom_is_not_left_behind_unsaid() -> None:
    home = frozenset({Link(About.HOME, HOME)})
    of_nobody, of_him = known(SEEN, MatterKind.OBSERVATION, home), known(CASE, MatterKind.CASE, home, people(HIM))
    goes = what_goes(person(HER), ALONE[:1], at_home=[ALONE[0], of_nobody, of_him])
    assert goes.matters == {LETTING}
    assert goes.stays == {SEEN: Stays.NOBODY}
    assert not goes.let_go
    assert not goes.without_home
    nowhere = known(LETTING, MatterKind.TENANCY, frozenset({Link(About.TENANCY, TENANCY)}), people(HER))
    assert what_goes(person(HER), [nowhere]).without_home == 1


def test_whoever_told_of_somebody_is_a_single_matter_that_nothing_else_goes_with() -> None:
    told, one = UUID(int=106), Whom(kind=ErasedKind.MATTER, id=UUID(int=106))
    assert what_goes(one, [known(told, MatterKind.REPORTER)]).matters == {told}
    assert what_goes(one, [*ALONE, known(told, MatterKind.REPORTER)]).matters == {told}


def test_a_tenancy_or_a_home_is_named_only_where_nobody_knows_a_person() -> None:
    for kind, id in ((ErasedKind.TENANCY, TENANCY), (ErasedKind.HOME, HOME)):
        with pytest.raises(PeopleAreKnown):
            what_goes(Whom(kind=kind, id=id), ALONE)
    unnamed = known(SEEN, MatterKind.OBSERVATION, WHERE)
    assert what_goes(Whom(kind=ErasedKind.TENANCY, id=TENANCY), [unnamed]).matters == {SEEN}
    at_home = known(CASE, MatterKind.OBSERVATION, frozenset({Link(About.HOME, HOME)}))
    goes = what_goes(Whom(kind=ErasedKind.HOME, id=HOME), [unnamed, at_home])
    assert goes.matters == {CASE}
    assert goes.stays == {SEEN: Stays.OTHERS}


NOBODY_IS_LINKED = known(CASE, MatterKind.CASE), replace(known(SEEN, MatterKind.OBSERVATION), case=CASE)


def part(id: int, of: UUID, who: UUID, role: str = "resident") -> Known:
    return known(UUID(int=id), MatterKind.PART, people(who, role=role), part_of=of)


def test_whom_a_case_without_a_home_is_about_its_parts_say() -> None:
    hers, kins = part(201, CASE, HER), part(202, CASE, KIN, role="next_of_kin")
    assert what_goes(person(HER), [*NOBODY_IS_LINKED, hers, kins]).matters == {CASE, SEEN, hers.id, kins.id}
    goes = what_goes(person(KIN), [*NOBODY_IS_LINKED, hers, kins])
    assert goes.matters == {kins.id}
    assert goes.stays == {CASE: Stays.BESIDE, SEEN: Stays.BESIDE}


def test_where_others_are_in_it_too_it_stays_and_that_is_said() -> None:
    hers, his = part(201, CASE, HER), part(202, CASE, HIM, role="co_tenant")
    goes = what_goes(person(HER), [*NOBODY_IS_LINKED, hers, his])
    assert goes.matters == {hers.id}
    assert goes.stays == {CASE: Stays.SHARED, SEEN: Stays.SHARED}
    # A case about a home's tenancy is about those who live there, whoever else is written down in it.
    at_home = known(CASE, MatterKind.CASE, WHERE, people(HIM))
    goes = what_goes(person(HER), [at_home, hers])
    assert goes.matters == {hers.id}
    assert goes.stays == {CASE: Stays.SHARED}
    nobody_told = known(CASE, MatterKind.CASE, WHERE)
    assert what_goes(person(HER), [nobody_told, hers]).stays == {CASE: Stays.SHARED}


def test_who_was_only_told_to_have_died_is_whom_the_tenancy_is_about() -> None:
    letting, hers = known(LETTING, MatterKind.TENANCY, WHERE), part(201, LETTING, HER, role="")
    seen = known(SEEN, MatterKind.OBSERVATION, WHERE)
    assert what_goes(person(HER), [letting, hers, seen]).matters == {LETTING, SEEN, hers.id}
    his = part(202, LETTING, HIM, role="")
    goes = what_goes(person(HER), [letting, hers, his, seen])
    assert goes.matters == {hers.id}
    assert goes.stays == {LETTING: Stays.SHARED}


def test_a_single_matter_is_named_where_it_is_about_nobody() -> None:
    nobody = known(SEEN, MatterKind.OBSERVATION)
    assert what_goes(Whom(kind=ErasedKind.MATTER, id=SEEN), [nobody, known(CASE, MatterKind.CASE)]).matters == {SEEN, CASE}
    with pytest.raises(PeopleAreKnown):
        what_goes(Whom(kind=ErasedKind.MATTER, id=CASE), ALONE)
    with pytest.raises(NothingIsKnown):
        what_goes(Whom(kind=ErasedKind.MATTER, id=SEEN), [])
    with pytest.raises(NothingIsKnown):
        what_goes(Whom(kind=ErasedKind.MATTER, id=HER_PART), [known(HER_PART, MatterKind.COLLEAGUE)])


def test_from_a_vault_of_before_it_is_seen_who_was_erased() -> None:
    assert erased_people(ALONE, {LETTING, SEEN, CASE, HER_PART, KIN_PART}) == {HER}
    assert erased_people(ALONE, {KIN_PART}) == {KIN}
    assert erased_people(ALONE, {SEEN}) == set()


def begun() -> Erasure:
    erasure = Erasure.begin_erasing(AN_ID, kind=ErasedKind.PERSON, reason="erasure_request", goes=what_goes(person(HER), ALONE), of="{}")
    list(erasure.collect_events())
    return erasure


def test_it_is_refused_where_there_is_nothing_or_no_reason() -> None:
    with pytest.raises(NothingIsKnown):
        Erasure.begin_erasing(AN_ID, kind=ErasedKind.PERSON, reason="erasure_request", goes=Goes(), of="{}")
    with pytest.raises(ReasonIsUnknown):
        Erasure.begin_erasing(AN_ID, kind=ErasedKind.PERSON, reason="", goes=what_goes(person(HER), ALONE), of="{}")


def test_the_certificate_is_written_once_and_when_everybody_has_answered() -> None:
    erasure = begun()
    erasure.is_carried_out_by("cases", at=NOW)
    erasure.certify()
    assert news(erasure) == [], "nothing is carried out before the keys are destroyed"
    erasure.keys_are_destroyed(at=NOW, matters=5, texts=2, listed="[]")
    erasure.keys_are_destroyed(at=NOW, matters=5, texts=2, listed="[]")
    for n, service in enumerate((*SERVICES, *SERVICES)):
        erasure.certify()
        assert erasure.state == (ErasureState.DESTROYED if n < len(SERVICES) else ErasureState.CERTIFIED)
        erasure.is_carried_out_by(service, at=NOW + timedelta(minutes=n))
    kinds = [fact.kind for fact in news(erasure)]
    assert kinds == [Erasure.KeysDestroyed, *[Erasure.CarriedOut] * len(SERVICES), Erasure.Certified]


def test_it_is_told_until_when_topics_hold_what_nothing_opens() -> None:
    assert TOPICS_KEEP.days == RETENTION_DAYS
