"""S14: a case about the wrong home, stopped, moved and told; and FB8 on S1 and S2, the semi-detached house and the neighbour's garden."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from uuid_utils.compat import uuid7

from shared.ground.working_days import local_day, start_of_day
from shared.messaging.messages.erp import TenancyEnded, TenancyStarted
from shared.privacy.matter import About
from tests.journeys.on_its_way import notices, told_to_the_erp, with_everything
from tests.support.eventually import eventually
from tests.support.installation import (
    CARETAKER,
    LEAD,
    OTHER_CARETAKER,
    SOCIAL_CARETAKER,
    Home,
    Installation,
    installation,
    moved_in,
    observation,
)
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, NOW

HTML = {"Accept": "text/html", "Accept-Language": "da"}
DPO = "staff-dpo-1"
WHY = {"Brobygger-Purpose": "supervision"}


@pytest.fixture
async def place(postgres: PostgresServer, quick_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, quick_broker, tmp_path) as running:
        yield running


async def seen(place: Installation, home: Home, *, who: str = CARETAKER, **but: Any) -> tuple[dict[str, Any], UUID]:
    """Somebody saw something in a home, and a concern came of it."""
    said = observation(home, **but)
    case_id = uuid5(UUID(said["id"]), "case")
    await place.ask(who, "POST", "/intake/api/observations", json=said, expect=201)

    async def raised() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(raised, within=60)
    return said, case_id


async def referred(place: Installation, case_id: UUID) -> UUID:
    """It became a case that the municipality was told of."""
    await place.step(LEAD, case_id, "triage", severity="high", category="elderly_care")
    await place.step(LEAD, case_id, "opening", handler=LEAD)
    await place.step(LEAD, case_id, "contacts", reached=True, channel="visit")
    return await place.step(LEAD, case_id, "referrals", target="municipal.visitation", channel="secure_mail", basis="consent")


def moved_to(home: Home) -> dict[str, Any]:
    """Where it belongs; the rest the register says."""
    return {"home_id": str(home.home_id), "estate_id": home.estate_id}


async def linked(place: Installation, home: Home) -> set[UUID]:
    """The matters that the vault says are about a home now."""
    found = await place.services["cases"].vault.matters_about(association=ASSOCIATION, about=About.HOME, id=home.home_id)
    return {filed.matter.id for filed in found}


async def wrong(place: Installation, who: str, case_id: UUID) -> dict[str, Any]:
    found: dict[str, Any] = (await place.ask(who, "GET", f"/cases/api/cases/{case_id}/wrong-person", headers=WHY, expect=200)).json()
    return found


async def test_s1_fb8_the_case_stood_on_the_neighbour(place: Installation) -> None:
    wrong_home, right_home, _ = await moved_in(place)
    said, case_id = await seen(place, wrong_home, words="Hun sad i køkkenet.")
    referral = await referred(place, case_id)
    await place.ask(LEAD, "GET", f"/cases/{case_id}", headers=HTML, expect=200)
    await place.ask(CARETAKER, "GET", f"/intake/api/observations/{said['id']}", expect=200)
    for _ in range(2):
        await place.ask(SOCIAL_CARETAKER, "GET", "/cases/", headers=HTML, expect=200)

    # Somebody notices: nothing goes out any more, and the page says so.
    await place.step(LEAD, case_id, "freeze", reason="Det er naboen.")
    assert "sat i stå" in (await place.ask(LEAD, "GET", f"/cases/{case_id}", headers=HTML, expect=200)).text
    with pytest.raises(RuntimeError, match="422"):
        await place.step(LEAD, case_id, "damage-service-orders", basis="consent")

    # The link moves in one act: in the vault, on the page, in intake.
    await place.step(LEAD, case_id, "right-person", **moved_to(right_home))
    assert case_id not in await linked(place, wrong_home)
    assert case_id in await linked(place, right_home)
    assert (await place.case(LEAD, case_id))["address"] == "Opdigtet Vænge 2"

    async def follows() -> bool:
        (row,) = await place.services["intake"].pool.fetch("select home_id, tenancy_id from observations")
        return tuple(row) == (right_home.home_id, right_home.tenancy_id)

    await eventually(follows, within=60)

    # Who saw it is told that it stands elsewhere; the data protection officer hears of it, and has it on her list.
    async def told() -> bool:
        heard = await notices(place, CARETAKER, "observation_news"), await notices(place, DPO, "wrong_person")
        return heard == (["sent"], ["sent"])

    await eventually(told, within=60)
    page = (await place.ask(CARETAKER, "GET", f"/intake/observations/{said['id']}", headers=HTML, expect=200)).text
    assert "Boligen var forkert" in page
    listed = (await place.ask(DPO, "GET", "/cases/wrong-person?purpose=supervision", headers=HTML, expect=200)).text
    assert f"/cases/{case_id}/wrong-person" in listed
    assert "Vurdér bruddet" in listed
    assert (await place.ask(CARETAKER, "GET", "/cases/wrong-person", headers=HTML)).status_code == 403
    shown = (await place.ask(DPO, "GET", f"/cases/{case_id}?purpose=supervision", headers=HTML, expect=200)).text
    assert f"/cases/{case_id}/wrong-person" in shown

    async def is_linked() -> bool:
        """Right after the row: what was proposed is made once it is stored."""
        return UUID(said["id"]) in await linked(place, right_home)

    await eventually(is_linked, within=60)
    assert UUID(said["id"]) not in await linked(place, wrong_home)

    # The wrong home opens no more from the case; what was written does.
    timeline = (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}/timeline", expect=200)).json()["events"]
    assert {name: timeline[0]["words"][name] for name in ("home", "tenancy", "address")} == dict.fromkeys(("home", "tenancy", "address"))
    assert timeline[0]["words"]["words"] == "Hun sad i køkkenet."

    # Sent once more by the phone, it is the observation that is there, where it stands now.
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=said, expect=201)
    await place.everything_is_heard()
    assert await linked(place, wrong_home) & {UUID(said["id"]), case_id} == set()
    assert await place.services["cases"].pool.fetchval("select count(*) from case_list") == 1

    # Who read it, why, and who was told.
    found = await wrong(place, DPO, case_id)
    assert {(one["actor"], one["purpose"], one["action"]) for one in found["readers"]} >= {
        (LEAD, "case_work", "read_case"),
        (CARETAKER, "own_observation", "read_observation"),
        (SOCIAL_CARETAKER, "case_work", "shown_in_list"),
        (DPO, "supervision", "read_case"),
    }
    assert {one["actor"] for one in found["readers"]} == {LEAD, CARETAKER, SOCIAL_CARETAKER, DPO}
    [queue] = [one for one in found["readers"] if one["actor"] == SOCIAL_CARETAKER]
    assert queue["times"] == 1  # once an hour
    assert [(one["kind"], one["to"], one["reply"]) for one in found["disclosures"]] == [("referral", "municipal.visitation", "")]
    page = (await place.ask(DPO, "GET", f"/cases/{case_id}/wrong-person?purpose=supervision", headers=HTML, expect=200)).text
    assert "Citha Testvang" in page
    assert "Åbnede observationen" in page
    assert "Så sagen på en liste" in page
    assert "bedes slette senest" in page

    # The recipient must keep it, and notes that it was wrong; the breach is assessed in time; whoever it was about is told.
    await place.step(LEAD, case_id, f"recipients/{referral}/deletion", channel="secure_mail", reply="must_keep", note="De noterer det.")
    await place.step(LEAD, case_id, "breach", finding="not_notifiable", reason="Kun kommunen fik det og har noteret fejlen.")
    await place.step(LEAD, case_id, "subject-informed", channel="phone")
    found = await wrong(place, DPO, case_id)
    assert (found["disclosures"][0]["reply"], found["finding"], found["breach_due"]) == ("must_keep", "not_notifiable", None)
    assert not found["subject_to_be_told"]
    listed = (await place.ask(DPO, "GET", "/cases/wrong-person?purpose=supervision", headers=HTML, expect=200)).text
    assert f"/cases/{case_id}/wrong-person" not in listed


async def test_nobody_comes_to_the_wrong_door(place: Installation) -> None:
    """What is on its way is called off at once, is there again when it was the right one, and stays off when it was not."""
    wrong_home, right_home, _ = await moved_in(place)
    case_id = await with_everything(place, wrong_home)
    before = await place.case(LEAD, case_id)
    assert "De er bestilt" in (await place.ask(CARETAKER, "GET", f"/cases/{case_id}/part", headers=HTML, expect=200)).text
    await place.step(LEAD, case_id, "freeze")
    (asked, order), (cancelled, same) = await told_to_the_erp(place)
    assert (asked, cancelled, same) == ("work_order_requested", "work_order_cancelled", order)

    # The caretaker is asked along no more, and reads why; nothing that would be refused is offered.
    async def released() -> bool:
        return bool(await notices(place, CARETAKER, "companion_released"))

    await eventually(released, within=60)
    page = (await place.ask(CARETAKER, "GET", f"/cases/{case_id}/part", headers=HTML, expect=200)).text
    assert "Gå ikke til døren" in page
    assert not [word for word in ("Vil du med?", "De er bestilt", "kept-an-eye", "part/consent") if word in page]
    page = (await place.ask(LEAD, "GET", f"/cases/{case_id}", headers=HTML, expect=200)).text
    assert "Find ud af, hvem sagen handler om" in page
    assert f"/cases/{case_id}/wrong-person" in page
    assert not [step for step in ("contact", "referral", "closing", "damage-service-done") if f"/steps/{step}" in page]
    queue = (await place.ask(LEAD, "GET", "/cases/", headers=HTML, expect=200)).text
    assert "Sat i stå: måske en forkert" in queue
    assert "Vurdér bruddet" in queue

    # It was the right one: everything is as it was, under an order of its own.
    await place.step(LEAD, case_id, "going-on")
    after = await place.case(LEAD, case_id)
    assert (after["deadlines"], after["referrals"]) == (before["deadlines"], before["referrals"])
    _, _, (again, second) = await told_to_the_erp(place)
    assert again == "work_order_requested"
    assert second != order

    # It was not: nobody comes, nobody is waited for, and who lives there now is to be reached and asked.
    await place.step(LEAD, case_id, "freeze")
    await place.step(LEAD, case_id, "right-person", **moved_to(right_home))
    assert [kind for kind, _ in (await told_to_the_erp(place))[3:]] == ["work_order_cancelled"]
    found = await place.case(LEAD, case_id)
    assert (found["referrals"], found["reached"]) == ([], False)
    page = (await place.ask(LEAD, "GET", f"/cases/{case_id}", headers=HTML, expect=200)).text
    assert "Sagen handlede om en forkert" in page
    assert "Kontakt beboeren" in page
    assert not [word for word in ("er bestilt", "har ikke svaret") if word in page]
    await place.lead_to(NOW + timedelta(days=30))
    assert "case.referral_silent" not in await place.topics_of(case_id)


async def test_a_case_is_moved_to_what_the_register_says_and_to_nothing_else(place: Installation) -> None:
    wrong_home, right_home, _ = await moved_in(place)
    _, case_id = await seen(place, wrong_home)
    said = await place.right_home(LEAD, case_id, **moved_to(right_home))
    before = await linked(place, right_home)

    async def moved(**lies: Any) -> tuple[int, str]:
        looked = await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}", expect=200)
        body, version = {"id": str(uuid7()), **said, **lies}, looked.headers["ETag"]
        answer = await place.ask(LEAD, "POST", f"/cases/api/cases/{case_id}/right-person", json=body, headers={"If-Match": version})
        return answer.status_code, answer.json()["code"] if answer.text else ""

    assert (await moved())[0] == 422, "nobody has stopped it yet"
    await place.step(LEAD, case_id, "freeze")
    for lies in (
        {"tenancy_id": str(wrong_home.tenancy_id)},
        {"home_id": str(uuid7()), "tenancy_id": None},
        {"estate_id": "afd-01", "municipality": "ingenby"},
        {"has_many_homes": not said["has_many_homes"]},
        {"address": "Opdigtet Vænge 99"},
        {"register_says": ""},
        {"register_says": said["register_says"].replace("2026", "2025")},
    ):
        assert await moved(**lies) == (422, "register-says-otherwise"), lies
    _, another = await seen(place, wrong_home)
    theirs = await place.right_home(LEAD, another, **moved_to(right_home))
    assert await moved(register_says=theirs["register_says"]) == (422, "register-says-otherwise"), "it was said for another case"
    assert (await moved())[0] == 204
    assert case_id in await linked(place, right_home) - before


async def test_the_data_protection_officer_stops_it_from_the_page(place: Installation) -> None:
    home, right_home, _ = await moved_in(place)
    _, case_id = await seen(place, home)
    page = (await place.ask(DPO, "GET", f"/cases/{case_id}/wrong-person/freeze?purpose=supervision", headers=HTML, expect=200)).text
    version = page.split('name="version" value="')[1].split('"')[0]
    sent = {"id": str(uuid7()), "version": version, "reason": "Beboeren har ringet."}
    await place.ask(DPO, "POST", f"/cases/{case_id}/wrong-person/freeze", data=sent, headers=HTML, expect=303)
    assert (await place.case(LEAD, case_id))["frozen"]

    # The right home is chosen in the register, seen, and one button moves the case there.
    page = (await place.ask(DPO, "GET", f"/cases/{case_id}/wrong-person/right-person?purpose=supervision", headers=HTML, expect=200)).text
    (address,) = re.findall(rf'href="(/intake/right-home/{case_id}[^"]*)"', page)
    page = (await place.ask(DPO, "GET", f"{address}&estate=estate-1", headers=HTML, expect=200)).text
    assert "data-home-filter" in page
    assert "Flyt sagen til" not in page
    nothing = await place.ask(DPO, "POST", address.partition("?")[0], data={"estate": "estate-1"}, headers=HTML, expect=422)
    assert "Der er ikke valgt en bolig" in nothing.text
    chosen = {"estate": "estate-1", "version": re.findall(r'name="version" value="(\d+)"', page)[0], "home_id": str(right_home.home_id)}
    page = (await place.ask(DPO, "POST", address.partition("?")[0], data=chosen, headers=HTML, expect=200)).text
    assert "personer og samtykker" in page
    (form,) = [form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if "Flyt sagen til Opdigtet Vænge 2" in form]
    (action,) = re.findall(r'action="([^"]+)"', form)
    await place.ask(DPO, "POST", action, data=dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form)), headers=HTML, expect=303)
    assert (await place.case(LEAD, case_id))["address"] == "Opdigtet Vænge 2"
    assert case_id in await linked(place, right_home)
    assert (await place.ask(CARETAKER, "GET", f"/cases/api/cases/{case_id}/wrong-person")).status_code == 403

    # What is left to do stands there; that it may be wrong again is not among it.
    page = (await place.ask(DPO, "GET", f"/cases/{case_id}/wrong-person?purpose=supervision", headers=HTML, expect=200)).text
    left = re.findall(rf"/cases/{case_id}/wrong-person/([a-z-]+)", page.partition("Det skal der gøres")[2].partition("</section>")[0])
    assert left == ["breach", "subject-informed", "exception"]
    assert "Er den forkert igen?" in page
    told = f"/cases/{case_id}/wrong-person/subject-informed?purpose=supervision"
    assert 'value="letter"' in (await place.ask(DPO, "GET", told, headers=HTML, expect=200)).text


async def test_s2_fb8_the_garden_was_the_neighbours_and_nobody_is_to_be_looked_after(place: Installation) -> None:
    home, *_ = await moved_in(place)
    said, case_id = await seen(place, home, signals=["mailbox.full"], severity="low", consent_answer="not_asked", consent_scope=[])
    await place.step(LEAD, case_id, "freeze")
    await place.step(LEAD, case_id, "retraction", reason="Haven hører til nabohuset, som står tomt.")
    assert (await place.case(LEAD, case_id))["status"] == "retracted"
    assert case_id not in await linked(place, home)

    async def is_told() -> bool:
        (row,) = await place.services["intake"].pool.fetch("select dismissal, home_id from observations")
        return tuple(row) == ("retracted", None)

    await eventually(is_told, within=60)
    figures = place.services["reporting"].pool

    async def counts_nowhere() -> bool:
        return bool(await figures.fetchval("select left_out from case_figures"))

    await eventually(counts_nowhere, within=60)
    page = await place.ask(CARETAKER, "GET", f"/intake/observations/{said['id']}", headers=HTML, expect=200)
    assert "handlede om en forkert" in page.text


async def test_s2_a_second_caretaker_reports_the_same_people_and_both_hear_how_it_goes(place: Installation) -> None:
    home, *_ = await moved_in(place)
    light: dict[str, Any] = {"signals": ["mailbox.full"], "severity": "low", "consent_answer": "not_asked", "consent_scope": []}
    _, case_id = await seen(place, home, **light)
    await place.step(LEAD, case_id, "triage", severity="low", category="loneliness")
    await place.step(LEAD, case_id, "opening", handler=LEAD)
    await place.lead_to(NOW + timedelta(days=12))

    # Another caretaker, on another errand: it is proposed as worrying, and the form says why and offers the case.
    later, second = await seen(place, home, who=OTHER_CARETAKER, observed_at=(NOW + timedelta(days=12)).isoformat(), **light)
    concern = await place.case(LEAD, second)
    assert (concern["severity"], concern["pattern"]["days"], concern["pattern"]["earlier_role"]) == ("medium", 30, "caretaker")
    assert datetime.fromisoformat(concern["pattern"]["earlier_at"]) == start_of_day(local_day(NOW))
    assert [(other["case_id"], other["joinable"]) for other in concern["same_people"]] == [(str(case_id), True)]
    form = (await place.ask(LEAD, "GET", f"/cases/{second}/steps/triage", headers=HTML, expect=200)).text
    assert "anden uafhængige observation" in form
    assert f"/cases/{second}/steps/joining?into={case_id}" in form

    # It belongs to the case that is there; both caretakers are told from there, each about what he saw.
    await place.step(LEAD, second, "joining", into=str(case_id))
    case = await place.case(LEAD, case_id)
    assert [(one["observer"], one["untold"]) for one in case["observations"]] == [
        (CARETAKER, ["case_opened"]),
        (OTHER_CARETAKER, ["in_good_hands"]),
    ]
    assert (await place.case(LEAD, second))["status"] == "linked"
    await place.step(LEAD, case_id, "caretaker-informed", milestone="in_good_hands", channel="phone", observation_id=later["id"])

    async def progress() -> dict[str, Any]:
        found = (await place.ask(OTHER_CARETAKER, "GET", f"/intake/api/observations/{later['id']}", expect=200)).json()
        told: dict[str, Any] = found["progress"]
        return told

    async def both_hear() -> bool:
        asked = "select case_id from observations where observation_id = $1"
        belongs_to = await place.services["intake"].pool.fetchval(asked, UUID(later["id"]))
        mails = [mail for mail in place.mailbox.mails() if "caretaker-2@example.test" in mail.to]
        return belongs_to == case_id and bool(mails) and bool((await progress())["case_opened_at"])

    await eventually(both_hear, within=60)

    # Whether it is all about the wrong one nobody can say of both at once: first they are split, and the page says so.
    await place.step(LEAD, case_id, "freeze")
    page = (await place.ask(LEAD, "GET", f"/cases/{case_id}/wrong-person", headers=HTML, expect=200)).text
    assert "Skil dem fra først" in page
    assert f"/cases/{case_id}/steps/splitting" in page
    await place.step(LEAD, case_id, "going-on")

    # They were not the same after all: it stands by itself again, and is counted by itself again.
    figures = place.services["reporting"].pool

    async def left_out(is_so: bool) -> bool:
        return await figures.fetchval("select left_out from case_figures where case_id = $1", second) is is_so

    async def not_counted_twice() -> bool:
        return await left_out(True)

    async def counted_again() -> bool:
        return await left_out(False)

    await eventually(not_counted_twice, within=60)
    await place.step(LEAD, case_id, "splitting", observations=[later["id"]])
    assert (await place.case(LEAD, second))["status"] == "raised"
    await eventually(counted_again, within=60)


async def test_the_next_tenant_inherits_nothing(place: Installation) -> None:
    """A2: the same home, somebody else; what was seen before is not shown, and no rule counts it."""
    home, *_ = await moved_in(place)
    _, before = await seen(place, home)
    await place.lead_to(NOW + timedelta(days=3))
    today = (NOW + timedelta(days=3)).date()
    next_one = Home(home.estate_id, home.home_id, UUID(int=home.tenancy_id.int ^ 1))
    await place.erp_says(
        TenancyEnded(tenancy_id=home.tenancy_id, ended_on=today - timedelta(days=1)),
        TenancyStarted(tenancy_id=next_one.tenancy_id, unit_id=home.home_id, estate_id=home.estate_id, started_on=today),
    )

    async def heard() -> bool:
        return int(await place.services["intake"].pool.fetchval("select count(*) from tenancies")) == 4

    await eventually(heard, within=60)
    at = (NOW + timedelta(days=3)).isoformat()
    _, after = await seen(place, next_one, who=OTHER_CARETAKER, observed_at=at, severity="low", signals=["lonely"])
    found = await place.case(LEAD, after)
    assert (found["same_people"], found["pattern"], found["severity"]) == ([], None, "low")
    page = (await place.ask(LEAD, "GET", f"/cases/{after}", headers=HTML, expect=200)).text
    assert str(before) not in page
    with pytest.raises(RuntimeError, match="422"):
        await place.step(LEAD, after, "joining", into=str(before))
