"""S13, the resident moves: nothing reaches out until they were asked, each recipient hears of it, and history follows them or ends."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from local.demo.form import filled_in
from shared.ground.working_days import start_of_day
from shared.messaging.messages.erp import TenancyEnded, TenancyStarted
from shared.privacy.matter import About
from tests.journeys.on_its_way import notices, told_to_the_erp
from tests.journeys.test_s12_the_resident_dies import HTML, TODAY, a_case_with_everything
from tests.support.eventually import eventually
from tests.support.installation import CARETAKER, LEAD, OPERATOR, SOCIAL_CARETAKER, Installation, installation
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, NOW


@pytest.fixture
async def place(postgres: PostgresServer, any_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, any_broker, tmp_path) as running:
        yield running


async def kinds_due(place: Installation, case_id: UUID) -> set[str]:
    return {deadline["kind"] for deadline in (await place.case(LEAD, case_id))["deadlines"]}


async def stands_at(place: Installation, case_id: UUID) -> tuple[UUID, UUID]:
    """The home and the tenancy a case is about."""
    (row,) = await place.services["cases"].pool.fetch("select home_id, tenancy_id from case_list where case_id = $1", case_id)
    return row["home_id"], row["tenancy_id"]


@pytest.mark.on_every_broker
async def test_who_moves_away_is_asked_the_recipients_hear_of_it_and_the_case_ends(place: Installation) -> None:
    case_id = await a_case_with_everything(place)
    await place.step(LEAD, case_id, "moves", on=TODAY, source="rent_office")
    assert await kinds_due(place, case_id) == {"ask_to_continue", "tell_recipients"}

    # The one who carries it hears that it stands still, and what is left to do.
    async def told() -> bool:
        return bool(await notices(place, SOCIAL_CARETAKER, "stands_still"))

    await eventually(told, within=60)
    page = (await place.ask(SOCIAL_CARETAKER, "GET", f"/cases/{case_id}", headers=HTML, expect=200)).text
    assert "Skal vide, at beboeren er flyttet" in page

    # It is not closed before the resident was asked, and each recipient has heard.
    [referral] = (await place.case(LEAD, case_id))["referrals"]
    await place.step(SOCIAL_CARETAKER, case_id, f"referrals/{referral['referral_id']}/told", channel="secure_mail")
    with pytest.raises(RuntimeError, match="Beboeren er ikke spurgt"):
        await place.step(SOCIAL_CARETAKER, case_id, "closing", outcome="moved")
    await place.step(SOCIAL_CARETAKER, case_id, "continuing", continuing="no", channel="phone")
    await place.step(SOCIAL_CARETAKER, case_id, "closing", outcome="moved")
    assert (await place.topics_of(case_id))[-2:] == ["case.closed", "case.retention_started"]


@pytest.mark.on_every_broker
async def test_who_wants_it_to_go_on_is_helped_on_from_where_it_stood(place: Installation) -> None:
    case_id = await a_case_with_everything(place)
    before = await place.case(LEAD, case_id)
    await place.step(LEAD, case_id, "moves", on=TODAY, source="resident")
    await place.step(SOCIAL_CARETAKER, case_id, "continuing", continuing="yes", channel="visit")
    after = await place.case(LEAD, case_id)
    assert (after["deadlines"], after["follow_ups"], after["referrals"]) == (before["deadlines"], before["follow_ups"], before["referrals"])
    # Nobody is sent to the home that was left.
    assert [what for what, _ in await told_to_the_erp(place)] == ["work_order_requested", "work_order_cancelled"]

    async def asked_anew() -> bool:
        return len(await notices(place, CARETAKER, "companion_wanted")) == 2

    await eventually(asked_anew, within=60)


@pytest.mark.on_every_broker
async def test_a_move_that_was_told_ahead_takes_effect_on_its_day(place: Installation) -> None:
    case_id = await a_case_with_everything(place)
    day = (NOW + timedelta(days=3)).date()
    await place.step(LEAD, case_id, "moves", on=f"{day:%Y-%m-%d}", source="rent_office")
    await place.step(SOCIAL_CARETAKER, case_id, "contacts", reached=True, channel="phone")
    await place.lead_to(start_of_day(day) - timedelta(minutes=1))
    assert "case.outbound_stopped" not in await place.topics_of(case_id)
    await place.lead_to(start_of_day(day) + timedelta(minutes=1))
    assert "case.outbound_stopped" in await place.topics_of(case_id)
    assert "ask_to_continue" in await kinds_due(place, case_id)

    # They stay after all: what ran runs.
    await place.step(LEAD, case_id, "moves/taken-back", reason="De flytter alligevel ikke.")
    assert "ask_to_continue" not in await kinds_due(place, case_id)
    await place.step(SOCIAL_CARETAKER, case_id, "contacts", reached=True, channel="phone")


@pytest.mark.on_every_broker
async def test_the_case_goes_along_to_the_new_home_and_nothing_of_it_is_left_at_the_old_one(place: Installation) -> None:
    case_id = await a_case_with_everything(place)
    new = {"home_id": str(uuid4()), "street": "Opdigtet Bakke", "number": "3", "floor": "", "door": ""}
    entered = {"name": "Opdigtet Bakke", "municipality": "dalby", "homes": [new]}
    await place.ask(OPERATOR, "PUT", "/intake/api/estates/estate-2", json=entered, expect=204)
    await place.erp_says(TenancyStarted(tenancy_id=uuid4(), unit_id=UUID(new["home_id"]), estate_id="estate-2", started_on=NOW.date()))
    await place.step(LEAD, case_id, "moves", on=TODAY, source="resident")
    with pytest.raises(RuntimeError, match="ikke sagt ja"):
        await place.step(LEAD, case_id, "moving-along", home_id=new["home_id"], estate_id="estate-2")
    await place.step(SOCIAL_CARETAKER, case_id, "continuing", continuing="yes", channel="visit")

    # The page says what comes next, and leads to the register; the button of the home there takes the case along.
    page = (await place.ask(SOCIAL_CARETAKER, "GET", f"/cases/{case_id}", headers=HTML, expect=200)).text
    (address,) = re.findall(rf'href="(/intake/new-home/{case_id}[^"]*)"', page)
    old_home, old_tenancy = await stands_at(place, case_id)

    page = (await place.ask(LEAD, "GET", f"{address}&estate=estate-2", headers=HTML, expect=200)).text
    chosen = {"estate": "estate-2", "version": re.findall(r'name="version" value="(\d+)"', page)[0], "home_id": new["home_id"]}

    async def let() -> str:
        seen = (await place.ask(LEAD, "POST", f"/intake/new-home/{case_id}", data=chosen, headers=HTML, expect=200)).text
        return "" if "Intet lejemål" in seen else seen

    page = await eventually(let, within=60)
    action = f"/cases/{case_id}/steps/moving-along"
    await place.ask(LEAD, "POST", action, data=filled_in(page, action=action), headers=HTML, expect=303)

    # Its address, estate and municipality are the new ones; what was seen is still with whoever saw it.
    case = await place.case(LEAD, case_id)
    assert (case["address"], case["estate_id"], case["municipality"]) == ("Opdigtet Bakke 3", "estate-2", "dalby")
    home, tenancy = await stands_at(place, case_id)
    assert home == UUID(new["home_id"])
    vault = place.services["cases"].vault
    about_old = await vault.matters_about(association=ASSOCIATION, about=About.HOME, id=old_home)
    assert case_id not in {filed.matter.id for filed in about_old}
    assert (await place.ask(CARETAKER, "GET", f"/intake/api/observations/{case['observation_id']}", expect=200)).json()["address"]

    # What the ERP says of the tenancy that ended is nothing to the case any more, and what it says of the new one is.
    await place.erp_says(TenancyEnded(tenancy_id=old_tenancy, ended_on=NOW.date()))
    await place.erp_says(TenancyEnded(tenancy_id=tenancy, ended_on=NOW.date() + timedelta(days=30)))

    async def moves_again() -> bool:
        return (await place.topics_of(case_id))[-1] == "case.resident_moved"

    await eventually(moves_again, within=60)
    assert (await place.topics_of(case_id)).count("case.resident_moved") == 2


@pytest.mark.on_every_broker
async def test_a_new_case_begins_from_the_one_that_ended_and_both_lead_to_each_other_for_those_who_may_read_both(
    place: Installation,
) -> None:
    earlier = await a_case_with_everything(place)
    await place.step(LEAD, earlier, "moves", on=TODAY, source="resident")
    await place.step(SOCIAL_CARETAKER, earlier, "continuing", continuing="no", channel="phone")
    await place.step(SOCIAL_CARETAKER, earlier, "closing", outcome="moved")
    new = {"home_id": str(uuid4()), "street": "Opdigtet Bakke", "number": "3", "floor": "", "door": ""}
    entered = {"name": "Opdigtet Bakke", "municipality": "dalby", "homes": [new]}
    await place.ask(OPERATOR, "PUT", "/intake/api/estates/estate-2", json=entered, expect=204)

    # She rings from the new home, months later, and wants help after all: the lead begins from the page of the case that ended.
    page = (await place.ask(LEAD, "GET", f"/cases/{earlier}", headers=HTML, expect=200)).text
    (address,) = re.findall(rf'href="(/intake/observations/new\?earlier_case={earlier})"', page)
    page = (await place.ask(LEAD, "GET", address, headers=HTML, expect=200)).text
    (address,) = [found.replace("&amp;", "&") for found in re.findall(r'href="([^"]+estate=estate-2)"', page)]
    page = (await place.ask(LEAD, "GET", address, headers=HTML, expect=200)).text
    typed = {"home_id": new["home_id"], "severity": "medium", "consent_answer": "not_asked", "words": "Vil gerne have hjælp igen."}
    filled = {**filled_in(page, action="/intake/observations/new"), **typed}
    answer = await place.ask(LEAD, "POST", "/intake/observations/new", data=filled, headers=HTML, expect=303)
    assert answer.headers["location"].startswith(f"/cases/{earlier}")

    async def both() -> bool:
        return len((await place.case(LEAD, earlier))["later_cases"]) == 1

    await eventually(both, within=60)
    (later,) = (await place.case(LEAD, earlier))["later_cases"]
    begun = await place.case(LEAD, UUID(later))
    assert (begun["earlier_case"], begun["source"], begun["estate_id"], begun["status"]) == (str(earlier), "transfer", "estate-2", "raised")
    assert f'href="/cases/{later}' in (await place.ask(LEAD, "GET", f"/cases/{earlier}", headers=HTML, expect=200)).text
    assert f'href="/cases/{earlier}' in (await place.ask(LEAD, "GET", f"/cases/{later}", headers=HTML, expect=200)).text
    # Who has the old estate alone is not shown the new one.
    assert (await place.case(SOCIAL_CARETAKER, earlier))["later_cases"] == []
    assert later not in (await place.ask(SOCIAL_CARETAKER, "GET", f"/cases/{earlier}", headers=HTML, expect=200)).text
    # Nothing that is stored or told says in the clear that the two belong together.
    seen = 0
    for service in place.services.values():
        for table in ("events", "outbox", "inbox"):
            for row in await service.pool.fetch(f"select * from {table}"):
                written = "".join(
                    value.decode(errors="replace") if isinstance(value, bytes) else str(value) for value in row.values()
                ).replace("-", "")
                seen += UUID(later).hex in written
                assert not (earlier.hex in written and UUID(later).hex in written), table
    assert seen
