"""Joined cases in a running service: where they are offered, and what a reader of the one does not see of the other."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.cases.case.rules.concern import TriageConcern
from services.cases.case.rules.handling import OpenCase
from services.cases.case.rules.observations import ItIsAboutOthers, JoinCase, SplitOff
from shared.ground.errors import NotFound
from shared.privacy.matter import About, Link, Matter, MatterKind
from shared.privacy.proposals import Act, Change, Others
from shared.words.vocabulary.people import Role
from tests.cases.case.living import LEAD, SOCIAL_CARETAKER, later, linked_by_hand, opened, raised, take
from tests.support.services import ASSOCIATION, Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}


async def two(cases: Running, *, second_estate: str = "estate-1") -> tuple[UUID, UUID]:
    """A case that is open, and a concern of the same tenancy."""
    home, tenancy = uuid4(), uuid4()
    first = await opened(cases, home=home, tenancy=tenancy)
    return first, await raised(cases, home=home, tenancy=tenancy, estate=second_estate)


async def test_open_cases_of_the_same_people_are_offered_where_a_concern_is_judged(cases: Running) -> None:
    first, second = await two(cases)
    async with browser(cases, as_=LEAD) as lead:
        page = (await lead.get(f"/cases/{second}", headers=HTML)).text
        assert f"/cases/{second}/steps/joining?into={first}" in page
        form = (await lead.get(f"/cases/{second}/steps/joining?into={first}", headers=HTML)).text
        assert f'value="{first}" checked' in form
        (other,) = (await lead.get(f"/cases/api/cases/{second}")).json()["same_people"]
        assert (other["case_id"], other["joinable"]) == (str(first), True)


async def test_a_case_about_others_is_neither_offered_nor_joined(cases: Running) -> None:
    first, second = await opened(cases, home=uuid4()), await raised(cases)
    async with browser(cases, as_=LEAD) as lead:
        page = (await lead.get(f"/cases/{second}", headers=HTML)).text
        assert "/steps/joining" not in page
    with pytest.raises(ItIsAboutOthers):
        await take(cases, second, JoinCase, into=first)


async def is_about(cases: Running, case_id: UUID, person: UUID, role: str, *, as_part: bool = False) -> None:
    """The vault knows that somebody is whom a case is about, or has a part in it."""
    link = frozenset({Link(About.PERSON, person, role)})
    if as_part:
        await cases.service.vault.begin(
            [Matter(uuid4(), MatterKind.PART, link, part_of=case_id)], association=ASSOCIATION, by="erp", why="erp"
        )
    else:
        await linked_by_hand(cases, case_id, link)


async def offered(cases: Running, case_id: UUID) -> list[str]:
    async with browser(cases, as_=LEAD) as lead:
        return [one["case_id"] for one in (await lead.get(f"/cases/api/cases/{case_id}")).json()["same_people"]]


@pytest.mark.parametrize("as_part", [False, True])
async def test_a_case_of_somebody_who_moved_is_offered_and_joined(cases: Running, as_part: bool) -> None:
    her, first, second = uuid4(), await opened(cases, home=uuid4(), estate="estate-2"), await raised(cases)
    await is_about(cases, first, her, "tenant")
    await is_about(cases, second, her, "tenant", as_part=as_part)
    assert await offered(cases, second) == [str(first)]
    async with browser(cases, as_=LEAD) as lead:
        version = (await lead.get(f"/cases/api/cases/{second}")).headers["ETag"]
        page = (await lead.get(f"/cases/{second}", headers=HTML)).text
        assert f"/cases/{second}/steps/joining?into={first}" in page
        body = {"id": str(uuid4()), "into": str(first)}
        joined = await lead.post(f"/cases/api/cases/{second}/joining", json=body, headers={"If-Match": version})
        assert joined.status_code == 204, joined.text
    assert await cases.value("select joined_to from case_list where case_id = $1", second) == first


async def test_who_only_stands_beside_somebody_makes_no_two_cases_alike_and_neither_does_who_is_no_part_any_more(cases: Running) -> None:
    somebody, first, second = uuid4(), await opened(cases), await raised(cases)
    await is_about(cases, first, somebody, "next_of_kin")
    await is_about(cases, second, somebody, "tenant")
    assert await offered(cases, second) == []
    left, third = uuid4(), await raised(cases)
    for case_id in (first, third):
        await is_about(cases, case_id, left, "co_tenant")
    await linked_by_hand(cases, first, [], others=Others.PEOPLE_END)
    assert await offered(cases, third) == []
    async with browser(cases, as_=LEAD) as lead:
        version = (await lead.get(f"/cases/api/cases/{third}")).headers["ETag"]
        body = {"id": str(uuid4()), "into": str(first)}
        refused = await lead.post(f"/cases/api/cases/{third}/joining", json=body, headers={"If-Match": version})
    assert (refused.status_code, refused.json()["code"]) == (422, "it-is-about-others")


async def test_a_case_of_the_same_person_is_not_shown_to_who_may_not_read_it(cases: Running) -> None:
    her, first, second = uuid4(), await raised(cases, estate="estate-2"), await raised(cases)
    for case_id in (first, second):
        await is_about(cases, case_id, her, "tenant")
    async with browser(cases, as_=SOCIAL_CARETAKER) as who:
        assert (await who.get(f"/cases/api/cases/{second}")).json()["same_people"] == []


async def test_nobody_joins_a_case_they_may_not_work_on(cases: Running) -> None:
    home, tenancy = uuid4(), uuid4()
    first = await raised(cases, home=home, tenancy=tenancy, estate="estate-2")
    await take(cases, first, TriageConcern, severity="high", category="other")
    await take(cases, first, OpenCase, handler=LEAD)
    second = await raised(cases, home=home, tenancy=tenancy)
    with pytest.raises(NotFound):
        await take(cases, second, JoinCase, by=SOCIAL_CARETAKER, role=Role.SOCIAL_CARETAKER, into=first)
    assert await cases.value("select status from case_list where case_id = $1", second) == "raised"


async def test_the_joined_concern_leaves_the_queue_and_leads_to_the_case(cases: Running) -> None:
    first, second = await two(cases)
    await take(cases, second, JoinCase, into=first)
    async with browser(cases, as_=LEAD) as lead:
        listed = [one["case_id"] for one in (await lead.get("/cases/api/cases")).json()["cases"]]
        assert str(second) not in listed
        assert str(first) in listed
        page = (await lead.get(f"/cases/{second}", headers=HTML)).text
        assert f'href="/cases/{first}"' in page
        there = (await lead.get(f"/cases/{first}", headers=HTML)).text
        assert f'href="/cases/{second}"' in there


async def test_what_was_written_in_the_one_is_not_copied_to_the_other(cases: Running) -> None:
    home, tenancy = uuid4(), uuid4()
    first = await opened(cases, home=home, tenancy=tenancy)
    second = await raised(cases, home=home, tenancy=tenancy, words="Skrevet i den anden.")
    await take(cases, second, JoinCase, into=first)
    async with browser(cases, as_=LEAD) as lead:
        assert "Skrevet i den anden." not in (await lead.get(f"/cases/{first}", headers=HTML)).text
        assert "Skrevet i den anden." not in (await lead.get(f"/cases/api/cases/{first}/timeline")).text
        assert "Skrevet i den anden." in (await lead.get(f"/cases/{second}", headers=HTML)).text


async def test_parted_it_waits_in_the_queue_again(cases: Running) -> None:
    first, second = await two(cases)
    await take(cases, second, JoinCase, into=first)
    observation = await cases.value("select observation_id from case_list where case_id = $1", second)
    later(cases, cases.clock.now())
    await take(cases, first, SplitOff, observations=[str(observation)])
    row = await cases.rows("select status, is_over, joined_to from case_list where case_id = $1", second)
    assert tuple(row[0]) == ("raised", False, None)


async def test_what_is_joined_is_about_the_same_people_and_what_is_refused_is_not(cases: Running) -> None:
    first, second = await two(cases)
    vault, somebody = cases.service.vault, Link(About.PERSON, uuid4(), "tenant")
    act = Act(service="intake", association=ASSOCIATION, by="system:intake", why="heard")
    await vault.proposals.propose(act, [Change(matter=second, kind=MatterKind.CASE, links=frozenset({somebody}))])
    await vault.proposals.make(act.id)

    async def is_about_them(case_id: UUID) -> bool:
        return any(one.link == somebody and one.until is None for one in await vault.links_of(case_id, association=ASSOCIATION))

    async with browser(cases, as_=LEAD) as lead:

        async def join(this: UUID, into: UUID) -> int:
            version = (await lead.get(f"/cases/api/cases/{this}")).headers["ETag"]
            body = {"id": str(uuid4()), "into": str(into)}
            return (await lead.post(f"/cases/api/cases/{this}/joining", json=body, headers={"If-Match": version})).status_code

        assert (await join(first, second), await is_about_them(first)) == (422, False)
        assert (await join(second, first), await is_about_them(first)) == (204, True)
