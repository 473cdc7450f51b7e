"""What the ERP tells of a tenancy comes in by the listener, and is noted on each case about it that somebody still works on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.cases.case.commands.taking import TakeStep, take_step
from services.cases.case.rules.concern import DismissConcern
from services.cases.case.rules.consents import GrantConsent
from services.cases.case.rules.damage_service import OrderDamageService
from services.cases.case.rules.life import RecordDeath
from services.cases.case.rules.outbound import ResidentIsDead
from services.cases.case.rules.persons import NotePerson, PersonHasDied
from services.cases.case.rules.referrals import SendReferral
from services.cases.clock import record_what_did_not_happen
from shared.ground.working_days import start_of_day
from shared.messaging.message import Message
from shared.messaging.messages.intake import (
    AddressProtectionChanged,
    GuardianAppointed,
    PlaceCorrected,
    PlaceLinked,
    ResidentDeathTakenBack,
    ResidentDied,
    TenancyEnded,
    TenancyEndTakenBack,
)
from shared.privacy.matter import case_of
from shared.privacy.personal import Personal
from shared.running.listener import Listener
from tests.cases.case.living import LEAD, do, later, opened, raised, take
from tests.cases.heard import REGISTERED, record
from tests.support.services import ASSOCIATION, Running, browser, keys_for

HTML = {"Accept": "text/html"}


class Erp:
    """What intake tells of one tenancy as the ERP told it, each the next of its stream."""

    def __init__(self, cases: Running, tenancy: UUID) -> None:
        self._cases, self._tenancy, self._matter, self._told = cases, tenancy, uuid4(), 0

    async def tells(self, message: type[Message], **facts: Any) -> None:
        await self.is_heard(await self.said(message, **facts))

    async def said(self, message: type[Message], *, person: UUID | None = None, **facts: Any) -> Message:
        keys = await keys_for(self._cases, self._matter)
        sealed = {"tenancy": str(self._tenancy)} | ({"person": str(person or uuid4())} if "person" in message.model_fields else {})
        whom = {name: keys.seal(Personal(self._matter, id), of=f"tenancy/{name}") for name, id in sealed.items()}
        return message(matter_id=self._matter, **whom, **facts)

    async def is_heard(self, said: Message) -> None:
        self._told += 1
        await Listener(self._cases.service).take_in([record(said, stream_id=self._matter, version=self._told)])
        assert await self._cases.value("select count(*) from parked") == 0

    async def is_erased(self) -> None:
        await self._cases.service.vault.destroy([self._matter], association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")


async def of_a_tenancy(cases: Running) -> tuple[UUID, Erp]:
    tenancy = uuid4()
    return await opened(cases, tenancy=tenancy, estate_name="Ravneparken"), Erp(cases, tenancy)


async def linked(cases: Running, case_id: UUID, tenancy: UUID, *, address: str, **told: Any) -> None:
    """Intake knows now which home the observation was about."""
    observation = await cases.value("select observation_id from case_list where case_id = $1", case_id)
    keys = await keys_for(cases, observation)
    where = {"home": str(uuid4()), "tenancy": str(tenancy), "address": address}
    sealed = {name: keys.seal(Personal(observation, text), of=f"observation/{name}") for name, text in where.items()}
    said = PlaceLinked(observation_id=observation, estate_id="estate-1", municipality="bakkelund", **sealed, **told)
    await Listener(cases.service).take_in([record(said, stream_id=observation, version=2)])


async def topics(cases: Running, case_id: UUID) -> list[str]:
    rows = await cases.rows("select topic from events where stream_id = $1 order by version", case_id)
    return [row["topic"].removeprefix("case.") for row in rows]


async def test_a_death_stops_an_open_case_and_taken_back_it_is_as_it_was(cases: Running) -> None:
    case_id, erp = await of_a_tenancy(cases)
    await take(cases, case_id, OrderDamageService)
    ran = await cases.value("select waits from case_list where case_id = $1", case_id)
    today = cases.clock.now().date()

    await erp.tells(ResidentDied, died_on=today, lives_alone=True)
    assert (await topics(cases, case_id))[-3:] == ["resident_died", "damage_service_cancelled", "outbound_stopped"]
    assert await cases.value("select waits from case_list where case_id = $1", case_id) != ran

    await erp.tells(ResidentDeathTakenBack, lives_alone=True)
    assert (await topics(cases, case_id))[-3:] == ["death_taken_back", "outbound_resumed", "damage_service_ordered"]


async def test_every_case_about_the_tenancy_hears_of_it_and_no_other(cases: Running) -> None:
    case_id, erp = await of_a_tenancy(cases)
    tenancy = await cases.value("select tenancy_id from case_list where case_id = $1", case_id)
    same, other = await raised(cases, tenancy=tenancy), await raised(cases)
    await erp.tells(ResidentDied, died_on=cases.clock.now().date(), lives_alone=True)
    assert ["outbound_stopped" in await topics(cases, id) for id in (case_id, same, other)] == [True, True, False]


async def test_told_twice_it_is_noted_once(cases: Running) -> None:
    case_id, erp = await of_a_tenancy(cases)
    for _ in range(2):
        await erp.tells(ResidentDied, died_on=cases.clock.now().date(), lives_alone=True)
    assert (await topics(cases, case_id)).count("resident_died") == 1


async def test_a_tenancy_that_ends_stops_its_case_when_its_last_day_is_over_and_going_on_it_goes_on(cases: Running) -> None:
    case_id, erp = await of_a_tenancy(cases)
    day = cases.clock.now().date() + timedelta(days=3)
    await erp.tells(TenancyEnded, estate_id="estate-1", ended_on=day)
    await record_what_did_not_happen(cases.service)
    assert (await topics(cases, case_id))[-1] == "resident_moved"
    later(cases, start_of_day(day) + timedelta(hours=12))
    await record_what_did_not_happen(cases.service)
    assert "outbound_stopped" not in await topics(cases, case_id)
    later(cases, start_of_day(day + timedelta(days=1)) + timedelta(minutes=1))
    await record_what_did_not_happen(cases.service)
    assert "outbound_stopped" in await topics(cases, case_id)
    await erp.tells(TenancyEndTakenBack)
    assert (await topics(cases, case_id))[-2:] == ["move_taken_back", "outbound_resumed"]


async def test_protection_hides_the_address_and_its_end_shows_it_again(cases: Running) -> None:
    case_id, erp = await of_a_tenancy(cases)
    shown = []
    for is_protected in (True, False):
        await erp.tells(AddressProtectionChanged, is_protected=is_protected)
        async with browser(cases, as_=LEAD) as lead:
            pages = [await lead.get(address, headers=HTML) for address in ("/cases/", f"/cases/{case_id}")]
        shown.append(["Ravnebakken 4" in page.text for page in pages])
    assert shown == [[False, False], [True, True]]


async def test_a_home_that_was_known_only_later_is_hidden_in_the_story_too(cases: Running) -> None:
    case_id, tenancy = await opened(cases, place="common_area"), uuid4()
    await linked(cases, case_id, tenancy, address="Ravnebakken 6")
    shown = []
    async with browser(cases, as_=LEAD) as lead:
        shown.append("Ravnebakken 6" in (await lead.get(f"/cases/{case_id}", headers=HTML)).text)
        await Erp(cases, tenancy).tells(AddressProtectionChanged, is_protected=True)
        for asked in ("", "?adresse=1"):
            shown.append("Ravnebakken 6" in (await lead.get(f"/cases/{case_id}{asked}", headers=HTML)).text)
    assert shown == [True, False, True]


async def test_a_guardian_is_noted_with_what_they_may_decide(cases: Running) -> None:
    case_id, erp = await of_a_tenancy(cases)
    await erp.tells(GuardianAppointed, may_decide=("economy",), lives_alone=True)
    assert (await topics(cases, case_id))[-1] == "guardian_appointed"


@pytest.mark.parametrize("message", [ResidentDied, ResidentDeathTakenBack, GuardianAppointed])
async def test_what_is_not_the_whole_households_changes_nothing_for_now(cases: Running, message: type[Message]) -> None:
    case_id, erp = await of_a_tenancy(cases)
    before = await topics(cases, case_id)
    day = {"died_on": cases.clock.now().date()} if message is ResidentDied else {}
    await erp.tells(message, lives_alone=False, **day, **({"may_decide": ("economy",)} if message is GuardianAppointed else {}))
    assert await topics(cases, case_id) == before


SPOUSE, CHILD = uuid4(), uuid4()
YES: dict[str, Any] = {"recipients": ["municipal.visitation"], "wording": "mundtlig-1", "information": ["home"]}
REFERRAL: dict[str, Any] = {"target": "municipal.visitation", "channel": "phone", "information": ["home"]}


async def notes(cases: Running, case_id: UUID, **who: Any) -> None:
    """Somebody is part of the case, and known to the ERP."""
    await do(cases, take_step, TakeStep(case_id=case_id, request=NotePerson.model_validate(who)))


async def of_a_couple(cases: Running) -> tuple[UUID, UUID, Erp]:
    """A case with a spouse who is known to the ERP and said yes, and a child; and the spouse's part of it."""
    case_id, erp = await of_a_tenancy(cases)
    part = uuid4()
    await notes(cases, case_id, id=part, role="co_tenant", known_as=SPOUSE)
    await notes(cases, case_id, id=uuid4(), role="child", known_as=CHILD)
    await take(cases, case_id, GrantConsent, person=part, **YES)
    return case_id, part, erp


async def test_the_death_of_one_of_several_is_their_parts_and_the_case_goes_on(cases: Running) -> None:
    case_id, part, erp = await of_a_couple(cases)
    await erp.tells(ResidentDied, person=SPOUSE, died_on=cases.clock.now().date(), lives_alone=False)
    assert (await topics(cases, case_id))[-1] == "resident_died"
    with pytest.raises(PersonHasDied):
        await take(cases, case_id, SendReferral, person=part, **REFERRAL)
    resident = uuid4()
    await notes(cases, case_id, id=resident, role="tenant", was_asked=True)
    await take(cases, case_id, SendReferral, person=resident, **REFERRAL)
    async with browser(cases, as_=LEAD) as lead:
        page = (await lead.get(f"/cases/{case_id}", headers=HTML)).text
        persons = (await lead.get(f"/cases/api/cases/{case_id}")).json()["persons"]
    assert "En person i sagen er død" in page
    assert "Gælder ikke mere: personen er død" in page
    assert {one["person"]: one["died"] for one in persons}[str(part)] is True
    assert sorted(one["died"] for one in persons) == [False, False, True]


async def test_taken_back_their_yes_holds_again(cases: Running) -> None:
    case_id, part, erp = await of_a_couple(cases)
    await erp.tells(ResidentDied, person=SPOUSE, died_on=cases.clock.now().date(), lives_alone=False)
    await erp.tells(ResidentDeathTakenBack, person=SPOUSE, lives_alone=False)
    assert (await topics(cases, case_id))[-1] == "death_taken_back"
    await take(cases, case_id, SendReferral, person=part, **REFERRAL)


async def test_the_death_of_somebody_who_is_in_no_case_is_noted_in_none(cases: Running) -> None:
    case_id, _, erp = await of_a_couple(cases)
    before = await topics(cases, case_id)
    await erp.tells(ResidentDied, person=uuid4(), died_on=cases.clock.now().date(), lives_alone=False)
    await erp.tells(ResidentDeathTakenBack, person=uuid4(), lives_alone=False)
    assert await topics(cases, case_id) == before


async def test_that_a_child_lives_again_takes_back_no_other_death(cases: Running) -> None:
    case_id, _, erp = await of_a_couple(cases)
    await take(cases, case_id, RecordDeath, on=cases.clock.now().date(), source="relative")
    await erp.tells(ResidentDied, person=CHILD, died_on=cases.clock.now().date(), lives_alone=False)
    await erp.tells(ResidentDeathTakenBack, person=CHILD, lives_alone=False)
    assert (await topics(cases, case_id))[-2:] == ["resident_died", "death_taken_back"]
    with pytest.raises(ResidentIsDead):
        await take(cases, case_id, SendReferral, **REFERRAL)


async def test_the_resident_who_is_known_to_the_erp_and_dies_is_the_resident(cases: Running) -> None:
    case_id, erp = await of_a_tenancy(cases)
    resident = uuid4()
    await notes(cases, case_id, id=uuid4(), role="resident", name="Ruth", known_as=resident)
    await erp.tells(ResidentDied, person=resident, died_on=cases.clock.now().date(), lives_alone=False)
    assert (await topics(cases, case_id))[-1] == "outbound_stopped"
    await erp.tells(ResidentDeathTakenBack, person=resident, lives_alone=False)
    assert "outbound_resumed" in await topics(cases, case_id)


async def test_somebody_who_is_part_of_a_case_about_another_tenancy_is_not_meant(cases: Running) -> None:
    case_id, _, _ = await of_a_couple(cases)
    before = await topics(cases, case_id)
    _, elsewhere = await of_a_tenancy(cases)
    await elsewhere.tells(ResidentDied, person=SPOUSE, died_on=cases.clock.now().date(), lives_alone=False)
    assert await topics(cases, case_id) == before


async def test_protection_hides_the_address_of_a_case_that_is_over_too(cases: Running) -> None:
    tenancy = uuid4()
    case_id = await raised(cases, tenancy=tenancy)
    await take(cases, case_id, DismissConcern, reason="unfounded")
    await Erp(cases, tenancy).tells(AddressProtectionChanged, is_protected=True)
    async with browser(cases, as_=LEAD) as client:
        assert "Ravnebakken 4" not in (await client.get(f"/cases/{case_id}", headers=HTML)).text
    assert await cases.value("select status from case_list where case_id = $1", case_id) == "dismissed"


async def test_a_case_that_is_over_is_left_as_it_ended(cases: Running) -> None:
    tenancy = uuid4()
    case_id = await raised(cases, tenancy=tenancy)
    await take(cases, case_id, DismissConcern, reason="unfounded")
    before = await topics(cases, case_id)
    await Erp(cases, tenancy).tells(ResidentDied, died_on=cases.clock.now().date(), lives_alone=True)
    assert await topics(cases, case_id) == before


@pytest.mark.erases
async def test_of_a_tenancy_that_was_erased_nobody_knows_the_cases(cases: Running) -> None:
    case_id, erp = await of_a_tenancy(cases)
    before = await topics(cases, case_id)
    on_its_way = await erp.said(ResidentDied, died_on=cases.clock.now().date(), lives_alone=True)
    await erp.is_erased()
    await erp.is_heard(on_its_way)
    assert await topics(cases, case_id) == before


# --- what was told before there was a concern, or before anybody knew which home it is about ------------------------------


async def seen_there(cases: Running, **told: Any) -> UUID:
    """A concern about a home, with what the ERP had told of whoever lives there; answers its case."""
    observation = uuid4()
    keys = await keys_for(cases, observation)
    days: dict[str, Any] = {
        name: keys.seal(Personal(observation, str(told[name])), of=f"observation/{name}")
        for name in ("died_on", "moves_on")
        if name in told
    }
    where = {"home": str(uuid4()), "tenancy": str(uuid4()), "address": "Ravnebakken 4"}
    sealed = {name: keys.seal(Personal(observation, text), of=f"observation/{name}") for name, text in where.items()}
    said = REGISTERED.model_copy(update={"observation_id": observation, **sealed, **told, **days})
    for _ in range(2):  # told again, it is no news
        await Listener(cases.service).take_in([record(said, stream_id=observation, version=1)])
    assert await cases.value("select count(*) from parked") == 0
    return case_of(observation)


async def test_a_protected_address_is_protected_from_the_first_moment(cases: Running) -> None:
    case_id = await seen_there(cases, is_protected=True)
    assert (await topics(cases, case_id)).count("address_protected") == 1
    async with browser(cases, as_=LEAD) as client:
        assert "Ravnebakken 4" not in (await client.get(f"/cases/{case_id}", headers=HTML)).text
        assert "Ravnebakken 4" not in (await client.get("/cases/", headers=HTML)).text


async def test_about_somebody_who_had_died_nothing_reaches_out(cases: Running) -> None:
    case_id = await seen_there(cases, died_on="2026-03-02", moves_on="2026-03-31")
    assert [topic for topic in await topics(cases, case_id) if topic in ("resident_died", "resident_moved", "outbound_stopped")] == [
        "resident_died",
        "outbound_stopped",
    ]


async def test_who_moves_on_a_day_that_was_told_before_moves_on_it(cases: Running) -> None:
    case_id = await seen_there(cases, moves_on="2026-03-31")
    assert "outbound_stopped" not in await topics(cases, case_id)
    cases.clock.lead_to(start_of_day(date(2026, 4, 1)) + timedelta(minutes=1))
    await record_what_did_not_happen(cases.service)
    assert "outbound_stopped" in await topics(cases, case_id)


async def test_what_was_told_of_whom_it_turned_out_to_be_about_holds_for_a_case_that_was_put_right(cases: Running) -> None:
    case_id = await seen_there(cases)
    observation = UUID(str(await cases.value("select observation_id from case_list where case_id = $1", case_id)))
    keys = await keys_for(cases, observation)
    died_on = keys.seal(Personal(observation, "2026-03-02"), of=f"{observation}/died_on")
    said = PlaceCorrected(observation_id=observation, case_id=case_id, is_protected=True, died_on=died_on)
    for _ in range(2):
        await Listener(cases.service).take_in([record(said, stream_id=observation, version=2)])
    assert await cases.value("select count(*) from parked") == 0
    assert [topic for topic in await topics(cases, case_id) if topic in ("address_protected", "resident_died", "outbound_stopped")] == [
        "address_protected", "resident_died", "outbound_stopped",
    ]  # fmt: skip


async def test_an_open_end_that_was_taken_for_a_day_holds_back_no_concern(cases: Running) -> None:
    case_id = await seen_there(cases, moves_on="9999-12-31")
    assert "resident_moved" not in await topics(cases, case_id)


async def test_a_guardian_who_was_appointed_before_is_known(cases: Running) -> None:
    case_id = await seen_there(cases, guardian_decides=("economy",))
    assert "guardian_appointed" in await topics(cases, case_id)


async def test_a_home_that_is_known_later_brings_what_was_told_of_it(cases: Running) -> None:
    case_id = await raised(cases, place="common_area")
    await linked(cases, case_id, uuid4(), address="Ravnebakken 4", is_protected=True)
    assert (await topics(cases, case_id))[-2:] == ["place_linked", "address_protected"]
