"""Joined cases in a running service: where they are offered, and what a reader of the one does not see of the other."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.cases.case.rules.concern import TriageConcern
from services.cases.case.rules.handling import OpenCase
from services.cases.case.rules.observations import ItIsAboutOthers, JoinCase, SplitOff
from shared.ground.errors import NotFound
from shared.privacy.matter import About, Link, MatterKind
from shared.privacy.proposals import Act, Change
from shared.words.vocabulary.people import Role
from tests.cases.case.living import LEAD, SOCIAL_CARETAKER, later, opened, raised, take
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
