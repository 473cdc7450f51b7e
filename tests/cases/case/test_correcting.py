"""Putting a case right where links and keys live in another database: whatever stops in between, it can be gone on with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from asyncpg import UniqueViolationError

from services.cases.case.commands.beginning import NotePlace, note_place
from services.cases.case.commands.taking import TakeStep, take_step
from services.cases.case.commands.whom_it_is_about import take_once
from services.cases.case.rules.correcting import FreezeCase, MoveToRightPerson
from services.cases.case.rules.damage_service import OrderDamageService
from services.cases.case.rules.new_home import RegisterSaysOtherwise
from services.cases.case.rules.persons import NotePerson, PersonIsPartAlready
from services.cases.case.rules.place import KnownPlace
from shared.ground.errors import Refusal, VersionMovedOn
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.matter import About
from tests.cases.case.living import LEAD, as_the_register_says, asking, do, opened, take
from tests.support.services import ASSOCIATION, Running, browser

RIGHT: dict[str, Any] = {"address": "Ravnebakken 6", "estate_id": "estate-1", "municipality": "bakkelund"}


async def linked_to(cases: Running, case_id: UUID) -> set[UUID]:
    """The homes a case is about now."""
    links = await cases.service.vault.links_of(case_id, association=ASSOCIATION)
    return {one.link.id for one in links if one.until is None and one.link.about is About.HOME}


def moving(cases: Running, case_id: UUID, home: UUID, *, from_home: UUID | None, tenancy: UUID | None = None) -> TakeStep:
    """Somebody hands on what the register says."""
    request = MoveToRightPerson.model_validate({"id": uuid4(), "home_id": home, "tenancy_id": tenancy, **RIGHT})
    return TakeStep(case_id=case_id, home=from_home, request=as_the_register_says(cases, case_id, request))


async def away(act: UUID) -> None:
    """The vault cannot be reached at this moment."""
    raise ConnectionError


async def proposed(cases: Running, matter: UUID) -> int:
    """How much waits in the vault to be linked, or not."""
    async with cases.service.vault.proposals.alone() as connection:
        count: int = await connection.fetchval("select count(*) from proposed where matter = $1 or part_of = $1", matter)
        return count


async def address(cases: Running, case_id: UUID) -> str | None:
    async with browser(cases, as_=LEAD) as lead:
        said: str | None = (await lead.get(f"/cases/api/cases/{case_id}")).json()["address"]
        return said


@pytest.mark.erases
async def test_a_correction_that_stopped_half_way_is_finished_by_the_clock(cases: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, right = uuid4(), uuid4()
    case_id = await opened(cases, home=wrong)
    await take(cases, case_id, FreezeCase)
    command, context = moving(cases, case_id, right, from_home=wrong), asking(cases)
    # The process ended after the event was stored, and before the vault was told.
    with monkeypatch.context() as crashed:
        crashed.setattr(cases.service, "settle", away)
        await take_once(command, context, cases.service)
    assert await linked_to(cases, case_id) == set(), "as before: nobody told the vault in this test"
    await take_once(command, context, cases.service)  # sent again it is the same answer, and harms nothing
    monkeypatch.setattr("shared.history.service.LEFT_BEHIND", timedelta())
    await cases.service.settle_what_was_left()
    await cases.service.settle_what_was_left()
    assert await linked_to(cases, case_id) == {right}
    assert await address(cases, case_id) == "Ravnebakken 6"
    async with browser(cases, as_=LEAD) as lead:
        events = (await lead.get(f"/cases/api/cases/{case_id}/timeline")).json()["events"]
    assert [events[0]["words"][name] for name in ("home", "tenancy")] == [None, None]
    assert [event["topic"] for event in events].count("case.wrong_person_corrected") == 1


@pytest.mark.erases
async def test_a_correction_that_is_refused_ends_no_link_and_destroys_no_key(cases: Running) -> None:
    wrong, right = uuid4(), uuid4()
    case_id = await opened(cases, home=wrong)
    with pytest.raises(Refusal):
        await take_once(moving(cases, case_id, right, from_home=wrong), asking(cases), cases.service)
    assert await address(cases, case_id) == "Ravnebakken 4"
    assert await linked_to(cases, case_id) == set(), "as before: nobody told the vault in this test"
    assert not await proposed(cases, case_id)


@pytest.mark.erases
async def test_a_refused_correction_that_stopped_half_way_links_nothing(cases: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, right = uuid4(), uuid4()
    case_id = await opened(cases, home=wrong)
    crashed = pytest.MonkeyPatch()
    crashed.setattr(cases.service, "settle", away)
    with pytest.raises(Refusal):
        await take_once(moving(cases, case_id, right, from_home=wrong), asking(cases), cases.service)
    crashed.undo()
    assert await linked_to(cases, case_id) == set(), "as before: nobody told the vault in this test"
    assert await proposed(cases, case_id) == 1
    await cases.service.settle_what_was_left()
    assert await proposed(cases, case_id) == 1, "it may be under way still"
    monkeypatch.setattr("shared.history.service.LEFT_BEHIND", timedelta())
    await cases.service.settle_what_was_left()
    assert await linked_to(cases, case_id) == set(), "as before: nobody told the vault in this test"
    assert not await proposed(cases, case_id)


async def test_a_case_is_not_moved_to_a_tenancy_that_nobody_knows_any_more(cases: Running) -> None:
    """The register's word is good for a day; whoever lived there may be erased since."""
    case_id = await opened(cases)
    await take(cases, case_id, FreezeCase)
    with pytest.raises(RegisterSaysOtherwise):
        await take_once(moving(cases, case_id, uuid4(), from_home=None, tenancy=uuid4()), asking(cases), cases.service)


async def test_what_the_clock_has_settled_as_refused_never_happens(cases: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision that hung for minutes, and is stored after its proposal was let go of, would be an event without a link."""
    case_id = await opened(cases)
    monkeypatch.setattr("shared.history.service.LEFT_BEHIND", timedelta())
    person, decided = uuid4(), take_step

    async def slowly(command: TakeStep, work: UnitOfWork) -> None:
        await cases.service.settle_what_was_left()
        await decided(command, work)

    monkeypatch.setattr("services.cases.case.commands.whom_it_is_about.take_step", slowly)
    request = NotePerson.model_validate({"id": person, "role": "co_tenant", "known_as": uuid4()})
    with pytest.raises(UniqueViolationError):
        await take_once(TakeStep(case_id=case_id, request=request), asking(cases), cases.service)
    assert not await cases.value("select count(*) from events where stream_id = $1 and topic = 'case.person_noted'", case_id)
    assert not await proposed(cases, case_id)


async def test_a_person_who_was_not_written_in_is_linked_to_nothing(cases: Running) -> None:
    case_id = await opened(cases)
    somebody = uuid4()

    async def linked() -> list[UUID]:
        found = await cases.service.vault.matters_about(association=ASSOCIATION, about=About.PERSON, id=somebody)
        return [filed.matter.id for filed in found]

    request = NotePerson.model_validate({"id": uuid4(), "role": "resident", "known_as": somebody})
    with pytest.raises(Refusal):
        await take_once(TakeStep(case_id=case_id, request=request), asking(cases), cases.service)
    stale = request.model_copy(update={"id": uuid4(), "language": "da"})
    with pytest.raises(VersionMovedOn):
        await take_once(TakeStep(case_id=case_id, request=stale, version=1), asking(cases), cases.service)
    assert await linked() == []
    good = request.model_copy(update={"language": "da"})  # the form that was refused, put right
    await take_once(TakeStep(case_id=case_id, request=good), asking(cases), cases.service)
    assert await linked() == [good.id]
    again = good.model_copy(update={"id": uuid4(), "role": "co_tenant"})
    with pytest.raises(PersonIsPartAlready):
        await take_once(TakeStep(case_id=case_id, request=again), asking(cases), cases.service)


@pytest.mark.erases
async def test_it_can_be_put_right_twice(cases: Running) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    case_id = await opened(cases, home=first)
    for old, new in ((first, second), (second, third)):
        await take(cases, case_id, FreezeCase)
        await take_once(moving(cases, case_id, new, from_home=old), asking(cases), cases.service)
    assert await cases.value("select home_id from case_list where case_id = $1", case_id) == third
    assert await address(cases, case_id) == "Ravnebakken 6"
    assert third in await linked_to(cases, case_id)
    assert not {first, second} & await linked_to(cases, case_id)


@dataclass(frozen=True, kw_only=True)
class NotePlaceHeard(NotePlace):
    """As a message brings it: with a key for the place."""

    @property
    def seals(self) -> tuple[set[UUID], dict[UUID, int]]:
        return {self.case_id}, {self.case_id: 1}


@pytest.mark.erases
async def test_no_place_it_was_said_to_be_opens_any_more(cases: Running) -> None:
    """Also one that was linked later, and one to which somebody was sent."""
    wrong = uuid4()
    case_id = await opened(cases, place="unknown")
    where: dict[str, Any] = {"estate_id": "estate-9", "estate_name": "Lille", "municipality": "bakkelund", "is_small_estate": True}
    place = KnownPlace(home=wrong, tenancy=uuid4(), address="Forkertvej 1", **where)
    await do(cases, note_place, NotePlaceHeard(case_id=case_id, place=place))
    await take(cases, case_id, OrderDamageService, basis="consent")
    await take(cases, case_id, FreezeCase)
    await take_once(moving(cases, case_id, uuid4(), from_home=wrong), asking(cases), cases.service)
    async with browser(cases, as_=LEAD) as lead:
        events = (await lead.get(f"/cases/api/cases/{case_id}/timeline")).json()["events"]
    words = {event["topic"].removeprefix("case."): event["words"] for event in events}
    assert set(words["place_linked"].values()) == {None}
    assert words["damage_service_ordered"]["unit"] is None
    assert words["wrong_person_corrected"]["address"] == "Ravnebakken 6"
